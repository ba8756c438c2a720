"""Forecasts against outcomes: what was said to be on its way, and is red at the year's end."""

from collections.abc import Iterator

from ljuskoll.service.consistency import messages
from ljuskoll.service.consistency.finding import Case, CheckResult, status_evidence
from ljuskoll.service.consistency.grounds import figure_verdict
from ljuskoll.service.consistency.material import Material
from ljuskoll.service.consistency.said import MEASURED, forecast, is_cancelled, is_red, is_year_end, warns
from ljuskoll.service.consistency.threads import Report, Thread
from ljuskoll.service.record import Record


def check(material: Material) -> CheckResult:
    """Every assignment that is followed up more than once in a year; ambiguous links are abstained from."""
    threads = [thread for thread in material.threads_of_several if thread.last[0].kind != MEASURED]
    ambiguous = sum(material.by_id[id].kind != MEASURED for id in material.linking.ambiguous)
    return CheckResult.of((found for thread in threads for found in _judge(material, thread)), len(threads), ambiguous)


def _judge(material: Material, thread: Thread) -> Iterator[Case]:
    last = thread.last
    if not is_year_end(last) or not _all_red(material, last) or any(r.id in material.linking.ambiguous for r in last):
        return
    before = _forecast_green(material, thread.reports[:-1])
    if before is not None:
        yield Case(
            kind="over_time",
            check="missed",
            severity="high",
            records=(before, last[0]),
            message=messages.over_time("missed", before, last[0]),
            evidence=(*status_evidence(before), *status_evidence(last[0])),
            features={"doubt": 1 - material.similarity(before, last[0])},
        )


def _forecast_green(material: Material, reports: tuple[Report, ...]) -> Record | None:
    """A record of the last forecast of the year, where that said green."""
    for report in reversed(reports):
        forecasts = [forecast(material, record) for record in report]
        if "green" in forecasts:
            return report[forecasts.index("green")]
        if any(forecasts) or any(warns(record) or figure_verdict(record) == "missed" for record in report):
            return None
    return None


def _all_red(material: Material, report: Report) -> bool:
    """Whether the outcome is red and no decision to drop the assignment explains it."""
    return all(is_red(material, record) and not is_cancelled(record) for record in report)
