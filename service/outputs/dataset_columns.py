"""The columns of the data set: what a record and a document are in it, and how they are stored."""

import io
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from ljuskoll.nlp.followup import Place
from ljuskoll.service.outputs.parquet import SCHEMA, flat_row
from ljuskoll.service.outputs.wording import on_page
from ljuskoll.service.record import DocumentRecord, Record

SCHEMA_VERSION: Final = "1"
_IN_PATH: Final = ("municipality", "year")
_BOX: Final = ("x0", "top", "x1", "bottom")
_QUOTES = pa.list_(pa.struct([("text", pa.string()), ("start", pa.int32()), ("end", pa.int32()), ("cue", pa.string())]))
_PLACES = pa.list_(pa.struct([("page", pa.int32()), *((side, pa.float64()) for side in _BOX), ("cell", pa.string())]))
_ASSESSMENT = pa.struct(
    [
        ("colour", pa.string()),
        ("outcome", pa.string()),
        ("probabilities", pa.struct([(colour, pa.float64()) for colour in ("green", "yellow", "red")])),
        ("abstained", pa.bool_()),
        ("evidence", _QUOTES),
        ("against", _QUOTES),
    ]
)
RECORDS = pa.schema(
    [
        *(field for field in SCHEMA if field.name not in (*_IN_PATH, "document_path")),
        pa.field("phrase_start", pa.int32()),
        pa.field("phrase_end", pa.int32()),
        pa.field("evidence", _QUOTES, nullable=False),
        pa.field("against", _QUOTES, nullable=False),
        pa.field("without_phrase", _ASSESSMENT),
        pa.field("places", _PLACES, nullable=False),
        pa.field("corrected", pa.list_(pa.string()), nullable=False),
    ]
)
"""All that a record holds but its partition, and its document's path, which may change while the document does not.

Other columns or other meanings need another `SCHEMA_VERSION`.
"""
DOCUMENTS = pa.schema(
    [
        pa.field("path", pa.string(), nullable=False),
        pa.field("sha256", pa.string()),
        pa.field("status", pa.string(), nullable=False),
        pa.field("pages", pa.int32(), nullable=False),
        pa.field("records", pa.int32(), nullable=False),
        pa.field("layout", pa.string()),
        pa.field("level", pa.string()),
        pa.field("duplicate_of", pa.string()),
        pa.field("archive", pa.string(), nullable=False),
        pa.field("errors", pa.list_(pa.string()), nullable=False),
        pa.field("unexplained", pa.int32(), nullable=False),
    ]
)
"""One row a file. `unexplained` counts rows that ought to have become records; copies have `duplicate_of`."""


def record_row(record: Record) -> dict[str, Any]:
    """The record's values by the columns of `RECORDS` (and a few more, which are not stored)."""
    phrase = record.phrase
    return {
        **flat_row(record),
        **record.model_dump(include={"without_phrase", "corrected"}),
        **record.assessment.model_dump(include={"evidence", "against"}),
        "phrase_start": phrase and phrase.start,
        "phrase_end": phrase and phrase.end,
        "places": [_place_row(place) for place in record.places],
    }


def document_row(document: DocumentRecord) -> dict[str, Any]:
    """The document's values by the columns of `DOCUMENTS`."""
    unmatched = [row for table in document.tables for row in table.unmatched]
    return {
        **document.model_dump(include=set(DOCUMENTS.names) - {"errors"}),
        "errors": [on_page(problem.page, problem.message) for problem in document.errors],
        "unexplained": sum(row.unexplained for row in unmatched),
    }


def _place_row(place: Place) -> dict[str, Any]:
    return {"page": place.page, **dict(zip(_BOX, place.bbox or (), strict=False)), "cell": place.cell}


def _leaves(schema: pa.Schema) -> Iterator[str]:
    """The paths of the columns as a file has them, those within lists and structs too."""
    buffer = io.BytesIO()
    pq.write_table(schema.empty_table(), buffer)
    stored = pq.read_metadata(buffer).schema
    return (stored.column(index).path for index in range(len(stored)))


@cache
def compression() -> dict[str, str]:
    """By column: Zstandard for prose; where a file has ten records, starting it for each short column takes longest."""
    prose = ("text", "comment", "assignment", "goal")
    return {leaf: "zstd" if leaf.endswith(prose) else "snappy" for leaf in _leaves(RECORDS)}
