"""What every check returns, and what findings have in common: identity, score and severity."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ljuskoll.nlp.followup import Colour
from ljuskoll.service.record import CheckCount, Finding, FindingEvidence, FindingKind, Record, Severity

# How probably a careful reader agrees with a finding of each sort. These are judgements, not yet calibrated on
# findings that people have assessed; their order is what matters so far.
OPPOSITE_PHRASE = 0.9
ONE_STEP_PHRASE = 0.6
OPPOSITE_COMMENT = 0.85  # times the probability of the light that the comment supports
ONE_STEP_COMMENT = 0.6  # times the probability of the light that the comment supports
FORECAST_MISSED = 0.85  # times how surely the two records follow up the same assignment
REOPENED = 0.9  # likewise
AGGREGATE_OF_ALL = 0.85
AGGREGATE = 0.7
CORROBORATED = 0.05  # added where the comment's assessment agrees with the finding
CONTESTED = -0.25  # added where it agrees with the light instead
RECOGNISED_TEXT = 0.85  # factor for records whose text was recognised from pictures


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The findings of one check, and how many cases it judged (`checked`) or could not judge (`abstained`)."""

    findings: tuple[Finding, ...]
    count: CheckCount

    @classmethod
    def of(cls, findings: Iterable[Finding], checked: int, abstained: int) -> "CheckResult":
        """The result with its count; every finding is one of the `checked` cases."""
        found = tuple(findings)
        count = CheckCount(checked=checked, abstained=abstained, unflagged=checked - len(found), flagged=len(found))
        return cls(found, count)


@dataclass(frozen=True, slots=True)
class Case:
    """What a check says of one contradiction."""

    kind: FindingKind
    severity: Severity
    score: float
    records: Sequence[Record]
    message: str
    evidence: Sequence[FindingEvidence] = ()
    suggested: Colour | None = None
    identity: Sequence[str] = ()

    def finding(self) -> Finding:
        """The finding; its id is made of the kind and its records (and `identity` where it has no records)."""
        ids = tuple(record.id for record in self.records)
        factor = RECOGNISED_TEXT if any(record.ocr for record in self.records) else 1.0
        return Finding(
            id=finding_id(self.kind, ids or self.identity),
            kind=self.kind,
            severity=self.severity,
            score=round(min(1.0, max(0.0, self.score * factor)), 3),
            records=ids,
            message=self.message,
            evidence=tuple(self.evidence),
            suggested=self.suggested,
        )


def finding_id(kind: FindingKind, parts: Iterable[str]) -> str:
    """sha256 of the kind and the sorted ids of the records."""
    return hashlib.sha256("\x1f".join((kind, *sorted(parts))).encode()).hexdigest()


def light_severity(declared: Colour, supported: Colour) -> Severity:
    """High for green over stuck work, medium for red over finished work, low for one step."""
    if (declared, supported) == ("green", "red"):
        return "high"
    return "medium" if (declared, supported) == ("red", "green") else "low"


def phrase_evidence(record: Record) -> tuple[FindingEvidence, ...]:
    """The record's status sentence, if it has one."""
    phrase = record.phrase
    if phrase is None:
        return ()
    return (FindingEvidence(record=record.id, text=phrase.text, start=phrase.start, end=phrase.end),)


def comment_evidence(record: Record) -> tuple[FindingEvidence, ...]:
    """The parts of the comment that carry its assessment."""
    return tuple(
        FindingEvidence(record=record.id, text=part.text, start=part.start, end=part.end)
        for part in record.assessment.evidence
    )


def light_evidence(record: Record) -> tuple[FindingEvidence, ...]:
    """The status as the report shows it."""
    if record.declared is None or not record.declared.as_written.strip():
        return ()
    return (FindingEvidence(record=record.id, text=record.declared.as_written),)
