"""Tables without vertical rules: columns that white space alone parts, rows told by rules, leading or lights."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

from ljuskoll.nlp.document import BBox, Cell, Mark, Place, Table
from ljuskoll.nlp.readers.pdf.cells import Edge
from ljuskoll.nlp.readers.pdf.marks import Drawings, cell_fills
from ljuskoll.nlp.readers.pdf.paragraphs import paragraphs
from ljuskoll.nlp.readers.raw.lines import Line, Word, make_lines, split_at_gaps, union
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
NARROW_GUTTER = 1.5
"""Least white before a word that begins right below a heading."""
WIDE_RULE = 0.6
"""Share of the table's width that a rule between rows takes."""
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


@dataclass(frozen=True, slots=True)
class Backdrop:
    """What is drawn behind a page's text: horizontal rules, and fills that may be a status."""

    rules: tuple[Edge, ...] = ()
    drawings: Drawings = field(default_factory=lambda: Drawings((), (), ()))


@dataclass(slots=True)
class _Band:
    """Lines that keep to the same columns; `sections` are single lines across them, headings between rows.

    `heads` are where the headings begin: what begins there too is another column, however near.
    """

    start: int
    end: int
    columns: list[Span]
    is_known: bool
    sections: set[int]
    heads: tuple[float, ...] = ()


def find_unruled(
    lines: Sequence[Line],
    page: int,
    height: float,
    before: Sequence[Span] = (),
    backdrop: Backdrop | None = None,
) -> list[Unruled]:
    """The tables of white space among a page's lines, from the top.

    `before` are the columns of such a table at the end of the page before: it may go on without a heading.
    """
    behind = backdrop or Backdrop()
    marked = _mark_heads(lines)
    found: list[Unruled] = []
    position = 0
    while position < len(lines):
        band = _band(lines, position, height, before if position < TRIES and not found else (), behind.rules, marked)
        unruled = None if band is None else _unruled(lines, band, page, behind)
        if unruled is not None:
            found.append(unruled)
        position = position + 1 if unruled is None else unruled.end
    return found


def _band(
    lines: Sequence[Line],
    start: int,
    height: float,
    before: Sequence[Span],
    rules: Sequence[Edge],
    marked: Sequence[float],
) -> _Band | None:
    first = lines[start]
    if first.table is not None:
        return None
    parts = split_at_gaps(first, GUTTER)
    goes_on = _fits(first, before)
    is_known = goes_on or _is_heading(parts)
    if len(parts) < 2:
        return None
    columns = list(before) if goes_on else _spans(first.words, marked)
    heads = (*(x0 for x0, _ in columns), *marked) if is_known else tuple(marked)
    band = _Band(start, start + 1, columns, is_known, set(), heads)
    for position in range(start + 1, len(lines)):
        line = lines[position]
        if line.table is not None or _is_far(lines, position, height, band, rules):
            break
        if not is_known and _is_heading(split_at_gaps(line, GUTTER)):
            break
        if _is_heading_below(lines, position, band):
            break
        if not _add(band, line, position):
            following = lines[position + 1] if position + 1 < len(lines) else None
            if following is None or not _is_section(line, following, band):
                break
            band.sections.add(position)
        band.end = position + 1
    return band


def _mark_heads(lines: Sequence[Line]) -> list[float]:
    """Where marks stand below each other, and where the words after them begin: a light has a column of its own."""
    starts: list[float] = []
    for line in lines:
        for number, word in enumerate(line.words):
            if word.mark is not None:
                starts += [one.bbox[0] for one in line.words[number : number + 2]]
    return [start for start in starts if sum(abs(start - other) < NARROW_GUTTER for other in starts) > 1]


def _spans(words: Iterable[Word], heads: Sequence[float] = ()) -> list[Span]:
    """The stretches that these words cover, parted by gutters."""
    return _merged([(word.bbox[0], word.bbox[2]) for word in words], heads)


def _merged(spans: Iterable[Span], heads: Sequence[float] = ()) -> list[Span]:
    merged: list[Span] = []
    for x0, x1 in sorted(spans):
        white = x0 - merged[-1][1] if merged else GUTTER
        if white >= GUTTER or (white >= NARROW_GUTTER and any(abs(x0 - head) < NARROW_GUTTER for head in heads)):
            merged.append((x0, x1))
        else:
            merged[-1] = (merged[-1][0], max(merged[-1][1], x1))
    return merged


def _add(band: _Band, line: Line, position: int) -> bool:
    """Take the line into the band, unless it reaches over columns that other lines keep apart."""
    merged = _merged([*band.columns, *_spans(line.words, band.heads)], band.heads)
    joined = [sum(low <= x0 and x1 <= high for x0, x1 in band.columns) for low, high in merged]
    if any(count > 1 for count in joined) and (band.is_known or position > band.start + 1):
        return False
    if len(merged) < (2 if band.is_known else MIN_COLUMNS):
        return False
    band.columns = merged
    return True


def _fits(line: Line, columns: Sequence[Span], heads: Sequence[float] = ()) -> bool:
    """Whether the line's parts stand in at least two of the columns and reach over none."""
    spots = [_spot(part, columns) for part in _spans(line.words, heads)]
    return len(set(spots)) >= 2 and None not in spots


def _spot(span: Span, columns: Sequence[Span]) -> int | None:
    return next(
        (place for place, (x0, x1) in enumerate(columns) if x0 - SLACK <= span[0] and span[1] <= x1 + 2 * SLACK), None
    )


def _is_heading(parts: Sequence[Line]) -> bool:
    """Whether these are headings of columns that we know, one of them that of the titles."""
    read = [column for part in parts if part.text and (column := _COLUMNS.read(part.text)) is not None]
    return len(read) >= 2 and any(column.role == "title" for column in read)


def _is_far(lines: Sequence[Line], position: int, height: float, band: _Band, rules: Sequence[Edge]) -> bool:
    above, line = lines[position - 1], lines[position]
    size = max(line.size, 6.0)
    space = line.bbox[1] - max(one.bbox[3] for one in lines[max(band.start, position - 3) : position])
    if space > FAR * size and not _is_ruled_off(above, line, band, rules):
        return True
    is_alone = len(split_at_gaps(line, GUTTER)) == 1
    if is_alone and above.size and abs(line.size - above.size) > 0.2 * above.size and line.size > above.size:
        return True
    is_short = len(split_at_gaps(line, GUTTER)) <= 2
    return is_short and space > FAR_AT_FOOT * size and line.bbox[1] > FOOT * height


def _is_ruled_off(above: Line, line: Line, band: _Band, rules: Sequence[Edge]) -> bool:
    """Whether a rule as wide as the table stands between two lines, and the lower one is a row."""
    x0, x1 = band.columns[0][0], band.columns[-1][1]
    ruled = any(
        above.bbox[1] < y < line.bbox[3] and left <= x0 + SLACK and right >= x1 - SLACK for y, left, right in rules
    )
    return ruled and len(_spans(line.words, band.heads)) > 1


def _is_heading_below(lines: Sequence[Line], position: int, band: _Band) -> bool:
    """Whether a bold line in the first column alone ends the table: what comes after it is no row."""
    line, above = lines[position], lines[position - 1]
    spans = _spans(line.words, band.heads)
    if not line.bold or above.bold or len(spans) != 1 or _spot(spans[0], band.columns[:1]) is None:
        return False
    return position + 1 == len(lines) or not _fits(lines[position + 1], band.columns, band.heads)


def _is_section(line: Line, following: Line, band: _Band) -> bool:
    """One short line from the left edge across the columns, with a row right after it."""
    if len(_spans(line.words)) != 1 or len(line.text) > SHORT or abs(line.bbox[0] - band.columns[0][0]) > SLACK:
        return False
    return following.table is None and _fits(following, band.columns, band.heads)


def _unruled(lines: Sequence[Line], band: _Band, page: int, backdrop: Backdrop) -> Unruled | None:
    end = _trimmed(lines, band)
    used = lines[band.start : end]
    if len(used) < 2 or _is_running_text(used, band.columns):
        return None
    columns = _within(used, band)
    sections = {section - band.start for section in band.sections}
    starts = _row_starts(used, sections, columns, _ruled_starts(used, columns, backdrop.rules))
    rows = [used[first:last] for first, last in pairwise([*starts, len(used)])]
    cells = _with_fills([_cells(row, columns, page) for row in rows], rows, columns, page, backdrop.drawings)
    full = sum(sum(bool(cell.text or cell.marks) for cell in row) >= 2 for row in cells)
    if full < (2 if band.is_known else MIN_ROWS) or (not band.is_known and len(columns) < MIN_COLUMNS):
        return None
    table = Table(tuple(cells), page, _header_rows(rows, band.is_known and _is_heading(split_at_gaps(used[0], GUTTER))))
    return Unruled(band.start, end, union(line.bbox for line in used), table, tuple(columns))


def _within(lines: Sequence[Line], band: _Band) -> list[Span]:
    """The columns as these lines fill them."""
    rows = [line for number, line in enumerate(lines, start=band.start) if number not in band.sections]
    words = [(word.bbox[0], word.bbox[2]) for line in rows for word in line.words]
    return _merged([*(band.columns if band.is_known else ()), *words], band.heads)


def _trimmed(lines: Sequence[Line], band: _Band) -> int:
    """The end of the band without what stands below the table in its first column alone: a heading, a paragraph."""
    end = band.end
    while end - 1 > band.start + 1:
        line, above = lines[end - 1], lines[end - 2]
        spans = _spans(line.words, band.heads)
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


def _ruled_starts(lines: Sequence[Line], columns: Sequence[Span], rules: Sequence[Edge]) -> list[int]:
    """The lines that begin below a rule through most of the table."""
    x0, x1 = columns[0][0], columns[-1][1]
    heights = sorted(y for y, left, right in rules if min(right, x1) - max(left, x0) >= WIDE_RULE * (x1 - x0))
    middles = [(line.bbox[1] + line.bbox[3]) / 2 for line in lines]
    return [
        number
        for number, (above, middle) in enumerate(pairwise(middles), start=1)
        if any(above < y < middle for y in heights)
    ]


def _row_starts(lines: Sequence[Line], sections: set[int], columns: Sequence[Span], ruled: list[int]) -> list[int]:
    """Where rows begin: below rules or after wider spaces, unless these leave two lights in one row; then at these."""
    lights = [number for number, line in enumerate(lines) if number and _has_light(line, columns)]
    around = sections | {section + 1 for section in sections if section + 1 < len(lines)}
    by_rule = sorted({0, *ruled, *around})
    if len(ruled) > 1 and not _is_crowded(by_rule, lights, len(lines)):
        return by_rule
    by_space = _starts_by_space(lines, sections)
    if not _is_crowded(by_space, lights, len(lines)) and (lights or len(by_space) > 2):
        return by_space
    opened = {
        number
        for number, line in enumerate(lines)
        if (number in lights and _opens(line, columns, 2)) or (not lights and _opens(line, columns, len(columns) - 1))
    }
    after_heading = {1} if _is_heading(split_at_gaps(lines[0], GUTTER)) else set()
    return sorted({0} | opened | after_heading | around)


def _is_crowded(starts: Sequence[int], lights: Sequence[int], end: int) -> bool:
    """Whether some row has more than one line with a light."""
    return any(sum(first <= light < last for light in lights) > 1 for first, last in pairwise([*starts, end]))


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


def _with_fills(
    cells: list[tuple[Cell, ...]],
    rows: Sequence[Sequence[Line]],
    columns: Sequence[Span],
    page: int,
    drawings: Drawings,
) -> list[tuple[Cell, ...]]:
    """The cells with a mark where a fill singles one out."""
    tops = [min(line.bbox[1] for line in row) - 1.0 for row in rows]
    bottoms = [*tops[1:], max(line.bbox[3] for line in rows[-1]) + 1.0]
    ends = [*(x0 - 1.0 for x0, _ in columns[1:]), columns[-1][1] + 1.0]
    boxes: list[list[BBox | None]] = [
        [(x0 - 1.0, top, end, bottom) for (x0, _), end in zip(columns, ends, strict=True)]
        for top, bottom in zip(tops, bottoms, strict=True)
    ]
    written = {(r, c) for r, row in enumerate(cells) for c, cell in enumerate(row) if cell.text}
    for (row, column), colour in cell_fills(boxes, written, drawings.fills).items():
        cell = cells[row][column]
        if any(mark.colour == colour for mark in cell.marks):
            continue
        place = Place(page, boxes[row][column])
        filled = Cell(cell.text, cell.place or place, (*cell.marks, Mark("fill", colour, "", place)))
        cells[row] = (*cells[row][:column], filled, *cells[row][column + 1 :])
    return cells


def _header_rows(rows: Sequence[Sequence[Line]], is_known: bool) -> int:
    """Leading rows in bold where the rest is not; one where its headings are known."""
    bold = [all(line.bold for line in row) for row in rows]
    count = next((number for number, is_bold in enumerate(bold) if not is_bold), 0)
    return min(count, 3) or int(is_known)
