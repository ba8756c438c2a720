"""An assignment that was not finished, and is gone from the reports of the same year without a word."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ljuskoll.service.consistency import messages
from ljuskoll.service.consistency.finding import Case, CheckResult, status_evidence
from ljuskoll.service.consistency.grounds import leaves_the_reports
from ljuskoll.service.consistency.material import Material, declared_colour
from ljuskoll.service.consistency.said import is_cancelled, is_done
from ljuskoll.service.consistency.similarity import likeness
from ljuskoll.service.consistency.threads import Thread, day_of
from ljuskoll.service.consistency.titles import shares_a_word
from ljuskoll.service.record import Record

MOST_GO_ON = 0.6
"""Only where so many of a report's assignments stand in the later one, too, is that one its continuation."""
MOVED = 0.5
"""From this likeness on an assignment may be one that another board had."""
ENOUGH = 4
"""Fewer assignments than these do not tell whether a report is continued."""

_Corner = tuple[str, int, str, str]
"""A municipality, a year, a board and a goal."""


def check(material: Material) -> CheckResult:
    """Every assignment of a report that a later one of the same year continues; ambiguous links are abstained from."""
    continued = _continued(material)
    lasts = [(thread, _last(material, thread)) for thread in material.threads]
    cases = [(thread, record) for thread, record in lasts if _is_continued(material, record, continued)]
    newcomers = _newcomers(material)
    clear = [case for case in cases if not _may_be_renamed(material, *case, newcomers)]
    found = (
        one for thread, record in clear for one in _judge(material, thread, record, continued[record.document.sha256])
    )
    return CheckResult.of(found, len(clear), len(cases) - len(clear))


def _is_continued(material: Material, record: Record, continued: Mapping[str, Record]) -> bool:
    """Whether a later report of the same level, a board's own or the municipality's, continues the record's report."""
    later = continued.get(record.document.sha256)
    own = material.own_reports
    return later is not None and (record.document.sha256 in own) is (later.document.sha256 in own)


def _newcomers(material: Material) -> dict[_Corner, list[Record]]:
    """The records with which assignments stand for the first time, by board and goal, and all under no board."""
    newcomers: defaultdict[_Corner, list[Record]] = defaultdict(list)
    for thread in material.threads:
        record = thread.reports[0][0]
        for board in ("", *record.board_names) if not thread.before else ():
            newcomers[_corner(record, board)].append(record)
    return newcomers


def _corner(record: Record, board: str) -> _Corner:
    return record.municipality or "", day_of(record).year, board, (record.goal or "") if board else ""


def _may_be_renamed(
    material: Material, thread: Thread, record: Record, newcomers: Mapping[_Corner, Sequence[Record]]
) -> bool:
    """Whether links are ambiguous, or a later newcomer may be this one by another name: one of the same board and goal,
    or one of another board that has most in common with it.
    """
    if any(one.id in material.linking.ambiguous for one in thread.last):
        return True
    title = material.title(record)
    later = {
        board: [
            material.title(new) for new in newcomers.get(_corner(record, board), ()) if day_of(new) > day_of(record)
        ]
        for board in ("", *record.board_names)
    }
    moved = any(likeness(title, new, material.rarity) >= MOVED for new in later.pop(""))
    return moved or any(shares_a_word(title, new) for own in later.values() for new in own)


def _last(material: Material, thread: Thread) -> Record:
    """The thread's last record, rather in the municipality's own report than in a board's."""
    return min(thread.last, key=lambda record: (record.document.sha256 in material.own_reports, record.id))


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
            continued[document] = max(found, key=lambda record: (day_of(record), record.id))
    return continued


def _judge(material: Material, thread: Thread, record: Record, last: Record) -> Iterator[Case]:
    if day_of(record) >= day_of(last) or is_done(material, record) or is_cancelled(record):
        return
    if record.id in material.reworded or leaves_the_reports(record.comment):
        return
    if record.phrase is not None and record.phrase.outcome == "completed":
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
