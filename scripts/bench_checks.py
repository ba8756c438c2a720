"""How the time of the checks grows with the archive: records of our own archives, many times over under other names."""

import hashlib
from collections.abc import Sequence
from functools import partial

from ljuskoll.corpora.contradictions import load_archives
from ljuskoll.evaluation.contradictions import Checked
from ljuskoll.service.consistency.checks import run_checks
from ljuskoll.service.record import DocumentRecord, Record, Result


def copies(records: int) -> tuple[list[Record], list[DocumentRecord]]:
    """So many records of the archives to learn from, with their documents."""
    results = [Checked.of(archive).result for archive in load_archives("dev")]
    found: tuple[list[Record], list[DocumentRecord]] = ([], [])
    number = 0
    while len(found[0]) < records:
        for result in results:
            _add_copy(found, result, f"-{number}")
            number += 1
    return found[0][:records], found[1]


def check(records: Sequence[Record], documents: Sequence[DocumentRecord]) -> partial[object]:
    """The work of checking, to be timed."""
    return partial(run_checks, records, documents)


def _add_copy(found: tuple[list[Record], list[DocumentRecord]], result: Result, name: str) -> None:
    for document in result.documents:
        found[1].append(document.model_copy(update={"sha256": _digest(f"{document.sha256}{name}")}))
    for record in result.records:
        source = record.document.model_copy(update={"sha256": _digest(f"{record.document.sha256}{name}")})
        changes = {"id": _digest(record.id + name), "municipality": f"{record.municipality}{name}", "document": source}
        found[0].append(record.model_copy(update=changes))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
