"""The connection to the store: SQLite beside the documents, or PostgreSQL by its URL; brought up to date on opening."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from importlib.resources import as_file, files
from pathlib import Path
from threading import Lock
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, func, inspect, make_url, select
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError
from sqlalchemy.orm import Session

from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.store.schema import Base

FILE_NAME = "granskning.db"
BUSY_SECONDS = 60
"""So long one waits for another's lock before it gives up."""
CONNECT_SECONDS = 10
TIME = "%Y-%m-%dT%H:%M:%S.%fZ"
"""How times are kept."""
POOL = 20
"""So many connections are kept; twice as many are open at most, and who needs one more waits BUSY_SECONDS for it."""
NEWEST = "head"
"""The version of the tables that this program uses."""
_BEGIN = "ljuskoll_begin"
_migrating = Lock()
"""Alembic can bring one store at a time to this version."""


class Database:
    """One open store. Every piece of work is one `reading` or `writing` transaction."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._readers, self._writers = _ways(engine)
        self.turn: AbstractContextManager[object] = Lock() if _is_sqlite(engine) else nullcontext()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that only reads: it sees one state of the store and never waits for writers."""
        with Session(self._readers, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that is kept as a whole when the block ends, or not at all where it raises.

        SQLite has one writer at a time: those of this process take turns, since its own way of waiting is not fair.
        """
        with self.turn, Session(self._writers, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def open_database(url: str, revision: str = NEWEST) -> Database:
    """The store at a SQLAlchemy URL, its tables brought to this version's or, for what came from it, to an older one's.

    Raises UsageError where it cannot be opened.
    """
    with _opened(url) as engine:
        _migrate(engine, revision)
    return Database(engine)


def is_empty(url: str) -> bool:
    """Whether the store at a URL holds no row at all. Raises UsageError where it cannot be opened."""
    with _opened(url) as engine, engine.connect() as connection:
        there = set(inspect(connection).get_table_names())
        tables = [table for table in Base.metadata.sorted_tables if table.name in there]
        found = any(connection.scalar(select(func.count()).select_from(table)) for table in tables)
    engine.dispose()
    return not found


def sqlite_url(folder: Path) -> str:
    """The address of the store that lies in a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{(folder / FILE_NAME).resolve().as_posix()}"


def now() -> str:
    """The time, as it is kept: ISO 8601 in UTC to the microsecond, so that texts sort as times."""
    return datetime.now(UTC).strftime(TIME)


def alone(session: Session, work: str) -> None:
    """Wait until no other transaction does this work, and keep others from it until this one ends.

    On SQLite a transaction that writes is alone from its beginning.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(work, 0))))


def scrub(database: Database) -> None:
    """Leave nothing of what has been deleted in the store's files. Takes seconds in a large store.

    Raises UsageError where another program holds the store too long. PostgreSQL's own log and backups are the
    server's: they keep what was written until it discards them.
    """
    connection = database.engine.raw_connection()
    try:
        if _is_sqlite(database.engine):
            with database.turn:
                _scrub_sqlite(connection.cursor())
        else:
            connection.dbapi_connection.autocommit = True  # type: ignore[union-attr]
            connection.cursor().execute("VACUUM (FULL, ANALYZE)")
    finally:
        connection.invalidate()


def _scrub_sqlite(cursor: Any) -> None:
    cursor.execute("VACUUM")
    (is_busy, *_), *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    if is_busy:
        raise UsageError("Databasen används av ett annat program. Stäng det och kör igen.")


def _is_sqlite(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite"


@contextmanager
def _opened(url: str) -> Iterator[Engine]:
    """The engine for a URL; what goes wrong with it within becomes UsageError."""
    try:
        engine = _engine(url)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise UsageError(
            f"Databasens adress kan inte användas ({error}). Till exempel sqlite:///granskning.db."
        ) from error
    try:
        yield engine
    except DatabaseError as error:
        engine.dispose()
        raise UsageError(
            f"Databasen kan inte öppnas: {error.orig}. Kontrollera adress, mapp och behörighet."
        ) from error
    except CommandError as error:
        engine.dispose()
        raise UsageError("Databasen är gjord med en nyare version av ljuskoll. Uppgradera ljuskoll.") from error


def _engine(url: str) -> Engine:
    """Texts that are kept never stand in an error's message, which is logged."""
    pool = {"hide_parameters": True, "pool_size": POOL, "max_overflow": POOL, "pool_timeout": BUSY_SECONDS}
    if make_url(url).get_backend_name() != "sqlite":
        engine = create_engine(url, **pool, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_SECONDS})
        event.listen(engine, "connect", _patient)
        return engine
    engine = create_engine(url, **pool, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _tuned)
    event.listen(engine, "begin", _begun)
    return engine


def _ways(engine: Engine) -> tuple[Engine, Engine]:
    """The engine as readers and as writers use it."""
    if _is_sqlite(engine):
        return engine, engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True), engine


def _tuned(connection: Any, _record: object) -> None:
    """Readers beside one writer, and what is committed stays though the process is killed."""
    connection.isolation_level = None
    for setting in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "secure_delete = ON"):
        connection.execute(f"PRAGMA {setting}")


def _patient(connection: Any, _record: object) -> None:
    """Nobody waits for a lock for ever."""
    connection.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
    connection.commit()


def _begun(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get(_BEGIN, "BEGIN"))


def _migrate(engine: Engine, revision: str) -> None:
    """Bring the tables to a version, whole or not at all; of several that open a new store one makes it."""
    _, writers = _ways(engine)
    with _migrating, as_file(files(__package__) / "migrations") as folder, Session(writers) as session, session.begin():
        alone(session, "migrate")
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.attributes["connection"] = session.connection()
        command.upgrade(config, revision)
