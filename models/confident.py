"""Confident learning: which labels are likely wrong (Northcutt, Jiang and Chuang 2021, "Confident Learning")."""

import numpy as np
from numpy.typing import NDArray

from ljuskoll.models.judge import Floats

_UNLIKELY = 0.1
"""A label is likely wrong only if it has less than this probability: of few examples, most that surprise are rare."""


def suspected(labels: NDArray[np.int64], probabilities: Floats) -> NDArray[np.bool_]:
    """Whether each label (example,) is likely wrong, by probabilities (example, class) of a model that did not see it.

    An example counts as one of the likeliest class that reaches its threshold: the mean probability of the class among
    the examples with its label. Of those counted as another class than their label's, as many are suspected as the
    counts say, surest first ("prune by noise rate"), if they are unlikely enough.
    """
    size = probabilities.shape[1]
    own = probabilities[np.arange(len(labels)), labels]
    thresholds = np.array([own[labels == one].mean() if (labels == one).any() else np.inf for one in range(size)])
    confident = np.where(probabilities >= thresholds, probabilities, -1.0)
    counted = np.where(confident.max(axis=1) >= 0, confident.argmax(axis=1), -1)
    found = np.zeros(len(labels), dtype=bool)
    for label in range(size):
        is_labelled = labels == label
        share = is_labelled.sum() / max(1, (is_labelled & (counted >= 0)).sum())
        for other in range(size):
            if other != label:
                number = round(float((is_labelled & (counted == other)).sum() * share))
                margins = np.where(is_labelled, probabilities[:, other] - own, -np.inf)
                surest = np.argsort(-margins, kind="stable")[:number]
                found[surest[margins[surest] > 0]] = True
    return found & (own < _UNLIKELY)
