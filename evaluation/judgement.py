"""How well the shipped judgement does on texts that nothing was learnt from or chosen by: the test split."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ljuskoll.corpora.comments import Comment, corpus_fingerprint
from ljuskoll.corpora.contrasts import InvarianceGroup, MinimalPair, Side
from ljuskoll.models.assessment import Assessment
from ljuskoll.models.classifier import Classifier
from ljuskoll.models.lights import light_of
from ljuskoll.models.measures import Case, Figures, figures

ALL = "all"
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Share:
    """So many right of so many."""

    right: int
    of: int

    @property
    def value(self) -> float:
        """The share, to three decimals; 0 of nothing."""
        return round(self.right / self.of, 3) if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """Figures by part ("all", "hard", "T1", an outcome, a phenomenon, a voice ...), and shares by phenomenon or change.

    `pairs`: both sides get their light; `invariance`: all variants get the same verdict; `faithfulness`: without its
    evidence a comment gets another verdict. `cases` are the judgements themselves.
    """

    corpus: str
    parts: dict[str, Figures]
    pairs: dict[str, Share]
    invariance: dict[str, Share]
    faithfulness: Share
    cases: tuple[Case, ...]


def measure(
    classifier: Classifier,
    comments: Sequence[Comment],
    pairs: Sequence[MinimalPair],
    groups: Sequence[InvarianceGroup],
) -> Judgement:
    """Judges everything and counts."""
    cases = tuple(Case(one, classifier.assess(one.comment, one.assignment, one.period)) for one in comments)
    return Judgement(
        corpus=corpus_fingerprint(comments, pairs, groups),
        parts={name: figures(part) for name, part in _parts(cases)},
        pairs=_shares(pairs, lambda pair: pair.phenomenon, lambda pair: _both_right(classifier, pair)),
        invariance=_shares(groups, lambda group: group.change, lambda group: _steady(classifier, group)),
        faithfulness=_faithfulness(classifier, cases),
        cases=cases,
    )


def _parts(cases: Sequence[Case]) -> list[tuple[str, list[Case]]]:
    parts = [
        (ALL, list(cases)),
        ("hard", [case for case in cases if case.comment.hard]),
        ("easy", [case for case in cases if not case.comment.hard]),
    ]
    for key in (_tertial, _phenomenon, _voice):
        names = sorted({key(case) for case in cases})
        parts += [(name, [case for case in cases if key(case) == name]) for name in names if name]
    return [(name, part) for name, part in parts if part]


def _tertial(case: Case) -> str:
    return f"T{case.comment.tertial}"


def _phenomenon(case: Case) -> str:
    return case.comment.phenomenon or ""


def _voice(case: Case) -> str:
    return case.comment.voice


def _shares(
    items: Iterable[_Item], group_of: Callable[[_Item], str], is_right: Callable[[_Item], bool]
) -> dict[str, Share]:
    """The share of right ones in all and by group."""
    right: dict[str, list[bool]] = {ALL: []}
    for item in items:
        verdict = is_right(item)
        right[ALL].append(verdict)
        right.setdefault(group_of(item), []).append(verdict)
    return {name: Share(sum(values), len(values)) for name, values in right.items()}


def _both_right(classifier: Classifier, pair: MinimalPair) -> bool:
    return all(
        classifier.assess(side.comment, side.assignment, side.period).colour == gold_of(side)
        for side in (pair.a, pair.b)
    )


def gold_of(side: Side) -> str | None:
    """The light that a side's text supports."""
    return light_of(side.outcome, side.period)


def _steady(classifier: Classifier, group: InvarianceGroup) -> bool:
    """Whether all variants get one and the same verdict (a light, or none)."""
    return len({classifier.assess(one.comment, one.assignment, one.period).colour for one in group.variants}) == 1


def _faithfulness(classifier: Classifier, cases: Sequence[Case]) -> Share:
    """Of the comments with a light and something beside its evidence: those whose verdict changes without it."""
    tried = changed = 0
    for case in cases:
        rest = _without_evidence(case.comment.comment, case.assessment)
        if case.assessment.colour and rest:
            tried += 1
            again = classifier.assess(rest, case.comment.assignment, case.comment.period)
            changed += again.colour != case.assessment.colour
    return Share(changed, tried)


def _without_evidence(text: str, assessment: Assessment) -> str:
    for evidence in sorted(assessment.evidence, key=lambda one: -one.start):
        text = text[: evidence.start] + text[evidence.end :]
    return " ".join(text.split())
