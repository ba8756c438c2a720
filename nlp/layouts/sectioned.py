"""Sections: a title for each assignment, with labels ("Status: Gul") or a status sentence below it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ljuskoll.nlp.layouts.bodies import Start
from ljuskoll.nlp.layouts.items import MIN_STARTS, Parsed, make_followups
from ljuskoll.nlp.layouts.labels import MAX_SHORT, Label, LabelRole
from ljuskoll.nlp.layouts.led import led_starts
from ljuskoll.nlp.layouts.siblings import with_siblings
from ljuskoll.nlp.layouts.spoken import spoken_titles
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.layouts.titles import Title, board_title, looks_like_title, without_full_stop, without_number
from ljuskoll.nlp.vocabulary.columns import goal_status
from ljuskoll.nlp.vocabulary.labels import board_of_title, is_weak_status

NAME = "sectioned"
MAX_DESCRIPTION = 3
"""So many paragraphs can stand between a title and its labels."""
_DETAILS = ("other", "number", "date")
"""Labels that can stand among these."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Labels one after the other, and the block that is their title if they begin an assignment."""

    title: int
    first: int
    labels: tuple[Label, ...]
    has_light: bool

    @property
    def roles(self) -> set[LabelRole]:
        """What the labels say."""
        return {label.role for label in self.labels}


def parse(stream: Stream, free: frozenset[int]) -> Parsed:
    """The follow-ups of sections among the entries that no other layout has used."""
    led = led_starts(stream, free)
    titles = _goals_over(stream, led, free) if led else _labelled(stream, free)
    labelled = [*led, *(_start(stream, index) for index in titles)]
    spoken = spoken_titles(stream, free - {index for start in labelled for index in range(start.first, start.body)})
    starts = sorted([*labelled, *(_start(stream, index) for index in spoken)], key=lambda start: start.first)
    if not starts or (len(starts) < MIN_STARTS and not _is_followup(stream, starts[0])):
        return Parsed(NAME)
    return make_followups(stream, with_siblings(stream, starts, free), NAME)


def _is_followup(stream: Stream, start: Start) -> bool:
    """Whether a single title with labels is no document's head ("Status: Antagen"): a period or a heading says so."""
    above = stream.headings_above(start.first)
    return stream.period(start.first, above) is not None or stream.says_followup(start.first)


def _start(stream: Stream, index: int) -> Start:
    entry = stream.entries[index]
    text = without_full_stop(entry.text)
    title = board_title(text, stream.vocabulary.boards) or Title(text, ())
    declared = stream.drawn(entry.block.marks) if entry.block is not None else None
    return Start(index, index + 1, title.text, title.boards, declared)


def _labelled(stream: Stream, free: frozenset[int]) -> list[int]:
    """The titles with labels below them; none where nothing says a status."""
    groups = _starting(stream, _groups(stream, free))
    if any(group.has_light for group in groups):
        chosen = [group for group in groups if group.roles & {"status", "board", "comment"}]
    else:
        is_said = any("board" in group.roles and stream.says_followup(group.title) for group in groups)
        chosen = [group for group in groups if "comment" in group.roles or (is_said and "board" in group.roles)]
        chosen = chosen if len(chosen) >= MIN_STARTS else []
    return [group.title for group in chosen]


def _goals_over(stream: Stream, led: Sequence[Start], free: frozenset[int]) -> list[int]:
    """The titles with the status of a goal below them, among assignments whose labels stand before the titles."""
    left = free - {index for start in led for index in range(start.first, start.body)}
    groups = [group for group in _groups(stream, left) if group.has_light]
    return [group.title for group in groups if any(goal_status(label.name) for label in group.labels)]


def _groups(stream: Stream, free: frozenset[int]) -> list[_Group]:
    """All runs of labels with a title before them."""
    groups: list[_Group] = []
    at = 0
    order = sorted(free)
    while at < len(order):
        index = order[at]
        labels: list[Label] = []
        has_light = False
        below = index
        while below in free and (label := stream.label(below) or stream.field(below)) is not None:
            labels.append(label)
            has_light = has_light or _shows_status(stream, below, label)
            below += 1 if label.value or label.role == "comment" or _is_drawn(stream, below) else 2
        if labels:
            title = _title_before(stream, index, free)
            if title is not None:
                groups.append(_Group(title, index, tuple(labels), has_light))
        at += max(1, sum(1 for other in order[at : at + below - index] if other < below))
    return groups


def _is_drawn(stream: Stream, index: int) -> bool:
    block = stream.entries[index].block
    return block is not None and stream.drawn(block.marks) is not None


def _shows_status(stream: Stream, index: int, label: Label) -> bool:
    """Whether a label shows a status: a light, or a few words after a label that means nothing else."""
    if label.role != "status":
        return False
    value = label.value or (stream.entries[index + 1].text if index + 1 < len(stream.entries) else "")
    if _is_drawn(stream, index) or stream.vocabulary.scale.shown(value.rstrip(".")) is not None:
        return True
    return 0 < len(value) <= MAX_SHORT and not is_weak_status(label.name) and not value.endswith(".")


def _title_before(stream: Stream, index: int, free: frozenset[int]) -> int | None:
    """The title of the labels that begin at `index`: the block before them, or a heading a few paragraphs above."""
    above = index - 1
    if above not in free or stream.label(above) is not None:
        return None
    if _can_be_title(stream, above):
        return above
    for further in range(above - 1, max(-1, above - 1 - MAX_DESCRIPTION), -1):
        label = stream.label(further)
        if further not in free or (label is not None and label.role not in _DETAILS):
            return None
        if stream.heading_text(further) is not None and _can_be_title(stream, further):
            return further
    return None


def _can_be_title(stream: Stream, index: int) -> bool:
    """A title, told by a number where it ends as a sentence does, or a sentence that gives a board its assignment."""
    text = stream.entries[index].text
    is_numbered = without_number(text) != text
    if is_numbered or board_of_title(without_full_stop(text), stream.vocabulary.boards) is not None:
        text = without_full_stop(text)
    return looks_like_title(text) and stream.declared(index) is None and not stream.is_legend(index)


def _starting(stream: Stream, groups: Sequence[_Group]) -> list[_Group]:
    """The groups that begin an assignment, and do not go on with the one above after a paragraph of its comment.

    They begin with a marked heading, with the label that most begin with, or with one that has come already.
    """
    firsts = Counter(group.labels[0].role for group in groups)
    most = max(firsts.values(), default=0)
    seen: set[LabelRole] = set()
    chosen: list[_Group] = []
    for group in groups:
        block = stream.entries[group.title].block
        is_heading = block is not None and block.kind == "heading"
        if not chosen or is_heading or firsts[group.labels[0].role] == most or group.roles & seen:
            chosen.append(group)
            seen = set()
        seen |= group.roles
    return chosen
