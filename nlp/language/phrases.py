"""Finding phrases that are kept as data: the common ground of the language components.

A phrase is words with spaces between. `{a,b}` stands for either ending or word, `_` for up to six words of any kind,
`*` for any letters at the beginning or the end of a word, `<number>` and `<year>` for figures, `<numeral>` for a number
of two or more in figures or words.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple, TypeAlias

_TOKEN = re.compile(
    r"[a-zåäö]{1,4}(?:\.[a-zåäö]{1,4})+\.?"  # t.ex., p.g.a
    r"|\d+(?:[.,]\d+)*(?:[-–]\d+)?"
    r"|[\w\u0300-\u036f]+(?:[-:’'/][\w\u0300-\u036f]+)*"
    r"|[^\w\s.]",
    re.IGNORECASE,
)
_YEAR = re.compile(r"20\d\d")
_MAX_GAP = 6
_ANY = "*"
_GAP = "_"
_REMEMBERED = 100_000
"""So many words are remembered with the phrases that they begin."""


class Tag(NamedTuple):
    """A phrase of some kind found at tokens[first:last]; a word that is in no phrase has kind "" ."""

    kind: str
    first: int
    last: int


_new_tag = tuple.__new__
"""What `Tag(...)` calls in the end, four times as fast; there are dozens of tags a comment."""


@dataclass
class Tokens:
    """Words, figures and punctuation marks of text[start:end] in lower case; full stops are left out."""

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

    def quoted(self, tag: Tag) -> str:
        """The words of a tag as they stand in the text."""
        return self.text[self.spans[tag.first][0] : self.spans[tag.last - 1][1]]


def is_word(token: str) -> bool:
    """Whether this is no punctuation mark."""
    return token[0].isalnum()


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


def expand(phrase: str) -> Iterator[tuple[str, ...]]:
    """Every sequence of words that a phrase with braces stands for."""
    for word, _, rest in _first_words(phrase):
        if word:
            yield from ((word, *others) for others in expand(rest))
        else:
            yield ()


_Order: TypeAlias = tuple[int, ...]
"""Which phrase of all it is, and which choice of each of its braces."""


def _first_words(phrase: str) -> Iterator[tuple[str, _Order, str]]:
    """Each word that a phrase may begin with, "" where it has none; which choices lead there; and the rest of it."""
    phrase = phrase.lstrip()
    word, _, rest = phrase.partition(" ")
    begin = word.find("{")
    if begin < 0:
        yield word, (), rest
        return
    end = phrase.index("}", begin)
    for number, choice in enumerate(phrase[begin + 1 : end].split(",")):
        for word, others, rest in _first_words(phrase[:begin] + choice + phrase[end + 1 :]):
            yield word, (number, *others), rest


_Hit: TypeAlias = tuple[str, int, int, int, _Order, range]
"""A phrase: its kind, tokens[first:last], how many words it has, its order, the tokens after its gap."""
_NOWHERE = range(0)


@dataclass(slots=True)
class _Node:
    """What may follow in a phrase: plain words, words known by a part of theirs, a gap; and what ends here.

    `winds`: not plain words alone; `needs_more`: one of these must follow. `waiting` holds what is still to come, by
    kind and rest of a phrase, until a text first comes here: most of what phrases with braces stand for is never asked
    for.
    """

    waiting: dict[tuple[str, str], _Order] = field(default_factory=dict)
    plain: dict[str, "_Node"] = field(default_factory=dict)
    wild: list[tuple[str, "_Node"]] = field(default_factory=list)
    gap: "_Node | None" = None
    ends: list[tuple[str, _Order]] = field(default_factory=list)
    winds: bool = False
    needs_more: bool = False

    def grow(self) -> None:
        """Takes one word further what waits here; `waiting` is cleared last, so that two threads do no harm."""
        ends: dict[str, _Order] = {}
        nodes: dict[str, _Node] = {}
        for (kind, phrase), order in self.waiting.items():
            for word, choices, rest in _first_words(phrase):
                if word:
                    nodes.setdefault(word, _Node()).waiting.setdefault((kind, rest), order + choices)
                else:
                    ends.setdefault(kind, order + choices)
        wild = [word for word in nodes if word[0] in "<*" or word[-1] == _ANY]
        self.gap = nodes.pop(_GAP, None)
        self.wild = [(word, nodes.pop(word)) for word in wild]
        self.ends = list(ends.items())
        self.plain = nodes
        self.winds = bool(wild) or self.gap is not None
        self.needs_more = not (self.winds or ends)
        self.waiting = {}

    def after(self, word: str) -> list["_Node"]:
        """The nodes after this word of a text."""
        if self.waiting:
            self.grow()
        found = [self.plain[word]] if word in self.plain else []
        if self.wild:
            found += [node for pattern, node in self.wild if _fits(pattern, word)]
        return found


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
        for kind, first, last, _, _, far in self._hits(tokens.words):
            key, end = (first, kind), far.stop or last
            if longest.get(key, 0) < end:
                longest[key] = end
        return [_new_tag(Tag, (kind, first, last)) for (first, kind), last in longest.items()]

    def tag(self, tokens: Tokens) -> tuple[Tag, ...]:
        """Tags in order of their first token: the longest phrase at each place, else a tag of kind ""."""
        best: dict[int, _Hit] = {}
        for hit in self._hits(tokens.words):
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
            kind, first, position, _, _, far = best.get(position) or ("", position, position + 1, 1, 0, _NOWHERE)
            tags.append(_new_tag(Tag, (kind, first, position)))
            if far:
                taken.update(far)
        return tuple(tags)

    def _hits(self, words: Sequence[str]) -> list[_Hit]:
        found: list[_Hit] = []
        following = (*words[1:], "")
        for position, nodes in enumerate(map(self._starts.get, words)):
            for node in self._start(words[position]) if nodes is None else nodes:
                if not node.needs_more or following[position] in node.plain:
                    _follow(node, words, position, found)
        return found

    def _start(self, word: str) -> tuple[_Node, ...]:
        if len(self._starts) >= _REMEMBERED:
            self._starts.clear()
        nodes = self._starts[word] = tuple(self._root.after(word))
        return nodes

    @cached_property
    def _starts(self) -> dict[str, tuple[_Node, ...]]:
        return {}

    @cached_property
    def _root(self) -> _Node:
        entries = dict.fromkeys((kind, phrase) for kind, phrases in self.phrases.items() for phrase in phrases)
        return _Node({entry: (order,) for order, entry in enumerate(entries)})


class _Way(NamedTuple):
    """How far a phrase has been followed: from token `first` to `position`; a gap, if any, from `near` to `far`."""

    first: int
    position: int
    near: int = 0
    far: int = 0


def _follow(start: _Node, words: Sequence[str], first: int, found: list[_Hit]) -> None:
    """Appends the phrases that begin at this token; most nodes have plain words alone after them, which is quick."""
    node: _Node | None = start
    position, size = first + 1, len(words)
    while node is not None:
        if node.waiting:
            node.grow()
        if node.winds:
            _walk(node, words, _Way(first, position), found)
            return
        for kind, order in node.ends:
            found.append((kind, first, position, position - first, order, _NOWHERE))
        node = node.plain.get(words[position]) if position < size else None
        position += 1


def _walk(node: _Node, words: Sequence[str], way: _Way, found: list[_Hit]) -> bool:
    """Appends the phrases that end here or further on; whether there are any."""
    if node.waiting:
        node.grow()
    first, position, near, far = way
    for kind, order in node.ends:
        size = (near - first if near else 0) + position - (far or first)
        found.append((kind, first, near or position, size, order, range(far, position) if near else _NOWHERE))
    some = bool(node.ends)
    if position < len(words):
        word = words[position]
        plain = node.plain.get(word)
        if plain:
            some |= _walk(plain, words, _Way(first, position + 1, near, far), found)
        for pattern, wild in node.wild:
            if _fits(pattern, word):
                some |= _walk(wild, words, _Way(first, position + 1, near, far), found)
    if node.gap:
        some |= _walk_on(node.gap, words, way, found)
    return some


def _walk_on(node: _Node, words: Sequence[str], way: _Way, found: list[_Hit]) -> bool:
    """The same after a gap, at the first place where what follows the gap stands."""
    first, near, *_ = way
    for begin in range(near, min(len(words), near + _MAX_GAP + 1)):
        for child in node.after(words[begin]):
            if _walk(child, words, _Way(first, begin + 1, near, begin), found):
                return True
        if not is_word(words[begin]):
            return False
    return False


def _fits(pattern: str, word: str) -> bool:
    if pattern == "<year>":
        return _YEAR.fullmatch(word) is not None
    if pattern == "<number>":
        return word[0].isdigit()
    if pattern == "<numeral>":
        return word[0].isdigit() or word in _numerals()
    if pattern[0] == _ANY:
        return pattern[1:-1] in word if pattern[-1] == _ANY else word.endswith(pattern[1:])
    return word.startswith(pattern[:-1])


@cache
def word_file(package: str, name: str) -> Mapping[str, Any]:
    """A TOML file of words and phrases as it stands, read once: many lexicons are parts of one. Not to be changed."""
    return tomllib.loads((files(package) / name).read_text(encoding="utf-8"))


@cache
def _numerals() -> frozenset[str]:
    numbers = word_file(__package__, "figures.toml")["numbers"]
    return frozenset(word for word, value in numbers.items() if value > 1)


def _lists(data: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, list[str]]]:
    for name, value in data.items():
        if isinstance(value, Mapping):
            yield from _lists(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value
