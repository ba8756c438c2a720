"""The reports of one assignment in order of time, over years and in several documents."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from findings import T1, T2, T3, record
from ljuskoll.nlp.followup import Period
from ljuskoll.service.consistency.linking import find_links
from ljuskoll.service.consistency.threads import Thread, find_threads
from ljuskoll.service.record import Record

NEXT_T1, NEXT_T3 = Period.of_tertial(2024, 1), Period.of_tertial(2024, 3)
AFTER_T1 = Period.of_tertial(2025, 1)


def threads(*records: Record) -> tuple[Thread, ...]:
    return find_threads(records, find_links(records, ()))


def days(thread: Thread) -> list[str]:
    return [str(report[0].period.as_of) for report in thread.reports if report[0].period]


def test_a_year_is_one_thread_by_day() -> None:
    (thread,) = threads(record(period=T3), record(period=T1), record(period=T2))
    assert days(thread) == ["2023-04-30", "2023-08-31", "2023-12-31"]
    assert (thread.year, thread.before, thread.last) == (2023, (), thread.reports[2])
    assert thread.steps == (thread.reports[:2], thread.reports[1:])


def test_a_year_goes_on_from_all_the_years_before() -> None:
    periods = (T2, T3, NEXT_T1, NEXT_T3, AFTER_T1)
    found = threads(*(record(period=period) for period in periods))
    assert [thread.year for thread in found] == [2023, 2024, 2025]
    assert found[1].before == found[0].reports
    assert found[2].before == (*found[0].reports, *found[1].reports)
    assert [len(thread.steps) for thread in found] == [1, 2, 1]
    assert found[1].steps[0] == (found[0].last, found[1].reports[0])


def test_documents_of_one_day_are_one_report() -> None:
    (thread,) = threads(record(period=T2), record(period=T3, document="draft"), record(period=T3, document="adopted"))
    assert [len(report) for report in thread.reports] == [1, 2]
    assert [one.id for one in thread.last] == sorted(one.id for one in thread.last)


APART = {
    "other titles": (record(period=T2), record(period=T3, title="Laga hamnkranen")),
    "other kinds": (record(period=T2), record(period=T3, kind="goal")),
    "too many years": (record(period=T2), record(period=Period.of_tertial(2026, 2))),
    "other years without a link": (record(period=T3), record(period=NEXT_T1, title="Laga hamnkranen")),
}


@pytest.mark.parametrize("records", APART.values(), ids=APART.keys())
def test_what_is_not_one_assignment(records: tuple[Record, Record]) -> None:
    found = threads(*records)
    assert {thread.reports for thread in found} == {((one,),) for one in records}
    assert [thread.steps for thread in found] == [(), ()]


def test_what_has_no_day_is_in_no_thread() -> None:
    assert threads(record(period=None), record(period=Period(year=2023), document="year")) == ()


def test_a_year_is_continued_once() -> None:
    whole = record(period=T3, title="Riktlinjer för sponsring och representation")
    parts = [record(period=NEXT_T1, title=f"Riktlinjer för {what}") for what in ("sponsring", "representation")]
    records = [whole, *parts]
    assert len(find_links(records, ()).links) == 2
    found = threads(*records)
    assert [thread.year for thread in found] == [2023, 2024, 2024]
    assert sorted(len(thread.before) for thread in found) == [0, 0, 1]


def test_two_parts_of_one_document_are_two_threads() -> None:
    whole = record(period=T1, title="Riktlinjer för sponsring och representation")
    parts = [record(period=T2, title=f"Riktlinjer för {what}") for what in ("sponsring", "representation")]
    assert sorted(len(thread.reports) for thread in threads(whole, *parts)) == [1, 2]


TITLES = ["Ta fram en vattenplan", "Vattenplan", "Utreda vatten", "Vattenplan för Norrby", "Laga hamnkranen"]
RECORDS = st.builds(
    record,
    period=st.sampled_from([T1, T2, T3, NEXT_T1, NEXT_T3, AFTER_T1, None]),
    title=st.sampled_from(TITLES),
    document=st.sampled_from([None, "a", "b"]),
)


@given(st.lists(RECORDS, max_size=14, unique_by=lambda one: one.id), st.randoms(use_true_random=False))
def test_every_dated_record_is_in_one_thread(records: list[Record], random: Random) -> None:
    found = threads(*records)
    held = [one.id for thread in found for report in thread.reports for one in report]
    assert sorted(held) == sorted(one.id for one in records if one.period)
    for thread in found:
        inside = [one for report in thread.reports for one in report]
        assert len({one.document.sha256 for one in inside}) == len(inside)
        assert {one.period.year for one in inside if one.period} == {thread.year}
        assert all(one.period and one.period.year < thread.year for report in thread.before for one in report)
        assert days(thread) == sorted(set(days(thread)))
    random.shuffle(records)
    assert threads(*records) == found
