"""What the encoder is to make small: wrong outcomes, wrong lights, and sides of a minimal pair taken for each other."""

from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from ljuskoll.models.encoder.examples import Options
from ljuskoll.models.encoder.inputs import STAGES
from ljuskoll.models.encoder.network import OUTCOMES
from ljuskoll.models.lights import COLOURS, light_at

_TINY = 1e-6


class Gold(NamedTuple):
    """What is right: stages, outcomes and weights (text), and the places of both sides of the pairs (pair, 2)."""

    stages: Tensor
    outcomes: Tensor
    weights: Tensor
    pairs: Tensor


@dataclass(frozen=True, slots=True)
class Objective:
    """The loss; `lights` (stage, outcome, light) is 1 where an outcome stands for a light, the last one for none."""

    options: Options
    lights: Tensor

    def loss(self, scores: Tensor, gold: Gold) -> Tensor:
        """One number for the scores (text, outcome) of a batch."""
        by_outcome = functional.log_softmax(scores, -1)
        by_light = self._light_logarithms(by_outcome, gold.stages)
        light = self.lights[gold.stages, gold.outcomes].argmax(-1)
        own = by_outcome.gather(1, gold.outcomes[:, None])[:, 0]
        smooth = self.options.smoothing
        loss = _mean(-own * (1 - smooth) - by_outcome.mean(-1) * smooth, gold.weights)
        loss = loss + self.options.light_weight * _mean(-by_light.gather(1, light[:, None])[:, 0], gold.weights)
        if len(gold.pairs):
            loss = loss + self.options.pair_weight * _confusion(by_light, light, gold.pairs)
        return loss

    def _light_logarithms(self, by_outcome: Tensor, stages: Tensor) -> Tensor:
        by_light = torch.einsum("to,tol->tl", by_outcome.exp(), self.lights[stages])
        return by_light.clamp_min(_TINY).log()


def objective(options: Options) -> Objective:
    """The loss with these options."""
    lights = (*COLOURS, None)
    table = [[[float(light_at(outcome, stage) == one) for one in lights] for outcome in OUTCOMES] for stage in STAGES]
    return Objective(options, torch.tensor(table))


def _confusion(by_light: Tensor, light: Tensor, pairs: Tensor) -> Tensor:
    """How little likelier it is that each side has its own light than that they have each other's."""
    (first, second), (own_first, own_second) = pairs.T, light[pairs].T

    def of(side: Tensor, colour: Tensor) -> Tensor:
        return by_light[side].gather(1, colour[:, None])[:, 0]

    margin = of(first, own_first) + of(second, own_second) - of(first, own_second) - of(second, own_first)
    return functional.softplus(-margin).mean()


def _mean(losses: Tensor, weights: Tensor) -> Tensor:
    return (losses * weights).sum() / weights.sum()
