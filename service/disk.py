"""Reading from disks and shared folders, which may fail for a moment or be gone as a whole."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from time import sleep
from typing import TypeAlias, TypeVar

from ljuskoll.nlp.errors import FileAccessError, FileTooLargeError

Answer = TypeVar("Answer")

Wait: TypeAlias = Callable[[float], None]
"""Waits for so many seconds."""

ACCESS = "access"
"""The component of what the system does not give us, this time."""
MAX_BYTES = 1024**3
"""No report is larger; a file that is would fill the memory before any reader could say so."""
TOO_LARGE = f"Filen är större än {MAX_BYTES // 1024**2} MB. Dela den."
WAITS = (0.1, 0.5, 2.0)
"""Seconds before each new attempt."""
_PASSING_NAMES = (
    *("EAGAIN", "EBUSY", "ECONNABORTED", "ECONNRESET", "EHOSTDOWN", "EHOSTUNREACH", "EINTR", "EIO", "ENETDOWN"),
    *("ENETRESET", "ENETUNREACH", "ENOLINK", "EREMOTEIO", "ESTALE", "ETIMEDOUT"),
)
_PASSING = frozenset(getattr(errno, name) for name in _PASSING_NAMES if hasattr(errno, name))
_PASSING_ON_WINDOWS = frozenset({21, 32, 33, 53, 54, 55, 59, 64, 121, 1231})
"""Not ready, held by another program, and a network that is away, busy or silent."""


def may_pass(error: OSError) -> bool:
    """Whether the same attempt may go well a moment later."""
    return error.errno in _PASSING or getattr(error, "winerror", None) in _PASSING_ON_WINDOWS


def patiently(action: Callable[[], Answer], wait: Wait = sleep) -> Answer:
    """What `action` gives, tried again a few times where it fails by what may pass. Raises the last OSError."""
    for seconds in WAITS:
        try:
            return action()
        except OSError as error:
            if not may_pass(error):
                raise
        wait(seconds)
    return action()


def read_whole(path: Path) -> bytes:
    """A file's bytes. Raises OSError, FileTooLargeError, and FileAccessError for a pipe or a device (endless)."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise FileAccessError("Filen är ingen vanlig fil utan ett rör eller en enhet, och läses inte.", "file")
    if status.st_size > MAX_BYTES:
        raise FileTooLargeError(TOO_LARGE, "file")
    return path.read_bytes()


def is_gone(root: Path) -> bool:
    """Whether a file or folder, in which there was something, can no longer be reached or has nothing in it.

    A shared folder that is no longer connected often leaves an empty one in its place.
    """
    try:
        if not stat.S_ISDIR(root.stat().st_mode):
            return False
        with os.scandir(root) as entries:
            return next(entries, None) is None
    except OSError:
        return True
