"""Corrections in the store: a history that is put on the records anew whenever a document has been read."""

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ljuskoll.models.judging import SHIPPED, Judging
from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.corrections import Correction, apply_corrections
from ljuskoll.service.identity import ADDED
from ljuskoll.service.record import Record, Source
from ljuskoll.service.store.access import SYSTEM, User, only_seen
from ljuskoll.service.store.database import alone
from ljuskoll.service.store.jobs import enqueue_check
from ljuskoll.service.store.paging import Page, page_of
from ljuskoll.service.store.records import CHANGE, record_of, restate, row_values
from ljuskoll.service.store.schema import CorrectionRow, DocumentRow, RecordRow


def add_corrections(
    session: Session, corrections: Iterable[Correction], document: str | None, finding: str | None = None
) -> None:
    """Add corrections of one document's records to the history. Raises UsageError where the document is not here."""
    alone(session, CHANGE)
    if document is not None and session.get(DocumentRow, document) is None:
        raise UsageError("Dokumentet finns inte längre: det har glömts.")
    for one in corrections:
        values = {"who": one.who, "at": one.when, "record": one.record, "field": one.field}
        old, new = (json.dumps(value, ensure_ascii=False) for value in (one.old, one.new))
        session.add(CorrectionRow(**values, old=old, new=new, document=document or one.document, finding=finding))
    session.flush()


def all_corrections(session: Session, document: str | None = None, user: User = SYSTEM) -> tuple[Correction, ...]:
    """The corrections that the user may see in the order in which they were made, of one document or of all."""
    query = select(CorrectionRow).where(CorrectionRow.record != "").order_by(CorrectionRow.id)
    if document is not None:
        query = query.where(CorrectionRow.document == document)
    return tuple(map(correction_of, session.scalars(only_seen(query, user, CorrectionRow))))


def list_corrections(session: Session, user: User, mark: str | None = None, limit: int = 100) -> Page[Correction]:
    """The corrections that the user may see in the order in which they were made."""
    query = only_seen(select(CorrectionRow).where(CorrectionRow.record != ""), user, CorrectionRow)
    return page_of(session, query, (CorrectionRow.id,), mark, limit).shown(correction_of)


def correction_of(row: CorrectionRow) -> Correction:
    """The correction that a row holds."""
    old, new = json.loads(row.old), json.loads(row.new)
    values = {"who": row.who, "when": row.at, "record": row.record, "field": row.field, "document": row.document}
    return Correction(**values, old=old, new=new)


def correct_document(session: Session, document: str, judging: Judging = SHIPPED) -> tuple[Correction, ...]:
    """Put all corrections of a document on its records as they were read, and have the checks run anew.

    Returns the corrections that no longer fit.
    """
    alone(session, CHANGE)
    rows = {row.id: row for row in session.scalars(select(RecordRow).where(RecordRow.document == document))}
    as_read = {identity: row.as_read or row.data for identity, row in rows.items() if not row.is_added}
    read = [Record.model_validate_json(data) for data in as_read.values()]
    there = session.get(DocumentRow, document)
    sources = [Source(path=there.path, sha256=document)] if there else []
    corrected, unfit = apply_corrections(read, all_corrections(session, document), judging, sources)
    now_there = {record.id: record for record in corrected}
    for identity, row in rows.items():
        if row.is_added and identity not in now_there:
            session.delete(row)
        row.is_removed = not row.is_added and identity not in now_there
    for number, record in enumerate(corrected):
        found = rows.get(record.id)
        if found is None:
            session.add(RecordRow(**row_values(record, len(rows) + number), is_added=True))
        elif record_of(found) != record:
            restate(found, record, as_read.get(record.id) if record.corrected else None)
    enqueue_check(session)
    return unfit


def unfit_corrections(session: Session, user: User = SYSTEM) -> tuple[Correction, ...]:
    """Corrections whose record is no longer read, or whose field no longer holds what was corrected."""
    shown = _corrected_rows(session)
    return tuple(one for one in _latest(all_corrections(session, user=user)) if not _holds(one, shown.get(one.record)))


def _latest(corrections: Sequence[Correction]) -> Iterable[Correction]:
    """Of the corrections of one field of one record only the latest can hold."""
    return {(one.record, one.field): one for one in corrections}.values()


def _corrected_rows(session: Session) -> dict[str, RecordRow]:
    corrected = select(CorrectionRow.record)
    return {row.id: row for row in session.scalars(select(RecordRow).where(RecordRow.id.in_(corrected)))}


def _holds(correction: Correction, row: RecordRow | None) -> bool:
    if correction.removes:
        return row is None or row.is_removed
    if row is None:
        return False
    is_there = row.is_removed or correction.field == ADDED
    return bool(is_there or json.loads(row.data).get(correction.field) == correction.new)
