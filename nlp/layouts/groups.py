"""Goals that do not call themselves so: headings that gather assignments below them, with a light or without."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ljuskoll.nlp.followup import Declared, FollowUp
from ljuskoll.nlp.layouts.bodies import Start, title_level
from ljuskoll.nlp.layouts.stream import UNMARKED, Stream
from ljuskoll.nlp.layouts.titles import without_outline
from ljuskoll.nlp.vocabulary.columns import goals_among, kind_heading

_GOALS = re.compile(r"mål(?:et|en)?\b", re.IGNORECASE)
MIN_GROUPS = 2
"""One heading above a list can be the chapter's; several of one level divide it."""


def with_goals(stream: Stream, starts: Sequence[Start], followups: Sequence[FollowUp | None]) -> list[FollowUp | None]:
    """The follow-ups of these starts, each with the goal that gathers it where it had none."""
    heads = _goals_with_lights(stream, starts)
    goals = set(heads.values()) | set(_goals_with_parts(stream, starts))
    headings = _goals_of_headings(stream, starts)
    made: list[FollowUp | None] = []
    for position, followup in enumerate(followups):
        head = followups[heads[position]] if position in heads else None
        goal = head.assignment if head is not None else headings.get(position)
        changes: dict[str, object] = {"kind": "goal"} if position in goals else {}
        if followup is not None and followup.goal is None and goal is not None:
            changes["goal"] = goal
        made.append(followup.model_copy(update=changes) if followup is not None and changes else followup)
    return made


def goals_over_tables(stream: Stream, heads: frozenset[int], tables: frozenset[int]) -> frozenset[int]:
    """The headings of records that stand nearest above tables of records, with nothing higher between: their goals.

    One that something else calls an assignment is none.
    """
    order = sorted(head for head in heads if not stream.says_status(head))
    nearest = ((order[at - 1], table) for table in tables if (at := bisect_left(order, table)))
    goals = {head for head, table in nearest if _holds(stream, head, table)}
    goals = {head for head in goals if not _is_called_assignment(stream, head)}
    return frozenset(goals or _goals_of_chapters(stream, heads, tables))


def _goals_of_chapters(stream: Stream, heads: frozenset[int], tables: frozenset[int]) -> set[int]:
    """Headings of one level that divide a chapter's tables, where the chapter speaks of goals before the first."""
    chapters: defaultdict[int, set[int]] = defaultdict(set)
    marked = [index for index in range(stream.size) if stream.level(index) < UNMARKED and not stream.says_status(index)]
    for table in tables:
        above = marked[: bisect_left(marked, table)] if stream.entries[table].block is None else []
        chapter = next((index for index in reversed(above) if stream.level(index) < stream.level(above[-1])), None)
        if chapter is not None:
            chapters[chapter].add(above[-1])
    return {head for chapter, found in chapters.items() if _are_goals(stream, chapter, found - heads) for head in found}


def _are_goals(stream: Stream, chapter: int, heads: set[int]) -> bool:
    before = range(chapter, min(heads, default=chapter))
    return any(_GOALS.search(stream.entries[index].text) for index in before) and stream.can_divide(heads)


def _holds(stream: Stream, head: int, table: int) -> bool:
    """Whether no heading of its level or a higher one stands between a heading and a table."""
    is_table = stream.entries[table].block is None
    return is_table and all(stream.level(index) > stream.level(head) for index in range(head + 1, table))


def _is_called_assignment(stream: Stream, head: int) -> bool:
    held = stream.ancestors(stream.open_above(head, stream.level(head)))
    kinds = (kind_heading(text) for index in held if not goals_among(text := stream.entries[index].text))
    return next((kind for kind in kinds if kind is not None), None) == "assignment"


def with_lights_of_headings(stream: Stream, starts: Sequence[Start]) -> tuple[list[Start], set[int]]:
    """The starts with the status that the heading above them says, where headings sort a list by it ("Försenade").

    Besides, the entries of these headings.
    """
    if any(start.declared for start in starts):
        return list(starts), set()
    heads = _gathering(stream, starts)
    lights = {index: _status_of_heading(stream, index) for index in set(heads.values())}
    if len(lights) < MIN_GROUPS or any(light is None for light in lights.values()):
        return list(starts), set()
    lit = [
        replace(start, declared=lights[heads[position]]) if position in heads else start
        for position, start in enumerate(starts)
    ]
    return lit, set(lights)


def _status_of_heading(stream: Stream, index: int) -> Declared | None:
    """The status of a heading that is one, with or without the kind of what it sorts ("Pågående uppdrag")."""
    text = stream.text(index)
    words = [word for word in text.split() if kind_heading(word) is None]
    return stream.vocabulary.scale.read(" ".join(words)) if words else None


def _goals_with_lights(stream: Stream, starts: Sequence[Start]) -> dict[int, int]:
    """For each start below another one of a higher heading, the position of that one: it is their goal.

    Only where every start of the higher level but few has others below it, and no heading says what these are.
    """
    levels = [title_level(stream, start) for start in starts]
    top = min(levels, default=UNMARKED)
    tops = [position for position, level in enumerate(levels) if level == top]
    if top == UNMARKED or len(tops) in (0, len(starts)) or tops[0] != 0:
        return {}
    titles = _titles(starts)
    if any(_is_named(stream, starts[position], titles) for position in tops):
        return {}
    with_others = sum(1 for position in tops if position + 1 < len(starts) and levels[position + 1] > top)
    if with_others < MIN_GROUPS or 2 * with_others <= len(tops):
        return {}
    goals: dict[int, int] = {}
    for position in range(1, len(starts)):
        if levels[position] > top:
            goals[position] = max(other for other in tops if other < position)
    return goals


def _goals_with_parts(stream: Stream, starts: Sequence[Start]) -> Iterator[int]:
    """The starts below which headings of lower levels say what stands there ("Nyckeltal", "Aktiviteter")."""
    titles = _titles(starts)
    for position, start in enumerate(starts):
        end = starts[position + 1].first if position + 1 < len(starts) else stream.size
        below = _headings_below(stream, range(start.body, end), title_level(stream, start))
        if any(kind_heading(text) is not None for text in below) and not _is_named(stream, start, titles):
            yield position


def _headings_below(stream: Stream, indices: range, level: int) -> Iterator[str]:
    """The marked headings of levels lower than this one, up to the first that is not."""
    for index in indices:
        if stream.level(index) <= level:
            return
        if stream.level(index) < UNMARKED:
            yield stream.entries[index].text


def _goals_of_headings(stream: Stream, starts: Sequence[Start]) -> dict[int, str]:
    """For each start below a heading that only gathers, and is neither board, period nor chapter, that heading.

    It is of a higher level than the titles, or of theirs and right above one.
    """
    heads = _gathering(stream, starts)
    gathering = set(heads.values())
    alike = {stream.level(index) for index in gathering}
    if len(gathering) < MIN_GROUPS or len(alike) > 1 or len(heads) < len(starts):
        return {}
    return {
        position: without_outline(stream.entries[index].text)
        for position, index in heads.items()
        if stream.can_be_goal(index)
    }


def _gathering(stream: Stream, starts: Sequence[Start]) -> dict[int, int]:
    """For each start the marked heading above it that is of a higher level, or of its own and right above a start."""
    if not stream.has_headings:
        return {}
    titles = {index for start in starts for index in range(start.first, start.body)}
    heads: dict[int, int] = {}
    for position, start in enumerate(starts):
        floor = starts[position - 1].body if position else -1
        own = title_level(stream, start)
        between = (index for index in range(start.first - 1, floor - 1, -1) if index not in titles)
        found = next((i for i in between if stream.level(i) < min(own + (i == start.first - 1), UNMARKED)), None)
        if found is not None:
            heads[position] = found
        elif position and position - 1 in heads:
            heads[position] = heads[position - 1]
    return heads


def _titles(starts: Sequence[Start]) -> frozenset[int]:
    return frozenset(index for start in starts for index in range(start.first, start.body))


def _is_named(stream: Stream, start: Start, titles: frozenset[int]) -> bool:
    """Whether a heading above, which is none of the titles, says what the start is ("Uppdrag")."""
    held = stream.ancestors(stream.open_above(start.first, title_level(stream, start)))
    texts = (stream.entries[index].text for index in held if index not in titles)
    return any(kind_heading(text) is not None and not goals_among(text) for text in texts)
