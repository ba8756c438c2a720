"""SOURCE arguments to files: which files there are, where each stands and which settings hold for it."""

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import pairwise
from pathlib import Path, PurePosixPath
from time import sleep

from ljuskoll.nlp.errors import FileAccessError, InputError, SourceGoneError, UsageError
from ljuskoll.service.disk import ACCESS, Wait, is_gone, patiently, read_whole
from ljuskoll.service.settings import FILE_NAME, Settings, settings_in
from ljuskoll.service.zips.members import find_members, is_zip_name
from ljuskoll.service.zips.opened import read_member

SETTLING = 2.0
"""Seconds in which a file that is being written may become whole."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_PLACE_NAME = re.compile(r"[A-ZÅÄÖ][a-zåäöé]+(?:[ -][A-ZÅÄÖ]?[a-zåäöé]+)?")
_NOT_PLACES = frozenset(
    {"arkiv", "archive", "bokslut", "data", "dokument", "filer", "import", "kommun", "kommunen", "nämnder"}
    | {"rapporter", "uppföljning", "uppföljningar", "år"}
)
_GONE = (
    "{root}: går inte längre att nå, eller är tom. Det som redan har lästs finns kvar."
    " Kör samma kommando igen när den är tillbaka."
)
_CHANGED = "Filen ändrades medan den lästes. Vänta tills den är färdigskriven och kör samma kommando igen."


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One input file: `relative` to its SOURCE with "/", and what holds for it.

    Of a file in a zip file, `path` is the zip file on the disk and `numbers` its place in it. `root` is what has gone
    when no file of the SOURCE can be read any more. With `data` the file is not looked for.
    """

    path: Path
    relative: str
    source: int
    settings: Settings
    error: str | None = None
    root: Path | None = None
    numbers: tuple[int, ...] = ()
    data: bytes | None = field(default=None, repr=False)

    def read(self, wait: Wait = sleep) -> bytes:
        """The file's bytes; what may pass is tried again.

        Raises an InputError where they cannot be had, SourceGoneError where nothing of the SOURCE can.
        """
        if self.data is not None:
            return self.data
        if self.error is not None:
            raise FileAccessError(self.error, "file")
        try:
            return patiently(self._bytes, wait)
        except OSError as error:
            if self.root is not None and is_gone(self.root):
                raise SourceGoneError(_GONE.format(root=self.root)) from error
            raise FileAccessError(_not_read(error), ACCESS) from error

    def read_as(self, sha256: str, wait: Wait = sleep) -> bytes:
        """The file's bytes if they still have this digest, at once or a moment later. Raises as `read`."""
        data = self.read(wait)
        if hashlib.sha256(data).hexdigest() == sha256:
            return data
        wait(SETTLING)
        data = self.read(wait)
        if hashlib.sha256(data).hexdigest() != sha256:
            raise FileAccessError(_CHANGED, ACCESS)
        return data

    def held(self) -> "SourceFile":
        """A copy that has its bytes with it, for a machine that does not see the SOURCE. Raises as `read`."""
        return replace(self, data=self.read())

    @property
    def folder_municipality(self) -> str | None:
        """The municipality of a path `<name>/<year>/...`, where the name can be one."""
        parts = PurePosixPath(unicodedata.normalize("NFC", self.relative)).parts[:-1]
        for name, year in pairwise(parts):
            if _YEAR.fullmatch(year) and _PLACE_NAME.fullmatch(name) and name.lower() not in _NOT_PLACES:
                return name
        return None

    def _bytes(self) -> bytes:
        return read_member(self.path, self.numbers, self.relative) if self.numbers else read_whole(self.path)


def find_files(sources: Sequence[Path], out: Path, wait: Wait = sleep) -> list[SourceFile]:
    """All files of all sources and in their zip files, sorted by their relative path; `out` itself is no input.

    Raises UsageError where a source does not exist or a settings file is wrong.
    """
    files: list[SourceFile] = []
    for number, source in enumerate(sources):
        if not source.exists():
            raise UsageError(f"{source}: finns inte.")
        if source.is_dir():
            for file in _folder(source, number, out.resolve(), wait):
                files += _in_zip(file, f"{file.relative}/", wait)
        else:
            root = source if is_zip_name(source.name) else source.parent
            file = SourceFile(source, source.name, number, settings_in(source.parent), root=root)
            files += _in_zip(file, "", wait)
    return sorted(files, key=lambda file: (file.relative, file.source))


def _in_zip(file: SourceFile, prefix: str, wait: Wait) -> list[SourceFile]:
    """The files in a zip file; the file itself where it is none, or one that cannot be read."""
    if file.error is not None or not is_zip_name(file.path.name):
        return [file]
    try:
        members = patiently(partial(find_members, file.path, file.settings), wait)
    except InputError as error:
        return [replace(file, error=error.message)]
    except OSError as error:
        return [replace(file, error=_not_read(error))]
    if members is None:
        return [file]
    return [
        replace(file, relative=prefix + one.path, settings=one.settings, error=one.error, numbers=one.numbers)
        for one in members
    ]


def _folder(source: Path, number: int, out: Path, wait: Wait) -> Iterator[SourceFile]:
    real = source.resolve()
    left = [("", Settings())]
    while left:
        below, settings = left.pop()
        folder = source / below
        try:
            subfolders, names = patiently(partial(_listed, folder), wait)
        except OSError as error:
            message = f"Mappen kan inte öppnas ({error.strerror}). Kontrollera behörigheten."
            yield SourceFile(folder, below or ".", number, settings, message, source)
            continue
        prefix = f"{below}/" if below else ""
        settings = settings_in(folder, settings) if FILE_NAME in names else settings
        left += [(prefix + name, settings) for name in subfolders if real / below / name != out]
        for name in names:
            if name != FILE_NAME:
                yield SourceFile(folder / name, prefix + name, number, settings, root=source)


def _listed(folder: Path) -> tuple[list[str], list[str]]:
    """The names of its folders, but for those that are links, and of its files. Raises OSError."""
    with os.scandir(folder) as entries:
        found = [(entry.name, _is_folder(entry), entry.is_symlink()) for entry in entries]
    subfolders = [name for name, is_folder, is_link in found if is_folder and not is_link]
    return subfolders, [name for name, is_folder, _ in found if not is_folder]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False  # a link that leads nowhere is told of when it is read


def _not_read(error: OSError) -> str:
    return f"Filen kan inte läsas ({error.strerror or error}). Kontrollera behörigheten."


def archive_identity(digests: Sequence[str]) -> str:
    """What identifies a SOURCE by its content, wherever it lies: a digest over its files' digests."""
    return hashlib.sha256("\n".join(sorted(digests)).encode()).hexdigest()[:16]
