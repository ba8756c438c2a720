"""How sure a finding is: every check has its weights, and evidence counts the right way."""

import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from findings import T2, assessed, findings, record
from ljuskoll.evaluation.scores import PRIOR, RECOGNISED_WEIGHT, STAND_INS, Example, learn_scores
from ljuskoll.service.consistency.checks import CHECKS
from ljuskoll.service.consistency.scoring import INTERCEPT, RECOGNISED, agreement, expit, logit, shipped_weights
from ljuskoll.service.record import FindingKind

NAMED = re.compile(r'check=(f?)"([a-z_{}]+)"')
PASSED_ON = re.compile(r'_finding\("([a-z_]+)"')
LACKED = ("status", "comment")


def checks_of_cases() -> set[str]:
    """The names under which the checks put their cases, as they stand in the code."""
    found: set[str] = set()
    for path in Path(str(files("ljuskoll.service.consistency"))).glob("*.py"):
        code = path.read_text(encoding="utf-8")
        found |= set(PASSED_ON.findall(code))
        for is_f_string, name in NAMED.findall(code):
            found |= {name.replace("{what}", what) for what in LACKED} if is_f_string else {name}
    return found


def test_every_case_has_weights() -> None:
    named = checks_of_cases()
    of_several = {"across_documents", "incomplete", "missing_reports", "unfollowed_plans"}
    assert {name for checks in CHECKS.values() for name in checks} - of_several < named
    assert not [name for name in named if "{" in name]
    assert named == set(shipped_weights())
    for weights in shipped_weights().values():
        assert {INTERCEPT, RECOGNISED} <= set(weights)


def test_kinds_stand_from_the_most_specific_on() -> None:
    assert tuple(CHECKS) == get_args(FindingKind)


@pytest.mark.parametrize("check", sorted(shipped_weights()))
def test_recognised_text_lowers_every_score(check: str) -> None:
    assert 0 < agreement(check, {RECOGNISED: 1.0}) < agreement(check, {RECOGNISED: 0.0}) < 1


@pytest.mark.parametrize("check", ["declared_vs_phrase", "declared_vs_comment", "phrase_vs_comment"])
def test_agreement_rises_with_evidence(check: str) -> None:
    scores = [agreement(check, {"against": against}) for against in (-2.0, 0.0, 1.0, 2.0, 4.0)]
    assert scores == sorted(set(scores))


def test_surer_comments_make_surer_findings() -> None:
    records = [record("green", "off_track", T2, assessment=assessed("red", likely)) for likely in (0.6, 0.95)]
    weak, strong = (findings(one)[0].score for one in records)
    assert weak < strong


WEIGHTS = {"made_up": {INTERCEPT: 0.0, "much": 2.0, "doubt": -1.0}}


@pytest.mark.parametrize(
    ("features", "expected"),
    [
        ({}, 0.5),
        ({"unknown": 9.0}, 0.5),
        ({"much": 1.0}, expit(2.0)),
        ({"doubt": 1.0}, expit(-1.0)),
        ({"much": 1.0, "doubt": 2.0}, 0.5),
    ],
)
def test_a_score_is_the_sum_of_what_is_known(features: dict[str, float], expected: float) -> None:
    assert agreement("made_up", features, WEIGHTS) == pytest.approx(expected)


def test_a_check_without_weights_is_an_error() -> None:
    with pytest.raises(KeyError):
        agreement("never_heard_of", {}, WEIGHTS)


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_odds_and_probabilities_are_each_other_s_inverse(one: float, other: float) -> None:
    assert expit(logit(one)) == pytest.approx(one)
    assert (logit(one) < logit(other)) is (one < other)


def test_odds_are_bounded() -> None:
    assert logit(0.0) == pytest.approx(logit(0.002)) == pytest.approx(-logit(1.0))
    assert 0 < expit(-1e9) < expit(1e9) <= 1


# --- learning -------------------------------------------------------------------------------------------------------


def example(check: str, against: float, right: bool, weight: float = 1.0) -> Example:
    return Example(check, {"against": against, RECOGNISED: 0.0}, right, weight, "own")


APART = [example("made_up", 2.0 if right else -2.0, right) for right in (True, False) for _ in range(12)]


def test_learning_tells_right_from_wrong() -> None:
    weights = learn_scores(APART)
    assert agreement("made_up", {"against": 2.0}, weights) > 0.85
    assert agreement("made_up", {"against": -2.0}, weights) < 0.15
    assert weights["made_up"]["against"] > 0
    assert weights["made_up"][RECOGNISED] == RECOGNISED_WEIGHT
    turned = learn_scores([replace(one, right=not one.right) for one in APART])
    assert turned["made_up"]["against"] < 0


def test_what_weighs_more_counts_more() -> None:
    balance = [example("made_up", 0.0, right=True), example("made_up", 0.0, right=False)]
    even = learn_scores(balance)["made_up"][INTERCEPT]
    rather = learn_scores([replace(one, weight=5.0 if one.right else 1.0) for one in balance])["made_up"][INTERCEPT]
    assert even == pytest.approx(0.0, abs=0.01)
    assert rather > 1.0


def test_a_check_that_was_always_right_is_not_certain() -> None:
    weights = learn_scores([Example("made_up", {}, True, 1.0, "own")] * 9)
    assert set(weights["made_up"]) == {INTERCEPT, RECOGNISED}
    assert agreement("made_up", {}, weights) == pytest.approx((9 + PRIOR) / (9 + 2 * PRIOR), abs=0.02)


def test_checks_without_examples_have_stand_ins() -> None:
    weights = learn_scores([Example("lacks_comment", {}, True, 1.0, "own")] * 9)
    assert set(weights) == {"lacks_comment", *STAND_INS}
    assert weights["lacks_status"] == weights["lacks_comment"]
    even = {INTERCEPT: 0.0, RECOGNISED: RECOGNISED_WEIGHT}
    assert weights["document_lacks_status"] == weights["document_lacks_comment"] == even
    assert learn_scores([]) == dict.fromkeys(STAND_INS, even)


def test_an_own_example_goes_before_the_stand_in() -> None:
    comments = [Example("lacks_comment", {}, True, 1.0, "own")] * 9
    weights = learn_scores([*comments, *[Example("lacks_status", {}, False, 1.0, "own")] * 9])
    assert weights["lacks_status"][INTERCEPT] < 0 < weights["lacks_comment"][INTERCEPT]
