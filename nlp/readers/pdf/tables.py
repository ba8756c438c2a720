"""Ruled tables: lines to cells, and what stands in the cells."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from ljuskoll.nlp.document import BBox, Cell, Mark, MarkColour, Place, Table
from ljuskoll.nlp.readers.pdf.boxes import centre, covers, is_inside
from ljuskoll.nlp.readers.pdf.cells import Edge, cell_groups
from ljuskoll.nlp.readers.pdf.headings import are_headings
from ljuskoll.nlp.readers.pdf.marks import COVERS, Drawings, Spot, cell_fills
from ljuskoll.nlp.readers.pdf.paragraphs import Paragraph, paragraphs
from ljuskoll.nlp.readers.pdf.rules import TOLERANCE, table_edges
from ljuskoll.nlp.readers.raw.lines import Word, make_lines, union
from ljuskoll.nlp.readers.raw.page import RawPage

NARROWEST_COLUMN, LOWEST_ROW = 9.0, 5.0
"""Narrower columns without text are borders, lower rows double rules."""
BAR_REACH = 10.0
"""How far left of its row a coloured bar may stand, in points."""
MAX_HEADER_ROWS = 3
OVERLAP = 1.0
"""How far a word may reach into the next cell and still be whole, in points."""

MAX_STRIPE_ROWS, MIN_STRIPES = 2, 2
"""A stripe may be two rows high (with the painted headings); so many alike are stripes."""
WITHOUT_HOLES = 0.95
"""Share of a grid's box that its cells cover at least, if no row is left unpainted."""
MIN_COLUMNS = 2
ALIGNED = 2.0
"""Points by which texts of one column may begin apart."""
MIN_COLUMNS_OF_ONE_ROW = 3
"""One ruled row is a table from so many filled columns on: the last row of one that began on the page before."""


@dataclass(slots=True)
class PageTables:
    """The tables of a page with their boxes, what of the page stands outside of them, and all horizontal rules."""

    tables: list[tuple[BBox, Table]]
    words: list[Word]
    marks: list[Mark]
    bars: list[Mark]
    rules: list[Edge] = field(default_factory=list)


@dataclass(slots=True)
class _Contents:
    """What stands in each cell of one grid."""

    words: dict[Spot, list[Word]] = field(default_factory=dict)
    marks: dict[Spot, list[Mark]] = field(default_factory=dict)


def find_tables(page: RawPage, drawings: Drawings, cards: Sequence[BBox] = ()) -> PageTables:
    """All ruled tables with two rows and two columns that hold something, or one row with more columns.

    `cards` are boxes that are none of a table's cells.
    """
    left = PageTables([], list(page.words), list(drawings.marks), list(drawings.bars))
    across, down = table_edges(page, drawings)
    left.rules = across
    groups = _without_stripes(cell_groups(across, down, TOLERANCE), page)
    for cells in sorted(groups, key=lambda group: (_area(union(group)), union(group))):
        if sum(covers(union(cells), card) > COVERS for card in cards) < MIN_COLUMNS:
            _take_table(_Grid(_without_holes(cells, page)), page, drawings, left)
    left.tables.sort(key=lambda found: (found[0][1], found[0][0]))
    return left


def _without_stripes(groups: Iterable[list[BBox]], page: RawPage) -> list[list[BBox]]:
    """The grids without painted rows that are every other row of a table: alike, and with no rule around them.

    Of painted headings with such rows below the headings alone are left.
    """
    ruled = [shape.bbox for shape in page.shapes if shape.stroke is not None or len(shape.points) == 2]
    kept: list[list[BBox]] = []
    striped: dict[tuple[int, int], list[list[BBox]]] = {}
    for cells in groups:
        x0, top, x1, bottom = union(cells)
        box = (x0 - TOLERANCE, top - TOLERANCE, x1 + TOLERANCE, bottom + TOLERANCE)
        if any(is_inside(centre(rule), box) for rule in ruled):
            kept.append(cells)
        elif heads := _painted_headings(cells, page):
            kept.append(heads)
        elif len({cell[1] for cell in cells}) > MAX_STRIPE_ROWS:
            kept.append(cells)
        else:
            striped.setdefault((round(x0), round(x1)), []).append(cells)
    return kept + [cells for alike in striped.values() if len(alike) < MIN_STRIPES for cells in alike]


def _without_holes(cells: list[BBox], page: RawPage) -> list[BBox]:
    """The cells with those of rows that are painted in some columns only, below a heading with all of them."""
    whole = union(cells)
    heads = sorted(cell for cell in cells if cell[1] == whole[1])
    rows = {cell[1]: min(other[3] for other in cells if other[1] == cell[1]) for cell in cells if cell[1] > whole[1]}
    is_whole = sum(cell[2] - cell[0] for cell in heads) >= WITHOUT_HOLES * (whole[2] - whole[0])
    if len(heads) < MIN_COLUMNS_OF_ONE_ROW or not is_whole or len(cells) >= len(heads) * (len(rows) + 1):
        return cells
    cells = [part for cell in cells for part in _parts(cell, heads, page)]
    spots = [(head[0], top, head[2], bottom) for top, bottom in rows.items() for head in heads]
    return cells + [spot for spot in spots if not any(is_inside(centre(spot), cell) for cell in cells)]


def _parts(cell: BBox, heads: Sequence[BBox], page: RawPage) -> list[BBox]:
    """A cell over several columns cut where words begin in each of them as the heading does; others whole."""
    columns = [head for head in heads if cell[0] <= centre(head)[0] <= cell[2]]
    if len(columns) < MIN_COLUMNS:
        return [cell]
    words = [word.bbox for word in page.words if is_inside(centre(word.bbox), cell)]
    headings = [word.bbox for word in page.words if heads[0][1] <= centre(word.bbox)[1] <= heads[0][3]]
    starts = [(_start(words, column), _start(headings, column)) for column in columns]
    is_aligned = all(abs(start - heading) <= ALIGNED for start, heading in starts)
    if not is_aligned or any(word[0] < column[0] < word[2] for word in words for column in columns[1:]):
        return [cell]
    return [(column[0], cell[1], column[2], cell[3]) for column in columns]


def _start(words: Iterable[BBox], column: BBox) -> float:
    """Where the first of some words begins in a column; nowhere near any where none does."""
    return min((word[0] for word in words if column[0] <= centre(word)[0] <= column[2]), default=float("-inf"))


def _painted_headings(cells: Sequence[BBox], page: RawPage) -> list[BBox]:
    """The cells of the first row, if these are headings of which the rows below are not painted cell by cell.

    Those of the last row, if they are headings right below a table whose last row is painted whole.
    """
    tops = sorted({cell[1] for cell in cells})
    first, last = ([cell for cell in cells if cell[1] == top] for top in (tops[0], tops[-1]))
    has_holes = sum(map(_area, cells)) < WITHOUT_HOLES * _area(union(cells))
    is_heading_alone = len(tops) <= MAX_STRIPE_ROWS or has_holes or _is_painted_whole(cells, first)
    if is_heading_alone and _are_headings(first, page):
        return first
    return last if _is_painted_whole(cells, last) and _are_headings(last, page) else []


def _is_painted_whole(cells: Sequence[BBox], heads: Sequence[BBox]) -> bool:
    """Whether every other row is one cell."""
    return len(cells) - len(heads) == len({cell[1] for cell in cells}) - 1


def _are_headings(cells: Sequence[BBox], page: RawPage) -> bool:
    return len(cells) >= MIN_COLUMNS_OF_ONE_ROW and are_headings(_texts(cells, page))


def _texts(cells: Iterable[BBox], page: RawPage) -> Iterator[str]:
    for cell in cells:
        yield " ".join(
            line.text for line in make_lines(word for word in page.words if is_inside(centre(word.bbox), cell))
        )


class _Grid:
    """Cells in rows and columns; a merged cell stands where it begins."""

    def __init__(self, cells: Sequence[BBox]) -> None:
        self.xs = sorted({cell[0] for cell in cells})
        self.tops = sorted({cell[1] for cell in cells})
        at = {(cell[1], cell[0]): cell for cell in cells}
        self.boxes = [[at.get((top, x)) for x in self.xs] for top in self.tops]
        self.bbox = union(cells)

    def spot(self, point: tuple[float, float]) -> Spot | None:
        """The cell that the point lies in; merged cells are found from any point of theirs."""
        if not is_inside(point, self.bbox):
            return None
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
    words = list(_sorted_in(grid, left.words, page, contents))
    marks = list(_marks_outside(grid, left.marks, contents))
    written = set(contents.words)
    if len(written) < 2:
        return
    backgrounds = cell_fills(grid.boxes, written, drawings.fills)
    bars, other_bars = _row_bars(grid, left.bars)
    filled = written | set(contents.marks) | set(backgrounds)
    rows, columns = ({spot[axis] for spot in filled} for axis in (0, 1))
    if len(columns) < (2 if len(rows) > 1 or _is_label_with_colour(written, backgrounds) else MIN_COLUMNS_OF_ONE_ROW):
        return
    for spot, colour in backgrounds.items():
        contents.marks.setdefault(spot, []).append(
            Mark("fill", colour, "", Place(page.number, grid.boxes[spot[0]][spot[1]]))
        )
    for spot, bar in bars:
        contents.marks.setdefault(spot, []).append(bar)
    left.tables.append((grid.bbox, _table(grid, contents, page.number)))
    left.words, left.marks, left.bars = words, marks, other_bars


def _is_label_with_colour(written: Collection[Spot], fills: Mapping[Spot, MarkColour]) -> bool:
    """Whether a row is a text and beside it one on a ground of its own colour ("Prognos helår | Nås delvis")."""
    return len(written) == 2 and len(fills) == 1 and max(written) in fills


def _sorted_in(grid: _Grid, words: Iterable[Word], page: RawPage, contents: _Contents) -> Iterator[Word]:
    """Put each word into its cell, cut where it reaches into the next; yielded are those that stand in no cell."""
    x0, top, x1, bottom = grid.bbox
    for word in words:
        left, above, right, below = word.bbox
        middle = (left + right) / 2, (above + below) / 2
        spot = grid.spot(middle) if x0 <= middle[0] < x1 and top <= middle[1] < bottom else None
        box = grid.boxes[spot[0]][spot[1]] if spot else None
        if spot is None or box is None:
            yield word
        elif max(left, x0) < box[0] - OVERLAP or min(right, x1) > box[2] + OVERLAP:
            for other, letters in groupby(page.letters(word), key=lambda letter: grid.spot(centre(letter.bbox))):
                part = _joined(list(letters))
                if other is None:
                    yield part
                elif part.text:
                    contents.words.setdefault(other, []).append(part)
        else:
            contents.words.setdefault(spot, []).append(word)


def _joined(letters: Sequence[Word]) -> Word:
    text = "".join(letter.text for letter in letters).strip()
    return letters[0]._replace(text=text, bbox=union(letter.bbox for letter in letters))


def _marks_outside(grid: _Grid, marks: Iterable[Mark], contents: _Contents) -> Iterator[Mark]:
    """Put each mark into its cell; yielded are those that stand in none. A fill's own shape is no mark."""
    for mark in marks:
        box = mark.place.bbox if mark.place and mark.place.bbox else grid.bbox
        spot = grid.spot(centre(box))
        cell = grid.boxes[spot[0]][spot[1]] if spot else None
        if spot is None or cell is None:
            yield mark
        elif mark.source != "fill" or covers(box, cell) < COVERS:
            contents.marks.setdefault(spot, []).append(mark)


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
    texts = {spot: paragraphs(make_lines(words)) for spot, words in contents.words.items()}
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


def _area(box: BBox) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
