"""What outputs know of a whole result before they write it row by row: some figures, and the records findings name."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from sys import intern
from typing import TypeAlias

from ljuskoll.nlp.followup import Period
from ljuskoll.service.outputs.tally import Standing, claims_standing, declared_colour, standing
from ljuskoll.service.outputs.wording import boards_label, period_label
from ljuskoll.service.record import AnyResult, DocumentRecord, Finding, Record

Group: TypeAlias = tuple[str, str]
"""Boards and period, as they are shown."""


@dataclass(slots=True)
class Named:
    """A record that findings name: how many, and the surest one's number from 0; the rest when it has been met."""

    surest: int
    findings: int = 0
    row: int | None = None
    municipality: str | None = None
    assignment: str = ""
    boards: str = ""
    period: str = ""
    path: str = ""
    page: int | None = None

    @property
    def standing(self) -> Standing:
        """The document and page where the record stands first."""
        return self.path, self.page

    def meet(self, row: int, record: Record) -> None:
        """Keep what is shown of the record, which is number `row` from 0."""
        path, self.page = standing(record)
        self.row, self.assignment, self.path = row, record.assignment, intern(path)
        self.boards, self.period = intern(boards_label(record)), intern(period_label(record.period))
        self.municipality = intern(record.municipality) if record.municipality else None


class Names:
    """The records that these findings, the surest first, name: a few hundred bytes for each."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._by_id: dict[str, Named] = {}
        for number, finding in enumerate(findings):
            for one in dict.fromkeys(finding.records):
                self._by_id.setdefault(one, Named(number)).findings += 1

    def meet(self, row: int, record: Record) -> None:
        """Keep what is shown of the record, where a finding names it."""
        if record.id in self._by_id:
            self._by_id[record.id].meet(row, record)

    def get(self, identity: str) -> Named | None:
        """The record of this id, where a finding names it."""
        return self._by_id.get(identity)

    def of(self, finding: Finding) -> list[Named]:
        """The finding's records that have been met, each once."""
        named = (self._by_id[one] for one in dict.fromkeys(finding.records) if one in self._by_id)
        return [one for one in named if one.row is not None]


@dataclass(slots=True)
class Count:
    """The records of a group by the light they declare, and how many findings name any of them."""

    order: tuple[int, str, str]
    colours: Counter[str | None] = field(default_factory=Counter)
    findings: int = 0


@dataclass(frozen=True, slots=True)
class Survey:
    """A result in figures; `loose` findings name no record, `originals` are paths of what others copy, by sha256."""

    names: Names
    groups: Mapping[Group, Count]
    withheld: int
    severities: Mapping[str, int]
    loose: int
    claims: Mapping[str, Standing]
    statuses: Mapping[str, int]
    originals: Mapping[str, str]

    def standings(self, finding: Finding) -> list[Standing]:
        """Where the finding's counting sentences and records stand."""
        return [*self.quoted(finding), *(named.standing for named in self.names.of(finding))]

    def quoted(self, finding: Finding) -> list[Standing]:
        """Where the finding's counting sentences stand."""
        return [self.claims[one.text] for one in finding.evidence if not one.record and one.text in self.claims]


def survey(result: AnyResult) -> Survey:
    """Go through all of the result without holding it."""
    names = Names(result.findings)
    groups, withheld = _met(result.records, names)
    severities: Counter[str] = Counter()
    loose, quoted = 0, set[str]()
    for finding in result.findings:
        severities[finding.severity] += 1
        loose += not finding.records
        quoted.update(evidence.text for evidence in finding.evidence if not evidence.record)
        for group in {(one.boards, one.period) for one in names.of(finding)}:
            groups[group].findings += 1
    ordered = dict(sorted(groups.items(), key=lambda item: (item[0][0], item[1].order)))
    claims = claims_standing(result.documents, quoted) if quoted else {}
    return Survey(names, ordered, withheld, severities, loose, claims, *_statuses_and_originals(result.documents))


def _met(records: Iterable[Record], names: Names) -> tuple[dict[Group, Count], int]:
    """The groups of all records and how many lights are withheld."""
    groups: dict[Group, Count] = {}
    withheld = 0
    for row, record in enumerate(records):
        names.meet(row, record)
        withheld += record.assessment.colour is None
        order = _period_order(record.period)
        count = groups.setdefault((boards_label(record), order[-1]), Count(order))
        count.order = min(count.order, order)
        count.colours[declared_colour(record)] += 1
    return groups, withheld


def _period_order(period: Period | None) -> tuple[int, str, str]:
    """What periods are sorted by; its last part is the label, and those that are not known come first."""
    if period is None:
        return 0, "", period_label(None)
    return period.year, period.as_of.isoformat() if period.as_of else "", period_label(period)


def _statuses_and_originals(documents: Collection[DocumentRecord]) -> tuple[Counter[str], dict[str, str]]:
    statuses: Counter[str] = Counter()
    copied = set()
    for document in documents:
        statuses[document.status] += 1
        copied.add(document.duplicate_of)
    originals = {one.sha256: one.path for one in documents if one.sha256 in copied and not one.duplicate_of}
    return statuses, {sha256: path for sha256, path in originals.items() if sha256}
