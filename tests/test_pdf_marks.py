"""Drawn status is seen in PDF files: shapes, pictures, fills, bars and coloured signs; ornaments are not."""

from collections.abc import Callable, Sequence
from io import BytesIO

import pytest
from PIL import Image
from reportlab.lib.colors import CMYKColor, CMYKColorSep, Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ljuskoll.nlp.document import Document, MarkColour
from ljuskoll.nlp.readers.colours import colour_name, paint_rgb
from ljuskoll.nlp.readers.pdf.read import read_pdf
from ljuskoll.nlp.readers.symbols import emoji
from pdf_sheets import blocks, cells, only_table, seen

GREEN, YELLOW, RED, BLUE = HexColor("#00A651"), HexColor("#FFC000"), HexColor("#E2001A"), HexColor("#1F5FBF")
COLUMNS = [60, 200, 260, 520]
TOP, ROW = 780, 40


class Sheet(Canvas):  # type: ignore[misc]
    """A page with a ruled table and drawings."""

    def text(self, x: float, y: float, text: str) -> None:
        self.setFont("Helvetica", 9)
        self.setFillColor(Color(0, 0, 0))
        self.drawString(x, y, text)

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        for number in range(len(rows) + 1):
            self.line(COLUMNS[0], TOP - ROW * number, COLUMNS[-1], TOP - ROW * number)
        for side in COLUMNS:
            self.line(side, TOP, side, TOP - ROW * len(rows))
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                self.text(COLUMNS[column] + 4, TOP - ROW * number - 14, text)

    def cell(self, row: int, column: int, colour: Color) -> None:
        self.setFillColor(colour)
        width = COLUMNS[column + 1] - COLUMNS[column]
        self.rect(COLUMNS[column], TOP - ROW * (row + 1), width, ROW, stroke=0, fill=1)

    def dot(self, x: float, y: float, colour: Color) -> None:
        self.setFillColor(colour)
        self.circle(x, y, 5, stroke=0, fill=1)


def read(draw: Callable[[Sheet], None]) -> Document:
    buffer = BytesIO()
    sheet = Sheet(buffer, pagesize=A4, invariant=1)
    draw(sheet)
    sheet.showPage()
    sheet.save()
    return read_pdf(buffer.getvalue())


HEADER = ["Uppdrag", "Status", "Kommentar"]


def status_cell(draw: Callable[[Sheet], None], after: bool = True) -> list[tuple[str, str | None]]:
    def page(sheet: Sheet) -> None:
        if not after:
            draw(sheet)
        sheet.table([HEADER, ["Bro", "", "Invigd"], ["Väg", "", "Sen"]])
        if after:
            draw(sheet)

    table = only_table(read(page))
    assert not any(cell.marks for row in table.rows for column, cell in enumerate(row) if column != 1)
    assert not table.rows[0][1].marks and not table.rows[2][1].marks
    return seen(table.rows[1][1].marks)


STATUS_X, STATUS_Y = 230, TOP - 1.5 * ROW


def picture(colour: tuple[int, int, int], mode: str = "RGB") -> ImageReader:
    image = Image.new("RGBA", (16, 16), (255, 255, 255, 0))
    image.paste((*colour, 255), (3, 3, 13, 13))
    buffer = BytesIO()
    image.convert(mode).save(buffer, "PNG")
    buffer.seek(0)
    return ImageReader(buffer)


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        (GREEN, "green"), (HexColor("#92D050"), "green"), (CMYKColor(0.8, 0, 1, 0), "green"),
        (YELLOW, "yellow"), (HexColor("#FFFF00"), "yellow"), (HexColor("#F7941D"), "yellow"),
        (CMYKColor(0, 0.2, 1, 0), "yellow"),
        (RED, "red"), (HexColor("#FF0000"), "red"), (HexColor("#C00000"), "red"), (CMYKColor(0, 1, 1, 0), "red"),
        (CMYKColorSep(0, 1, 1, 0, spotName="Falurod"), "red"), (BLUE, "blue"), (HexColor("#999999"), "grey"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("shape", ["circle", "square"])
def test_small_shapes_are_marks_of_their_colour(colour: Color, name: str, shape: str) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.setFillColor(colour)
        if shape == "circle":
            sheet.circle(STATUS_X, STATUS_Y, 6, stroke=0, fill=1)
        else:
            sheet.rect(STATUS_X, STATUS_Y, 10, 10, stroke=1, fill=1)

    assert status_cell(draw) == [("fill", name)]


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
@pytest.mark.parametrize(
    ("colour", "name"), [((0, 166, 81), "green"), ((255, 192, 0), "yellow"), ((226, 0, 26), "red")]
)
def test_small_pictures_are_icons(colour: tuple[int, int, int], name: str, mode: str) -> None:
    assert status_cell(lambda s: s.drawImage(picture(colour, mode), STATUS_X, STATUS_Y, 12, 12, mask="auto")) == [
        ("icon", name)
    ]


@pytest.mark.parametrize("colour", [GREEN, HexColor("#C6EFCE")])
def test_a_filled_cell_is_a_mark(colour: Color) -> None:
    assert status_cell(lambda sheet: sheet.cell(1, 1, colour), after=False) == [("fill", "green")]


def test_a_coloured_sign_is_a_symbol_and_stays_text() -> None:
    def page(sheet: Sheet) -> None:
        sheet.table([HEADER, ["Bro", "", "Invigd"], ["Väg", "", "Sen"]])
        for row, colour in ((1, GREEN), (2, RED)):
            sheet.setFont("ZapfDingbats", 12)
            sheet.setFillColor(colour)
            sheet.drawString(STATUS_X, TOP - (row + 0.6) * ROW, "●")

    table = only_table(read(page))
    assert [seen(row[1].marks) for row in table.rows] == [[], [("symbol", "green")], [("symbol", "red")]]
    assert [row[1].text for row in table.rows[1:]] == ["●", "●"]


@pytest.mark.parametrize("gap", [0, 4])
def test_a_coloured_bar_at_the_left_of_a_row(gap: float) -> None:
    def page(sheet: Sheet) -> None:
        sheet.table([HEADER, ["Bro", "Klar", "Invigd"], ["Väg", "Sen", "Byggs"]])
        for row, colour in ((1, GREEN), (2, RED)):
            sheet.setFillColor(colour)
            sheet.rect(COLUMNS[0] - gap - (4 if gap else 0), TOP - ROW * (row + 1), 4, ROW, stroke=0, fill=1)

    table = only_table(read(page))
    assert cells(table)[1] == ["Bro", "Klar", "Invigd"]
    assert [seen(row[0].marks) for row in table.rows] == [[], [("fill", "green")], [("fill", "red")]]


def test_header_zebra_and_design_fills_are_no_marks() -> None:
    def page(sheet: Sheet) -> None:
        for column in range(3):
            sheet.cell(0, column, BLUE)
            sheet.cell(2, column, HexColor("#E2EFDA"))
        sheet.table([HEADER, ["Bro", "Klar", "Invigd"], ["Väg", "Sen", "Byggs"]])

    assert not any(cell.marks for row in only_table(read(page)).rows for cell in row)


def test_a_shape_outside_tables_belongs_to_the_text_at_its_height() -> None:
    def page(sheet: Sheet) -> None:
        for number, colour in enumerate((GREEN, YELLOW, RED)):
            sheet.dot(500, 703 - 40 * number, colour)
            sheet.text(60, 700 - 40 * number, f"Uppdrag nummer {number}")
        sheet.dot(60, 300, GREEN)

    document = read(page)
    assert [(block.text, seen(block.marks)) for block in blocks(document)] == [
        ("Uppdrag nummer 0", [("fill", "green")]),
        ("Uppdrag nummer 1", [("fill", "yellow")]),
        ("Uppdrag nummer 2", [("fill", "red")]),
        ("", [("fill", "green")]),
    ]


def test_large_areas_bullets_and_black_shapes_are_no_marks() -> None:
    def page(sheet: Sheet) -> None:
        sheet.setFillColor(GREEN)
        sheet.rect(0, 0, 595, 100, stroke=0, fill=1)
        sheet.dot(300, 400, Color(0, 0, 0))
        for number in range(4):
            sheet.setFont("ZapfDingbats", 8)
            sheet.setFillColor(GREEN)
            sheet.drawString(60, 700 - 30 * number, "■")
            sheet.text(80, 700 - 30 * number, f"Punkt {number} i en lista")

    assert [block.marks for block in blocks(read(page))] == [()] * 4


@pytest.mark.parametrize("paint", [None, "P1", (), ("P1",), (0.5, 0.5), (None, None, None)])
def test_unknown_paint_has_no_colour(paint: object) -> None:
    assert colour_name(paint_rgb(paint)) is None


@pytest.mark.parametrize(
    ("rgb", "colour"),
    [
        ((226, 239, 217), "green"), ((242, 220, 219), "red"), ((248, 203, 173), "red"), ((255, 242, 204), "yellow"),
        ((255, 253, 240), None), ((217, 226, 236), None), ((242, 242, 242), None), ((237, 125, 49), "yellow"),
    ],
)  # fmt: skip
def test_the_lightest_tints_of_offices_are_seen_and_paper_is_not(rgb: tuple[int, int, int], colour: str | None) -> None:
    assert colour_name(rgb) == colour


@pytest.mark.parametrize(
    ("colour", "sign", "text"),
    [
        ("green", "●", "🟢"),
        ("green", "✓", "✅"),
        ("red", "✗", "❌"),
        (None, "🙂", "🙂"),
        ("blue", "↑", "⬆"),
        (None, "", ""),
    ],
)
def test_emoji_by_colour_and_shape(colour: MarkColour | None, sign: str, text: str) -> None:
    assert emoji(colour, sign) == text
