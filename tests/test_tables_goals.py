"""Goals in tables: above, beside or between the assignments, and what belongs to which."""

from dataclasses import replace

import pytest

from ljuskoll.nlp.document import Block, Place
from table_texts import BOTH, colour, is_exact, read, reasons, rows, table


def test_headings_between_rows_give_goal_and_board() -> None:
    extraction = read("""
Uppdrag | Status | Kommentar
Mål 1 Levande landsbygd | < | <
Tekniska nämnden | < | <
Bygg en bro vid ån | Grön | Bron invigdes i maj.
Mål 2 Trygga barn | < | <
Socialnämnden | < | <
Rusta upp torget | Röd | Upphandlingen fick göras om.""")
    assert rows(extraction) == BOTH
    assert [(f.goal, f.boards) for f in extraction.followups] == [
        ("Mål 1 Levande landsbygd", ("Tekniska nämnden",)),
        ("Mål 2 Trygga barn", ("Socialnämnden",)),
    ]
    assert reasons(extraction) == ["rubrikrad", *["mellanrubrik"] * 4]


def test_goal_and_board_are_inherited_where_cells_are_merged_but_never_a_status() -> None:
    extraction = read("""
Övergripande mål | Uppdrag | Nämnd | Status | Kommentar
Grön kommun | Bygg en bro vid ån | Tekniska nämnden | Grön | Bron invigdes i maj.
< | Rusta upp torget | < | < | Upphandlingen fick göras om.""")
    first, second = extraction.followups
    assert (second.goal, second.boards) == (first.goal, first.boards) == ("Grön kommun", ("Tekniska nämnden",))
    assert (colour(first), second.declared) == ("green", None)


def test_activities_below_a_merged_assignment_are_the_records() -> None:
    extraction = read("""
Uppdrag | Aktivitet | Status
Minska matsvinnet | Väg allt svinn i köken | Klar
< | Utbilda kockarna i planering | Pågår
< | Inför mindre tallrikar i skolan | Ej påbörjad
Öka återbruket | Starta en bytesbod | Klar""")
    assert [(f.kind, f.assignment, f.goal) for f in extraction.followups] == [
        ("activity", "Väg allt svinn i köken", "Minska matsvinnet"),
        ("activity", "Utbilda kockarna i planering", "Minska matsvinnet"),
        ("activity", "Inför mindre tallrikar i skolan", "Minska matsvinnet"),
        ("activity", "Starta en bytesbod", "Öka återbruket"),
    ]


def test_goals_do_not_go_on_into_another_table() -> None:
    first = table("Uppdrag | Status | Kommentar\nMål 1 Levande landsbygd | < | <\nBygg en bro | Grön | Klar bro.")
    second = table("Uppdrag | Status | Kommentar\nRusta upp torget | Röd | Det dröjer.")
    extraction = read(first, Block("Övrigt", (Place(1),), "heading", 2), second)
    assert [f.goal for f in extraction.followups] == ["Mål 1 Levande landsbygd", None]


def test_a_heading_across_the_table_is_a_goal_without_the_word() -> None:
    extraction = read("""
Nämnd | Uppdrag | Status
Alla hittar hit | < | <
TN | Bygg en bro | Grön
Barn och utbildning | < | <
Staden är trygg | < | <
KS | Rusta torget | Röd
Övriga uppdrag | < | <
KS | Måla bänkar | Röd""")
    assert [f.goal for f in extraction.followups] == ["Alla hittar hit", "Staden är trygg", None]


def test_goals_above_their_assignments_in_one_column_told_by_numbers() -> None:
    extraction = read("""
Nr | Mål/uppdrag | Status | Kommentar
1 | Alla hittar hit | Gul | Fler hittar hit.
1.1 | Bygg en bro | Grön | Klart.
1.2 | Måla bänkar | Grön |
2 | Staden är trygg | |
2.1 | Rusta torget | Röd | Det dröjer.""")
    assert [(f.kind, f.assignment, f.goal) for f in extraction.followups] == [
        ("goal", "Alla hittar hit", None),
        ("assignment", "Bygg en bro", "Alla hittar hit"),
        ("assignment", "Måla bänkar", "Alla hittar hit"),
        ("assignment", "Rusta torget", "Staden är trygg"),
    ]
    assert is_exact(extraction)


def test_goals_above_their_assignments_told_by_words_or_by_their_width() -> None:
    for first, second in (("Mål 1 Alla hittar hit |", "Mål 2 Trygg stad |"), ("Alla hittar hit | <", "Trygg stad | <")):
        extraction = read(f"""
Uppdrag | Nämnd | Status
{first} | Gul
Bygg en bro | TN | Grön
Måla bänkar | TN | Grön
{second} | Gul
Rusta torget | KS | Röd""")
        goals = [followup.assignment for followup in extraction.followups if followup.kind == "goal"]
        assert goals == [text.strip(" |<") for text in (first, second)]
        assert [f.goal for f in extraction.followups] == [None, goals[0], goals[0], None, goals[1]]


@pytest.mark.parametrize("bold", [(1, 3), (1, 2, 3, 4), (2, 4), ()])
def test_goals_told_by_bold_type(bold: tuple[int, ...]) -> None:
    made = table("Mål och uppdrag | Status\nAlla hittar hit | Gul\nBygg en bro | Grön\nTrygg stad | Gul\nMåla om | Röd")
    cells = [tuple(replace(cell, is_bold=number in bold) for cell in row) for number, row in enumerate(made.rows)]
    extraction = read(replace(made, rows=tuple(cells)))
    goals = ["Alla hittar hit", "Trygg stad"] if bold == (1, 3) else [None, None]
    assert [f.goal for f in extraction.followups][1::2] == goals


def test_goals_as_sentences_above_their_rows_are_headings() -> None:
    extraction = read("""
Uppdrag | Status | Kommentar
Alla barn är trygga. | < | <
Bygg en bro vid ån | Grön | Bron invigdes i maj.
Torgen är levande. | < | <
Rusta upp torget | Röd | Upphandlingen fick göras om.""")
    assert rows(extraction) == BOTH
