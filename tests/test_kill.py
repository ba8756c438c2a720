"""Slow: `ljuskoll serve` is killed at twenty moments, and nothing that it has accepted is lost or doubled."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from random import Random
from time import sleep
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select, text

from desks import new_desk
from killing import FILES, Worker, content, correct, decide, goal, key, upload
from ljuskoll.service.review.desk import Desk
from ljuskoll.service.store.access import SYSTEM
from ljuskoll.service.store.archive import checked, give_back
from ljuskoll.service.store.schema import CorrectionRow, DecisionRow, DocumentRow, JobRow, RecordRow, StandingRow
from processes import serving
from serving import client, token_for, wait_until

pytestmark = pytest.mark.soak
KILLS, SEED, LONGEST, PATIENCE = 20, 20261123, 5.0, 240.0


@dataclass
class Left:
    """What the killed service left: its store, those who worked with it, and what the service said when all was read.

    `listed` are its documents, `failed` those whose reading had been given up, `originals` what it gave for each.
    """

    desk: Desk
    uploader: Worker
    reviewers: dict[str, Worker]
    corrector: Worker
    listed: list[dict[str, Any]]
    failed: list[str]
    originals: dict[str, bytes]


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Left]:
    """A service that was killed again and again, then started and left in peace."""
    folder = tmp_path_factory.mktemp("kill")
    desk = new_desk(folder)
    uploader = Worker(token_for(desk, "Kim", "review"), upload)
    reviewers = {name: Worker(token_for(desk, name, "review"), decide, "/findings") for name in ("Eva", "Ove")}
    corrector = Worker(token_for(desk, "Liv", "review"), correct, "/records")
    workers = (uploader, *reviewers.values(), corrector)
    with serving("--data", folder) as (address, _):
        for _ in FILES:
            uploader.finish(address)
        settled(address, uploader.token)
    draw = Random(SEED)
    for _ in range(KILLS):
        killed_at_work(folder, workers, draw.uniform(0, LONGEST))
    with serving("--data", folder) as (address, _):
        for worker in workers:
            worker.finish(address)
        settled(address, uploader.token)
        failed = given_up(desk)
        with client(address, uploader.token) as http:
            for digest in failed:
                upload(http, uploader.told.index(digest), "")
            settled(address, uploader.token)
            listed = all_documents(http)
            originals = {one["sha256"]: http.get(f"/documents/{one['sha256']}/original").content for one in listed}
    yield Left(desk, uploader, reviewers, corrector, listed, failed, originals)
    desk.database.close()


def killed_at_work(folder: Path, workers: tuple[Worker, ...], seconds: float) -> None:
    """One life of the service: it is killed while all are at work."""
    with serving("--data", folder) as (address, process), ThreadPoolExecutor(len(workers)) as pool:
        at_work = [pool.submit(worker.work, address) for worker in workers]
        sleep(seconds)
        assert process.poll() is None, "the service ended by itself"
        process.kill()
        print(process.communicate(timeout=PATIENCE)[1])  # what it logged, shown where a test fails
        for one in at_work:
            one.result()


def settled(address: str, token: str) -> None:
    """Wait until nothing is left to read or check."""
    with client(address, token) as http:

        def is_idle() -> bool:
            now = http.get("/jobs").raise_for_status().json()
            return not (now["waiting"] or now["working"] or now["checking"])

        wait_until(is_idle, PATIENCE)


def given_up(desk: Desk) -> list[str]:
    """The documents that could not be read, as the service died each time; it says so."""
    with desk.database.reading() as session:
        rows = session.execute(select(JobRow.document, JobRow.message).where(JobRow.state == "failed")).all()
    assert all("avbröts varje gång" in row.message for row in rows)
    return [row.document for row in rows]


def all_documents(http: httpx.Client) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = []
    part: dict[str, Any] = {"next": ""}
    while part["next"] is not None:
        mark = {"mark": part["next"]} if part["next"] else {}
        part = http.get("/documents", params={"limit": 500, **mark}).raise_for_status().json()
        listed += part["items"]
    return listed


def test_the_service_was_killed_in_the_middle_of_work(left: Left) -> None:
    assert left.uploader.cut > KILLS / 2
    assert len(left.uploader.told) > KILLS
    assert all(len(one.told) > KILLS for one in (*left.reviewers.values(), left.corrector))


def test_every_document_that_was_accepted_is_listed_once_with_its_bytes(left: Left) -> None:
    sent = {sha256(content(number)).hexdigest(): content(number) for number in range(len(left.uploader.told))}
    assert left.uploader.told == list(sent)
    assert Counter(one["sha256"] for one in left.listed) == Counter(sent.keys())
    assert left.originals == sent


def test_every_document_is_read_once_to_all_that_it_holds(left: Left) -> None:
    counted = select(RecordRow.document, func.count()).group_by(RecordRow.document)
    done = select(JobRow.document, func.count()).where(JobRow.kind == "read", JobRow.state == "done")
    with left.desk.database.reading() as session:
        records = {row[0]: row[1] for row in session.execute(counted)}
        jobs = {row[0]: row[1] for row in session.execute(done.group_by(JobRow.document))}
    assert {one["status"] for one in left.listed} == {"ok"}
    assert jobs == dict.fromkeys(left.originals, 1)
    undisturbed = [records[digest] for digest in left.uploader.told[: len(FILES)]]
    assert min(undisturbed) > 5
    for number, digest in enumerate(left.uploader.told):
        assert records[digest] == undisturbed[number % len(FILES)]


@pytest.mark.parametrize("name", ["Eva", "Ove"])
def test_every_decision_that_was_accepted_is_in_the_history_once(left: Left, name: str) -> None:
    reviewer = left.reviewers[name]
    with left.desk.database.reading() as session:
        rows = list(session.scalars(select(DecisionRow).where(DecisionRow.who == name).order_by(DecisionRow.id)))
        standing = session.scalars(select(StandingRow).where(StandingRow.who == name)).all()
    by_key = {row.key: row for row in rows}
    unanswered = {key(number) for number, told in enumerate(reviewer.told) if told is None}
    assert len(by_key) == len(rows)
    assert by_key.keys() | unanswered == {key(number) for number in range(len(reviewer.told))}
    for number, told in enumerate(reviewer.told):
        if told is not None:
            row = by_key[key(number)]
            assert told == (row.undoes or row.id)
            assert row.undoes or row.finding == reviewer.chosen[number]
    undone = {row.undoes for row in rows}
    stands = {row.finding: row.id for row in rows if row.verdict != "undo" and row.id not in undone}
    assert {row.finding: row.decision for row in standing} == stands


def test_every_correction_that_was_accepted_is_there_once(left: Left) -> None:
    with left.desk.database.reading() as session:
        made = list(session.scalars(select(CorrectionRow).order_by(CorrectionRow.id)))
        goals = dict(session.execute(select(RecordRow.id, RecordRow.data)).all())
    said = [(record, f'"{goal(number)}"') for number, record in enumerate(left.corrector.told)]
    assert [(row.record, row.new) for row in made] == said
    for record, new in dict(said).items():
        assert f'"goal":{new}' in goals[record]


def test_the_findings_are_those_of_what_was_read(left: Left) -> None:
    with left.desk.database.reading() as session:
        result = give_back(session, SYSTEM, left.desk.run)
    assert result.findings
    assert set(result.findings) == set(checked(result).findings)


def test_nothing_half_received_is_left_and_the_store_is_whole(left: Left) -> None:
    files = [path for path in (left.desk.folder / "original").rglob("*") if path.is_file()]
    with left.desk.database.reading() as session:
        assert session.scalar(text("PRAGMA integrity_check")) == "ok"
        documents = set(session.scalars(select(DocumentRow.sha256)))
    assert Counter(path.name for path in files) == Counter(documents)
