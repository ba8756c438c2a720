"""Status drawn with paths is seen in PDF files: gradients, rings, check marks, faces; letters and bullets are not."""

from collections.abc import Callable
from io import BytesIO

import pytest
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ljuskoll.nlp.document import Document
from ljuskoll.nlp.readers.pdf.read import read_pdf

GREEN, YELLOW, RED = HexColor("#00A651"), HexColor("#FFC000"), HexColor("#E2001A")
BLACK, WHITE = Color(0, 0, 0), Color(1, 1, 1)
BLUE = HexColor("#1F3A6E")
COLUMNS = [60, 200, 260, 520]
TOP, ROW = 780, 40
ROWS = [["Uppdrag", "Status", "Kommentar"], ["Bro", "", "Invigd"], ["Väg", "", "Sen"]]
X, Y = 230, TOP - 1.5 * ROW
"""The middle of the one cell that is drawn in."""


def read(*pages: Callable[[Canvas], None]) -> Document:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return read_pdf(buffer.getvalue())


def table(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 9)
    canvas.grid(COLUMNS, [TOP - ROW * number for number in range(len(ROWS) + 1)])
    for number, row in enumerate(ROWS):
        for column, text in enumerate(row):
            canvas.drawString(COLUMNS[column] + 4, TOP - ROW * number - 14, text)


def seen(draw: Callable[[Canvas], None]) -> list[tuple[str | None, str]]:
    """Colour and sign of the marks in the cell that is drawn in; no other cell may have any."""

    def page(canvas: Canvas) -> None:
        table(canvas)
        draw(canvas)

    (found,) = read(page).tables()
    marks = {(row, column): cell.marks for row, cells in enumerate(found.rows) for column, cell in enumerate(cells)}
    assert [place for place, some in marks.items() if some and place != (1, 1)] == []
    return [(mark.colour, mark.text) for mark in marks[1, 1]]


def gradient(colours: tuple[Color, Color], round_off: bool) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        path = canvas.beginPath()
        if round_off:
            path.circle(X, Y, 8)
        else:
            path.rect(X - 8, Y - 8, 16, 16)
        canvas.clipPath(path, stroke=0)
        canvas.linearGradient(X - 8, Y, X + 8, Y, colours)

    return draw


@pytest.mark.parametrize("round_off", [True, False])
@pytest.mark.parametrize(
    ("colours", "name"),
    [
        ((HexColor("#7FD17F"), HexColor("#006030")), "green"),
        ((HexColor("#FFE066"), HexColor("#F0A000")), "yellow"),
        ((HexColor("#FF6060"), HexColor("#A00000")), "red"),
    ],
)
def test_gradients_have_the_colour_that_is_painted(colours: tuple[Color, Color], name: str, round_off: bool) -> None:
    assert seen(gradient(colours, round_off)) == [(name, "")]


def lines(*points: tuple[float, float], width: float = 2, colour: Color = BLACK) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(width)
        path = canvas.beginPath()
        path.moveTo(X + points[0][0], Y + points[0][1])
        for x, y in points[1:]:
            path.lineTo(X + x, Y + y)
        canvas.drawPath(path, stroke=1, fill=0)

    return draw


def face(mouth: int, ground: Color | None, ink: Color = BLACK) -> Callable[[Canvas], None]:
    """A face that smiles (1), is neutral (0) or sad (-1)."""

    def draw(canvas: Canvas) -> None:
        canvas.setLineWidth(1.2)
        canvas.setStrokeColor(ink)
        canvas.setFillColor(ground or WHITE)
        canvas.circle(X, Y, 10, stroke=1, fill=1 if ground else 0)
        canvas.setFillColor(ink)
        for side in (-3.5, 3.5):
            canvas.circle(X + side, Y + 3, 1.3, stroke=0, fill=1)
        if mouth > 0:
            canvas.arc(X - 5, Y - 6, X + 5, Y + 2, 200, 140)
        elif mouth < 0:
            canvas.arc(X - 5, Y - 9, X + 5, Y - 1, 20, 140)
        else:
            canvas.line(X - 5, Y - 4, X + 5, Y - 4)

    return draw


CHECK = [(-6, 0), (-2, -5), (7, 6)]


def cross(canvas: Canvas) -> None:
    lines((-6, -6), (6, 6))(canvas)
    lines((-6, 6), (6, -6))(canvas)


def hairline_arrow(*strokes: tuple[float, float, float, float]) -> Callable[[Canvas], None]:
    """An arrow of which programs forgot the pen: paths without width, filled."""

    def draw(canvas: Canvas) -> None:
        for x0, y0, x1, y1 in strokes:
            path = canvas.beginPath()
            path.moveTo(X + x0, Y + y0)
            path.lineTo(X + x1, Y + y1)
            canvas.drawPath(path, stroke=0, fill=1)

    return draw


@pytest.mark.parametrize(
    ("draw", "mark"),
    [
        (hairline_arrow((-4, -4, 4, 4), (-1.5, 4, 4, 4), (4, 4, 4, -1.5)), (None, "↗")),
        (hairline_arrow((-4, 4, 4, -4), (-1.5, -4, 4, -4), (4, -4, 4, 1.5)), (None, "↘")),
        (hairline_arrow((-5, 0, 4, 0), (0.3, 3.7, 4, 0), (4, 0, 0.3, -3.7)), (None, "→")),
        (lines(*CHECK), (None, "✓")),
        (lines(*CHECK, colour=GREEN), ("green", "✓")),
        (cross, (None, "✗")),
        (face(1, None), (None, "🙂")),
        (face(-1, None), (None, "☹")),
        (face(0, None), (None, "😐")),
        (face(1, YELLOW), (None, "🙂")),
        (face(-1, YELLOW), (None, "☹")),
        (face(0, YELLOW), ("yellow", "😐")),
        (face(1, None, BLUE), (None, "🙂")),
        (face(-1, None, BLUE), (None, "☹")),
        (face(0, None, BLUE), (None, "😐")),
        (face(1, GREEN), ("green", "")),
        (face(-1, RED), ("red", "")),
    ],
)
def test_signs_of_paths(draw: Callable[[Canvas], None], mark: tuple[str | None, str]) -> None:
    assert seen(draw) == [mark]


def ring(canvas: Canvas) -> None:
    canvas.setStrokeColor(RED)
    canvas.setLineWidth(2)
    canvas.circle(X, Y, 6, stroke=1, fill=0)


def test_a_coloured_ring_is_a_mark() -> None:
    assert seen(ring) == [("red", "")]


def black_disc(canvas: Canvas) -> None:
    canvas.circle(X, Y, 5, stroke=0, fill=1)


def empty_box(canvas: Canvas) -> None:
    canvas.rect(X - 5, Y - 5, 10, 10, stroke=1, fill=0)


def white_box(canvas: Canvas) -> None:
    canvas.setFillColor(WHITE)
    canvas.rect(X - 5, Y - 5, 10, 10, stroke=1, fill=1)


def letters(canvas: Canvas) -> None:
    """A word drawn as paths: letters stand close together."""
    for place in range(4):
        path = canvas.beginPath()
        path.moveTo(X - 14 + 8 * place, Y + 4)
        path.lineTo(X - 11 + 8 * place, Y - 4)
        path.lineTo(X - 8 + 8 * place, Y + 4)
        canvas.drawPath(path, stroke=1, fill=0)


@pytest.mark.parametrize("draw", [black_disc, empty_box, white_box, letters])
def test_shapes_that_say_nothing(draw: Callable[[Canvas], None]) -> None:
    assert seen(draw) == []


def test_check_marks_as_bullets_are_no_marks() -> None:
    def page(canvas: Canvas) -> None:
        for number in range(4):
            canvas.saveState()
            canvas.translate(70 - X, 700 - 30 * number - Y)
            lines(*CHECK, width=1.5)(canvas)
            canvas.restoreState()
            canvas.drawString(90, 696 - 30 * number, f"Punkt {number} i en lista")

    assert [block.marks for _, block in read(page).blocks()] == [()] * 4
