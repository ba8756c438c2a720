"""Goals and key figures of a plan that no report of its years follows up."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ljuskoll.service.consistency import messages
from ljuskoll.service.consistency.finding import Case, CheckResult
from ljuskoll.service.consistency.material import Material
from ljuskoll.service.consistency.similarity import Rarity, similarity
from ljuskoll.service.consistency.titles import Title
from ljuskoll.service.record import FindingEvidence, PlanRecord

SECTIONS = ("goal", "indicator")
FOLLOWED = 0.25
"""From this similarity on a record is taken to follow a planned goal up."""
MOST_FOLLOWED = 0.5
"""Where fewer of a plan's items are followed up, the reports are about other things than the plan."""


def check(material: Material) -> CheckResult:
    """Every plan of a municipality that has follow-ups in its years; plans that these ignore are abstained from."""
    plans: defaultdict[str, list[PlanRecord]] = defaultdict(list)
    for item in material.plans:
        if item.section in SECTIONS and item.municipality and item.years:
            plans[item.document.sha256].append(item)
    findings: list[Case] = []
    checked = abstained = 0
    for _, items in sorted(plans.items()):
        titles = _followed_up(material, items[0])
        if not titles:
            continue
        left = [item for item in items if not _is_followed(item, titles)]
        if len(left) > (1 - MOST_FOLLOWED) * len(items):
            abstained += 1
            continue
        checked += 1
        findings += _finding(left)
    return CheckResult.of(findings, checked, abstained)


def _followed_up(material: Material, plan: PlanRecord) -> list[Title]:
    """The titles of all that the municipality followed up in the plan's years."""
    return [
        material.title(record)
        for record in material.by_municipality.get(plan.municipality or "", ())
        if record.period and record.period.year in plan.years
    ]


def _is_followed(item: PlanRecord, titles: Sequence[Title]) -> bool:
    planned = Title.read(item.text, item.municipality or "")
    rarity = Rarity.among([planned, *titles])
    return any(similarity(planned, title, rarity) >= FOLLOWED for title in titles)


def _finding(left: Sequence[PlanRecord]) -> Iterator[Case]:
    if left:
        yield Case(
            kind="coverage",
            check="unfollowed_plan",
            severity="low",
            records=(),
            message=messages.unfollowed(left),
            evidence=tuple(FindingEvidence(record=None, text=item.text) for item in left),
            identity=(left[0].document.sha256, "plan"),
        )
