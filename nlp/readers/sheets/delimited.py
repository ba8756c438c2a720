"""Exports with separators (CSV, TSV): told from ordinary text, and read as the table that they are."""

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from io import StringIO

from ljuskoll.nlp.document import Document, Page
from ljuskoll.nlp.errors import FileTooLargeError
from ljuskoll.nlp.readers.sheets.headers import Hints
from ljuskoll.nlp.readers.sheets.looks import Looks, Seen
from ljuskoll.nlp.readers.sheets.sheet import MAX_CELLS
from ljuskoll.nlp.readers.sheets.styles import USUAL_SIZE
from ljuskoll.nlp.readers.sheets.tables import read_items
from ljuskoll.nlp.readers.sheets.text import paragraphs

MEDIA_TYPE = "text/csv"
COMPONENT = "text"
MIN_COLUMNS = 3
MOSTLY = 0.9
"""Least share of the rows that have as many fields as most have."""
SAMPLE = 200_000
"""Characters that are enough to tell an export from a text."""
TOO_LARGE = "Tabellfilen har fler än {limit} ifyllda fält. Dela den och läs in delarna."
TOO_LONG = "Rad {row} har fler fält än rubrikraden. Det som är för mycket lästes som en del av det sista fältet."
BROKEN_QUOTES = "Filen har citattecken som inte går ihop. Varje rad i filen lästes som en tabellrad."
_DELIMITERS = ("\t", ";", ",")
_SEPARATOR_LINE = re.compile(r'\ufeff?"?sep=(.)"?[ \t]*\r?\n', re.IGNORECASE)
_AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)
_GUARDED = re.compile(r"\A'(?=[=+\-@])")
_FULL_STOP = re.compile(r"[.!?]\s+[A-ZÅÄÖ]")

Rows = list[list[str]]


def looks_delimited(text: str) -> bool:
    """Whether a text is an export: fields with one separator, equally many on nearly all rows."""
    return _delimiter(text) is not None


def read_delimited(text: str, data: bytes, warnings: tuple[tuple[int | None, str], ...] = ()) -> Document:
    """The document of a decoded export; `data` are its bytes. Places are cells as a spreadsheet shows them.

    Raises FileTooLargeError for more than MAX_CELLS filled fields.
    """
    told = list(warnings)
    rows, is_broken = _rows(_body(text), _delimiter(text) or ";")
    if is_broken:
        told.append((1, BROKEN_QUOTES))
    told += [(1, TOO_LONG.format(row=row)) for row in _fold(rows, _delimiter(text) or ";")]
    cells: dict[tuple[int, int], Seen] = {}
    for number, row in enumerate(rows, start=1):
        for column, field in enumerate(row, start=1):
            if shown := _shown(field):
                cells[number, column] = Seen(shown)
        if len(cells) > MAX_CELLS:
            raise FileTooLargeError(TOO_LARGE.format(limit=MAX_CELLS), COMPONENT)
    items = read_items(Looks("", 1, cells), Hints(), USUAL_SIZE)
    page = Page(1, tuple(item for _, item in sorted(items, key=lambda one: one[0])))
    return Document(hashlib.sha256(data).hexdigest(), MEDIA_TYPE, (page,), warnings=tuple(told))


def _body(text: str) -> str:
    """The text without the line that tells Excel the separator."""
    return _SEPARATOR_LINE.sub("", text, count=1) if _SEPARATOR_LINE.match(text) else text.removeprefix("\ufeff")


def _delimiter(text: str) -> str | None:
    """The separator of an export; None for a text."""
    if match := _SEPARATOR_LINE.match(text):
        return match[1]
    body = _body(text)
    sample = body if len(body) <= SAMPLE else body[: body.rfind("\n", 0, SAMPLE) + 1]
    return next((delimiter for delimiter in _DELIMITERS if _is_table(sample, delimiter)), None)


def _is_table(text: str, delimiter: str) -> bool:
    if delimiter not in text:
        return False
    rows = [row for row in _rows(text, delimiter)[0] if any(field.strip() for field in row)]
    counts = Counter(len(row) for row in rows if len(row) > 1)
    if not counts:
        return False
    width = max(counts, key=lambda count: (counts[count], count))
    tabular = [row for row in rows if len(row) == width]
    is_quoted = _is_quoted(text, delimiter)
    if len(tabular) < 2 or len(tabular) < MOSTLY * (len(rows) - _titles(rows)):
        return False
    if width < MIN_COLUMNS and not (is_quoted and width == 2):
        return False
    return is_quoted or not _is_prose(tabular, delimiter)


def _titles(rows: Sequence[list[str]]) -> int:
    """How many lines without any separator stand above the table: its title and the like."""
    return next((number for number, row in enumerate(rows[:6]) if sum(bool(f.strip()) for f in row) > 1), 0)


def _is_quoted(text: str, delimiter: str) -> bool:
    """Whether most lines begin with a quoted field that a separator follows."""
    lines = [line for line in text.split("\n") if line.strip()]
    quoted = sum(line.startswith('"') and f'"{delimiter}"' in line for line in lines)
    return 2 * quoted > len(lines)


def _is_prose(rows: Sequence[list[str]], delimiter: str) -> bool:
    """Sentences have a space after each comma or semicolon, and lists of words no headings of their own."""
    if delimiter == "\t":
        return False
    fields = [field for row in rows for field in row[1:] if field]
    spaced = sum(field.startswith(" ") for field in fields)
    if 2 * spaced > len(fields):
        return True
    heading = rows[0]
    return any(_FULL_STOP.search(field) for field in heading) or heading[-1].rstrip().endswith(".")


def _rows(text: str, delimiter: str) -> tuple[Rows, bool]:
    """The rows, blank ones included, and whether its quotation marks had to be taken as letters."""
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
        if not _swallowed(rows, delimiter):
            return rows, False
    except csv.Error:
        pass
    return [[field.strip('"') for field in line.split(delimiter)] for line in text.splitlines()], True


def _swallowed(rows: Rows, delimiter: str) -> bool:
    """Whether a quotation mark that nobody closed made several rows one field."""
    counts = Counter(len(row) for row in rows)
    width = max(counts, key=lambda count: (counts[count], count), default=0)
    for row in rows:
        for field in row:
            if "\n" in field:
                full = sum(line.count(delimiter) >= max(2, width - 1) for line in field.split("\n"))
                if full >= 2 or (full and field.rstrip("\r\n").count("\n") <= 1):
                    return True
    return False


def _fold(rows: Rows, delimiter: str) -> list[int]:
    """Makes what is beyond the headings' last column part of that column; the numbers of the rows where it did."""
    widths = Counter(len(row) for row in rows if any(field.strip() for field in row[1:]))
    width = max(widths, key=lambda count: (widths[count], count), default=0)
    folded = []
    for number, row in enumerate(rows, start=1):
        if len(row) > width > 1 and any(field.strip() for field in row[width:]):
            row[width - 1 :] = [delimiter.join(row[width - 1 :])]
            folded.append(number)
    return folded


def _shown(field: str) -> str:
    """A field as a spreadsheet shows it: `="007"` and a leading apostrophe only keep it from being a formula."""
    match = _AS_TEXT.fullmatch(field.strip())
    return paragraphs(_GUARDED.sub("", match[1] if match else field))
