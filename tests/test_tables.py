"""Tables of every build: what becomes a record, and that every row of every table is accounted for."""

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ljuskoll.nlp.document import Block, Cell, Document, Item, Mark, MarkColour, Page, Place, Table
from ljuskoll.nlp.extract import Extraction, extract_document
from ljuskoll.nlp.followup import FollowUp
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary

_MARK = re.compile(r"^\[(green|yellow|red|grey|blue)\]\s*")
HEADING = "Uppföljning av uppdrag T2 2023"


def cell(text: str, page: int = 1) -> Cell:
    """A cell; "[green] text" is drawn in green, "¶" parts paragraphs, "<" is the covered part of a merged cell."""
    text = text.strip()
    if text == "<":
        return Cell("")
    place = Place(page, (0.0, 0.0, 10.0, 10.0))
    match = _MARK.match(text)
    colours: dict[str, MarkColour] = {
        "green": "green",
        "yellow": "yellow",
        "red": "red",
        "grey": "grey",
        "blue": "blue",
    }
    marks = (Mark("fill", colours[match[1]], "", place),) if match else ()
    return Cell(_MARK.sub("", text).replace("¶", "\n"), place, marks)


def table(text: str, page: int = 1, header_rows: int = 0) -> Table:
    """A table of lines with "|" between the cells."""
    rows = [line.split("|") for line in text.strip("\n").split("\n")]
    width = max(len(row) for row in rows)
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    return Table(tuple(tuple(cell(text, page) for text in row) for row in padded), page, header_rows)


def document(*items: Item, heading: str = HEADING) -> Document:
    """A document with one heading above its items."""
    pages: dict[int, list[Item]] = {1: [Block(heading, (Place(1),), "heading", 1)]}
    page = 1
    for item in items:
        page = item.page if isinstance(item, Table) else item.places[0].page if item.places else page
        pages.setdefault(page, []).append(item)
    return Document("0" * 64, "text/plain", tuple(Page(number, tuple(found)) for number, found in pages.items()))


def read(*items: Item | str, heading: str = HEADING) -> Extraction:
    made = [table(item) if isinstance(item, str) else item for item in items]
    return extract_document(document(*made, heading=heading), Vocabulary())


def colour(followup: FollowUp) -> str | None:
    return followup.declared.colour if followup.declared else None


def rows(extraction: Extraction) -> list[tuple[str, str | None, str]]:
    return [(f.assignment, colour(f), f.comment) for f in extraction.followups]


def reasons(extraction: Extraction, number: int = 0) -> list[str]:
    return [row.reason for row in extraction.accounts[number].unmatched]


def is_exact(extraction: Extraction) -> bool:
    return all(a.rows_seen == a.records - a.earlier + len(a.unmatched) for a in extraction.accounts)


BRIDGE = ("Bygg en bro vid ån", "green", "Bron invigdes i maj.")
SQUARE = ("Rusta upp torget", "red", "Upphandlingen fick göras om.")
BOTH = [BRIDGE, SQUARE]

_DATA = tomllib.loads(Path(__file__).with_name("tables.toml").read_text(encoding="utf-8"))
BUILDS: dict[str, str] = _DATA["builds"]
OTHERS: dict[str, str] = _DATA["others"]
PERIODS: dict[str, str] = _DATA["periods"]


@pytest.mark.parametrize("text", BUILDS.values(), ids=BUILDS)
def test_the_same_two_assignments_in_every_build(text: str) -> None:
    extraction = read(text)
    assert rows(extraction)[:2] == BOTH
    assert len(extraction.followups) == (3 if "trädplan" in text else 2)
    assert is_exact(extraction)
    assert not any(row.unexplained for account in extraction.accounts for row in account.unmatched)
    assert extraction.signals == ()


@pytest.mark.parametrize("name", ["one header row", "no heading at all", "labels in one cell", "one label a row"])
def test_boards(name: str) -> None:
    assert [f.boards for f in read(BUILDS[name]).followups][:2] == [("TN",), ("KS",)]


@pytest.mark.parametrize("text", PERIODS.values(), ids=PERIODS)
def test_each_period_with_a_status_and_comment_of_its_own_is_a_record(text: str) -> None:
    followups = read(text, heading="Uppföljning av uppdrag T2 2023").followups
    assert [(f.assignment, colour(f), f.comment, f.period and f.period.tertial) for f in followups] == [
        (*BRIDGE, 2),
        ("Bygg en bro vid ån", "yellow", "Bygget har börjat.", 1),
        (*SQUARE, 2),
        ("Rusta upp torget", "yellow", "Anbud har kommit in.", 1),
    ]


@pytest.mark.parametrize(
    ("heading", "tertials"), [("Uppdrag per 30 april 2023", [1, 1]), ("Uppdrag", [2, 1, 2, 1]), ("T3 2023", [2, 1] * 2)]
)
def test_of_several_periods_the_report_s_own_or_the_latest_and_those_before(heading: str, tertials: list[int]) -> None:
    followups = read(PERIODS["three periods, each with status and comment"], heading=heading).followups
    assert [f.period.tertial for f in followups if f.period] == tertials


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Uppdrag | T1 2023 | T2 2023\nBygg en bro | Gul | Grön\nRusta torget | | Röd",
            [(2, "green"), (1, "yellow"), (2, "red")],
        ),
        (
            "Uppdrag | Delår | Helår\nBygg en bro | Gul | Grön\nRusta torget | Röd | Röd",
            [(3, "green"), (2, "yellow"), (3, "red"), (2, "red")],
        ),
        (
            "Uppdrag | T1 | T2 | Kommentar\nBygg en bro | Gul | Grön | Klart.\nRusta torget | Gul | Röd | Nej.",
            [(2, "green"), (2, "red")],
        ),
        (
            "Uppdrag | Status föregående period | Status\nBygg en bro | Gul | Grön\nRusta torget | Gul | Röd",
            [(2, "green"), (2, "red")],
        ),
        (
            "Uppdrag | Bedömning T2 | Helårsbedömning\nBygg en bro | Gul | Grön\nRusta torget | Gul | Röd",
            [(2, "yellow"), (2, "yellow")],
        ),
    ],
    ids=["lights alone", "mid-year and year-end", "the history of a row", "a former status", "a forecast"],
)
def test_which_earlier_statuses_are_records(text: str, expected: list[tuple[int, str]]) -> None:
    heading = "Årsredovisning 2023, uppdrag" if "Helår\n" in text else HEADING
    assert [(f.period and f.period.tertial, colour(f)) for f in read(text, heading=heading).followups] == expected


def test_the_trend_of_the_same_period() -> None:
    extraction = read("""
Uppdrag | T1 | | | T2 | |
 | Status | Trend | Kommentar | Status | Trend | Kommentar
Bygg en bro | Gul | ↓ | Börjat. | Grön | ↑ | Klart.
Rusta torget | Gul | ↓ | Börjat. | Röd | → | Stopp.""")
    assert [f.declared and f.declared.trend for f in extraction.followups] == ["up", "down", "flat", "down"]


def test_trends_go_with_the_status() -> None:
    assert [f.declared.trend for f in read(BUILDS["trend beside the status"]).followups if f.declared] == ["up", "down"]


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_tables_that_follow_up_nothing(text: str) -> None:
    extraction = read(text, heading="Årsredovisning")
    assert (rows(extraction), extraction.signals, extraction.accounts) == ([], (), ())


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


SEXES = {
    "the sex below the figure": """
Nyckeltal | Utfall 2022 | Utfall 2023 | Status | Kommentar
Sjukfrånvaro | | | Gul | Den har minskat något.
Kvinnor | 7,1 | 6,9 | |
Män | 4,0 | 3,9 | |
Behöriga elever | 83 | 85 | Grön | Fler än i fjol.""",
    "the sex in a column": """
Nyckeltal | Kön | Utfall 2023 | Status | Kommentar
Sjukfrånvaro | Totalt | 6,4 | Gul | Den har minskat något.
Sjukfrånvaro | Kvinnor | 6,9 | Grön |
Sjukfrånvaro | Män | 3,9 | Röd |
Behöriga elever | Totalt | 85 | Grön | Fler än i fjol.""",
    "letters in a column without heading": """
Nyckeltal | | Utfall 2023 | Status | Kommentar
Sjukfrånvaro | K | 6,9 | |
< | M | 3,9 | |
< | T | 6,4 | Gul | Den har minskat något.
Behöriga elever | T | 85 | Grön | Fler än i fjol.""",
    "the sex in the title": """
Nyckeltal | Utfall 2023 | Status | Kommentar
Sjukfrånvaro, totalt | 6,4 | Gul | Den har minskat något.
Sjukfrånvaro, kvinnor | 6,9 | |
Sjukfrånvaro, män | 3,9 | |
Behöriga elever | 85 | Grön | Fler än i fjol.""",
}


@pytest.mark.parametrize("text", SEXES.values(), ids=SEXES)
def test_rows_by_sex_are_one_record(text: str) -> None:
    extraction = read(text)
    assert rows(extraction) == [
        ("Sjukfrånvaro", "yellow", "Den har minskat något."),
        ("Behöriga elever", "green", "Fler än i fjol."),
    ]
    assert {f.kind for f in extraction.followups} == {"indicator"}
    assert reasons(extraction) == ["rubrikrad", "rad per kön", "rad per kön"]


def test_rows_by_sex_that_differ_show_no_light() -> None:
    extraction = read("""
Nyckeltal | Kön | Status
Sjukfrånvaro | Kvinnor | Grön
Sjukfrånvaro | Män | Röd
Sömn | Kvinnor | Gul
Sömn | Män | Gul""")
    found = [(f.assignment, colour(f), f.declared and f.declared.as_written) for f in extraction.followups]
    assert found == [("Sjukfrånvaro", None, "Grön / Röd"), ("Sömn", "yellow", "Gul")]


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


HEAD = "Uppdrag | Nämnd | Status | Kommentar"


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


def test_equal_rows_of_two_tables_on_one_page_are_two_records() -> None:
    one = table("Uppdrag | Nämnd | Status\nMinska matsvinnet | BUN | Grön")
    assert len(read(one, one).followups) == 2


def test_goals_do_not_go_on_into_another_table() -> None:
    first = table("Uppdrag | Status | Kommentar\nMål 1 Levande landsbygd | < | <\nBygg en bro | Grön | Klar bro.")
    second = table("Uppdrag | Status | Kommentar\nRusta upp torget | Röd | Det dröjer.")
    extraction = read(first, Block("Övrigt", (Place(1),), "heading", 2), second)
    assert [f.goal for f in extraction.followups] == ["Mål 1 Levande landsbygd", None]


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


def test_a_lone_light_inherits_no_title() -> None:
    """The foot of a page can cut a row so that nothing but its light is left in the table."""
    extraction = read("Uppdrag | Status | Kommentar\nBygg en bro | [yellow] | Bygget pågår.\n< | [red] | <")
    assert rows(extraction) == [("Bygg en bro", "yellow", "Bygget pågår.")]
    assert [(row.reason, row.unexplained) for row in extraction.accounts[0].unmatched][1:] == [("titeln saknas", True)]


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


def test_a_legend_within_the_table_is_no_record_and_teaches_the_scale() -> None:
    extraction = read("""
Uppdrag | Status | Kommentar
Bygg en bro | [blue] | Bron är på väg.
Rusta torget | [red] | Torget dröjer.
 | |
Går som det ska | [green] |
Vissa avvikelser | [yellow] |
Uppnås inte | [red] |
Kan inte bedömas | [blue] |""")
    assert [(f.assignment, colour(f)) for f in extraction.followups] == [("Bygg en bro", None), ("Rusta torget", "red")]
    assert reasons(extraction) == ["rubrikrad", "tom rad", *["teckenförklaring"] * 4]


@pytest.mark.parametrize(
    "legend",
    [
        "100 % = grönt, 80–99 % = gult, under 80 % = rött | < | <",
        "Grönt: 100 % | < | <\nGult: 80–99 % | < | <\nRött: under 80 % | < | <",
        "Grön (100 procent), gul (80 till 99 procent), röd (79 procent eller lägre) | < | <",
    ],
)
@pytest.mark.parametrize("is_above", [True, False])
def test_bands_in_a_note_of_the_table(legend: str, is_above: bool) -> None:
    body = "Uppdrag | Genomfört | Kommentar\nBygg bro | 100 % | Klart.\nRusta torg | 80 % | Snart.\nMåla | 5 % | Nej."
    extraction = read(f"{legend}\n{body}" if is_above else f"{body}\n{legend}")
    assert [colour(f) for f in extraction.followups] == ["green", "yellow", "red"]
    assert "teckenförklaring" in reasons(extraction)


def test_a_caption_above_the_heading_says_the_period() -> None:
    text = "Uppdragslista per 31 augusti 2021 | < | <\n | |\nUppdrag | Status | Kommentar\nBygg en bro | Grön | Klart."
    (followup,) = read(text, heading="Uppdrag").followups
    assert followup.period is not None
    assert (followup.period.year, followup.period.tertial) == (2021, 2)


def test_a_period_in_a_column_is_that_of_its_row() -> None:
    extraction = read("Uppdrag | Period | Status\nBygg en bro | 2022T1 | Grön\nRusta torget | 2022 | Röd")
    assert [(f.period and (f.period.year, f.period.tertial)) for f in extraction.followups] == [(2022, 1), (2023, 2)]


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


def test_a_comment_below_the_last_row_is_that_of_the_table() -> None:
    extraction = read(f"{BUILDS['one header row']}\nKommentar: Två av fem uppdrag redovisas senare. | < | < | <")
    assert rows(extraction) == BOTH
    assert reasons(extraction) == ["rubrikrad", "kommentar till hela tabellen"]


def test_rows_painted_from_end_to_end_keep_their_comments() -> None:
    extraction = read("""
Uppdrag | Nämnd | Vad har hänt
[green] Bygg en bro | [green] TN | [green] Den står klar sedan i maj.
[red] Rusta torget | [red] KS | [red] Stopp.
[red] Måla om | [red] KS | [red] Färgen saknas hos leverantören.""")
    assert [(colour(f), f.comment) for f in extraction.followups] == [
        ("green", "Den står klar sedan i maj."),
        ("red", "Stopp."),
        ("red", "Färgen saknas hos leverantören."),
    ]


def test_a_comment_row_is_added_to_the_comment_of_a_column() -> None:
    extraction = read("""
Uppdrag | Status | Kommentar
Bygg en bro vid ån | Grön | Se nedan.
Bron invigdes i maj | < | <
Rusta upp torget | Röd | Försenat.
Upphandlingen fick göras om. | < | <""")
    assert rows(extraction) == [
        ("Bygg en bro vid ån", "green", "Se nedan.\nBron invigdes i maj"),
        ("Rusta upp torget", "red", "Försenat.\nUpphandlingen fick göras om."),
    ]


def test_a_sentence_across_the_table_is_never_lost_in_silence() -> None:
    extraction = read("""
Uppdrag | Status | Kommentar
Bygg en bro vid ån | Grön | Bron invigdes i maj.
Rusta upp torget | Röd | Upphandlingen fick göras om.
Nämnden ser över taxan. | < | <""")
    assert rows(extraction) == BOTH
    assert [(row.text, row.unexplained) for row in extraction.accounts[0].unmatched if row.unexplained] == [
        ("Nämnden ser över taxan.", True)
    ]


def test_goals_as_sentences_above_their_rows_are_headings() -> None:
    extraction = read("""
Uppdrag | Status | Kommentar
Alla barn är trygga. | < | <
Bygg en bro vid ån | Grön | Bron invigdes i maj.
Torgen är levande. | < | <
Rusta upp torget | Röd | Upphandlingen fick göras om.""")
    assert rows(extraction) == BOTH


def test_two_ticks_in_a_row_show_no_light_of_their_own() -> None:
    extraction = read("""
Uppdrag | Klart | Delvis | Ej genomfört
Bygg en bro vid ån | X | |
Rusta upp torget | | X | X
Ta fram en trädplan | | | X""")
    shown = [(f.declared.colour, f.declared.as_written) for f in extraction.followups if f.declared]
    assert shown == [("green", "Klart"), (None, "Delvis / Ej genomfört"), ("red", "Ej genomfört")]


def test_ticks_go_on_over_a_page_without_heading() -> None:
    first = table("""
Uppdrag | Klart | Ej genomfört | Kommentar
Bygg en bro vid ån | X | | Bron invigdes i maj.""")
    second = table("Rusta upp torget | | X | Upphandlingen fick göras om.", page=2)
    assert rows(read(first, second)) == BOTH


def test_a_percentage_is_the_status_and_a_word_below_kommentar_is_not() -> None:
    extraction = read("""
Uppdrag | Färdigställandegrad | Kommentar
Bygg en bro vid ån | 100 % | Klart.
Rusta upp torget | 75 % | Nästan.""")
    shown = [(f.declared and (f.declared.colour, f.declared.as_written), f.comment) for f in extraction.followups]
    assert shown == [((None, "100 %"), "Klart."), ((None, "75 %"), "Nästan.")]
    bare = read("""
Uppdrag | Nämnd | Kommentar
Bygg en bro vid ån | TN | Klart.
Rusta upp torget | KS | Nästan.""")
    assert rows(bare) == [("Bygg en bro vid ån", None, "Klart."), ("Rusta upp torget", None, "Nästan.")]


def test_a_column_of_kinds_gives_each_row_its_own() -> None:
    extraction = read("""
Typ | Rubrik | Nämnd | Status | Kommentar
Uppdrag | Bygg en bro vid ån | TN | Grön | Bron invigdes i maj.
Mål | Rusta upp torget | KS | Röd | Upphandlingen fick göras om.
Indikator | Andel nöjda besökare | KS | Gul | Andelen är 70 procent.""")
    assert [f.kind for f in extraction.followups] == ["assignment", "goal", "indicator"]


def test_rows_with_earlier_periods_say_so_in_the_account() -> None:
    account = read(PERIODS["three periods, each with status and comment"]).accounts[0]
    assert account.earlier == account.records - 2 > 0
    assert not any(row.unexplained for row in account.unmatched)


def test_a_comment_row_can_leave_the_first_column_to_the_row_above() -> None:
    extraction = read("""
Nr | Uppdrag | Nämnd | Status
1 | Bygg en bro vid ån | TN | Grön
< | Bron invigdes i maj. | < | <
2 | Rusta upp torget | KS | Röd
< | Upphandlingen fick göras om. | < | <""")
    assert rows(extraction) == BOTH
    assert [f.boards for f in extraction.followups] == [("TN",), ("KS",)]
