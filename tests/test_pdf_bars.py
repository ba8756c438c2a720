"""A coloured bar to the left of a text marks it from its first line on, also where it is one side of a frame."""

from collections.abc import Sequence
from io import BytesIO

import pytest
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import FILL_EVEN_ODD, Canvas

from ljuskoll.nlp.document import BBox
from ljuskoll.nlp.readers.pdf.frames import frame_sides
from ljuskoll.nlp.readers.pdf.read import read_pdf

COLOURS = {"green": HexColor("#00A651"), "yellow": HexColor("#FFC000"), "red": HexColor("#E2001A")}
CARDS = (
    (60, "green", ["Bygg en brygga vid badplatsen", "Bryggan ligger på plats sedan i maj", "och har tagits emot väl."]),
    (60, "yellow", ["Märk upp stigarna i skogen", "Halva sträckan har fått nya skyltar", "och resten kan dröja."]),
    (320, "red", ["Öppna en fritidsbank", "Ingen lokal har gått att hitta trots", "att frågan gått till alla bolag."]),
    (320, "green", ["Skriv en plan för träden", "Planen är skriven och antagen av", "nämnden vid mötet i juni."]),
)


def frame(canvas: Canvas, box: BBox, colour: str, sides: Sequence[str]) -> None:
    """A border as programs draw it: two boxes within each other, and nothing shown but where its sides are."""
    x0, y0, x1, y1 = box
    canvas.saveState()
    clip = canvas.beginPath()
    clip.rect(x0, y0, 4 if sides == ["left"] else x1 - x0, y1 - y0)
    canvas.clipPath(clip, stroke=0, fill=0)
    canvas.setFillColor(COLOURS[colour])
    path = canvas.beginPath()
    path.rect(x0, y0, x1 - x0, y1 - y0)
    path.rect(x0 + 4, y0 + 1, x1 - x0 - 5, y1 - y0 - 2)
    canvas.drawPath(path, stroke=0, fill=1, fillMode=FILL_EVEN_ODD)
    canvas.restoreState()


def test_bars_in_two_columns_mark_the_first_line_of_their_texts() -> None:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    for number, (x, colour, lines) in enumerate(CARDS):
        top = 700 - 80 * (number % 2) - 7 * (x > 60)
        frame(canvas, (x, top - 44, x + 220, top), colour, ["left"])
        for place, line in enumerate(lines):
            canvas.setFont("Helvetica-Bold" if not place else "Helvetica", 10)
            canvas.drawString(x + 12, top - 11 - 14 * place, line)
    canvas.save()
    blocks = [block for _, block in read_pdf(buffer.getvalue()).blocks()]
    marked = {block.text: [mark.colour for mark in block.marks] for block in blocks if block.marks}
    assert marked == {lines[0]: [colour] for _, colour, lines in CARDS}


@pytest.mark.parametrize(
    ("boxes", "seen", "sides"),
    [
        ([(0, 0, 100, 50), (4, 1, 99, 49)], (0, 0, 4, 50), [(0, 0, 4, 50)]),
        (
            [(4, 1, 99, 49), (0, 0, 100, 50)],
            None,
            [(0, 0, 4, 50), (99, 0, 100, 50), (4, 0, 99, 1), (4, 49, 99, 50)],
        ),
        ([(4, 0, 100, 50), (0, 0, 100, 50)], None, [(0, 0, 4, 50)]),
        ([(0, 0, 10, 10), (20, 0, 30, 10)], None, []),
        ([(0, 0, 10, 10), (5, 5, 30, 30)], None, []),
        ([(0, 0, 10, 10)], None, []),
    ],
)
def test_the_sides_of_a_frame(boxes: list[BBox], seen: BBox | None, sides: list[BBox]) -> None:
    assert frame_sides(boxes, seen) == sides
