"""What the check of lights against comments must beat: cleanlab alone on our probabilities, and a keyword check."""

from collections.abc import Sequence

import numpy as np

from ljuskoll.evaluation.baselines import keyword_light
from ljuskoll.nlp.followup import Colour
from ljuskoll.service.consistency.material import are_opposite, declared_colour
from ljuskoll.service.record import Record

_COLOURS: tuple[Colour, ...] = ("green", "yellow", "red")


def cleanlab_scores(records: Sequence[Record]) -> list[float] | None:
    """One minus cleanlab's label quality of each record's light (self confidence); None where it is not installed.

    cleanlab (AGPL-3.0) is a tool of the evaluation only: Northcutt et al., Confident Learning (JAIR 2021).
    """
    try:
        from cleanlab.rank import get_label_quality_scores  # noqa: PLC0415  an optional extra
    except ImportError:
        return None
    labels = np.array([_COLOURS.index(declared_colour(record) or "green") for record in records])
    shares = np.array([[record.assessment.probability_of(colour) for colour in _COLOURS] for record in records])
    quality = get_label_quality_scores(labels, shares / shares.sum(axis=1, keepdims=True))
    return [1 - float(one) for one in quality]


def keyword_scores(records: Sequence[Record]) -> list[float]:
    """1 where the first telling word speaks for the opposite light, 0.5 for another one, 0 for the same or none."""
    return [_keyword_score(record) for record in records]


def _keyword_score(record: Record) -> float:
    told, declared = keyword_light(record.comment), declared_colour(record)
    if told is None or declared is None or told == declared:
        return 0.0
    return 1.0 if are_opposite(told, declared) else 0.5
