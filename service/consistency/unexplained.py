"""A light that is another than in the report before, over a comment that gives no reason."""

import re
from collections.abc import Iterator

from ljuskoll.nlp.followup import Colour
from ljuskoll.service.consistency import messages
from ljuskoll.service.consistency.finding import Case, CheckResult, comment_evidence, light_evidence
from ljuskoll.service.consistency.grounds import figure_verdict, names_a_time
from ljuskoll.service.consistency.material import Material, declared_colour
from ljuskoll.service.consistency.said import MEASURED
from ljuskoll.service.consistency.scoring import logit
from ljuskoll.service.consistency.threads import Report
from ljuskoll.service.record import Record

FEW_WORDS = 8
"""A shorter comment without a status sentence has no room for a reason."""
BARE = 9
"""A status sentence of more words says more than the status."""
TOO_LIKELY = 0.5
"""From this probability on the comment is taken to give ground for its light."""


def check(material: Material) -> CheckResult:
    """Every two reports in a row with lights and a later comment, where all documents of a day show the same light."""
    steps = [
        step
        for thread in material.threads_of_several
        for step in thread.steps
        if step[1] in thread.reports[1:] and step[1][0].kind != MEASURED
    ]
    steps = [step for step in steps if all(map(_agrees, step)) and all(one.comment.strip() for one in step[1])]
    return CheckResult.of((found for step in steps for found in _judge(material, *step)), len(steps))


def _agrees(report: Report) -> bool:
    """Whether all documents of the day show one light."""
    lights = {declared_colour(record) for record in report}
    return len(lights) == 1 and None not in lights


def _judge(material: Material, earlier: Report, later: Report) -> Iterator[Case]:
    before, after = earlier[0], later[0]
    was, now = declared_colour(before), declared_colour(after)
    if was is None or now is None or was == now or any(_gives_ground(material, record, was) for record in later):
        return
    told = material.phrase_light(after)
    yield Case(
        kind="over_time",
        check="unexplained",
        severity="low" if now == "green" else "medium",
        records=(before, after),
        message=messages.over_time("unexplained", before, after),
        evidence=(*light_evidence(before), *light_evidence(after), *comment_evidence(after)),
        doubtful=True,
        features={"told": float(told == now), "likely": logit(after.assessment.probability_of(now))},
    )


def _gives_ground(material: Material, record: Record, was: Colour) -> bool:
    """Whether the comment tells something that may have decided the light.

    A bare status sentence gives no reason, nor does one over a text that speaks for the light before.
    """
    if record.phrase is not None and material.phrase_light(record) is not None:
        rest = record.without_phrase
        if len(record.phrase.text.split()) > BARE or (_has_figure(record) and not _is_background(record)):
            return True
        return rest is not None and not rest.abstained and rest.colour != was and material.has_ground(record, rest)
    if not record.assessment.abstained:
        return True
    likely = record.assessment.probability_of(declared_colour(record) or "green")
    return likely >= TOO_LIKELY and len(record.comment.split()) >= FEW_WORDS


def _has_figure(record: Record) -> bool:
    return re.search(r"\d", record.comment) is not None


def _is_background(record: Record) -> bool:
    """Whether the rest gives its judge nothing to go by, no time, and no figure that answers the title."""
    rest = record.without_phrase
    if rest is None or not rest.abstained or rest.evidence or figure_verdict(record) is not None:
        return False
    return not names_a_time(record.beside_phrase, record.period)
