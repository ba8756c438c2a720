"""The programs outside Python that print reports: Chromium and LibreOffice."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
_OFFICE = ("soffice", "libreoffice")
_TIMEOUT = 240
"""Seconds that one program may take."""


def chromium() -> str | None:
    """Where Chromium or a sister of it is, None where there is none."""
    return _found(_CHROMIUM)


def office() -> str | None:
    """Where LibreOffice is, None where it is not."""
    return _found(_OFFICE)


def _found(names: tuple[str, ...]) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)


def print_by_chromium(program: str, page: str) -> bytes:
    """A page of HTML as PDF. Raises RuntimeError where the program made none."""
    with TemporaryDirectory() as folder:
        source, target = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(page, encoding="utf-8")
        options = (
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
            "--virtual-time-budget=5000",
        )
        command = [program, *options, f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", source.as_uri()]
        return _output(command, target)


def print_by_office(program: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Word documents by name as PDFs by the same names, all by one start of the program."""
    with TemporaryDirectory() as folder:
        base = Path(folder)
        for name, data in files.items():
            (base / f"{name}.docx").write_bytes(data)
        profile = f"-env:UserInstallation={(base / 'profile').as_uri()}"
        sources = [str(base / f"{name}.docx") for name in files]
        command = [program, "--headless", profile, "--convert-to", "pdf", "--outdir", folder, *sources]
        subprocess.run(command, check=False, capture_output=True, timeout=_TIMEOUT)
        made = {name: base / f"{name}.pdf" for name in files}
        return {name: path.read_bytes() for name, path in made.items() if path.is_file()}


def _output(command: list[str], target: Path) -> bytes:
    done = subprocess.run(command, check=False, capture_output=True, timeout=_TIMEOUT)
    if not target.is_file():
        raise RuntimeError(f"{command[0]} made no PDF: {done.stderr.decode(errors='replace')[-500:]}")
    return target.read_bytes()
