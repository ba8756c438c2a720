"""Correcting what was read: a field, a row that was missed, a row that is none; each as a whole or not at all."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from ljuskoll.nlp.errors import UsageError
from ljuskoll.nlp.followup import FollowUp
from ljuskoll.service.corrections import FIELDS, Correction
from ljuskoll.service.identity import ADDED, added_identity
from ljuskoll.service.record import Record, Source
from ljuskoll.service.review.desk import Desk
from ljuskoll.service.review.showing import refuse_masked
from ljuskoll.service.store.access import User
from ljuskoll.service.store.audit import log
from ljuskoll.service.store.corrections import add_corrections, correct_document
from ljuskoll.service.store.database import now
from ljuskoll.service.store.documents import find_document
from ljuskoll.service.store.records import find_record
from ljuskoll.service.store.schema import RecordRow

GONE = "Uppföljningen finns inte, eller så får du inte se den. Ladda om sidan."
NO_DOCUMENT = "Dokumentet finns inte, eller så får du inte se det."


def correct(
    desk: Desk, user: User, identity: str, changes: Mapping[str, Any], finding: str | None = None
) -> tuple[Correction, ...]:
    """Correct fields of a record; what says what stands there already is left out. Raises UsageError."""
    with desk.database.writing() as session:
        record = _found(session, user, identity)
        made = _corrections(record, changes, user)
        _keep(desk, session, user, made, record.document.sha256, finding)
    desk.write_corrections()
    return made


def add_row(
    desk: Desk, user: User, document: str, row: Mapping[str, Any], finding: str | None = None
) -> tuple[Correction, ...]:
    """Add a row that the reading of a document missed. Raises UsageError."""
    with desk.database.writing() as session:
        source = _source(session, user, document)
        values = _row(row, user)
        taken = set(session.scalars(select(RecordRow.id).where(RecordRow.document == document)))
        identity = added_identity(document, values, taken)
        new = {**values, "document": source.model_dump()}
        made = (Correction(who=user.name, when=now(), record=identity, field=ADDED, new=new, document=document),)
        _keep(desk, session, user, made, document, finding)
    desk.write_corrections()
    return made


def remove_row(desk: Desk, user: User, identity: str, finding: str | None = None) -> tuple[Correction, ...]:
    """Take away a row that is no follow-up. Raises UsageError."""
    with desk.database.writing() as session:
        record = _found(session, user, identity)
        document = record.document.sha256
        values = {"record": identity, "field": ADDED, "old": record.assignment, "document": document}
        made = (Correction(who=user.name, when=now(), **values),)
        _keep(desk, session, user, made, document, finding)
    desk.write_corrections()
    return made


def _found(session: Session, user: User, identity: str) -> Record:
    record = find_record(session, user, identity)
    if record is None:
        raise UsageError(GONE)
    return record


def _source(session: Session, user: User, document: str) -> Source:
    row = find_document(session, user, document)
    if row is None:
        raise UsageError(NO_DOCUMENT)
    return Source(path=row.path, sha256=document)


def _corrections(record: Record, changes: Mapping[str, Any], user: User) -> tuple[Correction, ...]:
    if unknown := sorted(set(changes) - FIELDS):
        raise UsageError(f"Fältet «{unknown[0]}» kan inte rättas. Det går att rätta: {', '.join(sorted(FIELDS))}.")
    before = record.model_dump(mode="json")
    after = _valid(Record, {**before, **changes}).model_dump(mode="json")
    if "municipality" in changes:
        _check_municipality(user, after["municipality"])
    when, made = now(), []
    for name in sorted(changes):
        refuse_masked(before[name], after[name])
        if before[name] != after[name]:
            values = {"record": record.id, "field": name, "old": before[name], "new": after[name]}
            made.append(Correction(who=user.name, when=when, document=record.document.sha256, **values))
    return tuple(made)


def _row(row: Mapping[str, Any], user: User) -> dict[str, Any]:
    """The row's fields, all of them."""
    followup = _valid(FollowUp, row)
    if not followup.assignment.strip() or not (followup.comment.strip() or followup.declared):
        raise UsageError("Ange uppdragets rubrik, och status eller kommentar.")
    values = followup.model_dump(mode="json", exclude={"phrase"})
    refuse_masked("", values)
    _check_municipality(user, followup.municipality)
    return values


def _valid(model: type[FollowUp], values: Mapping[str, Any]) -> FollowUp:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        field = ".".join(map(str, error.errors()[0]["loc"]))
        raise UsageError(f"Fältet «{field}» har ett värde som inte passar där.") from error


def _check_municipality(user: User, municipality: str | None) -> None:
    """Nobody puts anything where they may not look."""
    if user.municipalities is not None and municipality is not None and municipality not in user.municipalities:
        raise UsageError(f"Du har inte tillgång till {municipality}.")


def _keep(
    desk: Desk,
    session: Session,
    user: User,
    made: Sequence[Correction],
    document: str,
    finding: str | None,
) -> None:
    add_corrections(session, made, document, finding)
    unfit = correct_document(session, document, desk.judging)
    if any(one in unfit for one in made):
        raise UsageError("Rättelsen passar inte det som är läst. Ladda om sidan och försök igen.")
    for identity in dict.fromkeys(one.record for one in made):
        log(session, user.name, "correct", identity)
