"""Registers with progress bars, and slides with cards that have a traffic light or a coloured top edge each."""

from collections.abc import Callable, Sequence
from io import BytesIO

import pytest
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from ljuskoll.nlp.extract import extract
from ljuskoll.nlp.vocabulary.periods import find_periods
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary

COLOURS = {
    "green": HexColor("#2E9E4F"),
    "yellow": HexColor("#E9B000"),
    "red": HexColor("#C0392B"),
    "blue": HexColor("#1F4E9F"),
}
GREY, PAPER = HexColor("#E0E0E0"), HexColor("#F4F4F1")
ROWS = (
    ("Bygg en bro vid ån", "green", 100, ("Bron invigdes i maj och", "används av många.")),
    ("Rusta upp torget", "red", 20, ("Upphandlingen fick göras om", "och ingen sten är lagd.")),
    ("Ordna en marknad", "yellow", 60, ("Torget är bokat, men inte", "scenen vid kyrkan.")),
)
READ = [(title, colour, " ".join(lines)) for title, colour, _, lines in ROWS]


def read(size: tuple[float, float], draw: Callable[[Canvas], None]) -> list[tuple[str, str | None, str]]:
    out = BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1)
    canvas.setFont("Helvetica-Bold", 20)
    canvas.drawString(50, size[1] - 50, "Uppföljning av uppdrag per 31 augusti 2031")
    draw(canvas)
    canvas.save()
    found = extract("a.pdf", out.getvalue(), Vocabulary()).followups
    return [
        (one.assignment, one.declared.colour if one.declared else None, " ".join(one.comment.split())) for one in found
    ]


def register(canvas: Canvas, colours: Sequence[str]) -> None:
    for number, ((title, _, done, lines), colour) in enumerate(zip(ROWS, colours, strict=True)):
        y = 680 - 110 * number
        canvas.setFillColor(GREY)
        canvas.rect(50, y - 25, 90, 9, stroke=0, fill=1)
        canvas.setFillColor(COLOURS[colour])
        canvas.rect(50, y - 25, 90 * done / 100, 9, stroke=0, fill=1)
        canvas.setFillColor(HexColor("#000000"))
        canvas.setFont("Helvetica-Bold", 12)
        canvas.drawString(50, y, f"{done} %")
        canvas.drawString(170, y, title)
        canvas.setFont("Helvetica", 8)
        canvas.drawString(170, y - 12, f"Nr 2031-{number + 1:02}")
        canvas.setFont("Helvetica", 10)
        for line, text in enumerate(lines):
            canvas.drawString(170, y - 28 - 13 * line, text)


def test_a_bar_with_its_percentage_is_the_light_of_the_title_beside_it() -> None:
    assert read((595, 842), lambda canvas: register(canvas, ["green", "red", "yellow"])) == READ


@pytest.mark.parametrize("colour", ["green", "blue"])
def test_bars_of_one_colour_show_no_light(colour: str) -> None:
    found = read((595, 842), lambda canvas: register(canvas, [colour] * 3))
    assert all(light is None for _, light, _ in found)


def cards(canvas: Canvas, shown: Callable[[Canvas, float, str], None], words: bool) -> None:
    for number, (title, colour, _, lines) in enumerate(ROWS):
        x = 50 + 290 * number
        canvas.setFillColor(PAPER)
        canvas.rect(x, 90, 265, 320, stroke=0, fill=1)
        shown(canvas, x, colour)
        canvas.setFillColor(HexColor("#000000"))
        canvas.setFont("Helvetica-Bold", 16)
        canvas.drawString(x + 50, 365, title)
        canvas.setFont("Helvetica", 13)
        below = [{"green": "I medvind", "red": "I stiltje", "yellow": "I medvind"}[colour]] if words else []
        for line, text in enumerate((*below, *lines)):
            canvas.drawString(x + 50, 335 - 22 * line, text)


def lamps(canvas: Canvas, x: float, colour: str) -> None:
    for number, lit in enumerate(("red", "yellow", "green")):
        canvas.setFillColor(COLOURS[lit] if lit == colour else HexColor("#777777"))
        canvas.circle(x + 25, 375 - 22 * number, 9, stroke=0, fill=1)


def top_edge(canvas: Canvas, x: float, colour: str) -> None:
    canvas.setFillColor(COLOURS[colour])
    canvas.rect(x, 400, 265, 10, stroke=0, fill=1)


@pytest.mark.parametrize("shown", [lamps, top_edge])
def test_cards_with_a_light_each(shown: Callable[[Canvas, float, str], None]) -> None:
    assert read((958, 540), lambda canvas: cards(canvas, shown, words=False)) == READ


WORDS = {"green": "I medvind", "red": "I stiltje", "yellow": "I sidvind"}


def test_words_that_say_no_more_than_the_light_are_no_comment() -> None:
    def draw(canvas: Canvas) -> None:
        rows = [*ROWS, ("Skriv en trädplan", "green", 0, ("Planen är antagen", "av nämnden i juni."))]
        for number, (title, colour, _, lines) in enumerate(rows):
            y = 430 - 105 * number
            canvas.setFillColor(COLOURS[colour])
            canvas.circle(60, y + 4, 6, stroke=0, fill=1)
            canvas.setFillColor(HexColor("#000000"))
            canvas.setFont("Helvetica-Bold", 13)
            canvas.drawString(80, y, title)
            canvas.setFont("Helvetica-Oblique", 10)
            canvas.drawString(80, y - 22, WORDS[colour])
            canvas.setFont("Helvetica", 10)
            for line, text in enumerate(lines):
                canvas.drawString(80, y - 46 - 13 * line, text)

    assert read((595, 540), draw) == [*READ, ("Skriv en trädplan", "green", "Planen är antagen av nämnden i juni.")]


def test_words_that_stand_beside_several_colours_stay_in_the_comments() -> None:
    found = read((958, 540), lambda canvas: cards(canvas, lamps, words=True))
    assert [comment.split(" ")[0] for _, _, comment in found] == ["I", "I", "I"]


@pytest.mark.parametrize(
    ("text", "named"), [("Nr 2022-04", False), ("Läget 2022-04", True), ("Uppdrag 2022-04 avslutas", False)]
)
def test_a_running_number_is_no_month(text: str, named: bool) -> None:
    assert any(one.as_of for one in find_periods(text)) == named
