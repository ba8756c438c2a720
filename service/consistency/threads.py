"""The reports of one assignment in order of time: what the links between records amount to."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ljuskoll.service.consistency.linking import Link, Linking
from ljuskoll.service.record import Record

Report = tuple[Record, ...]
"""The follow-ups of one assignment per one day; more than one where several documents hold it."""


@dataclass(frozen=True, slots=True)
class Thread:
    """One assignment's reports of one year, by day; `before` are those of the years before, the latest last."""

    reports: tuple[Report, ...]
    before: tuple[Report, ...] = ()

    @property
    def last(self) -> Report:
        """The year's last report."""
        return self.reports[-1]

    @property
    def year(self) -> int:
        """The year of the reports."""
        return day_of(self.last[0]).year

    @property
    def steps(self) -> tuple[tuple[Report, Report], ...]:
        """Each report of the year with the one before it, also where that is from the year before."""
        reports = (*self.before[-1:], *self.reports)
        return tuple(itertools.pairwise(reports))


def day_of(record: Record) -> date:
    """The day of a record that stands in a thread: each of these has one."""
    assert record.day is not None
    return record.day


def find_threads(records: Iterable[Record], linking: Linking) -> tuple[Thread, ...]:
    """A thread for each assignment and year, a record without links being one of its own; ordered by year and id.

    The surest links join first. A thread holds at most one record of a document.
    """
    by_id = {record.id: record for record in records if record.day}
    thread_of = _joined(by_id, linking)
    reports = {ids[0]: _reports(by_id[id] for id in ids) for ids in thread_of.values()}
    earlier = _earlier(reports, thread_of, linking.links)
    done: dict[str, Thread] = {}
    for first in sorted(reports, key=lambda first: (day_of(by_id[first]).year, first)):
        before = done.get(earlier.get(first, ""))
        done[first] = Thread(reports[first], (*before.before, *before.reports) if before else ())
    return tuple(done.values())


def _joined(by_id: Mapping[str, Record], linking: Linking) -> dict[str, list[str]]:
    """For each record the sorted ids of its thread of the year."""
    groups = {id: [id] for id in sorted(by_id)}
    for link in sorted((*linking.links, *linking.twins), key=_surest):
        one, other = groups[link.earlier], groups[link.later]
        if one is other or day_of(by_id[link.earlier]).year != day_of(by_id[link.later]).year:
            continue
        documents = [by_id[id].document.sha256 for id in (*one, *other)]
        if len(documents) == len(set(documents)):
            merged = sorted((*one, *other))
            groups.update(dict.fromkeys(merged, merged))
    return groups


def _earlier(
    reports: Mapping[str, tuple[Report, ...]], thread_of: Mapping[str, Sequence[str]], links: Iterable[Link]
) -> dict[str, str]:
    """For each thread, by its first id, the one of a year before that it continues; each is continued once."""
    earlier: dict[str, str] = {}
    continued: set[str] = set()
    for link in sorted(links, key=_surest):
        one, other = (thread_of[id][0] for id in (link.earlier, link.later))
        in_order = day_of(reports[one][0][0]).year < day_of(reports[other][0][0]).year
        if in_order and other not in earlier and one not in continued:
            earlier[other] = one
            continued.add(one)
    return earlier


def _surest(link: Link) -> tuple[float, str, str]:
    return -link.similarity, link.earlier, link.later


def _reports(records: Iterable[Record]) -> tuple[Report, ...]:
    days: defaultdict[date, list[Record]] = defaultdict(list)
    for record in records:
        days[day_of(record)].append(record)
    return tuple(tuple(sorted(days[day], key=lambda record: record.id)) for day in sorted(days))
