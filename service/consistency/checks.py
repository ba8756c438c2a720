"""All checks on one archive; one contradiction is one finding, of the most specific kind."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from types import MappingProxyType
from typing import TypeAlias

from ljuskoll.service.consistency import (
    across_documents,
    aggregate,
    copied,
    declared_vs_comment,
    declared_vs_phrase,
    empty_words,
    figures,
    incomplete,
    light_vs_facts,
    missed,
    missing_reports,
    phrase_vs_comment,
    reopened,
    reworded,
    said_reached,
    unexplained,
    unfollowed_plans,
    vanished,
)
from ljuskoll.service.consistency.finding import Case, CheckResult
from ljuskoll.service.consistency.groups import Group, groups
from ljuskoll.service.consistency.lights import Scales
from ljuskoll.service.consistency.material import Material
from ljuskoll.service.record import (
    DocumentRecord,
    Finding,
    FindingKind,
    KindCount,
    PlanRecord,
    Record,
)

Check = Callable[[Material], CheckResult]
Counts: TypeAlias = dict[FindingKind, KindCount]
"""How much each kind of check looked at."""
CHECKS: Mapping[FindingKind, Mapping[str, Check]] = MappingProxyType(
    {
        "declared_vs_phrase": {"declared_vs_phrase": declared_vs_phrase.check},
        "declared_vs_comment": {
            "declared_vs_comment": declared_vs_comment.check,
            "light_vs_facts": light_vs_facts.check,
        },
        "phrase_vs_comment": {"phrase_vs_comment": phrase_vs_comment.check, "said_reached": said_reached.check},
        "over_time": {
            "reopened": reopened.check,
            "missed": missed.check,
            "unexplained": unexplained.check,
            "vanished": vanished.check,
            "reworded": reworded.check,
            "copied": copied.check,
            "figure": figures.check,
        },
        "across_documents": {"across_documents": across_documents.check},
        "aggregate": {"aggregate": aggregate.check},
        "completeness": {"incomplete": incomplete.check, "empty_words": empty_words.check},
        "coverage": {"missing_reports": missing_reports.check, "unfollowed_plans": unfollowed_plans.check},
    }
)
"""The kinds, the most specific first, and the checks of each, the most telling first."""
LEAST_SCORE = 0.6
"""A doubtful case with a lower score is silent: at even odds too many readers would disagree."""
ABOUT_THE_STATUS = frozenset(
    {"declared_vs_phrase", "declared_vs_comment", "phrase_vs_comment", "missed", "reopened", "unexplained", "copied"}
    | {"light_vs_facts", "said_reached", "across_lights", "across_comments"}
)
"""Checks whose findings about one record may tell the same contradiction."""


def run_checks(
    records: Iterable[Record],
    documents: Iterable[DocumentRecord],
    plans: Iterable[PlanRecord] = (),
    lights: Scales | None = None,
) -> tuple[tuple[Finding, ...], Counts]:
    """The findings, the surest first, and how much each kind of check looked at.

    `lights` holds for each municipality ("" for all others) which light an outcome stands for, where its scale
    differs. The order of records and documents does not matter, nor does what is in the archive besides a group.
    """
    found: list[Finding] = []
    counts: list[Counts] = []
    for group in groups(documents, records, plans):
        findings, counted = run_on(material_of(group, lights))
        found += findings
        counts.append(counted)
    return tuple(sorted(found, key=by_score)), counted_together(counts)


def material_of(group: Group, lights: Scales | None = None) -> Material:
    """What the checks look at in a group, with its links found."""
    return Material.of(group.records, group.documents, group.plans, lights)


def counted_together(counts: Iterable[Counts]) -> Counts:
    """How much was looked at in all groups; zeros where there are none."""
    nothing = run_on(Material.of((), ()))[1]
    return reduce(lambda one, other: {kind: one[kind].together(other[kind]) for kind in one}, counts, nothing)


def by_score(finding: Finding) -> tuple[float, str]:
    """What findings are ordered by: the surest first, equals by id."""
    return -finding.score, finding.id


def run_on(material: Material) -> tuple[tuple[Finding, ...], Counts]:
    """The same on one group's material."""
    found: list[Finding] = []
    counts: Counts = {}
    for kind, checks in CHECKS.items():
        results = {name: check(material) for name, check in checks.items()}
        made = {name: _findings(result) for name, result in results.items()}
        found += [finding for findings in made.values() for finding in findings]
        counts[kind] = KindCount.of({name: result.count(len(made[name])) for name, result in results.items()})
    return merge(found), counts


def find_cases(material: Material) -> tuple[Case, ...]:
    """What all checks have to say, before any score decides."""
    return tuple(case for checks in CHECKS.values() for check in checks.values() for case in check(material).cases)


def _findings(result: CheckResult) -> list[Finding]:
    """The cases that a reader would agree with, by id; of doubtful ones only those that are likely enough."""
    findings = sorted(((case.doubtful, case.finding()) for case in result.cases), key=lambda pair: pair[1].id)
    return [finding for doubtful, finding in findings if not doubtful or finding.score >= LEAST_SCORE]


def merge(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """One finding for each contradiction, ordered by falling score, then id; `findings` the most specific first.

    A light that its own text contradicts outright is what a finding over time about the same record is about.
    """
    kept: list[Finding] = []
    by_id: dict[str, int] = {}
    by_record: dict[str, int] = {}
    for finding in findings:
        same = by_id.get(finding.id, _same(finding, kept, by_record))
        if same is not None:
            kept[same] = _joined(kept[same], finding)
            continue
        by_id[finding.id] = len(kept)
        if len(finding.records) == 1 and ABOUT_THE_STATUS.issuperset(finding.checks):
            by_record[finding.records[0]] = len(kept)
        kept.append(finding)
    return tuple(sorted(kept, key=by_score))


def _same(finding: Finding, kept: Sequence[Finding], by_record: Mapping[str, int]) -> int | None:
    """The place of the finding that tells the same contradiction."""
    if not ABOUT_THE_STATUS.issuperset(finding.checks):
        return None
    for record in finding.records:
        place = by_record.get(record)
        if place is not None and (len(finding.records) == 1 or kept[place].severity != "low"):
            return place
    return None


def _joined(finding: Finding, other: Finding) -> Finding:
    """The more specific finding with the other's kind and evidence, as sure as the surer of them.

    What two checks of one kind find about the same records is told in both their words.
    """
    also = (*finding.also, *(kind for kind in (other.kind, *other.also) if kind not in (finding.kind, *finding.also)))
    message = finding.message if other.kind != finding.kind else f"{finding.message} {other.message}"
    return finding.model_copy(
        update={
            "also": also,
            "checks": (*finding.checks, *other.checks),
            "message": message,
            "evidence": tuple(dict.fromkeys((*finding.evidence, *other.evidence))),
            "score": max(finding.score, other.score),
        }
    )
