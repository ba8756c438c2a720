"""How alike two assignments' titles are: rare words weigh most, words of ordering little.

What one title lacks is a shortening; what each has and the other lacks makes them different assignments.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import OSA

from ljuskoll.service.consistency.title_words import filler, inflections, kinds_of_work
from ljuskoll.service.consistency.titles import Title, conflicts

FILLER_WEIGHT = 0.08
WORK_WEIGHT = 0.2
NUMBER_WEIGHT = 0.4
NAME_FACTOR = 1.5
EXCHANGED_COST = 1.5
MISSING_COST = 0.45
CONFLICT_FACTOR = 0.6
"""Judgements: how much words of each sort weigh, and what exchanged, missing and conflicting words cost."""

MIN_PART = 4
MIN_TYPO_LENGTH = 7
TYPO_SIMILARITY = 0.85
SMALL_ARCHIVE = 10
"""Fewer titles than these say nothing of how rare a word is."""
SAME_CONTENT = 0.86
"""Titles with the same words of their own, whatever words of ordering stand around them ("Ta fram", "för kommunen")."""
SHORTENED = 0.15
"""A title is covered by another one that lacks no more than this share of its weight."""
BARE_TITLE = 0.5
"""A title with less weight than this has no words of its own ("Fortsätta arbetet")."""


@dataclass(frozen=True, slots=True)
class Rarity:
    """How much each word weighs among these titles, from 0.5 (in every title) to 1 (in one)."""

    titles: int
    counts: Mapping[str, int]
    weighed: dict[tuple[str, ...], tuple[float, ...]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def among(cls, titles: Iterable[Title]) -> "Rarity":
        """Counted over distinct titles, so that a title that is followed up often does not make its words common."""
        distinct = {title.key: title for title in titles}
        counts = Counter(
            stem
            for title in distinct.values()
            for stem in {*title.stems, *(title.as_written.stems if title.as_written else ())}
        )
        return cls(len(distinct), counts)

    def weight(self, stem: str) -> float:
        """The weight of a word of content."""
        if self.titles < SMALL_ARCHIVE:
            return 1.0
        return 0.5 + 0.5 * math.log(self.titles / max(1, self.counts.get(stem, 1))) / math.log(self.titles)

    def weights(self, title: Title) -> tuple[float, ...]:
        """The weight of each word of the title; kept, as titles are compared often."""
        if title.words not in self.weighed:
            pairs = zip(title.words, title.stems, strict=True)
            self.weighed[title.words] = tuple(self._weigh(title, word, stem) for word, stem in pairs)
        return self.weighed[title.words]

    def _weigh(self, title: Title, word: str, stem: str) -> float:
        if word in filler():
            return FILLER_WEIGHT
        if word in kinds_of_work():
            return WORK_WEIGHT
        if word[0].isdigit():
            return NUMBER_WEIGHT
        return self.weight(stem) * (NAME_FACTOR if stem in title.names else 1.0)


def similarity(one: Title, other: Title, rarity: Rarity) -> float:
    """How surely two titles order the same thing, 0 to 1."""
    if one.key == other.key:
        return 1.0
    value = _similarity(one, other, rarity)
    if one.as_written is None and other.as_written is None:
        return value
    return max(value, _similarity(one.as_written or one, other.as_written or other, rarity))


def _similarity(one: Title, other: Title, rarity: Rarity) -> float:
    if not (_substantial(one, rarity) and _substantial(other, rarity)):
        return 0.0
    return likeness(one, other, rarity) * CONFLICT_FACTOR ** len(conflicts(one, other))


def likeness(one: Title, other: Title, rarity: Rarity) -> float:
    """How much two titles have in common, 0 to 1, whatever conflicts."""
    lacking = sorted((_lacking(one, other, rarity), _lacking(other, one, rarity)))
    value = 1 - EXCHANGED_COST * lacking[0] - MISSING_COST * lacking[1]
    if set(one.content) == set(other.content) and one.numbers == other.numbers:
        value = max(value, SAME_CONTENT)
    return max(0.0, value)


def _substantial(title: Title, rarity: Rarity) -> bool:
    return sum(rarity.weight(stem) for stem in title.content) >= BARE_TITLE


def _lacking(one: Title, other: Title, rarity: Rarity) -> float:
    """The share of `one`'s weight that `other` does not cover."""
    weights = rarity.weights(one)
    lacking = sum(weight * (1 - _covered(index, one, other)) for index, weight in enumerate(weights) if weight > 0)
    return lacking / sum(weights)


def _covered(index: int, one: Title, other: Title) -> float:
    """How much of a word stands in the other title: as itself, as the parts of a compound, or as a part of one."""
    word, stem = one.words[index], one.stems[index]
    if kinds_of_work().get(word) in other.work:
        return 1.0
    capital = stem in one.capitals
    best = max((_likeness(stem, there, capital and there in other.capitals) for there in other.stems), default=0.0)
    if best == 1.0 or word[0].isdigit():
        return best
    best = max(best, _composed(word, stem, other.words, other.stems))
    for compound, compound_stem in zip(other.words, other.stems, strict=True):
        if _is_part(stem, compound):
            best = max(best, _composed(compound, compound_stem, one.words, one.stems))
    return best


@lru_cache(maxsize=1 << 17)
def _likeness(one: str, other: str, capitals: bool) -> float:
    """1 for equal stems, less for one misspelt; capitals may be names, which are other names when spelt differently."""
    short, long = sorted((one, other), key=len)
    if one == other or (len(short) >= MIN_PART and long.startswith(short) and long[len(short) :] in inflections()):
        return 1.0
    if capitals or len(short) < MIN_TYPO_LENGTH or one[:3] != other[:3] or not (one + other).isalpha():
        return 0.0
    value = OSA.normalized_similarity(one, other)
    return value if value >= TYPO_SIMILARITY else 0.0


def _is_part(stem: str, compound: str) -> bool:
    return (
        len(stem) >= MIN_PART and len(compound) > len(stem) and (compound.startswith(stem) or _tail(stem, compound) > 0)
    )


def _composed(compound: str, compound_stem: str, words: Sequence[str], stems: Sequence[str]) -> float:
    """The share of a compound's letters that the given words make up as its beginning and its end."""
    if len(compound_stem) < 2 * MIN_PART - 1:
        return 0.0
    first = last = 0
    for word, stem in zip(words, stems, strict=True):
        if MIN_PART <= len(stem) < len(compound_stem):
            if compound.startswith(stem):
                first = max(first, _shared_start(word, compound))
            else:
                last = max(last, _tail(stem, compound))
    joint = 1 if first and last else 0
    return min(1.0, (first + last + joint) / len(compound))


def _tail(stem: str, compound: str) -> int:
    """The number of letters at the compound's end that are this stem and its ending; 0 where it ends otherwise."""
    start = compound.rfind(stem)
    ending = compound[start + len(stem) :]
    return len(compound) - start if start > 0 and (not ending or ending in inflections()) else 0


def _shared_start(one: str, other: str) -> int:
    return next((index for index, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), len(one))


def covers(one: Title, other: Title, rarity: Rarity) -> bool:
    """Whether all that `one` says stands in `other`, too, which says more."""
    pairs = ((one, other), (one.as_written or one, other.as_written or other))
    return any(_lacking(left, right, rarity) <= SHORTENED for left, right in pairs)
