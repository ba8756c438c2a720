"""The tables. Texts of records, findings and documents are kept whole as JSON; columns beside them are for filters.

`decisions`, `corrections` and `audit` are histories: rows are added, never changed, but where a document is forgotten.
"""

from typing import ClassVar

from sqlalchemy import ForeignKey, Index, MetaData, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

FILTERED = ("kind", "severity", "municipality", "year", "board", "document")
"""What findings are filtered by; a page of each costs the same wherever it is in the list."""
_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of all tables; constraints have names, so that migrations can speak of them."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map: ClassVar = {str: Text}


class DocumentRow(Base):
    """A document: `data` is its DocumentRecord, None until it has been read; `options` are what its sender said of it.

    `read_by` is the version of the program that read it. `municipality` is that of its records, if they have one.
    """

    __tablename__ = "documents"
    sha256: Mapped[str] = mapped_column(primary_key=True)
    path: Mapped[str]
    size: Mapped[int | None]
    municipality: Mapped[str | None] = mapped_column(index=True)
    year: Mapped[int | None]
    status: Mapped[str | None]
    received_by: Mapped[str] = mapped_column(index=True)
    received_at: Mapped[str] = mapped_column(index=True)
    read_by: Mapped[str | None]
    options: Mapped[str]
    data: Mapped[str | None]


class CopyRow(Base):
    """A file of an imported archive that is no document of its own: a second copy, or one whose bytes were not had."""

    __tablename__ = "copies"
    id: Mapped[int] = mapped_column(primary_key=True)
    duplicate_of: Mapped[str | None] = mapped_column(index=True)
    data: Mapped[str]


class JobRow(Base):
    """Work to be done: `kind` "read" (a document) or "check" (everything); `state` waiting, working, done or failed."""

    __tablename__ = "jobs"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    document: Mapped[str | None] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    message: Mapped[str | None]
    created_by: Mapped[str]
    created_at: Mapped[str]
    finished_at: Mapped[str | None]


class RecordRow(Base):
    """A record as it stands now (`data`), and as it was read where a person has corrected it (`as_read`).

    `board` holds its boards' full names joined by "; ", `thread` is common to the records of one assignment over time,
    `number` is its place in its document. `is_added` and `is_removed` are for rows that a person added or took away.
    """

    __tablename__ = "records"
    id: Mapped[str] = mapped_column(primary_key=True)
    document: Mapped[str] = mapped_column(ForeignKey("documents.sha256"))
    number: Mapped[int]
    municipality: Mapped[str | None]
    year: Mapped[int | None]
    as_of: Mapped[str | None]
    kind: Mapped[str]
    board: Mapped[str]
    colour: Mapped[str | None]
    thread: Mapped[str | None] = mapped_column(index=True)
    is_added: Mapped[bool] = mapped_column(default=False)
    is_removed: Mapped[bool] = mapped_column(default=False)
    as_read: Mapped[str | None]
    data: Mapped[str]
    __table_args__ = (
        Index(None, "document", "number"),
        Index(None, "municipality", "year", "board"),
        Index(None, "board"),
    )


class PlanRow(Base):
    """A line of a plan."""

    __tablename__ = "plans"
    id: Mapped[str] = mapped_column(primary_key=True)
    document: Mapped[str] = mapped_column(ForeignKey("documents.sha256"), index=True)
    data: Mapped[str]


class FindingRow(Base):
    """A finding of the latest check; municipality, year, board and document are those of its first record.

    `rank` is its score with the sign turned, so that the surest come first in the order of (rank, id).
    """

    __tablename__ = "findings"
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    severity: Mapped[str]
    rank: Mapped[float]
    municipality: Mapped[str | None]
    year: Mapped[int | None]
    board: Mapped[str | None]
    document: Mapped[str | None]
    data: Mapped[str]
    __table_args__ = (
        Index(None, "rank", "id"),
        *(Index(None, name, "rank", "id") for name in FILTERED),
    )


class FindingRecordRow(Base):
    """Which records a finding is about."""

    __tablename__ = "finding_records"
    finding: Mapped[str] = mapped_column(ForeignKey("findings.id", ondelete="CASCADE"), primary_key=True)
    record: Mapped[str] = mapped_column(primary_key=True, index=True)


class DecisionRow(Base):
    """One decision in the history: `verdict` agree, disagree, fault, skip, or undo of the decision `undoes`.

    `key` is the sender's own mark of it, so that what is sent twice counts once; `about` is the finding as it was,
    so that a decision says what it was about though later readings no longer find it, and `municipality` and
    `document` are the finding's. One about a document that has been forgotten has no more than number, time and person.
    """

    __tablename__ = "decisions"
    id: Mapped[int] = mapped_column(primary_key=True)
    finding: Mapped[str] = mapped_column(index=True)
    who: Mapped[str]
    at: Mapped[str]
    verdict: Mapped[str]
    light: Mapped[str | None]
    note: Mapped[str]
    undoes: Mapped[int | None] = mapped_column(index=True)
    key: Mapped[str | None]
    municipality: Mapped[str | None]
    document: Mapped[str | None]
    about: Mapped[str]
    __table_args__ = (UniqueConstraint("who", "key"), Index(None, "who", "id"))


class StandingRow(Base):
    """What each reviewer's history says of a finding now; made from `decisions` in the same transaction."""

    __tablename__ = "standings"
    finding: Mapped[str] = mapped_column(primary_key=True)
    who: Mapped[str] = mapped_column(primary_key=True, index=True)
    decision: Mapped[int]
    at: Mapped[str]
    verdict: Mapped[str] = mapped_column(index=True)
    light: Mapped[str | None]
    note: Mapped[str]


class FrontRow(Base):
    """A finding before which a reviewer has decided on all of the check `check`."""

    __tablename__ = "fronts"
    who: Mapped[str] = mapped_column(primary_key=True)
    rank: Mapped[float]
    finding: Mapped[str]
    check: Mapped[str]


class CorrectionRow(Base):
    """One correction in the history, as in corrections.jsonl; `old` and `new` are JSON."""

    __tablename__ = "corrections"
    id: Mapped[int] = mapped_column(primary_key=True)
    who: Mapped[str]
    at: Mapped[str]
    document: Mapped[str | None] = mapped_column(index=True)
    record: Mapped[str] = mapped_column(index=True)
    field: Mapped[str]
    old: Mapped[str]
    new: Mapped[str]
    finding: Mapped[str | None]


class TokenRow(Base):
    """A person or program that may use the service; `municipalities` is a JSON list, None for all.

    `digest` is that of its token, None for a person whom a trusted proxy names.
    """

    __tablename__ = "tokens"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    municipalities: Mapped[str | None]
    digest: Mapped[str | None] = mapped_column(unique=True)
    created_at: Mapped[str]
    revoked_at: Mapped[str | None]


class SessionRow(Base):
    """A browser where someone has signed in, until `expires_at`."""

    __tablename__ = "sessions"
    digest: Mapped[str] = mapped_column(primary_key=True)
    token: Mapped[int] = mapped_column(ForeignKey("tokens.id"))
    csrf: Mapped[str]
    expires_at: Mapped[str] = mapped_column(index=True)


class AuditRow(Base):
    """Who did what to what, without any text of a document."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str] = mapped_column(index=True)
    who: Mapped[str]
    action: Mapped[str]
    target: Mapped[str]


class FactRow(Base):
    """What holds for the whole store: the run that its records come from, and which archive has been taken in."""

    __tablename__ = "facts"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
