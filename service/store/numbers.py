"""The store in numbers, for whoever watches over the service: no names, no texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from ljuskoll.service.store.database import TIME
from ljuskoll.service.store.decisions import OPINIONS
from ljuskoll.service.store.schema import DocumentRow, FindingRow, JobRow, StandingRow

UNREAD: Final = "unread"
"""The status of a document that has not been read yet."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many jobs are in each state, documents have each status, and findings nobody has decided on.

    `idle` are the seconds since a job was last finished, None before the first.
    """

    jobs: Mapping[str, int]
    documents: Mapping[str, int]
    open_findings: int
    idle: float | None


def numbers(session: Session) -> Numbers:
    """Count all."""
    decided = select(StandingRow.finding).where(StandingRow.finding == FindingRow.id, StandingRow.verdict.in_(OPINIONS))
    still_open = select(func.count()).select_from(FindingRow).where(~decided.exists())
    return Numbers(
        jobs=_counted(session, JobRow.state),
        documents=_counted(session, DocumentRow.status),
        open_findings=session.scalar(still_open) or 0,
        idle=_seconds_since(session.scalar(select(func.max(JobRow.finished_at)))),
    )


def _counted(session: Session, column: InstrumentedAttribute[Any]) -> dict[str, int]:
    """How many rows have each value; those that have none are unread documents."""
    rows = session.execute(select(column, func.count()).group_by(column))
    return {value or UNREAD: count for value, count in rows}


def _seconds_since(moment: str | None) -> float | None:
    if moment is None:
        return None
    return max(0.0, (datetime.now(UTC) - datetime.strptime(moment, TIME).replace(tzinfo=UTC)).total_seconds())
