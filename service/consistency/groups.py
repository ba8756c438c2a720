"""What is checked together: the reports of one municipality, and those that name none, by the archive they lie in.

In an archive whose other documents all name one municipality, those that name none are taken to be of that one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import TypeVar

from ljuskoll.service.record import DocumentRecord, PlanRecord, Record

_Item = TypeVar("_Item", Record, PlanRecord)


@dataclass(frozen=True, slots=True)
class Group:
    """Documents with all their records and plans; no other document has anything to do with them."""

    documents: tuple[DocumentRecord, ...]
    records: tuple[Record, ...]
    plans: tuple[PlanRecord, ...]

    @classmethod
    def of(cls, documents: Iterable[DocumentRecord], records: Iterable[Record], plans: Iterable[PlanRecord]) -> "Group":
        """The group of these; where all that name a municipality name the same one, the rest is of that one too."""
        records, plans = tuple(records), tuple(plans)
        items: tuple[Record | PlanRecord, ...] = (*records, *plans)
        named = sorted({item.municipality for item in items if item.municipality})
        if len({name.casefold() for name in named}) == 1:
            name = named[0]
            records, plans = _all_of(name, records), _all_of(name, plans)
        return cls(tuple(documents), records, plans)


def _all_of(municipality: str, items: tuple[_Item, ...]) -> tuple[_Item, ...]:
    return tuple(
        item if item.municipality else item.model_copy(update={"municipality": municipality}) for item in items
    )


def _nameless(archive: str) -> str:
    return f"\0{archive}"


def group_names(document: DocumentRecord, items: Iterable[Record | PlanRecord]) -> Set[str]:
    """The municipalities of a document's records and plans; for those without one, or without any, its archive."""
    nameless = _nameless(document.archive)
    return frozenset(item.municipality.casefold() if item.municipality else nameless for item in items) or {nameless}


def united(named: Sequence[Set[str]], archives: Sequence[str]) -> list[list[int]]:
    """The places of the documents that share a name, directly or by others between them.

    `named` are the names of each, `archives` where it lies: an archive with one municipality has that one's name.
    """
    found_in: defaultdict[str, set[str]] = defaultdict(set)
    for names, archive in zip(named, archives, strict=True):
        found_in[archive] |= names - {_nameless(archive)}
    leader = {_nameless(archive): min(names) for archive, names in found_in.items() if len(names) == 1}

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
    for places in united(named, [originals.get(one, unknown).archive for one in digests]):
        own = [digests[place] for place in places]
        yield Group.of(
            (originals[one] for one in own if one in originals),
            (record for one in own for record in held[one]),
            (plan for one in own for plan in planned[one]),
        )
