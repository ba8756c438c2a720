"""Flattened tables: column headings one a line, then the cells one a line, row by row or column by column.

Cells of unmistakable kinds (boards, lights, numbers, dates) are anchors; a table whose cells do not fit its columns
in exactly one way is refused, since a wrong pairing would look right.
"""

from collections.abc import Sequence
from itertools import takewhile

from ljuskoll.nlp.followup import FollowUp
from ljuskoll.nlp.layouts.bodies import Body, Start, Status, status_of
from ljuskoll.nlp.layouts.flat_columns import FlatColumn, Header, find_headers, is_light, read_heading
from ljuskoll.nlp.layouts.flat_rows import Row, columnwise_rows, rowwise_rows
from ljuskoll.nlp.layouts.items import Parsed, build_followup
from ljuskoll.nlp.layouts.labels import Label, LabelRole
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.vocabulary.columns import goal_heading

NAME = "flattened"
MIN_LIGHTS = 2
"""So many lights below a heading of their own make a column."""


def parse(stream: Stream, free: frozenset[int]) -> Parsed:
    """The follow-ups of flattened tables; `refused` of the result are entries of tables that fit in no one way."""
    followups: list[FollowUp] = []
    used: set[int] = set()
    refused: set[int] = set()
    for header in find_headers(stream, free):
        if header.first in used or header.first in refused:
            continue
        cells, between = _region(stream, header, free)
        rows = columnwise_rows(stream, header.columns, cells)
        rows = rowwise_rows(stream, header.columns, cells) if rows is None else rows
        lines = set(range(header.first, header.end))
        if not rows:
            # Without rows the headings alone are said, so that the table is not lost in silence.
            lights = [index for index in cells if is_light(stream, index)]
            refused |= lines | set(cells[: cells.index(lights[-1]) + 1]) if lights else lines
            continue
        last = max(index for row in rows for index in row.indices)
        used |= lines | {index for index in between if index < last}
        followups += _followups(stream, header.columns, rows, lines | set(cells), used, refused)
    return _with_columns_apart(
        stream, free - used - refused, Parsed(NAME, tuple(followups), frozenset(used), frozenset(refused))
    )


def _followups(
    stream: Stream,
    columns: Sequence[FlatColumn],
    rows: Sequence[Row],
    cells: set[int],
    used: set[int],
    refused: set[int],
) -> list[FollowUp]:
    """The follow-ups of rows; what they use, and what they leave over, is added."""
    found: list[FollowUp] = []
    headings = " ".join(column.heading for column in columns if column.role in ("status", "comment"))
    for row in rows:
        followup = _followup(stream, columns, row, frozenset(cells), headings)
        (used if followup is not None else refused).update(row.indices)
        refused.update(row.doubtful)
        found += [followup] if followup is not None else []
    return found


def _region(stream: Stream, header: Header, free: frozenset[int]) -> tuple[list[int], list[int]]:
    """The cells below a header, up to a table or another chapter; and legends, goals and headers among them."""
    cells: list[int] = []
    between: list[int] = []
    index = header.end
    while index in free or index in stream.legend:
        again = header.repeated_at(stream, index)
        if again:
            between += range(index, again)
            index = again
            continue
        text = stream.entries[index].text
        if index in stream.legend or (stream.is_headline(index) and goal_heading(text)):
            between.append(index)
        elif _ends_region(stream, index):
            break
        else:
            cells.append(index)
        index += 1
    return cells, between


def _ends_region(stream: Stream, index: int) -> bool:
    """A marked heading, or one of another chapter; a board alone is a cell."""
    block = stream.entries[index].block
    is_marked = block is not None and block.kind == "heading"
    is_other = stream.heading_text(index) is not None and stream.is_foreign(index)
    return (is_marked and stream.board_heading(index) is None) or is_other


def _with_columns_apart(stream: Stream, free: frozenset[int], parsed: Parsed) -> Parsed:
    """Besides, tables whose columns stand one below the other, each under its own heading."""
    followups, used, refused = list(parsed.followups), set(parsed.used), set(parsed.refused)
    heads = [(index, found[0]) for index in sorted(free) if len(found := read_heading(stream, index)) == 1]
    for position, (_, column) in enumerate(heads):
        if column.role != "title":
            continue
        others = list(takewhile(lambda head: head[1].role != "title", heads[position + 1 :]))
        group = [heads[position], *others]
        parts = [
            _below(stream, index, group[at + 1][0] if at + 1 < len(group) else None, free)
            for at, (index, _) in enumerate(group)
        ]
        lights = next((part for (_, head), part in zip(group, parts, strict=True) if head.role == "status"), [])
        count = len(list(takewhile(lambda index: is_light(stream, index), lights)))
        if count < MIN_LIGHTS:
            continue
        columns = [head for _, head in group]
        parts[-1] = parts[-1][:count] if len(parts[-1]) > count and stream.is_headline(parts[-1][count]) else parts[-1]
        cells = [index for part in parts for index in part]
        agrees = all(len(part) == count for part in parts)
        rows = columnwise_rows(stream, columns, cells) if agrees else []
        lines = {index for index, _ in group}
        if rows:
            used |= lines
            followups += _followups(stream, columns, rows, lines | set(cells), used, refused)
        else:
            refused |= lines | set(parts[0]) | set(lights[:count])
    return Parsed(NAME, tuple(followups), frozenset(used), frozenset(refused))


def _below(stream: Stream, heading: int, following: int | None, free: frozenset[int]) -> list[int]:
    """The cells below a column's heading, up to the next column's."""
    end = following if following is not None else len(stream.entries)
    return list(takewhile(lambda index: index in free, range(heading + 1, end)))


def _followup(
    stream: Stream, columns: Sequence[FlatColumn], row: Row, titles: frozenset[int], headings: str
) -> FollowUp | None:
    def text(role: LabelRole, joiner: str = " ") -> str:
        indices = [index for i, column in enumerate(columns) if column.role == role for index in row.cells.get(i, ())]
        return joiner.join(stream.entries[index].text for index in indices)

    board, trend = text("board"), text("trend")
    boards = stream.vocabulary.boards.split(board) or ((board,) if board else ())
    first = row.indices[0]
    body = Body(
        tuple(_paragraphs(stream, columns, row)),
        row.indices[-1] + 1,
        tuple(_statuses(stream, columns, row)),
        boards,
        Label("", "trend", trend) if trend else None,
        text("goal") or None,
    )
    kind = next((column.kind for column in columns if column.role == "title"), None)
    start = Start(first, first, text("title"))
    above = stream.headings_above(first, titles)
    return build_followup(stream, start, body, above, kind=kind, indices=row.indices, extra=headings)


def _statuses(stream: Stream, columns: Sequence[FlatColumn], row: Row) -> list[Status]:
    return [
        Status(column.heading, declared)
        for i, column in enumerate(columns)
        if column.role == "status"
        for index in row.cells.get(i, ())
        if (declared := status_of(stream, index)) is not None
    ]


def _paragraphs(stream: Stream, columns: Sequence[FlatColumn], row: Row) -> list[str]:
    """The comment's paragraphs; a line that begins in the middle of a sentence goes on with the one before."""
    paragraphs: list[str] = []
    for i, column in enumerate(columns):
        for index in row.cells.get(i, ()) if column.role == "comment" else ():
            text = stream.entries[index].text
            if paragraphs and text[:1].islower():
                paragraphs[-1] = f"{paragraphs[-1]} {text}"
            else:
                paragraphs.append(text)
    return paragraphs
