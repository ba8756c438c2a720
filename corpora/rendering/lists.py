"""Layouts without tables: labels under headings, lists with boards, coloured lines, glued labels, flattened columns."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from ljuskoll.corpora.rendering.matter import story
from ljuskoll.corpora.rendering.setting import Setting
from ljuskoll.corpora.rendering.story import Columned, Element, Heading, Line, Paragraph, Story, Text, words
from ljuskoll.corpora.reports.description import Assignment, load_words
from ljuskoll.corpora.reports.truth import TrueRecord

_TITLE_LEVEL = 4
_Maker: TypeAlias = Callable[[Setting, Assignment], Iterable[Heading | Paragraph]]


def labelled(setting: Setting) -> Story:
    """A heading for each assignment with labels below it: one a line, two on a line, or the status in the heading."""
    return story(setting, list(_by_goal(setting, _labelled_row)), _records(setting))


def contents(setting: Setting) -> Story:
    """The same with a table of contents that lists every assignment."""
    return story(setting, list(_by_goal(setting, _labelled_row)), _records(setting), contents=_TITLE_LEVEL)


def columns(setting: Setting) -> Story:
    """Two columns of running text: assignments with labels, or with their board in parentheses."""
    make = _labelled_row if setting.number % 2 else _coded_row
    elements: list[Element] = []
    for goal in setting.description.goals:
        elements.append(Heading(words(goal.name), 3))
        inner = [element for row in goal.rows for element in make(setting, row)]
        elements.append(Columned(tuple(inner)))
    return story(setting, elements, _records(setting))


def coded(setting: Setting) -> Story:
    """A list of assignments, each with its board in parentheses after or before the title."""
    return story(setting, list(_by_goal(setting, _coded_row)), _records(setting))


def coloured(setting: Setting) -> Story:
    """The light on a line of its own before or after each title."""
    return story(setting, list(_by_goal(setting, _coloured_row)), _records(setting))


def glued(setting: Setting) -> Story:
    """The light printed without a space before or after the title, and the board last, below the comment."""
    return story(setting, list(_by_goal(setting, _glued_row)), _records(setting))


def flattened(setting: Setting) -> Story:
    """A table flattened by copying: the column headings one a line, then the values one a line."""
    roles = ("title", "board", "status", "comment")
    elements = [Paragraph(words(setting.heading(role))) for role in roles]
    records = []
    for row in setting.description.rows:
        comment = " ".join(row.paragraphs)
        lines: tuple[Line, ...] = (words(row.title), words(setting.board_text(row)), setting.drawn(row).line)
        elements += [Paragraph(line) for line in (*lines, words(comment))]
        records.append(setting.record(row, comment=comment))
    return story(setting, elements, records)


def _records(setting: Setting) -> list[TrueRecord]:
    return [setting.record(row) for row in setting.description.rows]


def _by_goal(setting: Setting, make: _Maker) -> Iterator[Element]:
    for goal in setting.description.goals:
        yield Heading(words(goal.name), 3)
        for row in goal.rows:
            yield from make(setting, row)


def _comment(row: Assignment) -> Iterator[Paragraph]:
    return (Paragraph(words(text)) for text in row.paragraphs)


def _label(setting: Setting, role: str, value: Line) -> Line:
    return (Text(f"{setting.label(role)}: ", bold=True), *value)


def _labelled_row(setting: Setting, row: Assignment) -> Iterator[Heading | Paragraph]:
    drawn = setting.drawn(row)
    board = _label(setting, "board", words(setting.board_text(row)))
    status = _label(setting, "status", drawn.line)
    if setting.drawing in ("circle", "square", "icon", "dot") and setting.variant == 2:
        yield Heading((*drawn.line, Text(f" {row.title}")), _TITLE_LEVEL)
        yield Paragraph(board, look="label")
        yield from _comment(row)
        return
    yield Heading(words(row.title), _TITLE_LEVEL)
    if setting.variant == 1:
        yield Paragraph((*status, Text(" | "), *board), look="label")
        yield from _comment(row)
        return
    yield Paragraph(status, look="label")
    yield Paragraph(board, look="label")
    first, *rest = row.paragraphs
    yield Paragraph(_label(setting, "comment", words(first)))
    yield from (Paragraph(words(text)) for text in rest)


def _coded_row(setting: Setting, row: Assignment) -> Iterator[Heading | Paragraph]:
    boards = f"({setting.board_text(row)})"
    mark = (*setting.drawn(row).line, Text(" ")) if setting.drawing != "none" else ()
    if setting.variant == 2 and not mark:
        yield Paragraph(words(f"{boards} ."))
        yield Paragraph(words(row.title, bold=True))
    elif setting.variant == 1:
        yield Paragraph((*mark, Text(f"{row.title} {boards}", bold=True)), item=True)
    else:
        yield Heading((*mark, Text(f"{row.title} {boards}")), _TITLE_LEVEL)
    yield from _comment(row)


def _coloured_row(setting: Setting, row: Assignment) -> Iterator[Heading | Paragraph]:
    is_first = setting.number % 2 == 0
    light = Paragraph(setting.drawn(row).line, look="light" if is_first else "body")
    title = Heading(words(f"{row.title} ({setting.board_text(row)})"), _TITLE_LEVEL)
    yield from (light, title) if is_first else (title, light)
    yield from _comment(row)


def _glued_row(setting: Setting, row: Assignment) -> Iterator[Heading | Paragraph]:
    word = "".join(part.text for part in setting.drawn(row).line if isinstance(part, Text))
    title = {0: f"{word}{word}{row.title}", 1: f"{word}{row.title}", 2: f"{row.title}{word}"}[setting.variant]
    yield Heading(words(title), _TITLE_LEVEL)
    yield from _comment(row)
    yield Paragraph(words(load_words()["labels"]["last_board"][setting.variant], bold=True))
    yield Paragraph(words(setting.board_text(row)))
