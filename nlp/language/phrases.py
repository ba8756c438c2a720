"""Tagging text with phrases that are kept as data: the common ground of the language components.

A phrase is words with spaces between. `{a,b}` stands for either ending or word, `_` for up to six words
of any kind, `*nämnden` for every word with that ending, `<number>` and `<year>` for figures.
"""

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from itertools import product
from typing import Any, TypeAlias

_TOKEN = re.compile(
    r"[a-zåäö]{1,4}(?:\.[a-zåäö]{1,4})+\.?"  # t.ex., p.g.a
    r"|\d+(?:[.,]\d+)*(?:[-–]\d+)?"
    r"|[\w\u0300-\u036f]+(?:[-:’'/][\w\u0300-\u036f]+)*"
    r"|[^\w\s.]",
    re.IGNORECASE,
)
_BRACES = re.compile(r"\{([^{}]*)\}")
_YEAR = re.compile(r"20\d\d")
_MAX_GAP = 6
_ANY = "*"

Entry: TypeAlias = tuple[tuple[str, ...], str]
"""The words of a phrase and its kind."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, figure or punctuation mark: lower case, with its offsets in the text."""

    text: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether this is no punctuation mark."""
        return self.text[0].isalnum()


@dataclass(frozen=True, slots=True)
class Tag:
    """A phrase of some kind found at tokens[first:last]; a word that is in no phrase has kind "" ."""

    kind: str
    first: int
    last: int


def tokenise(text: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """The tokens of text[start:end] with offsets into `text`; full stops are left out."""
    return tuple(
        Token(unicodedata.normalize("NFC", match.group().lower().rstrip(".")), match.start(), match.end())
        for match in _TOKEN.finditer(text, start, len(text) if end is None else end)
    )


def expand(phrase: str) -> Iterator[tuple[str, ...]]:
    """Every sequence of words that a phrase with braces stands for."""
    parts = _BRACES.split(phrase)
    choices = [part.split(",") if index % 2 else [part] for index, part in enumerate(parts)]
    for chosen in product(*choices):
        yield tuple("".join(chosen).split())


@dataclass(frozen=True)
class Lexicon:
    """Phrases by kind, ready for tagging."""

    phrases: Mapping[str, Sequence[str]]

    @classmethod
    def load(cls, package: str, name: str) -> "Lexicon":
        """From a TOML file: the dotted path of each list of strings is the kind of its phrases."""
        data = tomllib.loads((files(package) / name).read_text(encoding="utf-8"))
        return cls(dict(_lists(data)))

    def tag(self, tokens: Sequence[Token]) -> tuple[Tag, ...]:
        """Tags in order of their first token: the longest phrase at each place, else a tag of kind ""."""
        tags: list[Tag] = []
        taken: set[int] = set()
        position = 0
        while position < len(tokens):
            if position in taken:
                position += 1
                continue
            kind, last, far = self._longest(tokens, position)
            tags.append(Tag(kind, position, last))
            taken.update(far)
            position = last
        return tuple(tags)

    def _longest(self, tokens: Sequence[Token], position: int) -> tuple[str, int, range]:
        best: tuple[int, str, int, range] = (0, "", position + 1, range(0))
        for words, kind in self._candidates(tokens, position):
            if len(words) > best[0]:
                found = _match(words, tokens, position)
                if found:
                    best = (len(words), kind, *found)
        return best[1:]

    def _candidates(self, tokens: Sequence[Token], position: int) -> Iterator[Entry]:
        word = tokens[position].text
        following = tokens[position + 1].text if position + 1 < len(tokens) else ""
        for first in (word, "<year>", "<number>") if word[0].isdigit() else (word,):
            yield from self._index.get((first, following), ())
            yield from self._index.get((first, _ANY), ())
        for entry in self._endings:
            if word.endswith(entry[0][0][1:]):
                yield entry

    @cached_property
    def _entries(self) -> list[Entry]:
        return [
            (words, kind) for kind, phrases in self.phrases.items() for phrase in phrases for words in expand(phrase)
        ]

    @cached_property
    def _index(self) -> dict[tuple[str, str], list[Entry]]:
        """By the first two words; the second is `_ANY` where there is none or it is no plain word."""
        index: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for words, kind in self._entries:
            plain = len(words) > 1 and words[1][0] not in "_<*"
            index[words[0], words[1] if plain else _ANY].append((words, kind))
        return dict(index)

    @cached_property
    def _endings(self) -> list[Entry]:
        return [entry for entry in self._entries if entry[0][0][0] == "*"]


def _lists(data: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, list[str]]]:
    for name, value in data.items():
        if isinstance(value, Mapping):
            yield from _lists(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def _match(words: tuple[str, ...], tokens: Sequence[Token], position: int) -> tuple[int, range] | None:
    """End of the phrase's first run of words, and the tokens of the run after its gap, if it stands here."""
    gap = words.index("_") if "_" in words else len(words)
    near, far = words[:gap], words[gap + 1 :]
    end = position + len(near)
    if not _equal(near, tokens[position:end]):
        return None
    if not far:
        return end, range(0)
    for begin in range(end, min(len(tokens), end + _MAX_GAP + 1)):
        if _equal(far, tokens[begin : begin + len(far)]):
            return end, range(begin, begin + len(far))
        if not tokens[begin].is_word:
            return None
    return None


def _equal(words: Iterable[str], tokens: Sequence[Token]) -> bool:
    words = tuple(words)
    return len(words) == len(tokens) and all(_is(word, token.text) for word, token in zip(words, tokens, strict=True))


def _is(word: str, text: str) -> bool:
    if word == "<year>":
        return _YEAR.fullmatch(text) is not None
    if word == "<number>":
        return text[0].isdigit()
    return text.endswith(word[1:]) if word[0] == "*" else word == text
