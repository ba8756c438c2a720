"""Which records follow up the same assignment in reports of the same municipality."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import combinations, groupby, pairwise

from ljuskoll.service.consistency.titles import (
    Rarity,
    Title,
    asks_for_other,
    conflicts,
    covers,
    likeness,
    similarity,
    widens,
)
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
CHANGED = 0.65
"""The same for two titles that would be the same but for what the later asks less."""
LEFT_OVER = 0.6
"""From this similarity on two titles of one board that no other title claims are the same assignment ..."""
CLEARLY = 0.15
"""... if every other that is left is so much less alike."""
LEAST_WITH_CODE = 0.1
LEAST_OF_PART = 0.5
ENOUGH_CODES = 3
MOST_CODES = 0.9
"""Codes tell assignments where so many linked titles have them and so large a share the same."""
COMMON_KEY = 40
"""A beginning of a word that so many records of a period share brings no candidates."""
KEY_LENGTH = 4
YEARS_APART = 2
"""Reports further apart than this many years are not linked."""


_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Link:
    """The same assignment in two reports: ids of the earlier and the later record, and how alike they are (0 to 1)."""

    earlier: str
    later: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Linking:
    """All links, ordered by their ids, and the records that may have one but where it is not clear which.

    `links` lead from a report to a later one, `twins` to another document of the same day, `changed` to an assignment
    that stands in the place of one that is gone and asks for something else. `ambiguous` holds for each record that is
    left without a link the candidates between which it could not be decided.
    """

    links: tuple[Link, ...]
    twins: tuple[Link, ...]
    changed: tuple[Link, ...]
    ambiguous: Mapping[str, tuple[str, ...]]


def link(records: Sequence[Record], documents: Sequence[DocumentRecord]) -> tuple[Link, ...]:
    """The links from each record to later ones; see `find_links`."""
    return find_links(records, documents).links


def find_links(records: Sequence[Record], documents: Sequence[DocumentRecord]) -> Linking:
    """Links each record to the one that it is the mutual best match of.

    That is sought in every other period of its year, in the next year's first report, and in other documents of the
    same day. Records without a municipality are linked only within one archive. The order of the input does not matter.
    """
    links: list[Link] = []
    twins: list[Link] = []
    changed: list[Link] = []
    ambiguous: defaultdict[str, set[str]] = defaultdict(set)
    for block in _blocks(records, documents).values():
        rarity = Rarity.among(entry.title for entry in block)
        periods: defaultdict[date, list[_Entry]] = defaultdict(list)
        for entry in block:
            periods[entry.as_of].append(entry)
        days = sorted(periods)
        for earlier, later in _pairs_of_days(days):
            pairs = list(_candidates(periods[earlier], periods[later]))
            matching = _Matching.of(pairs, rarity)
            found = list(matching.links())
            found += _left_over(pairs, found, rarity)
            links += found
            if earlier.year == later.year:
                linked = {id for link in found for id in (link.earlier, link.later)}
                matching.note_ambiguous(ambiguous, linked)
                if days.index(later) == days.index(earlier) + 1:
                    changed += _changed(pairs, found, rarity)
        for day in days:
            for pairs in _by_documents(periods[day]):
                found = list(_Matching.of(pairs, rarity).links())
                twins += [*found, *_left_over(pairs, found, rarity)]
    rivals = {id: tuple(sorted(ambiguous[id])) for id in sorted(ambiguous)}
    return Linking(_ordered(links), _ordered(twins), _ordered(changed), rivals)


def _ordered(links: Iterable[Link]) -> tuple[Link, ...]:
    return tuple(sorted(links, key=lambda link: (link.earlier, link.later)))


def _pairs_of_days(days: Sequence[date]) -> Iterator[tuple[date, date]]:
    """Every two days of a year, and the last of a year with the first of the next year that has any."""
    years = [list(group) for _, group in groupby(days, key=lambda day: day.year)]
    for group in years:
        yield from combinations(group, 2)
    for one, other in pairwise(years):
        if other[0].year - one[-1].year <= YEARS_APART:
            yield one[-1], other[0]


def _by_documents(entries: Sequence["_Entry"]) -> Iterator[list[tuple["_Entry", "_Entry"]]]:
    """The candidates between each two documents of one day."""
    found: defaultdict[tuple[str, str], list[tuple[_Entry, _Entry]]] = defaultdict(list)
    if len({entry.document for entry in entries}) > 1:
        for one, other in _candidates(entries, entries):
            if one.document < other.document and one.agrees(other) is not False:
                found[one.document, other.document].append((one, other))
    for documents in sorted(found):
        yield found[documents]


def _left_over(pairs: Sequence[tuple["_Entry", "_Entry"]], found: Sequence[Link], rarity: Rarity) -> Iterator[Link]:
    """Of what no link has taken, each two titles of one board that have clearly most in common with each other.

    A code before both titles counts where those of the linked titles agree. Where two titles or more of one document
    say what another one says, or parts of it, that one was divided.
    """
    taken = {id for link in found for id in (link.earlier, link.later)}
    codes_tell = _codes_tell(pairs, found)
    alike: dict[tuple[str, str], float] = {}
    entries: dict[str, _Entry] = {}
    for one, other in pairs:
        same_code = codes_tell and one.title.code == other.title.code and one.title.code != ""
        if one.id not in taken and other.id not in taken and _may_be_same(one, other, same_code=same_code):
            value = similarity(one.title, other.title, rarity)
            is_told = same_code and value >= LEAST_WITH_CODE
            alike[one.id, other.id] = max(value, LEFT_OVER) + SAME_BOARD if is_told else value
            entries.update({one.id: one, other.id: other})
    near: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for (earlier, later), value in alike.items():
        near[earlier][later] = near[later][earlier] = value
    for (earlier, later), value in alike.items():
        rivals = (*near[earlier].items(), *near[later].items())
        others = [score for id, score in rivals if id not in (earlier, later)]
        is_clear = value >= LEFT_OVER and all(score < value - CLEARLY for score in others)
        if (
            is_clear
            or _is_part(earlier, later, near, entries, rarity)
            or _is_part(later, earlier, near, entries, rarity)
        ):
            yield Link(earlier, later, round(min(BEST_INEXACT, max(value, LEFT_OVER)), 3))


def _is_part(
    whole: str, part: str, near: Mapping[str, Mapping[str, float]], entries: Mapping[str, "_Entry"], rarity: Rarity
) -> bool:
    """Whether `part` is one of several of a document that say what `whole` says, or some of it, and are next to it."""
    parts = [
        id
        for id, value in near[whole].items()
        if value >= LEAST_OF_PART
        and entries[id].title.key != entries[whole].title.key
        and _one_covers_other(entries[whole].title, entries[id].title, rarity)
        and entries[id].document == entries[part].document
        and max(near[id], key=lambda other: (near[id][other], other)) == whole
    ]
    return part in parts and len(parts) > 1


def _one_covers_other(one: Title, other: Title, rarity: Rarity) -> bool:
    return covers(one, other, rarity) or covers(other, one, rarity)


def _may_be_same(one: "_Entry", other: "_Entry", *, same_code: bool) -> bool:
    same_place = one.agrees(other) or (one.agrees(other) is None and one.goal and one.goal == other.goal)
    differ = conflicts(one.title, other.title) or widens(one.title, other.title)
    return not differ and bool(same_place or same_code)


def _codes_tell(pairs: Sequence[tuple["_Entry", "_Entry"]], found: Sequence[Link]) -> bool:
    """Whether linked titles have the same code before them, in nearly all cases where both have one.

    Numbers alone are those of a chapter and change with it.
    """
    entries = {entry.id: entry for pair in pairs for entry in pair}
    codes = [(entries[link.earlier].title.code, entries[link.later].title.code) for link in found]
    both = [one == other for one, other in codes if one and other and re.search(r"[a-zåäö]", one)]
    return len(both) >= ENOUGH_CODES and sum(both) >= MOST_CODES * len(both)


def _changed(pairs: Sequence[tuple["_Entry", "_Entry"]], found: Sequence[Link], rarity: Rarity) -> Iterator[Link]:
    """Of what no link has taken, each two titles of one board that are alike but that the later asks for less."""
    taken = {id for link in found for id in (link.earlier, link.later)}
    alike: list[Link] = []
    for one, other in pairs:
        if one.id in taken or other.id in taken or one.agrees(other) is False:
            continue
        if asks_for_other(one.title, other.title) and (value := likeness(one.title, other.title, rarity)) >= CHANGED:
            alike.append(Link(one.id, other.id, round(value, 3)))
    ends = Counter(id for link in alike for id in (link.earlier, link.later))
    yield from (link for link in alike if ends[link.earlier] == ends[link.later] == 1)


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
            blocks[(*place, record.kind)].append(entry)
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
    """The scores between the records of two reports, seen from either side; best first, equals by id."""

    entries: Mapping[str, _Entry]
    forward: Mapping[str, Sequence[tuple[float, str]]]
    backward: Mapping[str, Sequence[tuple[float, str]]]
    rarity: Rarity

    @classmethod
    def of(cls, candidates: Iterable[tuple[_Entry, _Entry]], rarity: Rarity) -> "_Matching":
        forward: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
        backward: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
        entries: dict[str, _Entry] = {}
        for one, other in candidates:
            score = _score(one, other, rarity)
            if score > THRESHOLD - MARGIN:
                forward[one.id].append((score, other.id))
                backward[other.id].append((score, one.id))
                entries.update({one.id: one, other.id: other})
        for scores in (*forward.values(), *backward.values()):
            scores.sort(key=lambda pair: (-pair[0], pair[1]))
        return cls(entries, forward, backward, rarity)

    def links(self) -> Iterator[Link]:
        """The mutual choices."""
        for one in self.forward:
            for score, other in self._chosen(self.forward[one]):
                if any(back == one for _, back in self._chosen(self.backward[other])):
                    yield Link(one, other, round(min(1.0, score), 3))

    def note_ambiguous(self, noted: Mapping[str, set[str]], linked: Set[str]) -> None:
        """Adds the records with a match that is good enough, but not clearly better than the next, and these."""
        for side in (self.forward, self.backward):
            for id, scores in side.items():
                if id not in linked and scores[0][0] >= THRESHOLD and not self._chosen(scores):
                    noted[id].update(rival for score, rival in scores if score > scores[0][0] - MARGIN)

    def _chosen(self, scores: Sequence[tuple[float, str]]) -> list[tuple[float, str]]:
        """The best match and its twins in other documents; none if another one rivals it."""
        best = scores[0]
        if best[0] < THRESHOLD:
            return []
        chosen, documents = [best], {self.entries[best[1]].document}
        for score, id in scores[1:]:
            entry = self.entries[id]
            twin = entry.document not in documents and self._same(self.entries[best[1]], entry)
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
    starts = dict.fromkeys(stem[:KEY_LENGTH] for stem in entry.title.content)
    return [*starts, f"#{entry.title.code}"] if entry.title.code else [*starts]
