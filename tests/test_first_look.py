"""Tests of the first look: what it does not see is not there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ljuskoll.nlp.language.first_look import FirstLook
from ljuskoll.nlp.language.phrases import Lexicon, tokenise

PHRASES = {
    "done": ["{är,var} {nu ,}klar{t,}", "i mål", "genomför{d,t}"],
    "late": ["*sen efter {plan,planen}", "<number> veckor efter", "{släpar,halkar} _ efter", "{,helt }{fast,still}"],
}


@pytest.mark.parametrize(
    "text", ["Bron är nu klar", "Allt i mål", "Helt fast", "Still", "Den halkar nu åter efter", "Är 3 veckor efter"]
)
def test_sees_every_phrase(text: str) -> None:
    assert FirstLook(PHRASES).sees(tokenise(text).words)


@pytest.mark.parametrize("text", ["Bron är ny", "Vi har ett mål", "Klart väder", "Den släpar", ""])
def test_looks_for_the_rest_of_a_phrase(text: str) -> None:
    assert not FirstLook(PHRASES).sees(tokenise(text).words)


_WORDS = sorted({"är", "nu", "klar", "klart", "i", "mål", "sen", "försen", "planen", "3", "veckor", "efter", "släpar"})


@given(st.lists(st.sampled_from(_WORDS), max_size=6))
def test_misses_nothing(words: list[str]) -> None:
    tokens = tokenise(" ".join(words))
    found = any(tag.kind for tag in Lexicon(PHRASES).tag(tokens))
    assert FirstLook(PHRASES).sees(tokens.words) or not found
