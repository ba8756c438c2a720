"""Measures of judgements against what the authors meant, as the contract defines them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ljuskoll.corpora.comments import Comment
from ljuskoll.models.assessment import Assessment
from ljuskoll.models.lights import COLOURS, light_of
from ljuskoll.nlp.followup import Colour

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
    """`macro_f1_of` the cases."""
    return macro_f1_of([case.gold for case in cases], [case.assessment.colour for case in cases])


def macro_f1_of(gold: Sequence[Colour | None], shown: Sequence[Colour | None]) -> float:
    """Mean F1 of the three lights: a withheld light is a miss, a light on a text without ground a false positive."""
    return sum(f1_of(colour, gold, shown) for colour in COLOURS) / len(COLOURS)


def f1_of(colour: Colour, gold: Sequence[Colour | None], shown: Sequence[Colour | None]) -> float:
    """F1 of one light; 0 where it is neither meant nor shown."""
    hits = sum(meant == seen == colour for meant, seen in zip(gold, shown, strict=True))
    total = list(gold).count(colour) + list(shown).count(colour)
    return 2 * hits / total if total else 0.0


def precision(cases: Sequence[Case]) -> float:
    """Share of the shown lights that are right."""
    shown = [case for case in cases if case.assessment.colour]
    return _share(shown, lambda case: case.right)


def coverage(cases: Sequence[Case]) -> float:
    """Share of the comments with a gold light that are shown one, right or wrong."""
    return _share([case for case in cases if case.gold], lambda case: case.assessment.colour is not None)


def calibration_error(cases: Sequence[Case]) -> float:
    """Mean distance between top probability and share of right ones, in ten bins, over comments with a gold light."""
    bins = calibration_bins(cases)
    total = sum(count for *_, count in bins)
    return sum(abs(said - right) * count for said, right, count in bins) / total if total else 0.0


def calibration_bins(cases: Sequence[Case]) -> tuple[tuple[float, float, int], ...]:
    """(mean top probability, share of right ones, number) of each bin that holds comments with a gold light."""
    binned: dict[int, list[tuple[float, bool]]] = {}
    for case in cases:
        if case.gold:
            colour, top = _top(case.assessment)
            binned.setdefault(min(int(top * _BINS), _BINS - 1), []).append((top, colour == case.gold))
    return tuple(
        (sum(top for top, _ in bin_) / len(bin_), sum(right for _, right in bin_) / len(bin_), len(bin_))
        for _, bin_ in sorted(binned.items())
    )


def _top(assessment: Assessment) -> tuple[Colour, float]:
    by_colour: dict[Colour, float] = {colour: getattr(assessment.probabilities, colour) for colour in COLOURS}
    colour = max(COLOURS, key=by_colour.__getitem__)
    return colour, by_colour[colour]


def _share(cases: Sequence[Case], holds: Callable[[Case], bool]) -> float:
    return sum(map(holds, cases)) / len(cases) if cases else 0.0
