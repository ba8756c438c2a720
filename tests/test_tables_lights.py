"""Lights and trends of rows: legends, bands, ticks, percentages and painted rows."""

import pytest

from table_texts import BUILDS, colour, read, reasons, rows


def test_trends_go_with_the_status() -> None:
    assert [f.declared.trend for f in read(BUILDS["trend beside the status"]).followups if f.declared] == ["up", "down"]


def test_a_lone_light_inherits_no_title() -> None:
    """The foot of a page can cut a row so that nothing but its light is left in the table."""
    extraction = read("Uppdrag | Status | Kommentar\nBygg en bro | [yellow] | Bygget pågår.\n< | [red] | <")
    assert rows(extraction) == [("Bygg en bro", "yellow", "Bygget pågår.")]
    assert [(row.reason, row.unexplained) for row in extraction.accounts[0].unmatched][1:] == [("titeln saknas", True)]


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


def test_two_ticks_in_a_row_show_no_light_of_their_own() -> None:
    extraction = read("""
Uppdrag | Klart | Delvis | Ej genomfört
Bygg en bro vid ån | X | |
Rusta upp torget | | X | X
Ta fram en trädplan | | | X""")
    shown = [(f.declared.colour, f.declared.as_written) for f in extraction.followups if f.declared]
    assert shown == [("green", "Klart"), (None, "Delvis / Ej genomfört"), ("red", "Ej genomfört")]


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


def test_the_letters_of_colours_can_head_columns_of_ticks() -> None:
    found = read("""
Uppdrag | G | Gu | R | Analys
Bygg en bro | ☒ | ☐ | ☐ | Klar i maj.
Bygg en väg | ☐ | ☒ | ☐ | Dröjer.""")
    assert [(one.assignment, colour(one)) for one in found.followups] == [
        ("Bygg en bro", "green"),
        ("Bygg en väg", "yellow"),
    ]


def test_other_letters_over_ticks_are_no_lights() -> None:
    found = read("""
Uppdrag | R | A | C | Kommentar
Bygg en bro | X | | | Klar i maj.
Bygg en väg | | X | | Dröjer.""")
    assert [colour(one) for one in found.followups] == [None, None]


def test_a_column_of_lights_goes_before_one_of_shares() -> None:
    found = read("""
Uppdrag | Utfört | Status | Kommentar
Bygg en bro | 100 % | Grön | Klar i maj.
Bygg en väg | 60 % | Gul | Dröjer.""")
    assert [colour(one) for one in found.followups] == ["green", "yellow"]
