"""The five real documents: counts, codes, colours, offsets and digests of texts, never the texts themselves."""

import hashlib
import json
from pathlib import Path
from typing import Any

from ljuskoll.service.one_file import Options
from ljuskoll.service.pipeline import run_import
from ljuskoll.service.record import Finding, PlanRecord, Record, Result

GOLDEN = Path(__file__).parent / "golden" / "seeds.json"


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def of_record(record: Record) -> dict[str, Any]:
    return {
        "id": record.id,
        "kind": record.kind,
        "municipality": record.municipality,
        "period": record.period.model_dump(mode="json") if record.period else None,
        "goal": digest(record.goal) if record.goal else None,
        "boards": record.boards,
        "board_names": record.board_names,
        "assignment": digest(record.assignment),
        "declared": record.declared.model_dump() if record.declared else None,
        "phrase": [record.phrase.outcome, record.phrase.start, record.phrase.end] if record.phrase else None,
        "comment": [len(record.comment), digest(record.comment)],
        "page": record.places[0].page,
    }


def of_plan(plan: PlanRecord) -> list[Any]:
    target = digest(plan.target) if plan.target else None
    return [digest(plan.unit), plan.section, plan.number, digest(plan.text), target, plan.places[0].page]


def of_finding(finding: Finding) -> list[Any]:
    return [finding.kind, sorted(finding.records)]


def summarised(result: Result) -> dict[str, Any]:
    return {
        "documents": [[d.path, d.status, d.records, d.layout, d.level, len(d.claims)] for d in result.documents],
        "records": [of_record(record) for record in result.records],
        "plans": [of_plan(plan) for plan in result.plans],
        "findings": sorted(of_finding(finding) for finding in result.findings),
        "claims checked": result.run.checks["aggregate"].checked,
    }


def imported(seeds: Path, tmp_path: Path) -> Result:
    return run_import([seeds], tmp_path, Options()).result


def test_golden(seeds: Path, tmp_path: Path, regenerate: bool) -> None:
    found = json.loads(json.dumps(summarised(imported(seeds, tmp_path))))
    if regenerate:
        GOLDEN.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert found == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_golden_files_are_not_made_anew_by_default(regenerate: bool) -> None:
    assert not regenerate


def test_what_the_seeds_readme_promises(seeds: Path, tmp_path: Path) -> None:
    """The table of ../shared/seeds/README.md, so that no golden file can drift from it."""
    result = imported(seeds, tmp_path)
    by_file = {path: [r for r in result.records if r.document.path.startswith(path)] for path in ("000", "001", "002")}
    assert {path: len(records) for path, records in by_file.items()} == {"000": 10, "001": 10, "002": 6}
    assert len(result.records) == 26
    assert {(r.municipality, r.period.year, r.period.tertial) for r in by_file["000"] if r.period} == {
        ("Östersund", 2021, 2)
    }
    assert {(r.municipality, r.period.year, r.period.tertial) for r in by_file["001"] if r.period} == {
        ("Östersund", 2021, 3)
    }
    assert {(r.municipality, r.period.year, r.period.tertial) for r in by_file["002"] if r.period} == {(None, 2022, 2)}
    assert sorted(r.boards for r in by_file["000"]) == [(), *[("KS",)] * 8, ("TN",)]
    outcomes = [r.phrase.outcome for r in by_file["000"] if r.phrase]
    assert sorted(outcomes) == ["completed"] * 2 + ["off_track"] + ["on_track"] * 7
    assert sorted(r.declared.colour or "" for r in by_file["001"] if r.declared) == ["green"] * 7 + ["red"] * 3
    assert [r.phrase.outcome for r in by_file["002"] if r.phrase] == ["completed"]
    assert sorted(r.board_names[0] for r in by_file["002"]) == [
        "Barn- och utbildningsnämnden",
        "Kommunstyrelsen",
        *["Tekniska nämnden"] * 4,
    ]
    assert sorted((finding.kind, finding.severity) for finding in result.findings) == [
        *[("completeness", "low")] * 2,
        *[("over_time", "high")] * 2,
    ]
    assert all(finding.records == () for finding in result.findings if finding.kind == "completeness")
    assert result.run.checks["aggregate"].checked == 1
    goals = [plan for plan in result.plans if plan.section == "goal" and plan.number and plan.places[0].page < 11]
    indicators = [plan for plan in result.plans if plan.goal]
    assert (len(goals), len(indicators), sum(plan.target is not None for plan in indicators)) == (5, 18, 16)
    assert {plan.municipality for plan in result.plans} == {"Leksand"}
    assert all(document.status in {"ok", "empty"} for document in result.documents)
