"""Reports that show no status but say that they are reports; what a front says of all assignments below it."""

import pytest

from ljuskoll.nlp.extract import Extraction, extract
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary

ITEMS = """
1. Bygg en brygga vid badplatsen
Bryggan är på plats sedan i juni.

2. Utred ett nytt bibliotek
Konsulten lämnar sitt förslag före jul.

3. Öppna en fritidsgård i Norrbacka
Lokalen är hyrd.
"""
SHOWN = """
Uppdrag: Bygg en brygga vid badplatsen
Status: Grön
Kommentar: Bryggan är på plats.

Uppdrag: Utred ett nytt bibliotek
Status: Gul
Kommentar: Konsulten lämnar sitt förslag före jul.
"""


def read(text: str) -> Extraction:
    return extract("rapport.txt", text.encode(), Vocabulary())


@pytest.mark.parametrize(
    "title", ["Uppföljning av uppdrag 2023", "Så går det med uppdragen, augusti 2023", "Uppdragslista 2023"]
)
def test_numbered_titles_below_a_title_that_says_what_they_are(title: str) -> None:
    found = read(f"{title}\n{ITEMS}").followups
    assert [one.assignment for one in found] == [
        "Bygg en brygga vid badplatsen",
        "Utred ett nytt bibliotek",
        "Öppna en fritidsgård i Norrbacka",
    ]
    assert found[1].comment == "Konsulten lämnar sitt förslag före jul."
    assert found[0].declared is None
    assert {one.period.year for one in found if one.period} == {2023}


def test_titles_that_begin_with_their_boards() -> None:
    text = """Så går det med uppdragen 2023

TN ska bygga en brygga vid badplatsen
Bryggan är på plats sedan i juni.

BUN och KFN ska ordna en lovskola
Lovskolan hölls i juli.

Socialnämnden ska utreda ett nytt boende
Konsulten lämnar sitt förslag före jul.
"""
    assert [(one.assignment, one.boards) for one in read(text).followups] == [
        ("TN ska bygga en brygga vid badplatsen", ("TN",)),
        ("BUN och KFN ska ordna en lovskola", ("BUN", "KFN")),
        ("Socialnämnden ska utreda ett nytt boende", ("Socialnämnden",)),
    ]


@pytest.mark.parametrize(
    "title",
    [
        "Protokoll 2023-05-03",
        "Riktlinjer för föreningsbidrag 2023",
        "Uppdrag i budget 2023",
        "Verksamhetsplan 2023",
        "Sammanträde 12 maj 2023",
    ],
)
def test_a_numbered_list_of_something_else_gives_nothing(title: str) -> None:
    found = read(f"{title}\n{ITEMS}")
    assert found.followups == ()
    assert "rubrik om uppföljning" not in {signal.what for signal in found.signals}


@pytest.mark.parametrize(
    "items",
    [
        "\n1. Bygg en brygga\nDen är klar.\n\n2. Utred ett bibliotek\nFörslaget väntas.\n",
        "\n4. Bygg en brygga\nDen är klar.\n\n2. Utred ett bibliotek\nDet väntas.\n\n9. Öppna en gård\nDen är hyrd.\n",
        "\nBryggan är på plats sedan i juni.\n\nBiblioteket dröjer.\n\nFritidsgården har flyttat in.\n",
    ],
)
def test_what_is_announced_and_not_read_is_said(items: str) -> None:
    found = read(f"Uppföljning av uppdrag 2023\n{items}")
    assert found.followups == ()
    assert "rubrik om uppföljning" in {signal.what for signal in found.signals}


def test_a_title_alone_over_one_line_announces_nothing() -> None:
    assert read("Uppföljning av uppdrag 2023\n\nSe bilaga.\n").signals == ()


@pytest.mark.parametrize(
    ("front", "board"),
    [
        ("Tekniska nämnden, Ekhamra kommun", "Tekniska nämnden"),
        ("Ekhamra kommun – Tekniska nämnden – Uppföljning 2023", "Tekniska nämnden"),
        ("Nämnd: Tekniska nämnden", "Tekniska nämnden"),
        ("Ansvarig nämnd: TN", "TN"),
        ("Socialnämndens delårsrapport per den 31 augusti 2023", "Socialnämnden"),
        ("Delårsrapport 2023 för barn- och utbildningsnämnden", "barn- och utbildningsnämnden"),
        ("Uppföljning av kommunfullmäktiges uppdrag till socialnämnden", "socialnämnden"),
        ("Kommunstyrelsens delårsrapport 2023", "Kommunstyrelsen"),
    ],
)
def test_a_front_that_names_one_board_names_that_of_all(front: str, board: str) -> None:
    found = read(f"{front}\n{SHOWN}")
    assert [one.boards for one in found.followups] == [(board,), (board,)]
    assert found.level == "board"


@pytest.mark.parametrize(
    "front",
    [
        "Uppföljning 2023, Ekhamra kommun",
        "Kommunstyrelsen, Ekhamra kommun",
        "Kommunstyrelsens förvaltning, uppföljning av uppdrag 2023",
        "Kommunstyrelsens uppföljning av fullmäktiges uppdrag 2023",
        "Uppföljning av kommunfullmäktiges uppdrag 2023",
        "Uppföljning för socialnämnden och tekniska nämnden",
        "Kopia till socialnämnden",
        "Rapporten har tagits fram tillsammans med socialnämnden.",
    ],
)
def test_a_front_that_names_none_or_several_or_others_names_none(front: str) -> None:
    assert [one.boards for one in read(f"{front}\n{SHOWN}").followups] == [(), ()]


def test_assignments_with_boards_of_their_own_keep_them() -> None:
    own = SHOWN.replace("Status: Gul", "Nämnd: Tekniska nämnden\nStatus: Gul")
    assert [one.boards for one in read(f"Socialnämndens delårsrapport per den 31 augusti 2023\n{own}").followups] == [
        (),
        ("Tekniska nämnden",),
    ]


def test_a_list_of_assignments_in_one_line_each() -> None:
    lines = "- Bygg en brygga: Klart. Den invigdes i juni.\n- Utred ett bibliotek: Pågår. Väntas bli klar i december.\n"
    found = read(f"Uppdragslista tekniska nämnden T2 2023\n\n{lines}- Öppna en gård: Ej påbörjat.\n").followups
    assert [(one.assignment, one.declared and one.declared.as_written) for one in found] == [
        ("Bygg en brygga", "Klart"),
        ("Utred ett bibliotek", "Pågår"),
        ("Öppna en gård", "Ej påbörjat"),
    ]


def test_a_letterhead_tells_year_and_board_though_it_is_no_text() -> None:
    found = read(f"Ekhamra kommun – Tekniska nämnden – Uppföljning 2023\n{SHOWN}").followups
    assert {(one.municipality, one.period.year if one.period else None) for one in found} == {("Ekhamra", 2023)}
