"""The rows of the sheets Uppdrag, Avvikelser and Dokument."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from ljuskoll.service.outputs.survey import Named, Survey
from ljuskoll.service.outputs.wording import (
    WORDS,
    boards_label,
    date_label,
    distinct,
    kind_label,
    layout_label,
    on_page,
)
from ljuskoll.service.outputs.workbook_cells import Book, Cell, Column, Row, light, link_to, write_table
from ljuskoll.service.outputs.workbook_sheet import Sheet
from ljuskoll.service.record import DocumentRecord, Finding, Problem, Record

NO_VERDICTS: Mapping[str, str] = MappingProxyType({})
MAX_SHOWN = 3
"""Most assignments, documents and rows that a finding names in full; the rest are counted."""
_CORRECTABLE = ("municipality", "boards", "assignment", "phrase", "comment", "declared")


def write_records(book: Book, records: Collection[Record], seen: Survey) -> None:
    """The sheet Uppdrag: one row a record, in the result's order, linked to its surest finding."""
    sheet = write_table(book, "records", (_record_row(record, seen.names.get(record.id)) for record in records))
    sheet.print_area(0, 0, len(records), len(WORDS["sheets"]["records"]["columns"]) - 2)


def write_findings(
    book: Book,
    findings: Collection[Finding],
    seen: Survey,
    verdicts: Mapping[str, str] = NO_VERDICTS,
    columns: Sequence[Column] = (),
) -> None:
    """The sheet Avvikelser: the surest first, linked to the first of its records, with a list to answer from.

    `verdicts` are those that have been given, by finding id; `columns` stand instead of the sheet's own.
    """
    columns = columns or WORDS["sheets"]["findings"]["columns"]
    rows = (_finding_row(finding, seen, verdicts.get(finding.id, "")) for finding in findings)
    sheet = write_table(book, "findings", rows, columns)
    if findings:
        _add_choices(sheet, [spec["key"] for spec in columns].index("verdict"), len(findings))


def write_documents(book: Book, documents: Collection[DocumentRecord], seen: Survey) -> None:
    """The sheet Dokument: every input file, what became of it and of the rows of its tables."""
    write_table(book, "documents", (_document_row(document, seen.originals) for document in documents))


def _add_choices(sheet: Sheet, column: int, count: int) -> None:
    text = WORDS["verdict"]
    choice = {"validate": "list", "source": text["choices"], "error_title": text["error_title"]}
    sheet.data_validation(1, column, count, column, {**choice, "error_message": text["error"]})


def _record_row(record: Record, named: Named | None) -> Row:
    period = record.period
    row = {
        "municipality": Cell(record.municipality or ""),
        "year": Cell(period.year, "number") if period else Cell(),
        "period_label": Cell(date_label(period)),
        "boards": Cell(boards_label(record)),
        "assignment": Cell(record.assignment, "strong"),
        "declared": _declared(record),
        "phrase": Cell(record.phrase.text if record.phrase else ""),
        "comment": Cell(record.comment),
        **_judgement(record),
        "findings": Cell(named.findings, "alert", link_to("findings", named.surest)) if named else Cell(0, "number"),
        "document": Cell(record.document.path, "faint"),
        "page": Cell(record.places[0].page, "number") if record.places else Cell(),
        "id": Cell(record.id, "id"),
    }
    marked = [key for key in _CORRECTABLE if key in record.corrected]
    return {**row, **{key: Cell(f"{row[key].value} {WORDS['corrected']}", row[key].style) for key in marked}}


def _declared(record: Record) -> Cell:
    if record.declared is None:
        return Cell(WORDS["records"]["not_shown"], "none")
    return light(record.declared.colour, record.declared.as_written)


def _judgement(record: Record) -> Row:
    assessment = record.assessment
    if assessment.colour is None:
        unclear = assessment.outcome == "unclear"
        return {"assessed": Cell(WORDS["outcomes"]["unclear"] if unclear else WORDS["records"]["withheld"], "none")}
    probability = getattr(assessment.probabilities, assessment.colour)
    return {"assessed": light(assessment.colour), "probability": Cell(probability, "percent")}


def _finding_row(finding: Finding, seen: Survey, verdict: str) -> Row:
    concerned = seen.names.of(finding)
    places = seen.standings(finding)
    return {
        "severity": Cell(WORDS["severities"][finding.severity], finding.severity),
        "score": Cell(finding.score, "percent"),
        "kind": Cell(kind_label(finding)),
        "municipality": Cell(_few([record.municipality or "" for record in concerned])),
        "assignment": Cell(_few([record.assignment for record in concerned]), "strong"),
        "boards": Cell(_few([record.boards for record in concerned])),
        "period": Cell(_few([record.period for record in concerned])),
        "message": Cell(finding.message),
        "evidence": Cell("\n".join(f"”{evidence.text}”" for evidence in finding.evidence)),
        "suggested": light(finding.suggested) if finding.suggested else Cell(),
        "link": _record_link([record.row for record in concerned if record.row is not None]),
        "document": Cell(_few([path for path, _ in places]), "faint"),
        "page": _pages([page for _, page in places if page]),
        "verdict": Cell(verdict, "input"),
    }


def _few(labels: Sequence[str]) -> str:
    """The different labels on lines of their own, those after the first few as a number."""
    all_ = distinct(labels)
    rest = [WORDS["more"].format(count=len(all_) - MAX_SHOWN)] if len(all_) > MAX_SHOWN else []
    return "\n".join([*all_[:MAX_SHOWN], *rest])


def _record_link(rows: Sequence[int]) -> Cell:
    if not rows:
        return Cell()
    shown = ", ".join(str(row + 2) for row in rows[:MAX_SHOWN])
    words = WORDS["row_more" if len(rows) > MAX_SHOWN else "row"].format(rows=shown)
    return Cell(words, "link", link_to("records", rows[0]))


def _pages(pages: Sequence[int]) -> Cell:
    if len(set(pages)) == 1:
        return Cell(pages[0], "number")
    return Cell(_few([str(page) for page in pages]), "number")


def _document_row(document: DocumentRecord, originals: Mapping[str, str]) -> Row:
    tables = document.tables
    unmatched = sorted((row for table in tables for row in table.unmatched), key=lambda row: not row.unexplained)
    style = "text" if document.status == "ok" else "strong"
    return {
        "path": Cell(document.path, "strong"),
        "status": Cell(WORDS["statuses"][document.status], style),
        "records": Cell(document.records, "number"),
        "layout": Cell(layout_label(document.layout)),
        "problems": Cell("\n".join(_problems(document, originals))),
        "tables": Cell(len(tables), "number"),
        "rows": Cell(sum(table.rows_seen for table in tables), "number"),
        "table_records": Cell(sum(table.records for table in tables), "number"),
        "unexplained": Cell(sum(row.unexplained for row in unmatched), "number"),
        "unmatched": Cell("\n".join(on_page(row.page, f"”{row.text}” – {row.reason}") for row in unmatched)),
    }


def _problems(document: DocumentRecord, originals: Mapping[str, str]) -> list[str]:
    copy = WORDS["sheets"]["documents"]["duplicate"]
    original = document.duplicate_of
    return [
        *([copy.format(path=originals.get(original, original))] if original else []),
        *(_describe(problem) for problem in document.errors),
    ]


def _describe(problem: Problem) -> str:
    return on_page(problem.page, problem.message)
