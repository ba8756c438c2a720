"""Corrections: applied where they fit, listed where they do not, and never half applied."""

from pathlib import Path
from typing import Any

import pytest

from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.corrections import ADDED, Correction, apply_corrections, read_corrections
from ljuskoll.service.pipeline import Options, check_again, run_import
from ljuskoll.service.record import Record, Result

REPORT = """Uppföljning T2 2023, Lillviks kommun

Bygg en cykelväg (TN)

Uppdraget bedöms bli genomfört i höst.

Ta fram en kulturplan (KFN)

Planen antogs i juni.
"""


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    folder = tmp_path_factory.mktemp("in")
    (folder / "rapport.txt").write_text(REPORT, encoding="utf-8")
    return run_import([folder], folder / "ut", Options()).result


def correction(record: str, field: str, old: Any, new: Any) -> Correction:
    return Correction(who="anna", when="2024-01-01", record=record, field=field, old=old, new=new)


def test_a_corrected_light_is_shown_as_corrected(result: Result) -> None:
    red = {"colour": "red", "as_written": "Röd", "source": "text", "trend": None}
    records, unfit = apply_corrections(list(result.records), [correction(result.records[0].id, "declared", None, red)])
    assert unfit == ()
    assert records[0].declared is not None and records[0].declared.colour == "red"
    assert records[0].corrected == ("declared",)
    assert [record.id for record in records] == [record.id for record in result.records]


def test_a_corrected_comment_is_judged_anew(result: Result) -> None:
    first = result.records[0]
    (changed, _), _ = apply_corrections(
        list(result.records), [correction(first.id, "comment", first.comment, "Uppdraget är slutfört.")]
    )
    assert changed.phrase is not None and changed.phrase.outcome == "completed"
    assert changed.assessment != first.assessment


def test_applying_twice_changes_nothing_more(result: Result) -> None:
    made = [correction(result.records[0].id, "goal", None, "Mål 1 Trygg trafik")]
    once, _ = apply_corrections(list(result.records), made)
    twice, unfit = apply_corrections(once, made)
    assert (twice, unfit) == (once, ())


def unfitting(result: Result) -> list[Correction]:
    first = result.records[0].id
    return [
        correction("finns-inte", "comment", "", "Ny text."),
        correction(first, "comment", "En annan text.", "Ny text."),
        correction(first, "id", first, "nytt-id"),
        correction(first, "period", result.records[0].model_dump(mode="json")["period"], {"year": "i fjol"}),
        correction("ny-rad", ADDED, None, "ingen rad"),
    ]


def test_what_does_not_fit_is_listed_and_changes_nothing(result: Result) -> None:
    made = unfitting(result)
    records, unfit = apply_corrections(list(result.records), made)
    assert records == list(result.records)
    assert list(unfit) == made


def test_a_row_that_the_reader_missed_can_be_added(result: Result) -> None:
    data = result.records[1].model_dump(mode="json", exclude={"id", "assessment", "phrase", "corrected"})
    row = {**data, "assignment": "Rusta hamnen", "comment": "Uppdraget är inte påbörjat."}
    records, unfit = apply_corrections(list(result.records), [correction("egen-1", ADDED, None, row)])
    assert unfit == ()
    added: Record = records[-1]
    assert (added.id, added.assignment, added.corrected) == ("egen-1", "Rusta hamnen", (ADDED,))
    assert added.phrase is not None and added.phrase.outcome == "not_started"


def test_check_again_uses_corrections(result: Result) -> None:
    green = {"colour": "green", "as_written": "Grön", "source": "text", "trend": None}
    first = result.records[0]
    made = [
        correction(first.id, "declared", None, green),
        correction(first.id, "comment", first.comment, "Uppdraget bedöms inte bli klart i år."),
    ]
    assert [finding.kind for finding in check_again(result, made).result.findings] == ["declared_vs_phrase"]


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    path.write_text('\n{"who": "anna"}\n', encoding="utf-8")
    with pytest.raises(UsageError, match="rad 2"):
        read_corrections(path)
    assert read_corrections(tmp_path / "finns-inte.jsonl") == ()
