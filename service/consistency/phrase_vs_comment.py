"""The status sentence against the rest of its own comment."""

from collections.abc import Iterator

from ljuskoll.models.assessment import Assessment
from ljuskoll.nlp.followup import Colour
from ljuskoll.service.consistency import messages
from ljuskoll.service.consistency.finding import Case, CheckResult, comment_evidence, light_severity, phrase_evidence
from ljuskoll.service.consistency.grounds import (
    goes_on_as_planned,
    is_for_several_years,
    light_of_figures,
    names_a_time,
    says_next_year,
    tells_what_comes_after,
)
from ljuskoll.service.consistency.material import Material, are_opposite, declared_colour
from ljuskoll.service.consistency.scoring import logit
from ljuskoll.service.record import Record

SETTLED = ("cancelled", "partial", "not_started", "unclear")
"""What is dropped or not begun needs no work to show for it, and what is partly done may look like either."""
LEAST_AGAINST = 0.5
"""From this probability of another light on the rest is held against the sentence."""


def check(material: Material) -> CheckResult:
    """Every record with a status sentence and more beside it; what its judgement withholds is abstained from."""
    records = [record for record in material.records if record.without_phrase and material.phrase_light(record)]
    judged = [record for record in records if record.without_phrase and not record.without_phrase.abstained]
    cases = (case for record in judged for case in _judge(material, record))
    return CheckResult.of(cases, len(judged), len(records) - len(judged))


def _judge(material: Material, record: Record) -> Iterator[Case]:
    phrase, rest = material.phrase_light(record), record.without_phrase
    if phrase is None or rest is None or record.phrase is None or record.phrase.outcome in SETTLED:
        return
    by_figures = light_of_figures(record)
    supported = by_figures or material.supported_light(record, rest)
    postponed = phrase == "green" and _is_postponed(record)
    moved = postponed and record.phrase.outcome == "on_track"
    if moved and supported == phrase:
        supported = "red"
    if supported is None or supported == phrase:
        return
    if not moved and by_figures is None and not _tells(material, record, phrase, supported, rest):
        return
    yield Case(
        kind="phrase_vs_comment",
        check="phrase_vs_comment",
        severity=light_severity(phrase, supported),
        records=(record,),
        message=messages.phrase_vs_comment(record, supported, rest),
        evidence=(*phrase_evidence(record), *comment_evidence(record, rest)),
        suggested=supported,
        features={
            "against": logit(1 - rest.probability_of(phrase)),
            "whole": logit(1 - record.assessment.probability_of(phrase)),
            "opposite": float(are_opposite(phrase, supported)),
            "light_agrees": float(declared_colour(record) in (phrase, None)),
            "says_done": float(record.phrase.outcome == "completed"),
            "says_red": float(phrase == "red"),
            "next_year": float(postponed),
            "figures": float(by_figures is not None),
        },
        doubtful=True,
    )


def _is_postponed(record: Record) -> bool:
    """Whether the sentence says this year, or done, and the rest names a time after the year, not as its plan.

    After a sentence that says done and when, or beside what only comes after that, the rest takes nothing back.
    """
    if record.phrase is None or record.phrase.outcome not in ("on_track", "completed") or is_for_several_years(record):
        return False
    if record.phrase.outcome == "completed" and names_a_time(record.phrase.text, record.period):
        return False
    rest = record.beside_phrase
    if record.phrase.outcome == "completed" and tells_what_comes_after(rest, record.period):
        return False
    return says_next_year(rest, record.period) and not goes_on_as_planned(rest)


def _tells(material: Material, record: Record, phrase: Colour, supported: Colour, rest: Assessment) -> bool:
    """Whether the rest speaks against the sentence: surely enough, and for green with words of its own."""
    if 1 - rest.probability_of(phrase) < LEAST_AGAINST:
        return False
    return supported != "green" or material.has_ground(record, rest)
