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
from ljuskoll.nlp.followup import Colour, Outcome, Period
from ljuskoll.nlp.language.stages import Stage, stage_of

Floats = NDArray[np.float64]

_DECIMALS = 5
"""Weights are rounded, so that the last bits of a processor do not change the artefact."""
_REMEMBERED = 50_000
"""So many words are remembered with their sums."""
_NOWHERE = 0
"""The place of no word, whose sums are zero."""
_TINY = 1e-12


@dataclass(frozen=True)
class Judge:
    """A linear model over outcomes; the last axis of every array of weights is the outcome.

    `by_stage` (stage, name, outcome) holds what a name weighs at each stage of the year, `bias` (stage, outcome);
    `by_term` (term, outcome) what words and parts of words weigh, each times its `idf`; `whole` (term) whether it is a
    word by itself.
    """

    outcomes: tuple[Outcome, ...]
    names: tuple[str, ...]
    by_stage: Floats
    bias: Floats
    terms: tuple[str, ...]
    whole: NDArray[np.bool_]
    idf: Floats
    by_term: Floats
    text_weight: float

    def scores(self, readings: Sequence[Reading]) -> Floats:
        """Uncalibrated log-odds (reading, outcome); a row does not depend on what else is scored with it."""
        return self._named(readings) + self._worded(readings) if readings else np.zeros((0, len(self.outcomes)))

    def _named(self, readings: Sequence[Reading]) -> Floats:
        seen: list[int] = []
        starts = []
        for reading in readings:
            first = _stage(reading.period) * (len(self.names) + 1)
            starts.append(len(seen))
            seen.append(first)
            seen += [first + column for column in map(self._columns.get, names_of(reading)) if column]
        named: Floats = np.add.reduceat(self._by_place[seen], starts, axis=0)
        return named

    def _worded(self, readings: Sequence[Reading]) -> Floats:
        if len(self._places) > _REMEMBERED:
            self._places.clear()
        places, starts = self._places, []
        found: list[int] = []
        for reading in readings:
            starts.append(len(found))
            found.append(_NOWHERE)
            found += [places[word] if word in places else self._remember(word) for word in words_of(reading)]
        total = np.add.reduceat(self._sums[found], starts, axis=0)
        worded: Floats = total[:, :-1] * (self.text_weight / np.sqrt(np.maximum(total[:, -1:], _TINY)))
        return worded

    def strength(self, name: str, colour: Colour | None, period: Period | None) -> float:
        """How much a name speaks for an outcome of this colour (of any, without one) at this stage, in log-odds."""
        column = self._columns.get(name)
        return 0.0 if column is None else float(self._strengths[colour][_stage(period), column - 1])

    def knows(self, word: str) -> bool:
        """Whether this word stood in a comment that the judge learnt from."""
        return word in self._known

    def _remember(self, word: str) -> int:
        """The word's place among the sums; a row holds its parts' weights and, last, what it adds to the length."""
        place = len(self._places) + 1
        if place >= len(self._sums):
            self.__dict__["_sums"] = np.vstack([self._sums, np.zeros_like(self._sums)])
        rows = [self._rows[part] for part in parts_of(word) if part in self._rows]
        self._sums[place, :-1] = self._weighted[rows].sum(axis=0)
        self._sums[place, -1] = self._squares[rows].sum()
        self._places[word] = place
        return place

    @cached_property
    def _columns(self) -> dict[str, int]:
        return {name: index for index, name in enumerate(self.names, start=1)}

    @cached_property
    def _by_place(self) -> Floats:
        """Rows stage by stage: what counts for every comment of a stage, then each name."""
        rows = np.concatenate([self.bias[:, None, :], self.by_stage], axis=1)
        return rows.reshape(-1, len(self.outcomes))

    @cached_property
    def _strengths(self) -> dict[Colour | None, Floats]:
        """By colour: the greatest weight (stage, name) of an outcome that the colour stands for."""
        within = {
            colour: [[light_at(one, stage) == colour or colour is None for one in self.outcomes] for stage in Stage]
            for colour in (*COLOURS, None)
        }
        return {
            colour: np.where(np.array(mask)[:, None, :], self.by_stage, -np.inf).max(axis=2)
            for colour, mask in within.items()
        }

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {term: index for index, term in enumerate(self.terms)}

    @cached_property
    def _weighted(self) -> Floats:
        return self.by_term * self.idf[:, None]

    @cached_property
    def _squares(self) -> Floats:
        squares: Floats = self.idf**2
        return squares

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(term for term, is_whole in zip(self.terms, self.whole.tolist(), strict=True) if is_whole)

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
        whole=vectoriser.whole_,
        idf=vectoriser.idf_.round(_DECIMALS),
        by_term=weights[end + stages :],
        text_weight=vectoriser.text_weight,
    )


def lights_of(probabilities: Floats, outcomes: tuple[Outcome, ...], period: Period | None) -> tuple[Floats, Floats]:
    """Probabilities of the three colours, and of no ground at all, from those of the outcomes (along the last axis)."""
    lights = probabilities @ _by_light(outcomes, stage_of(period))
    return lights[..., :-1], lights[..., -1]


def _stage(period: Period | None) -> int:
    return STAGES.index(stage_of(period).value)


@lru_cache(maxsize=64)
def _by_light(outcomes: tuple[Outcome, ...], stage: Stage) -> Floats:
    """A row an outcome, a column a colour and a last one for no light: 1 where the outcome stands for it."""
    lights = (*COLOURS, None)
    return np.array([[float(light_at(outcome, stage) == light) for light in lights] for outcome in outcomes])
