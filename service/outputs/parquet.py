"""The records as one flat table for data tools."""

import io
from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ljuskoll.service.record import Record

_WORDS = pa.list_(pa.string())
SCHEMA = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("municipality", pa.string()),
        pa.field("document_path", pa.string(), nullable=False),
        pa.field("document_sha256", pa.string(), nullable=False),
        pa.field("year", pa.int16()),
        pa.field("tertial", pa.int8()),
        pa.field("as_of", pa.date32()),
        pa.field("goal", pa.string()),
        pa.field("boards", _WORDS, nullable=False),
        pa.field("board_names", _WORDS, nullable=False),
        pa.field("assignment", pa.string(), nullable=False),
        pa.field("declared_colour", pa.string()),
        pa.field("declared_as_written", pa.string()),
        pa.field("declared_source", pa.string()),
        pa.field("trend", pa.string()),
        pa.field("phrase_text", pa.string()),
        pa.field("phrase_outcome", pa.string()),
        pa.field("comment", pa.string(), nullable=False),
        pa.field("assessed_colour", pa.string()),
        pa.field("outcome", pa.string(), nullable=False),
        pa.field("p_green", pa.float64(), nullable=False),
        pa.field("p_yellow", pa.float64(), nullable=False),
        pa.field("p_red", pa.float64(), nullable=False),
        pa.field("abstained", pa.bool_(), nullable=False),
        pa.field("page", pa.int32()),
        pa.field("ocr", pa.bool_(), nullable=False),
    ]
)
"""One row a record; the same columns whatever the records hold. `page` is the first place's."""


def parquet_bytes(records: Iterable[Record]) -> bytes:
    """The records as a Parquet file with the columns of `SCHEMA`."""
    table = pa.Table.from_pylist([_storable(flat_row(record)) for record in records], schema=SCHEMA)
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


def _storable(row: dict[str, Any]) -> dict[str, Any]:
    """The row with lone surrogates, which UTF-8 cannot hold, as question marks, just as in the jsonl files."""
    return {
        key: value.encode("utf-8", "replace").decode()
        if isinstance(value, str)
        else [word.encode("utf-8", "replace").decode() for word in value]
        if isinstance(value, list)
        else value
        for key, value in row.items()
    }


def flat_row(record: Record) -> dict[str, Any]:
    """The record's values by the columns of `SCHEMA`."""
    period, declared, phrase = record.period, record.declared, record.phrase
    return {
        "id": record.id,
        "kind": record.kind,
        "municipality": record.municipality,
        "document_path": record.document.path,
        "document_sha256": record.document.sha256,
        "year": period and period.year,
        "tertial": period and period.tertial,
        "as_of": period and period.as_of,
        "goal": record.goal,
        "boards": list(record.boards),
        "board_names": list(record.board_names),
        "assignment": record.assignment,
        "declared_colour": declared and declared.colour,
        "declared_as_written": declared and declared.as_written,
        "declared_source": declared and declared.source,
        "trend": declared and declared.trend,
        "phrase_text": phrase and phrase.text,
        "phrase_outcome": phrase and phrase.outcome,
        "comment": record.comment,
        "ocr": record.ocr,
        "page": record.places[0].page if record.places else None,
        **_judgement(record),
    }


def _judgement(record: Record) -> dict[str, Any]:
    assessment = record.assessment
    return {
        "assessed_colour": assessment.colour,
        "outcome": assessment.outcome,
        "p_green": assessment.probabilities.green,
        "p_yellow": assessment.probabilities.yellow,
        "p_red": assessment.probabilities.red,
        "abstained": assessment.abstained,
    }
