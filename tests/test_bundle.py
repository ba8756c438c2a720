"""The bundle: what goes into it, that it is the same each time, and that it installs where there is no network."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from bundle import EXTRAS, LOCK, PLACES, ROOT, build_wheel, copied, placed, tracked, version
from bundle_archive import SUMS, pack
from bundle_wheels import (
    SYSTEMS,
    BundleError,
    System,
    Target,
    fetch,
    locked_hashes,
    requirements_in,
    requirements_of,
    resolver_settings,
)
from packaging.utils import canonicalize_name
from uv import find_uv_bin

from small_wheels import small_wheel
from test_import import EXAMPLE, run

RUNNING = "{}.{}".format(*sys.version_info)
LINUX, WINDOWS = (Target(system, RUNNING) for system in SYSTEMS)
SCRIPTS = "Scripts" if os.name == "nt" else "bin"


# The wheels that a system needs


def test_every_package_in_the_lock_has_hashes_and_every_hash_a_package() -> None:
    text = (ROOT / LOCK).read_text("utf-8")
    hashes = locked_hashes(text)
    assert all(hashes.values())
    assert sum(map(len, hashes.values())) == text.count("sha256:")
    assert {version for name, version in hashes if name == "numpy"} >= {"2.4.6", "2.5.5"}  # one a Python


def test_requirements_are_pinned_by_name_with_all_hashes() -> None:
    lock = "b==2 \\\n    --hash=sha256:22\n"
    lock += "a-c==1 ; python_version < '3.12' \\\n    --hash=sha256:12 \\\n    --hash=sha256:11\n"
    assert requirements_of([("b", "2"), ("a-c", "1")], locked_hashes(lock)) == (
        "a-c==1 --hash=sha256:11 --hash=sha256:12\nb==2 --hash=sha256:22\n"
    )
    with pytest.raises(BundleError, match=r"b==3 is not in requirements\.lock"):
        requirements_of([("b", "3")], locked_hashes(lock))


def test_what_pip_knows_of_indexes_is_passed_on() -> None:
    listed = (
        "global.index-url='https://a.example/simple'\nglobal.extra-index-url='file:///b  file:///c'\n"
        ":env:.find-links='/d /e'\nglobal.find-links='/f'\nglobal.cert='/g.pem'\n:env:.timeout='180'\n"
        "install.index-url='https://other.example'\n"
    )
    assert resolver_settings(listed) == {
        "UV_DEFAULT_INDEX": "https://a.example/simple",
        "UV_INDEX": "file:///b file:///c",
        "UV_FIND_LINKS": "/d,/e",
        "SSL_CERT_FILE": "/g.pem",
    }


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that needs one package everywhere, one on Windows, and with an extra one that only Linux has."""
    wheels = tmp_path / "index"
    small_wheel(wheels, "alpha", needs=["beta>=1; sys_platform == 'win32'"])
    small_wheel(wheels, "alpha", "2.0")  # newer than the lock
    small_wheel(wheels, "beta", tag="py3-none-win_amd64")
    small_wheel(wheels, "gamma", tag="py3-none-manylinux2014_x86_64")
    (tmp_path / LOCK).write_text(
        "".join(
            f"{path.name.split('-')[0]}==1.0 \\\n    --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"
            for path in sorted(wheels.glob("*-1.0-*.whl"))
        ),
        encoding="utf-8",
    )
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "small"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = ["alpha"]\n'
        '[project.optional-dependencies]\nmore = ["gamma"]\n',
        encoding="utf-8",
    )
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheels))
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path


def fetched(project: Path, target: Target, *extras: str) -> Path:
    folder = project / target.name
    fetch(project / "pyproject.toml", extras, project / LOCK, target, folder)
    return folder


def test_each_system_gets_what_it_needs_at_the_locked_version(project: Path) -> None:
    linux, windows = fetched(project, LINUX, "more"), fetched(project, WINDOWS)
    alpha, gamma = "alpha-1.0-py3-none-any.whl", "gamma-1.0-py3-none-manylinux2014_x86_64.whl"
    assert {path.name for path in linux.iterdir()} == {alpha, gamma}
    assert {path.name for path in windows.iterdir()} == {alpha, "beta-1.0-py3-none-win_amd64.whl"}
    names = re.findall(r"^(\w+)==1\.0 --hash=sha256:[0-9a-f]{64}$", requirements_in(windows), re.MULTILINE)
    assert names == ["alpha", "beta"]


def test_a_wheel_that_is_missing_is_named_with_its_system(project: Path) -> None:
    with pytest.raises(BundleError, match=r"(?s)win_amd64-3\.\d+.*gamma"):
        fetched(project, WINDOWS, "more")


def test_a_wheel_that_is_not_the_locked_one_is_refused(project: Path) -> None:
    small_wheel(project / "index", "alpha", code="VERSION = 'another'\n")
    with pytest.raises(BundleError, match=r"(?s)manylinux_2_28_x86_64.*alpha"):
        fetched(project, LINUX)


# The archive


def test_a_bundle_holds_docs_licence_example_and_how_to_install() -> None:
    files = dict(placed(tracked(ROOT)))
    assert {"install.py", "LICENSE", "docs/installera.md", "docs/anvandarguide.md"} <= files.keys()
    assert files["install.py"] == "deploy/install.py" and "deploy/install.py" not in files
    examples = [name for name in files if name.startswith("exempel/")]
    assert len(examples) == len([path for path in EXAMPLE.rglob("*") if path.is_file()])
    assert not [name for name in files.values() if not name.startswith(tuple(PLACES))]


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    archives = []
    for number, names in enumerate((["b.txt", "å/a.txt"], ["å/a.txt", "b.txt"])):
        folder = tmp_path / str(number)
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(name, encoding="utf-8")
            (folder / name).chmod(0o600 + number)
            os.utime(folder / name, (number, number))
        archives.append(folder / "made" / "bundle.zip")
        pack({name: folder / name for name in names}, "small-1", archives[-1])
    assert archives[0].read_bytes() == archives[1].read_bytes()
    with zipfile.ZipFile(archives[0]) as made:
        assert made.namelist() == [f"small-1/{SUMS}", "small-1/b.txt", "small-1/å/a.txt"]
        assert {member.date_time for member in made.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {member.external_attr >> 16 for member in made.infolist()} == {0o100644}
        sums = made.read(f"small-1/{SUMS}").decode()
    assert sums == "".join(f"{hashlib.sha256(name.encode()).hexdigest()}  {name}\n" for name in ("b.txt", "å/a.txt"))
    assert [path.name for path in archives[0].parent.iterdir()] == ["bundle.zip"]


# The real one


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The bundle that `make bundle` made, unpacked."""
    archive = ROOT / "dist" / f"ljuskoll-{version()}-bundle.zip"
    if not archive.is_file():
        pytest.skip(f"{archive.name} is not in dist: run make bundle")
    folder = tmp_path_factory.mktemp("bundle")
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder)
    (unpacked,) = folder.iterdir()
    yield unpacked
    shutil.rmtree(folder)


@pytest.fixture
def alone() -> list[str]:
    """The command before a command that shall have no network."""
    command = ["unshare", "--net"] if os.name != "nt" and os.geteuid() == 0 else ["unshare", "--map-root-user", "--net"]
    if shutil.which("unshare") is None or subprocess.run([*command, "true"], check=False).returncode != 0:
        pytest.skip("no network namespace can be made here (unshare of util-linux, as root)")
    return command


@pytest.mark.soak
def test_the_bundle_holds_this_checkout(bundle: Path) -> None:
    (wheel,) = (bundle / "wheels").glob("ljuskoll-*.whl")
    with zipfile.ZipFile(wheel) as opened:
        held = {name: opened.read(name) for name in opened.namelist() if name.startswith("ljuskoll/")}
    rooms = ("nlp/", "models/", "corpora/", "service/", "evaluation/")
    assert held == {f"ljuskoll/{name}": (ROOT / name).read_bytes() for name in tracked(ROOT) if name.startswith(rooms)}
    for place, name in placed(tracked(ROOT)):
        assert (bundle / place).read_bytes() == (ROOT / name).read_bytes()


@pytest.mark.soak
def test_our_wheel_is_the_same_wherever_and_whoever_builds_it(tmp_path: Path) -> None:
    copied(ROOT, tmp_path / "one" / "tree")
    shutil.copytree(tmp_path / "one", tmp_path / "another")
    wheels = []
    for name, umask in (("one", 0o077), ("another", 0o002)):
        before = os.umask(umask)
        try:
            build_wheel(tmp_path / name / "tree", tmp_path / name / "wheel")
        finally:
            os.umask(before)
        wheels += (tmp_path / name / "wheel").iterdir()
    first, second = wheels
    assert (first.name, first.read_bytes()) == (second.name, second.read_bytes())


@pytest.mark.soak
def test_the_bundle_installs_without_a_network_and_reads_the_example(
    bundle: Path, alone: list[str], tmp_path: Path
) -> None:
    environment = tmp_path / "miljö"
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_", "PYTHON"))}
    command = [*alone, sys.executable, "-I", str(bundle / "install.py"), "--to", str(environment)]
    done = subprocess.run(command, cwd=tmp_path, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    command = [*alone, str(environment / SCRIPTS / "ljuskoll"), "import", str(bundle / "exempel"), "--out", "resultat"]
    done = subprocess.run(command, cwd=tmp_path, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    run("import", EXAMPLE, "--out", tmp_path / "here", check=0)
    records = (tmp_path / "resultat" / "records.jsonl").read_bytes()
    assert records and records == (tmp_path / "here" / "records.jsonl").read_bytes()


@pytest.mark.soak
@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.tag)
def test_every_system_has_all_its_wheels_as_locked(bundle: Path, system: System) -> None:
    """A resolver that has nothing but the bundle's wheels finds exactly what the requirements name."""
    requirements = list((bundle / "requirements").glob(f"{system.tag}-*.txt"))
    assert requirements
    for path in requirements:
        named = set(pins(path.read_text("utf-8")))
        assert named == set(pins(resolved(bundle / "wheels", system, path.stem.rpartition("-")[2])))
        assert named <= locked_hashes((ROOT / LOCK).read_text("utf-8")).keys()


def resolved(wheels: Path, system: System, python: str) -> str:
    """What a system needs, by these wheels alone."""
    command = [find_uv_bin(), "pip", "compile", "--quiet", "--no-config", "--no-index", "--find-links", str(wheels)]
    command += ["--no-header", "--no-annotate", "--only-binary", ":all:", "--python", sys.executable]
    command += ["--python-platform", system.resolver, "--python-version", python]
    command += [*(f"--extra={extra}" for extra in EXTRAS), str(ROOT / "pyproject.toml")]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("UV_")}
    done = subprocess.run(command, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def pins(requirements: str) -> list[tuple[str, str]]:
    found = re.findall(r"^([\w.-]+)==(\S+)", requirements, re.MULTILINE)
    return [(canonicalize_name(name), version) for name, version in found]
