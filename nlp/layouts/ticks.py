"""A scale with one column a grade, ticked in each row ("Klart | Pågår | Ej påbörjat"), as one column of statuses."""

from collections.abc import Sequence
from dataclasses import dataclass

from ljuskoll.nlp.document import Cell
from ljuskoll.nlp.layouts.cells import Row, filled, flat, is_dash
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.vocabulary.columns import heading_of
from ljuskoll.nlp.vocabulary.scale_words import is_check, is_cross, is_empty_box

MAX_HEADER_ROWS = 5
MIN_GRADES = 2
"""So many columns headed by a status make a scale."""
MAX_WORD = 40
_APART = " / "


@dataclass(frozen=True, slots=True)
class _Scale:
    """Columns from `first` to `end` that are one scale; `by_mark`: what is drawn in a cell ticks it."""

    first: int
    end: int
    heading: tuple[Cell, ...]
    words: tuple[str, ...]
    checks: bool
    by_mark: bool

    def ticked(self, row: Row) -> list[str]:
        """The grades that a row ticks."""
        cells = zip(self.words, row[self.first : self.end], strict=True)
        return [word for word, cell in cells if self._is_ticked(cell)]

    def _is_ticked(self, cell: Cell) -> bool:
        if self.by_mark:
            return bool(cell.marks)
        return any(is_check(sign) if self.checks else is_cross(sign) for sign in _signs(cell))

    def merged(self, row: Row) -> Cell:
        """The one cell that stands for the scale's columns in a row."""
        cells = row[self.first : self.end]
        if [_look(cell) for cell in cells] == [_look(cell) for cell in self.heading]:
            return Cell(heading_of("status"), cells[0].place)
        found = self.ticked(row)
        at = self.words.index(found[0]) if found else 0
        written = (flat(cell.text) for cell in cells if not _can_be_ticked(cell))
        return Cell(_APART.join(found) or " ".join(dict.fromkeys(written)), cells[at].place)


@dataclass(frozen=True, slots=True)
class Ticks:
    """The ticked scales of a table of some width."""

    width: int
    scales: tuple[_Scale, ...]

    def merge(self, rows: Sequence[Row]) -> tuple[Row, ...]:
        """The rows with one column for each scale."""
        return tuple(self._merge(row) for row in rows)

    def _merge(self, row: Row) -> Row:
        for scale in reversed(self.scales):
            row = (*row[: scale.first], scale.merged(row), *row[scale.end :])
        return row

    def fits(self, rows: Sequence[Row]) -> bool:
        """Whether rows without a heading can go on from the table: they tick in the same columns, and write nothing."""
        if len(rows[0]) != self.width:
            return False
        listed = [row for row in rows if len(filled(row)) > 1]
        cells = [cell for row in listed for scale in self.scales for cell in row[scale.first : scale.end]]
        return all(map(_can_be_ticked, cells)) and all(any(map(scale.ticked, listed)) for scale in self.scales)


def find_ticks(stream: Stream, rows: Sequence[Row]) -> Ticks | None:
    """The ticked scales of a table, told by their headings and by cells that hold ticks and nothing else."""
    if stream.vocabulary.columns.numbered:
        return None
    for number, row in enumerate(rows[:MAX_HEADER_ROWS]):
        again = [_look(cell) for cell in row]
        below = [each for each in rows[number + 1 :] if len(filled(each)) > 1]
        body = [each for each in below if [_look(cell) for cell in each] != again]
        scales = [scale for first, end in _runs(stream, row, body) if (scale := _scale(stream, row, body, first, end))]
        if scales:
            return Ticks(len(row), tuple(scales))
    return None


def _runs(stream: Stream, row: Row, body: Sequence[Row]) -> list[tuple[int, int]]:
    """Neighbouring columns, headed by different statuses, with nothing but ticks below."""
    runs: list[tuple[int, int]] = []
    words: list[str] = []
    for index in range(len(row) + 1):
        word = _word(stream, row[index]) if index < len(row) else ""
        belongs = bool(word) and all(_can_be_ticked(below[index]) for below in body)
        if words and (not belongs or word in words):
            runs.append((index - len(words), index))
            words = []
        if belongs:
            words.append(word)
    return [(first, end) for first, end in runs if end - first >= MIN_GRADES]


def _scale(stream: Stream, row: Row, body: Sequence[Row], first: int, end: int) -> _Scale | None:
    """The scale in some columns; None where no row ticks any of them, or most rows tick several."""
    words = tuple(_word(stream, cell) for cell in row[first:end])
    signs = [sign for below in body for cell in below[first:end] for sign in _signs(cell)]
    checks = any(map(is_check, signs))
    scale = _Scale(first, end, row[first:end], words, checks, by_mark=not (checks or any(map(is_cross, signs))))
    ticked = [found for below in body if (found := scale.ticked(below))]
    return scale if ticked and sum(len(found) > 1 for found in ticked) * 2 < len(ticked) else None


def _word(stream: Stream, cell: Cell) -> str:
    """The status that heads a column, in words or as its colour; "" where none does."""
    text = flat(cell.text)
    if len(text) > MAX_WORD or stream.vocabulary.columns.read_own(text) is not None:
        return ""
    declared = stream.vocabulary.scale.read(text) if text else stream.drawn(cell.marks)
    if declared is None:
        return stream.vocabulary.scale.of_initial(text) or ""
    return text or declared.as_written


def _signs(cell: Cell) -> list[str]:
    return [flat(cell.text)] if cell.text.strip() else [mark.text for mark in cell.marks]


def _can_be_ticked(cell: Cell) -> bool:
    """Whether a cell holds nothing, a tick, an empty box or something drawn."""
    text = flat(cell.text)
    return is_dash(text) or is_check(text) or is_cross(text) or is_empty_box(text)


def _look(cell: Cell) -> tuple[str, tuple[str | None, ...]]:
    return flat(cell.text), tuple(mark.colour for mark in cell.marks)
