"""How likely log-odds make the right lights: by this a judge's temperature is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ljuskoll.corpora.comments import Comment
from ljuskoll.models.judge import Floats, lights_of
from ljuskoll.models.lights import COLOURS, light_of
from ljuskoll.models.outcomes import softmax
from ljuskoll.nlp.followup import Outcome

TEMPERATURES = tuple(round(0.3 + 0.025 * step, 3) for step in range(69))


@dataclass(frozen=True, slots=True)
class Likeliest:
    """The temperature at which the right lights are likeliest, and how surprising they are at it (nats, summed)."""

    temperature: float
    loss: float


def loss_of(by_outcome: Floats, outcomes: tuple[Outcome, ...], comments: Sequence[Comment]) -> float:
    """Minus the logarithm of the right lights' probability among the three; texts without ground do not count.

    `by_outcome` (comment, outcome): probabilities.
    """
    total = 0.0
    for row, one in zip(by_outcome, comments, strict=True):
        gold = light_of(one.outcome, one.period)
        if gold:
            lights, _ = lights_of(row, outcomes, one.period)
            total -= float(np.log(lights[COLOURS.index(gold)] / lights.sum()))
    return total


def likeliest(scores: Floats, outcomes: tuple[Outcome, ...], comments: Sequence[Comment]) -> Likeliest:
    """The likeliest temperature for log-odds (comment, outcome)."""
    tried = (Likeliest(one, loss_of(softmax(scores, one), outcomes, comments)) for one in TEMPERATURES)
    return min(tried, key=lambda one: one.loss)
