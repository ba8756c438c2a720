"""Documents in the store: received, read, listed."""

from dataclasses import dataclass

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from ljuskoll.nlp.errors import UsageError
from ljuskoll.nlp.followup import Model
from ljuskoll.service.record import DocumentRecord, FileResult
from ljuskoll.service.store.access import User, only_seen
from ljuskoll.service.store.database import alone, now
from ljuskoll.service.store.jobs import enqueue
from ljuskoll.service.store.paging import Page, page_of
from ljuskoll.service.store.records import CHANGE, NO_NUL, put_plans, put_records
from ljuskoll.service.store.schema import DocumentRow


class Said(Model):
    """What the sender says of a document, for what it does not say itself; `period` as a user writes it ("T2 2021")."""

    municipality: str | None = Field(default=None, max_length=100, pattern=NO_NUL)
    period: str | None = Field(default=None, max_length=100, pattern=NO_NUL)


@dataclass(frozen=True, slots=True)
class Received:
    """A document that has come in: the job that reads it, None where it was here already."""

    sha256: str
    job: int | None


def receive(session: Session, sha256: str, path: str, size: int, user: User, said: Said = Said()) -> Received:  # noqa: B008
    """Keep a document whose original has been stored, and have it read; what has been read is not read again."""
    alone(session, CHANGE)
    row = session.get(DocumentRow, sha256)
    if row is not None:
        row.size = size
        has_been_read = row.status not in (None, "unreadable")
        return Received(sha256, None if has_been_read else enqueue(session, "read", user.name, sha256))
    options = said.model_dump_json()
    row = DocumentRow(
        sha256=sha256,
        path=path,
        size=size,
        received_by=user.name,
        received_at=now(),
        options=options,
        municipality=said.municipality,
    )
    session.add(row)
    session.flush()
    return Received(sha256, enqueue(session, "read", user.name, sha256))


def put_result(session: Session, result: FileResult, version: str) -> None:
    """Keep what a document was read to, in the place of what an earlier reading made of it.

    Raises UsageError where it has been forgotten meanwhile.
    """
    alone(session, CHANGE)
    document = result.document
    row = session.get(DocumentRow, document.sha256)
    if row is None:
        raise UsageError("Dokumentet finns inte längre.")
    row.data, row.status, row.read_by = document.model_dump_json(), document.status, version
    row.municipality = next((one.municipality for one in result.records if one.municipality), row.municipality)
    row.year = next((one.period.year for one in result.records if one.period), None)
    put_records(session, row.sha256, result.records)
    put_plans(session, row.sha256, result.plans)


def find_document(session: Session, user: User, sha256: str) -> DocumentRow | None:
    """The document, if the user may see it."""
    return session.scalar(only_seen(select(DocumentRow).where(DocumentRow.sha256 == sha256), user, DocumentRow))


def list_documents(session: Session, user: User, mark: str | None = None, limit: int = 100) -> Page[DocumentRow]:
    """The documents in the order in which they came."""
    query = only_seen(select(DocumentRow), user, DocumentRow)
    return page_of(session, query, (DocumentRow.received_at, DocumentRow.sha256), mark, limit)


def document_record(row: DocumentRow) -> DocumentRecord | None:
    """What the document was read to; None before it has been."""
    return DocumentRecord.model_validate_json(row.data) if row.data else None
