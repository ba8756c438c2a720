"""Finding phrases that are kept as data: the common ground of the language components.

A phrase is words with spaces between. `{a,b}` stands for either ending or word, `_` for up to six words of any kind,
`*` for any letters at the beginning or the end of a word, `<number>` and `<year>` for figures, `<numeral>` for a number
of two or more in figures or words.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from ljuskoll.nlp.language.phrase_tree import NOWHERE, Hit, Tree
from ljuskoll.nlp.language.word_files import word_file

_TOKEN = re.compile(
    r"[a-zåäö]{1,4}(?:\.[a-zåäö]{1,4})+\.?"  # t.ex., p.g.a
    r"|\d+(?:[.,]\d+)*(?:[-–]\d+)?"
    r"|[\w\u0300-\u036f]+(?:[-:’'/][\w\u0300-\u036f]+)*"
    r"|[^\w\s.]",
    re.IGNORECASE,
)
_REMEMBERED = 1 << 15
"""So many pieces of text are remembered with their words."""
_RECENT = 256
"""So many sentences are remembered with their tokens, since several components look at each."""


class Tag(NamedTuple):
    """A phrase of some kind found at tokens[first:last]; a word that is in no phrase has kind "" ."""

    kind: str
    first: int
    last: int


_new_tag = tuple.__new__
"""What `Tag(...)` calls in the end, four times as fast; there are dozens of tags a comment."""


@dataclass
class Tokens:
    """Words, figures and punctuation marks of text[start:end] in lower case; full stops are left out.

    Not to be changed: `tokenise` gives the same object to all that ask for the same sentence.
    """

    text: str
    start: int
    end: int
    words: list[str]

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """(start, end) of each token in the text."""
        return [match.span() for match in _TOKEN.finditer(self.text, self.start, self.end)]

    @property
    def quote(self) -> str:
        """The stretch as it stands in the text, without white space around it."""
        return self.text[self.start : self.end].strip()

    def quoted(self, tag: Tag) -> str:
        """The words of a tag as they stand in the text."""
        return self.text[self.spans[tag.first][0] : self.spans[tag.last - 1][1]]


def is_word(token: str) -> bool:
    """Whether this is no punctuation mark."""
    return token[0].isalnum()


@lru_cache(maxsize=_RECENT)
def tokenise(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """The tokens of text[start:end] with offsets into `text`."""
    stop = len(text) if end is None else end
    words: list[str] = []
    for piece in text[start:stop].split():
        words += words_in(piece)
    return Tokens(text, start, stop, words)


@lru_cache(maxsize=_REMEMBERED)
def words_in(piece: str) -> tuple[str, ...]:
    """The tokens of a text without spaces, in lower case."""
    found = (match.group().lower().rstrip(".") for match in _TOKEN.finditer(piece))
    return tuple(unicodedata.normalize("NFC", word) for word in found)


@dataclass(frozen=True)
class Lexicon:
    """Phrases by kind, ready for tagging."""

    phrases: Mapping[str, Sequence[str]]

    @classmethod
    def load(cls, package: str, name: str, *tables: str) -> "Lexicon":
        """From a TOML file, or some of its tables: the dotted path of each list is the kind of its phrases."""
        data = word_file(package, name)
        return cls.of({table: data[table] for table in tables} if tables else data)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Lexicon":
        """From tables of lists as TOML has them; the dotted path of each list is the kind of its phrases."""
        return cls(dict(_lists(data)))

    def find(self, tokens: Tokens) -> list[Tag]:
        """Every phrase of every kind, by place; of a kind only the longest at each place, with the words of its gap."""
        longest: dict[tuple[int, str], int] = {}
        for kind, first, last, _, _, far in self._tree.hits(tokens.words):
            key, end = (first, kind), far.stop or last
            if longest.get(key, 0) < end:
                longest[key] = end
        return [_new_tag(Tag, (kind, first, last)) for (first, kind), last in longest.items()]

    def tag(self, tokens: Tokens) -> tuple[Tag, ...]:
        """Tags in order of their first token: the longest phrase at each place, else a tag of kind ""."""
        best: dict[int, Hit] = {}
        for hit in self._tree.hits(tokens.words):
            _, first, _, size, order, _ = hit
            other = best.get(first)
            if other is None or (-size, order) < (-other[3], other[4]):
                best[first] = hit
        tags: list[Tag] = []
        taken: set[int] = set()
        position, size = 0, len(tokens.words)
        while position < size:
            if position in taken:
                position += 1
                continue
            kind, first, position, _, _, far = best.get(position) or ("", position, position + 1, 1, 0, NOWHERE)
            tags.append(_new_tag(Tag, (kind, first, position)))
            if far:
                taken.update(far)
        return tuple(tags)

    @cached_property
    def _tree(self) -> Tree:
        return Tree(self.phrases)


def _lists(data: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, list[str]]]:
    for name, value in data.items():
        if isinstance(value, Mapping):
            yield from _lists(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value
