"""A record as the fields of a form, and what has been changed when the form comes back."""

from typing import Any

from pydantic import ConfigDict, Field

from ljuskoll.nlp.errors import UsageError
from ljuskoll.nlp.followup import Declared, Model, Period
from ljuskoll.nlp.vocabulary.boards import BoardTable
from ljuskoll.service.outputs.markup import plain
from ljuskoll.service.record import Record
from ljuskoll.service.review.showing import shown
from ljuskoll.service.settings import Settings, parse_period
from ljuskoll.service.web.pages.rendering import TEXT

NO_LIGHT, NOT_SHOWN = "none", "absent"
"""Chosen as light: a status that is none, and no status at all."""
DRAWN = frozenset({"icon", "fill"})
"""Statuses that have no words of their own: what is written follows from the light."""
LONGEST = 500_000


class RecordValues(Model):
    """The fields of a form about a record, as texts; `boards` are separated by semicolons."""

    model_config = ConfigDict(extra="ignore")

    assignment: str = Field(default="", max_length=LONGEST)
    colour: str = Field(default=NOT_SHOWN, max_length=10)
    as_written: str = Field(default="", max_length=LONGEST)
    period: str = Field(default="", max_length=100)
    kind: str = Field(default="assignment", max_length=20)
    boards: str = Field(default="", max_length=LONGEST)
    municipality: str = Field(default="", max_length=200)
    goal: str = Field(default="", max_length=LONGEST)
    comment: str = Field(default="", max_length=LONGEST)


class SentRecord(RecordValues):
    """A form that came back: the finding whose review it stood in, if any, and the page that a new row stands on."""

    finding: str = Field(default="", max_length=64)
    page: int = Field(default=1, ge=1, le=100_000)


def values_of(record: Record) -> RecordValues:
    """What the form begins with."""
    declared = record.declared
    return RecordValues.model_construct(
        assignment=record.assignment,
        colour=(declared.colour or NO_LIGHT) if declared else NOT_SHOWN,
        as_written=declared.as_written if declared else "",
        period=_period_text(record.period),
        kind=record.kind,
        boards="; ".join(record.board_names or record.boards),
        municipality=record.municipality or "",
        goal=record.goal or "",
        comment=record.comment,
    )


def blank_row(like: Record | None) -> RecordValues:
    """What the form of a new row begins with: what it has in common with the other rows of its document."""
    if like is None:
        return RecordValues()
    return RecordValues(
        period=_period_text(like.period), kind=like.kind, municipality=like.municipality or "", colour=NO_LIGHT
    )


def changes(record: Record, sent: RecordValues, settings: Settings) -> dict[str, Any]:
    """The record's fields that the form changes, with their new values.

    A field that says what was shown, masked or not, is not changed. Raises UsageError for a value that cannot be.
    """
    before = [values_of(record), values_of(shown(record, False))]
    changed = {
        name
        for name in RecordValues.model_fields
        if all(_plain(getattr(sent, name)) != _plain(getattr(values, name)) for values in before)
    }
    new = fields_of(sent, settings, record.declared)
    names = {"colour": ("declared",), "as_written": ("declared",), "boards": ("boards", "board_names")}
    return {field: new[field] for name in sorted(changed) for field in names.get(name, (name,))}


def fields_of(sent: RecordValues, settings: Settings, before: Declared | None = None) -> dict[str, Any]:
    """The values of a record's fields that a form says. Raises UsageError for a period or light that cannot be."""
    period = parse_period(sent.period.strip() or None)
    boards = [name.strip() for name in sent.boards.split(";") if name.strip()]
    table = BoardTable.default(settings.boards)
    return {
        "assignment": _plain(sent.assignment),
        "declared": _declared(sent, before),
        "period": period.model_dump(mode="json") if period else None,
        "kind": sent.kind,
        "boards": boards,
        "board_names": list(dict.fromkeys(table.resolve(name) or name for name in boards)),
        "municipality": sent.municipality.strip() or None,
        "goal": _plain(sent.goal) or None,
        "comment": _plain(sent.comment),
    }


def _declared(sent: RecordValues, before: Declared | None) -> dict[str, Any] | None:
    if sent.colour == NOT_SHOWN:
        return None
    if sent.colour not in TEXT["lights"]:
        raise UsageError(TEXT["bad_light"])
    colour = None if sent.colour == NO_LIGHT else sent.colour
    written = sent.as_written.strip()
    is_drawn = before is not None and before.source in DRAWN and written == before.as_written
    if colour and (is_drawn or not written):
        written = str(TEXT["lights"][colour]).lower()
    kept = before.model_dump(include={"source", "trend"}) if before else {"source": "text"}
    return {**kept, "colour": colour, "as_written": written}


def _period_text(period: Period | None) -> str:
    """The period as `parse_period` reads it."""
    if period is None:
        return ""
    if period.tertial is not None:
        return f"T{period.tertial} {period.year}"
    return period.as_of.isoformat() if period.as_of else str(period.year)


def _plain(value: str) -> str:
    """A text as a browser sends it back."""
    return plain(value).strip()
