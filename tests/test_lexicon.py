"""The lexicon of phrases: braces are a way to write many phrases as one, and change nothing in what is found."""

from hypothesis import given
from hypothesis import strategies as st

from ljuskoll.nlp.language.phrase_tree import expand
from ljuskoll.nlp.language.phrases import Lexicon, tokenise

_WORD = st.sampled_from(["klar", "klart", "inte", "bron", "år", "plan"])
_PIECE = st.one_of(
    _WORD,
    st.sampled_from(["klar{,t}", "{inte,ej }", "{bron,planen} {klar,är klar}", "_", "<number>", "<numeral>", "pla*"]),
)
_PHRASE = st.lists(_PIECE, min_size=1, max_size=4).map(" ".join).filter(lambda one: one.split()[0] != "_")
_PHRASES = st.dictionaries(st.sampled_from(["ja", "nej", "kanske"]), st.lists(_PHRASE, min_size=1, max_size=4))
_TEXT = st.lists(
    st.one_of(_WORD, st.sampled_from(["ej", "planen", "är", "två", "12", ",", "och"])), min_size=1, max_size=12
).map(" ".join)


@given(_PHRASES, st.lists(_TEXT, min_size=1, max_size=5))
def test_braces_find_what_each_of_the_phrases_they_stand_for_finds(
    phrases: dict[str, list[str]], texts: list[str]
) -> None:
    short = Lexicon(phrases)
    long = Lexicon({kind: [" ".join(words) for one in some for words in expand(one)] for kind, some in phrases.items()})
    for text in texts:
        tokens = tokenise(text)
        assert short.tag(tokens) == long.tag(tokens)
        assert short.find(tokens) == long.find(tokens)


def test_a_phrase_is_found_again_after_other_texts_have_come() -> None:
    lexicon = Lexicon({"klart": ["{bron,planen} är {helt,nästan,} klar"]})
    first = lexicon.tag(tokenise("bron är klar"))
    assert lexicon.tag(tokenise("planen är nästan klar")) != first
    assert lexicon.tag(tokenise("bron är klar")) == first
    assert [tag.kind for tag in first] == ["klart"]


def test_the_first_of_equal_phrases_wins() -> None:
    assert [
        tag.kind for tag in Lexicon({"a": ["bron {klar,öppen}"], "b": ["bron klar"]}).tag(tokenise("bron klar"))
    ] == ["a"]
    assert [
        tag.kind for tag in Lexicon({"b": ["bron klar"], "a": ["bron {klar,öppen}"]}).tag(tokenise("bron klar"))
    ] == ["b"]
