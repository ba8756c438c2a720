"""The gate of the extraction: measured figures against pinned floors."""

import tomllib
from importlib.resources import files

from pydantic import Field

from ljuskoll.evaluation.extraction import Figures
from ljuskoll.evaluation.extraction_run import SCANNED, Measured
from ljuskoll.nlp.followup import Model

GATED_FIELDS = ("declared", "boards", "period", "page", "phrase", "comment")
WITHOUT_FALSE = ("legend", "long")
"""Layouts in which not one record may be false."""


class ExtractionFloors(Model):
    """The worst figures that pass: of records in all and in each layout, and of each field in matched records."""

    total: float = Field(ge=0, le=1)
    fields: float = Field(ge=0, le=1)
    layouts: dict[str, float]


def load_extraction_floors() -> ExtractionFloors:
    """The pinned floors of the extraction."""
    data = tomllib.loads((files(__package__) / "floors.toml").read_text(encoding="utf-8"))
    return ExtractionFloors.model_validate(data["extraction"])


def extraction_failures(measured: Measured, floors: ExtractionFloors) -> tuple[str, ...]:
    """What does not pass, in words; empty where all does. A layout without a floor never passes."""
    failed = []
    if measured.total.f1 < floors.total:
        failed.append(f"poster: F1 är {measured.total.f1:.3f}, golvet är {floors.total}")
    for layout, figures in measured.layouts.items():
        floor = floors.layouts.get(layout)
        if floor is None:
            failed.append(f"{layout}: har inget golv")
        elif figures.f1 < floor:
            failed.append(f"{layout}: F1 är {figures.f1:.3f}, golvet är {floor}")
        if layout in WITHOUT_FALSE and figures.false:
            failed.append(f"{layout}: {figures.false} falska poster")
    unmeasured = floors.layouts.keys() - measured.layouts.keys() - ({SCANNED} if measured.left_out else set())
    failed += [f"layouten {layout} är inte mätt" for layout in floors.layouts if layout in unmeasured]
    return (*failed, *_field_failures(measured.total, floors))


def _field_failures(total: Figures, floors: ExtractionFloors) -> list[str]:
    values = {name: getattr(total, name).value for name in GATED_FIELDS}
    return [
        f"{name}: {value:.3f} är rätt, golvet är {floors.fields}"
        for name, value in values.items()
        if value < floors.fields
    ]
