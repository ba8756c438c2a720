"""Titles with a label right before them ("Status: Gul", then the title): each label begins an assignment."""

from collections.abc import Sequence
from dataclasses import dataclass

from ljuskoll.nlp.followup import Declared
from ljuskoll.nlp.layouts.bodies import Start, status_of_label
from ljuskoll.nlp.layouts.items import MIN_STARTS, can_be_title
from ljuskoll.nlp.layouts.labels import Label
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.layouts.titles import Title, board_title
from ljuskoll.nlp.vocabulary.columns import goal_status

_LEADING = ("status", "board")
MAX_OPENING = 5
"""So many paragraphs can stand between a section's heading and its first label."""


@dataclass(frozen=True, slots=True)
class _Led:
    """Labels one after the other, with the title that follows them."""

    first: int
    title: int
    labels: tuple[Label, ...]


def led_starts(stream: Stream, free: frozenset[int]) -> list[Start]:
    """The assignments of a list in which labels stand before every title; none where they stand below.

    They stand before where the first of them has no title above it, and the last has one below it. The statuses of
    goals may stand below these all the same.
    """
    order = [index for index in sorted(free) if stream.label(index) is not None]
    others = [index for index in order if (label := stream.label(index)) and not goal_status(label.name)]
    return _led_by_first(stream, order, free) or _led_by_first(stream, others, free)


def _led_by_first(stream: Stream, order: Sequence[int], free: frozenset[int]) -> list[Start]:
    """The same by the first of some labels."""
    if not order or _has_title_above(stream, order[0], free):
        return []
    leading = stream.label(order[0])
    if leading is None or leading.role not in _LEADING or not leading.value:
        return []
    alike = [index for index in order if (label := stream.label(index)) and label.name == leading.name]
    led = [_led(stream, index, free) for index in alike]
    found = [one for one in led if one is not None]
    if len(found) < MIN_STARTS or len(found) < len(led):
        return []
    return [_start(stream, one) for one in found]


def _has_title_above(stream: Stream, index: int, free: frozenset[int]) -> bool:
    """Whether the first label stands below a title, or below a title's text, rather than below a section's heading."""
    for above in range(index - 1, max(-1, index - 1 - MAX_OPENING), -1):
        if above not in free:
            return False
        is_heading = stream.heading_text(above) is not None or stream.is_headline(above)
        if is_heading or can_be_title(stream, stream.entries[above].text):
            return not stream.opens_followup(above)
    return False


def _led(stream: Stream, index: int, free: frozenset[int]) -> _Led | None:
    labels: list[Label] = []
    at = index
    while at in free and (label := stream.label(at)) is not None and label.role in _LEADING and label.value:
        labels.append(label)
        at += 1
    is_title = at in free and stream.label(at) is None and can_be_title(stream, stream.entries[at].text)
    is_title = is_title and not stream.is_foreign(at) and not stream.is_section(at)
    return _Led(index, at, tuple(labels)) if is_title and labels else None


def _start(stream: Stream, led: _Led) -> Start:
    text = stream.entries[led.title].text
    title = board_title(text, stream.vocabulary.boards) or Title(text, ())
    return Start(
        led.first, led.title + 1, title.text, _boards(stream, led.labels) or title.boards, _light(stream, led.labels)
    )


def _boards(stream: Stream, labels: Sequence[Label]) -> tuple[str, ...]:
    board = next((label.value for label in labels if label.role == "board"), "")
    return (stream.vocabulary.boards.split(board) or (board,)) if board else ()


def _light(stream: Stream, labels: Sequence[Label]) -> Declared | None:
    return next((status_of_label(stream, label) for label in labels if label.role == "status"), None)
