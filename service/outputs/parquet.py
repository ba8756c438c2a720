"""The records as one flat table for data tools."""

import io
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

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
_GROUP = 10_000


def parquet_bytes(records: Iterable[Record]) -> bytes:
    """The records as a Parquet file with the columns of `SCHEMA`."""
    buffer = io.BytesIO()
    write_parquet(records, buffer)
    return buffer.getvalue()


def write_parquet(records: Iterable[Record], where: Path | BinaryIO) -> None:
    """Write the records as a Parquet file with the columns of `SCHEMA`, whatever they come from with the same bytes."""
    write_rows(map(flat_row, records), SCHEMA, where)


def write_rows(rows: Iterable[dict[str, Any]], schema: pa.Schema, where: Path | BinaryIO) -> None:
    """Write a Parquet file with no more than a group of the rows in memory at a time."""
    waiting = iter(rows)
    with pq.ParquetWriter(where, schema, compression="zstd") as writer:
        while group := list(islice(waiting, _GROUP)):
            writer.write_table(table_of(group, schema))


def table_of(rows: list[dict[str, Any]], schema: pa.Schema) -> pa.Table:
    """The rows' values by the columns of the schema."""
    try:
        return pa.Table.from_pylist(rows, schema=schema)
    except UnicodeEncodeError:
        return pa.Table.from_pylist([storable(row) for row in rows], schema=schema)


def storable(value: Any) -> Any:
    """The value with lone surrogates, which UTF-8 cannot hold, as question marks, just as in the jsonl files."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {key: storable(one) for key, one in value.items()}
    return [storable(one) for one in value] if isinstance(value, list | tuple) else value


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
