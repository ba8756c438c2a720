"""Legends teach a document's own scale, and are never records."""

import pytest

from ljuskoll.nlp.document import Block, Document, Item, Mark, MarkColour, Page
from ljuskoll.nlp.extract import Extraction, extract, extract_document
from ljuskoll.nlp.layouts.legend import read_legends
from ljuskoll.nlp.vocabulary.legends import meaning_light
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
    ("Grön: målet nås, Gul: målet nås delvis, Röd: målet nås inte", ("Grön", "Gul", "Röd"), ["green", "yellow", "red"]),
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
