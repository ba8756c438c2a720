"""The files of lines, put together one document at a time, and the checks, one group of documents at a time."""

import hashlib
from collections.abc import Iterable, Sequence, Set
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias

from pydantic import BaseModel

from ljuskoll.service.consistency.checks import Counts, counted_together, material_of, run_on
from ljuskoll.service.consistency.groups import Group, group_names, united
from ljuskoll.service.consistency.lights import Scales
from ljuskoll.service.outputs.dataset import Dataset
from ljuskoll.service.outputs.files import DOCUMENTS, FINDINGS, KEYS, PLANS, RECORDS
from ljuskoll.service.outputs.lines import Lines, json_bytes, json_line
from ljuskoll.service.record import DocumentRecord, FileResult, PlanRecord, Record
from ljuskoll.service.watching import Watcher

Span: TypeAlias = tuple[int, int]
"""From and to where something stands in a file, in bytes."""
_FOUND: Final = "found.jsonl"


@dataclass(frozen=True, slots=True)
class Part:
    """Where a document stands with its records and plans, and the names of what it is checked together with."""

    document: Span
    records: Span
    plans: Span
    names: Set[str]
    archive: str


def assemble(results: Iterable[FileResult], folder: Path, dataset: Dataset, watcher: Watcher) -> list[Part]:
    """Write documents, records and plans into `folder` in the order of `results`, and each document's data set file.

    Returns the parts that are checked: all but second copies. OSErrors go up.
    """
    parts = []
    with ExitStack() as stack:
        files = {name: stack.enter_context((folder / name).open("wb")) for name in (DOCUMENTS, RECORDS, PLANS)}
        for result in results:
            part = Part(
                _add(files[DOCUMENTS], DOCUMENTS, [result.document]),
                _add(files[RECORDS], RECORDS, result.records),
                _add(files[PLANS], PLANS, result.plans),
                group_names(result.document, (*result.records, *result.plans)),
                result.document.archive,
            )
            if result.document.duplicate_of is None:
                parts.append(part)
            dataset.put(result.document, result.records, _state(result.records))
            watcher.step()
    return parts


def _state(records: Iterable[Record]) -> str:
    """A digest of the records wherever their file lies."""
    digest = hashlib.sha256()
    for record in records:
        digest.update(json_bytes(record.model_dump(mode="json", exclude={"document"})))
    return digest.hexdigest()


def _add(file: BinaryIO, name: str, models: Sequence[BaseModel]) -> Span:
    start = file.tell()
    file.writelines(json_line(model, KEYS[name]) for model in models)
    return start, file.tell()


def check_parts(parts: Sequence[Part], folder: Path, scales: Scales, watcher: Watcher) -> Counts:
    """Check what stands in `folder`, a group in memory at a time, and write all findings there, the surest first."""
    order: list[tuple[float, str, int, int]] = []
    counts: list[Counts] = []
    together = united([part.names for part in parts], [part.archive for part in parts])
    watcher.stage("checking", len(together))
    with (folder / _FOUND).open("wb") as file:
        for places in together:
            findings, counted = run_on(material_of(_group([parts[place] for place in places], folder), scales))
            counts.append(counted)
            for finding in findings:
                order.append((-finding.score, finding.id, *_add(file, FINDINGS, [finding])))
            watcher.step()
    order.sort()
    _write_in_order(folder, ((start, end) for _, _, start, end in order))
    return counted_together(counts)


def _group(parts: Sequence[Part], folder: Path) -> Group:
    return Group.of(
        Lines(folder / DOCUMENTS, DocumentRecord).among(part.document for part in parts),
        Lines(folder / RECORDS, Record).among(part.records for part in parts),
        Lines(folder / PLANS, PlanRecord).among(part.plans for part in parts),
    )


def _write_in_order(folder: Path, spans: Iterable[Span]) -> None:
    found = folder / _FOUND
    with found.open("rb") as file, (folder / FINDINGS).open("wb") as ordered:
        for start, end in spans:
            file.seek(start)
            ordered.write(file.read(end - start))
    found.unlink()
