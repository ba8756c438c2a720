"""Tables without vertical rules: columns that white space alone parts, rows told by rules, leading or lights."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ljuskoll.nlp.document import BBox, Cell, Mark, Place, Table
from ljuskoll.nlp.readers.pdf.bands import MIN_COLUMNS, Band, find_band, mark_heads
from ljuskoll.nlp.readers.pdf.cells import Edge
from ljuskoll.nlp.readers.pdf.marks import Drawings, cell_fills
from ljuskoll.nlp.readers.pdf.paragraphs import cell_text
from ljuskoll.nlp.readers.pdf.spans import Span, begin_alike, merged, spans, spot
from ljuskoll.nlp.readers.pdf.unruled_rows import ROW_GAP, parts_by_column, row_starts
from ljuskoll.nlp.readers.raw.lines import Line, Word, union

MIN_WRITTEN = 2
"""Columns with text of a table whose headings we do not know; the others hold signs."""
FILLED = 0.6
RUNNING_LINES = 6
"""So many lines in every column, most of them filled, are columns of running text."""
TRIES = 6
"""Lines at the top of a page among which a table from the page before may go on."""


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
    marked = mark_heads(lines)
    found: list[Unruled] = []
    position = 0
    while position < len(lines):
        open_columns = before if position < TRIES and not found else ()
        band = find_band(lines, position, height, open_columns, behind.rules, marked)
        if band is not None and any(begin_alike(band.columns, one.columns) for one in found):
            band.least_rows = 1
        unruled = None if band is None else _unruled(lines, band, page, behind)
        if unruled is not None:
            found.append(unruled)
        position = position + 1 if unruled is None else unruled.end
    return found


def _unruled(lines: Sequence[Line], band: Band, page: int, backdrop: Backdrop) -> Unruled | None:
    start, end = band.start + (band.headings is not None), _trimmed(lines, band)
    used = lines[start:end]
    if len(used) < band.least_lines or _is_running_text(used, band.columns):
        return None
    columns = _within(used, start, band)
    sections = {section - start for section in band.sections if section < end}
    starts = row_starts(used, band.heading_lines, sections, columns, backdrop.rules)
    rows = [used[first:last] for first, last in pairwise([*starts, len(used)])]
    cells = _with_fills([_cells(row, columns, page) for row in rows], rows, columns, page, backdrop.drawings)
    header_rows = _header_rows(rows, band.heading_lines > 0)
    if band.headings:
        cells, header_rows = [*band.headings.rows, *cells], 1
    full = sum(sum(bool(cell.text or cell.marks) for cell in row) >= 2 for row in cells)
    written = sum(any(cell.text for cell in column) for column in zip(*cells, strict=True))
    if full < band.least_rows or (not band.is_known and (len(columns) < MIN_COLUMNS or written < MIN_WRITTEN)):
        return None
    box = union(line.bbox for line in lines[band.start : end])
    return Unruled(band.start, end, box, Table(tuple(cells), page, header_rows), tuple(columns))


def _within(lines: Sequence[Line], start: int, band: Band) -> list[Span]:
    """The columns as these lines fill them; `start` is the first line's number."""
    if band.headings:
        return band.columns
    rows = [line for number, line in enumerate(lines, start=start) if number not in band.sections]
    words = [(word.bbox[0], word.bbox[2]) for line in rows for word in line.words]
    return merged([*(band.columns if band.is_known else ()), *words], band.heads)


def _trimmed(lines: Sequence[Line], band: Band) -> int:
    """The end of the band without what stands below the table in its first column alone: a heading, a paragraph."""
    end = band.end
    while end - 1 > band.start + 1:
        line, above = lines[end - 1], lines[end - 2]
        spans = band.spans(line)
        is_first_alone = len(spans) == 1 and spot(spans[0], band.columns[:1]) == 0
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


def _cells(lines: Sequence[Line], columns: Sequence[Span], page: int) -> tuple[Cell, ...]:
    if len(lines) == 1 and len(spans(lines[0].words)) == 1 and spot(spans(lines[0].words)[0], columns) is None:
        words: list[list[Word]] = [list(lines[0].words), *([] for _ in columns[1:])]
    else:
        words = [[] for _ in columns]
        for line in lines:
            for place, part in enumerate(parts_by_column(line, columns)):
                words[place] += part
    return tuple(_cell(group, page) for group in words)


def _cell(words: Sequence[Word], page: int) -> Cell:
    if not words:
        return Cell("")
    written = [word for word in words if word.text]
    text = cell_text(written)
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
