"""Who does the reading: this process, processes beside it, or a Dask cluster. The answers are the same."""

from collections.abc import Iterator, Sequence

from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.archive.readings import Job, Kept, give_up, read_to_keep
from ljuskoll.service.one_file import Options
from ljuskoll.service.watching import Watcher
from ljuskoll.service.workers import Limits, work_apart


def work_off(jobs: Sequence[Job], options: Options, watcher: Watcher) -> Iterator[Kept]:
    """What is to be kept of each file, as it is done. Raises SourceGoneError; UsageError where there is no cluster."""

    def begun(job: Job) -> None:
        watcher.begun(job.task.file.relative)

    limits = options.limits or Limits()
    if options.cluster is not None:
        try:
            from ljuskoll.service.cluster import work_on_cluster  # noqa: PLC0415 (an optional extra)
        except ModuleNotFoundError as error:
            raise UsageError("--cluster behöver tillägget ljuskoll[cluster]: pip install distributed.") from error
        held = (job.held() for job in jobs)
        yield from work_on_cluster(read_to_keep, held, options.cluster, limits, give_up, begun=begun, tick=watcher.tick)
        return
    here: list[Job] = []
    apart: list[Job] = []
    for job in jobs:
        needs_own = options.workers > 1 or (options.limits is not None and not job.task.is_plain)
        (apart if needs_own else here).append(job)
    for job in here:
        begun(job)
        yield read_to_keep(job)
    yield from work_apart(read_to_keep, apart, options.workers, limits, give_up, begun=begun, tick=watcher.tick)
