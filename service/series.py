"""Series of reports: whose they are, and which of their periods are not there."""

from collections.abc import Iterator, Mapping, Set

from ljuskoll.nlp.followup import Tertial
from ljuskoll.service.record import Level, Record


def board_reporting(record: Record, level: Level | None) -> str:
    """The board whose own report, a document of this level, the record stands in; "" for the municipality's."""
    return ", ".join(record.board_names or record.boards) if level == "board" else ""


def missing_periods(years: Mapping[int, Set[Tertial]]) -> Iterator[tuple[int, Tertial]]:
    """The periods of one series, given each year's tertials, that other years have and later ones of the year follow.

    A year's last report is never missing: it may not be written yet.
    """
    for year in sorted(years):
        usual = {tertial for other, tertials in years.items() if other != year for tertial in tertials}
        yield from ((year, one) for one in sorted(usual - years[year]) if any(later > one for later in years[year]))
