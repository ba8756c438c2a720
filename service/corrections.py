"""What people have corrected: applied on every import, reported where it no longer fits."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ljuskoll.models.judging import SHIPPED, Judging
from ljuskoll.nlp.errors import UsageError
from ljuskoll.nlp.followup import Model
from ljuskoll.nlp.language.status import find_status, main_phrase
from ljuskoll.service.judgement import judge
from ljuskoll.service.record import Record

FIELDS = frozenset(
    {"municipality", "period", "goal", "boards", "board_names", "assignment", "declared", "comment", "kind"}
)
"""What may be corrected; the judgement follows from the comment."""
ADDED = "row"
"""The field name of a correction that adds a whole row: `new` is a record without id and assessment."""


class Correction(Model):
    """One correction: who changed which field of which record, when, from what to what."""

    who: str
    when: str
    record: str
    field: str
    old: Any = None
    new: Any = None


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The corrections of a folder; none where there is no file. Raises UsageError with the line that is wrong."""
    if not path.exists():
        return ()
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            found.append(Correction.model_validate_json(line))
        except ValidationError as error:
            raise UsageError(f"{path}, rad {number}: rättelsen kan inte läsas ({error.errors()[0]['msg']}).") from error
    return tuple(found)


def apply_corrections(
    records: list[Record], corrections: Sequence[Correction], judging: Judging = SHIPPED
) -> tuple[list[Record], tuple[Correction, ...]]:
    """The records with the corrections made, in their order, and the corrections that fit none of them.

    What is corrected is judged anew.
    """
    by_id = {record.id: record for record in records}
    unfit: list[Correction] = []
    for correction in corrections:
        if correction.field == ADDED:
            added = _added(correction, judging)
            if added is None or not any(record.document == added.document for record in records):
                unfit.append(correction)
            else:
                by_id[added.id] = added
            continue
        corrected = _corrected(by_id.get(correction.record), correction, judging)
        if corrected is None:
            unfit.append(correction)
        else:
            by_id[corrected.id] = corrected
    return list(by_id.values()), tuple(unfit)


def _corrected(record: Record | None, correction: Correction, judging: Judging) -> Record | None:
    """The record with one field changed; None where it is gone or its field no longer holds what was corrected."""
    if record is None or correction.field not in FIELDS:
        return None
    data = record.model_dump(mode="json")
    if data[correction.field] not in (correction.old, correction.new):
        return None
    data[correction.field] = correction.new
    data["corrected"] = sorted({*record.corrected, correction.field})
    return _judged(data, judging)


def _added(correction: Correction, judging: Judging) -> Record | None:
    if not isinstance(correction.new, dict):
        return None
    return _judged({**correction.new, "id": correction.record, "corrected": [ADDED]}, judging)


def _judged(data: dict[str, Any], judging: Judging) -> Record | None:
    """A record with phrase and assessment made anew from its comment; None where a value does not fit its field."""
    classifier = judging.classifier(data.get("municipality"))
    try:
        unjudged = Record.model_validate(
            {**data, "phrase": None, "without_phrase": None, "assessment": classifier.assess("")}
        )
    except ValidationError:
        return None
    year = unjudged.period.year if unjudged.period else None
    phrase = main_phrase(find_status(unjudged.comment, year=year))
    judged = unjudged.model_copy(update={"phrase": phrase})
    assessment, rest = judge(judged, classifier)
    return judged.model_copy(update={"assessment": assessment, "without_phrase": rest})
