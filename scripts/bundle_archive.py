"""A bundle as one file: sorted members with fixed dates and permissions, and the checksum of each in SHA256SUMS."""

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

SUMS = "SHA256SUMS"
_DATE = (1980, 1, 1, 0, 0, 0)
_MODE = 0o100644
_UNIX = 3


def pack(files: Mapping[str, Path], folder: str, archive: Path) -> None:
    """Write files by their names in a `folder` within an archive, with their checksums; the same give the same bytes.

    Nothing is compressed: wheels are already, and each compressor has bytes of its own.
    """
    sums = "".join(f"{digest(files[name])}  {name}\n" for name in sorted(files))
    archive.parent.mkdir(parents=True, exist_ok=True)
    temporary = archive.with_name(f".{archive.name}.tmp")
    try:
        with ZipFile(temporary, "w", ZIP_STORED) as made:
            made.writestr(_member(f"{folder}/{SUMS}"), sums.encode())
            for name in sorted(files):
                with files[name].open("rb") as source, made.open(_member(f"{folder}/{name}"), "w") as target:
                    shutil.copyfileobj(source, target)
        temporary.replace(archive)
    finally:
        temporary.unlink(missing_ok=True)


def digest(path: Path) -> str:
    """sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _member(name: str) -> ZipInfo:
    member = ZipInfo(name, _DATE)
    member.external_attr, member.create_system = _MODE << 16, _UNIX
    return member
