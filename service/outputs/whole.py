"""Files that are there as a whole or not at all, whatever ends the program while they are written."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole(path: Path, *, settled: bool = True) -> Iterator[Path]:
    """Where to write a file first, its folder made; when the block ends it is moved to `path`.

    `settled`: it outlasts a power cut. Raises OSError, and leaves nothing where the block or the move fails.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        yield temporary
        if settled:
            settle(temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def write_whole(path: Path, content: bytes, *, settled: bool = True) -> None:
    """Write a file as `whole` does. Raises OSError."""
    with whole(path, settled=settled) as temporary:
        temporary.write_bytes(content)


def settle(path: Path) -> None:
    """Have what was written to a file on the disk. Raises OSError."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
