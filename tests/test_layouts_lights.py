"""Lists in which a light stands beside each title or in its comment, however it is written; and what is no light."""

import pytest

from ljuskoll.nlp.document import Block, Document, Mark, Page
from ljuskoll.nlp.extract import Extraction, extract, extract_document
from ljuskoll.nlp.vocabulary.scales import Scale
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary

TOP = "Uppföljning av uppdrag per 31 augusti 2023\nSandvikså kommun\n\n"
SCALE = Scale.default()
BANDS = Scale.default({"100": "green", "91-99": "yellow", "0-90": "red"})


def read(text: str, name: str = "rapport.txt", scale: Scale = SCALE) -> Extraction:
    return extract(name, (text if name.endswith("html") else TOP + text).encode(), Vocabulary(scale=scale))


def rows(text: str, name: str = "rapport.txt") -> list[tuple[str, str | None, str]]:
    found = read(text, name).followups
    return [(f.assignment, f.declared.colour if f.declared else None, f.comment) for f in found]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("✅ Bygg en brygga", "❌ Rusta torget"),
        ("Bygg en brygga ✅", "Rusta torget ❌"),
        ("Bygg en brygga (TN)\n🙂", "Rusta torget (KS)\n🙁"),
        ("Bygg en brygga (TN) 🙂", "Rusta torget (TN) ☹"),
        ("✓ Bygg en brygga", "✗ Rusta torget"),
        ("😊 Bygg en brygga", "☹ Rusta torget"),
        ("🟢 Bygg en brygga", "🔴 Rusta torget"),
        ("Grön Bygg en brygga", "Röd Rusta torget"),
        ("Bygg en brygga Grön", "Rusta torget Röd"),
        ("Bygg en brygga – Grön", "Rusta torget – Röd"),
        ("Bygg en brygga Pågår", "Rusta torget Ej påbörjat"),
        ("Bygg en brygga (Grön)", "Rusta torget (Röd)"),
        ("Bygg en bryggaGrön", "Rusta torgetRöd"),
        ("Bygg en brygga\nGrön", "Rusta torget\nRöd"),
        ("Bygg en brygga\n(Grön)", "Rusta torget\n(Röd)"),
        ("Bygg en brygga\nKlar", "Rusta torget\nEj påbörjad"),
        ("Klar\nBygg en brygga", "Ej påbörjad\nRusta torget"),
        ("Uppdrag 1\nBygg en brygga\nGrön", "Uppdrag 2\nRusta torget\nRöd"),
    ],
)
def test_a_light_beside_the_title(first: str, second: str) -> None:
    text = f"{first}\nDen invigdes i maj.\n\n{second}\nInga medel finns.\n"
    assert rows(text) == [
        ("Bygg en brygga", "green", "Den invigdes i maj."),
        ("Rusta torget", "red", "Inga medel finns."),
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [("Ej mätbartFler bad", "RödRöd Rusta torget"), ("Ej mätbart Fler bad", "Röd Rusta torget\nTomt.\n\nGul Ny bro")],
)
def test_words_for_what_cannot_be_measured_beside_the_title(first: str, second: str) -> None:
    found = [row[:2] for row in rows(f"{first}\nIngen mätning gjordes.\n\n{second}\nInga medel finns.\n")]
    assert found[:2] == [("Fler bad", None), ("Rusta torget", "red")]


@pytest.mark.parametrize(
    "text",
    [
        "✓ Vi lagar gator\n\n✓ Vi sköter parker\n\n✓ Vi städar torg\n",
        "Grön omställning i hamnen\n\nArbetet beskrivs här.\n\nGrön Flagg i förskolan\n\nSå gör vi.\n",
        "Hjälpte sidan dig?\n\nJa\n\nNej\n\nTack för ditt svar.\n",
        "Bygglov\n\nKlart på tio veckor\n\nPlanbesked\n\nKlart på fyra månader\n",
    ],
    ids=["bullets", "green words", "a poll", "times"],
)
def test_what_only_looks_like_a_light(text: str) -> None:
    assert extract("sida.txt", ("Så arbetar vi\n\n" + text).encode(), Vocabulary()).followups == ()


def test_a_heading_without_a_light_among_others_is_kept() -> None:
    first = "<h3>🟢 Bygg en brygga</h3><p>Den invigdes.</p>"
    body = f"{first}<h3>Rusta torget</h3><p>Det vilar.</p><h3>🔴 Sälj huset</h3><p>Nej.</p>"
    assert rows(f"<html><body><h1>Uppdrag T2 2023</h1>{body}</body></html>", "sida.html") == [
        ("Bygg en brygga", "green", "Den invigdes."),
        ("Rusta torget", None, "Det vilar."),
        ("Sälj huset", "red", "Nej."),
    ]


def test_arrows_beside_lights_are_the_trend() -> None:
    first = '<h3><img alt="Grön"><img alt="↑"> Antal besök</h3><p>A.</p>'
    body = f'{first}<h3><img alt="Röd"><img alt="↓"> Sjukfrånvaro</h3><p>B.</p>'
    found = read(f"<html><body><h1>Nyckeltal 2022</h1>{body}</body></html>", "sida.html").followups
    shown = [(f.assignment, f.declared.colour, f.declared.trend) for f in found if f.declared]
    assert shown == [("Antal besök", "green", "up"), ("Sjukfrånvaro", "red", "down")]


@pytest.mark.parametrize(
    ("value", "colour", "trend"),
    [
        ("Gul", "yellow", None),
        ("(Gul)", "yellow", None),
        ("Gul – delvis uppfyllt", "yellow", None),
        ("Gul, anbuden blev för dyra", "yellow", None),
        ("Delvis, två av tre kurser är hållna", "yellow", None),
        ("Gul ↗", "yellow", "up"),
        (":)", "green", None),
        (":-(", "red", None),
        ("😐", "yellow", None),
        (":|", "yellow", None),
        ("☑", "green", None),
        ("☒", "red", None),
        ("☒ Ja ☐ Nej", "green", None),
        ("☐ Ja ☒ Nej", "red", None),
        ("Nej", "red", None),
        ("95 %", None, None),
        ("Ja, men först nästa år", None, None),
        ("↑", None, "up"),
        ("→", None, "flat"),
        ("Rimlig", None, None),
    ],
)
def test_a_labelled_status_however_it_is_written(value: str, colour: str | None, trend: str | None) -> None:
    (followup,) = read(f"Bygg en brygga\nStatus: {value}\nKommentar: Anbuden är inne.\n").followups
    declared = followup.declared
    assert declared is not None
    assert (declared.colour, declared.trend, followup.comment) == (colour, trend, "Anbuden är inne.")


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("100 %", "green"),
        ("99%", "yellow"),
        ("91,5 procent", "yellow"),
        ("0 %", "red"),
        ("90,5 %", None),
        ("120 %", None),
    ],
)
def test_percentages_by_the_bands_of_the_scale(text: str, colour: str | None) -> None:
    declared = BANDS.read(text)
    assert declared is not None
    assert (declared.colour, declared.as_written, declared.source) == (colour, text, "text")


@pytest.mark.parametrize("text", ["95", "95 % av eleverna", "1 100 %", "procent"])
def test_what_is_no_percentage(text: str) -> None:
    assert BANDS.read(text) is None


def test_open_bands_and_figures_where_a_label_says_that_they_are_the_status() -> None:
    scale = Scale.default({">= 95": "green", "80-94": "yellow", "<80": "red"})
    read = {text: declared.colour for text in ("97", "95", "94", "79", "94,5") if (declared := scale.shown(text))}
    assert read == {"97": "green", "95": "green", "94": "yellow", "79": "red", "94,5": None}


@pytest.mark.parametrize("text", ["Kvar: (se bilaga)", "a:)", "Ring :( eller skriv", "Klart ;)"])
def test_smileys_count_only_alone(text: str) -> None:
    assert SCALE.read(text) is None


def test_what_a_scale_says_of_one_neutral_face_holds_for_all() -> None:
    scale = Scale.default({"😐": "none"})
    assert [declared.colour for text in ("😐", "😑", ":|", ":-|") if (declared := scale.read(text))] == [None] * 4


@pytest.mark.parametrize(
    ("mark", "colour"),
    [
        (Mark("icon", None, "🙂"), "green"),
        (Mark("icon", None, "😐"), "yellow"),
        (Mark("icon", None, "✗"), "red"),
        (Mark("symbol", "green", "●"), "green"),
        (Mark("icon", "red", "Karta över hamnen"), None),
        (Mark("icon", None, "↑"), None),
    ],
)
def test_drawn_marks_beside_a_title(mark: Mark, colour: str | None) -> None:
    block = Block("Bygg en brygga", marks=(mark,))
    title = Block("Uppdrag T2 2023", kind="heading", level=1)
    document = Document("0" * 64, "text/html", (Page(1, (title, block, Block("Anbuden är inne."))),))
    found = extract_document(document, Vocabulary()).followups
    assert [f.declared.colour for f in found if f.declared] == ([] if colour is None else [colour])


@pytest.mark.parametrize(
    "text",
    [
        "Bygg en brygga – klar\nDen är byggd.\n\nRusta torget – försenat\nDet vilar.\n",
        "Bygg en brygga – klar. Den är byggd.\nRusta torget – försenat. Det vilar.\n",
        "Bygg en brygga: Klar. Den är byggd.\nRusta torget: Försenat. Det vilar.\n",
        "Bygg en brygga (klar)\nDen är byggd.\n\nRusta torget (försenat)\nDet vilar.\n",
        "Bygg en brygga [KLAR]\nDen är byggd.\n\nRusta torget [FÖRSENAT]\nDet vilar.\n",
        "Bygg en brygga\nGrön. Den är byggd.\n\nRusta torget\nRöd. Det vilar.\n",
        "## Bygg en brygga\n**Status:** Grön\nDen är byggd.\n\n## Rusta torget\n**Status:** Röd\nDet vilar.\n",
        "Bygg en brygga (TN): Grön – Den är byggd.\nRusta torget (KS): Röd – Det vilar.\n",
    ],
)
def test_a_status_in_words_after_the_title(text: str) -> None:
    assert rows(text) == [("Bygg en brygga", "green", "Den är byggd."), ("Rusta torget", "red", "Det vilar.")]


def test_stages_within_a_comment_are_no_titles() -> None:
    text = "Bygg en brygga\nStatus: Gul\nEtapp 1 söder: Klar.\nEtapp 2 norr: Försenad.\n\n"
    text += "Rusta torget\nStatus: Röd\nDet vilar.\n"
    assert [row[0] for row in rows(text)] == ["Bygg en brygga", "Rusta torget"]


@pytest.mark.parametrize(
    ("first", "second"), [("Genomförda uppdrag", "Försenade uppdrag"), ("Gröna", "Röda"), ("Klart", "Inte påbörjat")]
)
def test_headings_that_sort_a_list_by_status_are_the_status(first: str, second: str) -> None:
    body = f"<h2>{first}</h2><ul><li>Bygg en brygga (TN)</li></ul><h2>{second}</h2><ul><li>Rusta torget (KS)</li></ul>"
    found = read(f"<html><body><h1>Uppdrag T2 2023</h1>{body}</body></html>", "sida.html")
    lights = [(f.assignment, f.declared.colour if f.declared else None) for f in found.followups]
    assert lights == [("Bygg en brygga", "green"), ("Rusta torget", "red")]
    assert not found.signals


def test_a_light_on_a_line_of_its_own_is_no_heading_that_ends_the_last_assignment() -> None:
    text = "1. Bygg en brygga\nAnsvarig: TN\nGrön\nDen är byggd.\n\n2. Rusta torget\nAnsvarig: KS\nRöd\nDet vilar.\n"
    assert rows(text) == [("Bygg en brygga", "green", "Den är byggd."), ("Rusta torget", "red", "Det vilar.")]


def test_a_comment_that_runs_on_after_the_title() -> None:
    text = (
        "🟢 Bygg en brygga. Den är byggd. (TN)\n\n🔴 Rusta torget (KS). Det vilar.\n\n🟡 Starta lovskola. Den dröjer.\n"
    )
    found = read(text).followups
    assert [(f.assignment, f.boards, f.comment) for f in found] == [
        ("Bygg en brygga", ("TN",), "Den är byggd."),
        ("Rusta torget", ("KS",), "Det vilar."),
        ("Starta lovskola", (), "Den dröjer."),
    ]


def test_questions_with_answers_are_titles() -> None:
    body = "<h3>Är bryggan byggd? ✔ Ja</h3><p>Den invigdes i maj.</p><h3>Har torget rustats? ◐ Delvis</h3><p>Halva.</p>"
    assert rows(f"<html><body><h1>Löften T2 2023</h1>{body}</body></html>", "sida.html") == [
        ("Är bryggan byggd?", "green", "Den invigdes i maj."),
        ("Har torget rustats?", "yellow", "Halva."),
    ]


@pytest.mark.parametrize(("is_above", "boards"), [(False, ["TN", "KS"]), (True, ["BUN", "TN"])])
def test_boards_alone_below_each_comment_or_above_each_title(is_above: bool, boards: list[str]) -> None:
    text = "🟢 Bygg en brygga\nDen är byggd.\nTN\n\n🔴 Rusta torget\nDet vilar.\nKS\n"
    found = read(("BUN\n" + text.removesuffix("KS\n")) if is_above else text).followups
    assert [board for f in found for board in f.boards] == boards
    assert [f.comment for f in found] == ["Den är byggd.", "Det vilar."]


@pytest.mark.parametrize("is_before", [True, False])
@pytest.mark.parametrize("shown", [["Gul", "Röd", "Grön", "Ej mätbart"], ["🟡", "🔴", "🟢", "⚪"]])
def test_what_cannot_be_measured_stands_among_lights_as_they_do(is_before: bool, shown: list[str]) -> None:
    yellow, red, green, grey = shown
    lights = {"Bygg en brygga": yellow, "Rusta torget": grey, "Starta en lovskola": red, "Måla hallen": green}
    pairs = [((light, f"{title} (TN)") if is_before else (f"{title} (TN)", light)) for title, light in lights.items()]
    text = "\n".join(f"{first}\n{second}\nDet här har hänt i år." for first, second in pairs)
    colours = ["yellow", None, "red", "green"]
    for goals in (
        text,
        f"Mål 1 Ett grönt Sandvikså\n{text}".replace(f"{red}\n", f"Mål 2 Ett klokt Sandvikså\n{red}\n"),
    ):
        if is_before or goals is text:
            assert rows(goals) == [
                (title, colour, "Det här har hänt i år.") for title, colour in zip(lights, colours, strict=True)
            ]


def test_a_status_in_words_that_ends_a_comment_is_none_of_the_list() -> None:
    text = "Gul\nBygg en brygga (TN)\nAnbud är inne.\nEj påbörjat\n\nRöd\nRusta torget (TN)\nInget är gjort."
    assert rows(text) == [
        ("Bygg en brygga", "yellow", "Anbud är inne.\nEj påbörjat"),
        ("Rusta torget", "red", "Inget är gjort."),
    ]


def test_what_cannot_be_measured_is_taken_off_a_title_where_colours_are() -> None:
    titles = ("Bygg en bryggaGul", "Minst 90 procent ska vara nöjdaEj mätbart", "Rusta torgetRöd")
    text = "\n".join(f"{title}\nDet här har hänt i år.\nAnsvarig: TN" for title in titles)
    assert [title for title, *_ in rows(text)] == ["Bygg en brygga", "Minst 90 procent ska vara nöjda", "Rusta torget"]
    alone = text.replace("Gul\n", "\n").replace("Röd\n", "\n")
    assert "Minst 90 procent ska vara nöjda" not in [title for title, *_ in rows(alone)]
