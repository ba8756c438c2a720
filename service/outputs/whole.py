"""Files that are there as a whole or not at all, whatever ends the program while they are written."""

import os
from pathlib import Path


def write_whole(path: Path, content: bytes, *, settled: bool = True) -> None:
    """Write a file, its folder made; `settled`: it outlasts a power cut. Raises OSError, and leaves nothing then."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        temporary.write_bytes(content)
        if settled:
            settle(temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def settle(path: Path) -> None:
    """Have what was written to a file on the disk. Raises OSError."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
