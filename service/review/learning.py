"""What a review teaches: lights that reviewers decided, to learn from, and faults in reading, to mend."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from ljuskoll.models.decisions import Decision
from ljuskoll.nlp.followup import Colour, FollowUp, Model
from ljuskoll.service.corrections import Correction
from ljuskoll.service.record import Finding, FindingKind, Record, Source
from ljuskoll.service.store.access import User
from ljuskoll.service.store.corrections import correction_of
from ljuskoll.service.store.decisions import with_standings
from ljuskoll.service.store.documents import document_record, find_document
from ljuskoll.service.store.findings import FindingFilter, all_findings
from ljuskoll.service.store.records import find_record
from ljuskoll.service.store.schema import CorrectionRow, StandingRow

ABOUT_LIGHTS: Final[frozenset[FindingKind]] = frozenset(
    {"declared_vs_phrase", "declared_vs_comment", "phrase_vs_comment"}
)
"""A decision about such a finding says which light the comment supports."""
_FOLLOWUP = set(FollowUp.model_fields)


class Fault(Model):
    """A line of faults.jsonl: what a reviewer says was read wrong, and what is right, where somebody has said."""

    document: Source
    layout: str | None
    read_by: str | None
    record: str | None
    page: int | None
    cell: str | None
    read: dict[str, Any]
    right: dict[str, Any]
    message: str
    note: str
    who: str
    when: str


def decided(session: Session, user: User, asked: FindingFilter) -> Iterator[Decision]:
    """What reviewers decided about the lights of single comments; those that the filter lets through.

    A reviewer who says that the comment was not even read right counts among those who say otherwise.
    """
    for finding, stands in _decided_on(session, user, asked):
        record = find_record(session, user, finding.records[0]) if len(finding.records) == 1 else None
        if record is None or finding.kind not in ABOUT_LIGHTS:
            continue
        followup = {name: getattr(record, name) for name in _FOLLOWUP}
        faults = sum(one.verdict == "fault" for one in stands)
        for one in stands:
            match one.verdict:
                case "agree":
                    light: Colour | None = finding.suggested
                case "disagree":
                    light = one.light  # type: ignore[assignment]
                case _:
                    continue
            yield Decision(**followup, verdict=one.verdict, light=light, who=one.who, when=one.at, others=faults)


def faults(session: Session, user: User, asked: FindingFilter) -> Iterator[Fault]:
    """What reviewers say was read wrong, one line a record; those that the filter lets through."""
    for finding, stands in _decided_on(session, user, asked):
        said = [one for one in stands if one.verdict == "fault"]
        about = [record for one in finding.records if said and (record := find_record(session, user, one))]
        for one in said:
            yield from (_fault(session, user, finding, one, record) for record in about)


def _decided_on(session: Session, user: User, asked: FindingFilter) -> Iterator[tuple[Finding, Sequence[StandingRow]]]:
    return ((one, stands) for one, stands in with_standings(session, all_findings(session, user, asked)) if stands)


def _fault(session: Session, user: User, finding: Finding, said: StandingRow, record: Record) -> Fault:
    row = find_document(session, user, record.document.sha256)
    document = document_record(row) if row else None
    corrections = list(_corrections(session, record.id))
    read: dict[str, Any] = {}
    for one in corrections:
        read.setdefault(one.field, one.old)
    return Fault(
        document=record.document,
        layout=document.layout if document else None,
        read_by=row.read_by if row else None,
        record=record.id,
        page=record.places[0].page if record.places else None,
        cell=record.places[0].cell if record.places else None,
        read=read or record.model_dump(mode="json", include={"assignment", "declared", "comment", "boards"}),
        right={one.field: one.new for one in corrections},
        message=finding.message,
        note=said.note,
        who=said.who,
        when=said.at,
    )


def _corrections(session: Session, record: str) -> Iterable[Correction]:
    query = select(CorrectionRow).where(CorrectionRow.record == record).order_by(CorrectionRow.id)
    return map(correction_of, session.scalars(query))
