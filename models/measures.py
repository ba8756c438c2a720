"""Measures of judgements against what the authors meant, as the contract defines them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ljuskoll.corpora.comments import Comment
from ljuskoll.models.assessment import Assessment
from ljuskoll.models.lights import COLOURS, light_of
from ljuskoll.nlp.followup import Colour, Outcome

_BINS = 10


@dataclass(frozen=True, slots=True)
class Case:
    """A judgement of a comment beside the outcome that its author meant."""

    comment: Comment
    assessment: Assessment

    @property
    def gold(self) -> Colour | None:
        """The light that the comment supports."""
        return light_of(self.comment.outcome, self.comment.period)

    @property
    def right(self) -> bool:
        """Whether the shown light is the right one (False where none is shown)."""
        return self.assessment.colour is not None and self.assessment.colour == self.gold


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures over a number of cases; each is explained where it is computed."""

    cases: int
    macro_f1: float
    precision: float
    coverage: float
    calibration_error: float
    outcome_accuracy: float


def figures(cases: Sequence[Case]) -> Figures:
    """All figures of some cases, rounded to three decimals."""
    return Figures(
        cases=len(cases),
        macro_f1=round(macro_f1(cases), 3),
        precision=round(precision(cases), 3),
        coverage=round(coverage(cases), 3),
        calibration_error=round(calibration_error(cases), 3),
        outcome_accuracy=round(_share(cases, lambda case: case.assessment.outcome == case.comment.outcome), 3),
    )


def macro_f1(cases: Sequence[Case]) -> float:
    """Mean F1 of the three lights: a withheld light is a miss, a light on a text without ground a false positive."""
    return sum(_f1(cases, colour) for colour in COLOURS) / len(COLOURS)


def _f1(cases: Sequence[Case], colour: Colour) -> float:
    hits = sum(case.right and case.gold == colour for case in cases)
    shown = sum(case.assessment.colour == colour for case in cases)
    meant = sum(case.gold == colour for case in cases)
    return 2 * hits / (shown + meant) if shown + meant else 0.0


def precision(cases: Sequence[Case]) -> float:
    """Share of the shown lights that are right."""
    shown = [case for case in cases if case.assessment.colour]
    return _share(shown, lambda case: case.right)


def coverage(cases: Sequence[Case]) -> float:
    """Share of the comments with a gold light that are shown one, right or wrong."""
    return _share([case for case in cases if case.gold], lambda case: case.assessment.colour is not None)


def calibration_error(cases: Sequence[Case]) -> float:
    """Mean distance between top probability and share of right ones, in ten bins, over comments with a gold light."""
    binned: dict[int, list[tuple[float, bool]]] = {}
    for case in cases:
        if case.gold:
            colour, top = _top(case.assessment)
            binned.setdefault(min(int(top * _BINS), _BINS - 1), []).append((top, colour == case.gold))
    total = sum(len(bin_) for bin_ in binned.values())
    return sum(abs(sum(top - right for top, right in bin_)) for bin_ in binned.values()) / total if total else 0.0


def confusion(cases: Sequence[Case]) -> dict[tuple[Outcome, Colour | None], int]:
    """How many comments of each meant outcome were shown each light."""
    counts: dict[tuple[Outcome, Colour | None], int] = {}
    for case in cases:
        key = case.comment.outcome, case.assessment.colour
        counts[key] = counts.get(key, 0) + 1
    return counts


def _top(assessment: Assessment) -> tuple[Colour, float]:
    by_colour: dict[Colour, float] = {colour: getattr(assessment.probabilities, colour) for colour in COLOURS}
    colour = max(COLOURS, key=by_colour.__getitem__)
    return colour, by_colour[colour]


def _share(cases: Sequence[Case], holds: Callable[[Case], bool]) -> float:
    return sum(map(holds, cases)) / len(cases) if cases else 0.0
