"""Records in the store: as they were read, as they stand with corrections, and in lists with filters."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from pydantic import Field
from sqlalchemy import ColumnElement, Select, delete, insert, select
from sqlalchemy.orm import Session

from ljuskoll.nlp.followup import Colour, Kind, Model
from ljuskoll.service.record import PlanRecord, Record
from ljuskoll.service.store.access import User, only_seen
from ljuskoll.service.store.paging import Page, page_of
from ljuskoll.service.store.schema import PlanRow, RecordRow

Item = TypeVar("Item")
AT_ONCE = 1000
CHANGE = "change"
"""The work of changing documents, records and findings, which is done `alone`."""
NO_NUL = r"^[^\x00]*$"
"""What is asked of texts that come from outside: PostgreSQL keeps no character 0."""


class RecordFilter(Model):
    """Which records to list; None does not ask. `board` is a full name, or several joined by "; "."""

    municipality: str | None = Field(default=None, max_length=200, pattern=NO_NUL)
    board: str | None = Field(default=None, max_length=500, pattern=NO_NUL)
    year: int | None = Field(default=None, ge=1990, le=2100)
    kind: Kind | None = None
    colour: Colour | None = None
    document: str | None = Field(default=None, max_length=64, pattern=NO_NUL)

    def conditions(self) -> list[ColumnElement[bool]]:
        """What the filter asks of a row."""
        return [getattr(RecordRow, name) == value for name, value in self if value is not None]


def put_records(session: Session, document: str, records: Sequence[Record]) -> None:
    """Keep a document's records in the place of those of an earlier reading; corrections are put on afterwards."""
    session.execute(delete(RecordRow).where(RecordRow.document == document))
    for some in some_of([row_values(record, number) for number, record in enumerate(records)]):
        session.execute(insert(RecordRow), some)


def put_plans(session: Session, document: str, plans: Iterable[PlanRecord]) -> None:
    """Keep the lines of a document's plan, in the place of those of an earlier reading."""
    session.execute(delete(PlanRow).where(PlanRow.document == document))
    for some in some_of([{"id": plan.id, "document": document, "data": plan.model_dump_json()} for plan in plans]):
        session.execute(insert(PlanRow), some)


def some_of(values: Sequence[Item]) -> Iterable[Sequence[Item]]:
    """The values, a thousand at a time: databases take no longer statements."""
    return (values[start : start + AT_ONCE] for start in range(0, len(values), AT_ONCE))


def row_values(record: Record, number: int) -> dict[str, object]:
    """The columns of a record that stands as it was read."""
    return {**_columns(record), "id": record.id, "number": number, "document": record.document.sha256}


def restate(row: RecordRow, record: Record, as_read: str | None) -> None:
    """Let a row hold a corrected record, and remember how it was read."""
    for name, value in _columns(record).items():
        setattr(row, name, value)
    row.as_read = as_read


def find_record(session: Session, user: User, identity: str) -> Record | None:
    """The record as it stands, if the user may see it."""
    query = only_seen(select(RecordRow).where(RecordRow.id == identity), user, RecordRow)
    row = session.scalar(query.where(RecordRow.is_removed.is_(False)))
    return record_of(row) if row else None


def find_records(session: Session, user: User, identities: Iterable[str]) -> dict[str, Record]:
    """Those of the records that are there and that the user may see, by id."""
    found: dict[str, Record] = {}
    for some in some_of(sorted(set(identities))):
        query = _asked(user, RecordFilter()).where(RecordRow.id.in_(some))
        found.update((row.id, record_of(row)) for row in session.scalars(query))
    return found


def list_records(
    session: Session, user: User, asked: RecordFilter, mark: str | None = None, limit: int = 100
) -> Page[Record]:
    """Records that the filter lets through, by document and their place in it."""
    columns = (RecordRow.document, RecordRow.number, RecordRow.id)
    return page_of(session, _asked(user, asked), columns, mark, limit).shown(record_of)


def all_records(session: Session, user: User, asked: RecordFilter = RecordFilter()) -> Iterable[Record]:  # noqa: B008
    """Every record that the filter lets through, a thousand in memory at a time."""
    query = _asked(user, asked).order_by(RecordRow.document, RecordRow.number, RecordRow.id)
    for row in session.scalars(query.execution_options(yield_per=AT_ONCE)):
        yield record_of(row)


def neighbours(session: Session, user: User, identity: str) -> tuple[Record, ...]:
    """The reports of the same assignment, this one too, by the day that they are per."""
    thread = select(RecordRow.thread).where(RecordRow.id == identity).scalar_subquery()
    query = _asked(user, RecordFilter()).where((RecordRow.thread == thread) | (RecordRow.id == identity))
    return tuple(record_of(row) for row in session.scalars(query.order_by(RecordRow.as_of, RecordRow.id)))


def record_of(row: RecordRow) -> Record:
    """The record that a row holds."""
    return Record.model_validate_json(row.data)


def board_of(record: Record) -> str:
    """A record's boards as one text to filter by."""
    return "; ".join(record.board_names or record.boards).replace("\x00", "")


def _asked(user: User, asked: RecordFilter) -> Select[RecordRow]:
    query = select(RecordRow).where(RecordRow.is_removed.is_(False), *asked.conditions())
    return only_seen(query, user, RecordRow)


def _columns(record: Record) -> dict[str, object]:
    period = record.period
    return {
        "municipality": record.municipality,
        "year": period and period.year,
        "as_of": period.as_of.isoformat() if period and period.as_of else None,
        "kind": record.kind,
        "board": board_of(record),
        "colour": record.declared and record.declared.colour,
        "data": record.model_dump_json(),
    }
