"""A comment that is word for word that of the period before."""

import re
from collections.abc import Iterator

from ljuskoll.service.consistency import messages
from ljuskoll.service.consistency.finding import Case, CheckResult
from ljuskoll.service.consistency.grounds import is_measured_once
from ljuskoll.service.consistency.material import Material, declared_colour
from ljuskoll.service.consistency.said import is_cancelled, is_done
from ljuskoll.service.record import FindingEvidence, Record

MIN_WORDS = 12
"""Shorter comments may well be the same twice."""
_WORD = re.compile(r"\w+")


def check(material: Material) -> CheckResult:
    """Every two reports of an assignment in a row, of one year or two, with comments that are long enough."""
    steps = [
        (before[0], after[0])
        for thread in material.threads
        for before, after in thread.steps
        if len(_words(after[0])) >= MIN_WORDS and _words(before[0])
    ]
    return CheckResult.of((found for step in steps for found in _judge(material, *step)), len(steps))


def _words(record: Record) -> list[str]:
    """The words of the comment without its status sentence."""
    return _WORD.findall((record.beside_phrase or record.comment).casefold())


def _judge(material: Material, before: Record, after: Record) -> Iterator[Case]:
    if _words(before) != _words(after) or _is_over(material, before):
        return
    yield Case(
        kind="over_time",
        check="copied",
        severity="low",
        records=(before, after),
        message=messages.over_time("copied", before, after),
        evidence=(FindingEvidence(record=after.id, text=after.comment, start=0, end=len(after.comment)),),
        features={"same_light": float(declared_colour(before) == declared_colour(after))},
    )


def _is_over(material: Material, record: Record) -> bool:
    """Whether there is nothing new to tell."""
    return is_done(material, record) or is_cancelled(record) or is_measured_once(record.comment)
