"""Forgetting a document in the store: no list shows it, no file holds a word of it, and all else is as it was."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url, select, text

from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.corrections import Correction
from ljuskoll.service.record import DocumentRecord, FindingEvidence, Result
from ljuskoll.service.store.access import SYSTEM, User
from ljuskoll.service.store.archive import Checked, give_back, put_checked, take_in
from ljuskoll.service.store.audit import Action, audit_log, log
from ljuskoll.service.store.corrections import add_corrections, all_corrections, unfit_corrections
from ljuskoll.service.store.database import Database, scrub
from ljuskoll.service.store.decisions import Decision, decide, history, standings, undo, unfit_decisions
from ljuskoll.service.store.forgetting import forget
from ljuskoll.service.store.jobs import enqueue
from ljuskoll.service.store.schema import AuditRow, CorrectionRow

ANNA = User("anna", "review")
SECRET = "Hemligheten i Kvarnbyn"
NAME = "hemlig uppföljning.pdf"
MANY = 40
"""So many times the texts stand in the store, so that they fill several pages of its file."""


def with_secret(result: Result) -> tuple[Result, str]:
    """The result where one document, its copy, records, plan and findings hold the secret; the document's sha256."""
    sha256 = result.records[0].document.sha256
    path = {"path": NAME}
    documents = [one.model_copy(update=path) if one.sha256 == sha256 else one for one in result.documents]
    records = []
    for record in result.records:
        if record.document.sha256 == sha256:
            source = record.document.model_copy(update=path)
            texts = {"comment": f"{SECRET}. " * MANY, "assignment": f"{SECRET} {record.id[:4]}", "document": source}
            record = record.model_copy(update=texts)
        records.append(record)
    plan = result.plans[0].model_copy(update={"text": SECRET, "document": records[0].document})
    own = {record.id for record in records if record.document.sha256 == sha256}
    findings = []
    for finding in result.findings:
        if own.intersection(finding.records) or not finding.records:
            evidence = (FindingEvidence(record=None, text=SECRET),)
            finding = finding.model_copy(update={"message": f"{SECRET} ({NAME}, sida 1).", "evidence": evidence})
        findings.append(finding)
    vanished = findings[-2].model_copy(update={"id": "f" * 64, "message": f"Finns inte med i {NAME}."})
    changes = {"documents": documents, "records": records, "findings": (*findings, vanished), "plans": (plan,)}
    return Result(**{**dict(result), **changes}), sha256


@pytest.fixture
def forgotten(database: Database, small_result: Result) -> tuple[Database, Result, str]:
    """A store where a document has been taken in, decided on, corrected, and forgotten; its sha256."""
    result, sha256 = with_secret(small_result)
    with database.writing() as session:
        take_in(session, result)
        enqueue(session, "read", "anna", sha256)
        for finding in result.findings:
            for user in (ANNA, SYSTEM):
                decide(session, user, finding, Decision(verdict="disagree", light="red", note=finding.message))
        for record in (result.records[0], result.records[-1]):
            values: dict[str, Any] = {"who": "anna", "when": "2026-01-01", "field": "comment", "old": record.comment}
            fix = Correction(**values, record=record.id, new=f"Nytt. {record.comment}")
            add_corrections(session, [fix], record.document.sha256)
        lost = Correction(who="per", when="2026", record="1" * 64, field="comment", old=SECRET, new="")
        add_corrections(session, [lost], None)
        log(session, "anna", "upload", sha256)
    with database.writing() as session:
        forget(session, sha256)
    return database, result, sha256


def test_nothing_shows_it_and_the_rest_is_as_it_was(forgotten: tuple[Database, Result, str]) -> None:
    database, result, sha256 = forgotten
    with database.reading() as session:
        left = give_back(session, SYSTEM, result.run)
        decisions = history(session, SYSTEM, limit=500).items
        corrections = all_corrections(session)
        assert unfit_decisions(session, SYSTEM) == ()
        assert {one.who for one in unfit_corrections(session)} <= {"anna"}
        assert len(session.scalars(select(CorrectionRow)).all()) == 3
    assert left.documents == tuple(one for one in result.documents if one.sha256 != sha256)
    assert left.records == tuple(one for one in result.records if one.document.sha256 != sha256)
    assert left.plans == ()
    kept = [one for one in result.findings if one.records and NAME not in one.message]
    assert left.findings == tuple(kept) and len(kept) > 2
    assert len(decisions) == 2 * len(result.findings)
    assert [row.finding for row in decisions if row.finding] == [one.id for one in kept for _ in range(2)]
    blank = [(row.about, row.note, row.light, row.document) for row in decisions if not row.finding]
    assert set(blank) == {("{}", "", None, None)}
    assert [one.record for one in corrections] == [result.records[-1].id]
    for held in (left.model_dump_json(), str([(row.about, row.note) for row in decisions]), str(corrections)):
        assert SECRET not in held and NAME not in held


def test_no_file_holds_a_word_of_it(forgotten: tuple[Database, Result, str], store_url: str, tmp_path: Path) -> None:
    database, *_ = forgotten
    words = [text.encode() for text in (SECRET, NAME, "Kvarnbyn")]
    if make_url(store_url).get_backend_name() == "sqlite":
        files = lambda: [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]  # noqa: E731
    else:
        files = lambda: _server_files(database)  # noqa: E731
    assert any(word in data for data in files() for word in words), "the log still has it: else this tests nothing"
    scrub(database)
    assert files()
    assert [word for data in files() for word in words if word in data] == []


def _server_files(database: Database) -> list[bytes]:
    """What the server keeps of this database; its log (WAL) is not the database's."""
    with database.engine.connect() as connection:
        connection.execute(text("CHECKPOINT"))
        folder = connection.execute(text("SHOW data_directory")).scalar_one()
        number = connection.execute(text("SELECT oid FROM pg_database WHERE datname = current_database()")).scalar_one()
    return [path.read_bytes() for path in (Path(folder) / "base" / str(number)).iterdir()]


def test_it_is_not_decided_on_any_more(forgotten: tuple[Database, Result, str]) -> None:
    database, result, sha256 = forgotten
    with database.writing() as session:
        with pytest.raises(UsageError, match="finns inte längre"):
            decide(session, ANNA, result.findings[0], Decision(verdict="agree"))
        with pytest.raises(UsageError, match="finns inte längre"):
            add_corrections(session, all_corrections(session), sha256)
        undone = [row.finding for row in iter(lambda: undo(session, ANNA), None)]
        assert undone and "" not in undone
        assert standings(session, [""]) == {}


def test_a_check_begun_before_does_not_bring_it_back(forgotten: tuple[Database, Result, str]) -> None:
    database, result, _ = forgotten
    with database.writing() as session:
        about_it = [finding for finding in result.findings if finding.records and SECRET in finding.message]
        put_checked(session, Checked(tuple(about_it), {}, {}), {record.id: record for record in result.records})
        assert about_it and give_back(session, SYSTEM, result.run).findings == ()


def test_more_than_a_statement_takes(database: Database, small_result: Result) -> None:
    sha256 = "a" * 64
    one = small_result.records[0]
    source = one.document.model_copy(update={"sha256": sha256})
    records = [one.model_copy(update={"id": f"{n:064}", "document": source}) for n in range(2500)]
    findings = [
        small_result.findings[0].model_copy(update={"id": f"{n:064}", "records": (record.id,)})
        for n, record in enumerate(records)
    ]
    changes = {
        "records": records,
        "findings": findings,
        "documents": [DocumentRecord(path="a", sha256=sha256, status="ok")],
    }
    with database.writing() as session:
        take_in(session, Result(**{**dict(small_result), **changes, "plans": ()}))
        for finding in findings[:1500]:
            decide(session, ANNA, finding, Decision(verdict="agree"))
    with database.writing() as session:
        forget(session, sha256)
    with database.reading() as session:
        assert give_back(session, SYSTEM, small_result.run).findings == ()
        assert {row.finding for row in history(session, SYSTEM, limit=500).items} == {""}


@pytest.mark.parametrize("action", Action.__args__)
def test_the_log_holds_ids_alone(database: Database, action: Action) -> None:
    with database.writing() as session:
        log(session, "anna", action, "a" * 64)
    with database.reading() as session:
        (row,) = audit_log(session).items
    assert (row.who, row.action, row.target) == ("anna", action, "a" * 64)
    assert set(AuditRow.__table__.columns.keys()) == {"id", "at", "who", "action", "target"}
