"""Reading what has come in: a queue worked off beside the server, each document in a process of its own."""

import logging
from dataclasses import dataclass, replace
from importlib.metadata import version
from threading import Event, Lock, Thread
from time import monotonic
from typing import Final, Literal, TypeAlias

from sqlalchemy import select

from ljuskoll.nlp.errors import LjuskollError
from ljuskoll.nlp.followup import Period
from ljuskoll.service.one_file import Options, own_fault
from ljuskoll.service.pipeline import read_files
from ljuskoll.service.record import DocumentRecord, FileResult, Problem, Run
from ljuskoll.service.review.desk import Desk
from ljuskoll.service.review.forgetting import expire
from ljuskoll.service.settings import Settings
from ljuskoll.service.sources import SourceFile
from ljuskoll.service.store.access import SYSTEM
from ljuskoll.service.store.archive import checked, give_back, put_checked, stored_run
from ljuskoll.service.store.corrections import correct_document
from ljuskoll.service.store.database import open_database
from ljuskoll.service.store.documents import Said, document_record, put_result
from ljuskoll.service.store.jobs import claim, enqueue, finish, put_back, release
from ljuskoll.service.store.schema import DocumentRow, JobRow
from ljuskoll.service.workers import Breach, Limits, warm_up, work_apart

POLL: Final = 2.0
"""Seconds after which the queue is looked at, though nobody has said that something is in it."""
DAY: Final = 24 * 3600.0
"""Seconds between two looks at what has become too old."""
CHECK_LIMITS: Final = Limits(seconds=3600, megabytes=16_000)
"""For the checks, which look at all records at once."""
Outcome: TypeAlias = Literal["done", "failed", "gone", "put_back", "fault"]
"""What became of a job, as the log says it; `gone`: the document or its original is no longer here."""
GONE = "Originalet finns inte kvar här, så dokumentet kan inte läsas. Ladda upp det på nytt."
_GIVEN_UP: dict[Breach, str] = {
    "time": "Läsningen tog mer än {seconds:g} sekunder och avbröts. Dela dokumentet och ladda upp delarna.",
    "memory": "Läsningen tog mer än {megabytes} MB minne och avbröts. Dela dokumentet och ladda upp delarna.",
    "crash": "Läsningen avbröts: processen som läste dokumentet dog. Filen är troligen skadad; ladda upp den på nytt.",
}
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One document to read, and how; `archive` is the identity of the SOURCE that it was imported with."""

    file: SourceFile
    options: Options
    sha256: str
    archive: str


@dataclass(frozen=True, slots=True)
class _Checking:
    """The store whose records are to be checked; `run` says how they are made where no import has been taken in."""

    url: str
    run: Run


class Reader:
    """Works off the queue of a desk in `workers` threads, until it is stopped. No document ends it.

    With `retention` documents that came in more than so many days ago are forgotten, day by day.
    """

    def __init__(
        self,
        desk: Desk,
        limits: Limits = Limits(),  # noqa: B008
        workers: int = 1,
        retention: int | None = None,
    ) -> None:
        self._desk = desk
        self._limits = limits
        self._stopping = Event()
        self._news = Event()
        self._claiming = Lock()
        self._threads = [Thread(target=self._work, name=f"reader-{number}", daemon=True) for number in range(workers)]
        if retention is not None:
            self._threads.append(Thread(target=self._forget, args=(retention,), name="forgetting", daemon=True))

    def start(self) -> None:
        """Begin, with what was in hand when a server died, and what another version of the program had read.

        One Reader at a time may work for a store.
        """
        warm_up()
        with self._desk.database.writing() as session:
            self._desk.originals.clean(lambda sha256: session.get(DocumentRow, sha256) is not None)
            release(session)
        reread(self._desk)
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End at once: what is in hand waits for the next start."""
        self._stopping.set()
        self._news.set()
        for thread in self._threads:
            thread.join()

    @property
    def is_alive(self) -> bool:
        """Whether all its threads work; before `start` and after `stop` they do not."""
        return not self._stopping.is_set() and all(thread.is_alive() for thread in self._threads)

    def wake(self) -> None:
        """Say that there is something in the queue."""
        self._news.set()

    def _work(self) -> None:
        while not self._stopping.is_set():
            self._news.clear()
            try:
                job = self._claimed()
                if job is None:
                    self._news.wait(POLL)
                else:
                    self._do(job)
            except Exception as error:
                _LOG.error("queue", exc_info=error)
                self._stopping.wait(POLL)

    def _forget(self, retention: int) -> None:
        while not self._stopping.is_set():
            try:
                expire(self._desk, retention)
            except Exception as error:
                _LOG.error("retention", exc_info=error)
            self._stopping.wait(DAY)

    def _claimed(self) -> JobRow | None:
        with self._claiming, self._desk.database.writing() as session:
            return next(iter(claim(session, 1)), None)

    def _do(self, job: JobRow) -> None:
        begun = monotonic()
        outcome: Outcome = "fault"
        try:
            outcome = self._check(job) if job.document is None else self._read(job, job.document)
        except Exception as error:
            _LOG.error("job_fault", exc_info=error, extra={"fields": {"number": job.id}})
            with self._desk.database.writing() as session:
                finish(session, job.id, _said(error))
        told = {"number": job.id, "kind": job.kind, "seconds": round(monotonic() - begun, 3), "outcome": outcome}
        _LOG.info("job", extra={"fields": told})

    def _read(self, job: JobRow, sha256: str) -> Outcome:
        reading = _reading(self._desk, sha256)
        if reading is None:
            with self._desk.database.writing() as session:
                finish(session, job.id, GONE)
            return "gone"
        limits = self._limits

        def given_up(task: _Reading, breach: Breach) -> FileResult:
            problem = Problem(component="limits", message=_GIVEN_UP[breach].format_map(_named(limits)))
            return FileResult(
                document=DocumentRecord(path=task.file.relative, sha256=sha256, status="unreadable", errors=(problem,))
            )

        for result in work_apart(_read, [reading], 1, limits, given_up, self._stopping.is_set):
            return self._put(job, reading, result)
        return self._put_back(job)

    def _put(self, job: JobRow, reading: _Reading, result: FileResult) -> Outcome:
        """Keep what was read; where a later reading fails, what was read before stays."""
        document = result.document.model_copy(
            update={"sha256": reading.sha256, "archive": reading.archive or result.document.archive}
        )
        message = document.errors[0].message if document.status == "unreadable" and document.errors else None
        with self._desk.database.writing() as session:
            row = session.get(DocumentRow, reading.sha256)
            if row is None:  # forgotten while it was being read
                return "gone"
            if message is not None and row.status not in (None, "unreadable"):
                row.read_by = version("ljuskoll")
            else:
                put_result(session, result.model_copy(update={"document": document}), version("ljuskoll"))
                correct_document(session, reading.sha256, self._desk.judging)
            finish(session, job.id, message)
        return "failed" if message else "done"

    def _check(self, job: JobRow) -> Outcome:
        url = self._desk.database.engine.url.render_as_string(hide_password=False)
        task = _Checking(url, self._desk.run)

        def given_up(_task: _Checking, breach: Breach) -> str:
            return f"Kontrollerna avbröts ({breach}). De görs om när något har lästs eller rättats."

        for message in work_apart(_check, [task], 1, CHECK_LIMITS, given_up, self._stopping.is_set):
            with self._desk.database.writing() as session:
                finish(session, job.id, message or None)
            return "failed" if message else "done"
        return self._put_back(job)

    def _put_back(self, job: JobRow) -> Outcome:
        with self._desk.database.writing() as session:
            put_back(session, job.id)
        return "put_back"


def reread(desk: Desk) -> int:
    """Have every document read anew that another version of the program has read, if its original is here.

    Returns how many they are.
    """
    query = select(DocumentRow.sha256).where(DocumentRow.read_by != version("ljuskoll"))
    with desk.database.reading() as session:
        old = list(session.scalars(query.order_by(DocumentRow.received_at, DocumentRow.sha256)))
    here = [sha256 for sha256 in old if desk.originals.path(sha256) is not None]
    with desk.database.writing() as session:
        for sha256 in here:
            enqueue(session, "read", SYSTEM.name, sha256)
    return len(here)


def _reading(desk: Desk, sha256: str) -> _Reading | None:
    """How a document is to be read: one of an import as the import read it, another as its sender said.

    None where its original is not here. Raises UsageError where the settings beside an import's original are wrong.
    """
    with desk.database.reading() as session:
        row = session.get_one(DocumentRow, sha256)
        before, run = document_record(row), stored_run(session)
    said = Said.model_validate_json(row.options)
    own = Settings(municipality=said.municipality, period=said.period)
    is_imported = row.received_by == SYSTEM.name
    source = desk.originals.source(sha256) if is_imported else None
    path = desk.originals.path(sha256)
    if path is None:
        return None
    file = source or SourceFile(path, row.path, 0, own.over(desk.settings))
    options = _as_imported(run, Options(judging=desk.judging)) if run and is_imported else Options(judging=desk.judging)
    return _Reading(file, options, sha256, before.archive if before else "")


def _as_imported(run: Run, options: Options) -> Options:
    """The options with the municipality and the period that an import was told."""
    period = run.options.get("period")
    told = Period.model_validate_json(period) if period else None
    return replace(options, municipality=run.options.get("municipality"), period=told)


def _said(error: Exception) -> str:
    return str(error) if isinstance(error, LjuskollError) else own_fault(error).message


def _named(limits: Limits) -> dict[str, float]:
    return {"seconds": limits.seconds, "megabytes": limits.megabytes}


def _read(task: _Reading) -> FileResult:
    """In a process of its own: one document read."""
    (result,) = read_files([task.file], task.options)
    return result


def _check(task: _Checking) -> str:
    """In a process of its own: the findings of all records made anew; empty when done."""
    database = open_database(task.url)
    with database.reading() as session:
        result = give_back(session, SYSTEM, task.run)
    found = checked(result)
    with database.writing() as session:
        put_checked(session, found, {record.id: record for record in result.records})
    database.close()
    return ""
