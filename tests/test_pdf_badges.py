"""Badges: words on coloured labels, and coloured bars that stand in a column of their own."""

from collections.abc import Callable
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ljuskoll.nlp.document import Block
from ljuskoll.nlp.readers.pdf.read import read_pdf

GREEN, RED = (0.1, 0.6, 0.2), (0.8, 0.1, 0.1)


def blocks(draw: Callable[[Canvas], None]) -> list[tuple[str, list[tuple[str | None, str]]]]:
    """Text, and colour and text of the marks, of each block of a page."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    draw(canvas)
    canvas.save()
    return [
        (item.text, [(mark.colour, mark.text) for mark in item.marks])
        for page in read_pdf(out.getvalue()).pages
        for item in page.items
        if isinstance(item, Block)
    ]


def label(canvas: Canvas, y: float, text: str, colour: tuple[float, float, float]) -> None:
    canvas.setFillColorRGB(*colour)
    canvas.roundRect(60, y - 4, 60, 15, 4, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.setFont("Helvetica", 8)
    canvas.drawCentredString(90, y, text)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.setFont("Helvetica-Bold", 11)


def test_a_word_on_a_label_is_the_status_of_the_title_beside_it() -> None:
    def draw(canvas: Canvas) -> None:
        for y, status, colour, title in (
            (700, "Klart", GREEN, "Måla bryggan"),
            (600, "Försenat", RED, "Byt pumpar"),
        ):
            label(canvas, y, status, colour)
            canvas.drawString(150, y, title)

    assert blocks(draw) == [("Måla bryggan", [("green", "Klart")]), ("Byt pumpar", [("red", "Försenat")])]


def test_figures_on_a_label_stay_text() -> None:
    def draw(canvas: Canvas) -> None:
        label(canvas, 700, "81 %", GREEN)
        canvas.drawString(150, 700, "Andel nöjda besökare")

    assert blocks(draw)[0][0] == "81 % Andel nöjda besökare"


def test_bars_below_each_other_are_marks_and_those_of_a_chart_are_not() -> None:
    def bars(canvas: Canvas, widths: tuple[float, ...], step: float) -> None:
        for number, width in enumerate(widths):
            y = 700 - step * number
            canvas.setFillColorRGB(*(GREEN if number else RED))
            canvas.rect(450, y, width, 12, stroke=0, fill=1)
            canvas.setFillColorRGB(0, 0, 0)
            canvas.drawString(60, y + 2, f"Rad nummer {'abc'[number]}")

    alike = blocks(lambda canvas: bars(canvas, (26, 26, 26), 60))
    assert [[colour for colour, _ in marks] for _, marks in alike] == [["red"], ["green"], ["green"]]
    assert all(not marks for _, marks in blocks(lambda canvas: bars(canvas, (26, 40, 33), 60)))
    assert all(not marks for _, marks in blocks(lambda canvas: bars(canvas, (26, 26, 26), 20)))


PALE, GREY = (0.84, 0.93, 0.85), (0.89, 0.89, 0.89)


def test_wide_labels_beside_running_text_leave_its_lines_whole() -> None:
    def draw(canvas: Canvas) -> None:
        for y, status, colour in ((700, "Helt i mål", PALE), (600, "Kan inte bedömas", GREY)):
            canvas.setFillColorRGB(*colour)
            canvas.rect(390, y - 8, 140, 24, stroke=0, fill=1)
            canvas.setFillColorRGB(0, 0, 0)
            canvas.setFont("Helvetica", 10)
            canvas.drawString(400, y, status)
            canvas.drawString(60, y, "Bryggan vid Norra udden målades under våren och är")
            canvas.drawString(
                60, y - 13, "nu öppen för alla som vill bada eller lägga till med båt vid kajens södra ände, också"
            )
            canvas.drawString(60, y - 26, "om kvällarna.")

    text = "Bryggan vid Norra udden målades under våren och är nu öppen för alla som vill bada"
    found = blocks(draw)
    assert [marks for _, marks in found] == [[("green", "Helt i mål")], [("grey", "Kan inte bedömas")]]
    assert all(read.startswith(text) and read.endswith("om kvällarna.") for read, _ in found)


def test_grey_boxes_alone_are_no_labels() -> None:
    def draw(canvas: Canvas) -> None:
        label(canvas, 700, "Nyhet", GREY)
        canvas.drawString(150, 700, "Måla bryggan")

    assert blocks(draw) == [("Nyhet Måla bryggan", [])]
