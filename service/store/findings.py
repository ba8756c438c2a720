"""Findings in the store: replaced by each check, listed with the surest first."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypeAlias

from pydantic import Field
from sqlalchemy import ColumnElement, Select, delete, func, insert, select, update
from sqlalchemy.orm import Session

from ljuskoll.nlp.followup import Model
from ljuskoll.service.record import Finding, FindingKind, Record, Severity
from ljuskoll.service.store.access import User, only_seen
from ljuskoll.service.store.fronts import begin_anew, from_front, is_open
from ljuskoll.service.store.paging import Page, page_of
from ljuskoll.service.store.records import AT_ONCE, NO_NUL, board_of, some_of
from ljuskoll.service.store.schema import FindingRecordRow, FindingRow, RecordRow, StandingRow

Standing: TypeAlias = Literal["open", "decided", "skipped"]
"""What a user has done with a finding: nothing, a decision, or left for later."""


class FindingFilter(Model):
    """Which findings to list; None does not ask. `standing` is the asking user's own."""

    municipality: str | None = Field(default=None, max_length=200, pattern=NO_NUL)
    board: str | None = Field(default=None, max_length=500, pattern=NO_NUL)
    year: int | None = Field(default=None, ge=1990, le=2100)
    kind: FindingKind | None = None
    severity: Severity | None = None
    document: str | None = Field(default=None, max_length=64, pattern=NO_NUL)
    standing: Standing | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """What the filter asks of a row, but for the standing."""
        asked = self.model_dump(exclude={"standing"}, exclude_none=True)
        return [getattr(FindingRow, name) == value for name, value in asked.items()]


def replace_findings(session: Session, findings: Sequence[Finding], records: Mapping[str, Record]) -> None:
    """Keep the findings of a new check; rows that say the same as before are left alone."""
    begin_anew(session)
    rows = {finding.id: _values(finding, records) for finding in findings}
    before = {row["id"]: dict(row) for row in session.execute(select(*FindingRow.__table__.columns)).mappings()}
    changed = {identity: row for identity, row in rows.items() if before.get(identity) != row}
    for some in some_of([identity for identity in before if identity not in rows]):
        session.execute(delete(FindingRow).where(FindingRow.id.in_(some)))
    for some in some_of([identity for identity in changed if identity in before]):
        session.execute(delete(FindingRecordRow).where(FindingRecordRow.finding.in_(some)))
        session.execute(update(FindingRow), [changed[identity] for identity in some])
    for some in some_of([row for identity, row in changed.items() if identity not in before]):
        session.execute(insert(FindingRow), some)
    about = [
        {"finding": finding.id, "record": record}
        for finding in findings
        if finding.id in changed
        for record in dict.fromkeys(finding.records)
    ]
    for some in some_of(about):
        session.execute(insert(FindingRecordRow), some)


def put_threads(session: Session, threads: Mapping[str, str]) -> None:
    """Keep which assignment each record reports on, over time: record id to the thread's name."""
    changed = [
        {"id": row.id, "thread": threads.get(row.id)}
        for row in session.execute(select(RecordRow.id, RecordRow.thread))
        if threads.get(row.id) != row.thread
    ]
    for some in some_of(changed):
        session.execute(update(RecordRow), some)


def find_finding(session: Session, user: User, identity: str) -> Finding | None:
    """The finding, if the user may see it."""
    row = session.scalar(only_seen(select(FindingRow).where(FindingRow.id == identity), user, FindingRow))
    return finding_of(row) if row else None


def list_findings(
    session: Session, user: User, asked: FindingFilter, mark: str | None = None, limit: int = 100
) -> Page[Finding]:
    """Findings that the filter lets through, the surest first."""
    query = asked_of(user, asked)
    if asked.standing == "open" and mark is None:
        query = query.where(from_front(user))
    return page_of(session, query, (FindingRow.rank, FindingRow.id), mark, limit).shown(finding_of)


def all_findings(session: Session, user: User, asked: FindingFilter = FindingFilter()) -> Iterable[Finding]:  # noqa: B008
    """Every finding that the filter lets through, the surest first."""
    query = asked_of(user, asked).order_by(FindingRow.rank, FindingRow.id)
    return map(finding_of, session.scalars(query.execution_options(yield_per=AT_ONCE)))


def count_findings(session: Session, user: User, asked: FindingFilter) -> int:
    """How many findings the filter lets through."""
    return session.scalar(select(func.count()).select_from(asked_of(user, asked).subquery())) or 0


def findings_about(session: Session, record: str) -> tuple[str, ...]:
    """The ids of the findings about a record."""
    query = select(FindingRecordRow.finding).where(FindingRecordRow.record == record)
    return tuple(session.scalars(query.order_by(FindingRecordRow.finding)))


def finding_of(row: FindingRow) -> Finding:
    """The finding that a row holds."""
    return Finding.model_validate_json(row.data)


def asked_of(user: User, asked: FindingFilter) -> Select[FindingRow]:
    """The query for the findings that a filter lets through."""
    query = select(FindingRow).where(*asked.conditions())
    if asked.standing == "open":
        query = query.where(is_open(user))
    elif asked.standing is not None:
        own = select(StandingRow.finding).where(StandingRow.who == user.name, StandingRow.finding == FindingRow.id)
        skipped = StandingRow.verdict == "skip"
        query = query.where(own.where(skipped if asked.standing == "skipped" else ~skipped).exists())
    return only_seen(query, user, FindingRow)


def _values(finding: Finding, records: Mapping[str, Record]) -> dict[str, object]:
    first = next((records[identity] for identity in finding.records if identity in records), None)
    return {
        "id": finding.id,
        "kind": finding.kind,
        "severity": finding.severity,
        "rank": -finding.score,
        "municipality": first and first.municipality,
        "year": first.period.year if first and first.period else None,
        "board": board_of(first) if first else None,
        "document": first and first.document.sha256,
        "data": finding.model_dump_json(),
    }
