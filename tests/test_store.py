"""The store holds what an import wrote, lists it in pages, and shows each person no more than they may see."""

from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ljuskoll.models.judging import Judging
from ljuskoll.nlp.errors import UsageError
from ljuskoll.nlp.followup import Declared
from ljuskoll.service.corrections import Correction
from ljuskoll.service.identity import ADDED, added_identity
from ljuskoll.service.one_file import Options
from ljuskoll.service.outputs.files import write_result
from ljuskoll.service.pipeline import run_import
from ljuskoll.service.record import Record, Result
from ljuskoll.service.store.access import SYSTEM, User
from ljuskoll.service.store.archive import Checked, checked, give_back, put_checked, stored_run, take_in
from ljuskoll.service.store.audit import audit_log, log
from ljuskoll.service.store.corrections import (
    add_corrections,
    all_corrections,
    correct_document,
    unfit_corrections,
)
from ljuskoll.service.store.database import Database
from ljuskoll.service.store.decisions import Decision, agreements, decide, history, unfit_decisions
from ljuskoll.service.store.documents import find_document, list_documents, receive
from ljuskoll.service.store.findings import (
    FindingFilter,
    all_findings,
    count_findings,
    find_finding,
    findings_about,
    list_findings,
)
from ljuskoll.service.store.paging import Page
from ljuskoll.service.store.records import (
    RecordFilter,
    all_records,
    find_record,
    list_records,
    neighbours,
    put_records,
)
from test_example import EXAMPLE

FAST = Judging(fast=True)
OTHER = Declared(colour="yellow", as_written="Varken grön eller röd", source="text", trend=None)
SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
ANNA = User("anna", "review")
STRANGER = User("sven", "review", frozenset({"Storsjö"}))
LOCAL = User("lotta", "review", frozenset({"Granvik"}))
ADDRESSEE = User("arne", "review", frozenset())
"""Someone who may see no municipality, only what they have sent in."""


@pytest.fixture
def filled(database: Database, small_result: Result) -> Database:
    with database.writing() as session:
        take_in(session, small_result)
    return database


def taken_back(database: Database, result: Result) -> Result:
    with database.reading() as session:
        return give_back(session, SYSTEM, result.run)


def test_what_is_taken_in_comes_back_whole(filled: Database, small_result: Result) -> None:
    assert taken_back(filled, small_result) == small_result


def test_taking_in_twice_changes_nothing(filled: Database, small_result: Result) -> None:
    with filled.writing() as session:
        take_in(session, small_result)
    assert taken_back(filled, small_result) == small_result


def test_the_example_archive_comes_back_byte_for_byte(database: Database, tmp_path: Any) -> None:
    result = run_import([EXAMPLE / "archive"], tmp_path / "work", Options(judging=FAST)).result
    with database.writing() as session:
        take_in(session, result)
    write_result(result, tmp_path / "in")
    write_result(taken_back(database, result), tmp_path / "back")
    names = sorted(path.name for path in (tmp_path / "in").iterdir())
    assert "records.jsonl" in names
    for name in names:
        assert (tmp_path / "in" / name).read_bytes() == (tmp_path / "back" / name).read_bytes(), name
    with database.writing() as session:
        found = checked(result)
        put_checked(session, found, {record.id: record for record in result.records})
        assert stored_run(session) == result.run
        assert tuple(all_findings(session, SYSTEM)) == found.findings == result.findings
        threads = [neighbours(session, SYSTEM, record.id) for record in result.records]
    assert all(record in thread for record, thread in zip(result.records, threads, strict=True))
    days = [[record.day for record in thread if record.day] for thread in threads]
    assert max(map(len, days)) > 2 and all(thread == sorted(thread) for thread in days)


def whole(ask: Callable[[str | None], Page[Any]]) -> list[Any]:
    """The items of all pages."""
    page = ask(None)
    items = list(page.items)
    while page.next is not None:
        assert page.items
        page = ask(page.next)
        items += page.items
    return items


@SHARED
@given(limit=st.integers(-1, 2000), asked=st.data())
def test_pages_together_are_the_whole_list(filled: Database, small_result: Result, limit: int, asked: Any) -> None:
    record = asked.draw(st.sampled_from(small_result.records))
    values = {
        "municipality": record.municipality,
        "board": "; ".join(record.board_names),
        "year": record.period and record.period.year,
        "kind": record.kind,
        "colour": record.declared and record.declared.colour,
        "document": record.document.sha256,
    }
    names = asked.draw(st.sets(st.sampled_from(sorted(values))))
    chosen = RecordFilter(**{name: values[name] for name in names})
    with filled.reading() as session:
        found = whole(lambda mark: list_records(session, SYSTEM, chosen, mark, limit))
        assert found == list(all_records(session, SYSTEM, chosen))
    assert len({one.id for one in found}) == len(found)
    assert {one.id for one in found} == {one.id for one in small_result.records if _matches(one, chosen)}


def _matches(record: Record, asked: RecordFilter) -> bool:
    wanted = asked.model_dump(exclude_none=True)
    held = {
        **{"municipality": record.municipality, "board": "; ".join(record.board_names), "kind": record.kind},
        **{"year": record.period and record.period.year, "document": record.document.sha256},
        "colour": record.declared and record.declared.colour,
    }
    return all(held[name] == value for name, value in wanted.items())


@SHARED
@given(
    limit=st.integers(1, 10),
    kind=st.sampled_from([None, "completeness", "declared_vs_phrase", "across_documents"]),
    standing=st.sampled_from([None, "open", "decided", "skipped"]),
)
def test_pages_of_findings(filled: Database, small_result: Result, limit: int, kind: Any, standing: Any) -> None:
    with filled.writing() as session:
        for number, verdict in ((0, "agree"), (2, "skip"), (5, "fault")):
            decide(session, ANNA, small_result.findings[number], Decision(verdict=verdict, key=f"{number}"))
    asked = FindingFilter(kind=kind, standing=standing)
    with filled.reading() as session:
        found = whole(lambda mark: list_findings(session, ANNA, asked, mark, limit))
        assert count_findings(session, ANNA, asked) == len(found)
    numbers = {None: range(8), "open": (1, 3, 4, 6, 7), "decided": (0, 5), "skipped": (2,)}[standing]
    assert found == [small_result.findings[n] for n in numbers if kind in (None, small_result.findings[n].kind)]


@pytest.mark.parametrize(
    "mark", ["å", "AAAA", "W10", "WzFd", "W251bGwsbnVsbF0", "WyJhIiwgImIiXQ", "W05hTiwgIlx1MDAwMCJd", "WzEuMCwgMl0"]
)
def test_a_mark_of_another_list_is_refused(filled: Database, mark: str) -> None:
    with filled.reading() as session, pytest.raises(UsageError, match="Sidmärket"):
        list_findings(session, SYSTEM, FindingFilter(), mark)


@pytest.mark.parametrize("number", ["99999999999999999999", "-99999999999", "true", "1.5"])
def test_a_mark_with_a_number_that_no_row_has_is_refused(filled: Database, number: str) -> None:
    mark = urlsafe_b64encode(f"[{number}]".encode()).decode()
    with filled.reading() as session, pytest.raises(UsageError, match="Sidmärket"):
        audit_log(session, mark)


def test_who_sees_what(filled: Database, small_result: Result) -> None:
    with filled.writing() as session:
        receive(session, "e" * 64, "ny.pdf", 10, ADDRESSEE)
        for finding in small_result.findings:
            decide(session, ANNA, finding, Decision(verdict="agree"))
            decide(session, SYSTEM, finding, Decision(verdict="agree"))
        record = small_result.records[0]
        add_corrections(session, [_red(record)], record.document.sha256)
    of_records = [finding for finding in small_result.findings if finding.records]
    seen = {SYSTEM: small_result.findings, LOCAL: of_records, STRANGER: [], ADDRESSEE: []}
    with filled.reading() as session:
        for user, findings in seen.items():
            records = small_result.records if findings else ()
            assert list_findings(session, user, FindingFilter()).items == tuple(findings)
            assert tuple(all_findings(session, user)) == tuple(findings)
            assert len(list_records(session, user, RecordFilter()).items) == len(records)
            assert [row.finding for row in history(session, user).items] == [f.id for f in findings for _ in range(2)]
            assert [one.both for one in agreements(session, user)] == ([len(findings)] if findings else [])
            assert len(all_corrections(session, user=user)) == len(unfit_corrections(session, user)) == bool(findings)
            assert give_back(session, user, small_result.run).findings == tuple(findings)
            assert bool(find_record(session, user, small_result.records[0].id)) == bool(findings)
            assert bool(find_finding(session, user, small_result.findings[0].id)) == bool(findings)
            assert len(neighbours(session, user, small_result.records[0].id)) == bool(findings)
        assert [row.sha256 for row in list_documents(session, ADDRESSEE).items] == ["e" * 64]
        assert list_documents(session, STRANGER).items == ()
        assert find_document(session, STRANGER, "e" * 64) is None
        assert len(list_documents(session, SYSTEM).items) == len(small_result.documents)


def test_own_documents_are_seen_whatever_their_municipality(database: Database, small_result: Result) -> None:
    sent = small_result.records[0].document.sha256
    with database.writing() as session:
        receive(session, sent, "egen.pdf", 10, ADDRESSEE)
        take_in(session, small_result)
        decide(session, ANNA, small_result.findings[0], Decision(verdict="agree"))
        assert {one.document.sha256 for one in all_records(session, ADDRESSEE)} == {sent}
        assert small_result.findings[0] in list_findings(session, ADDRESSEE, FindingFilter()).items
        assert len(history(session, ADDRESSEE).items) == 1


def _red(record: Record) -> Correction:
    red = Declared(colour="red", as_written="Röd", source="text", trend=None).model_dump(mode="json")
    old = record.declared and record.declared.model_dump(mode="json")
    return Correction(who="anna", when="2026-01-01", record=record.id, field="declared", old=old, new=red)


def test_corrections_are_put_on_and_stay_when_a_document_is_read_anew(filled: Database, small_result: Result) -> None:
    record, gone = small_result.records[:2]
    sha256 = record.document.sha256
    own = tuple(one for one in small_result.records if one.document.sha256 == sha256)
    row = {**record.model_dump(mode="json", exclude={"id", "assessment", "without_phrase", "phrase", "corrected"})}
    row["assignment"] = "Bygg en brygga"
    fixes = (
        _red(record),
        Correction(who="a", when="2", record=gone.id, field=ADDED, old=gone.assignment),
        Correction(who="a", when="3", record=added_identity(sha256, row), field=ADDED, new=row),
    )
    for _ in range(2):
        with filled.writing() as session:
            if not all_corrections(session):
                add_corrections(session, fixes, sha256)
            assert correct_document(session, sha256, FAST) == ()
            assert unfit_corrections(session) == ()
            found = find_record(session, SYSTEM, record.id)
            assert found is not None and found.declared is not None and found.declared.colour == "red"
            assert find_record(session, SYSTEM, gone.id) is None
            titles = [one.assignment for one in all_records(session, SYSTEM, RecordFilter(document=sha256))]
            assert titles.count("Bygg en brygga") == 1 and len(titles) == len(own)
            assert list_records(session, SYSTEM, RecordFilter(colour="red", document=sha256)).items[0].id == record.id
            put_records(session, sha256, own)
    with filled.writing() as session:
        put_records(session, sha256, [one.model_copy(update={"declared": OTHER}) for one in own])
        fixed, unfit = fixes[0].model_copy(update={"document": sha256}), correct_document(session, sha256, FAST)
        assert unfit == unfit_corrections(session) == (fixed,)
        put_records(session, sha256, own)
        add_corrections(session, [fixed.model_copy(update={"old": fixed.new, "new": fixed.old})], sha256)
        assert correct_document(session, sha256, FAST) == ()
        again = find_record(session, SYSTEM, record.id)
        assert again is not None and again.declared == record.declared


def test_corrections_name_their_document(filled: Database, small_result: Result) -> None:
    record = small_result.records[0]
    with filled.writing() as session:
        add_corrections(session, [_red(record)], record.document.sha256)
        assert [one.document for one in all_corrections(session)] == [record.document.sha256]
        with pytest.raises(UsageError, match="glömts"):
            add_corrections(session, [_red(record)], "f" * 64)


def test_decisions_about_findings_that_are_gone_are_listed(filled: Database, small_result: Result) -> None:
    first, second = small_result.findings[:2]
    with filled.writing() as session:
        for finding in (first, second):
            decide(session, ANNA, finding, Decision(verdict="agree"))
        rest = Checked(tuple(small_result.findings[1:]), {}, {})
        put_checked(session, rest, {record.id: record for record in small_result.records})
        assert [row.finding for row in unfit_decisions(session, SYSTEM)] == [first.id]
        assert [row.finding for row in unfit_decisions(session, LOCAL)] == [first.id]
        assert unfit_decisions(session, STRANGER) == ()
        with pytest.raises(UsageError, match="finns inte längre"):
            decide(session, ANNA, first, Decision(verdict="agree"))
        put_checked(session, Checked(small_result.findings, {}, {}), {})
        assert unfit_decisions(session, SYSTEM) == ()


def test_a_check_keeps_nothing_about_records_that_have_gone_meanwhile(filled: Database, small_result: Result) -> None:
    records = {record.id: record for record in small_result.records}
    changed = small_result.findings[1].model_copy(update={"message": "Annat."})
    about = small_result.findings[0].records[0]
    with filled.writing() as session:
        put_records(session, records[about].document.sha256, [])
        put_checked(session, Checked((small_result.findings[0], changed), {}, {}), records)
        assert tuple(all_findings(session, SYSTEM)) == (changed,)
        assert findings_about(session, changed.records[0]) == (changed.id,)
        assert findings_about(session, about) == ()


def test_a_finding_is_found_by_its_record_as_corrected(filled: Database, small_result: Result) -> None:
    """Though the finding says the same as before."""
    finding = small_result.findings[0]
    records = {one.id: one.model_copy(update={"board_names": ("Valnämnden",)}) for one in small_result.records}
    with filled.writing() as session:
        put_checked(session, Checked(small_result.findings, {}, {}), records)
        assert finding in list_findings(session, SYSTEM, FindingFilter(board="Valnämnden")).items


def test_the_log_is_paged(database: Database) -> None:
    with database.writing() as session:
        for number in range(7):
            log(session, "anna", "export", str(number))
    with database.reading() as session:
        assert [row.target for row in whole(lambda mark: audit_log(session, mark, 3))] == list("0123456")
