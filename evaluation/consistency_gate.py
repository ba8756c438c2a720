"""The gate of the checks: what is found in the example archive and in the test archives, against pinned floors."""

import tomllib
from importlib.resources import files
from typing import Any

from ljuskoll.evaluation.consistency import Consistency
from ljuskoll.evaluation.contradiction_figures import ContradictionFigures
from ljuskoll.nlp.followup import Model


class ConsistencyFloors(Model):
    """The fewest planted mismatches that must be found, and the most findings that nobody planted."""

    found: int
    most_unplanted: int


class ContradictionFloors(Model):
    """The least figures on the test archives, and the most false flags in 100 consistent records."""

    found: int
    f1: dict[str, float]
    average_precision: float
    precision_at_recall: float
    most_false_share: float
    most_wrong_links: int
    linked: float


def load_contradiction_floors() -> ContradictionFloors:
    """The pinned floors of the checks on the test archives."""
    return ContradictionFloors.model_validate(_data()["contradictions"])


def contradiction_failures(measured: ContradictionFigures, floors: ContradictionFloors) -> tuple[str, ...]:
    """What does not pass, in words; empty where all does."""
    own = measured.rankings["ljuskoll"]
    least = [
        ("planterade motsägelser funna", measured.found, floors.found),
        ("medelprecision", own.average_precision, floors.average_precision),
        ("precision vid återfinning", own.precision_at_recall, floors.precision_at_recall),
        ("länkade par", measured.links.recall, floors.linked),
        *((f"F1 för {kind}", measured.kinds[kind].f1, floor) for kind, floor in floors.f1.items()),
    ]
    most = [
        ("falska flaggor på 100 rader", measured.false_share, floors.most_false_share),
        ("fel länkar", measured.links.wrong + measured.title_links.wrong, floors.most_wrong_links),
    ]
    return (
        *(f"{name}: {value:.3f}, golvet är {floor}" for name, value, floor in least if value < floor),
        *(f"{name}: {value:.3f}, taket är {bound}" for name, value, bound in most if value > bound),
    )


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
