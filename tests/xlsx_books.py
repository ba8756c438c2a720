"""Workbooks written by a test, and what is read of them."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from ljuskoll.nlp.document import Document
from ljuskoll.nlp.readers.sheets.xlsx import read_xlsx

HEADINGS = ("Uppdrag", "Nämnd", "Status", "Kommentar")
ROWS = (
    ("Rusta upp badplatsen", "KFN", "Klar", "Bryggan är ny."),
    ("Utreda en ny gångväg", "TN", "Pågår", "Underlag samlas in."),
    ("Anställa en lots", "SN", "Ej påbörjad", "Tjänsten är inte utlyst."),
)
GREEN, YELLOW, RED = "00B050", "FFC000", "FF0000"


def saved(book: Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def built(fill: Callable[[Worksheet], None], title: str = "Blad1") -> Document:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    fill(sheet)
    return read_xlsx(saved(book))


def written(fill: Callable[[Any, Any], None]) -> Document:
    """A workbook by XlsxWriter: conditional formats, pictures, shapes."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        fill(book, book.add_worksheet("Blad1"))
    return read_xlsx(buffer.getvalue())


def put(sheet: Worksheet, rows: Sequence[Sequence[Any]], row: int = 1, column: int = 1, head: bool = False) -> None:
    for r, values in enumerate(rows, row):
        for c, value in enumerate(values, column):
            if value is not None:
                sheet.cell(r, c, value)
                if head and r == row:
                    sheet.cell(r, c).font = Font(bold=True)


def paint(sheet: Worksheet, reference: str, colour: str) -> None:
    sheet[reference].fill = PatternFill("solid", fgColor=colour)


def tables(document: Document) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in table.rows] for table in document.tables()]


def lines(document: Document) -> list[str]:
    return [block.text for _, block in document.blocks()]


def marks(document: Document) -> dict[str, tuple[tuple[str, str | None, str], ...]]:
    """The marks of all cells by the cells' names."""
    cells = [cell for table in document.tables() for row in table.rows for cell in row if cell.marks]
    return {
        cell.place.cell.partition("!")[2]: tuple((mark.source, mark.colour, mark.text) for mark in cell.marks)
        for cell in cells
        if cell.place and cell.place.cell
    }
