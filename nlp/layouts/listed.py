"""Lists: each assignment after a lone mark or a line with its board, or with its board's code after the title."""

from ljuskoll.nlp.layouts.bodies import Start
from ljuskoll.nlp.layouts.entries import Entry
from ljuskoll.nlp.layouts.items import MIN_STARTS, Parsed, is_list, make_followups
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.layouts.titles import (
    Title,
    board_title,
    boards_alone,
    code_title,
    looks_like_title,
    without_full_stop,
)

NAME = "listed"
MAX_APART = 10
"""Blocks from a title with a known board to one with an unknown code."""
_MARKERS = frozenset({".", "•", "·", "-", "–", "—", "*", "▪", "●", "o", "►"})


def parse(stream: Stream, free: frozenset[int]) -> Parsed:
    """The follow-ups of lists among the entries that no other layout has used."""
    starts = _starts(stream, free)
    return make_followups(stream, starts, NAME) if is_list(stream, starts) else Parsed(NAME)


def _starts(stream: Stream, free: frozenset[int]) -> list[Start]:
    entries = [entry for entry in stream.blocks() if entry.index in free]
    known = [entry.index for entry in entries if _board_title(stream, entry) is not None]
    starts: list[Start] = []
    for entry in entries:
        if starts and entry.index < starts[-1].body:
            continue
        is_among = len(known) >= MIN_STARTS and known[0] - MAX_APART <= entry.index <= known[-1] + MAX_APART
        last = starts[-1].first if starts else None
        start = _marked(stream, entry) or _titled(stream, entry, is_among, last)
        if start is not None:
            starts.append(start)
    return starts


def _marked(stream: Stream, entry: Entry) -> Start | None:
    """A lone mark, or boards alone on a line, with the title in the next block."""
    boards = boards_alone(entry.text, stream.vocabulary.boards)
    following = entry.index + 1
    if not (boards or entry.text in _MARKERS) or following >= len(stream.entries):
        return None
    text = without_full_stop(stream.entries[following].text)
    title = board_title(text, stream.vocabulary.boards) or Title(text, ())
    if not looks_like_title(title.text):
        return None
    return Start(entry.index, following + 1, title.text, boards or title.boards)


def _titled(stream: Stream, entry: Entry, codes_too: bool, last: int | None) -> Start | None:
    """A title with its boards in parentheses; an unknown code counts where others in the list are known."""
    title = _board_title(stream, entry) or (code_title(entry.text) if codes_too else None)
    if title is None or (stream.is_long and not stream.says_followup(entry.index, last)):
        return None
    declared = stream.drawn(entry.block.marks) if entry.block is not None else None
    return Start(entry.index, entry.index + 1, title.text, title.boards, declared)


def _board_title(stream: Stream, entry: Entry) -> Title | None:
    return board_title(entry.text, stream.vocabulary.boards)
