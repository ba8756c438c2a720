"""Goals: headings that gather assignments without calling themselves goals, and goals with a light of their own."""

import pytest

from ljuskoll.nlp.document import Block, Document, Mark, Page, Place
from ljuskoll.nlp.extract import Extraction, extract, extract_document
from ljuskoll.nlp.followup import FollowUp
from ljuskoll.nlp.vocabulary.labels import is_hiding, names_area
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary

TOP = "<h1>Delårsrapport per 31 augusti 2023</h1>"
GREEN = Mark("icon", "green", "", Place(1))
RED = Mark("icon", "red", "", Place(1))


def read(body: str) -> list[tuple[str, str, str | None]]:
    found = extract("sida.html", f"<html><body>{TOP}{body}</body></html>".encode(), Vocabulary()).followups
    return [(f.kind, f.assignment, f.goal) for f in found]


def lit(title: str, level: int, colour: str, text: str) -> str:
    return f"<h{level}>{title} <img src='x.png' alt='{colour}'></h{level}><p>{text}</p>"


def of_blocks(*blocks: tuple[str, str, int | None, Mark | None]) -> Extraction:
    """A document of (kind, text, level, mark) below a heading that names the period."""
    made = [Block("Uppföljning av mål 2023-12-31", (Place(1),), "heading", 1)]
    for kind, text, level, mark in blocks:
        made.append(Block(text, (Place(1),), kind, level, (mark,) if mark else ()))  # type: ignore[arg-type]
    return extract_document(Document("0" * 64, "application/pdf", (Page(1, tuple(made)),)), Vocabulary())


def declared(followup: FollowUp) -> str | None:
    return followup.declared.colour if followup.declared else None


def test_headings_that_gather_assignments_are_their_goals() -> None:
    body = (
        "<h2>Tryggt att gå hem</h2><h3>Byt lampor i parken (TN)</h3><p>Status: Grön</p>"
        "<h3>Anställ ordningsvakter (KS)</h3><p>Status: Gul</p>"
        "<h2>Mat som alla vill äta</h2><h3>Bygg om skolköket (BUN)</h3><p>Status: Röd</p>"
    )
    assert [goal for _, _, goal in read(body)] == ["Tryggt att gå hem"] * 2 + ["Mat som alla vill äta"]


@pytest.mark.parametrize(
    "headings",
    [
        ("Tekniska nämnden", "Barn- och utbildningsnämnden"),
        ("Kultur och fritid", "Vård och omsorg"),
        ("Uppdrag från 2022", "Uppdrag från 2023"),
        ("Ekonomi", "Personal"),
        ("Övriga uppdrag", "Kommunledningskontoret"),
    ],
)
def test_boards_areas_and_chapters_are_no_goals(headings: tuple[str, str]) -> None:
    body = "".join(
        f"<h2>{heading}</h2><h3>{title}</h3><p>Status: Gul</p><p>Kommentar: Anbuden är inne.</p>"
        for heading, title in zip(headings, ("Bygg en brygga", "Rusta torget"), strict=True)
    )
    assert [goal for _, _, goal in read(body)] == [None, None]


def test_one_heading_above_a_list_is_no_goal() -> None:
    body = "<h2>Det här har hänt</h2><h3>Bygg en brygga</h3><p>Status: Gul</p><h3>Rusta torget</h3><p>Status: Röd</p>"
    assert [goal for _, _, goal in read(body)] == [None, None]


def test_a_heading_with_a_light_above_others_with_lights_is_their_goal() -> None:
    body = (
        lit("Trygga gator", 2, "Gul", "Läget är blandat.")
        + lit("Byt lampor", 3, "Grön", "Alla är bytta.")
        + lit("Rena sjöar", 2, "Röd", "Algerna blommar.")
        + lit("Bygg en våtmark", 3, "Röd", "Marken är inte köpt.")
    )
    assert read(body) == [
        ("goal", "Trygga gator", None),
        ("assignment", "Byt lampor", "Trygga gator"),
        ("goal", "Rena sjöar", None),
        ("assignment", "Bygg en våtmark", "Rena sjöar"),
    ]


def test_what_stands_below_a_goal_says_that_it_is_one() -> None:
    heads = "<tr><th>Nyckeltal</th><th>Utfall</th><th>Status</th></tr>"
    table = f"<table>{heads}<tr><td>{{}}</td><td>4</td><td>Gul</td></tr></table>"
    body = (
        lit("Snabba svar till alla", 2, "Gul", "Det går framåt.")
        + "<h3>Nyckeltal</h3>"
        + table.format("Antal klagomål")
        + lit("Friska medarbetare", 2, "Röd", "Det går bakåt.")
        + "<h3>Nyckeltal</h3>"
        + table.format("Antal sjukdagar")
    )
    assert sorted(read(body), key=str) == [
        ("goal", "Friska medarbetare", None),
        ("goal", "Snabba svar till alla", None),
        ("indicator", "Antal klagomål", "Snabba svar till alla"),
        ("indicator", "Antal sjukdagar", "Friska medarbetare"),
    ]


def test_a_numbered_goal_with_its_light_and_the_title_below() -> None:
    found = of_blocks(
        ("heading", "Mål 1", 3, GREEN),
        ("paragraph", "Alla barn ska kunna simma", None, None),
        ("paragraph", "Provet klarades av 98 procent.", None, None),
        ("heading", "Mål 2", 3, RED),
        ("paragraph", "Inga bussar ska gå på diesel", None, None),
        ("paragraph", "Sju går kvar.", None, None),
    ).followups
    assert [(f.kind, f.assignment, declared(f), f.comment) for f in found] == [
        ("goal", "Alla barn ska kunna simma", "green", "Provet klarades av 98 procent."),
        ("goal", "Inga bussar ska gå på diesel", "red", "Sju går kvar."),
    ]


def test_a_light_before_the_text_below_a_heading_is_that_of_the_heading() -> None:
    found = of_blocks(
        ("heading", "Mål 1. Trygga gator", 3, None),
        ("paragraph", "Mätningen visar fler som känner sig trygga.", None, GREEN),
        ("heading", "Mål 2. Rena sjöar", 3, None),
        ("paragraph", "Algerna blommade hela sommaren.", None, RED),
    ).followups
    assert [(f.kind, f.assignment, declared(f)) for f in found] == [
        ("goal", "Mål 1. Trygga gator", "green"),
        ("goal", "Mål 2. Rena sjöar", "red"),
    ]


@pytest.mark.parametrize(
    "text", ["Kultur och fritid", "Vård- och omsorg", "Stadsbyggnadskontoret", "Teknik, park och gata"]
)
def test_areas(text: str) -> None:
    assert names_area(text)


@pytest.mark.parametrize("text", ["Trygg skola", "Kultur för alla", "Ekonomi i balans", "En grön kommun"])
def test_no_areas(text: str) -> None:
    assert not names_area(text)


@pytest.mark.parametrize(("caption", "count"), [("Investeringar, mnkr", 0), ("Aktiviteter under året", 2)])
def test_a_caption_tells_a_list_of_investments_from_one_of_activities(caption: str, count: int) -> None:
    table = (
        "<table><tr><th>Aktivitet</th><th>Kommentar</th></tr>"
        "<tr><td>Ismaskin</td><td>Pågår</td></tr><tr><td>Datanät</td><td>Klart</td></tr></table>"
    )
    assert is_hiding(caption) == (count == 0)
    assert len(read(f"<p>{caption}</p>{table}")) == count


def test_a_status_in_words_with_its_colour_below_a_numbered_goal() -> None:
    found = of_blocks(
        ("heading", "3 Mål – Trygga gator", 3, None),
        ("paragraph", "Uppfyllt", None, GREEN),
        ("paragraph", "Fler känner sig trygga.", None, None),
        ("heading", "4 Mål – Rena sjöar", 3, None),
        ("paragraph", "Ej uppfyllt", None, RED),
        ("paragraph", "Algerna blommar.", None, None),
    ).followups
    assert [(f.kind, declared(f), f.comment) for f in found] == [
        ("goal", "green", "Fler känner sig trygga."),
        ("goal", "red", "Algerna blommar."),
    ]
    assert found[0].declared is not None and found[0].declared.as_written == "Uppfyllt"


def test_a_line_with_the_municipality_and_a_date_names_the_period() -> None:
    body = "<h1>Uppdragen</h1><p>Sandvikså kommun, läget den 30 juni 2024</p><h3>Bygg bro (TN)</h3><p>Status: Gul</p>"
    found = extract("sida.html", f"<html><body>{body}</body></html>".encode(), Vocabulary()).followups
    assert [str(f.period.as_of) if f.period else None for f in found] == ["2024-06-30"]
