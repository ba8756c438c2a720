"""Headings, statuses and bold lines in the words that reports use for them."""

import pytest

from ljuskoll.nlp.extract import Extraction, extract
from ljuskoll.nlp.vocabulary.scales import Scale
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary


def page(body: str) -> Extraction:
    return extract("rapport.html", f"<html><body>{body}</body></html>".encode(), Vocabulary())


def table(headings: list[str], *rows: list[str]) -> Extraction:
    lines = ["".join(f"<th>{text}</th>" for text in headings)]
    lines += ["".join(f"<td>{text}</td>" for text in row) for row in rows]
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return page(f"<h1>Uppföljning av verksamhetsplan 2023, Kulturnämnden</h1><table>{body}</table>")


def told(found: Extraction) -> list[tuple[str, str | None, str]]:
    return [(one.assignment, one.declared and one.declared.colour, one.comment) for one in found.followups]


@pytest.mark.parametrize("asked", ["Vad har vi gjort?", "Vad har hänt?", "Avvikelse/kommentar", "Statusrapport"])
def test_a_heading_that_asks_heads_comments(asked: str) -> None:
    found = table(
        ["Uppdrag", asked, "Bedömning"], ["Måla bron", "Målat halva", "Gul"], ["Laga taket", "Allt gjort", "Grön"]
    )
    assert told(found) == [("Måla bron", "yellow", "Målat halva"), ("Laga taket", "green", "Allt gjort")]


def test_a_question_mark_alone_heads_nothing() -> None:
    found = table(["Uppdrag", "?", "Bedömning"], ["Måla bron", "x", "Gul"], ["Laga taket", "", "Grön"])
    assert told(found) == [("Måla bron", "yellow", ""), ("Laga taket", "green", "")]


@pytest.mark.parametrize("heading", ["Klar (J/N)", "Uppnått J/N", "Genomfört (ja/nej)"])
def test_a_choice_of_yes_and_no_is_a_status(heading: str) -> None:
    found = table(["Aktivitet", heading], ["Måla bron", "N"], ["Laga taket", "J"])
    assert told(found) == [("Måla bron", "red", ""), ("Laga taket", "green", "")]


def test_letters_are_no_status_under_other_headings() -> None:
    found = table(["Aktivitet", "Grupp", "Kommentar"], ["Måla bron", "N", "Målad."], ["Laga taket", "J", "Lagat."])
    assert [one.declared for one in found.followups] == [None, None]


def test_a_column_for_a_period_that_has_not_come_is_not_the_report_s() -> None:
    headings = ["Uppdrag", "Status T1", "Status T2", "Status T3"]
    found = table(headings, ["Måla bron", "Grön", "Gul", ""], ["Laga taket", "Gul", "Röd", ""])
    lights = [(one.period and one.period.tertial, one.declared and one.declared.colour) for one in found.followups]
    assert lights == [(2, "yellow"), (1, "green"), (2, "red"), (1, "yellow")]


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("Målet bedöms uppnås under året", "green"),
        ("Målet bedöms inte uppnås under året.", "red"),
        ("Nås i år", "green"),
        ("Målet är svårt att nå", "yellow"),
        ("Avslutas utan åtgärd", "red"),
        ("●●○ Pågår", "green"),
        ("●○○ Försenat", "red"),
    ],
)
def test_a_status_with_a_time_after_it_or_signs_before_it(text: str, colour: str) -> None:
    declared = Scale.default().shown(text)
    assert declared is not None
    assert (declared.colour, declared.as_written.rstrip(".")) == (colour, text.rstrip("."))


@pytest.mark.parametrize("text", ["Målet bedöms uppnås nästa år", "Svårt under året", "●●○", "Under året"])
def test_what_is_no_status_for_that(text: str) -> None:
    declared = Scale.default().shown(text)
    assert declared is None or declared.colour is None


BOLD = (
    "<h1>Delårsrapport januari–augusti 2023</h1><h2>Kommunfullmäktiges uppdrag till nämnderna</h2>"
    "<p><b>Tekniska nämnden</b></p>"
    "<p><b>Att se över parkeringstaxorna.</b><br>Ny taxa föreslås. Uppdraget är klart.</p>"
    "<p><b>Att ta fram en plan för laddstolpar.</b><br>Planen väntas bli klar före årsskiftet.</p>"
    "<p><b>Kulturnämnden</b></p>"
    "<p><b>Att öppna ett museum.</b><br>Huset saknas. Uppdraget bedöms inte kunna genomföras under året.</p>"
)


def test_lines_in_bold_type_are_headings_and_a_status_may_close_the_text() -> None:
    assert [(one.assignment, one.boards, one.phrase and one.phrase.outcome) for one in page(BOLD).followups] == [
        ("Att se över parkeringstaxorna", ("Tekniska nämnden",), "completed"),
        ("Att ta fram en plan för laddstolpar", ("Tekniska nämnden",), "on_track"),
        ("Att öppna ett museum", ("Kulturnämnden",), "off_track"),
    ]


def test_words_in_bold_type_within_a_line_are_no_headings() -> None:
    found = page("<h1>Rapport</h1><p><b>Bron</b> är målad.</p><p><b>Status:</b></p><p>Vi <b>målar</b>.</p>")
    kinds = [block.kind for _, block in found.document.blocks()]
    assert kinds == ["heading", "paragraph", "paragraph", "paragraph"]


def test_a_heading_with_who_gives_the_assignments_names_who_has_them() -> None:
    found = page(
        "<h1>Uppföljning 2023</h1><h2>Uppdrag från kommunfullmäktige – Tekniska nämnden</h2>"
        "<h3>Måla bron</h3><p>Status: Klar</p><h3>Laga taket</h3><p>Status: Försenad</p>"
        "<h2>Uppdrag från kommunfullmäktige – Kulturnämnden</h2><h3>Öppna ett museum</h3><p>Status: Klar</p>"
    ).followups
    assert [one.boards for one in found] == [("Tekniska nämnden",), ("Tekniska nämnden",), ("Kulturnämnden",)]


def legend(*lines: str) -> list[str | None]:
    items = "".join(f"<li>{line}</li>" for line in lines)
    found = page(
        f"<h1>Uppföljning av uppdrag 2023</h1><ul>{items}</ul>"
        "<h2>Måla bron</h2><p>Status: Försenad</p><p>Färg saknas.</p>"
        "<h2>Laga taket</h2><p>Status: Klar</p><p>Lagat i maj.</p>"
    ).followups
    return [one.declared and one.declared.colour for one in found]


def test_a_legend_of_words_with_their_colours_before_what_they_mean() -> None:
    lines = ("Klar (grön): åtgärden är genomförd", "Försenad (gul): blir klar senare än planerat")
    assert legend(*lines, "Ej startad (röd): inget är gjort") == ["yellow", "green"]


def test_lines_like_it_that_are_no_legend() -> None:
    assert legend("Kommunen (grön): vi växer", "Torget (gul): det målas", "Ån (röd): den svämmar") == ["red", "green"]


def test_bands_of_percentages_with_words_after_each_colour() -> None:
    rows = "".join(
        f"<tr><td>{t}</td><td>{share}</td></tr>" for t, share in [("Måla bron", "100 %"), ("Laga taket", "40 %")]
    )
    told = "100 % = grön, det är helt gjort 50–99 % = gul, det är delvis gjort "
    told += "0–49 % = röd, det är inte gjort eller nyss påbörjat"
    body = f"<table><tr><th>Uppdrag</th><th>Genomförandegrad</th></tr>{rows}</table><p>{told}</p>"
    found = page(f"<h1>Uppföljning av uppdrag 2023</h1>{body}").followups
    assert [one.declared and one.declared.colour for one in found] == ["green", "red"]


def test_labels_run_together_keep_their_status_label_with_the_status() -> None:
    line = "<h3>{}</h3><p>Ansvarig: Tekniska nämnden Status: Pågår</p><p>Arbetet följer planen.</p>"
    found = page(
        "<h2>Uppdrag 2023</h2>" + "".join(line.format(title) for title in ("Måla bron", "Laga taket", "Riva ladan"))
    )
    assert [(one.boards, one.declared and one.declared.as_written) for one in found.followups] == [
        (("Tekniska nämnden",), "Pågår")
    ] * 3


def test_a_heading_with_the_word_for_titles_is_not_joined_to_the_next_title() -> None:
    text = "Uppföljning 2023\n\nUppdrag från kommunfullmäktige\n\nUppdrag: Måla bron\nStatus: Klart\n"
    text += "\nUppdrag: Laga taket\nStatus: Gul\n"
    found = extract("rapport.txt", text.encode(), Vocabulary()).followups
    assert [one.assignment for one in found] == ["Måla bron", "Laga taket"]
