"""From where assignments start to follow-ups: what all layouts of running blocks share."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ljuskoll.nlp.followup import Declared, FollowUp, Kind
from ljuskoll.nlp.language.status import says_outright
from ljuskoll.nlp.layouts.bodies import Body, Start, Status, is_label_value, read_body, title_level, trend_of
from ljuskoll.nlp.layouts.body_ends import body_ends
from ljuskoll.nlp.layouts.groups import with_goals, with_lights_of_headings
from ljuskoll.nlp.layouts.labels import MAX_SHORT, read_label, role_of
from ljuskoll.nlp.layouts.light_words import with_light_words
from ljuskoll.nlp.layouts.stream import UNMARKED, Stream
from ljuskoll.nlp.layouts.titles import (
    Title,
    boards_alone,
    is_number,
    looks_like_title,
    loose_board_title,
    without_full_stop,
    without_number,
)
from ljuskoll.nlp.vocabulary.columns import goal_heading, goal_status, numbered_kind
from ljuskoll.nlp.vocabulary.labels import board_of_comment, board_of_title, is_subheading, opens_with_quality
from ljuskoll.nlp.vocabulary.periods import find_periods
from ljuskoll.nlp.vocabulary.vocabulary import names_municipality

_LABEL = re.compile(r"(?P<label>[^:]{2,45}):\s*(?P<value>.*)")
_NUMBERED = re.compile(r"(?P<label>[^\W\d][^\d:]{1,40}?)\s+\d+(?:[.:]\d+)*\s*[-–—.]?\s+(?P<value>[A-ZÅÄÖ].*)")
_CLOSING = re.compile(r"(?P<text>.*[.!?])\s*\((?P<boards>[^()]{2,120})\)\.?", re.DOTALL)
_GLUED_WORDS = re.compile(r"(?P<title>.* .*[a-zåäö\d)%])(?P<words>[A-ZÅÄÖ][a-zåäö ]{2,40})")
_NUMBER = re.compile(r"\s*\d+(?:[.:]\d+)*$|\s*(?:[A-ZÅÄÖ]{2,4}\s*)?(?:\d{4}[-/]\d+\s*)?§\s*\d+\S*$")
"""A number, or the paragraph of the minutes ("KF § 45/2023"), after a title's label."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a layout made of a document: follow-ups in order and the entries that they used.

    `refused` are entries of what looks like follow-ups but can be read in no one way: no other layout may try.
    `heads` are the marked headings that became the titles of some.
    """

    layout: str
    followups: tuple[FollowUp, ...] = ()
    used: frozenset[int] = frozenset()
    refused: frozenset[int] = frozenset()
    heads: frozenset[int] = frozenset()


MIN_STARTS = 2
"""One light or one title with a board can stand in any text; two make a list, as does one in a report for a period."""


def labelled_title(stream: Stream, text: str) -> tuple[str, Kind | None]:
    """A title without its label, and the kind that this names ("Uppdrag: Bygg en bro", "Uppdrag 3 Bygg en bro")."""
    for pattern in (_LABEL, _NUMBERED):
        match = pattern.fullmatch(text)
        if match is None or not match["value"]:
            continue
        column = stream.vocabulary.columns.label(_NUMBER.sub("", match["label"]))
        is_numbered = pattern is _NUMBERED or _NUMBER.search(match["label"])
        if column is not None and column.role == "title" and not (column.kind == "goal" and is_numbered):
            return match["value"], column.kind
    return text, None


def is_list(stream: Stream, starts: Sequence[Start]) -> bool:
    """Whether some starts make a list of follow-ups."""
    if len(starts) >= MIN_STARTS:
        return True
    return bool(starts) and stream.period(starts[0].first, stream.headings_above(starts[0].first)) is not None


def can_be_title(stream: Stream, text: str) -> bool:
    """Whether a text can be an assignment's title: no sentence, and neither a status nor the explanation of one."""
    if text not in stream.titles:
        stream.titles[text] = looks_like_title(text) and _says_no_status(stream, text)
    return stream.titles[text]


def _says_no_status(stream: Stream, text: str) -> bool:
    scale = stream.vocabulary.scale
    label = read_label(text, stream.vocabulary)
    if scale.read(text) is not None or scale.is_legend(text) or (label is not None and label.role == "board"):
        return False
    if names_municipality(text) and not find_periods(text):
        return False
    if len(text) <= MAX_SHORT and role_of(text.rstrip(" :"), stream.vocabulary) not in (None, "title", "goal"):
        return False
    return opens_with_quality(text) or not says_outright(text, stream.vocabulary.phrases)


def make_followups(stream: Stream, starts: Sequence[Start], layout: str) -> Parsed:
    """The follow-ups of a list of starts; those with neither light nor comment are none."""
    starts = _with_badges(stream, with_lights(stream, _with_lines_above(stream, starts)))
    starts, used = with_lights_of_headings(stream, starts)
    ends = body_ends(stream, starts)
    bodies = [read_body(stream, start, end) for start, end in zip(starts, ends, strict=True)]
    bodies = _with_told_labels(stream, starts, bodies)
    bodies, closing = _with_boards_below(stream, starts, _without_shared_opening(_without_stray_text(bodies)))
    starts, bodies = with_light_words(starts, bodies)
    followups: list[FollowUp] = []
    heads: set[int] = set()
    titles = frozenset(index for start in starts for index in range(start.first, start.body))
    titles |= {entry.index for entry in stream.blocks() if is_label_value(stream, entry.index)} | closing
    aboves = [stream.open_above(start.first, title_level(stream, start), titles) for start in starts]
    bodies = _with_last_boards(starts, bodies, aboves)
    made = [build_followup(stream, *parts) for parts in zip(starts, bodies, aboves, strict=True)]
    for start, body, followup in zip(starts, bodies, with_goals(stream, starts, made), strict=True):
        if followup is not None:
            followups.append(followup)
            used.update(range(start.first, body.end))
            own = (index for index in range(start.first, start.body) if stream.level(index) < UNMARKED)
            heads.update(index for index in own if stream.declared(index) is None)
    return Parsed(layout, tuple(followups), frozenset(used), heads=frozenset(heads))


def _with_told_labels(stream: Stream, starts: Sequence[Start], bodies: list[Body]) -> list[Body]:
    """Where others have lights or comments, a label with a sentence after it that is no field begins a comment."""
    is_followup = any(
        start.declared or body.paragraphs or body.statuses for start, body in zip(starts, bodies, strict=True)
    )
    if not is_followup or not any(body.told for body in bodies):
        return bodies
    names: Counter[str] = Counter()
    for start, body in zip(starts, bodies, strict=True):
        names.update({label.name for index in range(start.body, body.end) if (label := stream.label(index))})
    fields = frozenset(name for name, count in names.items() if count >= min(MIN_STARTS, len(starts)))
    return [
        read_body(stream, start, body.end, fields) if body.told else body
        for start, body in zip(starts, bodies, strict=True)
    ]


def with_lights(stream: Stream, starts: Sequence[Start]) -> list[Start]:
    """Starts with the light that is glued to the title taken off it, or beside it where such lights differ."""
    scale = stream.vocabulary.scale
    glued = [None if start.declared else scale.split_glued(start.title) for start in starts]
    if sum(split is not None for split in glued) >= MIN_STARTS:
        glued = [split or _words_at_end(stream, start) for start, split in zip(starts, glued, strict=True)]
    beside = [
        None if start.declared or found else scale.split_beside(start.title)
        for start, found in zip(starts, glued, strict=True)
    ]
    differs = len({split[0].colour for split in beside if split is not None}) > 1
    if differs:
        beside = [split or scale.split_words(start.title) for start, split in zip(starts, beside, strict=True)]
    splits = (found or (other if differs else None) for found, other in zip(glued, beside, strict=True))
    return [
        replace(start, declared=split[0], title=split[1]) if split is not None else start
        for start, split in zip(starts, splits, strict=True)
    ]


def _words_at_end(stream: Stream, start: Start) -> tuple[Declared, str] | None:
    """A status in words that is glued to a title's end ("Bygg en broEj mätbart"), and the title."""
    match = _GLUED_WORDS.fullmatch(start.title) if start.declared is None else None
    status = stream.vocabulary.scale.read(match["words"]) if match is not None else None
    return (status, match["title"]) if match is not None and status is not None else None


def _with_lines_above(stream: Stream, starts: Sequence[Start]) -> list[Start]:
    """Starts whose number ("Mål 3"), or board in parentheses, stands on a line before the title, with both."""
    numbered: list[Start] = []
    for position, start in enumerate(starts):
        limit = starts[position + 1].first if position + 1 < len(starts) else len(stream.entries)
        kind = numbered_kind(start.title) if start.declared else None
        is_alone = is_number(start.title) or kind is not None
        below = _said_title(stream, start.body) if is_alone and start.body < limit else None
        if below is not None:
            start = replace(start, title=below, body=start.body + 1, kind=kind)
        floor = numbered[-1].body if numbered else 0
        above = stream.entries[start.first - 1].text if start.first > floor else ""
        boards = boards_alone(above, stream.vocabulary.boards)
        if is_number(above) or boards:
            start = replace(start, first=start.first - 1, boards=start.boards or boards)
        numbered.append(start)
    return numbered


def _said_title(stream: Stream, index: int) -> str | None:
    """The title of a block below a number; one with a label may be written as a sentence ("Uppdraget: Att bygga.")."""
    text = stream.entries[index].text
    titled, kind = labelled_title(stream, without_full_stop(text))
    return titled if kind is not None else text if can_be_title(stream, text) else None


def _with_badges(stream: Stream, starts: Sequence[Start]) -> Sequence[Start]:
    """Where most titles have their board, a board alone on the line below is theirs and no heading of a section."""
    bare = [start for start in starts if not start.boards and start.body < stream.size]
    badged = [start for start in bare if stream.board_heading(start.body)]
    if 2 * sum(1 for start in starts if start.boards or start in badged) <= len(starts):
        return starts
    boards = stream.vocabulary.boards
    return [
        replace(start, body=start.body + 1, boards=boards.split(stream.text(start.body))) if start in badged else start
        for start in starts
    ]


def _with_boards_below(
    stream: Stream, starts: Sequence[Start], bodies: list[Body]
) -> tuple[list[Body], frozenset[int]]:
    """Where most comments, the last one too, have a board alone on the line below, it is theirs; and these lines.

    A board above the first title heads the assignments below it instead.
    """
    below = {
        position: body.end
        for position, body in enumerate(bodies)
        if body.end < stream.size and stream.level(body.end) == UNMARKED and stream.board_heading(body.end)
        if position + 1 == len(starts) or starts[position + 1].first == body.end + 1
    }
    is_above = bool(starts) and starts[0].first > 0 and stream.board_heading(starts[0].first - 1) is not None
    if is_above or len(starts) - 1 not in below or 2 * len(below) <= len(starts):
        return bodies, frozenset()
    boards = stream.vocabulary.boards
    made = [
        replace(body, boards=body.boards or boards.split(stream.text(body.end)), end=body.end + 1)
        if position in below
        else body
        for position, body in enumerate(bodies)
    ]
    return made, frozenset(below.values())


def _without_stray_text(bodies: list[Body]) -> list[Body]:
    """Where no other assignment of the list has a comment, text after the last one belongs to the page."""
    if len(bodies) < MIN_STARTS or not bodies[-1].paragraphs or any(body.paragraphs for body in bodies[:-1]):
        return bodies
    last = bodies[-1]
    if last.has_comment:
        return bodies
    return [*bodies[:-1], replace(last, paragraphs=(), end=last.end - len(last.paragraphs))]


def _without_shared_opening(bodies: list[Body]) -> list[Body]:
    """Where comments begin with the same few words on a line of their own, these are a label ("Vad har hänt?")."""
    lines = Counter(body.paragraphs[0] for body in bodies if len(body.paragraphs) > 1)
    line, count = max(lines.items(), key=lambda item: item[1], default=("", 0))
    is_label = line.endswith(("?", ":")) and len(line) <= MAX_SHORT and not is_subheading(line)
    if count < MIN_STARTS or not is_label:
        return bodies
    return [
        replace(body, paragraphs=body.paragraphs[1:]) if body.paragraphs[:1] == (line,) else body for body in bodies
    ]


def _with_last_boards(starts: Sequence[Start], bodies: list[Body], aboves: Sequence[Sequence[int]]) -> list[Body]:
    """Where only the last assignment of a section names a board, after all else, it is that of the whole section."""
    made: list[Body] = []
    for _, run in groupby(range(len(bodies)), key=lambda position: aboves[position][:1]):
        part = list(run)
        last = bodies[part[-1]]
        named = [position for position in part if bodies[position].boards or starts[position].boards]
        holds_for_all = named == part[-1:] and last.board_last and len(part) > 1
        made += [
            replace(bodies[position], boards=last.boards) if holds_for_all else bodies[position] for position in part
        ]
    return made


def build_followup(
    stream: Stream,
    start: Start,
    body: Body,
    above: Sequence[int],
    *,
    kind: Kind | None = None,
    indices: Sequence[int] | None = None,
    extra: str = "",
) -> FollowUp | None:
    """One follow-up; None without light and comment, or where the title is none.

    `kind`, and `extra` words about the period, are what column headings say; `indices` are the entries that it stands
    in where these are not all from start to end.
    """
    body = _with_closing_board(stream, start, body)
    comment = "\n".join(body.paragraphs)
    title, labelled_kind = labelled_title(stream, without_number(without_full_stop(start.title)).rstrip(" :"))
    labelled_kind = "goal" if goal_heading(start.title) else labelled_kind
    period = stream.period(start.first, above, extra)
    declared = _declared(stream, start, body, declared=start.declared or body.declared(period))
    if not (declared or comment) or not can_be_title(stream, title):
        return None
    titled = loose_board_title(title, stream.vocabulary.boards) or Title(title, ())
    boards = start.boards or body.boards or titled.boards or _told_boards(stream, title, body)
    boards, names = stream.with_names(boards, above)
    return FollowUp(
        kind=start.kind
        or labelled_kind
        or ("goal" if goal_heading(start.title) else None)
        or kind
        or ("goal" if any(map(stream.is_found_goal, range(start.first, start.body))) else None)
        or stream.kind(above)
        or ("goal" if any(map(_tells_goal, body.statuses)) or _names_goal(declared) else "assignment"),
        period=period,
        goal=body.goal or stream.goal(above),
        boards=boards,
        board_names=names,
        assignment=titled.text,
        declared=declared,
        comment=comment,
        places=stream.places(indices if indices is not None else range(start.first, body.end)),
        ocr=stream.document.ocr,
    )


def _tells_goal(status: Status) -> bool:
    """Whether a status is that of a goal by its label or its own words ("Måluppfyllelse: Målet är uppfyllt")."""
    return goal_status(status.name) or goal_status(status.declared.as_written)


def _names_goal(declared: Declared | None) -> bool:
    """Whether a light's own words speak of the goal ("Grönt ljus: målet bedöms nås")."""
    return declared is not None and goal_status(declared.as_written.rpartition(":")[2].strip())


def _with_closing_board(stream: Stream, start: Start, body: Body) -> Body:
    """A body without the boards that end it, alone or in parentheses after the last sentence: they are its own."""
    if not body.paragraphs or start.boards or body.boards:
        return body
    *others, last = body.paragraphs
    split = stream.vocabulary.boards.split
    if boards := split(last):
        return replace(body, paragraphs=tuple(others), boards=boards)
    match = _CLOSING.fullmatch(last)
    if match is not None and (boards := split(match["boards"])):
        return replace(body, paragraphs=(*others, match["text"]), boards=boards)
    return body


def _declared(stream: Stream, start: Start, body: Body, declared: Declared | None) -> Declared | None:
    """The status with the trend beside it; a trend alone is shown without a light."""
    trend = trend_of(stream, body)
    if trend is None or body.trend is None:
        return declared
    if declared is not None:
        return declared.model_copy(update={"trend": trend})
    if not body.paragraphs:
        return None
    return Declared(colour=None, as_written=body.trend.value, source="text", trend=trend)


def _told_boards(stream: Stream, title: str, body: Body) -> tuple[str, ...]:
    """The board that the title or the comment's first paragraph says in running text."""
    boards = stream.vocabulary.boards
    told = board_of_title(title, boards) or (board_of_comment(body.paragraphs[0], boards) if body.paragraphs else None)
    return (told,) if told else ()
