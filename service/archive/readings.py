"""What has been read, kept by content: an import that was interrupted, or is done again, reads only what is missing."""

import hashlib
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Final

from pydantic import ValidationError

from ljuskoll.models.judging import Judging
from ljuskoll.nlp.errors import InputError
from ljuskoll.service.disk import ACCESS
from ljuskoll.service.fingerprint import reader_fingerprint
from ljuskoll.service.one_file import INTERNAL, Options, Task, given_up, problem_of, read_file
from ljuskoll.service.outputs.lines import json_line
from ljuskoll.service.outputs.whole import write_whole
from ljuskoll.service.record import DocumentRecord, FileResult
from ljuskoll.service.workers import Breach, Limits

_BETWEEN: Final = "\0"
_ONCE: Final = "-once"
_SHORT: Final = 12
"""So many characters tell apart in what ways one file was read."""


class DamagedReadingError(Exception):
    """A kept reading is not what was written: its file is to be read anew."""


@dataclass(frozen=True, slots=True)
class Job:
    """A file with the key of its reading, which begins with its digest; that of one that is not to be read is empty."""

    task: Task
    key: str

    def held(self) -> "Job":
        """The same with the file's bytes, or what is wrong with them, for where the file is not. SourceGoneError."""
        try:
            return replace(self, task=replace(self.task, file=self.task.file.held()))
        except InputError as error:
            return replace(self, task=replace(self.task, problem=problem_of(error)))


@dataclass(frozen=True, slots=True)
class Kept:
    """A file's result as it is kept, without its path: packed JSON, and the document for those who watch.

    What `may_pass` is a failure that need not come again: it holds for this run alone.
    """

    key: str
    document: DocumentRecord
    data: bytes
    may_pass: bool = False

    @property
    def result(self) -> FileResult:
        """The result, unpacked, with its path. Raises zlib.error and ValidationError where it has been damaged."""
        return unpacked(self.data).at(self.document.path, self.document.archive)


def read_to_keep(job: Job) -> Kept:
    """The work of one file: read, judged and packed."""
    return _kept(job, read_file(job.task))


def give_up(job: Job, breach: Breach) -> Kept:
    """What is kept of a file whose reading broke its limits, or its process."""
    return _kept(job, given_up(job.task, breach), may_pass=breach == "crash")


def _kept(job: Job, result: FileResult, *, may_pass: bool = False) -> Kept:
    document = result.document
    faults = {problem.component for problem in document.errors} if document.status == "unreadable" else set()
    data = zlib.compress(json_line(result.at("", "")))
    return Kept(job.key, document, data, may_pass or not faults.isdisjoint({INTERNAL, ACCESS}))


def unpacked(data: bytes) -> FileResult:
    """The result that was packed, without its path."""
    return FileResult.model_validate_json(zlib.decompress(data))


@dataclass(frozen=True, slots=True)
class Keys:
    """What readings are known by in a run: the files' content, and all else that a reading depends on."""

    judge: str
    circumstances: str

    @classmethod
    def of(cls, options: Options) -> "Keys":
        """The keys of a run; its limits and passwords count only for what could not be read under them."""
        limits = options.limits or Limits()
        met = (f"{limits.seconds:g}", str(limits.megabytes), *options.passwords)
        return cls(_judge(options.judging), _digest(met)[:_SHORT])

    def job(self, task: Task) -> Job:
        """The file with its key. A file that is moved or renamed keeps it; the ending .pdf is a claim."""
        if not task.is_to_be_read:
            return Job(task, "")
        file, options = task.file, task.options
        said = (
            self.judge,
            file.settings.model_dump_json(),
            file.folder_municipality or "",
            options.municipality or "",
            options.period.model_dump_json() if options.period else "",
            "pdf" if PurePosixPath(file.relative).suffix.lower() == ".pdf" else "",
        )
        return Job(task, f"{task.sha256}-{_digest(said)[:_SHORT]}")


def _judge(judging: Judging) -> str:
    return _BETWEEN.join((reader_fingerprint(), judging.fingerprint, "fast" if judging.fast else ""))


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256(_BETWEEN.join(parts).encode("utf-8", "surrogatepass")).hexdigest()


class Readings:
    """A folder of readings by key, two letters a folder. What is written there is there as a whole or not at all.

    OSErrors go up.
    """

    def __init__(self, folder: Path, circumstances: str = "") -> None:
        self._circumstances = circumstances
        self._folder = folder
        self._names = set(self._found())
        for name in [name for name in self._names if name.endswith(_ONCE)]:
            self._remove(name)

    def has(self, job: Job) -> bool:
        """Whether there is nothing to read: a reading is here that still holds, or the file needs none."""
        return not job.key or self._name(job.key) is not None

    def keep(self, kept: Kept) -> None:
        """Keep a reading."""
        name = key = kept.key
        if kept.may_pass:
            name = f"{key}{_ONCE}"
        elif kept.document.status == "unreadable":
            name = f"{key}-{self._circumstances}"
        write_whole(self._path(name), kept.data, settled=False)  # one that is damaged is read anew
        self._names.add(name)

    def load(self, job: Job) -> FileResult:
        """What became of a file. Raises DamagedReadingError; the reading is gone then."""
        if not job.key:
            return read_file(job.task)
        name = self._name(job.key)
        assert name is not None
        try:
            return unpacked(self._path(name).read_bytes()).at(job.task.file.relative, job.task.archive)
        except (FileNotFoundError, zlib.error, ValidationError) as error:
            self._remove(name)
            raise DamagedReadingError(job.key) from error

    def forget(self, sha256: str) -> None:
        """Remove all readings of this content."""
        for name in [name for name in self._names if name.startswith(sha256)]:
            self._remove(name)

    def prune(self, jobs: Iterable[Job]) -> None:
        """Keep these readings alone."""
        kept = {self._name(job.key) for job in jobs}
        for name in self._names - kept:
            self._remove(name)
        for folder in self._folder.iterdir() if self._folder.is_dir() else ():
            if not any(folder.iterdir()):
                folder.rmdir()

    def _name(self, key: str) -> str | None:
        names = (key, f"{key}-{self._circumstances}", f"{key}{_ONCE}")
        return next((name for name in names if name in self._names), None)

    def _path(self, name: str) -> Path:
        return self._folder / name.lstrip(".")[:2] / name  # a dot begins what was never finished

    def _remove(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)
        self._names.discard(name)

    def _found(self) -> Iterator[str]:
        for folder in self._folder.iterdir() if self._folder.is_dir() else ():
            with os.scandir(folder) as entries:
                yield from (entry.name for entry in entries)
