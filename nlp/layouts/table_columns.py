"""Which column of a table holds what, by its heading and its cells."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ljuskoll.nlp.followup import Kind, Period
from ljuskoll.nlp.layouts.cells import Row, flat
from ljuskoll.nlp.layouts.chosen import choose_comments, choose_status, is_same_period, period_of
from ljuskoll.nlp.layouts.column_roles import Headings, is_own, marked_column, settle, untold_title, with_title
from ljuskoll.nlp.layouts.profiles import Profile, profile
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.vocabulary.columns import Column, Role, is_foreign_heading, is_weak_comment
from ljuskoll.nlp.vocabulary.labels import is_former


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


def columns_below(
    stream: Stream, headings: Headings, read: dict[int, Column], body: Sequence[Row], wanted: Period | None
) -> TableColumns | None:
    """The columns by heading and cells; None where they are no follow-up's."""
    width = len(headings.own)
    if not read:
        return None
    body = [row for row in body if len(row) == width]
    profiles = {index: profile(stream, body, index) for index in range(width)}
    roles, kind = with_title(stream, headings, read, profiles)
    settle(stream, headings, roles, profiles)
    if "title" not in roles.values() and (title := untold_title(headings, roles, profiles)) is not None:
        roles[title] = "title"
    words = {index: headings.words(index) for index in range(width)}
    statuses = [i for i, role in roles.items() if role == "status" and not is_former(words[i])]
    comments = [i for i, role in roles.items() if role == "comment" and not is_former(words[i])]
    status = choose_status(statuses, words, profiles, wanted)
    chosen = choose_comments(comments, words, None if status is None else words[status], wanted)
    marked = marked_column(roles, profiles) if status is None else None
    sex = next((i for i, p in profiles.items() if i not in roles and p.is_mostly(p.sexes)), None)
    columns = TableColumns(dict(sorted(roles.items())), kind, words, width, (), status, chosen, marked, sex, profiles)
    has_own = any(is_own(stream, own) for own in headings.own)
    if "title" not in roles.values() or not (status is not None or chosen or marked is not None):
        return None
    return columns if has_own or _follows_up(columns) else None


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
