"""Reviews as earlier versions stored them, opened by this one: nothing that people decided or gave is lost."""

import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from desks import settle
from ljuskoll.models.judging import Judging
from ljuskoll.service.review.desk import Desk, open_desk
from ljuskoll.service.store.access import SYSTEM
from ljuskoll.service.store.database import FILE_NAME
from ljuskoll.service.store.decisions import unfit_decisions
from ljuskoll.service.store.dump import LEFT_OUT, dump, load
from ljuskoll.service.store.schema import DocumentRow
from serving import client, served

REVIEWS = sorted(path for path in (Path(__file__).parent / "reviews").iterdir() if path.is_dir())
MADE_BY_PEOPLE = ("decisions", "standings", "corrections", "tokens", "audit")


@dataclass(frozen=True)
class Old:
    """A copy of a review of an earlier version: its folder, the address of its store, what that held, and a token."""

    folder: Path
    url: str
    tables: dict[str, list[dict[str, Any]]]
    token: str


@pytest.fixture(params=REVIEWS, ids=lambda path: path.name)
def old(request: pytest.FixtureRequest, tmp_path: Path, store_url: str) -> Old:
    folder = tmp_path / "arkiv"
    shutil.copytree(request.param / "arkiv", folder)
    shutil.copytree(request.param / "original", folder / "granskning" / "original")
    store = folder / "granskning" / FILE_NAME
    with sqlite3.connect(store) as connection:
        connection.executescript((request.param / "granskning.sql").read_text(encoding="utf-8"))
        revision, tables = _held(connection)
    connection.close()
    url = f"sqlite:///{store.as_posix()}"
    if store_url.startswith("postgresql"):
        url = store_url
        load(url, revision, {name: rows.__iter__ for name, rows in tables.items()})
    return Old(folder, url, tables, (request.param / "token").read_text(encoding="utf-8"))


def _held(connection: sqlite3.Connection) -> tuple[str, dict[str, list[dict[str, Any]]]]:
    connection.row_factory = sqlite3.Row
    ((revision,),) = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
    tables = {name: [dict(row) for row in connection.execute(f"SELECT * FROM {name}")] for name in names}
    return revision, {name: rows for name, rows in tables.items() if name not in {"alembic_version", *LEFT_OUT}}


@pytest.fixture
def desk(old: Old) -> Iterator[Desk]:
    opened = open_desk(old.folder / "granskning", old.url, old.folder, judging=Judging(fast=True))
    yield opened
    opened.database.close()


def held(desk: Desk) -> dict[str, list[dict[str, Any]]]:
    with desk.database.reading() as session:
        return {name: [dict(row) for row in rows] for name, rows in dump(session)}


def test_every_row_is_there_as_it_was(old: Old, desk: Desk) -> None:
    """Columns that this version has added say nothing against the old ones."""
    assert all(old.tables[name] for name in MADE_BY_PEOPLE)
    now = held(desk)
    for name, rows in old.tables.items():
        columns = rows[0].keys() if rows else ()
        kept = [{column: row[column] for column in columns} for row in now[name]]
        assert sorted(kept, key=repr) == sorted(rows, key=repr), name


def test_after_this_version_has_read_all_anew_every_decision_fits(old: Old, desk: Desk) -> None:
    with served(desk, workers=1) as address, client(address, old.token) as eva:
        settle(desk)
        with desk.database.reading() as session:
            readers = set(session.scalars(select(DocumentRow.read_by).where(DocumentRow.path == "broar.txt")))
            assert unfit_decisions(session, SYSTEM) == ()
        assert readers == {desk.run.version}
        comments = {one["comment"] for one in items(eva, "/records")}
        assert "All belysning är utbytt." in comments
        notes = {one["note"] for one in items(eva, "/decisions")}
        assert notes == {row["note"] for row in old.tables["decisions"]}
        uploaded = next(one for one in items(eva, "/documents") if one["name"] == "broar.txt")
        assert "gångbro" in eva.get(f"/documents/{uploaded['sha256']}/original").text
    now = held(desk)
    for name in ("decisions", "corrections"):
        assert [row["id"] for row in now[name]] == [row["id"] for row in old.tables[name]]


def items(caller: Any, path: str) -> list[dict[str, Any]]:
    return list(caller.get(path, params={"limit": 100}).json()["items"])
