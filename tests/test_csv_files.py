"""CSV for Excel in Swedish: what is written comes back, and nothing in it ever runs."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import count, islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example as case
from hypothesis import given
from hypothesis import strategies as st

from ljuskoll.service.outputs.csv_files import FINDING_COLUMNS, RECORD_COLUMNS, csv_lines, finding_row, found_in
from ljuskoll.service.outputs.files import read_result
from ljuskoll.service.outputs.parquet import flat_row
from ljuskoll.service.record import Result

SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.builds(str.__add__, st.sampled_from(SIGNS), st.text("=;\"'\r\n\t, a", max_size=10)),
)


@pytest.fixture(scope="module")
def result() -> Result:
    return read_result(Path(__file__).parent / "outputs_example")


def csv_bytes(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> bytes:
    return b"".join(csv_lines(rows, columns))


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


@given(st.lists(st.fixed_dictionaries({"a": texts, "b": texts}), max_size=4))
@case([{"a": '=HYPERLINK("http://x";"y")', "b": "x\r\n=1+1;=2"}])
@case([{"a": "", "b": ""}, {"a": "'=1", "b": "\x00"}])
def test_texts_come_back_and_none_begins_as_a_formula(rows: list[dict[str, str]]) -> None:
    head, *found = read(csv_bytes(rows, ("a", "b")))
    assert head == ["a", "b"]
    assert not any(cell.startswith(SIGNS) for row in found for cell in row)
    expected = [[f"'{text}" if text.startswith(SIGNS) else text for text in (row["a"], row["b"])] for row in rows]
    assert found == expected


@pytest.mark.parametrize("text", ["3+4=7", "a@b.se", "Mål - nytt", " = x", "'", "1-2", "\u2212 4 %"])
def test_a_sign_within_a_text_is_left(text: str) -> None:
    assert read(csv_bytes([{"a": text}], ["a"]))[1] == [text]


def test_values_are_written_as_swedish_excel_reads_them() -> None:
    row = {
        "a": 0.25,
        "b": True,
        "c": False,
        "d": None,
        "e": date(2024, 8, 31),
        "f": ["KS", "TN"],
        "g": 3,
        "h": [],
        "i": (),
    }
    assert read(csv_bytes([row], [*row, "saknas"]))[1] == [
        "0,25",
        "ja",
        "nej",
        "",
        "2024-08-31",
        "KS | TN",
        "3",
        "",
        "",
        "",
    ]
    assert csv_bytes([{"å": "ö\ud800"}], ["å"]) == b"\xef\xbb\xbf\xc3\xa5\r\n\xc3\xb6?\r\n"
    assert read(csv_bytes([{"a": ["=1", "x"]}], ["a"]))[1] == ["'=1 | x"]


def test_rows_are_written_as_they_come() -> None:
    endless = csv_lines(({"a": number} for number in count()), ["a"])
    assert b"".join(islice(endless, 4)) == b"\xef\xbb\xbfa\r\n0\r\n1\r\n"


def test_records_have_the_columns_of_the_data_tools(result: Result) -> None:
    head, *rows = read(csv_bytes(map(flat_row, result.records), RECORD_COLUMNS))
    assert head == list(RECORD_COLUMNS)
    assert [row[head.index("id")] for row in rows] == [record.id for record in result.records]
    first = dict(zip(head, rows[0], strict=True))
    record = result.records[0]
    assert (first["comment"], first["document_path"]) == (record.comment, record.document.path)
    assert first["p_green"] == str(record.assessment.probabilities.green).replace(".", ",")


def test_findings_say_where_they_are(result: Result) -> None:
    found = {record.id: found_in(record) for record in result.records}
    head, *rows = read(csv_bytes((finding_row(finding, found) for finding in result.findings), FINDING_COLUMNS))
    assert head == list(FINDING_COLUMNS)
    assert len(rows) == len(result.findings) > 0
    by_id = {record.id: record for record in result.records}
    for row, finding in zip(rows, result.findings, strict=True):
        cells = dict(zip(head, row, strict=True))
        assert (cells["id"], cells["message"]) == (finding.id, finding.message)
        assert cells["records"] == " | ".join(finding.records)
        assert cells["assignment"] == (by_id[finding.records[0]].assignment if finding.records else "")
        assert all(part.text in cells["evidence"] for part in finding.evidence)
