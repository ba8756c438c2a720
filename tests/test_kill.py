"""Slow: the program is killed at twenty moments, and nothing that it said was kept is lost or doubled."""

import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from desks import ARCHIVE, send, settle
from killed import DOCUMENTS, document, noted
from killing import Marker, kill_often
from ljuskoll.models.judging import Judging
from ljuskoll.service.pipeline import Options, run_import
from ljuskoll.service.review.desk import Desk, open_desk
from ljuskoll.service.review.reading import Reader
from ljuskoll.service.store.access import SYSTEM
from ljuskoll.service.store.archive import checked, give_back, take_in
from ljuskoll.service.store.database import open_database, sqlite_url
from ljuskoll.service.store.documents import list_documents
from ljuskoll.service.store.schema import DecisionRow, DocumentRow, JobRow, RecordRow, StandingRow

pytestmark = pytest.mark.soak
KILLS, SEED, LONGEST = 20, 20261123, 4.0
CHILD = Path(__file__).parent / "killed.py"


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, Path]:
    """A desk whose program was killed again and again, then started and left in peace; and its notes."""
    folder = tmp_path_factory.mktemp("kill")
    notes, marker = folder / "notes", folder / "begun"
    judging = Judging(fast=True)
    imported = run_import([ARCHIVE], folder / "none", Options(judging=judging)).result
    database = open_database(sqlite_url(folder / "desk"))
    with database.writing() as session:
        take_in(session, imported)
    database.close()

    def is_sound() -> None:
        database = open_database(sqlite_url(folder / "desk"))
        with database.reading() as session:
            assert session.scalar(text("PRAGMA integrity_check")) == "ok"
        database.close()

    command = [sys.executable, str(CHILD), str(folder / "desk"), str(notes), str(marker)]
    kill_often(command, KILLS, SEED, LONGEST, Marker(marker).is_there, is_sound)
    desk = open_desk(folder / "desk", judging=judging)
    reader = Reader(desk, workers=2)
    reader.start()
    settle(desk)
    for name in failed(desk):  # killed three times while it was read: the message asks for it to be sent again
        send(desk, name, document(int(name.removesuffix(".txt"))))
    settle(desk)
    reader.stop()
    return desk, notes


def failed(desk: Desk) -> list[str]:
    """The names of documents whose reading was given up."""
    given_up = select(DocumentRow.path).join(JobRow, JobRow.document == DocumentRow.sha256)
    with desk.database.reading() as session:
        return list(session.scalars(given_up.where(JobRow.state == "failed", DocumentRow.status.is_(None))))


def test_every_document_that_was_kept_is_there_and_read(killed: tuple[Desk, Path]) -> None:
    desk, notes = killed
    told = [said["document"] for said in noted(notes.with_suffix(".documents"), "document")]
    with desk.database.reading() as session:
        rows = {row.sha256: row for row in list_documents(session, SYSTEM, limit=500).items}
    assert told == [sha256(document(number)).hexdigest() for number in range(len(told))]
    assert len(told) > DOCUMENTS / 2
    for digest in told:
        path = desk.originals.path(digest)
        assert path is not None
        assert sha256(path.read_bytes()).hexdigest() == digest
        assert rows[digest].status == "ok"


def test_no_document_is_read_to_more_or_less_than_it_holds(killed: tuple[Desk, Path], tmp_path: Path) -> None:
    desk, _ = killed
    (tmp_path / "0.txt").write_bytes(document(0))
    once = len(run_import([tmp_path], tmp_path / "none", Options(judging=desk.judging)).result.records)
    of_sent = select(DocumentRow.path, func.count()).join(RecordRow, RecordRow.document == DocumentRow.sha256)
    of_sent = of_sent.where(DocumentRow.received_by != SYSTEM.name).group_by(DocumentRow.path)
    with desk.database.reading() as session:
        counts = dict(session.execute(of_sent).all())
        read = select(JobRow.document, func.count()).where(JobRow.state == "done", JobRow.kind == "read")
        assert set(dict(session.execute(read.group_by(JobRow.document)).all()).values()) == {1}
    assert once > 0
    assert set(counts.values()) == {once}


def test_every_decision_that_was_kept_is_there_once(killed: tuple[Desk, Path]) -> None:
    desk, notes = killed
    told = {said["key"]: (said["finding"], said["verdict"]) for said in noted(notes.with_suffix(".decisions"), "key")}
    with desk.database.reading() as session:
        rows = list(session.scalars(select(DecisionRow).order_by(DecisionRow.id)))
        standing = {row.finding: row.verdict for row in session.scalars(select(StandingRow))}
    made = {row.key: (row.finding, row.verdict) for row in rows}
    assert len(told) > 10 * KILLS
    assert told.items() <= made.items()
    assert Counter(row.key for row in rows).most_common(1)[0][1] == 1
    assert len(made) - len(told) <= 1
    assert standing == {row.finding: row.verdict for row in rows}


def test_the_findings_are_those_of_what_was_read(killed: tuple[Desk, Path]) -> None:
    desk, _ = killed
    with desk.database.reading() as session:
        result = give_back(session, SYSTEM, desk.run)
    assert result.findings
    assert set(result.findings) == set(checked(result).findings)


def test_nothing_half_received_is_left(killed: tuple[Desk, Path]) -> None:
    desk, _ = killed
    assert list((desk.folder / "original" / "incoming").iterdir()) == []
