"""What an archive holds and lacks: reports by municipality and period, documents by layout, and how sure it all is."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import fmean
from typing import NamedTuple, TypeAlias

from ljuskoll.nlp.followup import Period, Tertial
from ljuskoll.service.outputs.tally import declared_colour
from ljuskoll.service.record import AnyResult, DocumentRecord, Level, Record
from ljuskoll.service.series import board_reporting, missing_periods

BINS = 10
"""Of the histogram of probabilities; the last one holds 1."""


class Slot(NamedTuple):
    """A place for reports: a year's tertial, or 4 for its other dates; `year` is 0 where no period is known."""

    year: int
    part: int


OTHER = 4
UNDATED = Slot(0, OTHER)
Reporter: TypeAlias = tuple[str | None, bool]
"""A municipality, and whether its boards' own reports are meant, not those for all of it."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The reports of one reporter: how many documents each slot has, and how many series of reports lack one there."""

    documents: Mapping[Slot, int]
    missing: Mapping[Slot, int]


@dataclass(slots=True)
class Sureness:
    """How records were read and judged. `withheld` have a comment without a judgement, `shown` show a light.

    `probabilities` counts the top probabilities of those `judged`, as rounded in the files, so that it stays small.
    """

    records: int = 0
    judged: int = 0
    withheld: int = 0
    shown: int = 0
    ocr: int = 0
    probabilities: Counter[float] = field(default_factory=Counter)

    def add(self, record: Record) -> None:
        """Count one record more."""
        is_judged = record.assessment.colour is not None
        self.records += 1
        self.judged += is_judged
        self.withheld += not is_judged and bool(record.comment.strip())
        self.shown += declared_colour(record) is not None
        self.ocr += record.ocr
        if is_judged:
            chances = record.assessment.probabilities
            self.probabilities[max(chances.green, chances.yellow, chances.red)] += 1

    @property
    def without_comment(self) -> int:
        """How many have nothing to judge."""
        return self.records - self.judged - self.withheld

    @property
    def bins(self) -> list[int]:
        """How many top probabilities fall into each tenth."""
        counts = [0] * BINS
        for chance, count in self.probabilities.items():
            counts[min(BINS - 1, int(chance * BINS))] += count
        return counts

    @property
    def median(self) -> float:
        """The top probability that half of those judged reach; 0 where none is judged."""
        seen = 0
        for chance in sorted(self.probabilities, reverse=True):
            seen += self.probabilities[chance]
            if 2 * seen >= self.judged:
                return chance
        return 0.0

    @property
    def mean(self) -> float:
        """The top probabilities' mean; 0 where none is judged."""
        return fmean(self.probabilities, self.probabilities.values()) if self.judged else 0.0


@dataclass(slots=True)
class Reading:
    """Documents that one layout read, `partial` of them not whole, with rows that ought to have become records."""

    documents: int = 0
    partial: int = 0
    unexplained: int = 0


@dataclass(frozen=True, slots=True)
class ArchiveOverview:
    """The archive counted. `readings` and `sureness` go by layout, None where none fitted.

    `unread` counts documents that no layout read: "copy", "empty", "unreadable", or "partial".
    """

    shelves: Mapping[Reporter, Shelf]
    series: int
    documents: int
    unread: Mapping[str, int]
    readings: Mapping[str, Reading]
    sureness: Mapping[str | None, Sureness]
    by_municipality: Mapping[str | None, Sureness]
    total: Sureness

    @property
    def municipalities(self) -> frozenset[str]:
        """Those that are named."""
        return frozenset(name for name, _ in self.shelves if name)


def archive_overview(result: AnyResult) -> ArchiveOverview:
    """The archive of a result, gone through once; what is held grows with its documents, not with its records."""
    documents, readings, unread = 0, defaultdict[str, Reading](Reading), Counter[str]()
    known: dict[str, tuple[int, str | None, Level | None]] = {}
    for documents, document in enumerate(result.documents, start=1):
        _count_document(document, readings, unread)
        if document.sha256 and document.duplicate_of is None:
            known[document.sha256] = (documents, document.layout, document.level)
    shelves, total = _Shelves(), Sureness()
    sureness: defaultdict[str | None, Sureness] = defaultdict(Sureness)
    by_municipality: defaultdict[str | None, Sureness] = defaultdict(Sureness)
    for record in result.records:
        number, layout, level = known.setdefault(record.document.sha256, (-len(known), None, None))
        shelves.add(record, number, level)
        for group in (total, sureness[layout], by_municipality[record.municipality]):
            group.add(record)
    made, several = shelves.made(), shelves.of_several_years
    return ArchiveOverview(made, several, documents, unread, readings, sureness, by_municipality, total)


def _count_document(document: DocumentRecord, readings: defaultdict[str, Reading], unread: Counter[str]) -> None:
    if document.duplicate_of is not None or document.layout is None:
        unread["copy" if document.duplicate_of is not None else document.status] += 1
        return
    reading = readings[document.layout]
    reading.documents += 1
    reading.partial += document.status != "ok"
    reading.unexplained += sum(row.unexplained for table in document.tables for row in table.unmatched)


class _Shelves:
    """Documents put where their records belong, by their numbers."""

    def __init__(self) -> None:
        self._held: defaultdict[Reporter, defaultdict[Slot, set[int]]] = defaultdict(lambda: defaultdict(set))
        self._years: defaultdict[tuple[str, str], defaultdict[int, set[Tertial]]] = defaultdict(
            lambda: defaultdict(set)
        )

    def add(self, record: Record, number: int, level: Level | None) -> None:
        """Put the record's document in its place."""
        period, board = record.period, board_reporting(record, level)
        self._held[record.municipality, bool(board)][_slot(period)].add(number)
        if record.municipality and period and period.tertial:
            self._years[record.municipality, board][period.year].add(period.tertial)

    @property
    def of_several_years(self) -> int:
        """How many series can be missing a report."""
        return sum(len(years) > 1 for years in self._years.values())

    def made(self) -> dict[Reporter, Shelf]:
        """All that has been put, with what is missing."""
        missing: defaultdict[Reporter, Counter[Slot]] = defaultdict(Counter)
        for (municipality, board), years in self._years.items():
            missing[municipality, bool(board)].update(Slot(*period) for period in missing_periods(years))
        return {
            key: Shelf({slot: len(held) for slot, held in slots.items()}, missing[key])
            for key, slots in self._held.items()
        }


def _slot(period: Period | None) -> Slot:
    return Slot(period.year, period.tertial or OTHER) if period else UNDATED
