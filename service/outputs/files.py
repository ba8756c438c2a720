"""The import folder: everything that a result is written to, and the way back from its files."""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.outputs.parquet import parquet_bytes
from ljuskoll.service.outputs.workbook import workbook_bytes
from ljuskoll.service.record import DocumentRecord, Finding, PlanRecord, Record, Result, Run

AnyModel = TypeVar("AnyModel", bound=BaseModel)

WORKBOOK_NAME = "ljuskoll.xlsx"
CORRECTIONS_NAME = "corrections.jsonl"
RECORD_KEYS = (
    *("id", "kind", "municipality", "document", "period", "goal", "boards", "board_names"),
    *("assignment", "declared", "phrase", "comment", "assessment", "places", "ocr"),
)
FINDING_KEYS = ("id", "kind", "also", "severity", "score", "records", "message", "evidence", "suggested")
PLAN_KEYS = ("id", "municipality", "document", "unit", "section", "number", "text", "target", "places")
"""The contract's order of keys; what is added to it comes after, in the model's order."""


def write_result(result: Result, out: Path) -> None:
    """Write all files of an import into `out`, each as a whole or not at all.

    Everything is made before the first file is replaced, and run.json is replaced last. Raises UsageError where the
    folder cannot be written or the result is too large for a workbook.
    """
    contents = {
        WORKBOOK_NAME: workbook_bytes(result),  # first: what a person may hold open stops the rest
        "records.jsonl": json_lines(result.records, RECORD_KEYS),
        "findings.jsonl": json_lines(result.findings, FINDING_KEYS),
        "documents.jsonl": json_lines(result.documents),
        "plans.jsonl": json_lines(result.plans, PLAN_KEYS),
        "records.parquet": parquet_bytes(result.records),
        "run.json": _run_bytes(result.run),
    }
    if not (out / CORRECTIONS_NAME).exists():
        write_files(out, {CORRECTIONS_NAME: b""})
    write_files(out, contents)


def write_files(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files by name, moved into place in their order once all are written. Raises UsageError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _replace_all(folder, contents)
    except OSError as error:
        name = Path(error.filename2 or error.filename).name if error.filename else str(folder)
        raise UsageError(
            f"Kan inte skriva i {folder}: {name} är öppen i ett annat program eller skrivskyddad."
        ) from error


def json_lines(models: Iterable[BaseModel], first: Iterable[str] = ()) -> bytes:
    """The models as JSON, one a line, with these keys `first`."""
    return "".join(_json(_ordered(model.model_dump(mode="json"), first)) for model in models).encode("utf-8", "replace")


def read_result(out: Path) -> Result:
    """Read back what `write_result` wrote into `out`; raises UsageError where that is no import folder."""
    return Result(
        documents=_read_lines(out, "documents.jsonl", DocumentRecord),
        records=_read_lines(out, "records.jsonl", Record),
        plans=_read_lines(out, "plans.jsonl", PlanRecord),
        findings=_read_lines(out, "findings.jsonl", Finding),
        run=_parse(_read(out, "run.json"), Run, "run.json"),
    )


def _ordered(data: dict[str, Any], first: Iterable[str]) -> dict[str, Any]:
    return {**{key: data[key] for key in first}, **data}


def _json(data: object, indent: int | None = None) -> str:
    return json.dumps(data, ensure_ascii=False, allow_nan=False, indent=indent) + "\n"


def _sorted(value: object) -> object:
    return {key: _sorted(value[key]) for key in sorted(value)} if isinstance(value, Mapping) else value


def _run_bytes(run: Run) -> bytes:
    """The run with its tables sorted: equal runs give equal bytes whatever order they were filled in."""
    data = run.model_dump(mode="json")
    checks = {name: run.checks[name].model_dump() for name in sorted(run.checks)}
    return _json({**{key: _sorted(value) for key, value in data.items()}, "checks": checks}, indent=2).encode(
        "utf-8", "replace"
    )


def _replace_all(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write every file beside its place first and move them in only when all of them are written."""
    staged = {name: folder / f".{name}.tmp" for name in contents}
    try:
        for name, content in contents.items():
            with staged[name].open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        for name, temporary in staged.items():
            temporary.replace(folder / name)
    finally:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)


def _read(out: Path, name: str) -> str:
    try:
        return (out / name).read_bytes().decode()
    except OSError as error:
        raise UsageError(f"{out} är ingen mapp från ljuskoll import: {name} saknas eller går inte att läsa.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{out / name} är skadad: texten är inte UTF-8.") from error


def _parse(text: str, model: type[AnyModel], where: str) -> AnyModel:
    try:
        return model.model_validate_json(text)
    except ValidationError as error:
        field = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise UsageError(f"{where} kan inte läsas{f' (fältet {field})' if field else ''}.") from error


def _read_lines(out: Path, name: str, model: type[AnyModel]) -> tuple[AnyModel, ...]:
    lines = _read(out, name).split("\n")
    return tuple(_parse(line, model, f"{name}, rad {n}") for n, line in enumerate(lines, start=1) if line)
