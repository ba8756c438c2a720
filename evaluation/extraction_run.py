"""Reads a rendered corpus the way an import does and compares it with its truth."""

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from ljuskoll.corpora.reports.truth import TrueDocument, load_truth
from ljuskoll.evaluation.extraction import Compared, Figures, compare
from ljuskoll.nlp.errors import InputError, UsageError
from ljuskoll.nlp.extract import extract
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary
from ljuskoll.service.workers import Breach, Limits, work_apart

Task: TypeAlias = tuple[Path, TrueDocument]
"""The corpus' folder and one of its documents."""

TRUTH_NAME = "truth.jsonl"
SCANNED = "scanned"
"""The group of all scanned documents, whatever their layout."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures in all, by layout (scans apart) and by producer; the documents; and what was left out, in Swedish."""

    total: Figures
    layouts: Mapping[str, Figures]
    producers: Mapping[str, Figures]
    documents: tuple[Compared, ...]
    left_out: tuple[str, ...] = ()


def measure_corpus(folder: Path) -> Measured:
    """Reads every document of a corpus folder. Raises UsageError where it holds no truth.jsonl."""
    truth_file = folder / TRUTH_NAME
    if not truth_file.is_file():
        raise UsageError(f"{folder}: här finns ingen {TRUTH_NAME}.")
    truth = load_truth(truth_file)
    has_ocr = shutil.which("tesseract") is not None
    readable = [document for document in truth if has_ocr or not document.ocr]
    left_out = [f"{document.path} (Tesseract finns inte)" for document in truth if document.ocr and not has_ocr]
    # The slowest first, so that no process waits for one at the end.
    tasks = sorted(
        ((folder, document) for document in readable), key=lambda task: (not task[1].ocr, not _is_long(task))
    )
    done = work_apart(read_task, tasks, os.cpu_count() or 1, Limits(), _given_up)
    by_path = {compared.document.path: compared for compared in done}
    return summarise([by_path[document.path] for document in readable], left_out)


def measure_rendered() -> Measured:
    """Renders the corpus into a temporary folder and reads it. Raises UsageError without the extra [rendering]."""
    try:
        from ljuskoll.corpora.rendering.corpus import load_settings, render_corpus  # noqa: PLC0415 (optional extra)
    except ModuleNotFoundError as error:
        raise UsageError(
            f"Paketet {error.name} saknas: installera ljuskoll[rendering], eller ange en färdig korpus med --corpus."
        ) from error
    with TemporaryDirectory() as folder:
        left_out = render_corpus(Path(folder), load_settings(), workers=os.cpu_count() or 1)
        measured = measure_corpus(Path(folder))
    reasons = tuple(f"{one.path} ({one.reason})" for one in left_out)
    return Measured(
        measured.total, measured.layouts, measured.producers, measured.documents, (*reasons, *measured.left_out)
    )


def summarise(documents: Sequence[Compared], left_out: Sequence[str] = ()) -> Measured:
    """The figures of some documents, in all and by group; groups in the order in which they come."""
    total = Figures()
    layouts: dict[str, Figures] = {}
    producers: dict[str, Figures] = {}
    for compared in documents:
        document = compared.document
        layout = SCANNED if document.ocr else document.layout
        for figures in (
            total,
            layouts.setdefault(layout, Figures()),
            producers.setdefault(document.producer, Figures()),
        ):
            figures.add(compared.figures)
    return Measured(total, layouts, producers, tuple(documents), tuple(left_out))


def read_task(task: Task) -> Compared:
    """Reads one document of a corpus and compares it with its truth; what cannot be read is an error, never raised."""
    folder, document = task
    try:
        data = (folder / document.path).read_bytes()
        return compare(document, extract(document.path, data, Vocabulary()).followups)
    except InputError as error:
        return compare(document, [], f"{error.component}: {error.message}")
    except Exception as error:
        return compare(document, [], repr(error))


def _given_up(task: Task, breach: Breach) -> Compared:
    return compare(task[1], [], f"läsningen gavs upp ({breach})")


def _is_long(task: Task) -> bool:
    return task[1].layout == "long"
