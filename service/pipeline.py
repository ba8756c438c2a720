"""The way of a whole import in memory: the one place that knows the order of things, beside the archive's."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ljuskoll.service.archive.engines import work_off
from ljuskoll.service.archive.readings import Job
from ljuskoll.service.consistency.checks import run_checks
from ljuskoll.service.corrections import Correction, Corrector
from ljuskoll.service.one_file import Options, Task, read_file
from ljuskoll.service.plan import make_plan, tasks_of
from ljuskoll.service.record import FileResult, Result
from ljuskoll.service.sources import SourceFile
from ljuskoll.service.watching import Watcher


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
    watcher: Watcher = Watcher(),  # noqa: B008 (it says nothing and holds nothing)
) -> Imported:
    """Reads all files of `sources`, judges and checks them. Writes nothing; `out` is no source.

    Raises UsageError for wrong sources or settings; what is wrong with single files stands in their DocumentRecord.
    """
    plan = make_plan(sources, out, options, watcher)
    corrector = Corrector(corrections, options.judging)
    results = [corrector.correct(result) for result in _read(plan.tasks, options, watcher)]
    documents = tuple(result.document for result in results)
    records = tuple(record for result in results for record in result.records)
    plans = tuple(item for result in results for item in result.plans)
    findings, checks = run_checks(records, documents, plans, plan.run.scales)
    run = plan.run.model_copy(update={"checks": dict(checks)})
    return Imported(
        Result(documents=documents, records=records, plans=plans, findings=findings, run=run), corrector.unfit
    )


def read_files(files: Sequence[SourceFile], options: Options) -> list[FileResult]:
    """Each file's records, by path, whatever the order in which workers were done with them."""
    watcher = Watcher()
    return _read(tasks_of(files, options, watcher), options, watcher)


def _read(tasks: Sequence[Task], options: Options, watcher: Watcher) -> list[FileResult]:
    jobs = [Job(task, task.sha256 if task.sha256 and task.is_to_be_read else "") for task in tasks]
    to_read = [job for job in jobs if job.key]
    watcher.planned(len(jobs), len(jobs) - len(to_read))
    found: dict[str, FileResult] = {}
    for kept in work_off(to_read, options, watcher):
        found[kept.key] = kept.result
        watcher.read(kept.document)
    return [found[job.key] if job.key else read_file(job.task) for job in jobs]
