"""Corrections: applied where they fit, listed where they do not, and never half applied."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from ljuskoll.models.judging import SHIPPED
from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.archive.importing import check_archive
from ljuskoll.service.corrections import (
    Correction,
    apply_corrections,
    joined,
    read_corrections,
    write_corrections,
)
from ljuskoll.service.identity import ADDED, added_identity
from ljuskoll.service.one_file import Options
from ljuskoll.service.outputs.files import CORRECTIONS_NAME, read_result, write_result
from ljuskoll.service.pipeline import run_import
from ljuskoll.service.record import Record, Result
from ljuskoll.service.watching import Watcher

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


def correction(record: str, field: str, old: Any, new: Any, when: str = "2024-01-01") -> Correction:
    return Correction(who="anna", when=when, record=record, field=field, old=old, new=new)


def row_like(record: Record, **changes: Any) -> dict[str, Any]:
    """A row as a person adds it: a record without what the judgement makes."""
    left_out = {"id", "assessment", "without_phrase", "phrase", "corrected"}
    return {**record.model_dump(mode="json", exclude=left_out), **changes}


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
        correction("ny-rad", ADDED, None, row_like(result.records[0], document={"path": "x", "sha256": "annat"})),
        correction("finns-inte", ADDED, "En titel", None),
    ]


def test_what_does_not_fit_is_listed_and_changes_nothing(result: Result) -> None:
    made = unfitting(result)
    records, unfit = apply_corrections(list(result.records), made)
    assert records == list(result.records)
    assert list(unfit) == made


def test_a_row_that_the_reader_missed_can_be_added(result: Result) -> None:
    row = row_like(result.records[1], assignment="Rusta hamnen", comment="Uppdraget är inte påbörjat.")
    records, unfit = apply_corrections(list(result.records), [correction("egen-1", ADDED, None, row)])
    assert unfit == ()
    added: Record = records[-1]
    assert (added.id, added.assignment, added.corrected) == ("egen-1", "Rusta hamnen", (ADDED,))
    assert added.phrase is not None and added.phrase.outcome == "not_started"


def checked_again(
    result: Result, corrections: Sequence[Correction], out: Path
) -> tuple[Result, tuple[Correction, ...]]:
    """What a check makes of an import folder, and the corrections that do not fit."""
    write_result(result, out)
    write_corrections(out / CORRECTIONS_NAME, corrections)
    unfit = check_archive(out, SHIPPED, Watcher()).unfit
    return read_result(out), unfit


def test_a_check_uses_corrections(result: Result, tmp_path: Path) -> None:
    green = {"colour": "green", "as_written": "Grön", "source": "text", "trend": None}
    first = result.records[0]
    made = [
        correction(first.id, "declared", None, green),
        correction(first.id, "comment", first.comment, "Uppdraget bedöms inte bli klart i år."),
    ]
    found, _ = checked_again(result, made, tmp_path)
    assert [finding.kind for finding in found.findings] == ["declared_vs_phrase"]


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    path.write_text('\n{"who": "anna"}\n', encoding="utf-8")
    with pytest.raises(UsageError, match="rad 2"):
        read_corrections(path)
    assert read_corrections(tmp_path / "finns-inte.jsonl") == ()


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    path.write_bytes(b"\xff\xfe{")
    with pytest.raises(UsageError, match="UTF-8"):
        read_corrections(path)


def test_a_superfluous_row_can_be_removed(result: Result) -> None:
    first, second = result.records
    removal = correction(first.id, ADDED, "En annan titel", None)
    assert apply_corrections(result.records, [removal]) == ([second], ())
    assert apply_corrections([first], [removal]) == ([], ())
    assert apply_corrections([second], [removal]) == ([second], (removal,))


def test_a_removed_row_can_be_put_back(result: Result) -> None:
    first = result.records[0]
    made = [correction(first.id, ADDED, first.assignment, None), correction(first.id, ADDED, None, row_like(first))]
    records, unfit = apply_corrections(result.records, made)
    assert unfit == ()
    assert {record.id: record.comment for record in records} == {one.id: one.comment for one in result.records}
    assert apply_corrections(records, made) == (records, ())


def test_what_was_removed_is_not_reported_when_checked_again(result: Result, tmp_path: Path) -> None:
    first = result.records[0]
    made = [
        correction(first.id, "goal", None, "Mål 1 Trygg trafik"),
        correction(first.id, ADDED, first.assignment, None),
    ]
    once = checked_again(result, made, tmp_path)
    again = checked_again(once[0], made, tmp_path)
    assert [record.id for record in again[0].records] == [result.records[1].id]
    assert (once[1], again) == ((), once)
    stray = correction("finns-inte", "goal", None, "Mål 2")
    assert checked_again(once[0], [*made, stray], tmp_path)[1] == (stray,)


def test_a_field_corrected_twice_still_fits_when_applied_again(result: Result) -> None:
    first = result.records[0]
    made = [correction(first.id, "goal", None, "Mål ett"), correction(first.id, "goal", "Mål ett", "Mål två")]
    once, unfit = apply_corrections(result.records, made)
    assert (once[0].goal, unfit) == ("Mål två", ())
    assert apply_corrections(once, made) == (once, ())
    other = first.model_copy(update={"goal": "Något annat"})
    assert apply_corrections([other], made) == ([other], tuple(made))


def test_one_record_is_corrected_as_among_the_others(result: Result) -> None:
    first, second = result.records
    made = [
        correction(first.id, "comment", first.comment, "Uppdraget är slutfört."),
        correction(first.id, "goal", None, "Mål 1 Trygg trafik"),
    ]
    together, _ = apply_corrections(result.records, [*made, correction(second.id, "goal", None, "Mål 2")])
    assert apply_corrections([first], made) == ([together[0]], ())


def test_an_added_row_has_an_id_of_its_own(result: Result) -> None:
    first, second = result.records
    ids = {record.id for record in result.records}
    again = added_identity(first.document.sha256, row_like(first))
    assert len(again) == len(first.id) and again not in ids
    assert again == added_identity(first.document.sha256, {"assignment": "  BYGG en cykelväg! ", "boards": ["TN"]})
    assert again not in (
        added_identity("annat dokument", row_like(first)),
        added_identity(first.document.sha256, row_like(second)),
        added_identity(first.document.sha256, row_like(first, boards=["KFN"])),
        added_identity(first.document.sha256, row_like(first), {again}),
    )


def test_what_is_written_is_read_back_in_its_order(tmp_path: Path, result: Result) -> None:
    made = [
        correction("b", "comment", "rad\u2028ett\n", "=1+1 «ö»", when="2025-01-01"),
        correction("a", ADDED, None, row_like(result.records[0])),
        correction("a", ADDED, "Titel", None),
    ]
    path = tmp_path / "ny" / "corrections.jsonl"
    write_corrections(path, made)
    assert read_corrections(path) == tuple(made)
    assert path.read_bytes().count(b"\n") == len(made)
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_joined_is_each_once_by_time() -> None:
    early, late = (correction("a", "goal", None, when, when) for when in ("2024-01-01T08:00", "2024-01-01T09:30"))
    same = correction("a", "goal", "x", "y", early.when)
    assert joined([late, early], [early, same]) == (early, same, late)
    assert joined([late], [late]) == (late,)
    assert joined([], []) == ()
    named = late.model_copy(update={"document": "sha"})
    assert joined([late, early], [named]) == joined([named], [early, late]) == (early, named)
