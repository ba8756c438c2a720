"""The rows of a flattened table: which cells belong to which column, if there is exactly one good way to tell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import inf

from ljuskoll.nlp.layouts.entries import ends_sentence
from ljuskoll.nlp.layouts.flat_columns import ANCHORS, FlatColumn, can_be_cell_title, fits_cell, is_light
from ljuskoll.nlp.layouts.labels import MAX_SHORT, LabelRole
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.layouts.titles import without_full_stop

MAX_APART = 15
"""Cells from one anchor to the next; where there are more, the table is over."""
MAX_ROW_COST = 5.0
"""What a row may cost on the average: little more than an empty board and status."""
_SKIPPED: dict[str, float] = {"status": 2.0, "board": 3.0, "comment": 1.0}
_SKIPPED_ELSE = 2.5
_TITLE_WITH_STOP = 1.0
_LINE_IN_COMMENT = 1.5
_ANCHOR_IN_COMMENT = 6.0
_UNREAD_STATUS = 3.0
MAX_TITLE_LINE = 110


@dataclass(slots=True)
class Row:
    """The cells of one record by column (positions), and the lines that are left over as doubtful."""

    cells: dict[int, tuple[int, ...]] = field(default_factory=dict)
    doubtful: tuple[int, ...] = ()

    @property
    def indices(self) -> list[int]:
        """All entries of the row in order."""
        return sorted(index for cells in self.cells.values() for index in cells)


class _Fitting:
    """The cheapest way to fit cells to columns, and whether it is the only one."""

    def __init__(self, stream: Stream, columns: Sequence[FlatColumn], cells: Sequence[tuple[int, ...]]) -> None:
        self.stream, self.columns, self.cells = stream, columns, cells
        self.texts = [" ".join(stream.entries[index].text for index in cell) for cell in cells]
        self.anchors = [self._is_anchor(at) for at in range(len(cells))]
        self.titles = [self._title(at) for at in range(len(cells))]
        width = len(columns)
        title = next(i for i, column in enumerate(columns) if column.role == "title")
        self.best = [[(inf, 0)] * (width + 1) for _ in range(len(cells) + 1)]
        self.choice: dict[tuple[int, int], int] = {}
        for at in range(len(cells), -1, -1):
            # A row's end leads to the next row's beginning among the same cells: up to the title first.
            for column in (*range(title, -1, -1), *range(width, title, -1)):
                self.best[at][column] = self._solve(at, column)

    def _solve(self, at: int, column: int) -> tuple[float, int]:
        """The cost of the cells from `at` on when the row goes on with a column, and in how many ways it is reached."""
        if column == len(self.columns):
            return self.best[at][0] if at < len(self.cells) else (0.0, 1)
        options = [(cost + self.best[at + taken][column + 1][0], taken) for cost, taken in self._options(at, column)]
        least = min((cost for cost, _ in options), default=inf)
        chosen = [taken for cost, taken in options if cost == least]
        if least == inf:
            return inf, 0
        self.choice[at, column] = chosen[0]
        return least, sum(self.best[at + taken][column + 1][1] for taken in chosen)

    def _options(self, at: int, column: int) -> Iterator[tuple[float, int]]:
        """What a column may take from `at` on: (cost, number of cells)."""
        role = self.columns[column].role
        if role == "title":
            if at < len(self.cells) and self.titles[at] < inf:
                yield self.titles[at], 1
            return
        yield _SKIPPED.get(role, _SKIPPED_ELSE), 0
        if role == "comment":
            yield from self._comments(at)
        elif at < len(self.cells) and self._fits(at, role):
            yield 0.0, 1
        elif role == "status" and at < len(self.cells) and self._may_be_status(at):
            yield _UNREAD_STATUS, 1

    def _comments(self, at: int) -> Iterator[tuple[float, int]]:
        cost = 0.0
        for taken in range(1, min(len(self.cells) - at, MAX_APART) + 1):
            cost += self._in_comment(at + taken - 1)
            yield cost, taken

    def _title(self, at: int) -> float:
        text = self.texts[at]
        if self.anchors[at]:
            return inf
        if can_be_cell_title(self.stream, text):
            return 0.0
        return _TITLE_WITH_STOP if can_be_cell_title(self.stream, without_full_stop(text)) else inf

    def _fits(self, at: int, role: LabelRole) -> bool:
        if role in ANCHORS:
            return len(self.cells[at]) == 1 and fits_cell(self.stream, role, self.cells[at][0])
        return len(self.texts[at]) <= MAX_SHORT and not ends_sentence(self.texts[at]) and not self.anchors[at]

    def _may_be_status(self, at: int) -> bool:
        text = self.texts[at]
        return len(text.split()) <= 2 and not ends_sentence(text) and not self.anchors[at]

    def _is_anchor(self, at: int) -> bool:
        cell = self.cells[at]
        roles = {column.role for column in self.columns}
        return len(cell) == 1 and any(
            fits_cell(self.stream, role, cell[0]) for role in ("status", "board") if role in roles
        )

    def _in_comment(self, at: int) -> float:
        if self.anchors[at]:
            return _ANCHOR_IN_COMMENT
        return _LINE_IN_COMMENT if self.is_line(at) else 0.0

    def is_line(self, at: int) -> bool:
        """Whether a cell looks like a title rather than like a comment's sentence."""
        text = self.texts[at]
        block = self.stream.entries[self.cells[at][0]].block
        is_item = block is not None and block.kind == "item"
        return not (is_item or ends_sentence(text) or len(text) > MAX_TITLE_LINE) and text[:1].isupper()

    def rows(self) -> list[Row]:
        """The rows of the one best fitting; none where there is none, or where another is as good."""
        cost, ways = self.best[0][0]
        if ways != 1:
            return []
        rows: list[Row] = []
        at = 0
        while at < len(self.cells):
            row = Row()
            for column in range(len(self.columns)):
                taken = self.choice[at, column]
                if taken:
                    row.cells[column] = self._taken(row, column, at, taken, is_last=at + taken == len(self.cells))
                at += taken
            rows.append(row)
        return rows if cost <= MAX_ROW_COST * len(rows) else []

    def _taken(self, row: Row, column: int, at: int, taken: int, *, is_last: bool) -> tuple[int, ...]:
        """The entries of some cells; a comment stops before a line that looks like the title of another row."""
        cells = range(at, at + taken)
        if self.columns[column].role == "comment":
            for one in cells[1:-1]:
                told = any(not self.is_line(before) for before in range(at, one))
                if told and self.is_line(one) and not self.is_line(one + 1) and len(self.texts[one].split()) > 1:
                    left = [index for cell in range(one, at + taken) for index in self.cells[cell]]
                    row.doubtful = () if is_last else tuple(left)
                    cells = range(at, one)
                    break
        return tuple(index for cell in cells for index in self.cells[cell])


def rowwise_rows(stream: Stream, columns: Sequence[FlatColumn], cells: Sequence[int]) -> list[Row]:
    """The rows of cells that stand row by row; none where they fit in no way, or in several."""
    if not any(column.role in ANCHORS for column in columns):
        return []
    kept = _within(stream, columns, cells)
    return _Fitting(stream, columns, _merged(stream, columns, kept)).rows() if kept else []


def columnwise_rows(stream: Stream, columns: Sequence[FlatColumn], cells: Sequence[int]) -> list[Row] | None:
    """The rows of cells that stand column by column; [] where they do but do not agree, None where they do not."""
    status = next((i for i, column in enumerate(columns) if column.role == "status"), None)
    run = _light_run(stream, cells)
    if status is None or run is None:
        return None
    first, count = run
    start = first - status * count
    last = start + count * len(columns)
    if start != 0 or last > len(cells) or (last < len(cells) and not stream.is_headline(cells[last])):
        return []
    parts = [cells[start + i * count : start + (i + 1) * count] for i in range(len(columns))]
    if not all(_holds(stream, column.role, part) for column, part in zip(columns, parts, strict=True)):
        return []
    return [Row({i: (part[number],) for i, part in enumerate(parts)}) for number in range(count)]


def _holds(stream: Stream, role: LabelRole, cells: Sequence[int]) -> bool:
    if role == "title":
        return all(can_be_cell_title(stream, stream.entries[index].text) for index in cells)
    if role in ANCHORS:
        return all(fits_cell(stream, role, index) for index in cells)
    return not any(fits_cell(stream, "board", index) or is_light(stream, index) for index in cells)


def _light_run(stream: Stream, cells: Sequence[int]) -> tuple[int, int] | None:
    """Where the first run of at least two lights begins among the cells, and how long it is."""
    at = 0
    while at < len(cells):
        end = at
        while end < len(cells) and is_light(stream, cells[end]):
            end += 1
        if end - at > 1:
            return at, end - at
        at = max(end, at + 1)
    return None


def _within(stream: Stream, columns: Sequence[FlatColumn], cells: Sequence[int]) -> list[int]:
    """The cells up to the table's end: what the last row needs after the last anchor that is near the one before it."""
    roles = [column.role for column in columns]
    anchors = [role for role in ("status", "board", "number", "date", "trend") if role in roles]
    found = [at for at, index in enumerate(cells) if any(fits_cell(stream, role, index) for role in anchors)]
    last = -1
    for at in found:
        if at - max(last, 0) > MAX_APART:
            break
        last = at
    if last < 0:
        return []
    needed = last + 1 + (roles.index("title") > max(roles.index(role) for role in anchors))
    end = min(len(cells), needed)
    if "comment" not in roles:
        return list(cells[: end + sum(role in ("other", "target", "value") for role in roles)])
    end = min(len(cells), end + 1)
    while end < len(cells) and end - last < MAX_APART and not stream.is_headline(cells[end]):
        end += 1
    return list(cells[:end])


def _merged(stream: Stream, columns: Sequence[FlatColumn], cells: Sequence[int]) -> list[tuple[int, ...]]:
    """The cells with lines that begin in the middle of a sentence joined to the line before."""
    merged: list[tuple[int, ...]] = []
    for index in cells:
        text = stream.entries[index].text
        before = stream.entries[merged[-1][-1]].text if merged else ""
        goes_on = text[:1].islower() and before and not ends_sentence(before)
        if goes_on and not any(fits_cell(stream, role, merged[-1][-1]) for role in ("status", "board")):
            merged[-1] = (*merged[-1], index)
        else:
            merged.append((index,))
    return merged
