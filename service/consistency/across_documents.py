"""The same assignment of the same period in two documents: a board's own report against the municipality's, a draft
against what was adopted.
"""

from collections.abc import Iterator

from ljuskoll.nlp.followup import Colour
from ljuskoll.service.consistency import messages
from ljuskoll.service.consistency.counts import counted_of
from ljuskoll.service.consistency.finding import Case, CheckResult, comment_evidence, light_severity, status_evidence
from ljuskoll.service.consistency.grounds import goes_on_as_planned, is_for_several_years, stage_of
from ljuskoll.service.consistency.material import Material, are_opposite
from ljuskoll.service.consistency.scoring import logit
from ljuskoll.service.record import Record

APART = 0.1
"""Such a part of the whole two counts of one day differ by at least: less may be another day or another rounding."""
LEAST = 0.7
"""From this probability on, for both comments, they are taken to support different lights."""


def check(material: Material) -> CheckResult:
    """Every assignment that two documents of one day hold, each two of them once."""
    twins = [(material.by_id[link.earlier], material.by_id[link.later]) for link in material.linking.twins]
    return CheckResult.of((found for pair in twins for found in _judge(material, *pair)), len(twins))


def _judge(material: Material, one: Record, other: Record) -> Iterator[Case]:
    lights = material.status_light(one), material.status_light(other)
    doubt = {"doubt": 1 - material.similarity(one, other)}
    if lights[0] is not None and lights[1] is not None and lights[0] != lights[1]:
        yield _finding("across_lights", one, other, (lights[0], lights[1]), doubt)
        return
    told = material.supported_light(one), material.supported_light(other)
    if told[0] is None or told[1] is None:
        return
    outright = {stage_of(one.comment), stage_of(other.comment)} == {"not_yet", "since"} or _count_otherwise(one, other)
    if not (outright or are_opposite(told[0], told[1]) or _only_one_is_done(one, other)):
        return
    if not outright and lights == ("red", "red"):
        return  # both say missed, one with more to be glad of
    if not outright and _keeps_to_its_steps(one) and _keeps_to_its_steps(other):
        return  # both tell of the same step, one of them with what comes after it
    least = min(record.assessment.probability_of(colour) for record, colour in ((one, told[0]), (other, told[1])))
    if outright or least >= LEAST:
        opposite = float(are_opposite(told[0], told[1]))
        features = {**doubt, "log_odds": logit(least), "opposite": opposite, "outright": float(outright)}
        yield _finding("across_comments", one, other, (told[0], told[1]), features)


def _count_otherwise(one: Record, other: Record) -> bool:
    """Whether both comments count parts of the whole that the title names, and none of one is near one of the other."""
    counted, others = counted_of(one), counted_of(other)
    return any(
        bool(values and others.get(whole)) and min(abs(a - b) for a in values for b in others[whole]) >= APART * whole
        for whole, values in counted.items()
    )


def _only_one_is_done(one: Record, other: Record) -> bool:
    """Whether one comment tells of finished work and the other of work that is going on or not begun."""
    if is_for_several_years(one) or is_for_several_years(other):
        return False  # done may be this year's part
    outcomes = {one.assessment.outcome, other.assessment.outcome}
    return "completed" in outcomes and bool(outcomes & {"on_track", "partial", "not_started"})


def _keeps_to_its_steps(record: Record) -> bool:
    return is_for_several_years(record) and goes_on_as_planned(record.comment)


def _finding(check: str, one: Record, other: Record, lights: tuple[Colour, Colour], features: dict[str, float]) -> Case:
    evidence = status_evidence if check == "across_lights" else comment_evidence
    better, worse = sorted(lights, key=("green", "yellow", "red").index)
    return Case(
        kind="across_documents",
        check=check,
        severity="high" if are_opposite(*lights) else light_severity(better, worse),
        records=(one, other),
        message=messages.across_documents(check, one, other),
        evidence=(*evidence(one), *evidence(other)),
        features=features,
    )
