"""Zip files for tests: real ones, and such as other programs or hostile persons would write."""

import struct
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path

Contents = Mapping[str, bytes] | Iterable[tuple[str, bytes]]

CENTRAL, LOCAL = b"PK\x01\x02", b"PK\x03\x04"
FLAGS, METHOD, SIZE = 8, 10, 24
"""Where these stand in an entry of the directory; in the header before a file two bytes less."""


def zipped(contents: Contents, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of these files, folders where a name ends in "/"."""
    stored = BytesIO()
    with zipfile.ZipFile(stored, "w") as made:
        for name, data in contents.items() if isinstance(contents, Mapping) else contents:
            made.writestr(zipfile.ZipInfo(name), data, method)
    return stored.getvalue()


def put(path: Path, contents: Contents) -> Path:
    """The zip file at this place, its folders made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(zipped(contents))
    return path


def patched(data: bytes, place: int, value: int, form: str = "<H", first: int = 0) -> bytes:
    """All entries from the `first` of the directory, and the headers of their files, with a value of their own."""
    changed = bytearray(data)
    for signature, offset in ((CENTRAL, place), (LOCAL, place - 2)):
        start = -1
        for number in range(data.count(signature)):
            start = data.index(signature, start + 1)
            if number >= first:
                struct.pack_into(form, changed, start + offset, value)
    return bytes(changed)


def renamed(data: bytes, name: bytes, flags: int = 0) -> bytes:
    """A zip file whose only file has this name instead, of the same length in bytes."""
    with zipfile.ZipFile(BytesIO(data)) as made:
        old = made.namelist()[0].encode()
    assert len(old) == len(name)
    return patched(data.replace(old, name), FLAGS, flags)
