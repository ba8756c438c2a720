"""Lines that are headings of columns that we know."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from ljuskoll.nlp.readers.pdf.spans import GUTTER
from ljuskoll.nlp.readers.raw.lines import Line, split_at_gaps
from ljuskoll.nlp.vocabulary.columns import Column, Columns

WRAPPED = 0.6
"""White between the lines of one heading at most, in font sizes."""
LONGEST = 80
_COLUMNS = Columns.default()
_LETTER = re.compile(r"[^\W\d_]")


def heading_lines(lines: Sequence[Line], start: int) -> int:
    """How many lines from `start` on are headings of columns that we know: one, two where some are wrapped, or none."""
    if sum(_LETTER.search(word.text) is not None for word in lines[start].words) < 2:
        return 0
    parts = heading_parts(lines[start])
    is_wrapped = start + 1 < len(lines) and _is_wrapped_heading(lines[start], lines[start + 1])
    if is_wrapped:
        below = split_at_gaps(lines[start + 1], GUTTER)
        wrapped = [" ".join([part.text, *(one.text for one in below if _is_below(one, part))]) for part in parts]
        if are_headings(wrapped):
            return 2
    return int(are_headings(part.text for part in parts))


def heading_parts(line: Line) -> list[Line]:
    """The line's parts between gutters; its words where they stand closer together but each is a heading we know."""
    parts = split_at_gaps(line, GUTTER)
    if len(parts) == len(line.words) or not all(is_known(word.text) for word in line.words):
        return parts
    return [Line((word,)) for word in line.words]


def are_headings(texts: Iterable[str]) -> bool:
    """Whether these texts are headings of columns that we know, one of them that of the titles."""
    read = [column for text in texts if is_known(text) and (column := _read(text))]
    return len(read) >= 2 and any(column.role == "title" for column in read)


def is_known(text: str) -> bool:
    """Whether a text is a column heading that we know."""
    return len(text) <= LONGEST and _LETTER.search(text) is not None and _read(text) is not None


def _is_wrapped_heading(line: Line, below: Line) -> bool:
    is_close = below.bbox[1] - line.bbox[3] < WRAPPED * line.size
    return is_close and line.bold and below.bold and len(below.words) < len(line.words)


def _is_below(part: Line, above: Line) -> bool:
    return part.bbox[0] < above.bbox[2] and above.bbox[0] < part.bbox[2]


@lru_cache(maxsize=4096)
def _read(text: str) -> Column | None:
    return _COLUMNS.read(text)
