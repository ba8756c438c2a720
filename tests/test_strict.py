"""`--strict` through the front door: a row that nothing explains ends the import with exit status 1."""

import json
from pathlib import Path
from typing import Any

import pytest

from ljuskoll.service.cli import main

PAGE = """<html><body><h1>Uppföljning av uppdrag T2 2023</h1><p>Lillviks kommun</p>
<table><tr><th>Nr</th><th>Uppdrag</th><th>Status</th><th>Kommentar</th></tr>
<tr><td>1</td><td>Bygg en bro</td><td>Grön</td><td>Bron invigdes i maj.</td></tr>
<tr><td></td><td></td><td></td><td>Den är välbesökt.</td></tr>
<tr><td colspan="4">Mål 2 Trygga barn</td></tr>
<tr><td>2</td><td>{title}</td><td>Röd</td><td>Upphandlingen fick göras om.</td></tr>
<tr><td>3</td><td>Ordna en marknad</td><td></td><td></td></tr></table></body></html>"""


def run(folder: Path, *options: str) -> tuple[int, dict[str, Any]]:
    """The exit status of an import of a folder with one file, and that file's line."""
    out = folder.parent / "ut"
    with pytest.raises(SystemExit) as ended:
        main(["import", str(folder), "--out", str(out), *options])
    (document,) = (json.loads(line) for line in (out / "documents.jsonl").read_text(encoding="utf-8").splitlines())
    return int(ended.value.code or 0), document


@pytest.mark.parametrize(("title", "status"), [("Rusta upp torget", 0), ("", 1)], ids=["explained", "a lost title"])
def test_an_unexplained_row_is_an_error_only_when_strict(title: str, status: int, tmp_path: Path) -> None:
    folder = tmp_path / "arkiv"
    folder.mkdir()
    (folder / "a.html").write_text(PAGE.format(title=title), encoding="utf-8")
    assert run(folder)[0] == 0
    strict, document = run(folder, "--strict")
    assert strict == status
    assert document["status"] == "ok"
    (table,) = document["tables"]
    assert table["rows_seen"] == 6 == table["records"] + len(table["unmatched"])
    reasons = {row["reason"]: row["unexplained"] for row in table["unmatched"]}
    assert reasons.pop("titeln saknas", False) is bool(status)
    assert reasons == {
        "rubrikrad": False,
        "fortsättning på raden ovanför": False,
        "mellanrubrik": False,
        "varken status eller kommentar": False,
    }


def test_a_table_that_was_not_read_is_partial_even_if_not_strict(tmp_path: Path) -> None:
    folder = tmp_path / "arkiv"
    folder.mkdir()
    page = PAGE.format(title="Rusta upp torget").replace("Uppdrag</th>", "Löfte</th>").replace("Grön", "Nivå A")
    page = page.replace("Röd", "Nivå B")
    (folder / "a.html").write_text(page, encoding="utf-8")
    status, document = run(folder)
    assert (status, document["status"]) == (1, "partial")
    assert (document["errors"][0]["page"], "unknown_layout" in document["errors"][0]["message"]) == (1, True)
    assert [row["unexplained"] for row in document["tables"][0]["unmatched"]] == [True] * 6
