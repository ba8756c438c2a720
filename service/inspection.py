"""What one file looks like to the readers and layouts, as comments above a `[layout]` that can be saved as it is.

Everything that is printed is valid TOML, so that `ljuskoll inspect FIL > ljuskoll.toml` works.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console

from ljuskoll.nlp.document import Block, Item, Mark, Table
from ljuskoll.nlp.errors import FileAccessError
from ljuskoll.nlp.extract import Extraction, extract_document
from ljuskoll.nlp.layouts import Stream
from ljuskoll.nlp.layouts.suggestion import other_headings, suggest_for_tables
from ljuskoll.nlp.layouts.text_suggestion import suggest_for_text
from ljuskoll.nlp.readers import read_document
from ljuskoll.service.attempts import describe_attempts
from ljuskoll.service.layout_text import layout_lines
from ljuskoll.service.settings import settings_in

WIDTH = 100
MAX_ITEMS = 40
"""So many blocks and tables of a page are shown."""
MAX_PAGES = 12
"""In longer documents only pages with signs of a follow-up are shown in detail, and so many of them."""
MAX_LINES = 300
"""So many pages are summed up."""
MAX_ROWS = 4
MAX_ACCOUNTS = 30
MAX_SIGNALS = 20


def print_inspection(file: Path, console: Console, *, layout_only: bool = False) -> None:
    """Prints what was seen in one file and a `[layout]` for it. Raises an InputError where it cannot be read."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise FileAccessError(f"{file}: filen kan inte läsas ({error.strerror}).", "file") from error
    vocabulary = settings_in(file.parent).vocabulary()
    document = read_document(file.name, data)
    extraction = extract_document(document, vocabulary)
    stream = Stream(document, vocabulary)
    if not layout_only:
        for line in (*_overview(extraction), *describe_attempts(stream, extraction), *_accounts(extraction)):
            console.print(_comment(line), emoji=False)
    has_records = bool(extraction.followups)
    suggestion = suggest_for_tables(stream)
    if not suggestion.guesses and not has_records:
        suggestion = suggest_for_text(stream)
        suggestion = suggestion if suggestion.guesses or suggestion.title else other_headings(stream)
    for line in layout_lines(suggestion, has_records=has_records):
        console.print(line, emoji=False)


def _comment(text: str) -> str:
    """A line as a comment, without the control characters that TOML allows nowhere."""
    return "# " + "".join(char if char.isprintable() else " " for char in text).rstrip()


def _overview(extraction: Extraction) -> Iterator[str]:
    document = extraction.document
    pages = f"{len(document.pages)} {'sida' if len(document.pages) == 1 else 'sidor'}"
    yield f"{document.media_type}, {pages}, titel «{document.title[:WIDTH]}»"
    yield from (f"  sidhuvud/sidfot: {text[:WIDTH]}" for text in document.margins[:10])
    yield from (f"  sida {page or '–'}: {warning[:WIDTH]}" for page, warning in document.warnings[:10])
    shown = _shown_pages(extraction)
    for page in document.pages[:MAX_LINES]:
        if page.number in shown:
            yield ""
        yield f"Sida {page.number}: {_counts(page.items)}"
        if page.number in shown:
            for item in page.items[:MAX_ITEMS]:
                yield from _table(item) if isinstance(item, Table) else [_block(item)]
            yield from _left(len(page.items) - MAX_ITEMS, "block och tabeller")
    yield from _left(len(document.pages) - MAX_LINES, "sidor")


def _shown_pages(extraction: Extraction) -> list[int]:
    """The pages to show in detail: all of a short document, else those with signs, records or tables of follow-ups."""
    pages = [page.number for page in extraction.document.pages]
    if len(pages) <= MAX_PAGES:
        return pages
    signs = [signal.page for signal in extraction.signals] + [account.page for account in extraction.accounts]
    signs += [place.page for followup in extraction.followups for place in followup.places[:1]]
    return list(dict.fromkeys(signs))[:MAX_PAGES]


def _counts(items: Sequence[Item]) -> str:
    tables = [item for item in items if isinstance(item, Table)]
    blocks = [item for item in items if isinstance(item, Block)]
    marks = sum(len(block.marks) for block in blocks)
    marks += sum(len(cell.marks) for table in tables for row in table.rows for cell in row)
    headings = sum(block.kind == "heading" for block in blocks)
    rows = sum(len(table.rows) for table in tables)
    return f"{len(blocks)} block ({headings} rubriker), {len(tables)} tabeller ({rows} rader), {marks} märken"


def _left(count: int, what: str) -> list[str]:
    return [f"  ... och {count} {what} till"] if count > 0 else []


def _block(block: Block) -> str:
    kind = (
        f"rubrik {block.level or ''}".strip()
        if block.kind == "heading"
        else {"item": "punkt"}.get(block.kind, "stycke")
    )
    return f"  [{kind}]{_marks(block.marks)} {block.text[:WIDTH]}"


def _table(table: Table) -> Iterator[str]:
    yield f"  [tabell, {len(table.rows)} rader, {len(table.rows[0])} kolumner]"
    for row in table.rows[:MAX_ROWS]:
        yield "    " + " | ".join(cell.text.replace("\n", " ")[:30] + _marks(cell.marks) for cell in row)
    yield from _left(len(table.rows) - MAX_ROWS, "rader")


def _marks(marks: tuple[Mark, ...]) -> str:
    return "".join(f" ({mark.source}: {' '.join(filter(None, (mark.colour, mark.text)))})" for mark in marks)


def _accounts(extraction: Extraction) -> Iterator[str]:
    """What hindered the reading, and what became of the tables' rows."""
    for signal in extraction.signals[:MAX_SIGNALS]:
        yield f"  oläst tecken på uppföljning, sida {signal.page}: {signal.what} «{signal.sample}»"
    yield from _left(len(extraction.signals) - MAX_SIGNALS, "olästa tecken")
    for account in extraction.accounts[:MAX_ACCOUNTS]:
        yield f"  tabell på sida {account.page}: {account.rows_seen} rader, {account.records} uppföljningar"
        rows = sorted(account.unmatched, key=lambda row: not row.unexplained)
        for row in rows[: MAX_ROWS * 2]:
            yield f"    {row.reason}{' (oförklarad)' if row.unexplained else ''}: {row.text}"
        yield from _left(len(rows) - MAX_ROWS * 2, "rader")
    yield from _left(len(extraction.accounts) - MAX_ACCOUNTS, "tabeller")
