"""The light against the record's own status sentence."""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from ljuskoll.nlp.followup import Colour
from ljuskoll.service.consistency import messages
from ljuskoll.service.consistency.finding import Case, CheckResult, light_severity, phrase_evidence
from ljuskoll.service.consistency.grounds import goes_on_as_planned
from ljuskoll.service.consistency.material import Material, are_opposite, declared_colour, is_before_year_end
from ljuskoll.service.consistency.scoring import logit
from ljuskoll.service.record import Record

SURE = 0.95
"""So probable yellow must be over work not begun in spring: where the text tells of a start, it may be green."""


def check(material: Material) -> CheckResult:
    """Every record with a light and a status sentence; unclear sentences are abstained from."""
    records = [record for record in material.records if declared_colour(record) and record.phrase]
    judged = [record for record in records if material.phrase_light(record)]
    findings = (finding for record in judged for finding in _judge(material, record))
    return CheckResult.of(findings, len(judged), len(records) - len(judged))


def _judge(material: Material, record: Record) -> Iterator[Case]:
    declared, phrase = declared_colour(record), material.phrase_light(record)
    if declared is None or phrase is None or declared == phrase:
        return
    opposite = are_opposite(declared, phrase)
    if not (_holds_opposite(record) if opposite else _holds_one_step(material, record)):
        return
    yield Case(
        kind="declared_vs_phrase",
        check="declared_vs_phrase",
        severity=light_severity(declared, phrase),
        records=(record,),
        message=messages.declared_vs_phrase(record, phrase),
        evidence=phrase_evidence(record),
        suggested=phrase,
        features={
            "opposite": float(opposite),
            "against": logit(1 - record.assessment.probability_of(declared)),
            "withheld": float(_assessed(record) is None),
        },
        doubtful=True,
    )


def _holds_opposite(record: Record) -> bool:
    """Whether green against red is a contradiction: work not begun may still be done in time, work in hand be late."""
    outcome = record.phrase.outcome if record.phrase else "unclear"
    if outcome == "off_track" and goes_on_as_planned(record.comment):
        return False
    if outcome == "not_started" and is_before_year_end(record):
        return _assessed(record) == "red"
    if outcome == "on_track" and not is_before_year_end(record):
        return _assessed(record) == "green"
    return True


def _holds_one_step(material: Material, record: Record) -> bool:
    """Whether a light one step away is a contradiction: only under an outright sentence on a scale with yellow."""
    assert record.phrase is not None
    if material.has_two_lights(record) or _assessed(record) == declared_colour(record):
        return False
    if record.phrase.outcome == "off_track" and is_before_year_end(record):
        return False
    if record.phrase.outcome == "not_started" and (
        declared_colour(record) != "green" or record.assessment.probability_of("yellow") < SURE
    ):
        return False
    return _is_outright(record.phrase.outcome, record.phrase.text)


def _assessed(record: Record) -> Colour | None:
    return None if record.assessment.abstained else record.assessment.colour


@cache
def _outright() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "outright.toml").read_text(encoding="utf-8"))


def _is_outright(outcome: str, text: str) -> bool:
    words = " ".join(text.casefold().split()) + " "
    lists = _outright().get(outcome, {}).get("all", ())
    return bool(lists) and all(any(word in words for word in group) for group in lists)
