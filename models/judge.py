"""The model itself: from what was seen of a comment to how probable each outcome and each light is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import MaxAbsScaler

from ljuskoll.models.features import Reading, signals, words
from ljuskoll.models.lights import COLOURS, light_of
from ljuskoll.nlp.followup import Outcome, Period
from ljuskoll.nlp.language.reading import OUTRIGHT

Floats = NDArray[np.float64]

_TEXT_WEIGHT = 3.0
"""Words against cues: both weights were chosen among a few by cross-validation (see MODEL_CARD.md)."""
_STRENGTH = 0.1
"""Inverse regularisation: small, for there are a thousand times more features than comments."""
_PHRASE_WEIGHT = 1.0
"""Score that an outright status phrase adds to its outcome (twice as much in log-odds, at temperature 0.5).

The likeliest of a few out of fold; only 29 of our comments hold a phrase, too few to learn it with the rest."""
_DECIMALS = 5
"""Coefficients are rounded, so that the last bits of a processor do not change the artefact."""


@dataclass(frozen=True, slots=True)
class Judge:
    """A fitted linear model: `weights` has a row an outcome and a column a signal, word or part of a word."""

    outcomes: tuple[Outcome, ...]
    cues: DictVectorizer
    words: TfidfVectorizer
    parts: TfidfVectorizer
    weights: Floats
    bias: Floats

    def scores(self, readings: Sequence[Reading]) -> Floats:
        """Uncalibrated log-odds, one row a reading and one column an outcome; a row depends on its reading alone."""
        texts = [words(reading) for reading in readings]
        cues = self.cues.transform([signals(reading) for reading in readings])
        rows = _joined(cues, self.words.transform(texts), self.parts.transform(texts))
        scores: Floats = rows @ self.weights.T + self.bias
        for row, reading in zip(scores, readings, strict=True):
            if reading.stated and reading.stated.outcome in self.outcomes:
                row[self.outcomes.index(reading.stated.outcome)] += _PHRASE_WEIGHT * reading.stated.strength / OUTRIGHT
        return scores

    def weight(self, name: str, outcome: Outcome) -> float:
        """How much a signal speaks for an outcome, in log-odds."""
        column = self.cues.vocabulary_.get(name)
        return 0.0 if column is None else float(self.weights[self.outcomes.index(outcome), column])


def word_vectoriser(**options: Any) -> TfidfVectorizer:
    """Counts words."""
    return TfidfVectorizer(sublinear_tf=True, **options)


def part_vectoriser(**options: Any) -> TfidfVectorizer:
    """Counts parts of words, so that compounds and inflected forms share what they have in common."""
    return TfidfVectorizer(sublinear_tf=True, analyzer="char_wb", ngram_range=(3, 5), **options)


def fit_judge(readings: Sequence[Reading], outcomes: Sequence[Outcome]) -> Judge:
    """Fits a judge on readings and their outcomes; the same input gives the same judge."""
    cues, scale, whole, parts = DictVectorizer(), MaxAbsScaler(), word_vectoriser(), part_vectoriser(min_df=2)
    texts = [words(reading) for reading in readings]
    scaled = scale.fit_transform(cues.fit_transform([signals(reading) for reading in readings]))
    rows = _joined(scaled, whole.fit_transform(texts), parts.fit_transform(texts))
    regression = LogisticRegression(C=_STRENGTH, class_weight="balanced", max_iter=3000)
    regression.fit(rows, np.array(outcomes))
    weights = regression.coef_.copy()
    weights[:, : len(scale.scale_)] /= scale.scale_
    known = tuple(regression.classes_.tolist())
    return Judge(known, cues, whole, parts, weights.round(_DECIMALS), regression.intercept_.round(_DECIMALS))


def _joined(cues: Any, whole: Any, parts: Any) -> Any:
    return csr_matrix(hstack([cues, _TEXT_WEIGHT * whole, _TEXT_WEIGHT * parts]))


def lights_of(probabilities: Floats, outcomes: Sequence[Outcome], period: Period | None) -> tuple[Floats, float]:
    """Probabilities of the three colours and of no ground at all, from those of the outcomes."""
    lights = np.zeros(len(COLOURS))
    unclear = 0.0
    for outcome, probability in zip(outcomes, probabilities, strict=True):
        light = light_of(outcome, period)
        if light is None:
            unclear += float(probability)
        else:
            lights[COLOURS.index(light)] += probability
    return lights, unclear


def softmax(scores: Floats, temperature: float) -> Floats:
    """Probabilities from log-odds; a temperature under 1 makes them bolder."""
    scaled = (scores - scores.max(axis=-1, keepdims=True)) / temperature
    powers = np.exp(scaled)
    result: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return result
