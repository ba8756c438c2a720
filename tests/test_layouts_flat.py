"""Tables flattened by copying: column headings one a line, then the cells; paired in exactly one way or refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ljuskoll.nlp.extract import Extraction, extract
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary

TOP = "Uppföljning av uppdrag per 31 augusti 2023\n\nSandvikså kommun\n\n"
FOUR = ("Uppdrag", "Ansvarig nämnd", "Status", "Kommentar")
BRIDGE = (
    "Bygg en ny brygga vid Norra viken",
    "Tekniska nämnden",
    "Gul",
    "Anbuden är inne.",
    "Bygget börjar i oktober.",
)
SCHOOL = ("Starta en lovskola", "BUN", "Grön", "Lovskolan hölls vecka 26.")
PLAN = ("Ta fram en näringslivsplan", "Kommunstyrelsen", "Röd")
FEES = ("Se över taxan för torghandel", "KS", "Arbetet har inte kommit i gång.")

Row = tuple[str, tuple[str, ...], str | None, str]
BRIDGE_ROW: Row = (BRIDGE[0], ("Tekniska nämnden",), "yellow", "Anbuden är inne.\nBygget börjar i oktober.")
SCHOOL_ROW: Row = (SCHOOL[0], ("BUN",), "green", "Lovskolan hölls vecka 26.")
PLAN_ROW: Row = (PLAN[0], ("Kommunstyrelsen",), "red", "")
FEES_ROW: Row = (FEES[0], ("KS",), None, "Arbetet har inte kommit i gång.")
ALL = [BRIDGE_ROW, SCHOOL_ROW, PLAN_ROW, FEES_ROW]


def read(*cells: str) -> Extraction:
    return extract("rapport.txt", (TOP + "\n\n".join(cells) + "\n").encode(), Vocabulary())


def rows(extraction: Extraction) -> list[Row]:
    return [
        (f.assignment, f.boards, f.declared.colour if f.declared else None, f.comment) for f in extraction.followups
    ]


def test_cells_row_by_row_with_some_left_empty() -> None:
    extraction = read(*FOUR, *BRIDGE, *SCHOOL, *PLAN, *FEES)
    assert extraction.layout == "flattened"
    assert rows(extraction) == ALL
    assert extraction.signals == ()
    assert {(f.period.year, f.period.tertial) for f in extraction.followups if f.period} == {(2023, 2)}


def test_headings_come_again_on_the_next_page() -> None:
    assert rows(read(*FOUR, *BRIDGE, *SCHOOL, *FOUR, *PLAN, *FEES)) == ALL


def test_two_headings_on_a_line() -> None:
    assert rows(read("Uppdrag", "Ansvarig nämnd Status", "Kommentar", *BRIDGE, *SCHOOL, *PLAN, *FEES)) == ALL


def test_goals_between_the_rows() -> None:
    extraction = read(*FOUR, "Mål 1: Trygga barn", *BRIDGE, *SCHOOL, "Mål 2: Levande landsbygd", *PLAN, *FEES)
    assert rows(extraction) == ALL
    assert [f.goal for f in extraction.followups] == ["Mål 1: Trygga barn"] * 2 + ["Mål 2: Levande landsbygd"] * 2


def test_what_follows_the_table_is_no_comment() -> None:
    extraction = read(*FOUR, *BRIDGE, *SCHOOL, "Ekonomi", "Nämnden redovisar ett överskott.", "Det beror på vakanser.")
    assert rows(extraction) == [BRIDGE_ROW, SCHOOL_ROW]


def test_the_board_in_the_last_column() -> None:
    cells = ("Bygg en brygga", "Gul", "Klart i maj", "TN", "Starta en lovskola", "Hölls i juni.", "BUN")
    assert rows(read("Uppdrag", "Status", "Kommentar", "Ansvarig", *cells)) == [
        ("Bygg en brygga", ("TN",), "yellow", "Klart i maj"),
        ("Starta en lovskola", ("BUN",), None, "Hölls i juni."),
    ]


def test_numbers_and_dates_are_anchors_and_no_comment() -> None:
    head = ("Nr", "Uppdrag", "Nämnd", "Status", "Slutdatum", "Kommentar")
    first = ("1", "Bygg en brygga", "TN", "Pågår", "2023-12-31", "Upphandlas nu.")
    second = ("2", "Starta en lovskola", "BUN", "Klar", "2023-06-30", "Hölls i juni.", "Fler söker.")
    assert rows(read(*head, *first, *second)) == [
        ("Bygg en brygga", ("TN",), "green", "Upphandlas nu."),
        ("Starta en lovskola", ("BUN",), "green", "Hölls i juni.\nFler söker."),
    ]


def test_a_title_without_board_and_status_is_said_and_its_text_no_comment_of_the_row_above() -> None:
    """Nothing tells whether the line is a title or a part of the comment: the row above ends before it."""
    lost = ("Skapa en mötesplats för unga", "Ett hyresavtal är tecknat för lokalen.")
    extraction = read(*FOUR, *BRIDGE, *lost, *SCHOOL)
    assert rows(extraction) == [BRIDGE_ROW, SCHOOL_ROW]
    assert [signal.sample for signal in extraction.signals] == [lost[0]]


TITLES = ("Bygg en brygga", "Starta en lovskola", "Ta fram en plan")
BOARDS = ("TN", "BUN", "KS")
LIGHTS = ("Gul", "Grön", "Röd")
COMMENTS = ("Upphandlas nu.", "Hölls i juni.", "Vilar.")
PAIRED: list[Row] = [
    ("Bygg en brygga", ("TN",), "yellow", "Upphandlas nu."),
    ("Starta en lovskola", ("BUN",), "green", "Hölls i juni."),
    ("Ta fram en plan", ("KS",), "red", "Vilar."),
]


def test_cells_column_by_column_are_paired_where_the_counts_agree() -> None:
    assert rows(read(*FOUR, *TITLES, *BOARDS, *LIGHTS, *COMMENTS)) == PAIRED


def test_columns_each_under_its_own_heading() -> None:
    columns = zip(FOUR, (TITLES, BOARDS, LIGHTS, COMMENTS), strict=True)
    assert rows(read(*(cell for heading, cells in columns for cell in (heading, *cells)))) == PAIRED


@pytest.mark.parametrize(
    "cells",
    [
        (*FOUR, *TITLES, *BOARDS, *LIGHTS, *COMMENTS[:2]),
        (*FOUR, *TITLES, *BOARDS, *LIGHTS[:2], *COMMENTS),
        (*FOUR, *TITLES, *BOARDS[:2], *LIGHTS, *COMMENTS),
        ("Uppdrag", *TITLES, "Status", *LIGHTS[:2], "Kommentar", *COMMENTS[:2]),
        ("Uppdrag", *TITLES, "Status", *LIGHTS, "Kommentar", *COMMENTS[:1]),
    ],
    ids=["a comment less", "a light less", "a board less", "apart, a light less", "apart, comments less"],
)
def test_columns_of_unequal_length_are_never_guessed_at(cells: tuple[str, ...]) -> None:
    extraction = read(*cells)
    assert extraction.followups == ()
    assert "uppradade celler" in {signal.what for signal in extraction.signals}


@pytest.mark.parametrize(
    "cells",
    [
        ("Uppdrag", "Status", "Sammanträdet öppnades klockan nio.", "Protokollet justerades."),
        ("Status", "Kommentar", "Här kan du lämna synpunkter på planen."),
    ],
)
def test_a_few_words_that_also_head_columns_are_no_table(cells: tuple[str, ...]) -> None:
    assert read(*cells).followups == ()


CELLS = st.sampled_from([*FOUR, *BRIDGE, *SCHOOL, *PLAN, *FEES, "Klart i maj", "Mål 2: Växa", "12", "2023-05-01"])


@given(st.lists(CELLS, max_size=20))
def test_any_mixture_of_cells_gives_only_what_stands_there(cells: list[str]) -> None:
    """No mixture breaks the reading, and no cell is used in two follow-ups' comments or boards."""
    extraction = read(*FOUR, *cells)
    for followup in extraction.followups:
        assert followup.assignment in {cell.rstrip(".") for cell in (*FOUR, *cells)}
        assert all(line in cells or " " in line for line in followup.comment.split("\n") if line)
    comments = [line for f in extraction.followups for line in f.comment.split("\n") if line]
    assert all(comments.count(line) <= cells.count(line) for line in comments if line in cells)


def test_the_tables_heading_is_no_column_and_its_page_lines_are_no_cells() -> None:
    foot = ("Sandvikså kommun, delårsrapport augusti 2023", "4 (6)")
    found = read("Uppdrag från fullmäktige", *FOUR, *BRIDGE, *foot, *FOUR, *SCHOOL)
    assert rows(found) == [BRIDGE_ROW, SCHOOL_ROW]
    assert not found.signals


def test_the_reports_title_right_above_the_headings_is_no_column() -> None:
    found = extract("rapport.txt", "\n\n".join(("Uppföljning T2 2023", *FOUR, *BRIDGE, *SCHOOL)).encode(), Vocabulary())
    assert rows(found) == [BRIDGE_ROW, SCHOOL_ROW]
    assert not found.signals


def test_a_status_that_is_a_label_elsewhere_is_no_label_of_the_comment_below() -> None:
    comment = "Inte påbörjat, det ligger snö i dikena. Två är anställda från juni och kartorna är kopierade."
    found = read(*FOUR, BRIDGE[0], BRIDGE[1], "Uppfyllt", comment, *SCHOOL)
    assert rows(found) == [(BRIDGE[0], ("Tekniska nämnden",), "green", comment), SCHOOL_ROW]
