"""The rows of one table: which start a record, which belong to another row, and why the others are none."""

from collections.abc import Sequence

from ljuskoll.nlp.document import Cell
from ljuskoll.nlp.followup import Kind
from ljuskoll.nlp.layouts.accounts import (
    BY_SEX,
    CONTINUED,
    EMPTY,
    HEADING,
    LEGEND,
    MARGIN,
    NOTE,
    STRAY,
    SUBHEADING,
    SUM,
    Account,
)
from ljuskoll.nlp.layouts.captions import lit_caption
from ljuskoll.nlp.layouts.cells import Row, filled, flat, is_dash, is_margin, is_prose, label_in
from ljuskoll.nlp.layouts.column_roles import read_heading
from ljuskoll.nlp.layouts.drafts import Draft, Frame, frame_of
from ljuskoll.nlp.layouts.headers import looks_like_heading, read_header
from ljuskoll.nlp.layouts.inherited import inherited, inherits_title
from ljuskoll.nlp.layouts.labels import LabelRole
from ljuskoll.nlp.layouts.legend import legend_rows
from ljuskoll.nlp.layouts.levels import Upper, gathers, upper_rows
from ljuskoll.nlp.layouts.lone_rows import comment_rows, is_across, is_sentence
from ljuskoll.nlp.layouts.page_turns import completes, continues
from ljuskoll.nlp.layouts.stream import Stream, ends_sentence
from ljuskoll.nlp.readers.hyphens import join_lines
from ljuskoll.nlp.vocabulary.columns import (
    goal_heading,
    is_sex,
    is_sum,
    kinds_in,
    without_continued,
    without_sex,
)
from ljuskoll.nlp.vocabulary.periods import find_periods

AHEAD = 40
"""So many rows below a new heading tell what its columns hold."""


def read_rows(
    stream: Stream, frame: Frame, rows: Sequence[Row], page: int, header: int, previous: Draft | None
) -> Account:
    """The drafts of a table's rows; `previous` is the last draft of the table that this one goes on from."""
    reader = _Reader(stream, frame, Account(page, len(rows)), previous)
    reader.legend = frozenset(legend_rows(rows, stream.vocabulary))
    reader.comments = comment_rows(stream, rows, header, reader.legend)
    reader.upper = upper_rows(frame.columns, rows, header, reader.legend.union(reader.comments))
    reader.last = max((number for number, row in enumerate(rows) if filled(row)), default=0)
    for number, row in enumerate(rows):
        if number < header and number in reader.legend:
            reader.account.skip(row, LEGEND)
        elif number < header:
            reader.head(row)
        else:
            reader.read(rows, number)
    return reader.account


class _Reader:
    """One pass over the rows of a table, keeping what a row takes over from those above it."""

    def __init__(self, stream: Stream, frame: Frame, account: Account, previous: Draft | None) -> None:
        self.stream, self.frame, self.account = stream, frame, account
        self.current = previous
        self.goal = previous.goal if previous else None
        self.section = previous.board if previous else None
        self.is_first = previous is not None and previous.frame.page != frame.page
        self.pending: LabelRole | None = None
        self.skips = 0
        self.legend: frozenset[int] = frozenset()
        self.comments: dict[int, str] = {}
        self.upper = Upper()
        self.last = 0
        self.frames: dict[tuple[str, ...], tuple[Frame | None, int]] = {}

    def head(self, row: Row) -> None:
        """A row of the heading: column headings, or a caption across the table, which may be a goal with its light."""
        lit = lit_caption(self.stream, row)
        if lit is not None:
            title, status = lit
            place = tuple(Cell("", cell.place) for cell in row)
            self.current = Draft(self.frame, title, [place], kind="goal", labels={"status": status})
            self.account.drafts.append(self.current)
            self.goal = title
        elif filled(row) == [0] and len(row) > 1 and self._goes_on_caption(row):
            self.account.skip(row, CONTINUED)
        elif filled(row) == [0] and len(row) > 1:
            self._subheading(row, row[0].text, is_caption=True)
        else:
            self.account.skip(row, HEADING if filled(row) else EMPTY)

    def _goes_on_caption(self, row: Row) -> bool:
        """Whether a text across the table is the comment of the goal in the caption above it; then it is added."""
        goal = self.account.drafts[-1] if self.account.drafts else None
        if goal is None or not ends_sentence(flat(row[0].text)):
            return False
        goal.added.append(row[0].text)
        return True

    def read(self, rows: Sequence[Row], number: int) -> None:
        """One row below the heading."""
        row = rows[number]
        reason = self._other(rows, number)
        if reason is not None:
            self.account.skip(row, reason)
        elif number in self.comments and self.current is not None:
            self._add(row, "comment", self.comments[number])
        elif number in self.upper.rows:
            self._upper(row)
        elif not (self._alone(rows, number) or self._by_sex(row) or self._goes_on(row)):
            self._start(row)

    def _other(self, rows: Sequence[Row], number: int) -> str | None:
        """Why a row neither is nor belongs to a record, where its own words say so."""
        row = rows[number]
        if self.skips:
            self.skips -= 1
            return HEADING
        if not filled(row):
            return EMPTY
        if self.frame.columns.repeats(row):
            return HEADING
        if looks_like_heading(self.stream, row) and not self._is_lit(row) and self._new_columns(rows, number):
            return HEADING
        if number in self.legend:
            return LEGEND
        if is_margin(row):
            return MARGIN
        return SUM if self._is_sum(row) else None

    def _upper(self, row: Row) -> None:
        """A row above others in the same column: their goal, and a record of its own where it says how it stands."""
        title = flat(self._title(row))
        columns = self.frame.columns
        told = [index for index in (columns.status, *columns.comments, columns.marked) if index is not None]
        if any(row[index].marks or not is_dash(row[index].text) for index in told):
            self._start(row)
            if self.current is not None and self.upper.are_goals:
                self.current.kind, self.current.goal = "goal", None
                self.goal = title
        elif self._is_section(title):
            self._subheading(row, title)
        else:
            self.goal = title
            self.account.skip(row, SUBHEADING)

    def _kinds(self) -> tuple[Kind, ...]:
        """The kinds that the heading of the titles names."""
        title = self.frame.columns.index("title")
        return kinds_in(self.frame.columns.headings[title]) if title is not None else ()

    def _is_sum(self, row: Row) -> bool:
        """Whether a row sums up those above: no figure by sex, and nothing said about it."""
        by_sex = self.current is not None and bool(self.current.sexes)
        return is_sum(self._title(row)) and not by_sex and not self._has_comment(row)

    def _is_lit(self, row: Row) -> bool:
        """Whether a row has a light beside a title that heads no column, though its words can head some."""
        status = self.frame.columns.status
        is_light = status is not None and self.stream.vocabulary.scale.read(flat(row[status].text)) is not None
        return is_light and read_heading(self.stream, flat(self._title(row))) is None

    def _new_columns(self, rows: Sequence[Row], number: int) -> bool:
        """Whether other columns begin here; they hold for the rows below."""
        texts = tuple(flat(cell.text) for cell in rows[number])
        if texts not in self.frames:
            header = read_header(self.stream, rows[number : number + AHEAD], self.frame.period)
            frame = None if header is None else frame_of(self.stream, self.frame.index, header.columns)
            self.frames[texts] = (frame, header.rows - 1 if header is not None else 0)
        frame, skips = self.frames[texts]
        if frame is not None:
            self.frame, self.skips = frame, skips
        return frame is not None

    def _has_comments(self, draft: Draft | None) -> bool:
        """Whether comments have a column in this table, and no rows of their own."""
        return (
            draft is not None and bool(draft.frame.columns.comments) and not any(d.added for d in self.account.drafts)
        )

    def _alone(self, rows: Sequence[Row], number: int) -> bool:
        """A row in which one cell alone holds something: a heading, or text that belongs to the row above."""
        row, is_last = rows[number], number == self.last
        columns, (column, *others) = self.frame.columns, filled(row)
        text = row[column].text
        if others or len(row) == 1 or column not in (0, columns.index("title")) or not text.strip():
            return False
        if self.pending is not None and self.current is not None:
            self._add(row, self.pending, text)
            return True
        label = label_in(self.stream, text, alone=True)
        if label is not None and label.role == "comment" and is_last and self._has_comments(self.current):
            self.account.skip(row, NOTE)
            return True
        if label is not None and self.current is not None:
            self.pending = label.role if not label.value else None
            self._add(row, label.role, label.value)
            return True
        if self._is_section(text):
            self._subheading(row, text)
            return True
        if self.is_first and self.current is not None and text[:1].islower():
            return False
        if is_prose(text) or (self.current is not None and is_across(row) and is_sentence(text)):
            self._prose(row, text)
            return True
        if column == 0 and not self._is_whole_row(row):
            self._subheading(row, text)
            return True
        return False

    def _prose(self, row: Row, text: str) -> None:
        """Running text across the table: the comment of the row above where that has none of its own."""
        current = self.current
        if current is not None and (current.added or not any(current.text(i) for i in current.frame.columns.comments)):
            self._add(row, "comment", text)
        else:
            self.account.skip(row, STRAY, unexplained=True)

    def _add(self, row: Row, role: LabelRole, text: str) -> None:
        """Text in a row of its own belongs to the current draft."""
        assert self.current is not None
        if role == "comment" and text:
            self.current.added.append(text)
        elif text:
            self.current.labels[role] = text
        if text:
            self.pending = None
            self.current.rows.append(tuple(Cell("", cell.place) for cell in row))
        self.account.skip(row, CONTINUED if text else HEADING)

    def _is_whole_row(self, row: Row) -> bool:
        """Whether the other cells are there though empty: the title of an assignment that nothing is said about."""
        is_placed = all(cell.place is not None for cell in row) and any(cell.place.bbox for cell in row if cell.place)
        return is_placed and self.frame.columns.index("title") == 0

    def _is_section(self, text: str) -> bool:
        return self.stream.vocabulary.boards.resolve(flat(text)) is not None or goal_heading(flat(text))

    def _subheading(self, row: Row, text: str, *, is_caption: bool = False) -> None:
        """A heading between rows: the goal or the board of those below, or neither."""
        text = flat(text)
        if self.stream.vocabulary.boards.resolve(text):
            self.section = text
        elif not find_periods(text):
            is_goal = goal_heading(text) or (not is_caption and gathers(self.stream, self.frame.columns, row))
            self.goal = text if is_goal else None
        self.is_first = False
        self.account.skip(row, SUBHEADING)

    def _title(self, row: Row) -> str:
        title = self.frame.columns.index("title")
        return "" if title is None else row[title].text

    def _has_comment(self, row: Row) -> bool:
        return any(not is_dash(row[index].text) for index in self.frame.columns.comments)

    def _by_sex(self, row: Row) -> bool:
        """Whether a row shows the current figure for one sex, or for both."""
        sex, base = self._sex(row)
        current = self.current
        if sex is None or current is None or not self.frame.columns.is_like(current.frame.columns):
            return False
        if base and flat(base) != flat(current.title):
            return False
        if not current.sexes and is_sum(sex) and not base:
            return False
        current.sexes.append((sex, row))
        current.rows.append(row)
        self.account.skip(row, BY_SEX)
        return True

    def _sex(self, row: Row) -> tuple[str | None, str]:
        """For whom a row's figures are, and its title without that."""
        columns, title = self.frame.columns, self._title(row)
        if columns.sex is not None and is_sex(row[columns.sex].text):
            return flat(row[columns.sex].text), title
        if is_sex(title):
            return flat(title), ""
        split = without_sex(flat(title))
        return (split[1], split[0]) if split is not None else (None, title)

    def _goes_on(self, row: Row) -> bool:
        """Whether a row belongs to the one above, which then has its cells as well."""
        current = self.current
        if current is None or current.frame.columns.width != len(row):
            return False
        title = self._title(row)
        if self.is_first and completes(current, row, self.frame.columns):
            current.title, title = title, ""
            current.titled_at = row[self.frame.columns.index("title") or 0].place
        elif not continues(self.stream, current, row, self.frame.columns, is_first=self.is_first):
            return False
        if without_continued(title) is None and flat(title) != flat(current.title):
            current.title = join_lines([current.title, title])
        index = self.frame.columns.index("title")
        current.rows.append(row if index is None else (*row[:index], Cell("", row[index].place), *row[index + 1 :]))
        self.account.skip(row, CONTINUED)
        return True

    def _start(self, row: Row) -> None:
        """A row of its own, with what merged cells above say of it."""
        title, above = self._title(row), self.current
        if not title.strip() and above is not None and inherits_title(self.frame.columns, row):
            title = above.title
        sex, base = self._sex(row)
        draft = Draft(self.frame, base or title if sex is not None else title, [row])
        draft.goal = inherited(self.frame.columns, above, row, "goal") or self.goal
        draft.board = inherited(self.frame.columns, above, row, "board") or self.section
        if self.upper.are_goals:
            draft.kind = next((kind for kind in self._kinds() if kind != "goal"), None)
        if sex is not None:
            draft.sexes.append((sex, row))
        self.current, self.is_first, self.pending = draft, False, None
        self.account.drafts.append(draft)
