"""Forecasts against outcomes: what was said to be coming or done, and is reported as not done later in the year."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from ljuskoll.nlp.followup import Colour
from ljuskoll.service.consistency import messages
from ljuskoll.service.consistency.finding import (
    FORECAST_MISSED,
    REOPENED,
    Case,
    CheckResult,
    light_evidence,
    phrase_evidence,
)
from ljuskoll.service.consistency.material import Material, declared_colour
from ljuskoll.service.record import Finding, FindingEvidence, Record

MEASURED = "indicator"
"""A key figure's earlier light tells its value so far, and is no forecast."""
NOT_DONE = ("off_track", "not_started")

Report = Sequence[Record]
"""The follow-ups of one assignment per one day; more than one where several documents hold it."""


def check(material: Material) -> CheckResult:
    """Every assignment that is followed up more than once in a year; ambiguous links are abstained from."""
    threads = [_reports(material, thread) for thread in _threads(material)]
    ambiguous = [material.by_id[id] for id in material.linking.ambiguous if material.by_id[id].kind != MEASURED]
    findings = (finding for reports in threads for finding in _judge(material, reports))
    return CheckResult.of(findings, len(threads), len(ambiguous))


def _threads(material: Material) -> list[list[str]]:
    """The ids of the records of each assignment and year, by its links; at most one from a document."""
    threads: dict[str, list[str]] = {}
    for link in sorted(material.linking.links, key=lambda link: (-link.similarity, link.earlier, link.later)):
        one, other = (threads.get(id, [id]) for id in (link.earlier, link.later))
        if one is other or material.by_id[link.earlier].kind == MEASURED:
            continue
        documents = [material.by_id[id].document.sha256 for id in (*one, *other)]
        if len(documents) == len(set(documents)):
            merged = sorted((*one, *other))
            threads.update(dict.fromkeys(merged, merged))
    return [thread for id, thread in sorted(threads.items()) if id == thread[0]]


def _reports(material: Material, thread: Sequence[str]) -> list[Report]:
    """The records of an assignment by their reports' days, in order."""
    days: defaultdict[date, list[Record]] = defaultdict(list)
    for id in thread:
        record = material.by_id[id]
        if record.period is not None and record.period.as_of is not None:
            days[record.period.as_of].append(record)
    return [days[day] for day in sorted(days)]


def _judge(material: Material, reports: Sequence[Report]) -> Iterator[Finding]:
    found = _reopened(material, reports) or _missed(material, reports)
    if found is None:
        return
    before, after, reopened = found
    yield Case(
        kind="over_time",
        severity="high",
        score=(REOPENED if reopened else FORECAST_MISSED) * _similarity(material, before, after),
        records=(before, after),
        message=messages.over_time(before, after, reopened),
        evidence=(*_evidence(before), *_evidence(after)),
    ).finding()


def _missed(material: Material, reports: Sequence[Report]) -> tuple[Record, Record, bool] | None:
    """The last forecast of the year said green, and the year's end is red."""
    *earlier, last = reports
    if not _is_year_end(last) or not _all_red(material, last) or material.linking.ambiguous & {r.id for r in last}:
        return None
    for report in reversed(earlier):
        forecasts = [_forecast(material, record) for record in report]
        if all(colour == "green" for colour in forecasts):
            return report[0], last[0], False
        if any(forecasts) or any(_is_warning(record) for record in report):
            return None
    return None


def _reopened(material: Material, reports: Sequence[Report]) -> tuple[Record, Record, bool] | None:
    """A report said done, and the next ones up to the last say not done."""
    for index in reversed(range(len(reports) - 1)):
        if all(_is_done(material, record) for record in reports[index]):
            after = reports[index + 1]
            outright = all(_says_done(material, record) for record in reports[index])
            if all(_is_not_done(material, record, outright) for report in (after, reports[-1]) for record in report):
                return reports[index][0], after[0], True
            return None
    return None


def _is_year_end(report: Report) -> bool:
    return all(record.period is not None and record.period.is_year_end for record in report)


def _forecast(material: Material, record: Record) -> Colour | None:
    """The light of a forecast: the shown one unless its own sentence warns, else the sentence's."""
    declared, phrase = declared_colour(record), material.phrase_light(record)
    if declared == "green" and phrase is not None:
        return phrase
    return declared or phrase


def _is_warning(record: Record) -> bool:
    return not record.assessment.abstained and record.assessment.colour in ("yellow", "red")


def _all_red(material: Material, report: Report) -> bool:
    """Whether the outcome is red and no decision to drop the assignment explains it."""
    return all(_is_red(material, record) and not _is_cancelled(record) for record in report)


def _is_red(material: Material, record: Record) -> bool:
    declared, phrase = declared_colour(record), material.phrase_light(record)
    return (declared or phrase) == "red" and phrase != "green"


def _is_cancelled(record: Record) -> bool:
    outcome = record.phrase.outcome if record.phrase else record.assessment.outcome
    return outcome == "cancelled"


def _is_done(material: Material, record: Record) -> bool:
    """Whether the report says done: in its sentence, or in its light together with its text."""
    declared = declared_colour(record)
    if record.phrase is not None and material.phrase_light(record) is not None:
        return _says_done(material, record)
    assessment = record.assessment
    return declared == "green" and not assessment.abstained and assessment.outcome == "completed"


def _says_done(material: Material, record: Record) -> bool:
    """Whether a status sentence says done and no light contradicts it."""
    says_so = record.phrase is not None and record.phrase.outcome == "completed"
    return says_so and material.phrase_light(record) is not None and declared_colour(record) in ("green", None)


def _is_not_done(material: Material, record: Record, outright: bool) -> bool:
    """Whether the report says not done: a red light, or a sentence that says so under no green one.

    After a sentence that said done outright, a yellow light whose text supports it is enough.
    """
    if _is_cancelled(record):
        return False
    declared = declared_colour(record)
    if declared not in ("yellow", None):
        return _is_red(material, record)
    if record.phrase is not None:
        return record.phrase.outcome in NOT_DONE or (outright and record.phrase.outcome == "partial")
    return outright and declared == "yellow" and _is_warning(record)


def _similarity(material: Material, before: Record, after: Record) -> float:
    """How alike the two records are, by their link or by the weakest of the thread's links at either."""
    near = [link for record in (before, after) for link in material.links_of.get(record.id, ())]
    direct = [link.similarity for link in near if (link.earlier, link.later) == (before.id, after.id)]
    return min(direct or [link.similarity for link in near], default=1.0)


def _evidence(record: Record) -> tuple[FindingEvidence, ...]:
    return phrase_evidence(record) or light_evidence(record)
