"""What the datasheet tells of the corpora: how readers agree, how varied the language is, how alike two texts are."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from ljuskoll.corpora.comments import Comment

Texts = Iterable[tuple[str, str]]
"""Texts with their owners: what one owner writes twice is not compared."""

_WORD = re.compile(r"\w+")
_OPENING = 3
_SHARED = 3
"""Words in a row that two texts must share before they are compared more closely."""
_GRAM = 5
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many comments were labelled twice, and how many of them alike."""

    comments: int
    agreed: int

    @property
    def share(self) -> float:
        """The share labelled alike, 1 of nothing."""
        return self.agreed / self.comments if self.comments else 1.0


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words of a corpus; `opening` are the three words that most texts begin with, `opened` how many do."""

    texts: int
    tokens: int
    types: int
    opening: str
    opened: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two owners' texts and the share of their runs of five characters that they have in common."""

    one: str
    other: str
    share: float


def agreement(comments: Sequence[Comment]) -> dict[str, Agreement]:
    """Agreement of the two raw labels over "all", "hard" and "easy" comments, and by settled outcome.

    What was left out of the corpus because its labels differed is not counted: whoever quotes the figure must add it.
    """
    twice = [one for one in comments if one.first and one.second]
    parts: dict[str, Callable[[Comment], bool]] = {
        "all": lambda one: True,
        "hard": lambda one: one.hard,
        "easy": lambda one: not one.hard,
    }
    found = {name: _agreement(filter(holds, twice)) for name, holds in parts.items()}
    for outcome in sorted({one.outcome for one in twice}):
        found[outcome] = _agreement(one for one in twice if one.outcome == outcome)
    return found


def vocabulary(texts: Iterable[str]) -> Vocabulary:
    """Counts of words, in lower case and without punctuation, and the commonest opening. Raises ValueError for none."""
    split = [words_in(text) for text in texts]
    if not split:
        raise ValueError("no texts")
    types = {word for words in split for word in words}
    openings = Counter(" ".join(words[:_OPENING]) for words in split)
    opening, opened = min(openings.items(), key=lambda item: (-item[1], item[0]))
    return Vocabulary(len(split), sum(map(len, split)), len(types), opening, opened)


def words_in(text: str) -> list[str]:
    """The words and figures of a text in lower case."""
    return _WORD.findall(text.lower())


def longest_shared_run(texts: Texts) -> tuple[str, ...]:
    """The longest run of words that stands in texts of two owners; the first of several by place, empty if none."""
    split = [(owner, words_in(text)) for owner, text in texts]
    longest: tuple[str, ...] = ()
    while shared := next(_shared_runs(split, len(longest) + 1), None):
        longest = shared[0]
    return longest


def near_duplicates(texts: Texts, share: float = _ALIKE) -> tuple[Likeness, ...]:
    """Pairs of owners whose texts are at least so alike, the most alike first."""
    listed = [(owner, " ".join(words_in(text))) for owner, text in texts]
    grams = [{text[start : start + _GRAM] for start in range(max(1, len(text) - _GRAM + 1))} for _, text in listed]
    found = (
        Likeness(listed[one][0], listed[other][0], len(grams[one] & grams[other]) / len(grams[one] | grams[other]))
        for one, other in _candidates(listed)
    )
    return tuple(sorted((like for like in found if like.share >= share), key=lambda like: (-like.share, like.one)))


def _agreement(comments: Iterable[Comment]) -> Agreement:
    alike = [one.first == one.second for one in comments]
    return Agreement(len(alike), sum(alike))


def _shared_runs(split: Sequence[tuple[str, Sequence[str]]], size: int) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Runs of so many words with the first owner and another one."""
    owners: dict[tuple[str, ...], str] = {}
    for owner, words in split:
        for start in range(len(words) - size + 1):
            run = tuple(words[start : start + size])
            if owners.setdefault(run, owner) != owner:
                yield run, owners[run], owner


def _candidates(listed: Sequence[tuple[str, str]]) -> list[tuple[int, int]]:
    """Indices of texts of different owners that share some words in a row, or are as short as that."""
    holders: dict[tuple[str, ...], set[int]] = {}
    for index, (_, text) in enumerate(listed):
        words = text.split()
        for start in range(max(1, len(words) - _SHARED + 1)):
            holders.setdefault(tuple(words[start : start + _SHARED]), set()).add(index)
    pairs = {pair for held in holders.values() for pair in combinations(sorted(held), 2)}
    return sorted((one, other) for one, other in pairs if listed[one][0] != listed[other][0])
