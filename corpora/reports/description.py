"""Our own reports as described in reports.toml: which assignments each holds, with board, outcome and comment."""

import json
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypeAlias

from ljuskoll.corpora.comments import Comment, load_comments, parse_comments
from ljuskoll.nlp.followup import Kind, Model, Outcome, Period

Light: TypeAlias = Literal["green", "yellow", "red", "unclear"]

_LIGHTS: dict[Outcome, Light] = {
    "completed": "green",
    "on_track": "green",
    "partial": "yellow",
    "off_track": "red",
    "not_started": "red",
    "cancelled": "red",
    "unclear": "unclear",
}


class Assignment(Model):
    """One assignment (or goal, indicator, activity) as a report of ours says it.

    `sentence` is the status sentence before the comment; paragraphs of `comment` are separated by line breaks.
    """

    title: str
    boards: tuple[str, ...]
    outcome: Outcome
    comment: str
    sentence: str | None = None

    @property
    def light(self) -> Light:
        """The light that the report shows."""
        return _LIGHTS[self.outcome]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The comment's paragraphs, the status sentence at the beginning of the first one."""
        first, *rest = self.comment.split("\n")
        return (f"{self.sentence} {first}" if self.sentence else first, *rest)


class Goal(Model):
    """A goal with the assignments under it."""

    name: str
    rows: tuple[Assignment, ...]


class Description(Model):
    """One report of an invented municipality; `number` is its place among all, from which wordings are chosen."""

    key: str
    number: int
    municipality: str
    period: Period
    kind: Kind
    title: str
    goals: tuple[Goal, ...]

    @property
    def rows(self) -> tuple[Assignment, ...]:
        """All assignments in order."""
        return tuple(row for goal in self.goals for row in goal.rows)


def data(name: str) -> dict[str, Any]:
    """One of the TOML files of this folder."""
    return tomllib.loads((files(__package__) / name).read_text(encoding="utf-8"))


@cache
def load_words() -> dict[str, Any]:
    """The Swedish words that the reports use (words.toml)."""
    return data("words.toml")


@cache
def load_prose() -> dict[str, Any]:
    """What stands around the follow-ups (prose.toml)."""
    return data("prose.toml")


@cache
def texts() -> Mapping[str, Comment]:
    """All comments that a report can hold, by id: those of the judgement's corpus and longer ones written for this."""
    lines = (files(__package__) / "comments.jsonl").read_text(encoding="utf-8").splitlines()
    own = parse_comments([json.loads(line) for line in lines])
    return {comment.id: comment for comment in (*load_comments(), *own)}


@cache
def load_descriptions() -> Mapping[str, Description]:
    """All reports by key. Raises ValueError for a key that stands twice."""
    rows = data("reports.toml")["report"]
    found = {row["key"]: _description(number, row) for number, row in enumerate(rows)}
    if len(found) != len(rows):
        raise ValueError("reports.toml: two reports have one key")
    return found


def _description(number: int, row: dict[str, Any]) -> Description:
    period = _period(row["year"], row["period"])
    written = load_words()["sentences"]["outcome" if period.is_year_end else "forecast"]
    sentences: Mapping[Outcome, list[str]] = written if row["sentences"] else {}
    goals = tuple(
        Goal(name=goal["name"], rows=tuple(_assignment(text, sentences, number) for text in goal["rows"]))
        for goal in row["goal"]
    )
    return Description(
        key=row["key"],
        number=number,
        municipality=row["municipality"],
        period=period,
        kind=row["kind"],
        title=row["title"],
        goals=goals,
    )


def _assignment(text: str, sentences: Mapping[Outcome, list[str]], number: int) -> Assignment:
    id_, _, boards = text.partition("=")
    comment = texts()[id_]
    choices = sentences.get(comment.outcome, [])
    return Assignment(
        title=comment.assignment,
        boards=tuple(boards.split("+")) if boards else (comment.board,),
        outcome=comment.outcome,
        comment=comment.comment,
        sentence=choices[number % len(choices)] if choices else None,
    )


def _period(year: int, code: str) -> Period:
    if code in ("T1", "T2", "T3"):
        return Period.of_tertial(year, {"T1": 1, "T2": 2, "T3": 3}[code])  # type: ignore[arg-type]
    month, day = map(int, code.split("-"))
    return Period.of_date(date(year, month, day))
