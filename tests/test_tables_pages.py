"""Tables over page breaks: rows, comments, headings and columns go on on the next page."""

import pytest

from ljuskoll.nlp.document import Block, Place
from table_texts import BOTH, BRIDGE, BUILDS, HEAD, is_exact, read, reasons, rows, table

PAGES = (
    """
Uppdrag | Nämnd | Status | Kommentar
Bygg en bro vid ån | TN | Grön | Bron invigdes
""",
    """
Rusta upp torget | KS | Röd | Upphandlingen fick göras om.
""",
)


@pytest.mark.parametrize(
    ("continued", "reason"),
    [
        (" | | | i maj.", "fortsättning på raden ovanför"),
        ("Bygg en bro vid ån, forts. | | | i maj.", "fortsättning på raden ovanför"),
        ("Bygg en bro vid ån (forts.) | TN | Grön | i maj.", "fortsättning på raden ovanför"),
        ("Bygg en bro vid ån | TN | | i maj.", "fortsättning på raden ovanför"),
    ],
)
@pytest.mark.parametrize("heading", ["", "Uppdrag | Nämnd | Status | Kommentar\n"])
@pytest.mark.parametrize("between", [(), (Block("Sida 4", (Place(2),)),)])
def test_a_comment_that_goes_on_over_the_page_break(
    continued: str, reason: str, heading: str, between: tuple[Block, ...]
) -> None:
    second = table(f"{heading}{continued}\n{PAGES[1]}", page=2)
    extraction = read(table(PAGES[0]), *between, second)
    assert rows(extraction) == BOTH
    assert reason in reasons(extraction, 1)
    assert is_exact(extraction)


def test_a_title_that_goes_on_over_the_page_break() -> None:
    extraction = read(
        table("Uppdrag | Nämnd | Status | Kommentar\nBygg en bro | TN | Grön | Bron invigdes"),
        table("vid ån | | | i maj.\nRusta upp torget | KS | Röd | Upphandlingen fick göras om.", page=2),
    )
    assert rows(extraction) == BOTH


def test_a_table_goes_on_without_heading_but_not_behind_a_new_section() -> None:
    more = table("Ordna en fest | SN | Gul | Datum saknas.\nMåla bänkar | TN | Gul | Färgen är beställd.", page=2)
    assert len(read(table(BUILDS["one header row"]), more).followups) == 4
    section = Block("Mål 7 Ekonomi i balans", (Place(2),), "heading", 2)
    figures = table("Skatter | 12 | 13 | 14\nBidrag | 4 | 5 | 6\nAvgifter | 1 | 1 | 2", page=2)
    assert len(read(table(BUILDS["one header row"]), section, figures).followups) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (" | TN | Grön | Bron invigdes", "Bygg en bro vid ån | | | i maj."),
        (" | TN | [green] |", "Bygg en bro vid ån | | | Bron invigdes i maj."),
        ("Bygg en bro | TN | Grön | Bron invig-", "vid ån | | | des i maj."),
        ("Bygg en bro vid ån | TN | Grön | Bron invigdes¶", " | | | i maj."),
    ],
    ids=["title on the next page", "only the light on the first", "a word cut in two", "an empty paragraph"],
)
def test_a_row_cut_in_two_by_the_page_break(first: str, second: str) -> None:
    extraction = read(
        table(f"{HEAD}\nMåla om bänkarna | KS | Gul | Färgen är beställd.\n{first}"),
        table(f"{HEAD}\n{second}\nRusta upp torget | KS | Röd | Upphandlingen fick göras om.", page=2),
    )
    assert rows(extraction)[1:] == BOTH
    assert extraction.followups[1].boards == ("TN",)
    assert not any(row.unexplained for account in extraction.accounts for row in account.unmatched)


def test_a_board_s_name_cut_in_two_by_the_page_break() -> None:
    extraction = read(
        table(f"{HEAD}\nBygg en bro | Gemensamma | Grön | Bron invigdes"),
        table(f"{HEAD}\nvid ån | räddningsnämnden | | i maj.\nRusta upp torget | KS | Röd | Görs om.", page=2),
    )
    assert rows(extraction)[0] == BRIDGE
    assert extraction.followups[0].boards == ("Gemensamma räddningsnämnden",)


@pytest.mark.parametrize(
    "second", ["målning av bänkar | kultur- och fritidsnämnden | Gul |", "torget | räddningsnämnden | Röd |"]
)
def test_a_row_with_a_board_of_its_own_or_a_light_goes_on_with_none(second: str) -> None:
    first = table(f"{HEAD}\nBygg en bro | Tekniska nämnden | Grön | Bron invigdes i maj.")
    extraction = read(first, table(f"{HEAD}\n{second} Görs om.", page=2))
    assert len(extraction.followups) == 2


def test_text_below_a_repeated_heading_belongs_to_the_row_on_the_page_before() -> None:
    extraction = read(
        table(f"{HEAD}\nBygg en bro vid ån | TN | Grön | Bron invigdes"),
        table(HEAD, page=2),
        Block("i maj.", (Place(2),)),
    )
    assert rows(extraction) == [BRIDGE]
    assert reasons(extraction, 1) == ["rubrikrad"]


def test_a_heading_without_rows_is_unexplained_unless_a_table_goes_on_from_it() -> None:
    body = table("Bygg en bro vid ån | TN | Grön | Bron invigdes i maj.")
    section = Block("Mål 2 Levande landsbygd", (Place(1),), "heading", 2)
    read_on = read(table(HEAD), section, body)
    assert rows(read_on) == [BRIDGE]
    assert read_on.followups[0].goal == "Mål 2 Levande landsbygd"
    assert reasons(read_on) == ["rubrikrad"]
    alone = read(table(HEAD), Block("Här skulle en tabell ha stått.", (Place(1),)))
    assert [(row.reason, row.unexplained) for row in alone.accounts[0].unmatched] == [("rubriker utan rader", True)]


def test_a_page_s_footer_within_the_table_is_no_part_of_a_comment() -> None:
    extraction = read(f"{HEAD}\nBygg en bro vid ån | TN | Grön | Bron invigdes i maj.\n | | | Sida 2 av 7")
    assert rows(extraction) == [BRIDGE]
    assert reasons(extraction) == ["rubrikrad", "sidhuvud eller sidfot"]


def test_columns_are_told_by_all_pages_of_a_table() -> None:
    """The first page alone shows no light; the column of marks is known from the second."""
    first = table("Uppdrag | Kommentar\n[grey] Bygg en bro vid ån | Bron invigdes i maj.")
    second = table("Uppdrag | Kommentar\n[red] Rusta upp torget | Upphandlingen fick göras om.", page=2)
    shown = [f.declared and (f.declared.colour, f.declared.source) for f in read(first, second).followups]
    assert shown == [(None, "fill"), ("red", "fill")]


def test_ticks_go_on_over_a_page_without_heading() -> None:
    first = table("""
Uppdrag | Klart | Ej genomfört | Kommentar
Bygg en bro vid ån | X | | Bron invigdes i maj.""")
    second = table("Rusta upp torget | | X | Upphandlingen fick göras om.", page=2)
    assert rows(read(first, second)) == BOTH
