"""A first look at a sentence: whether any phrase of a lexicon may be in it at all, by a few look-ups in sets.

For each word that begins a phrase it is known which others its phrases have; where none of them stands, none is there.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import TypeAlias

_PIECE = re.compile(r"(?:\{[^}]*\}|[^\s{}])+")
_BRACES = re.compile(r"\{([^}]*)\}")

_Wordings: TypeAlias = list[list[str]]
"""What a piece of a phrase, which has braces but no space outside them, stands for."""


class FirstLook:
    """Knows the phrases of a lexicon by their first word and by one word of each wording that follows."""

    def __init__(self, phrases: Mapping[str, Sequence[str]]) -> None:
        self._alone: set[str] = set()
        needed: dict[str, set[str]] = defaultdict(set)
        for phrase in {phrase for some in phrases.values() for phrase in some}:
            for first, words in _beginnings([_wordings(piece) for piece in _PIECE.findall(phrase)]):
                needed[first] |= words
                if not words:
                    self._alone.add(first)
        patterns = [first for first in needed if _is_pattern(first)]
        self._anywhere = {word for first in patterns for word in needed[first]}
        self._needed = {first: words for first, words in needed.items() if first not in self._alone}
        assert self._alone.isdisjoint(patterns), "a phrase that any word may begin has plain words"

    def sees(self, words: Sequence[str]) -> bool:
        """Whether one of the phrases may be among these words; false only where none is."""
        if not (self._alone.isdisjoint(words) and self._anywhere.isdisjoint(words)):
            return True
        needed = self._needed
        return any(not needed[word].isdisjoint(words) for word in words if word in needed)


def _wordings(piece: str) -> _Wordings:
    parts = _BRACES.split(piece)
    choices = [part.split(",") if place % 2 else [part] for place, part in enumerate(parts)]
    return ["".join(chosen).split() for chosen in product(*choices)]


def _beginnings(pieces: Sequence[_Wordings]) -> Iterator[tuple[str, set[str]]]:
    """Each first word of a phrase, with words of which one must stand there too."""
    following = max(map(_rarest, pieces[1:]), key=_shortest, default=set())
    for words in pieces[0] if pieces else []:
        if words:
            yield words[0], max(_rarest([words[1:]]), following, key=_shortest)
        else:
            yield from _beginnings(pieces[1:])


def _rarest(wordings: _Wordings) -> set[str]:
    """The longest plain word of each wording; none where one has none."""
    plain = [[word for word in words if not _is_pattern(word)] for words in wordings]
    return {max(words, key=len) for words in plain} if all(plain) else set()


def _shortest(words: set[str]) -> int:
    return min(map(len, words), default=0)


def _is_pattern(word: str) -> bool:
    return word[0] in "*<_" or word[-1] == "*"
