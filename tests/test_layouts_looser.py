"""Looser builds of follow-ups: cells with status and comment, cards of a decision each, scales told in words."""

import pytest

from ljuskoll.nlp.document import Block, Cell, Mark, MarkColour, Place, Table
from ljuskoll.nlp.layouts.legend import read_legends
from ljuskoll.nlp.vocabulary.scales import Scale
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary, names_municipality
from table_texts import colour, read, rows, table

SCALE = Scale.default()


def heading(text: str, level: int = 2) -> Block:
    return Block(text, (Place(1),), "heading", level)


@pytest.mark.parametrize(
    ("word", "light"),
    [
        ("Avklarad", "green"),
        ("Delvis avklarat", "yellow"),
        ("Ej avklarad", "red"),
        ("Hinns i år", "green"),
        ("Hinner inte", "red"),
        ("Utförs inte", "red"),
        ("◩ Delvis verkställt", "yellow"),
    ],
)
def test_words_of_scales(word: str, light: str) -> None:
    declared = SCALE.shown(word)
    assert declared is not None and declared.colour == light


STATUS_AND_COMMENT = """
Nr | Uppdrag | Status/kommentar
1 | Bygg en bro vid ån | Klart. Bron invigdes i maj.
2 | Rusta upp torget | Försenat – stenen har inte levererats.
3 | Ta fram en trädplan | Pågår: samråd hålls i juni.
4 | Ordna en marknad | Torget är bokat. Klart blir det i maj."""


def test_a_status_opens_what_stands_below_status_and_comment() -> None:
    assert rows(read(STATUS_AND_COMMENT)) == [
        ("Bygg en bro vid ån", "green", "Bron invigdes i maj."),
        ("Rusta upp torget", "red", "stenen har inte levererats."),
        ("Ta fram en trädplan", "green", "samråd hålls i juni."),
        ("Ordna en marknad", None, "Torget är bokat. Klart blir det i maj."),
    ]


def test_a_comment_alone_keeps_its_first_sentence() -> None:
    text = STATUS_AND_COMMENT.replace("Status/kommentar", "Kommentar")
    assert next(comment for _, _, comment in rows(read(text))) == "Klart. Bron invigdes i maj."


def card(label: str, title: str, light: str) -> Table:
    text = f"{label} | {title}\nDatum | 2023-02-06\nLäge | {light}\nKommentar | Det beskrivs i bilagan."
    return table(text)


@pytest.mark.parametrize("label", ["Beslut", "Motion", "Rekommendation"])
def test_a_table_of_each_decision_is_a_record(label: str) -> None:
    cards = [
        card(label, "En bro byggs vid ån", "☒ Verkställt ☐ Ej verkställt"),
        card(label, "Torget rustas", "Försenat"),
    ]
    assert [(title, light) for title, light, _ in rows(read(*cards))] == [
        ("En bro byggs vid ån", "green"),
        ("Torget rustas", "red"),
    ]


def test_a_decision_beside_its_assignment_is_no_title() -> None:
    made = table("Beslut | KF 2023 § 4\nUppdrag | Bygg en bro vid ån\nStatus | Klart\nKommentar | Bron är invigd.")
    assert [title for title, _, _ in rows(read(made))] == ["Bygg en bro vid ån"]


def test_the_words_of_a_scale_with_their_meanings_are_a_legend() -> None:
    scale = "Klart | Uppdraget är utfört\nEnligt plan | Uppdraget blir utfört i år\nUtförs inte | Det blir inte utfört"
    assert read_legends([table(scale)], Vocabulary()).items == {0}
    told = "Klart | Bron invigdes i maj\nEnligt plan | Stenen läggs i höst\nUtförs inte | Nämnden sade nej i mars"
    assert read_legends([table(told)], Vocabulary()).items == set()


def test_a_label_of_statuses_with_each_light_is_a_legend() -> None:
    colours: tuple[MarkColour, ...] = ("green", "yellow", "red")
    marks = tuple(Mark("symbol", one) for one in colours)
    text = "Status: utfört eller utförs i år osäkert om det hinner utföras utförs inte i år"
    assert read_legends([Block(text, marks=marks)], Vocabulary()).items == {0}
    assert read_legends([Block(text, marks=marks[:1])], Vocabulary()).items == set()


@pytest.mark.parametrize("goal", ["En enkel kommun", "Klimatsmart kommun", "En växande stad"])
def test_a_quality_of_the_municipality_can_be_a_goal(goal: str) -> None:
    made = [
        table(f"Uppdrag | Status | Kommentar\n{title} | Grön | Klart i maj.")
        for title in ("Bygg en bro", "Rusta torget")
    ]
    extraction = read(heading("Trygg skola"), made[0], heading(goal), made[1])
    assert [one.goal for one in extraction.followups] == ["Trygg skola", goal]
    assert not names_municipality(goal)


@pytest.mark.parametrize("name", ["Tallmo kommun", "Ekhults kommun", "ÅSMÅLA KOMMUN", "Borås stad"])
def test_a_municipality_by_name_is_none(name: str) -> None:
    assert names_municipality(name)


def test_an_office_in_a_boards_list_is_no_board() -> None:
    text = "Uppdrag | Ansvarig | Status | Kommentar\nBygg en bro | {} | Grön | Klart i maj."
    above = heading("Uppdragslista – Tekniska nämnden", 3)
    assert [one.board_names for one in read(above, table(text.format("Chef TN"))).followups] == [("Tekniska nämnden",)]
    assert [one.board_names for one in read(above, table(text.format("Socialnämnden"))).followups] == [
        ("Socialnämnden",)
    ]


def test_a_light_that_speaks_of_the_goal_is_a_goals() -> None:
    light = Mark("icon", None, "Grönt ljus: målet bedöms nås", Place(1))
    items = [
        item
        for title in ("Invånarna är nöjda", "Vattnet är rent", "Skolan är trygg")
        for item in (
            heading(title),
            Block("", (Place(1),), marks=(light,)),
            Block("Det gick bra i våras.", (Place(1),)),
        )
    ]
    extraction = read(*items, heading="Delårsrapport T2 2023")
    assert [(one.kind, colour(one)) for one in extraction.followups] == [("goal", "green")] * 3


def test_a_cell_without_text_is_no_title_of_a_card() -> None:
    made = Table(
        ((Cell("Beslut"), Cell("")), (Cell("Läge"), Cell("Klart")), (Cell("Kommentar"), Cell("Det är gjort."))), 1
    )
    assert rows(read(made)) == []


def below(goal: str, *lines: str) -> list[Block | Table]:
    rows_of = f"Aktivitet | Status | Kommentar\nBygg om {goal} | Grön | Klart i maj."
    return [heading(goal), *(Block(line, (Place(1),)) for line in lines), table(rows_of)]


@pytest.mark.parametrize("label", ["Ansvarig nämnd", "Ansvarig"])
def test_a_label_below_a_goal_says_whose_its_rows_are(label: str) -> None:
    first = below("Trygg skola", f"{label}: Utbildningsnämnden")
    second = below("God omsorg", f"{label}: Socialnämnden")
    third = below("Rent vatten", "Vattnet ska vara rent.")
    found = [one.board_names for one in read(*first, *second, *third).followups]
    assert found == [("Utbildningsnämnden",), ("Socialnämnden",), ()]


@pytest.mark.parametrize(
    ("line", "boards"),
    [
        ("Ansvariga nämnder: Socialnämnden och Tekniska nämnden", ("Socialnämnden", "Tekniska nämnden")),
        ("Ansvarig nämnd är Tekniska nämnden.", ("Tekniska nämnden",)),
        ("Ansvarig nämnd är inte utsedd.", ()),
        ("Ansvarig nämnd är Tekniska nämnden men staket sätts av Socialnämnden.", ()),
    ],
)
def test_several_boards_or_a_sentence_below_a_goal(line: str, boards: tuple[str, ...]) -> None:
    found = read(*below("Trygg skola", line), *below("God omsorg", "Omsorgen ska vara god.")).followups
    assert [one.board_names for one in found] == [boards, ()]


def test_a_goal_with_a_status_of_its_own_names_its_own_board() -> None:
    first = [
        heading("Mål 1: Trygg skola"),
        *(Block(one, (Place(1),)) for one in ("Ansvarig: Socialnämnden", "Status: Grön")),
    ]
    second = [
        heading("Mål 2: God omsorg"),
        *(Block(one, (Place(1),)) for one in ("Status: Röd", "Kommentar: Det dröjer.")),
    ]
    found = {
        one.assignment: one.board_names for one in read(*first, *second, heading="Delårsrapport T2 2023").followups
    }
    assert [names for title, names in found.items() if "God omsorg" in title] == [()]
