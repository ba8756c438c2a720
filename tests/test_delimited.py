"""Exports with separators: told from ordinary text, and read without losing a field."""

import csv
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ljuskoll.nlp.document import Block, Document
from ljuskoll.nlp.errors import FileTooLargeError
from ljuskoll.nlp.extract import extract_document
from ljuskoll.nlp.readers.sheets import delimited
from ljuskoll.nlp.readers.sheets.delimited import looks_delimited, read_delimited
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary

EXPORT = """Uppdragsid;Uppdrag;Ansvarig nämnd;Status;Kommentar
1;Rusta badplatsen;KFN;Klar;"Bryggan är ny;
stegen likaså."
2;Utreda "gröna" tak;TN;Pågår;Underlag samlas in.
3;Anställa en lots;SN;Ej påbörjad;
"""


def read(text: str) -> Document:
    return read_delimited(text, text.encode())


def rows(text: str) -> list[list[str]]:
    (table,) = read(text).tables()
    return [[cell.text for cell in row] for row in table.rows]


@pytest.mark.parametrize(
    "text",
    [
        EXPORT,
        EXPORT.replace(";", "\t"),
        EXPORT.replace("\n", "\r\n"),
        "\ufeff" + EXPORT,
        "Uppdrag,Nämnd,Status\nLaga tak,TN,Klar\nMåla dörrar,TN,Försenad\n",
        '"Uppdrag";"Status"\n"Laga tak";"Klar"\n"Måla dörrar";"Försenad"\n',
        "sep=;\nUppdrag;Status\nLaga tak;Klar\n",
        "Uppföljning T2 2023\n\nUppdrag;Nämnd;Status\nLaga tak;TN;Klar\nMåla dörrar;TN;Klar\n",
        "Uppdrag;Nämnd;Status\nLaga tak;TN;Klar\n\nMåla dörrar;TN;Klar\n",
        "Uppdrag;Nämnd;Kommentar\nLaga tak;TN;Taket är lagat, och det håller. Allt är klart.\nMåla;TN;\n",
    ],
)
def test_exports(text: str) -> None:
    assert looks_delimited(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "Nämnden har haft ett gott år.\nArbetet fortsätter nästa år.\n",
        "Nämnden har tre mål; de är nådda; inga avvikelser finns\nÅret var bra; ekonomin var god; alla är nöjda\n",
        "äpplen, päron, plommon\ngröt, mjölk, bröd\nost, smör, sylt\n",
        "1,5\n2,5\n3,5\n",
        "Klart, men dyrt\nKlart, men sent\nKlart, men litet\n",
        "Status: Grön\nAnsvarig: TN\nKommentar: Allt är klart.\n",
        "- Laga tak, TN\n- Måla dörrar, TN\n",
        "| Uppdrag | Status |\n|---|---|\n| Laga tak | Klar |\n",
        "Uppdrag;Nämnd;Status\n",
        "Rapporten handlar om skolor;vård;omsorg\nDen är lång.\nDen är dessutom svår.\nDen är slut.\n",
        "Det gick bra, sade Eva, som var nöjd\nDet gick illa, sade Bo, som var arg\n",
    ],
)
def test_ordinary_texts(text: str) -> None:
    assert not looks_delimited(text)


def test_fields_with_separators_quotes_and_line_breaks() -> None:
    assert rows(EXPORT) == [
        ["Uppdragsid", "Uppdrag", "Ansvarig nämnd", "Status", "Kommentar"],
        ["1", "Rusta badplatsen", "KFN", "Klar", "Bryggan är ny; stegen likaså."],
        ["2", 'Utreda "gröna" tak', "TN", "Pågår", "Underlag samlas in."],
        ["3", "Anställa en lots", "SN", "Ej påbörjad", ""],
    ]


def test_the_whole_way() -> None:
    extraction = extract_document(read(EXPORT), Vocabulary())
    assert [(one.assignment, one.boards, one.declared and one.declared.as_written) for one in extraction.followups] == [
        ("Rusta badplatsen", ("KFN",), "Klar"),
        ('Utreda "gröna" tak', ("TN",), "Pågår"),
        ("Anställa en lots", ("SN",), "Ej påbörjad"),
    ]
    assert extraction.followups[0].places[0].cell == "A2"
    assert not extraction.signals


def test_lines_above_the_table_are_blocks() -> None:
    document = read("Uppföljning T2 2023\n\nUppdrag;Nämnd;Status\nLaga tak;TN;Klar\nMåla;TN;Klar\n")
    assert [item.text for _, item in document.items() if isinstance(item, Block)] == ["Uppföljning T2 2023"]
    assert len(next(document.tables()).rows) == 3


def test_too_many_fields_are_kept_and_told() -> None:
    text = "Uppdrag;Nämnd;Kommentar\n" + "Laga tak;TN;Klart\n" * 12 + "Måla;TN;Klart; men dyrt\n"
    assert rows(text)[-1] == ["Måla", "TN", "Klart; men dyrt"]
    assert any("Rad 14" in message for _, message in read(text).warnings)
    assert not read(EXPORT).warnings


def test_a_quotation_mark_that_nobody_closed_swallows_no_row() -> None:
    text = 'Uppdrag;Nämnd;Status\nLaga;"TN;Klar\nMåla;TN;Klar\nSkura;TN;Klar\n'
    assert looks_delimited(text)
    assert [row[0] for row in rows(text)] == ["Uppdrag", "Laga", "Måla", "Skura"]
    assert any("citattecken" in message for _, message in read(text).warnings)


@pytest.mark.parametrize(
    ("field", "shown"), [('="007"', "007"), ("'=1+1", "=1+1"), ("'s-Gravenhage", "'s-Gravenhage"), (" 0,92 ", "0,92")]
)
def test_fields_that_guard_against_formulas(field: str, shown: str) -> None:
    assert rows(f"Uppdrag\tNämnd\tVärde\nLaga\tTN\t{field}\nMåla\tTN\t1\n")[1][2] == shown


def test_more_fields_than_any_report_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MAX_CELLS", 10)
    with pytest.raises(FileTooLargeError, match="10"):
        read(EXPORT)


@settings(deadline=None)
@given(
    st.lists(
        st.lists(st.from_regex(r'[a-zåäö1-9 ;,"\n]{0,12}', fullmatch=True), min_size=3, max_size=3),
        min_size=2, max_size=8,
    ),
    st.sampled_from(";\t,"),
)  # fmt: skip
def test_every_word_of_a_quoted_export_turns_up(fields: list[list[str]], delimiter: str) -> None:
    buffer = StringIO()
    csv.writer(buffer, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([["a", "b", "c"], *fields])
    document = read(buffer.getvalue())
    texts = [
        item.text if isinstance(item, Block) else " ".join(cell.text for row in item.rows for cell in row)
        for _, item in document.items()
    ]
    read_letters = sorted(letter for text in texts for letter in text if letter.isalnum())
    assert read_letters == sorted(
        letter for row in ["abc", *fields] for text in row for letter in text if letter.isalnum()
    )


@given(st.text(max_size=400), st.sampled_from(["", "sep=;\n", 'a;b;c\n"']))
def test_any_text_is_read(text: str, before: str) -> None:
    looks_delimited(before + text)
    assert isinstance(read(before + text), Document)
