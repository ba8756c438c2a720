"""Done, and later not done: an assignment that was reported as finished and is opened again."""

from collections.abc import Iterator

from ljuskoll.service.consistency import messages
from ljuskoll.service.consistency.finding import Case, CheckResult, status_evidence
from ljuskoll.service.consistency.material import Material
from ljuskoll.service.consistency.said import MEASURED, is_done, is_not_done, says_done, surely_done
from ljuskoll.service.consistency.threads import Report, Thread

ONE_YEAR = "assignment"
"""Goals and activities begin anew each year; only an assignment that was done stays done."""


def check(material: Material) -> CheckResult:
    """Every assignment that is followed up more than once."""
    threads = [thread for thread in material.threads_of_several if thread.last[0].kind != MEASURED]
    return CheckResult.of((found for thread in threads for found in _judge(material, thread)), len(threads))


def _judge(material: Material, thread: Thread) -> Iterator[Case]:
    for before, after in reversed(thread.steps):
        if all(is_done(material, record) for record in before) and _may_stay_done(material, thread, before):
            outright = all(says_done(material, record) or surely_done(record) for record in before)
            if all(is_not_done(material, record, outright) for record in after):
                yield Case(
                    kind="over_time",
                    check="reopened",
                    severity="high",
                    records=(before[0], after[0]),
                    message=messages.over_time("reopened", before[0], after[0]),
                    evidence=(*status_evidence(before[0]), *status_evidence(after[0])),
                    features={"doubt": 1 - material.similarity(before[0], after[0])},
                )
            return


def _may_stay_done(material: Material, thread: Thread, before: Report) -> bool:
    """Whether what was done then is still to be done: in the same year, or where the title has no target."""
    if before in thread.reports:
        return True
    return before[0].kind == ONE_YEAR and not material.title(before[0]).sets_target
