"""Rows above the headings of a table's columns that are more than its name: a goal with its light."""

from ljuskoll.nlp.layouts.cells import Row, filled, flat
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.vocabulary.columns import goal_heading

CAPTION_CELLS = 2
"""A goal, and its light."""


def lit_caption(stream: Stream, row: Row) -> tuple[str, str] | None:
    """A goal and its status, where a row above the headings of the columns is nothing else."""
    if len(written := filled(row)) != CAPTION_CELLS or written[0] != 0:
        return None
    title, cell = flat(row[0].text), row[written[1]]
    if not goal_heading(title) or stream.vocabulary.columns.label(title) is not None:
        return None
    text = flat(cell.text)
    declared = stream.vocabulary.scale.read(text) if text else stream.drawn(cell.marks)
    return (title, declared.as_written) if declared is not None and declared.colour is not None else None
