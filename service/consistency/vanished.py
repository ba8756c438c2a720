"""An assignment that was not finished, and is gone from the reports of the same year without a word."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from ljuskoll.service.consistency import messages
from ljuskoll.service.consistency.finding import Case, CheckResult, status_evidence
from ljuskoll.service.consistency.material import Material, declared_colour
from ljuskoll.service.consistency.said import is_cancelled, is_done
from ljuskoll.service.consistency.threads import Thread
from ljuskoll.service.record import Record

MOST_GO_ON = 0.6
"""Only where so many of a report's assignments stand in the later one, too, is that one its continuation."""
ENOUGH = 4
"""Fewer assignments than these do not tell whether a report is continued."""

_Corner = tuple[str, int, str, str]
"""A municipality, a year, a board and a goal."""


def check(material: Material) -> CheckResult:
    """Every assignment of a report that a later one of the same year continues; ambiguous links are abstained from."""
    continued = _continued(material)
    cases = [
        (thread, continued[document]) for thread in material.threads if (document := _document(thread)) in continued
    ]
    newcomers = _newcomers(material)
    clear = [case for case in cases if not _may_be_renamed(material, case[0], newcomers)]
    return CheckResult.of(
        (found for case in clear for found in _judge(material, *case)), len(clear), len(cases) - len(clear)
    )


def _newcomers(material: Material) -> set[_Corner]:
    """Where assignments stand for the first time in a year's second report or later."""
    first: dict[tuple[str, int], date] = {}
    for thread in material.threads:
        record = thread.reports[0][0]
        key = (record.municipality or "", thread.year)
        first[key] = min(first.get(key, _day(record)), _day(record))
    starts = (thread.reports[0][0] for thread in material.threads if not thread.before)
    return {
        _corner(record, board)
        for record in starts
        if _day(record) > first[record.municipality or "", _day(record).year]
        for board in record.board_names
    }


def _corner(record: Record, board: str) -> _Corner:
    return record.municipality or "", _day(record).year, board, record.goal or ""


def _may_be_renamed(material: Material, thread: Thread, newcomers: set[_Corner]) -> bool:
    """Whether links are ambiguous, or a new assignment of the same board and goal may be this one by another name."""
    record = thread.last[0]
    if any(one.id in material.linking.ambiguous for one in thread.last):
        return True
    return any(_corner(record, board) in newcomers for board in record.board_names)


def _document(thread: Thread) -> str:
    return thread.last[0].document.sha256


def _continued(material: Material) -> dict[str, Record]:
    """For each document a record of the year's last report that continues it, of those documents that are continued."""
    later: defaultdict[str, list[Record | None]] = defaultdict(list)
    for thread in material.threads:
        for report in thread.reports:
            for record in report:
                later[record.document.sha256].append(thread.last[0] if thread.last is not report else None)
    continued: dict[str, Record] = {}
    for document, records in later.items():
        found = [record for record in records if record is not None]
        if len(records) >= ENOUGH and len(found) >= MOST_GO_ON * len(records):
            continued[document] = max(found, key=lambda record: (_day(record), record.id))
    return continued


def _day(record: Record) -> date:
    assert record.period is not None and record.period.as_of is not None
    return record.period.as_of


def _judge(material: Material, thread: Thread, last: Record) -> Iterator[Case]:
    record = thread.last[0]
    if _day(record) >= _day(last) or is_done(material, record) or is_cancelled(record):
        return
    if record.id in material.reworded or (record.phrase is not None and record.phrase.outcome == "completed"):
        return
    yield Case(
        kind="over_time",
        check="vanished",
        severity="high" if declared_colour(record) == "red" else "medium",
        records=(record,),
        message=messages.vanished(record, last),
        evidence=status_evidence(record),
        features={"early": float(len(thread.reports) == 1), "likely_done": _likely_done(record)},
    )


def _likely_done(record: Record) -> float:
    """How likely the comment is to tell of finished work, where it does not say so outright."""
    return record.assessment.probabilities.green if record.assessment.outcome == "completed" else 0.0
