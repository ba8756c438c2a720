"""Done, and later not done: an assignment that was reported as finished and is opened again."""

from collections.abc import Iterator

from ljuskoll.service.consistency import messages
from ljuskoll.service.consistency.counts import counts_fewer, names_the_same
from ljuskoll.service.consistency.finding import Case, CheckResult, status_evidence
from ljuskoll.service.consistency.material import Material
from ljuskoll.service.consistency.said import MEASURED, is_done, is_not_done, says_done, surely_done
from ljuskoll.service.consistency.threads import Report, Thread
from ljuskoll.service.record import Record

ONE_YEAR = "assignment"
"""Goals and activities begin anew each year; only an assignment that was done stays done."""


def check(material: Material) -> CheckResult:
    """Every assignment that is followed up more than once."""
    threads = [thread for thread in material.threads_of_several if thread.last[0].kind != MEASURED]
    return CheckResult.of((found for thread in threads for found in _judge(material, thread)), len(threads))


def _judge(material: Material, thread: Thread) -> Iterator[Case]:
    for before, after in reversed(thread.steps):
        if all(is_done(material, record) for record in before) and _may_stay_done(material, thread, before, after):
            outright = all(says_done(material, record) or surely_done(record) for record in before)
            if all(_is_open_again(material, before[0], record, outright) for record in after):
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


def _is_open_again(material: Material, before: Record, after: Record, outright: bool) -> bool:
    return counts_fewer(before, after) or is_not_done(material, after, outright or names_the_same(after))


def _may_stay_done(material: Material, thread: Thread, before: Report, after: Report) -> bool:
    """Whether what was done then stays done: in the same year, where the title has no target or its things are the
    same ones.
    """
    if before in thread.reports:
        return True
    is_anew = material.title(before[0]).sets_target and not all(map(names_the_same, after))
    return before[0].kind == ONE_YEAR and not is_anew
