"""Records and findings as CSV that Excel opens by a double click where the language is Swedish."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any, Final

from ljuskoll.service.outputs.parquet import SCHEMA, flat_row
from ljuskoll.service.record import Finding, Record

RECORD_COLUMNS: Final[tuple[str, ...]] = tuple(SCHEMA.names)
_FOUND_IN: Final = ("municipality", "document_path", "page", "year", "tertial", "as_of", "assignment")
FINDING_COLUMNS: Final = (
    *("id", "kind", "also", "severity", "score", "message", "suggested"),
    *_FOUND_IN,
    *("records", "evidence"),
)
"""`municipality` to `assignment` are the first record's; `evidence` is what is quoted."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a program may take for the beginning of a formula, or skip before one."""
_BETWEEN: Final = " | "
_YES, _NO = "ja", "nej"


def csv_lines(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> Iterator[bytes]:
    """The rows under their columns, one at a time: UTF-8 with a mark, semicolons, CRLF, decimal commas.

    A text that could run as a formula has an apostrophe before it, wherever it is opened. Lone surrogates, which UTF-8
    cannot hold, are question marks.
    """
    yield codecs.BOM_UTF8
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    for cells in chain([columns], ([_cell(row.get(column)) for column in columns] for row in rows)):
        writer.writerow(cells)
        yield buffer.getvalue().encode("utf-8", "replace")
        buffer.seek(0)
        buffer.truncate()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, float):
        return str(value).replace(".", ",")
    if isinstance(value, int | date):
        return str(value)
    text = value if isinstance(value, str) else _BETWEEN.join(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def found_in(record: Record) -> dict[str, Any]:
    """What is told of a finding's first record."""
    row = flat_row(record)
    return {name: row[name] for name in _FOUND_IN}


def finding_row(finding: Finding, found: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The finding's values by `FINDING_COLUMNS`; `found` is what is told of its records, by their ids."""
    first = next((found[one] for one in finding.records if one in found), {})
    return {
        **{name: first.get(name) for name in _FOUND_IN},
        **finding.model_dump(include={"id", "kind", "also", "severity", "score", "message", "suggested", "records"}),
        "evidence": [one.text for one in finding.evidence],
    }
