"""What the API takes; a field that it does not know is an error."""

from hashlib import sha256
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from ljuskoll.nlp.followup import FollowUp, Period
from ljuskoll.service.record import Source
from ljuskoll.service.store.access import Role
from ljuskoll.service.store.decisions import Decision
from ljuskoll.service.store.records import NO_NUL

DIGEST = "^[0-9a-f]{64}$"
EXAMPLE_ID = "16d49eb7094c184d81d8b71aaadc3aae889517a5d42cdfcc7d0e30d434087813"
MOST_TEXT = 20_000
"""Characters of a comment; ten times as many as the longest that reports have."""
Text: TypeAlias = Annotated[str, Field(max_length=MOST_TEXT, pattern=NO_NUL)]
Key: TypeAlias = Annotated[str, Field(min_length=1, max_length=100, pattern=NO_NUL)]
Digest: TypeAlias = Annotated[str, Field(pattern=DIGEST)]


class Sent(BaseModel):
    """Base of what is sent in: a field that we do not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class DecisionSent(Decision):
    """A decision: the flag is right, it is wrong (`light`: which light is right), what was read is wrong, or later.

    `key` is the sender's own mark of it, so that what is sent twice counts once.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"verdict": "disagree", "light": "green", "note": "Planen antogs i december.", "key": "a-17"}
        }
    )


class BulkSent(DecisionSent):
    """The same decision on several findings."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"findings": [EXAMPLE_ID], "verdict": "skip", "note": "Väntar på bilagan."}}
    )

    findings: Annotated[tuple[Digest, ...], Field(min_length=1, max_length=500)]
    key: str | None = Field(default=None, min_length=1, max_length=30, pattern=NO_NUL)


class UndoSent(Sent):
    """Takes back the latest decision."""

    key: Key | None = None


class FieldsSent(Sent):
    """Fields of a record with what is right; `finding` is what led to it."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"record": EXAMPLE_ID, "changes": {"comment": "Nämnden antog planen i december."}}
        }
    )

    record: Digest
    changes: Annotated[dict[str, Any], Field(min_length=1)]
    finding: Digest | None = None


class RemovalSent(Sent):
    """A row that is no follow-up, to be taken away."""

    record: Digest
    remove: Literal[True]
    finding: Digest | None = None


class RowSent(Sent):
    """A row that the reading of a document missed."""

    document: Digest
    row: FollowUp
    finding: Digest | None = None


def _sort_of_correction(sent: object) -> str | None:
    keys = ("changes", "remove", "row")
    return next((key for key in keys if isinstance(sent, dict) and key in sent), None)


CorrectionSent: TypeAlias = Annotated[
    Annotated[FieldsSent, Tag("changes")] | Annotated[RemovalSent, Tag("remove")] | Annotated[RowSent, Tag("row")],
    Discriminator(_sort_of_correction),
]


class QuestionSent(Sent):
    """A comment to judge, and what is known of it; `period` "T1", "T2", "T3" or as in records.jsonl."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "comment": "Arbetet har försenats och blir inte klart i år.",
                "assignment": "Ta fram en handlingsplan för ökad skolnärvaro",
                "period": "T2",
            }
        }
    )

    comment: Text
    assignment: Text = ""
    period: Period | Annotated[str, Field(max_length=100)] | None = None
    municipality: Annotated[str, Field(max_length=200)] | None = None


class Checkable(FollowUp):
    """A follow-up to check, as in records.jsonl or with the name of its `document` alone."""

    model_config = ConfigDict(extra="ignore")

    id: Annotated[str, Field(min_length=1, max_length=100)]
    comment: Text = ""
    document: Source | Annotated[str, Field(max_length=300)] = ""

    @property
    def source(self) -> Source:
        """The document; one that has a name alone is known by it."""
        if isinstance(self.document, Source):
            return self.document
        return Source(path=self.document, sha256=sha256(self.document.encode("utf-8", "replace")).hexdigest())


class CheckSent(Sent):
    """Follow-ups to check against themselves and one another."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "records": [
                    {
                        "id": "1",
                        "assignment": "Ta fram en handlingsplan för ökad skolnärvaro",
                        "declared": {"colour": "green", "as_written": "grön", "source": "text"},
                        "comment": "Arbetet har försenats och blir inte klart i år.",
                        "period": {"year": 2023, "tertial": 3, "as_of": "2023-12-31"},
                    }
                ]
            }
        }
    )

    records: Annotated[tuple[Checkable, ...], Field(min_length=1, max_length=500)]


class TokenSent(Sent):
    """A new token; without `municipalities` it holds for all. `proxy`: no token, the person is named by the proxy."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"name": "Anna", "role": "review", "municipalities": ["Lillådalen"]}}
    )

    name: Annotated[str, Field(pattern="^[\\w.@-][\\w .@\\\\-]{0,98}[\\w.@-]$")]
    role: Role
    municipalities: Annotated[tuple[Key, ...], Field(min_length=1, max_length=100)] | None = None
    proxy: bool = False
