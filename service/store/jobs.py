"""The queue of work that outlives the server: documents to read, and the checks to be run anew after them."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from ljuskoll.service.store.access import SYSTEM
from ljuskoll.service.store.database import alone, now
from ljuskoll.service.store.schema import JobRow

JobKind: TypeAlias = Literal["read", "check"]
MOST_ATTEMPTS = 3
"""A document that was being read so many times when the server died is not tried again."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many documents wait, are being read, have been read and have failed, and whether checks are to be run."""

    waiting: int
    working: int
    done: int
    failed: int
    checking: bool


def enqueue(session: Session, kind: JobKind, who: str, document: str | None = None) -> int:
    """Put work last in the queue, and return its number; the same work that already waits is not queued twice.

    A document that is being read is not queued again, either: it does not change.
    """
    alone(session, "enqueue")
    states = ("waiting", "working") if kind == "read" else ("waiting",)
    waiting = select(JobRow.id).where(JobRow.kind == kind, JobRow.state.in_(states))
    waiting = waiting.where(JobRow.document == document if document else JobRow.document.is_(None))
    if (same := session.scalar(waiting)) is not None:
        return same
    job = JobRow(kind=kind, document=document, state="waiting", attempts=0, created_by=who, created_at=now())
    session.add(job)
    session.flush()
    return job.id


def enqueue_check(session: Session) -> int:
    """Have the checks run anew, once the documents that wait have been read."""
    return enqueue(session, "check", SYSTEM.name)


def claim(session: Session, most: int) -> tuple[JobRow, ...]:
    """The next jobs, now being worked on: documents first, the checks alone when none waits, and once at a time."""
    alone(session, "claim")
    waiting = select(JobRow).where(JobRow.state == "waiting")
    jobs = session.scalars(waiting.where(JobRow.kind == "read").order_by(JobRow.id).limit(most)).all()
    checking = select(JobRow.id).where(JobRow.kind == "check", JobRow.state == "working")
    if not jobs and session.scalar(checking.limit(1)) is None:
        jobs = session.scalars(waiting.where(JobRow.kind == "check").limit(1)).all()
    for job in jobs:
        job.state, job.attempts = "working", job.attempts + 1
    return tuple(jobs)


def finish(session: Session, job: int, message: str | None = None) -> None:
    """The job is done; with a message: it failed, and why."""
    state = "failed" if message else "done"
    session.execute(update(JobRow).where(JobRow.id == job).values(state=state, message=message, finished_at=now()))


def put_back(session: Session, job: int) -> None:
    """A job in hand waits again, as if it had not been begun."""
    values = {"state": "waiting", "attempts": JobRow.attempts - 1}
    session.execute(update(JobRow).where(JobRow.id == job).values(**values))


def release(session: Session) -> None:
    """What a server that died had in hand waits again, but for what has died with it too many times."""
    working = JobRow.state == "working"
    message = "Servern avbröts varje gång dokumentet lästes. Dela dokumentet eller ladda upp det på nytt."
    given_up = update(JobRow).where(working, JobRow.kind == "read", JobRow.attempts >= MOST_ATTEMPTS)
    session.execute(given_up.values(state="failed", message=message, finished_at=now()))
    session.execute(update(JobRow).where(working).values(state="waiting"))


def progress(session: Session) -> Progress:
    """How far the queue has come."""
    counts = session.execute(select(JobRow.kind, JobRow.state, func.count()).group_by(JobRow.kind, JobRow.state))
    table = {(kind, state): count for kind, state, count in counts}
    read = {state: table.get(("read", state), 0) for state in ("waiting", "working", "done", "failed")}
    return Progress(**read, checking=bool(table.get(("check", "waiting"), 0) + table.get(("check", "working"), 0)))
