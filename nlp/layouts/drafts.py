"""A row of a table on its way to a record, with the rows that belong to it, and the record that it becomes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal

from ljuskoll.nlp.document import Cell
from ljuskoll.nlp.document import Place as DocumentPlace
from ljuskoll.nlp.followup import Declared, FollowUp, Kind, Period, Place, Trend
from ljuskoll.nlp.layouts.cells import Parts, Row, drawn_light, flat, is_dash, label_in, read_parts
from ljuskoll.nlp.layouts.entries import ends_sentence
from ljuskoll.nlp.layouts.items import labelled_title
from ljuskoll.nlp.layouts.labels import LabelRole
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.layouts.table_columns import TableColumns
from ljuskoll.nlp.layouts.titles import board_title, without_number
from ljuskoll.nlp.readers.hyphens import join_lines
from ljuskoll.nlp.vocabulary.boards import stands_alone
from ljuskoll.nlp.vocabulary.columns import (
    asks_if_finished,
    is_both_sexes,
    is_plain_comment,
    is_status_and_comment,
    kind_of,
)
from ljuskoll.nlp.vocabulary.labels import board_of_title
from ljuskoll.nlp.vocabulary.periods import PeriodMention, find_periods, read_period, resolve_period

NO_STATUS = "varken status eller kommentar"
NO_TITLE = "titeln saknas"
MAX_BOARDS = 80
MAX_STATUS_WORDS = 2
"""Words of a status beside a drawn light; more that end as a sentence are a comment."""
YEAR_END = 3
MIN_SENTENCE = 5
"""Words of a text in a column of statuses that is no status but a sentence."""
MAX_SHOWN = 160
"""A longer text in a column of statuses is a comment."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What holds for all rows of a table: its columns, and what the headings above it say."""

    index: int
    page: int
    columns: TableColumns
    kind: Kind
    period: Period | None
    goal: str | None
    boards: tuple[str, ...]


@dataclass(slots=True)
class Draft:
    """One record to be: its row with those that go on from it, or that show its figures by sex.

    `goal` and `board` are those of a heading row or a merged cell above, `kind` is its own where the rows differ;
    `added` are texts in rows of their own; `titled_at` is where the title stands when that is a page after the row's
    beginning.
    """

    frame: Frame
    title: str
    rows: list[Row]
    goal: str | None = None
    board: str | None = None
    kind: Kind | None = None
    added: list[str] = field(default_factory=list)
    labels: dict[LabelRole, str] = field(default_factory=dict)
    sexes: list[tuple[str, Row]] = field(default_factory=list)
    titled_at: DocumentPlace | None = None

    def text(self, index: int | None) -> str:
        """A column's text in all rows."""
        found = [] if index is None else [row[index].text for row in self.rows if not is_dash(row[index].text)]
        return " ".join(dict.fromkeys(found)) if self.sexes else join_lines(found)


def frame_of(stream: Stream, index: int, columns: TableColumns) -> Frame:
    """The frame of a table that stands at `index` in the stream."""
    above = stream.headings_above(index)
    caption = [mention for text in columns.caption for mention in find_periods(text)]
    period = stream.period(index, above, columns.period_heading())
    return Frame(
        index=index,
        page=stream.entries[index].page,
        columns=columns,
        kind=columns.kind or stream.kind(above) or "assignment",
        period=resolve_period([*(one for one in caption if one.as_of), *mentions_of(period), *caption]),
        goal=stream.goal(above),
        boards=stream.section_boards(above),
    )


def mentions_of(period: Period | None) -> tuple[PeriodMention, ...]:
    """A known period as one that a text names."""
    if period is None:
        return ()
    day = (period.as_of.month, period.as_of.day) if period.as_of is not None else None
    return (PeriodMention(0, 0, period.year, period.tertial, day),)


def make_followup(stream: Stream, draft: Draft) -> FollowUp | str:
    """The record, or the reason why there is none."""
    columns = draft.frame.columns
    parts = read_parts(stream, draft.title)
    labels = {**parts.labels, **draft.labels}
    title, rest = _title_and_rest(parts, alone=not columns.comments)
    light, title = _without_light(stream, title, parts.light)
    comments = [*_comments(stream, draft), *rest, labels.get("comment", "")]
    declared = _declared(stream, draft, labels) or light
    if declared is not None and not columns.comments and columns.status is not None:
        declared, told = _sentences_of_status(stream, flat(draft.text(columns.status)), declared)
        comments = told or comments
    if declared is None:
        is_plain = any(is_plain_comment(columns.headings[index]) for index in columns.comments)
        colours_only = is_plain or columns.status is not None
        declared, comments = _light_of_comment(stream, comments, columns.status is not None, colours_only=colours_only)
    if declared is not None and declared.colour == "red" and _goes_on(draft):
        declared = declared.model_copy(update={"colour": None})
    if declared is None and any(_tells_status(columns, index) for index in columns.comments):
        declared, comments = _told_status(stream, comments)
    comment = "\n".join(filter(None, comments))
    title, kind = labelled_title(stream, without_number(title))
    if not (comment or (declared is not None and not is_dash(declared.as_written))):
        return NO_STATUS
    if not any(char.isalpha() for char in title):
        return NO_TITLE
    declared = _with_trend(stream, draft, declared)
    kind = _row_kind(draft) or kind or draft.kind or draft.frame.kind
    return _record(stream, draft, labels, title, kind, declared, comment)


def _sentences_of_status(stream: Stream, text: str, declared: Declared) -> tuple[Declared | None, list[str]]:
    """What a column of statuses says in sentences where nothing else comments: the status before them, and the rest."""
    if not ends_sentence(text):
        return declared, []
    if declared.source not in ("text", "symbol"):
        return declared, [text] if len(text.split()) > MAX_STATUS_WORDS else []
    if (told := stream.vocabulary.scale.split_told(text)) is not None:
        return told[0], [told[1]]
    is_sentence = declared.colour is None and len(text.split()) >= MIN_SENTENCE
    return (None, [text]) if is_sentence else (declared, [])


def _goes_on(draft: Draft) -> bool:
    """Whether a no in the column of statuses says that the work goes on: "Avslutat: Nej" before the year's end."""
    columns, period = draft.frame.columns, draft.frame.period
    is_asked = columns.status is not None and asks_if_finished(columns.headings[columns.status])
    return is_asked and (period is None or period.tertial != YEAR_END)


def _tells_status(columns: TableColumns, index: int) -> bool:
    """Whether a column's comments begin with the status, by its heading or because all of them do."""
    shows_none = columns.status is None and columns.marked is None
    is_told = shows_none and index in columns.profiles and columns.profiles[index].tells_status
    return is_told or is_status_and_comment(columns.headings[index])


def _record(
    stream: Stream,
    draft: Draft,
    labels: dict[LabelRole, str],
    title: str,
    kind: Kind,
    declared: Declared | None,
    comment: str,
) -> FollowUp:
    columns, frame = draft.frame.columns, draft.frame
    titled = board_title(title, stream.vocabulary.boards)
    text = draft.text(columns.index("board")) or labels.get("board") or draft.board or ""
    boards = _boards(stream, text) or (titled.boards if titled is not None else ())
    if frame.boards and not any(map(stream.vocabulary.boards.knows, boards)):
        boards = ()  # "Chef KS" in a board's own list
    told = None if boards else board_of_title(title, stream.vocabulary.boards)
    boards, names = stream.with_names(boards or ((told,) if told else frame.boards), ())
    return FollowUp(
        kind=kind,
        period=_row_period(draft) or frame.period,
        goal=flat(draft.text(columns.index("goal"))) or draft.goal or frame.goal,
        boards=boards,
        board_names=names,
        assignment=titled.text if titled is not None else title,
        declared=declared,
        comment=comment,
        places=tuple(dict.fromkeys(map(Place.of, _places(draft)))),
        ocr=stream.document.ocr,
    )


def _row_kind(draft: Draft) -> Kind | None:
    """The kind that a row names in a column of its own."""
    index = draft.frame.columns.index("kind")
    return kind_of(draft.rows[0][index].text) if index is not None else None


def _row_period(draft: Draft) -> Period | None:
    """The period that a row names in columns of its own; a year alone may as well be that of the plan."""
    roles = draft.frame.columns.roles
    period = read_period(" ".join(draft.text(index) for index in sorted(roles) if roles[index] == "period"))
    return period if period is not None and (period.as_of is not None or draft.frame.period is None) else None


def _boards(stream: Stream, text: str) -> tuple[str, ...]:
    """The boards that a cell lists, or its text as it is; a narrow column may have broken a name in a word."""
    table, text = stream.vocabulary.boards, flat(text)
    spaces = [at for at, char in enumerate(text[:MAX_BOARDS]) if char == " "]
    breaks = [*((at,) for at in spaces), *combinations(spaces, 2)]
    apart = [cut for cut in breaks if not stands_alone(text[: cut[-1]], text[cut[-1] + 1 :])]
    known = [cut for cut in breaks if all(map(table.knows, table.split(_without(text, cut))))]
    whole = (found for cut in (*known, *apart) if (found := table.split(_without(text, cut))))
    return table.split(text) or next(whole, (text,) if text else ())


def _without(text: str, positions: Sequence[int]) -> str:
    return "".join(char for at, char in enumerate(text) if at not in positions)


def _places(draft: Draft) -> Iterator[DocumentPlace]:
    """Where the record's cells stand, the title first where it stands a page after others."""
    if draft.titled_at is not None:
        yield draft.titled_at
    for row in draft.rows:
        yield from (cell.place for cell in row if cell.place is not None)


def _title_and_rest(parts: Parts, *, alone: bool) -> tuple[str, list[str]]:
    """The title, and the comment below it where title and comment stand `alone` in one cell."""
    paragraphs = list(parts.paragraphs)
    if not alone:
        return flat(" ".join(paragraphs)), []
    title = [paragraphs.pop(0)] if paragraphs else []
    while paragraphs and paragraphs[0][:1].islower():
        title.append(paragraphs.pop(0))
    return flat(" ".join(title)), paragraphs


def _without_light(stream: Stream, title: str, light: Declared | None) -> tuple[Declared | None, str]:
    """A title without the light that is glued to it."""
    glued = stream.vocabulary.scale.split_glued(title)
    return (light or glued[0], glued[1]) if glued is not None else (light, title)


def _comments(stream: Stream, draft: Draft) -> list[str]:
    """The comments of all columns and rows, without the label that one may begin with."""
    columns = draft.frame.columns
    found = [draft.text(index) for index in columns.comments]
    status = draft.text(columns.status)
    if len(status) > MAX_SHOWN:
        found.insert(0, status)
    texts = []
    for text in (*found, *draft.added):
        label = label_in(stream, text)
        texts.append(label.value if label is not None and label.role == "comment" else text)
    return [text for text in texts if not is_dash(text)]


def _light_of_comment(
    stream: Stream, comments: Sequence[str], has_status: bool, *, colours_only: bool
) -> tuple[Declared | None, list[str]]:
    """The light on a comment's first line, after a label on any line, or before its first sentence; and the rest."""
    scale = stream.vocabulary.scale
    for position, text in enumerate(comments):
        lines = text.split("\n")
        for number, line in enumerate(lines):
            label = label_in(stream, line)
            light = scale.read(label.value) if label is not None and label.role == "status" else None
            if light is None and number == 0:
                light = scale.colour_word(line) if colours_only else scale.read(line)
            if light is not None:
                left = "\n".join([*lines[:number], *lines[number + 1 :]])
                return light, [*comments[:position], left, *comments[position + 1 :]]
    leading = scale.split_leading(comments[0]) if comments and not has_status else None
    return (leading[0], [leading[1], *comments[1:]]) if leading is not None else (None, list(comments))


def _told_status(stream: Stream, comments: Sequence[str]) -> tuple[Declared | None, list[str]]:
    """The status that opens what stands below "Status/kommentar", and the comment after it."""
    told = stream.vocabulary.scale.split_told(comments[0]) if comments else None
    return (told[0], [told[1], *comments[1:]]) if told is not None else (None, list(comments))


def _declared(stream: Stream, draft: Draft, labels: dict[LabelRole, str]) -> Declared | None:
    columns = draft.frame.columns
    if columns.status is not None:
        found = _of_sexes(stream, draft) if draft.sexes else shown(stream, draft.rows[0][columns.status])
    else:
        marked = columns.marked if columns.marked is not None else columns.index("title")
        marks = draft.rows[0][marked].marks if marked is not None else ()
        found = stream.drawn(marks) if columns.marked is not None else drawn_light(stream, marks)
    label = labels.get("status")
    return found or (shown(stream, Cell(label)) if label else None)


def shown(stream: Stream, cell: Cell) -> Declared | None:
    """The status that a cell of a status column shows; with no light where its words are no status that we know."""
    text = flat(cell.text)
    scale = stream.vocabulary.scale
    written = scale.shown(text) if text else None
    drawn = stream.drawn(cell.marks)
    if written is not None and written.colour is not None:
        if drawn is None or drawn.colour is None or scale.is_settled(text):
            return written
        # The report's own colour tells what its word means there: "Försenad" is yellow in many scales.
        return drawn.model_copy(update={"as_written": text})
    if drawn is None and written is None and text and len(text) <= MAX_SHOWN:
        source: Literal["text", "symbol"] = "text" if any(char.isalnum() for char in text) else "symbol"
        return Declared(colour=None, as_written=text, source=source)
    return drawn or written


def _of_sexes(stream: Stream, draft: Draft) -> Declared | None:
    """The status of a figure with rows by sex: that of the row for all, else the one that all share, else no light."""
    status = draft.frame.columns.status
    assert status is not None
    rows = draft.sexes if any(row is draft.rows[0] for _, row in draft.sexes) else [("", draft.rows[0]), *draft.sexes]
    found = [(word, declared) for word, row in rows if (declared := shown(stream, row[status])) is not None]
    both = [declared for word, declared in found if is_both_sexes(word) or not word]
    if both or len({declared.colour for _, declared in found}) <= 1:
        return next(iter(both or [declared for _, declared in found]), None)
    written = " / ".join(dict.fromkeys(declared.as_written for _, declared in found))
    return Declared(colour=None, as_written=written, source=found[0][1].source)


def _with_trend(stream: Stream, draft: Draft, declared: Declared | None) -> Declared | None:
    index = draft.frame.columns.trend
    if declared is None or index is None:
        return declared
    cell = draft.rows[0][index]
    trend = trend_of(stream, cell)
    return declared.model_copy(update={"trend": trend}) if trend is not None else declared


def trend_of(stream: Stream, cell: Cell) -> Trend | None:
    """The trend that a cell shows in words, by an arrow or by a drawn one."""
    texts = [flat(cell.text), *(mark.text for mark in cell.marks)]
    return next((trend for text in texts if text and (trend := stream.vocabulary.scale.trend(text)) is not None), None)
