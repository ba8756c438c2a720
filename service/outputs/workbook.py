"""The workbook for people: Uppdrag, Avvikelser, Dokument and Översikt in one XLSX file."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from ljuskoll.service.outputs.survey import survey
from ljuskoll.service.outputs.wording import WORDS
from ljuskoll.service.outputs.workbook_cells import Book, refuse_too_many
from ljuskoll.service.outputs.workbook_overview import write_overview
from ljuskoll.service.outputs.workbook_sheet import opened
from ljuskoll.service.outputs.workbook_tables import NO_VERDICTS, write_documents, write_findings, write_records
from ljuskoll.service.record import AnyResult

WORKBOOK_NAME: Final = "ljuskoll.xlsx"
PROPERTIES: Final = {
    "title": WORDS["title"],
    "subject": WORDS["subject"],
    "author": "ljuskoll",
    "created": datetime(2000, 1, 1),
}
"""The date is always the same, so that the same result gives the same bytes."""


def write_workbook(
    result: AnyResult,
    path: Path,
    verdicts: Mapping[str, str] = NO_VERDICTS,
    tmpdir: Path | None = None,
    about: str = "",
) -> None:
    """The whole result as an XLSX file, with the verdicts that reviewers have given, by finding id.

    The result is gone through row by row, and lies in files in `tmpdir` (else where the system has such) until it is
    whole. `about` is the municipality, where there are workbooks of others. Raises UsageError where a sheet cannot
    hold all rows, and OSError where it cannot be written.
    """
    refuse_too_large(result)
    seen = survey(result)
    with opened(path, tmpdir, PROPERTIES) as workbook:
        book = Book.of(workbook)
        write_records(book, result.records, seen)
        write_findings(book, result.findings, seen, verdicts)
        write_documents(book, result.documents, seen)
        write_overview(book, result, seen, about)


def refuse_too_large(result: AnyResult) -> None:
    """Raises UsageError where a sheet cannot hold all rows."""
    for name, rows in (("records", result.records), ("findings", result.findings), ("documents", result.documents)):
        refuse_too_many(name, len(rows))


def workbook_bytes(result: AnyResult, verdicts: Mapping[str, str] = NO_VERDICTS) -> bytes:
    """The file that `write_workbook` makes. Raises UsageError where a sheet cannot hold all rows."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / WORKBOOK_NAME
        write_workbook(result, path, verdicts, tmpdir=Path(folder))
        return path.read_bytes()
