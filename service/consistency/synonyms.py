"""Words and phrases of titles that mean the same in one municipality: each becomes the first word of its group."""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Stem = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """The first word of each group under the words of the group and under their stems; phrases by their stems."""

    words: Mapping[str, str]
    stems: Mapping[str, str]
    phrases: Mapping[tuple[str, ...], str]
    longest: int

    @classmethod
    def of(cls, data: Mapping[str, Any], stem: Stem) -> "Synonyms":
        """The synonyms of a file's groups and phrases. A stem that two groups share stands for neither."""
        words = {word: group[0] for group in data["words"]["groups"] for word in group}
        stems: dict[str, str] = {}
        shared: set[str] = set()
        for word, first in words.items():
            if stems.setdefault(stem(word), first) != first:
                shared.add(stem(word))
        phrases = {tuple(map(stem, phrase.split())): meant for phrase, meant in data["phrases"].items()}
        stems = {one: first for one, first in stems.items() if one not in shared}
        return cls(words, stems, phrases, max(map(len, phrases)))

    def meant(self, words: Sequence[str], stem: Stem, kept: Callable[[str], bool]) -> Iterator[tuple[int, str]]:
        """The words in lower case as they are to be compared, each with its place; what is `kept` stands for itself."""
        stems = [stem(word) for word in words]
        place = 0
        while place < len(words):
            length = self._phrase(stems, place)
            word = self.phrases[tuple(stems[place : place + length])] if length else words[place]
            yield place, word if kept(word) else self._first(word, stem)
            place += max(1, length)

    def _phrase(self, stems: Sequence[str], place: int) -> int:
        """The length in words of the longest phrase that begins here; 0 for none."""
        lengths = range(min(self.longest, len(stems) - place), 1, -1)
        return next((length for length in lengths if tuple(stems[place : place + length]) in self.phrases), 0)

    def _first(self, word: str, stem: Stem) -> str:
        for found in (self.words.get(word), self.words.get(stem(word)), self.stems.get(stem(word))):
            if found is not None:
                return found
        return word


@cache
def synonyms(stem: Stem) -> Synonyms:
    """The shipped synonyms."""
    return Synonyms.of(tomllib.loads((files(__package__) / "synonyms.toml").read_text(encoding="utf-8")), stem)
