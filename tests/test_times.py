import pytest
from hypothesis import given
from hypothesis import strategies as st

from ljuskoll.nlp.followup import Period
from ljuskoll.nlp.language.phrases import tokenise
from ljuskoll.nlp.language.stages import UNKNOWN_YEAR
from ljuskoll.nlp.language.times import find_times

T1, T2, T3 = (Period.of_tertial(2024, tertial) for tertial in (1, 2, 3))


def found(sentence: str, period: Period | None) -> list[tuple[str, str]]:
    tokens = tokenise(sentence)
    return [(tag.kind, tokens.quoted(tag)) for tag in find_times(tokens, period)]


@pytest.mark.parametrize(
    ("sentence", "period", "expected"),
    [
        ("Bryggan lagas i oktober.", T2, [("this_year", "oktober")]),
        ("Bryggan lagades i mars.", T2, [("this_year", "mars")]),
        ("Bryggan lagas i mars.", T2, [("next_year", "mars")]),
        ("Bryggan lagas i oktober.", T3, [("next_year", "oktober")]),
        ("Bryggan lagades i december.", T1, [("earlier_year", "december")]),
        ("Takten ökade först i oktober.", T3, [("this_year", "oktober")]),
        ("Kajen målades i juni och bommen sätts i april.", T2, [("this_year", "juni"), ("next_year", "april")]),
        ("Kajen målas i juni 2026.", T2, [("next_year", "2026")]),
        ("Kajen målades hösten 2021.", T2, [("earlier_year", "2021")]),
        ("Stegen byts 2025-03-01.", T2, [("next_year", "2025-03")]),
        ("Stegen byts den 14/10.", T2, [("this_year", "14/10")]),
        ("Kranen lyfts vecka 45.", T2, [("this_year", "vecka 45")]),
        ("Läsåret 2021/22 var lugnt.", T2, [("earlier_year", "2021/22")]),
        ("Ridhuset öppnar till våren.", T2, [("next_year", "till våren")]),
        ("Dansbanan öppnades i höstas.", T2, [("earlier_year", "i höstas")]),
        ("Dansbanan öppnades i höstas.", T3, [("this_year", "i höstas")]),
        ("Vi återkommer efter årsskiftet.", T2, [("next_year", "efter årsskiftet")]),
        ("Flytten gick bättre än i fjol.", T3, [("earlier_year", "i fjol")]),
        ("Flytten ska göras i vår.", T3, [("next_year", "i vår")]),
        ("Stigen röjs nästa höst.", T1, [("next_year", "nästa höst")]),
        ("Stigen röjs i oktober.", None, [("this_year", "oktober")]),
    ],
)
def test_when_something_happens(sentence: str, period: Period | None, expected: list[tuple[str, str]]) -> None:
    assert found(sentence, period) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Caféet stänger klockan 20.15.",
        "Stödet ges enligt lagen (2010:900).",
        "Agenda 2030 genomsyrar valen.",
        "Projekt Framtid 2035 samlar idéerna.",
        "Kursen varar i tre år.",
        "Stigen är öppen året runt.",
        "Det kostar 2000 kronor.",
        "Dnr KS 2023/145 avser frågan.",
        "Det märks i vår förskola.",
        "Programmet gäller 2022–2026.",
    ],
)
def test_what_is_no_time(sentence: str) -> None:
    assert found(sentence, T2) == []


def test_years_tell_nothing_where_the_year_of_the_period_is_unknown() -> None:
    assert found("Taket läggs 2031.", Period.of_tertial(UNKNOWN_YEAR, 2)) == []


WORDS = st.sampled_from(
    ["i", "vår", "mars", "vecka", "2024", "/", "2025-", "den", "15/10", "först", "ht24", "-", "19", "40"]
)


@given(st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=14), st.sampled_from([T1, T2, T3, None]))
def test_any_text_gives_tags_in_order(words: list[str], period: Period | None) -> None:
    tokens = tokenise(" ".join(words))
    last = 0
    for tag in find_times(tokens, period):
        assert last <= tag.first < tag.last <= len(tokens)
        last = tag.last
