"""Ruled tables: lines to cells, and what stands in the cells."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells

from ljuskoll.nlp.document import BBox, Cell, Mark, Place, Table
from ljuskoll.nlp.readers.marks import COVERS, Drawings, Spot, cell_fills, centre, covers, is_inside
from ljuskoll.nlp.readers.pdf_file import Drawn, RawPage
from ljuskoll.nlp.readers.pdf_lines import box_of, make_lines, make_words
from ljuskoll.nlp.readers.pdf_paragraphs import Paragraph, paragraphs
from ljuskoll.nlp.readers.pdf_rules import TOLERANCE, table_edges

NARROWEST_COLUMN, LOWEST_ROW = 9.0, 5.0
"""Narrower columns without text are borders, lower rows double rules."""
BAR_REACH = 10.0
"""How far left of its row a coloured bar may stand, in points."""
MAX_HEADER_ROWS = 3

MIN_COLUMNS_OF_ONE_ROW = 3
"""One ruled row is a table from so many filled columns on: the last row of one that began on the page before."""


@dataclass(slots=True)
class PageTables:
    """The tables of a page with their boxes, and what of the page stands outside of them."""

    tables: list[tuple[BBox, Table]]
    chars: list[Drawn]
    marks: list[Mark]
    bars: list[Mark]


@dataclass(slots=True)
class _Contents:
    """What stands in each cell of one grid."""

    chars: dict[Spot, list[Drawn]] = field(default_factory=dict)
    marks: dict[Spot, list[Mark]] = field(default_factory=dict)


def find_tables(page: RawPage, drawings: Drawings) -> PageTables:
    """All ruled tables with two rows and two columns that hold something, or one row with more columns."""
    left = PageTables([], page.chars, list(drawings.marks), list(drawings.bars))
    for cells in sorted(_cell_groups(page, drawings), key=lambda group: (_area(_around(group)), _around(group))):
        _take_table(_Grid(cells), page, drawings, left)
    left.tables.sort(key=lambda found: (found[0][1], found[0][0]))
    return left


class _Grid:
    """Cells in rows and columns; a merged cell stands where it begins."""

    def __init__(self, cells: Sequence[BBox]) -> None:
        self.xs = sorted({cell[0] for cell in cells})
        self.tops = sorted({cell[1] for cell in cells})
        at = {(cell[1], cell[0]): cell for cell in cells}
        self.boxes = [[at.get((top, x)) for x in self.xs] for top in self.tops]
        self.bbox = _around(cells)

    def spot(self, point: tuple[float, float]) -> Spot | None:
        """The cell that the point lies in; merged cells are found from any point of theirs."""
        last_row, last_column = bisect_right(self.tops, point[1]) - 1, bisect_right(self.xs, point[0]) - 1
        for row in range(last_row, -1, -1):
            for column in range(last_column, -1, -1):
                box = self.boxes[row][column]
                if box is not None and is_inside(point, box):
                    return row, column
                if box is not None and row == last_row:
                    break
        return None


def _take_table(grid: _Grid, page: RawPage, drawings: Drawings, left: PageTables) -> None:
    """Move what stands in the grid from `left` into a table, if it is one."""
    contents = _Contents()
    chars, marks = _sorted_in(grid, left, contents)
    written = {spot for spot, group in contents.chars.items() if any(char["text"].strip() for char in group)}
    backgrounds = cell_fills(grid.boxes, written, drawings.fills)
    bars, other_bars = _row_bars(grid, left.bars)
    filled = written | set(contents.marks) | set(backgrounds)
    rows, columns = ({spot[axis] for spot in filled} for axis in (0, 1))
    if len(written) < 2 or len(columns) < (2 if len(rows) > 1 else MIN_COLUMNS_OF_ONE_ROW):
        return
    for spot, colour in backgrounds.items():
        contents.marks.setdefault(spot, []).append(
            Mark("fill", colour, "", Place(page.number, grid.boxes[spot[0]][spot[1]]))
        )
    for spot, bar in bars:
        contents.marks.setdefault(spot, []).append(bar)
    left.tables.append((grid.bbox, _table(grid, contents, page.number)))
    left.chars, left.marks, left.bars = chars, marks, other_bars


def _sorted_in(grid: _Grid, left: PageTables, contents: _Contents) -> tuple[list[Drawn], list[Mark]]:
    """Fill `contents`; returned are the characters and marks that stand in no cell."""
    chars, marks = [], []
    for char in left.chars:
        spot = grid.spot(centre(box_of(char))) if is_inside(centre(box_of(char)), grid.bbox) else None
        if spot is None:
            chars.append(char)
        else:
            contents.chars.setdefault(spot, []).append(char)
    for mark in left.marks:
        box = mark.place.bbox if mark.place and mark.place.bbox else grid.bbox
        spot = grid.spot(centre(box))
        cell = grid.boxes[spot[0]][spot[1]] if spot else None
        if spot is None or cell is None:
            marks.append(mark)
        elif mark.source != "fill" or covers(box, cell) < COVERS:
            contents.marks.setdefault(spot, []).append(mark)
    return chars, marks


def _row_bars(grid: _Grid, bars: Iterable[Mark]) -> tuple[list[tuple[Spot, Mark]], list[Mark]]:
    """Coloured bars at the left of single rows or in narrow columns of their own, and the bars that are not."""
    taken, others = [], []
    for bar in bars:
        assert bar.place is not None and bar.place.bbox is not None
        spot = _bar_spot(grid, bar.place.bbox)
        if spot is None:
            others.append(bar)
        else:
            taken.append((spot, bar))
    rows = {spot[0] for spot, _ in taken}
    if len({bar.colour for _, bar in taken}) == 1 and len(rows) == len(grid.tops) >= 3:
        return [], others
    return taken, others


def _bar_spot(grid: _Grid, bar: BBox) -> Spot | None:
    x, y = centre(bar)
    row = bisect_right(grid.tops, y) - 1
    if row < 0 or y > grid.bbox[3] or not grid.bbox[0] - BAR_REACH <= x <= grid.bbox[2]:
        return None
    bottom = grid.tops[row + 1] if row + 1 < len(grid.tops) else grid.bbox[3]
    height = bottom - grid.tops[row]
    if not COVERS * height <= bar[3] - bar[1] <= height + 2 * TOLERANCE:
        return None
    column = max(0, bisect_right(grid.xs, x) - 1)
    box = grid.boxes[row][column]
    is_own_column = box is not None and box[2] - box[0] < NARROWEST_COLUMN
    return (row, column) if is_own_column or (column == 0 and bar[0] <= grid.xs[0] + TOLERANCE) else None


def _table(grid: _Grid, contents: _Contents, page: int) -> Table:
    texts = {spot: paragraphs(make_lines(make_words(chars))) for spot, chars in contents.chars.items()}
    columns = _kept_columns(grid, texts)
    rows, bold = [], []
    for row in _kept_rows(grid, texts):
        cells, moved = [], list[Mark]()
        for column in range(len(grid.xs)):
            marks = moved + contents.marks.get((row, column), [])
            if column in columns:
                cells.append(_cell(texts.get((row, column), []), marks, page, grid.boxes[row][column]))
                marks = []
            moved = marks
        if moved:
            last = cells[-1]
            cells[-1] = Cell(last.text, last.place, (*last.marks, *moved))
        rows.append(tuple(cells))
        bold.append(_is_bold([texts[row, column] for column in columns if (row, column) in texts]))
    return Table(tuple(rows), page, _header_rows(bold))


def _cell(texts: Sequence[Paragraph], marks: Sequence[Mark], page: int, box: BBox | None) -> Cell:
    return Cell("\n".join(text.text for text in texts if text.text), Place(page, box) if box else None, tuple(marks))


def _kept_columns(grid: _Grid, texts: dict[Spot, list[Paragraph]]) -> list[int]:
    written = {column for _, column in texts}
    ends = [*grid.xs[1:], grid.bbox[2]]
    return [
        c for c, (x, end) in enumerate(zip(grid.xs, ends, strict=True)) if c in written or end - x >= NARROWEST_COLUMN
    ]


def _kept_rows(grid: _Grid, texts: dict[Spot, list[Paragraph]]) -> list[int]:
    written = {row for row, _ in texts}
    ends = [*grid.tops[1:], grid.bbox[3]]
    return [
        r for r, (top, end) in enumerate(zip(grid.tops, ends, strict=True)) if r in written or end - top >= LOWEST_ROW
    ]


def _is_bold(cells: Sequence[Sequence[Paragraph]]) -> bool:
    return len(cells) >= 2 and all(paragraph.bold for cell in cells for paragraph in cell)


def _header_rows(bold: Sequence[bool]) -> int:
    """Leading rows set in bold where the rest is not."""
    count = next((row for row, is_bold in enumerate(bold) if not is_bold), 0)
    return count if count <= MAX_HEADER_ROWS else 0


def _cell_groups(page: RawPage, drawings: Drawings) -> list[list[BBox]]:
    """The cells of every connected grid."""
    intersections = edges_to_intersections(table_edges(page, drawings), TOLERANCE, TOLERANCE)
    cells = intersections_to_cells(intersections)
    return list(cells_to_tables(cells)) if cells else []


def _around(cells: Iterable[BBox]) -> BBox:
    x0s, tops, x1s, bottoms = zip(*cells, strict=True)
    return min(x0s), min(tops), max(x1s), max(bottoms)


def _area(box: BBox) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
