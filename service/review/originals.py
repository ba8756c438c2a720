"""The originals: files as they were sent in, each under its own digest and never changed, and those of an import."""

import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from secrets import token_hex
from threading import Lock
from typing import IO, BinaryIO, Final

from ljuskoll.nlp.errors import FileAccessError, FileTooLargeError, InputError, SourceGoneError
from ljuskoll.service.disk import MAX_BYTES
from ljuskoll.service.sources import SourceFile, find_files
from ljuskoll.service.zips.opened import close_zips

CHUNK: Final = 1024 * 1024
"""Bytes in memory at a time."""
_DIGEST = re.compile("[0-9a-f]{64}")
_MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that has been kept: its digest and how many bytes it has."""

    sha256: str
    size: int


class Originals:
    """Files in `folder`, which is made, and below it; those among an import's `sources` are found, but never touched.

    Raises OSError where the folder cannot be made.
    """

    def __init__(self, folder: Path, sources: Sequence[Path] = ()) -> None:
        self._folder = folder
        self._incoming = folder / "incoming"
        self._sources = tuple(sources)
        self._digests: dict[tuple[str, int, int, tuple[int, ...]], str] = {}
        self._found: dict[str, SourceFile] = {}
        self._lock = Lock()
        self._incoming.mkdir(parents=True, exist_ok=True)

    def clean(self, is_listed: Callable[[str], bool]) -> None:
        """Take away what was being received when a server died, and what was kept then but is not in the store.

        `is_listed` says whether the store has a document of this digest. Other files are not looked at: they stay
        though the store is a wrong or an older one.
        """
        for path in self._incoming.iterdir():
            if not is_listed(path.name):
                self.forget(path.name)
            path.unlink(missing_ok=True)

    def receive(self, source: BinaryIO | Iterable[bytes], most: int = MAX_BYTES) -> Stored:
        """Keep what is sent; when this returns it is on the disk, to stay once `confirm` says that the store lists it.

        Raises FileTooLargeError above `most` bytes, FileAccessError where it cannot be written; nothing is left then.
        """
        temporary = self._incoming / token_hex(16)
        try:
            stored = _written(temporary, chunks(source), most)
            (self._incoming / stored.sha256).touch()
            self._keep(temporary, stored.sha256)
        except OSError as error:
            raise FileAccessError(
                f"Filen kan inte sparas på servern ({error.strerror or error}). Säg till den som sköter servern.",
                "file",
            ) from error
        finally:
            temporary.unlink(missing_ok=True)
        return stored

    def confirm(self, sha256: str) -> None:
        """The store lists what was received: from now on it stays until it is forgotten."""
        (self._incoming / sha256).unlink(missing_ok=True)

    def path(self, sha256: str) -> Path | None:
        """Where the original lies, unpacked if it lies in a zip file; None where it is not here."""
        if (own := self.own(sha256)) is not None:
            return own
        found = self.source(sha256)
        if found is None or not found.numbers:
            return found.path if found else None
        with suppress(InputError, SourceGoneError):
            self.confirm(self.receive([found.read()]).sha256)
        return self.own(sha256)

    def own(self, sha256: str) -> Path | None:
        """Where the original lies in the folder; None where it is not there."""
        place = self._place(sha256)
        return place if place is not None and place.is_file() else None

    def source(self, sha256: str) -> SourceFile | None:
        """The original among the import's sources, with the settings that hold for it there; None where it is not."""
        with self._lock:
            found = self._found.get(sha256)
            if found is None or self._digest(found) != sha256:
                self._look()
            return self._found.get(sha256)

    def forget(self, sha256: str) -> None:
        """Take the file out of the folder, if it is there. The import's sources are the user's own and stay."""
        path = self._place(sha256)
        if path is not None and path.is_file():
            path.chmod(stat.S_IRUSR | stat.S_IWUSR)
            path.unlink()

    def _place(self, sha256: str) -> Path | None:
        return self._folder / sha256[:2] / sha256 if _DIGEST.fullmatch(sha256) else None

    def _keep(self, temporary: Path, sha256: str) -> None:
        place = self._folder / sha256[:2] / sha256
        place.parent.mkdir(exist_ok=True)
        if place.is_file():
            return
        temporary.chmod(stat.S_IRUSR)
        try:
            temporary.replace(place)
        except PermissionError:
            if not place.is_file():  # on Windows: the same bytes came in twice at once
                raise
            temporary.chmod(stat.S_IRUSR | stat.S_IWUSR)
        for folder in (place.parent, self._folder):
            _settle(folder)

    def _look(self) -> None:
        """Find the sources' files by their digests; those that have not changed are not read again."""
        found: dict[str, SourceFile] = {}
        for file in find_files([path for path in self._sources if path.exists()], self._folder):
            if (digest := self._digest(file)) is not None:
                found.setdefault(digest, file)
        close_zips()
        self._found = found

    def _digest(self, file: SourceFile) -> str | None:
        try:
            status = file.path.stat()
            key = (str(file.path), status.st_size, status.st_mtime_ns, file.numbers)
            if key not in self._digests:
                self._digests[key] = hashlib.sha256(file.read()).hexdigest()
            return self._digests[key]
        except (OSError, InputError, SourceGoneError):
            return None


def chunks(source: IO[bytes] | Iterable[bytes]) -> Iterable[bytes]:
    """The bytes of an open file a megabyte at a time; what comes in pieces as it is."""
    read = getattr(source, "read", None)
    return source if read is None else iter(partial(read, CHUNK), b"")


def _written(path: Path, pieces: Iterable[bytes], most: int) -> Stored:
    """The file written and on the disk. Raises FileTooLargeError as soon as there are more than `most` bytes."""
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as file:
        for chunk in pieces:
            size += len(chunk)
            if size > most:
                raise FileTooLargeError(f"Filen är större än {most // _MEGABYTE} MB. Dela den.", "file")
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return Stored(digest.hexdigest(), size)


def _settle(folder: Path) -> None:
    """Have the folder's own list of names on the disk, on systems where that is not done by itself."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
