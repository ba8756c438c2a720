"""SOURCE arguments to files: which files there are, where each stands and which settings hold for it."""

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path, PurePosixPath

from ljuskoll.nlp.errors import FileAccessError, FileTooLargeError, UsageError
from ljuskoll.service.settings import FILE_NAME, Settings, settings_below

MAX_BYTES = 1024**3
"""No report is larger; a file that is would fill the memory before any reader could say so."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_PLACE_NAME = re.compile(r"[A-ZÅÄÖ][a-zåäöé]+(?:[ -][A-ZÅÄÖ]?[a-zåäöé]+)?")
_NOT_PLACES = frozenset(
    {"arkiv", "archive", "bokslut", "data", "dokument", "filer", "import", "kommun", "kommunen", "nämnder"}
    | {"rapporter", "uppföljning", "uppföljningar", "år"}
)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One input file: `relative` to its SOURCE with "/", and what holds for it."""

    path: Path
    relative: str
    source: int
    settings: Settings
    error: str | None = None

    def read(self) -> bytes:
        """The file's bytes. Raises FileAccessError where the system does not give them, FileTooLargeError."""
        if self.error is not None:
            raise FileAccessError(self.error, "file")
        try:
            if self.path.stat().st_size > MAX_BYTES:
                raise FileTooLargeError(f"Filen är större än {MAX_BYTES // 1024**2} MB. Dela den.", "file")
            return self.path.read_bytes()
        except OSError as error:
            raise FileAccessError(
                f"Filen kan inte läsas ({error.strerror}). Kontrollera behörigheten.", "file"
            ) from error

    @property
    def folder_municipality(self) -> str | None:
        """The municipality of a path `<name>/<year>/...`, where the name can be one."""
        parts = PurePosixPath(self.relative).parts[:-1]
        for name, year in pairwise(parts):
            if _YEAR.fullmatch(year) and _PLACE_NAME.fullmatch(name) and name.lower() not in _NOT_PLACES:
                return name
        return None


def find_files(sources: Sequence[Path], out: Path) -> list[SourceFile]:
    """All files of all sources, sorted by their relative path; `out` itself is no input.

    Raises UsageError where a source does not exist or a settings file is wrong.
    """
    files: list[SourceFile] = []
    for number, source in enumerate(sources):
        if not source.exists():
            raise UsageError(f"{source}: finns inte.")
        if source.is_dir():
            files += _folder(source, number, out.resolve())
        else:
            settings = settings_below(source.parent, [source.parent])[source.parent]
            files.append(SourceFile(source, source.name, number, settings))
    return sorted(files, key=lambda file: (file.relative, file.source))


def _folder(source: Path, number: int, out: Path) -> Iterator[SourceFile]:
    failed: list[OSError] = []
    folders: list[Path] = []
    found: list[Path] = []
    for name, subfolders, names in os.walk(source, onerror=failed.append):
        folder = Path(name)
        subfolders[:] = sorted(sub for sub in subfolders if (folder / sub).resolve() != out)
        folders.append(folder)
        found += [folder / file for file in sorted(names) if file != FILE_NAME]
    settings = settings_below(source, folders)
    for path in found:
        yield SourceFile(path, path.relative_to(source).as_posix(), number, settings[path.parent])
    for error in failed:
        path = Path(error.filename)
        message = f"Mappen kan inte öppnas ({error.strerror}). Kontrollera behörigheten."
        yield SourceFile(path, path.relative_to(source).as_posix(), number, Settings(), message)


def archive_identity(digests: Sequence[str]) -> str:
    """What identifies a SOURCE by its content, wherever it lies: a digest over its files' digests."""
    return hashlib.sha256("\n".join(sorted(digests)).encode()).hexdigest()[:16]
