"""Tables drawn with spaces, dashes and plus signs in a plain text: columns told by rules or by white space."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ljuskoll.nlp.document import Cell, Place, Table
from ljuskoll.nlp.readers.clean import single_spaced
from ljuskoll.nlp.readers.hyphens import join_lines

_SPANS = re.compile(r"\s*(?:-{2,}|={2,})(?:\s+(?:-{2,}|={2,}))+\s*")
_SPAN = re.compile(r"[-=]+")
_GRID_RULE = re.compile(r"\s*\+(?:[-=:]+\+)+\s*")
_GRID_ROW = re.compile(r"\s*\|.*\|\s*")
_GAP = re.compile(r"\s{2,}")
MIN_COLUMNS = 3
"""So few columns of white space make no table: a second one can be any word set apart."""
MIN_ROWS = 2
MIN_BLOCKS = 3
"""Rules between so many rows are between all of them."""
MAX_HEADING = 40

Grid = list[list[str]]


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """A table of `lines` lines, its rows as texts, heading first."""

    lines: int
    rows: Grid

    def table(self, page: int) -> Table:
        """The table on its page."""
        rows = (tuple(Cell(single_spaced(text), Place(page)) for text in row) for row in self.rows)
        return Table(tuple(rows), page, header_rows=1)


def drawn_table(lines: Sequence[str]) -> DrawnTable | None:
    """The table that begins with the first line; None where none does."""
    return _grid(lines) or _ruled(lines) or _spaced(lines)


def _grid(lines: Sequence[str]) -> DrawnTable | None:
    """A table with "+---+" above and below, and bars between its cells."""
    if not _GRID_RULE.fullmatch(lines[0]):
        return None
    blocks: list[Grid] = [[]]
    count, end = lines[0].count("+") - 1, 0
    while end < len(lines):
        line = lines[end]
        cells = line.strip()[1:-1].split("|")
        if _GRID_RULE.fullmatch(line):
            blocks.append([])
        elif _GRID_ROW.fullmatch(line) and len(cells) == count:
            blocks[-1].append([cell.strip() for cell in cells])
        else:
            break
        end += 1
    blocks = [block for block in blocks if block]
    is_full = len(blocks) >= MIN_BLOCKS and not any(all(row) for block in blocks for row in block[1:])
    rows = [_merged(block) for block in blocks] if is_full else [row for block in blocks for row in _wrapped(block)]
    return DrawnTable(end, rows) if len(rows) >= MIN_ROWS else None


def _ruled(lines: Sequence[str]) -> DrawnTable | None:
    """A heading with a rule of dashes in parts below it, one above each column."""
    if len(lines) < MIN_ROWS + 1 or not _SPANS.fullmatch(lines[1]) or not lines[0].strip():
        return None
    starts = [match.start() for match in _SPAN.finditer(lines[1])]
    rows: Grid = []
    end = 2
    while end < len(lines) and lines[end].strip() and _fits(lines[end], starts) and not _SPANS.fullmatch(lines[end]):
        rows.append(_cut(lines[end], starts))
        end += 1
    closes = end < len(lines) and _SPANS.fullmatch(lines[end]) is not None
    whole = [_cut(lines[0], starts), *_wrapped(rows)]
    return DrawnTable(end + closes, whole) if _fits(lines[0], starts) and len(whole) >= MIN_ROWS else None


def _spaced(lines: Sequence[str]) -> DrawnTable | None:
    """Columns with nothing but white space between them, all rows below the words of a heading."""
    names = [name for name in _GAP.split(lines[0].strip()) if name]
    if len(names) < MIN_COLUMNS or any(len(name) > MAX_HEADING or not name[0].isupper() for name in names):
        return None
    starts = _starts(lines[0], names)
    rows: Grid = []
    end = 1
    while end < len(lines) and lines[end].strip() and _fits(lines[end], starts):
        rows.append(_cut(lines[end], starts))
        end += 1
    whole = _wrapped(rows)
    is_filled = sum(sum(map(bool, row)) >= MIN_COLUMNS for row in whole) >= MIN_ROWS
    is_whole = end == len(lines) or not lines[end].strip()
    return DrawnTable(end, [_cut(lines[0], starts), *whole]) if is_filled and is_whole else None


def _starts(line: str, names: Sequence[str]) -> list[int]:
    starts: list[int] = []
    at = 0
    for name in names:
        starts.append(line.index(name, at))
        at = starts[-1] + len(name)
    return starts


def _fits(line: str, starts: Sequence[int]) -> bool:
    """Whether a line has white space before each column, and nothing before the first."""
    return not line[: starts[0]].strip() and all(len(line) < at or not line[at - 1].strip() for at in starts[1:])


def _cut(line: str, starts: Sequence[int]) -> list[str]:
    ends = (*starts[1:], len(line))
    return [line[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def _wrapped(lines: Grid) -> Grid:
    """The rows of some lines: one whose first cell is empty goes on from the line above."""
    rows: list[Grid] = []
    for line in lines:
        if line[0] or not rows:
            rows.append([line])
        else:
            rows[-1].append(line)
    return [_merged(row) for row in rows]


def _merged(lines: Grid) -> list[str]:
    return [join_lines(cells) for cells in zip(*lines, strict=True)]
