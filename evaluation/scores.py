"""Learning how probably a reader agrees with a finding: from the archives of the dev split and from judged comments."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from ljuskoll.corpora.comments import Comment, load_comments
from ljuskoll.evaluation.contradictions import Checked
from ljuskoll.models.judging import SHIPPED
from ljuskoll.models.lights import light_of
from ljuskoll.nlp.followup import Colour, Declared, FollowUp
from ljuskoll.nlp.language.status import find_status, main_phrase
from ljuskoll.service.consistency import declared_vs_comment, declared_vs_phrase
from ljuskoll.service.consistency.checks import find_cases
from ljuskoll.service.consistency.finding import Case
from ljuskoll.service.consistency.material import Material
from ljuskoll.service.consistency.scoring import INTERCEPT, RECOGNISED
from ljuskoll.service.judgement import judge
from ljuskoll.service.record import Record, Source

WRONG_LIGHTS = {"opposite": 0.08, "one_step": 0.04}
"""How often a light is taken to be wrong, where comments are given every light in turn."""
RECOGNISED_WEIGHT = -0.6
"""Not learnt, as the archives hold no scans: what a text that was recognised from a picture is less sure by."""
STAND_INS = {"lacks_status": "lacks_comment", "document_lacks_status": "", "document_lacks_comment": ""}
"""Checks of which the archives hold no example, and the one that is most like each."""
PRIOR = 0.5
"""The weight of one right and one wrong finding that each check is taken to have beside those seen."""
STRENGTH = 1.0
"""The inverse strength of the penalty on weights."""


@dataclass(frozen=True, slots=True)
class Example:
    """One case of a check, whether a reader agrees with it, and how much it counts; `group` is where it is from."""

    check: str
    features: dict[str, float]
    right: bool
    weight: float
    group: str


def learn_scores(examples: Sequence[Example]) -> dict[str, dict[str, float]]:
    """For each check the intercept and weights of a logistic model, in log-odds.

    A check without examples has the score of its stand-in, or even odds.
    """
    seen = sorted({example.check for example in examples})
    learnt = {check: _learnt([one for one in examples if one.check == check]) for check in seen}
    even = {INTERCEPT: 0.0, RECOGNISED: RECOGNISED_WEIGHT}
    return {**{check: learnt.get(other, even) for check, other in STAND_INS.items()}, **learnt}


def _learnt(examples: Sequence[Example]) -> dict[str, float]:
    names = sorted({name for one in examples for name in one.features if name != RECOGNISED})
    rows = np.array([[one.features.get(name, 0.0) for name in names] for one in examples]).reshape(len(examples), -1)
    weights = np.array([one.weight for one in examples])
    mean = np.average(rows, axis=0, weights=weights) if names else np.zeros(0)
    rows = np.vstack([rows, mean, mean])
    right = np.array([*(one.right for one in examples), True, False])
    if not names:
        rows = np.zeros((len(right), 1))
    model = LogisticRegression(C=STRENGTH).fit(rows, right, sample_weight=np.array([*weights, PRIOR, PRIOR]))
    found = {name: round(float(weight), 3) for name, weight in zip(names, model.coef_[0], strict=False)}
    return {INTERCEPT: round(float(model.intercept_[0]), 3), **found, RECOGNISED: RECOGNISED_WEIGHT}


def examples_of(checked: Checked) -> list[Example]:
    """The cases of an archive; what is about a planted row but of another kind is neither right nor wrong."""
    result = checked.result
    material = Material.of(result.records, result.documents, result.plans, result.run.scales)
    found = []
    for case in find_cases(material):
        finding = case.finding()
        right = checked.is_right(finding)
        if right or checked.is_false_flag(finding):
            found.append(_example(case, right=right, weight=1.0, group=checked.archive.name))
    return found


def examples_of_comments() -> list[Example]:
    """Cases of the comments of the dev split, each under all three lights."""
    comments = [comment for comment in load_comments("dev") if light_of(comment.outcome, comment.period)]
    records = {record.id: (comment, record) for comment in comments for record in _under_all_lights(comment)}
    material = Material.of([record for _, record in records.values()], ())
    found = []
    for case in (*declared_vs_phrase.check(material).cases, *declared_vs_comment.check(material).cases):
        comment, record = records[case.records[0].id]
        gold = light_of(comment.outcome, comment.period)
        shown = record.declared.colour if record.declared else None
        right = gold != shown
        kind = "opposite" if {gold, shown} == {"green", "red"} else "one_step"
        weight = WRONG_LIGHTS[kind] if right else 1 - sum(WRONG_LIGHTS.values())
        found.append(_example(case, right=right, weight=weight, group=f"comments {comment.voice}"))
    return found


def _example(case: Case, *, right: bool, weight: float, group: str) -> Example:
    return Example(case.check, case.all_features, right, weight, group)


def _under_all_lights(comment: Comment) -> Iterable[Record]:
    period = comment.period
    colours: tuple[Colour, ...] = ("green", "yellow", "red")
    phrase = main_phrase(find_status(comment.comment, year=period.year if period else None))
    followup = FollowUp(assignment=comment.assignment, comment=comment.comment, period=period, phrase=phrase)
    assessment, rest = judge(followup, SHIPPED.classifier())
    for colour in colours:
        yield Record(
            **{**dict(followup), "declared": Declared(colour=colour, as_written=colour, source="text")},
            id=f"{comment.id} {colour}",
            document=Source(path=comment.id, sha256=f"{comment.id} {colour}"),
            assessment=assessment,
            without_phrase=rest,
        )
