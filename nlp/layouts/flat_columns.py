"""The columns of a flattened table: headings one a line (or several on it), and which cells are of their kinds."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ljuskoll.nlp.followup import Kind
from ljuskoll.nlp.layouts.entries import ends_sentence
from ljuskoll.nlp.layouts.items import can_be_title
from ljuskoll.nlp.layouts.labels import MAX_SHORT, LabelRole, role_of, without_period
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.vocabulary.columns import Column

MIN_COLUMNS = 3
"""Two columns without more are a list with a light after each title."""
MAX_HEADING = 45
MAX_LABEL_WORDS = 4
MAX_PERIOD = 8
"""A longer period ("Delårsrapport T2 2024") heads no column."""
ANCHORS: tuple[LabelRole, ...] = ("board", "status", "number", "date", "trend")
"""Columns whose cells can be told by what stands in them."""
_KINDS: tuple[Kind, ...] = ("assignment", "activity", "indicator", "goal")
_NUMBER = re.compile(r"(?:[A-ZÅÄÖ]{1,4}[\s-]?)?\d{1,4}(?:[.:/-]\d{1,4})*[.)]?")
_DATE = re.compile(
    r"\d{4}-\d{2}(?:-\d{2})?|\d{1,2}\s+[a-zåäö]{3,9}\s+\d{4}|\d{4}|[A-Za-zåäö]{3,9}\s+\d{4}|[TQ][1-4](?:\s+\d{4})?"
)


@dataclass(frozen=True, slots=True)
class FlatColumn:
    """One column: what it holds, and its heading."""

    role: LabelRole
    heading: str
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """The headings of a flattened table in order, and the lines that they stand on."""

    first: int
    end: int
    columns: tuple[FlatColumn, ...]

    @property
    def kind(self) -> Kind | None:
        """What the titles are."""
        return next((column.kind for column in self.columns if column.role == "title"), None)

    def repeated_at(self, stream: Stream, index: int) -> int:
        """The index behind the same lines, where they stand at `index` again (a new page); else 0."""
        length = self.end - self.first
        if index + length > len(stream.entries):
            return 0
        same = all(stream.text(self.first + line) == stream.text(index + line) for line in range(length))
        return index + length if same else 0


def find_headers(stream: Stream, free: frozenset[int]) -> Iterator[Header]:
    """All runs of column headings that can head follow-ups."""
    index = 0
    while index < len(stream.entries):
        columns, end = _heading_run(stream, index, free)
        if _heads_list(columns) and len(read_heading(stream, index)) == 1:
            index, columns = index + 1, columns[1:]
        if _heads_followups(columns):
            yield Header(index, end, _with_one_title(columns))
        index = max(end, index + 1)


def read_heading(stream: Stream, index: int) -> tuple[FlatColumn, ...]:
    """The columns that a line names, () where anything else stands on it."""
    block = stream.entries[index].block
    if block is None or block.marks or not 0 < len(block.text) <= MAX_HEADING or ends_sentence(block.text):
        return ()
    if ":" in block.text or stream.declared(index) is not None:
        return ()
    return _columns_of(stream, block.text.split())


def _columns_of(stream: Stream, words: Sequence[str]) -> tuple[FlatColumn, ...]:
    """The words as headings side by side, the longest first; () where some are left over."""
    if not words:
        return ()
    for length in range(min(len(words), MAX_LABEL_WORDS + 2), 0, -1):
        column = _column(stream, " ".join(words[:length]))
        rest = _columns_of(stream, words[length:]) if column is not None else ()
        if column is not None and (rest or length == len(words)):
            return (column, *rest)
    return ()


def _column(stream: Stream, text: str) -> FlatColumn | None:
    role = role_of(text, stream.vocabulary)
    if role is None and (column := stream.vocabulary.columns.read(text)) is not None and column.role == "title":
        role = "title"
    if (
        role is None
        or (not without_period(text) and len(text) > MAX_PERIOD)
        or len(without_period(text).split()) > MAX_LABEL_WORDS
        or not text[0].isupper()
    ):
        return None
    kind = _title_column(stream, text).kind if role == "title" else None
    return FlatColumn(role, text, kind)


def _title_column(stream: Stream, text: str) -> Column:
    columns = stream.vocabulary.columns
    return columns.label(without_period(text).lower()) or columns.read(text) or Column("title", "assignment")


def _heading_run(stream: Stream, index: int, free: frozenset[int]) -> tuple[tuple[FlatColumn, ...], int]:
    """The columns of consecutive heading lines from `index` on; one unknown line among them is a column too."""
    columns: tuple[FlatColumn, ...] = ()
    while index in free:
        found = read_heading(stream, index)
        if not found and columns and index + 1 in free and _may_head(stream, index) and read_heading(stream, index + 1):
            found = (FlatColumn("other", stream.text(index)),)
        if not found:
            break
        columns += found
        index += 1
    return columns, index


def _may_head(stream: Stream, index: int) -> bool:
    text = stream.entries[index].text
    is_word = bool(text) and len(text) <= MAX_HEADING and len(text.split()) <= MAX_LABEL_WORDS - 1 and text[0].isupper()
    return is_word and not ends_sentence(text) and fits_board(stream, text) is False and ":" not in text


def _heads_followups(columns: Sequence[FlatColumn]) -> bool:
    roles = {column.role for column in columns}
    known = sum(column.role != "other" for column in columns)
    return known >= MIN_COLUMNS and "title" in roles and bool(roles & {"status", "comment"})


def _heads_list(columns: Sequence[FlatColumn]) -> bool:
    """Whether the first line is no column but the heading of the table: what it names has a column of its own."""
    first, others = columns[:1], columns[1:]
    again = any((one.role, one.kind) == (other.role, other.kind) for one in first for other in others)
    return again and columns[0].role in ("title", "comment") and _heads_followups(others)


def _with_one_title(columns: tuple[FlatColumn, ...]) -> tuple[FlatColumn, ...]:
    """Of several columns with titles the finest holds the records'; one before it names the goal."""
    titles = [i for i, column in enumerate(columns) if column.role == "title"]
    own = min(titles, key=lambda i: (_KINDS.index(columns[i].kind or "goal"), i))
    return tuple(
        column if i not in titles or i == own else FlatColumn("goal" if i < own else "other", column.heading)
        for i, column in enumerate(columns)
    )


def fits_board(stream: Stream, text: str) -> bool:
    """Whether a cell is nothing but boards."""
    return bool(stream.vocabulary.boards.split(text))


def is_light(stream: Stream, index: int) -> bool:
    """Whether a cell is nothing but a status; a word with a full stop is a comment ("Vilar.")."""
    block = stream.entries[index].block
    if block is None:
        return False
    if not block.text:
        return stream.drawn(block.marks) is not None
    scale = stream.vocabulary.scale
    if ends_sentence(block.text):
        return scale.colour_word(block.text) is not None
    return len(block.text) <= MAX_SHORT and scale.read(block.text) is not None


def fits_cell(stream: Stream, role: LabelRole, index: int) -> bool:
    """Whether a cell is of an anchor's kind."""
    text = stream.entries[index].text
    if role == "status":
        return is_light(stream, index)
    if role == "board":
        return fits_board(stream, text)
    if role == "trend":
        return stream.vocabulary.scale.trend(text) is not None
    pattern = _NUMBER if role == "number" else _DATE
    return role in ANCHORS and pattern.fullmatch(text.strip()) is not None


def can_be_cell_title(stream: Stream, text: str) -> bool:
    """Whether a cell can hold an assignment's title."""
    return can_be_title(stream, text) and not fits_board(stream, text) and _NUMBER.fullmatch(text.strip()) is None
