"""Assignments whose status is not shown, among or after others of their kind that show theirs."""

from collections.abc import Sequence

from ljuskoll.nlp.layouts.bodies import Start, title_level
from ljuskoll.nlp.layouts.items import MIN_STARTS, can_be_title
from ljuskoll.nlp.layouts.stream import UNMARKED, Stream
from ljuskoll.nlp.layouts.titles import Title, board_title

MAX_STATUS_BELOW = 2
"""Blocks below a title in which its status in words can stand."""


def with_siblings(stream: Stream, starts: Sequence[Start], free: frozenset[int]) -> list[Start]:
    """The starts with their likes among them, assignments whose status is not shown.

    Likes are headings of their level, or titles with a board in parentheses where all of the starts have one.
    """
    levels = {title_level(stream, start) for start in starts}
    made = {start.first: start for start in starts}
    for level in levels:
        own = [start for start in starts if title_level(stream, start) == level]
        is_list = len(levels) == 1 or (level < UNMARKED and len(own) >= MIN_STARTS)
        has_boards = len(own) >= MIN_STARTS and all(start.boards for start in own)
        if is_list and (level < UNMARKED or has_boards):
            made = {one.first: one for one in _siblings(stream, own, level, free)} | made
    return [made[first] for first in sorted(made)]


def _siblings(stream: Stream, starts: Sequence[Start], level: int, free: frozenset[int]) -> list[Start]:
    """The titles of one level that stand among the starts of that level."""
    made: list[Start] = []
    ends = [*(following.first for following in starts[1:]), *(_last_sibling(stream, start) for start in starts[-1:])]
    for start, end in zip(starts, ends, strict=True):
        between = range(start.body, end)
        if any(_divides(stream, index, level) for index in between):
            continue
        for index in between:
            text = stream.entries[index].text
            if index not in free or stream.level(index) != level or stream.label(index) is not None:
                continue
            title = board_title(text, stream.vocabulary.boards)
            if can_be_title(stream, text) and (title is not None or level != UNMARKED):
                title = title or Title(text, ())
                made.append(Start(index, index + 1, title.text, title.boards))
    return made


def _divides(stream: Stream, index: int, level: int) -> bool:
    """Whether a heading divides a list whose titles have this level; a board right below a title is that one's."""
    names_part = stream.is_section(index) and (
        level == UNMARKED or stream.level(index) <= level or stream.board_heading(index) is not None
    )
    is_badge = stream.level(index) == UNMARKED > stream.level(index - 1) == level and stream.board_heading(index)
    return stream.level(index) < level or bool(names_part and not is_badge)


def _last_sibling(stream: Stream, start: Start) -> int:
    """The end of the last heading after a list's last start that is alike and has a status in words below it."""
    level = title_level(stream, start)
    end = index = start.body
    while level < UNMARKED and index < stream.size and level <= stream.level(index):
        below = range(index + 1, min(index + 1 + MAX_STATUS_BELOW, stream.size))
        if stream.level(index) == level and any(_is_status(stream, line) for line in below):
            end = index + 1
        index += 1
    return end


def _is_status(stream: Stream, index: int) -> bool:
    return stream.level(index) == UNMARKED and stream.declared_words(index) is not None
