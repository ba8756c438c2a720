"""The queue of findings, the surest first: which one comes after another, and where one stands."""

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from ljuskoll.service.record import Finding
from ljuskoll.service.store.access import User
from ljuskoll.service.store.findings import FindingFilter, asked_of, finding_of
from ljuskoll.service.store.schema import FindingRow


def finding_after(session: Session, user: User, asked: FindingFilter, before: Finding | None) -> Finding | None:
    """The next finding that the filter lets through; after the last one the first again, but never `before` itself."""
    query = asked_of(user, asked).order_by(FindingRow.rank, FindingRow.id).limit(1)
    row = None
    if before is not None:
        query = query.where(FindingRow.id != before.id)
        row = session.scalar(query.where(tuple_(FindingRow.rank, FindingRow.id) > tuple_(*_place(before))))
    row = row or session.scalar(query)
    return finding_of(row) if row else None


def place_of(session: Session, user: User, asked: FindingFilter, finding: Finding) -> int | None:
    """The finding's number among those that the filter lets through, from 1; None where it is not one of them."""
    found = asked_of(user, asked).subquery()
    if not session.scalar(select(func.count()).where(found.c.id == finding.id)):
        return None
    before = select(func.count()).where(tuple_(found.c.rank, found.c.id) <= tuple_(*_place(finding)))
    return session.scalar(before)


def _place(finding: Finding) -> tuple[float, str]:
    return -finding.score, finding.id
