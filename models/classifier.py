"""Judging one comment: its light, how sure that is, and the sentences that carry it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from ljuskoll.models.artefact import load_artefact
from ljuskoll.models.assessment import Assessment, Evidence, Probabilities
from ljuskoll.models.clauses import Sentence
from ljuskoll.models.features import Reading, Stated, named_tags, read
from ljuskoll.models.judge import Floats, Judge, lights_of
from ljuskoll.models.lights import COLOURS, light_of
from ljuskoll.models.outcomes import softmax
from ljuskoll.nlp.followup import Colour, Outcome, Period, Phrase
from ljuskoll.nlp.language.reading import OUTRIGHT

ARTEFACT = "artefacts/comment.skops"
_SECOND_SENTENCE = 0.6
"""A second sentence is evidence too where it carries this share of what the first one does."""
_AGAINST = 0.3
"""A sentence whose removal adds at least so much to the light's log-odds speaks against it."""
_LONGEST = 20_000
"""Characters; what is longer is a document and no comment."""
_FEWEST_WORDS = 3
_KNOWN_SHARE = 0.4
"""A text of which fewer words are known is not in Swedish."""
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
        if len(comment) > _LONGEST:
            return _NOTHING_READ
        reading = read(comment, assignment, period, phrase)
        return self.assess_reading(reading) if reading.stated or self._can_read(reading) else _NOTHING_READ

    def assess_many(self, questions: Iterable[Question]) -> tuple[Assessment, ...]:
        """The same as `assess` for each question, in order."""
        return tuple(self.assess(one.comment, one.assignment, one.period, one.phrase) for one in questions)

    def assess_reading(self, reading: Reading) -> Assessment:
        """The judgement of a comment already read; the scores of its shortened versions give the evidence."""
        by_outcome = softmax(self.judge.scores(reading), self.temperature)
        lights, unclear = lights_of(by_outcome, self.judge.outcomes, reading.period)
        if unclear and _gives_ground(reading.stated):
            lights, unclear = lights / lights.sum(), 0.0
        colour = COLOURS[int(lights.argmax())]
        groundless = unclear > lights.max()
        abstained = bool(groundless or lights.max() < self.threshold)
        evidence, against = ((), ()) if abstained else self._evidence(reading, by_outcome, colour)
        return Assessment(
            colour=None if abstained else colour,
            outcome="unclear" if groundless else self._outcome_within(by_outcome, colour, reading.period),
            probabilities=_rounded(lights / lights.sum()),
            abstained=abstained,
            evidence=evidence,
            against=against,
        )

    def _can_read(self, reading: Reading) -> bool:
        """Whether there is more than a word or two, in a language that the judge has learnt."""
        words = [
            word for part in reading.parts for word in part.sentence.tokens.words if word.isalpha() and len(word) > 1
        ]
        return len(words) >= _FEWEST_WORDS and sum(map(self.judge.knows, words)) >= _KNOWN_SHARE * len(words)

    def _outcome_within(self, by_outcome: Floats, colour: Colour, period: Period | None) -> Outcome:
        """The likeliest outcome of those that this light stands for."""
        within = [index for index, outcome in enumerate(self.judge.outcomes) if light_of(outcome, period) == colour]
        return self.judge.outcomes[max(within, key=lambda index: by_outcome[index])]

    def _evidence(
        self, reading: Reading, by_outcome: Floats, colour: Colour
    ) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
        """The sentences without which the light would be least sure, in the order of the text; and one against it."""
        sentences = [part.sentence for part in reading.parts]
        if len(sentences) < 2:
            return tuple(self._quoted(reading, sentence, colour) for sentence in sentences), ()
        whole = self._support(by_outcome, colour, reading.period)
        shorter = (
            softmax(self.judge.scores(reading.without(index)), self.temperature) for index in range(len(sentences))
        )
        carried = [whole - self._support(without, colour, reading.period) for without in shorter]
        most = max(carried)
        chosen = [index for index, value in enumerate(carried) if value == most or value > _SECOND_SENTENCE * abs(most)]
        leading = sorted(sorted(chosen, key=lambda index: -carried[index])[:2])
        opposing = [index for index in [int(np.argmin(carried))] if carried[index] < -_AGAINST and index not in leading]
        return (
            tuple(self._quoted(reading, sentences[index], colour) for index in leading),
            tuple(self._quoted(reading, sentences[index], None) for index in opposing),
        )

    def _support(self, by_outcome: Floats, colour: Colour, period: Period | None) -> float:
        """Log-odds of one light against the others."""
        lights, _ = lights_of(by_outcome, self.judge.outcomes, period)
        own = float(lights[COLOURS.index(colour)] / lights.sum())
        return float(np.log(own) - np.log1p(-own)) if own < 1 else float("inf")

    def _quoted(self, reading: Reading, sentence: Sentence, colour: Colour | None) -> Evidence:
        cue = (
            reading.stated.cue if reading.stated and reading.states(sentence) else self._cue(reading, sentence, colour)
        )
        text = sentence.tokens.text[sentence.start : sentence.end]
        return Evidence(text=text, start=sentence.start, end=sentence.end, cue=cue)

    def _cue(self, reading: Reading, sentence: Sentence, colour: Colour | None) -> str:
        """The words that speak most for the light (without one: most for anything); "words" where none was seen."""
        found = dict(named_tags(sentence))
        if not found:
            return "words"
        best = max(sorted(found), key=lambda name: self._weight(name, colour, reading.period))
        spans, tag = sentence.tokens.spans, found[best]
        return sentence.tokens.text[spans[tag.first][0] : spans[tag.last - 1][1]]

    def _weight(self, name: str, colour: Colour | None, period: Period | None) -> float:
        outcomes: Sequence[Outcome] = [
            one for one in self.judge.outcomes if colour is None or light_of(one, period) == colour
        ]
        return max(self.judge.weight(name, outcome, period) for outcome in outcomes)


def _gives_ground(stated: Stated | None) -> bool:
    """Whether a status is stated outright: such a sentence is ground, whatever else the comment tells."""
    return stated is not None and stated.strength == OUTRIGHT and stated.outcome != "unclear"


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
