"""What the neighbours of an assignment tell of it: goals over tables, titles among others, lists in one paragraph."""

import pytest

from ljuskoll.nlp.extract import Extraction, extract
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary


def page(body: str) -> Extraction:
    return extract("rapport.html", f"<html><body>{body}</body></html>".encode(), Vocabulary())


def text(body: str) -> Extraction:
    return extract("rapport.txt", body.encode(), Vocabulary())


def titles(found: Extraction) -> list[str]:
    return [one.assignment for one in found.followups]


def whats(found: Extraction) -> set[str]:
    return {signal.what for signal in found.signals}


TABLE = (
    "<table><tr><th>Indikator</th><th>Utfall</th><th>Bedömning</th></tr>"
    "<tr><td>{}</td><td>{}</td><td>{}</td></tr></table>"
)


def goals(first: str = "Ekhamra ska vara fossilfritt 2035", above: str = "") -> Extraction:
    return page(
        f"<h1>Årsredovisning 2023</h1><h2>Måluppfyllelse</h2>{above}"
        f"<h3>{first}</h3><p>Delvis uppfyllt</p><p>Bussarna går på el men bilarna på diesel.</p>"
        f"{TABLE.format('Utsläpp per invånare', '3,1', 'Inte uppfyllt')}"
        "<h3>Barnen ska simma bättre</h3><p>Uppfyllt</p><p>Alla sexor simmar 200 meter.</p>"
        f"{TABLE.format('Simkunniga sexor, procent', '98', 'Uppfyllt')}"
    )


def test_a_heading_with_its_own_status_over_a_table_is_the_goal_of_the_rows() -> None:
    found = goals().followups
    told = {one.assignment: (one.kind, one.goal) for one in found}
    assert told["Utsläpp per invånare"] == ("indicator", "Ekhamra ska vara fossilfritt 2035")
    assert told["Simkunniga sexor, procent"] == ("indicator", "Barnen ska simma bättre")
    assert told["Barnen ska simma bättre"] == ("goal", None)


def test_the_year_by_which_a_goal_is_to_be_reached_is_not_the_report_s() -> None:
    assert {one.period.year for one in goals().followups if one.period} == {2023}


def test_what_is_called_an_assignment_is_no_goal_though_a_table_stands_below_it() -> None:
    found = goals("Bygg en brygga", above="<h2>Uppdrag</h2>").followups
    assert {one.kind for one in found if one.assignment in ("Bygg en brygga", "Barnen ska simma bättre")} == {
        "assignment"
    }


def test_headings_over_tables_are_goals_by_their_place_and_a_year_in_one_is_its_aim() -> None:
    parts = [
        ("Alla ska kunna simma", "Simkunniga, procent"),
        ("Hela kommunen ska värmas fossilfritt 2035", "Andel fjärrvärme"),
    ]
    found = page(
        "<h1>Nyckeltal 2023</h1>"
        + "".join(
            f"<h2>{goal}</h2><p>Nyckeltal för målet</p>{TABLE.format(row, '71', 'Uppfyllt')}" for goal, row in parts
        )
    ).followups
    assert [(one.goal, one.assignment) for one in found] == parts
    assert {one.period.year for one in found if one.period} == {2023}


TOLD = """Uppföljning av nämndens uppdrag T1 2023

1) Räkna kommunens träd
Räkningen är gjord på 22 av 40 platser.

2) Måla broarna
Uppdraget är ännu inte påbörjat.

3) Ordna en marknad
Uppdraget är slutfört. Marknaden hölls i mars.

{last}
Nämnden godkänner redovisningen.
"""


@pytest.mark.parametrize("last", ["Beslut", "Förslag till beslut", "Beslutsunderlag"])
def test_a_numbered_title_without_a_status_sentence_is_one_of_the_list(last: str) -> None:
    found = text(TOLD.format(last=last))
    assert titles(found) == ["Räkna kommunens träd", "Måla broarna", "Ordna en marknad"]
    assert found.followups[2].comment == "Uppdraget är slutfört. Marknaden hölls i mars."


def test_a_heading_between_others_is_one_of_them_whatever_its_status_says() -> None:
    found = page(
        "<h1>Årsanalys 2023</h1><h3>Fullmäktiges uppdrag</h3>"
        "<h4>Nämnden ska rusta scenen</h4><p>Slutfört</p><p>Scenen är målad.</p>"
        "<h4>Nämnden ska utreda ett konsthus</h4><p>Fortsätter 2024</p><p>Utredningen tog längre tid.</p>"
        "<h4>Nämnden ska öppna biblioteket på söndagar</h4><p>Slutfört</p><p>Tre bibliotek har öppet.</p>"
    )
    assert titles(found) == [
        "Nämnden ska rusta scenen",
        "Nämnden ska utreda ett konsthus",
        "Nämnden ska öppna biblioteket på söndagar",
    ]
    assert {one.period.year for one in found.followups if one.period} == {2023}


LINES = """Delårsrapport 2 2023 - Tekniska nämnden

Uppdrag från kommunfullmäktige

* Inrätta ett ungdomsråd (KF 2022 § 87). Uppdraget är genomfört. Rådet möttes i maj.

* Öka tillgängligheten till badplatserna. Uppdraget pågår. Två av fem har fått ramp.

* Pröva meröppet på biblioteket. Uppdraget är inte påbörjat. Upphandlingen har överprövats.
"""


def test_title_status_sentence_and_comment_in_one_paragraph() -> None:
    found = text(LINES)
    assert [(one.assignment, one.phrase and one.phrase.outcome) for one in found.followups] == [
        ("Inrätta ett ungdomsråd (KF 2022 § 87)", "completed"),
        ("Öka tillgängligheten till badplatserna", "on_track"),
        ("Pröva meröppet på biblioteket", "not_started"),
    ]
    assert found.followups[1].comment == "Uppdraget pågår. Två av fem har fått ramp."


def test_a_status_alone_at_the_end_of_the_paragraph() -> None:
    found = page(
        "<h1>Uppföljning av budgetuppdrag 2023</h1><p>Läget per 31 augusti 2023.</p><ul>"
        "<li><b>KS ska utreda en gemensam växel.</b> Utredningen är klar och redovisad. <em>Slutfört</em></li>"
        "<li><b>TN ska byta lamporna på Storgatan.</b> Arbetet pågår till oktober. <em>Pågår</em></li>"
        "<li><b>SN ska korta kön till rådgivningen.</b> Två tjänster är vakanta. <em>Försenat</em></li></ul>"
    ).followups
    assert [(one.assignment, one.declared and one.declared.as_written, one.comment) for one in found] == [
        ("KS ska utreda en gemensam växel", "Slutfört", "Utredningen är klar och redovisad."),
        ("TN ska byta lamporna på Storgatan", "Pågår", "Arbetet pågår till oktober."),
        ("SN ska korta kön till rådgivningen", "Försenat", "Två tjänster är vakanta."),
    ]
    assert [one.boards for one in found] == [("KS",), ("TN",), ("SN",)]


@pytest.mark.parametrize(
    "body",
    [
        "* Biblioteket har flyttat. Lokalen är målad och ljus.\n\n* Badplatsen är stängd. Vattnet är kallt.",
        "* Vi har byggt en brygga. Den är klar.\n\nSedan hölls fest.\n\n* Skolan är stor. Taket läcker.",
    ],
)
def test_paragraphs_without_a_status_after_a_title_are_no_list(body: str) -> None:
    assert text(f"Protokoll\n\n{body}\n").followups == ()


def test_numbered_lines_with_a_colour_after_a_dash() -> None:
    found = text(
        "Avstämning av uppdragen per 30 april 2023\n\n"
        "1. Besöka de tio största förbrukarna av energi - GRÖN. Sju besök är gjorda och resten är bokade.\n"
        "2. Städa stränder med föreningarna - GUL. Två föreningar har hoppat av och ersättare söks ännu.\n"
        "3. Ny avfallsföreskrift - RÖD. Arbetet har inte kommit igång.\n"
    )
    assert [(one.assignment, one.declared and one.declared.colour) for one in found.followups] == [
        ("Besöka de tio största förbrukarna av energi", "green"),
        ("Städa stränder med föreningarna", "yellow"),
        ("Ny avfallsföreskrift", "red"),
    ]


def test_a_status_in_words_of_no_scale_after_a_title_keeps_its_row() -> None:
    found = page(
        "<h1>Uppföljning av mål 2023</h1>"
        "<h3>Minska utsläppen – Måluppfyllelse: God</h3><p>Utsläppen har minskat.</p>"
        "<h3>Fler jobb – Måluppfyllelse: Halvljummen</h3><p>Arbetslösheten står still.</p>"
        "<h3>Bättre skola – Måluppfyllelse: Svag</h3><p>Andelen behöriga sjunker.</p>"
    )
    assert titles(found) == ["Minska utsläppen", "Fler jobb", "Bättre skola"]
    assert found.followups[1].declared is not None
    assert (found.followups[1].declared.colour, found.followups[1].declared.as_written) == (None, "Halvljummen")


def test_a_comment_below_a_list_of_labels_is_read() -> None:
    part = "<h3>{}</h3><ul><li>Ansvarig: Socialnämnden</li><li>Status: {}</li></ul><p>Uppföljning: {}</p>"
    found = page(
        "<h1>Uppföljning av handlingsplanen 2023</h1>"
        + part.format("Utbilda all personal", "Klar", "Alla har gått kursen.")
        + part.format("Teckna avtal om jour", "Ej påbörjad", "Anbud saknas.")
    ).followups
    assert [one.comment for one in found] == ["Alla har gått kursen.", "Anbud saknas."]


CARD = (
    "<table><tr><th>Mål {}</th><td>{}</td></tr><tr><th>Måluppfyllelse</th><td>{}</td></tr>"
    "<tr><th>Analys</th><td>{}</td></tr></table>"
)


def test_a_card_whose_status_is_in_words_that_can_head_a_column() -> None:
    found = page(
        "<h1>Uppföljning 2023, Kulturnämnden</h1>"
        + CARD.format(1, "Fler ska läsa", "Helt uppfyllt", "Utlåningen ökar.")
        + CARD.format(2, "Scenen ska användas", "Delvis uppfyllt", "Scenen var stängd i mars.")
    ).followups
    assert [one.declared and one.declared.colour for one in found] == ["green", "yellow"]


PICTURED = "<h2><img src='a.png' alt='{}'>{}</h2><p>{}</p>"


@pytest.mark.parametrize(("words", "is_said"), [("Lite si och så", True), ("Målet är uppnått", False)])
def test_a_picture_with_unknown_words_by_the_last_title_is_said(words: str, is_said: bool) -> None:
    found = page(
        "<h1>Så går det med målen 2023</h1>"
        + PICTURED.format("Målet är uppnått", "Friskare luft i centrum", "Luften mäts varje dag.")
        + PICTURED.format("Målet nås inte", "Mindre buller vid skolorna", "Bullret har ökat.")
        + PICTURED.format(words, "Renare vatten i ån", "Ån rinner genom tre kommuner.")
    )
    assert ("bild med okänd text" in whats(found)) is is_said
    assert len(found.followups) == (2 if is_said else 3)


@pytest.mark.parametrize("style", ['title="Gul"', 'style="color: #ffc000"', 'class="dot yellow"'])
def test_a_sign_s_colour_or_words_are_its_light(style: str) -> None:
    sign = "<p><span {}>●</span> {}</p>"
    found = page(
        "<h1>Så går det för målen 2023</h1>"
        f"<h3>Tryggare gator</h3>{sign.format(style, 'Målet nås delvis')}<p>Lampor har bytts.</p>"
        f"<h3>Färre olyckor</h3>{sign.format('title=Grön', 'Målet nås')}<p>Fem har skadats, mot nio i fjol.</p>"
    ).followups
    assert [(one.assignment, one.declared and one.declared.colour) for one in found] == [
        ("Tryggare gator", "yellow"),
        ("Färre olyckor", "green"),
    ]


def test_who_is_responsible_is_no_board_where_the_front_names_the_board() -> None:
    rows = "".join(
        f"<tr><td>{title}</td><td>{who}</td><td>{light}</td></tr>"
        for title, who, light in [
            ("Utbilda personalen", "Enhetschef", "Klar"),
            ("Ta fram en rutin", "Verksamhetschef", "Försenad"),
        ]
    )
    body = f"<table><tr><th>Uppdrag</th><th>Ansvarig</th><th>Status</th></tr>{rows}</table>"
    found = page(f"<h1>Uppföljning av uppdrag 2023</h1><p>Socialnämnden</p>{body}").followups
    assert {one.boards for one in found} == {("Socialnämnden",)}
    assert {one.boards for one in page(f"<h1>Uppföljning av uppdrag 2023</h1>{body}").followups} == {
        ("Enhetschef",),
        ("Verksamhetschef",),
    }


def test_labels_that_say_whose_they_are_and_titles_with_the_paragraph_of_the_minutes() -> None:
    found = text(
        "Redovisning av KF:s uppdrag till BUN, december 2023\n\n"
        "Uppdrag KF § 45/2022: Se över skolornas områden\n"
        "Nämndens återrapport: Översynen beslutades i oktober.\n\n"
        "Uppdrag KF § 12/2023: Utred lovskola på hösten\n"
        "Förvaltningens svar: Utredningen kommer i mars.\n"
    ).followups
    assert [(one.assignment, one.comment) for one in found] == [
        ("Se över skolornas områden", "Översynen beslutades i oktober."),
        ("Utred lovskola på hösten", "Utredningen kommer i mars."),
    ]


def test_goals_with_a_judgement_of_their_own_over_their_assignments() -> None:
    goal = "<h3>Nämndmål {}: {}</h3><p>Nämndens bedömning av måluppfyllelse: {}</p><p>{}</p>"
    task = "<h4>Uppdrag: {}</h4><p>Status: {}</p><p>{}</p>"
    found = page(
        "<h1>Tertialrapport 2 2023</h1><h2>Miljönämnden</h2>"
        + goal.format(1, "Rent vatten", "Målet nås", "Proven är godkända.")
        + task.format("Inventera avlopp i Västra dalen", "Enligt plan", "140 av 210 är gjorda.")
        + goal.format(2, "Nöjda företagare", "Målet nås inte", "NKI är 66.")
        + task.format("Införa en e-tjänst", "Genomfört", "Tjänsten är igång.")
    ).followups
    assert [(one.kind, one.assignment, one.goal) for one in found] == [
        ("goal", "Nämndmål 1: Rent vatten", None),
        ("assignment", "Inventera avlopp i Västra dalen", "Nämndmål 1: Rent vatten"),
        ("goal", "Nämndmål 2: Nöjda företagare", None),
        ("assignment", "Införa en e-tjänst", "Nämndmål 2: Nöjda företagare"),
    ]


ROWS = "<table><tr><th>Vad</th><th>Vem</th><th>Hur det blev</th></tr>{}</table>"
ROW = "<tr><td>{}</td><td>Kansliet</td><td>{}</td></tr>"


@pytest.mark.parametrize(
    ("heading", "cells", "is_said"),
    [
        ("Uppföljning 2023", ["Klart i maj.", "Inte påbörjat."], True),
        ("Uppföljning 2023", ["Röd", "Grön"], True),
        ("Uppföljning 2023", ["Beslutas i maj.", "Ett möte i veckan."], False),
        ("Uppföljning 2023", ["Klart i maj.", "Ett möte i veckan."], False),
        ("Protokoll 2023", ["Klart i maj.", "Inte påbörjat."], False),
    ],
)
def test_a_table_that_says_how_it_went_under_unknown_headings_is_told_of(
    heading: str, cells: list[str], is_said: bool
) -> None:
    rows = "".join(ROW.format(what, cell) for what, cell in zip(("Måla bron", "Laga taket"), cells, strict=True))
    found = page(f"<h1>{heading}</h1>{ROWS.format(rows)}")
    assert ("tabell med status" in whats(found)) is is_said
