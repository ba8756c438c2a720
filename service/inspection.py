"""What one file looks like to the readers and layouts, for a person who wonders why it was read as it was."""

from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from ljuskoll.nlp.document import Block, Mark, Table
from ljuskoll.nlp.errors import FileAccessError
from ljuskoll.nlp.extract import Extraction, extract
from ljuskoll.nlp.vocabulary.columns import Columns
from ljuskoll.service.settings import settings_below

_WIDTH = 100


def print_inspection(file: Path, console: Console) -> None:
    """Prints blocks, tables, marks and the reading of one file. Raises an InputError where it cannot be read."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise FileAccessError(f"{file}: filen kan inte läsas ({error.strerror}).", "file") from error
    settings = settings_below(file.parent, [file.parent])[file.parent]
    extraction = extract(file.name, data, settings.vocabulary())
    for line in _lines(extraction):
        console.print(line)


def _lines(extraction: Extraction) -> Iterator[str]:
    document = extraction.document
    yield f"{document.media_type}, {len(document.pages)} sidor, titel «{document.title}»"
    yield from (f"  sidhuvud/sidfot: {text[:_WIDTH]}" for text in document.margins[:10])
    for page in document.pages:
        yield f"\nSida {page.number}"
        for item in page.items:
            yield _table(item) if isinstance(item, Table) else _block(item)
    counts = f"{len(extraction.followups)} uppföljningar, {len(extraction.plans)} planrader"
    yield f"\nLayout: {extraction.layout or 'ingen passar'}; {counts}"
    yield from (f"  oläst tecken på uppföljning, sida {s.page}: {s.what} «{s.sample}»" for s in extraction.signals)
    for account in extraction.accounts:
        yield f"  tabell på sida {account.page}: {account.rows_seen} rader, {account.records} uppföljningar"
        yield from (f"    {row.reason}: {row.text}" for row in account.unmatched)
    yield from _template(extraction)


def _block(block: Block) -> str:
    kind = f"rubrik {block.level}" if block.kind == "heading" else {"item": "punkt"}.get(block.kind, "stycke")
    return f"  [{kind}]{_marks(block.marks)} {block.text[:_WIDTH]}"


def _table(table: Table) -> str:
    rows = [" | ".join(cell.text.replace("\n", " ")[:25] + _marks(cell.marks) for cell in row) for row in table.rows]
    return "\n    ".join([f"  [tabell, {len(table.rows)} rader]", *rows])


def _marks(marks: tuple[Mark, ...]) -> str:
    return "".join(f" ({mark.source}: {mark.colour or mark.text})" for mark in marks)


def _template(extraction: Extraction) -> Iterator[str]:
    """A `[layout]` to edit: the headings of the document's tables with what each seems to hold."""
    headings = [
        cell.text for table in extraction.document.tables() for cell in table.rows[0] if 0 < len(cell.text) <= 60
    ]
    if not headings:
        return
    yield "\n# Att redigera och lägga i ljuskoll.toml i dokumentets mapp:"
    yield "# assignment, goal, indicator, activity (titeln), board, status, comment, trend, target, value, number, date"
    yield "[layout]"
    for heading in dict.fromkeys(" ".join(heading.split()) for heading in headings):
        column = Columns.default().read(heading)
        holds = "" if column is None else column.kind or column.role
        yield f'{"" if holds else "# "}"{heading.replace(chr(34), chr(39))}" = "{holds}"'
