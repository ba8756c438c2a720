"""The import folder: everything that a result is written to, and the way back from its files."""

import errno
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import BaseModel

from ljuskoll.nlp.errors import DiskFullError, UsageError
from ljuskoll.service.outputs.dataset import write_documents
from ljuskoll.service.outputs.lines import Lines, json_bytes, json_line, no_import_folder, parse
from ljuskoll.service.outputs.parquet import write_parquet
from ljuskoll.service.outputs.whole import settle
from ljuskoll.service.outputs.workbook_split import write_workbooks
from ljuskoll.service.record import AnyResult, DocumentRecord, Finding, PlanRecord, Record, Result, Run

CORRECTIONS_NAME: Final = "corrections.jsonl"
DOCUMENTS, RECORDS, PLANS, FINDINGS = "documents.jsonl", "records.jsonl", "plans.jsonl", "findings.jsonl"
RUN_NAME: Final = "run.json"
RECORDS_TABLE, DOCUMENTS_TABLE = "records.parquet", "documents.parquet"
HIDDEN: Final = ".ljuskoll"
"""The folder in the import folder for what is no output."""
KEYS: Final[Mapping[str, Sequence[str]]] = {
    RECORDS: (
        *("id", "kind", "municipality", "document", "period", "goal", "boards", "board_names"),
        *("assignment", "declared", "phrase", "comment", "assessment", "places", "ocr"),
    ),
    FINDINGS: ("id", "kind", "also", "severity", "score", "records", "message", "evidence", "suggested"),
    PLANS: ("id", "municipality", "document", "unit", "section", "number", "text", "target", "places"),
    DOCUMENTS: (),
}
"""The contract's order of keys; what is added to it comes after, in the model's order."""
DATASET_NAME: Final = "dataset"
"""The folder of the data set."""
_STAGING: Final = "staging"
_BOOK: Final = re.compile(r"ljuskoll(-[a-z0-9-]+)?\.xlsx")
_FULL: Final = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})


@dataclass(frozen=True, slots=True)
class StoredResult:
    """What an import wrote, read from its files as it is gone through."""

    documents: Lines[DocumentRecord]
    records: Lines[Record]
    plans: Lines[PlanRecord]
    findings: Lines[Finding]
    run: Run


def open_result(out: Path) -> StoredResult:
    """What `write_result` wrote into `out`. Raises UsageError where that is no import folder."""
    lines = {name: out / name for name in KEYS}
    for path in lines.values():
        if not path.is_file():
            raise no_import_folder(path)
    return StoredResult(
        documents=Lines(lines[DOCUMENTS], DocumentRecord),
        records=Lines(lines[RECORDS], Record),
        plans=Lines(lines[PLANS], PlanRecord),
        findings=Lines(lines[FINDINGS], Finding),
        run=parse(_read(out / RUN_NAME), Run, RUN_NAME),
    )


def read_result(out: Path) -> Result:
    """The same in memory."""
    stored = open_result(out)
    return Result(
        documents=tuple(stored.documents),
        records=tuple(stored.records),
        plans=tuple(stored.plans),
        findings=tuple(stored.findings),
        run=stored.run,
    )


def write_result(result: AnyResult, out: Path) -> None:
    """Write all files of an import into `out`, each as a whole or not at all.

    Raises UsageError where the folder cannot be written or the result is too large for a workbook, DiskFullError.
    """
    with staging(out) as folder:
        lines: Mapping[str, Iterable[BaseModel]] = {
            DOCUMENTS: result.documents,
            RECORDS: result.records,
            PLANS: result.plans,
            FINDINGS: result.findings,
        }
        for name, models in lines.items():
            with (folder / name).open("wb") as file:
                file.writelines(json_line(model, KEYS[name]) for model in models)
        publish(folder, out, result.run)


@contextmanager
def staging(out: Path) -> Iterator[Path]:
    """An empty folder within `out`, gone afterwards. OSErrors within become UsageError or DiskFullError."""
    folder = out / HIDDEN / _STAGING
    with writing(out):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            with suppress(OSError):  # kept readings may lie there
                folder.parent.rmdir()


def publish(folder: Path, out: Path, run: Run) -> None:
    """Complete a folder that holds the four files of lines, and move all its files into `out`, run.json last.

    What a person may hold open, a workbook, is moved first: it stops the rest.
    """
    (folder / RUN_NAME).write_bytes(run_bytes(run))
    result = open_result(folder)
    books = write_workbooks(result, folder, folder)
    write_parquet(result.records, folder / RECORDS_TABLE)
    write_documents(result.documents, folder / DOCUMENTS_TABLE)
    names = [*books, RECORDS, FINDINGS, DOCUMENTS, PLANS, RECORDS_TABLE, DOCUMENTS_TABLE, RUN_NAME]
    for name in names:
        settle(folder / name)
    if not (out / CORRECTIONS_NAME).exists():
        write_files(out, {CORRECTIONS_NAME: b""})
    for name in names:
        (folder / name).replace(out / name)
    for path in out.iterdir():
        if _BOOK.fullmatch(path.name) and path.name not in books:
            path.unlink()


def write_files(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files by name, moved into place in their order once all are written. Raises UsageError, DiskFullError."""
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        staged = {name: folder / f".{name}.tmp" for name in contents}
        try:
            for name, content in contents.items():
                staged[name].write_bytes(content)
                settle(staged[name])
            for name, temporary in staged.items():
                temporary.replace(folder / name)
        finally:
            for temporary in staged.values():
                temporary.unlink(missing_ok=True)


def output_files(out: Path) -> list[Path]:
    """The files of an import that are in the folder, by name."""
    names = (*KEYS, RECORDS_TABLE, DOCUMENTS_TABLE, RUN_NAME)
    return sorted(path for path in out.iterdir() if path.name in names or _BOOK.fullmatch(path.name))


@contextmanager
def writing(out: Path) -> Iterator[None]:
    """Turns what the system says against writing in `out` into UsageError or DiskFullError."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFullError(
                f"Disken är full: resultatet får inte plats i {out}. Det som har lästs är sparat. Frigör utrymme och "
                "kör samma kommando igen."
            ) from error
        if not out.parent.is_dir():
            raise UsageError(f"{out} går inte att nå. Kör samma kommando igen när mappen är tillbaka.") from error
        name = Path(error.filename2 or error.filename).name if error.filename else str(out)
        raise UsageError(f"Kan inte skriva i {out}: {name} är öppen i ett annat program eller skrivskyddad.") from error


def json_lines(models: Iterable[BaseModel], first: Iterable[str] = ()) -> bytes:
    """The models as JSON, one a line, with these keys `first`."""
    return b"".join(json_line(model, first) for model in models)


def run_bytes(run: Run) -> bytes:
    """The run with its tables sorted: equal runs give equal bytes whatever order they were filled in."""
    data = run.model_dump(mode="json")
    checks = {name: run.checks[name].model_dump() for name in sorted(run.checks)}
    return json_bytes({**{key: _sorted(value) for key, value in data.items()}, "checks": checks}, indent=2)


def _sorted(value: object) -> object:
    return {key: _sorted(value[key]) for key in sorted(value)} if isinstance(value, Mapping) else value


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise no_import_folder(path) from error
