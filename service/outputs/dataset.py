"""The data set for data tools: Parquet files by municipality and year, one a document, none of them ever rewritten.

Municipality and year stand in the path alone, as Hive has it: tools that know this give them back as columns, and
refuse columns that stand in the files too.
"""

import hashlib
import io
import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import pyarrow.parquet as pq

from ljuskoll.service.outputs.dataset_columns import (
    DOCUMENTS,
    RECORDS,
    SCHEMA_VERSION,
    compression,
    document_row,
    record_row,
)
from ljuskoll.service.outputs.parquet import storable, table_of, write_rows
from ljuskoll.service.outputs.whole import write_whole
from ljuskoll.service.record import DocumentRecord, Record

_NO_VALUE: Final = "__HIVE_DEFAULT_PARTITION__"
_QUOTED = re.compile(r"""[\x00-\x1f\x7f"#%'*+/:<=>?\[\\\]^{|}]|[ .]\Z""")
"""What Hive quotes, and what Windows allows in no name or not at its end."""
_OURS = re.compile(r"[0-9a-f]{16}-[0-9a-f]{8}\.parquet|\.[0-9a-f]{16}-[0-9a-f]{8}\.parquet\.tmp")


class Dataset:
    """The data set in a folder, during one run. Raises OSError where it cannot be read or written.

    `provenance` says what made the records; it stands in each file beside what is known of the document.
    """

    def __init__(self, folder: Path, provenance: Mapping[str, str]) -> None:
        self._folder = folder
        self._provenance = {**provenance, "schema_version": SCHEMA_VERSION}
        self._kept: set[str] = set()

    def put(self, document: DocumentRecord, records: Sequence[Record], state: str) -> None:
        """Write a document's records, one file for each municipality and year, where it is not there already.

        `state` is a digest of all that the records were made by: a file that is named after it is not even opened.
        """
        metadata = self._metadata(document)
        name = f"{document.sha256!s:.16}-{_digest(state, metadata):.8}.parquet"
        for partition, some in _by_partition(records).items():
            file = self._folder / partition / name
            self._kept.add(self._key(file))
            if not file.is_file():
                write_whole(file, _content(some, metadata))  # it is never looked into again

    def prune(self) -> None:
        """Remove the files that were not put in this run, and the folders that this empties."""
        for folder in list(self._folder.glob("municipality=*/year=*")):
            for file in list(folder.iterdir()):
                if _OURS.fullmatch(file.name) and self._key(file) not in self._kept:
                    file.unlink()
            _remove_empty(folder)
            _remove_empty(folder.parent)

    def _metadata(self, document: DocumentRecord) -> dict[str, str]:
        known = {"document_sha256": document.sha256, "layout": document.layout, "level": document.level}
        return {**self._provenance, **{key: value for key, value in known.items() if value is not None}}

    def _key(self, file: Path) -> str:
        """The same for all spellings of a path where case makes no difference."""
        return os.path.normcase(file.relative_to(self._folder))


def write_documents(documents: Iterable[DocumentRecord], path: Path) -> None:
    """Write the documents with the columns of `DOCUMENTS`; by its sha256 a record finds its document."""
    write_rows(map(document_row, documents), DOCUMENTS, path)


def _by_partition(records: Iterable[Record]) -> dict[str, list[Record]]:
    """The records by the folder that they stand in."""
    found: dict[tuple[str | None, int | None], list[Record]] = {}
    for record in records:
        found.setdefault((record.municipality, record.period.year if record.period else None), []).append(record)
    return {
        f"municipality={_segment(municipality)}/year={_segment(year)}": some
        for (municipality, year), some in found.items()
    }


def _segment(value: object) -> str:
    return _NO_VALUE if value is None else _QUOTED.sub(lambda found: f"%{ord(found[0]):02X}", storable(str(value)))


def _digest(state: str, metadata: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps([state, metadata], sort_keys=True).encode()).hexdigest()


def _content(records: Iterable[Record], metadata: Mapping[str, str]) -> bytes:
    """A Parquet file without what takes more room than it saves where there are ten records."""
    buffer = io.BytesIO()
    lean = {"use_dictionary": False, "write_statistics": False, "store_schema": False}
    with pq.ParquetWriter(buffer, RECORDS, compression=compression(), **lean) as writer:
        writer.write_table(table_of([record_row(record) for record in records], RECORDS))
        writer.add_key_value_metadata(storable(dict(sorted(metadata.items()))))
    return buffer.getvalue()


def _remove_empty(folder: Path) -> None:
    if not any(folder.iterdir()):
        folder.rmdir()
