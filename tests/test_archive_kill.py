"""Slow: an import is killed at twenty moments and run again, and ends with the bytes of one that was left in peace."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from archiving import contents, write_archive

pytestmark = pytest.mark.soak
KILLS, SEED, FILES = 20, 20261123, 45


def start(source: Path, out: Path) -> subprocess.Popen[bytes]:
    code = "from ljuskoll.service.cli import main; main()"
    command = [sys.executable, "-c", code, "import", str(source), "--out", str(out), "--workers", "2", "--fast"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_an_import_that_is_killed_and_run_again_ends_with_the_same_bytes(tmp_path: Path) -> None:
    source = write_archive(tmp_path / "arkiv", FILES)
    begun = time.monotonic()
    assert start(source, tmp_path / "ostört").wait() == 0
    undisturbed, expected = time.monotonic() - begun, contents(tmp_path / "ostört")
    random, out, killed, rounds = Random(SEED), tmp_path / "dödad", 0, 0
    while killed < KILLS:
        process = start(source, out)
        try:
            assert process.wait(random.uniform(0.2, 0.9) * undisturbed) == 0
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            killed += 1
            continue
        assert contents(out) == expected
        rounds += 1
        out = tmp_path / f"dödad-{rounds}"
    assert start(source, out).wait() == 0
    assert contents(out) == expected
