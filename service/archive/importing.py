"""An import into a folder: what has been read before is taken from there, and what is written is written at the end."""

from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from ljuskoll.models.judging import Judging
from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.archive.assembling import assemble, check_parts
from ljuskoll.service.archive.engines import work_off
from ljuskoll.service.archive.ledger import Ledger, line_of
from ljuskoll.service.archive.readings import DamagedReadingError, Job, Keys, Readings
from ljuskoll.service.archive.seal import Seal, inputs_digest, outputs_digest
from ljuskoll.service.archive.stored import stored_results
from ljuskoll.service.corrections import Correction, Corrector, read_corrections
from ljuskoll.service.one_file import Options
from ljuskoll.service.outputs.dataset import Dataset
from ljuskoll.service.outputs.files import (
    CORRECTIONS_NAME,
    DATASET_NAME,
    HIDDEN,
    StoredResult,
    open_result,
    publish,
    staging,
    writing,
)
from ljuskoll.service.outputs.summary import Summary, summarise
from ljuskoll.service.plan import ADAPTATION, FAST, JUDGE, adaptation_fingerprint, make_plan
from ljuskoll.service.record import DocumentRecord, FileResult, Run
from ljuskoll.service.watching import Watcher

_READINGS: Final = "readings"
LOCK: Final = "lock"
"""What holds a folder for one import at a time; lies among what is hidden there."""


@dataclass(frozen=True, slots=True)
class Archived:
    """What an import or a check has written: the result in its folder, its figures, and corrections that do not fit.

    `is_unchanged` tells that all of it was there already.
    """

    result: StoredResult
    summary: Summary
    unfit: tuple[Correction, ...]
    is_unchanged: bool = False


def import_archive(sources: Sequence[Path], out: Path, options: Options, watcher: Watcher) -> Archived:
    """Read all files of `sources` that have not been read yet, check everything and write it to `out`.

    Can be interrupted at any moment and run again. Raises UsageError for wrong sources or settings, SourceGoneError,
    DiskFullError; what is wrong with single files stands in their documents.
    """
    with alone_in(out):
        corrections = read_corrections(out / CORRECTIONS_NAME)
        plan = make_plan(sources, out, options, watcher)
        keys = Keys.of(options)
        jobs = [keys.job(task) for task in plan.tasks]
        with writing(out):
            readings = Readings(out / HIDDEN / _READINGS, keys.circumstances)
        inputs = inputs_digest(plan.run, jobs, corrections)
        seal = Seal.read(out)
        if seal and all(map(readings.has, jobs)) and seal.holds(out, inputs):
            result = open_result(out)
            watcher.planned(len(jobs), len(jobs))
            for document in result.documents:
                watcher.known(document)
            return Archived(result, seal.summary, seal.unfit, is_unchanged=True)
        archived = None
        while archived is None:  # more than once only where a kept reading turns out to be damaged
            read = _read_missing(jobs, readings, out, options, watcher)
            with suppress(DamagedReadingError):
                results = _loaded(jobs, readings, read, watcher)
                corrector = Corrector(corrections, options.judging)
                archived = _write(plan.run, results, len(jobs), corrector, out, watcher)
        Ledger(out).write(line_of(job.task, one) for job, one in zip(jobs, archived.result.documents, strict=True))
        with writing(out):
            readings.prune(jobs)
            Seal(inputs=inputs, outputs=outputs_digest(out), summary=archived.summary, unfit=archived.unfit).write(out)
        return archived


def check_archive(out: Path, judging: Judging, watcher: Watcher) -> Archived:
    """Check anew what an import wrote, with the corrections made since, judged as the import was or `fast`.

    Raises UsageError where the import was adapted otherwise: corrected comments would be judged by another measure.
    """
    result = open_result(out)
    with alone_in(out):
        return remake(result.run, stored_results(result), len(result.documents), out, judging, watcher)


def remake(
    run: Run, results: Iterable[FileResult], count: int, out: Path, judging: Judging, watcher: Watcher
) -> Archived:
    """Write an import folder anew from `count` results of it, corrected and checked."""
    if run.options.get(ADAPTATION) != adaptation_fingerprint(judging):
        raise UsageError(
            "Importen bedömdes med en annan anpassning. Ange samma fil med --adaptation, eller läs in på nytt."
        )
    judging = replace(judging, fast=judging.fast or run.options.get(JUDGE) == FAST)
    corrections = read_corrections(out / CORRECTIONS_NAME)
    archived = _write(run, results, count, Corrector(corrections, judging), out, watcher)
    removed = {one.record for one in corrections if one.removes}
    return replace(archived, unfit=tuple(one for one in archived.unfit if one.record not in removed))


def forget_readings(out: Path, document: DocumentRecord) -> None:
    """Remove what is kept of a document and its copies besides the outputs: readings, lines of the ledger, the seal."""
    with writing(out):
        Seal.remove(out)
        if document.sha256 is not None:
            Readings(out / HIDDEN / _READINGS).forget(document.sha256)
        Ledger(out).forget(document)


def _read_missing(jobs: Sequence[Job], readings: Readings, out: Path, options: Options, watcher: Watcher) -> Set[str]:
    """Read what has not been read before; returns the keys of what has been read now."""
    missing = [job for job in jobs if not readings.has(job)]
    watcher.planned(len(jobs), len(jobs) - len(missing))
    ledger = Ledger(out)
    ledger.write(line_of(job.task, state="read" if readings.has(job) else "waiting") for job in jobs)
    tasks = {job.key: job.task for job in missing}
    for kept in work_off(missing, options, watcher):
        with writing(out):
            readings.keep(kept)
        ledger.add(line_of(tasks[kept.key], kept.document))
        watcher.read(kept.document)
    return tasks.keys()


def _loaded(jobs: Iterable[Job], readings: Readings, read: Set[str], watcher: Watcher) -> Iterator[FileResult]:
    """What became of each file; those who watch are told of what was not `read` just now."""
    for job in jobs:
        result = readings.load(job)
        if job.key not in read:
            watcher.known(result.document)
        yield result


def _write(
    run: Run, results: Iterable[FileResult], count: int, corrector: Corrector, out: Path, watcher: Watcher
) -> Archived:
    with staging(out) as folder:
        provenance = {"version": run.version, "reader": run.reader, "model": run.model}
        dataset = Dataset(out / DATASET_NAME, provenance)
        watcher.stage("assembling", count)
        parts = assemble(map(corrector.correct, results), folder, dataset, watcher)
        counts = check_parts(parts, folder, run.scales, watcher)
        watcher.stage("writing", None)
        publish(folder, out, run.model_copy(update={"checks": dict(counts)}))
        dataset.prune()
    result = open_result(out)
    return Archived(result, summarise(result), corrector.unfit)


@contextmanager
def alone_in(out: Path) -> Iterator[None]:
    """Holds an import folder, which is made if need be. Raises UsageError where another one writes there."""
    lock = FileLock(out / HIDDEN / LOCK)
    with writing(out):
        (out / HIDDEN).mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise UsageError(f"{out}: en annan körning skriver här just nu. Vänta tills den är klar.") from error
    try:
        yield
    finally:
        lock.release()
