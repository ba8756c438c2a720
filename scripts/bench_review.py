"""A store as large as any: the example's rows, many times over under other names, and the pages of its lists."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from ljuskoll.models.judging import Judging
from ljuskoll.service.one_file import Options
from ljuskoll.service.pipeline import run_import
from ljuskoll.service.store.access import SYSTEM, User
from ljuskoll.service.store.archive import take_in
from ljuskoll.service.store.database import Database, now, open_database
from ljuskoll.service.store.findings import FindingFilter, list_findings
from ljuskoll.service.store.fronts import advance
from ljuskoll.service.store.overview import kind_counts, light_counts
from ljuskoll.service.store.paging import MOST, Page
from ljuskoll.service.store.records import RecordFilter, list_records, some_of
from ljuskoll.service.store.schema import DecisionRow, FindingRow, RecordRow, StandingRow

EXAMPLE = Path(__file__).parents[1] / "corpora" / "example" / "archive"
ROWS = 100_000
DECIDED = 50_000
MUNICIPALITIES = 290
REVIEWERS = 50
PAGE = 100
ONE_OF_MANY, BUSY = User("granskare 7", "review"), User("flitig", "review")
"""One of the fifty who decided on the surest half together, and one who did so alone."""
PLACE = "kommun 7"
LOCAL = User("lokal", "review", frozenset({PLACE}))

Ask = Callable[[Session, str | None, int], Page[Any]]
LISTS: dict[str, Ask] = {
    "findings": lambda session, *page: list_findings(session, SYSTEM, FindingFilter(), *page),
    "findings of a kind": lambda session, *page: list_findings(session, SYSTEM, FindingFilter(kind="over_time"), *page),
    "findings of a municipality": lambda session, *page: list_findings(
        session, SYSTEM, FindingFilter(municipality=PLACE), *page
    ),
    "findings that someone local sees": lambda session, *page: list_findings(session, LOCAL, FindingFilter(), *page),
    "open, 1,000 decided": lambda session, *page: list_findings(
        session, ONE_OF_MANY, FindingFilter(standing="open"), *page
    ),
    "open, 50,000 decided": lambda session, *page: list_findings(session, BUSY, FindingFilter(standing="open"), *page),
    "records": lambda session, *page: list_records(session, SYSTEM, RecordFilter(), *page),
    "records of a municipality": lambda session, *page: list_records(
        session, SYSTEM, RecordFilter(municipality=PLACE), *page
    ),
    "red records": lambda session, *page: list_records(session, SYSTEM, RecordFilter(colour="red"), *page),
    "records that someone local sees": lambda session, *page: list_records(session, LOCAL, RecordFilter(), *page),
}
COUNTS: dict[str, Callable[[Session], object]] = {
    "lights by municipality, board and day": lambda session: light_counts(session, SYSTEM),
    "findings by kind and verdict": lambda session: kind_counts(session, BUSY, FindingFilter()),
}


def large_store(url: str) -> Database:
    """A store of 100,000 records and findings, of which fifty together and one alone decided on the surest half."""
    database = open_database(url)
    with tempfile.TemporaryDirectory() as folder:
        result = run_import([EXAMPLE], Path(folder), Options(judging=Judging(fast=True))).result
    with database.writing() as session:
        take_in(session, result)
        for table in (RecordRow, FindingRow):
            _copy(session, table)
        surest = session.scalars(select(FindingRow.id).order_by(FindingRow.rank, FindingRow.id).limit(DECIDED)).all()
        _decide(session, [f"granskare {number}" for number in range(REVIEWERS)], surest)
        _decide(session, [BUSY.name], surest)
        advance(session, BUSY)
        session.execute(text("ANALYZE"))
    return database


def page_works(database: Database, ask: Ask) -> list[Callable[[], object]]:
    """The work of fetching a list's first page, one in the middle and one near the end, of equal length."""
    with database.reading() as session:
        marks = [None, *_marks(session, ask)]
    near = max(len(marks) - 2, 0)
    return [partial(_fetch, database, ask, mark) for mark in (marks[0], marks[len(marks) // 2], marks[near])]


def counting(database: Database, count: Callable[[Session], object]) -> Callable[[], object]:
    """The work of counting all rows by groups."""

    def work() -> object:
        with database.reading() as session:
            return count(session)

    return work


def _fetch(database: Database, ask: Ask, mark: str | None) -> None:
    with database.reading() as session:
        assert ask(session, mark, PAGE).items


def _marks(session: Session, ask: Ask) -> Iterator[str]:
    """The marks of the list's longest pages."""
    mark = None
    while (mark := ask(session, mark, MOST).next) is not None:
        yield mark


def _copy(session: Session, table: type[RecordRow] | type[FindingRow]) -> None:
    """Copies of the rows under new ids and in other municipalities until there are so many."""
    columns = table.__table__.columns
    kept = [dict(row) for row in session.execute(select(*columns)).mappings()]
    rows = [
        {**row, "id": f"{row['id'][:56]}{number:08}", "municipality": f"kommun {number % MUNICIPALITIES}"}
        for number, row in zip(range(ROWS - len(kept)), cycle(kept), strict=False)
    ]
    for number, row in enumerate(rows):
        row |= {"rank": row["rank"] + number / ROWS} if table is FindingRow else {"number": len(kept) + number}
    for some in some_of(rows):
        session.execute(insert(table), some)
    assert session.scalar(select(func.count()).select_from(table)) == ROWS


def _decide(session: Session, names: Sequence[str], findings: Sequence[str]) -> None:
    fixed = {"at": now(), "verdict": "agree", "note": "", "about": "{}"}
    rows = [{**fixed, "finding": finding, "who": who} for who, finding in zip(cycle(names), findings, strict=False)]
    for some in some_of(rows):
        session.execute(insert(DecisionRow), some)
    columns = {"finding": DecisionRow.finding, "who": DecisionRow.who, "decision": DecisionRow.id, "at": DecisionRow.at}
    columns |= {"verdict": DecisionRow.verdict, "light": DecisionRow.light, "note": DecisionRow.note}
    made = select(*columns.values()).where(DecisionRow.who.in_(names))
    session.execute(insert(StandingRow).from_select(list(columns), made))
