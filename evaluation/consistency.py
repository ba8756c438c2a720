"""How many of the mismatches planted in the example archive are found, and how many findings nobody planted."""

import json
from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from ljuskoll.nlp.followup import Model
from ljuskoll.service.one_file import Options
from ljuskoll.service.pipeline import run_import
from ljuskoll.service.record import Finding, Record


class Planted(Model):
    """One planted mismatch: its kind, the file and assignment that it is about (for aggregates the sentence)."""

    kind: str
    file: str
    assignment: str
    also_file: str | None = None
    why: str = ""


class Consistency(Model):
    """`found` of `planted` mismatches, `as_kind` of them under the planted kind, and `unplanted` findings."""

    planted: int
    found: int
    as_kind: int
    unplanted: int


def measure_example() -> Consistency:
    """Imports the example archive and compares its findings with what was planted there."""
    with as_file(files("ljuskoll.corpora") / "example") as example:
        result = run_import([example / "archive"], Path("no-output"), Options()).result
        rows: list[dict[str, Any]] = json.loads((example / "source" / "mismatches.json").read_text(encoding="utf-8"))
    return compare([Planted.model_validate(row) for row in rows], result.findings, result.records)


def compare(planted: Sequence[Planted], findings: Sequence[Finding], records: Sequence[Record]) -> Consistency:
    """Each finding explains at most one planted mismatch: one about its record, or one that quotes its sentence.

    That a document shows no status or no comments at all is no mismatch, and counts for nothing here.
    """
    by_id = {record.id: record for record in records}
    left = [finding for finding in findings if finding.kind != "completeness" or finding.records]
    found = as_kind = 0
    for mismatch in planted:
        about = [finding for finding in left if _is_about(finding, mismatch, by_id)]
        if about:
            best = max(about, key=lambda finding: mismatch.kind in (finding.kind, *finding.also))
            left.remove(best)
            found += 1
            as_kind += mismatch.kind in (best.kind, *best.also)
    return Consistency(planted=len(planted), found=found, as_kind=as_kind, unplanted=len(left))


def _is_about(finding: Finding, mismatch: Planted, by_id: dict[str, Record]) -> bool:
    if mismatch.kind == "aggregate":
        return finding.kind == "aggregate" and mismatch.assignment in finding.message
    concerned = [by_id[record] for record in finding.records if record in by_id]
    return finding.kind != "aggregate" and any(
        (record.assignment, record.document.path) == (mismatch.assignment, mismatch.file) for record in concerned
    )
