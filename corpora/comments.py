"""Our own comments with their outcomes: what the judgement learns from and is measured on."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from pydantic import Field

from ljuskoll.nlp.followup import Kind, Model, Outcome, Period, Tertial

_YEAR = 2024
"""The corpus names no years; every comment is given the same one, so that periods compare."""


class Comment(Model):
    """One comment about one assignment, with the outcome that its author meant it to support.

    `voice` is the author, `hard` says that a keyword misleads, `second` is a blind second reading where there is one.
    """

    id: str = Field(min_length=1)
    voice: str = Field(min_length=1)
    municipality: str = Field(min_length=1)
    board: str
    kind: Kind
    assignment: str
    tertial: Tertial = Field(alias="period")
    comment: str = Field(min_length=1)
    outcome: Outcome
    hard: bool
    second: Outcome | None = None

    @property
    def period(self) -> Period:
        """The period as the product knows it."""
        return Period.of_tertial(_YEAR, self.tertial)


@cache
def load_comments() -> tuple[Comment, ...]:
    """All comments, sorted by id. Raises ValueError for a double id or a second reading of an unknown comment."""
    data = files(__package__) / "data"
    second_reading = data / "second_reading.jsonl"
    second = {row["id"]: row["outcome"] for row in _rows([second_reading])} if second_reading.is_file() else {}
    return parse_comments(_rows(_files(data / "comments")), second)


def parse_comments(rows: Iterable[dict[str, Any]], second: dict[str, Outcome]) -> tuple[Comment, ...]:
    """Comments from rows as they stand in the files, sorted by id; `second` maps ids to second readings."""
    comments: dict[str, Comment] = {}
    for row in rows:
        fields = {**row, "period": int(str(row["period"]).removeprefix("T")), "second": second.get(row["id"])}
        comment = Comment.model_validate(fields)
        if comment.id in comments:
            raise ValueError(f"two comments have the id {comment.id}")
        comments[comment.id] = comment
    unknown = sorted(second.keys() - comments.keys())
    if unknown:
        raise ValueError(f"second readings of unknown comments: {', '.join(unknown)}")
    return tuple(comments[id_] for id_ in sorted(comments))


def corpus_fingerprint(comments: Iterable[Comment]) -> str:
    """sha256 of everything that the comments say but the second readings, whatever the files' order."""
    text = "\n".join(
        comment.model_dump_json(exclude={"second"}) for comment in sorted(comments, key=lambda comment: comment.id)
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _files(folder: Traversable) -> list[Traversable]:
    return sorted((file for file in folder.iterdir() if file.name.endswith(".jsonl")), key=lambda file: file.name)


def _rows(sources: Iterable[Traversable]) -> Iterator[dict[str, Any]]:
    for source in sources:
        for line in source.read_text(encoding="utf-8").split("\n"):
            if line.strip():
                yield json.loads(line)
