"""Plain texts that were printed or copied from pages: registers, page lines, numbered chapters, broken words."""

import pytest

from ljuskoll.nlp.document import Document
from ljuskoll.nlp.extract import extract
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.readers import read_document
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary

VOCABULARY = Vocabulary()
REGISTER = """Register över uppdrag per 2023-08-31
Lindekulla kommun
==========================================
Nr          : 7
Uppdrag     : Rusta simhallens bastu
Nämnd       : Kommunstyrelsen
Status      : Gul
Kommentar   : Anbuden blev dyrare än väntat.

              Ett nytt underlag tas fram
              till mötet i november.
------------------------------------------
Nr          : 8
Uppdrag     : Öppna en fritidsbank
Nämnd       : Socialnämnden
Status      : Grön
Kommentar   : -
------------------------------------------
Antal rader: 2
"""


def read(text: str) -> Document:
    return read_document("rapport.txt", text.encode())


def texts(text: str) -> list[str]:
    return [block.text for _, block in read(text).blocks()]


def rows(text: str) -> list[tuple[str, str | None, str]]:
    found = extract("rapport.txt", text.encode(), VOCABULARY).followups
    return [(f.assignment, f.declared.colour if f.declared else None, f.comment) for f in found]


@pytest.mark.parametrize("colon", [" : ", ": "])
def test_a_printed_register_is_a_table_with_a_row_for_each_record(colon: str) -> None:
    text = REGISTER if colon == " : " else _with_colons_first(REGISTER)
    assert rows(text) == [
        (
            "Rusta simhallens bastu",
            "yellow",
            "Anbuden blev dyrare än väntat.\nEtt nytt underlag tas fram till mötet i november.",
        ),
        ("Öppna en fritidsbank", "green", ""),
    ]
    assert texts(text) == ["Register över uppdrag per 2023-08-31", "Lindekulla kommun", "Antal rader: 2"]


def test_dots_lead_from_a_name_to_its_value() -> None:
    text = REGISTER
    for name in ("Nr", "Uppdrag", "Nämnd", "Status", "Kommentar"):
        text = text.replace(f"{name:<12}:", f"{name:.<12}:")
    assert [title for title, _, _ in rows(text)] == ["Rusta simhallens bastu", "Öppna en fritidsbank"]


BETWEEN_RULES = """Uppföljning per 31 augusti 2023

Rubrik: Rusta simhallens bastu
Nämnd: Kommunstyrelsen
Status: Gul
Kommentar: Anbuden blev dyrare
än väntat.

Ett nytt underlag tas fram.
---
Rubrik: Öppna en fritidsbank
Nämnd: Socialnämnden
Status: Grön

---
Så gick det
"""


def test_a_rule_below_a_heading_above_the_first_record_closes_none() -> None:
    text = BETWEEN_RULES.replace("2023\n", "2023\n-----\n", 1)
    assert rows(text)[0] == (
        "Rusta simhallens bastu",
        "yellow",
        "Anbuden blev dyrare än väntat.\nEtt nytt underlag tas fram.",
    )


def test_rules_between_records_make_a_register_without_alignment() -> None:
    text = BETWEEN_RULES.replace("\n\nEtt nytt underlag tas fram.", "")
    assert rows(text) == [
        ("Rusta simhallens bastu", "yellow", "Anbuden blev dyrare än väntat."),
        ("Öppna en fritidsbank", "green", ""),
    ]
    assert texts(text)[-1] == "Så gick det"


def test_letters_with_a_rule_between_them_are_no_register() -> None:
    head = "Från: Eva Berg\nSkickat: den 3 september\nTill: Bo Ek\nÄmne: SV: läget\n\n"
    letter = f"{head}Hej!\n\nHälsningar\nEva\n________________\n{head}Hej, hur går det?\n"
    assert not list(read(letter).tables())
    assert "Hej, hur går det?" in texts(letter)


@pytest.mark.parametrize(
    "rule",
    ["Uppdrag                 Nämnd  Status  Kommentar\n----------------------  -----  ------  ---------\n", None],
)
def test_columns_of_white_space_are_a_table(rule: str | None) -> None:
    head = rule or "Uppdrag                 Nämnd  Status  Kommentar\n"
    text = (
        f"Uppföljning per 31 augusti 2023\n\n{head}"
        "Rusta simhallens bastu  KS     Gul     Anbuden blev\n"
        "                                       dyrare.\n"
        "Öppna en fritidsbank    SN     Grön\n\nSå gick det\n"
    )
    assert rows(text) == [
        ("Rusta simhallens bastu", "yellow", "Anbuden blev dyrare."),
        ("Öppna en fritidsbank", "green", ""),
    ]
    assert texts(text)[-1] == "Så gick det"


@pytest.mark.parametrize("is_full", [True, False])
def test_a_grid_of_signs_is_a_table(*, is_full: bool) -> None:
    rule = "+----------------+--------+------------+\n"
    between = rule if is_full else ""
    text = (
        f"Uppföljning per 31 augusti 2023\n\n{rule}| Uppdrag        | Status | Kommentar  |\n{rule}"
        f"| Rusta bastun   | Gul    | Anbuden är |\n|                |        | dyrare.    |\n{between}"
        f"| Öppna en bank  | Grön   | I maj.     |\n{rule}"
    )
    assert rows(text) == [("Rusta bastun", "yellow", "Anbuden är dyrare."), ("Öppna en bank", "green", "I maj.")]


@pytest.mark.parametrize(
    "text",
    [
        "Namn          Titel\nEva Berg      chef\n",
        "Ett stycke    med    luckor i sig.\nOch ett till på nästa rad som inte är\n",
        "Uppdrag    Nämnd    Status\nDen här raden går rakt över alla tre kolumnerna\n",
    ],
    ids=["two columns", "prose", "a line across"],
)
def test_white_space_in_a_text_is_no_table(text: str) -> None:
    assert not list(read(text).tables())


def test_a_quoted_letter_is_read_as_it_was_written() -> None:
    plain = (
        "Uppföljning per 31 augusti 2023\n\nUppdrag: Rusta bastun\nStatus: Gul\n\nUppdrag: Öppna banken\nStatus: Grön\n"
    )
    quoted = "".join(f"> {line}\n" if line else ">\n" for line in plain.split("\n"))
    assert rows(f"Hej!\n\n{quoted}") == rows(plain) == [("Rusta bastun", "yellow", ""), ("Öppna banken", "green", "")]
    assert texts("> 90 % grön\n> 75 % gul\n> 10 % röd\n") == ["> 90 % grön", "> 75 % gul", "> 10 % röd"]


def _with_colons_first(text: str) -> str:
    """The register with each colon right after its name."""
    for name in ("Nr", "Uppdrag", "Nämnd", "Status", "Kommentar"):
        text = text.replace(f"{name:<12}: ", f"{name + ':':<14}")
    return text


def test_a_register_goes_on_after_a_heading_between_its_records() -> None:
    parted = REGISTER.replace("Nr          : 8", "SOCIALNÄMNDEN\n\nNr          : 8")
    assert [len(table.rows) for table in read(parted).tables()] == [2, 2]
    assert [title for title, _, _ in rows(parted)] == ["Rusta simhallens bastu", "Öppna en fritidsbank"]


def test_a_value_goes_on_at_the_left_edge_only_after_a_full_line() -> None:
    long = "Anbuden blev dyrare än väntat och nämnden har därför begärt"
    text = REGISTER.replace("Anbuden blev dyrare än väntat.", f"{long}\nmer tid.")
    (table,) = read(text).tables()
    assert table.rows[1][4].text.startswith(f"{long} mer tid.\nEtt nytt underlag")
    short = REGISTER.replace("              Ett nytt", "Ett nytt")
    assert [len(table.rows) for table in read(short).tables()] == [2, 2]
    assert "Ett nytt underlag tas fram" in texts(short)


@pytest.mark.parametrize(
    "text",
    [
        "Uppdrag: Rusta bastun\nStatus: Gul\nNämnd: KS\n\nUppdrag: Öppna banken\nStatus: Grön\nNämnd: SN\n",
        "Från: Eva\nTill: Bo\nKopia: Ulf\nÄmne: Läget\n\nHej!\n\nFrån: Bo\nTill: Eva\nKopia: Ulf\nÄmne: Läget\n",
        "Kommun  : Lindekulla\nPeriod  : T2\nNämnd   : KS\n",
    ],
    ids=["not aligned", "letters", "once"],
)
def test_lines_with_names_are_no_register(text: str) -> None:
    assert not list(read(text).tables())


@pytest.mark.parametrize("rule", ["=" * 20, "-" * 78, "- - - - - -", "*****", "_" * 9])
def test_rules_of_signs_are_no_text(rule: str) -> None:
    assert texts(f"Rusta torget\n{rule}\nKlart.\n") == ["Rusta torget", "Klart."]


@pytest.mark.parametrize("line", ["-", "--", "*", "-----Ursprungligt meddelande-----"])
def test_other_signs_stay(line: str) -> None:
    assert line in texts(f"Rusta torget\n{line}\nKlart.\n")


PAGES = """Uppföljning tertial 2 2023
Lindekulla kommun – Tertialrapport           Sida 1(9)

Uppdrag: Rusta simhallens bastu
Status: Gul
Anbuden blev dyrare än väntat och nämn-

Lindekulla kommun – Tertialrapport           Sida 2(9)
den har begärt ett nytt underlag.

Uppdrag: Öppna en fritidsbank
Status: Grön
Den öppnade i maj.

Lindekulla kommun – Tertialrapport           Sida 3(9)
Så gick det.
"""


def test_page_lines_are_margins_and_the_sentence_goes_on() -> None:
    assert read(PAGES).margins == tuple(f"Lindekulla kommun – Tertialrapport Sida {page}(9)" for page in (1, 2, 3))
    assert rows(PAGES)[0] == (
        "Rusta simhallens bastu",
        "yellow",
        "Anbuden blev dyrare än väntat och nämnden har begärt ett nytt underlag.",
    )
    assert texts(PAGES)[-2:] == ["Den öppnade i maj.", "Så gick det."]


def test_what_stands_beside_each_page_line_is_one_too() -> None:
    text = PAGES.replace("Lindekulla kommun – Tertialrapport  ", "Tertialrapporten\nLindekulla kommun  ")
    assert "Tertialrapporten" not in texts(text)
    assert "Tertialrapporten" in texts(text + "\nTertialrapporten\n")


@pytest.mark.parametrize(
    "lines",
    [
        ("Uppdrag 1", "Uppdrag 2", "Uppdrag 3"),
        ("Läs mer på sida 4", "Läs mer på sida 4"),
        ("Se bilagan, sida 9", "Se bilagan, sida 2"),
        ("Rapport, sida 2", "Klart"),
    ],
    ids=["no page", "same page", "backwards", "once"],
)
def test_lines_with_numbers_that_are_no_pages_stay(lines: tuple[str, ...]) -> None:
    assert texts("\n\n".join(lines)) == list(lines)


CHAPTERS = """Uppföljning av uppdrag per 31 augusti 2023

1 Inledning
Nämnden har arbetat vidare.

2 Uppdrag
2.1 Trygga skolvägar

Uppdrag: Rusta gångtunneln
Status: Gul
Anbuden är inne.

2.2 Levande centrum

Uppdrag: Öppna en fritidsbank
Status: Grön
Den öppnade i maj.

3 Ekonomi
Underskottet är litet.
"""


def headings(text: str) -> list[tuple[str, int | None]]:
    return [(block.text, block.level) for _, block in read(text).blocks() if block.kind == "heading"]


def test_numbered_chapters_are_headings_and_end_comments() -> None:
    assert headings(CHAPTERS) == [
        ("1 Inledning", 1),
        ("2 Uppdrag", 1),
        ("2.1 Trygga skolvägar", 2),
        ("2.2 Levande centrum", 2),
        ("3 Ekonomi", 1),
    ]
    assert [comment for _, _, comment in rows(CHAPTERS)] == ["Anbuden är inne.", "Den öppnade i maj."]


def test_a_number_in_the_table_of_contents_is_no_heading() -> None:
    listed = "Innehåll\n1 Inledning 2\n2 Uppdrag 3\n2.1 Trygga skolvägar 3\n2.2 Levande centrum 4\n3 Ekonomi 6\n\n"
    assert headings(listed + CHAPTERS) == headings(CHAPTERS)


@pytest.mark.parametrize(
    "text",
    [
        "1. Rusta bastun\nGrön. Klart.\n\n2. Öppna banken\nGul. Snart.\n",
        "2.1 Rusta bastun\n\nKlart.\n\n1.4 Öppna banken\n\nSnart.\n\n1 Uppdrag\n",
        "2.1 Mnkr mer än budget.\n\n2.2 Mnkr mindre än budget.\n\n2 Uppdrag\n",
    ],
    ids=["a list", "in no order", "sentences"],
)
def test_other_numbers_make_no_headings(text: str) -> None:
    assert headings(text) == []


def test_a_word_broken_at_a_short_lines_end_is_whole() -> None:
    assert texts("Köpa nytt IT-\nstöd\nSe över mål-\noch resultatstyrningen\nEl-\nBil\n") == [
        "Köpa nytt IT-stöd",
        "Se över mål- och resultatstyrningen",
        "El-",
        "Bil",
    ]


def test_a_line_with_a_label_of_its_own_is_no_other_labels_value() -> None:
    found = Stream(read("Rapport\nT2 2023\nStatus: Gul\n"), VOCABULARY).entries
    assert [entry.text for entry in found] == ["Rapport", "T2 2023", "Status: Gul"]
    found = Stream(read("Rapport\nT2 2023\nGul\n"), VOCABULARY).entries
    assert [entry.text for entry in found] == ["Rapport", "T2 2023: Gul"]
