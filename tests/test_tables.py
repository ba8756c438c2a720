"""Tables of every build: what becomes a record, and that every row of every table is accounted for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ljuskoll.nlp.document import Block, Item, Place, Table
from table_texts import BOTH, BRIDGE, BUILDS, OTHERS, SQUARE, cell, colour, is_exact, read, reasons, rows, table


@pytest.mark.parametrize("text", BUILDS.values(), ids=BUILDS)
def test_the_same_two_assignments_in_every_build(text: str) -> None:
    extraction = read(text)
    assert rows(extraction)[:2] == BOTH
    assert len(extraction.followups) == (3 if "trädplan" in text else 2)
    assert is_exact(extraction)
    assert not any(row.unexplained for account in extraction.accounts for row in account.unmatched)
    assert extraction.signals == ()


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_tables_that_follow_up_nothing(text: str) -> None:
    extraction = read(text, heading="Årsredovisning")
    assert (rows(extraction), extraction.signals, extraction.accounts) == ([], (), ())


def test_equal_rows_of_two_tables_on_one_page_are_two_records() -> None:
    one = table("Uppdrag | Nämnd | Status\nMinska matsvinnet | BUN | Grön")
    assert len(read(one, one).followups) == 2


def test_a_heading_above_is_the_title_of_a_small_table() -> None:
    def card(title: str, status: str, comment: str) -> tuple[Item, Item]:
        heading = Block(title, (Place(1),), "heading", 3)
        return heading, table(f"Status | {status}\nAnsvarig nämnd | KS\nKommentar | {comment}")

    extraction = read(*card(*BRIDGE[:1], "Grön", BRIDGE[2]), *card(SQUARE[0], "Röd", SQUARE[2]))
    assert rows(extraction) == BOTH
    assert is_exact(extraction)


def test_a_row_needs_a_status_or_a_comment_of_its_own() -> None:
    extraction = read("""
Uppdrag | Nämnd | Status | Kommentar
Bygg en bro vid ån | TN | Grön | -
Rusta upp torget | KS | | Det dröjer.
Ta fram en trädplan | KS | Ej mätbart |
Ordna en marknad | SN | | -
 | SN | Gul | Ingen titel står här.""")
    assert rows(extraction)[:3] == [
        ("Bygg en bro vid ån", "green", ""),
        ("Rusta upp torget", None, "Det dröjer."),
        ("Ta fram en trädplan", None, ""),
    ]
    assert extraction.followups[2].declared is not None
    assert "varken status eller kommentar" in reasons(extraction)
    assert is_exact(extraction)


def test_a_row_whose_title_cannot_be_found_is_unexplained() -> None:
    extraction = read("Uppdrag | Nr | Status\n | 1 | Grön\nBygg en bro | 2 | Gul\nRusta torget | 3 | Gul")
    (account,) = extraction.accounts
    assert [(row.reason, row.unexplained) for row in account.unmatched] == [
        ("rubrikrad", False),
        ("titeln saknas", True),
    ]


@pytest.mark.parametrize(
    "text",
    [
        """
Vad | Vem | Hur går det? | Berättelse
Bygg en bro vid ån | TN | Nivå A | Bron invigdes i maj och har redan fått flera tusen besökare.
Rusta upp torget | KS | Nivå C | Upphandlingen fick göras om eftersom inget anbud höll budgeten.
Ta fram en trädplan | SBN | Nivå A | Planen är på remiss hos nämnderna till och med oktober.""",
        """
Uppdrag | Nämnd
Bygg en bro vid ån | TN
Rusta upp torget | KS
Ta fram en trädplan | SBN""",
        """
Nämnd | Status | Kommentar
TN | Grön | Bron invigdes i maj.
KS | Röd | Upphandlingen fick göras om.""",
    ],
    ids=["unknown headings", "left half of a spread", "right half of a spread"],
)
def test_what_looks_like_a_follow_up_and_is_not_read_is_said(text: str) -> None:
    extraction = read(text)
    assert extraction.followups == ()
    assert extraction.signals[0].what == "tabell med status"
    assert all(row.unexplained for account in extraction.accounts for row in account.unmatched)
    assert is_exact(extraction)


WORDS = st.sampled_from(
    [
        *("Uppdrag", "Nämnd", "Status", "Kommentar", "Kommentar:", "T1 2023", "T2 2023", "Delår 2023", "Mål"),
        *("Trend", "Nr", "Nyckeltal", "Utfall", "Grön", "Gul", "Röd", "Klar", "-", "↑", "Ja", "Nivå A", "12,5"),
        *("TN", "KS", "Socialnämnden", "Mål 1 Trygga barn", "Totalt", "Kvinnor", "M", "forts.", "Bygg en bro, forts."),
        *("Bygg en bro", "Rusta torget", "och sedan mer", "Status: Gul", "Grön = uppfyllt", "Kommentar: Det går bra."),
        *("Bron invigdes i maj. Den är mycket använd.", "Rusta torget¶Det går bra.", "[green]", "[red] Bro", "<"),
        *("", "", "", "", "Risk", "Budget", "100 %", "Aktivitet", "Ansvarig nämnd", "Uppdrag och kommentar"),
    ]
)
TABLES = st.lists(
    st.integers(1, 6).flatmap(lambda width: st.lists(st.lists(WORDS, min_size=width, max_size=width), min_size=1)),
    min_size=1,
    max_size=3,
)


@settings(max_examples=200, deadline=None)
@given(TABLES)
def test_no_row_of_any_table_is_lost(tables: list[list[list[str]]]) -> None:
    """Each row is one record or has one reason, and records hold only words that stand in the tables."""
    items = [
        Table(tuple(tuple(cell(word, number) for word in row) for row in found), number)
        for number, found in enumerate(tables, start=1)
    ]
    extraction = read(*items)
    assert is_exact(extraction)
    assert sum(account.records for account in extraction.accounts) == len(
        [f for f in extraction.followups if any(place.bbox for place in f.places)]
    )
    words = {word for item in items for row in item.rows for each in row for word in each.text.split()}
    for followup in extraction.followups:
        assert followup.declared or followup.comment
        assert set(followup.comment.split()) <= words


def test_headings_and_codes_as_systems_write_them() -> None:
    extraction = read("""
Uppdrag_id | Organisation | Mal_namn | UppdragNamn | Ansvarig_enhet | Status_kod | Trend_kod
7 | Rimbergs kommun | Trygg stad | Bygg en bro | Tekniska nämnden | GRON | UPP
8 | Rimbergs kommun | Trygg stad | Rusta torget | Kommunstyrelsen | EJ_PABORJAD | NED
9 | Rimbergs kommun | Trygg stad | Måla bänkar | Kommunstyrelsen | EJ_BED |""")
    assert [
        (f.assignment, f.goal, f.boards, colour(f), f.declared and f.declared.trend) for f in extraction.followups
    ] == [
        ("Bygg en bro", "Trygg stad", ("Tekniska nämnden",), "green", "up"),
        ("Rusta torget", "Trygg stad", ("Kommunstyrelsen",), "red", "down"),
        ("Måla bänkar", "Trygg stad", ("Kommunstyrelsen",), None, None),
    ]


def test_a_column_of_kinds_gives_each_row_its_own() -> None:
    extraction = read("""
Typ | Rubrik | Nämnd | Status | Kommentar
Uppdrag | Bygg en bro vid ån | TN | Grön | Bron invigdes i maj.
Mål | Rusta upp torget | KS | Röd | Upphandlingen fick göras om.
Indikator | Andel nöjda besökare | KS | Gul | Andelen är 70 procent.""")
    assert [f.kind for f in extraction.followups] == ["assignment", "goal", "indicator"]
