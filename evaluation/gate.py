"""The gate: measured figures against pinned floors, for the corpus that the floors were set on."""

import tomllib
from importlib.resources import files

from pydantic import Field

from ljuskoll.evaluation.judgement import Judgement
from ljuskoll.nlp.followup import Model

_NOISE = 0.0005
"""Half of the last decimal of a figure: so much below a floor is still on it."""


class Floors(Model):
    """The worst figures that pass, and the fingerprint of the corpus that they were set on."""

    corpus: str
    macro_f1: float = Field(ge=0, le=1)
    precision: float = Field(ge=0, le=1)
    coverage: float = Field(ge=0, le=1)
    outcome_accuracy: float = Field(ge=0, le=1)
    highest_calibration_error: float = Field(ge=0, le=1)


def load_floors() -> Floors:
    """The pinned floors of the judgement."""
    data = tomllib.loads((files(__package__) / "floors.toml").read_text(encoding="utf-8"))
    return Floors.model_validate(data["judgement"])


def failures(measured: Judgement, floors: Floors) -> tuple[str, ...]:
    """What does not pass, in words; empty where all does. Figures of another corpus never pass."""
    if measured.corpus != floors.corpus:
        return (f"corpus {measured.corpus} is not the one that the floors were set on: measure and set them anew",)
    found = measured.parts["all"]
    below = [
        f"{name} is {getattr(found, name)}, below its floor {getattr(floors, name)}"
        for name in ("macro_f1", "precision", "coverage", "outcome_accuracy")
        if getattr(found, name) < getattr(floors, name) - _NOISE
    ]
    if found.calibration_error > floors.highest_calibration_error + _NOISE:
        below.append(f"calibration_error is {found.calibration_error}, above {floors.highest_calibration_error}")
    return tuple(below)
