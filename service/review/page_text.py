"""The letters of one page where they stand: where a quoted text is to be found, and what is to be covered."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from ljuskoll.nlp.document import BBox
from ljuskoll.nlp.readers.raw.lines import union
from ljuskoll.service.masking import MASK, masked

SHORTEST_PIECE: Final = 20
"""A quote that does not stand whole on the page is found in pieces of at least so many letters."""
_HYPHENS: Final = "-\u2010\u2011\u00ad"


class Letter(NamedTuple):
    """One letter and its box in points from the top left corner; a space between words has no width."""

    text: str
    bbox: BBox


Line: TypeAlias = Sequence[Letter]


@dataclass(frozen=True, slots=True)
class Quote:
    """A text to be found on a page; of several places that have it, the one nearest to `near` is meant."""

    text: str
    near: BBox | None = None


def quote_boxes(lines: Sequence[Line], quotes: Sequence[Quote]) -> list[list[BBox]]:
    """For each quote its boxes, one a line; none where it does not stand on the page.

    White space, hyphens, punctuation and accents make no difference.
    """
    search = _Search(lines)
    return [search.boxes(quote) for quote in quotes]


def personal_boxes(lines: Sequence[Line]) -> list[BBox]:
    """The boxes of what is masked in the page's text, within lines and across their ends."""
    found = {letter for line in lines for letter in _masked([line], " ", False)}
    for between, joins in ((" ", False), ("", False), ("", True)):
        found.update(_masked(lines, between, joins))
    return [box for line in lines for box in _runs(line, found)]


def _masked(lines: Iterable[Line], between: str, joins: bool) -> Iterator[Letter]:
    """The letters that are masked when lines are put together; `joins`: without the hyphens at their ends."""
    text: list[str] = []
    owners: list[Letter | None] = []
    for line in lines:
        letters = line[:-1] if joins and line[-1].text in _HYPHENS else line
        for letter in letters:
            text.append(letter.text)
            owners += [letter] * len(letter.text)
        text.append(between)
        owners += [None] * len(between)
    whole = "".join(text)
    for before, after, owner in zip(whole, masked(whole), owners, strict=True):
        if after == MASK and before != MASK and owner is not None:
            yield owner


def _runs(line: Line, found: Iterable[Letter]) -> Iterator[BBox]:
    """The boxes of the letters of a line that were found, those that follow each other as one."""
    run: list[BBox] = []
    for letter in line:
        if letter in found:
            run.append(letter.bbox)
        elif run:
            yield union(run)
            run = []
    if run:
        yield union(run)


class _Search:
    """The page's letters and digits as one string, with where words begin and end in it."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._owners: list[tuple[int, BBox]] = []
        self._begins: set[int] = set()
        self._ends: set[int] = set()
        parts: list[str] = []
        for number, line in enumerate(lines):
            self._begin()
            for letter in line:
                plain = _plain(letter.text)
                if not plain:
                    self._begin()
                parts.append(plain)
                self._owners += [(number, letter.bbox)] * len(plain)
        self._begin()
        self._text = "".join(parts)

    def _begin(self) -> None:
        self._begins.add(len(self._owners))
        self._ends.add(len(self._owners))

    def boxes(self, quote: Quote) -> list[BBox]:
        """The quote's boxes, one a line."""
        by_line: dict[int, list[BBox]] = {}
        for start, end in self._found(quote):
            for line, bbox in self._owners[start:end]:
                by_line.setdefault(line, []).append(bbox)
        return [union(boxes) for boxes in by_line.values()]

    def _found(self, quote: Quote) -> Iterator[tuple[int, int]]:
        words = [plain for word in quote.text.split() if (plain := _plain(word))]
        first = 0
        while first < len(words):
            start, last = self._longest(words, first, quote.near)
            length = len("".join(words[first:last]))
            if start is not None and (last - first == len(words) or length >= SHORTEST_PIECE):
                yield start, start + length
                first = last
            else:
                first += 1

    def _longest(self, words: Sequence[str], first: int, near: BBox | None) -> tuple[int | None, int]:
        """Where the longest piece from the first word on stands on the page, and after which word it ends."""
        for last in range(self._reach(words, first), first, -1):
            start = self._nearest("".join(words[first:last]), near)
            if start is not None:
                return start, last
        return None, first

    def _reach(self, words: Sequence[str], first: int) -> int:
        """After which word the longest piece ends that begins with the first and whose letters are on the page."""
        lengths = range(first + 1, len(words) + 1)
        return first + bisect_right(lengths, False, key=lambda last: "".join(words[first:last]) not in self._text)

    def _nearest(self, piece: str, near: BBox | None) -> int | None:
        """Where the piece stands as whole words, nearest to a box or first on the page."""
        places = []
        start = self._text.find(piece)
        while start >= 0:
            if start in self._begins and start + len(piece) in self._ends:
                places.append(start)
            start = self._text.find(piece, start + 1)
        if near is None:
            return next(iter(places), None)
        return min(places, key=lambda place: _distance(self._owners[place][1], near), default=None)


def _plain(text: str) -> str:
    """The text's letters and digits, without accents and in lower case."""
    return "".join(one for one in unicodedata.normalize("NFKD", text).casefold() if one.isalnum())


def _distance(one: BBox, other: BBox) -> float:
    """Points between two boxes; 0 where they meet."""
    across = max(0.0, one[0] - other[2], other[0] - one[2])
    down = max(0.0, one[1] - other[3], other[1] - one[3])
    return across + down
