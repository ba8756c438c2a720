"""Going through the queue: which page comes after another."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy.orm import Session

from ljuskoll.service.record import Finding
from ljuskoll.service.store.access import User
from ljuskoll.service.store.findings import FindingFilter, find_finding
from ljuskoll.service.store.queue import finding_after
from ljuskoll.service.web.pages.desks import desk_of
from ljuskoll.service.web.pages.filtering import Asked, filter_query, in_queue
from ljuskoll.service.web.pages.rendering import DONE, lead_to
from ljuskoll.service.web.security import Visitor, visiting

router = APIRouter()


@router.get("/granska/nasta")
def following(
    request: Request, visitor: Annotated[Visitor, Depends(visiting("read"))], asked: Asked, efter: str | None = None
) -> Response:
    """Leads to the surest finding that the filters let through, or to the one after another."""
    with desk_of(request).database.reading() as session:
        before = find_finding(session, visitor.user, efter) if efter else None
        return next_page(session, visitor.user, asked, before)


def next_page(session: Session, user: User, asked: FindingFilter, before: Finding | None, done: str = "") -> Response:
    """Leads to the finding after `before`, which says what has been done; to the queue where there is none.

    Without a standing in the filters it is the next one that the user has not decided.
    """
    found = finding_after(session, user, in_queue(asked), before)
    if found is None:
        return lead_to(f"/granska{filter_query(asked, **{DONE: done or 'no_more'})}")
    return lead_to(f"/granska/{found.id}{filter_query(asked, **{DONE: done})}")
