"""Figures over time: counts since the year began that fall, and earlier measurements that are quoted wrongly."""

from collections.abc import Iterator
from typing import TypeAlias

from ljuskoll.nlp.language.title_targets import read_title
from ljuskoll.service.consistency import messages
from ljuskoll.service.consistency.counts import Counted, tellings
from ljuskoll.service.consistency.finding import Case, CheckResult
from ljuskoll.service.consistency.material import Material
from ljuskoll.service.consistency.quoted_figures import misquoted, quoted_from_before
from ljuskoll.service.consistency.running_counts import RunningCount, is_mended, running_counts
from ljuskoll.service.consistency.threads import Report, Thread
from ljuskoll.service.record import FindingEvidence, Record

_Counts: TypeAlias = list[tuple[Record, RunningCount]]


def check(material: Material) -> CheckResult:
    """Every assignment that is followed up more than once; ambiguous links are abstained from."""
    threads = material.threads_of_several
    clear = [thread for thread in threads if not _is_ambiguous(material, thread)]
    found = (case for thread in clear for case in (*_falling(material, thread), *_misquoted(thread)))
    return CheckResult.of(found, len(clear), len(threads) - len(clear))


def _is_ambiguous(material: Material, thread: Thread) -> bool:
    return any(record.id in material.linking.ambiguous for report in thread.reports for record in report)


def _falling(material: Material, thread: Thread) -> Iterator[Case]:
    """For each report of the year the nearest one before it that counted more."""
    counts = [_counts(material, report, is_new=not thread.before) for report in thread.reports]
    for place, after in enumerate(counts):
        pairs = (_undercut(before, after) for before in reversed(counts[:place]))
        found = next((pair for pair in pairs if pair is not None), None)
        if found is not None:
            yield _case("falling_count", *found)
        elif (fewer := _fewer_of_whole(thread.reports[:place], thread.reports[place])) is not None:
            yield _case("fewer_of_whole", *fewer)


def _fewer_of_whole(earlier: tuple[Report, ...], report: Report) -> tuple[Record, str, Record, str] | None:
    """Two counts of the whole that the title names, of which the later in the year is lower: "52 av 70", "33 av 70"."""
    after = [(record, told) for record in report if (told := _only_count(record)) is not None]
    for before in reversed(earlier):
        for record, was in ((record, was) for record in before if (was := _only_count(record)) is not None):
            for other, now in after:
                if now.whole == was.whole and now.value < was.value:
                    return record, was.told, other, now.told
    return None


def _only_count(record: Record) -> Counted | None:
    """The one count of a whole that a comment has; None where it has none, or several, or says that one was mended."""
    if not any(target.counts for target in read_title(record.assignment).targets) or is_mended(record):
        return None
    found = [one for one in tellings(record) if not one.by_rest]
    return found[0] if len(found) == 1 else None


def _undercut(before: _Counts, after: _Counts) -> tuple[Record, str, Record, str] | None:
    for one, was in before:
        for other, now in after:
            if was.is_undercut_by(now):
                return one, was.told, other, now.told
    return None


def _counts(material: Material, report: Report, is_new: bool) -> _Counts:
    return [(record, count) for record in report for count in running_counts(record, material.title(record), is_new)]


def _misquoted(thread: Thread) -> Iterator[Case]:
    """For each report of the year an earlier one whose measurement it quotes with another figure."""
    for place, report in enumerate(thread.reports):
        earlier = [record for before in (*thread.before, *thread.reports[:place]) for record in before]
        for record in report:
            quotes = quoted_from_before(record)
            quoted = next(((was, told) for was in earlier if quotes and (told := misquoted(was, quotes))), None)
            if quoted is not None:
                was, (then, now) = quoted
                yield _case("misquoted", was, then, record, now)
                break


def _case(message: str, before: Record, was: str, after: Record, now: str) -> Case:
    return Case(
        kind="over_time",
        check="figure",
        severity="medium",
        records=(before, after),
        message=messages.figure(message, before, was, after, now),
        evidence=(_evidence(before, was), _evidence(after, now)),
    )


def _evidence(record: Record, told: str) -> FindingEvidence:
    start = record.comment.find(told)
    return FindingEvidence(record=record.id, text=told, start=start, end=start + len(told))
