"""All checks on one archive; one contradiction is one finding, of the most specific kind."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import get_args

from ljuskoll.service.consistency import aggregate, declared_vs_comment, declared_vs_phrase, over_time
from ljuskoll.service.consistency.finding import CheckResult
from ljuskoll.service.consistency.lights import Scales
from ljuskoll.service.consistency.material import Material
from ljuskoll.service.record import CheckCount, DocumentRecord, Finding, FindingKind, Record

CHECKS: Mapping[FindingKind, Callable[[Material], CheckResult]] = MappingProxyType(
    {
        "declared_vs_phrase": declared_vs_phrase.check,
        "declared_vs_comment": declared_vs_comment.check,
        "over_time": over_time.check,
        "aggregate": aggregate.check,
    }
)
SPECIFICITY: tuple[FindingKind, ...] = get_args(FindingKind)
"""All kinds, the most specific first."""


def run_checks(
    records: Sequence[Record], documents: Sequence[DocumentRecord], lights: Scales | None = None
) -> tuple[tuple[Finding, ...], dict[str, CheckCount]]:
    """The findings, the surest first, and how much each check looked at.

    `lights` holds for each municipality ("" for all others) which light an outcome stands for, where its scale
    differs. The order of records and documents does not matter.
    """
    material = Material.of(records, documents, lights)
    results = {kind: check(material) for kind, check in CHECKS.items()}
    findings = merge([finding for result in results.values() for finding in result.findings])
    return findings, {kind: result.count for kind, result in results.items()}


def merge(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """One finding for each contradiction, ordered by falling score, then id.

    A light that its own text contradicts outright is what a finding over time about the same record is about.
    """
    kept: list[Finding] = []
    by_record: dict[str, int] = {}
    for finding in sorted(findings, key=lambda finding: (SPECIFICITY.index(finding.kind), finding.id)):
        same = None if finding.kind == "aggregate" else _same(finding, kept, by_record)
        if same is not None:
            kept[same] = _joined(kept[same], finding)
            continue
        if len(finding.records) == 1 and finding.kind != "aggregate":
            by_record[finding.records[0]] = len(kept)
        kept.append(finding)
    return tuple(sorted(kept, key=lambda finding: (-finding.score, finding.id)))


def _same(finding: Finding, kept: Sequence[Finding], by_record: Mapping[str, int]) -> int | None:
    """The place of the finding that tells the same contradiction."""
    for record in finding.records:
        place = by_record.get(record)
        if place is not None and (len(finding.records) == 1 or kept[place].severity != "low"):
            return place
    return None


def _joined(finding: Finding, other: Finding) -> Finding:
    """The more specific finding with the other's kind and evidence, as sure as the surer of them."""
    also = (*finding.also, *(kind for kind in (other.kind, *other.also) if kind not in (finding.kind, *finding.also)))
    evidence = dict.fromkeys((*finding.evidence, *other.evidence))
    score = max(finding.score, other.score)
    return finding.model_copy(update={"also": also, "evidence": tuple(evidence), "score": score})
