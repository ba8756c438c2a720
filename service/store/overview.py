"""Counts over the whole store: lights by place and time, findings by kind and verdict, and what to filter by."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from ljuskoll.service.store.access import User, only_seen
from ljuskoll.service.store.findings import FindingFilter, asked_of
from ljuskoll.service.store.records import RecordFilter
from ljuskoll.service.store.schema import DocumentRow, FindingRow, RecordRow, StandingRow


@dataclass(frozen=True, slots=True)
class LightCount:
    """How many records of a board and a day declare a light; None where the records do not say."""

    municipality: str | None
    board: str
    year: int | None
    as_of: str | None
    colour: str | None
    records: int


def light_counts(session: Session, user: User, asked: RecordFilter = RecordFilter()) -> tuple[LightCount, ...]:  # noqa: B008
    """The declared lights of the records that the filter lets through, by municipality, board and day."""
    columns = (RecordRow.municipality, RecordRow.board, RecordRow.year, RecordRow.as_of, RecordRow.colour)
    query = select(*columns, func.count()).where(RecordRow.is_removed.is_(False), *asked.conditions())
    query = query.group_by(*columns).order_by(*columns)
    return tuple(LightCount(*row) for row in session.execute(only_seen(query, user, RecordRow)))


def count_documents(session: Session, user: User) -> int:
    """How many documents the user may see."""
    query: Select[int] = only_seen(select(func.count()).select_from(DocumentRow), user, DocumentRow)
    return session.scalar(query) or 0


def kind_counts(session: Session, user: User, asked: FindingFilter) -> Counter[tuple[str, str | None]]:
    """How many findings of each kind have got each verdict from the user; the verdict None: none yet."""
    found = asked_of(user, asked).subquery()
    own = (StandingRow.finding == found.c.id) & (StandingRow.who == user.name)
    query = select(found.c.kind, StandingRow.verdict, func.count()).join_from(found, StandingRow, own, isouter=True)
    rows = session.execute(query.group_by(found.c.kind, StandingRow.verdict))
    return Counter({(kind, verdict): count for kind, verdict, count in rows})


def values_of_findings(
    session: Session, user: User, municipality: str | None
) -> tuple[frozenset[str], frozenset[int], frozenset[str]]:
    """The municipalities and years of all findings, and the boards of those of one municipality or of all."""
    query = select(FindingRow.municipality, FindingRow.year, FindingRow.board).distinct()
    rows = session.execute(only_seen(query, user, FindingRow)).all()
    boards = {row.board for row in rows if row.board and municipality in (None, row.municipality)}
    municipalities = {row.municipality for row in rows if row.municipality}
    return frozenset(municipalities), frozenset(row.year for row in rows if row.year), frozenset(boards)


def standings_seen(session: Session, user: User) -> tuple[StandingRow, ...]:
    """How every reviewer stands on each finding that the user may see."""
    query = select(StandingRow).join(FindingRow, FindingRow.id == StandingRow.finding)
    rows = session.scalars(only_seen(query, user, FindingRow).order_by(StandingRow.finding, StandingRow.who))
    return tuple(rows)
