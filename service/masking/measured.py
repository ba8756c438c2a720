"""How many names were found when it was last measured, to be told wherever texts are masked."""

import json
from functools import cache
from importlib.resources import files
from pathlib import Path

from ljuskoll.nlp.followup import Model

NAME = "measured.json"


class NameFigures(Model):
    """How many names are marked in our own sentences, how many are masked to the last word, and what else is masked."""

    sentences: int
    names: int
    masked: int
    found: int
    false: int

    @property
    def recall(self) -> float:
        """The share of names that are masked whole."""
        return self.masked / self.names if self.names else 1.0

    @property
    def precision(self) -> float:
        """The share of masked stretches in which every word belongs to a name."""
        return 1 - self.false / self.found if self.found else 1.0

    @property
    def percent(self) -> int:
        """The share of names that are masked whole in per cent, rounded down."""
        return int(100 * self.recall)


@cache
def shipped_figures() -> NameFigures:
    """The figures that `ljuskoll evaluate masking --pin` wrote."""
    return NameFigures.model_validate(json.loads((files(__package__) / NAME).read_text(encoding="utf-8")))


def write_figures(figures: NameFigures, folder: Path) -> None:
    """Keeps the figures beside the masking."""
    text = json.dumps(figures.model_dump(), indent=2) + "\n"
    (folder / NAME).write_text(text, encoding="utf-8", newline="\n")
