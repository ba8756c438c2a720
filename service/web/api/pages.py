"""Pages of documents: their pictures, and what is to be boxed on them."""

from typing import Any

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from ljuskoll.service.record import Finding, Record
from ljuskoll.service.review.boxes import boxes_on
from ljuskoll.service.review.pictures import page_picture
from ljuskoll.service.store.access import User
from ljuskoll.service.store.documents import find_document
from ljuskoll.service.store.findings import find_finding
from ljuskoll.service.store.records import find_record
from ljuskoll.service.web.api.common import At, Digest, OptionalDigest, PageNumber, found
from ljuskoll.service.web.errors import RefusedError
from ljuskoll.service.web.schemas import Boxes
from ljuskoll.service.web.security import Reading, Unmasked

router = APIRouter(tags=["Dokument"])
_PNG: dict[int | str, dict[str, Any]] = {200: {"content": {"image/png": {}}, "description": "Sidan som bild."}}
NO_PICTURE = (
    "Sidan kan inte visas som bild: originalet finns inte här, det är varken PDF eller bild, "
    "eller så är det en inläst sida, där ingen kan veta vad som ska maskeras."
)


@router.get("/documents/{sha256}/pages/{page}", summary="En sida som bild", response_class=Response, responses=_PNG)
def picture(desk: At, user: Reading, unmasked: Unmasked, sha256: Digest, page: PageNumber) -> Response:
    """A PNG; persons' data are covered unless asked for."""
    with desk.database.reading() as session:
        found(find_document(session, user, sha256))
    png = page_picture(desk, sha256, page, unmasked)
    if png is None:
        raise RefusedError(404, NO_PICTURE)
    return Response(png, media_type="image/png")


@router.get("/documents/{sha256}/pages/{page}/boxes", summary="Vad som ska ramas in på en sida")
def boxes(
    desk: At,
    user: Reading,
    sha256: Digest,
    page: PageNumber,
    finding: OptionalDigest = None,
    record: OptionalDigest = None,
) -> Boxes:
    """Where assignment, light and evidence of a finding or a record stand."""
    with desk.database.reading() as session:
        found(find_document(session, user, sha256))
        asked = found(find_finding(session, user, finding)) if finding else None
        records = _records(session, user, asked, record)
    seen = boxes_on(desk, sha256, page, records, asked)
    if seen is None:
        raise RefusedError(404, NO_PICTURE)
    return Boxes.model_validate(seen, from_attributes=True)


def _records(session: Session, user: User, finding: Finding | None, record: str | None) -> list[Record]:
    if finding is None:
        return [found(find_record(session, user, record))] if record else []
    asked = [one for one in finding.records if record in (None, one)]
    return [one for identity in asked if (one := find_record(session, user, identity))]
