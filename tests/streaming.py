"""A result that stays in its files, as an archive's does while its outputs are written."""

from dataclasses import dataclass
from pathlib import Path

from ljuskoll.service.outputs.lines import Lines, json_line
from ljuskoll.service.record import DocumentRecord, Finding, PlanRecord, Record, Result, Run


@dataclass(frozen=True)
class Streamed:
    """The collections of a result, read anew each time that they are gone through."""

    documents: Lines[DocumentRecord]
    records: Lines[Record]
    plans: Lines[PlanRecord]
    findings: Lines[Finding]
    run: Run


def streamed(result: Result, folder: Path) -> Streamed:
    """The result written into the folder, of which nothing is held."""
    for name in ("documents", "records", "plans", "findings"):
        (folder / f"{name}.jsonl").write_bytes(b"".join(map(json_line, getattr(result, name))))
    return Streamed(
        Lines(folder / "documents.jsonl", DocumentRecord),
        Lines(folder / "records.jsonl", Record),
        Lines(folder / "plans.jsonl", PlanRecord),
        Lines(folder / "findings.jsonl", Finding),
        result.run,
    )
