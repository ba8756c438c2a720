"""The report of one import folder: the checks' links and lights put together with the result, masked, and written."""

from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from ljuskoll.service.consistency.material import Material
from ljuskoll.service.consistency.threads import Thread
from ljuskoll.service.masking import is_code, leaving, masked
from ljuskoll.service.outputs.files import read_result
from ljuskoll.service.outputs.report import report_page, write_report
from ljuskoll.service.outputs.report_material import Course, ReportMaterial
from ljuskoll.service.outputs.report_sample import Sampling
from ljuskoll.service.record import Result

AnyModel = TypeVar("AnyModel", bound=BaseModel)


def make_report(directory: Path, sampling: Sampling | None = None, *, unmasked: bool = False) -> Path:
    """Write the report of an import folder into it, with a working paper if a sample is asked for; returns its path.

    Raises UsageError where the folder is none of an import or cannot be written.
    """
    material = report_material(read_result(directory), unmasked=unmasked)
    return write_report(directory, report_page(material, sampling))


def report_material(result: Result, *, unmasked: bool = False) -> ReportMaterial:
    """What the report shows; links are found in the texts as they are, before these are masked."""
    material = Material.of(result.records, result.documents, result.plans, result.run.scales)
    return ReportMaterial(
        result=result if unmasked else masked_result(result),
        courses=tuple(_course(thread, unmasked) for thread in material.threads),
        lights={record.id: material.status_light(record) for record in material.records},
        phrase_lights={record.id: material.phrase_light(record) for record in material.records},
        ambiguous=material.linking.ambiguous,
        is_masked=not unmasked,
    )


def masked_result(result: Result) -> Result:
    """The result with every text in it masked, wherever it stands; ids, lengths and so offsets stay as they are."""
    with leaving(result.run.officials):
        return Result(
            documents=tuple(map(_masked_model, result.documents)),
            records=tuple(map(_masked_model, result.records)),
            plans=tuple(map(_masked_model, result.plans)),
            findings=tuple(map(_masked_model, result.findings)),
            run=_masked_model(result.run),
        )


def _masked_model(model: AnyModel) -> AnyModel:
    return type(model).model_validate(_masked(model.model_dump()))


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return value if is_code(value) else masked(value)
    if isinstance(value, dict):
        return {_masked(key): _masked(part) for key, part in value.items()}
    return type(value)(map(_masked, value)) if isinstance(value, list | tuple) else value


def _course(thread: Thread, unmasked: bool) -> Course:
    name = thread.last[0].municipality
    reports = tuple(tuple(record.id for record in report) for report in thread.reports)
    return Course(name if unmasked or name is None else masked(name), thread.year, reports, bool(thread.before))
