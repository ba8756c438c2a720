"""Scales in the document's own words, shown by coloured labels; which column, date or line is what it looks like."""

from datetime import date

import pytest

from ljuskoll.nlp.document import Block, Mark, MarkColour, Place
from ljuskoll.nlp.layouts.taught import drawn_lights, said_lights
from ljuskoll.nlp.readers.html.read import read_html
from ljuskoll.nlp.readers.text import read_text
from ljuskoll.nlp.vocabulary.boards import is_code
from ljuskoll.nlp.vocabulary.periods import dates_in, own_periods
from ljuskoll.nlp.vocabulary.scales import Scale
from table_texts import colour, read, rows

SCALE = Scale.default()


def label(text: str, drawn: MarkColour) -> Mark:
    return Mark("fill", drawn, text, Place(1))


OWN: list[tuple[str, MarkColour]] = [("I medvind", "green"), ("I motvind", "red"), ("I medvind", "green")]


def test_words_on_labels_have_the_colours_of_the_labels() -> None:
    assert drawn_lights([label(*one) for one in OWN], SCALE) == {"i medvind": "green", "i motvind": "red"}


@pytest.mark.parametrize(
    "labels",
    [
        OWN[:2],  # nothing comes again
        [("Nyhet", "green"), ("Nyhet", "green"), ("Läs mer", "green")],  # one colour is decoration
        [*OWN, ("I medvind", "red")],  # one word in two colours
        [(f"Ämne {number}", "green" if number % 2 else "red") for number in range(9)] * 2,  # no scale has so many
        [("Klart", "green"), ("Försenat", "red"), ("Klart", "green")],  # known already
    ],
)
def test_labels_that_teach_nothing(labels: list[tuple[str, MarkColour]]) -> None:
    assert drawn_lights([label(*one) for one in labels], SCALE) == {}


PAGE = """<html><body><h1>Uppföljning av uppdrag T2 2023</h1>
<h3>Bygg en bro vid ån <span style="background: #2e7d32">I medvind</span></h3><p>Bron invigdes i maj.</p>
<h3>Rusta upp torget <span class="pill motvind">I motvind</span></h3><p>Upphandlingen fick göras om.</p>
<h3>Ordna en marknad <span style="background: #2e7d32">I medvind</span></h3><p>Torget är bokat.</p>
<style>.motvind { background-color: #c62828 }</style></body></html>"""


def test_coloured_labels_on_a_web_page() -> None:
    page = read_html(PAGE, PAGE.encode()).pages[0]
    assert rows(read(*page.items[1:])) == [
        ("Bygg en bro vid ån", "green", "Bron invigdes i maj."),
        ("Rusta upp torget", "red", "Upphandlingen fick göras om."),
        ("Ordna en marknad", "green", "Torget är bokat."),
    ]


@pytest.mark.parametrize(
    "html",
    [
        "Bron är <span style='background: yellow'>nästan</span> klar.",  # marked with a pen, in the middle
        "Bron <span style='background: #ffffff'>klar</span>",
        "<span style='background: green'>Bron över ån vid kvarnen öppnades redan i maj</span>",
        "<span style='color: green'>Klar</span>",
    ],
)
def test_no_label(html: str) -> None:
    text = f"<html><body><p>{html}</p></body></html>"
    assert [item.marks for item in read_html(text, text.encode()).pages[0].items if isinstance(item, Block)] == [()]


def paragraphs(*texts: str) -> list[Block]:
    return [Block(text, (Place(1),)) for text in texts]


def test_a_sign_without_a_light_keeps_its_row_among_signs_with_one() -> None:
    listed = paragraphs(
        "🟢 Bygg en bro vid ån",
        "Bron invigdes i maj.",
        "🔴 Rusta upp torget",
        "Upphandlingen fick göras om.",
        "⚪ Ordna en marknad",
        "Frågan ligger hos föreningen.",
    )
    assert rows(read(*listed)) == [
        ("Bygg en bro vid ån", "green", "Bron invigdes i maj."),
        ("Rusta upp torget", "red", "Upphandlingen fick göras om."),
        ("Ordna en marknad", None, "Frågan ligger hos föreningen."),
    ]


COLOURS_BESIDE_WORDS = """
Uppdrag | Läge | Resultat | Kommentar
Bygg en bro vid ån | Klart | 😊 | Bron invigdes i maj.
Rusta upp torget | Pågår | ☹️ | Upphandlingen fick göras om.
Ordna en marknad | Pågår | 😐 | Torget är bokat, men inte scenen."""


def test_signs_of_a_scale_go_before_words_for_how_far_a_thing_has_come() -> None:
    assert [light for _, light, _ in rows(read(COLOURS_BESIDE_WORDS))] == ["green", "red", "yellow"]


EXPORTED = """
Id | Nämnd | Typ | Benämning | Tillhör mål | Status | Kommentar | Ändrad av
1 | TN | Mål | Byn hänger ihop | | Gul | Bron är klar, men inte stigen. | anna
2 | TN | Uppdrag | Bygg en bro vid ån | Byn hänger ihop | Grön | Bron invigdes i maj. | anna
3 | TN | Uppdrag | Röj en stig till kvarnen | Byn hänger ihop | Röd | Markägaren sade nej. | olle"""


def test_a_name_heads_the_titles_and_what_they_belong_to_their_goals() -> None:
    found = read(EXPORTED).followups
    assert [(one.assignment, one.kind, one.goal, colour(one)) for one in found] == [
        ("Byn hänger ihop", "goal", None, "yellow"),
        ("Bygg en bro vid ån", "assignment", "Byn hänger ihop", "green"),
        ("Röj en stig till kvarnen", "assignment", "Byn hänger ihop", "red"),
    ]


TICKED = """
Område | Uppdrag | Genomfört | Genomförs delvis | Genomförs inte
Vägar | Bygg en bro vid ån | X | |
| Kommentar: Bron invigdes i maj. | | |
Snabba insatser | Rusta upp torget | X | |
| Kommentar: Stenen är lagd. | | |
Annat | Ordna en marknad | | | X
| Kommentar: Ingen ville sälja. | | |"""


def test_a_row_whose_words_could_head_columns_is_a_row() -> None:
    assert rows(read(TICKED)) == [
        ("Bygg en bro vid ån", "green", "Bron invigdes i maj."),
        ("Rusta upp torget", "green", "Stenen är lagd."),
        ("Ordna en marknad", "red", "Ingen ville sälja."),
    ]


CODES = "Förkortning | Nämnd | Sekreterare\nHKN | Hamn- och kajnämnden | Vera Lind\nKS | Kommunstyrelsen | Ulf Ek"
CODED = """
Uppdrag | Nämnd | Status | Kommentar
Laga kajen | HKN | Grön | Kajen är lagad.
Måla fyren | HKN | Gul | Halva fyren är målad."""


def test_codes_are_explained_in_a_table_of_more_columns() -> None:
    assert [one.board_names for one in read(CODES, CODED).followups] == [("Hamn- och kajnämnden",)] * 2
    assert is_code("HKN") and not is_code("Kaj")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bedömning per 30 april och 31 augusti 2030", [(2030, (8, 31))]),
        ("Uppföljning T1 och T2 2030", [(2030, (8, 31))]),
        (
            "Nämnderna har svarat på hur det ser ut vid årets slut. Läget den 31 augusti 2019.",
            [(2019, (8, 31)), (None, (12, 31))],
        ),
        ("Läget efter delårsbokslutet den 31 augusti 2027.", [(2027, (8, 31))]),
        ("Så går det för våra mål, augusti 2027 - Älvbo kommun", [(2027, (8, 31))]),
        ("Beslut den 31 augusti 2027.", []),
        ("Våra mål och beslut i augusti 2027 - en berättelse", []),
    ],
)
def test_the_period_that_is_the_report_s_own(text: str, expected: list[tuple[int | None, tuple[int, int]]]) -> None:
    assert [(one.year, one.as_of) for one in own_periods(text)] == expected


def test_full_dates_of_whatever() -> None:
    assert dates_in("Bro 2022-01-27, 3 mars 2023 och 2023-02-31") == (date(2022, 1, 27), date(2023, 3, 3))


LETTER = [
    "Uppföljning av nämndens uppdrag för 2021",
    "Bygg en bro vid ån",
    "Bedömning: Uppfyllt",
    "Rusta upp torget",
    "Bedömning: Ej uppfyllt",
]


@pytest.mark.parametrize(
    ("dated", "tertial"), [("2022-02-01", 3), ("1 februari 2022", 3), ("2021-02-01", None), ("2022-10-01", None)]
)
def test_what_is_written_early_the_year_after_is_of_the_year_s_end(dated: str, tertial: int | None) -> None:
    found = read(*paragraphs(f"{dated} Tekniska förvaltningen", *LETTER), heading="Tjänsteskrivelse").followups
    assert [(one.period and one.period.year, one.period and one.period.tertial) for one in found] == [
        (2021, tertial)
    ] * 2


HEADED = """Uppföljning av uppdrag 2022, helår
{first}
Uppdrag
Nämnd
Status
Färdigt
Kommentar
Bygg en bro vid ån
TN
Klar
100 %
Bron invigdes i maj.
\fUppföljning av uppdrag 2022, helår
Uppdrag
Nämnd
Status
Färdigt
Kommentar
Rusta upp torget
KS
Ej klar
0 %
Upphandlingen fick göras om.
"""


def test_the_head_of_each_page_and_headings_one_a_line() -> None:
    text = HEADED.format(first="Utskriven av Planera")
    items = [item for page in read_text(text, text.encode()).pages for item in page.items]
    assert rows(read(*items)) == [
        ("Bygg en bro vid ån", "green", "Bron invigdes i maj."),
        ("Rusta upp torget", "red", "Upphandlingen fick göras om."),
    ]


def test_numbered_titles_that_end_as_sentences_keep_their_rows() -> None:
    lines = paragraphs(
        "MÅL 1. Byn hänger ihop",
        "1) Bygg en bro vid ån – Tekniska nämnden. Läge: klart.",
        "Bron invigdes i maj.",
        "2) Rusta upp torget – Kommunstyrelsen. Läge: i fara.",
        "Upphandlingen är överklagad.",
    )
    found = read(*lines, heading="Läget T1 2023").followups
    assert [(one.assignment, colour(one), one.boards, one.goal) for one in found] == [
        ("Bygg en bro vid ån", "green", ("Tekniska nämnden",), "MÅL 1. Byn hänger ihop"),
        ("Rusta upp torget", "yellow", ("Kommunstyrelsen",), "MÅL 1. Byn hänger ihop"),
    ]


def test_a_letter_s_date_gives_its_day_a_year() -> None:
    lines = paragraphs("Skrivet den 2 februari 2024", "Läget per den 31 augusti", *LETTER[1:])
    found = read(*lines, heading="Till nämnden").followups
    assert [(one.period and one.period.year, one.period and one.period.tertial) for one in found] == [(2023, 2)] * 2


SIGNED = ["🟢 Flyter fint", "🟡 Hackar", "🔴 Har kört fast", "🟢 Flyter fint"]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (SIGNED, {"flyter fint": "green", "hackar": "yellow", "har kört fast": "red"}),
        (SIGNED[:3], {}),  # nothing comes again
        ([*SIGNED, "🟡 Flyter fint"], {}),  # one word beside two colours
        (["🟢 Bygg bron", "🟢 Måla båten", "🔴 Laga taket", "🟢 Bygg bron"], {}),  # titles: two of one colour
        (["🟢 Klart", "🔴 Försenat", "🟢 Klart"], {}),  # known already
    ],
)
def test_words_after_signs(texts: list[str], expected: dict[str, str]) -> None:
    assert said_lights(texts, SCALE) == expected


def test_own_words_after_signs_are_the_lights_of_the_titles_above() -> None:
    titles = ["Bygg en bro vid ån", "Rusta upp torget", "Ordna en marknad", "Skriv en trädplan"]
    told = ["Bron invigs i maj.", "Stenen är lagd till hälften.", "Ingen ville sälja.", "Planen är utskickad."]
    listed: list[Block] = []
    for title, sign, comment in zip(titles, SIGNED, told, strict=True):
        listed += [heading(title), *paragraphs(sign, comment)]
    lights = ["green", "yellow", "red", "green"]
    assert rows(read(*listed)) == list(zip(titles, lights, told, strict=True))
    legend = paragraphs("🟢 Flyter fint 🟡 Hackar 🔴 Har kört fast")
    assert rows(read(*legend, *listed)) == list(zip(titles, lights, told, strict=True))


def heading(text: str) -> Block:
    return Block(text, (Place(1),), "heading", 2)
