"""Rows that hold one text across the table: which of them are the comment of the row above rather than a heading."""

from collections.abc import Sequence
from itertools import pairwise

from ljuskoll.nlp.document import Cell
from ljuskoll.nlp.layouts.cells import Row, filled, flat, is_merged
from ljuskoll.nlp.layouts.stream import Stream, ends_sentence

MIN_WORDS = 3
MIN_COMMENTS = 2


def comment_rows(stream: Stream, rows: Sequence[Row], first: int, others: frozenset[int]) -> frozenset[int]:
    """The rows from `first` on whose text across the table is the comment of the row above them.

    Sentences below at least half of the other rows are comments, and with them what stands in the same place without
    a full stop. Sentences that begin a table and do not end it are headings. `others` are no rows of the list.
    """
    listed = [at for at in range(first, len(rows)) if filled(rows[at]) and at not in others]
    lone = {at for at in listed if is_across(rows[at])}
    told = {at for at in lone if is_sentence(rows[at][0].text)}
    if not told or not listed or (listed[0] in told and listed[-1] not in told):
        return frozenset()
    below = [after for at, after in pairwise(listed) if at not in lone and after in lone]
    said = [at for at in below if at in told]
    records = len(listed) - len(lone)
    if len(said) * 2 < records or (len(said) < MIN_COMMENTS and records > 1):
        return frozenset()
    is_regular = len(below) == len(lone) and listed[-1] in lone
    comments = {at for at in below if at in told or (is_regular and not _is_heading(stream, rows[at]))}
    for at, after in pairwise(listed):
        if at in comments and after in told:
            comments.add(after)
    return frozenset(comments)


def is_across(row: Sequence[Cell]) -> bool:
    """Whether a row is one cell merged over all columns."""
    return len(row) > 1 and filled(row) == [0] and all(is_merged(row, index) for index in range(1, len(row)))


def is_sentence(text: str) -> bool:
    """Whether a text is a sentence rather than a heading that ends with a full stop."""
    return ends_sentence(flat(text)) and len(text.split()) >= MIN_WORDS


def _is_heading(stream: Stream, row: Row) -> bool:
    return stream.vocabulary.boards.resolve(flat(row[0].text)) is not None
