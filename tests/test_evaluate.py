import pytest

from ljuskoll.corpora.comments import parse_comments
from ljuskoll.evaluation.consistency import Consistency, Planted, compare, measure_example
from ljuskoll.evaluation.consistency_gate import (
    consistency_failures,
    contradiction_failures,
    load_consistency_floors,
    load_contradiction_floors,
)
from ljuskoll.evaluation.contradiction_run import measure_contradictions
from ljuskoll.models.assessment import Assessment, Probabilities
from ljuskoll.models.measures import Case, calibration_error, coverage, figures, macro_f1, precision
from ljuskoll.nlp.followup import Colour, Outcome
from ljuskoll.service.record import Finding


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
    (comment,) = parse_comments([row])
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


def test_the_test_archives_pass_their_floors_and_worse_figures_do_not() -> None:
    measured, floors = measure_contradictions(), load_contradiction_floors()
    assert contradiction_failures(measured, floors) == ()
    worse = measured.model_copy(update={"found": 0, "false_flags": measured.consistent})
    assert len(contradiction_failures(worse, floors)) == 2
    assert set(measured.rankings) == {"ljuskoll", "cleanlab", "keywords"}
