"""The way of one file and of a whole import: the one place that knows the order of things."""

import hashlib
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import TypeAlias

from ljuskoll.models.judging import SHIPPED, Judging
from ljuskoll.nlp.errors import InputError, UsageError
from ljuskoll.nlp.extract import Extraction, extract
from ljuskoll.nlp.followup import Period
from ljuskoll.service.consistency.checks import run_checks
from ljuskoll.service.corrections import Correction, apply_corrections
from ljuskoll.service.identity import read_identity
from ljuskoll.service.judgement import judged_record
from ljuskoll.service.record import DocumentRecord, DocumentStatus, PlanRecord, Problem, Record, Result, Run, Source
from ljuskoll.service.settings import with_options
from ljuskoll.service.sources import SourceFile, archive_identity, find_files
from ljuskoll.service.workers import Breach, Limits, work_apart

MAX_SIGNALS = 5
"""So many signs of an unread follow-up are named for a document; the rest are counted."""
PLAIN_BYTES = 1024 * 1024
"""A text up to this size is read in seconds, whatever it holds."""
JUDGE, FAST = "judge", "fast"
"""The option that names the judge of an import, where it is not the careful one ..."""
ADAPTATION = "adaptation"
"""... and the one that holds the fingerprint of its adaptations."""
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
    which is ended where it breaks them.
    """

    municipality: str | None = None
    period: Period | None = None
    passwords: tuple[str, ...] = ()
    workers: int = 1
    limits: Limits | None = None
    judging: Judging = SHIPPED


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file. `sha256` is None where its bytes could not be had."""

    document: DocumentRecord
    records: tuple[Record, ...] = ()
    plans: tuple[PlanRecord, ...] = ()


Progress: TypeAlias = Callable[[FileResult, int], None]
"""Called with each file's result and the number of files."""


@dataclass(frozen=True, slots=True)
class _Task:
    file: SourceFile
    options: Options
    sha256: str | None = None
    duplicate_of: str | None = None
    problem: Problem | None = None
    archive: str = ""
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """The result of an import, and the corrections that no longer fit."""

    result: Result
    unfit: tuple[Correction, ...] = field(default=())


def run_import(
    sources: Sequence[Path],
    out: Path,
    options: Options,
    corrections: Sequence[Correction] = (),
    progress: Progress = lambda _done, _total: None,
) -> Imported:
    """Reads all files of `sources`, judges and checks them. Writes nothing.

    Raises UsageError for wrong sources or settings; what is wrong with single files stands in their DocumentRecord.
    """
    files = find_files(sources, out)
    results = read_files(files, options, progress)
    documents = tuple(result.document for result in results)
    found = [record for result in results for record in result.records]
    records, unfit = apply_corrections(found, corrections, options.judging, _sources(documents))
    plans = tuple(plan for result in results for plan in result.plans)
    scales = {file.settings.municipality or "": dict(file.settings.scale) for file in files if file.settings.scale}
    scales = dict(sorted(scales.items()))
    findings, checks = run_checks(records, documents, plans, scales)
    run = Run(
        version=version("ljuskoll"),
        model=options.judging.fingerprint,
        scales=scales,
        options={
            "municipality": options.municipality,
            "period": options.period.model_dump_json() if options.period else None,
            JUDGE: FAST if options.judging.fast else None,
            ADAPTATION: _fingerprint(options.judging),
        },
        checks=checks,
        officials=tuple(sorted({name for file in files for name in file.settings.officials})),
    )
    return Imported(Result(documents=documents, records=tuple(records), plans=plans, findings=findings, run=run), unfit)


def read_files(
    files: Sequence[SourceFile], options: Options, progress: Progress = lambda _done, _total: None
) -> list[FileResult]:
    """Each file's records, by path, whatever the order in which workers were done with them."""
    tasks = _tasks(files, options)
    results = []
    for result in _read_all(tasks, options):
        results.append(result)
        progress(result, len(tasks))
    return sorted(
        results, key=lambda result: (result.document.path, result.document.sha256 or "", result.document.archive)
    )


def check_again(result: Result, corrections: Sequence[Correction] = (), judging: Judging = SHIPPED) -> Imported:
    """The checks anew on what an import wrote, with the corrections made since, judged as the import was or `fast`.

    Raises UsageError where the import was adapted otherwise: corrected comments would be judged by another measure.
    """
    if result.run.options.get(ADAPTATION) != _fingerprint(judging):
        raise UsageError(
            "Importen bedömdes med en annan anpassning. Ange samma fil med --adaptation, eller läs in på nytt."
        )
    judging = replace(judging, fast=judging.fast or result.run.options.get(JUDGE) == FAST)
    records, unfit = apply_corrections(result.records, corrections, judging, _sources(result.documents))
    removed = {one.record for one in corrections if one.removes}
    unfit = tuple(one for one in unfit if one.record not in removed)  # the import has taken those away
    findings, checks = run_checks(records, result.documents, result.plans, result.run.scales)
    run = result.run.model_copy(update={"checks": checks})
    return Imported(result.model_copy(update={"records": tuple(records), "findings": findings, "run": run}), unfit)


def _sources(documents: Iterable[DocumentRecord]) -> Iterable[Source]:
    return (Source(path=one.path, sha256=one.sha256) for one in documents if one.sha256 and not one.duplicate_of)


def _fingerprint(judging: Judging) -> str | None:
    return judging.adaptations.fingerprint if judging.adaptations else None


def _tasks(files: Sequence[SourceFile], options: Options) -> list[_Task]:
    """One task a file, with its digest; the first of equal files (by path) is the original."""
    digests: dict[int, list[str]] = {}
    first: dict[str, str] = {}
    tasks: list[_Task] = []
    for file in files:
        try:
            data = file.read()
            digest = hashlib.sha256(data).hexdigest()
        except InputError as error:
            tasks.append(_Task(file, options, problem=_problem(error)))
            continue
        digests.setdefault(file.source, []).append(digest)
        tasks.append(_Task(file, options, digest, first.get(digest), is_plain=_is_plain(data)))
        first.setdefault(digest, digest)
    identities = {source: archive_identity(found) for source, found in digests.items()}
    return [replace(task, archive=identities.get(task.file.source, "")) for task in tasks]


def _is_plain(data: bytes) -> bool:
    """Whether this is a small text or web page, which cannot harm the process that reads it."""
    return len(data) <= PLAIN_BYTES and b"\0" not in data and b"%PDF-" not in data[:1024]


def _read_all(tasks: Sequence[_Task], options: Options) -> Iterable[FileResult]:
    here: list[_Task] = []
    apart: list[_Task] = []
    for task in tasks:
        needs_own = options.workers > 1 or (options.limits is not None and not task.is_plain)
        (apart if needs_own else here).append(task)
    yield from map(read_file, here)
    limits = options.limits or Limits()

    def given_up(task: _Task, breach: Breach) -> FileResult:
        message = _GIVEN_UP[breach].format(seconds=limits.seconds, megabytes=limits.megabytes)
        return FileResult(_document(task, "unreadable", [Problem(component="limits", message=message)]))

    yield from work_apart(read_file, apart, options.workers, limits, given_up)


def read_file(task: _Task) -> FileResult:
    """One file to its records; never raises for what is wrong with the file, nor for a fault of our own."""
    if task.problem is not None or task.sha256 is None:
        return FileResult(_document(task, "unreadable", [task.problem] if task.problem else []))
    if task.duplicate_of is not None:
        return FileResult(_document(task, "ok", []))
    try:
        vocabulary = with_options(task.file.settings.vocabulary(), task.file.folder_municipality, None)
        vocabulary = with_options(vocabulary, task.options.municipality, task.options.period)
        extraction = extract(task.file.relative, task.file.read(), vocabulary, task.options.passwords)
        return _assessed(task, extraction)
    except InputError as error:
        return FileResult(_document(task, "unreadable", [_problem(error)]))
    except Exception as error:
        return FileResult(_document(task, "unreadable", [own_fault(error)]))


def _problem(error: InputError) -> Problem:
    return Problem(component=error.component, page=error.page, message=error.message)


def own_fault(error: Exception) -> Problem:
    """A fault of ours, said to be one, with the last place in our own code that it passed."""
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(_ROOT)
    ]
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "okänd plats"
    message = f"Ett fel i ljuskoll, inte i filen ({type(error).__name__} i {where}). Rapportera det gärna."
    return Problem(component="internal", message=message)


def _document(task: _Task, status: DocumentStatus, errors: Sequence[Problem]) -> DocumentRecord:
    return DocumentRecord(
        path=task.file.relative,
        sha256=task.sha256,
        status=status,
        errors=tuple(errors),
        duplicate_of=task.duplicate_of,
        archive=task.archive,
    )


def _assessed(task: _Task, extraction: Extraction) -> FileResult:
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
    return FileResult(document, tuple(records), tuple(plans))


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
