"""One file's bytes to its records, judged: the work that is done for each file, here or in a process of its own."""

import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ljuskoll.models.judging import SHIPPED, Judging
from ljuskoll.nlp.errors import InputError, SourceGoneError
from ljuskoll.nlp.extract import Extraction, extract
from ljuskoll.nlp.followup import Period
from ljuskoll.service.identity import read_identity
from ljuskoll.service.judgement import judged_record
from ljuskoll.service.record import DocumentRecord, DocumentStatus, FileResult, PlanRecord, Problem, Source
from ljuskoll.service.settings import with_options
from ljuskoll.service.sources import SourceFile
from ljuskoll.service.workers import Breach, Limits

MAX_SIGNALS = 5
"""So many signs of an unread follow-up are named for a document; the rest are counted."""
INTERNAL = "internal"
"""The component that a fault of our own is put down to."""
_GIVEN_UP: dict[Breach, str] = {
    "time": "Läsningen tog mer än {seconds:g} sekunder och avbröts. Dela filen eller höj gränsen med --timeout.",
    "memory": "Läsningen tog mer än {megabytes} MB minne och avbröts. Dela filen eller höj gränsen med --memory.",
    "crash": "Läsningen avbröts: processen som läste filen dog. Filen är troligen skadad; hämta den på nytt.",
}
_ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Options:
    """What an import can be told: a municipality and a period for documents that do not say, passwords, workers.

    With `limits` each file but plain small texts is read in a process of its own,
    which is ended where it breaks them. With `cluster`, the address of a Dask scheduler, all files are read there.
    """

    municipality: str | None = None
    period: Period | None = None
    passwords: tuple[str, ...] = ()
    workers: int = 1
    limits: Limits | None = None
    judging: Judging = SHIPPED
    cluster: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read, or what is wrong with it or which file it is a copy of; `archive` identifies its SOURCE."""

    file: SourceFile
    options: Options
    sha256: str | None = None
    duplicate_of: str | None = None
    problem: Problem | None = None
    archive: str = ""
    is_plain: bool = False

    @property
    def is_to_be_read(self) -> bool:
        """Whether there is anything to find out."""
        return self.sha256 is not None and self.duplicate_of is None and self.problem is None


def read_file(task: Task) -> FileResult:
    """One file to its records; never raises for what is wrong with the file, nor for a fault of our own.

    Raises SourceGoneError where the whole folder has gone.
    """
    if task.problem is not None or task.sha256 is None:
        return FileResult(document=_document(task, "unreadable", [task.problem] if task.problem else []))
    if task.duplicate_of is not None:
        return FileResult(document=_document(task, "ok", []))
    try:
        vocabulary = with_options(task.file.settings.vocabulary(), task.file.folder_municipality, None)
        vocabulary = with_options(vocabulary, task.options.municipality, task.options.period)
        extraction = extract(task.file.relative, task.file.read_as(task.sha256), vocabulary, task.options.passwords)
        return _assessed(task, extraction)
    except SourceGoneError:
        raise
    except InputError as error:
        return FileResult(document=_document(task, "unreadable", [problem_of(error)]))
    except Exception as error:
        return FileResult(document=_document(task, "unreadable", [own_fault(error)]))


def given_up(task: Task, breach: Breach) -> FileResult:
    """The result of a file whose reading broke its limits or its process."""
    limits = task.options.limits or Limits()
    message = _GIVEN_UP[breach].format(seconds=limits.seconds, megabytes=limits.megabytes)
    return FileResult(document=_document(task, "unreadable", [Problem(component="limits", message=message)]))


def problem_of(error: InputError) -> Problem:
    """What is wrong with a file, as its document says it."""
    return Problem(component=error.component, page=error.page, message=error.message)


def own_fault(error: Exception) -> Problem:
    """A fault of ours, said to be one, with the last place in our own code that it passed."""
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(_ROOT)
    ]
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "okänd plats"
    message = f"Ett fel i ljuskoll, inte i filen ({type(error).__name__} i {where}). Rapportera det gärna."
    return Problem(component=INTERNAL, message=message)


def _document(task: Task, status: DocumentStatus, errors: Sequence[Problem]) -> DocumentRecord:
    return DocumentRecord(
        path=task.file.relative,
        sha256=task.sha256,
        status=status,
        errors=tuple(errors),
        duplicate_of=task.duplicate_of,
        archive=task.archive,
    )


def _assessed(task: Task, extraction: Extraction) -> FileResult:
    assert task.sha256 is not None
    source = Source(path=task.file.relative, sha256=task.sha256)
    judging = task.options.judging
    numbers: Counter[str] = Counter()
    records = []
    for followup in extraction.followups:
        classifier = judging.classifier(followup.municipality)
        identity = read_identity(numbers, task.sha256, followup)
        records.append(judged_record(followup, classifier, identity, source))
    plans = [
        PlanRecord(**dict(item), id=read_identity(numbers, task.sha256, item), document=source)
        for item in extraction.plans
    ]
    status, errors = _status(extraction)
    document = _document(task, status, errors).model_copy(
        update={
            "pages": len(extraction.document.pages),
            "records": len(records),
            "layout": extraction.layout,
            "level": extraction.level,
            "tables": extraction.accounts,
            "claims": extraction.claims,
        }
    )
    return FileResult(document=document, records=tuple(records), plans=tuple(plans))


def _status(extraction: Extraction) -> tuple[DocumentStatus, list[Problem]]:
    problems = [
        Problem(component="reader", page=page, message=message) for page, message in extraction.document.warnings
    ]
    for signal in extraction.signals[:MAX_SIGNALS]:
        message = f"unknown_layout: {signal.what} som inte gav någon uppföljning: «{signal.sample}»"
        problems.append(Problem(component="layout", page=signal.page, message=message))
    left = len(extraction.signals) - MAX_SIGNALS
    if left > 0:
        problems.append(
            Problem(component="layout", message=f"unknown_layout: ytterligare {left} tecken på uppföljning.")
        )
    if not any(page.items for page in extraction.document.pages):
        return "unreadable", problems or [Problem(component="reader", message="Filen innehåller ingen text.")]
    if problems:
        return "partial", problems
    return ("ok" if extraction.followups or extraction.plans else "empty"), problems
