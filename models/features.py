"""What the judgement sees of a comment: cues, figures and dates by sentence, its words, and the status it states."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ljuskoll.models.cues import Cue, cue_data, find_cues, pattern
from ljuskoll.models.dates import find_dates
from ljuskoll.models.figures import Target, compare, find_targets, is_figure_fact
from ljuskoll.models.periods import known_year, stage_of
from ljuskoll.nlp.followup import Outcome, Period, Phrase
from ljuskoll.nlp.language.reading import OUTRIGHT
from ljuskoll.nlp.language.sentences import split_sentences
from ljuskoll.nlp.language.status import find_status, main_phrase

_DIGITS = re.compile(r"\d+(?:[ ,.]\d+)*")
_MOST = 3
"""A cue that stands in more sentences than this counts no more."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with everything seen in it; offsets are into the comment, those of `cues` into the sentence."""

    text: str
    start: int
    end: int
    cues: tuple[Cue, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """The status that a phrase states; `start` is its offset into the comment, None where it stands elsewhere."""

    outcome: Outcome
    strength: int
    cue: str
    start: int | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A comment read sentence by sentence."""

    sentences: tuple[Sentence, ...]
    period: Period | None
    stated: Stated | None = None

    def without(self, index: int) -> "Reading":
        """The same without one sentence, and without the status that it states."""
        rest = self.sentences[:index] + self.sentences[index + 1 :]
        stated = None if self.states(self.sentences[index]) else self.stated
        return replace(self, sentences=rest, stated=stated)

    def states(self, sentence: Sentence) -> bool:
        """Whether the stated status stands in this sentence."""
        return bool(
            self.stated and self.stated.start is not None and sentence.start <= self.stated.start < sentence.end
        )


def read(comment: str, assignment: str = "", period: Period | None = None, phrase: Phrase | None = None) -> Reading:
    """Reads a comment; `phrase` is a status phrase already found, in it or elsewhere."""
    targets = find_targets(assignment)
    sentences = (_sentence(comment, start, end, targets, period) for start, end in split_sentences(comment))
    return Reading(tuple(sentences), period, _stated(comment, phrase, known_year(period)))


def _stated(comment: str, phrase: Phrase | None, year: int | None) -> Stated | None:
    """The main phrase with its strength; a phrase that only the caller knows is taken to be outright."""
    spans = find_status(comment, year=year)
    main = phrase or main_phrase(spans)
    if main is None:
        return None
    for span in spans:
        if span.start == main.start and span.outcome == main.outcome:
            return Stated(main.outcome, span.strength, span.cue, main.start)
    return Stated(main.outcome, OUTRIGHT, main.text, main.start)


def _sentence(comment: str, start: int, end: int, targets: Sequence[Target], period: Period | None) -> Sentence:
    text = comment[start:end]
    facts = (*compare(text, targets), *find_dates(text, period), _tense(text))
    return Sentence(text, start, end, find_cues(text), facts)


def _tense(text: str) -> str:
    past, present = (pattern("tense", name).search(text) is not None for name in ("past", "present"))
    if past and present:
        return "tense_both"
    return "tense_past" if past else "tense_present" if present else "tense_none"


def signals(reading: Reading) -> dict[str, float]:
    """Cues, figures and dates as numbers by name; each also by itself for the stage of the year, as "name|stage"."""
    values = Counter(name for sentence in reading.sentences for name in names_of(sentence))
    found: dict[str, float] = {name: float(min(value, _MOST)) for name, value in values.items()}
    found.update(dict.fromkeys(_placed(reading.sentences), 1.0))
    stage = stage_of(reading.period).value
    return {**found, **{f"{name}|{stage}": value for name, value in found.items()}, f"stage:{stage}": 1.0}


def names_of(sentence: Sentence) -> tuple[str, ...]:
    """The kinds of cues and facts in a sentence, each once."""
    return tuple(dict.fromkeys((*(cue.kind for cue in sentence.cues), *sentence.facts)))


def _placed(sentences: Sequence[Sentence]) -> Iterator[str]:
    """Names for what stands first, last or after a word of contrast."""
    if not sentences:
        return
    yield from ("first:" + name for name in names_of(sentences[0]))
    yield from ("last:" + name for name in names_of(sentences[-1]))
    for sentence in sentences:
        yield from ("turn:" + name for name in _turned(sentence))
    figures = [fact for sentence in sentences for fact in sentence.facts if is_figure_fact(fact)]
    if figures:
        yield from ("first_figure:" + figures[0], "last_figure:" + figures[-1])


def _turned(sentence: Sentence) -> Iterator[str]:
    turn = next((cue for cue in sentence.cues if cue.kind == "contrast"), None)
    if turn:
        word = sentence.text[turn.start : turn.end].lower()
        begin = turn.end if word in cue_data()["turn"]["after"] else 0
        yield from (cue.kind for cue in sentence.cues if cue.kind != "contrast" and cue.start >= begin)


def words(reading: Reading) -> str:
    """The comment's words for counting: lower case, figures as 0."""
    return " ".join(_DIGITS.sub("0", sentence.text.lower()) for sentence in reading.sentences)
