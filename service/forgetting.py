"""Forgetting a document: it goes with all that was made of it, and what is left is checked anew."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ljuskoll.models.adaptation import FILE as ADAPTATION_NAME
from ljuskoll.models.judging import SHIPPED, Judging
from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.corrections import Correction, read_corrections, write_corrections
from ljuskoll.service.identity import ADDED
from ljuskoll.service.outputs.files import CORRECTIONS_NAME, read_result, write_result
from ljuskoll.service.outputs.report import REPORT_NAME
from ljuskoll.service.pipeline import check_again
from ljuskoll.service.record import DocumentRecord, Result

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


def forgotten(
    result: Result, corrections: Sequence[Correction], document: str
) -> tuple[Result, tuple[Correction, ...], Forgotten]:
    """The result and the corrections without a document and its copies, and what was taken away.

    `document` is its path, its sha256 or the beginning of that. Findings are left out, all of them: they are made anew
    by `check_again`. Raises UsageError where no document or several are meant.
    """
    found = _named(result.documents, document)
    sha256 = found[0].sha256
    rest = result.model_copy(
        update={
            "documents": tuple(one for one in result.documents if one not in found),
            "records": tuple(one for one in result.records if one.document.sha256 != sha256),
            "plans": tuple(one for one in result.plans if one.document.sha256 != sha256),
            "findings": (),
        }
    )
    origins = {one.record: origin for one in corrections if (origin := _origin(one))}
    origins |= {record.id: record.document.sha256 for record in result.records}
    kept = tuple(one for one in corrections if origins.get(one.record) not in (None, sha256))
    untraced = sum(one.record not in origins for one in corrections)
    gone = Forgotten(
        documents=found,
        records=len(result.records) - len(rest.records),
        plans=len(result.plans) - len(rest.plans),
        corrections=len(corrections) - len(kept) - untraced,
        untraced=untraced,
    )
    return rest, kept, gone


def forget_in_archive(directory: Path, document: str, judging: Judging = SHIPPED) -> Forgotten:
    """Forget a document in the folder of an import. Raises UsageError where it is none, or the document is not there.

    What lists the document is written last, so that what was interrupted can be done again.
    """
    rest, corrections, gone = forgotten(
        read_result(directory), read_corrections(directory / CORRECTIONS_NAME), document
    )
    checked = check_again(rest, corrections, judging)
    files = tuple(name for name in _DERIVED if _removed(directory / name))
    write_corrections(directory / CORRECTIONS_NAME, corrections)
    write_result(checked.result, directory)
    return replace(gone, files=files, unfit=checked.unfit)


def _named(documents: Sequence[DocumentRecord], name: str) -> tuple[DocumentRecord, ...]:
    """The document of this name with its copies, which have the same sha256."""
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


def _origin(correction: Correction) -> str | None:
    """The sha256 of the document that a correction names."""
    if correction.document or correction.field != ADDED or not isinstance(correction.new, dict):
        return correction.document
    document = correction.new.get("document")
    digest = document.get("sha256") if isinstance(document, dict) else None
    return digest if isinstance(digest, str) else None


def _removed(file: Path) -> bool:
    """Whether there was such a file; it is gone. Raises UsageError where it is held."""
    if not file.exists():
        return False
    try:
        file.unlink()
    except OSError as error:
        raise UsageError(f"{file}: kan inte tas bort ({error.strerror}). Stäng den och kör igen.") from error
    return True
