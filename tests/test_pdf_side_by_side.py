"""What stands side by side: cells of a table that goes on overleaf, boxes in two columns, a tag with a light."""

from collections.abc import Sequence
from io import BytesIO
from typing import TypeAlias

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ljuskoll.nlp.document import Block, Table
from ljuskoll.nlp.extract import extract
from ljuskoll.nlp.followup import FollowUp
from ljuskoll.nlp.readers import read_document
from ljuskoll.nlp.readers.pdf.text_columns import text_columns
from ljuskoll.nlp.readers.raw.lines import Line, Word, make_lines
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary

COLOURS = {"green": (0.2, 0.6, 0.25), "yellow": (0.95, 0.75, 0.05), "red": (0.8, 0.1, 0.15)}

Row: TypeAlias = tuple[Sequence[str], str, Sequence[str]]
"""The lines of an assignment, its colour, and the lines of its comment."""

ROWS: list[Row] = [
    (("Bygga en brygga vid", "badplatsen"), "green", ("Bryggan invigdes i juni och", "används flitigt.")),
    (("Se över avtalen för", "skolskjutsar"), "red", ("Arbetet har inte kommit i gång", "för att handläggare saknas.")),
    (
        ("Rusta upp lekplatsen", "vid kvarnen"),
        "yellow",
        ("Gungorna är bytta men staketet", "hinner inte bli klart i år."),
    ),
]


def page_text(canvas: Canvas, x: float, y: float, text: str, size: float = 9, bold: bool = False) -> None:
    canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
    canvas.drawString(x, y, text)


def dot(canvas: Canvas, x: float, y: float, colour: str) -> None:
    canvas.setFillColorRGB(*COLOURS[colour])
    canvas.circle(x, y, 5, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)


def painted_headings(canvas: Canvas, y: float) -> None:
    """A row of headings on cells painted one by one, as web pages and reporting systems print them."""
    for x, width, text in ((60, 170, "Uppdrag"), (230, 45, "Status"), (275, 260, "Kommentar")):
        canvas.setFillColorRGB(0.12, 0.31, 0.42)
        canvas.rect(x, y - 5, width, 18, stroke=0, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        page_text(canvas, x + 5, y, text, bold=True)
    canvas.setFillColorRGB(0, 0, 0)


def rows_below(canvas: Canvas, y: float, rows: Sequence[Row]) -> float:
    """Rows parted by rules across; the height below them."""
    for title, colour, comment in rows:
        for x, lines in ((65, title), (280, comment)):
            for number, line in enumerate(lines):
                page_text(canvas, x, y - 13 * number, line)
        dot(canvas, 250, y + 3, colour)
        canvas.line(60, y - 20, 535, y - 20)
        y -= 34
    return y


def broken_table(above: int, below: int) -> bytes:
    """A table whose rows go on overleaf, `above` of them before that and `below` after, and running text at its end."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    page_text(canvas, 60, 780, "Uppföljning av uppdrag 2023", 18, bold=True)
    top = 110 + 34 * above
    page_text(
        canvas, 60, top + 60, "Nämnden följer varje år upp vad som har hänt med uppdragen och vad som är kvar att göra."
    )
    painted_headings(canvas, top)
    rows_below(canvas, top - 22, ROWS[:above])
    canvas.showPage()
    end = rows_below(canvas, 770, ROWS[above : above + below])
    page_text(canvas, 60, end - 25, "Ekonomi", 18, bold=True)
    page_text(
        canvas, 60, end - 50, "Nämnden håller sin budget, men kostnaderna för sjukfrånvaron är högre än året före."
    )
    canvas.save()
    return buffer.getvalue()


def found(data: bytes) -> list[tuple[str, str | None, str]]:
    """Title, colour and comment of each follow-up."""
    made: Sequence[FollowUp] = extract("rapport.pdf", data, Vocabulary()).followups
    return [
        (one.assignment, one.declared.colour if one.declared else None, " ".join(one.comment.split())) for one in made
    ]


def expected(rows: Sequence[Row]) -> list[tuple[str, str, str]]:
    return [(" ".join(title), colour, " ".join(comment)) for title, colour, comment in rows]


@pytest.mark.parametrize(("above", "below"), [(0, 2), (0, 3), (1, 2), (2, 1), (0, 1)])
def test_rows_below_painted_headings_go_on_overleaf(above: int, below: int) -> None:
    assert found(broken_table(above, below)) == expected(ROWS[: above + below])


def letter(*, with_light: bool) -> bytes:
    """Headings of a table at the foot of a page, and overleaf one line in the places of its columns, then a letter."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    page_text(canvas, 60, 780, "Uppföljning av uppdrag 2023", 18, bold=True)
    painted_headings(canvas, 110)
    canvas.showPage()
    if with_light:
        rows_below(canvas, 770, [(("Bygga en brygga",), "green", ("Bryggan invigdes i juni.",))])
    else:
        for x, text in ((65, "Ekhamra kommun"), (235, "2024-01-15"), (280, "Diarienummer 12")):
            page_text(canvas, x, 770, text)
    page_text(canvas, 60, 700, "Nämnden håller sin budget, men kostnaderna för sjukfrånvaron är högre än året före.")
    page_text(canvas, 60, 687, "Därför har nämnden beslutat att se över schemana till hösten.")
    canvas.save()
    return buffer.getvalue()


def overleaf(data: bytes) -> list[Table]:
    return [
        item for page in read_document("rapport.pdf", data).pages[1:] for item in page.items if isinstance(item, Table)
    ]


def test_one_line_overleaf_is_a_row_where_it_has_a_light() -> None:
    assert found(letter(with_light=True)) == [("Bygga en brygga", "green", "Bryggan invigdes i juni.")]
    assert overleaf(letter(with_light=False)) == []


GOALS = [
    (
        "Fler bor i kommunen",
        "Uppfyllt",
        "green",
        "Under året flyttade nittio personer hit",
        "och två kvarter med hyresrätter blev klara.",
    ),
    (
        "Trygg vård nära hemmet",
        "Delvis uppfyllt",
        "yellow",
        "De som har hemtjänst är nöjda men kön",
        "till boendena har vuxit sedan våren.",
    ),
]
FIGURES = [("Nya bostäder", "60", "74"), ("Nöjda kunder, procent", "80", "71")]


def goal_boxes(canvas: Canvas, x: float, y: float, number: int, headings: Sequence[str]) -> None:
    """A goal with its status, comment, and a box with figures below, all in one column."""
    title, word, colour, *comment = GOALS[number]
    page_text(canvas, x, y, title, 13, bold=True)
    dot(canvas, x + 5, y - 18, colour)
    page_text(canvas, x + 14, y - 21, word, 9.5, bold=True)
    for place, line in enumerate(comment):
        page_text(canvas, x, y - 40 - 13 * place, line, 9.5)
    canvas.setFillColorRGB(0.9, 0.94, 0.95)
    canvas.roundRect(x, y - 125, 235, 58, 6, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    for at, text in zip((9, 160, 190), headings, strict=True):
        page_text(canvas, x + at, y - 82, text, 8, bold=True)
    for line, figures in enumerate(FIGURES):
        for at, text in zip((9, 160, 190), figures, strict=True):
            page_text(canvas, x + at, y - 98 - 15 * line, text, 8)
        dot(canvas, x + 222, y - 96 - 15 * line, "green" if line == number else "red")


def two_columns(shift: float) -> bytes:
    """A page of goals in two columns, the right one `shift` points lower; lights in words stand beside each other."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    page_text(canvas, 50, 760, "Uppföljning av mål 2023", 26, bold=True)
    for row in range(2):
        for number in range(2):
            goal_boxes(
                canvas, 50 + 258 * number, 700 - 200 * row - shift * number, number, ("Nyckeltal", "Mål", "Utfall")
            )
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize("shift", [0.0, 5.0, 14.0])
def test_goals_in_two_columns_are_read_one_by_one(shift: float) -> None:
    blocks = [item for _, item in read_document("rapport.pdf", two_columns(shift)).items()]
    texts = [item.text for item in blocks if isinstance(item, Block)]
    for title, word, _, *comment in GOALS:
        assert [texts.count(text) for text in (title, word, " ".join(comment))] == [2, 2, 2]
    assert [len(item.rows) for item in blocks if isinstance(item, Table)] == [3, 3, 3, 3]


TEXT = ("en rad text som löper på i vänster spalt", "en rad text som löper på i höger spalt")
FIGURE = ("", "Nya bostäder", "60", "74")


def lines(*rows: tuple[str, ...]) -> list[Line]:
    """Lines of two columns, the right one of up to three cells; short words are bold."""
    places = ((50.0, 5.0), (300.0, 5.0), (440.0, 5.0), (490.0, 5.0))
    return make_lines(
        [
            Word(text, (x, 100.0 + 13 * number, x + letter * len(text), 110.0 + 13 * number), 10.0, len(text) < 16)
            for number, row in enumerate(rows)
            for (x, letter), text in zip(places, row, strict=False)
            if text
        ]
    )


def test_lights_in_words_beside_each_other_are_no_headings_of_one_table() -> None:
    page = lines(("Uppfyllt", "Delvis uppfyllt"), *[TEXT] * 7, (TEXT[0], "Nyckeltal", "Mål", "Utfall"), *[FIGURE] * 2)
    assert len(text_columns(page)) == 2


@pytest.mark.parametrize("heads", [("Uppdrag", "Status"), ("Uppdrag", "Uppfyllt"), ("Mål", "Kommentar")])
def test_headings_of_one_table_over_the_gutter_leave_the_page_whole(heads: tuple[str, str]) -> None:
    assert text_columns(lines(heads, *[TEXT] * 7, (TEXT[0], "Nyckeltal", "Mål", "Utfall"), *[FIGURE] * 2)) == []


def test_rules_over_the_gutter_leave_the_page_whole() -> None:
    page = lines(*[TEXT] * 7, (TEXT[0], "Nyckeltal", "Mål", "Utfall"), *[FIGURE] * 2)
    inside = [(100.0 + 13 * row - 1, 300.0, 530.0) for row in (7, 8, 9)]
    across = [(100.0 + 13 * row - 1, 50.0, 530.0) for row in (3, 5, 7)]
    assert len(text_columns(page, inside)) == 2
    assert text_columns(page, across) == []


def cards(tag: str, words: dict[str, str]) -> bytes:
    """Cards below each other: a tag, a dot and its word in one line, then title and comment; board above them all."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    page_text(canvas, 50, 760, "Uppföljning augusti 2023", 20, bold=True)
    for number, (title, colour, comment) in enumerate(ROWS):
        y = 700 - 90 * number
        canvas.setFillColorRGB(*COLOURS[colour])
        canvas.rect(50, y - 60, 5, 75, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        page_text(canvas, 65, y, tag, 8)
        dot(canvas, 130, y + 3, colour)
        page_text(canvas, 140, y, words[colour], 8.5, bold=True)
        page_text(canvas, 62, y - 20, " ".join(title), 11.5, bold=True)
        page_text(canvas, 62, y - 37, " ".join(comment), 10.5)
    canvas.save()
    return buffer.getvalue()


SAID = {"green": "Nås", "yellow": "Osäkert", "red": "Nås inte"}


@pytest.mark.parametrize(
    ("tag", "kind"), [("Indikator", "indicator"), ("Aktivitet", "activity"), ("Uppdrag", "assignment")]
)
def test_a_tag_beside_a_light_is_the_kind_of_the_title_below(tag: str, kind: str) -> None:
    data = cards(tag, SAID)
    assert found(data) == expected(ROWS)
    made = extract("rapport.pdf", data, Vocabulary()).followups
    assert {one.kind for one in made} == {kind}
    assert [one.declared.as_written for one in made if one.declared] == [SAID[colour] for _, colour, _ in ROWS]


def test_a_title_that_begins_like_a_tag_stays_a_title() -> None:
    titles = {"green": "för besök", "red": "för bygglov", "yellow": "för väntetid"}
    assert [title for title, _, _ in found(cards("Indikator", titles))] == [
        f"Indikator {words}" for words in titles.values()
    ]
