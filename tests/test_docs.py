"""The docs are true: their code runs, their commands parse, their settings are read, their links lead somewhere."""

import json
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.cli import ALL_READ, WRONG_USAGE, main
from ljuskoll.service.corrections import Correction
from ljuskoll.service.settings import parse_settings

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted({*ROOT.glob("*.md"), *DOCS.glob("*.md"), *(ROOT / "deploy").glob("*.md")} - {ROOT / "CHANGELOG.md"})
"""The changelog speaks of what was there at the time."""
TEMPLATES = ROOT / "service" / "web" / "templates"
COMMAND = re.compile(r"(?:^|[\s=\"'/\\])ljuskoll(?:\.exe)?[\"']? +(?=[a-z])(?P<rest>.*)")
ENDS = frozenset({">", ">>", "|", "&&", ";", "2>"})
LARGEST = 150_000
"""Bytes of a picture in the docs."""


def fenced(page: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


def blocks_and_spans(text: str) -> Iterator[str]:
    """The lines of code of a page, continued lines as one, and what stands as code in its sentences."""
    for block in re.findall(r"```\w*\n(.*?)```", text, re.DOTALL):
        yield from re.sub(r"[\\^`]\n\s*", " ", block).splitlines()
    rest = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    yield from re.findall(r"^(?: {4}|\t) *(.*)$", rest, re.MULTILINE)
    yield from re.findall(r"(?<!`)`([^`\n]+)`", rest)


def commands(page: Path) -> list[list[str]]:
    """The words after `ljuskoll` in each command line of a page; optional ones stand in brackets."""
    found = []
    for code in blocks_and_spans(page.read_text(encoding="utf-8")):
        if match := COMMAND.search(code):
            words = shlex.split(re.sub(r"[\[\]]", "", match["rest"]), comments=True)
            end = next((number for number, word in enumerate(words) if word in ENDS), len(words))
            found.append(words[:end])
    return found


def exit_status(words: list[str]) -> object:
    """How the program ends where it is also asked for help: nothing is run, but command and options must exist.

    An option that stands last is only mentioned: it gets some value.
    """
    first = next((number for number, word in enumerate(words) if word.startswith("-")), len(words))
    value = ["1"] if words[-1].startswith("-") else []
    with pytest.raises(SystemExit) as ended:
        main([*words[:first], "--help", *words[first:], *value])
    return ended.value.code


def anchors(page: Path) -> set[str]:
    """The addresses of a page's headings, as sites that show Markdown make them."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_python_in_the_readme_prints_what_it_says() -> None:
    (code,) = fenced(ROOT / "README.md", "python")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    assert f"# {done.stdout.strip()}" in code


def test_no_page_has_code_that_no_test_runs() -> None:
    """The README's runs here, that of the data set in test_dataset."""
    assert {page.name for page in PAGES if fenced(page, "python")} == {"README.md", "arkiv.md"}


@pytest.mark.parametrize(
    ("page", "settings"),
    [pytest.param(page, text, id=page.name) for page in PAGES for text in fenced(page, "toml")],
)
def test_settings_are_valid(page: Path, settings: str) -> None:
    parse_settings(settings.encode(), page.name)
    assert tomllib.loads(settings)


def test_settings_of_the_guide_are_those_that_it_explains() -> None:
    words, layout = (parse_settings(text.encode(), "") for text in fenced(DOCS / "lasa-in.md", "toml"))
    assert words.vocabulary().municipality == "Lillådalen"
    assert words.scale == {"Enligt plan": "green", "forecast.Pågår": "green", "year_end.Pågår": "yellow"}
    assert layout.layout["title"] == "heading 3"


def test_settings_that_are_wrong_are_not_valid() -> None:
    with pytest.raises(UsageError, match=r"fel\.md"):
        parse_settings(b'[layout]\n"Vad" = "rubrik"\n', "fel.md")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_json_is_valid(page: Path) -> None:
    for text in fenced(page, "json"):
        assert json.loads(text)
    for text in fenced(page, "jsonl"):
        assert all(json.loads(line) for line in text.splitlines())


def test_corrections_of_the_guide_are_corrections() -> None:
    (lines,) = fenced(DOCS / "lasa-in.md", "jsonl")
    light, row = map(Correction.model_validate_json, lines.splitlines())
    assert (light.field, light.removes, row.removes) == ("declared", False, True)


@pytest.mark.parametrize(
    "words",
    [pytest.param(words, id=f"{page.name}: {' '.join(words)}") for page in PAGES for words in commands(page)],
)
def test_commands_parse(words: list[str]) -> None:
    assert exit_status(words) == ALL_READ


@pytest.mark.parametrize(
    "words",
    [
        ["läs"],
        ["import", "MAPP", "--out", "RESULTAT", "--wrokers", "2"],
        ["token", "give", "anna"],
        ["train", "--arkiv"],
    ],
    ids=" ".join,
)
def test_commands_that_are_wrong_do_not_parse(words: list[str]) -> None:
    assert exit_status(words) == WRONG_USAGE


def test_commands_are_found_wherever_they_stand(tmp_path: Path) -> None:
    page = tmp_path / "sida.md"
    page.write_text(
        "Kör `ljuskoll check`, inte `pip install ljuskoll` eller ljuskoll serve.\n\n"
        "    .venv/bin/ljuskoll report UT [--sample 4]  # så här\n\n"
        "1. Sedan\n\n       ljuskoll inspect FIL > ljuskoll.toml\n\n"
        "```\nC:\\ljuskoll\\Scripts\\ljuskoll.exe serve \\\n  --port 1\n"
        'ExecStart="/opt/bin/ljuskoll" token list\n```\n',
        encoding="utf-8",
    )
    assert sorted(commands(page)) == [
        ["check"],
        ["inspect", "FIL"],
        ["report", "UT", "--sample", "4"],
        ["serve", "--port", "1"],
        ["token", "list"],
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_files_in_the_docs_exist(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target, anchor in re.findall(r"\]\((?!\w+:)([^)#]*)(?:#([^)]+))?\)", text):
        there = page.parent / target if target else page
        assert there.exists(), target
        assert not anchor or anchor in anchors(there), f"{target}#{anchor}"
    for target in re.findall(r"`((?:nlp|models|corpora|service|evaluation|tests)/[\w./]+)`", text):
        assert (ROOT / target).exists(), target


def test_every_page_is_reached_from_the_first_and_leads_back() -> None:
    first = (DOCS / "anvandarguide.md").read_text(encoding="utf-8")
    for page in {page for page in PAGES if page.parent == DOCS} - {DOCS / "anvandarguide.md"}:
        assert f"({page.name})" in first, page.name
        assert "(anvandarguide.md)" in page.read_text(encoding="utf-8"), page.name


def test_every_picture_is_shown_and_small() -> None:
    shown = {
        (page.parent / target).resolve()
        for page in PAGES
        for target in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", page.read_text(encoding="utf-8"))
    }
    assert shown == {path.resolve() for path in DOCS.glob("*.png")}
    for path in shown:
        assert path.stat().st_size < LARGEST, path.name
        with Image.open(path) as picture:
            assert picture.width in (1200, 1280), path.name


def test_the_keys_of_the_guide_are_those_of_the_pages() -> None:
    guide = (DOCS / "granska.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `(.)` \|", guide, re.MULTILINE)
    keys = re.findall(r"<dt><kbd>(.)</kbd></dt>", (TEMPLATES / "keys.html").read_text(encoding="utf-8"))
    assert told and sorted(told) == sorted(keys)
