"""Minimal pairs and invariance groups: what a small change must do to a verdict, and what it must not."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import Field

from ljuskoll.corpora.comments import YEAR, rows_of, tertial_of
from ljuskoll.nlp.followup import Model, Outcome, Period, Tertial

Split = Literal["train", "test"]


class Text(Model):
    """A comment with what is known about it."""

    assignment: str
    tertial: Tertial = Field(alias="period")
    comment: str = Field(min_length=1)

    @property
    def period(self) -> Period:
        """The period as the product knows it."""
        return Period.of_tertial(YEAR, self.tertial)


class Side(Text):
    """One side of a minimal pair with the outcome that its text supports; `second` as in `Comment`."""

    outcome: Outcome
    second: Outcome | None = None


class MinimalPair(Model):
    """Two comments that differ in as little as possible and support different lights."""

    id: str = Field(min_length=1)
    phenomenon: str
    a: Side
    b: Side

    @property
    def author(self) -> str:
        """Who wrote it."""
        return self.id.rpartition("-")[0]


class InvarianceGroup(Model):
    """Variants of one comment that must get the same verdict; `change` says what differs."""

    id: str = Field(min_length=1)
    change: str
    outcome: Outcome
    variants: tuple[Text, ...] = Field(min_length=2)


@cache
def load_pairs(split: Split = "train") -> tuple[MinimalPair, ...]:
    """All minimal pairs of a split, by id; "test" is for the evaluation alone."""
    return tuple(
        MinimalPair.model_validate({**row, "a": _dated(row["a"]), "b": _dated(row["b"])})
        for row in _sorted("pairs", split)
    )


@cache
def load_groups(split: Split = "train") -> tuple[InvarianceGroup, ...]:
    """All invariance groups of a split, by id; "test" is for the evaluation alone."""
    return tuple(
        InvarianceGroup.model_validate({**row, "variants": [_dated(text) for text in row["variants"]]})
        for row in _sorted("invariance", split)
    )


def _sorted(kind: str, split: str) -> Iterator[dict[str, Any]]:
    yield from sorted(rows_of(files(__package__) / "data" / kind / split), key=lambda row: str(row["id"]))


def _dated(text: dict[str, Any]) -> dict[str, Any]:
    return {**text, "period": tertial_of(text["period"])}
