import pytest
from hypothesis import given
from hypothesis import strategies as st

from ljuskoll.nlp.language.contrast import find_contrast
from ljuskoll.nlp.language.phrases import tokenise


def found(sentence: str) -> list[str]:
    tokens = tokenise(sentence)
    return [tokens.quoted(tag) for tag in find_contrast(tokens)]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Gungan är lagad men rutschkanan läcker.", ["men"]),
        ("Tyvärr blev färgen fel.", ["Tyvärr"]),
        ("Bänkarna är, trots regnet, på plats.", ["trots"]),
        ("Regnet till trots är bänkarna på plats.", ["till trots"]),
        ("Samtidigt stiger elpriset.", ["Samtidigt"]),
        ("Kören sjöng, fast i mindre grupp.", ["fast"]),
        ("Fast det regnade kom alla.", ["Fast"]),
        ("Kön krymper även om det går sakta.", ["även om"]),
        ("Äldreboendet växer, medan förskolan krymper.", ["medan"]),
    ],
)
def test_words_that_turn_the_verdict(sentence: str, words: list[str]) -> None:
    assert found(sentence) == words


@pytest.mark.parametrize(
    "sentence",
    [
        "Hyran är fast.",
        "Tre fast anställda målar.",
        "Datumet står fast.",
        "Fast bemanning finns dygnet runt.",
        "Träden fälls samtidigt som gatan grävs.",
        "Båda husen målas samtidigt.",
        "Nämnden beslutade även om ny skylt.",
        "Kursen rör inte bara mat men även dryck.",
        "Fallet gav bestående men.",
        "Sist men inte minst målas dörren.",
        "Torrdockan är tom.",
    ],
)
def test_what_turns_nothing(sentence: str) -> None:
    assert found(sentence) == []


WORDS = st.sampled_from(["fast", "samtidigt", "även", "om", "medan", "men", "inte bara", ",", "det", "trots"])


@given(st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=14))
def test_any_text_gives_tags_in_order(words: list[str]) -> None:
    tokens = tokenise(" ".join(words))
    last = 0
    for tag in find_contrast(tokens):
        assert last <= tag.first < tag.last <= len(tokens)
        last = tag.last
