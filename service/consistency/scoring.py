"""How probably a careful reader agrees with a finding: a logistic model a check, learnt from findings of our own."""

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

INTERCEPT = "intercept"
RECOGNISED = "recognised_text"
"""The feature of every check that is 1 where a text was recognised from a picture."""
TABLE_NAME = "scores.json"

Weights = Mapping[str, Mapping[str, float]]
"""For each check its intercept and the weight of each feature, in log-odds."""


@cache
def shipped_weights() -> Weights:
    """The weights that `ljuskoll evaluate consistency --learn` wrote."""
    table = json.loads((files(__package__) / TABLE_NAME).read_text(encoding="utf-8"))
    return MappingProxyType({check: MappingProxyType(weights) for check, weights in table["weights"].items()})


def agreement(check: str, features: Mapping[str, float], weights: Weights | None = None) -> float:
    """The probability, 0 to 1, that a careful reader would agree with a finding of this check."""
    own = (weights or shipped_weights())[check]
    return expit(own[INTERCEPT] + sum(own[name] * value for name, value in features.items() if name in own))


def expit(log_odds: float) -> float:
    """The probability of these log-odds."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


def logit(probability: float, least: float = 0.002) -> float:
    """The log-odds of a probability, which is kept `least` away from 0 and 1."""
    probability = min(1 - least, max(least, probability))
    return math.log(probability / (1 - probability))
