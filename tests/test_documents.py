"""Golden documents: one file of our own and what a careful reader makes of it, a case each."""

import json
from pathlib import Path
from typing import Any

import pytest

from ljuskoll.nlp.followup import FollowUp
from ljuskoll.service.one_file import Options
from ljuskoll.service.pipeline import read_files
from ljuskoll.service.record import FileResult, Record
from ljuskoll.service.sources import find_files

FOLDER = Path(__file__).parent / "documents"
CASES = sorted(path for path in FOLDER.iterdir() if path.suffix != ".json")


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, FileResult]:
    read = read_files(find_files([FOLDER], tmp_path_factory.mktemp("out")), Options())
    return {result.document.path: result for result in read}


def seen(record: FollowUp) -> dict[str, Any]:
    """The record by the names that the expected files use."""
    return {
        "assignment": record.assignment,
        "kind": record.kind,
        "boards": list(record.boards),
        "board_names": list(record.board_names),
        "year": record.period.year if record.period else None,
        "tertial": record.period.tertial if record.period else None,
        "municipality": record.municipality,
        "goal": record.goal,
        "colour": record.declared.colour if record.declared else None,
        "declared": record.declared is not None,
        "comment": " ".join(record.comment.split()),
        "phrase_outcome": record.phrase.outcome if record.phrase else None,
    }


def wanted(record: dict[str, Any]) -> dict[str, Any]:
    return {**record, "comment": " ".join(record["comment"].split())} if "comment" in record else record


def compared(record: Record, expected: dict[str, Any]) -> dict[str, Any]:
    """What was seen of the keys that are expected: what is left open there is not compared."""
    return {key: value for key, value in seen(record).items() if key in expected}


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_document(case: Path, results: dict[str, FileResult]) -> None:
    expected = json.loads(case.with_suffix(".json").read_text(encoding="utf-8"))
    result = results[case.name]
    assert result.document.status in {expected["status"], *expected.get("status_accept", [])}
    assert len(result.records) == len(expected["records"])
    records = sorted(result.records, key=lambda record: (record.assignment, record.boards))
    rows = sorted(expected["records"], key=lambda row: (row["assignment"], tuple(row.get("boards", ()))))
    for record, row in zip(records, rows, strict=True):
        assert compared(record, row) == wanted(row)


def test_there_are_cases_of_each_kind() -> None:
    statuses = [json.loads(case.with_suffix(".json").read_text(encoding="utf-8"))["status"] for case in CASES]
    assert len(CASES) >= 62
    assert {"ok", "empty", "partial"} == set(statuses)
