"""One document: what was read from it and what was not, a row added to it, and forgetting it."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.masking import masked
from ljuskoll.service.outputs.report_parts import plural
from ljuskoll.service.outputs.wording import layout_label
from ljuskoll.service.record import DocumentRecord, Record
from ljuskoll.service.review.correcting import add_row
from ljuskoll.service.review.forgetting import forget_document
from ljuskoll.service.review.showing import shown
from ljuskoll.service.store.documents import document_record, find_document
from ljuskoll.service.store.findings import FindingFilter, count_findings
from ljuskoll.service.store.records import RecordFilter, list_records
from ljuskoll.service.web.errors import RefusedError
from ljuskoll.service.web.pages.desks import desk_of
from ljuskoll.service.web.pages.documents import status_of
from ljuskoll.service.web.pages.record_form import RecordValues, SentRecord, blank_row, fields_of
from ljuskoll.service.web.pages.rendering import TEXT, lead_to, query_of, render
from ljuskoll.service.web.security import Visitor, visiting
from ljuskoll.service.web.state import reader_of

router = APIRouter()
AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """What document.html shows. `values` are what a new row begins with, None where the document is not read yet."""

    sha256: str
    path: str
    status: str
    received_at: str
    received_by: str
    layout: str
    problems: tuple[str, ...]
    unexplained: tuple[str, ...]
    findings: str
    has_original: bool
    items: tuple[Record, ...]
    first: str
    next: str
    values: RecordValues | None
    may_review: bool


@router.get("/dokument/{sha256}")
def document(
    request: Request,
    visitor: Annotated[Visitor, Depends(visiting("read"))],
    sha256: str,
    mark: str | None = None,
) -> Response:
    """One document."""
    return render(request, visitor, "document.html", _page(request, visitor, sha256, mark))


@router.post("/dokument/{sha256}/rad")
def add_missing_row(
    request: Request,
    visitor: Annotated[Visitor, Depends(visiting("review"))],
    sha256: str,
    sent: Annotated[SentRecord, Form()],
) -> Response:
    """Add a row that the reading missed."""
    desk = desk_of(request)
    try:
        row = {**fields_of(sent, desk.settings), "places": [{"page": sent.page}]}
        made = add_row(desk, visitor.user, sha256, row)
    except UsageError as error:
        shown_page = _page(request, visitor, sha256, None, sent)
        return render(request, visitor, "document.html", shown_page, str(error), 422)
    reader_of(request).wake()
    return lead_to(f"/uppdrag/{made[0].record}", "added")


@router.post("/dokument/{sha256}/glom")
def forget(
    request: Request,
    visitor: Annotated[Visitor, Depends(visiting("administer"))],
    sha256: str,
    sure: Annotated[str, Form()] = "",
) -> Response:
    """Take the document away with all its traces."""
    if sure != "yes":
        page = _page(request, visitor, sha256, None)
        return render(request, visitor, "document.html", page, TEXT["not_sure"], 422)
    forget_document(desk_of(request), visitor.user, sha256)
    reader_of(request).wake()
    return lead_to("/dokument", "forgotten")


def _page(
    request: Request, visitor: Visitor, sha256: str, mark: str | None, sent: RecordValues | None = None
) -> DocumentPage:
    """Raises 404 for an unknown document."""
    desk = desk_of(request)
    with desk.database.reading() as session:
        row = find_document(session, visitor.user, sha256)
        if row is None:
            raise RefusedError(404, TEXT["no_document"])
        listed = list_records(session, visitor.user, RecordFilter(document=sha256), mark, AT_ONCE)
        count = count_findings(session, visitor.user, FindingFilter(document=sha256))
    read, base = document_record(row), f"/dokument/{sha256}"
    records = tuple(shown(record, False) for record in listed.items)
    values = blank_row(records[0] if records else None) if read else None
    return DocumentPage(
        sha256=sha256,
        path=row.path,
        status=status_of(row),
        received_at=row.received_at,
        received_by=row.received_by,
        layout=layout_label(read.layout) if read else "",
        problems=_problems(read),
        unexplained=_unexplained(read),
        findings=plural(TEXT["findings"], count),
        has_original=desk.originals.path(sha256) is not None,
        items=records,
        first=base if mark else "",
        next=f"{base}{query_of({'mark': listed.next})}" if listed.next else "",
        values=sent or values,
        may_review=visitor.user.may("review"),
    )


def _problems(read: DocumentRecord | None) -> tuple[str, ...]:
    told = TEXT["page_problem"]
    errors = read.errors if read else ()
    return tuple(masked(told.format(page=one.page, message=one.message) if one.page else one.message) for one in errors)


def _unexplained(read: DocumentRecord | None) -> tuple[str, ...]:
    tables = read.tables if read else ()
    return tuple(masked(row.text) for table in tables for row in table.unmatched if row.unexplained)
