"""A review brought back from its backup, into places where nothing is yet."""

import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile
from zlib import error as DeflateError

from pydantic import ValidationError

from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.outputs.files import writing
from ljuskoll.service.review.backup import ARCHIVE, FORMAT, MANIFEST, REVIEW, STORE, Manifest, Told
from ljuskoll.service.review.originals import CHUNK, chunks
from ljuskoll.service.store.access import SYSTEM
from ljuskoll.service.store.audit import log
from ljuskoll.service.store.database import open_database, sqlite_url
from ljuskoll.service.store.dump import Row, load


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the members whose names begin so are put first, and where that folder is moved in the end."""

    beginning: str
    staged: Path
    final: Path | None


def restore(
    backup: Path, folder: Path, url: str | None = None, archive: Path | None = None, told: Told = lambda _name: None
) -> Manifest:
    """Bring a review back to `folder`, its store to there or to `url`, and the import that it shows to `archive`.

    Nothing is to be seen in these places before all of it is there. Raises UsageError where the backup is damaged or
    a newer version's, something lies there already, or the backup has an import and no `archive` is given.
    """
    with _opened(backup) as pack, ExitStack() as ending:
        manifest = _manifest(pack)
        _refuse(manifest, folder, archive)
        for name in manifest.members:
            told(name)
            _verify(pack, manifest, name)
        places = _places(folder, archive if manifest.count(ARCHIVE) else None)
        for place in places:
            ending.callback(shutil.rmtree, place.staged, ignore_errors=True)
            with writing(place.staged.parent):
                _unpack(pack, manifest, place)
        review = next(place.staged for place in places if place.beginning == REVIEW)
        _fill(pack, manifest, url or sqlite_url(review))
        for place in places:
            with writing(place.staged.parent):
                _move(place)
    return manifest


@contextmanager
def _opened(backup: Path) -> Iterator[ZipFile]:
    """The backup; what shows that it is none, or no longer, becomes UsageError."""
    try:
        with ZipFile(backup) as pack:
            yield pack
    except FileNotFoundError as error:
        if error.filename != str(backup):
            raise
        raise UsageError(f"{backup} finns inte.") from error
    except (BadZipFile, DeflateError, KeyError, ValidationError, json.JSONDecodeError, EOFError) as error:
        raise UsageError(f"{backup} är ingen hel säkerhetskopia från ljuskoll backup. Ta en annan.") from error


def _manifest(pack: ZipFile) -> Manifest:
    manifest = Manifest.model_validate_json(pack.read(MANIFEST))
    if manifest.format != FORMAT:
        raise UsageError(
            f"Säkerhetskopian är gjord med ljuskoll {manifest.version}, som är nyare. Uppgradera ljuskoll."
        )
    if {*manifest.members, MANIFEST} != set(pack.namelist()) or not all(map(_stays_inside, manifest.members)):
        raise BadZipFile
    return manifest


def _stays_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and not set(name) & set("\\:")


def _refuse(manifest: Manifest, folder: Path, archive: Path | None) -> None:
    """Raises UsageError where the backup cannot be brought back to these places."""
    if manifest.count(ARCHIVE) and archive is None:
        raise UsageError("Säkerhetskopian innehåller en import. Ange med --archive var den ska ligga.")
    for place in filter(None, (folder, archive)):
        if place.exists() and not (place.is_dir() and not any(place.iterdir())):
            raise UsageError(f"{place} är inte tom. Återställ till en ny mapp, så att inget skrivs över.")


def _verify(pack: ZipFile, manifest: Manifest, name: str) -> None:
    digest = hashlib.sha256()
    with pack.open(name) as file:
        for chunk in chunks(file):
            digest.update(chunk)
    if digest.hexdigest() != manifest.members[name]:
        raise BadZipFile


def _places(folder: Path, archive: Path | None) -> Sequence[_Place]:
    if archive is None:
        return (_Place(REVIEW, _beside(folder), folder),)
    if folder.is_relative_to(archive):
        staged = _beside(archive)
        return (_Place(ARCHIVE, staged, archive), _Place(REVIEW, staged / folder.relative_to(archive), None))
    return (_Place(REVIEW, _beside(folder), folder), _Place(ARCHIVE, _beside(archive), archive))


def _beside(place: Path) -> Path:
    return place.with_name(f".{place.name}.restoring")


def _unpack(pack: ZipFile, manifest: Manifest, place: _Place) -> None:
    shutil.rmtree(place.staged, ignore_errors=True)
    place.staged.mkdir(parents=True)
    for name in manifest.members:
        if name.startswith(place.beginning):
            target = place.staged / name.removeprefix(place.beginning)
            target.parent.mkdir(parents=True, exist_ok=True)
            with pack.open(name) as source, target.open("wb") as file:
                shutil.copyfileobj(source, file, CHUNK)


def _fill(pack: ZipFile, manifest: Manifest, url: str) -> None:
    load(url, manifest.revision, {name: partial(_rows, pack, name) for name in manifest.rows})
    database = open_database(url)
    try:
        with database.writing() as session:
            log(session, SYSTEM.name, "restore")
    finally:
        database.close()


def _rows(pack: ZipFile, name: str) -> Iterator[Row]:
    with pack.open(f"{STORE}{name}.jsonl") as lines:
        yield from map(json.loads, lines)


def _move(place: _Place) -> None:
    """Into its final place, which may be there but is empty."""
    if place.final is None:
        return
    if place.final.exists():
        place.final.rmdir()
    place.final.parent.mkdir(parents=True, exist_ok=True)
    place.staged.replace(place.final)
