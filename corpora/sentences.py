"""Our own marked-up sentences, by which the language components are measured."""

import re
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from ljuskoll.corpora.comments import YEAR, rows_of, tertial_of
from ljuskoll.nlp.followup import Model, Outcome, Period, Tertial

SentenceSplit = Literal["dev", "test"]
PHENOMENA: Final = (
    "sentences",
    "status",
    "negation",
    "partial",
    "condition",
    "uncertainty",
    "tense",
    "time",
    "contrast",
    "subject",
    "target",
)
_TERTIALS: Final[dict[int, Tertial]] = {1: 1, 2: 2, 3: 3}
_MARK = re.compile(r"\[([^\[\]]+)\](?:\{(\w+)\})?")
_BOUNDARY = " | "
_DEFAULT_TERTIAL = 2


class Mark(Model):
    """Words at text[start:end] that carry a phenomenon of a kind."""

    kind: str
    start: int
    end: int


class MarkedSentence(Model):
    """A sentence with the marks that a component must find in it, none in a row that only tempts.

    For `status` the outcome is what it must find; for `sentences` the text has several sentences, `marks` their starts.
    """

    phenomenon: str
    text: str
    marks: tuple[Mark, ...]
    assignment: str
    period: Period
    outcome: Outcome | None


@cache
def load_sentences(split: SentenceSplit = "dev") -> tuple[MarkedSentence, ...]:
    """All marked-up sentences of a split, by phenomenon; "test" is for the evaluation alone."""
    rows = rows_of(files(__package__) / "data" / "sentences" / split)
    return tuple(
        parse_sentence(
            row["phenomenon"],
            row["sentence"],
            assignment=row.get("assignment", ""),
            tertial=tertial_of(row.get("period", _DEFAULT_TERTIAL)),
            outcome=row.get("outcome"),
        )
        for row in rows
    )


def parse_sentence(
    phenomenon: str,
    written: str,
    *,
    assignment: str = "",
    tertial: int = _DEFAULT_TERTIAL,
    outcome: str | None = None,
) -> MarkedSentence:
    """From the markup: "[words]{kind}", or " | " where a sentence begins. Raises ValueError for an unclosed mark."""
    text, marks = _boundaries(written) if phenomenon == "sentences" else _marks(phenomenon, written)
    if phenomenon != "sentences" and re.search(r"[\[\]]", text):
        raise ValueError(f"a mark is not closed: {written}")
    return MarkedSentence.model_validate(
        {
            "phenomenon": phenomenon,
            "text": text,
            "marks": marks,
            "assignment": assignment,
            "period": Period.of_tertial(YEAR, _TERTIALS[tertial]),
            "outcome": outcome,
        }
    )


def _marks(phenomenon: str, written: str) -> tuple[str, list[Mark]]:
    text, marks, last = "", [], 0
    for found in _MARK.finditer(written):
        text += written[last : found.start()]
        marks.append(Mark(kind=found[2] or phenomenon, start=len(text), end=len(text) + len(found[1])))
        text += found[1]
        last = found.end()
    return text + written[last:], marks


def _boundaries(written: str) -> tuple[str, list[Mark]]:
    """The text without bars; a mark of one character where each sentence after the first begins."""
    first, *others = written.split(_BOUNDARY)
    text, marks = first, []
    for part in others:
        text += "" if text.endswith("\n") else " "
        marks.append(Mark(kind="sentences", start=len(text), end=len(text) + 1))
        text += part
    return text, marks
