"""What an import is about to do: every file with its digest, and which of them are copies of each other."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from ljuskoll.models.judging import Judging
from ljuskoll.nlp.errors import InputError
from ljuskoll.service.fingerprint import reader_fingerprint
from ljuskoll.service.one_file import Options, Task, problem_of
from ljuskoll.service.record import Run
from ljuskoll.service.sources import SourceFile, archive_identity, find_files
from ljuskoll.service.watching import Watcher
from ljuskoll.service.zips.opened import close_zips

PLAIN_BYTES = 1024 * 1024
"""A text up to this size is read in seconds, whatever it holds."""
JUDGE, FAST = "judge", "fast"
"""The option that names the judge of an import, where it is not the careful one ..."""
ADAPTATION = "adaptation"
"""... and the one that holds the fingerprint of its adaptations."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The tasks in the order of the output, and how the run is described before anything is checked."""

    tasks: tuple[Task, ...]
    run: Run


def make_plan(sources: Sequence[Path], out: Path, options: Options, watcher: Watcher) -> Plan:
    """Find and hash all files. Raises UsageError for wrong sources or settings, SourceGoneError."""
    files = find_files(sources, out)
    return Plan(tuple(tasks_of(files, options, watcher)), _run(files, options))


def tasks_of(files: Sequence[SourceFile], options: Options, watcher: Watcher) -> list[Task]:
    """One task a file, with its digest, in the order of output; the first of equal files is the original."""
    digests: dict[int, list[str]] = {}
    first: set[str] = set()
    tasks: list[Task] = []
    watcher.stage("hashing", len(files))
    for file in files:
        watcher.step()
        try:
            data = file.read()
        except InputError as error:
            tasks.append(Task(file, options, problem=problem_of(error)))
            continue
        digest = hashlib.sha256(data).hexdigest()
        digests.setdefault(file.source, []).append(digest)
        tasks.append(Task(file, options, digest, digest if digest in first else None, is_plain=_is_plain(data)))
        first.add(digest)
    close_zips()
    identities = {source: archive_identity(found) for source, found in digests.items()}
    named = [replace(task, archive=identities.get(task.file.source, "")) for task in tasks]
    return sorted(named, key=lambda task: (task.file.relative, task.sha256 or "", task.archive))


def _is_plain(data: bytes) -> bool:
    """Whether this is a small text or web page, which cannot harm the process that reads it."""
    return len(data) <= PLAIN_BYTES and b"\0" not in data and b"%PDF-" not in data[:1024]


def _run(files: Sequence[SourceFile], options: Options) -> Run:
    scales = {file.settings.municipality or "": dict(file.settings.scale) for file in files if file.settings.scale}
    return Run(
        version=version("ljuskoll"),
        model=options.judging.fingerprint,
        reader=reader_fingerprint(),
        scales=dict(sorted(scales.items())),
        options={
            "municipality": options.municipality,
            "period": options.period.model_dump_json() if options.period else None,
            JUDGE: FAST if options.judging.fast else None,
            ADAPTATION: adaptation_fingerprint(options.judging),
        },
        checks={},
        officials=tuple(sorted({name for file in files for name in file.settings.officials})),
    )


def adaptation_fingerprint(judging: Judging) -> str | None:
    """What identifies what a judge has learnt from a municipality's own archive."""
    return judging.adaptations.fingerprint if judging.adaptations else None
