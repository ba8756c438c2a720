"""Tables with a light in a column for each board, or for each goal: one record a light, and no light lost."""

import pytest

from ljuskoll.nlp.followup import FollowUp
from table_texts import colour, read, table

Row = tuple[str, tuple[str, ...], str | None]


def rows(followups: tuple[FollowUp, ...]) -> list[Row]:
    return [(one.assignment, one.board_names, colour(one)) for one in followups]


KS, TN, BUN = "Kommunstyrelsen", "Tekniska nämnden", "Barn- och utbildningsnämnden"


def test_a_light_in_a_column_for_each_board() -> None:
    found = read("""
Uppdrag från fullmäktige | KS | TN | BUN
Släck lampor på natten | [green] | [yellow] | [red]
Köp elbilar | [red] | | –""")
    assert rows(found.followups) == [
        ("Släck lampor på natten", (KS,), "green"),
        ("Släck lampor på natten", (TN,), "yellow"),
        ("Släck lampor på natten", (BUN,), "red"),
        ("Köp elbilar", (KS,), "red"),
    ]


def test_words_below_boards_whose_titles_have_no_heading() -> None:
    found = read("""
 | Kommunstyrelsen | Tekniska nämnden
Digitala underskrifter | Klart | Försenat
Gemensam växel | Pågår | Klart""")
    assert [(one.assignment, colour(one)) for one in found.followups] == [
        ("Digitala underskrifter", "green"),
        ("Digitala underskrifter", "red"),
        ("Gemensam växel", "green"),
        ("Gemensam växel", "green"),
    ]


def test_a_light_for_all_boards_and_a_comment_beside_those_of_each() -> None:
    found = read("""
Nr | Uppdrag | KS | TN | Totalt | Kommentar
1 | Släck lampor på natten | [green] | [red] | [yellow] | Två hus saknar styrning.""")
    assert rows(found.followups) == [
        ("Släck lampor på natten", (KS,), "green"),
        ("Släck lampor på natten", (TN,), "red"),
        ("Släck lampor på natten", (), "yellow"),
    ]
    assert {one.comment for one in found.followups} == {"Två hus saknar styrning."}


def test_goals_that_head_columns_of_lights() -> None:
    found = read(
        """
Nämnd | En trygg väg till skolan | Rent vatten i sjöarna
Kommunstyrelsen | | [yellow]
Tekniska nämnden | [red] | [green]""",
        heading="Nämndernas bedömning av fullmäktiges mål, helår 2026",
    )
    assert rows(found.followups) == [
        ("Rent vatten i sjöarna", (KS,), "yellow"),
        ("En trygg väg till skolan", (TN,), "red"),
        ("Rent vatten i sjöarna", (TN,), "green"),
    ]
    assert {one.kind for one in found.followups} == {"goal"}


def test_the_table_goes_on_without_its_headings() -> None:
    found = read(
        table("Uppdrag | KS | TN\nSläck lampor på natten | [green] | [red]"),
        table("Köp elbilar | [yellow] | [green]\nSortera avfallet | [green] | [green]"),
    )
    assert [one.board_names for one in found.followups] == [(KS,), (TN,)] * 3


@pytest.mark.parametrize(
    "text",
    [
        "Verksamhet | KS | TN\nBudget | 120 | 45\nUtfall | 118 | 51",
        "Nämnd | Resultat | Personal\nKommunstyrelsen | [green] | [red]\nTekniska nämnden | [red] | [green]",
    ],
)
def test_figures_by_board_and_areas_of_one_word_are_no_matrix(text: str) -> None:
    assert read(text).followups == ()
