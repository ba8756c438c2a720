"""Layouts on small documents of our own: what becomes a record, and what must not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ljuskoll.nlp.extract import Extraction, extract
from ljuskoll.nlp.followup import FollowUp
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary


def read(text: str, name: str = "rapport.txt") -> Extraction:
    return extract(name, text.encode(), Vocabulary())


def rows(text: str) -> list[tuple[str, tuple[str, ...], str | None]]:
    return [(f.assignment, f.boards, colour(f)) for f in read(text).followups]


def colour(followup: FollowUp) -> str | None:
    return followup.declared.colour if followup.declared else None


LIST_WITH_MARKS = """T1 2022 Uppdrag. Kommentar T1 2022
.
Ta fram en lekplatsplan (TN)

Planen antogs i mars.

Den gäller till 2026.

.
Rusta hamnen

Arbetet har inte kommit i gång.
"""


def test_list_with_lone_marks() -> None:
    extraction = read(LIST_WITH_MARKS)
    first, second = extraction.followups
    assert extraction.layout == "listed"
    assert (first.assignment, first.boards, first.board_names) == (
        "Ta fram en lekplatsplan",
        ("TN",),
        ("Tekniska nämnden",),
    )
    assert first.comment == "Planen antogs i mars.\nDen gäller till 2026."
    assert (second.assignment, second.boards) == ("Rusta hamnen", ())
    assert first.period is not None and (first.period.year, first.period.tertial) == (2022, 1)


def test_titles_with_a_full_stop_after_a_mark() -> None:
    text = LIST_WITH_MARKS.replace("Rusta hamnen", "Rusta hamnen.")
    assert [row[0] for row in rows(text)] == ["Ta fram en lekplatsplan", "Rusta hamnen"]


def test_list_without_marks_is_found_by_its_boards() -> None:
    text = """Uppföljning av fullmäktiges uppdrag per den 30 april 2022
Norrskogs kommun

Ta fram en lekplatsplan (TN)

Planen är antagen.

Bygg om reningsverket (QVX)
Arbetet löper enligt plan.

Se över avgifterna (KS, TN)

Översynen presenteras i juni.
"""
    assert rows(text) == [
        ("Ta fram en lekplatsplan", ("TN",), None),
        ("Bygg om reningsverket", ("QVX",), None),
        ("Se över avgifterna", ("KS", "TN"), None),
    ]
    assert {f.municipality for f in read(text).followups} == {"Norrskog"}


def test_board_on_the_line_before() -> None:
    text = """Nämndernas uppdrag T2 2023
(Kommunstyrelsen) .
Inför en ny växel

Växeln togs i drift i maj.

(Barn- och utbildningsnämnden) .
Minska skolornas pappersanvändning

Skrivarna har ställts om.
"""
    assert rows(text) == [
        ("Inför en ny växel", ("Kommunstyrelsen",), None),
        ("Minska skolornas pappersanvändning", ("Barn- och utbildningsnämnden",), None),
    ]


LIGHT_BEFORE = """Mål 2: Trygga barn
Det här gjorde vi 2023

Uppdrag

Röd

Öppna en familjecentral (SN)

Grön

Utbilda alla rektorer i krisledning (BUN)

Under året har mycket hänt i våra förskolor.

Ekonomi

Nämnden redovisar ett överskott.
"""


def test_light_before_title_and_page_text_after_the_list() -> None:
    extraction = read(LIGHT_BEFORE)
    assert [(f.assignment, colour(f), f.comment) for f in extraction.followups] == [
        ("Öppna en familjecentral", "red", ""),
        ("Utbilda alla rektorer i krisledning", "green", ""),
    ]
    assert extraction.followups[0].goal == "Mål 2: Trygga barn"
    assert extraction.followups[0].period is not None and extraction.followups[0].period.is_year_end


def test_light_after_title_with_comments() -> None:
    text = """Helårsuppföljning 2023

Öppna en familjecentral (SN)
Grön
Centralen invigdes i maj.

Minska barngrupperna (BUN)
Röd
Grupperna har vuxit under hösten.
"""
    assert [(f.assignment, colour(f), f.comment) for f in read(text).followups] == [
        ("Öppna en familjecentral", "green", "Centralen invigdes i maj."),
        ("Minska barngrupperna", "red", "Grupperna har vuxit under hösten."),
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("GrönGrön Frisk luft i centrum", ("Frisk luft i centrum", "green")),
        ("🔴 Levande sjöar", ("Levande sjöar", "red")),
    ],
)
def test_light_in_the_title(line: str, expected: tuple[str, str]) -> None:
    followups = read(f"Miljömål 2020\n\n{line}\n\nLäget beskrivs här i en mening.\n").followups
    assert [(f.assignment, colour(f)) for f in followups] == [expected]


@pytest.mark.parametrize("line", ["Gröna kilar i staden", "Grönområden ska vårdas", "Röda korset samverkar"])
def test_words_that_are_no_lights(line: str) -> None:
    text = f"Om parker\n\n{line}\n\nParkerna sköts av entreprenör, och det fungerar väl.\n"
    assert read(text).followups == ()


def test_sections_with_labels_in_any_order() -> None:
    text = """Delårsrapport augusti 2024
Kommunstyrelsen

Digitalisera bygglovsprocessen
Status: Gul
Ansvarig nämnd: Kommunstyrelsen
Kommentar: E-tjänsten är lanserad.

Ny översiktsplan
Ansvarig nämnd: Samhällsbyggnadsnämnden
Status: Röd
Kommentar:
Samrådet har skjutits upp till 2025.
"""
    extraction = read(text)
    assert extraction.layout == "sectioned"
    assert [(f.assignment, f.boards, colour(f), f.comment) for f in extraction.followups] == [
        ("Digitalisera bygglovsprocessen", ("Kommunstyrelsen",), "yellow", "E-tjänsten är lanserad."),
        ("Ny översiktsplan", ("Samhällsbyggnadsnämnden",), "red", "Samrådet har skjutits upp till 2025."),
    ]


def test_headings_with_status_sentences_below() -> None:
    text = """<html><body><h1>Nämndens uppdrag T2 2023</h1><p>Sandvikså kommun redovisar här.</p>
<h3>Bygg gång- och cykelväg till Ekudden</h3><p>Uppdraget är slutfört.</p><p>Vägen öppnade i juli.</p>
<h3>Ta fram en trädplan</h3><p>Uppdraget är inte påbörjat.</p>
<h2>Om sidan</h2><p>Kontakta oss gärna.</p></body></html>"""
    first, second = read(text).followups
    assert (first.assignment, first.comment) == (
        "Bygg gång- och cykelväg till Ekudden",
        "Uppdraget är slutfört.\nVägen öppnade i juli.",
    )
    assert (second.assignment, second.comment) == ("Ta fram en trädplan", "Uppdraget är inte påbörjat.")
    assert first.phrase is not None and first.phrase.outcome == "completed"


TABLE = """<html><body><main><h1>Uppföljning tertial 1 2023</h1>
<table><thead><tr><th>Uppdrag</th><th>Nämnd</th><th>Status</th><th>Kommentar</th></tr></thead>
<tr><td colspan=4>Mål 1 Hållbar tillväxt</td></tr>
<tr><td>Ta fram näringslivsstrategi</td><td rowspan=2>Kommunstyrelsen</td><td><img src=x alt="Grön"></td>
<td><p>Strategin remitteras.</p><p>Beslut väntas i juni.</p></td></tr>
<tr><td>Förenkla tillståndsgivningen</td><td style="background-color:#ff0000"></td>
<td>Inget arbete har inletts.</td></tr>
<tr><td>Utred återbruk</td><td>TN</td><td><span class="status" title="Gul"></span></td><td>Delvis klart.</td></tr>
<tr><td>Ordna torghandel</td><td>TN</td><td></td><td></td></tr>
</table></main><footer>Granviks kommun</footer></body></html>"""


def test_table_with_every_row_accounted_for() -> None:
    extraction = read(TABLE)
    assert [(f.assignment, f.boards, colour(f), f.goal) for f in extraction.followups] == [
        ("Ta fram näringslivsstrategi", ("Kommunstyrelsen",), "green", "Mål 1 Hållbar tillväxt"),
        ("Förenkla tillståndsgivningen", ("Kommunstyrelsen",), "red", "Mål 1 Hållbar tillväxt"),
        ("Utred återbruk", ("TN",), "yellow", "Mål 1 Hållbar tillväxt"),
    ]
    assert [f.declared.source for f in extraction.followups if f.declared] == ["text", "fill", "text"]
    (account,) = extraction.accounts
    assert (account.rows_seen, account.records) == (6, 3)
    assert [row.reason for row in account.unmatched] == ["rubrikrad", "mellanrubrik", "varken status eller kommentar"]
    assert {f.municipality for f in extraction.followups} == {"Granvik"}


def test_rows_seen_equal_records_and_reasons() -> None:
    for text in (TABLE, SEPARATED):
        for account in read(text).accounts:
            assert account.rows_seen == account.records + len(account.unmatched)


SEPARATED = """Uppföljning helår 2022
Uppdrag\tAnsvarig\tStatus\tKommentar
Bygga gruppbostad\tSN\tFörsenad\tBygglovet är överklagat.
Starta lovskola\tBUN\tKlar\tLovskolan hölls vecka 26.
"""


def test_table_of_tabs() -> None:
    assert rows(SEPARATED) == [("Bygga gruppbostad", ("SN",), "red"), ("Starta lovskola", ("BUN",), "green")]


@pytest.mark.parametrize(
    "text",
    [
        "Uppföljning T1 2021 uppdrag\n\nGrön\nGul\nRöd\nGrön\n",
        "Kommunens uppdrag, läget per 30 april 2023\n\nHär finns en karta över hamnen.\n",
        "Om parker\n\nGul\n\nParkerna sköts av entreprenör, och det fungerar väl.\n",
        "Rapport\n\nMålet är uppnått för bassängen som helhet.\n\nUppdraget bedöms inte bli klart i år.\n",
    ],
    ids=["lights without titles", "period heading", "one light", "status sentences"],
)
def test_what_speaks_of_a_follow_up_but_fits_no_layout_is_said(text: str) -> None:
    extraction = read(text)
    assert extraction.followups == ()
    assert extraction.signals


@pytest.mark.parametrize(
    "text",
    [
        "Så styrs kommunen\n\nVarje nämnd följer upp sin plan i april, i augusti och vid årets slut.\n",
        "Protokoll\n\nNämnden beslutar att godkänna rapporten.\n\nRöda trafikljus på Storgatan ska bytas.\n",
        "Grön = uppfyllt, gul = delvis, röd = inte uppfyllt\n\nSå läser du våra rapporter.\n",
    ],
    ids=["yearly cycle", "minutes", "legend alone"],
)
def test_what_is_no_follow_up_stays_empty(text: str) -> None:
    extraction = read(text)
    assert (extraction.followups, extraction.plans, extraction.signals) == ((), (), ())


def test_site_chrome_is_no_part_of_the_last_comment() -> None:
    text = LIST_WITH_MARKS + "\nSidan uppdaterad 2024-02-01\nSkriv ut\n"
    assert read(text).followups[-1].comment == "Arbetet har inte kommit i gång."


def test_a_plan_gives_units_goals_and_targets_with_their_page() -> None:
    pages = [
        "Verksamhetsplan för Servicekontoret 2024 1",
        "Mål 1: Nöjda gäster Indikatorer: 1. Andel nöjda gäster. Mål: Minst 80 procent 2. Antal klagomål 2",
        "Måltidsenheten Uppdrag: Vi lagar mat. Serviceerbjudande: Mat varje dag. Mål: Godare mat. "
        "Nyckeltal: 1. Svinn 2. Betyg 3",
        "Städenheten Uppdrag: Vi städar skolor. Serviceerbjudande: Städning varje dag. Mål: Renare golv. "
        "Kompetensförsörjning: Fler kurser. 4",
    ]
    items = read("\n".join(pages)).plans
    found = [(i.unit, i.section, i.number, i.text, i.target, i.places[0].page) for i in items]
    owner = "Verksamhetsplan för Servicekontoret 2024"
    assert found[:3] == [
        (owner, "goal", "1", "Nöjda gäster", None, 2),
        (owner, "indicator", "1", "Andel nöjda gäster.", "Minst 80 procent", 2),
        (owner, "indicator", "2", "Antal klagomål", None, 2),
    ]
    assert ("Måltidsenheten", "indicator", "2", "Betyg", None, 3) in found
    assert ("Städenheten", "competence", None, "Fler kurser.", None, 4) in found
    assert {i.unit for i in items} == {owner, "Måltidsenheten", "Städenheten"}


LINES = st.sampled_from(
    [
        *(".", "-", "Grön", "Röd", "Gul Gul", "🟢", "Status: Gul", "Status:", "Ansvarig nämnd: KS", "Kommentar:"),
        *("(KS) .", "Bygg en bro (TN)", "Rusta torget", "Mål 2: Trygga barn", "T2 2023", "Tekniska nämnden"),
        *("Uppdraget är genomfört.", "Arbetet har inte kommit i gång.", "Tre uppdrag är gröna.", "Grön = uppfyllt"),
        *("Uppdrag\tStatus\tKommentar", "Bygg en bro\tGrön\tKlart.", "\tGul\t", "| a | b |", "1. Ta fram en plan", ""),
        *(
            "Uppdrag: Vi lagar mat.",
            "Nyckeltal: 1. Svinn 2. Betyg",
            "Kompetensförsörjning: Kurser.",
            "Sidan uppdaterad 2024",
        ),
    ]
)


@given(st.lists(LINES, max_size=25))
def test_any_mixture_of_lines_is_read_without_a_fault(lines: list[str]) -> None:
    """No mixture breaks a layout, every comment's words stand in the text, and offsets fit."""
    extraction = read("\n".join(["Rapport", *lines]))
    text = " ".join(" ".join(["Rapport", *lines]).split())
    for followup in extraction.followups:
        assert followup.declared or followup.comment
        assert all(word in text for word in (*followup.comment.split(), *followup.assignment.split()))
        phrase = followup.phrase
        if phrase is not None and phrase.start is not None:
            assert followup.comment[phrase.start : phrase.end] == phrase.text
    for account in extraction.accounts:
        assert account.rows_seen == account.records + len(account.unmatched)
