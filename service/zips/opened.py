"""The zip files that are being read: kept open, so that their directories are not read anew for each file in them."""

from collections import OrderedDict
from pathlib import Path
from threading import RLock
from typing import TypeAlias

from ljuskoll.nlp.errors import FileAccessError
from ljuskoll.service.disk import ACCESS
from ljuskoll.service.zips.archive import CHANGED, Archive, open_archive

MOST = 2
"""So many are open at once: one on the disk and one in it."""

_Key: TypeAlias = tuple[str, int, int, tuple[int, ...]]
"""Path, time of change and size of the one on the disk, and the numbers of those in it on the way."""
_open: OrderedDict[_Key, Archive] = OrderedDict()
_lock = RLock()


def read_member(path: Path, numbers: tuple[int, ...], relative: str) -> bytes:
    """The bytes of a file that `find_members` found, whose path ends `relative`.

    Raises OSError, DamagedFileError, and FileAccessError where the zip file is no longer what it was.
    """
    with _lock:
        try:
            return _archive(path, numbers[:-1]).read(numbers[-1], relative)
        except OSError:
            close_zips()  # what was opened before a network failed is of no use after
            raise


def close_zips() -> None:
    """Close those that are open in this process; until then they cannot be removed on Windows."""
    with _lock:
        while _open:
            _open.popitem()[1].close()


def _archive(path: Path, within: tuple[int, ...]) -> Archive:
    status = path.stat()
    key = (str(path), status.st_mtime_ns, status.st_size, within)
    archive = _open.pop(key, None) or _opened(path, within)
    _open[key] = archive
    while len(_open) > MOST:
        _open.popitem(last=False)[1].close()
    return archive


def _opened(path: Path, within: tuple[int, ...]) -> Archive:
    archive = _archive(path, within[:-1]).inner(within[-1]) if within else open_archive(path.open("rb"))
    if archive is None:
        raise FileAccessError(CHANGED, ACCESS)
    return archive
