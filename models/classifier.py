"""Judging one comment: its light, how sure that is, and the sentences that carry it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from ljuskoll.models.artefact import load_artefact
from ljuskoll.models.assessment import Assessment, Evidence, Probabilities
from ljuskoll.models.features import Reading, Sentence, names_of, read
from ljuskoll.models.judge import Floats, Judge, lights_of, softmax
from ljuskoll.models.lights import COLOURS, light_of
from ljuskoll.models.periods import stage_of
from ljuskoll.nlp.followup import Colour, Outcome, Period, Phrase

ARTEFACT = "artefacts/comment.skops"
_SECOND_SENTENCE = 0.6
"""A second sentence is evidence too where it carries this share of what the first one does."""
_THOUSAND = 1000
_NOTHING_READ = Assessment(
    colour=None, outcome="unclear", probabilities=Probabilities(green=0.334, yellow=0.333, red=0.333), abstained=True
)


@dataclass(frozen=True, slots=True)
class Question:
    """One comment to judge, with what is known about it (as the arguments of `Classifier.assess`)."""

    comment: str
    assignment: str = ""
    period: Period | None = None
    phrase: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Classifier:
    """A judge with its calibration: `threshold` is the least probability at which a light is shown."""

    judge: Judge
    temperature: float
    threshold: float
    fingerprint: str = ""

    def assess(
        self, comment: str, assignment: str = "", period: Period | None = None, phrase: Phrase | None = None
    ) -> Assessment:
        """The light that the comment supports; `phrase` is a status phrase already found, else one is looked for."""
        reading = read(comment, assignment, period, phrase)
        return self.assess_reading(reading) if reading.sentences or reading.stated else _NOTHING_READ

    def assess_many(self, questions: Iterable[Question]) -> tuple[Assessment, ...]:
        """The same as `assess` for each question, in order."""
        return tuple(self.assess(one.comment, one.assignment, one.period, one.phrase) for one in questions)

    def assess_reading(self, reading: Reading) -> Assessment:
        """The judgement of a comment already read; the scores of its shortened versions give the evidence."""
        shorter = [reading.without(index) for index in range(len(reading.sentences))]
        scores = self.judge.scores([reading, *shorter])
        by_outcome = softmax(scores[0], self.temperature)
        lights, unclear = lights_of(by_outcome, self.judge.outcomes, reading.period)
        colour = COLOURS[int(lights.argmax())]
        groundless = unclear > lights.max()
        abstained = bool(groundless or lights.max() < self.threshold)
        return Assessment(
            colour=None if abstained else colour,
            outcome="unclear" if groundless else self._outcome_within(by_outcome, colour, reading.period),
            probabilities=_rounded(lights / lights.sum()),
            abstained=abstained,
            evidence=() if abstained else self._evidence(reading, scores, colour),
        )

    def _outcome_within(self, by_outcome: Floats, colour: Colour, period: Period | None) -> Outcome:
        """The likeliest outcome of those that this light stands for."""
        within = [index for index, outcome in enumerate(self.judge.outcomes) if light_of(outcome, period) == colour]
        return self.judge.outcomes[max(within, key=lambda index: by_outcome[index])]

    def _evidence(self, reading: Reading, scores: Floats, colour: Colour) -> tuple[Evidence, ...]:
        """The sentences without which the light would be least sure, in the order of the text."""
        if not reading.sentences:
            return ()
        support = [self._support(row, colour, reading.period) for row in scores]
        carried = [support[0] - without for without in support[1:]]
        most = max(carried)
        chosen = [index for index, value in enumerate(carried) if value == most or value > _SECOND_SENTENCE * abs(most)]
        leading = sorted(sorted(chosen, key=lambda index: -carried[index])[:2])
        return tuple(self._quoted(reading, reading.sentences[index], colour) for index in leading)

    def _support(self, scores: Floats, colour: Colour, period: Period | None) -> float:
        """Log-odds of one light against the others."""
        lights, _ = lights_of(softmax(scores, self.temperature), self.judge.outcomes, period)
        own = float(lights[COLOURS.index(colour)] / lights.sum())
        return float(np.log(own) - np.log1p(-own)) if own < 1 else float("inf")

    def _quoted(self, reading: Reading, sentence: Sentence, colour: Colour) -> Evidence:
        cue = (
            reading.stated.cue if reading.stated and reading.states(sentence) else self._cue(reading, sentence, colour)
        )
        return Evidence(text=sentence.text, start=sentence.start, end=sentence.end, cue=cue)

    def _cue(self, reading: Reading, sentence: Sentence, colour: Colour) -> str:
        """The words, or else the name of the figure or date, that speak most for the light; "words" if none does."""
        names = names_of(sentence)
        if not names:
            return "words"
        best = max(names, key=lambda name: self._weight(name, colour, reading.period))
        return next((sentence.text[cue.start : cue.end] for cue in sentence.cues if cue.kind == best), best)

    def _weight(self, name: str, colour: Colour, period: Period | None) -> float:
        outcomes: Sequence[Outcome] = [one for one in self.judge.outcomes if light_of(one, period) == colour]
        variants = (name, f"{name}|{stage_of(period).value}")
        return max(sum(self.judge.weight(variant, outcome) for variant in variants) for outcome in outcomes)


def _rounded(lights: Floats) -> Probabilities:
    """Three decimals that sum to one: what rounding loses goes to the greatest remainders."""
    exact = lights * _THOUSAND
    whole = np.floor(exact).astype(int)
    for index in np.argsort(whole - exact, kind="stable")[: _THOUSAND - int(whole.sum())]:
        whole[index] += 1
    return Probabilities(**{colour: int(value) / _THOUSAND for colour, value in zip(COLOURS, whole, strict=True)})


@cache
def load_classifier() -> Classifier:
    """The shipped classifier, loaded once."""
    artefact = load_artefact((files(__package__) / ARTEFACT).read_bytes())
    return Classifier(artefact.judge, artefact.temperature, artefact.threshold, artefact.fingerprint)
