"""Documents: sent in, listed, fetched as they came, forgotten."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import ValidationError
from sqlalchemy import select
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from ljuskoll.service.review.forgetting import forget_document
from ljuskoll.service.review.originals import chunks
from ljuskoll.service.review.receiving import plain_name, send_in
from ljuskoll.service.review.showing import shown, shown_values
from ljuskoll.service.store.audit import log
from ljuskoll.service.store.documents import Said, document_record, find_document, list_documents
from ljuskoll.service.store.schema import DocumentRow, JobRow
from ljuskoll.service.web.api.common import At, Digest, Limit, Mark, Readers, found, listed
from ljuskoll.service.web.errors import RefusedError
from ljuskoll.service.web.schemas import DocumentLine, DocumentSeen, Listed, Taken
from ljuskoll.service.web.security import Administering, Reading, Reviewing, Unmasked
from ljuskoll.service.web.state import bounds_of, desk_of, reader_of

router = APIRouter(tags=["Dokument"])
_FORM = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {"type": "string", "format": "binary", "description": "Rapporten: PDF, DOCX, XLSX, HTML, text, bild."},
        "municipality": {"type": "string", "maxLength": 100, "description": "Om dokumentet inte säger det."},
        "period": {
            "type": "string",
            "maxLength": 100,
            "description": "Om dokumentet inte säger det.",
            "example": "T2 2021",
        },
    },
}


@router.get("/documents", summary="Dokumenten i den ordning de kom")
def documents(
    desk: At, user: Reading, unmasked: Unmasked, mark: Mark = None, limit: Limit = 100
) -> Listed[DocumentLine]:
    """What has come in, and what became of it."""
    with desk.database.reading() as session:
        return listed(list_documents(session, user, mark, limit).shown(partial(_line, unmasked=unmasked)))


@router.post(
    "/documents",
    status_code=202,
    response_model=Taken,
    summary="Skicka in ett dokument",
    responses={200: {"model": Taken, "description": "Dokumentet fanns här redan."}},
    openapi_extra={"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _FORM}}}},
)
async def send(request: Request, user: Reviewing) -> JSONResponse:
    """Kept and put into the queue; the job tells when it has been read. The form is read when the user is known."""
    async with request.form(max_files=1, max_fields=10) as form:
        file, said = form.get("file"), _said(form)
        if not isinstance(file, UploadFile):
            raise RefusedError(422, "Skicka dokumentet som filen «file» i ett formulär (multipart/form-data).")
        name = plain_name(file.filename or "")
        received = await run_in_threadpool(
            send_in, desk_of(request), user, name, file.file, said, bounds_of(request).upload
        )
    reader_of(request).wake()
    taken = Taken(document=received.sha256, job=received.job, name=name)
    return JSONResponse(taken.model_dump(), 202 if received.job else 200)


@router.get("/documents/{sha256}", summary="Ett dokument och vad som lästes i det")
def document(desk: At, user: Reading, unmasked: Unmasked, sha256: Digest) -> DocumentSeen:
    """With its tables, problems and job."""
    with desk.database.reading() as session:
        row = found(find_document(session, user, sha256))
        job = session.scalar(select(JobRow.id).where(JobRow.document == sha256).order_by(JobRow.id.desc()).limit(1))
    record = document_record(row)
    seen = {"document": shown(record, unmasked) if record else None, "job": job}
    return DocumentSeen(**_line(row, unmasked).model_dump(), **seen)


@router.get(
    "/documents/{sha256}/original",
    summary="Dokumentet som det kom",
    response_class=StreamingResponse,
    responses={200: {"content": {"application/octet-stream": {}}, "description": "Filen, omaskerad."}},
)
def original(desk: At, user: Reviewing, sha256: Digest) -> StreamingResponse:
    """The file itself, to be saved; it is logged who has taken it."""
    with desk.database.reading() as session:
        row = found(find_document(session, user, sha256))
    path = found(desk.originals.path(sha256))
    file = _opened(path)
    with desk.database.writing() as session:
        log(session, user.name, "unmasked", f"original {sha256}")
    return attachment(row.path, "application/octet-stream", file)


@router.delete("/documents/{sha256}", status_code=204, summary="Glöm ett dokument med alla spår")
def forget(desk: At, reader: Readers, user: Administering, sha256: Digest) -> Response:
    """Original, records, findings, quotes and pictures go; the log keeps ids, times and names."""
    with desk.database.reading() as session:
        found(find_document(session, user, sha256))
    forget_document(desk, user, sha256)
    reader.wake()
    return Response(status_code=204)


def attachment(name: str, media_type: str, file: BinaryIO) -> StreamingResponse:
    """A file to be saved under a name; it is closed when it has been sent."""
    disposition = f"attachment; filename*=UTF-8''{quote(plain_name(name), safe='')}"
    return StreamingResponse(_chunks(file), media_type=media_type, headers={"Content-Disposition": disposition})


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    with file:
        yield from chunks(file)


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except FileNotFoundError as error:
        raise RefusedError(404) from error


def _said(form: FormData) -> Said:
    values: dict[str, Any] = {name: form.get(name) or None for name in ("municipality", "period")}
    try:
        return Said.model_validate(values)
    except ValidationError as error:
        raise RefusedError(422, "Kommun och period ska vara korta texter.") from error


def _line(row: DocumentRow, unmasked: bool) -> DocumentLine:
    values = {name: getattr(row, name) for name in DocumentLine.model_fields if name != "name"}
    return DocumentLine(**values, name=shown_values(row.path, unmasked))
