from dataclasses import replace
from functools import cache

import pytest
from typer import Typer
from typer.testing import CliRunner

from ljuskoll.corpora.comments import load_comments, parse_comments
from ljuskoll.evaluation import command
from ljuskoll.evaluation.consistency import Consistency, Planted, compare, measure_example
from ljuskoll.evaluation.gate import consistency_failures, failures, load_consistency_floors, load_floors
from ljuskoll.evaluation.judgement import Judgement, measure
from ljuskoll.models.assessment import Assessment, Probabilities
from ljuskoll.models.measures import Case, calibration_error, coverage, figures, macro_f1, precision
from ljuskoll.nlp.followup import Colour, Outcome
from ljuskoll.service.record import Finding

WIDEST_MARGIN = 0.1
"""A floor further than this below what is measured would guard nothing."""


@cache
def measured() -> Judgement:
    """The figures of the whole corpus, measured once for all tests."""
    return measure(load_comments())


def _case(number: int, outcome: Outcome, colour: Colour | None, top: float = 0.8) -> Case:
    row = {
        "id": f"prov-{number}",
        "voice": "prov",
        "municipality": "Granköpa",
        "board": "Kulturnämnden",
        "kind": "goal",
        "assignment": "Fler besök",
        "period": "T3",
        "comment": "En text.",
        "outcome": outcome,
        "hard": False,
    }
    (comment,) = parse_comments([row], {})
    shares = {"green": (1 - top) / 2, "yellow": (1 - top) / 2, "red": (1 - top) / 2, colour or "red": top}
    assessment = Assessment(
        colour=colour, outcome=outcome, probabilities=Probabilities(**shares), abstained=colour is None
    )
    return Case(comment, assessment)


PERFECT = [_case(1, "completed", "green"), _case(2, "partial", "yellow"), _case(3, "off_track", "red")]


def test_perfect_judgements_have_perfect_figures() -> None:
    found = figures(PERFECT)
    assert (found.macro_f1, found.precision, found.coverage, found.outcome_accuracy) == (1, 1, 1, 1)
    assert found.calibration_error == pytest.approx(0.2)


def test_a_withheld_light_is_a_miss() -> None:
    cases = [*PERFECT, _case(4, "completed", None)]
    assert macro_f1(cases) == pytest.approx((2 / 3 + 1 + 1) / 3)
    assert precision(cases) == 1
    assert coverage(cases) == pytest.approx(3 / 4)


def test_a_light_without_ground_is_a_false_positive() -> None:
    cases = [*PERFECT, _case(4, "unclear", "red")]
    assert macro_f1(cases) == pytest.approx((1 + 1 + 2 / 3) / 3)
    assert precision(cases) == pytest.approx(3 / 4)
    assert coverage(cases) == 1
    assert calibration_error(cases) == pytest.approx(calibration_error(PERFECT))


def test_a_withheld_light_on_a_text_without_ground_costs_nothing() -> None:
    cases = [*PERFECT, _case(4, "unclear", None)]
    assert (macro_f1(cases), precision(cases), coverage(cases)) == (1, 1, 1)


def test_the_calibration_error_is_by_bin() -> None:
    bold = [_case(1, "completed", "green", 0.95), _case(2, "completed", "red", 0.95)]
    modest = [_case(3, "completed", "green", 0.65), _case(4, "completed", "red", 0.65)]
    assert calibration_error(bold) == pytest.approx(0.45)
    assert calibration_error(bold + modest) == pytest.approx((0.45 + 0.15) / 2)


def test_figures_of_no_cases_are_zero() -> None:
    assert figures([]).macro_f1 == figures([]).precision == figures([]).calibration_error == 0


def test_the_measured_figures_pass_the_gate() -> None:
    assert failures(measured(), load_floors()) == ()


def test_the_floors_are_near_what_is_measured() -> None:
    found, floors = measured().parts["all"], load_floors()
    for name in ("macro_f1", "precision", "coverage", "outcome_accuracy"):
        assert getattr(found, name) - getattr(floors, name) < WIDEST_MARGIN, name
    assert floors.highest_calibration_error - found.calibration_error < WIDEST_MARGIN


@pytest.mark.parametrize("name", ["macro_f1", "precision", "coverage", "outcome_accuracy"])
def test_the_gate_fails_below_a_floor(name: str) -> None:
    floors = load_floors()
    worse = replace(measured().parts["all"], **{name: getattr(floors, name) - 0.001})
    (failure,) = failures(replace(measured(), parts={"all": worse}), floors)
    assert failure.startswith(name)


def test_the_gate_fails_above_the_highest_calibration_error() -> None:
    floors = load_floors()
    worse = replace(measured().parts["all"], calibration_error=floors.highest_calibration_error + 0.001)
    (failure,) = failures(replace(measured(), parts={"all": worse}), floors)
    assert failure.startswith("calibration_error")


def test_the_gate_fails_for_another_corpus() -> None:
    (failure,) = failures(replace(measured(), corpus="another"), load_floors())
    assert "another" in failure


def test_the_corpus_is_measured_in_parts() -> None:
    parts = measured().parts
    assert parts["all"].cases == len(load_comments())
    assert parts["hard"].cases + parts["easy"].cases == parts["all"].cases
    assert sum(parts[name].cases for name in ("T1", "T2", "T3")) == parts["all"].cases
    assert {comment.voice for comment in load_comments()} < set(parts)
    assert measured().phrases.comments > 0


def _evaluate(monkeypatch: pytest.MonkeyPatch, judgement: Judgement) -> tuple[int, str]:
    monkeypatch.setattr(command, "measure", lambda _: judgement)
    app = Typer()
    app.command()(command.evaluate)
    result = CliRunner().invoke(app, [])
    return result.exit_code, result.stdout


def test_the_command_shows_the_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    status, text = _evaluate(monkeypatch, measured())
    assert status == 0
    assert f"{measured().parts['all'].macro_f1:.3f}" in text
    assert "korsvis per författare" in text


def test_the_command_fails_under_the_floor(monkeypatch: pytest.MonkeyPatch) -> None:
    worse = replace(measured().parts["all"], macro_f1=0.1)
    status, text = _evaluate(monkeypatch, replace(measured(), parts={"all": worse}))
    assert status == 1
    assert "Under golvet" in text


def test_the_example_archive_passes_its_floors() -> None:
    measured = measure_example()
    assert measured.planted == 14
    assert consistency_failures(measured, load_consistency_floors()) == ()


@pytest.mark.parametrize("change", [{"found": 0}, {"unplanted": 99}])
def test_the_gate_of_the_checks_can_fail(change: dict[str, int]) -> None:
    measured = Consistency(planted=14, found=14, as_kind=14, unplanted=0).model_copy(update=change)
    assert consistency_failures(measured, load_consistency_floors())


def test_one_finding_explains_one_planted_mismatch() -> None:
    planted = [Planted(kind="aggregate", file="a.txt", assignment="Två uppdrag är röda.")] * 2
    finding = Finding(
        id="1", kind="aggregate", severity="medium", score=0.7, records=(), message="Där står «Två uppdrag är röda.»"
    )
    assert compare(planted, [finding], []) == Consistency(planted=2, found=1, as_kind=1, unplanted=0)
