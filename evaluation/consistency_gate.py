"""The gate of the checks on the example archive: what is found against pinned floors."""

import tomllib
from importlib.resources import files
from typing import Any

from ljuskoll.evaluation.consistency import Consistency
from ljuskoll.nlp.followup import Model


class ConsistencyFloors(Model):
    """The fewest planted mismatches that must be found, and the most findings that nobody planted."""

    found: int
    most_unplanted: int


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
