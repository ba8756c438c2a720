"""Archives of fictional municipalities with planted contradictions and near misses, written for measuring the checks.

`dev` is for learning scores and for development, `mended` for development alone: the checks have been mended on what
they flagged falsely there, so that it holds too few false flags to learn from. Only the evaluation reads `test`.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from ljuskoll.corpora.comments import lines_of
from ljuskoll.nlp.followup import Colour, Model, Tertial

ArchiveSplit = Literal["dev", "mended", "test"]

_LIGHTS: dict[Colour, str] = {"green": "Grön", "yellow": "Gul", "red": "Röd"}
_HEADINGS = ("Nr", "Uppdrag", "Ansvarig nämnd", "Status", "Kommentar")
_TITLES: dict[Tertial, str] = {
    1: "Uppföljning T1 {year}",
    2: "Delårsuppföljning T2 {year}",
    3: "Helårsuppföljning {year}",
}


class Report(Model):
    """One report: whose it is, and the sentences that stand before its assignments and under its goals."""

    doc: str
    year: int
    tertial: Tertial
    level: Literal["municipality", "board"]
    board: str | None = None
    version: str | None = None
    prose: tuple[str, ...] = ()
    goals: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class Row(Model):
    """One follow-up of a report; `key` says which assignment it really is, in all reports."""

    doc: str
    key: str
    goal: str | None = None
    number: str | None = None
    assignment: str
    board: str
    light: Colour | None
    comment: str


class Planned(Model):
    """A line of the municipality's plan for its second year."""

    unit: str
    section: Literal["goal", "indicator"]
    text: str
    target: str | None = None


class Planted(Model):
    """One contradiction: its kind, what else it is, and the rows, sentence, period or planned item that it is about."""

    kind: str
    also: tuple[str, ...] = ()
    sub: str | None = None
    rows: tuple[tuple[str, str], ...] = ()
    sentence: str | None = None
    doc: str | None = None
    period: str | None = None
    plan: str | None = None
    suggested: Colour | None = None
    why: str = ""


class NearMiss(Model):
    """What a hasty check would flag as `kind`, and a careful reader would not."""

    kind: str
    rows: tuple[tuple[str, str], ...] = ()
    sentence: str | None = None
    doc: str | None = None
    why: str = ""


class Archive(Model):
    """One municipality's reports with what was planted in them."""

    name: str
    municipality: str
    reports: tuple[Report, ...]
    rows: tuple[Row, ...]
    plan: tuple[Planned, ...]
    planted: tuple[Planted, ...]
    near: tuple[NearMiss, ...]

    def path(self, doc: str) -> str:
        """The path of a report, relative to the folder that `write_archive` is given."""
        report = next(report for report in self.reports if report.doc == doc)
        return f"{self.municipality.removesuffix(' kommun')}/{report.year}/{doc}.html"

    @property
    def plan_path(self) -> str:
        """The path of the plan."""
        return f"{self.municipality.removesuffix(' kommun')}/plan.txt"

    @property
    def plan_year(self) -> int:
        """The year that the plan is for: the archive's last."""
        return max(report.year for report in self.reports)


class TitleLists(Model):
    """The titles of two reports in a row: key, title, board and goal of each; equal keys are the same assignment.

    An assignment that was made of two has both keys, joined by "|".
    """

    municipality: str
    earlier: tuple[tuple[str, str, str, str | None], ...]
    later: tuple[tuple[str, str, str, str | None], ...]


@cache
def load_title_lists(split: ArchiveSplit = "dev") -> tuple[TitleLists, ...]:
    """The title lists of a split."""
    source = files("ljuskoll.corpora") / "data" / "titles" / f"{split}.jsonl"
    return tuple(TitleLists.model_validate(row) for row in lines_of(source))


@cache
def load_archives(split: ArchiveSplit = "dev") -> tuple[Archive, ...]:
    """The archives of a split, by name."""
    folder = files("ljuskoll.corpora") / "data" / "contradictions" / split
    return tuple(_archive(folder / name) for name in sorted(entry.name for entry in folder.iterdir() if entry.is_dir()))


def _archive(folder: Traversable) -> Archive:
    def read(name: str) -> list[dict[str, Any]]:
        return list(lines_of(folder / f"{name}.jsonl"))

    return Archive.model_validate(
        {
            "name": folder.name,
            "municipality": (folder / "municipality.txt").read_text(encoding="utf-8").strip(),
            "reports": read("documents"),
            **{name: read(name) for name in ("rows", "plan", "planted", "near")},
        }
    )


def write_archive(archive: Archive, folder: Path) -> None:
    """The archive's reports and plan as files below `folder`, as a municipality would have them."""
    for report in archive.reports:
        rows = [row for row in archive.rows if row.doc == report.doc]
        _write(folder / archive.path(report.doc), "\n".join(_page(archive, report, rows)))
    if archive.plan:
        _write(folder / archive.plan_path, "\n".join(_plan(archive)))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _page(archive: Archive, report: Report, rows: Sequence[Row]) -> Iterator[str]:
    title = _TITLES[report.tertial].format(year=report.year)
    owner = report.board if report.board else archive.municipality
    heading = f"{title} – {owner}" + (f" ({report.version.lower()})" if report.version else "")
    yield f'<!DOCTYPE html><html lang="sv"><head><meta charset="utf-8"><title>{escape(heading)}</title></head><body>'
    yield f"<h1>{escape(heading)}</h1>"
    yield from (f"<p>{escape(sentence)}</p>" for sentence in report.prose)
    for goal in dict.fromkeys(row.goal for row in rows):
        if goal:
            yield f"<h2>{escape(goal)}</h2>"
            yield from (f"<p>{escape(sentence)}</p>" for sentence in report.goals.get(goal, ()))
        yield from _table([row for row in rows if row.goal == goal], numbered=any(row.number for row in rows))
    yield f"<footer>{escape(archive.municipality)}</footer></body></html>"


def _table(rows: Sequence[Row], *, numbered: bool) -> Iterator[str]:
    first = 0 if numbered else 1
    yield "<table><tr>" + "".join(f"<th>{heading}</th>" for heading in _HEADINGS[first:]) + "</tr>"
    for row in rows:
        light = _LIGHTS[row.light] if row.light else ""
        cells = (row.number or "", row.assignment, row.board, light, row.comment)
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells[first:]) + "</tr>"
    yield "</table>"


def _plan(archive: Archive) -> Iterator[str]:
    yield f"Verksamhetsplan {archive.plan_year}, {archive.municipality}"
    for unit in dict.fromkeys(item.unit for item in archive.plan):
        yield from ("", unit, "Uppdrag:", f"{unit} ansvarar för sin del av kommunens verksamhet.")
        for section, label in (("goal", "Mål:"), ("indicator", "Nyckeltal:")):
            items = [item for item in archive.plan if (item.unit, item.section) == (unit, section)]
            if items:
                yield from (label, *(f"- {item.text}" for item in items))
