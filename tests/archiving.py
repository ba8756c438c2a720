"""Small archives to import, who watches an import, and all that lies in its folder."""

from pathlib import Path

from ljuskoll.models.judging import Judging
from ljuskoll.service.archive.importing import Archived, import_archive
from ljuskoll.service.one_file import Options
from ljuskoll.service.record import DocumentRecord
from ljuskoll.service.watching import Watcher
from ljuskoll.service.workers import Limits

FAST = Options(judging=Judging(fast=True), limits=Limits())
REPORT = """Uppföljning {period} 2031, {municipality}

Bygg en cykelväg vid {place} (TN)

Uppdraget bedöms bli genomfört i höst.

Ta fram en kulturplan för {place} (KFN)

Planen antogs i juni.
"""
PLACES = ("Lillby", "Storby", "Granvik", "Ekmo", "Tallås", "Björknäs", "Rönnö", "Almsta")
LOCK = "lock"
"""The name of the one file that an import leaves without a meaning."""


class Noting(Watcher):
    """Notes which files are begun and what is told of them; ends the import after so many."""

    def __init__(self, most: int | None = None) -> None:
        self.begun_files: list[str] = []
        self.told: list[str] = []
        self._most = most

    def begun(self, path: str) -> None:
        """A file is handed out."""
        if self._most is not None and len(self.begun_files) >= self._most:
            raise KeyboardInterrupt
        self.begun_files.append(path)

    def read(self, document: DocumentRecord) -> None:
        """A file is done."""
        self.told.append(document.path)


def write_archive(folder: Path, count: int = 6) -> Path:
    """So many reports, T1 to T3 of a place each."""
    for number in range(count):
        file = folder / f"{number // 3}" / f"T{number % 3 + 1}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(report(number // 3, number % 3 + 1), encoding="utf-8")
    return folder


def report(place: int, tertial: int) -> str:
    """The text of one report."""
    municipality = f"{PLACES[place % len(PLACES)]} kommun"
    return REPORT.format(period=f"T{tertial}", municipality=municipality, place=f"Torget {place}")


def run(source: Path, out: Path, options: Options = FAST, watcher: Watcher | None = None) -> Archived:
    """An import of a folder."""
    return import_archive([source], out, options, watcher or Watcher())


def contents(out: Path) -> dict[str, bytes]:
    """All files of an import folder, hidden ones too, by their path in it."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name != LOCK
    }
