"""The fitted model as it is used: weights by name and word, so that a comment's score is a sum over what was seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from ljuskoll.models.features import Reading, names_of, words_of
from ljuskoll.models.lights import COLOURS, light_at
from ljuskoll.models.outcomes import OutcomeClassifier
from ljuskoll.models.vectoriser import STAGES, CommentVectoriser, parts_of
from ljuskoll.nlp.followup import Outcome, Period
from ljuskoll.nlp.language.stages import Stage, stage_of

Floats = NDArray[np.float64]

_DECIMALS = 5
"""Weights are rounded, so that the last bits of a processor do not change the artefact."""
_REMEMBERED = 50_000
"""So many words are remembered with their sums."""


@dataclass(frozen=True)
class Judge:
    """A linear model over outcomes; the last axis of every array of weights is the outcome.

    `by_stage` (stage, name, outcome) holds what a name weighs at each stage of the year, `bias` (stage, outcome);
    `by_term` (term, outcome) what words and parts of words weigh, each times its `idf`.
    """

    outcomes: tuple[Outcome, ...]
    names: tuple[str, ...]
    by_stage: Floats
    bias: Floats
    terms: tuple[str, ...]
    idf: Floats
    by_term: Floats
    text_weight: float

    def scores(self, reading: Reading) -> Floats:
        """Uncalibrated log-odds of each outcome; the same for the same reading, whatever else is judged with it."""
        stage = STAGES.index(stage_of(reading.period).value)
        columns = self._columns
        seen = [columns[name] for name in names_of(reading) if name in columns]
        named: Floats = self.bias[stage] + self.by_stage[stage][seen].sum(axis=0)
        return named + self._worded(reading)

    def _worded(self, reading: Reading) -> Floats:
        places, words = self._places, words_of(reading)
        if len(places) + len(words) > _REMEMBERED:
            places.clear()
        found = [places[word] if word in places else self._remember(word) for word in words]
        total = self._sums[found].sum(axis=0)
        square = total[-1]
        worded: Floats = total[:-1] * (self.text_weight / np.sqrt(square)) if square else total[:-1]
        return worded

    def weight(self, name: str, outcome: Outcome, period: Period | None) -> float:
        """How much a name speaks for an outcome at this stage of the year, in log-odds."""
        column = self._columns.get(name)
        stage = STAGES.index(stage_of(period).value)
        return 0.0 if column is None else float(self.by_stage[stage, column, self.outcomes.index(outcome)])

    def knows(self, word: str) -> bool:
        """Whether this word stood in a comment that the judge learnt from."""
        return word in self._rows

    def _remember(self, word: str) -> int:
        """The word's place among the sums; a row holds its parts' weights and, last, what it adds to the length."""
        place = len(self._places)
        if place >= len(self._sums):
            self.__dict__["_sums"] = np.vstack([self._sums, np.zeros_like(self._sums)])
        rows = [self._rows[part] for part in parts_of(word) if part in self._rows]
        self._sums[place, :-1] = (self.by_term[rows] * self.idf[rows, None]).sum(axis=0)
        self._sums[place, -1] = (self.idf[rows] ** 2).sum()
        self._places[word] = place
        return place

    @cached_property
    def _columns(self) -> dict[str, int]:
        return {name: index for index, name in enumerate(self.names)}

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {term: index for index, term in enumerate(self.terms)}

    @cached_property
    def _places(self) -> dict[str, int]:
        return {}

    @cached_property
    def _sums(self) -> Floats:
        return np.zeros((1024, len(self.outcomes) + 1))


def fit_judge(
    readings: Sequence[Reading], outcomes: Sequence[Outcome], weights: Sequence[float] | None = None
) -> Judge:
    """Fits a judge on readings and their outcomes; the same input gives the same judge."""
    vectoriser = CommentVectoriser()
    classifier = OutcomeClassifier()
    classifier.fit(vectoriser.fit_transform(readings), np.array(outcomes), sample_weight=weights)
    return judge_of(vectoriser, classifier)


def judge_of(vectoriser: CommentVectoriser, classifier: OutcomeClassifier) -> Judge:
    """The two estimators as one table of weights; it scores as `classifier.decision_function` does."""
    width, stages = len(vectoriser.names_), len(STAGES)
    weights = classifier.coef_.T.round(_DECIMALS)
    by_name, end = weights[:width], width * (stages + 1)
    by_stage = np.stack([by_name + weights[width * (stage + 1) : width * (stage + 2)] for stage in range(stages)])
    return Judge(
        outcomes=tuple(classifier.classes_.tolist()),
        names=vectoriser.names_,
        by_stage=by_stage,
        bias=(classifier.intercept_ + weights[end : end + stages]).round(_DECIMALS),
        terms=vectoriser.terms_,
        idf=vectoriser.idf_.round(_DECIMALS),
        by_term=weights[end + stages :],
        text_weight=vectoriser.text_weight,
    )


def lights_of(probabilities: Floats, outcomes: tuple[Outcome, ...], period: Period | None) -> tuple[Floats, float]:
    """Probabilities of the three colours and of no ground at all, from those of the outcomes."""
    *lights, unclear = probabilities @ _by_light(outcomes, stage_of(period))
    return np.array(lights), float(unclear)


@lru_cache(maxsize=64)
def _by_light(outcomes: tuple[Outcome, ...], stage: Stage) -> Floats:
    """A row an outcome, a column a colour and a last one for no light: 1 where the outcome stands for it."""
    lights = (*COLOURS, None)
    return np.array([[float(light_at(outcome, stage) == light) for light in lights] for outcome in outcomes])
