"""The data set: one file a document and partition, found again by pandas, pyarrow and DuckDB, and never rewritten."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ljuskoll.nlp.followup import Period, TableAccount, Unmatched
from ljuskoll.service.outputs.dataset import Dataset, write_documents
from ljuskoll.service.outputs.dataset_columns import DOCUMENTS, RECORDS, SCHEMA_VERSION
from ljuskoll.service.outputs.files import read_result
from ljuskoll.service.outputs.parquet import SCHEMA
from ljuskoll.service.record import DocumentRecord, Problem, Record, Result
from test_docs import ROOT, fenced
from test_import import EXAMPLE, run
from test_outputs import records as any_records

PROVENANCE = {"reader": "0.1.0", "reader_fingerprint": "r" * 64, "model": "m" * 64}
STATE = "5" * 64
PARTITIONS = ds.partitioning(pa.schema([("municipality", pa.string()), ("year", pa.int16())]), flavor="hive")
NAMES = [
    *(
        "Åmåls kommun",
        "Upplands Väsby",
        "A/B",
        "A\\B",
        "100 %25",
        "a+b",
        "x=y",
        "CON",
        "nul.txt",
        "slut.",
        "slut ",
        " ",
    ),
    *('q?*:<>|"', "[a]{b}^#&;~'", "rad\nrad\t", "", "..", ".", "🟢", "__dold", None),
]


@pytest.fixture
def document(small_result: Result) -> DocumentRecord:
    return next(one for one in small_result.documents if one.records and one.level)


@pytest.fixture
def records(small_result: Result, document: DocumentRecord) -> list[Record]:
    return [record for record in small_result.records if record.document.sha256 == document.sha256]


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def put(folder: Path, document: DocumentRecord, records: Sequence[Record], state: str = STATE) -> None:
    Dataset(folder, PROVENANCE).put(document, records, state)


def in_municipality(record: Record, municipality: str | None) -> Record:
    return record.model_copy(update={"municipality": municipality})


def restored(row: dict[str, Any], path: str) -> Record:
    """The record that a row came from; only its document's path is told elsewhere."""
    boxes = [[place[side] for side in ("x0", "top", "x1", "bottom")] for place in row["places"]]
    taken = {key: row[key] for key in ("id", "kind", "municipality", "goal", "boards", "board_names", "assignment")}
    declared = {key: row[f"declared_{key}"] for key in ("colour", "as_written", "source")}
    phrase = {key: row[f"phrase_{key}"] for key in ("text", "outcome", "start", "end")}
    return Record.model_validate(
        {
            **taken,
            **{key: row[key] for key in ("comment", "ocr", "without_phrase", "corrected")},
            "document": {"path": path, "sha256": row["document_sha256"]},
            "period": row["year"] and {key: row[key] for key in ("year", "tertial", "as_of")},
            "declared": None if row["declared_source"] is None else {**declared, "trend": row["trend"]},
            "phrase": None if row["phrase_outcome"] is None else phrase,
            "assessment": {
                **{key: row[key] for key in ("outcome", "abstained", "evidence", "against")},
                "colour": row["assessed_colour"],
                "probabilities": {colour: row[f"p_{colour}"] for colour in ("green", "yellow", "red")},
            },
            "places": [
                {"page": place["page"], "bbox": None if None in box else box, "cell": place["cell"]}
                for place, box in zip(row["places"], boxes, strict=True)
            ],
        }
    )


def test_columns_are_those_of_the_flat_table_and_what_it_leaves_out() -> None:
    assert [name for name in SCHEMA.names if name not in RECORDS.names] == ["municipality", "document_path", "year"]
    columns = repr([(field.name, str(field.type), field.nullable) for field in RECORDS])
    fingerprint = hashlib.sha256(columns.encode()).hexdigest()[:16]
    assert (SCHEMA_VERSION, fingerprint) == ("1", "94ec9adb062e78d4")  # other columns: another version


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    st.lists(any_records, min_size=1, max_size=4, unique_by=lambda record: record.id),
    st.one_of(st.none(), any_records.map(lambda record: record.assessment)),
)
def test_all_that_a_record_holds_comes_back(
    tmp_path_factory: pytest.TempPathFactory, document: DocumentRecord, some: list[Record], assessment: Any
) -> None:
    source = {"path": "a.pdf", "sha256": document.sha256}
    expected = [
        Record.model_validate({**record.model_dump(), "document": source, "without_phrase": assessment})
        for record in some
    ]
    folder = tmp_path_factory.mktemp("data")
    put(folder, document, expected)
    rows = ds.dataset(folder, partitioning=PARTITIONS).to_table().to_pylist()
    assert sorted((restored(row, "a.pdf") for row in rows), key=lambda one: one.id) == sorted(
        expected, key=lambda one: one.id
    )


def test_real_records_come_back(small_result: Result, tmp_path: Path) -> None:
    for document in small_result.documents:
        own = [record for record in small_result.records if record.document.path == document.path]
        put(tmp_path, document, own)
    rows = ds.dataset(tmp_path, partitioning=PARTITIONS).to_table().to_pylist()
    paths = {record.id: record.document.path for record in small_result.records}
    assert {row["id"]: restored(row, paths[row["id"]]) for row in rows} == {
        record.id: record for record in small_result.records
    }


def test_lone_surrogates_are_question_marks(tmp_path: Path, document: DocumentRecord, records: list[Record]) -> None:
    changes = {"comment": "a\ud800b", "boards": ("\udfff",), "municipality": "\ud800", "period": None}
    put(tmp_path, document, [records[0].model_copy(update=changes)])
    (row,) = ds.dataset(tmp_path, partitioning=PARTITIONS).to_table().to_pylist()
    assert (row["comment"], row["boards"], row["municipality"]) == ("a?b", ["?"], "?")


def test_every_name_comes_back_in_every_tool(tmp_path: Path, document: DocumentRecord, records: list[Record]) -> None:
    """With and without a year; pandas cannot read what has no value without being told the columns' types."""
    first = records[0]
    some = [
        first.model_copy(update={"id": f"{number} {year}", "municipality": name, "period": year and Period(year=year)})
        for number, name in enumerate(NAMES)
        for year in (2024, None)
    ]
    put(tmp_path, document, some)
    expected = {(one.id, one.municipality, one.period and one.period.year) for one in some}
    rows = ds.dataset(tmp_path, partitioning="hive").to_table().to_pylist()
    assert {(row["id"], row["municipality"], row["year"]) for row in rows} == expected
    frame = pd.read_parquet(tmp_path, partitioning=PARTITIONS).astype(object)
    frame = frame.where(frame.notna(), None)
    assert {(row.id, row.municipality, row.year) for row in frame.itertuples()} == expected
    found = duckdb.sql(f"SELECT id, municipality, year FROM read_parquet('{tmp_path.as_posix()}/**/*.parquet')")
    assert set(found.fetchall()) == expected


def test_names_are_readable_and_windows_allows_them(
    tmp_path: Path, document: DocumentRecord, records: list[Record]
) -> None:
    some = [in_municipality(records[0], name) for name in NAMES]
    put(tmp_path, document, some)
    names = {path.name for path in tmp_path.iterdir()}
    assert {"municipality=Åmåls kommun", "municipality=A%2FB", "municipality=slut%2E"} <= names
    assert len(names) == len(NAMES)
    assert not [name for name in names if re.search(r'[\x00-\x1f<>:"/\\|?*]|[ .]$', name)]


def test_a_document_has_a_file_in_each_of_its_partitions(
    tmp_path: Path, document: DocumentRecord, records: list[Record]
) -> None:
    first, second = records[:2]
    later = second.model_copy(update={"period": Period.of_date(date(2031, 3, 31))})
    put(
        tmp_path, document, [in_municipality(first, "Ale"), in_municipality(later, None), in_municipality(first, "Ale")]
    )
    paths = [Path(name) for name in files(tmp_path)]
    year = first.period and first.period.year
    assert [path.parent.as_posix() for path in paths] == [
        f"municipality=Ale/year={year}",
        "municipality=__HIVE_DEFAULT_PARTITION__/year=2031",
    ]
    assert len({path.name for path in paths}) == 1
    assert re.fullmatch(rf"{str(document.sha256)[:16]}-[0-9a-f]{{8}}\.parquet", paths[0].name)
    assert [pq.ParquetFile(tmp_path / path).metadata.num_rows for path in paths] == [2, 1]


def test_a_document_without_records_has_no_file(tmp_path: Path, document: DocumentRecord) -> None:
    put(tmp_path / "dataset", document, [])
    assert not files(tmp_path)


def test_a_file_says_what_it_was_made_of(tmp_path: Path, document: DocumentRecord, records: list[Record]) -> None:
    put(tmp_path, document, records)
    (file,) = files(tmp_path)
    said = {key.decode(): value.decode() for key, value in pq.read_schema(tmp_path / file).metadata.items()}
    assert said == {
        **PROVENANCE,
        "schema_version": SCHEMA_VERSION,
        "document_sha256": document.sha256,
        "layout": document.layout,
        "level": document.level,
    }


def test_same_records_give_same_bytes_wherever_they_stand(
    tmp_path: Path, document: DocumentRecord, records: list[Record]
) -> None:
    moved = [
        record.model_copy(update={"document": record.document.model_copy(update={"path": "annan/plats.pdf"})})
        for record in records
    ]
    put(tmp_path / "a", document, records)
    put(tmp_path / "b", document.model_copy(update={"path": "annan/plats.pdf", "archive": "annat"}), moved)
    (file,) = files(tmp_path / "a")
    assert files(tmp_path / "b") == [file]
    assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_a_current_file_is_not_touched(tmp_path: Path, document: DocumentRecord, records: list[Record]) -> None:
    put(tmp_path, document, records)
    (file,) = files(tmp_path)
    (tmp_path / file).write_bytes(b"not opened")
    again = Dataset(tmp_path, PROVENANCE)
    again.put(document, records, STATE)
    again.prune()
    assert (tmp_path / file).read_bytes() == b"not opened"


@pytest.mark.parametrize(
    ("provenance", "state", "changes"),
    [
        (PROVENANCE, "6" * 64, {}),
        ({**PROVENANCE, "model": "n" * 64}, STATE, {}),
        (PROVENANCE, STATE, {"layout": "another"}),
    ],
)
def test_what_was_made_otherwise_replaces_the_old(
    tmp_path: Path,
    document: DocumentRecord,
    records: list[Record],
    provenance: dict[str, str],
    state: str,
    changes: dict[str, str],
) -> None:
    put(tmp_path, document, records)
    old = files(tmp_path)
    later = Dataset(tmp_path, provenance)
    later.put(document.model_copy(update=changes), records, state)
    assert len(files(tmp_path)) == 2
    later.prune()
    (new,) = files(tmp_path)
    assert [new] != old


def test_pruning_removes_what_is_gone_and_what_a_killed_run_left(
    tmp_path: Path, document: DocumentRecord, records: list[Record]
) -> None:
    put(tmp_path, document, [in_municipality(records[0], "Borta")])
    dataset = Dataset(tmp_path, PROVENANCE)
    dataset.put(document, [in_municipality(records[0], "Kvar")], STATE)
    (kept,) = tmp_path.glob("municipality=Kvar/*/*")
    kept.with_name(f".{kept.name}.tmp").write_bytes(b"half")
    kept.with_name("egen.parquet").write_bytes(b"somebody's own")
    (tmp_path / "anteckning.txt").write_bytes(b"")
    dataset.prune()
    assert {Path(name).name for name in files(tmp_path)} == {kept.name, "egen.parquet", "anteckning.txt"}
    assert {path.name for path in tmp_path.iterdir()} == {"municipality=Kvar", "anteckning.txt"}


def test_pruning_where_nothing_was_written_is_no_error(tmp_path: Path) -> None:
    Dataset(tmp_path / "dataset", PROVENANCE).prune()
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_written_is_an_oserror_and_leaves_nothing(
    tmp_path: Path, document: DocumentRecord, records: list[Record]
) -> None:
    (tmp_path / "municipality=Fil").write_bytes(b"")
    with pytest.raises(OSError, match="Fil"):
        put(tmp_path, document, [in_municipality(records[0], "Fil")])
    put(tmp_path, document, [in_municipality(records[0], "Mapp")])
    (written,) = tmp_path.glob("*/*/*.parquet")
    written.unlink()
    (written / "i vägen").mkdir(parents=True)
    with pytest.raises(OSError, match="parquet"):
        put(tmp_path, document, [in_municipality(records[0], "Mapp")])
    assert not list(tmp_path.rglob("*.tmp"))


def test_documents_are_a_table(tmp_path: Path, small_result: Result) -> None:
    odd = DocumentRecord(
        path="fel.pdf",
        sha256=None,
        status="partial",
        errors=(Problem(component="pdf", page=3, message="Trasig."), Problem(component="pdf", message="Ful\ud800.")),
        tables=(
            TableAccount(
                page=1,
                rows_seen=2,
                records=0,
                unmatched=(
                    Unmatched(page=1, text="a", reason="rubrikrad"),
                    Unmatched(page=1, text="b", reason="okänd", unexplained=True),
                ),
            ),
        ),
    )
    write_documents(iter((*small_result.documents, odd)), tmp_path / "documents.parquet")
    table = pq.read_table(tmp_path / "documents.parquet")
    assert table.schema.equals(DOCUMENTS)
    *rows, last = table.to_pylist()
    plain = [name for name in DOCUMENTS.names if name not in ("errors", "unexplained")]
    assert [[row[name] for name in plain] for row in rows] == [
        [getattr(one, name) for name in plain] for one in small_result.documents
    ]
    assert any(row["duplicate_of"] for row in rows)
    assert (last["errors"], last["unexplained"], last["sha256"]) == (["Sida 3: Trasig.", "Ful?."], 1, None)


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Result]]:
    """The example archive as a data set, and a copy of one of its documents that says neither municipality nor year."""
    folder = tmp_path_factory.mktemp("guide")
    out = folder / "RESULTAT"
    run("import", EXAMPLE, "--out", out, "--fast", check=0)
    result = read_result(out)
    documents = {document.sha256: document for document in result.documents}
    dataset = Dataset(out / "dataset", PROVENANCE)
    for sha256, some in groupby(result.records, key=lambda record: record.document.sha256):
        dataset.put(documents[sha256], list(some), STATE)
    unknown = result.records[0].model_copy(update={"municipality": None, "period": None, "declared": None})
    dataset.put(result.documents[0], [unknown], "6" * 64)
    dataset.prune()
    write_documents(result.documents, out / "documents.parquet")
    yield folder, result


def run_example(word: str) -> dict[str, Any]:
    """What the guide's Python code that has this word in it leaves behind."""
    (code,) = [one for one in fenced(ROOT / "docs" / "arkiv.md", "python") if word in one]
    names: dict[str, Any] = {}
    exec(code, names)
    return names


def test_the_guides_pandas_example_runs(
    imported: tuple[Path, Result], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, result = imported
    monkeypatch.chdir(folder)
    names = run_example("pandas")
    assert len(names["records"]) == len(result.records) + 1
    counted = {key: count for key, count in names["lights"].items() if count}
    expected: dict[tuple[Any, ...], int] = {}
    for one in result.records:
        if one.period and one.declared and one.declared.colour:
            key = (one.municipality, one.period.year, one.period.tertial, one.declared.colour)
            expected[key] = expected.get(key, 0) + 1
    assert counted == expected
    assert "Lillådalen" in capsys.readouterr().out


def test_the_guides_duckdb_example_runs(
    imported: tuple[Path, Result], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, result = imported
    monkeypatch.chdir(folder)
    found = run_example("duckdb")["doubtful"].fetchall()
    expected = [
        (
            *(one.municipality, one.period and one.period.year, one.document.path, one.places[0].page, one.assignment),
            one.assessment.evidence[0].text,
        )
        for one in result.records
        if one.declared and one.declared.colour == "green" and one.assessment.colour == "red"
    ]
    assert expected and sorted(found) == sorted(expected)
    assert "belägg" in capsys.readouterr().out
