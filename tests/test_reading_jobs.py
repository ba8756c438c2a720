"""Reading beside the server: what is sent in is read once, judged and checked, and nothing ends the reader."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

import pytest
from PIL import Image
from sqlalchemy import select, update

from desks import ARCHIVE, PATIENCE, REVIEWER, new_desk, send, settle
from ljuskoll.models.judging import Judging
from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.corrections import Correction
from ljuskoll.service.one_file import Options
from ljuskoll.service.outputs.files import write_result
from ljuskoll.service.pipeline import run_import
from ljuskoll.service.review.desk import Desk, open_desk
from ljuskoll.service.review.forgetting import forget_document
from ljuskoll.service.review.reading import GONE, Reader, reread
from ljuskoll.service.review.receiving import plain_name
from ljuskoll.service.store.access import SYSTEM
from ljuskoll.service.store.archive import checked, give_back
from ljuskoll.service.store.corrections import add_corrections, correct_document
from ljuskoll.service.store.decisions import Decision, decide, standings
from ljuskoll.service.store.documents import Said
from ljuskoll.service.store.findings import FindingFilter, list_findings
from ljuskoll.service.store.records import RecordFilter, find_record, list_records
from ljuskoll.service.store.schema import DocumentRow, JobRow
from ljuskoll.service.workers import Limits

pytestmark = pytest.mark.processes

YEAR, AUTUMN = (
    ARCHIVE / "Lillådalen" / "2024" / name for name in ("arsuppfoljning-2024.pdf", "delarsuppfoljning-2024.pdf")
)
PLAIN = ARCHIVE / "Lillådalen" / "2023" / "uppdrag-t1-2023.txt"
Jobs: TypeAlias = dict[str | None, list[tuple[str, str | None]]]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = new_desk(tmp_path / "desk")
    yield made
    made.database.close()


@contextmanager
def working(desk: Desk, limits: Limits = Limits(), workers: int = 1) -> Iterator[Reader]:  # noqa: B008
    reader = Reader(desk, limits, workers)
    reader.start()
    try:
        yield reader
    finally:
        reader.stop()


def jobs(desk: Desk) -> Jobs:
    """State and message of each document's jobs."""
    found: Jobs = {}
    with desk.database.reading() as session:
        for job in session.scalars(select(JobRow).where(JobRow.kind == "read").order_by(JobRow.id)):
            found.setdefault(job.document, []).append((job.state, job.message))
    return found


def row(desk: Desk, sha256: str) -> DocumentRow:
    with desk.database.reading() as session:
        return session.get_one(DocumentRow, sha256)


def records(desk: Desk, sha256: str) -> int:
    with desk.database.reading() as session:
        return len(list_records(session, SYSTEM, RecordFilter(document=sha256), limit=500).items)


def until(desk: Desk, sha256: str, is_so: Callable[[list[tuple[str, str | None]]], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so(jobs(desk).get(sha256, [])):
        assert time.monotonic() < end, jobs(desk)
        time.sleep(0.05)


def long_text(size: int = 4_000_000) -> bytes:
    """A text of so many bytes; the longest takes minutes to read."""
    return PLAIN.read_bytes() * (size // PLAIN.stat().st_size)


def greedy_picture(path: Path) -> bytes:
    """A small file of a hundred million pixels."""
    Image.new("RGB", (9_900, 9_900), "white").save(path)
    return path.read_bytes()


def test_documents_are_read_judged_and_checked(desk: Desk) -> None:
    with working(desk, workers=2) as reader:
        sent = [send(desk, path.name, path.read_bytes()) for path in (YEAR, AUTUMN, PLAIN)]
        reader.wake()
        settle(desk)
    assert all(jobs(desk)[one.sha256] == [("done", None)] for one in sent)
    assert [records(desk, one.sha256) for one in sent] == [14, 12, 13]
    assert row(desk, sent[0].sha256).year == 2024
    with desk.database.reading() as session:
        result = give_back(session, SYSTEM, desk.run)
    assert result.findings
    assert set(result.findings) == set(checked(result).findings)


def test_what_the_sender_says_fills_in_what_the_document_does_not(desk: Desk) -> None:
    text = b"Uppdrag: Bygg en bro\nStatus: R\xc3\xb6d\nKommentar: Uppdraget \xc3\xa4r inte p\xc3\xa5b\xc3\xb6rjat.\n"
    one = send(desk, "bro.txt", text, Said(municipality="Bjurholm", period="T2 2022"))
    with working(desk):
        settle(desk)
    with desk.database.reading() as session:
        (record,) = list_records(session, SYSTEM, RecordFilter(document=one.sha256)).items
    assert (record.municipality, record.period and (record.period.year, record.period.tertial)) == (
        "Bjurholm",
        (2022, 2),
    )


def test_a_document_that_hangs_or_is_damaged_fails_with_its_message(desk: Desk) -> None:
    slow = send(desk, "slow.txt", long_text())
    damaged = send(desk, "damaged.pdf", b"%PDF-1.4 and no more")
    empty = send(desk, "empty.pdf", b"")
    with working(desk, Limits(seconds=15)):
        settle(desk)
    found = [jobs(desk)[one.sha256] for one in (slow, damaged, empty)]
    assert [state for ((state, _),) in found] == ["failed"] * 3
    told = [message or "" for ((_, message),) in found]
    assert told[0] == "Läsningen tog mer än 15 sekunder och avbröts. Dela dokumentet och ladda upp delarna."
    assert "skadad" in told[1]
    assert "tom" in told[2]
    assert row(desk, slow.sha256).status == "unreadable"


def test_a_document_that_eats_memory_fails_and_the_next_one_is_read(desk: Desk, tmp_path: Path) -> None:
    greedy = send(desk, "greedy.png", greedy_picture(tmp_path / "greedy.png"))
    good = send(desk, YEAR.name, YEAR.read_bytes())
    with working(desk, Limits(megabytes=1000)):
        settle(desk)
    ((state, message),) = jobs(desk)[greedy.sha256]
    assert (state, (message or "")[:41]) == ("failed", "Läsningen tog mer än 1000 MB minne och av")
    assert jobs(desk)[good.sha256] == [("done", None)]
    assert records(desk, good.sha256) == 14


def test_stopping_puts_back_what_is_in_hand_and_the_next_start_reads_it(desk: Desk) -> None:
    one = send(desk, "long.txt", long_text(100_000))
    other = send(desk, YEAR.name, YEAR.read_bytes())
    with working(desk):
        until(desk, one.sha256, lambda found: found == [("working", None)])
    assert jobs(desk) == {one.sha256: [("waiting", None)], other.sha256: [("waiting", None)]}
    with desk.database.reading() as session:
        assert list(session.scalars(select(JobRow.attempts))) == [0, 0]
    with working(desk):
        settle(desk)
    assert jobs(desk) == {one.sha256: [("done", None)], other.sha256: [("done", None)]}
    assert records(desk, one.sha256) > 100


def test_stopping_does_not_wait_for_a_document_that_hangs(desk: Desk) -> None:
    slow = send(desk, "slow.txt", long_text())
    with working(desk):
        until(desk, slow.sha256, lambda found: found == [("working", None)])
        start = time.monotonic()
    assert time.monotonic() - start < 20


def test_the_same_bytes_are_read_once(desk: Desk) -> None:
    first = send(desk, "a.txt", PLAIN.read_bytes())
    again = send(desk, "b.txt", PLAIN.read_bytes())
    assert (again.sha256, again.job) == (first.sha256, first.job)
    with working(desk):
        until(desk, first.sha256, lambda found: found[0][0] != "waiting")
        send(desk, "c.txt", PLAIN.read_bytes())
        settle(desk)
        later = send(desk, "d.txt", PLAIN.read_bytes())
    assert later.job is None
    assert jobs(desk) == {first.sha256: [("done", None)]}
    assert row(desk, first.sha256).path == "a.txt"


def test_what_could_not_be_read_can_be_sent_again(desk: Desk) -> None:
    sent = send(desk, YEAR.name, YEAR.read_bytes())
    with working(desk, Limits(seconds=0)):
        settle(desk)
    assert row(desk, sent.sha256).status == "unreadable"
    assert send(desk, YEAR.name, YEAR.read_bytes()).job is not None
    with working(desk):
        settle(desk)
    assert [state for state, _ in jobs(desk)[sent.sha256]] == ["failed", "done"]
    assert records(desk, sent.sha256) == 14


def read_by_another_version(desk: Desk) -> None:
    with desk.database.writing() as session:
        session.execute(update(DocumentRow).values(read_by="0.0.1"))


def test_reading_anew_keeps_corrections_and_decisions(desk: Desk) -> None:
    sent = send(desk, YEAR.name, YEAR.read_bytes())
    with working(desk):
        settle(desk)
    with desk.database.writing() as session:
        finding = list_findings(session, SYSTEM, FindingFilter()).items[0]
        decide(session, REVIEWER, finding, Decision(verdict="agree", note="stämmer"))
        record = next(
            one
            for one in list_records(session, SYSTEM, RecordFilter(document=sent.sha256)).items
            if one.id not in finding.records
        )
        change = {"field": "assignment", "old": record.assignment, "new": "Rättad rubrik"}
        add_corrections(session, [Correction(who="Kim", when="2026-11-23", record=record.id, **change)], sent.sha256)
        correct_document(session, sent.sha256)
    read_by_another_version(desk)
    with working(desk):
        settle(desk)
    assert [state for state, _ in jobs(desk)[sent.sha256]] == ["done", "done"]
    assert row(desk, sent.sha256).read_by != "0.0.1"
    assert records(desk, sent.sha256) == 14
    with desk.database.reading() as session:
        corrected = find_record(session, SYSTEM, record.id)
        standing = standings(session, [finding.id])[finding.id]
    assert corrected is not None
    assert (corrected.assignment, corrected.corrected) == ("Rättad rubrik", ("assignment",))
    assert [(one.who, one.verdict, one.note) for one in standing] == [("Kim", "agree", "stämmer")]


def test_what_this_version_has_read_is_not_read_anew(desk: Desk) -> None:
    send(desk, PLAIN.name, PLAIN.read_bytes())
    with working(desk):
        settle(desk)
    assert reread(desk) == 0


def test_where_reading_anew_fails_the_earlier_reading_stays(desk: Desk) -> None:
    sent = send(desk, YEAR.name, YEAR.read_bytes())
    with working(desk):
        settle(desk)
    read_by_another_version(desk)
    with working(desk, Limits(seconds=0)):
        settle(desk)
    assert [state for state, _ in jobs(desk)[sent.sha256]] == ["done", "failed"]
    assert (row(desk, sent.sha256).status, records(desk, sent.sha256)) == ("ok", 14)
    assert reread(desk) == 0


def test_an_import_that_is_read_anew_is_as_it_was(tmp_path: Path) -> None:
    judging = Judging(fast=True)
    imported = run_import([ARCHIVE], tmp_path / "out", Options(judging=judging)).result
    write_result(imported, tmp_path / "out")
    desk = open_desk(tmp_path / "desk", archive=tmp_path / "out", sources=[ARCHIVE], judging=judging)
    read_by_another_version(desk)
    with working(desk, workers=2):
        settle(desk)
    assert {state for states in jobs(desk).values() for state, _ in states} == {"done"}
    assert len(jobs(desk)) == len(imported.documents)
    with desk.database.reading() as session:
        again = give_back(session, SYSTEM, desk.run)
    desk.database.close()
    assert again.documents == imported.documents
    assert sorted(again.records, key=lambda one: one.id) == sorted(imported.records, key=lambda one: one.id)
    assert set(again.findings) == set(imported.findings)


def test_without_its_original_a_document_cannot_be_read(desk: Desk) -> None:
    sent = send(desk, PLAIN.name, PLAIN.read_bytes())
    desk.originals.forget(sent.sha256)
    with working(desk):
        settle(desk)
    assert jobs(desk) == {sent.sha256: [("failed", GONE)]}


def test_an_original_that_never_came_into_the_store_is_gone_after_the_next_start(desk: Desk) -> None:
    lost = desk.originals.receive([YEAR.read_bytes()])
    sent = send(desk, PLAIN.name, PLAIN.read_bytes())
    with working(desk):
        settle(desk)
    left = [path for path in (desk.folder / "original").rglob("*") if path.is_file()]
    assert desk.originals.path(lost.sha256) is None
    assert left == [desk.originals.path(sent.sha256)]


def test_what_is_forgotten_while_it_is_read_does_not_come_back(desk: Desk) -> None:
    slow = send(desk, "slow.txt", long_text())
    with working(desk, Limits(seconds=20)):
        until(desk, slow.sha256, lambda found: found == [("working", None)])
        forget_document(desk, SYSTEM, slow.sha256)
        good = send(desk, YEAR.name, YEAR.read_bytes())
        settle(desk)
        until(desk, good.sha256, lambda found: found == [("done", None)])
        with desk.database.reading() as session:
            assert list(session.scalars(select(DocumentRow.sha256))) == [good.sha256]


def test_what_is_too_old_is_forgotten(desk: Desk) -> None:
    old = send(desk, PLAIN.name, PLAIN.read_bytes())
    new = send(desk, YEAR.name, YEAR.read_bytes())
    with desk.database.writing() as session:
        of_old = update(DocumentRow).where(DocumentRow.sha256 == old.sha256)
        session.execute(of_old.values(received_at="2021-01-01T00:00:00.000000Z"))
    reader = Reader(desk, retention=30)
    reader.start()
    end = time.monotonic() + PATIENCE
    while desk.originals.path(old.sha256) is not None and time.monotonic() < end:
        time.sleep(0.05)
    settle(desk)
    reader.stop()
    assert desk.originals.path(old.sha256) is None
    assert list(jobs(desk)) == [new.sha256]


def test_a_period_that_cannot_be_read_is_told_before_anything_is_kept(desk: Desk) -> None:
    with pytest.raises(UsageError, match="hösten"):
        send(desk, PLAIN.name, PLAIN.read_bytes(), Said(period="hösten"))
    assert jobs(desk) == {}
    assert not [path for path in (desk.folder / "original").rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("rapport.pdf", "rapport.pdf"),
        ("C:\\Users\\kim\\rapport.pdf", "rapport.pdf"),
        ("../../etc/passwd", "passwd"),
        ("rap\nport\x00\u202e.pdf", "rapport.pdf"),
        ("Årsrapport 2021 (slutlig).pdf", "Årsrapport 2021 (slutlig).pdf"),
        ("mapp/", "dokument"),
        ("", "dokument"),
    ],
)
def test_a_name_is_shown_without_folders_and_what_is_not_seen(sent: str, kept: str) -> None:
    assert plain_name(sent) == kept


def test_a_long_name_keeps_its_end() -> None:
    assert plain_name("a" * 300 + ".pdf") == "a" * 196 + ".pdf"
