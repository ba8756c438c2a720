"""The log of who did what: ids and times, never a text of a document."""

from typing import Literal, TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from ljuskoll.service.store.database import now
from ljuskoll.service.store.paging import Page, page_of
from ljuskoll.service.store.schema import AuditRow

Action: TypeAlias = Literal[
    "sign_in",
    "sign_in_refused",
    "sign_out",
    "upload",
    "correct",
    "export",
    "unmasked",
    "forget",
    "add_token",
    "revoke_token",
    "backup",
    "restore",
]


def log(session: Session, who: str, action: Action, target: str = "") -> None:
    """Add one line; `target` is an id or a name of a list, never a quoted text."""
    session.add(AuditRow(at=now(), who=who, action=action, target=target))


def audit_log(session: Session, mark: str | None = None, limit: int = 100) -> Page[AuditRow]:
    """The log from the beginning, a page at a time."""
    return page_of(session, select(AuditRow), (AuditRow.id,), mark, limit)
