"""The main job through its front door: the command `ljuskoll import` and the files that it writes."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from archiving import contents

pytestmark = pytest.mark.processes

EXAMPLE = Path(__file__).parents[1] / "corpora" / "example" / "archive"
LJUSKOLL = Path(sys.executable).with_name("ljuskoll")
OUTPUTS = ("records.jsonl", "findings.jsonl", "documents.jsonl", "plans.jsonl", "run.json", "corrections.jsonl")
BINARY_OUTPUTS = ("ljuskoll.xlsx", "records.parquet", "documents.parquet")
OTHERS = ("ledger.jsonl", "dataset", ".ljuskoll")

REPORT = """Uppföljning T2 2023, Lillviks kommun

Bygg en cykelväg (TN)

Uppdraget bedöms bli genomfört i år.

Ta fram en kulturplan (KFN)

Planen antogs i juni.
"""


def run(*arguments: object, check: int | None = None, **options: Any) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [str(LJUSKOLL), *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", check=False, **options
    )
    if check is not None:
        assert done.returncode == check, done.stderr
    return done


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    out = tmp_path_factory.mktemp("example")
    run("import", EXAMPLE, "--out", out, check=0)
    yield out


def test_the_example_archive_is_read_whole(example: Path) -> None:
    documents = lines(example / "documents.jsonl")
    assert [document["status"] for document in documents] == ["ok"] * 8
    assert sum(document["records"] for document in documents) == len(lines(example / "records.jsonl")) == 93


def test_every_file_of_the_contract_is_written(example: Path) -> None:
    assert {path.name for path in example.iterdir()} == {*OUTPUTS, *BINARY_OUTPUTS, *OTHERS}


def test_record_keys_are_those_of_the_contract(example: Path) -> None:
    keys = (
        *("id", "kind", "municipality", "document", "period", "goal", "boards", "board_names", "assignment"),
        *("declared", "phrase", "comment", "assessment", "places", "ocr"),
    )
    for record in lines(example / "records.jsonl"):
        assert tuple(record)[: len(keys)] == keys
        phrase = record["phrase"]
        if phrase:
            assert record["comment"][phrase["start"] : phrase["end"]] == phrase["text"]
        for evidence in record["assessment"]["evidence"]:
            assert record["comment"][evidence["start"] : evidence["end"]] == evidence["text"]
        assert abs(sum(record["assessment"]["probabilities"].values()) - 1) < 0.0021


def test_summary_names_what_to_open(example: Path, tmp_path: Path) -> None:
    done = run("check", shutil.copytree(example, tmp_path / "kopia"), check=0)
    assert "ljuskoll.xlsx" in done.stdout
    assert "93" in done.stdout


def test_same_bytes_again_in_another_order_and_elsewhere(example: Path, tmp_path: Path) -> None:
    elsewhere = shutil.copytree(EXAMPLE, tmp_path / "annan" / "plats")
    run("import", elsewhere, "--out", tmp_path / "ut", check=0)
    assert contents(tmp_path / "ut") == contents(example)
    parts = sorted(elsewhere.iterdir())
    run("import", *parts, "--out", tmp_path / "a", check=0)
    run("import", *reversed(parts), "--out", tmp_path / "b", check=0)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_two_workers_give_the_same_bytes(example: Path, tmp_path: Path) -> None:
    run("import", EXAMPLE, "--out", tmp_path / "ut", "--workers", 2, check=0)
    assert contents(tmp_path / "ut") == contents(example)


def make_pdf(path: Path, encrypt: StandardEncryption | None = None) -> None:
    canvas = Canvas(str(path), encrypt=encrypt, invariant=1)
    canvas.drawString(72, 700, "Uppföljning T2 2023")
    canvas.save()


@pytest.fixture
def troubled(tmp_path: Path) -> Path:
    folder = tmp_path / "arkiv"
    folder.mkdir()
    (folder / "bra.txt").write_text(REPORT, encoding="utf-8")
    (folder / "tom.txt").touch()
    make_pdf(folder / "hel.pdf")
    whole = (folder / "hel.pdf").read_bytes()
    (folder / "avkortad.pdf").write_bytes(whole[: len(whole) // 3])
    (folder / "hel.pdf").unlink()
    make_pdf(folder / "krypterad.pdf", StandardEncryption("hemligt", ownerPassword="mer"))
    (folder / "bild.pdf").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    (folder / "stor.txt").write_bytes(b"En rad som upprepas\n" * (31 * 1024 * 1024 // 20))
    (folder / "okand.docx").write_bytes(b"PK\x03\x04" + bytes(200))
    return folder


TROUBLE = {"tom.txt", "avkortad.pdf", "krypterad.pdf", "bild.pdf", "stor.txt", "okand.docx"}


def test_what_cannot_be_read_is_said_and_everything_else_is_read(troubled: Path, tmp_path: Path) -> None:
    done = run("import", troubled, "--out", tmp_path / "ut", check=1)
    documents = {document["path"]: document for document in lines(tmp_path / "ut" / "documents.jsonl")}
    assert set(documents) == {"bra.txt", *TROUBLE}
    assert {path for path, document in documents.items() if document["status"] == "unreadable"} == TROUBLE
    assert all(documents[path]["errors"] for path in TROUBLE)
    assert not any(error["component"] == "internal" for document in documents.values() for error in document["errors"])
    assert {line.split(":")[0].split(",")[0] for line in done.stderr.splitlines()} == TROUBLE
    assert len(lines(tmp_path / "ut" / "records.jsonl")) == 2


def test_password_file_opens_an_encrypted_pdf(troubled: Path, tmp_path: Path) -> None:
    (tmp_path / "losen.txt").write_text("fel\nhemligt\n", encoding="utf-8")
    run("import", troubled, "--out", tmp_path / "ut", "--password-file", tmp_path / "losen.txt", check=1)
    documents = {document["path"]: document for document in lines(tmp_path / "ut" / "documents.jsonl")}
    assert documents["krypterad.pdf"]["status"] != "unreadable"


def without_privilege() -> list[str]:
    """What to put before a command so that file permissions hold for it too, even for root."""
    if os.name != "posix":
        pytest.skip("file permissions as here are POSIX")
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("the system package util-linux (setpriv) is missing")
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search"]


def test_a_file_without_read_permission(tmp_path: Path) -> None:
    prefix = without_privilege()
    folder = tmp_path / "arkiv"
    folder.mkdir()
    (folder / "bra.txt").write_text(REPORT, encoding="utf-8")
    (folder / "last.txt").write_text(REPORT.replace("2023", "2022"), encoding="utf-8")
    (folder / "last.txt").chmod(0)
    command = [*prefix, str(LJUSKOLL), "import", str(folder), "--out", str(tmp_path / "ut")]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    documents = {document["path"]: document for document in lines(tmp_path / "ut" / "documents.jsonl")}
    assert (documents["last.txt"]["status"], documents["last.txt"]["sha256"]) == ("unreadable", None)
    assert documents["bra.txt"]["status"] == "ok"
    assert done.stderr.startswith("last.txt: ")


def test_a_second_copy_has_no_records(tmp_path: Path) -> None:
    folder = tmp_path / "arkiv"
    (folder / "b").mkdir(parents=True)
    (folder / "a.txt").write_text(REPORT, encoding="utf-8")
    (folder / "b" / "kopia.txt").write_text(REPORT, encoding="utf-8")
    run("import", folder, "--out", tmp_path / "ut", check=0)
    first, second = lines(tmp_path / "ut" / "documents.jsonl")
    assert (first["path"], first["records"], first["duplicate_of"]) == ("a.txt", 2, None)
    assert (second["path"], second["records"], second["duplicate_of"]) == ("b/kopia.txt", 0, first["sha256"])


def test_an_output_folder_inside_the_source_is_no_input(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    run("import", tmp_path, "--out", tmp_path / "ut", check=0)
    before = contents(tmp_path / "ut")
    run("import", tmp_path, "--out", tmp_path / "ut", check=0)
    assert contents(tmp_path / "ut") == before
    assert len(lines(tmp_path / "ut" / "documents.jsonl")) == 1


def test_settings_hold_for_what_lies_below(tmp_path: Path) -> None:
    folder = tmp_path / "arkiv" / "2023"
    folder.mkdir(parents=True)
    (tmp_path / "arkiv" / "ljuskoll.toml").write_text(
        'municipality = "Storvik"\nperiod = "T1 2023"\n'
        '[boards]\nTN = "Trygghetsnämnden"\n[phrases]\n"i hamn" = "completed"\n',
        encoding="utf-8",
    )
    (folder / "rapport.txt").write_text(
        "Bygg en bro (TN)\n\nBron är i hamn.\n\nRiv bron (KS)\n\nSker ej.\n", encoding="utf-8"
    )
    run("import", tmp_path / "arkiv", "--out", tmp_path / "ut", check=0)
    first, _ = lines(tmp_path / "ut" / "records.jsonl")
    assert (first["municipality"], first["board_names"]) == ("Storvik", ["Trygghetsnämnden"])
    assert first["period"] == {"year": 2023, "tertial": 1, "as_of": "2023-04-30"}
    assert first["phrase"]["outcome"] == "completed"


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        ("municipality = ", "TOML"),
        ('[layout]\nRubrik = "okänd"\n', "kolumntyp"),
        ('[scale]\n"blå" = "blå"\n', "scale"),
        ('period = "någon gång"\n', "tolkas"),
        ('kommun = "Fel nyckel"\n', "kommun"),
    ],
)
def test_wrong_settings_are_wrong_usage(settings: str, word: str, tmp_path: Path) -> None:
    (tmp_path / "arkiv").mkdir()
    (tmp_path / "arkiv" / "ljuskoll.toml").write_text(settings, encoding="utf-8")
    done = run("import", tmp_path / "arkiv", "--out", tmp_path / "ut", check=2)
    assert word in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("import", "finns-inte", "--out", "ut"),
        ("import",),
        ("check", "finns-inte"),
        ("import", ".", "--out", "ut", "--period", "x"),
    ],
)
def test_wrong_usage_is_status_two(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = run(*arguments, check=2, cwd=tmp_path)
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_corrections_are_applied_and_those_that_no_longer_fit_are_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    out = tmp_path / "ut"
    run("import", tmp_path / "a.txt", "--out", out, check=0)
    record = lines(out / "records.jsonl")[0]
    made = {"who": "kontrollant", "when": "2024-01-02"}
    corrections = [
        {**made, "record": record["id"], "field": "comment", "old": record["comment"], "new": "Uppdraget är slutfört."},
        {**made, "record": record["id"], "field": "boards", "old": ["XX"], "new": ["KS"]},
    ]
    (out / "corrections.jsonl").write_text("".join(json.dumps(c) + "\n" for c in corrections), encoding="utf-8")
    done = run("import", tmp_path / "a.txt", "--out", out, check=0)
    corrected = lines(out / "records.jsonl")[0]
    assert (corrected["id"], corrected["comment"], corrected["corrected"]) == (
        record["id"],
        "Uppdraget är slutfört.",
        ["comment"],
    )
    assert corrected["phrase"]["outcome"] == "completed"
    assert "passar inte längre" in done.stderr
    assert done.stderr.count("\n") == 1


def test_assess_keeps_the_order_of_its_questions(tmp_path: Path) -> None:
    questions = [
        {"id": n, "comment": f"Uppdraget är {how}."} for n, how in enumerate(["slutfört", "inte påbörjat", "genomfört"])
    ]
    questions.append({"id": "sist", "comment": "", "period": "T2"})
    done = run("assess", "--format", "jsonl", "-", input="".join(json.dumps(q) + "\n" for q in questions), check=0)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [0, 1, 2, "sist"]
    assert [answer["colour"] for answer in answers[:3]] == ["green", "red", "green"]
    assert (answers[3]["colour"], answers[3]["abstained"]) == (None, True)


def test_inspect_shows_blocks_and_a_layout_to_edit(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Uppdrag\tFärgton\tText om läget\nBygg\tGrön\tKlart.\n", encoding="utf-8")
    done = run("inspect", tmp_path / "a.txt", check=0)
    assert "[layout]" in done.stdout
    assert '"Uppdrag" = "assignment"' in done.stdout


def test_the_example_is_what_its_descriptions_render(tmp_path: Path) -> None:
    from ljuskoll.corpora.rendering import render_archive  # noqa: PLC0415 - needs the rendering extra

    for path in render_archive(EXAMPLE.parent / "source", tmp_path):
        assert path.read_bytes() == (EXAMPLE / path.relative_to(tmp_path)).read_bytes(), path.name


def test_pages_of_the_example_open_elsewhere() -> None:
    for path in EXAMPLE.rglob("*.pdf"):
        assert len(pdfium.PdfDocument(path)) >= 1
