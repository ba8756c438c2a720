"""What the API gives, beside the contract's own models."""

from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, Field

from ljuskoll.nlp.document import BBox
from ljuskoll.nlp.followup import Colour
from ljuskoll.service.record import DocumentRecord, DocumentStatus, Finding, Record
from ljuskoll.service.review.exports import JudgedFinding
from ljuskoll.service.store.access import Role
from ljuskoll.service.store.jobs import JobKind

Item = TypeVar("Item")


class ErrorDetail(BaseModel):
    """What is wrong with one value."""

    field: str = Field(examples=["body.verdict"])
    message: str = Field(examples=["Välj ett av: 'agree', 'disagree', 'fault' or 'skip'."])


class ErrorBody(BaseModel):
    """What went wrong."""

    code: str = Field(examples=["not_found"])
    message: str = Field(examples=["Det finns inte, eller så får du inte se det."])
    details: list[ErrorDetail] = Field(examples=[[]])


class ErrorAnswer(BaseModel):
    """Every error has this shape."""

    error: ErrorBody


class Listed(BaseModel, Generic[Item]):
    """A part of a list; with `next` as `mark` the part after it is asked for. None on the last."""

    items: tuple[Item, ...]
    next: str | None = Field(examples=[None])


class Health(BaseModel):
    """That the service answers."""

    status: Literal["ok"] = "ok"
    version: str


class Ready(BaseModel):
    """That the service can be used; `parts` are what has been looked at."""

    status: Literal["ready"] = "ready"
    version: str
    parts: tuple[str, ...] = Field(examples=[["store"]])


class Me(BaseModel):
    """Who asks. `csrf` goes into the header X-CSRF-Token of all that changes something; None for a token."""

    name: str
    role: Role
    municipalities: tuple[str, ...] | None
    csrf: str | None


class Taken(BaseModel):
    """A document that has come in; `job` reads it, None where it had been read already."""

    document: str
    job: int | None
    name: str = Field(examples=["delarsrapport-2023.pdf"])


class DocumentLine(BaseModel):
    """A document in a list. `status` None: not read yet; `read_by` is the version of ljuskoll that read it."""

    sha256: str
    name: str
    size: int | None
    municipality: str | None
    year: int | None
    status: DocumentStatus | None
    received_by: str
    received_at: str
    read_by: str | None


class DocumentSeen(DocumentLine):
    """A document with what became of it, and the job that reads it, if there has been one."""

    document: DocumentRecord | None
    job: int | None


class Box(BaseModel):
    """A place on a page in PDF points: (x0, top, x1, bottom)."""

    what: Literal["assignment", "light", "evidence"]
    record: str | None
    bbox: BBox


class Boxes(BaseModel):
    """What is to be boxed on a page, and how large the page is, in PDF points."""

    width: float
    height: float
    boxes: tuple[Box, ...]


class Job(BaseModel):
    """A piece of work in the queue."""

    id: int
    kind: JobKind
    document: str | None
    state: Literal["waiting", "working", "done", "failed"]
    message: str | None
    created_at: str
    finished_at: str | None


class RecordSeen(Record):
    """A record with the findings about it."""

    findings: tuple[str, ...] = ()


class FindingSeen(JudgedFinding):
    """A finding with how each reviewer stands on it, and the records that it is about."""

    about: tuple[Record, ...] = ()


class DecisionAbout(BaseModel):
    """The finding as it was when it was decided on; empty where its document has been forgotten."""

    kind: str | None = None
    message: str | None = None
    records: tuple[str, ...] = ()


class DecisionSeen(BaseModel):
    """One decision in the history."""

    id: int
    finding: str
    who: str
    when: str
    verdict: Literal["agree", "disagree", "fault", "skip", "undo"]
    light: Colour | None
    note: str
    undoes: int | None
    about: DecisionAbout


class AgreementSeen(BaseModel):
    """How far two reviewers agree; `kappa` is Cohen's, None where chance alone would explain everything."""

    one: str
    other: str
    both: int
    same: int
    kappa: float | None


class ReviewProgress(BaseModel):
    """How far the asking reviewer has come with the findings that the filter lets through."""

    total: int
    open: int
    skipped: int
    agree: int
    disagree: int
    fault: int


class CorrectionSeen(BaseModel):
    """A correction, as in corrections.jsonl."""

    who: str
    when: str
    record: str
    field: str
    old: Any
    new: Any
    document: str | None


class Corrected(BaseModel):
    """What was corrected, and the record as it stands now; None where it has been taken away."""

    corrections: tuple[CorrectionSeen, ...]
    record: Record | None


class CheckAnswer(BaseModel):
    """The findings, the surest first."""

    findings: tuple[Finding, ...]


class Lights(BaseModel):
    """How many follow-ups of a board per a day show each light, and how many none."""

    municipality: str | None
    year: int | None
    as_of: str | None
    board: str
    green: int = 0
    yellow: int = 0
    red: int = 0
    none: int = 0


class Overview(BaseModel):
    """All counts, in order of municipality, day and board."""

    rows: tuple[Lights, ...]


class TokenMade(BaseModel):
    """The token, which is told this once; None for whom the proxy names."""

    name: str
    role: Role
    token: str | None


class TokenSeen(BaseModel):
    """Who has a token, or is named by the proxy."""

    name: str
    role: Role
    proxy: bool
    municipalities: tuple[str, ...] | None
    created_at: str
    revoked_at: str | None


class AuditLine(BaseModel):
    """Who did what."""

    id: int
    at: str
    who: str
    action: str
    target: str
