"""The ledger of an import: what has become of every file so far, to look at while it goes on or when it has stopped."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final, Literal, TypeAlias

from ljuskoll.nlp.followup import Model
from ljuskoll.service.one_file import Task
from ljuskoll.service.outputs.files import json_lines, write_files, writing
from ljuskoll.service.outputs.lines import Lines, json_line
from ljuskoll.service.record import DocumentRecord

LEDGER_NAME: Final = "ledger.jsonl"
State: TypeAlias = Literal["waiting", "read", "duplicate", "unreadable"]


class Line(Model):
    """A file's state; of several lines about a file the last one holds. `archive` is as in documents.jsonl."""

    path: str
    archive: str
    sha256: str | None
    state: State


class Ledger:
    """The file of lines: whole when it begins and when it ends, added to in between. It holds no clock."""

    def __init__(self, out: Path) -> None:
        self._out = out

    def write(self, lines: Iterable[Line]) -> None:
        """Begin or end with a line a file. Raises UsageError, DiskFullError."""
        write_files(self._out, {LEDGER_NAME: json_lines(lines)})

    def add(self, line: Line) -> None:
        """Note what has become of a file. Raises UsageError, DiskFullError."""
        with writing(self._out), (self._out / LEDGER_NAME).open("ab") as file:
            file.write(json_line(line))

    def forget(self, document: DocumentRecord) -> None:
        """Leave out a document and its copies. Raises UsageError, DiskFullError."""
        path = self._out / LEDGER_NAME
        if path.exists():
            lines = Lines(path, Line)
            self.write(line for line in lines if not _is_of(line, document))


def _is_of(line: Line, document: DocumentRecord) -> bool:
    return line.sha256 == document.sha256 and (line.sha256 is not None or line.path == document.path)


def line_of(task: Task, document: DocumentRecord | None = None, state: State = "waiting") -> Line:
    """The line of a file that is as far as `state`, or whose reading gave this document."""
    if task.problem is not None:
        state = "unreadable"
    elif task.duplicate_of is not None:
        state = "duplicate"
    elif document is not None:
        state = "unreadable" if document.status == "unreadable" else "read"
    return Line(path=task.file.relative, archive=task.archive, sha256=task.sha256, state=state)
