"""All that a store holds as plain rows, and a store made of such rows: the way from one to another, of any kind."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, MetaData, Table, func, insert, select, text
from sqlalchemy.orm import Session

from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.store.database import is_empty, open_database
from ljuskoll.service.store.schema import Base, SessionRow

Row: TypeAlias = Mapping[str, Any]
LEFT_OUT: Final = frozenset({SessionRow.__tablename__})
"""Whoever has a browser open signs in again."""
_AT_ONCE: Final = 500


def dump(session: Session) -> Iterator[tuple[str, Iterator[Row]]]:
    """Each table by name with its rows as JSON can hold them, in an order in which they can be put back.

    All in the session's one transaction, so that they belong together though others write meanwhile.
    """
    for table in Base.metadata.sorted_tables:
        if table.name not in LEFT_OUT:
            yield table.name, _rows(session, table)


def revision_of(session: Session) -> str:
    """Which version of the tables a store has."""
    return str(session.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def load(url: str, revision: str, tables: Mapping[str, Callable[[], Iterable[Row]]]) -> None:
    """Make the empty store at `url` hold these rows of each table, written by a version whose tables are `revision`.

    All of them are there afterwards, in this version's tables, or none. Raises UsageError where the store cannot be
    opened or holds something, or where the tables are a newer version's; KeyError for a table that it does not have.
    """
    if not is_empty(url):
        raise UsageError("Databasen är inte tom. Återställ till en ny, tom databas, så att inget skrivs över.")
    database = open_database(url, revision)
    try:
        with database.writing() as session:
            connection, known = session.connection(), MetaData()
            known.reflect(connection)
            if unknown := tables.keys() - known.tables.keys():
                raise KeyError(*unknown)
            for table in known.sorted_tables:
                if table.name in tables:
                    _insert(connection, table, iter(tables[table.name]()))
            _count_on(connection, known)
    finally:
        database.close()
    open_database(url).close()


def _rows(session: Session, table: Table) -> Iterator[Row]:
    query = select(table).order_by(*table.primary_key).execution_options(yield_per=_AT_ONCE)
    return (dict(row) for row in session.execute(query).mappings())


def _insert(connection: Connection, table: Table, rows: Iterator[Row]) -> None:
    while some := [dict(row) for row in islice(rows, _AT_ONCE)]:
        connection.execute(insert(table), some)


def _count_on(connection: Connection, known: MetaData) -> None:
    """Let PostgreSQL number new rows from the last one on; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in known.sorted_tables:
        key = table.autoincrement_column
        if key is not None and (last := connection.scalar(select(func.max(key)))) is not None:
            connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, key.name), last)))
