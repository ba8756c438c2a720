"""Opening a store: made once however many open it, brought to this version, and refused in words where it cannot be."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.record import Result
from ljuskoll.service.store.access import SYSTEM
from ljuskoll.service.store.archive import give_back, take_in
from ljuskoll.service.store.database import Database, open_database, sqlite_url
from ljuskoll.service.store.schema import Base

OPEN = "import sys; from ljuskoll.service.store.database import open_database; open_database(sys.argv[1]).close()"
AT_ONCE = 4


def test_the_migrations_make_the_tables_that_the_program_speaks_of(database: Database) -> None:
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_opening_again_changes_nothing(database: Database, store_url: str, small_result: Result) -> None:
    with database.writing() as session:
        take_in(session, small_result)
    again = open_database(store_url)
    with again.reading() as session:
        assert give_back(session, SYSTEM, small_result.run) == small_result
    again.close()


def test_several_processes_open_a_new_store_at_once(store_url: str) -> None:
    started = [
        subprocess.Popen([sys.executable, "-c", OPEN, store_url], stderr=subprocess.PIPE) for _ in range(AT_ONCE)
    ]
    faults = [process.communicate()[1].decode() for process in started]
    assert [process.returncode for process in started] == [0] * AT_ONCE, faults
    opened = open_database(store_url)
    with opened.reading() as session:
        assert session.execute(text("SELECT count(*) FROM alembic_version")).scalar() == 1
    opened.close()


def test_a_store_of_a_newer_version_is_left_alone(database: Database, store_url: str) -> None:
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(UsageError, match="nyare version"):
        open_database(store_url)
    with database.reading() as session:
        assert session.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"


def test_a_migration_that_fails_leaves_nothing(store_url: str) -> None:
    """A table of somebody else's stands in the way of one of ours."""
    database = open_database(store_url)
    with database.writing() as session:
        Base.metadata.drop_all(session.connection())
        session.execute(text("DELETE FROM alembic_version"))
        session.execute(text("CREATE TABLE tokens (id INTEGER)"))
    with pytest.raises(UsageError, match="kan inte öppnas"):
        open_database(store_url)
    with database.writing() as session:
        session.execute(text("DROP TABLE tokens"))
    database.close()
    open_database(store_url).close()


@pytest.mark.parametrize("url", ["granskning.db", "sqlite3:///x", "oracle://x", ""])
def test_a_wrong_address(url: str) -> None:
    with pytest.raises(UsageError, match="adress"):
        open_database(url)


def test_no_server_there() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(UsageError, match="kan inte öppnas"):
        open_database("postgresql+psycopg://nobody@127.0.0.1:1/none")


def test_no_such_folder_and_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="kan inte öppnas"):
        open_database(f"sqlite:///{tmp_path / 'none' / 'x.db'}")
    (tmp_path / "x.db").write_bytes(b"no database" * 100)
    with pytest.raises(UsageError, match="kan inte öppnas"):
        open_database(f"sqlite:///{tmp_path / 'x.db'}")


def test_a_store_of_sqlite_keeps_what_is_written_and_wipes_what_is_deleted(tmp_path: Path) -> None:
    database = open_database(sqlite_url(tmp_path / "mapp med å"))
    with database.reading() as session:
        read = {name: session.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "secure_delete")}
    database.close()
    assert read == {"journal_mode": "wal", "secure_delete": 1}
    with sqlite3.connect(tmp_path / "mapp med å" / "granskning.db") as connection:
        assert connection.execute("SELECT count(*) FROM decisions").fetchone() == (0,)
    connection.close()
