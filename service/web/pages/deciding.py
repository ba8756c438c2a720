"""Decisions and corrections from the review of one finding; each leads on to the next one."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.review.correcting import correct, remove_row
from ljuskoll.service.store.access import User
from ljuskoll.service.store.decisions import Decision, decide, undo_moment
from ljuskoll.service.store.findings import FindingFilter, find_finding
from ljuskoll.service.store.records import find_record
from ljuskoll.service.web.errors import RefusedError
from ljuskoll.service.web.pages.desks import desk_of
from ljuskoll.service.web.pages.filtering import Asked, filter_query
from ljuskoll.service.web.pages.finding import finding_page
from ljuskoll.service.web.pages.queue import decision_of
from ljuskoll.service.web.pages.record import record_page
from ljuskoll.service.web.pages.record_form import RecordValues, SentRecord, changes
from ljuskoll.service.web.pages.rendering import DONE, TEXT, lead_to
from ljuskoll.service.web.pages.turning import next_page
from ljuskoll.service.web.security import Visitor, visiting
from ljuskoll.service.web.state import reader_of

router = APIRouter()
Reviewer = Annotated[Visitor, Depends(visiting("review"))]


@router.post("/granska/angra")
def undo_last(request: Request, visitor: Reviewer, asked: Asked) -> Response:
    """Take back the visitor's latest decision and open its finding again, or the list for one on many findings."""
    with desk_of(request).database.writing() as session:
        undone = undo_moment(session, visitor.user)
        found = find_finding(session, visitor.user, undone[0].finding) if len(undone) == 1 else None
    done = {DONE: ("nothing_undone", "undone", "many_undone")[min(len(undone), 2)]}
    return lead_to(f"/granska{f'/{found.id}' if found else ''}{filter_query(asked, **done)}")


@router.post("/granska/{id}/beslut")
def decide_on_one(
    request: Request,
    visitor: Reviewer,
    id: str,
    asked: Asked,
    verdict: Annotated[str, Form()],
    note: Annotated[str, Form()] = "",
    key: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """Keep the decision of a button, and open the next finding."""
    try:
        decision = decision_of(verdict, note, key)
    except UsageError as error:
        return finding_page(request, visitor, id, asked, alert=str(error))
    with desk_of(request).database.writing() as session:
        found = find_finding(session, visitor.user, id)
        if found is None:
            raise RefusedError(404, TEXT["gone"])
        decide(session, visitor.user, found, decision)
        return next_page(session, visitor.user, asked, found, decision.verdict)


@router.post("/uppdrag/{id}/ratta")
def correct_record(
    request: Request,
    visitor: Reviewer,
    id: str,
    asked: Asked,
    sent: Annotated[SentRecord, Form()],
) -> Response:
    """Correct what was read of a record; from the review of a finding that is a fault in reading, too."""
    desk = desk_of(request)
    with desk.database.reading() as session:
        record = find_record(session, visitor.user, id)
    if record is None:
        raise RefusedError(404, TEXT["no_record"])
    try:
        changed = changes(record, sent, desk.settings)
        if not changed:
            raise UsageError(TEXT["nothing_changed"])
        correct(desk, visitor.user, id, changed, sent.finding or None)
    except UsageError as error:
        return _again(request, visitor, id, asked, sent.finding, str(error), sent)
    return _corrected(request, visitor.user, f"/uppdrag/{id}", asked, sent.finding, "corrected")


@router.post("/uppdrag/{id}/ratta/bort")
def remove_record(
    request: Request,
    visitor: Reviewer,
    id: str,
    asked: Asked,
    sure: Annotated[str, Form()] = "",
    finding: Annotated[str, Form(max_length=64)] = "",
) -> Response:
    """Take away a row that is no follow-up."""
    try:
        if sure != "yes":
            raise UsageError(TEXT["not_sure"])
        desk = desk_of(request)
        with desk.database.reading() as session:
            record = find_record(session, visitor.user, id)
        remove_row(desk, visitor.user, id, finding or None)
    except UsageError as error:
        return _again(request, visitor, id, asked, finding, str(error))
    back = f"/dokument/{record.document.sha256}" if record else "/dokument"
    return _corrected(request, visitor.user, back, asked, finding, "removed")


def _corrected(request: Request, user: User, back: str, asked: FindingFilter, finding: str, done: str) -> Response:
    """From the review of a finding on to the next one, else back."""
    answer: Response = lead_to(back, done)
    if finding:
        with desk_of(request).database.writing() as session:
            found = find_finding(session, user, finding)
            if found is not None:
                decide(session, user, found, Decision(verdict="fault"))
            answer = next_page(session, user, asked, found, done)
    reader_of(request).wake()
    return answer


def _again(
    request: Request,
    visitor: Visitor,
    record: str,
    asked: FindingFilter,
    finding: str,
    alert: str,
    sent: RecordValues | None = None,
) -> Response:
    """The page that the form stood on, with what is wrong."""
    if finding:
        return finding_page(request, visitor, finding, asked, alert=alert, correcting=(record, sent))
    return record_page(request, visitor, record, alert, sent)
