"""Pinned floors of the judgement: figures that may rise freely and fall only with a flag and a reason."""

import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from ljuskoll.evaluation.components import ComponentFigures
from ljuskoll.evaluation.judgement import ALL, Judgement
from ljuskoll.nlp.followup import Model

NAME = "judgement_floors.json"
NOISE = 0.0005
"""Half of the last decimal of a figure: so much below a floor is still on it."""
MARGIN = 0.02
"""A new floor is pinned so far below what was measured, so that another processor's last bits do not fail it."""
_FIGURES = ("macro_f1", "precision", "coverage", "outcome_accuracy")


class Lowered(Model):
    """A floor that was lowered, and why."""

    figure: str
    before: float
    after: float
    reason: str


class Floors(Model):
    """The lowest values that pass, by figure, for the corpus with this fingerprint; and what was ever lowered."""

    corpus: str
    lowest: dict[str, float]
    lowered: tuple[Lowered, ...] = ()


class FloorsWouldFallError(Exception):
    """New floors would be lower than the pinned ones, and no reason was given."""


def load_floors() -> Floors:
    """The pinned floors."""
    return Floors.model_validate_json((files(__package__) / NAME).read_text(encoding="utf-8"))


def gated(fast: Judgement, careful: Judgement | None, components: Mapping[str, ComponentFigures]) -> dict[str, float]:
    """The figures that the gate looks at, all of them better when higher: those of the fast judge have no prefix."""
    found = _of_judge(fast)
    if careful:
        found |= {f"careful.{name}": value for name, value in _of_judge(careful).items()}
    for name, figures in components.items():
        found |= {f"{name}.precision": figures.precision, f"{name}.recall": figures.recall}
    return found


def _of_judge(measured: Judgement) -> dict[str, float]:
    found = {name: float(getattr(measured.parts[ALL], name)) for name in _FIGURES}
    found["calibration"] = round(1 - measured.parts[ALL].calibration_error, 3)
    found |= {"hard.macro_f1": measured.parts["hard"].macro_f1, "easy.macro_f1": measured.parts["easy"].macro_f1}
    found |= {"pairs": measured.pairs[ALL].value, "invariance": measured.invariance[ALL].value}
    found["faithfulness"] = measured.faithfulness.value
    return found


def failures(corpus: str, found: Mapping[str, float], floors: Floors) -> tuple[str, ...]:
    """What does not pass, in words; empty where all does. Figures of another corpus never pass."""
    if corpus != floors.corpus:
        return (f"korpusen {corpus} är inte den som golven sattes på: mät och sätt dem på nytt (--pin)",)
    missing = sorted(floors.lowest.keys() ^ found.keys())
    below = [
        f"{name} är {found[name]}, under golvet {floor}"
        for name, floor in floors.lowest.items()
        if name in found and found[name] < floor - NOISE
    ]
    return (*(f"{name}: mäts inte eller har inget golv" for name in missing), *below)


def pinned(corpus: str, found: Mapping[str, float], before: Floors, reason: str = "") -> Floors:
    """New floors a margin below what was measured, never below the old ones unless a reason is given.

    Raises FloorsWouldFallError where a floor would be lowered without one.
    """
    lowest = {name: max(before.lowest.get(name, 0.0), round(value - MARGIN, 3)) for name, value in found.items()}
    fallen = {name: floor for name, floor in lowest.items() if found[name] < floor - NOISE}
    if fallen and not reason:
        raise FloorsWouldFallError(", ".join(f"{name} {floor} -> {found[name]}" for name, floor in fallen.items()))
    lowest |= {name: round(found[name] - MARGIN, 3) for name in fallen}
    lowered = [Lowered(figure=name, before=fallen[name], after=lowest[name], reason=reason) for name in fallen]
    return Floors(corpus=corpus, lowest=dict(sorted(lowest.items())), lowered=(*before.lowered, *lowered))


def write_floors(floors: Floors, folder: Path) -> None:
    """Writes the floors where `load_floors` finds them."""
    text = json.dumps(floors.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"
    (folder / NAME).write_text(text, encoding="utf-8", newline="\n")
