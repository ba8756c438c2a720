"""Which records follow up the same assignment in reports of the same municipality and year."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from ljuskoll.service.consistency.titles import Rarity, Title, similarity
from ljuskoll.service.record import DocumentRecord, Record

THRESHOLD = 0.78
"""From this similarity on two titles order the same thing."""
MARGIN = 0.08
"""A candidate this little worse than the best one makes the choice ambiguous."""
SAME_BOARD = 0.05
OTHER_BOARD = 0.2
BEST_INEXACT = 0.9
"""Titles that are not equal are never as good as equal ones."""
EXACT_STEP = 0.2
"""What an agreeing or unknown board counts for between equal titles."""
SAME_GOAL = 0.1
COMMON_KEY = 40
"""A beginning of a word that so many records of a period share brings no candidates."""
KEY_LENGTH = 4

_Key = tuple[str, str, int, str]


@dataclass(frozen=True, slots=True)
class Link:
    """The same assignment in two reports: ids of the earlier and the later record, and how alike they are (0 to 1)."""

    earlier: str
    later: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Linking:
    """All links, ordered by their ids, and the records that may have one but where it is not clear which."""

    links: tuple[Link, ...]
    ambiguous: frozenset[str]


def link(records: Sequence[Record], documents: Sequence[DocumentRecord]) -> tuple[Link, ...]:
    """The links between records of one year, municipality and kind; see `find_links`."""
    return find_links(records, documents).links


def find_links(records: Sequence[Record], documents: Sequence[DocumentRecord]) -> Linking:
    """Links each record to the one that it is the mutual best match of, in every other period of its year.

    Records without a municipality are linked only within one archive. The order of the input does not matter.
    """
    links: list[Link] = []
    ambiguous: set[str] = set()
    for block in _blocks(records, documents).values():
        rarity = Rarity.among(entry.title for entry in block)
        periods: defaultdict[date, list[_Entry]] = defaultdict(list)
        for entry in block:
            periods[entry.as_of].append(entry)
        for earlier, later in combinations(sorted(periods), 2):
            found = _Matching.of(periods[earlier], periods[later], rarity)
            links += found.links()
            ambiguous |= found.ambiguous()
    return Linking(tuple(sorted(links, key=lambda link: (link.earlier, link.later))), frozenset(ambiguous))


@dataclass(frozen=True, slots=True)
class _Entry:
    """A record with what is compared."""

    id: str
    as_of: date
    document: str
    title: Title
    boards: frozenset[str]
    board_names: frozenset[str]
    goal: str
    own_report: bool

    def agrees(self, other: "_Entry") -> bool | None:
        """Whether the boards are the same; None where one is not known."""
        if self.board_names & other.board_names or self.boards & other.boards:
            return True
        return False if self.board_names and other.board_names else None


def _blocks(records: Iterable[Record], documents: Iterable[DocumentRecord]) -> dict[_Key, list[_Entry]]:
    by_sha = {document.sha256: document for document in documents if document.duplicate_of is None}
    blocks: defaultdict[_Key, list[_Entry]] = defaultdict(list)
    for record in sorted(records, key=lambda record: record.id):
        if record.period is not None and record.period.as_of is not None:
            document = by_sha.get(record.document.sha256)
            place = ("", document.archive if document else "")
            if record.municipality:
                place = (record.municipality.casefold(), "")
            entry = _entry(record, record.period.as_of, document is not None and document.level == "board")
            blocks[(*place, record.period.year, record.kind)].append(entry)
    return dict(sorted(blocks.items()))


def _entry(record: Record, as_of: date, own_report: bool) -> _Entry:
    return _Entry(
        id=record.id,
        as_of=as_of,
        document=record.document.sha256,
        title=Title.read(record.assignment, record.municipality or ""),
        boards=frozenset(board.casefold() for board in record.boards),
        board_names=frozenset(name.casefold() for name in record.board_names),
        goal=" ".join((record.goal or "").casefold().split()),
        own_report=own_report,
    )


def _score(one: _Entry, other: _Entry, rarity: Rarity) -> float:
    """How surely two records follow up the same assignment; 1 and above for equal titles."""
    boards = one.agrees(other)
    if boards is False and one.own_report and other.own_report:
        return 0.0
    if one.title.key == other.title.key:
        step = {True: 2, None: 1, False: 0}[boards]
        return 1 + step * EXACT_STEP + (SAME_GOAL if one.goal and one.goal == other.goal else 0)
    adjustment = {True: SAME_BOARD, None: 0.0, False: -OTHER_BOARD}[boards]
    return min(BEST_INEXACT, similarity(one.title, other.title, rarity) + adjustment)


@dataclass(frozen=True, slots=True)
class _Matching:
    """The scores between the records of two periods, seen from either side; best first, equals by id."""

    earlier: Mapping[str, _Entry]
    later: Mapping[str, _Entry]
    forward: Mapping[str, Sequence[tuple[float, str]]]
    backward: Mapping[str, Sequence[tuple[float, str]]]
    rarity: Rarity

    @classmethod
    def of(cls, earlier: Sequence[_Entry], later: Sequence[_Entry], rarity: Rarity) -> "_Matching":
        forward: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
        backward: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
        for one, other in _candidates(earlier, later):
            score = _score(one, other, rarity)
            if score > THRESHOLD - MARGIN:
                forward[one.id].append((score, other.id))
                backward[other.id].append((score, one.id))
        for scores in (*forward.values(), *backward.values()):
            scores.sort(key=lambda pair: (-pair[0], pair[1]))
        by_id = [{entry.id: entry for entry in entries} for entries in (earlier, later)]
        return cls(by_id[0], by_id[1], forward, backward, rarity)

    def links(self) -> Iterator[Link]:
        """The mutual choices."""
        for one in self.forward:
            for score, other in self._chosen(self.forward[one], self.later):
                if any(back == one for _, back in self._chosen(self.backward[other], self.earlier)):
                    yield Link(one, other, round(min(1.0, score), 3))

    def ambiguous(self) -> set[str]:
        """The records with a match that is good enough, but not clearly better than the next."""
        return {
            id
            for side, entries in ((self.forward, self.later), (self.backward, self.earlier))
            for id, scores in side.items()
            if scores[0][0] >= THRESHOLD and not self._chosen(scores, entries)
        }

    def _chosen(self, scores: Sequence[tuple[float, str]], entries: Mapping[str, _Entry]) -> list[tuple[float, str]]:
        """The best match and its twins in other documents; none if another one rivals it."""
        best = scores[0]
        if best[0] < THRESHOLD:
            return []
        chosen, documents = [best], {entries[best[1]].document}
        for score, id in scores[1:]:
            entry = entries[id]
            twin = entry.document not in documents and self._same(entries[best[1]], entry)
            if not twin and score > best[0] - MARGIN:
                return []
            if twin and score >= THRESHOLD:
                chosen.append((score, id))
                documents.add(entry.document)
        return chosen

    def _same(self, one: _Entry, other: _Entry) -> bool:
        return _score(one, other, self.rarity) >= THRESHOLD


def _candidates(earlier: Sequence[_Entry], later: Sequence[_Entry]) -> Iterator[tuple[_Entry, _Entry]]:
    """The pairs worth comparing: equal titles, and titles that share the beginning of a word that is not too common.

    Where one has its equal in the other's document, it is compared with nothing else there.
    """
    known = [{(entry.document, entry.title.key) for entry in entries} for entries in (earlier, later)]
    index: defaultdict[str, list[_Entry]] = defaultdict(list)
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


def _starts(entry: _Entry) -> list[str]:
    return list(dict.fromkeys(stem[:KEY_LENGTH] for stem in entry.title.content))
