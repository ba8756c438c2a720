"""Goals with a status of their own, told by a label or a light, over what serves them."""

import pytest

from ljuskoll.nlp.document import Block, Item, Mark, Place
from ljuskoll.nlp.layouts.labels import read_label
from ljuskoll.nlp.vocabulary.columns import goal_heading, goals_among
from ljuskoll.nlp.vocabulary.labels import heads_goals
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary
from table_texts import colour, read, table


def heading(text: str, level: int = 2, *marks: Mark) -> Block:
    return Block(text, (Place(1),), "heading", level, marks=marks)


def line(text: str) -> Block:
    return Block(text, (Place(1),))


@pytest.mark.parametrize(
    "text",
    ["2 Nämndens mål och uppdrag", "Kommunfullmäktiges mål och uppdrag", "Mål, indikatorer", "Målen samt åtgärder"],
)
def test_goals_and_something_else_name_no_goal(text: str) -> None:
    assert goals_among(text)
    assert not goal_heading(text)


@pytest.mark.parametrize(
    "text", ["Mål 2: Fler uppdrag till unga", "Mål: Trygga barn och unga", "Uppdrag kopplade till mål"]
)
def test_a_goals_own_words_name_it_alone(text: str) -> None:
    assert not goals_among(text)


def test_what_a_goal_is_judged_to_be_is_a_status_before_a_colon_alone() -> None:
    label = read_label("Målet bedöms: Delvis", Vocabulary())
    assert label is not None and label.role == "status"
    assert read_label("Målet bedöms delvis uppnås i år.", Vocabulary()) is None


def led(goal: str, status: str, *titles: str) -> list[Item]:
    below = [
        item for title in titles for item in (line("Status: Enligt plan"), heading(title, 4), line("Arbetet går bra."))
    ]
    return [heading(goal), line(status), line("Läget är blandat."), heading("Uppdrag under målet", 3), *below]


def test_goals_stand_over_assignments_with_their_labels_before() -> None:
    first = led("Trygga barn i hela kommunen", "Målet bedöms: Delvis", "Bygg en lekpark", "Rusta skolgården")
    second = led("Rent vatten i alla sjöar", "Målet bedöms: Uppnås inte", "Anlägg en damm")
    found = read(*first, *second, heading="Delårsrapport T2 2023").followups
    assert [(one.kind, one.assignment, colour(one), one.goal) for one in found] == [
        ("goal", "Trygga barn i hela kommunen", "yellow", None),
        ("assignment", "Bygg en lekpark", "green", "Trygga barn i hela kommunen"),
        ("assignment", "Rusta skolgården", "green", "Trygga barn i hela kommunen"),
        ("goal", "Rent vatten i alla sjöar", "red", None),
        ("assignment", "Anlägg en damm", "green", "Rent vatten i alla sjöar"),
    ]
    assert [one.comment for one in found if one.kind == "goal"] == ["Läget är blandat."] * 2


def test_a_sentence_over_led_assignments_makes_no_goal() -> None:
    first = led("Trygga barn i hela kommunen", "Målet bedöms av nämnden i maj.", "Bygg en lekpark", "Rusta skolgården")
    found = read(*first, heading="Delårsrapport T2 2023").followups
    assert [one.assignment for one in found] == ["Bygg en lekpark", "Rusta skolgården"]


def lit(goal: str, label: str, activity: str) -> list[Item]:
    light = Mark("fill", "yellow", "", Place(1))
    rows = f"Uppdrag | Status | Kommentar\n{activity} | Grön | Klart i maj."
    return [
        heading(goal),
        heading("Uppnås delvis", 4, light),
        heading(label, 4),
        line("Elevernas resultat steg i våras."),
        table(rows),
    ]


def test_a_marked_heading_of_the_comment_below_a_light_opens_it() -> None:
    chapter = heading("2 Nämndens mål och uppdrag")
    items = [
        *lit("Alla elever lär sig läsa", "Kommentar", "Köp böcker"),
        *lit("Skolan är trygg", "Kommentar", "Anställ"),
    ]
    found = read(chapter, *items, heading="Delårsrapport T2 2023").followups
    goals = [one for one in found if one.kind == "goal"]
    assert [(one.assignment, one.comment) for one in goals] == [
        ("Alla elever lär sig läsa", "Elevernas resultat steg i våras."),
        ("Skolan är trygg", "Elevernas resultat steg i våras."),
    ]
    assert [one.goal for one in found if one.kind != "goal"] == ["Alla elever lär sig läsa", "Skolan är trygg"]


def test_a_chapter_of_comments_is_no_goals_own() -> None:
    items = lit("Alla elever lär sig läsa", "Uppdrag", "Köp böcker") + lit("Skolan är trygg", "Uppdrag", "Anställ")
    found = read(
        *items, heading("Kommentarer"), line("Det blev ett bra år."), heading="Delårsrapport T2 2023"
    ).followups
    assert all("Det blev" not in one.comment for one in found)


@pytest.mark.parametrize(
    ("text", "is_about_goals"),
    [
        ("Sammanställning av nämndernas bedömning av fullmäktiges mål, helår 2026", True),
        ("Uppföljning av kommunfullmäktiges mål 2024", True),
        ("Bakgrund till kommunens mål", False),
        ("Uppdrag som följer av nämndens mål", False),
    ],
)
def test_a_heading_that_reports_on_someones_goals(text: str, is_about_goals: bool) -> None:
    assert heads_goals(text) == is_about_goals
