"""The wheels of a bundle: which ones a system and Python need, at the versions and hashes of requirements.lock."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bundle_archive import digest
from packaging.utils import canonicalize_name, parse_wheel_filename
from uv import find_uv_bin

Pin = tuple[str, str]
"""A package's normalised name, and its version."""

_SECTIONS = ("global", "download", ":env:")
"""Where pip's settings stand, the weakest first."""
_RESOLVER_SETTINGS = {
    "index-url": ("UV_DEFAULT_INDEX", " "),
    "extra-index-url": ("UV_INDEX", " "),
    "find-links": ("UV_FIND_LINKS", ","),
    "no-index": ("UV_NO_INDEX", " "),
    "cert": ("SSL_CERT_FILE", " "),
}
"""pip's settings by what uv calls them, and what stands between several values there."""


class BundleError(Exception):
    """The bundle cannot be made; the message says for which system, and of which package."""


@dataclass(frozen=True, slots=True)
class System:
    """An operating system and processor: the tag of its wheels, its name at uv, and the tags that pip takes for it."""

    tag: str
    resolver: str
    platforms: tuple[str, ...]


SYSTEMS = (
    System(
        "manylinux_2_28_x86_64",
        "x86_64-manylinux_2_28",
        (*(f"manylinux_2_{minor}_x86_64" for minor in range(28, 4, -1)), "manylinux2014_x86_64"),
    ),
    System("win_amd64", "x86_64-pc-windows-msvc", ("win_amd64",)),
)


@dataclass(frozen=True, slots=True)
class Target:
    """A system with a version of Python, as "3.11"."""

    system: System
    python: str

    @property
    def name(self) -> str:
        """What its file of requirements is called; deploy/install.py reads it."""
        return f"{self.system.tag}-{self.python}"


def locked_hashes(lock: str) -> dict[Pin, tuple[str, ...]]:
    """The hashes of every package in a lock file."""
    entries = [(re.match(r"([\w.-]+)==([^\s;]+)", entry), entry) for entry in re.split(r"\n(?=\S)", lock)]
    return {
        (canonicalize_name(found[1]), found[2]): tuple(re.findall(r"sha256:\w+", entry))
        for found, entry in entries
        if found
    }


def fetch(project: Path, extras: Iterable[str], lock: Path, target: Target, folder: Path) -> None:
    """Put the wheels that a project needs on a target into a folder, which is made. Raises BundleError."""
    pins = _resolve(project, extras, lock, target)
    folder.mkdir(parents=True)
    requirements = folder / "requirements.txt"
    requirements.write_text(requirements_of(pins, locked_hashes(lock.read_text("utf-8"))), encoding="utf-8")
    options = [option for platform in target.system.platforms for option in ("--platform", platform)]
    options += ["--python-version", target.python, "--implementation", "cp", "--only-binary", ":all:"]
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes", *options]
    _run([*command, "--dest", str(folder), "--requirement", str(requirements)], target, os.environ)
    requirements.unlink()


def _resolve(project: Path, extras: Iterable[str], lock: Path, target: Target) -> list[Pin]:
    listed = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=True)
    command = [find_uv_bin(), "pip", "compile", "--quiet", "--no-header", "--no-annotate", "--no-python-downloads"]
    command += ["--index-strategy", "unsafe-best-match", "--only-binary", ":all:", "--python", sys.executable]
    command += ["--python-platform", target.system.resolver, "--python-version", target.python]
    command += [f"--extra={extra}" for extra in extras]
    command += ["--constraint", str(lock), str(project)]
    compiled = _run(command, target, {**resolver_settings(listed.stdout), **os.environ})
    pins = re.findall(r"^([\w.-]+)==([^\s;]+)", compiled, re.MULTILINE)
    return [(canonicalize_name(name), version) for name, version in pins]


def resolver_settings(listed: str) -> dict[str, str]:
    """Environment variables that tell uv what `pip config list` says of indexes and certificates."""
    settings: dict[str, str] = {}
    for section in _SECTIONS:
        for key, value in re.findall(rf"^{re.escape(section)}\.([\w-]+)=(.+)$", listed, re.MULTILINE):
            if key in _RESOLVER_SETTINGS:
                name, between = _RESOLVER_SETTINGS[key]
                settings[name] = between.join(str(ast.literal_eval(value)).split())
    return settings


def requirements_of(pins: Iterable[Pin], hashes: Mapping[Pin, Iterable[str]]) -> str:
    """Requirements with hashes, by name, a line each. Raises BundleError for what has none."""
    lines = []
    for name, version in sorted(pins):
        if not (own := hashes.get((name, version))):
            raise BundleError(f"{name}=={version} is not in requirements.lock: run make lock")
        lines.append(" ".join((f"{name}=={version}", *(f"--hash={one}" for one in sorted(own)))) + "\n")
    return "".join(lines)


def requirements_in(folder: Path) -> str:
    """Requirements that the wheels of a folder meet, with the hash of each wheel."""
    hashes = dict(_wheel_hashes(folder))
    return requirements_of(hashes, hashes)


def _wheel_hashes(folder: Path) -> Iterator[tuple[Pin, tuple[str]]]:
    for path in folder.glob("*.whl"):
        name, version, _, _ = parse_wheel_filename(path.name)
        yield (name, str(version)), (f"sha256:{digest(path)}",)


def _run(command: list[str], target: Target, environment: Mapping[str, str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, env=environment)
    if done.returncode != 0:
        raise BundleError(f"no complete set of wheels for {target.name}:\n{done.stderr.strip()}")
    return done.stdout
