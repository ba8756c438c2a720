"""Makes dist/ljuskoll-<version>-bundle.zip, which installs without a network on Linux and Windows (`make bundle`).

In it: our own wheel, the wheels of requirements.lock that each system and Python needs, requirements with their
hashes, deploy/install.py, the docs, the licence, the example archive, SHA256SUMS. Same input, same bytes.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bundle_archive import digest, pack
from bundle_wheels import SYSTEMS, BundleError, Target, fetch, requirements_in

ROOT = Path(__file__).parents[1]
LOCK = "requirements.lock"
EXTRAS = ("ocr", "postgres", "cluster")
"""What a municipality may need beside the main dependencies."""
PLACES = {
    "deploy/install.py": "install.py",
    "deploy/": "deploy/",
    "docs/": "docs/",
    "corpora/example/archive/": "exempel/",
    "LICENSE": "LICENSE",
}
"""Files and folders by where they lie in the bundle; the first that fits counts."""
_EPOCH = "315532800"
"""1980-01-01, the date of every file in our wheel."""
_UMASK = 0o022
"""The permissions that files of our wheel do not get."""
_MEGABYTE = 10**6


def tracked(root: Path) -> list[str]:
    """The files that git knows or would take; a used tree holds others too."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, capture_output=True, check=True).stdout.decode()
    return sorted(name for name in listed.split("\0") if name and (root / name).is_file())


def copied(root: Path, copy: Path) -> list[str]:
    """Copies what is tracked, all with the same permissions; returns the names."""
    names = tracked(root)
    for name in names:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / name, copy / name)
        (copy / name).chmod(0o644)
    return names


def build_wheel(tree: Path, folder: Path) -> None:
    """Puts our own wheel into a folder."""
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(tree)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": _EPOCH}
    done = subprocess.run(command, env=environment, umask=_UMASK, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BundleError(f"our own wheel cannot be built:\n{done.stderr}{done.stdout}")


def placed(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The place of each file in the bundle, with its name in the tree."""
    for name in names:
        for source, target in PLACES.items():
            if name == source or (source.endswith("/") and name.startswith(source)):
                yield target + name.removeprefix(source), name
                break


def fetched(targets: Sequence[Target], work: Path) -> Iterator[tuple[str, Path]]:
    """Wheels and requirements of all targets by their place in the bundle; a wheel that fits several stands once."""
    for target in targets:
        folder = work / "fetched" / target.name
        fetch(ROOT / "pyproject.toml", EXTRAS, ROOT / LOCK, target, folder)
        wheels = sorted(folder.glob("*.whl"))
        size = sum(path.stat().st_size for path in wheels) / _MEGABYTE
        print(f"{target.name}: {len(wheels)} wheels, {size:.0f} MB", flush=True)
        yield from ((f"wheels/{path.name}", path) for path in wheels)
        requirements = work / f"{target.name}.txt"
        requirements.write_text(requirements_in(folder), encoding="utf-8", newline="\n")
        yield f"requirements/{requirements.name}", requirements


def version() -> str:
    """Our own."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def make_bundle(targets: Sequence[Target], out: Path) -> Path:
    """Makes the archive in a folder and returns its path. Raises BundleError, and leaves nothing then."""
    with tempfile.TemporaryDirectory() as name:
        work, tree = Path(name), Path(name) / "tree"
        files = {place: tree / source for place, source in placed(copied(ROOT, tree))}
        build_wheel(tree, work / "own")
        files |= {f"wheels/{path.name}": path for path in (work / "own").glob("*.whl")}
        files |= dict(fetched(targets, work))
        archive = out / f"ljuskoll-{version()}-bundle.zip"
        pack(files, f"ljuskoll-{version()}", archive)
    return archive


def main() -> int:
    running = "{}.{}".format(*sys.version_info)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", action="append", metavar="3.11", help="for this Python (again for more)")
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    options = parser.parse_args()
    pythons = dict.fromkeys(options.python or [running])
    try:
        archive = make_bundle([Target(system, python) for python in pythons for system in SYSTEMS], options.out)
    except BundleError as error:
        print(f"bundle: {error}", file=sys.stderr)
        return 1
    checksum = digest(archive)
    archive.with_suffix(".zip.sha256").write_text(f"{checksum}  {archive.name}\n", encoding="utf-8", newline="\n")
    print(f"{archive}: {archive.stat().st_size / _MEGABYTE:.0f} MB, sha256 {checksum}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
