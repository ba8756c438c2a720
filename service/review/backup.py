"""A review saved whole in one file while it goes on: the store, the originals, its settings and the import it shows."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pydantic import BaseModel, ConfigDict
from sqlalchemy import select

from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.archive.importing import LOCK, alone_in
from ljuskoll.service.outputs.files import HIDDEN, writing
from ljuskoll.service.outputs.lines import json_bytes
from ljuskoll.service.outputs.whole import whole
from ljuskoll.service.review.desk import ORIGINALS, Desk
from ljuskoll.service.review.originals import chunks
from ljuskoll.service.settings import FILE_NAME as SETTINGS
from ljuskoll.service.store.access import SYSTEM
from ljuskoll.service.store.audit import log
from ljuskoll.service.store.database import now
from ljuskoll.service.store.dump import Row, dump, revision_of
from ljuskoll.service.store.schema import DocumentRow

FORMAT: Final = 1
MANIFEST: Final = "backup.json"
STORE, REVIEW, ARCHIVE = "store/", "review/", "archive/"
"""What a member's name begins with: rows of a table, a file of the review's folder, one of the import folder."""
ORIGINAL: Final = f"{REVIEW}{ORIGINALS}/"
Told = Callable[[str], None]
"""Is told of each member by name."""
_MADE: Final = (1980, 1, 1, 0, 0, 0)
"""The time of each member; the manifest tells the right one, of all of them."""
_MINE_ALONE: Final = 0o600


class Manifest(BaseModel):
    """What a backup holds: rows by table, and the sha256 of each member by its name.

    `format` is how the file is laid out, `version` that of the program, `revision` that of the tables.
    """

    model_config = ConfigDict(frozen=True)

    format: int = FORMAT
    version: str
    revision: str
    made_at: str
    rows: Mapping[str, int]
    members: Mapping[str, str]

    def count(self, kind: str) -> int:
        """How many members of a kind (STORE, ORIGINAL, ARCHIVE) are in it."""
        return sum(name.startswith(kind) for name in self.members)


def back_up(desk: Desk, target: Path, told: Told = lambda _name: None) -> Manifest:
    """Save the review, and the import folder that it shows, in a new file that only its owner may read.

    Others may go on reading and deciding: the store is saved as it is at one moment. Raises UsageError where the file
    exists or cannot be written, or where an import writes to the folder just now.
    """
    if target.exists():
        raise UsageError(f"{target} finns redan. Ange ett nytt namn, så att inget skrivs över.")
    mine = partial(os.open, mode=_MINE_ALONE)
    with (
        writing(target.parent),
        whole(target) as staged,
        open(staged, "wb", opener=mine) as file,
        ZipFile(file, "w") as pack,
    ):
        manifest = _fill(_Pack(pack, told), desk)
    with desk.database.writing() as session:
        log(session, SYSTEM.name, "backup")
    return manifest


class _Pack:
    """A backup that is being written: its members' digests, and its rows by table."""

    def __init__(self, pack: ZipFile, told: Told) -> None:
        self._pack, self._told = pack, told
        self.members: dict[str, str] = {}
        self.rows: dict[str, int] = {}

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write a member."""
        self._told(name)
        member = ZipInfo(name, _MADE)
        member.compress_type = ZIP_DEFLATED
        digest = hashlib.sha256()
        with self._pack.open(member, "w", force_zip64=True) as file:
            for chunk in chunks:
                digest.update(chunk)
                file.write(chunk)
        self.members[name] = digest.hexdigest()

    def add_table(self, name: str, rows: Iterable[Row]) -> None:
        """Write a table, a line a row."""
        self.rows[name] = 0
        self.add(f"{STORE}{name}.jsonl", self._lines(name, rows))

    def add_file(self, name: str, path: Path) -> None:
        """Write a file."""
        with path.open("rb") as file:
            self.add(name, chunks(file))

    def _lines(self, name: str, rows: Iterable[Row]) -> Iterator[bytes]:
        for row in rows:
            self.rows[name] += 1
            yield json_bytes(dict(row))


def _fill(pack: _Pack, desk: Desk) -> Manifest:
    with desk.database.reading() as session:
        revision = revision_of(session)
        for name, rows in dump(session):
            pack.add_table(name, rows)
        documents = session.scalars(select(DocumentRow.sha256).order_by(DocumentRow.sha256)).all()
    for sha256 in documents:
        path = desk.originals.own(sha256)
        with suppress(FileNotFoundError):  # forgotten in the meantime
            if path is not None:
                pack.add_file(REVIEW + path.relative_to(desk.folder).as_posix(), path)
    if (settings := desk.folder / SETTINGS).is_file():
        pack.add_file(f"{REVIEW}{SETTINGS}", settings)
    if desk.archive is not None:
        with alone_in(desk.archive):
            for path in _import_files(desk.archive, desk.folder):
                pack.add_file(ARCHIVE + path.relative_to(desk.archive).as_posix(), path)
    made = Manifest(
        version=version("ljuskoll"), revision=revision, made_at=now(), rows=pack.rows, members=dict(pack.members)
    )
    pack.add(MANIFEST, [f"{made.model_dump_json(indent=1)}\n".encode()])
    return made


def _import_files(archive: Path, review: Path) -> list[Path]:
    """The files of an import folder but those of the review in it, in order."""
    lock = archive / HIDDEN / LOCK
    files = (path for path in archive.rglob("*") if path.is_file() and path != lock)
    return sorted(path for path in files if not path.is_relative_to(review))
