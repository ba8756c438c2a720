"""deploy/install.py on small bundles: it installs, upgrades, mends, and refuses what is not as it should be."""

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from bundle import ROOT
from bundle_archive import SUMS, pack
from bundle_wheels import SYSTEMS, Target, requirements_in

from small_wheels import small_wheel

INSTALL = ROOT / "deploy" / "install.py"
RUNNING = "{}.{}".format(*sys.version_info)
TARGETS = tuple(Target(system, RUNNING).name for system in SYSTEMS)
SCRIPTS = "Scripts" if os.name == "nt" else "bin"


def small_bundle(
    folder: Path, version: str = "1.0", targets: Sequence[str] = TARGETS, called: str = "ljuskoll"
) -> Path:
    """An unpacked bundle of a program that prints its version and that of the one package it needs."""
    made, wheels = folder / "made", folder / "wheels"
    small_wheel(wheels, "alpha", version)
    code = f"import alpha\n\n\ndef main():\n    print('{called} {version}, alpha', alpha.VERSION)\n"
    own = small_wheel(folder / "own", "ljuskoll", version, needs=["alpha"], code=code)
    files = {"install.py": INSTALL, f"wheels/{own.name}": own, "exempel/å.txt": ROOT / "LICENSE"}
    files |= {f"wheels/{path.name}": path for path in wheels.iterdir()}
    for target in targets:
        path = folder / f"{target}.txt"
        path.write_text(requirements_in(wheels), encoding="utf-8")
        files[f"requirements/{path.name}"] = path
    pack(files, f"small-{version}", made / "bundle.zip")
    with zipfile.ZipFile(made / "bundle.zip") as archive:
        archive.extractall(made)
    return made / f"small-{version}"


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    if sysconfig.get_platform() not in ("linux-x86_64", "win-amd64") or platform.python_implementation() != "CPython":
        pytest.skip("the bundle is for CPython on Linux x86_64 and Windows x64")
    return small_bundle(tmp_path)


def install(bundle: Path, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(bundle / "install.py"), *map(str, arguments)],
        cwd=bundle,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def said_by(environment: Path) -> str:
    done = subprocess.run([str(environment / SCRIPTS / "ljuskoll")], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.mark.soak
def test_a_bundle_installs_upgrades_and_mends_what_was_interrupted(unpacked: Path, tmp_path: Path) -> None:
    """The machine's own settings of pip do not count, and what else lies in the environment's folder stays."""
    settings = {"PIP_TARGET": str(tmp_path / "elsewhere"), "PIP_FIND_LINKS": "", "PIP_REQUIRE_HASHES": "0"}
    done = install(unpacked, **settings, PYTHONPATH=str(tmp_path), PYTHONHOME="")
    assert done.returncode == 0, done.stderr
    environment = unpacked / "ljuskoll-miljo"
    assert said_by(environment) == "ljuskoll 1.0, alpha 1.0"
    assert f"{environment / SCRIPTS / 'ljuskoll'} import {unpacked / 'exempel'} --out" in done.stdout

    (environment / "resultat").mkdir()
    assert install(unpacked).returncode == 0  # its own environment is no file too many
    later = small_bundle(tmp_path / "later", "2.0")
    assert install(later, "--to", environment).returncode == 0
    assert said_by(environment) == "ljuskoll 2.0, alpha 2.0"

    rebuilt = small_bundle(tmp_path / "rebuilt", "2.0", called="mended")
    assert install(rebuilt, "--to", environment).returncode == 0
    assert said_by(environment) == "mended 2.0, alpha 2.0"

    (environment / "ljuskoll-installation").write_text("", encoding="utf-8")
    shutil.rmtree(next(environment.rglob("alpha-2.0.dist-info")))
    (environment / SCRIPTS / ("python.exe" if os.name == "nt" else "python")).unlink()
    assert install(later, "--to", environment).returncode == 0
    assert said_by(environment) == "ljuskoll 2.0, alpha 2.0"
    assert (environment / "resultat").is_dir()


def changed(bundle: Path) -> str:
    path = next((bundle / "wheels").glob("alpha*"))
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    return f"wheels/{path.name}: har ändrats"


def missing(bundle: Path) -> str:
    (bundle / "exempel" / "å.txt").unlink()
    return "exempel/å.txt: saknas"


def extra(bundle: Path) -> str:
    (bundle / "wheels" / "evil-1.0-py3-none-any.whl").write_bytes(b"")
    return "wheels/evil-1.0-py3-none-any.whl: hör inte till paketet"


def without_sums(bundle: Path) -> str:
    (bundle / SUMS).unlink()
    return f"{SUMS} saknas"


@pytest.mark.parametrize("damage", [changed, missing, extra, without_sums])
def test_a_damaged_bundle_is_refused_by_name(unpacked: Path, damage: Callable[[Path], str]) -> None:
    named = damage(unpacked)
    done = install(unpacked)
    assert (done.returncode, named in done.stderr) == (1, True), done.stderr
    assert not (unpacked / "ljuskoll-miljo").exists()


@pytest.mark.soak
@pytest.mark.parametrize(("written", "instead"), [(r"sha256:\w{8}", "sha256:00000000"), (r" --hash=\S+", "")])
def test_requirements_without_the_right_hash_leave_an_unfinished_environment(
    unpacked: Path, written: str, instead: str
) -> None:
    """The wheel itself is what the checksums say, and pip finds that it is not what is asked for."""
    for path in (unpacked / "requirements").iterdir():
        path.write_text(re.sub(written, instead, path.read_text("utf-8")), encoding="utf-8")
    sums = [
        f"{hashlib.sha256((unpacked / name).read_bytes()).hexdigest()}  {name}\n"
        for name in re.findall(r"  (.+)", (unpacked / SUMS).read_text("utf-8"))
    ]
    (unpacked / SUMS).write_text("".join(sums), encoding="utf-8")
    done = install(unpacked)
    assert done.returncode == 1 and "blev inte klar" in done.stderr
    assert (unpacked / "ljuskoll-miljo" / "ljuskoll-installation").read_text("utf-8") == ""


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("win_amd64-3.99", "Python 3.99, Windows x64"),
        (f"manylinux_2_999_x86_64-{RUNNING}", f"Python {RUNNING}, Linux x86_64 med glibc 2.999 eller nyare"),
    ],
)
def test_a_machine_that_the_bundle_is_not_for_is_told_which_are(tmp_path: Path, target: str, words: str) -> None:
    done = install(small_bundle(tmp_path, targets=[target]))
    assert done.returncode == 2 and words in done.stderr


def test_a_folder_that_is_not_ours_is_left_alone(unpacked: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "text.txt").write_text("kvar", encoding="utf-8")
    for target in (tmp_path / "mine", tmp_path / "mine" / "text.txt"):
        done = install(unpacked, "--to", target)
        assert done.returncode == 2 and "upptagen" in done.stderr
    assert (tmp_path / "mine" / "text.txt").read_text("utf-8") == "kvar"


def test_wrong_options_are_wrong_usage(unpacked: Path) -> None:
    assert install(unpacked, "--into", "x").returncode == 2


def test_options_in_the_instructions_exist(unpacked: Path) -> None:
    page = (ROOT / "docs" / "installera.md").read_text("utf-8")
    named = {option for line in re.findall(r"install\.py(.*)", page) for option in re.findall(r"--\w+", line)}
    assert named and all(option in install(unpacked, "--help").stdout for option in named)
