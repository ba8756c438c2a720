"""Decisions: a history that only grows, how everyone stands, and many people deciding at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Barrier
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.record import Finding, Result
from ljuskoll.service.store.access import SYSTEM, User
from ljuskoll.service.store.archive import Checked, put_checked, take_in
from ljuskoll.service.store.database import Database
from ljuskoll.service.store.decisions import (
    UNDO,
    Decision,
    agreements,
    decide,
    decided_counts,
    history,
    standings,
    undo,
)
from ljuskoll.service.store.findings import FindingFilter, count_findings, list_findings
from ljuskoll.service.store.fronts import advance
from ljuskoll.service.store.jobs import claim, enqueue, enqueue_check, finish, progress, put_back, release
from ljuskoll.service.store.people import add_token, has_tokens, revoke_token, sign_in, sign_out, signed_in, user_of
from ljuskoll.service.store.schema import DecisionRow, JobRow, SessionRow

AT_ONCE = 50
ANNA = User("anna", "review")
AGREE = Decision(verdict="agree")
_examples = count()


@pytest.fixture
def filled(database: Database, small_result: Result) -> Database:
    with database.writing() as session:
        take_in(session, small_result)
    return database


def at_once(work: Callable[[int], Any], times: int = AT_ONCE) -> list[Any]:
    """What the work returns in so many threads, all begun at the same moment."""
    barrier = Barrier(times)

    def waiting(number: int) -> Any:
        barrier.wait()
        return work(number)

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(waiting, range(times)))


def rows(database: Database) -> list[tuple[Any, ...]]:
    with database.reading() as session:
        table = DecisionRow.__table__
        return [tuple(row) for row in session.execute(select(*table.columns).order_by(table.c.id))]


DECIDED = st.tuples(
    st.sampled_from(["ulla", "per"]),
    st.integers(0, 3),
    st.sampled_from(["agree", "disagree", "fault", "skip", "undo"]),
    st.sampled_from([None, None, "1", "2"]),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(steps=st.lists(DECIDED, max_size=14))
def test_the_history_grows_and_everyone_stands_as_they_last_decided(
    filled: Database, small_result: Result, steps: list[Any]
) -> None:
    """Against a list for each person: the model."""
    example = next(_examples)
    stands: dict[str, list[tuple[int, str]]] = {"ulla": [], "per": []}
    keys: dict[tuple[str, str], tuple[int, str]] = {}
    for who, number, verdict, key in steps:
        before = rows(filled)
        sent = key and f"{example}-{number if verdict != UNDO else UNDO}-{key}"
        user, mine = User(f"{who}{example}", "review"), stands[who]
        with filled.writing() as session:
            if verdict == UNDO:
                undone = undo(session, user, sent)
                got = undone and (small_result.findings.index(_finding(small_result, undone.finding)), undone.verdict)
                expected = keys.get((who, sent or "")) or (mine[-1] if mine else None)
            else:
                row = decide(session, user, small_result.findings[number], Decision(verdict=verdict, key=sent))
                advance(session, user)
                expected, got = keys.get((who, sent or ""), (number, verdict)), (number, row.verdict)
        assert got == expected
        is_new = (who, sent) not in keys and expected is not None
        if is_new:
            mine.pop() if verdict == UNDO else mine.append((number, verdict))
            if sent:
                keys[who, sent] = expected
        with filled.reading() as session:
            first = list_findings(session, user, FindingFilter(standing="open"), None, 1).items
        decided = {number for number, _ in mine}
        assert first == small_result.findings[(left := min(set(range(8)) - decided)) : left + 1]
        after = rows(filled)
        assert after[: len(before)] == before and len(after) == len(before) + is_new
    with filled.reading() as session:
        found = standings(session, [finding.id for finding in small_result.findings])
        held = {(one.who, finding): one.verdict for finding, some in found.items() for one in some}
    for who, made in stands.items():
        latest = {small_result.findings[number].id: verdict for number, verdict in made}
        name = f"{who}{example}"
        assert {finding: verdict for (other, finding), verdict in held.items() if other == name} == latest


def _finding(result: Result, identity: str) -> Finding:
    return next(finding for finding in result.findings if finding.id == identity)


def test_what_a_new_check_finds_is_open_though_surer_than_what_is_decided(
    filled: Database, small_result: Result
) -> None:
    def open_ones() -> tuple[Finding, ...]:
        return list_findings(session, ANNA, FindingFilter(standing="open"), None, 2).items

    surer = small_result.findings[-1].model_copy(update={"score": 0.999})
    with filled.writing() as session:
        for finding in small_result.findings[:3]:
            decide(session, ANNA, finding, AGREE)
        advance(session, ANNA)
        assert open_ones() == small_result.findings[3:5]
        put_checked(session, Checked((surer, *small_result.findings[:-1]), {}, {}), {})
        assert open_ones() == (surer, small_result.findings[3])
        decide(session, ANNA, small_result.findings[3], AGREE)
        assert open_ones() == (surer, small_result.findings[4])
        decide(session, ANNA, surer, AGREE)
        advance(session, ANNA)
        assert open_ones() == small_result.findings[4:6]
        undo(session, ANNA)
        assert open_ones() == (surer, small_result.findings[4])


def test_a_key_marks_one_thing(filled: Database, small_result: Result) -> None:
    first, second = small_result.findings[:2]
    with filled.writing() as session:
        made = decide(session, ANNA, first, Decision(verdict="agree", key="a"))
        assert decide(session, ANNA, first, Decision(verdict="skip", key="a")).id == made.id
        assert decide(session, SYSTEM, first, Decision(verdict="skip", key="a")).id != made.id
        with pytest.raises(UsageError, match="key"):
            decide(session, ANNA, second, Decision(verdict="agree", key="a"))
        with pytest.raises(UsageError, match="key"):
            undo(session, ANNA, "a")
        assert undo(session, ANNA, "b") is made
        with pytest.raises(UsageError, match="key"):
            decide(session, ANNA, first, Decision(verdict="agree", key="b"))
        assert undo(session, ANNA) is None


def test_how_far_two_agree(filled: Database, small_result: Result) -> None:
    verdicts = [("agree", "agree"), ("agree", "disagree"), ("disagree", "disagree"), ("fault", "skip")]
    with filled.writing() as session:
        for finding, (one, other) in zip(small_result.findings, verdicts, strict=False):
            decide(session, ANNA, finding, Decision(verdict=one))  # type: ignore[arg-type]
            decide(session, SYSTEM, finding, Decision(verdict=other))  # type: ignore[arg-type]
        (found,) = agreements(session)
        assert (found.one, found.other, found.both, found.same, found.kappa) == ("anna", "ljuskoll", 3, 2, 0.4)
        assert decided_counts(session, ANNA) == {"agree": 2, "disagree": 1, "fault": 1}
        assert count_findings(session, ANNA, FindingFilter(standing="open")) == len(small_result.findings) - 4


def test_every_decision_made_at_once_is_kept(filled: Database, small_result: Result) -> None:
    def decide_all(number: int) -> None:
        user = User(f"granskare {number}", "review")
        for finding in small_result.findings:
            with filled.writing() as session:
                decide(session, user, finding, Decision(verdict="agree", note=str(number)))

    at_once(decide_all)
    kept = rows(filled)
    assert len(kept) == len({row[1:3] for row in kept}) == AT_ONCE * len(small_result.findings)
    with filled.reading() as session:
        found = standings(session, [finding.id for finding in small_result.findings])
    assert {len(some) for some in found.values()} == {AT_ONCE}


def test_what_one_sends_many_times_at_once_counts_once(filled: Database, small_result: Result) -> None:
    def send(number: int) -> int:
        with filled.writing() as session:
            return decide(session, ANNA, small_result.findings[0], Decision(verdict="agree", key="samma")).id

    assert len(set(at_once(send))) == len(rows(filled)) == 1


def test_one_persons_decisions_and_undos_at_once_are_one_after_the_other(
    filled: Database, small_result: Result
) -> None:
    def decide_or_undo(number: int) -> int | None:
        with filled.writing() as session:
            if number % 2:
                done = undo(session, ANNA)
                return done and done.id
            decide(session, ANNA, small_result.findings[0], Decision(verdict="agree" if number % 4 else "skip"))
            return None

    undone = [number for number in at_once(decide_or_undo, 30) if number is not None]
    assert len(set(undone)) == len(undone) > 0
    with filled.reading() as session:
        everything = history(session, SYSTEM, limit=100).items
        standing = [row for row in everything if row.verdict != UNDO and row.id not in undone]
        found = standings(session, [small_result.findings[0].id])
    assert [one.decision for some in found.values() for one in some] == [row.id for row in standing[-1:]]


def test_a_reader_sees_one_state(filled: Database, small_result: Result) -> None:
    with filled.reading() as session:
        before = history(session, SYSTEM).items
        with filled.writing() as other:
            decide(other, ANNA, small_result.findings[0], AGREE)
        assert history(session, SYSTEM).items == before == ()
    with filled.reading() as session:
        assert len(history(session, SYSTEM).items) == 1


def test_what_fails_is_not_kept(filled: Database, small_result: Result) -> None:
    with pytest.raises(ZeroDivisionError), filled.writing() as session:
        decide(session, ANNA, small_result.findings[0], AGREE)
        _ = 1 / 0
    assert rows(filled) == []
    with filled.writing() as session:
        decide(session, ANNA, small_result.findings[0], AGREE)


def test_work_is_claimed_once(database: Database) -> None:
    documents = [f"{number:064x}" for number in range(40)]
    with database.writing() as session:
        for document in documents:
            enqueue(session, "read", "anna", document)
        enqueue_check(session)

    def take(number: int) -> list[str | None]:
        with database.writing() as session:
            return [job.document for job in claim(session, 3)]

    taken = [document for some in at_once(take, 20) for document in some]
    assert sorted(document for document in taken if document) == documents
    assert taken.count(None) == 1


def test_the_queue(database: Database) -> None:
    with database.writing() as session:
        first, second = enqueue(session, "read", "anna", "1"), enqueue(session, "read", "anna", "2")
        assert enqueue(session, "read", "per", "1") == first
        check = enqueue_check(session)
        assert enqueue_check(session) == check
        assert [job.id for job in claim(session, 1)] == [first]
        finish(session, first)
        assert [job.id for job in claim(session, 5)] == [second]
        put_back(session, second)
        assert [(job.id, job.attempts) for job in claim(session, 5)] == [(second, 1)]
        finish(session, second, "Filen är trasig.")
        assert enqueue(session, "read", "anna", "1") != first
        found = progress(session)
        assert (found.waiting, found.working, found.done, found.failed, found.checking) == (1, 0, 1, 1, True)


def test_what_kills_the_server_again_and_again_is_given_up(database: Database) -> None:
    with database.writing() as session:
        job = enqueue(session, "read", "anna", "1")
        for _ in range(3):
            assert [one.id for one in claim(session, 1)] == [job]
            release(session)
        assert claim(session, 1) == ()
        session.expire_all()
        row = session.get_one(JobRow, job)
        assert row.state == "failed" and row.message is not None and "avbröts" in row.message


def test_the_same_work_sent_at_once_is_queued_once(database: Database) -> None:
    def send(number: int) -> int:
        with database.writing() as session:
            return enqueue(session, "read", "anna", "1")

    assert len(set(at_once(send, 20))) == 1


def test_tokens_and_sessions(database: Database) -> None:
    with database.writing() as session:
        assert not has_tokens(session)
        token = add_token(session, "Åsa", "review", ["Granvik"])
        assert user_of(session, token) == User("Åsa", "review", frozenset({"Granvik"}))
        assert user_of(session, token + "x") is None and sign_in(session, "") is None
        secret, other = sign_in(session, token), sign_in(session, token)
        assert secret and other and secret != other
        signed = signed_in(session, secret)
        assert signed and signed.user.name == "Åsa" and signed.csrf not in (token, secret)
        sign_out(session, other)
        assert signed_in(session, other) is None
        with pytest.raises(UsageError, match="redan"):
            add_token(session, "Åsa", "read")
        with pytest.raises(UsageError, match="roll"):
            add_token(session, "Bo", "granska")  # type: ignore[arg-type]
    with database.writing() as session:
        row = session.scalars(select(SessionRow)).one()
        assert secret not in (row.digest, row.csrf)
        row.expires_at = "2020"
        session.flush()
        assert signed_in(session, secret) is None
        late = sign_in(session, token)
        assert session.scalars(select(SessionRow.digest)).one() != row.digest
        revoke_token(session, "Åsa")
        assert late and signed_in(session, late) is None
        assert user_of(session, token) is None and sign_in(session, token) is None and has_tokens(session)
        with pytest.raises(UsageError, match="ingen nyckel"):
            revoke_token(session, "Åsa")


def test_a_name_gets_one_token_though_asked_for_at_once(database: Database) -> None:
    def add(number: int) -> bool:
        try:
            with database.writing() as session:
                return bool(add_token(session, "Bo", "read"))
        except UsageError:
            return False

    assert sum(at_once(add, 10)) == 1
