"""How high a row must be for its wrapped texts; not all programs work it out when they open a file."""

import re
import textwrap
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final

_LINE_POINTS: Final = 13.0
_MAX_POINTS: Final = 408.75
_MAX_LINES: Final = 32
"""A row is at most so many points high in Excel, which is so many lines."""
_LETTERS_PER_UNIT: Final = 1.25
"""Letters of running text at 10 points in one unit of column width, measured in the drawn pages and rounded down."""
_ODD: Final = re.compile(r"[^\S ]|^ |--")
"""What `_line` does not know of: spaces of other kinds, those at the beginning, and dashes made of hyphens."""


def row_height(texts: Iterable[tuple[str, int]]) -> float:
    """The height in points for texts, each with the width of its column; the one with most lines decides."""
    long = ((text, room) for text, width in texts if len(text) > (room := _room(width)) or "\n" in text or "\t" in text)
    cut = ((text[: room * _MAX_LINES], room) for text, room in long)
    lines = 1
    for most, text, room in sorted(((_most_lines(text, room), text, room) for text, room in cut), reverse=True):
        if most <= lines:
            break
        lines = max(lines, sum(line_count(part, room) for part in text.split("\n")))
    return min(lines * _LINE_POINTS + 4, _MAX_POINTS)


def line_count(text: str, room: int) -> int:
    """How many lines of `room` letters `textwrap` makes of a text without line breaks, at least one."""
    if len(text) <= room and "\t" not in text:
        return 1
    line, too_long = _patterns(room)
    if too_long.search(text) or _ODD.search(text):
        return _wrapped(text, room)
    return len(line.findall(text))


@lru_cache
def _wrapped(text: str, room: int) -> int:
    return len(textwrap.wrap(text, room)) or 1


def _most_lines(text: str, room: int) -> int:
    """A bound that is quick to see: two lines together are longer than the room, and a tab is eight letters at most."""
    return 2 * (len(text) + 8 * text.count("\t")) // room + 1 + text.count("\n")


@cache
def _room(width: int) -> int:
    return int((width - 1.5) * _LETTERS_PER_UNIT)


@cache
def _patterns(room: int) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A line, as long as can be, that ends with a word or after a hyphen between letters; and a word without room."""
    letter = r"[^\d\W]"
    hyphen = rf"(?:(?<={letter}{{2}}-)|(?<={letter}-[\w!\"'&.,?]-))(?={letter}-?{letter})"
    return re.compile(rf"[^ ](?:.{{0,{room - 2}}}[^ ])?(?:(?= )|\Z|{hyphen})"), re.compile(rf"[^ ]{{{room + 1}}}")
