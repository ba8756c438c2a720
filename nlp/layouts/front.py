"""What a document's front says of all that follows: the one board whose report it is."""

from collections.abc import Iterator, Mapping, Sequence

from ljuskoll.nlp.document import Table
from ljuskoll.nlp.followup import FollowUp
from ljuskoll.nlp.layouts.dating import FIRST_BLOCKS
from ljuskoll.nlp.layouts.entries import ends_sentence
from ljuskoll.nlp.layouts.labels import read_label
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.vocabulary.labels import boards_of_front

MAX_HEAD_ROWS = 2
"""A letterhead may be a table of so many rows."""
MAX_FRONT = 120
"""A longer text says more than whose report it is."""


def own_boards(stream: Stream, followups: Sequence[FollowUp]) -> dict[str, str]:
    """The boards that the front names as those whose report it is: as written, by their full names."""
    named: dict[str, str] = {}
    for text in _front(stream, [followup.assignment for followup in followups]):
        for board in _boards(stream, text):
            named.setdefault(stream.vocabulary.boards.resolve(board) or board, board)
    return named


def with_boards(followups: Sequence[FollowUp], own: Mapping[str, str]) -> tuple[FollowUp, ...]:
    """The follow-ups; where none of them has another board, and the front names one, they are that board's.

    An office is no board ("Ansvarig: verksamhetschef"); what may be a board's unknown code is left.
    """
    written = [board for followup in followups for board in followup.boards]
    others = {name for followup in followups for name in followup.board_names} - set(own)
    if len(own) != 1 or others or any(map(str.isupper, written)):
        return tuple(followups)
    named = {"boards": tuple(own.values()), "board_names": tuple(own)}
    return tuple(one if one.board_names else one.model_copy(update=named) for one in followups)


def _front(stream: Stream, titles: Sequence[str]) -> Iterator[str]:
    """The document's title, letterhead and margins, and the short lines before the first assignment."""
    texts = [stream.document.title]
    for entry in stream.entries[:FIRST_BLOCKS]:
        is_list = isinstance(entry.item, Table) and len(entry.item.rows) > MAX_HEAD_ROWS
        is_below_goal = stream.goal(stream.headings_above(entry.index)) is not None
        if is_list or is_below_goal or any(title in entry.text for title in titles):
            break
        texts.append(entry.text)
    texts += (*stream.letterhead, *stream.document.margins)
    return (text for text in texts if len(text) <= MAX_FRONT and not ends_sentence(text))


def _boards(stream: Stream, text: str) -> tuple[str, ...]:
    """The boards, as written, whose report a line says that this is."""
    label = read_label(text, stream.vocabulary)
    if label is not None and label.role == "board":
        return stream.vocabulary.boards.split(label.value)
    return boards_of_front(text, stream.vocabulary.boards)
