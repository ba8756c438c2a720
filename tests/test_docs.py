"""The docs are true: their code runs, their commands exist, their settings are read."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from ljuskoll.service.settings import Settings

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "docs" / "anvandarguide.md", ROOT / "ARCHITECTURE.md"]


def fenced(page: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


def test_python_in_the_readme_prints_what_it_says() -> None:
    (code,) = fenced(ROOT / "README.md", "python")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    assert f"# {done.stdout.strip()}" in code


def test_settings_in_the_guide_are_valid() -> None:
    (settings,) = fenced(ROOT / "docs" / "anvandarguide.md", "toml")
    assert Settings.model_validate(tomllib.loads(settings)).vocabulary().municipality == "Lillådalen"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_in_the_docs_exist(page: Path) -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("ljuskoll")), "--help"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    named = set(
        re.findall(
            r"ljuskoll (import|check|assess|inspect|train|evaluate|report|serve|forget)\b", page.read_text("utf-8")
        )
    )
    assert named
    assert all(re.search(rf"\b{command}\b", done.stdout) for command in named)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_files_in_the_docs_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (page.parent / target).exists(), target
    for target in re.findall(r"`((?:nlp|models|corpora|service|evaluation|tests)/[\w./]+)`", text):
        assert (ROOT / target).exists(), target
