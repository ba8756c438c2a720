"""Periods: what headings, footers and options say about the report's year and date."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ljuskoll.nlp.followup import Period
from ljuskoll.nlp.vocabulary.periods import PeriodMention, find_periods, read_period, resolve_period

T1, T2, T3 = (1, (4, 30)), (2, (8, 31)), (3, (12, 31))
JUNE, SEPTEMBER, OCTOBER = (None, (6, 30)), (None, (9, 30)), (None, (10, 31))
NONE = (None, None)


@pytest.mark.parametrize(
    ("text", "year", "point"),
    [
        ("T2 2021", 2021, T2),
        ("2021 T2", 2021, T2),
        ("2021T2", 2021, T2),
        ("T2-2021", 2021, T2),
        ("T2/2021", 2021, T2),
        ("Uppföljning T1", None, T1),
        ("Kommentar (T3)", None, T3),
        ("T1-T2 2022", 2022, T2),
        ("Uppföljning T1-24", 2024, T1),
        ("Uppföljning av uppdrag augusti 2024", 2024, T2),
        ("Så går det för våra mål, augusti 2024", 2024, T2),
        ("Status för uppdragen april 2023", 2023, T1),
        ("Uppdragslista december 2023", 2023, T3),
        ("Redovisning av uppdrag – december 2023", 2023, T3),
        ("T2/23", 2023, T2),
        ("Tertialuppföljning nr 2 2023", 2023, T2),
        ("År: 2023 Tertial: 2", 2023, T2),
        ("Period: 2023-01 – 2023-08", 2023, T2),
        ("Delårsbokslut per 230831", 2023, T2),
        ("Status 31/8 2023", 2023, T2),
        ("Status per 30/4-23", 2023, T1),
        ("per 31/12/2023", 2023, T3),
        ("Vid utgången av augusti 2023", 2023, T2),
        ("Läget i april 2023", 2023, T1),
        ("Helårsprognos augusti 2023", 2023, T2),
        ("Period: Delår augusti 2023. Rapporten är skapad 2023-09-15.", 2023, T2),
        ("Siffrorna gäller delårsrapporten 2023, per den 31 augusti.", 2023, T2),
        ("Uppföljning efter åtta månader 2024", 2024, T2),
        ("Ekonomi och mål, de första fyra månaderna 2023", 2023, T1),
        ("Tertial 1 2022", 2022, T1),
        ("tertial två", None, T2),
        ("Tertialrapport 2 2023", 2023, T2),
        ("Andra tertialet 2022", 2022, T2),
        ("Delårsrapport 2023", 2023, T2),
        ("Delår", None, T2),
        ("Delårsrapport 1 2023", 2023, T1),
        ("Delårsrapport 2-2023", 2023, T2),
        ("Delårsrapport per 30 juni 2023", 2023, JUNE),
        ("Delårsrapport januari–augusti 2023", 2023, T2),
        ("Delårsrapport 1 januari – 30 juni 2023", 2023, JUNE),
        ("Delårsrapport jan-jun 2023", 2023, JUNE),
        ("Delårsrapport 2023-01-01 – 2023-08-31", 2023, T2),
        ("Helår 2021", 2021, T3),
        ("Årsredovisning 2021", 2021, T3),
        ("Årsredovisning för år 2021", 2021, T3),
        ("2021 års verksamhetsberättelse", 2021, T3),
        ("Bokslut 2022", 2022, T3),
        ("Årsuppföljning", None, T3),
        ("Summering 2021", 2021, T3),
        ("Så gjorde vi med målet 2021", 2021, T3),
        ("Utfall 2021", 2021, T3),
        ("Utfall T2 2021", 2021, T2),
        ("Delårsbokslut 2021", 2021, T2),
        ("per den 31 augusti 2022", 2022, T2),
        ("Uppföljning per den sista augusti 2022", 2022, T2),
        ("per 30 april", None, T1),
        ("per 31/8 2022", 2022, T2),
        ("per 2022-12-31", 2022, T3),
        ("t.o.m. augusti 2023", 2023, T2),
        ("Till och med oktober 2023", 2023, OCTOBER),
        ("per oktober", None, OCTOBER),
        ("Månadsrapport oktober 2022", 2022, OCTOBER),
        ("Uppföljning 2023-08", 2023, T2),
        ("Uppföljning – augusti 2023", 2023, T2),
        ("Januari t.o.m. augusti 2023", 2023, T2),
        ("Bokslut per 31 dec. 2023", 2023, T3),
        ("Uppföljning av verksamhetsplan 2022, per 31 augusti", 2022, T2),
        ("Tertial 2/2023", 2023, T2),
        ("2023-08-31", 2023, T2),
        ("Kvartal 2 2022", 2022, JUNE),
        ("Tredje kvartalet", None, SEPTEMBER),
        ("Q3 2023", 2023, SEPTEMBER),
        ("Kvartal 4 2023", 2023, T3),
        ("Halvårsrapport 2022", 2022, JUNE),
        ("Uppdrag från fullmäktige 2019", 2019, NONE),
        ("Uppföljning år 2021", 2021, NONE),
        ("Läget vid årsskiftet 2024/2025", 2024, T3),
        ("Årlig uppföljning 2024", 2024, T3),
        ("Årlig uppföljning per oktober 2024", 2024, OCTOBER),
    ],
)
def test_one_period_is_found(text: str, year: int | None, point: tuple[int | None, tuple[int, int] | None]) -> None:
    (mention,) = find_periods(text)
    assert (mention.year, (mention.tertial, mention.as_of)) == (year, point)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Sektorsplan 2015-2017",
        "Läsåret 2025/26",
        "Mandatperioden 2019–2022",
        "Agenda 2030",
        "Vision 2040",
        "2030-målen",
        "Sidan uppdaterad 2023-02-17",
        "Sidan senast uppdaterad 31 augusti 2023",
        "Publicerad: 2023-08-31",
        "beslutades den 3 mars 2021",
        "Antagen av kommunfullmäktige den 30 november 2020",
        "Fastställd 2021-12-31",
        "Dnr KS 2021/123",
        "2015-02-17 Sektorsplan",
        "Mars 2022",
        "Uppföljning av uppdrag givna i mars 2022",
        "Uppdrag från fullmäktige augusti 2022, uppföljning",
        "Status: mål som ska nås augusti 2024",
        "Så gör vi med målet 2022",
        "Prognos helår",
        "Helårsprognos",
        "Utfall",
        "Under 2022 byggdes tre nya skolor i kommunens norra delar, och fler ska det bli.",
        "Kostnaden blev 2021 kr",
        "klockan 2021",
        "Upphandlingen avbröts efter åtta månader",
        "T4",
        "T22",
        "HT2",
        "per den 31 april 2022",
        "per telefon",
        "oktober",
        "beslutad 12/5 2024",
        "Sidan uppdaterad 31/8 2025",
        "Möte 3/10 2025",
        "2/3 av målet",
    ],
)
def test_what_only_looks_like_a_period_is_none(text: str) -> None:
    assert find_periods(text) == ()


def test_mentions_come_in_order_and_apart() -> None:
    text = "Uppdrag T2 2021, kommentar T2 2021 och T3 2020"
    assert [(text[m.start : m.end], m.year, m.tertial) for m in find_periods(text)] == [
        ("T2 2021", 2021, 2),
        ("T2 2021", 2021, 2),
        ("T3 2020", 2020, 3),
    ]


def mention(year: int | None = None, tertial: int | None = None) -> PeriodMention:
    texts = {None: f"{year}", 1: "T1", 2: "T2", 3: "T3"}
    (found,) = find_periods(texts[tertial] + (f" {year}" if year and tertial else ""))
    return found


@pytest.mark.parametrize(
    ("mentions", "period"),
    [
        ([], None),
        ([mention(tertial=2)], None),
        ([mention(2021)], Period(year=2021)),
        ([mention(2021, 2)], Period.of_tertial(2021, 2)),
        ([mention(tertial=2), mention(2021)], Period.of_tertial(2021, 2)),
        ([mention(2021), mention(tertial=3)], Period.of_tertial(2021, 3)),
        ([mention(2021), mention(2022, 3)], Period(year=2021)),
        ([mention(2021), mention(2022, 3), mention(2021, 1)], Period.of_tertial(2021, 1)),
        ([mention(tertial=2), mention(2021, 3), mention(2020)], Period.of_tertial(2020, 2)),
        ([mention(2021, 2), mention(2022, 3)], Period.of_tertial(2021, 2)),
    ],
)
def test_mentions_merge_from_the_first_on(mentions: list[PeriodMention], period: Period | None) -> None:
    assert resolve_period(mentions) == period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("T2 2021", Period.of_tertial(2021, 2)),
        ("2021 T2", Period.of_tertial(2021, 2)),
        ("helår 2021", Period.of_tertial(2021, 3)),
        ("2021", Period(year=2021)),
        ("2021-08-31", Period.of_tertial(2021, 2)),
        ("2021-09-15", Period.of_date(date(2021, 9, 15))),
        ("per den 31 augusti 2021", Period.of_tertial(2021, 2)),
        ("Per oktober 2021", Period.of_date(date(2021, 10, 31))),
        ("per februari 2024", Period.of_date(date(2024, 2, 29))),
        (" delårsrapport 2021 ", Period.of_tertial(2021, 2)),
        ("T2", None),
        ("T4 2021", None),
        ("2021-13-01", None),
        ("2021-02-30", None),
        ("hej 2021", None),
        ("T1 2021 och T2 2022", None),
        ("", None),
    ],
)
def test_an_option_is_read_whole_or_not_at_all(text: str, period: Period | None) -> None:
    assert read_period(text) == period


@given(
    st.integers(2000, 2099), st.sampled_from([1, 2, 3]), st.sampled_from(["T{1} {0}", "{0} T{1}", "Tertial {1}, {0}"])
)
def test_year_and_tertial_come_back(year: int, tertial: int, form: str) -> None:
    period = read_period(form.format(year, tertial))
    assert period is not None
    assert (period.year, period.tertial) == (year, tertial)


@given(st.text(alphabet="0123456789 -–/.:T2Qåaprilmjndegusto\n", max_size=60))
def test_any_text_gives_valid_periods(text: str) -> None:
    mentions = find_periods(text)
    assert all(0 <= m.start < m.end <= len(text) for m in mentions)
    assert all(m.year or m.as_of for m in mentions)
    assert (resolve_period(mentions) is None) == (not any(m.year for m in mentions))
