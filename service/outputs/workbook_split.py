"""Workbooks of an archive that is too large for one: one for each municipality, and one that leads to them."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, TypeAlias, TypeVar

from pydantic import BaseModel

from ljuskoll.service.outputs.lines import Lines, json_line
from ljuskoll.service.outputs.report_parts import swedish
from ljuskoll.service.outputs.survey import Survey, survey
from ljuskoll.service.outputs.wording import WORDS
from ljuskoll.service.outputs.workbook import PROPERTIES, WORKBOOK_NAME, refuse_too_large, write_workbook
from ljuskoll.service.outputs.workbook_cells import Book, Cell, Row, refuse_too_many, write_table
from ljuskoll.service.outputs.workbook_overview import write_overview
from ljuskoll.service.outputs.workbook_sheet import opened
from ljuskoll.service.outputs.workbook_tables import write_documents, write_findings
from ljuskoll.service.record import AnyResult, DocumentRecord, Finding, PlanRecord, Record, Run

MAX_RECORDS: Final = 500_000
"""Most records in one workbook; programs are slow to open one that is larger."""
_TEXT = WORDS["sheets"]["workbooks"]
_NOT_WORDS = re.compile("[^a-z0-9]+")
_Owner: TypeAlias = str
"""A municipality's name however its letters are written, nothing for none."""
_Kept = TypeVar("_Kept", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class _Share:
    """The part of a result that is one municipality's, in files of its own."""

    municipality: str
    parts: Path
    run: Run
    plans: tuple[PlanRecord, ...] = ()

    @property
    def records(self) -> Lines[Record]:
        return Lines(self._file(Record), Record)

    @property
    def findings(self) -> Lines[Finding]:
        return Lines(self._file(Finding), Finding)

    @property
    def documents(self) -> Lines[DocumentRecord]:
        return Lines(self._file(DocumentRecord), DocumentRecord)

    def take(self, model: type[_Kept], some: Iterable[_Kept]) -> None:
        with self._file(model).open("ab") as file:
            file.writelines(map(json_line, some))

    def _file(self, model: type[BaseModel]) -> Path:
        return self.parts.with_suffix(f".{model.__name__}")


def write_workbooks(
    result: AnyResult, folder: Path, tmpdir: Path | None = None, most: int = MAX_RECORDS
) -> tuple[str, ...]:
    """One workbook, or where there are more than `most` records one a municipality and one that lists them.

    Gives the names of the files in `folder`. What is not ready lies in `tmpdir`, else where the system has such files.
    Raises UsageError where a sheet cannot hold all rows, and OSError where a file cannot be written.
    """
    if len(result.records) <= most:
        write_workbook(result, folder / WORKBOOK_NAME, tmpdir=tmpdir)
        return (WORKBOOK_NAME,)
    refuse_too_many("findings", len(result.findings))
    refuse_too_many("documents", len(result.documents))
    with TemporaryDirectory(dir=tmpdir, prefix="ljuskoll-") as name:
        parts, seen = Path(name), survey(result)
        shares = _divided(result, seen, parts)
        for share in shares.values():
            refuse_too_large(share)
        _write_index(result, seen, shares, folder / WORKBOOK_NAME, parts)
        for file, share in shares.items():
            write_workbook(share, folder / file, tmpdir=parts, about=share.municipality)
    return WORKBOOK_NAME, *shares


def _divided(result: AnyResult, seen: Survey, parts: Path) -> dict[str, _Share]:
    """The municipalities' shares by the names of their workbooks, in the order of the alphabet, "without" last."""
    shares: dict[_Owner, _Share] = {}
    homes: defaultdict[str, set[_Owner]] = defaultdict(set)
    for (sha256, name), some in groupby(result.records, key=lambda one: (one.document.sha256, one.municipality)):
        owner = _owner(name)
        if owner not in shares:
            shares[owner] = _Share(name or _TEXT["no_municipality"], parts / str(len(shares)), result.run)
        homes[sha256].add(owner)
        shares[owner].take(Record, some)
    for plan in result.plans:
        homes[plan.document.sha256].add(_owner(plan.municipality))
    by_path = _share_documents(result.documents, shares, homes)
    _share_findings(result.findings, shares, seen, by_path)
    ordered = [shares[owner] for owner in sorted(shares, key=lambda owner: (not owner, swedish(owner)))]
    return dict(zip(_file_names(share.municipality for share in ordered), ordered, strict=True))


def _owner(municipality: str | None) -> _Owner:
    return (municipality or "").casefold()


def _share_documents(
    documents: Iterable[DocumentRecord], shares: Mapping[_Owner, _Share], homes: Mapping[str, Set[_Owner]]
) -> dict[str, Set[_Owner]]:
    """Give each municipality its documents, and tell whose those with counting sentences are, by path.

    A document without records or plans, and that is no copy of one that has any, is nobody's.
    """
    counting = {}
    for share in shares.values():
        share.take(DocumentRecord, ())
    for document in documents:
        owners = homes.get(document.duplicate_of or document.sha256 or "", frozenset())
        for owner in sorted(owners & shares.keys()):
            shares[owner].take(DocumentRecord, [document])
        if document.claims:
            counting[document.path] = owners
    return counting


def _share_findings(
    findings: Iterable[Finding], shares: Mapping[_Owner, _Share], seen: Survey, by_path: Mapping[str, Set[_Owner]]
) -> None:
    """Give each municipality the findings about its records or counting sentences."""
    for share in shares.values():
        share.take(Finding, ())
    for finding in findings:
        owners = {_owner(named.municipality) for named in seen.names.of(finding)}
        owners.update(*(by_path.get(path, ()) for path, _ in seen.quoted(finding)))
        for owner in sorted(owners & shares.keys()):
            shares[owner].take(Finding, [finding])


def _file_names(municipalities: Iterable[str]) -> Iterator[str]:
    """Names in ASCII for their workbooks, each another."""
    taken: set[str] = set()
    for municipality in municipalities:
        plain = unicodedata.normalize("NFKD", municipality).encode("ascii", "ignore").decode().lower()
        slug = name = _NOT_WORDS.sub("-", plain).strip("-") or "kommun"
        number = 1
        while name in taken:
            number += 1
            name = f"{slug}-{number}"
        taken.add(name)
        yield f"ljuskoll-{name}.xlsx"


def _write_index(result: AnyResult, seen: Survey, shares: Mapping[str, _Share], path: Path, tmpdir: Path) -> None:
    """The workbook that leads to the others; its findings are all, with their municipality and without links."""
    kommun, *_ = WORDS["sheets"]["records"]["columns"]
    columns = [kommun, *(spec for spec in WORDS["sheets"]["findings"]["columns"] if spec["key"] != "link")]
    with opened(path, tmpdir, PROPERTIES) as workbook:
        book = Book.of(workbook)
        write_table(book, "workbooks", (_share_row(name, share) for name, share in shares.items()))
        write_findings(book, result.findings, seen, columns=columns)
        write_documents(book, result.documents, seen)
        write_overview(book, result, seen)


def _share_row(name: str, share: _Share) -> Row:
    return {
        "municipality": Cell(share.municipality, "strong"),
        "records": Cell(len(share.records), "number"),
        "findings": Cell(len(share.findings), "number"),
        "documents": Cell(len(share.documents), "number"),
        "workbook": Cell(name, "link", f"external:{name}"),
    }
