"""Records and findings as CSV that Excel opens by a double click where the language is Swedish."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from ljuskoll.service.outputs.parquet import SCHEMA, flat_row
from ljuskoll.service.record import Finding, Record, Result

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


def records_csv(records: Iterable[Record]) -> bytes:
    """The records with the columns of the Parquet file."""
    return csv_bytes(map(flat_row, records), RECORD_COLUMNS)


def findings_csv(result: Result) -> bytes:
    """The findings with what their first records are."""
    by_id = {record.id: record for record in result.records}
    return csv_bytes((finding_row(finding, by_id) for finding in result.findings), FINDING_COLUMNS)


def csv_bytes(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> bytes:
    """The rows under their columns: UTF-8 with a mark, semicolons, CRLF, decimal commas.

    A text that could run as a formula has an apostrophe before it, wherever it is opened. Lone surrogates, which UTF-8
    cannot hold, are question marks.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return buffer.getvalue().encode("utf-8-sig", "replace")


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


def finding_row(finding: Finding, by_id: Mapping[str, Record]) -> dict[str, Any]:
    """The finding's values by `FINDING_COLUMNS`; `by_id` holds its records."""
    first = next((by_id[one] for one in finding.records if one in by_id), None)
    found_in = flat_row(first) if first else {}
    return {
        **{name: found_in.get(name) for name in _FOUND_IN},
        **finding.model_dump(include={"id", "kind", "also", "severity", "score", "message", "suggested", "records"}),
        "evidence": [one.text for one in finding.evidence],
    }
