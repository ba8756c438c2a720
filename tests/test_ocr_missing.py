"""Scans where Tesseract is missing, lacks Swedish, fails or hangs: what is said, and that nothing is left running."""

import json
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import psutil
import pytest
from PIL import Image, ImageDraw

from ljuskoll.nlp.readers.ocr import tesseract
from ljuskoll.nlp.readers.ocr.tesseract import FAILED, NO_LIBRARY, NO_PROGRAM, NO_SWEDISH, OcrError, recognise
from ljuskoll.service.one_file import Options
from ljuskoll.service.pipeline import run_import

pytestmark = pytest.mark.processes

needs_scripts = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for Tesseract is a shell script")
STAND_IN = """#!/bin/sh
case "$1" in
--version) echo "tesseract 5.3.0" ;;
--list-langs) echo "List of available languages (1):"; echo {language} ;;
*) {work} ;;
esac
"""


def forget() -> None:
    tesseract.ocr_problem.cache_clear()
    tesseract._library.cache_clear()


@pytest.fixture(autouse=True)
def looked_up_anew() -> Iterator[None]:
    """What is installed is looked up in each test, and again after it."""
    forget()
    yield
    forget()


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A folder with a scanned PDF and the same page as a picture file."""
    if find_spec("pytesseract") is None:
        pytest.skip(NO_LIBRARY)
    page = Image.new("L", (600, 400), 255)
    ImageDraw.Draw(page).rectangle((100, 100, 500, 110), fill=0)
    folder = tmp_path / "in"
    folder.mkdir()
    page.save(folder / "a.pdf", resolution=100)
    page.save(folder / "b.png")
    return folder


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, work: str = "exit 1", language: str = "swe") -> None:
    """Puts a program of our own in Tesseract's place."""
    programs = folder / "bin"
    programs.mkdir()
    program = programs / "tesseract"
    program.write_text(STAND_IN.format(work=work, language=language), encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))


def told(scan: Path) -> list[str]:
    """What is said of each unreadable file."""
    documents = run_import([scan], scan.parent / "out", Options()).result.documents
    assert [document.path for document in documents] == ["a.pdf", "b.png"]
    assert [document.status for document in documents] == ["unreadable", "unreadable"]
    return [" ".join(problem.message for problem in document.errors) for document in documents]


def test_without_the_program_it_is_said_what_to_install(scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("PROGRAMFILES", "")
    assert all(NO_PROGRAM in message for message in told(scan))


def test_without_the_library_it_is_said_what_to_install(scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract.importlib.util, "find_spec", lambda name: None)
    assert all(NO_LIBRARY in message for message in told(scan))


@needs_scripts
def test_without_swedish_it_is_said_what_to_install(scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(scan.parent, monkeypatch, language="eng")
    assert all(NO_SWEDISH in message for message in told(scan))


@needs_scripts
def test_a_program_that_fails_is_told(scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(scan.parent, monkeypatch)
    assert all(FAILED in message for message in told(scan))


@needs_scripts
def test_a_page_that_takes_too_long_is_given_up(scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(scan.parent, monkeypatch, "exec /bin/sleep 60")
    with pytest.raises(OcrError, match="mer än 1 sekunder"):
        recognise(Image.new("L", (60, 60), 255), "page", 1.0)


@needs_scripts
def test_the_program_ends_with_the_file_that_is_given_up(scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = scan.parent / "started"
    stand_in(scan.parent, monkeypatch, f"echo $$ >> {started}; exec /bin/sleep 60")
    # A program of its own: reading processes have the PATH of the time at which the first of them was started.
    out = scan.parent / "out"
    command = [str(Path(sys.executable).with_name("ljuskoll")), "import", str(scan), "--out", str(out)]
    subprocess.run([*command, "--timeout", "4"], capture_output=True, check=False)
    documents = [json.loads(line) for line in (out / "documents.jsonl").read_text(encoding="utf-8").splitlines()]
    assert ["--timeout" in document["errors"][0]["message"] for document in documents] == [True, True]
    pids = [int(line) for line in started.read_text(encoding="utf-8").split()]
    assert pids
    assert not any(psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE for pid in pids)
