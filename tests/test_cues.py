"""Words that speak for how an assignment stands, and phrases that only look like them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ljuskoll.models.cues import PSEUDO, cue_data, find_cues
from ljuskoll.nlp.language.phrase_tree import expand
from ljuskoll.nlp.language.phrases import Lexicon, tokenise


def found(sentence: str) -> dict[str, list[str]]:
    """Words of the sentence by kind of cue."""
    tokens = tokenise(sentence)
    words: dict[str, list[str]] = {}
    for tag in find_cues(tokens):
        words.setdefault(tag.kind, []).append(tokens.quoted(tag))
    return words


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("på plats", "Allt är på  plats nu", ["på  plats"]),
        ("på plats", "Alla på platsen", []),
        ("försena*", "Bygget är Försenat.", ["Försenat"]),
        ("försena*", "Leveransförsening", []),
        ("*försening", "En leveransförsening.", ["leveransförsening"]),
        ("{nästa,kommande} år", "klart kommande år", ["kommande år"]),
        ("{nästa,kommande} år", "nästa årtionde", []),
        ("inget _ talar emot", "inget i nuläget talar emot", ["inget i nuläget talar emot"]),
        ("inget _ talar emot", "inget talar emot", ["inget talar emot"]),
        ("inget _ talar emot", "inget, mycket talar emot", []),
    ],
)
def test_the_notation(phrase: str, text: str, expected: list[str]) -> None:
    tokens = tokenise(text)
    tags = Lexicon.of({"kind": [phrase]}).find(tokens)
    assert [tokens.quoted(tag) for tag in tags] == expected


@pytest.mark.parametrize(
    ("sentence", "kind", "words"),
    [
        ("Planen är antagen.", "done", "antagen"),
        ("Bron är färdigställd.", "done", "färdigställd"),
        ("Planen är inte antagen.", "done", "antagen"),
        ("Arbetet avbröts.", "cancelled", "avbröts"),
        ("Uppdraget utgår.", "cancelled", "utgår"),
        ("Arbetet löper på enligt plan.", "plan", "enligt plan"),
        ("Tillbyggnaden är försenad.", "moved", "försenad"),
        ("Frågan bordlades.", "stuck", "bordlades"),
        ("Upphandlingen är överklagad.", "appeal", "överklagad"),
        ("Antalet kan inte bedömas ännu.", "no_ground", "kan inte bedömas"),
        ("Två bryggor återstår.", "lacking", "återstår"),
    ],
)
def test_cues_of_a_sentence(sentence: str, kind: str, words: str) -> None:
    assert any(words in phrase for phrase in found(sentence)[kind])


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Planens antaganden är kända.", "cancelled"),
        ("Klarinetterna stämdes.", "done"),
        ("Stryket på veden såldes.", "cancelled"),
        ("Leveransen kom förra våren.", "cancelled"),
        ("Bibliotekets bilagor såldes.", "cancelled"),
        ("Vi arbetar vidare.", "unbegun"),
        ("Platsen är vald.", "plan"),
        ("Det går framåt.", "no_ground"),
    ],
)
def test_words_that_only_look_like_it(sentence: str, kind: str) -> None:
    assert kind not in found(sentence)


@pytest.mark.parametrize(
    ("sentence", "kind", "there"),
    [
        ("Bara köken är klara.", "only", True),
        ("Inte bara köken är klara.", "only", False),
        ("Inte minst skolorna har bidragit.", PSEUDO, False),
        ("Besiktningen gick utan anmärkning.", PSEUDO, False),
    ],
)
def test_a_harmless_phrase_hides_its_words(sentence: str, kind: str, there: bool) -> None:
    assert (kind in found(sentence)) == there


def test_the_same_words_may_be_cues_of_several_kinds() -> None:
    words = found("Upphandlingen överklagades.")
    assert {"appeal", "stuck"} <= set(words)


def test_no_phrase_is_empty() -> None:
    for kind, phrases in Lexicon.of(cue_data()["cues"]).phrases.items():
        assert all(words for phrase in phrases for words in expand(phrase)), kind


WORDS = st.sampled_from(["inte", "minst", "klar", "utan", "anmärkning", "bordlades", "enligt", "plan", ",", "12", "är"])


@given(st.one_of(st.text(), st.lists(WORDS).map(" ".join)))
def test_any_text_gives_tags_within_range(text: str) -> None:
    tokens = tokenise(text)
    assert all(0 <= tag.first < tag.last <= len(tokens) for tag in find_cues(tokens))
