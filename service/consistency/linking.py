"""Which records follow up the same assignment in reports of the same municipality."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import combinations, groupby, pairwise

from ljuskoll.service.consistency.entries import Entry, blocks, by_documents, candidates
from ljuskoll.service.consistency.similarity import Rarity, covers, likeness, similarity
from ljuskoll.service.consistency.titles import Title, asks_for_other, conflicts, differ_in_amounts, widens
from ljuskoll.service.consistency.weakened import asks_for_less
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
"""From this likeness on a title that asks for something else stands in the place of the earlier one."""
LEFT_OVER = 0.6
"""From this similarity on two titles of one board that no other title claims are the same assignment ..."""
CLEARLY = 0.15
"""... if every other that is left is so much less alike."""
LEAST_WITH_CODE = 0.1
LEAST_OF_PART = 0.5
ENOUGH_CODES = 3
MOST_CODES = 0.9
"""Codes tell assignments where so many linked titles have them and so large a share the same."""
YEARS_APART = 2
"""Reports further apart than this many years are not linked."""


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
    for block in blocks(records, documents).values():
        rarity = Rarity.among(entry.title for entry in block)
        periods: defaultdict[date, list[Entry]] = defaultdict(list)
        for entry in block:
            periods[entry.as_of].append(entry)
        days = sorted(periods)
        in_a_row = set(pairwise(days))
        for earlier, later in _pairs_of_days(days):
            pairs = list(candidates(periods[earlier], periods[later]))
            matching = _Matching.of(pairs, rarity)
            found = list(matching.links())
            found += _left_over(pairs, found, rarity)
            links += found
            if earlier.year == later.year:
                taken = _ends(found)
                matching.note_ambiguous(ambiguous, taken)
                if (earlier, later) in in_a_row:
                    changed += _changed(pairs, taken, rarity)
        for day in days:
            for pairs in by_documents(periods[day]):
                found = list(_Matching.of(pairs, rarity).links())
                twins += [*found, *_left_over(pairs, found, rarity)]
    rivals = {id: tuple(sorted(ambiguous[id])) for id in sorted(ambiguous)}
    return Linking(_ordered(links), _ordered(twins), _ordered(changed), rivals)


def _ends(links: Iterable[Link]) -> frozenset[str]:
    """The ids of the records that these links have taken."""
    return frozenset(id for link in links for id in (link.earlier, link.later))


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


def _left_over(pairs: Sequence[tuple[Entry, Entry]], found: Sequence[Link], rarity: Rarity) -> Iterator[Link]:
    """Of what no link has taken, each two titles of one board that have clearly most in common with each other.

    A code before both titles counts where those of the linked titles agree. Where two titles or more of one document
    say what another one says, or parts of it, that one was divided.
    """
    taken, codes_tell = _ends(found), _codes_tell(pairs, found)
    alike: dict[tuple[str, str], float] = {}
    entries: dict[str, Entry] = {}
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
    parts = _parts(near, entries, rarity)
    for (earlier, later), value in alike.items():
        rivals = (*near[earlier].items(), *near[later].items())
        others = [score for id, score in rivals if id not in (earlier, later)]
        is_clear = value >= LEFT_OVER and all(score < value - CLEARLY for score in others)
        if is_clear or not parts.isdisjoint({(earlier, later), (later, earlier)}):
            yield Link(earlier, later, round(min(BEST_INEXACT, max(value, LEFT_OVER)), 3))


def _parts(
    near: Mapping[str, Mapping[str, float]], entries: Mapping[str, Entry], rarity: Rarity
) -> set[tuple[str, str]]:
    """Each divided one with each of its parts: several of a document that are next to it and say what it says, or some.

    `near` holds for each id those that it has something in common with, and how much.
    """
    found: set[tuple[str, str]] = set()
    for whole, likely in near.items():
        parts: defaultdict[str, list[str]] = defaultdict(list)
        for part, value in likely.items():
            is_next = max(near[part], key=lambda other: (near[part][other], other)) == whole
            is_likely = is_next and value >= LEAST_OF_PART
            if is_likely and _says_some_of(entries[whole].title, entries[part].title, rarity):
                parts[entries[part].document].append(part)
        found.update((whole, part) for several in parts.values() if len(several) > 1 for part in several)
    return found


def _says_some_of(whole: Title, part: Title, rarity: Rarity) -> bool:
    """Whether another title says all of the whole, or no more than some of it."""
    return part.key != whole.key and (covers(whole, part, rarity) or covers(part, whole, rarity))


def _may_be_same(one: Entry, other: Entry, *, same_code: bool) -> bool:
    same_place = one.agrees(other) or (one.agrees(other) is None and one.goal and one.goal == other.goal)
    differ = conflicts(one.title, other.title) or widens(one.title, other.title)
    return not differ and bool(same_place or same_code)


def _codes_tell(pairs: Sequence[tuple[Entry, Entry]], found: Sequence[Link]) -> bool:
    """Whether linked titles have the same code before them, in nearly all cases where both have one.

    Numbers alone are those of a chapter and change with it.
    """
    entries = {entry.id: entry for pair in pairs for entry in pair}
    codes = [(entries[link.earlier].title.code, entries[link.later].title.code) for link in found]
    both = [one == other for one, other in codes if one and other and re.search(r"[a-zåäö]", one)]
    return len(both) >= ENOUGH_CODES and sum(both) >= MOST_CODES * len(both)


def _changed(pairs: Sequence[tuple[Entry, Entry]], taken: Set[str], rarity: Rarity) -> Iterator[Link]:
    """Of what no link has taken, each two titles of one board that are alike, but the later asks for something else.

    Only where neither has another such one.
    """
    alike: list[Link] = []
    for one, other in pairs:
        if one.id in taken or other.id in taken or one.agrees(other) is False:
            continue
        value = likeness(one.title, other.title, rarity)
        is_alike = value >= CHANGED or differ_in_amounts(one.title, other.title)
        is_other = is_alike and asks_for_other(one.title, other.title)
        if is_other or asks_for_less(one.title, other.title, same_year=True):
            alike.append(Link(one.id, other.id, round(max(value, CHANGED), 3)))
    ends = Counter(id for link in alike for id in (link.earlier, link.later))
    yield from (link for link in alike if ends[link.earlier] == ends[link.later] == 1)


def _score(one: Entry, other: Entry, rarity: Rarity) -> float:
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

    entries: Mapping[str, Entry]
    forward: Mapping[str, Sequence[tuple[float, str]]]
    backward: Mapping[str, Sequence[tuple[float, str]]]
    rarity: Rarity

    @classmethod
    def of(cls, candidates: Iterable[tuple[Entry, Entry]], rarity: Rarity) -> "_Matching":
        forward: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
        backward: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
        entries: dict[str, Entry] = {}
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

    def _same(self, one: Entry, other: Entry) -> bool:
        return _score(one, other, self.rarity) >= THRESHOLD
