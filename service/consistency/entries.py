"""Records as linking compares them: which of them may be linked at all, and which pairs are worth comparing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ljuskoll.service.consistency.titles import Title
from ljuskoll.service.record import DocumentRecord, Record

COMMON_KEY = 40
"""A beginning of a word that so many records of a period share brings no candidates."""
KEY_LENGTH = 4

_Block = tuple[str, str, str]
"""A municipality or else an archive, and a kind of record."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A record with what is compared."""

    id: str
    as_of: date
    document: str
    title: Title
    boards: frozenset[str]
    board_names: frozenset[str]
    goal: str
    own_report: bool

    def agrees(self, other: "Entry") -> bool | None:
        """Whether the boards are the same; None where one is not known."""
        if self.board_names & other.board_names or self.boards & other.boards:
            return True
        return False if self.board_names and other.board_names else None


def blocks(records: Iterable[Record], documents: Iterable[DocumentRecord]) -> dict[_Block, list[Entry]]:
    """The records that have a day, by what they are linked within; in the order of their ids."""
    by_sha = {document.sha256: document for document in documents if document.duplicate_of is None}
    found: defaultdict[_Block, list[Entry]] = defaultdict(list)
    for record in sorted(records, key=lambda record: record.id):
        if record.day is not None:
            document = by_sha.get(record.document.sha256)
            place = ("", document.archive if document else "")
            if record.municipality:
                place = (record.municipality.casefold(), "")
            entry = _entry(record, record.day, document is not None and document.level == "board")
            found[(*place, record.kind)].append(entry)
    return dict(sorted(found.items()))


def _entry(record: Record, as_of: date, own_report: bool) -> Entry:
    return Entry(
        id=record.id,
        as_of=as_of,
        document=record.document.sha256,
        title=Title.read(record.assignment, record.municipality or ""),
        boards=frozenset(board.casefold() for board in record.boards),
        board_names=frozenset(name.casefold() for name in record.board_names),
        goal=" ".join((record.goal or "").casefold().split()),
        own_report=own_report,
    )


def candidates(earlier: Sequence[Entry], later: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """The pairs worth comparing: equal titles, and titles that share the beginning of a word that is not too common.

    Where one has its equal in the other's document, it is compared with nothing else there.
    """
    known = [{(entry.document, entry.title.key) for entry in entries} for entries in (earlier, later)]
    index: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in later:
        for key in (f"={entry.title.key}", *_starts(entry)):
            index[key].append(entry)
    for one in earlier:
        for other in index.get(f"={one.title.key}", ()):
            yield one, other
        near = {
            other.id: other
            for key in _starts(one)
            if len(index.get(key, ())) <= COMMON_KEY
            for other in index.get(key, ())
        }
        for other in near.values():
            if (other.document, one.title.key) not in known[1] and (one.document, other.title.key) not in known[0]:
                yield one, other


def _starts(entry: Entry) -> list[str]:
    starts = dict.fromkeys(stem[:KEY_LENGTH] for stem in entry.title.content)
    return [*starts, f"#{entry.title.code}"] if entry.title.code else [*starts]


def by_documents(entries: Sequence[Entry]) -> Iterator[list[tuple[Entry, Entry]]]:
    """The candidates between each two documents of one day."""
    found: defaultdict[tuple[str, str], list[tuple[Entry, Entry]]] = defaultdict(list)
    if len({entry.document for entry in entries}) > 1:
        for one, other in candidates(entries, entries):
            if one.document < other.document and one.agrees(other) is not False:
                found[one.document, other.document].append((one, other))
    for documents in sorted(found):
        yield found[documents]
