"""How well each language component finds its phenomenon in marked-up sentences: precision and recall of spans."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ljuskoll.corpora.sentences import PHENOMENA, Mark, MarkedSentence
from ljuskoll.nlp.language.assertion import find_assertion
from ljuskoll.nlp.language.contrast import find_contrast
from ljuskoll.nlp.language.phrases import Tag, Tokens, tokenise
from ljuskoll.nlp.language.sentences import split_sentences
from ljuskoll.nlp.language.status import find_status, main_phrase
from ljuskoll.nlp.language.targets import find_targets
from ljuskoll.nlp.language.tense import find_tense
from ljuskoll.nlp.language.times import find_times
from ljuskoll.nlp.language.topic import find_topic

_BULLET = 4
"""A sentence may be found to begin so many characters later than marked: bullets and numbers stand outside."""


@dataclass(frozen=True, slots=True)
class ComponentFigures:
    """What was found of the marks, and which share of what was found is right; 1 of nothing."""

    rows: int
    precision: float
    recall: float


@dataclass(frozen=True, slots=True)
class Mistakes:
    """How many marks a sentence has and how many findings, and those that were missed or are false."""

    sentence: MarkedSentence
    marks: int
    found: int
    missed: tuple[Mark, ...]
    false: tuple[Mark, ...]


def measure_components(sentences: Sequence[MarkedSentence]) -> dict[str, ComponentFigures]:
    """Figures of each component that has sentences."""
    by_phenomenon = {name: [one for one in sentences if one.phenomenon == name] for name in PHENOMENA}
    return {name: _figures(rows) for name, rows in by_phenomenon.items() if rows}


def mistakes_in(sentence: MarkedSentence) -> Mistakes:
    """What the component of the sentence's phenomenon gets wrong in it."""
    wanted, found = _wanted(sentence), _FINDERS[sentence.phenomenon](sentence)
    missed = tuple(mark for mark in wanted if not any(_agree(mark, other) for other in found))
    false = tuple(mark for mark in found if not any(_agree(mark, other) for other in wanted))
    return Mistakes(sentence, len(wanted), len(found), missed, false)


def _figures(sentences: Sequence[MarkedSentence]) -> ComponentFigures:
    rows = [mistakes_in(sentence) for sentence in sentences]
    marks, found = sum(row.marks for row in rows), sum(row.found for row in rows)
    missed, false = sum(len(row.missed) for row in rows), sum(len(row.false) for row in rows)
    precision = 1 - false / found if found else 1.0
    return ComponentFigures(len(rows), round(precision, 3), round(1 - missed / marks if marks else 1.0, 3))


def _wanted(sentence: MarkedSentence) -> Sequence[Mark]:
    if sentence.phenomenon == "status":
        return [Mark(kind=sentence.outcome, start=0, end=len(sentence.text))] if sentence.outcome else []
    return sentence.marks


def _agree(one: Mark, other: Mark) -> bool:
    return one.kind == other.kind and one.start < other.end and other.start < one.end


def _spans(tags: Iterable[Tag], tokens: Tokens, kinds: tuple[str, ...]) -> list[Mark]:
    spans = tokens.spans
    return [
        Mark(kind=tag.kind, start=spans[tag.first][0], end=spans[tag.last - 1][1]) for tag in tags if tag.kind in kinds
    ]


def _assertion(sentence: MarkedSentence) -> list[Mark]:
    tokens = tokenise(sentence.text)
    return _spans(find_assertion(tokens), tokens, (sentence.phenomenon,))


def _tense(sentence: MarkedSentence) -> list[Mark]:
    tokens = tokenise(sentence.text)
    return _spans(find_tense(tokens), tokens, ("forecast", "outcome"))


def _time(sentence: MarkedSentence) -> list[Mark]:
    tokens = tokenise(sentence.text)
    return _spans(find_times(tokens, sentence.period), tokens, ("this_year", "next_year", "earlier_year"))


def _contrast(sentence: MarkedSentence) -> list[Mark]:
    tokens = tokenise(sentence.text)
    return _spans(find_contrast(tokens), tokens, ("contrast",))


def _subject(sentence: MarkedSentence) -> list[Mark]:
    tokens = tokenise(sentence.text)
    return _spans(find_topic(tokens), tokens, ("whole", "part"))


def _target(sentence: MarkedSentence) -> list[Mark]:
    tokens = tokenise(sentence.text)
    return _spans(find_targets(tokens, sentence.assignment, sentence.period.year), tokens, ("met", "missed"))


def _status(sentence: MarkedSentence) -> list[Mark]:
    phrase = main_phrase(find_status(sentence.text, year=sentence.period.year, title=sentence.assignment))
    return [Mark(kind=phrase.outcome, start=0, end=len(sentence.text))] if phrase else []


def _sentences(sentence: MarkedSentence) -> list[Mark]:
    starts = [start for start, _ in split_sentences(sentence.text)][1:]
    return [Mark(kind="sentences", start=max(0, start - _BULLET), end=start + 1) for start in starts]


_FINDERS: dict[str, Callable[[MarkedSentence], list[Mark]]] = {
    "sentences": _sentences,
    "status": _status,
    "negation": _assertion,
    "partial": _assertion,
    "condition": _assertion,
    "uncertainty": _assertion,
    "tense": _tense,
    "time": _time,
    "contrast": _contrast,
    "subject": _subject,
    "target": _target,
}
