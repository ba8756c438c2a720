"""Boards in tables: in a column of their own, stated once, merged, or broken by a narrow column."""

import pytest

from table_texts import BUILDS, HEAD, colour, read


@pytest.mark.parametrize("name", ["one header row", "no heading at all", "labels in one cell", "one label a row"])
def test_boards(name: str) -> None:
    assert [f.boards for f in read(BUILDS[name]).followups][:2] == [("TN",), ("KS",)]


def test_an_empty_cell_that_is_not_merged_inherits_no_board() -> None:
    extraction = read("""
Uppdrag | Nämnd | Status
Bygg en bro vid ån | TN | Grön
Rusta upp torget | | Röd
Ta fram en trädplan | KS | Gul
Ordna en marknad | SN | Gul""")
    assert [f.boards for f in extraction.followups] == [("TN",), (), ("KS",), ("SN",)]


def test_a_board_stated_once_for_several_rows() -> None:
    extraction = read("""
Nämnd | Uppdrag | Status
TN | Bygg en bro vid ån | Grön
 | Rusta upp torget | Röd
 | Måla om bänkarna | Gul
KS | Ta fram en trädplan | Gul
 | Ordna en marknad | Gul""")
    assert [f.boards for f in extraction.followups] == [("TN",)] * 3 + [("KS",)] * 2


def test_one_assignment_of_several_boards_is_one_record_a_board() -> None:
    extraction = read("""
Uppdrag | Nämnd | Status | Kommentar
Minska matsvinnet | BUN | Grön | Svinnet har halverats.
< | SN | Gul | Mätningen har just börjat.""")
    assert [(f.assignment, f.boards, colour(f)) for f in extraction.followups] == [
        ("Minska matsvinnet", ("BUN",), "green"),
        ("Minska matsvinnet", ("SN",), "yellow"),
    ]


@pytest.mark.parametrize(
    ("board", "whole"),
    [
        ("Inköps- och upp handlingsnämnd en", "Inköps- och upphandlingsnämnden"),
        ("Funktionsrättsn ämnden", "Funktionsrättsnämnden"),
        ("Norra stadsdels nämnden", "Norra stadsdelsnämnden"),
        ("Tekniska utskottet", "Tekniska utskottet"),
        ("Digitala utskottet", "Digitala utskottet"),
        ("Vattenförvaltningens nämnd", "Vattenförvaltningens nämnd"),
    ],
)
def test_a_board_broken_by_a_narrow_column_and_one_of_two_words(board: str, whole: str) -> None:
    (followup,) = read(f"{HEAD}\nBygg en bro vid ån | {board} | Grön | Bron invigdes i maj.").followups
    assert followup.boards == (whole,)
