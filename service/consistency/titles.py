"""How alike two assignments' titles are: rare words weigh most, words of ordering little.

What one title lacks is a shortening; what each has and the other lacks makes them different assignments.
"""

import math
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from rapidfuzz.distance import OSA

from ljuskoll.service.consistency.synonyms import synonyms

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
NAMED_LETTERS = 5
"""So many letters in common name the same thing."""
SAME_CONTENT = 0.86
"""Titles with the same words of their own, whatever words of ordering stand around them ("Ta fram", "för kommunen")."""
LOOKING = frozenset({"investigate", "revise"})
"""Kinds of work that leave things as they are."""
SHORTENED = 0.15
"""A title is covered by another one that lacks no more than this share of its weight."""
BARE_TITLE = 0.5
"""A title with less weight than this has no words of its own ("Fortsätta arbetet")."""

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[.:][^\W\d_]+)*")
_BRACKETS = re.compile(r"\([^()]{1,80}\)\s*$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NOT_WORDS = re.compile(r"[\W_]+")


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "titles.toml").read_text(encoding="utf-8"))


@cache
def _filler() -> frozenset[str]:
    return frozenset(_data()["filler"])


@cache
def _work() -> dict[str, str]:
    return {word: kind for kind, words in _data()["work"].items() for word in words}


@cache
def _endings() -> tuple[tuple[str, int], ...]:
    """Every ending with the number of letters that it must leave, the longest first."""
    endings = [(ending, int(left)) for left, endings in _data()["endings"].items() for ending in endings]
    return tuple(sorted(endings, key=lambda ending: (-len(ending[0]), ending)))


@cache
def _inflections() -> frozenset[str]:
    return frozenset(ending for ending, _ in _endings())


@cache
def _numbers() -> dict[str, str]:
    return {word: number for number, word in _data()["numbers"].items()}


@cache
def _targets() -> frozenset[str]:
    return frozenset(_data()["targets"]["words"])


@cache
def _ordinals() -> frozenset[str]:
    return frozenset(_data()["ordinals"]["words"])


@cache
def _code() -> re.Pattern[str]:
    words = "|".join(map(re.escape, _data()["codes"]["words"]))
    number = r"[A-ZÅÄÖ]{0,3}[\s.-]?\d+(?:[.:-]\d+)*[a-z]?"
    return re.compile(rf"^\s*(?:(?:(?i:{words})\s+)?{number}\s*[.:)–-]\s*|{number}\s+(?=[A-ZÅÄÖ]))(?=\D)")


@dataclass(frozen=True, slots=True)
class Title:
    """A title ready for comparison: its words as stems, what must not conflict, and the number or code before it.

    `content` holds the stems of words that are neither filler nor kinds of work, each once.
    """

    key: str
    words: tuple[str, ...]
    stems: tuple[str, ...]
    content: tuple[str, ...]
    capitals: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    work: frozenset[str]
    amounts: frozenset[str]
    code: str
    as_written: "Title | None" = None

    @classmethod
    def read(cls, text: str, municipality: str = "") -> "Title":
        """The title without its number or code and without brackets at its end; `amounts` say how much.

        The municipality's own name is no word of content in its own reports. Where words have synonyms the title is
        also kept as written.
        """
        text = unicodedata.normalize("NFC", text).strip()
        text = _BRACKETS.sub("", text).strip() or text
        code = _code().match(text)
        text = _code().sub("", text) or text
        found = _WORD.findall(text)
        lowered = [_numbers().get(word.casefold(), word.casefold()) for word in found]
        meant = list(synonyms(_stem).meant(lowered, _stem, _orders))
        names = [_stem(word.casefold()) if word[0].isupper() and not word.isupper() else "" for word in found]
        own = municipality.casefold()

        def made(words: tuple[str, ...], written: Sequence[str], as_written: "Title | None" = None) -> Title:
            stems = tuple(map(_stem, words))
            plain = _filler() | _work().keys() | ({own, f"{own}s"} if own else set())
            content = (stem for word, stem in zip(words, stems, strict=True) if word not in plain)
            return cls(
                key=_NOT_WORDS.sub(" ", text.casefold()).strip(),
                words=words,
                stems=stems,
                content=tuple(dict.fromkeys(content)),
                capitals=frozenset(written) - {""},
                names=frozenset(written[1:]) - {""},
                numbers=frozenset(word for word in words if word[0].isdigit()),
                work=frozenset(_work()[word] for word in words if word in _work()),
                amounts=frozenset(_amounts(words)),
                code=_NOT_WORDS.sub(" ", code.group().casefold()).strip() if code else "",
                as_written=as_written,
            )

        as_written = made(tuple(lowered), names)
        words = tuple(word for _, word in meant)
        return made(words, [names[at] for at, _ in meant], as_written) if words != as_written.words else as_written

    def is_named_in(self, text: str) -> bool:
        """Whether a text has a word of the title's content, inflected or as a part of a compound."""
        stems = {_stem(word.casefold()) for word in _WORD.findall(text)}
        return any(_shares_part(own, stem) for own in self.content for stem in stems)

    @property
    def sets_target(self) -> bool:
        """Whether the title names a figure or share that is to be met anew each year."""
        words = self.as_written.words if self.as_written else self.words
        return not _targets().isdisjoint(words)


def _orders(word: str) -> bool:
    """Whether the word is one of ordering or of a kind of work, which stands for itself."""
    return word in _filler() or word in _work()


def _shares_part(one: str, other: str) -> bool:
    """Whether two stems begin alike, or the shorter is a part of the longer."""
    if min(len(one), len(other)) < NAMED_LETTERS:
        return False
    return one[:NAMED_LETTERS] == other[:NAMED_LETTERS] or one in other or other in one


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    """The word without its ending, as far as a list of endings tells."""
    if word[0].isdigit():
        return word
    for ending, left in _endings():
        if word.endswith(ending) and len(word) - len(ending) >= left:
            return word[: -len(ending)]
    return word


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
        if word in _filler():
            return FILLER_WEIGHT
        if word in _work():
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
    if _work().get(word) in other.work:
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
    if one == other or (len(short) >= MIN_PART and long.startswith(short) and long[len(short) :] in _inflections()):
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
    return len(compound) - start if start > 0 and (not ending or ending in _inflections()) else 0


def _shared_start(one: str, other: str) -> int:
    return next((index for index, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), len(one))


def conflicts(one: Title, other: Title) -> frozenset[str]:
    """In what two titles say different things: "numbers", "names", "work"."""
    found = {
        "numbers": one.numbers - other.numbers and other.numbers - one.numbers,
        "names": one.names - set(other.stems) and other.names - set(one.stems),
        "work": one.work and other.work and not one.work & other.work,
    }
    return frozenset(what for what, differs in found.items() if differs)


def covers(one: Title, other: Title, rarity: Rarity) -> bool:
    """Whether all that `one` says stands in `other`, too, which says more."""
    pairs = ((one, other), (one.as_written or one, other.as_written or other))
    return any(_lacking(left, right, rarity) <= SHORTENED for left, right in pairs)


def asks_for_other(one: Title, other: Title) -> bool:
    """Whether two titles that are alike differ in an amount, or the later only looks into the matter."""
    differing = conflicts(one, other)
    if differing == {"numbers"}:
        return one.amounts != other.amounts and one.numbers - one.amounts == other.numbers - other.amounts
    return differing == {"work"} and bool(other.work & LOOKING) and not one.work & LOOKING


def shares_a_word(one: Title, other: Title) -> bool:
    """Whether two titles have a word of content or an amount in common, though it be little."""
    if not (one.amounts | set(one.content)).isdisjoint(other.amounts | set(other.content)):
        return True
    return any(_shares_part(own, stem) for own in one.content for stem in other.content)


def widens(one: Title, other: Title) -> bool:
    """Whether either title names a place or a thing by name and the other names none."""
    return bool(one.names) is not bool(other.names)


def _amounts(words: Sequence[str]) -> Iterator[str]:
    """The figures of a title that are neither years nor tell which one of several is meant."""
    for before, word in zip(("", *words), words, strict=False):
        if word[0].isdigit() and not _YEAR.fullmatch(word) and before not in _ordinals():
            yield word
