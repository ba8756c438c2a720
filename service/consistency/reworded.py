"""A title that asks for something else than in the report before, though it is the same assignment."""

from collections import Counter

from ljuskoll.service.consistency import messages
from ljuskoll.service.consistency.finding import Case, CheckResult
from ljuskoll.service.consistency.material import Material
from ljuskoll.service.consistency.said import is_done
from ljuskoll.service.consistency.titles import asks_for_other, left_out
from ljuskoll.service.consistency.weakened import asks_for_less
from ljuskoll.service.record import FindingEvidence, Record


def check(material: Material) -> CheckResult:
    """Every two reports of an assignment in a row, and every two titles in its place that ask for something else."""
    linked = [
        (before[0], after[0])
        for thread in material.threads
        for before, after in thread.steps
        if after in thread.reports[1:]
    ]
    changed = [(material.by_id[link.earlier], material.by_id[link.later]) for link in material.linking.changed]
    changed = [step for step in changed if not is_done(material, step[0])]
    divided = _divided(material)
    narrowed = [step for step in linked if step[0].id not in divided and _is_narrower(material, *step)]
    findings = (_finding(material, *step) for step in (*changed, *narrowed))
    return CheckResult.of(findings, len(linked) + len(changed))


def _divided(material: Material) -> frozenset[str]:
    """The records that go on as several of one later document."""
    parts = Counter((link.earlier, material.by_id[link.later].document.sha256) for link in material.linking.links)
    return frozenset(earlier for (earlier, _), count in parts.items() if count > 1)


def _is_narrower(material: Material, before: Record, after: Record) -> bool:
    """Whether the later title names fewer places than the earlier, or asks for another amount or for less."""
    one, other = material.title(before), material.title(after)
    gone = left_out(one, other)
    fewer = bool(gone) and gone != one.names and not left_out(other, one)
    if (fewer and not _stands_beside(material, gone, after)) or asks_for_other(one, other):
        return True
    same_year = before.period is not None and after.period is not None and before.period.year == after.period.year
    return asks_for_less(one, other, same_year=same_year)


def _stands_beside(material: Material, names: frozenset[str], record: Record) -> bool:
    """Whether another assignment of the record's report has these names: what was one is divided."""
    beside = (one for one in material.by_document[record.document.sha256] if one.id != record.id)
    return any(names <= material.title(one).names for one in beside)


def _finding(material: Material, before: Record, after: Record) -> Case:
    quoted = tuple(FindingEvidence(record=record.id, text=record.assignment) for record in (before, after))
    return Case(
        kind="over_time",
        check="reworded",
        severity="medium",
        records=(before, after),
        message=messages.reworded(before, after),
        evidence=quoted,
        features={"doubt": 1 - material.similarity(before, after)},
    )
