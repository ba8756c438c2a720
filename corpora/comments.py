"""Our own comments with their outcomes: what the judgement learns from and is measured on."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

from pydantic import Field

from ljuskoll.nlp.followup import Kind, Model, Outcome, Period, Tertial

YEAR = 2024
"""The year of every report in the corpora."""

Split = Literal["train", "dev", "test"]
"""Voices to learn from, to choose by, and to measure on; no voice and no municipality is in two of them."""

Phenomenon = Literal[
    "positive_tone",
    "negative_words",
    "part_of_whole",
    "reversal",
    "dependence",
    "figures",
    "double_negation",
    "condition",
    "ocr_noise",
    "background",
]


class Comment(Model):
    """One comment about one assignment, with the outcome that its text supports.

    `voice` is the author, `hard` says that a quick reader would be misled, `phenomenon` by what (where the
    author said); `first` and `second` are the labels of the author and of a reader who saw only the text, `outcome` the
    settled one.
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
    phenomenon: Phenomenon | None = None
    first: Outcome | None = None
    second: Outcome | None = None

    @property
    def period(self) -> Period:
        """The period as the product knows it."""
        return Period.of_tertial(YEAR, self.tertial)


@cache
def load_comments(split: Split = "train") -> tuple[Comment, ...]:
    """The comments of a split, sorted by id; "test" is for the evaluation alone. Raises ValueError for a double id."""
    return parse_comments(rows_of(files(__package__) / "data" / "comments" / split))


def parse_comments(rows: Iterable[dict[str, Any]]) -> tuple[Comment, ...]:
    """Comments from rows as they stand in the files, sorted by id."""
    comments: dict[str, Comment] = {}
    for row in rows:
        comment = Comment.model_validate({**row, "period": tertial_of(row["period"])})
        if comment.id in comments:
            raise ValueError(f"two comments have the id {comment.id}")
        comments[comment.id] = comment
    return tuple(comments[id_] for id_ in sorted(comments))


def corpus_fingerprint(*texts: Iterable[Model]) -> str:
    """sha256 of everything that comments (and pairs) say but the raw labels, whatever the files' order."""
    lines = sorted(one.model_dump_json(exclude={"first", "second"}) for some in texts for one in some)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def tertial_of(written: object) -> int:
    """The number of a tertial written "T2" or 2."""
    return int(str(written).removeprefix("T"))


def rows_of(folder: Traversable) -> Iterator[dict[str, Any]]:
    """The rows of all JSON Lines files in a folder, by file name."""
    sources = sorted((file for file in folder.iterdir() if file.name.endswith(".jsonl")), key=lambda file: file.name)
    for source in sources:
        yield from lines_of(source)


def lines_of(source: Traversable) -> Iterator[dict[str, Any]]:
    """The rows of one JSON Lines file."""
    for line in source.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            yield json.loads(line)
