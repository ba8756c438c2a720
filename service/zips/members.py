"""The files of a zip file on a disk and of the zip files in it, with the settings that hold for each."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from ljuskoll.nlp.errors import DamagedFileError, FileTooLargeError, InputError, UsageError
from ljuskoll.nlp.readers.office.packages import FREE_BYTES, MAX_RATIO
from ljuskoll.service.settings import FILE_NAME, Settings, parse_settings
from ljuskoll.service.zips.archive import COMPONENT, Archive, open_archive
from ljuskoll.service.zips.names import kept_inside, points_out

MAX_DEPTH = 2
"""A zip file in a zip file is read, one in that is not."""
MAX_FILES = 200_000
SUFFIX = ".zip"
_EMPTY = "Zip-arkivet innehåller inga filer. Hämta det på nytt eller ta bort det."
_BOMB = (
    "Zip-arkivet packar upp till orimligt mycket data och läses inte."
    " Packa upp det själv, om du litar på det, och läs in mappen."
)
_MANY = f"Zip-arkivet har fler än {MAX_FILES} filer. Packa upp det och läs in mappen."
_DEEP = "Zip-arkivet ligger för djupt (i ett zip-arkiv i ett zip-arkiv). Packa upp det yttersta och läs in mappen."


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a zip file: `path` in it, with "/", and its `numbers` in the directory of each zip file on the way."""

    numbers: tuple[int, ...]
    path: str
    settings: Settings
    error: str | None = None


@dataclass(slots=True)
class _Budget:
    """How many files and bytes a zip file on the disk may still come to, with all zip files in it."""

    files: int
    size: int

    def spend(self, files: int, size: int) -> None:
        """Raises FileTooLargeError where it is not enough."""
        self.files -= files
        self.size -= size
        if self.files < 0:
            raise FileTooLargeError(_MANY, COMPONENT)
        if self.size < 0:
            raise FileTooLargeError(_BOMB, COMPONENT)


def is_zip_name(name: str) -> bool:
    """Whether a file of this name can be an archive of files."""
    return name.lower().endswith(SUFFIX)


def find_members(path: Path, settings: Settings) -> list[Member] | None:
    """The files in a zip file where these `settings` hold; None where it is a document and no archive of files.

    Raises OSError, an InputError where the zip file as a whole cannot be read, UsageError for wrong settings in it.
    """
    archive = open_archive(path.open("rb")) if path.is_file() else None
    if archive is None:
        return None
    with closing(archive):
        budget = _Budget(MAX_FILES, max(FREE_BYTES, MAX_RATIO * archive.size))
        try:
            return list(_members(archive, Member((), "", settings), budget))
        except UsageError as error:
            raise UsageError(f"{path}/{error}") from error


def _members(archive: Archive, place: Member, budget: _Budget) -> Iterator[Member]:
    """The files of the archive that stands at `place`."""
    files = [(number, name) for number, name in archive.files() if not _is_settings(name)]
    refused = {number: archive.refusal(number) for number, _ in files}
    budget.spend(len(files), sum(archive.unpacked(number) for number, why in refused.items() if why is None))
    if not files:
        raise DamagedFileError(_EMPTY, COMPONENT)
    prefix = f"{place.path}/" if place.path else ""
    settings = _settings(archive, prefix, place.settings)
    for number, name in files:
        inside = kept_inside(name)
        holding = _nearest(inside.rpartition("/")[0], settings, place.settings)
        member = Member((*place.numbers, number), prefix + inside, holding, refused[number])
        if member.error is None and is_zip_name(name):
            yield from _inner(archive, member, budget)
        else:
            yield member


def _inner(archive: Archive, member: Member, budget: _Budget) -> list[Member]:
    """The files of a zip file in the archive; the zip file itself where it is a document or cannot be read."""
    try:
        inner = archive.inner(member.numbers[-1])
        if inner is None:
            return [member]
        with closing(inner):
            if len(member.numbers) == MAX_DEPTH:
                raise FileTooLargeError(_DEEP, COMPONENT)
            return list(_members(inner, member, budget))
    except InputError as error:
        return [replace(member, error=error.message)]


def _is_settings(name: str) -> bool:
    return kept_inside(name).rpartition("/")[2] == FILE_NAME and not points_out(name)


def _settings(archive: Archive, prefix: str, outer: Settings) -> dict[str, Settings]:
    """What holds in each folder of the archive that has settings of its own. Raises UsageError where they are wrong."""
    own: dict[str, Settings] = {}
    for number, path in [(number, kept_inside(name)) for number, name in archive.files() if _is_settings(name)]:
        try:
            own[path.rpartition("/")[0]] = parse_settings(archive.read(number, path), prefix + path)
        except InputError as error:
            raise UsageError(f"{prefix}{path}: {error.message}") from error
    found: dict[str, Settings] = {}
    for folder in sorted(own, key=len):
        found[folder] = own[folder].over(_nearest(folder, found, outer))
    return found


def _nearest(folder: str, settings: Mapping[str, Settings], outer: Settings) -> Settings:
    """The settings of the folder or of the nearest one around it that has any."""
    while folder and folder not in settings:
        folder = folder.rpartition("/")[0]
    return settings.get(folder, outer)
