"""Small wheels for tests, of one module each, with nothing to download."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

DIST_INFO = {
    "METADATA": "Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{needs}",
    "WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: {tag}\n",
    "entry_points.txt": "[console_scripts]\n{name} = {name}:main\n",
}


def small_wheel(
    folder: Path, name: str, version: str = "1.0", tag: str = "py3-none-any", needs: Sequence[str] = (), code: str = ""
) -> Path:
    """A wheel with one module, and a command that runs its `main`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-{version}-{tag}.whl"
    lines = "".join(f"Requires-Dist: {one}\n" for one in needs)
    parts = {f"{name}.py": code or f'VERSION = "{version}"\n'}
    for file, text in DIST_INFO.items():
        parts[f"{name}-{version}.dist-info/{file}"] = text.format(name=name, version=version, tag=tag, needs=lines)
    record = f"{name}-{version}.dist-info/RECORD"
    parts[record] = "".join(f"{part},,\n" for part in (*parts, record))
    with zipfile.ZipFile(path, "w") as made:
        for part, text in parts.items():
            made.writestr(zipfile.ZipInfo(part), text)
    return path
