"""Installs ljuskoll from the bundle in which this file lies, without a network; run again, it upgrades.

Needs Python alone. Exit status 0: installed; 1: the bundle is damaged or something failed; 2: wrong usage, or a
machine that the bundle is not for.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import platform
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from pathlib import Path

BUNDLE = Path(__file__).resolve().parent
SUMS = "SHA256SUMS"
STATE = "ljuskoll-installation"
"""The file in an environment that makes it ours, and tells how far it came."""
IS_WINDOWS = os.name == "nt"
SCRIPTS, PYTHON = ("Scripts", "python.exe") if IS_WINDOWS else ("bin", "python")
MADE = ("bin", "Scripts", "lib", "lib64", "Lib", "include", "Include", "pyvenv.cfg")
"""What an environment consists of; whatever else lies in its folder is left alone."""
FAILED, WRONG_USAGE = 1, 2
MANYLINUX = re.compile(r"manylinux_2_(\d+)_x86_64")
SYSTEMS = {"win_amd64": "Windows x64"}
AT_MOST = 5
"""So many files are named."""


class Refusal(Exception):
    """What stops the installation; the message is Swedish and says what to do."""

    def __init__(self, message: str, status: int = FAILED) -> None:
        super().__init__(message)
        self.status = status


def main(arguments: list[str] | None = None) -> int:
    """The program; returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    parser = argparse.ArgumentParser(prog="install.py", description="Installerar ljuskoll ur paketet, utan nät.")
    parser.add_argument("--to", metavar="MAPP", default="ljuskoll-miljo", help="mappen att installera i (%(default)s)")
    target = Path(parser.parse_args(arguments).to).absolute()
    try:
        install(target)
    except Refusal as refusal:
        print(f"install.py: {refusal}", file=sys.stderr)
        return refusal.status
    except KeyboardInterrupt:
        print("Avbrutet. Kör samma kommando igen.", file=sys.stderr)
        return FAILED
    print(next_steps(target), end="")
    return 0


def install(target: Path) -> None:
    """Checks the bundle and puts it into the environment, which is made where there is none. Raises Refusal."""
    requirements = requirements_for_this_machine()
    say("Kontrollerar paketets filer ...")
    check_files()
    make_environment(target)
    count = len(requirements.read_text(encoding="utf-8").splitlines())
    say(f"Installerar ljuskoll och {count} bibliotek; det tar någon minut ...")
    pip(target, "--require-hashes", "--requirement", str(requirements))
    (own,) = (BUNDLE / "wheels").glob("ljuskoll-*.whl")
    pip(target, "--no-deps", "--force-reinstall", str(own))
    (target / STATE).write_text(done_state(), encoding="utf-8")


def requirements_for_this_machine() -> Path:
    """The list of what to install here. Raises Refusal where the bundle holds none for this system and Python."""
    found = sorted((BUNDLE / "requirements").glob("*.txt"))
    for path in found:
        tag, _, version = path.stem.rpartition("-")
        if version == running_version() and fits(tag):
            return path
    held = "".join(f"\n  {described(path.stem)}" for path in found)
    here = f"{platform.python_implementation()} {running_version()}, {sysconfig.get_platform()}"
    raise Refusal(f"Paketet passar inte den Python som kör ({here}). I paketet finns:{held}", WRONG_USAGE)


def fits(tag: str) -> bool:
    """Whether wheels for this system run here."""
    if sys.implementation.name != "cpython":
        return False
    manylinux = MANYLINUX.fullmatch(tag)
    if manylinux is None:
        return sysconfig.get_platform() == tag.replace("_", "-")
    name, version = platform.libc_ver()
    if sysconfig.get_platform() != "linux-x86_64" or name != "glibc":
        return False
    return tuple(map(int, version.split(".")[:2])) >= (2, int(manylinux[1]))


def described(name: str) -> str:
    """A list of requirements in words."""
    tag, _, version = name.rpartition("-")
    manylinux = MANYLINUX.fullmatch(tag)
    linux = f"Linux x86_64 med glibc 2.{manylinux[1]} eller nyare" if manylinux else ""
    return f"Python {version}, {linux or SYSTEMS.get(tag, tag)}"


def running_version() -> str:
    """Of the Python that runs this, as "3.11"."""
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def check_files() -> None:
    """Raises Refusal where the bundle's files are not those that its list of checksums names."""
    try:
        listed = re.findall("^([0-9a-f]{64})  (.+)$", (BUNDLE / SUMS).read_text(encoding="utf-8"), re.MULTILINE)
    except (OSError, UnicodeDecodeError):
        raise Refusal(f"{SUMS} saknas eller kan inte läsas. Packa upp paketet på nytt.") from None
    expected = {name: digest for digest, name in listed}
    found = {path.relative_to(BUNDLE).as_posix(): path for path in files_below(BUNDLE)}
    found.pop(SUMS, None)
    wrong = [f"{name}: saknas" for name in sorted(expected.keys() - found.keys())]
    wrong += [f"{name}: hör inte till paketet" for name in sorted(found.keys() - expected.keys())]
    both = sorted(expected.keys() & found.keys())
    wrong += [f"{name}: har ändrats" for name in both if digest_of(found[name]) != expected[name]]
    if wrong:
        more = f"\n  och {len(wrong) - AT_MOST} till" if len(wrong) > AT_MOST else ""
        named = "".join(f"\n  {one}" for one in wrong[:AT_MOST])
        raise Refusal(f"Paketet är inte helt. Packa upp det på nytt i en tom mapp.{named}{more}")


def files_below(folder: Path) -> Iterator[Path]:
    """All files but those of environments, ours or others'."""
    for place, folders, names in os.walk(folder):
        root = Path(place)
        folders[:] = [name for name in folders if not is_environment(root / name)]
        yield from (root / name for name in names)


def is_environment(folder: Path) -> bool:
    """Whether a folder is a Python environment, finished or not."""
    return (folder / STATE).exists() or (folder / "pyvenv.cfg").exists()


def digest_of(path: Path) -> str:
    """sha256 of a file. Raises Refusal where it cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            for block in iter(lambda: file.read(1 << 20), b""):
                digest.update(block)
    except OSError as error:
        raise Refusal(f"{path} kan inte läsas ({error.strerror}).") from None
    return digest.hexdigest()


def make_environment(target: Path) -> None:
    """An environment that is marked unfinished; one that was not finished, or is another Python's, is made anew.

    Raises Refusal.
    """
    state = target / STATE
    try:
        if target.exists() and not state.exists() and (not target.is_dir() or any(target.iterdir())):
            raise Refusal(f"{target} är upptagen av annat än ljuskoll. Välj en annan mapp med --to.", WRONG_USAGE)
        is_done = state.exists() and state.read_text(encoding="utf-8") == done_state()
        target.mkdir(parents=True, exist_ok=True)
        state.write_text("", encoding="utf-8")
        if not is_done:
            say(f"Gör en miljö i {target} ...")
            for path in (target / name for name in MADE):
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink(missing_ok=True)
            venv.EnvBuilder(symlinks=not IS_WINDOWS, with_pip=True).create(target)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Refusal(
            f"Det går inte att göra en miljö i {target} ({error}). Får du skriva där? På Debian och Ubuntu behövs även "
            "paketet python3-venv. Avsluta ljuskoll om det körs."
        ) from None


def done_state() -> str:
    """What a finished environment's state file says."""
    return f"klar, Python {running_version()}\n"


def pip(target: Path, *options: str) -> None:
    """Installs from the bundle alone, whatever the machine's own settings say. Raises Refusal."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(("PIP_", "PYTHON"))}
    command = [str(target / SCRIPTS / PYTHON), "-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--no-index", "--only-binary", ":all:", "--find-links", str(BUNDLE / "wheels"), *options]
    done = subprocess.run(command, env={**kept, "PIP_CONFIG_FILE": os.devnull}, check=False)
    if done.returncode != 0:
        raise Refusal("Installationen blev inte klar (se ovan). Avsluta ljuskoll om det körs, och kör kommandot igen.")


def next_steps(target: Path) -> str:
    """What to do once it is installed."""
    command, example = str(target / SCRIPTS / "ljuskoll"), str(BUNDLE / "exempel")
    joined = subprocess.list2cmdline if IS_WINDOWS else shlex.join
    return (
        "Klart. Pröva på exemplet:\n"
        f"  {joined([command, 'import', example, '--out', 'resultat'])}\n"
        f"  {joined([command, 'serve', '--archive', 'resultat', '--source', example])}\n"
        f"Läs mer i {BUNDLE / 'docs' / 'anvandarguide.md'}\n"
    )


def say(text: str) -> None:
    """One line of progress."""
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
