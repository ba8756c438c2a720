"""What is checked together: the reports of one municipality, and those that name none, by the archive they lie in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from ljuskoll.service.record import DocumentRecord, PlanRecord, Record


@dataclass(frozen=True, slots=True)
class Group:
    """Documents with all their records and plans; no other document has anything to do with them."""

    documents: tuple[DocumentRecord, ...]
    records: tuple[Record, ...]
    plans: tuple[PlanRecord, ...]


def group_names(document: DocumentRecord, items: Iterable[Record | PlanRecord]) -> Set[str]:
    """The municipalities of a document's records and plans; for those without one, or without any, its archive."""
    nameless = f"\0{document.archive}"
    return frozenset(item.municipality.casefold() if item.municipality else nameless for item in items) or {nameless}


def united(named: Sequence[Set[str]]) -> list[list[int]]:
    """The places of the sets that share a name, directly or by others between them; none is empty."""
    leader: dict[str, str] = {}

    def first(name: str) -> str:
        while leader.setdefault(name, name) != name:
            name = leader[name]
        return name

    for names in named:
        for name in names:
            leader[first(name)] = first(min(names))
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, names in enumerate(named):
        found[first(min(names))].append(place)
    return list(found.values())


def groups(
    documents: Iterable[DocumentRecord], records: Iterable[Record], plans: Iterable[PlanRecord] = ()
) -> Iterator[Group]:
    """All documents with their records and plans, divided into what is checked together."""
    originals = {one.sha256: one for one in documents if one.sha256 and one.duplicate_of is None}
    held: defaultdict[str, list[Record]] = defaultdict(list)
    planned: defaultdict[str, list[PlanRecord]] = defaultdict(list)
    for record in records:
        held[record.document.sha256].append(record)
    for plan in plans:
        planned[plan.document.sha256].append(plan)
    digests = [*dict.fromkeys((*originals, *held, *planned))]
    unknown = DocumentRecord(path="", sha256=None, status="ok")
    named = [group_names(originals.get(one, unknown), (*held[one], *planned[one])) for one in digests]
    for places in united(named):
        own = [digests[place] for place in places]
        yield Group(
            tuple(originals[one] for one in own if one in originals),
            tuple(record for one in own for record in held[one]),
            tuple(plan for one in own for plan in planned[one]),
        )
