"""The analysts' tutorial runs whole, and its cells print what they say (`--regenerate` writes that anew)."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.processes

TUTORIAL = Path(__file__).parents[1] / "docs" / "tutorial.py"
CELL = re.compile(r"^(?=# %%)", re.MULTILINE)
SAID = re.compile(r"^# >.*\n", re.MULTILINE)
RUNNER = """
import contextlib, io, json, sys
names = {"__name__": "__main__"}
printed = []
for cell in json.load(sys.stdin):
    with contextlib.redirect_stdout(io.StringIO()) as text:
        exec(cell, names)
    printed.append(text.getvalue())
print(json.dumps(printed))
"""


def run(cells: list[str], folder: Path) -> list[str]:
    """What each cell prints, run one after the other in a process of their own."""
    done = subprocess.run(
        [sys.executable, "-W", "error::FutureWarning", "-c", RUNNER],
        input=json.dumps(cells),
        cwd=folder,
        env={**os.environ, "TMPDIR": str(folder), "TEMP": str(folder), "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    printed: list[str] = json.loads(done.stdout)
    return printed


def with_said(cell: str, printed: str) -> str:
    """The cell with what it prints after its code."""
    code = cell.rstrip("\n")
    said = "".join(f"# > {line}".rstrip() + "\n" for line in printed.splitlines())
    return f"{code}\n{said}{cell[len(code) + 1 :]}"


def test_each_cell_prints_what_it_says(tmp_path: Path, regenerate: bool) -> None:
    text = TUTORIAL.read_text(encoding="utf-8")
    cells = CELL.split(SAID.sub("", text))
    printed = run(cells, tmp_path)
    anew = "".join(map(with_said, cells, printed))
    if regenerate:
        TUTORIAL.write_text(anew, encoding="utf-8", newline="\n")
    assert text.split("\n") == anew.split("\n")
    assert all(printed[number] for number, cell in enumerate(cells) if "print(" in cell)
    assert sum(map(len, printed)) > 1000
