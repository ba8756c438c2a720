"""Which rows of a region are titles above a table, which are its headings, and where another table begins."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ljuskoll.nlp.readers.office.palette import RGB
from ljuskoll.nlp.readers.sheets.looks import Looks
from ljuskoll.nlp.readers.sheets.refs import Area
from ljuskoll.nlp.readers.sheets.regions import Region, texts

MAX_HEADER_ROWS = 4
LONGEST_HEADING = 60

Setting: TypeAlias = tuple[bool, RGB | None]
"""How a row is set: bold or not, and its paint."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What the sheet itself says of tables: their ranges (Excel tables, filters), the last row that stays in view."""

    tables: tuple[Area, ...] = ()
    frozen: int = 0


@dataclass(frozen=True, slots=True)
class Header:
    """The first row of a table and how many of its rows are headings (0 where nothing says)."""

    first: int
    rows: int


def find_header(looks: Looks, region: Region, hints: Hints) -> Header | None:
    """Where the table of a region begins, None where it holds only lines of text."""
    rows = list(region.rows)
    columns = region.columns
    known = [row for row in rows if begins_known(hints, row, columns)]
    least = max(2, len(columns) // 2 + 1)
    full = known or [row for row in rows if _filled(looks, row, columns) >= least]
    full = full or [row for row in rows if len(texts(looks, row, columns)) >= 2]
    if not full or len(columns) < 2:
        return None
    position = rows.index(full[0])
    if (
        position
        and not known
        and not is_wordy(looks, full[0], columns)
        and is_wordy(looks, rows[position - 1], columns)
    ):
        position -= 1
    first = last = rows[position]
    while position and last - rows[position - 1] < MAX_HEADER_ROWS and _groups(looks, rows[position - 1], columns):
        position -= 1
        first = rows[position]
    is_known = bool(known) or first < last
    last = max(last, _last_of_two(looks, rows, position, columns))
    if first <= hints.frozen < first + MAX_HEADER_ROWS and hints.frozen in region.rows:
        last, is_known = max(last, hints.frozen), True
    is_known = is_known or last > first or stands_out(looks, rows, position, columns)
    return Header(first, sum(first <= row <= last for row in rows) if is_known else 0)


def setting(looks: Looks, row: int, columns: Sequence[int]) -> Setting:
    """How most texts of a row are set."""
    counts = Counter((seen.is_bold, seen.fill) for column in columns if (seen := looks.at((row, column))).text)
    return counts.most_common(1)[0][0] if counts else (False, None)


def stands_out(looks: Looks, rows: Sequence[int], position: int, columns: Sequence[int]) -> bool:
    """Whether a row of short texts is set as headings are, and the one below otherwise."""
    own = setting(looks, rows[position], columns)
    if own == (False, None) or not is_wordy(looks, rows[position], columns):
        return False
    below = rows[position + 1 :]
    return any(setting(looks, row, columns) != own for row in below[:2])


def is_wordy(looks: Looks, row: int, columns: Sequence[int]) -> bool:
    """Whether a row holds at least two texts, all short and none a number, as headings do."""
    seen = [looks.at((row, column)) for column in texts(looks, row, columns)]
    return len(seen) >= 2 and all(
        not one.is_number and len(one.text) <= LONGEST_HEADING and not one.text.endswith(".") for one in seen
    )


def begins_another(looks: Looks, region: Region, rows: Sequence[int], position: int, header: Header) -> bool:
    """Whether the row at this position is set as the headings of the region's table are, but says something else."""
    row, columns = rows[position], region.columns
    if position + 1 >= len(rows):
        return False
    own = setting(looks, header.first, columns)
    if not header.rows or own == (False, None) or not is_wordy(looks, row, columns):
        return False
    words, first = (tuple(looks.at((at, column)).text for column in columns) for at in (row, header.first))
    return (
        setting(looks, row, columns) == own
        and words != first
        and len(texts(looks, row, columns)) >= max(2, len(texts(looks, header.first, columns)) // 2)
        and all(setting(looks, other, columns) != own for other in (rows[position - 1], rows[position + 1]))
    )


def begins_known(hints: Hints, row: int, columns: Sequence[int]) -> bool:
    """Whether the sheet itself says that a table begins in this row."""
    return any(area.top == row and area.left <= columns[-1] and area.right >= columns[0] for area in hints.tables)


def _filled(looks: Looks, row: int, columns: Sequence[int]) -> int:
    """Cells of a row with text, covered ones included; a row that is one merged text has one."""
    written = texts(looks, row, columns)
    if len(written) <= 1 and not any(_from_above(looks, row, column) for column in columns):
        return len(written)
    return sum(bool(looks.at((row, c)).text) or (row, c) in looks.covered for c in columns)


def _from_above(looks: Looks, row: int, column: int) -> bool:
    start = looks.covered.get((row, column))
    return start is not None and start[0] < row


def _groups(looks: Looks, row: int, columns: Sequence[int]) -> bool:
    """Whether a row above the headings groups them: its texts begin after the first column."""
    written = texts(looks, row, columns)
    return bool(written) and written[0] != columns[0] and is_all_words(looks, row, written)


def is_all_words(looks: Looks, row: int, columns: Sequence[int]) -> bool:
    """Whether no cell is a number or long."""
    seen = [looks.at((row, column)) for column in columns]
    return all(not one.is_number and len(one.text) <= LONGEST_HEADING for one in seen)


def _last_of_two(looks: Looks, rows: Sequence[int], position: int, columns: Sequence[int]) -> int:
    """The second row of headings where cells merged across stand above it or cells merged downwards reach it."""
    first = rows[position]
    spans = [area for column in columns if (area := looks.merges.get((first, column))) is not None]
    across = [area for area in spans if area.right > area.left and area.top == area.bottom]
    reached = {area.bottom for area in spans if first < area.bottom <= first + 2}
    second = rows[position + 1] if position + 1 < len(rows) else None
    if across and reached:
        return max(reached)
    if not across or second is None:
        return first
    written = texts(looks, second, columns)
    below = [column for column in written if any(area.left <= column <= area.right for area in across)]
    return second if written and below == written and is_all_words(looks, second, written) else first
