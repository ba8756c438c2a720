"""Titles in bold that run on into their comments, in Word files, web pages and PDFs."""

from dataclasses import replace

import pytest

from ljuskoll.nlp.document import Block, Item, Lead, Mark, Place
from ljuskoll.nlp.extract import extract
from ljuskoll.nlp.layouts.labels import read_label
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary
from pdf_sheets import Sheet, blocks
from pdf_sheets import read as read_sheets
from table_texts import colour, read


def run_in(title: str, comment: str, *marks: Mark) -> Block:
    return Block(f"{title} {comment}", (Place(1),), marks=marks, lead=Lead(len(title), 3))


def lit(colour: str) -> Mark:
    return Mark("fill", colour)  # type: ignore[arg-type]


FIRST = run_in("Bygg en brygga.", "Bryggan ligger på plats. Den invigdes i maj.", lit("green"))
SECOND = run_in("Starta en lovskola i alla tätorter:", "Lokaler saknas i Norrby.", lit("red"))


def found(*items: Item) -> list[tuple[str, str | None, str]]:
    followups = read(*items, heading="Uppföljning av uppdrag T2 2023").followups
    return [(one.assignment, colour(one), one.comment) for one in followups]


def test_bold_beginnings_are_titles_where_the_texts_have_lights() -> None:
    assert found(FIRST, SECOND) == [
        ("Bygg en brygga", "green", "Bryggan ligger på plats. Den invigdes i maj."),
        ("Starta en lovskola i alla tätorter", "red", "Lokaler saknas i Norrby."),
    ]


def test_one_without_a_light_among_them_is_one_too() -> None:
    third = run_in("Rusta skolgården.", "Ritningen är beställd.")
    assert [row[0] for row in found(FIRST, third, SECOND)] == [
        "Bygg en brygga",
        "Rusta skolgården",
        "Starta en lovskola i alla tätorter",
    ]


@pytest.mark.parametrize(
    "block",
    [
        run_in("Uppdraget är genomfört.", "Bryggan ligger på plats."),
        run_in("Kommentar:", "Bryggan ligger på plats."),
        run_in("Bryggan i", "hamnen ligger på plats."),
        run_in("Viktigt.", "Bryggan ligger på plats."),
        run_in("Grön:", "Bryggan ligger på plats."),
    ],
)
def test_what_is_no_title_stays_in_its_text(block: Block) -> None:
    assert block.text.split()[0] not in {row[0].split()[0] for row in found(FIRST, block, SECOND)}


def test_without_lights_bold_words_are_emphasis() -> None:
    assert found(replace(FIRST, marks=()), replace(SECOND, marks=())) == []


PAGE = """<html><body><h1>Uppföljning av uppdrag T2 2023</h1>
<p><b>Bygg en brygga.</b> Den invigdes i maj. <span style="background:#2e9e4f">&nbsp;&nbsp;</span></p>
<p>Allt <b>viktigt</b> är sagt.</p>
<p><strong>Starta en lovskola.</strong> Lokaler saknas. <span style="background:#d32f2f">&nbsp;&nbsp;</span></p>
</body></html>"""


def test_a_web_pages_bold_beginnings_are_seen() -> None:
    document = extract("sida.html", PAGE.encode(), Vocabulary()).document
    leads = [block.text[: block.lead.length] if block.lead else "" for _, block in document.blocks()]
    assert leads == ["", "Bygg en brygga.", "", "Starta en lovskola."]


def test_a_bold_beginning_on_two_lines_of_a_page_is_seen() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(60, 700, "Minska barngruppernas storlek i alla", font="Helvetica-Bold")
        sheet.text(60, 687, "förskolor.", font="Helvetica-Bold")
        sheet.text(120, 687, "Snittet sjönk till femton barn under våren.")

    (block,) = blocks(read_sheets(draw))
    assert block.lead is not None
    assert block.text[: block.lead.length] == "Minska barngruppernas storlek i alla förskolor."


@pytest.mark.parametrize(
    ("text", "board"),
    [
        ("Uppdrag till tekniska nämnden, KF 2027-11-29 § 131.", "tekniska nämnden"),
        ("Uppdrag åt kommunstyrelsen, KF § 14/2028", "kommunstyrelsen"),
        ("Uppdrag till kommunstyrelsen genom Norrby Energi AB, KF 2028-06-18 § 77.", "kommunstyrelsen"),
        ("Uppdrag till tekniska nämnden", None),
        ("Uppdrag till tekniska nämnden, som ska bygga en bro", None),
        ("Uppdrag till elever i årskurs 9, KF 2028-02-28 § 14.", None),
        ("Uppdrag till tekniska nämnden, KF 2028. Bron är byggd.", None),
    ],
)
def test_a_line_can_say_no_more_than_whose_it_is_and_since_when(text: str, board: str | None) -> None:
    label = read_label(text, Vocabulary())
    assert (label.value if label is not None else None) == board
    assert label is None or label.role == "board"
