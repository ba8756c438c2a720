"""Legends teach a document's own scale, and are never records."""

import pytest

from ljuskoll.nlp.document import Block, Cell, Document, Item, Mark, MarkColour, Page, Table
from ljuskoll.nlp.extract import Extraction, extract, extract_document
from ljuskoll.nlp.layouts.legend import read_legends
from ljuskoll.nlp.vocabulary.legends import band_entries, band_of, meaning_light
from ljuskoll.nlp.vocabulary.scales import Scale
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary

TOP = "Uppföljning av uppdrag per 31 augusti 2023\n\n"
TITLES = ("Bygg en brygga", "Starta en lovskola", "Rusta torget")


def report(legend: str, statuses: tuple[str, str, str], *, last: bool = False) -> str:
    rows = [
        f"{title}\nStatus: {status}\nKommentar: Se nämndens rapport.\n"
        for title, status in zip(TITLES, statuses, strict=True)
    ]
    parts = [*rows, legend] if last else [legend, *rows]
    return TOP + "\n\n".join(parts) + "\n"


def colours(extraction: Extraction) -> list[str | None]:
    assert [f.assignment for f in extraction.followups] == list(TITLES)
    assert {f.comment for f in extraction.followups} == {"Se nämndens rapport."}
    return [f.declared.colour if f.declared else None for f in extraction.followups]


LEGENDS: list[tuple[str, tuple[str, str, str], list[str | None]]] = [
    (
        "Teckenförklaring: Blå = klar, Grön = enligt plan, Gul = risk för försening, Röd = försenad",
        ("Blå", "Gul", "Försenad"),
        ["green", "yellow", "red"],
    ),
    ("Blå = påbörjad, ej klar, Grön = klar", ("Blå", "Grön", "Röd"), ["yellow", "green", "red"]),
    ("Gul = försenad\nRöd = ej genomförd", ("Försenad", "Gul", "Röd"), ["yellow", "yellow", "red"]),
    (
        "Teckenförklaring\nGrå = ej mätbart\nGrön = klart\nRöd = ej klart",
        ("Grå", "Grön", "Röd"),
        [None, "green", "red"],
    ),
    ("A = uppfyllt, B = delvis uppfyllt, C = ej uppfyllt", ("A", "B", "C"), ["green", "yellow", "red"]),
    (
        "Teckenförklaring\n1 = ej påbörjat\n2 = påbörjat, ej klart\n3 = klart",
        ("1", "2", "3"),
        ["red", "yellow", "green"],
    ),
    ("↑ = enligt plan, → = viss avvikelse, ↓ = ej enligt plan", ("↑", "→", "↓"), ["green", "yellow", "red"]),
    ("↑ = ökande, → = oförändrad, ↓ = minskande", ("↑", "→", "↓"), [None, None, None]),
    ("😊 Uppnått 😐 Ej mätbart ☹ Ej uppnått", ("😊", ":|", "☹"), ["green", None, "red"]),
    ("✓ = klart, Delvis = viss avvikelse, ✗ = blir inte av", ("✓", "Delvis", "✗"), ["green", "yellow", "red"]),
    (
        "Skala: Framme = uppdraget är slutfört, På resan = följer planen, Fast = arbetet har stannat av",
        ("Framme", "På resan", "Fast"),
        ["green", "green", "red"],
    ),
    ("Klart = slutfört, Försenat = blir klart nästa vår", ("Klart", "Försenat", "Gul"), ["green", "red", "yellow"]),
    (
        "Skala: Framme (grön), På resan (grön), Avvikelse (gul).",
        ("Framme", "På resan", "Avvikelse"),
        ["green", "green", "yellow"],
    ),
    ("Klart (grönt) Ej startat (gult) Stannat (rött)", ("Klart", "Ej startat", "Stannat"), ["green", "yellow", "red"]),
    ("100 % = grönt, 75–99 % = gult, under 75 % = rött", ("100 %", "75 %", "0 %"), ["green", "yellow", "red"]),
    (
        "Rött: mindre än 50 %, gult: 50–89 %, grönt: 90 % eller mer",
        ("95 %", "50 %", "49 %"),
        ["green", "yellow", "red"],
    ),
    ("Grön: målet nås, Gul: målet nås delvis, Röd: målet nås inte", ("Grön", "Gul", "Röd"), ["green", "yellow", "red"]),
    ("Grå = ej mätt / ej startat, Grön = klart, Röd = stoppat", ("Grå", "Grön", "Röd"), [None, "green", "red"]),
    (
        "Så ska det läsas: Framme eller På resan motsvarar grönt, Avvikelse betyder gult och Fast innebär rött.",
        ("På resan", "Avvikelse", "Fast"),
        ["green", "yellow", "red"],
    ),
    (
        "Vad betyder färgerna?\nFramme:\nUppdraget är slutfört. Grönt.\nTrög:\nUppdraget dröjer. Gult.",
        ("Framme", "Trög", "Röd"),
        ["green", "yellow", "red"],
    ),
]


@pytest.mark.parametrize("last", [False, True], ids=["above", "below"])
@pytest.mark.parametrize(("legend", "statuses", "expected"), LEGENDS)
def test_a_legend_tells_the_scale(
    legend: str, statuses: tuple[str, str, str], expected: list[str | None], last: bool
) -> None:
    extraction = extract("rapport.txt", report(legend, statuses, last=last).encode(), Vocabulary())
    assert colours(extraction) == expected


def test_the_municipalitys_own_scale_wins() -> None:
    vocabulary = Vocabulary(scale=Scale.default({"blå": "red"}))
    text = report("Blå = påbörjad, ej klar, Grön = klar", ("Blå", "Grön", "Röd"))
    assert colours(extract("rapport.txt", text.encode(), vocabulary)) == ["red", "green", "red"]


def test_a_legend_holds_for_its_document_alone() -> None:
    vocabulary = Vocabulary()
    extract("rapport.txt", report("A = uppfyllt, B = delvis, C = ej uppfyllt", ("A", "B", "C")).encode(), vocabulary)
    assert vocabulary.scale.read("A") is None


def test_a_table_of_signs_and_meanings() -> None:
    rows = "".join(
        f'<tr><td><span style="background-color:{colour}"></span></td><td>{meaning}</td></tr>'
        for colour, meaning in (("#00f", "Påbörjad, ej klar"), ("#0a0", "Klar"), ("#fc0", "Försenad"))
    )
    titles = '<h3><span style="background-color:#00f"></span> Bygg en brygga</h3><p>Se nämndens rapport.</p>' * 2
    text = f"<html><body><h1>Uppdrag T2 2023</h1><h2>Teckenförklaring</h2><table>{rows}</table>{titles}</body></html>"
    extraction = extract("sida.html", text.encode(), Vocabulary())
    assert [f.declared.colour for f in extraction.followups if f.declared] == ["yellow", "yellow"]
    assert extraction.accounts == ()


def test_a_sheet_of_words_whose_meanings_end_with_their_colours() -> None:
    meanings = (("Framme", "Uppdraget är slutfört (grönt)"), ("Trög", "Det kan dröja (gult)"), ("Fast", "Står (rött)"))
    legend = "".join(f"<tr><td>{word}</td><td>{meaning}</td></tr>" for word, meaning in meanings)
    rows = "".join(
        f"<tr><td>{title}</td><td>{word}</td></tr>" for title, (word, _) in zip(TITLES, meanings, strict=True)
    )
    text = f"<table><tr><th>Uppdrag</th><th>Status</th></tr>{rows}</table>"
    text += f"<table><tr><td>Status</td><td></td></tr>{legend}</table>"
    found = extract("sida.html", f"<html><body><h1>Uppdrag T2 2023</h1>{text}</body></html>".encode(), Vocabulary())
    assert [f.assignment for f in found.followups] == list(TITLES)
    assert [f.declared and f.declared.colour for f in found.followups] == ["green", "yellow", "red"]


def test_a_table_with_a_column_of_meanings_is_no_follow_up() -> None:
    rows = "".join(
        f"<tr><td>{sign}</td><td>Uppdraget {text}</td></tr>" for sign, text in (("✦", "löper"), ("✧", "vilar"))
    )
    text = f"<html><body><table><tr><th>Status</th><th>Betydelse för uppdrag</th></tr>{rows}</table></body></html>"
    extraction = extract("sida.html", text.encode(), Vocabulary())
    assert (extraction.followups, extraction.accounts) == ((), ())


def document(*items: Item) -> Document:
    return Document("0" * 64, "application/pdf", (Page(1, items),), "Uppdrag T2 2023")


def drawn(colour: MarkColour, text: str = "") -> Block:
    return Block(text, marks=(Mark("fill", colour),))


def test_drawn_marks_with_their_meanings_beside_or_below_them() -> None:
    titles = (drawn("blue", "Ta fram en plan"), Block("Se rapporten."), drawn("green", "Nå målet"), Block("Se planen."))
    beside = (drawn("blue", "Pågår, ej klar"), drawn("green", "Klar"), drawn("red", "Ej klar"))
    below = tuple(part for block in beside for part in (Block("", marks=block.marks), Block(block.text)))
    for legend in (beside, below):
        found = extract_document(document(Block("Teckenförklaring"), *legend, *titles), Vocabulary()).followups
        assert [(f.assignment, f.declared.colour) for f in found if f.declared] == [
            ("Ta fram en plan", "yellow"),
            ("Nå målet", "green"),
        ]


def test_titles_beside_lights_of_all_colours_are_no_legend() -> None:
    items = (drawn("green", "Ta fram en plan"), drawn("yellow", "Nå målet om fler bad"), drawn("red", "Minska risken"))
    assert len(extract_document(document(*items), Vocabulary()).followups) == 3


@pytest.mark.parametrize(
    "text",
    [
        "🟢 Ta fram en plan\n\n🟡 Nå målet\n\n🔴 Minska risken\n",
        "Gul\n\nBygg en brygga\n\nGrön\n\nRusta torget\n",
        "1. Ta fram en plan\n\n2. Nå målet\n",
    ],
)
def test_lists_are_no_legends(text: str) -> None:
    items = [Block(line) for line in text.split("\n\n")]
    assert read_legends(items, Vocabulary()).items == frozenset()


def test_a_legend_alone_is_no_follow_up() -> None:
    text = "Så läser du rapporten\n\nTeckenförklaring\n\nGrön = uppfyllt\n\nGul = delvis\n\nRöd = ej uppfyllt\n"
    extraction = extract("sida.txt", text.encode(), Vocabulary())
    assert (extraction.followups, extraction.signals) == ((), ())


@pytest.mark.parametrize(
    ("meaning", "light"),
    [
        ("klar", "green"),
        ("enligt plan", "green"),
        ("utan avvikelse", "green"),
        ("uppnås delvis", "yellow"),
        ("risk för försening", "yellow"),
        ("påbörjad, ej klar", "yellow"),
        ("försenad", "red"),
        ("målet nås inte", "red"),
        ("kan inte mätas", "none"),
        ("uppgift saknas", "none"),
        ("nästa sida", None),
        ("kommunens bolag", None),
    ],
)
def test_what_light_a_meaning_stands_for(meaning: str, light: str | None) -> None:
    assert meaning_light(meaning) == light


BAND_LINES = [
    ("Grön 90–100 %, gul 60–89 %, röd <60 %", {"90-100": "grön", "60-89": "gul", "< 60": "röd"}),
    ("minst 80 procent är grönt och högst 79 procent rött", {">= 80": "grönt", "<= 79": "rött"}),
    ("Minst 80 % = grönt, högst 79 % = rött", {">= 80": "grönt", "<= 79": "rött"}),
    # Must not match: shares of the assignments, single bands, other figures.
    ("Av uppdragen är 80 % gröna och 20 % röda", {}),
    ("Gröna 80 %, röda 20 %", {}),
    ("Grönt: 100 %", {}),
    ("Kostnaden ökade med 5–7 % och gult kort delades ut", {}),
]


@pytest.mark.parametrize(("line", "bands"), BAND_LINES)
def test_bands_of_percentages_in_a_line(line: str, bands: dict[str, str]) -> None:
    assert {entry.key: entry.meaning.casefold() for entry in band_entries(line)} == bands


@pytest.mark.parametrize(
    ("meaning", "band"),
    [
        ("100 %", "100"),
        ("80–99 % av målet", "80-99"),
        ("under 80 %", "< 80"),
        ("från 12,5 procent", ">= 12,5"),
        ("80 och 90 %", None),
        ("klart", None),
    ],
)
def test_the_band_that_a_meaning_names(meaning: str, band: str | None) -> None:
    assert band_of(meaning) == band


def test_lights_with_their_words_and_meanings_below_are_a_legend() -> None:
    def light(word: str, colour: MarkColour) -> Block:
        return Block(word, kind="heading", level=3, marks=(Mark("fill", colour),))

    meanings = ("Uppdraget blir klart i år.", "Uppdraget blir delvis klart i år.", "Uppdraget blir inte klart i år.")
    lights = (light("Grön", "green"), light("Gul", "yellow"), light("Röd", "red"))
    items: list[Item] = [block for pair in zip(lights, map(Block, meanings), strict=True) for block in pair]
    assert read_legends(items, Vocabulary()).items == frozenset(range(6))
    titles = [Block(text) for text in ("Bygg en bro", "Rusta torget", "Måla bänkar")]
    assert (
        read_legends([b for pair in zip(lights, titles, strict=True) for b in pair], Vocabulary()).items == frozenset()
    )


def test_meanings_without_lights_below_a_legends_heading_are_none_of_the_records() -> None:
    items = [Block("Färgförklaring", kind="heading", level=3), *map(Block, ("Klart", "Viss avvikelse", "Avbrutet"))]
    assert read_legends(items, Vocabulary()).items == frozenset(range(4))
    assert read_legends(items[1:], Vocabulary()).items == frozenset()


def test_a_table_of_words_with_their_colours_tells_the_scale() -> None:
    scale = Vocabulary().scale
    rows = (
        ("Status", "Betydelse", "Färg"),
        ("Ej startat", "Arbetet väntar", "Gul"),
        ("Framme", "Allt är gjort", "Grön"),
    )
    made = Table(tuple(tuple(Cell(text) for text in row) for row in rows), 1)
    legend = read_legends([made], Vocabulary())
    assert legend.items == {0}
    assert [_colour_of(legend.scale, word) for word in ("Ej startat", "Framme", "Röd")] == ["yellow", "green", "red"]
    assert _colour_of(scale, "Ej startat") == "red"


def _colour_of(scale: Scale, word: str) -> str | None:
    declared = scale.read(word)
    return declared.colour if declared is not None else None


def test_a_line_with_several_marks_and_a_meaning_for_each_is_a_legend() -> None:
    colours: tuple[MarkColour, ...] = ("green", "yellow", "red")
    marks = tuple(Mark("icon", colour) for colour in colours)
    legend = Block("Bedöms nås Bedöms nås delvis Bedöms inte nås", marks=marks)
    history = Block("Bygg en brygga Tekniska Nämnden", marks=marks)
    assert read_legends([legend], Vocabulary()).items == {0}
    assert read_legends([history], Vocabulary()).items == set()


def test_bands_in_a_sentence_after_others() -> None:
    text = "Rapporten bygger på nämndernas egna uppgifter. Graden anges i procent: "
    text += "100 procent motsvarar grönt, 91–99 procent gult och 90 procent eller lägre rött."
    assert [(entry.key, entry.meaning) for entry in band_entries(text)] == [
        ("100", "grönt"),
        ("91-99", "gult"),
        ("<= 90", "rött"),
    ]
    assert band_entries("Under året blev 45 procent av taken gröna och 30 procent gula.") == ()
