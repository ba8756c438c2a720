"""Which column of a table holds what, by its heading and its cells."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ljuskoll.nlp.followup import Kind, Period
from ljuskoll.nlp.layouts.cells import Row, flat
from ljuskoll.nlp.layouts.chosen import choose_comments, choose_status, is_same_period, period_of
from ljuskoll.nlp.layouts.profiles import MOST, Profile, profile
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.vocabulary.columns import (
    Column,
    Role,
    is_degree,
    is_foreign_heading,
    is_plain_comment,
    is_sex,
    is_weak_comment,
    kind_of,
)
from ljuskoll.nlp.vocabulary.labels import is_former
from ljuskoll.nlp.vocabulary.periods import find_periods

_KIND_ORDER: tuple[Kind, ...] = ("assignment", "activity", "indicator", "goal")
"""Of several columns with titles the first in this order holds the records' titles."""


@dataclass(frozen=True, slots=True)
class TableColumns:
    """Which column holds what. `status` and `comments` are those of the report's own period.

    `kind` is that of the titles, `headings` each column's words (group headings included), `header` the rows of the
    heading as texts. `marked` is the column whose drawn marks are the status where no column is headed as one,
    `sex` the column that says for whom a row's figures are, `caption` what stands above the heading. `earlier` are the
    same columns as they stand for earlier periods, each with the status and comments of its own.
    """

    roles: dict[int, Role]
    kind: Kind | None
    headings: dict[int, str]
    width: int
    header: tuple[tuple[str, ...], ...] = ()
    status: int | None = None
    comments: tuple[int, ...] = ()
    marked: int | None = None
    sex: int | None = None
    profiles: dict[int, Profile] = field(default_factory=dict)
    earlier: tuple["TableColumns", ...] = ()
    caption: tuple[str, ...] = ()

    def index(self, role: Role) -> int | None:
        """The first column of a role."""
        return next((index for index, found in self.roles.items() if found == role), None)

    @property
    def trend(self) -> int | None:
        """The column with the trend: that of the same period as the status, where there are several."""
        own = period_of(self.period_heading())
        found = {index: period_of(self.headings[index]) for index, role in self.roles.items() if role == "trend"}
        fitting = (i for i, mention in found.items() if None in (mention, own) or is_same_period(mention, own))
        return next(fitting, None)

    def period_heading(self) -> str:
        """The headings that can say the report's period: those of the status and of the comments."""
        chosen = [*(() if self.status is None else (self.status,)), *self.comments]
        return " ".join(self.headings.get(index, "") for index in chosen)

    def is_like(self, other: "TableColumns") -> bool:
        """Whether the columns are those of another table, or of another page of it."""
        return self.header == other.header and self.roles == other.roles and self.width == other.width

    def repeats(self, row: Row) -> bool:
        """Whether a row is one of the heading's own, printed once more."""
        texts = tuple(flat(cell.text) for cell in row)
        return any(texts) and texts in self.header


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
            group = reversed(headings.group[index])
            read = [column for text in group if (column := read_heading(stream, text)) is not None]
        if read:
            roles[index] = read[0]
    if all(column.role != "title" for column in roles.values()):
        for index, group in enumerate(headings.group):
            read = [column for text in group if (column := read_heading(stream, text)) and column.role == "title"]
            if read and (index not in roles or is_weak_comment(headings.own[index][-1])):
                roles[index] = read[0]
                break
    return roles


def columns_below(
    stream: Stream, headings: Headings, read: dict[int, Column], body: Sequence[Row], wanted: Period | None
) -> TableColumns | None:
    """The columns by heading and cells; None where they are no follow-up's."""
    width = len(headings.own)
    if not read:
        return None
    body = [row for row in body if len(row) == width]
    profiles = {index: profile(stream, body, index) for index in range(width)}
    roles, kind = _with_title(stream, headings, read, profiles)
    _settle(stream, headings, roles, profiles)
    if "title" not in roles.values() and (title := _untold_title(headings, roles, profiles)) is not None:
        roles[title] = "title"
    words = {index: headings.words(index) for index in range(width)}
    statuses = [i for i, role in roles.items() if role == "status" and not is_former(words[i])]
    comments = [i for i, role in roles.items() if role == "comment" and not is_former(words[i])]
    status = choose_status(statuses, words, profiles, wanted)
    chosen = choose_comments(comments, words, None if status is None else words[status], wanted)
    marked = _marked_column(roles, profiles) if status is None else None
    sex = next((i for i, p in profiles.items() if i not in roles and p.is_mostly(p.sexes)), None)
    columns = TableColumns(dict(sorted(roles.items())), kind, words, width, (), status, chosen, marked, sex, profiles)
    is_own = any(_is_own(stream, own) for own in headings.own)
    if "title" not in roles.values() or not (status is not None or chosen or marked is not None):
        return None
    return columns if is_own or _follows_up(columns) else None


def columns_of(
    stream: Stream,
    roles: dict[int, Column],
    rows: Sequence[Row],
    words: dict[int, str] | None = None,
    wanted: Period | None = None,
) -> TableColumns | None:
    """Columns whose roles are known beforehand; None without titles or anything that tells how they stand.

    `words` are the labels by which they are known, in tables that have some.
    """
    words = words or dict.fromkeys(roles, "")
    profiles = {index: profile(stream, rows, index) for index in range(len(rows[0]))}
    held = {index: column.role for index, column in roles.items()}
    kinds = [column.kind for column in roles.values() if column.role == "title"]
    status = choose_status([i for i, role in held.items() if role == "status"], words, profiles, wanted)
    comments = [i for i, role in held.items() if role == "comment"]
    chosen = choose_comments(comments, words, None if status is None else words[status], wanted)
    if not kinds or (status is None and not chosen):
        return None
    return TableColumns(held, kinds[0], words, len(rows[0]), status=status, comments=chosen, profiles=profiles)


def is_period(text: str) -> bool:
    """Whether a heading says a period and little else."""
    return bool(find_periods(text)) and len(text.split()) <= 4


def _follows_up(columns: TableColumns) -> bool:
    """Whether the columns can be those of a follow-up rather than of risks, money, people or a plan."""
    words = list(columns.headings.values())
    has_lights = columns.marked is not None or (
        columns.status is not None and columns.profiles[columns.status].holds_lights
    )
    risks = sum(is_foreign_heading(word, "risk") for word in words)
    if risks > 1 or (risks and columns.kind == "activity"):
        return False
    if any(is_foreign_heading(word, "people") for word in words) and not has_lights:
        return False
    if columns.kind == "activity" and any(is_foreign_heading(word, "money") for word in words) and not has_lights:
        return False
    return columns.status is not None or columns.marked is not None or not _is_weak(columns)


def _is_weak(columns: TableColumns) -> bool:
    return all(is_weak_comment(columns.headings[index]) for index in columns.comments)


def _with_title(
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
            roles[index] = "goal" if index < title or _is_own(stream, headings.own[index]) else "target"
        else:
            roles[index] = "comment"
    return roles, titles[title]


def _untold_title(headings: Headings, roles: dict[int, Role], profiles: dict[int, Profile]) -> int | None:
    """The one column with titles under a heading that we do not know, where all else is beyond doubt."""
    is_clear = any(role == "status" and profiles[index].holds_lights for index, role in roles.items())
    if (
        not is_clear
        or not {"comment", "board"} & set(roles.values())
        or any(_is_foreign(words) for words in headings.own)
    ):
        return None
    can_be = [i for i, column in profiles.items() if i not in roles and headings.own[i] and column.holds_titles]
    return can_be[0] if len(can_be) == 1 else None


def _is_own(stream: Stream, words: Sequence[str]) -> bool:
    """Whether a user's settings say what a column holds."""
    return any(stream.vocabulary.columns.read_own(word) is not None for word in words)


def _is_foreign(words: Sequence[str]) -> bool:
    return any(is_foreign_heading(word, sort) for word in words for sort in ("risk", "money", "people"))


def _is_above(coarse: Profile, fine: Profile) -> bool:
    """Whether a column's texts are stated once for several rows of another column's."""
    is_sparse = coarse.written <= MOST * coarse.rows or coarse.distinct <= MOST * coarse.written
    return coarse.rows > 1 and is_sparse and fine.written >= 0.9 * fine.rows and fine.distinct >= 0.9 * fine.written


def _settle(stream: Stream, headings: Headings, roles: dict[int, Role], profiles: dict[int, Profile]) -> None:
    """Corrects roles by what the cells hold: figures are no status, long texts are comments, lights are a status."""
    free = [index for index in profiles if not _is_own(stream, headings.own[index])]
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
        elif role is None and column.is_mostly(column.arrows):
            roles[index] = "trend"
        elif role is None and is_period(headings.words(index)) and column.is_all_lights:
            roles[index] = "status"
        elif role is None and column.holds_boards and "board" not in roles.values():
            roles[index] = "board"
        elif role == "board" and not column.boards and _has_better_board(index, roles, profiles):
            del roles[index]
    if "status" not in roles.values():
        spoken = [i for i in free if roles.get(i) == "comment"]
        spoken = [i for i in spoken if _can_be_status(stream, headings.words(i), profiles[i])]
        _promote(free, spoken, roles, profiles)
    if "comment" not in roles.values() and ("status" in roles.values() or _marked_column(roles, profiles) is not None):
        prose = [index for index in free if index not in roles and profiles[index].holds_comments]
        roles |= dict.fromkeys(prose[:1], "comment")


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


def _marked_column(roles: dict[int, Role], profiles: dict[int, Profile]) -> int | None:
    """The column in which something is drawn beside the text in most rows."""
    others = [index for index in profiles if roles.get(index) not in ("trend", "target", "value")]
    can_be = [index for index in others if profiles[index].drawn and profiles[index].marked * 2 > profiles[index].rows]
    return max(can_be, key=lambda index: (profiles[index].drawn, -index), default=None)
