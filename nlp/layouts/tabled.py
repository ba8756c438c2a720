"""Tables: which of them hold follow-ups, how they hang together over pages, and what became of each of their rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from ljuskoll.nlp.document import Cell, Table
from ljuskoll.nlp.followup import FollowUp, TableAccount, Unmatched
from ljuskoll.nlp.layouts.accounts import UNKNOWN, Account
from ljuskoll.nlp.layouts.cells import Row, flat, sample
from ljuskoll.nlp.layouts.counted import account_of, counted_rows
from ljuskoll.nlp.layouts.drafts import NO_TITLE, Draft, frame_of, make_followup
from ljuskoll.nlp.layouts.earlier import earlier_drafts
from ljuskoll.nlp.layouts.headers import Header, read_header
from ljuskoll.nlp.layouts.items import Parsed
from ljuskoll.nlp.layouts.matrix import Matrix, find_matrix
from ljuskoll.nlp.layouts.profiles import MAX_ROWS, MIN_ROWS, guess_roles, profile
from ljuskoll.nlp.layouts.rows import read_rows
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.layouts.suspects import MAX_COLUMNS, looks_like_followups
from ljuskoll.nlp.layouts.table_columns import TableColumns, columns_of
from ljuskoll.nlp.layouts.ticks import Ticks, find_ticks
from ljuskoll.nlp.layouts.turned import heading_above, is_card, is_transposed, read_cards
from ljuskoll.nlp.vocabulary.columns import Column

NAME = "tabled"
_Unfolding = TypeVar("_Unfolding", Matrix, Ticks)
MAX_BETWEEN = 3
"""So many lines (a page number, a footnote) can stand between the two halves of a table."""
MAX_LINE = 100
MIN_UNHEADED = 2
"""So many rows without headings can be told by their cells; fewer than MIN_ROWS only where everything speaks for it."""


@dataclass(slots=True)
class _State:
    """The tables read so far; `last` is the entry of the latest, with its columns; `bare` has a heading and no rows."""

    accounts: list[Account] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    last: tuple[int, int, TableColumns] | None = None
    bare: Account | None = None

    def last_draft(self) -> Draft | None:
        """The last record to be of the latest table that has any."""
        return next((account.drafts[-1] for account in reversed(self.accounts) if account.drafts), None)

    def settle_bare(self) -> None:
        """No table goes on from the heading without rows."""
        if self.bare is not None:
            self.bare.mark_bare()
            self.bare = None


@dataclass(frozen=True, slots=True)
class _Part:
    """A table, or one of two that stand side by side in it, with its heading where it has one that we know."""

    index: int
    table: Table
    rows: tuple[Row, ...]
    header: Header | None


def parse(stream: Stream) -> tuple[Parsed, tuple[TableAccount, ...]]:
    """The follow-ups of all tables, and what became of each row of every table that could hold any."""
    state = _State()
    counting = frozenset(entry.index for entry, table in stream.tables() if counted_rows(stream, table))
    for part in _with_shared_columns(stream, list(_parts(stream))):
        if part.index in counting:
            state.accounts.append(account_of(part.table))
        else:
            _read(stream, state, part)
    state.settle_bare()
    followups: list[FollowUp] = []
    accounts = tuple(_finish(stream, account, followups) for account in state.accounts)
    return Parsed(NAME, tuple(followups), frozenset(state.used) | counting), accounts


def _parts(stream: Stream) -> Iterator[_Part]:
    ticks: Ticks | None = None
    matrix: Matrix | None = None
    for entry, table in stream.tables():
        if stream.vocabulary.columns.reads_page(table.page):
            above = stream.headings_above(entry.index)
            for half in _halves(stream, table):
                matrix = find_matrix(stream, half, stream.kind(above) or "assignment") or _going_on(matrix, half)
                rows = half if matrix is None else matrix.unfold(half)
                ticks = find_ticks(stream, rows) or _going_on(ticks, rows)
                rows = rows if ticks is None else ticks.merge(rows)
                wanted = stream.period(entry.index, above)
                yield _Part(entry.index, table, rows, read_header(stream, rows, wanted, table.header_rows))


def _going_on(above: _Unfolding | None, rows: Sequence[Row]) -> _Unfolding | None:
    """What the table above is, where rows without a heading can go on from it."""
    return above if above is not None and above.fits(rows) else None


def _with_shared_columns(stream: Stream, parts: Sequence[_Part]) -> Iterator[_Part]:
    """The parts with columns told by the cells of all that have the same heading: often one table on many pages."""
    bodies: dict[tuple[tuple[str, ...], ...], list[Row]] = {}
    for part in parts:
        if part.header is not None:
            rows = bodies.setdefault(part.header.columns.header, list(part.rows[: part.header.rows]))
            rows += part.rows[part.header.rows :][:MAX_ROWS]
    shared: dict[tuple[tuple[str, ...], ...], TableColumns] = {}
    for part in parts:
        header = part.header
        if header is None or len(bodies[header.columns.header]) == len(part.rows):
            yield part
            continue
        key = header.columns.header
        if key not in shared:
            wanted = stream.period(part.index, stream.headings_above(part.index))
            again = read_header(stream, bodies[key], wanted, header.rows)
            shared[key] = again.columns if again is not None and again.columns.header == key else header.columns
        yield replace(part, header=Header(shared[key], header.rows))


def _read(stream: Stream, state: _State, part: _Part) -> None:
    """Reads one table, or says that it looks like one that should have been read."""
    index, table, rows, header = part.index, part.table, part.rows, part.header
    goes_on = _goes_on(stream, state, index, table)
    cards = None
    if header is not None and is_card(stream, rows):
        header = None
    if header is None and is_transposed(stream, rows):
        rows = tuple(zip(*rows, strict=True))
        header = read_header(stream, rows, stream.period(index, stream.headings_above(index)))
    if header is None:
        cards = read_cards(stream, index, rows, table.page)
    if header is None and cards is None:
        header = _without_heading(stream, state, index, table, rows, goes_on=goes_on)
    if cards is not None:
        state.accounts.append(cards)
        state.used |= {index, *([index - 1] if heading_above(stream, index) == cards.drafts[0].title else [])}
        state.last = None
    elif header is not None:
        columns = header.columns
        is_same = state.last is not None and columns.is_like(state.last[2])
        previous = state.last_draft() if goes_on and is_same else None
        if header.rows:
            state.settle_bare()
        frame = frame_of(stream, index, columns)
        account = read_rows(stream, frame, rows, table.page, header.rows, previous)
        state.accounts.append(account)
        state.used.add(index)
        state.last = (index, table.page, columns)
        is_bare = header.rows == len(rows) and not _takes_block(stream, state, index, previous)
        state.bare = account if is_bare else None
    elif looks_like_followups(stream, table):
        state.accounts.append(_unread(table))
        state.last = None


def _takes_block(stream: Stream, state: _State, index: int, previous: Draft | None) -> bool:
    """Whether the text below a repeated heading without rows goes on from the last row above; then it is added."""
    entry = stream.entries[index + 1] if index + 1 < len(stream.entries) else None
    comments = previous.frame.columns.comments if previous is not None else ()
    if previous is None or not comments or entry is None or entry.block is None or not entry.text[:1].islower():
        return False
    place = entry.block.places[0] if entry.block.places else None
    width = previous.frame.columns.width
    previous.rows.append(tuple(Cell(entry.text, place) if i == comments[0] else Cell("") for i in range(width)))
    state.used.add(entry.index)
    return True


def _halves(stream: Stream, table: Table) -> Iterator[tuple[Row, ...]]:
    """The rows of a table; of two tables side by side under the same headings one after the other."""
    texts = [flat(cell.text) for cell in table.rows[0]]
    width = len(texts)
    for size in range(width // 2, 1, -1):
        is_twice = texts[:size] == texts[width - size :] and all(texts[:size]) and not any(texts[size : width - size])
        if is_twice and len(set(texts[:size])) > 1 and any(stream.vocabulary.columns.read(text) for text in texts):
            yield tuple(row[:size] for row in table.rows)
            yield tuple(row[width - size :] for row in table.rows)
            return
    yield table.rows


def _is_near(stream: Stream, state: _State, index: int, table: Table) -> bool:
    """Whether a table stands on the page of the one before it or the next, with a few lines between at most."""
    if state.last is None or not 0 <= table.page - state.last[1] <= 1:
        return False
    between = stream.entries[state.last[0] + 1 : index]
    return len(between) <= MAX_BETWEEN and all(e.block is not None and len(e.text) <= MAX_LINE for e in between)


def _goes_on(stream: Stream, state: _State, index: int, table: Table) -> bool:
    """Whether a table can go on from the one before it: near it, with no heading of a section between."""
    if state.last is None or not _is_near(stream, state, index, table):
        return False
    between = range(state.last[0] + 1, index)
    return not any(stream.is_section(each) or _is_marked_heading(stream, each) for each in between)


def _is_marked_heading(stream: Stream, index: int) -> bool:
    block = stream.entries[index].block
    return block is not None and block.kind == "heading"


def _without_heading(
    stream: Stream, state: _State, index: int, table: Table, rows: Sequence[Row], *, goes_on: bool
) -> Header | None:
    """The columns of a table without headings: those of the table it goes on from, those set, or unmistakable ones."""
    goes_on = goes_on or (state.bare is not None and _is_near(stream, state, index, table))
    is_unheaded = state.last is not None and not any(state.last[2].header)
    goes_on = goes_on or (is_unheaded and _is_near(stream, state, index, table))
    if goes_on and state.last is not None and table.header_rows == 0 and _fits(stream, state.last[2], rows):
        return Header(state.last[2], 0)
    own = _own_columns(stream, rows, table.header_rows)
    return own or _unmistakable(stream, index, rows, table.header_rows)


def _fits(stream: Stream, columns: TableColumns, rows: Sequence[Row]) -> bool:
    """Whether rows can stand below the headings of another table."""
    if columns.width != len(rows[0]):
        return False
    title = columns.index("title")
    titles = None if title is None else profile(stream, rows, title)
    if titles is not None and titles.holds_numbers:
        return False
    if columns.status is None:
        return True
    status, above = profile(stream, rows, columns.status), columns.profiles[columns.status]
    return not above.holds_lights or status.written == 0 or status.lights * 2 >= status.written


def _own_columns(stream: Stream, rows: Sequence[Row], header_rows: int) -> Header | None:
    """The columns that the user's settings give by their numbers."""
    roles = {number - 1: column for number, column in stream.vocabulary.columns.numbered}
    if not roles or max(roles) >= len(rows[0]):
        return None
    columns = columns_of(stream, roles, rows)
    if columns is None or columns.profiles[columns.index("title") or 0].holds_numbers:
        return None
    header = header_rows
    if not header and columns.status is not None and columns.profiles[columns.status].holds_lights:
        first = profile(stream, rows[:1], columns.status)
        header = int(first.written > 0 and not first.lights)
    return Header(columns, header)


def _unmistakable(stream: Stream, index: int, rows: Sequence[Row], header_rows: int) -> Header | None:
    """Columns told by their cells alone: lights in each row beside titles, and boards or a report that follows up."""
    rows = rows[header_rows:]
    if len(rows) < MIN_UNHEADED or len(rows[0]) > MAX_COLUMNS:
        return None
    profiles = [profile(stream, rows, column) for column in range(len(rows[0]))]
    roles = guess_roles(profiles)
    held = set(roles.values())
    status = next((i for i, role in roles.items() if role == "status"), None)
    if status is None or "title" not in held or not held & {"board", "comment"}:
        return None
    lights = profiles[status]
    is_clear = (
        lights.holds_lights and lights.lights >= 0.9 * max(lights.rows, 1) and profile(stream, rows[:1], status).lights
    )
    has_figures = sum(column.holds_numbers for column in profiles) > 1
    is_told, says_so = {"board", "comment"} <= held, stream.says_followup(index)
    if not is_clear or has_figures or not (is_told and says_so if len(rows) < MIN_ROWS else is_told or says_so):
        return None
    columns = columns_of(stream, {i: Column(role) for i, role in roles.items()}, rows[:MAX_ROWS])
    return None if columns is None else Header(columns, header_rows)


def _unread(table: Table) -> Account:
    """The account of a table that looks like a follow-up and could not be read: no row of it is explained."""
    account = Account(table.page, len(table.rows))
    for row in table.rows:
        account.skip(row, UNKNOWN, unexplained=True)
    return account


def _finish(stream: Stream, account: Account, followups: list[FollowUp]) -> TableAccount:
    """A table's account; its records are added to the others."""
    before, earlier = len(followups), 0
    unmatched = list(account.unmatched)
    for draft in account.drafts:
        made = [make_followup(stream, each) for each in (draft, *earlier_drafts(draft))]
        records = [each for each in made if isinstance(each, FollowUp)]
        followups += records
        earlier += max(0, len(records) - 1)
        if not records and isinstance(reason := made[0], str):
            text = sample(draft.rows[0])
            unmatched.append(Unmatched(page=account.page, text=text, reason=reason, unexplained=reason == NO_TITLE))
    return TableAccount(
        page=account.page,
        rows_seen=account.rows_seen,
        records=len(followups) - before,
        earlier=earlier,
        unmatched=tuple(unmatched),
    )
