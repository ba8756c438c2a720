"""The workbook for people: Uppdrag, Avvikelser, Dokument and Översikt in one XLSX file."""

import io
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from xlsxwriter import Workbook

from ljuskoll.service.outputs.wording import WORDS
from ljuskoll.service.outputs.workbook_cells import Book
from ljuskoll.service.outputs.workbook_overview import write_overview
from ljuskoll.service.outputs.workbook_tables import write_documents, write_findings, write_records
from ljuskoll.service.record import Result

_CREATED = datetime(2000, 1, 1)
"""Always the same, so that the same result gives the same bytes."""


def workbook_bytes(result: Result, verdicts: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """The whole result as an XLSX file, with the verdicts that reviewers have given, by finding id.

    Raises UsageError where a sheet cannot hold all rows.
    """
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True}) as workbook:
        workbook.set_properties(
            {"title": WORDS["title"], "subject": WORDS["subject"], "author": "ljuskoll", "created": _CREATED}
        )
        book = Book.of(workbook)
        write_records(book, result)
        write_findings(book, result, verdicts)
        write_documents(book, result)
        write_overview(book, result)
    return buffer.getvalue()
