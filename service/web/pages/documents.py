"""The documents: sending some in, and the list of them."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Request, Response, UploadFile
from pydantic import ValidationError

from ljuskoll.nlp.errors import LjuskollError
from ljuskoll.service.outputs.wording import WORDS
from ljuskoll.service.review.receiving import send_in
from ljuskoll.service.store.documents import Said, document_record, list_documents
from ljuskoll.service.store.jobs import progress
from ljuskoll.service.store.schema import DocumentRow
from ljuskoll.service.web.limits import MEGABYTE
from ljuskoll.service.web.pages.desks import desk_of
from ljuskoll.service.web.pages.overview import jobs_told
from ljuskoll.service.web.pages.rendering import TEXT, lead_to, query_of, render
from ljuskoll.service.web.security import Visitor, visiting
from ljuskoll.service.web.state import reader_of

router = APIRouter()
AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class DocumentItem:
    """One document in the list; `problem` is what went wrong first, if anything did."""

    sha256: str
    path: str
    municipality: str | None
    year: int | None
    status: str
    problem: str
    records: int
    received_at: str


@dataclass(frozen=True, slots=True)
class DocumentsPage:
    """What documents.html shows; `most` is how many bytes a file may have."""

    items: tuple[DocumentItem, ...]
    jobs: str
    most: int
    most_label: str
    first: str
    next: str
    may_review: bool


@router.get("/dokument")
def documents(
    request: Request, visitor: Annotated[Visitor, Depends(visiting("read"))], mark: str | None = None
) -> Response:
    """The list, and the form to send documents in."""
    return render(request, visitor, "documents.html", _page(request, visitor, mark))


@router.post("/dokument")
def send_documents(
    request: Request,
    visitor: Annotated[Visitor, Depends(visiting("review"))],
    file: Annotated[list[UploadFile], File()],
    municipality: Annotated[str, Form()] = "",
    period: Annotated[str, Form()] = "",
) -> Response:
    """Take documents in from a form; with the page's own program each goes to the API by itself instead."""
    named = [one for one in file if one.filename]
    try:
        said = Said(municipality=municipality.strip() or None, period=period.strip() or None)
        most = request.app.state.bounds.upload
        received = [send_in(desk_of(request), visitor.user, one.filename or "", one.file, said, most) for one in named]
    except (LjuskollError, ValidationError) as error:
        alert = str(error) if isinstance(error, LjuskollError) else TEXT["bad_filter"]
        return render(request, visitor, "documents.html", _page(request, visitor, None), alert, 422)
    if not received:
        return render(request, visitor, "documents.html", _page(request, visitor, None), TEXT["no_file"], 422)
    reader_of(request).wake()
    return lead_to("/dokument", "received" if any(one.job for one in received) else "known")


def status_of(row: DocumentRow) -> str:
    """What has become of a document, in words."""
    return str(WORDS["statuses"][row.status]) if row.status else TEXT["unread"]


def _page(request: Request, visitor: Visitor, mark: str | None) -> DocumentsPage:
    with desk_of(request).database.reading() as session:
        listed = list_documents(session, visitor.user, mark, AT_ONCE)
        queue = progress(session)
    most = request.app.state.bounds.upload
    return DocumentsPage(
        items=tuple(map(_item, listed.items)),
        jobs=jobs_told(queue),
        most=most,
        most_label=TEXT["megabytes"].format(count=most // MEGABYTE),
        first="/dokument" if mark else "",
        next=f"/dokument{query_of({'mark': listed.next})}" if listed.next else "",
        may_review=visitor.user.may("review"),
    )


def _item(row: DocumentRow) -> DocumentItem:
    read = document_record(row)
    return DocumentItem(
        sha256=row.sha256,
        path=row.path,
        municipality=row.municipality,
        year=row.year,
        status=status_of(row),
        problem=read.errors[0].message if read and read.errors else "",
        records=read.records if read else 0,
        received_at=row.received_at,
    )
