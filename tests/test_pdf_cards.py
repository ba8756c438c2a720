"""Cards side by side: each is read from its title to its end."""

from io import BytesIO

import pytest
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from ljuskoll.nlp.document import Block
from ljuskoll.nlp.extract import extract
from ljuskoll.nlp.readers import read_document
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary

CARDS = [
    ("Rusta upp den gamla", "badplatsen", "Status: Grön", "Bryggan är lagad."),
    ("Bygga om kurvan", "vid kvarnen", "Status: Röd", "Marken är inte inlöst."),
    ("Måla", "tunneln", "Status: Gul", "Halva väggen är klar."),
    ("Byta belysning", "i parken", "Status: Grön", "Alla stolpar lyser."),
]


def slide(*, framed: bool = True, bold: bool = True, shift: float = 0.0, note: str = "") -> bytes:
    """Four cards in two rows of two, with a heading above and a note below."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=landscape(A4), invariant=1)
    canvas.setFont("Helvetica-Bold", 20)
    canvas.drawString(50, 550, "Uppföljning av uppdrag 2023")
    for number, lines in enumerate(CARDS):
        x, top = 50 + 390 * (number % 2), 520 - 230 * (number // 2)
        if framed:
            canvas.roundRect(x, top - 200, 350, 200, 6, stroke=1, fill=0)
        for place, line in enumerate(lines):
            is_title = place < 2
            canvas.setFont("Helvetica-Bold" if is_title and bold else "Helvetica", 14 if is_title and bold else 11)
            canvas.drawString(x + 15 - shift, top - 30 - 22 * place, line)
    canvas.setFont("Helvetica", 9)
    canvas.drawString(50, 40, note)
    canvas.save()
    return buffer.getvalue()


def texts(data: bytes) -> list[str]:
    return [item.text for _, item in read_document("bild.pdf", data).items() if isinstance(item, Block)]


def test_each_card_is_read_whole_row_by_row() -> None:
    found = extract("bild.pdf", slide(), Vocabulary()).followups
    assert [(one.assignment, one.declared and one.declared.colour, one.comment) for one in found] == [
        ("Rusta upp den gamla badplatsen", "green", "Bryggan är lagad."),
        ("Bygga om kurvan vid kvarnen", "red", "Marken är inte inlöst."),
        ("Måla tunneln", "yellow", "Halva väggen är klar."),
        ("Byta belysning i parken", "green", "Alla stolpar lyser."),
    ]


def test_what_stands_above_and_below_keeps_its_place() -> None:
    found = texts(slide(note="Underlag till nämnden"))
    assert found[0] == "Uppföljning av uppdrag 2023"
    assert found[-1] == "Underlag till nämnden"


@pytest.mark.parametrize(
    "data", [slide(framed=False), slide(bold=False), slide(shift=60)], ids=["no frames", "no titles", "over the frame"]
)
def test_other_texts_beside_each_other_are_no_cards(data: bytes) -> None:
    assert "Rusta upp den gamla badplatsen" not in texts(data)
