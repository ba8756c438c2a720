"""Tables that count by status: how many are green, yellow and red, of each board or goal or in all."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ljuskoll.nlp.document import Cell, Table
from ljuskoll.nlp.followup import Declared, Place
from ljuskoll.nlp.layouts.accounts import HEADING, SUM, Account
from ljuskoll.nlp.layouts.cells import Row, drawn_light, flat, is_dash
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.vocabulary.columns import is_sum, without_counting

MIN_GRADES = 2
"""So many statuses beside each other, with numbers below them, make a table that counts."""
MAX_HEADER_ROWS = 3
MAX_ROWS = 60
"""No municipality has more boards or goals."""

_COUNT = re.compile(r"(\d{1,3})(?:\s*st\.?)?(?:\s*\(\s*\d{1,3}(?:[.,]\d+)?\s*%\s*\))?")
_SHARE = re.compile(r"\d{1,3}(?:[.,]\d+)?\s*%")


@dataclass(frozen=True, slots=True)
class CountedRow:
    """What such a table counts of one board, one goal or all: so many by status, and the total where it is told."""

    label: str
    counts: tuple[tuple[Declared, int], ...]
    total: int | None
    places: tuple[Place, ...]

    @property
    def sum(self) -> int:
        """How many there are of all statuses."""
        return sum(count for _, count in self.counts)

    @property
    def is_of_all(self) -> bool:
        """Whether it counts all that the table is about."""
        return not self.label or is_sum(self.label)


def counted_rows(stream: Stream, table: Table) -> tuple[CountedRow, ...]:
    """What a table counts by status, in its rows or its columns; nothing where it does not count.

    Numbers are counts where totals are their sums, or where all that is counted is a board's or everything.
    """
    if len(table.rows) > MAX_ROWS:
        return ()
    return _counted(stream, table.rows) or _counted(stream, tuple(zip(*table.rows, strict=True)))


def account_of(table: Table) -> Account:
    """The account of a table that counts: none of its rows is a follow-up."""
    account = Account(table.page, len(table.rows))
    for number, row in enumerate(table.rows):
        account.skip(row, SUM if number else HEADING)
    return account


def _counted(stream: Stream, rows: Sequence[Row]) -> tuple[CountedRow, ...]:
    for number, heading in enumerate(rows[:MAX_HEADER_ROWS]):
        found = {at: _grade(stream, cell) for at, cell in enumerate(heading) if at}
        grades = {at: grade for at, grade in found.items() if grade is not None}
        if len(grades) >= MIN_GRADES:
            counted = [_read(grades, heading, row) for row in rows[number + 1 :] if not _is_bare(row, grades)]
            return _believed(stream, counted)
    return ()


def _grade(stream: Stream, cell: Cell) -> Declared | None:
    """The status whose number stands below a heading ("Antal gröna", a green disc)."""
    text = flat(cell.text)
    if not text:
        return drawn_light(stream, cell.marks)
    read = stream.vocabulary.scale.read
    return read(text) or read(without_counting(text))


def _is_bare(row: Row, grades: Mapping[int, Declared]) -> bool:
    """Whether a row has no numbers: a heading of the rows below, or shares of the row above."""
    texts = [row[at].text.strip() for at in grades]
    return all(is_dash(text) for text in texts) or all(is_dash(text) or _SHARE.fullmatch(text) for text in texts)


def _read(grades: Mapping[int, Declared], heading: Row, row: Row) -> CountedRow | None:
    """A row's counts; None where something stands in it that is neither count nor label."""
    numbers = {at: _number(row[at]) for at in range(1, len(row))}
    total = None
    for at, number in numbers.items():
        text = row[at].text.strip()
        if number is None and (at in grades or not _SHARE.fullmatch(text)):
            return None
        if at not in grades and is_sum(heading[at].text) and not is_dash(text):
            total = number
    places = tuple(dict.fromkeys(Place.of(cell.place) for cell in row if cell.place is not None))
    counts = tuple((grade, numbers[at] or 0) for at, grade in grades.items())
    return CountedRow(flat(row[0].text), counts, total, places)


def _number(cell: Cell) -> int | None:
    """The count in a cell, 0 for an empty one; None for what is no count."""
    text = flat(cell.text)
    match = _COUNT.fullmatch(text)
    return int(match[1]) if match is not None else 0 if is_dash(text) and not cell.marks else None


def _believed(stream: Stream, rows: Sequence[CountedRow | None]) -> tuple[CountedRow, ...]:
    """The rows where all of them count, as their sums or their labels show; else nothing."""
    counted = [row for row in rows if row is not None]
    if len(counted) < len(rows) or not any(count > 1 for row in counted for _, count in row.counts):
        return ()
    parts, wholes = [row for row in counted if not row.is_of_all], [row for row in counted if row.is_of_all]
    totals = [row for row in counted if row.total is not None]
    adds_up = len(totals) > 0 and all(row.total == row.sum for row in totals)
    adds_up = adds_up or (len(parts) > 1 and any(sums_up(whole, parts) for whole in wholes))
    is_named = all(row.label if row.is_of_all else stream.vocabulary.boards.resolve(row.label) for row in counted)
    return tuple(counted) if adds_up or is_named else ()


def sums_up(whole: CountedRow, parts: Sequence[CountedRow]) -> bool:
    """Whether a row's counts are those of some others together."""
    columns = zip(*(row.counts for row in parts), strict=True)
    return [count for _, count in whole.counts] == [sum(count for _, count in column) for column in columns]
