"""The desk that a review is done at: the store, the originals, and what reading and judging need."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from ljuskoll.models.judging import SHIPPED, Judging
from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.corrections import Correction, joined, read_corrections, write_corrections
from ljuskoll.service.outputs.files import CORRECTIONS_NAME, read_result
from ljuskoll.service.record import Run
from ljuskoll.service.review.originals import Originals
from ljuskoll.service.settings import Settings, settings_in
from ljuskoll.service.store.archive import fact, put_fact, stored_run, take_in
from ljuskoll.service.store.corrections import add_corrections, all_corrections, correct_document
from ljuskoll.service.store.database import Database, alone, open_database, sqlite_url

ORIGINALS = "original"
"""The folder of the originals inside the review's."""
ARCHIVE = "archive"
"""The fact that holds a digest of the import that has been taken in."""


@dataclass(frozen=True, slots=True)
class Desk:
    """An open review in `folder`; `archive` is the import folder that it shows and writes its corrections to."""

    folder: Path
    database: Database
    originals: Originals
    settings: Settings
    judging: Judging = SHIPPED
    archive: Path | None = None

    @property
    def run(self) -> Run:
        """How records are made here where no import has been taken in."""
        scales = {self.settings.municipality or "": dict(self.settings.scale)} if self.settings.scale else {}
        return Run(version=version("ljuskoll"), model=self.judging.fingerprint, scales=scales, options={}, checks={})

    @property
    def officials(self) -> frozenset[str]:
        """Whose names are left readable where texts are masked."""
        with self.database.reading() as session:
            run = stored_run(session)
        return frozenset((*self.settings.officials, *(run.officials if run else ())))

    def write_corrections(self) -> None:
        """Put the corrections made here into the import folder, so that its next import and check make them, too."""
        if self.archive is None:
            return
        path = self.archive / CORRECTIONS_NAME
        with self.database.writing() as session:
            alone(session, CORRECTIONS_NAME)
            write_corrections(path, joined(read_corrections(path), all_corrections(session)))


def open_desk(
    folder: Path,
    url: str | None = None,
    archive: Path | None = None,
    sources: Sequence[Path] = (),
    judging: Judging = SHIPPED,
) -> Desk:
    """Open the review in a folder, which is made, with its store there or at `url`, and take in an import.

    `sources` are where the import's originals lie. Raises UsageError where folder, store or import cannot be used.
    """
    try:
        originals = Originals(folder / ORIGINALS, sources)
    except OSError as error:
        raise UsageError(f"{folder}: kan inte skrivas ({error.strerror}). Välj en annan mapp med --data.") from error
    desk = Desk(folder, open_database(url or sqlite_url(folder)), originals, settings_in(folder), judging, archive)
    if archive is not None:
        _take_in(desk, archive)
    return desk


def _take_in(desk: Desk, archive: Path) -> None:
    """Take in an import, unless nothing has been written to it since it was taken in, and its corrections."""
    result = read_result(archive)
    names = ("documents.jsonl", "records.jsonl", "plans.jsonl", "findings.jsonl", "run.json")
    present = (archive / name for name in names if (archive / name).is_file())
    digest = sha256(b"".join(path.read_bytes() for path in present)).hexdigest()
    with desk.database.writing() as session:
        known = set(_keys(all_corrections(session)))
        changed = set()
        if fact(session, ARCHIVE) != digest:
            take_in(session, result)
            put_fact(session, ARCHIVE, digest)
            changed = {one.document for one in all_corrections(session)}
        documents = {record.id: record.document.sha256 for record in result.records}
        for one in read_corrections(archive / CORRECTIONS_NAME):
            if (one.who, one.when, one.record, one.field) not in known:
                add_corrections(session, (one,), documents.get(one.record))
                changed.add(documents.get(one.record))
        for document in sorted(filter(None, changed)):
            correct_document(session, document, desk.judging)


def _keys(corrections: Sequence[Correction]) -> list[tuple[str, str, str, str]]:
    return [(one.who, one.when, one.record, one.field) for one in corrections]
