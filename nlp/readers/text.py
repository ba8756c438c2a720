"""Plain text: lines to blocks, wrapped lines joined again, tables that are only separators kept as tables."""

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby, takewhile

from ljuskoll.nlp.document import Block, Cell, Document, Item, Page, Place, Table
from ljuskoll.nlp.readers.clean import clean_text, single_spaced
from ljuskoll.nlp.readers.forms import find_forms, form_table, is_rule
from ljuskoll.nlp.readers.hyphens import ends_broken, join_lines
from ljuskoll.nlp.readers.numbered_headings import numbered_headings
from ljuskoll.nlp.readers.page_lines import without_page_lines
from ljuskoll.nlp.readers.text_tables import drawn_table
from ljuskoll.nlp.vocabulary.scales import usual_scale

MAX_WRAP = 132
"""Longer lines are whole paragraphs: a text that has them is not wrapped at a column."""
MIN_WRAP = 55
LONG_ENOUGH = 0.6
"""A line of this share of the width that goes on in small letters was wrapped, though the next word had had room."""
MAX_HEAD = 3
"""Lines at the top of each page that are its head."""
MIN_LABELS = 2
"""So many lines that begin with the same word and a colon are lines of their own."""
_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(\S.*)")
_EMPHASIS = re.compile(r"(?<!\w)(\*\*|__)(?=\S)(?P<words>.+?)(?<=\S)\1(?!\w)")
_PIPE_RULE = re.compile(r"[|\s:\-]+")
_ITEM = re.compile(r"[-*•–·]\s+(\S.*)")
_NUMBERED = re.compile(r"\d{1,3}[.)]\s+[A-ZÅÄÖ].*")
_STANDS_ALONE = re.compile(r"[A-ZÅÄÖ][a-zåäö]+")
"""One word with a capital and no full stop is a line of its own, wherever the line above ended."""
_LABELLED = re.compile(r"\s*(?P<name>[A-ZÅÄÖ][^:.!?]{1,40}):(?:\s|$)")
_GAP = " " * 4
"""A line that is set in columns was not wrapped."""
_QUOTED = re.compile(r"\s*>(?:\s?>)*\s?(?P<text>.*)")
MIN_QUOTED = 3
"""So many lines with ">" before them are a quoted letter; a figure after it is a limit ("> 80 %")."""
_PAGE_NUMBER = re.compile(r"(.*\S)\s+(\d{1,4})\s*")
_DELIMITERS = ("\t", ";", "|")
MIN_PAGES_A_LINE = 4
"""A transcript with one line a page is believed from this many consecutive numbers."""


def read_text(text: str, data: bytes, warnings: tuple[tuple[int | None, str], ...] = ()) -> Document:
    """The document of a decoded text; `data` are its bytes. Pages are form feeds or a transcript's lines."""
    body, margins = without_page_lines(_without_quotes(clean_text(text)))
    pages = tuple(Page(number, tuple(_items(part, number))) for number, part in _pages(body))
    return Document(hashlib.sha256(data).hexdigest(), "text/plain", pages, margins=margins, warnings=warnings)


def _without_quotes(text: str) -> str:
    """The text with the lines of a quoted letter as they were written, without the signs before them."""
    lines = text.split("\n")
    quoted = [_QUOTED.fullmatch(line) for line in lines]
    for is_quote, run in groupby(range(len(lines)), key=lambda at: quoted[at] is not None):
        places = list(run)
        wordy = [at for at in places if (match := quoted[at]) is not None and not match["text"][:1].isdigit()]
        if is_quote and len(places) >= MIN_QUOTED and 2 * len(wordy) > len(places):
            for at in places:
                match = quoted[at]
                lines[at] = match["text"] if match is not None else lines[at]
    return "\n".join(lines)


def _pages(text: str) -> list[tuple[int, str]]:
    lines = [line for line in text.split("\n") if line.strip()]
    matches = [_PAGE_NUMBER.fullmatch(line) for line in lines]
    found = [match for match in matches if match is not None]
    numbers = [int(match.group(2)) for match in found]
    if len(found) == len(lines) >= MIN_PAGES_A_LINE and numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        return [(int(match.group(2)), match.group(1)) for match in found]
    first, *others = text.rstrip("\f").split("\f")
    return list(enumerate((first, *(_without_head(body, first) for body in others)), start=1))


def _without_head(body: str, first: str) -> str:
    """A page without the lines at its top that are the first lines of the first page, in the same order."""
    heads = [single_spaced(line) for line in first.split("\n") if line.strip()][:MAX_HEAD]
    lines = body.lstrip("\n").split("\n")
    same = len(list(takewhile(lambda pair: single_spaced(pair[0]) == pair[1], zip(lines, heads, strict=False))))
    return "\n".join(lines[same:])


def _items(body: str, page: int) -> Iterable[Item]:
    lines = body.split("\n")
    wrap = _wrap_width(lines)
    headings = numbered_headings(lines)
    labels = _labels(lines)
    forms = {form.start: form for form in find_forms(lines)}
    position = 0
    while position < len(lines):
        if (form := forms.get(position)) is not None:
            yield form_table(form, page)
            position = form.end
            continue
        if lines[position].strip() and (drawn := drawn_table(lines[position:])) is not None:
            yield drawn.table(page)
            position += drawn.lines
            continue
        rows = _table_rows(lines[position:])
        if rows:
            yield _table(lines[position : position + rows], page)
            position += rows
            continue
        paragraph = [lines[position]]
        position += 1
        if not paragraph[0].strip() or is_rule(paragraph[0]):
            continue
        if (level := headings.get(position - 1)) is not None:
            yield Block(single_spaced(paragraph[0]), (Place(page),), "heading", level)
            continue
        while (
            position < len(lines)
            and position not in headings
            and position not in forms
            and _label(lines[position]) not in labels
            and _continues(paragraph[-1], lines[position], wrap)
        ):
            paragraph.append(lines[position])
            position += 1
        yield _block(join_lines(line.strip() for line in paragraph), page)


def _block(line: str, page: int) -> Block:
    text = _EMPHASIS.sub(r"\g<words>", single_spaced(line))
    places = (Place(page),)
    if heading := _MARKDOWN_HEADING.fullmatch(text):
        return Block(heading.group(2), places, "heading", len(heading.group(1)))
    if item := _ITEM.fullmatch(text):
        return Block(item.group(1), places, "item")
    return Block(text, places)


def _wrap_width(lines: Sequence[str]) -> int:
    """The column at which the text was wrapped, 0 where it was not."""
    widths = [len(line.rstrip()) for line in lines if line.strip()]
    longest = max(widths, default=0)
    if not MIN_WRAP <= longest <= MAX_WRAP:
        return 0
    return longest if sum(width >= longest - 15 for width in widths) >= max(2, len(widths) // 5) else 0


def _label(line: str) -> str:
    """The words before a colon that a line begins with, "" where it has none."""
    match = _LABELLED.match(line)
    return match["name"] if match is not None else ""


def _labels(lines: Sequence[str]) -> frozenset[str]:
    """What stands before a colon at the beginning of several lines."""
    counts = Counter(map(_label, lines))
    return frozenset(name for name, count in counts.items() if name and count >= MIN_LABELS)


def _continues(line: str, following: str, wrap: int) -> bool:
    """Whether a line was broken for lack of room: inside a word, or the next word would not have fitted.

    `wrap` is 0 where the text is not wrapped at a column: only a broken word goes on.
    """
    words = following.split()
    if (
        not words
        or _STANDS_ALONE.fullmatch(following.strip())
        or _ITEM.fullmatch(following.strip())
        or (_NUMBERED.fullmatch(following.strip()) and line.rstrip().endswith((".", "!", "?")))
        or line.strip() == "."
        or _GAP in line.strip()
        or is_rule(following)
    ):
        return False
    if ends_broken(line.rstrip()) and (words[0][0].islower() or 0 < wrap // 2 < len(line.rstrip())):
        return True
    if not wrap:
        return False
    if line.rstrip().endswith((".", "!", "?", ":", ";")) or not words[0][0].islower():
        return len(line.rstrip()) + 1 + len(words[0]) > wrap
    is_long = len(line.rstrip()) >= LONG_ENOUGH * wrap
    return is_long and usual_scale().read(following) is None  # a status below its title, in small letters


def _delimiter_count(line: str, delimiter: str) -> int:
    return line.count(delimiter)


def _table_rows(lines: Sequence[str]) -> int:
    """How many lines from the first on form a table (the same separator equally often), 0 if none do."""
    for delimiter in _DELIMITERS:
        count = _delimiter_count(lines[0], delimiter)
        if count < 2 or (delimiter == ";" and not _is_semicolon_table(lines)):
            continue
        if delimiter == ";":
            return len(lines)
        rows = next((n for n, line in enumerate(lines) if _delimiter_count(line, delimiter) != count), len(lines))
        if rows >= 2:
            return rows
    return 0


def _is_semicolon_table(lines: Sequence[str]) -> bool:
    rows = [row for row in csv.reader([f"{line}\n" for line in lines], delimiter=";") if any(row)]
    return len(rows) >= 2 and len({len(row) for row in rows}) == 1


def _table(lines: Sequence[str], page: int) -> Table:
    delimiter = next(d for d in _DELIMITERS if _delimiter_count(lines[0], d) >= 2)
    if delimiter == "|":
        rows = [line.strip().strip("|").split("|") for line in lines if not _PIPE_RULE.fullmatch(line)]
    else:
        rows = [row for row in csv.reader([f"{line}\n" for line in lines], delimiter=delimiter) if any(row)]
    width = max(len(row) for row in rows)
    padded = [[*row, *([""] * (width - len(row)))] for row in rows]
    return Table(tuple(tuple(Cell(single_spaced(text), Place(page)) for text in row) for row in padded), page)
