"""The files of an import folder as the results that they were made of, document by document."""

from collections.abc import Iterator
from typing import Any

from ljuskoll.service.outputs.files import StoredResult
from ljuskoll.service.record import DocumentRecord, FileResult, Problem

_UNLISTED = "Dokumentet saknade en rad i documents.jsonl. Uppföljningarna är kvar; läs in arkivet på nytt."


def stored_results(result: StoredResult) -> Iterator[FileResult]:
    """Each document with its records and plans, in whatever order these stand.

    Those of a document that is not listed come last, under one that says so.
    """
    records, plans = result.records.spans(_document), result.plans.spans(_document)

    def with_own(document: DocumentRecord, own: str) -> FileResult:
        return FileResult.model_construct(
            document=document,
            records=tuple(result.records.among(records.pop(own, ()))),
            plans=tuple(result.plans.among(plans.pop(own, ()))),
        )

    for document in result.documents:
        is_original = document.sha256 is not None and document.duplicate_of is None
        yield with_own(document, document.sha256 or "" if is_original else "")
    for left in sorted({*records, *plans}):
        yield with_own(_unlisted(left), left)


def _unlisted(sha256: str) -> DocumentRecord:
    problem = Problem(component="archive", message=_UNLISTED)
    return DocumentRecord(path="", sha256=sha256, status="partial", errors=(problem,))


def _document(line: Any) -> str:
    return str(line["document"]["sha256"])
