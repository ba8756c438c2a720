"""A document taken out of the store with all that was read from it and all that quotes it."""

import json
import re
from collections.abc import Container, Iterator

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from ljuskoll.service.store.database import alone
from ljuskoll.service.store.decisions import FORGOTTEN
from ljuskoll.service.store.documents import document_record
from ljuskoll.service.store.fronts import begin_anew
from ljuskoll.service.store.jobs import enqueue_check
from ljuskoll.service.store.records import AT_ONCE, CHANGE, some_of
from ljuskoll.service.store.schema import (
    CopyRow,
    CorrectionRow,
    DecisionRow,
    DocumentRow,
    FindingRecordRow,
    FindingRow,
    JobRow,
    PlanRow,
    RecordRow,
    StandingRow,
)


def forget(session: Session, sha256: str) -> None:
    """Take a document out of the store; of decisions and corrections about it only number, time and person stay.

    Findings that name no records go, too: the check that is queued makes those anew that still hold.
    """
    alone(session, CHANGE)
    records = select(RecordRow.id).where(RecordRow.document == sha256)
    findings = _findings(session, sha256)
    _empty_decisions(session, sha256, findings, set(session.scalars(records)))
    untraced = CorrectionRow.document.is_(None) & CorrectionRow.record.not_in(select(RecordRow.id))
    about = or_(CorrectionRow.document == sha256, CorrectionRow.record.in_(records), untraced)
    emptied = {"old": "null", "new": "null", "record": "", "field": "", "document": None, "finding": None}
    session.execute(update(CorrectionRow).where(about).values(**emptied))
    begin_anew(session)
    for some in some_of(sorted(findings)):
        session.execute(delete(FindingRecordRow).where(FindingRecordRow.finding.in_(some)))
        session.execute(delete(FindingRow).where(FindingRow.id.in_(some)))
    for table, column in ((RecordRow, RecordRow.document), (PlanRow, PlanRow.document), (JobRow, JobRow.document)):
        session.execute(delete(table).where(column == sha256))
    session.execute(delete(CopyRow).where(CopyRow.duplicate_of == sha256))
    session.execute(delete(DocumentRow).where(DocumentRow.sha256 == sha256))
    enqueue_check(session)


def _findings(session: Session, sha256: str) -> set[str]:
    """The findings that are about the document, quote its name, or name no records; held, so that none is decided."""
    records = select(RecordRow.id).where(RecordRow.document == sha256)
    named = select(FindingRecordRow.finding)
    about = or_(
        FindingRow.id.in_(named.where(FindingRecordRow.record.in_(records))),
        FindingRow.id.not_in(named),
        FindingRow.document == sha256,
        *(FindingRow.data.contains(_quoted(path), autoescape=True) for path in _paths(session, sha256)),
    )
    held = select(FindingRow.id).where(about).order_by(FindingRow.id).with_for_update()
    return set(session.scalars(held))


def _empty_decisions(session: Session, sha256: str, findings: Container[str], records: set[str]) -> None:
    """Empty the decisions about these findings or records, and those that quote the document's name."""
    names = [re.compile(rf"(?<!\w){re.escape(path)}(?!\w)") for path in _paths(session, sha256)]
    query = select(DecisionRow.id, DecisionRow.finding, DecisionRow.document, DecisionRow.about)
    about = []
    for row in session.execute(query.execution_options(yield_per=AT_ONCE)):
        said = json.loads(row.about)
        quotes = any(name.search(said.get("message", "")) for name in names)
        is_about = row.finding in findings or row.document == sha256 or records.intersection(said.get("records", ()))
        if quotes or is_about:
            about.append(row.id)
    blank = {"about": "{}", "note": "", "finding": FORGOTTEN, "light": None, "municipality": None, "document": None}
    for some in some_of(about):
        session.execute(delete(StandingRow).where(StandingRow.decision.in_(some)))
        session.execute(update(DecisionRow).where(DecisionRow.id.in_(some)).values(**blank))


def _paths(session: Session, sha256: str) -> Iterator[str]:
    """The names of the document and of its copies."""
    row = session.get(DocumentRow, sha256)
    read = document_record(row) if row else None
    if read is not None:
        yield read.path
    for data in session.scalars(select(CopyRow.data).where(CopyRow.duplicate_of == sha256)):
        yield json.loads(data)["path"]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]
