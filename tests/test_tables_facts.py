"""Tables of a label a row: what a report's front says, one assignment a table, and headings that ask how it went."""

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from ljuskoll.nlp.document import Block
from ljuskoll.nlp.extract import extract_document
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.vocabulary.legends import legend_entries
from ljuskoll.nlp.vocabulary.scales import Scale
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary
from table_texts import colour, document, read, table
from xlsx_books import HEADINGS, ROWS, built, put

VOCABULARY = Vocabulary()
FRONT = """Avstämning av planen | Socialnämnden
Period | januari–augusti 2023
Diarienummer | 2023/14"""
CARD = """Aktivitet | {title}
Läge | {status}
Klart när | {day}
Beskrivning av läget | {comment}"""
LIST = """Uppdrag | Status | Kommentar
Bygg en brygga | Gul | Anbuden är inne.
Starta en lovskola | Grön | Den hölls i juni."""


def lines(front: str) -> list[str]:
    found = Stream(document(table(front), table(LIST), heading="Läget"), VOCABULARY)
    return [entry.text for entry in found.entries if entry.block is not None]


def test_a_table_at_the_front_says_period_and_board() -> None:
    found = read(FRONT, LIST, heading="Läget").followups
    assert [(f.period and f.period.tertial, f.board_names) for f in found] == [(2, ("Socialnämnden",))] * 2
    assert lines(FRONT) == [
        "Läget",
        "Avstämning av planen",
        "Socialnämnden",
        "Period: januari–augusti 2023",
        "Diarienummer: 2023/14",
    ]


@pytest.mark.parametrize(
    "front",
    [
        "Nämnd | Antal\nSocialnämnden | 4",
        "Uppdrag | Bygg en brygga\nPeriod | T2 2023",
        "Uppdrag | Augusti 2023\nBygg en brygga | Grön",
        "Period | [green] T2 2023\nNämnd | Socialnämnden",
        "Period | T2 2023 | Rött\nNämnd | Socialnämnden | Gult",
        "Period | oklar\nNämnd | Socialnämnden",
    ],
    ids=["figures", "a card", "a list", "a light", "three columns", "no period"],
)
def test_other_small_tables_at_the_front_stay_tables(front: str) -> None:
    assert lines(front) == ["Läget"]


def test_a_table_below_another_is_no_front() -> None:
    found = Stream(document(table(LIST), table(FRONT), heading="Läget"), VOCABULARY)
    assert [entry.text for entry in found.entries if isinstance(entry.item, Block)] == ["Läget"]


def test_a_first_row_with_a_lights_words_below_it_is_a_label_and_its_title() -> None:
    rows = [
        ("Rusta upp bryggan", "Grön", "Klart", "Den invigdes i juni."),
        ("Starta en lovskola", "Gul", "2023-11-01", "Den väntar på lokaler."),
    ]
    cards = [CARD.format(title=t, status=s, day=d, comment=c) for t, s, d, c in rows]
    found = read(*cards).followups
    assert [(f.assignment, f.kind, colour(f), f.comment) for f in found] == [
        ("Rusta upp bryggan", "activity", "green", "Den invigdes i juni."),
        ("Starta en lovskola", "activity", "yellow", "Den väntar på lokaler."),
    ]


def test_a_table_with_two_headings_is_no_card() -> None:
    found = read("Uppdrag | Status\nStatusrapport om bryggan | Grön\nMål för hamnen | Gul").followups
    assert [(f.assignment, colour(f)) for f in found] == [
        ("Statusrapport om bryggan", "green"),
        ("Mål för hamnen", "yellow"),
    ]


@pytest.mark.parametrize(
    "heading",
    ["Målet nått?", "Mål uppnått?", "Är målet uppfyllt?", "Nås målet?", "Uppdraget genomfört", "Har vi nått målet?"],
)
def test_a_heading_that_asks_whether_it_is_done_heads_lights(heading: str) -> None:
    found = read(f"Indikator | Utfall 2023 | {heading}\nAndel nöjda | 62 | Ja\nAntal barn | 14 | Nej").followups
    assert [(f.assignment, colour(f)) for f in found] == [("Andel nöjda", "green"), ("Antal barn", "red")]


@pytest.mark.parametrize("heading", ["Genomförda åtgärder", "Mål 2023", "Målet för året?", "Klar senast?"])
def test_other_headings_with_these_words_ask_nothing(heading: str) -> None:
    column = VOCABULARY.columns.read(heading)
    assert column is None or column.role != "status"


@pytest.mark.parametrize("letters", ["KDEU", "GPSX"])
def test_letters_that_a_sheet_explains_one_a_cell_are_its_scale(letters: str) -> None:
    meanings = ("klart", "delvis klart, resten görs 2024", "inte genomfört", "utgår enligt beslut")
    legend = [Block(f"{letter} = {meaning}") for letter, meaning in zip(letters, meanings, strict=True)]
    rows = "\n".join(
        f"{title} | {letter} | Se bilagan." for title, letter in zip(["Ab", "Cd", "Ef", "Gh"], letters, strict=True)
    )
    codes = Block("KS = Kommunstyrelsen, TN = Tekniska nämnden")
    made = document(*legend, table(f"Uppdrag | Läge | Vad har hänt\n{rows}"), codes)
    found = extract_document(made, VOCABULARY).followups
    assert [colour(f) for f in found] == ["green", "yellow", "red", "red"]


def test_a_letter_explains_only_before_an_equals_sign() -> None:
    assert [entry.key for entry in legend_entries("K = klart")] == ["k"]
    assert legend_entries("Plan K: klart") == () and legend_entries("Klass K – klart") == ()


def test_a_taught_letter_is_no_light_at_the_beginning_of_a_word() -> None:
    scale = Scale.default().taught({"k": "green"})
    assert scale.read("K") is not None
    assert scale.split_glued("KS = Kommunstyrelsen, TN = Tekniska nämnden") is None
    assert scale.split_glued("KlartBygg en brygga") is not None


def test_a_word_that_heads_money_is_a_status_where_a_column_says_so() -> None:
    scale = Scale.default()
    shown = scale.shown("Avvikelse")
    assert shown is not None and (shown.colour, shown.as_written) == ("yellow", "Avvikelse")
    assert scale.read("Avvikelse") is None
    own = Scale.default({"Avvikelse": "red"}).shown("Avvikelse")
    assert own is not None and own.colour == "red"
    found = read("Uppdrag | Status\nBygg en brygga | Avvikelse\nFlytta torget | Kritisk avvikelse\nRita | Enligt plan")
    assert [colour(f) for f in found.followups] == ["yellow", "red", "green"]
    assert read("Verksamhet | Budget | Avvikelse\nSkola | 120 | -2\nVård | 80 | 1", heading="Läget").signals == ()


def _hide(sheet: Worksheet, rows: tuple[tuple[object, ...], ...], letter: str) -> None:
    put(sheet, rows)
    sheet.column_dimensions[letter].hidden = True


@pytest.mark.parametrize(
    ("column", "is_told"),
    [
        (("Id", 4101, 4102, 4103), False),
        (("Skapad", "2023-01-02", "2023-02-03", "2023-03-04"), False),
        (("Ändrad av", "system", "system", "system"), False),
        (("Status april", "Klar", "Pågår", "Klar"), True),
        (("Intern kommentar", "Fråga Eva.", "", "Skjut på detta."), True),
    ],
    ids=["figures", "days", "one word", "lights", "texts"],
)
def test_a_hidden_column_is_told_where_it_says_something_about_the_rows(
    column: tuple[object, ...], *, is_told: bool
) -> None:
    rows = tuple((*row, value or None) for row, value in zip((HEADINGS, *ROWS), column, strict=True))
    warnings = built(lambda sheet: _hide(sheet, rows, "E")).warnings
    assert any("kolumner: 1" in message for _, message in warnings) is is_told
