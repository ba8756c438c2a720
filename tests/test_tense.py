import pytest
from hypothesis import given
from hypothesis import strategies as st

from ljuskoll.nlp.language.phrases import tokenise
from ljuskoll.nlp.language.tense import find_tense


def found(sentence: str) -> list[tuple[str, str]]:
    tokens = tokenise(sentence)
    return [(tag.kind, tokens.quoted(tag)) for tag in find_tense(tokens)]


@pytest.mark.parametrize(
    ("sentence", "tags"),
    [
        ("Slussen beräknas öppna i maj.", [("forecast", "beräknas")]),
        ("Kajen kommer inte att räcka till.", [("forecast", "kommer inte att")]),
        ("Kiosken öppnar i höst.", [("forecast", "öppnar")]),
        ("Färjan ska gå från oktober.", [("forecast", "ska")]),
        ("Kajen har äntligen lagats.", [("outcome", "har äntligen lagats")]),
        ("Slussen är ombyggd.", [("outcome", "är ombyggd")]),
        ("Kajen invigdes i maj och färjan gick samma dag.", [("outcome", "invigdes"), ("outcome", "gick")]),
        ("Ej påbörjat.", [("outcome", "Ej påbörjat")]),
        ("När kajen har lagats startar trafiken i juni.", [("forecast", "startar")]),
        ("Vi har köpt marken och ritat kajen.", [("outcome", "har köpt"), ("outcome", "ritat")]),
    ],
)
def test_what_is_expected_and_what_has_happened(sentence: str, tags: list[tuple[str, str]]) -> None:
    assert found(sentence) == tags


@pytest.mark.parametrize(
    "sentence",
    [
        "Hamnkontoret ansvarar för kajen.",
        "Båtägare ska enligt lagen ha flytväst.",
        "Den beslutade taxan gäller alla.",
        "Renoverade båtar ligger vid bryggan.",
        "Varje höst genomförs en kontroll.",
        "Hamnen är indelad i tre zoner.",
        "Kontoret har ett resultat att redovisa.",
        "Uppdraget är att måla skrovet.",
    ],
)
def test_general_present_duties_and_adjectives(sentence: str) -> None:
    assert found(sentence) == []


_WORDS = st.sampled_from(
    ["har", "är", "lagats", "beslutade", "och", "de", "i", "höst", "öppnar", "när", ",", "ej", "2025"]
)


@given(st.one_of(st.text(), st.lists(_WORDS).map(" ".join)))
def test_any_text_gives_tags_in_order_and_within_range(text: str) -> None:
    tokens = tokenise(text)
    tags = find_tense(tokens)
    assert tags == sorted(tags, key=lambda tag: tag.first)
    assert all(0 <= tag.first < tag.last <= len(tokens) for tag in tags)
