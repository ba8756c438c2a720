"""Forgetting a document: it goes with all that was made of it, and what is left is checked anew."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ljuskoll.models.adaptation import FILE as ADAPTATION_NAME
from ljuskoll.models.judging import SHIPPED, Judging
from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.archive.importing import alone_in, forget_readings, remake
from ljuskoll.service.archive.stored import stored_results
from ljuskoll.service.corrections import Correction, read_corrections, write_corrections
from ljuskoll.service.outputs.files import CORRECTIONS_NAME, open_result
from ljuskoll.service.outputs.report import REPORT_NAME
from ljuskoll.service.record import DocumentRecord, Record
from ljuskoll.service.watching import Watcher

SHORTEST: Final = 8
"""So many characters of a sha256 name a document, where no other begins with them."""
_DERIVED: Final = (REPORT_NAME, ADAPTATION_NAME)
"""What may lie in the folder and quotes the texts or was learnt from them: to be made anew."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was taken away: the documents (all copies), how much of each kind, and files to be made anew.

    `untraced` are corrections of records that no document has any longer: they could be this one's, and went too.
    `unfit` are corrections of the rest that do not fit.
    """

    documents: tuple[DocumentRecord, ...]
    records: int
    plans: int
    corrections: int
    untraced: int
    files: tuple[str, ...] = ()
    unfit: tuple[Correction, ...] = ()


def forget_in_archive(directory: Path, document: str, judging: Judging = SHIPPED) -> Forgotten:
    """Forget a document in the folder of an import: it goes with its copies and all that was made of it.

    `document` is its path, its sha256 or the beginning of that. What lists it is written last, so that what was
    interrupted can be done again. Raises UsageError where the folder is none of an import, or the document is not
    there or several are meant.
    """
    result = open_result(directory)
    with alone_in(directory):
        found = named(result.documents, document)
        sha256 = found[0].sha256
        corrections = read_corrections(directory / CORRECTIONS_NAME)
        origins, records = _origins(result.records, corrections, sha256)
        kept = tuple(one for one in corrections if origins.get(one.record) not in (None, sha256))
        untraced = sum(one.record not in origins for one in corrections)
        gone = Forgotten(
            documents=found,
            records=records,
            plans=sum(one.document.sha256 == sha256 for one in result.plans),
            corrections=len(corrections) - len(kept) - untraced,
            untraced=untraced,
            files=tuple(name for name in _DERIVED if _removed(directory / name)),
        )
        forget_readings(directory, found[0])
        write_corrections(directory / CORRECTIONS_NAME, kept)
        rest = (one for one in stored_results(result) if one.document not in found)
        left = len(result.documents) - len(found)
        return replace(gone, unfit=remake(result.run, rest, left, directory, judging, Watcher()).unfit)


def _origins(
    records: Iterable[Record], corrections: Sequence[Correction], sha256: str | None
) -> tuple[dict[str, str], int]:
    """The document of each corrected record, as far as it is known, and how many records the document has."""
    corrected = {one.record for one in corrections}
    origins = {one.record: origin for one in corrections if (origin := one.document or one.adds_to)}
    count = 0
    for record in records:
        count += record.document.sha256 == sha256
        if record.id in corrected:
            origins[record.id] = record.document.sha256
    return origins, count


def named(documents: Iterable[DocumentRecord], name: str) -> tuple[DocumentRecord, ...]:
    """The document of this name with its copies, which have the same sha256.

    Raises UsageError where there is none, or several that are not the same.
    """
    digest = name.lower() if len(name) >= SHORTEST else None
    meant = [one for one in documents if one.path == name] or [
        one for one in documents if digest and one.sha256 and one.sha256.startswith(digest)
    ]
    if not meant:
        raise UsageError(
            f"{name}: inget sådant dokument. Ange sökvägen som den står i documents.jsonl, eller minst {SHORTEST} "
            "tecken av sha256."
        )
    digests = {one.sha256 for one in meant}
    if len(digests) > 1:
        several = ", ".join(sorted(f"{one.path} ({one.sha256 or 'oläst'})" for one in meant))
        raise UsageError(f"{name}: flera dokument kan menas: {several}. Ange hela sha256.")
    return tuple(one for one in documents if one in meant or (one.sha256 and one.sha256 in digests))


def _removed(file: Path) -> bool:
    """Whether there was such a file; it is gone. Raises UsageError where it is held."""
    if not file.exists():
        return False
    try:
        file.unlink()
    except OSError as error:
        raise UsageError(f"{file}: kan inte tas bort ({error.strerror}). Stäng den och kör igen.") from error
    return True
