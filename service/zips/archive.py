"""One open zip file, which may be damaged or hostile: what is in it, and the bytes of each file."""

import errno
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO

from ljuskoll.nlp.errors import DamagedFileError, FileAccessError
from ljuskoll.nlp.readers.office.packages import FREE_BYTES, MAX_RATIO, is_office_package
from ljuskoll.service.disk import ACCESS, MAX_BYTES, TOO_LARGE, may_pass
from ljuskoll.service.zips.names import is_file, kept_inside, name_of, points_out

COMPONENT = "zip"
SPOOL_BYTES = 16 * 1024 * 1024
"""A zip file in another one is unpacked in memory up to this size, above it to a nameless file of the system."""
_UNPACK = "Packa upp arkivet och läs in mappen."
_NOT_OPENED = (
    f"Zip-arkivet är skadat, avhugget eller delat i flera filer och går inte att öppna. Hämta det på nytt. {_UNPACK}"
)
_DAMAGED = "Filen är skadad i zip-arkivet och går inte att packa upp. Hämta arkivet på nytt."
CHANGED = "Zip-arkivet ändrades medan det lästes. Vänta tills det är färdigskrivet och kör samma kommando igen."
_OUTSIDE = (
    "Filens sökväg («{name}») pekar ut ur zip-arkivet, så filen läses inte. Lita inte på arkivet utan att veta varför."
)
_LOCKED = "Filen är krypterad i zip-arkivet. Packa upp arkivet med dess lösenord och läs in mappen."
_METHOD = "Filen är packad i zip-arkivet på ett sätt som inte läses ({method}). " + _UNPACK
_LINK = "Filen är en länk i zip-arkivet och har inget eget innehåll. Läs in filen som den pekar på."
_BOMB = "Filen packar upp till orimligt mycket data och läses inte. Lita inte på arkivet utan att veta varför."
_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_ENCRYPTED = 1
_CHUNK = 1024 * 1024
_NAMES = {9: "Deflate64", 12: "BZip2", 14: "LZMA", 93: "Zstandard"}
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""Other methods cannot be told how much to unpack at a time: 200 bytes may become all of the memory."""
_FAULTS = (
    *(EOFError, KeyError, LookupError, NotImplementedError, OverflowError, RuntimeError, ValueError),
    *(struct.error, zipfile.BadZipFile, zlib.error),
)


class Archive:
    """An open zip file, which closes `file` when it is closed. Raises OSError, DamagedFileError."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.size = file.seek(0, os.SEEK_END)
        with _damage_as(_NOT_OPENED):
            self._zip = zipfile.ZipFile(file)
        self._infos = self._zip.infolist()

    def close(self) -> None:
        """Close it; reading is over."""
        self._zip.close()
        self._file.close()

    @property
    def is_document(self) -> bool:
        """Whether this is one office document and not an archive of files."""
        return is_office_package(self._zip)

    def files(self) -> list[tuple[int, str]]:
        """Number and name of each file in it, as written; folders and companions of macOS are none."""
        names = ((number, name_of(info)) for number, info in enumerate(self._infos))
        return [(number, name) for number, name in names if is_file(name)]

    def unpacked(self, number: int) -> int:
        """The bytes that a file has unpacked, by its own account, above which it is never read."""
        return self._infos[number].file_size

    def refusal(self, number: int) -> str | None:
        """Why a file is not read, and what to do; None for one that can be tried."""
        info = self._infos[number]
        if points_out(name := name_of(info)):
            return _OUTSIDE.format(name=name)
        if stat.S_ISLNK(info.external_attr >> 16):
            return _LINK
        if info.flag_bits & _ENCRYPTED:
            return _LOCKED
        if info.compress_type not in _METHODS:
            return _METHOD.format(method=_NAMES.get(info.compress_type, info.compress_type))
        if info.file_size > MAX_BYTES:
            return TOO_LARGE
        return _BOMB if info.file_size > max(FREE_BYTES, MAX_RATIO * info.compress_size) else None

    def read(self, number: int, path: str) -> bytes:
        """The bytes of a file whose `path` ends with its name. Raises OSError, DamagedFileError, FileAccessError."""
        if number >= len(self._infos) or not f"/{path}".endswith(f"/{kept_inside(name_of(self._infos[number]))}"):
            raise FileAccessError(CHANGED, ACCESS)
        target = BytesIO()
        self._unpack(number, target)
        return target.getvalue()

    def inner(self, number: int) -> "Archive | None":
        """A zip file in this one, opened; None for what is none. Raises OSError, DamagedFileError."""
        with ExitStack() as stack:
            target = stack.enter_context(SpooledTemporaryFile(SPOOL_BYTES))
            self._unpack(number, target)
            stack.pop_all()
        return open_archive(target)

    def _unpack(self, number: int, target: IO[bytes]) -> None:
        """Raises DamagedFileError where the bytes are not as many as declared or their check sum is wrong."""
        if (refused := self.refusal(number)) is not None:
            raise FileAccessError(refused, COMPONENT)
        info = self._infos[number]
        with _damage_as(_DAMAGED), self._zip.open(info) as part:
            while piece := part.read(_CHUNK):
                target.write(piece)
        if target.tell() != info.file_size:
            raise DamagedFileError(_DAMAGED, COMPONENT)


def open_archive(file: IO[bytes]) -> Archive | None:
    """The archive of files that `file` is; None, and closed, for a document or what is no zip file at all.

    Raises OSError, and DamagedFileError for a zip file that cannot be opened.
    """
    with ExitStack() as stack:
        stack.callback(file.close)
        file.seek(0)
        if not file.read(4).startswith(_STARTS) and not zipfile.is_zipfile(file):
            return None
        archive = Archive(file)
        if archive.is_document:
            return None
        stack.pop_all()
        return archive


@contextmanager
def _damage_as(message: str) -> Iterator[None]:
    """What broken data lead to as a DamagedFileError; what the system does not give stays an OSError."""
    try:
        yield
    except OSError as error:
        if error.errno not in (None, errno.EINVAL):
            raise
        raise DamagedFileError(message, COMPONENT) from error
    except _FAULTS as error:
        if isinstance(error.__context__, OSError) and may_pass(error.__context__):
            raise error.__context__ from None  # a network that failed is taken for a damaged file
        raise DamagedFileError(message, COMPONENT) from error
