"""Long comments take time by their length, not by its square, whatever they are made of; and are still quoted."""

import cProfile
import pstats

import pytest

from ljuskoll.models.classifier import load_classifier
from ljuskoll.models.features import read
from ljuskoll.nlp.followup import Period
from ljuskoll.nlp.language.sentences import split_sentences

TITLE = "Andelen nöjda elever ska vara minst 85 procent och 15 skolor ska byggas"
YEAR_END = Period.of_tertial(2024, 3)
SHORT, TIMES = 3_000, 4
STEEPEST = 1.5 * TIMES
"""Four times the text takes less than six times the calls; by the square it would take sixteen."""
LONGEST = 1_000
MOST_LEFT_OUT = 250

IN_WORDS = {
    "shares": "12 av 15 ",
    "shares in words": "delvis hälften av ",
    "figures": "målet 80 procent utfall 75 procent ",
    "counts": "fyra skolor, fem elever och sex bostäder ",
    "clauses": "arbetet är klart, men målet nås inte, ",
    "dates": "den 3 maj 2024 ",
    "denials": "ej ",
    "quotation marks": '"inte" ',
    "open brackets": "(arbetet ",
}
SHAPES = IN_WORDS | {
    "brackets alone": "(",
    "no spaces": "12/15,(",
    "short sentences": "Klart nu. ",
    "sentences": "Vi har byggt 3 av 5 skolor. Målet är inte nått. ",
    "list": "- Klart\n",
}


def _text(shape: str, size: int) -> str:
    return (shape * size)[:size].rstrip()


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_calls_grow_by_the_length(shape: str) -> None:
    assert _calls(_text(shape, TIMES * SHORT)) < STEEPEST * _calls(_text(shape, SHORT))


def _calls(comment: str) -> int:
    """How many functions are called for a comment whose words are known since it was judged before."""
    judge = load_classifier(fast=True)
    judge.assess(comment, TITLE, YEAR_END)
    profile = cProfile.Profile()
    profile.runcall(judge.assess, comment, TITLE, YEAR_END)
    return sum(calls for _, calls, *_ in pstats.Stats(profile).stats.values())


def test_what_is_long_for_a_sentence_is_whole() -> None:
    sentence = (IN_WORDS["clauses"] * LONGEST)[: LONGEST - 1] + "."
    assert split_sentences(sentence) == ((0, LONGEST),)
    assert len(split_sentences("x" + sentence)) == 2


@pytest.mark.parametrize("shape", IN_WORDS.values(), ids=IN_WORDS)
def test_pieces_of_what_is_too_long_hold_each_word_whole(shape: str) -> None:
    text = _text(shape, 5 * LONGEST)
    pieces = [text[start:end] for start, end in split_sentences(text)]
    assert max(map(len, pieces)) <= LONGEST
    assert len(pieces) <= 10
    assert [piece.split() for piece in pieces if piece != piece.strip()] == []
    assert [word for piece in pieces for word in piece.split()] == text.split()


def test_pieces_end_at_commas_and_brackets_where_there_are_some() -> None:
    for mark in ",;:)":
        text = _text(f"arbetet med skolorna går vidare{mark} ", 5 * LONGEST)
        assert {text[end - 1] for _, end in split_sentences(text)[:-1]} == {mark}
    late = "arbetet, " + _text("går vidare ", 2 * LONGEST)
    assert split_sentences(late)[0][1] > LONGEST / 2


def test_a_word_longer_than_any_sentence_is_cut() -> None:
    assert split_sentences("a" * (2 * LONGEST + 1)) == ((0, LONGEST), (LONGEST, 2 * LONGEST), (2 * LONGEST, 2001))


@pytest.mark.parametrize(
    ("sentences", "left_out"),
    [(1, []), (2, [0, 1]), (MOST_LEFT_OUT, [*range(MOST_LEFT_OUT)]), (300, [*range(83), *range(133, 300)])],
)
def test_very_many_sentences_are_left_out_at_the_ends_only(sentences: int, left_out: list[int]) -> None:
    reading = read("Arbetet pågår nu. " * sentences)
    assert len(reading.parts) == sentences
    assert list(reading.left_out) == left_out
    for index, shorter in zip(left_out, reading.shortened(), strict=True):
        assert shorter.parts == reading.parts[:index] + reading.parts[index + 1 :]


@pytest.mark.parametrize("fast", [True, False])
def test_very_many_sentences_are_judged_and_quoted(fast: bool) -> None:
    comment = "Kommunen har två bibliotek. " * 400 + "Målet nås inte i år."
    assessment = load_classifier(fast).assess(comment, "Nå målet", YEAR_END)
    assert assessment.colour == "red"
    assert assessment.evidence[-1].text == "Målet nås inte i år."
    assert assessment.evidence[-1].text == comment[assessment.evidence[-1].start :]


def test_a_status_in_the_midst_of_a_long_list_is_heard() -> None:
    places = _text("på torget, i parken, vid bron, ", 1_500)
    assert load_classifier().assess(f"Uppdraget är slutfört {places}", period=YEAR_END).colour == "green"
    assert load_classifier().assess(f"Uppdraget är inte slutfört {places}", period=YEAR_END).colour == "red"
