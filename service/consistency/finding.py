"""What every check returns, and what findings have in common: identity, score and severity."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ljuskoll.models.assessment import Assessment
from ljuskoll.nlp.followup import Colour
from ljuskoll.service.consistency.scoring import RECOGNISED, agreement
from ljuskoll.service.record import CheckCount, Finding, FindingEvidence, FindingKind, Record, Severity


@dataclass(frozen=True, slots=True)
class Case:
    """What a check says of one contradiction; `features` are what its score depends on beside the check itself.

    A `doubtful` case becomes a finding only where its score says that a reader would rather agree than not.
    """

    kind: FindingKind
    check: str
    severity: Severity
    records: Sequence[Record]
    message: str
    evidence: Sequence[FindingEvidence] = ()
    suggested: Colour | None = None
    identity: Sequence[str] = ()
    features: Mapping[str, float] = field(default_factory=dict)
    doubtful: bool = False

    @property
    def all_features(self) -> dict[str, float]:
        """The features with the one that every check has."""
        return {**self.features, RECOGNISED: float(any(record.ocr for record in self.records))}

    def finding(self) -> Finding:
        """The finding; its id is made of the kind and its records (and `identity` where it has no records)."""
        ids = tuple(record.id for record in self.records)
        return Finding(
            id=finding_id(self.kind, ids or self.identity),
            kind=self.kind,
            checks=(self.check,),
            severity=self.severity,
            score=round(agreement(self.check, self.all_features), 3),
            records=ids,
            message=self.message,
            evidence=tuple(self.evidence),
            suggested=self.suggested,
        )


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The cases of one check, and how many it judged (`checked`) or could not judge (`abstained`)."""

    cases: tuple[Case, ...]
    checked: int
    abstained: int = 0

    @classmethod
    def of(cls, cases: Iterable[Case], checked: int, abstained: int = 0) -> "CheckResult":
        """The result of a check; every case is one of the `checked` ones."""
        return cls(tuple(cases), checked, abstained)

    def count(self, flagged: int) -> CheckCount:
        """How much was checked, where so many of the cases became findings."""
        unflagged = self.checked - flagged
        return CheckCount(checked=self.checked, abstained=self.abstained, unflagged=unflagged, flagged=flagged)


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


def comment_evidence(record: Record, assessment: Assessment | None = None) -> tuple[FindingEvidence, ...]:
    """The parts of the comment that carry an assessment of it, the record's own where none is given."""
    return tuple(
        FindingEvidence(record=record.id, text=part.text, start=part.start, end=part.end)
        for part in (assessment or record.assessment).evidence
    )


def light_evidence(record: Record) -> tuple[FindingEvidence, ...]:
    """The status as the report shows it."""
    if record.declared is None or not record.declared.as_written.strip():
        return ()
    return (FindingEvidence(record=record.id, text=record.declared.as_written),)


def status_evidence(record: Record) -> tuple[FindingEvidence, ...]:
    """What tells the record's status at first sight: its status sentence, else its light."""
    return phrase_evidence(record) or light_evidence(record)
