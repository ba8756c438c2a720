"""From where assignments start to follow-ups: what all layouts of running blocks share."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ljuskoll.nlp.followup import Declared, FollowUp, Kind, Trend
from ljuskoll.nlp.language.claims import find_claims
from ljuskoll.nlp.language.reading import OUTRIGHT
from ljuskoll.nlp.language.status import find_status
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.layouts.titles import looks_like_title

_LABEL = re.compile(r"(?P<label>[^:]{2,45}):\s*(?P<value>.*)")
_NUMBER = re.compile(r"\s*\d+(?:\.\d+)*$")
_BULLET = re.compile(r"^(?:[-–•*]|\d{1,2}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Start:
    """Where an assignment starts: `first` is the first block that belongs to it, `body` the first after its title."""

    first: int
    body: int
    title: str
    boards: tuple[str, ...] = ()
    declared: Declared | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """What stands below a title: the comment's paragraphs, and what labels among them say."""

    paragraphs: tuple[str, ...]
    end: int
    declared: Declared | None = None
    boards: tuple[str, ...] = ()
    trend: Trend | None = None
    labelled: bool = False


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a layout made of a document: follow-ups in order and the entries that they used."""

    layout: str
    followups: tuple[FollowUp, ...] = ()
    used: frozenset[int] = frozenset()


MIN_STARTS = 2
"""One light or one title with a board can stand in any text; two make a list, as does one in a report for a period."""


def labelled_title(stream: Stream, text: str) -> tuple[str, Kind | None]:
    """A title without its label, and the kind that the label names ("Uppdrag: Bygg en bro")."""
    match = _LABEL.fullmatch(text)
    if match is None or not match["value"]:
        return text, None
    column = stream.vocabulary.columns.label(_NUMBER.sub("", match["label"]))
    is_numbered_goal = column is not None and column.kind == "goal" and _NUMBER.search(match["label"])
    if column is None or column.role != "title" or is_numbered_goal:
        return text, None
    return match["value"], column.kind


def is_list(stream: Stream, starts: Sequence[Start]) -> bool:
    """Whether some starts make a list of follow-ups."""
    if len(starts) >= MIN_STARTS:
        return True
    return bool(starts) and stream.period(starts[0].first, stream.headings_above(starts[0].first)) is not None


def can_be_title(stream: Stream, text: str) -> bool:
    """Whether a text can be an assignment's title: no sentence, and neither a status nor the explanation of one."""
    scale = stream.vocabulary.scale
    if not looks_like_title(text) or scale.read(text) is not None or scale.is_legend(text):
        return False
    return not any(span.strength >= OUTRIGHT for span in find_status(text, stream.vocabulary.phrases))


def label_of(stream: Stream, index: int) -> tuple[str, str] | None:
    """A block "Ansvarig nämnd: Kommunstyrelsen" as (role, value); None where it is no label that we know."""
    match = _LABEL.fullmatch(stream.entries[index].text)
    if match is None:
        return None
    column = stream.vocabulary.columns.read(match["label"])
    if column is None or column.role not in {"board", "status", "comment", "trend"}:
        return None
    return column.role, match["value"].strip()


def is_label_value(stream: Stream, index: int) -> bool:
    """Whether a block is the value of a label that stands alone on the line above ("Status:")."""
    label = label_of(stream, index - 1) if index else None
    return label is not None and not label[1]


def read_body(stream: Stream, start: int, limit: int) -> Body:
    """The blocks from `start` up to `limit`, with labels read and lights taken out of the comment."""
    paragraphs: list[str] = []
    declared: Declared | None = None
    boards: tuple[str, ...] = ()
    trend: Trend | None = None
    labelled = False
    pending: str | None = None
    for index in range(start, limit):
        entry = stream.entries[index]
        label = label_of(stream, index) or ((pending, entry.text) if pending else None)
        pending = None
        role, value = label or ("comment", entry.text)
        labelled = labelled or label is not None
        if label is not None and not value:
            pending = role
        elif role == "status":
            declared = stream.vocabulary.scale.read(value) or _unread(value) or declared
        elif role == "board":
            boards = stream.vocabulary.boards.split(value) or (value,)
        elif role == "trend":
            trend = stream.vocabulary.scale.trend(value) or trend
        elif (light := stream.declared(index)) is not None and declared is None:
            declared = light
        elif value:
            paragraphs.append(value)
    return Body(tuple(paragraphs), limit, declared, boards, trend, labelled)


def _unread(value: str) -> Declared | None:
    """A labelled status in words that no scale has: shown, but no light."""
    return Declared(colour=None, as_written=value, source="text") if value and len(value) <= 60 else None


def body_ends(stream: Stream, starts: Sequence[Start], *, cut_at_headlines: bool = True) -> list[int]:
    """For each start the index at which its body ends: the next start, or a heading of a section before it.

    After the last assignment of a list or section any headline ends it, since nothing after it says that it goes on.
    """
    ends = []
    for position, start in enumerate(starts):
        is_last = position + 1 == len(starts)
        limit = len(stream.entries) if is_last else starts[position + 1].first
        is_last = is_last or any(_is_section(stream, index) for index in range(start.body, limit))
        end = start.body
        while end < limit and not _ends_body(stream, end, is_last and cut_at_headlines, start):
            end += 1
        ends.append(end)
    return ends


def _ends_body(stream: Stream, index: int, is_last: bool, start: Start) -> bool:
    entry = stream.entries[index]
    if entry.block is None:
        return True
    if label_of(stream, index) is not None or is_label_value(stream, index):
        return False
    if is_last and (_counts_assignments(entry.text) or stream.vocabulary.scale.is_legend(entry.text)):
        return True
    if entry.block.kind == "heading" and stream.level(index) <= stream.level(max(start.body - 1, 0)):
        return True
    if _is_section(stream, index) or _leaves_list(stream, start, index):
        return True
    return is_last and stream.is_heading(index) and index > start.body


def _is_section(stream: Stream, index: int) -> bool:
    return stream.is_section(index) and not is_label_value(stream, index)


def _leaves_list(stream: Stream, start: Start, index: int) -> bool:
    """Whether labels stood in a list's items and the list is over."""
    blocks = [stream.entries[above].block for above in range(start.body, index)]
    in_list = bool(blocks) and all(block is not None and block.kind == "item" for block in blocks)
    block = stream.entries[index].block
    return in_list and label_of(stream, start.body) is not None and block is not None and block.kind != "item"


def _counts_assignments(text: str) -> bool:
    """Whether a paragraph begins by counting assignments by their status: a summary of the list, no comment."""
    claims = find_claims(text)
    return bool(claims) and claims[0].start == 0


def make_followups(stream: Stream, starts: Sequence[Start], layout: str) -> Parsed:
    """The follow-ups of a list of starts; those with neither light nor comment are none."""
    starts = _with_badges(stream, starts)
    ends = body_ends(stream, starts)
    bodies = [read_body(stream, start.body, end) for start, end in zip(starts, ends, strict=True)]
    bodies = _without_stray_text(bodies)
    followups: list[FollowUp] = []
    used: set[int] = set()
    titles = frozenset(index for start in starts for index in range(start.first, start.body))
    titles |= {entry.index for entry in stream.blocks() if is_label_value(stream, entry.index)}
    for start, body in zip(starts, bodies, strict=True):
        followup = _followup(stream, start, body, stream.headings_above(start.first, titles))
        if followup is not None:
            followups.append(followup)
            used.update(range(start.first, body.end))
    return Parsed(layout, tuple(followups), frozenset(used))


def _with_badges(stream: Stream, starts: Sequence[Start]) -> Sequence[Start]:
    """Where most titles have their board alone on the line below, it is theirs and no heading of a section."""
    badged = [start for start in starts if start.body < len(stream.entries) and stream.board_heading(start.body)]
    if len(badged) * 2 <= len(starts):
        return starts
    return [
        replace(
            start, body=start.body + 1, boards=start.boards or stream.vocabulary.boards.split(stream.text(start.body))
        )
        if start in badged
        else start
        for start in starts
    ]


def _without_stray_text(bodies: list[Body]) -> list[Body]:
    """Where no other assignment of the list has a comment, text after the last one belongs to the page."""
    if len(bodies) < 2 or not bodies[-1].paragraphs or any(body.paragraphs for body in bodies[:-1]):
        return bodies
    last = bodies[-1]
    return [
        *bodies[:-1],
        Body((), last.end - len(last.paragraphs), last.declared, last.boards, last.trend, last.labelled),
    ]


def _followup(stream: Stream, start: Start, body: Body, above: Sequence[int]) -> FollowUp | None:
    declared = start.declared or body.declared
    comment = "\n".join(body.paragraphs)
    title, kind = labelled_title(stream, _BULLET.sub("", start.title).rstrip(" :"))
    if not (declared or comment) or not can_be_title(stream, title):
        return None
    if declared is not None and body.trend is not None:
        declared = declared.model_copy(update={"trend": body.trend})
    boards, names = stream.with_names(start.boards or body.boards, above)
    return FollowUp(
        kind=kind or stream.kind(above),
        period=stream.period(start.first, above),
        goal=stream.goal(above),
        boards=boards,
        board_names=names,
        assignment=title,
        declared=declared,
        comment=comment,
        places=stream.places(range(start.first, body.end)),
        ocr=stream.document.ocr,
    )
