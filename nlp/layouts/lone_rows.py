"""Rows that hold one text across the table: which of them are the comment of the row above rather than a heading."""

from collections.abc import Sequence
from itertools import pairwise

from ljuskoll.nlp.document import Cell
from ljuskoll.nlp.layouts.cells import Row, filled, flat, is_merged, label_in
from ljuskoll.nlp.layouts.stream import Stream, ends_sentence

MIN_WORDS = 3
MIN_COMMENTS = 2


def comment_rows(stream: Stream, rows: Sequence[Row], first: int, others: frozenset[int]) -> dict[int, str]:
    """The rows from `first` on that hold the comment of the row above them, with its text.

    Sentences below at least half of the other rows are comments, and with them what stands in the same place without
    a full stop; one is enough where each row has such a text below it. Sentences that begin a table and do not end it
    are headings. `others` are no rows of the list.
    """
    listed = [at for at in range(first, len(rows)) if filled(rows[at]) and at not in others]
    lone = {at: text for at in listed if (text := _spanning(rows[at], rows[at - 1] if at > first else None))}
    told = {at for at, text in lone.items() if is_sentence(text)}
    if not told or (listed[0] in told and listed[-1] not in told):
        return {}
    below = [after for at, after in pairwise(listed) if at not in lone and after in lone]
    said = [at for at in below if at in told]
    records = len(listed) - len(lone)
    is_regular = len(below) == len(lone) and listed[-1] in lone
    is_each = is_regular and len(below) == records
    if not is_each and (len(said) * 2 < records or (len(said) < MIN_COMMENTS and records > 1)):
        return {}
    comments = {at for at in below if at in told or (is_regular and not _is_other(stream, lone[at]))}
    for at, after in pairwise(listed):
        if at in comments and after in told:
            comments.add(after)
    return {at: lone[at] for at in sorted(comments)}


def is_across(row: Sequence[Cell]) -> bool:
    """Whether a row is one cell merged over all columns."""
    return filled(row) == [0] and bool(_spanning(row, None))


def _spanning(row: Sequence[Cell], above: Sequence[Cell] | None) -> str:
    """The one text of a row, merged over all columns after it; before it cells of the row above can go on."""
    own = [index for index in filled(row) if above is None or row[index] != above[index]]
    if len(own) != 1 or own[0] + 1 == len(row) or not all(is_merged(row, at) for at in range(own[0] + 1, len(row))):
        return ""
    return row[own[0]].text


def is_sentence(text: str) -> bool:
    """Whether a text is a sentence rather than a heading that ends with a full stop."""
    return ends_sentence(flat(text)) and len(text.split()) >= MIN_WORDS


def _is_other(stream: Stream, text: str) -> bool:
    """Whether a text is a board that heads the rows below it, or a label's value."""
    label = label_in(stream, text)
    is_labelled = label is not None and label.role != "comment"
    return is_labelled or stream.vocabulary.boards.resolve(flat(text)) is not None
