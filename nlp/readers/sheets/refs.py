"""Cell references: "C14" to row and column, "A1:B3" to ranges."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

Spot: TypeAlias = tuple[int, int]
"""Row and column of a cell, both from 1."""

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_ROWS = re.compile(r"\$?(\d{1,7})")
_COLUMNS = re.compile(r"\$?([A-Za-z]{1,3})")


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, its edges included."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, spot: Spot) -> bool:
        """Whether the cell lies in it."""
        return self.top <= spot[0] <= self.bottom and self.left <= spot[1] <= self.right

    def within(self, other: "Area") -> "Area | None":
        """What the two have in common."""
        common = Area(
            max(self.top, other.top),
            max(self.left, other.left),
            min(self.bottom, other.bottom),
            min(self.right, other.right),
        )
        return common if common.top <= common.bottom and common.left <= common.right else None


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """1 is "A", 27 "AA"."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def spot_of(reference: str) -> Spot | None:
    """The row and column of "C14" or "$C$14"; None for what is no cell."""
    match = _CELL.fullmatch(reference)
    if match is None:
        return None
    row, column = int(match[2]), _column(match[1])
    return (row, column) if 1 <= row <= MAX_ROW and column <= MAX_COLUMN else None


def area_of(reference: str) -> Area | None:
    """The rectangle of "A1:B3", "C14", "2:4" or "B:D"; None for what is no range."""
    first, _, last = reference.partition(":")
    start, end = _corner(first, 1, 1), _corner(last or first, MAX_ROW, MAX_COLUMN)
    if start is None or end is None:
        return None
    area = Area(min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))
    return area if area.bottom <= MAX_ROW and area.right <= MAX_COLUMN and area.top >= 1 else None


def areas_of(references: str) -> tuple[Area, ...]:
    """The rectangles of a list with spaces between; what is no range is left out."""
    return tuple(area for reference in references.split() if (area := area_of(reference)) is not None)


def around(spots: Iterable[Spot]) -> Area | None:
    """The smallest rectangle that holds all of the cells."""
    found = list(spots)
    if not found:
        return None
    rows, columns = [row for row, _ in found], [column for _, column in found]
    return Area(min(rows), min(columns), max(rows), max(columns))


def _corner(text: str, row: int, column: int) -> Spot | None:
    if match := _CELL.fullmatch(text):
        return int(match[2]), _column(match[1])
    if match := _ROWS.fullmatch(text):
        return int(match[1]), column
    match = _COLUMNS.fullmatch(text)
    return (row, _column(match[1])) if match else None


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
