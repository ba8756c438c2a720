"""The encoder as it is shipped, with a small network of random weights (scripts/tiny_encoder.py)."""

import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ljuskoll.models.encoder.encoder import Encoder, load
from ljuskoll.models.encoder.inputs import input_of, pools_of
from ljuskoll.nlp.followup import Outcome, Period
from ljuskoll.nlp.language.sentences import split_sentences

FOLDER = Path(__file__).parent / "data" / "encoder"
ENCODER = load(FOLDER)
SPRING, AUGUST, YEAR_END = (Period.of_tertial(2024, tertial) for tertial in (1, 2, 3))
COMMENT = "Bron är byggd. Det är inte klart ännu! Slut."
SENTENCES = split_sentences(COMMENT)
LONG = "Det är klart. " * 40
"""More tokens than the encoder reads."""


def same(first: np.ndarray, second: np.ndarray) -> bool:
    return first.tobytes() == second.tobytes()


def test_a_row_for_the_whole_and_one_without_each_sentence() -> None:
    scores = ENCODER.scores(COMMENT, SENTENCES, "bygg en bro", AUGUST)
    assert scores.shape == (4, 7)
    assert ENCODER.outcomes == get_args(Outcome)
    assert np.isfinite(scores).all()
    assert all(not same(scores[0], row) for row in scores[1:])
    assert all(not same(first, second) for first, second in pairwise(scores))


def test_a_row_is_the_same_whichever_others_are_asked_for() -> None:
    scores = ENCODER.scores(COMMENT, SENTENCES, "bygg en bro", AUGUST)
    alone = ENCODER.scores(COMMENT, (), "bygg en bro", AUGUST)
    backwards = ENCODER.scores(COMMENT, SENTENCES[::-1], "bygg en bro", AUGUST)
    many = ENCODER.scores(COMMENT, SENTENCES * 9, "bygg en bro", AUGUST)
    assert same(alone, scores[:1])
    assert same(backwards[0], scores[0])
    assert same(backwards[1:], scores[:0:-1].copy())
    assert same(many[-3:], scores[1:])


def test_the_same_bytes_run_after_run_in_any_order() -> None:
    comments = [COMMENT, "Klart.", LONG, "", "Målet nås inte."]
    once = [ENCODER.scores(one, split_sentences(one), "mål", YEAR_END) for one in comments]
    other = load(FOLDER)
    again = [other.scores(one, split_sentences(one), "mål", YEAR_END) for one in reversed(comments)]
    assert all(same(first, second) for first, second in zip(once, reversed(again), strict=True))


@pytest.mark.parametrize("other", [{"assignment": "mål"}, {"period": SPRING}, {"period": YEAR_END}])
def test_title_and_period_are_read(other: dict[str, object]) -> None:
    known: dict[str, object] = {"assignment": "bygg en bro", "period": AUGUST}
    assert not same(ENCODER.scores(COMMENT, (), **known), ENCODER.scores(COMMENT, (), **{**known, **other}))


def test_an_unknown_period_is_read_as_august() -> None:
    assert same(ENCODER.scores(COMMENT, (), "bro", None), ENCODER.scores(COMMENT, (), "bro", AUGUST))


def test_a_long_text_is_cut_in_the_middle() -> None:
    read = input_of(LONG, "bro", AUGUST, ENCODER.vocabulary, ENCODER.longest)
    whole = input_of(LONG, "bro", AUGUST, ENCODER.vocabulary, 10_000)
    assert len(read.ids) == len(read.places) == ENCODER.longest < len(whole.ids)
    room = sum(place >= 0 for place in read.places)
    head = read.places.index(0)
    assert read.ids[: head + room // 3] == whole.ids[: head + room // 3]
    assert read.ids[head + room // 3 :] == whole.ids[head + room // 3 - ENCODER.longest :]


def test_a_sentence_that_is_cut_away_has_the_row_of_the_whole() -> None:
    sentences = split_sentences(LONG)
    scores = ENCODER.scores(LONG, sentences, "bro", AUGUST)
    read = input_of(LONG, "bro", AUGUST, ENCODER.vocabulary, ENCODER.longest).places
    unread = [not any(start <= place < end for place in read) for start, end in sentences]
    assert 0 < sum(unread) < len(sentences)
    assert not unread[0] and not unread[-1]
    assert [same(scores[0], row) for row in scores[1:]] == unread


@pytest.mark.parametrize("comment", ["", " ", "\n\n", "漢字", "a" * 100_000, "x " * 50_000, "\ud800"])
@pytest.mark.parametrize("assignment", ["", "bro " * 5000])
def test_any_text_has_scores(comment: str, assignment: str) -> None:
    assert len(input_of(comment, assignment, None, ENCODER.vocabulary, ENCODER.longest).ids) <= ENCODER.longest
    scores = ENCODER.scores(comment, [(0, len(comment)), (5, 5)], assignment)
    assert scores.shape == (3, 7)
    assert np.isfinite(scores).all()
    assert same(scores[2], scores[0]), "a sentence without letters takes nothing away"


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=300), st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), max_size=5))
def test_pools_leave_out_the_tokens_of_their_sentence(comment: str, sentences: list[tuple[int, int]]) -> None:
    read = input_of(comment, "bro", SPRING, ENCODER.vocabulary, ENCODER.longest)
    pools = pools_of(read, sentences)
    assert pools.shape == (1 + len(sentences), len(read.ids)) and len(read.ids) <= ENCODER.longest
    assert pools[0].all()
    for row, (start, end) in zip(pools[1:], sentences, strict=True):
        assert row.tolist() == [float(not start <= place < end) for place in read.places]
        assert row[0] == row[-1] == 1, "where the text starts and ends is always pooled over"


def test_pieces_of_another_encoder_are_refused(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "annan")
    pieces = tmp_path / "annan" / "characters.tsv"
    pieces.write_bytes(pieces.read_bytes() + b"41\t42\n")
    with pytest.raises(ValueError, match="another encoder"):
        load(tmp_path / "annan")


def test_the_network_tells_what_it_is() -> None:
    noted = ENCODER.session.get_modelmeta().custom_metadata_map
    assert set(noted) == {"outcomes", "longest", "pieces", "corpus", "base_model"}
    assert "MIT" in noted["base_model"]
    assert isinstance(ENCODER, Encoder) and len(ENCODER.fingerprint) == 64 and ENCODER.corpus == "none"


def test_nothing_heavy_is_loaded_before_it_is_needed() -> None:
    code = "import sys, ljuskoll.models.encoder.encoder; print({'torch', 'onnx', 'onnxruntime'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
