"""Tables of a Word file: merged cells, header rows, tables in tables, and tables that only lay out a page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from lxml import etree

from ljuskoll.nlp.document import Cell, Mark, MarkColour, Place, Table
from ljuskoll.nlp.readers.colours import LIGHTS, RGB
from ljuskoll.nlp.readers.docx.blocks import Draft
from ljuskoll.nlp.readers.docx.fills import Spot, status_fills
from ljuskoll.nlp.readers.docx.grid import GridCell, GridRow, read_grid
from ljuskoll.nlp.readers.docx.lines import lit_first
from ljuskoll.nlp.readers.docx.parts import word_child
from ljuskoll.nlp.readers.docx.runs import Pages
from ljuskoll.nlp.readers.docx.styles import Styles, bar_colour
from ljuskoll.nlp.readers.office.parts import attribute

Content: TypeAlias = Draft | Table

MAX_HEADER_ROWS = 3
LONG_CELL = 4
"""Paragraphs in a cell of a single row that make it a column of a page rather than a cell."""
_FIRST_ROW = 0x0020
"""The bit of a table's look that says that its style's first row is used."""


@dataclass(slots=True)
class _Filled:
    """A cell with what stands in it."""

    cell: GridCell
    page: int
    items: list[Content] = field(default_factory=list)

    @property
    def drafts(self) -> list[Draft]:
        """The cell's paragraphs."""
        return [item for item in self.items if isinstance(item, Draft)]

    @property
    def text(self) -> str:
        """The paragraphs' text, one a line."""
        return "\n".join(draft.text for draft in self.drafts if draft.text)


class Tables:
    """Reads tables; `contents` reads what stands in a cell."""

    def __init__(self, styles: Styles, pages: Pages, contents: Callable[[etree._Element], list[Content]]) -> None:
        self._styles = styles
        self._pages = pages
        self._contents = contents

    def read(self, element: etree._Element) -> list[Content]:
        """The table and those in it, or what stands in its cells one after the other where it only lays out a page."""
        grid = read_grid(element)
        rows = [self._row(row) for row in grid]
        rows = [row for row in rows if row]
        if not rows:
            return []
        inner = [item for row in rows for cell in row for item in cell.items if isinstance(item, Table)]
        header_rows = self._header_rows(element, [row for row in grid if row.cells], rows)
        marks = self._fills(rows, header_rows)
        if _lays_out(rows, inner):
            return _in_order(rows, marks)
        return [_table(rows, marks, header_rows), *inner]

    def _row(self, row: GridRow) -> list[_Filled]:
        """A row's cells read side by side: the page turns for all of them together."""
        start, last, was_fresh = self._pages.number, self._pages.number, self._pages.is_fresh
        filled: list[_Filled] = []
        for cell in row.cells:
            self._pages.number, self._pages.is_fresh = start, was_fresh
            items = [] if cell.goes_on else _folded(self._contents(cell.element))
            page = next((item.pages[0] for item in items if isinstance(item, Draft)), start)
            if not filled and page > start:
                start, was_fresh = page, True
            filled.append(_Filled(cell, page, items))
            last = max(last, self._pages.number)
        self._pages.is_fresh = self._pages.is_fresh and last == self._pages.number
        self._pages.number = last
        return filled

    def _header_rows(self, element: etree._Element, grid: Sequence[GridRow], rows: Sequence[Sequence[_Filled]]) -> int:
        """Leading rows that are marked as headings, or set in bold where the rest is not."""
        marked = next((number for number, row in enumerate(grid) if not row.is_header), len(grid))
        if 0 < marked < len(rows):
            return marked
        bold = next((number for number, row in enumerate(rows) if not _is_bold(row)), 0)
        if 0 < bold <= MAX_HEADER_ROWS:
            return bold
        properties = word_child(element, "tblPr")
        return int(len(rows) > 1 and self._has_first_row(properties))

    def _has_first_row(self, properties: etree._Element | None) -> bool:
        look = word_child(properties, "tblLook")
        is_used = attribute(look, "firstRow") in ("1", "true") or _bits(attribute(look, "val")) & _FIRST_ROW
        return bool(is_used) and self._styles.marks_header(attribute(word_child(properties, "tblStyle"), "val"))

    def _fills(self, rows: Sequence[Sequence[_Filled]], header_rows: int) -> dict[Spot, MarkColour]:
        """The colours of cells' shades and bars that may be a status."""
        width = _width(rows)
        shades: dict[Spot, RGB] = {}
        bars: dict[Spot, MarkColour] = {}
        for number, row in enumerate(rows):
            for filled in row:
                shade, borders = map(filled.cell.properties.get, ("shd", "tcBorders"))
                is_heading = 1 < width <= filled.cell.span
                if shade is not None and not is_heading and (rgb := self._styles.shade(shade)) is not None:
                    shades[number, filled.cell.column] = rgb
                if borders is not None and (bar := bar_colour(borders)) is not None:
                    bars[number, filled.cell.column] = bar
        if not shades and not bars:
            return {}
        starts = [[filled.cell.column for filled in row if not filled.cell.goes_on] for row in rows]
        written = {(n, filled.cell.column) for n, row in enumerate(rows) for filled in row if filled.text}
        found = status_fills(starts, written, shades, header_rows)
        is_design = len(bars) > 1 and len(set(bars.values())) == 1
        return found if is_design else bars | found


def _folded(items: Sequence[Content]) -> list[Content]:
    """A cell's contents with tables of one row as text."""
    folded: list[Content] = []
    for item in items:
        if isinstance(item, Table) and len(item.rows) == 1:
            folded += [_draft(inner, item.page) for inner in item.rows[0] if inner.text or inner.marks]
        else:
            folded.append(item)
    return folded


def _draft(cell: Cell, page: int) -> Draft:
    return Draft(cell.text, cell.marks, (page,), None, False, False, False, 0.0)


def _lays_out(rows: Sequence[Sequence[_Filled]], inner: Sequence[Table]) -> bool:
    """Whether a table is there for the look alone: one column of texts, columns of a page, or cards."""
    columns = {cell.cell.column for row in rows for cell in row if cell.text}
    if len(columns) <= 1 or (inner and len(rows) <= 2):
        return True
    cards = sum(len(cell.items) > 1 and _has_heading(cell) for row in rows for cell in row)
    if cards >= 2:
        return True
    return len(rows) == 1 and any(len(cell.items) >= LONG_CELL or _has_heading(cell) for cell in rows[0])


def _has_heading(cell: _Filled) -> bool:
    return bool(cell.drafts) and cell.drafts[0].level is not None


def _in_order(rows: Sequence[Sequence[_Filled]], fills: dict[Spot, MarkColour]) -> list[Content]:
    """What stands in the cells one after the other; what is drawn in empty cells goes to the text of their row."""
    found: list[Content] = []
    lights = {colour for colour in fills.values() if colour in LIGHTS}
    for number, row in enumerate(rows):
        contents: list[Content] = []
        drawn: list[Mark] = []
        for cell in row:
            colour = fills.get((number, cell.cell.column))
            marks = [] if colour is None else [Mark("fill", colour, "", Place(cell.page))]
            if not cell.text and not any(isinstance(item, Table) for item in cell.items):
                drawn += [*(mark for draft in cell.drafts for mark in draft.marks), *marks]
                continue
            contents += _with_marks(cell.items, marks if len(lights) > 1 else [], cell.page)
        found += _with_marks(contents, drawn, row[0].page)
    return found


def _with_marks(items: Sequence[Content], marks: Sequence[Mark], page: int) -> list[Content]:
    """Some items with more marks beside the first paragraph."""
    if not marks:
        return list(items)
    first = next((number for number, item in enumerate(items) if isinstance(item, Draft)), None)
    if first is None:
        return [Draft("", tuple(marks), (page,), None, False, False, False, 0.0), *items]
    draft = items[first]
    assert isinstance(draft, Draft)
    return [*items[:first], replace(draft, marks=(*draft.marks, *marks)), *items[first + 1 :]]


def _table(rows: Sequence[Sequence[_Filled]], fills: dict[Spot, MarkColour], header_rows: int) -> Table:
    width = _width(rows)
    made = []
    for number, row in enumerate(rows):
        cells = [Cell("", Place(row[0].page))] * width
        for filled in row:
            first, end = filled.cell.column, filled.cell.column + filled.cell.span
            cells[first:end] = [Cell("")] * (end - first)
            if not filled.cell.goes_on:
                cells[first] = _cell(filled, fills.get((number, first)))
        made.append(tuple(cells))
    return Table(tuple(made), rows[0][0].page, header_rows if header_rows < len(rows) else 0)


def _width(rows: Sequence[Sequence[_Filled]]) -> int:
    return max(filled.cell.column + filled.cell.span for row in rows for filled in row)


def _cell(filled: _Filled, colour: MarkColour | None) -> Cell:
    place = Place(filled.page)
    marks = [mark for draft in filled.drafts for mark in draft.marks]
    if colour is not None:
        marks.append(Mark("fill", colour, "", place))
    written = [draft for draft in filled.drafts if draft.text]
    return Cell(filled.text, place, lit_first(marks), bool(written) and all(draft.bold for draft in written))


def _is_bold(row: Sequence[_Filled]) -> bool:
    texts = [[draft for draft in cell.drafts if draft.text] for cell in row]
    return sum(map(bool, texts)) >= 2 and all(draft.bold or draft.level for drafts in texts for draft in drafts)


def _bits(text: str) -> int:
    try:
        return int(text, 16)
    except ValueError:
        return 0
