"""A story as a workbook: what stands before the follow-up, the follow-up and what comes after on a sheet each."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from ljuskoll.corpora.rendering.as_docx import repacked
from ljuskoll.corpora.rendering.icons import icon, sign
from ljuskoll.corpora.rendering.story import Cell, Element, Grid, Heading, Mark, Paragraph, Story, Text, plain
from ljuskoll.corpora.reports.description import load_words

_DATE = datetime(2024, 1, 1)
_WIDTH = 130
"""Characters across a sheet."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell at its row and column (from 0); `bold` for headings."""

    row: int
    column: int
    cell: Cell
    bold: bool = False

    @property
    def text(self) -> str:
        """Its words, one line a paragraph."""
        return "\n".join(plain(line) for line in self.cell.lines)

    @property
    def colour(self) -> str | None:
        """The colour of its first coloured words."""
        parts = (part for line in self.cell.lines for part in line)
        return next((part.colour for part in parts if isinstance(part, Text) and part.colour), None)

    @property
    def mark(self) -> Mark | None:
        """The first picture in it."""
        return next((part for line in self.cell.lines for part in line if isinstance(part, Mark)), None)


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    cells: tuple[_Placed, ...]
    widths: tuple[float, ...]


FOLLOWUP_SHEET = 2
"""The sheet, from 1, on which the follow-up stands."""


def openpyxl_file(story: Story) -> bytes:
    """The story as a workbook by openpyxl, the same bytes every time."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title, book.properties.creator = story.title, story.municipality
    book.properties.created = book.properties.modified = _DATE
    side = Side(style="thin", color="8C98A4")
    for sheet in _sheets(story):
        made = book.create_sheet(sheet.name)
        for index, width in enumerate(sheet.widths, start=1):
            made.column_dimensions[get_column_letter(index)].width = width
        for placed in sheet.cells:
            _write(made, placed, side)
    buffer = BytesIO()
    book.save(buffer)
    return repacked(buffer.getvalue())


def _write(sheet: Any, placed: _Placed, side: Side) -> None:
    cell = sheet.cell(placed.row + 1, placed.column + 1)
    cell.value = placed.text or None
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.font = Font(bold=placed.bold, color=placed.colour.strip("#") if placed.colour else None)
    if placed.cell.fill:
        cell.fill = PatternFill("solid", fgColor=placed.cell.fill.strip("#"))
    if placed.cell.edge:
        cell.border = Border(left=Side(style="thick", color=placed.cell.edge.strip("#")))
    elif placed.cell.columns < len(sheet.column_dimensions) and placed.row:
        cell.border = Border(left=side, right=side, top=side, bottom=side)
    if placed.cell.columns > 1 or placed.cell.rows > 1:
        sheet.merge_cells(
            start_row=placed.row + 1,
            start_column=placed.column + 1,
            end_row=placed.row + placed.cell.rows,
            end_column=placed.column + placed.cell.columns,
        )
    if placed.mark is not None:
        picture = Image(BytesIO(_data(placed.mark)))
        picture.width = picture.height = 16
        sheet.add_image(picture, cell.coordinate)


def xlsxwriter_file(story: Story) -> bytes:
    """The story as a workbook by XlsxWriter, the same bytes every time."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"title": story.title, "author": story.municipality, "created": _DATE})
    for sheet in _sheets(story):
        made = book.add_worksheet(sheet.name)
        for index, width in enumerate(sheet.widths):
            made.set_column(index, index, width)
        for placed in sheet.cells:
            _write_by_xlsxwriter(book, made, placed)
    book.close()
    return repacked(buffer.getvalue())


def _write_by_xlsxwriter(book: Any, sheet: Any, placed: _Placed) -> None:
    look: dict[str, Any] = {"text_wrap": True, "valign": "top", "bold": placed.bold}
    if placed.cell.fill:
        look["bg_color"] = placed.cell.fill
    if placed.colour:
        look["font_color"] = placed.colour
    if placed.cell.edge:
        look |= {"left": 5, "left_color": placed.cell.edge}
    form = book.add_format(look)
    last = (placed.row + placed.cell.rows - 1, placed.column + placed.cell.columns - 1)
    if last != (placed.row, placed.column):
        sheet.merge_range(placed.row, placed.column, *last, placed.text, form)
    else:
        sheet.write_string(placed.row, placed.column, placed.text, form)
    if placed.mark is not None:
        options = {"image_data": BytesIO(_data(placed.mark)), "description": placed.mark.alt}
        sheet.insert_image(placed.row, placed.column, "status.png", options)


def _data(mark: Mark) -> bytes:
    return sign(mark.sign) if mark.shape == "sign" else icon(mark.colour)


def _sheets(story: Story) -> Iterator[_Sheet]:
    """Three sheets: up to the follow-up's heading, the follow-up, and what comes after its last table."""
    names = load_words()["page"]["sheets"]
    elements = list(story.elements)
    is_start: Callable[[int], bool] = lambda i: isinstance(elements[i], Heading) and _is_followup(elements[i])  # noqa: E731
    start = next(index for index in range(len(elements)) if is_start(index))
    after = range(start + 1, len(elements))
    ends = (i for i in after if isinstance(elements[i], Heading) and elements[i].level == 2)  # type: ignore[union-attr]
    end = next(ends, len(elements))
    title = elements[0]
    for name, part in zip(names, (elements[:start], [title, *elements[start + 1 : end]], elements[end:]), strict=True):
        if part:
            yield _sheet(name, part)


def _is_followup(element: Element) -> bool:
    opening = load_words()["page"]["followup"].split("{")[0]
    return isinstance(element, Heading) and element.level == 2 and plain(element.line).startswith(opening)


def _sheet(name: str, elements: Sequence[Element]) -> _Sheet:
    grids = [element for element in elements if isinstance(element, Grid)]
    widths = grids[0].widths if grids else (1.0,)
    placed: list[_Placed] = []
    row = 0
    for element in elements:
        if isinstance(element, Heading | Paragraph):
            bold = isinstance(element, Heading)
            placed.append(_Placed(row, 0, Cell((element.line,), columns=len(widths)), bold))
            row += 1
        elif isinstance(element, Grid):
            placed += _grid(element, row)
            row += len(element.header) + len(element.rows) + 1
    return _Sheet(name, tuple(placed), tuple(width * _WIDTH for width in widths))


def _grid(grid: Grid, first: int) -> Iterator[_Placed]:
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate([*grid.header, *grid.rows], start=first):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            yield _Placed(number, column, cell, number - first < len(grid.header))
            taken |= {(number + y, column + x) for y in range(cell.rows) for x in range(cell.columns)}
