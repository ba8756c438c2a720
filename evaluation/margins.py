"""How much better the judgement is than a baseline, with a bootstrap interval over the comments (Efron 1979)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ljuskoll.models.measures import macro_f1_of
from ljuskoll.nlp.followup import Colour

_RESAMPLES = 1000
_SEED = 20241231
_INTERVAL = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Margin:
    """Macro-F1 of a baseline and ours less it, with the 95 % interval of the difference."""

    baseline: str
    macro_f1: float
    difference: float
    low: float
    high: float


def margin(
    name: str, gold: Sequence[Colour | None], ours: Sequence[Colour | None], theirs: Sequence[Colour | None]
) -> Margin:
    """The same resampled comments for both; the same input gives the same interval."""
    random = np.random.default_rng(_SEED)
    differences = []
    for _ in range(_RESAMPLES):
        chosen = random.integers(0, len(gold), len(gold))
        drawn = [gold[index] for index in chosen]
        differences.append(
            macro_f1_of(drawn, [ours[index] for index in chosen])
            - macro_f1_of(drawn, [theirs[index] for index in chosen])
        )
    low, high = np.percentile(differences, _INTERVAL)
    theirs_f1 = macro_f1_of(gold, theirs)
    return Margin(
        name,
        round(theirs_f1, 3),
        round(macro_f1_of(gold, ours) - theirs_f1, 3),
        round(float(low), 3),
        round(float(high), 3),
    )
