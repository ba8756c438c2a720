"""What an import folder was made of and what lies in it: where neither has changed there is nothing to do."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from ljuskoll.nlp.followup import Model
from ljuskoll.service.archive.readings import Job
from ljuskoll.service.corrections import Correction
from ljuskoll.service.fingerprint import program_fingerprint
from ljuskoll.service.outputs.files import DATASET_NAME, HIDDEN, json_lines, output_files
from ljuskoll.service.outputs.lines import json_line
from ljuskoll.service.outputs.summary import Summary
from ljuskoll.service.outputs.whole import write_whole
from ljuskoll.service.record import Run

_NAME: Final = "seal.json"


class Seal(Model):
    """Digests (sha256) of what went in and of what came out, and what the import had to say."""

    inputs: str
    outputs: str
    summary: Summary
    unfit: tuple[Correction, ...] = ()

    @classmethod
    def read(cls, out: Path) -> "Seal | None":
        """That of an import folder; None where none is left of an import that came to its end."""
        try:
            return cls.model_validate_json(_path(out).read_bytes())
        except (FileNotFoundError, ValidationError):
            return None

    def write(self, out: Path) -> None:
        """Keep it in the folder. OSErrors go up."""
        write_whole(_path(out), json_line(self))

    @staticmethod
    def remove(out: Path) -> None:
        """Break it, if there is one."""
        _path(out).unlink(missing_ok=True)

    def holds(self, out: Path, inputs: str) -> bool:
        """Whether the same goes in and all that came out is there as it was."""
        return self.inputs == inputs and self.outputs == outputs_digest(out)


def inputs_digest(run: Run, jobs: Iterable[Job], corrections: Iterable[Correction]) -> str:
    """A digest over all that the output of an import depends on."""
    digest = hashlib.sha256(program_fingerprint().encode())
    digest.update(json_lines([run, *corrections]))
    for job in jobs:
        task = job.task
        problem = task.problem.model_dump_json() if task.problem else ""
        said = (task.file.relative, task.sha256, task.duplicate_of, task.archive, problem, job.key)
        digest.update(f"{said}\n".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def outputs_digest(out: Path) -> str:
    """A digest over the output files' bytes, and the names and sizes of those of the data set."""
    digest = hashlib.sha256()
    for path in output_files(out):
        with path.open("rb") as file:
            digest.update(f"{path.name} {hashlib.file_digest(file, 'sha256').hexdigest()}\n".encode())
    dataset = out / DATASET_NAME
    for path in sorted(path for path in dataset.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(dataset).as_posix()} {path.stat().st_size}\n".encode())
    return digest.hexdigest()


def _path(out: Path) -> Path:
    return out / HIDDEN / _NAME
