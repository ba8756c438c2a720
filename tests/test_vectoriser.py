"""The judge's table of weights against the two estimators that it was made from."""

from functools import cache

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from ljuskoll.corpora.comments import load_comments
from ljuskoll.models import judge as judging
from ljuskoll.models.features import Reading, read
from ljuskoll.models.judge import Judge, fit_judge, judge_of
from ljuskoll.models.outcomes import OutcomeClassifier
from ljuskoll.models.vectoriser import STAGES, CommentVectoriser, parts_of
from ljuskoll.nlp.followup import Outcome, Period

ROUNDING = 1e-3
"""Weights have five decimals, and a text has some hundred words and parts of words."""
LAST_DECIMAL = 2e-5
STRANGE = (
    ("", "", None),
    ("…", "", None),
    ("Xylofonkvartett zzyzx qwerty.", "", Period.of_tertial(2024, 1)),
    ("Bron är klar. Bron är klar. 12 av 12 räcken sitter.", "Bygga en bro", None),
    ("Ej påbörjat.", "Anlägga tolv lekplatser", Period.of_tertial(2023, 2)),
)


@cache
def readings() -> tuple[Reading, ...]:
    known = [read(one.comment, one.assignment, one.period) for one in load_comments("dev")]
    return (*known, *(read(comment, assignment, period) for comment, assignment, period in STRANGE))


@cache
def outcomes() -> tuple[Outcome, ...]:
    return tuple(one.outcome for one in load_comments("dev"))


@cache
def estimators() -> tuple[CommentVectoriser, OutcomeClassifier]:
    learnt = readings()[: len(outcomes())]
    vectoriser = CommentVectoriser().fit(learnt)
    return vectoriser, OutcomeClassifier().fit(vectoriser.transform(learnt), np.array(outcomes()))


def fresh() -> Judge:
    """A judge that remembers nothing yet."""
    return judge_of(*estimators())


def test_the_judge_scores_as_the_estimators_do() -> None:
    vectoriser, classifier = estimators()
    judge = fresh()
    expected = classifier.decision_function(vectoriser.transform(readings()))
    assert judge.outcomes == tuple(classifier.classes_)
    assert_allclose(judge.scores(readings()), expected, atol=ROUNDING, rtol=0)


def test_scores_tell_readings_apart() -> None:
    judge = fresh()
    assert len({row.tobytes() for row in judge.scores(readings()).round(3)}) > 0.95 * len(readings())


@pytest.mark.parametrize("limit", [50_000, 300, 40, 1])
def test_a_readings_scores_do_not_depend_on_what_was_judged_before(monkeypatch: pytest.MonkeyPatch, limit: int) -> None:
    some = readings()[::5]
    expected = np.concatenate([fresh().scores([reading]) for reading in some])
    monkeypatch.setattr(judging, "_REMEMBERED", limit)
    judge = fresh()
    for order in (slice(None), slice(None, None, -1)):
        assert_allclose(judge.scores(some[order]), expected[order], atol=1e-9, rtol=0)


def test_a_comment_is_judged_alike_alone_and_among_others() -> None:
    vectoriser, _ = estimators()
    together = vectoriser.transform(readings()).toarray()
    for index in (0, 77, len(readings()) - 1):
        assert_array_equal(vectoriser.transform([readings()[index]]).toarray()[0], together[index])


def test_the_order_of_the_readings_does_not_change_the_fit() -> None:
    learnt = readings()[: len(outcomes())]
    one, other = CommentVectoriser().fit(learnt), CommentVectoriser().fit(learnt[::-1])
    assert (one.names_, one.terms_) == (other.names_, other.terms_)
    assert_array_equal(one.idf_, other.idf_)
    judge, reversed_ = fresh(), fit_judge(learnt[::-1], outcomes()[::-1])
    assert_allclose(judge.by_stage, reversed_.by_stage, atol=LAST_DECIMAL, rtol=0)
    assert_allclose(judge.by_term, reversed_.by_term, atol=LAST_DECIMAL, rtol=0)


def test_the_columns_of_a_row() -> None:
    vectoriser, _ = estimators()
    named = len(vectoriser.names_) * (len(STAGES) + 1)
    rows = vectoriser.transform(readings()).toarray()
    assert rows.shape == (len(readings()), named + len(STAGES) + len(vectoriser.terms_))
    assert_array_equal(rows[:, named : named + len(STAGES)].sum(axis=1), 1)
    assert set(np.unique(rows[:, :named])) == {0, 1}


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("bro", {"bro", "_br", "ro_", "_bro", "bro_", "_bro_"}),
        ("å", {"å", "_å_"}),
        ("0", {"0", "_0_"}),
    ],
)
def test_the_parts_of_a_word(word: str, parts: set[str]) -> None:
    assert set(parts_of(word)) == parts
    assert len(parts_of(word)) == len(parts)
    assert parts_of(word)[0] == word


def test_a_rare_part_of_a_word_has_no_column_but_a_rare_word_has() -> None:
    learnt = [read("Bron är klar."), read("Bryggan är klar."), read("Skolan väntar.")]
    vectoriser = CommentVectoriser(fewest=2).fit(learnt)
    assert {"bron", "skolan", "klar", "_br", "lan_"} - set(vectoriser.terms_) == {"lan_"}
