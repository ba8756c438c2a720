"""One municipality's own habits on top of the shipped judgement: its scale, and the words that tell there."""

import hashlib
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from pydantic import ValidationError

from ljuskoll.models.features import Part, Reading
from ljuskoll.models.judge import Floats
from ljuskoll.models.lights import COLOURS
from ljuskoll.models.outcomes import softmax
from ljuskoll.nlp.errors import UsageError
from ljuskoll.nlp.followup import Colour, Model, Outcome, Period
from ljuskoll.nlp.language.phrases import is_word, words_in
from ljuskoll.nlp.language.stages import Stage, stage_of

FILE: Final = "adaptation.json"
STAGES: Final = tuple(Stage)
LEAST: Final = 0.005
"""An outcome is taken to be at least so probable: what the judge rules out may yet be a habit of the place."""
WORD_WEIGHT: Final = 4.0
"""The length of the words' part of a row, in which each counts by its inverse document frequency."""


class Adaptation(Model):
    """Weights learnt from a municipality's declared lights; the last axis of every table is the colour.

    `by_outcome` (outcome, colour) counts for the logarithm of each outcome's probability, `by_stage` (stage, outcome,
    colour) for the probability itself at a stage of the year, `bias` (stage, colour); `by_term` (term, colour) what
    each of `terms`, a word or two, adds, times its `idf`. `judge` is the fingerprint of the judge that it was learnt
    beside.
    """

    judge: str
    outcomes: tuple[Outcome, ...]
    by_outcome: tuple[tuple[float, ...], ...]
    by_stage: tuple[tuple[tuple[float, ...], ...], ...]
    bias: tuple[tuple[float, ...], ...]
    terms: tuple[str, ...]
    idf: tuple[float, ...]
    by_term: tuple[tuple[float, ...], ...]

    def lights(self, by_outcome: Floats, none: Floats, versions: Sequence[Reading]) -> tuple[Floats, Floats]:
        """Probabilities of the three colours (version, colour), and of no ground (version,), as they are read here.

        `by_outcome` (version, outcome) and `none` (version,) are the shipped judge's. Words that tell here are ground.
        """
        stage = STAGES.index(stage_of(versions[0].period))
        known = self._known(by_outcome, stage)
        told = np.stack([self._told(one) for one in versions])
        ground = np.log(np.maximum(1 - none, LEAST))[:, None] + np.log(softmax(known, 1.0)) + told
        shares = softmax(np.hstack([ground, np.log(np.maximum(none, LEAST))[:, None]]), 1.0)
        return shares[:, :-1], shares[:, -1]

    def likeliest(self, by_outcome: Floats, colour: Colour, period: Period | None) -> Outcome:
        """The outcome that best explains this colour here, of those that are ground."""
        column, stage = COLOURS.index(colour), STAGES.index(stage_of(period))
        fits = np.log(np.maximum(by_outcome, LEAST)) + self._by_stage[stage][:, column]
        order = np.argsort(-fits, kind="stable")
        return next(self.outcomes[index] for index in order if self.outcomes[index] != "unclear")

    def knows(self, word: str) -> bool:
        """Whether this word tells something here."""
        return word in self._rows

    def _known(self, by_outcome: Floats, stage: int) -> Floats:
        """Log-odds (version, colour) from the shipped judge's probabilities, by the scale of the place."""
        known: Floats = (
            logarithms(by_outcome) @ self._by_outcome + by_outcome @ self._by_stage[stage] + np.array(self.bias[stage])
        )
        return known

    def _told(self, reading: Reading) -> Floats:
        """What the words add (colour,)."""
        rows = sorted(self._rows[term] for term in terms_of(reading.parts) if term in self._rows)
        if not rows:
            return np.zeros(len(COLOURS))
        idf = self._idf[rows]
        told: Floats = (idf @ self._by_term[rows]) * (WORD_WEIGHT / np.sqrt(idf @ idf))
        return told

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {term: row for row, term in enumerate(self.terms)}

    @cached_property
    def _by_outcome(self) -> Floats:
        return np.array(self.by_outcome)

    @cached_property
    def _by_stage(self) -> Floats:
        return np.array(self.by_stage)

    @cached_property
    def _idf(self) -> Floats:
        return np.array(self.idf)

    @cached_property
    def _by_term(self) -> Floats:
        return np.array(self.by_term).reshape(-1, len(COLOURS))


class Adaptations(Model):
    """A file of adaptations by municipality ("" where documents name none)."""

    municipalities: dict[str, Adaptation]

    def of(self, municipality: str | None) -> Adaptation | None:
        """That of this municipality, if there is one."""
        return self.municipalities.get(municipality or "")

    @property
    def only(self) -> str | None:
        """The municipality, if there is but one."""
        return next(iter(self.municipalities)) if len(self.municipalities) == 1 else None

    @cached_property
    def fingerprint(self) -> str:
        """sha256 of all of it."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


def logarithms(by_outcome: Floats) -> Floats:
    """Logarithms of probabilities by row, their mean taken away."""
    found = np.log(np.maximum(by_outcome, LEAST))
    centred: Floats = found - found.mean(axis=-1, keepdims=True)
    return centred


def terms_of(parts: Iterable[Part]) -> frozenset[str]:
    """The words of some sentences, and each two that stand side by side."""
    found: set[str] = set()
    for part in parts:
        text = part.sentence.tokens.text[part.sentence.start : part.sentence.end]
        words = [word for word in words_in(text) if is_word(word)]
        found.update(words)
        found.update(map(" ".join, pairwise(words)))
    return frozenset(found)


def load_adaptations(file: Path) -> Adaptations:
    """The adaptations of a file. Raises UsageError where it is none."""
    try:
        return Adaptations.model_validate_json(file.read_bytes())
    except (OSError, ValidationError) as error:
        raise UsageError(f"{file}: ingen anpassning från ljuskoll train --archive ({type(error).__name__}).") from error
