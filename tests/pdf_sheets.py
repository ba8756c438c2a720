"""PDF pages drawn by a test, and what is read of them."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ljuskoll.nlp.document import Block, Document, Mark, Table
from ljuskoll.nlp.readers.pdf.read import read_pdf

GREEN, RED = HexColor("#00A651"), HexColor("#E2001A")
COLUMNS = [60, 200, 260, 520]
TOP, ROW = 780, 40


class Sheet(Canvas):  # type: ignore[misc]
    """A canvas that is measured from the top."""

    def __init__(self, buffer: BytesIO, **options: Any) -> None:
        super().__init__(buffer, pagesize=A4, invariant=1, **options)

    def text(self, x: float, y: float, text: str, font: str = "Helvetica", size: float = 10) -> None:
        self.setFont(font, size)
        self.setFillColor(Color(0, 0, 0))
        self.drawString(x, y, text)

    def lines(self, x: float, y: float, lines: Sequence[str], size: float = 10) -> None:
        for number, line in enumerate(lines):
            self.text(x, y - 1.3 * size * number, line, size=size)

    def table(self, rows: Sequence[Sequence[str]], x: Sequence[float] = COLUMNS, upright: bool = True) -> None:
        bottom = TOP - ROW * len(rows)
        for number in range(len(rows) + 1):
            self.line(x[0], TOP - ROW * number, x[-1], TOP - ROW * number)
        for side in x if upright else ():
            self.line(side, TOP, side, bottom)
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                self.lines(x[column] + 4, TOP - ROW * number - 14, text.split("\n"), size=9)


def pdf(*pages: Callable[[Sheet], None], **options: Any) -> bytes:
    buffer = BytesIO()
    sheet = Sheet(buffer, **options)
    for page in pages:
        page(sheet)
        sheet.showPage()
    sheet.save()
    return buffer.getvalue()


def read(*pages: Callable[[Sheet], None]) -> Document:
    return read_pdf(pdf(*pages))


def blocks(document: Document) -> list[Block]:
    return [block for _, block in document.blocks()]


def texts(document: Document) -> list[str]:
    return [block.text for block in blocks(document)]


def cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def only_table(document: Document) -> Table:
    (table,) = document.tables()
    return table


def seen(marks: Sequence[Mark]) -> list[tuple[str, str | None]]:
    return [(mark.source, mark.colour) for mark in marks]


LONG = "Nämnden har under året arbetat med att förbättra sina rutiner"
