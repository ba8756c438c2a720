"""What people have corrected: applied on every import, reported where it no longer fits."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ljuskoll.models.judging import SHIPPED, Judging
from ljuskoll.nlp.errors import UsageError
from ljuskoll.nlp.followup import Model
from ljuskoll.service.identity import ADDED
from ljuskoll.service.judgement import judge, phrase_in
from ljuskoll.service.outputs.files import json_lines, write_files
from ljuskoll.service.record import FileResult, Record, Source

FIELDS = frozenset(
    {"municipality", "period", "goal", "boards", "board_names", "assignment", "declared", "comment", "kind"}
)
"""What may be corrected; the judgement follows from the comment."""


class Correction(Model):
    """One correction: who changed which field of which record, when, from what to what.

    With the field "row", `new` is a record without id and assessment that is added, or None for one that is removed,
    `old` its title. `document` is the sha256 of the record's document, where that is known: what it is forgotten by.
    """

    who: str
    when: str
    record: str
    field: str
    old: Any = None
    new: Any = None
    document: str | None = None

    @property
    def removes(self) -> bool:
        """Whether this takes a superfluous row away."""
        return self.field == ADDED and self.new is None

    @property
    def adds_to(self) -> str | None:
        """The sha256 of the document that this adds a row to; None where it adds none."""
        document = self.new.get("document") if self.field == ADDED and isinstance(self.new, dict) else None
        digest = document.get("sha256") if isinstance(document, dict) else None
        return digest if isinstance(digest, str) else None


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The corrections of a folder; none where there is no file. Raises UsageError with the line that is wrong."""
    if not path.exists():
        return ()
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: kan inte läsas som UTF-8-text ({type(error).__name__}).") from error
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found.append(Correction.model_validate_json(line))
        except ValidationError as error:
            raise UsageError(f"{path}, rad {number}: rättelsen kan inte läsas ({error.errors()[0]['msg']}).") from error
    return tuple(found)


def write_corrections(path: Path, corrections: Iterable[Correction]) -> None:
    """Write the corrections in their order, one a line, as a whole or not at all. Raises UsageError."""
    write_files(path.parent, {path.name: json_lines(corrections)})


def joined(one: Iterable[Correction], other: Iterable[Correction]) -> tuple[Correction, ...]:
    """The corrections of both, each once, by `when` as text; those of the same time stay in their order.

    Of two that differ only in that one names its document, this one stays.
    """
    distinct: dict[str, Correction] = {}
    for correction in (*one, *other):
        key = correction.model_dump_json(exclude={"document"})
        if key not in distinct or correction.document:
            distinct[key] = correction
    return tuple(sorted(distinct.values(), key=lambda correction: correction.when))


class Corrector:
    """Corrects the documents of an archive, one after the other, and knows which corrections have fitted none."""

    def __init__(self, corrections: Sequence[Correction], judging: Judging = SHIPPED) -> None:
        self._corrections = corrections
        self._judging = judging
        self._fitted: set[int] = set()
        self._of_record: defaultdict[str, list[int]] = defaultdict(list)
        self._of_document: defaultdict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(corrections):
            self._of_record[one.record].append(number)
            if one.adds_to:
                self._of_document[one.adds_to].append(number)

    def correct(self, result: FileResult) -> FileResult:
        """The same with its corrections made; rows that are added to it come last."""
        document = result.document
        if document.sha256 is None or document.duplicate_of is not None:
            return result
        added = self._of_document.get(document.sha256, [])
        named = {record.id for record in result.records} | {self._corrections[number].record for number in added}
        own = sorted({number for record in named for number in self._of_record.get(record, ())})
        if not own:
            return result
        made = [self._corrections[number] for number in own]
        source = Source(path=document.path, sha256=document.sha256)
        records, unfit = apply_corrections(result.records, made, self._judging, (source,))
        left = set(map(id, unfit))
        self._fitted.update(number for number in own if id(self._corrections[number]) not in left)
        return result.model_copy(update={"records": tuple(records)})

    @property
    def unfit(self) -> tuple[Correction, ...]:
        """Those that have fitted no document so far."""
        return tuple(one for number, one in enumerate(self._corrections) if number not in self._fitted)


def apply_corrections(
    records: Sequence[Record],
    corrections: Sequence[Correction],
    judging: Judging = SHIPPED,
    documents: Iterable[Source] = (),
) -> tuple[list[Record], tuple[Correction, ...]]:
    """The records with the corrections made, in their order, and the corrections that fit none of them.

    What is corrected is judged anew. Serves for a single record with its own corrections, too: it is gone where they
    remove it. A corrected period does not change the light that a scale of the old period's season gave. Rows are added
    to the records' documents and to `documents`, which may have given none.
    """
    by_id = {record.id: record for record in records}
    there = {*documents, *(record.document for record in records)}
    latest = {(one.record, one.field): one.new for one in corrections}
    unfit: list[Correction] = []
    for correction in corrections:
        found = by_id.get(correction.record)
        if correction.field != ADDED:
            found = _corrected(found, correction, latest, judging)
        elif not correction.removes:
            found = _added(correction, there, judging)
        if found is None:
            unfit.append(correction)
        elif correction.removes:
            del by_id[found.id]
        else:
            by_id[found.id] = found
    return list(by_id.values()), tuple(unfit)


def _corrected(
    record: Record | None, correction: Correction, latest: Mapping[tuple[str, str], Any], judging: Judging
) -> Record | None:
    """The record with one field changed; None where it is gone or its field no longer holds what was corrected.

    A field that holds already what the `latest` correction of it says was corrected before, and keeps it.
    """
    if record is None or correction.field not in FIELDS:
        return None
    data = record.model_dump(mode="json")
    value, last = data[correction.field], latest[correction.record, correction.field]
    if value not in (correction.old, correction.new, last):
        return None
    data[correction.field] = value if value == last else correction.new
    data["corrected"] = sorted({*record.corrected, correction.field})
    return _judged(data, judging)


def _added(correction: Correction, documents: Container[Source], judging: Judging) -> Record | None:
    """The row that is added; None where it is no record of one of these documents."""
    if not isinstance(correction.new, dict):
        return None
    added = _judged({**correction.new, "id": correction.record, "corrected": [ADDED]}, judging)
    return added if added and added.document in documents else None


def _judged(data: dict[str, Any], judging: Judging) -> Record | None:
    """A record with phrase and assessment made anew from its comment; None where a value does not fit its field."""
    classifier = judging.classifier(data.get("municipality"))
    try:
        unjudged = Record.model_validate(
            {**data, "phrase": None, "without_phrase": None, "assessment": classifier.assess("")}
        )
    except ValidationError:
        return None
    judged = unjudged.model_copy(update={"phrase": phrase_in(unjudged)})
    assessment, rest = judge(judged, classifier)
    return judged.model_copy(update={"assessment": assessment, "without_phrase": rest})
