"""A report's year is nothing to the encoder: its texts are read as if they were of the year that it has learnt from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ljuskoll.corpora.comments import YEAR
from ljuskoll.models.encoder.encoder import load
from ljuskoll.models.encoder.inputs import input_of
from ljuskoll.models.encoder.years import LEARNT_YEAR, as_learnt
from ljuskoll.nlp.followup import Period
from ljuskoll.nlp.language.stages import UNKNOWN_YEAR
from test_encoder import FOLDER


def in_2021(text: str) -> str:
    return as_learnt(text, Period.of_tertial(2021, 2))


def test_the_year_is_that_of_the_corpora() -> None:
    assert LEARNT_YEAR == YEAR


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Starten är flyttad till mars 2022.", "Starten är flyttad till mars 2025."),
        ("Under 2020–22 har 14 vägar belagts.", "Under 2023–25 har 14 vägar belagts."),
        ("Läsåret 21/22 börjar två lärare.", "Läsåret 24/25 börjar två lärare."),
        ("Läsåret 2021/22 börjar två lärare.", "Läsåret 2024/25 börjar två lärare."),
        ("Klart HT-21, resten vt 22.", "Klart HT-24, resten vt 25."),
        ("Beslutat 2021-06-14, i kraft 2022-01-01.", "Beslutat 2024-06-14, i kraft 2025-01-01."),
    ],
)
def test_years_are_moved_with_the_reports(written: str, read: str) -> None:
    assert in_2021(written) == read


@pytest.mark.parametrize(
    "text",
    [
        "Målen i Vision 2040 och husen från 1974.",
        "Av 20213 kvadratmeter är 21/24 av ytan klar, § 20215.",
        "Den 21/11 kom 22 av 23 svar, ärende 120211.",
        "Anslaget är 2,021 mnkr.",
        "I vt2 och ht300 står pumparna.",
    ],
)
def test_what_is_no_year_nearby_stays(text: str) -> None:
    assert in_2021(text) == text


@pytest.mark.parametrize("period", [None, Period.of_tertial(UNKNOWN_YEAR, 2), Period.of_tertial(LEARNT_YEAR, 2)])
def test_nothing_moves_without_another_year(period: Period | None) -> None:
    assert as_learnt("Starten är flyttad till mars 2025.", period) == "Starten är flyttad till mars 2025."


@given(st.text(alphabet="vtVTht2018395/–- .,a", max_size=40), st.integers(2000, 2099))
def test_the_text_stays_as_long(text: str, year: int) -> None:
    assert len(as_learnt(text, Period.of_tertial(year, 3))) == len(text)


def test_the_same_comment_of_another_year_is_the_same_input() -> None:
    encoder = load(FOLDER)

    def read(year: int) -> object:
        comment = f"Beslutat i juni {year}. Bygget börjar först i mars {year + 1}."
        return input_of(comment, f"Bygg en bro {year}", Period.of_tertial(year, 2), encoder.vocabulary, encoder.longest)

    assert read(2019) == read(LEARNT_YEAR) == read(2031)
