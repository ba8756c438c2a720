"""Judging one comment: its light, how sure that is, and the sentences that carry it."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import accumulate, islice

import numpy as np

from ljuskoll.models.adaptation import Adaptation
from ljuskoll.models.artefact import load_artefact
from ljuskoll.models.assessment import Assessment, Evidence, Probabilities
from ljuskoll.models.careful import Careful, load_careful
from ljuskoll.models.clauses import Sentence
from ljuskoll.models.features import Reading, Stated, named_tags, read
from ljuskoll.models.judge import Floats, Judge, lights_of
from ljuskoll.models.lights import COLOURS, light_of
from ljuskoll.models.outcomes import softmax
from ljuskoll.nlp.errors import UsageError
from ljuskoll.nlp.followup import Colour, Outcome, Period, Phrase
from ljuskoll.nlp.language.reading import OUTRIGHT

ARTEFACT = "artefacts/comment.skops"
CAREFUL = "artefacts/careful"
_MOST_EVIDENCE = 3
"""So many sentences are quoted at most."""
_TELLING = 0.3
"""So much of the light's log-odds tells: a sentence whose removal adds it speaks against it, and less lacks nothing."""
AT_ONCE = 256
"""Comments that are scored together."""
_LONGEST = 20_000
"""Characters; what is longer is a document and no comment."""
_FEWEST_WORDS = 3
_KNOWN_SHARE = 0.4
"""A text of which fewer words are known is not in Swedish."""
_THOUSAND = 1000
_TINY = 1e-15
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
    """A judge with its calibration: `threshold` is the least probability at which a light is shown.

    With `careful` a second judge is asked where the first is unsure; with `adaptation` a municipality's habits count.
    """

    judge: Judge
    temperature: float
    threshold: float
    fingerprint: str = ""
    careful: Careful | None = None
    adaptation: Adaptation | None = None

    def adapted(self, adaptation: Adaptation | None) -> "Classifier":
        """The same with a municipality's own habits. Raises UsageError if learnt beside another classifier."""
        if adaptation and adaptation.judge != self.fingerprint:
            raise UsageError("Anpassningen hör till en annan modell. Kör ljuskoll train --archive på nytt.")
        return replace(self, adaptation=adaptation)

    def assess(
        self, comment: str, assignment: str = "", period: Period | None = None, phrase: Phrase | None = None
    ) -> Assessment:
        """The light that the comment supports; `phrase` is a status phrase already found, else one is looked for."""
        return self.assess_many((Question(comment, assignment, period, phrase),))[0]

    def assess_many(self, questions: Iterable[Question]) -> tuple[Assessment, ...]:
        """The same as `assess` for each question, in order."""
        waiting, found = iter(questions), []
        while some := tuple(islice(waiting, AT_ONCE)):
            readings = [self.reading_of(one.comment, one.assignment, one.period, one.phrase) for one in some]
            judged = iter(self.assess_readings([one for one in readings if one]))
            found += [next(judged) if one else _NOTHING_READ for one in readings]
        return tuple(found)

    def assess_readings(self, readings: Sequence[Reading]) -> list[Assessment]:
        """The judgements of comments already read; the scores of their shortened versions give the evidence."""
        return [self._assessed(some, by_outcome) for some, by_outcome in self._weighed(readings)]

    def by_outcome(self, readings: Sequence[Reading]) -> list[Floats]:
        """Probabilities (outcome,) of each comment, before any adaptation."""
        return [by_outcome[0] for _, by_outcome in self._weighed(readings)]

    def _weighed(self, readings: Sequence[Reading]) -> Iterator[tuple[tuple[Reading, ...], Floats]]:
        """The versions of each comment, the whole first, and their probabilities (version, outcome)."""
        versions = [(one, *one.shortened()) for one in readings]
        scores = self.judge.scores([one for some in versions for one in some])
        ends = accumulate(map(len, versions))
        parts = [scores[end - len(some) : end] for some, end in zip(versions, ends, strict=True)]
        if self.careful is None or len(readings) == 1:
            yield from zip(versions, map(self._by_outcome, readings, parts), strict=True)
            return
        self.careful.load()
        with ThreadPoolExecutor(os.cpu_count()) as pool:  # the encoder runs outside Python's lock
            yield from zip(versions, pool.map(self._by_outcome, readings, parts), strict=True)

    def _by_outcome(self, reading: Reading, scores: Floats) -> Floats:
        """Probabilities (version, outcome) by the judge's log-odds, and where those are unsure by both judges."""
        by_outcome, outcomes = softmax(scores, self.temperature), self.judge.outcomes
        if self.careful is None or self.careful.is_clear(by_outcome[0], outcomes, reading.period):
            return by_outcome
        return self.careful.by_outcome(reading, scores, outcomes)

    def _assessed(self, versions: Sequence[Reading], by_outcome: Floats) -> Assessment:
        """The judgement of a comment; its versions are the whole and, row by row, it without a sentence in turn."""
        reading = versions[0]
        by_light, by_none = lights_of(by_outcome, self.judge.outcomes, reading.period)
        if self.adaptation:
            by_light, by_none = self.adaptation.lights(by_outcome, by_none, versions)
        lights, unclear = by_light[0].tolist(), float(by_none[0])
        if _gives_ground(reading.stated):
            lights, unclear = [one / (1 - unclear) for one in lights], 0.0
        best = max(lights)
        colour = COLOURS[lights.index(best)]
        abstained = best < max(unclear, self.threshold)
        evidence, against = ((), ()) if abstained else self._evidence(reading, by_light, colour)
        return Assessment(
            colour=None if abstained else colour,
            outcome="unclear" if best < unclear else self._outcome_within(by_outcome[0], colour, reading.period),
            probabilities=_rounded(lights),
            abstained=abstained,
            evidence=evidence,
            against=against,
        )

    def reading_of(
        self, comment: str, assignment: str = "", period: Period | None = None, phrase: Phrase | None = None
    ) -> Reading | None:
        """The comment read; None where it is no comment, or none in a language that the judge has learnt."""
        if len(comment) > _LONGEST:
            return None
        reading = read(comment, assignment, period, phrase)
        return reading if reading.stated or self._can_read(reading) else None

    def _can_read(self, reading: Reading) -> bool:
        """Whether there is more than a word or two, in a language that the judge has learnt."""
        words = [
            word for part in reading.parts for word in part.sentence.tokens.words if word.isalpha() and len(word) > 1
        ]
        return len(words) >= _FEWEST_WORDS and sum(map(self._knows, words)) >= _KNOWN_SHARE * len(words)

    def _knows(self, word: str) -> bool:
        return self.judge.knows(word) or bool(self.adaptation and self.adaptation.knows(word))

    def _outcome_within(self, by_outcome: Floats, colour: Colour, period: Period | None) -> Outcome:
        """The likeliest outcome of those that this light stands for."""
        if self.adaptation:
            return self.adaptation.likeliest(by_outcome, colour, period)
        within = [index for index, outcome in enumerate(self.judge.outcomes) if light_of(outcome, period) == colour]
        return self.judge.outcomes[max(within, key=lambda index: by_outcome[index])]

    def _evidence(
        self, reading: Reading, by_light: Floats, colour: Colour
    ) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
        """As few sentences as, added up, carry the light, in the order of the text; and one against it.

        `by_light` (version, colour): probabilities of the whole comment, and of it without a sentence in turn.
        """
        if len(reading.parts) < 2:
            return tuple(self._quoted(reading, part.sentence, colour) for part in reading.parts), ()
        sentences = [reading.parts[index].sentence for index in reading.left_out]
        whole, *shorter = _support(by_light, colour)
        carried = [whole - without for without in shorter]
        by_weight = sorted(range(len(carried)), key=lambda index: -carried[index])
        before = accumulate((carried[index] for index in by_weight), initial=0.0)
        leading = sorted(
            index
            for index, sum_before in zip(by_weight[:_MOST_EVIDENCE], before, strict=False)
            if index == by_weight[0] or (carried[index] > 0 and whole - sum_before > _TELLING)
        )
        opposing = [index for index in [int(np.argmin(carried))] if carried[index] < -_TELLING and index not in leading]
        return (
            tuple(self._quoted(reading, sentences[index], colour) for index in leading),
            tuple(self._quoted(reading, sentences[index], None) for index in opposing),
        )

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
        best = max(sorted(found), key=lambda name: self.judge.strength(name, colour, reading.period))
        return sentence.tokens.quoted(found[best])


def _support(by_light: Floats, colour: Colour) -> list[float]:
    """Log-odds of one light against the others, by row."""
    own = by_light[:, COLOURS.index(colour)]
    odds: list[float] = np.log(own / np.maximum(by_light.sum(axis=1) - own, _TINY)).tolist()
    return odds


def _gives_ground(stated: Stated | None) -> bool:
    """Whether a status is stated outright: such a sentence is ground, whatever else the comment tells."""
    return stated is not None and stated.strength == OUTRIGHT and stated.outcome != "unclear"


def _rounded(lights: Sequence[float]) -> Probabilities:
    """Three decimals that sum to one: what rounding loses goes to the greatest remainders."""
    exact = [one * _THOUSAND / sum(lights) for one in lights]
    whole = [int(one) for one in exact]
    by_remainder = sorted(range(len(whole)), key=lambda index: whole[index] - exact[index])
    for index in by_remainder[: _THOUSAND - sum(whole)]:
        whole[index] += 1
    return Probabilities(**{colour: value / _THOUSAND for colour, value in zip(COLOURS, whole, strict=True)})


def load_classifier(fast: bool = False) -> Classifier:
    """The shipped classifier, loaded once: with the careful judge where it is installed, or the `fast` one alone."""
    return _fast() if fast else _careful()


@cache
def _careful() -> Classifier:
    alone, careful = _fast(), load_careful(files(__package__) / CAREFUL)
    if careful is None:
        return alone
    both = hashlib.sha256(f"{alone.fingerprint} {careful.fingerprint}".encode()).hexdigest()
    return replace(alone, fingerprint=both, careful=careful)


@cache
def _fast() -> Classifier:
    artefact = load_artefact((files(__package__) / ARTEFACT).read_bytes())
    return Classifier(artefact.judge, artefact.temperature, artefact.threshold, artefact.fingerprint)
