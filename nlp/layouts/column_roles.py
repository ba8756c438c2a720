"""What each column of a table holds: by its heading, corrected by its cells."""

from collections.abc import Sequence
from dataclasses import dataclass

from ljuskoll.nlp.followup import Kind
from ljuskoll.nlp.layouts.profiles import MOST, Profile
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.vocabulary.columns import (
    Column,
    Role,
    is_degree,
    is_foreign_heading,
    is_name,
    is_plain_comment,
    is_sex,
    is_weak_comment,
    kind_of,
)
from ljuskoll.nlp.vocabulary.periods import find_periods, month_of

_KIND_ORDER: tuple[Kind, ...] = ("assignment", "activity", "indicator", "goal")
"""Of several columns with titles the first in this order holds the records' titles."""


@dataclass(frozen=True, slots=True)
class Headings:
    """Each column's own words from the top down, and those of the group that it stands in."""

    own: tuple[tuple[str, ...], ...]
    group: tuple[tuple[str, ...], ...]

    def words(self, index: int) -> str:
        """All words that stand above a column."""
        return " ".join((*self.group[index], *self.own[index]))


def read_heading(stream: Stream, text: str) -> Column | None:
    """What a column holds by its heading, which a narrow column may have broken in the middle of a word."""
    columns = stream.vocabulary.columns
    return columns.read(text) or (columns.label("".join(text.split())) if " " in text else None)


def heading_roles(stream: Stream, headings: Headings) -> dict[int, Column]:
    """What each column holds by its own lowest words, or by its group's where its own say a period or a sex.

    Where none is the titles', it is the one in the titles' group ("Uppdrag": "Nr", "Lydelse") whose words we do not
    know, or know as a description.
    """
    roles: dict[int, Column] = {}
    for index, own in enumerate(headings.own):
        read = [column for text in reversed(own) if (column := read_heading(stream, text)) is not None]
        if not read and own and all(find_periods(text) or is_sex(text) for text in own):
            above = reversed(headings.group[index])
            read = [column for text in above if (column := read_heading(stream, text)) is not None]
        if read:
            roles[index] = read[0]
    if all(column.role != "title" for column in roles.values()):
        for index, group in enumerate(headings.group):
            read = [column for text in group if (column := read_heading(stream, text)) and column.role == "title"]
            if read and (index not in roles or is_weak_comment(headings.own[index][-1])):
                roles[index] = read[0]
                break
    return roles


def is_period(text: str) -> bool:
    """Whether a heading says a period and little else."""
    return bool(find_periods(text)) and len(text.split()) <= 4


def with_title(
    stream: Stream, headings: Headings, read: dict[int, Column], profiles: dict[int, Profile]
) -> tuple[dict[int, Role], Kind | None]:
    """The roles with one column for the titles: that of the finest kind in which each row has its own."""
    titles = {index: column.kind or "goal" for index, column in read.items() if column.role == "title"}
    roles: dict[int, Role] = {index: column.role for index, column in read.items() if column.role != "title"}
    if not titles:
        return roles, None
    ordered = sorted(titles, key=lambda index: (_KIND_ORDER.index(titles[index]), index))
    title = ordered[0]
    for finer in ordered[1:]:
        if titles[finer] in ("activity", "indicator") and _is_above(profiles[title], profiles[finer]):
            title = finer
    for index, kind in titles.items():
        if index == title:
            roles[index] = "title"
        elif index in ordered[: ordered.index(title)]:
            roles[index] = "goal"
        elif kind == "goal":
            roles[index] = "goal" if index < title or is_own(stream, headings.own[index]) else "target"
        else:
            roles[index] = "comment"
    return roles, titles[title]


def untold_title(headings: Headings, roles: dict[int, Role], profiles: dict[int, Profile]) -> int | None:
    """The one column with titles under a heading that we do not know, where all else is beyond doubt."""
    is_clear = any(role == "status" and profiles[index].holds_lights for index, role in roles.items())
    if (
        not is_clear
        or not {"comment", "board"} & set(roles.values())
        or any(_is_foreign(words) for words in headings.own)
    ):
        return None
    can_be = [i for i, column in profiles.items() if i not in roles and headings.own[i] and column.holds_titles]
    named = [i for i in can_be if any(map(is_name, headings.own[i]))] or can_be
    return named[0] if len(named) == 1 else None


def is_own(stream: Stream, words: Sequence[str]) -> bool:
    """Whether a user's settings say what a column holds."""
    return any(stream.vocabulary.columns.read_own(word) is not None for word in words)


def _is_foreign(words: Sequence[str]) -> bool:
    return any(is_foreign_heading(word, sort) for word in words for sort in ("risk", "money", "people"))


def _is_above(coarse: Profile, fine: Profile) -> bool:
    """Whether a column's texts are stated once for several rows of another column's."""
    is_sparse = coarse.written <= MOST * coarse.rows or coarse.distinct <= MOST * coarse.written
    return coarse.rows > 1 and is_sparse and fine.written >= 0.9 * fine.rows and fine.distinct >= 0.9 * fine.written


def settle(stream: Stream, headings: Headings, roles: dict[int, Role], profiles: dict[int, Profile]) -> None:
    """Corrects roles by what the cells hold: figures are no status, long texts are comments, lights are a status."""
    free = [index for index in profiles if not is_own(stream, headings.own[index])]
    for index in free:
        column, role = profiles[index], roles.get(index)
        if role == "status" and not column.holds_lights and _is_figure(column, headings.words(index)):
            roles[index] = "value"
        elif role == "kind" and not all(kind_of(word) for word, _ in column.words):
            del roles[index]
        elif (
            role == "status"
            and not column.holds_lights
            and column.holds_comments
            and column.lights * 3 < column.written
        ):
            roles[index] = "comment"
        elif role == "value" and column.holds_colours and column.lights * 2 > column.rows:
            roles[index] = "status"
        elif role is None and column.is_mostly(column.arrows):
            roles[index] = "trend"
        elif role is None and _shows_period(headings.words(index), column):
            roles[index] = "status"
        elif role is None and column.holds_boards and "board" not in roles.values():
            roles[index] = "board"
        elif role == "board" and not column.boards and _has_better_board(index, roles, profiles):
            del roles[index]
    if "status" not in roles.values():
        spoken = [i for i in free if roles.get(i) == "comment"]
        spoken = [i for i in spoken if _can_be_status(stream, headings.words(i), profiles[i])]
        _promote(free, spoken, roles, profiles)
    if "comment" not in roles.values() and ("status" in roles.values() or marked_column(roles, profiles) is not None):
        prose = [index for index in free if index not in roles and profiles[index].holds_comments]
        roles |= dict.fromkeys(prose[:1], "comment")


def _shows_period(heading: str, column: Profile) -> bool:
    """Whether a column's lights are those of the period, or in most rows of the month, that heads it.

    Fewer below months are the bars of a timetable.
    """
    if is_period(heading):
        return column.is_all_lights
    return month_of(heading) is not None and column.lights >= MOST * column.rows > 0


def _has_better_board(index: int, roles: dict[int, Role], profiles: dict[int, Profile]) -> bool:
    return any(role == "board" and at != index and profiles[at].boards for at, role in roles.items())


def _is_figure(column: Profile, heading: str) -> bool:
    """Whether a column holds figures that are no share of what is to be done."""
    is_share = is_degree(heading) or any("%" in word for word, _ in column.words)
    return column.holds_numbers and not is_share


def _can_be_status(stream: Stream, heading: str, column: Profile) -> bool:
    """Whether comments are statuses and little else; below "Kommentar" only where they are colours."""
    is_colour = all(stream.vocabulary.scale.colour_word(word) for word, _ in column.words)
    return column.said * 2 > column.rows and (is_colour or not is_plain_comment(heading))


def _promote(free: Sequence[int], spoken: Sequence[int], roles: dict[int, Role], profiles: dict[int, Profile]) -> None:
    """Where no column is headed as a status, the one with most lights among those that can be one."""
    open_roles = [index for index in free if roles.get(index) in (None, "value") or index in spoken]
    full = [index for index in open_roles if 0 < profiles[index].lights == profiles[index].rows]
    lit = [i for i in open_roles if profiles[i].holds_lights and profiles[i].lights * 2 > profiles[i].rows]
    can_be = lit or full
    if can_be:
        roles[max(can_be, key=lambda index: (profiles[index].lights, -index))] = "status"


def marked_column(roles: dict[int, Role], profiles: dict[int, Profile]) -> int | None:
    """The column in which something is drawn beside the text in most rows."""
    others = [index for index in profiles if roles.get(index) not in ("trend", "target", "value")]
    can_be = [index for index in others if profiles[index].drawn and profiles[index].marked * 2 > profiles[index].rows]
    return max(can_be, key=lambda index: (profiles[index].drawn, -index), default=None)
