"""Phrases as a tree of words that grows as texts come to follow it; what a phrase may hold is told in `phrases`."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from typing import TypeAlias

from ljuskoll.nlp.language.word_files import word_file

_YEAR = re.compile(r"20\d\d")
_MAX_GAP = 6
_ANY = "*"
_GAP = "_"
_REMEMBERED = 1 << 15
"""So many words are remembered with the phrases that they begin."""
NOWHERE = range(0)


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


Hit: TypeAlias = tuple[str, int, int, int, _Order, range]
"""A phrase: its kind, tokens[first:last], how many words it has, its order, the tokens after its gap."""


@dataclass(slots=True)
class _Node:
    """What may follow in a phrase: plain words, words known by a part of theirs, a gap; and what ends here.

    `winds`: not plain words alone; `needs_more`: one of these must follow. `waiting` holds what is still to come, by
    kind and rest of a phrase, until a text first comes here: most of what phrases with braces stand for is never asked
    for.
    """

    waiting: dict[tuple[str, str], _Order] = field(default_factory=dict)
    plain: dict[str, "_Node"] = field(default_factory=dict)
    wild: tuple[tuple[str, "_Node"], ...] = ()
    gap: "_Node | None" = None
    ends: tuple[tuple[str, _Order], ...] = ()
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
        self.wild = tuple((word, nodes.pop(word)) for word in wild)
        self.ends = tuple(ends.items())
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


class _Patterns:
    """The words known by a part of theirs that phrases begin with, looked up by that part; with their numbers."""

    def __init__(self, wild: Iterable[tuple[str, _Node]]) -> None:
        self._ends: dict[str, tuple[int, _Node]] = {}
        self._begins: dict[str, tuple[int, _Node]] = {}
        self._others: list[tuple[int, str, _Node]] = []
        for number, (pattern, node) in enumerate(wild):
            if pattern[0] == _ANY != pattern[-1]:
                self._ends[pattern[1:]] = number, node
            elif pattern[0] not in ("<", _ANY):
                self._begins[pattern[:-1]] = number, node
            else:
                self._others.append((number, pattern, node))
        self._sizes_of_ends = sorted({len(end) for end in self._ends})
        self._sizes_of_begins = sorted({len(begin) for begin in self._begins})

    def fitting(self, word: str) -> list[_Node]:
        """What follows the patterns that the word fits, in their order."""
        letters = len(word)
        ends = [word[-size:] for size in self._sizes_of_ends if size <= letters]
        begins = [word[:size] for size in self._sizes_of_begins if size <= letters]
        found = [self._ends[end] for end in ends if end in self._ends]
        found += [self._begins[begin] for begin in begins if begin in self._begins]
        found += [(number, node) for number, pattern, node in self._others if _fits(pattern, word)]
        return [node for _, node in sorted(found, key=itemgetter(0))]


class Tree:
    """Phrases by kind, to be found among the words of a text."""

    def __init__(self, phrases: Mapping[str, Sequence[str]]) -> None:
        entries = dict.fromkeys((kind, phrase) for kind, some in phrases.items() for phrase in some)
        root = _Node({entry: (order,) for order, entry in enumerate(entries)})
        root.grow()
        self._plain, self._patterns = root.plain, _Patterns(root.wild)
        self._starts: dict[str, tuple[_Node, ...]] = {}

    def hits(self, words: Sequence[str]) -> list[Hit]:
        """Every phrase that stands among these words, by place."""
        found: list[Hit] = []
        following = (*words[1:], "")
        for position, nodes in enumerate(map(self._starts.get, words)):
            for node in self._start(words[position]) if nodes is None else nodes:
                if not node.needs_more or following[position] in node.plain:
                    _follow(node, words, position, found)
        return found

    def _start(self, word: str) -> tuple[_Node, ...]:
        if len(self._starts) >= _REMEMBERED:
            self._starts.clear()
        wild = self._patterns.fitting(word)
        nodes = self._starts[word] = (self._plain[word], *wild) if word in self._plain else tuple(wild)
        return nodes


_Way: TypeAlias = tuple[int, int, int, int]
"""How far a phrase has been followed: from a token to another; a gap, if any, from one to another, else 0 and 0."""


def _follow(start: _Node, words: Sequence[str], first: int, found: list[Hit]) -> None:
    """Appends the phrases that begin at this token; most nodes have plain words alone after them, which is quick."""
    node: _Node | None = start
    position, size = first + 1, len(words)
    while node is not None:
        if node.waiting:
            node.grow()
        if node.winds:
            _walk(node, words, (first, position, 0, 0), found)
            return
        for kind, order in node.ends:
            found.append((kind, first, position, position - first, order, NOWHERE))
        node = node.plain.get(words[position]) if position < size else None
        position += 1


def _walk(node: _Node, words: Sequence[str], way: _Way, found: list[Hit]) -> bool:
    """Appends the phrases that end here or further on; whether there are any."""
    if node.waiting:
        node.grow()
    first, position, near, far = way
    for kind, order in node.ends:
        size = (near - first if near else 0) + position - (far or first)
        found.append((kind, first, near or position, size, order, range(far, position) if near else NOWHERE))
    some = bool(node.ends)
    if position < len(words):
        word = words[position]
        plain = node.plain.get(word)
        if plain:
            some |= _walk(plain, words, (first, position + 1, near, far), found)
        for pattern, wild in node.wild:
            if _fits(pattern, word):
                some |= _walk(wild, words, (first, position + 1, near, far), found)
    if node.gap:
        some |= _walk_on(node.gap, words, way, found)
    return some


def _walk_on(node: _Node, words: Sequence[str], way: _Way, found: list[Hit]) -> bool:
    """The same after a gap, at the first place where what follows the gap stands."""
    first, near, *_ = way
    for begin in range(near, min(len(words), near + _MAX_GAP + 1)):
        for child in node.after(words[begin]):
            if _walk(child, words, (first, begin + 1, near, begin), found):
                return True
        if not words[begin][0].isalnum():
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
def _numerals() -> frozenset[str]:
    numbers = word_file(__package__, "figures.toml")["numbers"]
    return frozenset(word for word, value in numbers.items() if value > 1)
