"""How well the judgement does on our own texts, cross-validated by author: in all, and for parts of the corpus."""

from collections.abc import Sequence
from dataclasses import dataclass

from ljuskoll.corpora.comments import Comment, corpus_fingerprint
from ljuskoll.models.features import read
from ljuskoll.models.lights import light_of
from ljuskoll.models.measures import Case, Figures, figures
from ljuskoll.models.training import cross_validate, examples_of, fit_folds
from ljuskoll.nlp.language.reading import OUTRIGHT


@dataclass(frozen=True, slots=True)
class PhraseFigures:
    """Comments that hold an outright status phrase, and the share of them whose light is the phrase's."""

    comments: int
    agreement: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """Figures of a corpus by part ("all", "hard", "easy", "T1" ...), with the corpus' fingerprint."""

    corpus: str
    parts: dict[str, Figures]
    phrases: PhraseFigures


def measure(comments: Sequence[Comment]) -> Judgement:
    """Cross-validates the model on these comments and measures it."""
    cases = cross_validate(fit_folds(examples_of(comments)))
    return Judgement(
        corpus_fingerprint(comments), {name: figures(part) for name, part in _parts(cases)}, _phrases(comments)
    )


def _parts(cases: Sequence[Case]) -> list[tuple[str, list[Case]]]:
    parts = [
        ("all", list(cases)),
        ("hard", [case for case in cases if case.comment.hard]),
        ("easy", [case for case in cases if not case.comment.hard]),
    ]
    parts += [(f"T{tertial}", [case for case in cases if case.comment.tertial == tertial]) for tertial in (1, 2, 3)]
    voices = sorted({case.comment.voice for case in cases})
    parts += [(voice, [case for case in cases if case.comment.voice == voice]) for voice in voices]
    return [(name, part) for name, part in parts if part]


def _phrases(comments: Sequence[Comment]) -> PhraseFigures:
    agreeing = []
    for one in comments:
        stated = read(one.comment, one.assignment, one.period).stated
        if stated and stated.strength == OUTRIGHT:
            agreeing.append(light_of(stated.outcome, one.period) == light_of(one.outcome, one.period))
    return PhraseFigures(len(agreeing), round(sum(agreeing) / len(agreeing), 3) if agreeing else 0.0)
