"""What an import writes: records, documents, plans and findings, exactly as the contract has them."""

from collections.abc import Collection
from datetime import date
from typing import Literal, Protocol, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from ljuskoll.models.assessment import Assessment
from ljuskoll.nlp.followup import Claim, Colour, FollowUp, Model, PlanItem, TableAccount

FindingKind: TypeAlias = Literal[
    "declared_vs_phrase",
    "declared_vs_comment",
    "phrase_vs_comment",
    "over_time",
    "across_documents",
    "aggregate",
    "completeness",
    "coverage",
]
Severity: TypeAlias = Literal["high", "medium", "low"]
DocumentStatus: TypeAlias = Literal["ok", "partial", "empty", "unreadable"]
Level: TypeAlias = Literal["board", "municipality"]


class Source(Model):
    """The file that something comes from: its path relative to its SOURCE, with "/", and its content's sha256."""

    path: str
    sha256: str


class Record(FollowUp):
    """One follow-up with its identity, its document and the judgement of its comment.

    `without_phrase` is the judgement of the comment without its status sentence, None where little else stands there;
    `corrected` names the fields that a person has corrected.
    """

    id: str
    document: Source
    assessment: Assessment
    without_phrase: Assessment | None = None
    corrected: tuple[str, ...] = ()

    @property
    def day(self) -> date | None:
        """The day that its report is per; None where no more than a year is known."""
        return self.period.as_of if self.period else None


class PlanRecord(PlanItem):
    """One line of a plan with its identity and its document."""

    id: str
    document: Source


class Problem(Model):
    """Something that went wrong in a document, and in which part of the program."""

    component: str
    page: int | None = None
    message: str


class DocumentRecord(Model):
    """One input file and what became of it.

    `archive` identifies the SOURCE folder by its content, so that records without a municipality link within it.
    """

    path: str
    sha256: str | None
    status: DocumentStatus
    errors: tuple[Problem, ...] = ()
    pages: int = 0
    records: int = 0
    layout: str | None = None
    level: Level | None = None
    duplicate_of: str | None = None
    tables: tuple[TableAccount, ...] = ()
    claims: tuple[Claim, ...] = ()
    archive: str = ""


class FileResult(Model):
    """What became of one file: its document with the records and the plan's lines that it gave."""

    document: DocumentRecord
    records: tuple[Record, ...] = ()
    plans: tuple[PlanRecord, ...] = ()

    def at(self, path: str, archive: str) -> "FileResult":
        """The same, read from a file at this path of this archive."""
        source = {"document": Source(path=path, sha256=self.document.sha256 or "")}
        return FileResult.model_construct(
            document=self.document.model_copy(update={"path": path, "archive": archive}),
            records=tuple(record.model_copy(update=source) for record in self.records),
            plans=tuple(plan.model_copy(update=source) for plan in self.plans),
        )


class FindingEvidence(Model):
    """Quoted words of one record; offsets are into its comment, None where the words stand elsewhere."""

    record: str | None
    text: str
    start: int | None = None
    end: int | None = None


class Finding(Model):
    """A contradiction for a person to look at; `score` is how probably a careful reader would agree.

    `checks` names what found it, the most specific first.
    """

    id: str
    kind: FindingKind
    checks: tuple[str, ...] = ()
    also: tuple[FindingKind, ...] = ()
    severity: Severity
    score: float
    records: tuple[str, ...]
    message: str
    evidence: tuple[FindingEvidence, ...] = ()
    suggested: Colour | None = None


class CheckCount(Model):
    """How much one check looked at: `checked` cases (`flagged` or `unflagged`), and others where it `abstained`."""

    checked: int = 0
    abstained: int = 0
    unflagged: int = 0
    flagged: int = 0

    def __add__(self, other: "CheckCount") -> "CheckCount":
        return CheckCount(**{name: getattr(self, name) + getattr(other, name) for name in CheckCount.model_fields})


class KindCount(CheckCount):
    """The checks of one kind together, and each of them under its name."""

    checks: dict[str, CheckCount] = Field(default_factory=dict)

    @classmethod
    def of(cls, checks: dict[str, CheckCount]) -> Self:
        """The sums of these checks."""
        return cls(**sum(checks.values(), CheckCount()).model_dump(include=set(CheckCount.model_fields)), checks=checks)

    def together(self, other: "KindCount") -> "KindCount":
        """What both looked at, by the same checks."""
        return KindCount.of({name: self.checks[name] + other.checks[name] for name in self.checks})


class Run(Model):
    """How a result was made. No clock and no place, so that the same input gives the same bytes.

    `officials` are persons whose names are left readable where texts are masked, `reader` identifies the program's
    parts that read.
    """

    version: str
    model: str
    scales: dict[str, dict[str, str]]
    options: dict[str, str | None]
    checks: dict[str, KindCount]
    unmasked_texts: bool = True
    officials: tuple[str, ...] = ()
    reader: str = ""


class Result(BaseModel):
    """All that one import makes, in the order in which it is written."""

    model_config = ConfigDict(frozen=True)

    documents: tuple[DocumentRecord, ...]
    records: tuple[Record, ...]
    plans: tuple[PlanRecord, ...]
    findings: tuple[Finding, ...]
    run: Run


class AnyResult(Protocol):
    """A result in memory, or one that stays in its files: what it holds can be gone through again and again."""

    @property
    def documents(self) -> Collection[DocumentRecord]:
        """By path."""

    @property
    def records(self) -> Collection[Record]:
        """Those of each document together, the documents in their order."""

    @property
    def plans(self) -> Collection[PlanRecord]:
        """Likewise."""

    @property
    def findings(self) -> Collection[Finding]:
        """The surest first."""

    @property
    def run(self) -> Run:
        """How it was made."""
