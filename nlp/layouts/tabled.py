"""Tables: one assignment a row, columns found by their headings, pages joined where a table goes on."""

from dataclasses import dataclass, field

from ljuskoll.nlp.document import Cell, Table
from ljuskoll.nlp.followup import Declared, FollowUp, Place, TableAccount, Trend, Unmatched
from ljuskoll.nlp.layouts.items import Parsed
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.layouts.table_columns import Columns, cell_light, read_columns
from ljuskoll.nlp.layouts.titles import board_title
from ljuskoll.nlp.vocabulary.columns import goal_heading

NAME = "tabled"
SAMPLE = 80
"""Characters of a row that an account quotes."""

Row = tuple[Cell, ...]


@dataclass(slots=True)
class _Draft:
    """A row on its way to a record; rows that continue it on the next page are added."""

    index: int
    rows: list[Row]
    columns: Columns
    goal: str | None
    board: str | None
    title: str


@dataclass(slots=True)
class _Account:
    page: int
    rows_seen: int
    drafts: list[_Draft] = field(default_factory=list)
    unmatched: list[Unmatched] = field(default_factory=list)


def parse(stream: Stream) -> tuple[Parsed, tuple[TableAccount, ...]]:
    """The follow-ups of all tables, and what became of each row of every table that could hold any."""
    accounts: list[_Account] = []
    used: set[int] = set()
    columns: Columns | None = None
    for entry, table in stream.tables():
        found = read_columns(stream, table)
        header = 0
        if found is not None:
            columns, header = found
        elif columns is None or not _goes_on(stream, entry.index, table, columns, used):
            columns = None
            continue
        previous = accounts[-1].drafts[-1] if accounts and accounts[-1].drafts else None
        accounts.append(_read_rows(stream, entry.index, table, columns, header, previous))
        used.add(entry.index)
    followups, written = _finish(stream, accounts)
    return Parsed(NAME, tuple(followups), frozenset(used)), tuple(written)


def _goes_on(stream: Stream, index: int, table: Table, columns: Columns, used: set[int]) -> bool:
    """Whether a table without a heading of its own goes on from the one right before it, on the page before."""
    before = stream.entries[index - 1] if index else None
    follows = before is not None and before.index in used and before.page != table.page
    return follows and columns.width == len(table.rows[0]) and table.header_rows == 0


def _read_rows(
    stream: Stream, index: int, table: Table, columns: Columns, header: int, previous: _Draft | None
) -> _Account:
    account = _Account(table.page, len(table.rows))
    goal = board = None
    current = previous if header == 0 or (previous and previous.columns.headings == columns.headings) else None
    if current is not None:
        goal, board = current.goal, current.board
    is_first = True
    for number, row in enumerate(table.rows):
        texts = [cell.text for cell in row]
        filled = [i for i, cell in enumerate(row) if cell.text or cell.marks]
        if number < header or (account.drafts and _repeats_header(columns, row)):
            account.unmatched.append(_unmatched(table, texts, "rubrikrad"))
        elif not filled:
            account.unmatched.append(_unmatched(table, texts, "tom rad"))
        elif filled == [0] and len(row) > 1 and not _is_title_only(columns, row):
            goal, board = _section(stream, row[0].text, goal, board)
            account.unmatched.append(_unmatched(table, texts, "mellanrubrik"))
        elif _continues(columns, row, current, is_first):
            assert current is not None
            current.rows.append(row)
            current.title = " ".join(filter(None, (current.title, _title(columns, row))))
            account.unmatched.append(_unmatched(table, texts, "fortsättning på raden ovanför"))
        else:
            current = _Draft(index, [row], columns, goal, board, _inherited_title(columns, row, current))
            account.drafts.append(current)
            is_first = False
            continue
        is_first = is_first and number < header
    return account


def _repeats_header(columns: Columns, row: Row) -> bool:
    return any(cell.text for cell in row) and all(cell.text == columns.headings[i] for i, cell in enumerate(row))


def _is_title_only(columns: Columns, row: Row) -> bool:
    """A first cell alone is a heading between rows unless the titles stand there and it is as long as one."""
    title = columns.index("title")
    return title == 0 and len(row[0].text) > 120


def _section(stream: Stream, text: str, goal: str | None, board: str | None) -> tuple[str | None, str | None]:
    if stream.vocabulary.boards.resolve(text):
        return goal, text
    return (text, board) if goal_heading(text) else (goal, board)


def _title(columns: Columns, row: Row) -> str:
    title = columns.index("title")
    return "" if title is None else row[title].text


def _inherited_title(columns: Columns, row: Row, above: _Draft | None) -> str:
    """The row's title, or that of the row above where cells are merged downwards."""
    return _title(columns, row) or (above.title if above is not None else "")


def _continues(columns: Columns, row: Row, current: _Draft | None, is_first: bool) -> bool:
    """A row without a title belongs to the one above, unless it has a light of its own.

    At the top of a page a row can go on in any cell, its title too. It then lacks the board, and a light that is
    drawn there is that of the row above, since a cell's fill is drawn on both pages.
    """
    if current is None:
        return False
    title, status, board = columns.index("title"), columns.status(), columns.index("board")
    text = row[title].text if title is not None else ""
    light = row[status] if status is not None else None
    is_drawn_again = is_first and light is not None and not light.text and _colours(light) <= _light(current)
    has_own_light = light is not None and bool(light.text or light.marks) and not is_drawn_again
    if has_own_light:
        return False
    lacks_board = board is None or not row[board].text
    return not text or (is_first and status is not None and lacks_board and text[:1].islower())


def _colours(cell: Cell) -> set[str | None]:
    return {mark.colour for mark in cell.marks}


def _light(draft: _Draft) -> set[str | None]:
    status = draft.columns.status()
    return set() if status is None else _colours(draft.rows[0][status])


def _unmatched(table: Table, texts: list[str], reason: str) -> Unmatched:
    return Unmatched(page=table.page, text=" | ".join(text for text in texts if text)[:SAMPLE], reason=reason)


def _finish(stream: Stream, accounts: list[_Account]) -> tuple[list[FollowUp], list[TableAccount]]:
    followups: list[FollowUp] = []
    written: list[TableAccount] = []
    for account in accounts:
        made: list[FollowUp] = []
        for draft in account.drafts:
            followup = _followup(stream, draft)
            if followup is None:
                account.unmatched.append(_lost(stream, account, draft))
            else:
                made.append(followup)
        followups += made
        unmatched = tuple(account.unmatched)
        written.append(
            TableAccount(page=account.page, rows_seen=account.rows_seen, records=len(made), unmatched=unmatched)
        )
    return followups, written


def _lost(stream: Stream, account: _Account, draft: _Draft) -> Unmatched:
    """Why a row is no record: it says nothing of how things stand, or its title could not be found."""
    text = " | ".join(cell.text for cell in draft.rows[0] if cell.text)[:SAMPLE]
    reason = "varken status eller kommentar" if draft.title else "titeln saknas"
    return Unmatched(page=account.page, text=text, reason=reason, unexplained=not draft.title)


def _text(draft: _Draft, index: int | None, joiner: str) -> str:
    return "" if index is None else joiner.join(row[index].text for row in draft.rows if row[index].text)


def _followup(stream: Stream, draft: _Draft) -> FollowUp | None:
    columns = draft.columns
    above = stream.headings_above(draft.index)
    title_text = draft.title.replace("\n", " ")
    declared = _declared_of(stream, draft)
    comment = "\n".join(filter(None, (_text(draft, index, " ") for index in columns.indices("comment"))))
    if not title_text or not (declared or comment):
        return None
    title = board_title(title_text, stream.vocabulary.boards)
    board_text = _text(draft, columns.index("board"), " ") or (draft.board or "")
    boards = stream.vocabulary.boards.split(board_text) or ((board_text.replace("\n", " "),) if board_text else ())
    if not boards and title is not None:
        boards = title.boards
    boards, names = stream.with_names(boards, above)
    goal = _text(draft, columns.index("goal"), " ") or draft.goal or stream.goal(above)
    return FollowUp(
        kind=columns.kind,
        period=stream.period(draft.index, above, columns.period_heading()),
        goal=goal,
        boards=boards,
        board_names=names,
        assignment=title.text if title is not None else title_text,
        declared=declared,
        comment=comment,
        places=_places(draft),
        ocr=stream.document.ocr,
    )


def _declared_of(stream: Stream, draft: _Draft) -> Declared | None:
    status = draft.columns.status()
    if status is None:
        return None
    cell = draft.rows[0][status]
    text = cell.text.replace("\n", " ")
    declared = cell_light(stream, cell)
    if declared is None and text:
        declared = Declared(colour=None, as_written=text, source="text")
    trend = _trend(stream, draft)
    return declared.model_copy(update={"trend": trend}) if declared is not None and trend is not None else declared


def _trend(stream: Stream, draft: _Draft) -> Trend | None:
    index = draft.columns.index("trend")
    return None if index is None else stream.vocabulary.scale.trend(draft.rows[0][index].text)


def _places(draft: _Draft) -> tuple[Place, ...]:
    places = (Place.of(cell.place) for row in draft.rows for cell in row if cell.place is not None)
    return tuple(dict.fromkeys(places))
