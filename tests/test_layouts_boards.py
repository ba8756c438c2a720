"""Boards as reports name them beside titles and in headings, known to the table or not."""

import pytest

from ljuskoll.nlp.layouts.titles import loose_board_title
from ljuskoll.nlp.vocabulary.boards import BoardTable
from ljuskoll.nlp.vocabulary.labels import board_of_heading, boards_of_front

BOARDS = BoardTable.default()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Gemensamma räddningsnämnden", "Gemensamma räddningsnämnden"),
        ("Östra stadsdelsnämnden", "Östra stadsdelsnämnden"),
        ("Socialnämnden Väst", "Socialnämnden Väst"),
        ("Kommunstyrelsens tekniska utskott", "Kommunstyrelsens tekniska utskott"),
        ("Kommunfullmäktiges presidium", "Kommunfullmäktiges presidium"),
        ("Demokratiberedningen", "Demokratiberedningen"),
    ],
)
def test_parts_of_boards_and_boards_of_several(text: str, name: str) -> None:
    assert BOARDS.resolve(text) == name


@pytest.mark.parametrize(
    "text",
    ["Gemensamma resor", "Norra hamnen", "Torget Väst", "Kommunens tekniska utrustning", "Socialnämnden väst om ån"],
)
def test_other_names_are_no_boards(text: str) -> None:
    assert BOARDS.resolve(text) is None


@pytest.mark.parametrize(
    ("text", "title", "boards"),
    [
        ("Bygg en bro (TN)", "Bygg en bro", ("TN",)),
        ("Bygg en bro – Tekniska nämnden", "Bygg en bro", ("Tekniska nämnden",)),
        ("Bygg en bro, Tekniska nämnden", "Bygg en bro", ("Tekniska nämnden",)),
        ("Bygg en bro [TN]", "Bygg en bro", ("TN",)),
        ("Bygg en bro KS/TN", "Bygg en bro", ("KS", "TN")),
        ("TN: Bygg en bro", "Bygg en bro", ("TN",)),
        ("Socialnämnden – Öppna ett boende", "Öppna ett boende", ("Socialnämnden",)),
    ],
)
def test_boards_at_either_end_of_a_title(text: str, title: str, boards: tuple[str, ...]) -> None:
    found = loose_board_title(text, BOARDS)
    assert found is not None
    assert (found.text, found.boards) == (title, boards)


@pytest.mark.parametrize(
    "text",
    [
        "Stärk samverkan med KS",
        "Utred ansvaret för SN",
        "Bygg en bro – etapp två",
        "Skriv avtal mellan socialnämnden, Kommunstyrelsen",
        "Mål: fler bostäder",
    ],
)
def test_titles_that_only_mention_a_board(text: str) -> None:
    assert loose_board_title(text, BOARDS) is None


@pytest.mark.parametrize(
    ("text", "board"),
    [
        ("Tekniska nämndens uppdrag", "Tekniska nämnden"),
        ("Uppdrag till socialnämnden 2023", "socialnämnden"),
        ("Kommunstyrelsens mål och uppdrag, T2 2023", "Kommunstyrelsen"),
        ("Uppdrag från kommunfullmäktige", None),
        ("Tekniska nämndens uppdrag att bygga en bro", None),
        ("Tekniska nämndens ekonomi", None),
    ],
)
def test_a_heading_that_says_whose_assignments_follow(text: str, board: str | None) -> None:
    assert board_of_heading(text, BOARDS) == board


@pytest.mark.parametrize(
    ("line", "boards"),
    [
        ("Redovisning av fullmäktiges uppdrag till kommunstyrelsen", ("kommunstyrelsen",)),
        ("Redovisning av uppdrag till kommunstyrelsen och nämnderna", ()),
        ("Rapport till kommunstyrelsen", ()),
    ],
)
def test_whose_assignments_a_front_says_that_it_reports_on(line: str, boards: tuple[str, ...]) -> None:
    assert boards_of_front(line, BOARDS) == boards
