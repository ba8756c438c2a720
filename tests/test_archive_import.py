"""Imports of archives: done again they read only what is new, and end with the same bytes."""

import json
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

from archiving import FAST, LOCK, Noting, contents, report, run, write_archive
from ljuskoll.models.judging import Judging
from ljuskoll.nlp.errors import DiskFullError, SourceGoneError, UsageError
from ljuskoll.service.archive import readings
from ljuskoll.service.archive.importing import check_archive
from ljuskoll.service.corrections import Correction, write_corrections
from ljuskoll.service.one_file import Options
from ljuskoll.service.outputs.files import CORRECTIONS_NAME, HIDDEN, read_result
from ljuskoll.service.record import DocumentRecord
from ljuskoll.service.watching import Watcher
from ljuskoll.service.workers import Limits

SMALL_DISK = "1m"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_archive(tmp_path / "arkiv")


@pytest.fixture
def out(tmp_path: Path, source: Path) -> Path:
    run(source, tmp_path / "ut")
    return tmp_path / "ut"


def begun(source: Path, out: Path, options: Options = FAST) -> list[str]:
    """The files that are read when the import is done again."""
    watcher = Noting()
    run(source, out, options, watcher)
    return watcher.begun_files


def fresh(source: Path, out: Path) -> dict[str, bytes]:
    """What an import into an empty folder makes."""
    run(source, out)
    return contents(out)


def test_an_unchanged_archive_is_left_alone(source: Path, out: Path) -> None:
    before = contents(out)
    times = {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file() and path.name != LOCK}
    archived = run(source, out)
    assert archived.is_unchanged
    assert (archived.summary, archived.unfit) == (run(source, out.parent / "annan").summary, ())
    assert contents(out) == before
    assert {path: path.stat().st_mtime_ns for path in times} == times


def test_what_was_interrupted_goes_on_where_it_ended(source: Path, tmp_path: Path, out: Path) -> None:
    stopped = tmp_path / "avbruten"
    with pytest.raises(KeyboardInterrupt):
        run(source, stopped, watcher=Noting(most=4))
    assert not (stopped / "records.jsonl").exists()
    assert len(begun(source, stopped)) == 2
    assert contents(stopped) == contents(out)


def test_the_ledger_tells_what_is_left_of_an_interrupted_import(source: Path, tmp_path: Path) -> None:
    (source / "trasig.pdf").write_bytes(b"%PDF-")
    shutil.copy(source / "0/T1.txt", source / "kopia.txt")
    with pytest.raises(KeyboardInterrupt):
        run(source, tmp_path / "ut", watcher=Noting(most=4))

    def states() -> dict[str, str]:
        lines = map(json.loads, (tmp_path / "ut" / "ledger.jsonl").read_text(encoding="utf-8").splitlines())
        return {line["path"]: line["state"] for line in lines}

    assert sorted(states().values()) == ["duplicate", *["read"] * 4, *["waiting"] * 3]
    run(source, tmp_path / "ut")
    assert states() == {
        **{f"{place}/T{tertial}.txt": "read" for place in range(2) for tertial in (1, 2, 3)},
        "trasig.pdf": "unreadable",
        "kopia.txt": "duplicate",
    }


def test_what_is_moved_or_renamed_is_not_read_again(source: Path, out: Path) -> None:
    (source / "1").rename(source / "flyttad")
    (source / "0/T1.txt").rename(source / "0/tertial ett.text")
    assert begun(source, out) == []
    assert contents(out) == fresh(source, out.parent / "annan")
    assert "flyttad/T1.txt" in {record.document.path for record in read_result(out).records}


def test_a_file_in_a_folder_that_names_the_municipality_is_another_matter(source: Path, out: Path) -> None:
    (source / "Granby/2031").mkdir(parents=True)
    (source / "0/T1.txt").rename(source / "Granby/2031/T1.txt")
    assert begun(source, out) == ["Granby/2031/T1.txt"]


def test_only_what_has_changed_is_read(source: Path, out: Path) -> None:
    (source / "1/T2.txt").write_text(report(7, 2), encoding="utf-8")
    assert begun(source, out) == ["1/T2.txt"]
    assert contents(out) == fresh(source, out.parent / "annan")


def test_nothing_is_left_of_a_file_that_has_gone(source: Path, out: Path) -> None:
    kept = len(list((out / HIDDEN / "readings").rglob("*/*")))
    (source / "1/T2.txt").unlink()
    assert begun(source, out) == []
    assert len(list((out / HIDDEN / "readings").rglob("*/*"))) == kept - 1
    assert contents(out) == fresh(source, out.parent / "annan")


def test_another_reader_judge_or_setting_reads_again(source: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (source / "0/ljuskoll.toml").write_text('municipality = "Granby kommun"\n', encoding="utf-8")
    assert begun(source, out) == ["0/T1.txt", "0/T2.txt", "0/T3.txt"]
    assert len(begun(source, out, replace(FAST, municipality="Viks kommun"))) == 6
    assert len(begun(source, out, replace(FAST, judging=Judging()))) == 6
    assert begun(source, out, replace(FAST, judging=Judging())) == []
    monkeypatch.setattr(readings, "reader_fingerprint", lambda: "en nyare")
    assert len(begun(source, out, replace(FAST, judging=Judging()))) == 6


def test_what_could_not_be_read_is_tried_again_only_under_other_terms(source: Path, out: Path) -> None:
    (source / "tom.txt").write_bytes(b"")
    assert begun(source, out) == ["tom.txt"]
    assert begun(source, out) == []
    assert begun(source, out, replace(FAST, limits=Limits(seconds=400))) == ["tom.txt"]
    assert begun(source, out, replace(FAST, limits=Limits(seconds=400), passwords=("hemligt",))) == ["tom.txt"]


@pytest.mark.parametrize("damage", [b"", b"skadad", None])
def test_a_damaged_reading_is_read_again(damage: bytes | None, source: Path, out: Path) -> None:
    before = contents(out)
    kept = sorted((out / HIDDEN / "readings").rglob("*/*"))[2]
    kept.unlink() if damage is None else kept.write_bytes(damage)
    (out / "records.jsonl").unlink()
    assert len(begun(source, out)) == 1
    assert contents(out) == before


@pytest.mark.parametrize("name", ["records.jsonl", "ljuskoll.xlsx", "run.json", "findings.jsonl", "documents.parquet"])
def test_an_output_that_is_gone_or_changed_is_written_again(name: str, source: Path, out: Path) -> None:
    before = contents(out)
    (out / name).unlink()
    assert begun(source, out) == []
    assert contents(out) == before
    (out / name).write_bytes(b"annat")
    assert begun(source, out) == []
    assert contents(out) == before


def test_a_file_of_the_data_set_that_is_gone_is_written_again(source: Path, out: Path) -> None:
    before = contents(out)
    next((out / "dataset").rglob("*.parquet")).unlink()
    assert begun(source, out) == []
    assert contents(out) == before


def test_corrections_are_made_without_reading_and_taken_back_again(source: Path, out: Path) -> None:
    before = contents(out)
    record = read_result(out).records[0]
    made = Correction(who="anna", when="2031-10-01", record=record.id, field="goal", old=None, new="Mål 1")
    stray = made.model_copy(update={"record": "finns-inte"})
    write_corrections(out / CORRECTIONS_NAME, [made, stray])
    watcher = Noting()
    archived = run(source, out, watcher=watcher)
    assert (watcher.begun_files, archived.unfit) == ([], (stray,))
    assert read_result(out).records[0].goal == "Mål 1"
    assert run(source, out).is_unchanged
    assert run(source, out).unfit == (stray,)
    write_corrections(out / CORRECTIONS_NAME, [])
    assert begun(source, out) == []
    assert contents(out) == before


def test_a_check_writes_what_the_import_wrote(source: Path, out: Path) -> None:
    before = contents(out)
    check_archive(out, FAST.judging, Watcher())
    assert contents(out) == before


def test_records_out_of_order_are_put_in_order_by_a_check(source: Path, out: Path) -> None:
    before, path = contents(out), out / "records.jsonl"
    one, other, *rest = path.read_bytes().splitlines(keepends=True)  # both of the first document
    path.write_bytes(b"".join([*rest[:3], b"\n", *rest[3:], one, other]))
    check_archive(out, FAST.judging, Watcher())
    assert contents(out) == before


def test_records_of_a_document_that_is_not_listed_are_not_lost_in_a_check(source: Path, out: Path) -> None:
    path = out / "documents.jsonl"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[1:]))
    before = read_result(out)
    result = check_archive(out, FAST.judging, Watcher()).result
    assert {record.id for record in result.records} == {record.id for record in before.records}
    *_, unlisted = result.documents
    assert (unlisted.status, len(result.documents)) == ("partial", len(before.documents) + 1)


def test_two_imports_do_not_write_one_folder(source: Path, out: Path) -> None:
    with FileLock(out / HIDDEN / LOCK), pytest.raises(UsageError, match="en annan körning"):
        run(source, out)


def test_a_source_that_vanishes_stops_the_import_and_loses_nothing(source: Path, tmp_path: Path) -> None:
    away = tmp_path / "borta"

    class Unmounting(Noting):
        def read(self, document: DocumentRecord) -> None:
            super().read(document)
            if len(self.told) == 3:
                source.rename(away)

    with pytest.raises(SourceGoneError, match="arkiv"):
        run(source, tmp_path / "ut", watcher=Unmounting())
    assert not (tmp_path / "ut" / "documents.jsonl").exists()
    away.rename(source)
    assert len(begun(source, tmp_path / "ut")) == 3
    assert contents(tmp_path / "ut") == fresh(source, tmp_path / "annan")


def test_a_full_disk_stops_the_import_and_loses_nothing(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "liten"
    out.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK}", "tmpfs", str(out)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted (needs root)")
    try:
        ballast = out / "ballast"
        with ballast.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, 960 * 1024)
        with pytest.raises(DiskFullError, match="Disken är full"):
            run(source, out)
        assert not (out / "records.jsonl").exists()
        ballast.unlink()
        run(source, out)
        assert contents(out) == fresh(source, tmp_path / "annan")
    finally:
        subprocess.run(["umount", str(out)], check=True)
