"""How a cell is written so that it is only ever text, and how a sheet of rows under headings looks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from xlsxwriter import Workbook

from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.outputs.wording import WORDS, colour_label, printable
from ljuskoll.service.outputs.workbook_heights import row_height
from ljuskoll.service.outputs.workbook_sheet import Sheet

MAX_CHARACTERS = 32_767
"""Most characters that a cell holds, counted in UTF-16 units as Excel does."""
MAX_ROWS = 1_048_575
"""Most rows that a sheet holds below its headings."""
MAX_LINKS = 65_530
"""Most links that a sheet holds; the cells after them stand without."""

_BASE = {"font_name": "Calibri", "font_size": 10, "valign": "top", "text_wrap": True}
_INDENT = {"align": "left", "indent": 1}
_ROW = {**_BASE, "bottom": 1, "bottom_color": "#D5DBE1", "quote_prefix": True}
_HEAD = {**_BASE, "bold": True, "font_color": "#FFFFFF", "valign": "vcenter", "border": 1, "border_color": "#FFFFFF"}
_LIGHT = {**_ROW, "align": "center", "bold": True, "border": 1, "border_color": "#FFFFFF"}
_ORIGINS = {"report": "#1F3B57", "tool": "#14666B", "source": "#56616B", "reader": "#8A5A00"}
_STYLES: dict[str, dict[str, Any]] = {
    "text": {**_ROW, **_INDENT},
    "strong": {**_ROW, **_INDENT, "bold": True},
    "faint": {**_ROW, **_INDENT, "font_color": "#5B6670"},
    "id": {**_ROW, "font_color": "#5B6670", "font_size": 8, "text_wrap": False},
    "number": {**_ROW, "align": "center"},
    "percent": {**_ROW, "align": "center", "num_format": '[=1]0 %;[>=0.995]">99 %";0 %'},
    "link": {**_ROW, "align": "center", "font_color": "#0B57A4", "underline": 1},
    "alert": {**_ROW, "align": "center", "bold": True, "font_color": "#0B57A4", "underline": 1, "bg_color": "#DCE9F7"},
    "input": {**_ROW, **_INDENT, "bg_color": "#FFF9E5", "border": 1, "border_color": "#D9C98A"},
    "green": {**_LIGHT, "bg_color": "#C9E7C8", "font_color": "#0E4A17"},
    "yellow": {**_LIGHT, "bg_color": "#FFE58A", "font_color": "#4D3B00"},
    "red": {**_LIGHT, "bg_color": "#F6BDB7", "font_color": "#6E0B0B"},
    "none": {**_LIGHT, "bg_color": "#E6E9EC", "font_color": "#3D464E", "bold": False},
    "high": {**_LIGHT, "bg_color": "#1F3B57", "font_color": "#FFFFFF"},
    "medium": {**_LIGHT, "bg_color": "#A9BFD6", "font_color": "#12263A"},
    "low": {**_LIGHT, "bg_color": "#E3EAF1", "font_color": "#12263A", "bold": False},
    **{f"head_{origin}": {**_HEAD, **_INDENT, "bg_color": colour} for origin, colour in _ORIGINS.items()},
    **{f"head_{origin}_centre": {**_HEAD, "bg_color": c, "align": "center"} for origin, c in _ORIGINS.items()},
    "title": {**_BASE, "font_size": 18, "bold": True, "font_color": "#1F3B57", "text_wrap": False},
    "subtitle": {**_BASE, "font_size": 13, "bold": True, "font_color": "#1F3B57", "text_wrap": False},
    "plain": {**_BASE, "text_wrap": False},
    "warning": {**_BASE, "bold": True, "font_color": "#6E0B0B", "text_wrap": False},
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its value, the name of its style and what it links to.

    That is a place in the workbook ("'Uppdrag'!A5") or "external:" and a file's name; a sheet has links of one kind.
    """

    value: str | int | float = ""
    style: str = "text"
    link: str = ""


Row: TypeAlias = Mapping[str, Cell]
"""The cells of a row by the keys of their columns; those that it lacks are empty."""
Column: TypeAlias = Mapping[str, Any]
"""A column's key, heading, width and who says what stands in it, as the texts have it."""
_EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook that is being written, with its styles by name."""

    workbook: Workbook
    styles: dict[str, Any]

    @classmethod
    def of(cls, workbook: Workbook) -> "Book":
        """The workbook with all styles made, in fixed order."""
        return cls(workbook, {name: workbook.add_format(style) for name, style in _STYLES.items()})

    def write(self, sheet: Sheet, row: int, column: int, cell: Cell) -> None:
        """Write one cell; rows and columns from 0, rows from the top. Text is never anything but text."""
        style = self.styles[cell.style]
        if cell.link.startswith("external:"):
            sheet.write_url(row, column, cell.link, style, cell_text(str(cell.value)))
            return
        if cell.link and sheet.links < MAX_LINKS:
            sheet.link(row, column, cell.link, cell_text(str(cell.value)))
        if not isinstance(cell.value, str):
            sheet.write_number(row, column, cell.value, style)
        elif cell.value:
            sheet.write_string(row, column, cell_text(cell.value), style)
        else:
            sheet.write_blank(row, column, None, style)


def cell_text(text: str) -> str:
    """The text as a cell can hold it: without control characters and cut at Excel's limit, which it then says.

    XlsxWriter writes what stands between <r> and </r> as it is; a space after it makes it text like any other.
    """
    text = printable(text)
    if len(text) > MAX_CHARACTERS // 2 and len(text.encode("utf-16-le")) // 2 > MAX_CHARACTERS:
        room = MAX_CHARACTERS - len(WORDS["shortened"])
        text = text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore") + WORDS["shortened"]
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


def light(colour: str | None, word: str = "") -> Cell:
    """A light in its colour with its word; `word` stands instead where there is no light."""
    return Cell(colour_label(colour), colour) if colour else Cell(word or colour_label(None), "none")


def link_to(sheet: str, row: int) -> str:
    """The place of a row of a table sheet, its first row of data being 0."""
    return f"'{WORDS['sheets'][sheet]['name']}'!A{row + 2}"


def refuse_too_many(name: str, count: int) -> None:
    """Raises UsageError where the sheet `name` cannot hold so many rows below its headings."""
    if count > MAX_ROWS:
        sheet = WORDS["sheets"][name]["name"]
        raise UsageError(WORDS["too_many_rows"].format(sheet=sheet, count=count, limit=MAX_ROWS))


def write_table(book: Book, name: str, rows: Iterable[Row], columns: Sequence[Column] = ()) -> Sheet:
    """Add the sheet `name` with its headings and rows; `columns` stand instead of those that it has of itself."""
    text = WORDS["sheets"][name]
    columns = columns or text["columns"]
    sheet: Sheet = book.workbook.add_worksheet(text["name"])
    _write_headings(book, sheet, columns)
    last = 0
    for last, row in enumerate(rows, start=1):
        sheet.set_row(last, _height(row, columns))
        for column, spec in enumerate(columns):
            book.write(sheet, last, column, row.get(spec["key"], _EMPTY))
    if not last:
        sheet.write_string(1, 0, text["empty"], book.styles["plain"])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    sheet.repeat_rows(0)
    set_up_print(sheet, text["name"])
    return sheet


def _height(row: Row, columns: Sequence[Column]) -> float:
    cells = ((row[spec["key"]], spec["width"]) for spec in columns if spec["key"] in row)
    return row_height(
        (cell.value, width) for cell, width in cells if isinstance(cell.value, str) and cell.style != "id"
    )


def _write_headings(book: Book, sheet: Sheet, columns: Sequence[Column]) -> None:
    sheet.set_row(0, 32)
    for column, spec in enumerate(columns):
        sheet.set_column(column, column, spec["width"])
        style = f"head_{spec['origin']}{'_centre' if spec.get('centre') else ''}"
        sheet.write_string(0, column, spec["heading"], book.styles[style])
        if "note" in spec:
            sheet.write_comment(0, column, spec["note"], {"author": "ljuskoll", "x_scale": 1.6, "font_size": 9})


def set_up_print(sheet: Sheet, name: str) -> None:
    """Landscape A4, all columns on one page's width, the sheet's name above and page numbers below."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.set_header(f"&L&9ljuskoll&R&9{name}", {"margin": 0.3})
    sheet.set_footer(f"&L&9{WORDS['footer']}&R&9{WORDS['page']}", {"margin": 0.3})
