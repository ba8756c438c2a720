"""The store as one archive: an import taken in whole, a result for checks and exports, a document forgotten."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ljuskoll.service.consistency.checks import Counts, by_score, counted_together, material_of, run_on
from ljuskoll.service.consistency.groups import groups
from ljuskoll.service.consistency.material import Material
from ljuskoll.service.record import DocumentRecord, Finding, PlanRecord, Record, Result, Run
from ljuskoll.service.store.access import SYSTEM, User, only_seen
from ljuskoll.service.store.database import alone, now
from ljuskoll.service.store.documents import Said, document_record
from ljuskoll.service.store.findings import all_findings, put_threads, replace_findings
from ljuskoll.service.store.jobs import enqueue_check
from ljuskoll.service.store.records import CHANGE, all_records, put_plans, put_records
from ljuskoll.service.store.schema import (
    CopyRow,
    DocumentRow,
    FactRow,
    PlanRow,
    RecordRow,
)

RUN = "run"
"""The fact that holds the Run of the records: model, scales and what was checked."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the whole store found, ready to be kept."""

    findings: tuple[Finding, ...]
    threads: Mapping[str, str]
    counts: Counts


def take_in(session: Session, result: Result) -> None:
    """Keep what an import wrote, in the place of what earlier imports made of the same documents.

    Findings are the import's own, until the checks have run anew over all that the store holds.
    """
    alone(session, CHANGE)
    records: dict[str, list[Record]] = {}
    plans: dict[str, list[PlanRecord]] = {}
    for record in result.records:
        records.setdefault(record.document.sha256, []).append(record)
    for plan in result.plans:
        plans.setdefault(plan.document.sha256, []).append(plan)
    session.execute(delete(CopyRow))
    for document in result.documents:
        if document.sha256 is None or document.duplicate_of is not None:
            session.add(CopyRow(duplicate_of=document.duplicate_of, data=document.model_dump_json()))
            continue
        _put_document(session, document, records.get(document.sha256, []), result.run.version)
        put_plans(session, document.sha256, plans.get(document.sha256, []))
    session.flush()
    put_fact(session, RUN, result.run.model_dump_json())
    replace_findings(session, result.findings, {record.id: record for record in result.records})
    enqueue_check(session)


def give_back(session: Session, user: User, run: Run) -> Result:
    """All that the user may see, as an import would have written it; `run` is used where no import was taken in."""
    query = only_seen(select(DocumentRow), user, DocumentRow)
    documents = [one for row in session.scalars(query) if (one := document_record(row)) is not None]
    kept = {document.sha256 for document in documents}
    if user.municipalities is None:
        documents += [DocumentRecord.model_validate_json(row.data) for row in session.scalars(select(CopyRow))]
    plans = [
        PlanRecord.model_validate_json(row.data) for row in session.scalars(select(PlanRow)) if row.document in kept
    ]
    records = all_records(session, user)
    return Result(
        documents=tuple(sorted(documents, key=lambda one: (one.path, one.sha256 or "", one.archive))),
        records=tuple(sorted(records, key=lambda one: (one.document.path, one.document.sha256))),
        plans=tuple(sorted(plans, key=lambda one: (one.document.path, one.document.sha256))),
        findings=tuple(all_findings(session, user)),
        run=stored_run(session) or run,
    )


def checked(result: Result) -> Checked:
    """The checks run on all records, and which of these report on one assignment; touches no store."""
    found: list[Finding] = []
    threads: dict[str, str] = {}
    counts: list[Counts] = []
    for group in groups(result.documents, result.records, result.plans):
        material = material_of(group, result.run.scales)
        findings, counted = run_on(material)
        found += findings
        threads |= _assignments(material)
        counts.append(counted)
    return Checked(tuple(sorted(found, key=by_score)), threads, counted_together(counts))


def put_checked(session: Session, found: Checked, records: Mapping[str, Record]) -> None:
    """Keep what a check found, in the place of what the check before it found; nothing about what has gone since."""
    alone(session, CHANGE)
    there = set(session.scalars(select(RecordRow.id).where(RecordRow.is_removed.is_(False))))
    findings = [finding for finding in found.findings if there.issuperset(finding.records)]
    replace_findings(session, findings, records)
    put_threads(session, found.threads)
    run = stored_run(session)
    if run is not None:
        put_fact(session, RUN, run.model_copy(update={"checks": dict(found.counts)}).model_dump_json())


def stored_run(session: Session) -> Run | None:
    """How the records of the store were made; None before the first."""
    text = fact(session, RUN)
    return Run.model_validate_json(text) if text else None


def fact(session: Session, name: str) -> str | None:
    """What holds for the whole store under this name; None where nothing does."""
    return session.scalar(select(FactRow.value).where(FactRow.name == name))


def put_fact(session: Session, name: str, value: str) -> None:
    """Let this hold for the whole store."""
    session.merge(FactRow(name=name, value=value))


def _put_document(session: Session, document: DocumentRecord, records: list[Record], version: str) -> None:
    assert document.sha256 is not None
    row = session.get(DocumentRow, document.sha256)
    if row is None:
        said = Said().model_dump_json()
        row = DocumentRow(sha256=document.sha256, received_by=SYSTEM.name, received_at=now(), options=said)
        session.add(row)
    row.path, row.status, row.data, row.read_by = document.path, document.status, document.model_dump_json(), version
    row.municipality = next((one.municipality for one in records if one.municipality), row.municipality)
    row.year = next((one.period.year for one in records if one.period), None)
    session.flush()
    put_records(session, document.sha256, records)


def _assignments(material: Material) -> dict[str, str]:
    """For each record that is per a day the name of its assignment: the id of the first report on it."""
    return {
        record.id: (thread.before or thread.reports)[0][0].id
        for thread in material.threads
        for report in thread.reports
        for record in report
    }
