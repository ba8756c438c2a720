"""Layouts in tables: ruled, borderless, zebra, several header rows, merged cells, rows over page breaks."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from ljuskoll.corpora.rendering.matter import fitted, head_rows, room, story
from ljuskoll.corpora.rendering.setting import Setting
from ljuskoll.corpora.rendering.status import Drawn, sample
from ljuskoll.corpora.rendering.story import Cell, Element, Grid, Heading, Row, Rules, Story, cell, words
from ljuskoll.corpora.reports.description import Assignment, Goal, Light, load_words
from ljuskoll.corpora.reports.truth import TrueRecord
from ljuskoll.nlp.followup import Period, Tertial

_ORDERS = (
    ("title", "board", "status", "comment"),
    ("status", "title", "board", "comment"),
    ("board", "title", "status", "comment"),
    ("number", "title", "status", "trend", "comment", "board"),
)
_WIDTHS = {"title": 0.25, "board": 0.2, "status": 0.16, "comment": 0.39, "number": 0.06, "trend": 0.12}
_SIZE = 8.5
"""Points of a table's text."""

_TERTIALS: tuple[Tertial, ...] = (1, 2, 3)
_TRENDS = ("➚", "→", "➘")


def ruled(setting: Setting) -> Story:
    """A table with all its rules."""
    return story(setting, list(_tables(setting, "full")), _records(setting))


def ruled_elements(setting: Setting, size: float) -> Iterator[Element]:
    """The same table without what stands around it, in another size of text."""
    return _tables(setting, "full", size)


def borderless(setting: Setting) -> Story:
    """Columns that are kept apart by white space alone."""
    return story(setting, list(_tables(setting, "none")), _records(setting))


def zebra(setting: Setting) -> Story:
    """Every second row shaded and no rules, or rules between the rows alone."""
    rules: Rules = "zebra" if setting.number % 2 else "half"
    return story(setting, list(_tables(setting, rules)), _records(setting))


def breaks(setting: Setting) -> Story:
    """Large text and long comments, so that rows go on over page breaks."""
    return story(setting, list(_tables(setting, "full", 9.5)), _records(setting))


def _tables(setting: Setting, rules: Rules, size: float = _SIZE) -> Iterator[Element]:
    """A table under each goal's heading, or one table with the goals as rows across it."""
    roles = _roles(setting)
    header = _header(setting, roles)
    all_rows = [_row(setting, row, roles) for row in setting.description.rows]
    headings = [setting.heading(role) for role in roles]
    widths = fitted(_widths(roles), headings, all_rows, size, room(setting))
    if setting.number % 3 == 1:
        rows: list[Row] = []
        for goal in setting.description.goals:
            rows.append((cell(goal.name, bold=True, columns=len(roles)),))
            rows += (_row(setting, row, roles) for row in goal.rows)
        yield Grid(header, tuple(rows), widths, rules, size)
        return
    for goal in setting.description.goals:
        yield Heading(words(goal.name), 3)
        yield Grid(header, tuple(_row(setting, row, roles) for row in goal.rows), widths, rules, size)


def _roles(setting: Setting) -> tuple[str, ...]:
    left_out = {"edge": {"status"}, "none": {"status", "trend"}}.get(setting.drawing, set())
    return tuple(role for role in _ORDERS[setting.number % len(_ORDERS)] if role not in left_out)


def _widths(roles: Sequence[str]) -> tuple[float, ...]:
    total = sum(_WIDTHS[role] for role in roles)
    return tuple(_WIDTHS[role] / total for role in roles)


def _header(setting: Setting, roles: Sequence[str]) -> tuple[Row, ...]:
    return head_rows([setting.heading(role) for role in roles])


def _row(setting: Setting, row: Assignment, roles: Sequence[str]) -> Row:
    cells = [_cell(setting, row, role) for role in roles]
    edge = setting.drawn(row).edge if setting.drawing != "none" else None
    if edge is not None:
        cells[0] = Cell(cells[0].lines, cells[0].fill, edge)
    return tuple(cells)


def _cell(setting: Setting, row: Assignment, role: str) -> Cell:
    if role == "status":
        drawn = setting.drawn(row)
        return Cell((drawn.line,) if drawn.line else (), fill=drawn.fill)
    texts: dict[str, Callable[[], str]] = {
        "title": lambda: row.title,
        "board": lambda: setting.board_text(row),
        "trend": lambda: _TRENDS[len(row.title) % 3],
        "number": lambda: f"{setting.description.rows.index(row) + 1}",
    }
    if role == "comment":
        return Cell(tuple(words(text) for text in row.paragraphs))
    return cell(texts[role]())


def _records(setting: Setting) -> list[TrueRecord]:
    return [setting.record(row) for row in setting.description.rows]


def merged(setting: Setting) -> Story:
    """One table in which a goal's cell spans its assignments and a board's cell those of one board."""
    roles = ("goal", "board", "title", "status", "comment")
    heads = [setting.heading(role) for role in roles]
    rows: list[Row] = []
    records: list[TrueRecord] = []
    for goal in setting.description.goals:
        for row, cells in _merged_rows(setting, goal):
            rows.append(cells)
            records.append(setting.record(row))
    full = [(cell(""), *(_cell(setting, row, role) for role in roles[1:])) for row in setting.description.rows]
    full += [(cell(goal.name), *[cell("")] * 4) for goal in setting.description.goals]
    widths = fitted((0.15, 0.19, 0.2, 0.16, 0.3), heads, full, _SIZE, room(setting))
    grid = Grid(head_rows(heads), tuple(rows), widths, "full", _SIZE)
    return story(setting, [grid], records)


def _merged_rows(setting: Setting, goal: Goal) -> Iterator[tuple[Assignment, Row]]:
    is_first = True
    ordered = sorted(goal.rows, key=lambda row: row.boards)
    for _, group in groupby(ordered, key=lambda row: row.boards):
        same = list(group)
        for index, row in enumerate(same):
            cells: list[Cell] = [cell(goal.name, rows=len(ordered))] if is_first else []
            if index == 0:
                cells.append(cell(setting.board_text(row), rows=len(same)))
            is_first = False
            yield row, (*cells, *(_cell(setting, row, role) for role in ("title", "status", "comment")))


def grouped(setting: Setting) -> Story:
    """Two header rows: the status of each tertial under one heading, or status and comment under each tertial."""
    tertials = _TERTIALS[: setting.description.period.tertial or 2]
    by_tertial = setting.number % 4 == 3
    make = _by_tertial if by_tertial else _by_status
    header, body, shares = make(setting, tertials)
    widths = fitted(shares, [], [*body, *(row for row in header if len(row) == len(shares))], _SIZE, room(setting))
    records = _records_by_tertial(setting, tertials) if by_tertial else _records(setting)
    return story(setting, [Grid(header, tuple(body), widths, "full", _SIZE)], records)


def _records_by_tertial(setting: Setting, tertials: Sequence[Tertial]) -> list[TrueRecord]:
    """A record for each period in which a row has a status and a comment of its own."""
    records: list[TrueRecord] = []
    for index, row in enumerate(setting.description.rows):
        for tertial in tertials[-2:-1]:
            records.append(
                setting.record(
                    row,
                    period=Period.of_tertial(setting.description.period.year, tertial),
                    declared=_drawn_earlier(setting, row, 1).truth,
                    phrase=None,
                    comment=_note(index),
                )
            )
        records.append(setting.record(row))
    return records


def _note(index: int) -> str:
    """What the comment of an earlier period said of a row."""
    notes: list[str] = load_words()["notes"]
    return notes[index % len(notes)]


def _by_status(setting: Setting, tertials: Sequence[Tertial]) -> tuple[tuple[Row, ...], list[Row], tuple[float, ...]]:
    fill = head_rows(["x"])[0][0].fill
    top = (
        cell(setting.heading("title"), bold=True, fill=fill, rows=2),
        cell(setting.heading("board"), bold=True, fill=fill, rows=2),
        cell(setting.heading("status"), bold=True, fill=fill, columns=len(tertials)),
        cell(setting.heading("comment"), bold=True, fill=fill, rows=2),
    )
    below = tuple(cell(f"T{tertial}", bold=True, fill=fill) for tertial in tertials)
    body = [
        (
            _cell(setting, row, "title"),
            _cell(setting, row, "board"),
            *(_earlier(setting, row, tertial) for tertial in tertials[:-1]),
            _cell(setting, row, "status"),
            _cell(setting, row, "comment"),
        )
        for row in setting.description.rows
    ]
    return (top, below), body, (0.22, 0.19, *([0.27 / len(tertials)] * len(tertials)), 0.32)


def _by_tertial(setting: Setting, tertials: Sequence[Tertial]) -> tuple[tuple[Row, ...], list[Row], tuple[float, ...]]:
    shown, fill = tertials[-2:], head_rows(["x"])[0][0].fill
    year = setting.description.period.year
    top = (
        cell("", fill=fill, columns=2),
        *(cell(f"T{tertial} {year}", bold=True, fill=fill, columns=2) for tertial in shown),
    )
    pair = [setting.heading("status"), setting.heading("comment")]
    below = head_rows([setting.heading("title"), setting.heading("board"), *(pair * len(shown))])[0]
    body = []
    for index, row in enumerate(setting.description.rows):
        before = [part for _ in shown[:-1] for part in (_earlier(setting, row, 1), cell(_note(index)))]
        own = [_cell(setting, row, role) for role in ("status", "comment")]
        body.append((_cell(setting, row, "title"), _cell(setting, row, "board"), *before, *own))
    widths = (0.17, 0.17, *([0.16, 0.14] * (len(shown) - 1)), 0.16, 0.2)
    return (top, below), body, widths


def _drawn_earlier(setting: Setting, row: Assignment, tertial: int) -> Drawn:
    """The status that the row had in an earlier tertial: another than it has now, for some rows."""
    lights: tuple[Light, ...] = ("green", "yellow", "green", "red")
    return sample(lights[(len(row.title) + tertial) % 4], _by_light(setting.drawing), setting.number)


def _earlier(setting: Setting, row: Assignment, tertial: int) -> Cell:
    drawn = _drawn_earlier(setting, row, tertial)
    return Cell((drawn.line,) if drawn.line else (), fill=drawn.fill)


def _by_light(drawing: str) -> str:
    return "word" if drawing == "progress" else drawing
