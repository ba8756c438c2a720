"""How well persons' names are masked: on our own sentences, in which they are marked."""

import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files
from typing import NamedTuple

from ljuskoll.corpora.sentences import Mark, MarkedSentence
from ljuskoll.nlp.followup import Model
from ljuskoll.service.masking.measured import NameFigures
from ljuskoll.service.masking.names import find_names

_WORD = re.compile(r"\w+")


class NameMistakes(NamedTuple):
    """What is wrong with one sentence: names that can be read, wholly or in part, and stretches that are no names."""

    found: int
    missed: tuple[Mark, ...]
    false: tuple[tuple[int, int], ...]


def measure_names(sentences: Iterable[MarkedSentence]) -> NameFigures:
    """The figures of all sentences together."""
    rows = [(sentence, name_mistakes(sentence)) for sentence in sentences]
    names = sum(len(sentence.marks) for sentence, _ in rows)
    return NameFigures(
        sentences=len(rows),
        names=names,
        masked=names - sum(len(mistakes.missed) for _, mistakes in rows),
        found=sum(mistakes.found for _, mistakes in rows),
        false=sum(len(mistakes.false) for _, mistakes in rows),
    )


def name_mistakes(sentence: MarkedSentence) -> NameMistakes:
    """What is masked wrongly in a sentence: a name counts as masked if every word of it is."""
    spans = list(find_names(sentence.text))
    missed = (mark for mark in sentence.marks if not _covers(spans, sentence.text, (mark.start, mark.end)))
    marks = [(mark.start, mark.end) for mark in sentence.marks]
    false = (span for span in spans if not _covers(marks, sentence.text, span))
    return NameMistakes(len(spans), tuple(missed), tuple(false))


class MaskingFloors(Model):
    """The least share of names that must be masked, and of masked stretches that must be names."""

    recall: float
    precision: float


def load_masking_floors() -> MaskingFloors:
    """The pinned floors of the masking on the test split."""
    text = (files("ljuskoll.evaluation") / "floors.toml").read_text(encoding="utf-8")
    return MaskingFloors.model_validate(tomllib.loads(text)["masking"])


def masking_failures(measured: NameFigures, floors: MaskingFloors) -> tuple[str, ...]:
    """What does not pass, in words; empty where all does."""
    least = (
        ("maskade namn", measured.recall, floors.recall),
        ("precision för maskade namn", measured.precision, floors.precision),
    )
    return tuple(f"{name}: {value:.3f}, golvet är {floor}" for name, value, floor in least if value < floor)


def _covers(spans: Iterable[tuple[int, int]], text: str, stretch: tuple[int, int]) -> bool:
    """Whether each word of text[start:end] lies in one of the spans."""
    words = (word.span() for word in _WORD.finditer(text, *stretch))
    return all(any(first <= start and end <= last for first, last in spans) for start, end in words)
