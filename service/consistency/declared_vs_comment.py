"""The light against what the whole comment supports, where the classifier is sure."""

from collections.abc import Iterator

from ljuskoll.nlp.followup import Colour
from ljuskoll.service.consistency import messages
from ljuskoll.service.consistency.finding import (
    ONE_STEP_COMMENT,
    OPPOSITE_COMMENT,
    Case,
    CheckResult,
    comment_evidence,
    light_severity,
)
from ljuskoll.service.consistency.material import Material, are_opposite, declared_colour, is_before_year_end
from ljuskoll.service.consistency.titles import Title
from ljuskoll.service.record import Finding, Record

OPPOSITE_PROBABILITY = 0.6
"""From this probability on a green light over a red comment, or the reverse, is flagged."""
ONE_STEP_PROBABILITY = 0.8
"""The same for a light one step away."""
AGAINST_PHRASE_PROBABILITY = 0.8
"""The same for opposite lights where the record's own status sentence agrees with its light."""
FIGURE_CUES = ("target_", "part_", "count_")
"""How the assessment names figures that meet or miss their target, or are parts of a whole."""
MIN_WORDS = 6
"""A shorter comment is no ground for a judgement of its own."""


def check(material: Material) -> CheckResult:
    """Every record with a light and a comment; what the assessment withholds is abstained from."""
    records = [
        record for record in material.records if declared_colour(record) and len(record.comment.split()) >= MIN_WORDS
    ]
    judged = [record for record in records if _supported(record)]
    findings = (finding for record in judged for finding in _judge(material, record))
    return CheckResult.of(findings, len(judged), len(records) - len(judged))


def _supported(record: Record) -> Colour | None:
    return None if record.assessment.abstained else record.assessment.colour


def _judge(material: Material, record: Record) -> Iterator[Finding]:
    declared, supported = declared_colour(record), _supported(record)
    if declared is None or supported is None or declared == supported:
        return
    if supported == "green" and not _has_ground(record):
        return
    probability: float = getattr(record.assessment.probabilities, supported)
    if probability < _threshold(material, record, declared, supported):
        return
    opposite = are_opposite(declared, supported)
    yield Case(
        kind="declared_vs_comment",
        severity=light_severity(declared, supported),
        score=(OPPOSITE_COMMENT if opposite else ONE_STEP_COMMENT) * probability,
        records=(record,),
        message=messages.declared_vs_comment(record, declared, supported),
        evidence=comment_evidence(record),
        suggested=supported,
    ).finding()


def _has_ground(record: Record) -> bool:
    """Whether some evidence rests on words or figures or speaks of the assignment; else background reads as done."""
    title = Title.read(record.assignment, record.municipality or "")
    return any(
        one.cue.casefold() in one.text.casefold() or one.cue.startswith(FIGURE_CUES) or title.is_named_in(one.text)
        for one in record.assessment.evidence
    )


def _threshold(material: Material, record: Record, declared: Colour, supported: Colour) -> float:
    """The least probability that makes this difference a finding; above 1 for none."""
    never = 2.0
    agrees = material.phrase_light(record) == declared
    if are_opposite(declared, supported):
        return AGAINST_PHRASE_PROBABILITY if agrees else OPPOSITE_PROBABILITY
    within_year = record.assessment.outcome in ("on_track", "not_started") and is_before_year_end(record)
    return never if agrees or within_year or material.has_two_lights(record) else ONE_STEP_PROBABILITY
