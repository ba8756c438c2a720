"""What is shipped: the wheel holds the rooms as git tracks them, and works where nothing else is installed."""

import re
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from bundle import ROOT, build_wheel, copied, tracked

ROOMS = ("nlp", "models", "corpora", "service", "evaluation")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Built from a copy of what git tracks, since a used tree could ship files that are gone."""
    copy = tmp_path_factory.mktemp("copy")
    try:
        copied(ROOT, copy)
    except subprocess.CalledProcessError:
        pytest.skip("not a git checkout")
    build_wheel(copy, copy / "dist")
    yield next((copy / "dist").glob("*.whl"))


def test_the_wheel_holds_ljuskoll_alone_and_all_that_git_tracks(wheel: Path) -> None:
    names = [name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name]
    expected = {f"ljuskoll/{name}" for name in tracked(ROOT) if name.split("/")[0] in ROOMS}
    assert {name.split("/")[0] for name in names} == {"ljuskoll"}
    assert set(names) == expected
    assert {f"ljuskoll/{room}/py.typed" for room in ROOMS} <= set(names)


@pytest.mark.soak
def test_the_wheel_works_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    scripts = tmp_path / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = re.findall(r"^([\w.-]+==[^\\\n]+?)\s*\\?$", lock, re.MULTILINE)
    (tmp_path / "pins.txt").write_text("\n".join(pins), encoding="utf-8")
    install = [str(scripts / "pip"), "install", "--quiet", "--constraint", str(tmp_path / "pins.txt"), str(wheel)]
    subprocess.run(install, check=True)
    report = tmp_path / "rapport.txt"
    report.write_text("Uppföljning T1 2024\n\nBygg en bro (TN)\n\nUppdraget är inte påbörjat.\n", encoding="utf-8")
    command = [str(scripts / "ljuskoll"), "import", str(report), "--out", str(tmp_path / "ut")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert '"outcome": "not_started"' in (tmp_path / "ut" / "records.jsonl").read_text(encoding="utf-8")
    modules = subprocess.run([str(scripts / "pip"), "list"], capture_output=True, text=True, check=True).stdout
    assert not re.search(r"^(nlp|models|service) ", modules, re.MULTILINE)
