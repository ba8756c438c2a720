"""How far each reviewer has come in the list of findings, so that what is still open is found without passing the rest.

A front is the surest finding that was open to the reviewer at one of the latest decisions. It holds until the next
check.
"""

from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, tuple_
from sqlalchemy.orm import Session

from ljuskoll.service.store.access import User
from ljuskoll.service.store.database import now
from ljuskoll.service.store.schema import FactRow, FindingRow, FrontRow, StandingRow

ADVANCE_EVERY = 10
"""After each so many decisions the front of who made it moves on: the few between cost little to pass."""
_CHECK = "check"
"""The fact that tells one check's findings from another's."""
_SUREST = -1e9
_check = select(FactRow.value).where(FactRow.name == _CHECK).scalar_subquery()


def from_front(user: User) -> ColumnElement[bool]:
    """The condition that leaves out findings that the user has decided on, as many of the surest as are known."""

    def place(column: Any, first: object) -> ColumnElement[Any]:
        known = select(column).where(FrontRow.who == user.name, FrontRow.check == _check)
        return func.coalesce(known.scalar_subquery(), first)

    front = tuple_(place(FrontRow.rank, _SUREST), place(FrontRow.finding, ""))
    return tuple_(FindingRow.rank, FindingRow.id) >= front


def is_open(user: User) -> ColumnElement[bool]:
    """The condition that leaves out all findings that the user has decided on or left for later."""
    own = select(StandingRow.finding).where(StandingRow.who == user.name, StandingRow.finding == FindingRow.id)
    return ~own.exists()


def advance(session: Session, user: User) -> None:
    """Let the user's front be the surest finding that is open now."""
    query = select(FindingRow.rank, FindingRow.id, _check.label("check")).where(is_open(user), from_front(user))
    first = session.execute(query.order_by(FindingRow.rank, FindingRow.id).limit(1)).one_or_none()
    if first is not None and first.check is not None:
        session.merge(FrontRow(who=user.name, rank=first.rank, finding=first.id, check=first.check))


def retreat(session: Session, user: User) -> None:
    """Forget the user's front: something before it may be open again."""
    session.execute(delete(FrontRow).where(FrontRow.who == user.name))


def begin_anew(session: Session) -> None:
    """No front holds any longer: there are other findings."""
    session.merge(FactRow(name=_CHECK, value=now()))
