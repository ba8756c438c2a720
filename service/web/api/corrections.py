"""Corrections of what was read: made, and listed."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query

from ljuskoll.service.corrections import Correction
from ljuskoll.service.review.correcting import add_row, correct, remove_row
from ljuskoll.service.review.desk import Desk
from ljuskoll.service.review.showing import shown
from ljuskoll.service.store.access import User
from ljuskoll.service.store.corrections import list_corrections, unfit_corrections
from ljuskoll.service.store.documents import find_document
from ljuskoll.service.store.records import find_record
from ljuskoll.service.web.api.common import At, Limit, Mark, Readers, found, listed
from ljuskoll.service.web.schemas import Corrected, CorrectionSeen, Listed
from ljuskoll.service.web.security import Reading, Reviewing, Unmasked
from ljuskoll.service.web.sent import CorrectionSent, FieldsSent, RemovalSent, RowSent

router = APIRouter(tags=["Rättelser"])


@router.get("/corrections", summary="Alla rättelser")
def corrections(
    desk: At,
    user: Reading,
    unmasked: Unmasked,
    unfit: Annotated[bool, Query(description="Bara de som inte längre passar.")] = False,
    mark: Mark = None,
    limit: Limit = 100,
) -> Listed[CorrectionSeen]:
    """In the order in which they were made; those that no longer fit are given in one part."""
    show = partial(_seen, unmasked=unmasked)
    with desk.database.reading() as session:
        if unfit:
            return Listed(items=tuple(map(show, unfit_corrections(session, user))), next=None)
        return listed(list_corrections(session, user, mark, limit).shown(show))


@router.post("/corrections", status_code=201, summary="Rätta det som är läst")
def make(desk: At, reader: Readers, user: Reviewing, sent: CorrectionSent) -> Corrected:
    """Fields of a record, a row that is none, or a row that was missed. The record is judged and checked anew."""
    made = _made(desk, user, sent)
    reader.wake()
    identity = made[0].record if isinstance(sent, RowSent) else sent.record
    with desk.database.reading() as session:
        record = find_record(session, user, identity)
    return Corrected(corrections=tuple(map(_seen, made)), record=shown(record) if record else None)


def _made(desk: Desk, user: User, sent: FieldsSent | RemovalSent | RowSent) -> tuple[Correction, ...]:
    with desk.database.reading() as session:
        if isinstance(sent, RowSent):
            found(find_document(session, user, sent.document))
        else:
            found(find_record(session, user, sent.record))
    match sent:
        case RowSent():
            return add_row(desk, user, sent.document, sent.row.model_dump(mode="json"), sent.finding)
        case FieldsSent():
            return correct(desk, user, sent.record, sent.changes, sent.finding)
        case RemovalSent():
            return remove_row(desk, user, sent.record, sent.finding)


def _seen(correction: Correction, unmasked: bool = False) -> CorrectionSeen:
    return shown(CorrectionSeen.model_validate(correction, from_attributes=True), unmasked)
