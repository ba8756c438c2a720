"""The gate: measured figures against pinned floors, for the corpus that the floors were set on."""

import tomllib
from importlib.resources import files
from typing import Any

from pydantic import Field

from ljuskoll.evaluation.consistency import Consistency
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


class ConsistencyFloors(Model):
    """The fewest planted mismatches that must be found, and the most findings that nobody planted."""

    found: int
    most_unplanted: int


def load_floors() -> Floors:
    """The pinned floors of the judgement."""
    return Floors.model_validate(_data()["judgement"])


def load_consistency_floors() -> ConsistencyFloors:
    """The pinned floors of the checks on the example archive."""
    return ConsistencyFloors.model_validate(_data()["consistency"])


def _data() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "floors.toml").read_text(encoding="utf-8"))


def consistency_failures(measured: Consistency, floors: ConsistencyFloors) -> tuple[str, ...]:
    """What does not pass, in words; empty where all does."""
    failed = []
    if measured.found < floors.found:
        failed.append(f"planterade avvikelser: {measured.found} funna, golvet är {floors.found}")
    if measured.unplanted > floors.most_unplanted:
        failed.append(f"avvikelser som ingen planterat: {measured.unplanted}, taket är {floors.most_unplanted}")
    return tuple(failed)


def failures(measured: Judgement, floors: Floors) -> tuple[str, ...]:
    """What does not pass, in words; empty where all does. Figures of another corpus never pass."""
    if measured.corpus != floors.corpus:
        return (f"korpusen {measured.corpus} är inte den som golven sattes på: mät och sätt dem på nytt",)
    found = measured.parts["all"]
    below = [
        f"{name} är {getattr(found, name)}, under golvet {getattr(floors, name)}"
        for name in ("macro_f1", "precision", "coverage", "outcome_accuracy")
        if getattr(found, name) < getattr(floors, name) - _NOISE
    ]
    if found.calibration_error > floors.highest_calibration_error + _NOISE:
        below.append(f"calibration_error är {found.calibration_error}, över {floors.highest_calibration_error}")
    return tuple(below)
