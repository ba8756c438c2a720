"""Tables without vertical rules: columns that white space alone parts, and rows told by leading or by their lights."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from ljuskoll.nlp.document import BBox, Cell, Place, Table
from ljuskoll.nlp.readers.pdf_lines import Line, Word, make_lines, split_at_gaps, union
from ljuskoll.nlp.readers.pdf_paragraphs import paragraphs
from ljuskoll.nlp.vocabulary.columns import Columns
from ljuskoll.nlp.vocabulary.scales import Scale

Span: TypeAlias = tuple[float, float]
"""From where to where a column reaches, in points from the left."""

GUTTER = 7.0
"""Least white between two columns, in points."""
FAR = 3.0
"""White between two lines, in font sizes, that ends a table; at the foot of the page less does."""
FAR_AT_FOOT = 1.2
FOOT = 0.93
ROW_GAP = 0.3
"""How much more than the smallest space between lines parts rows, as a share of the font size."""
MIN_COLUMNS, MIN_ROWS = 3, 3
"""Of a table whose headings we do not know."""
FILLED = 0.6
RUNNING_LINES = 6
"""So many lines in every column, most of them filled, are columns of running text."""
SLACK = 3.0
TRIES = 6
"""Lines at the top of a page among which a table from the page before may go on."""
SHORT = 90
"""Characters of a line that can stand as a heading between rows."""

_COLUMNS = Columns.default()
_SCALE = Scale.default()


@dataclass(frozen=True, slots=True)
class Unruled:
    """A table that the lines from `start` up to `end` make, and where its columns stand."""

    start: int
    end: int
    bbox: BBox
    table: Table
    columns: tuple[Span, ...]


@dataclass(slots=True)
class _Band:
    """Lines that keep to the same columns; `sections` are single lines across them, headings between rows."""

    start: int
    end: int
    columns: list[Span]
    is_known: bool
    sections: set[int]


def find_unruled(lines: Sequence[Line], page: int, height: float, before: Sequence[Span] = ()) -> list[Unruled]:
    """The tables of white space among a page's lines, from the top.

    `before` are the columns of such a table at the end of the page before: it may go on without a heading.
    """
    found: list[Unruled] = []
    position = 0
    while position < len(lines):
        band = _band(lines, position, height, before if position < TRIES and not found else ())
        unruled = None if band is None else _unruled(lines, band, page)
        if unruled is not None:
            found.append(unruled)
        position = position + 1 if unruled is None else unruled.end
    return found


def _band(lines: Sequence[Line], start: int, height: float, before: Sequence[Span]) -> _Band | None:
    first = lines[start]
    if first.table is not None:
        return None
    parts = split_at_gaps(first, GUTTER)
    goes_on = _fits(first, before)
    is_known = goes_on or _is_heading(parts)
    if len(parts) < 2:
        return None
    band = _Band(start, start + 1, list(before) if goes_on else _spans(first.words), is_known, set())
    shared: dict[int, int] = {}
    for position in range(start + 1, len(lines)):
        line = lines[position]
        if line.table is not None or _is_far(lines, position, height, band):
            break
        if not is_known and _is_heading(split_at_gaps(line, GUTTER)):
            break
        if not _add(band, line, position, shared):
            following = lines[position + 1] if position + 1 < len(lines) else None
            if following is None or not _is_section(line, following, band):
                break
            band.sections.add(position)
        band.end = position + 1
    return band


def _spans(words: Iterable[Word]) -> list[Span]:
    """The stretches that these words cover, parted by gutters."""
    merged: list[Span] = []
    for x0, x1 in sorted((word.bbox[0], word.bbox[2]) for word in words):
        if merged and x0 - merged[-1][1] < GUTTER:
            merged[-1] = (merged[-1][0], max(merged[-1][1], x1))
        else:
            merged.append((x0, x1))
    return merged


def _merged(columns: Sequence[Span], added: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for x0, x1 in sorted([*columns, *added]):
        if merged and x0 - merged[-1][1] < GUTTER:
            merged[-1] = (merged[-1][0], max(merged[-1][1], x1))
        else:
            merged.append((x0, x1))
    return merged


def _add(band: _Band, line: Line, position: int, shared: dict[int, int]) -> bool:
    """Take the line into the band, unless it reaches over columns that other lines keep apart."""
    spans = _spans(line.words)
    merged = _merged(band.columns, spans)
    joined = [sum(low <= x0 and x1 <= high for x0, x1 in band.columns) for low, high in merged]
    if any(count > 1 for count in joined) and (band.is_known or position > band.start + 1):
        return False
    if len(merged) < (2 if band.is_known else MIN_COLUMNS):
        return False
    band.columns = merged
    return True


def _fits(line: Line, columns: Sequence[Span]) -> bool:
    """Whether the line's parts stand in at least two of the columns and reach over none."""
    spots = [_spot(part, columns) for part in _spans(line.words)]
    return len(set(spots)) >= 2 and None not in spots


def _spot(span: Span, columns: Sequence[Span]) -> int | None:
    return next(
        (place for place, (x0, x1) in enumerate(columns) if x0 - SLACK <= span[0] and span[1] <= x1 + 2 * SLACK), None
    )


def _is_heading(parts: Sequence[Line]) -> bool:
    """Whether these are headings of columns that we know, one of them that of the titles."""
    read = [column for part in parts if part.text and (column := _COLUMNS.read(part.text)) is not None]
    return len(read) >= 2 and any(column.role == "title" for column in read)


def _is_far(lines: Sequence[Line], position: int, height: float, band: _Band) -> bool:
    above, line = lines[position - 1], lines[position]
    size = max(line.size, 6.0)
    space = line.bbox[1] - max(one.bbox[3] for one in lines[max(band.start, position - 3) : position])
    if space > FAR * size:
        return True
    is_alone = len(split_at_gaps(line, GUTTER)) == 1
    if is_alone and above.size and abs(line.size - above.size) > 0.2 * above.size and line.size > above.size:
        return True
    return is_alone and space > FAR_AT_FOOT * size and line.bbox[1] > FOOT * height


def _is_section(line: Line, following: Line, band: _Band) -> bool:
    """One short line from the left edge across the columns, with a row right after it."""
    if len(_spans(line.words)) != 1 or len(line.text) > SHORT or abs(line.bbox[0] - band.columns[0][0]) > SLACK:
        return False
    return following.table is None and _fits(following, band.columns)


def _unruled(lines: Sequence[Line], band: _Band, page: int) -> Unruled | None:
    end = _trimmed(lines, band)
    used = lines[band.start : end]
    if len(used) < 2 or _is_running_text(used, band.columns):
        return None
    columns = _within(used, band)
    starts = _row_starts(used, {section - band.start for section in band.sections}, columns)
    rows = [used[first:last] for first, last in pairwise([*starts, len(used)])]
    cells = [_cells(row, columns, page) for row in rows]
    full = sum(sum(bool(cell.text or cell.marks) for cell in row) >= 2 for row in cells)
    if full < (2 if band.is_known else MIN_ROWS) or (not band.is_known and len(columns) < MIN_COLUMNS):
        return None
    table = Table(tuple(cells), page, _header_rows(rows, band.is_known and _is_heading(split_at_gaps(used[0], GUTTER))))
    return Unruled(band.start, end, union(line.bbox for line in used), table, tuple(columns))


def _within(lines: Sequence[Line], band: _Band) -> list[Span]:
    """The columns as these lines fill them."""
    words = [
        word
        for number, line in enumerate(lines, start=band.start)
        if number not in band.sections
        for word in line.words
    ]
    return _merged(band.columns if band.is_known else (), _spans(words))


def _trimmed(lines: Sequence[Line], band: _Band) -> int:
    """The end of the band without what stands below the table in its first column alone: a heading, a paragraph."""
    end = band.end
    while end - 1 > band.start + 1:
        line, above = lines[end - 1], lines[end - 2]
        spans = _spans(line.words)
        is_first_alone = len(spans) == 1 and _spot(spans[0], band.columns[:1]) == 0
        is_apart = line.bbox[1] - above.bbox[3] > ROW_GAP * 2 * max(line.size, 6.0)
        if end - 1 not in band.sections and not (is_first_alone and (is_apart or (line.bold and not above.bold))):
            return end
        end -= 1
    return end


def _is_running_text(lines: Sequence[Line], columns: Sequence[Span]) -> bool:
    """Whether every column is filled with long lines, as in a newspaper."""
    for x0, x1 in columns:
        widths = [
            part[-1].bbox[2] - part[0].bbox[0]
            for line in lines
            if (part := [word for word in line.words if x0 <= word.bbox[0] <= x1])
        ]
        if len(widths) < RUNNING_LINES or sum(width >= FILLED * (x1 - x0) for width in widths) < FILLED * len(widths):
            return False
        if len(widths) < FILLED * len(lines) or x1 - x0 < 80.0:
            return False
    return True


def _row_starts(lines: Sequence[Line], sections: set[int], columns: Sequence[Span]) -> list[int]:
    """Where rows begin: after wider spaces, unless these leave two lights in one row; then at the lights."""
    by_space = _starts_by_space(lines, sections)
    lights = [number for number, line in enumerate(lines) if number and _has_light(line, columns)]
    ends = [*by_space[1:], len(lines)]
    crowded = any(
        sum(first <= light < last for light in lights) > 1 for first, last in zip(by_space, ends, strict=True)
    )
    rows = sum(last > first for first, last in zip(by_space, ends, strict=True))
    if not crowded and (lights or rows > 2):
        return by_space
    opened = {
        number
        for number, line in enumerate(lines)
        if (number in lights and _opens(line, columns, 2)) or (not lights and _opens(line, columns, len(columns) - 1))
    }
    after_heading = {1} if _is_heading(split_at_gaps(lines[0], GUTTER)) else set()
    return sorted(
        {0, *opened, *after_heading, *sections, *(section + 1 for section in sections if section + 1 < len(lines))}
    )


def _starts_by_space(lines: Sequence[Line], sections: set[int]) -> list[int]:
    spaces: list[float] = []
    bottom = lines[0].bbox[3]
    for line in lines[1:]:
        spaces.append(line.bbox[1] - bottom)
        bottom = max(bottom, line.bbox[3])
    closest = min((max(space, 0.0) for space in spaces), default=0.0)
    starts = [0]
    for number, (space, (above, line)) in enumerate(zip(spaces, pairwise(lines), strict=True), start=1):
        is_heading_over = above.bold and not line.bold and starts == [0]
        around = number in sections or number - 1 in sections
        if around or is_heading_over or space > closest + ROW_GAP * max(line.size, 6.0):
            starts.append(number)
    return starts


def _parts(line: Line, columns: Sequence[Span]) -> list[list[Word]]:
    """The line's words by column; what reaches over several stands where it begins."""
    parts: list[list[Word]] = [[] for _ in columns]
    for word in line.words:
        middle = (word.bbox[0] + word.bbox[2]) / 2
        place = max((p for p, (x0, _) in enumerate(columns) if x0 - SLACK <= middle), default=0)
        parts[place].append(word)
    return parts


def _has_light(line: Line, columns: Sequence[Span]) -> bool:
    for part in _parts(line, columns):
        if any(word.mark is not None for word in part):
            return True
        text = " ".join(word.text for word in part if word.text)
        if text and _SCALE.read(text) is not None:
            return True
    return False


def _opens(line: Line, columns: Sequence[Span], least: int) -> bool:
    """Whether at least so many columns have text here and all of it begins as cells do."""
    texts = [part[0].text for part in _parts(line, columns) if part and part[0].text]
    marks = sum(word.mark is not None for word in line.words)
    return len(texts) + marks >= least and bool(texts) and not any(text[:1].islower() for text in texts)


def _cells(lines: Sequence[Line], columns: Sequence[Span], page: int) -> tuple[Cell, ...]:
    if len(lines) == 1 and len(_spans(lines[0].words)) == 1 and _spot(_spans(lines[0].words)[0], columns) is None:
        words: list[list[Word]] = [list(lines[0].words), *([] for _ in columns[1:])]
    else:
        words = [[] for _ in columns]
        for line in lines:
            for place, part in enumerate(_parts(line, columns)):
                words[place] += part
    return tuple(_cell(group, page) for group in words)


def _cell(words: Sequence[Word], page: int) -> Cell:
    if not words:
        return Cell("")
    text = "\n".join(part.text for part in paragraphs(make_lines([word for word in words if word.text])) if part.text)
    marks = tuple(word.mark for word in words if word.mark is not None)
    return Cell(text, Place(page, union(word.bbox for word in words)), marks)


def _header_rows(rows: Sequence[Sequence[Line]], is_known: bool) -> int:
    """Leading rows in bold where the rest is not; one where its headings are known."""
    bold = [all(line.bold for line in row) for row in rows]
    count = next((number for number, is_bold in enumerate(bold) if not is_bold), 0)
    return min(count, 3) or int(is_known)
