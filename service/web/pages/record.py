"""One record: what was read and judged, its other periods, its findings, and its correction."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from ljuskoll.service.record import Finding, Record
from ljuskoll.service.review.showing import shown
from ljuskoll.service.store.findings import find_finding, findings_about
from ljuskoll.service.store.records import find_record, neighbours
from ljuskoll.service.web.errors import RefusedError
from ljuskoll.service.web.pages.desks import desk_of, unmasking
from ljuskoll.service.web.pages.picturing import Picture, leaves, picture
from ljuskoll.service.web.pages.record_form import RecordValues, values_of
from ljuskoll.service.web.pages.rendering import TEXT, render
from ljuskoll.service.web.security import Visitor, visiting

router = APIRouter()


@dataclass(frozen=True, slots=True)
class RecordPage:
    """What record.html shows; `corrected` names the fields that a person has corrected."""

    record: Record
    neighbours: tuple[Record, ...]
    findings: tuple[Finding, ...]
    picture: Picture | None
    corrected: str
    values: RecordValues
    unmasked: bool
    may_review: bool


@router.get("/uppdrag/{id}")
def record(request: Request, visitor: Annotated[Visitor, Depends(visiting("read"))], id: str) -> Response:
    """One record."""
    return record_page(request, visitor, id)


def record_page(
    request: Request, visitor: Visitor, id: str, alert: str = "", sent: RecordValues | None = None
) -> Response:
    """The page, with what was wrong with the correction that was sent. Raises 404 for an unknown record."""
    desk, unmasked = desk_of(request), unmasking(request, visitor)
    with desk.database.reading() as session:
        found = find_record(session, visitor.user, id)
        if found is None:
            raise RefusedError(404, TEXT["no_record"])
        around = neighbours(session, visitor.user, id)
        findings = [find_finding(session, visitor.user, one) for one in findings_about(session, id)]
    one = shown(found, unmasked)
    pages = leaves((one,))
    page = RecordPage(
        record=one,
        neighbours=tuple(shown(other, unmasked) for other in around),
        findings=tuple(shown(finding, unmasked) for finding in findings if finding),
        picture=picture(desk, pages[0], unmasked, {"record": id}) if pages else None,
        corrected=", ".join(TEXT["fields"][name] for name in one.corrected),
        values=sent or values_of(one),
        unmasked=unmasked,
        may_review=visitor.user.may("review"),
    )
    return render(request, visitor, "record.html", page, alert, 422 if alert else 200)
