"""A period whose report is not in the archive, though the same period of other years and later ones of its year are."""

from collections import defaultdict
from collections.abc import Iterator

from ljuskoll.nlp.followup import Period, Tertial
from ljuskoll.service.consistency import messages
from ljuskoll.service.consistency.finding import Case, CheckResult
from ljuskoll.service.consistency.material import Material
from ljuskoll.service.series import board_reporting, missing_periods

Series = tuple[str, str]
"""Whose reports: the municipality, and a board's name for its own reports, "" for the municipality's."""


def check(material: Material) -> CheckResult:
    """Every tertial of every year of a municipality's reports, and of each board's own."""
    series = _series(material)
    cases = [(key, years) for key, years in sorted(series.items()) if len(years) > 1]
    findings = (found for key, years in cases for found in _judge(*key, years))
    return CheckResult.of(findings, sum(3 * len(years) for _, years in cases))


def _series(material: Material) -> dict[Series, dict[int, set[Tertial]]]:
    """For each series of reports the tertials of each year that it has."""
    series: defaultdict[Series, dict[int, set[Tertial]]] = defaultdict(dict)
    levels = {document.sha256: document.level for document in material.originals}
    for record in material.records:
        if record.municipality and record.period and record.period.tertial:
            board = board_reporting(record, levels.get(record.document.sha256))
            series[record.municipality, board].setdefault(record.period.year, set()).add(record.period.tertial)
    return dict(series)


def _judge(municipality: str, board: str, years: dict[int, set[Tertial]]) -> Iterator[Case]:
    for year, tertial in missing_periods(years):
        yield Case(
            kind="coverage",
            check="missing_report",
            severity="low",
            records=(),
            message=messages.missing_report(municipality, board, Period.of_tertial(year, tertial)),
            identity=(municipality, board, str(year), str(tertial)),
        )
