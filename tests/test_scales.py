"""Scales: which words, symbols and marks are a status, and which light it is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ljuskoll.nlp.document import Mark
from ljuskoll.nlp.errors import UsageError
from ljuskoll.nlp.followup import Period
from ljuskoll.nlp.vocabulary.scales import Scale

SCALE = Scale.default()
SPRING, LATE, YEAR_END = Period.of_tertial(2023, 1), Period.of_date(date(2023, 10, 31)), Period.of_tertial(2023, 3)
NOT_SAID = Period(year=2023)


@pytest.mark.parametrize(
    ("colour", "texts"),
    [
        (
            "green",
            "Grön|GRÖN|Grönt|grön.|Grön cirkel|Grön (uppfyllt)|Grön, enligt plan|"
            "GrönGrön|Blå|🟢|🟢 🟢|✅|✔|✔️|✓|😊|👍🏽|🔵",
        ),
        (
            "green",
            "Ja|Klar|Klart|Helt|Helt uppfyllt|Uppfyllt|Uppnått|Genomfört|"
            "Genomförd|Slutförd|Avslutad|Målet uppnått|✅ Klar",
        ),
        (
            "green",
            "Pågår|Pågående|Pågår enligt plan|Enligt plan|Påbörjad|I fas|I hög grad|I hög grad uppfyllt|Bedöms uppnås",
        ),
        (
            "green",
            "Kommer att slutföras|Bedöms kunna genomföras|Målet väntas nås|Blir klart|Blir klart i år|Hinns med|"
            "Rullar på",
        ),
        (
            "yellow",
            "Kommer delvis att slutföras|Kommer att delvis nås|Bedöms bli delvis klart|Delvis enligt plan|"
            "Risk för försening",
        ),
        (
            "red",
            "Kommer inte att slutföras|Kommer ej att bli klart|Bedöms inte kunna verkställas|Blir inte klart|"
            "Hinns ej med|Har stannat av",
        ),
        (
            "yellow",
            "Gul|GUL|Gult|Gul markering|Gul (försenad)|🟡|😐|Delvis|Delvis uppfyllt|Delvis genomförd|Ja, delvis|Orange",
        ),
        (
            "yellow",
            "Inte fullt ut|Ej helt uppfyllt|Till viss del|Till stor del|Viss försening|Något försenad|Mindre avvikelse",
        ),
        (
            "red",
            "Röd|Rött|röd|Röd cirkel|Rödmarkerad|🔴|❌|✗|☹️|😟|Nej|Ej uppfyllt|"
            "Inte uppnått|Ej genomförd|Uppnås ej|Försenad",
        ),
        (
            "red",
            "Ej påbörjad|Inte startat|Ännu inte påbörjat|Inställd|Utgår|"
            "Avbruten|Pausad|Stor avvikelse|Bedöms inte uppnås",
        ),
        (
            None,
            "Ej mätbart|Kan inte bedömas|Ej bedömd|Går inte att mäta|Ej aktuellt|"
            "Målet kan inte bedömas|Uppgift saknas|-|–|⚪|Grå|Planerad|Avser ej nämnden",
        ),
    ],
)
def test_a_whole_cell_is_read_as_a_status(colour: str | None, texts: str) -> None:
    for text in texts.split("|"):
        declared = SCALE.read(text)
        assert declared is not None, text
        assert declared.colour == colour, text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Status",
        "Status:",
        "↑",
        "→",
        "Ökande",
        "Ja/Nej",
        "Grön/Gul/Röd",
        "Grön = uppfyllt",
        "Gröna kilar",
        "Röda korset",
        "Grönområden ska vårdas",
        "Slutföras",
        "Kommer att",
        "Blir klart när bron är lagad",
        "Riskanalys",
        "Klar 2021",
        "Uppdraget är genomfört.",
        "Uppdraget bedöms bli genomfört i år.",
        "Arbetet pågår enligt plan.",
        "Delvis beroende på personalbrist har arbetet dröjt",
        "Utredningen är klar",
        "100 %",
        "12",
        "Implementera e-arkiv",
        "Jaktlag",
        "Kommentar",
    ],
)
def test_what_is_no_status_is_not_read(text: str) -> None:
    assert SCALE.read(text) is None


def test_what_is_shown_is_kept_as_written() -> None:
    written = {
        "Röd cirkel": "Röd cirkel",
        " Gul ": "Gul",
        "Status: Gul": "Gul",
        "Status grön": "grön",
        "Måluppfyllelse: God.": "God",
        "GrönGrön": "Grön",
        "✔️": "✔️",
    }
    for text, expected in written.items():
        declared = SCALE.read(text)
        assert declared is not None
        assert declared.as_written == expected


@pytest.mark.parametrize(
    ("text", "source", "trend"),
    [
        ("Grön", "text", None),
        ("🟢", "symbol", None),
        ("🟢 ↗", "symbol", "up"),
        ("Gul →", "text", "flat"),
        ("-", "symbol", None),
    ],
)
def test_source_and_trend_come_with_the_status(text: str, source: str, trend: str | None) -> None:
    declared = SCALE.read(text)
    assert declared is not None
    assert (declared.source, declared.trend) == (source, trend)


@pytest.mark.parametrize(
    ("text", "colour"), [("Grön", "green"), ("GulGul", "yellow"), ("Röd cirkel", "red"), ("🔴", "red")]
)
def test_unmistakable_colours(text: str, colour: str) -> None:
    declared = SCALE.colour_word(text)
    assert declared is not None
    assert declared.colour == colour


@pytest.mark.parametrize("text", ["Ja", "Klar", "✅", "Delvis", "-", "Gröna kilar", "Grön Gul", "GrönGul", ""])
def test_other_words_are_no_unmistakable_colours(text: str) -> None:
    assert SCALE.colour_word(text) is None


@pytest.mark.parametrize(
    ("text", "colour", "rest"),
    [
        ("GrönGrön Begränsad påverkan", "green", "Begränsad påverkan"),
        ("GulGulFrisk luft", "yellow", "Frisk luft"),
        ("RödMinska utsläppen", "red", "Minska utsläppen"),
        ("Röd cirkelMinska utsläppen", "red", "Minska utsläppen"),
        ("GrönGrönområden vårdas", "green", "Grönområden vårdas"),
        ("Levande sjöarRöd", "red", "Levande sjöar"),
        ("Levande sjöarGulGul", "yellow", "Levande sjöar"),
        ("🟡 Levande sjöar", "yellow", "Levande sjöar"),
    ],
)
def test_a_glued_colour_comes_off(text: str, colour: str, rest: str) -> None:
    split = SCALE.split_glued(text)
    assert split is not None
    assert (split[0].colour, split[1]) == (colour, rest)


@pytest.mark.parametrize(
    "text",
    [
        "Gröna kilar",
        "Grönområden ska vårdas",
        "Röda korset",
        "Gul matlåda införs",
        "Grön Gård",
        "GrönIT",
        "GrönGrön",
        "Grön",
        "✅ Startat en hubb",
        "Kultur",
        "",
    ],
)
def test_titles_with_colours_stay_whole(text: str) -> None:
    assert SCALE.split_glued(text) is None


@pytest.mark.parametrize(
    ("mark", "colour", "written"),
    [
        (Mark("fill", "green"), "green", "grön"),
        (Mark("icon", "red", "Ej nått"), "red", "Ej nått"),
        (Mark("icon", "blue"), "green", "blå"),
        (Mark("fill", "grey"), None, "grå"),
        (Mark("icon", "grey", "Gul"), "yellow", "Gul"),
        (Mark("icon", None, "Röd cirkel"), "red", "Röd cirkel"),
        (Mark("icon", "other", "Delvis"), "yellow", "Delvis"),
    ],
)
def test_a_drawn_mark_is_a_status(mark: Mark, colour: str | None, written: str) -> None:
    declared = SCALE.mark_colour(mark)
    assert declared is not None
    assert (declared.colour, declared.as_written, declared.source) == (colour, written, mark.source)


@pytest.mark.parametrize("mark", [Mark("icon", "other"), Mark("icon", None, "Logotyp"), Mark("icon", None)])
def test_another_picture_is_no_status(mark: Mark) -> None:
    assert SCALE.mark_colour(mark) is None


@pytest.mark.parametrize(
    ("trend", "texts"),
    [
        ("up", "↑|↗|⬆️|Ökande|Förbättrad|Trend: ökande|Pil uppåt, förbättrad|↑ Ökar"),
        ("flat", "→|➡️|Oförändrad|oförändrat"),
        ("down", "↓|↘|Minskande|Försämrad"),
        (None, "Grön|Pil|Ökande antal elever|✅|-|Ökar, oförändrad|"),
    ],
)
def test_trends(trend: str | None, texts: str) -> None:
    assert {text: SCALE.trend(text) for text in texts.split("|")} == dict.fromkeys(texts.split("|"), trend)


@pytest.mark.parametrize(
    "text",
    [
        "Grön = uppfyllt",
        "Delvis = mer än hälften är gjort",
        "Teckenförklaring",
        "Teckenförklaring: Grön klart Gul på väg Röd nej",
        "Grön: målet nås, Gul: målet nås delvis",
        "Gul betyder att målet delvis är uppfyllt",
        "Röd – uppnås ej",
        "🟢 Uppfyllt 🟡 Delvis 🔴 Ej uppfyllt",
        "Grön 95–100 %, gul 90–94 %, röd under 90 %",
        "✅ = klart",
    ],
)
def test_a_legend_explains_the_scale(text: str) -> None:
    assert SCALE.is_legend(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Grön",
        "Status: Gul",
        "Grön (uppfyllt)",
        "Gul: upphandlingen har dragit ut på tiden",
        "Gröna: 5 Gula: 3 Röda: 1",
        "Grön omställning i hela kommunen",
        "Skala ned verksamheten",
        "Förklaring av hyran för gröna hus ska tas fram",
        "Budget = 3 mnkr",
    ],
)
def test_a_status_or_a_title_is_no_legend(text: str) -> None:
    assert not SCALE.is_legend(text)


def test_a_municipality_overrides_words_symbols_colours_and_outcomes() -> None:
    scale = Scale.default({"Försenad": "yellow", "😐": "none", "blå": "none", "not_started": "none", "Rosa": "red"})
    read = {
        text: declared and declared.colour
        for text in ("Försenad", "😐", "Blått", "🔵", "Ej påbörjad", "Rosa")
        if (declared := scale.read(text))
    }
    assert read == {"Försenad": "yellow", "😐": None, "Blått": None, "🔵": None, "Ej påbörjad": None, "Rosa": "red"}
    assert SCALE.read("Rosa") is None


def test_an_unknown_light_is_a_wrong_setting() -> None:
    with pytest.raises(UsageError, match="lila"):
        Scale.default({"Försenad": "lila"})


def colours_at(scale: Scale, text: str) -> list[str | None]:
    """The lights of a shown text in spring, late autumn, at year-end and where the time of year is not said."""
    declared = scale.shown(text)
    assert declared is not None, text
    assert declared.as_written == text
    return [scale.at(declared, period).colour for period in (SPRING, LATE, YEAR_END, NOT_SAID)]


SEASONAL = {
    "Blå": "red",
    "90-100": "green",
    "forecast.PÅGÅR": "green",
    "year_end.Pågår": "yellow",
    "year_end.partial": "red",
    "forecast.Steg 3": "yellow",
    "year_end.steg 4": "none",
    "year_end.blå": "green",
    "year_end.80-89": "red",
    "forecast.◆": "green",
}


@pytest.mark.parametrize(
    ("text", "colours"),
    [
        ("Pågår", ["green", "green", "yellow", "green"]),
        ("Pågår, upphandlingen dröjer", ["green", "green", "yellow", "green"]),
        ("Grön (pågår)", ["green"] * 4),
        ("Delvis uppfyllt", ["yellow", "yellow", "red", "yellow"]),
        ("Steg 3", ["yellow", "yellow", None, None]),
        ("Steg 4", [None] * 4),
        ("◆", ["green", "green", None, None]),
        ("Blått", ["red", "red", "green", "red"]),
        ("🔵", ["red", "red", "green", "red"]),
        ("95 %", ["green"] * 4),
        ("85 %", [None, None, "red", None]),
        ("Ej påbörjad", ["red"] * 4),
        ("→", [None] * 4),
    ],
)
def test_a_status_means_what_its_time_of_year_says(text: str, colours: list[str | None]) -> None:
    assert colours_at(Scale.default(SEASONAL), text) == colours


def test_words_of_one_season_are_known_to_the_reader_all_year() -> None:
    scale = Scale.default({"year_end.Steg 3": "yellow"})
    assert scale.read("Steg 3") is not None
    assert scale.split_status("Bygg en bro – Steg 3") == ("Bygg en bro", "Steg 3", "")
    assert SCALE.read("Steg 3") is None


def test_a_legend_teaches_what_no_section_of_the_time_of_year_says() -> None:
    scale = Scale.default({"year_end.Steg 3": "yellow"}).taught({"steg 3": "red"})
    assert colours_at(scale, "Steg 3") == ["red", "red", "yellow", "red"]


@pytest.mark.parametrize(
    ("mark", "colour"),
    [
        (Mark("icon", "blue"), "green"),
        (Mark("icon", "other", "Pågår"), "yellow"),
        (Mark("icon", "red", "Pågår"), "red"),
        (Mark("fill", "red"), "red"),
    ],
)
def test_a_drawn_light_keeps_its_own_at_year_end(mark: Mark, colour: str) -> None:
    scale = Scale.default(SEASONAL)
    declared = scale.mark_colour(mark)
    assert declared is not None
    assert scale.at(declared, YEAR_END) == declared.model_copy(update={"colour": colour})


def test_an_unknown_light_of_one_season_is_a_wrong_setting() -> None:
    with pytest.raises(UsageError, match=r"\[scale\.forecast\]: «Försenad»"):
        Scale.default({"forecast.Försenad": "lila"})


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading(text: str) -> None:
    declared = SCALE.read(text)
    assert declared is None or declared.as_written in text
    assert SCALE.read(f" {text} ") == SCALE.read(text.strip())
    split = SCALE.split_glued(text)
    assert split is None or split[1] in text
