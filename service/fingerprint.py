"""What identifies the program's own parts: what others have read or written is read or written again."""

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from re import match
from typing import Final

_ROOMS: Final = Path(__file__).parents[1]
_KINDS: Final = frozenset({".py", ".toml", ".txt", ".tsv", ".html", ".json"})
"""Code, words and figures. Models have fingerprints of their own."""


@cache
def reader_fingerprint() -> str:
    """A digest (sha256) over all that has a part in what a file's records are, and the versions of what it uses."""
    return _digest([*_below("nlp"), *_below("models"), *(_ROOMS / "service").glob("*.py")])


@cache
def program_fingerprint() -> str:
    """The same over all that has a part in what an import writes."""
    return _digest([*_below("nlp"), *_below("models"), *_below("service")])


def _below(room: str) -> Iterable[Path]:
    return (path for path in (_ROOMS / room).rglob("*") if path.suffix in _KINDS)


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for name, path in sorted((path.relative_to(_ROOMS).as_posix(), path) for path in paths):
        digest.update(f"\0{name}\0".encode())
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    for used in sorted({one[0].lower() for line in requires("ljuskoll") or [] if (one := match(r"[\w.-]+", line))}):
        digest.update(f"\0{used} {_version(used)}".encode())
    return digest.hexdigest()


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
