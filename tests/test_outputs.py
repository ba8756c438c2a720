"""The import folder: what is written, what comes back, and what is left when writing is interrupted."""

import io
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ljuskoll.models.assessment import Assessment, Evidence, Probabilities
from ljuskoll.nlp.errors import UsageError
from ljuskoll.nlp.followup import Claim, Declared, Period, Phrase, Place, TableAccount, Unmatched
from ljuskoll.service.outputs import parquet, whole
from ljuskoll.service.outputs.files import read_result, write_result
from ljuskoll.service.outputs.parquet import SCHEMA, parquet_bytes, write_parquet
from ljuskoll.service.record import (
    DocumentRecord,
    Finding,
    FindingEvidence,
    KindCount,
    PlanRecord,
    Problem,
    Record,
    Result,
    Run,
    Source,
)
from streaming import streamed

EXAMPLE = Path(__file__).parent / "outputs_example"
NAMES = {
    *("records.jsonl", "findings.jsonl", "documents.jsonl", "plans.jsonl", "corrections.jsonl"),
    *("run.json", "records.parquet", "documents.parquet", "ljuskoll.xlsx"),
}
ODD = [
    "=1+1",
    "+46",
    "-4 %",
    "@SUM(A1)",
    "\x00\x07\x1b[31m",
    "🟢🙂",
    "rad\u2028rad\x85",
    "a\r\nb\nc",
    "<r><t>x</t></r>",
    "",
]

texts = st.one_of(st.sampled_from(ODD), st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
codes = st.text("0123456789abcdef", min_size=4, max_size=8)
shares = st.floats(0, 1)
colours = st.sampled_from(["green", "yellow", "red"])
outcomes = st.sampled_from(["completed", "partial", "off_track", "unclear"])
maybe = st.none
numbers = st.integers(0, 9)
periods = st.one_of(
    st.builds(Period.of_tertial, st.integers(1990, 2100), st.sampled_from([1, 2, 3])),
    st.builds(Period, year=st.integers(1990, 2100), as_of=st.one_of(maybe(), st.dates())),
)
box = st.tuples(*[st.floats(0, 900)] * 4)
places = st.lists(st.builds(Place, page=st.integers(1, 99), bbox=st.one_of(maybe(), box)), max_size=2).map(tuple)
sources = st.builds(Source, path=texts, sha256=codes)
words = st.lists(texts, max_size=2).map(tuple)
records = st.builds(
    Record,
    id=codes,
    document=sources,
    assessment=st.builds(
        Assessment,
        colour=st.one_of(maybe(), colours),
        outcome=outcomes,
        probabilities=st.builds(Probabilities, green=shares, yellow=shares, red=shares),
        abstained=st.booleans(),
        evidence=st.lists(st.builds(Evidence, text=texts, start=numbers, end=numbers, cue=texts), max_size=1).map(
            tuple
        ),
    ),
    corrected=st.sampled_from([(), ("comment",)]),
    municipality=st.one_of(maybe(), texts),
    period=st.one_of(maybe(), periods),
    boards=words,
    board_names=words,
    assignment=texts,
    declared=st.one_of(
        maybe(),
        st.builds(
            Declared, colour=st.one_of(maybe(), colours), as_written=texts, source=st.sampled_from(["fill", "text"])
        ),
    ),
    phrase=st.one_of(maybe(), st.builds(Phrase, text=texts, outcome=outcomes)),
    comment=st.one_of(texts, st.just("lång " * 8000)),
    places=places,
)
documents = st.builds(
    DocumentRecord,
    path=texts,
    sha256=st.one_of(maybe(), codes),
    status=st.sampled_from(["ok", "partial", "empty", "unreadable"]),
    errors=st.lists(st.builds(Problem, component=texts, page=st.just(3), message=texts), max_size=1).map(tuple),
    tables=st.lists(
        st.builds(
            TableAccount,
            page=numbers,
            rows_seen=numbers,
            records=numbers,
            unmatched=st.lists(st.builds(Unmatched, page=st.just(1), text=texts, reason=texts), max_size=1).map(tuple),
        ),
        max_size=1,
    ).map(tuple),
    claims=st.lists(st.builds(Claim, text=texts, count=numbers), max_size=1).map(tuple),
)


@st.composite
def results(draw: st.DrawFn) -> Result:
    kept = draw(st.lists(records, max_size=3, unique_by=lambda record: record.id))
    ids = st.lists(st.sampled_from([record.id for record in kept] or ["finns inte"]), max_size=2).map(tuple)
    findings = st.builds(
        Finding,
        id=codes,
        kind=st.sampled_from(["over_time", "aggregate"]),
        severity=st.sampled_from(["high", "low"]),
        score=shares,
        records=ids,
        message=texts,
        evidence=st.lists(st.builds(FindingEvidence, record=maybe(), text=texts), max_size=2).map(tuple),
        suggested=st.one_of(maybe(), colours),
    )
    plans = st.builds(PlanRecord, id=codes, document=sources, unit=texts, section=st.just("goal"), text=texts)
    run = st.builds(
        Run,
        version=texts,
        model=texts,
        scales=st.dictionaries(texts, st.dictionaries(texts, texts, max_size=2), max_size=2),
        options=st.dictionaries(texts, st.one_of(maybe(), texts), max_size=2),
        checks=st.dictionaries(texts, st.builds(KindCount, checked=numbers), max_size=2),
    )
    return Result(
        documents=tuple(draw(st.lists(documents, max_size=2))),
        records=tuple(kept),
        plans=tuple(draw(st.lists(plans, max_size=2))),
        findings=tuple(draw(st.lists(findings, max_size=3, unique_by=lambda finding: finding.id))),
        run=draw(run),
    )


@pytest.fixture(scope="module")
def example() -> Result:
    return read_result(EXAMPLE)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def lines(folder: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / name).read_text(encoding="utf-8").split("\n") if line]


@given(result=results())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_written_comes_back_and_is_written_the_same_again(
    result: Result, tmp_path_factory: pytest.TempPathFactory
) -> None:
    first, second = tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("second")
    write_result(result, first)
    again = read_result(first)
    write_result(again, second)
    assert again == result
    assert contents(first) == contents(second)


def test_a_folder_holds_exactly_the_contracts_files(example: Result, tmp_path: Path) -> None:
    write_result(example, tmp_path / "ny" / "mapp")
    assert set(contents(tmp_path / "ny" / "mapp")) == NAMES


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        (
            "records.jsonl",
            "id kind municipality document period goal boards board_names assignment declared phrase comment "
            "assessment places ocr",
        ),
        ("findings.jsonl", "id kind also severity score records message evidence suggested"),
        (
            "documents.jsonl",
            "path sha256 status errors pages records layout level duplicate_of tables",
        ),
        ("plans.jsonl", "id municipality document unit section number text target places"),
    ],
)
def test_keys_begin_in_the_contracts_order(example: Result, tmp_path: Path, name: str, keys: str) -> None:
    write_result(example, tmp_path)
    assert list(lines(tmp_path, name)[0])[: len(keys.split())] == keys.split()


def test_text_is_utf_8_with_line_feeds_and_as_it_is(example: Result, tmp_path: Path) -> None:
    write_result(example, tmp_path)
    data = (tmp_path / "records.jsonl").read_bytes()
    assert "Öppna ett meröppet bibliotek i Norrbyn".encode() in data
    assert b"\r" not in data and data.endswith(b"}\n") and data.count(b"\n") == len(example.records)


def test_equal_runs_give_equal_bytes_whatever_the_order_of_their_tables(example: Result, tmp_path: Path) -> None:
    run = example.run
    turned = run.model_copy(update={"checks": dict(reversed(run.checks.items()))})
    assert list(turned.checks) != list(run.checks)
    write_result(example, tmp_path / "a")
    write_result(example.model_copy(update={"run": turned}), tmp_path / "b")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_lone_surrogates_become_question_marks_everywhere(example: Result, tmp_path: Path) -> None:
    record = example.records[0].model_copy(update={"comment": "trasig \ud800 text", "boards": ("K\udc00S",)})
    write_result(example.model_copy(update={"records": (record,)}), tmp_path)
    row = pq.read_table(tmp_path / "records.parquet").to_pylist()[0]
    assert lines(tmp_path, "records.jsonl")[0]["comment"] == row["comment"] == "trasig ? text"
    assert row["boards"] == ["K?S"]


def test_corrections_are_never_touched(example: Result, tmp_path: Path) -> None:
    write_result(example, tmp_path)
    assert (tmp_path / "corrections.jsonl").read_bytes() == b""
    (tmp_path / "corrections.jsonl").write_bytes(b'{"who": "revisorn"}\n')
    write_result(example, tmp_path)
    assert (tmp_path / "corrections.jsonl").read_bytes() == b'{"who": "revisorn"}\n'


def test_an_interrupted_write_leaves_every_old_file_whole(
    example: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_result(example, tmp_path)
    before = contents(tmp_path)
    calls: list[int] = []

    def fail_late(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 4:
            raise KeyboardInterrupt

    monkeypatch.setattr(whole.os, "fsync", fail_late)
    with pytest.raises(KeyboardInterrupt):
        write_result(example.model_copy(update={"records": ()}), tmp_path)
    assert contents(tmp_path) == before


def test_a_file_held_by_another_program_is_told_in_swedish(
    example: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(self: Path, target: Path) -> None:
        raise PermissionError(13, "Permission denied", str(target))

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(UsageError, match="är öppen i ett annat program eller skrivskyddad"):
        write_result(example, tmp_path)
    assert contents(tmp_path) == {}


def test_the_folder_can_be_no_file(example: Result, tmp_path: Path) -> None:
    (tmp_path / "ut").write_text("en fil")
    with pytest.raises(UsageError, match="Kan inte skriva"):
        write_result(example, tmp_path / "ut")


@pytest.mark.parametrize("missing", sorted(path.name for path in EXAMPLE.iterdir()))
def test_a_folder_that_lacks_a_file_is_no_import_folder(example: Result, tmp_path: Path, missing: str) -> None:
    write_result(example, tmp_path)
    (tmp_path / missing).unlink()
    with pytest.raises(UsageError, match=f"ingen mapp från ljuskoll import: {missing}"):
        read_result(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("records.jsonl", b"{}\n", r"records\.jsonl, rad 1 kan inte läsas \(fältet "),
        ("findings.jsonl", b"\n{trasigt\n", r"findings\.jsonl, rad 2 kan inte läsas\."),
        ("run.json", b"[]", r"run\.json kan inte läsas"),
        ("plans.jsonl", b"\xff\xfe", r"plans\.jsonl är skadad: texten är inte UTF-8"),
    ],
)
def test_a_damaged_file_is_told_with_its_line(
    example: Result, tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    write_result(example, tmp_path)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageError, match=message):
        read_result(tmp_path)


def test_parquet_says_the_same_as_jsonl(example: Result, tmp_path: Path) -> None:
    write_result(example, tmp_path)
    table = pq.read_table(tmp_path / "records.parquet")
    rows, expected = table.to_pylist(), lines(tmp_path, "records.jsonl")
    assert table.schema.equals(SCHEMA) and len(rows) == len(expected)
    for row, line in zip(rows, expected, strict=True):
        period, declared, phrase = line["period"] or {}, line["declared"] or {}, line["phrase"] or {}
        assert row == {
            **{key: line[key] for key in ("id", "kind", "municipality", "goal", "boards", "board_names")},
            **{key: line[key] for key in ("assignment", "comment", "ocr")},
            **{f"document_{key}": line["document"][key] for key in ("path", "sha256")},
            **{key: period.get(key) for key in ("year", "tertial")},
            "as_of": row["as_of"],
            **{f"declared_{key}": declared.get(key) for key in ("colour", "as_written", "source")},
            "trend": declared.get("trend"),
            **{f"phrase_{key}": phrase.get(key) for key in ("text", "outcome")},
            "assessed_colour": line["assessment"]["colour"],
            "outcome": line["assessment"]["outcome"],
            "abstained": line["assessment"]["abstained"],
            **{f"p_{colour}": share for colour, share in line["assessment"]["probabilities"].items()},
            "page": line["places"][0]["page"],
        }
        assert (row["as_of"] and row["as_of"].isoformat()) == period.get("as_of")


def test_parquet_has_its_columns_without_records() -> None:
    assert pq.read_table(io.BytesIO(parquet_bytes([]))).schema.equals(SCHEMA)


def test_parquet_is_the_same_in_groups_of_records_that_stay_in_their_file(
    example: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "_GROUP", 5)
    path = tmp_path / "records.parquet"
    write_parquet(streamed(example, tmp_path).records, path)
    assert path.read_bytes() == parquet_bytes(example.records)
    assert pq.read_metadata(path).num_row_groups == 5
    assert pq.read_table(path)["id"].to_pylist() == [record.id for record in example.records]
