"""Whether a row goes on from the one above it, within a page or at the top of the next."""

from ljuskoll.nlp.document import Cell
from ljuskoll.nlp.layouts.cells import Row, drawn_light, flat, is_dash
from ljuskoll.nlp.layouts.drafts import Draft
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.layouts.table_columns import TableColumns
from ljuskoll.nlp.vocabulary.columns import Role, without_continued

_OWN: tuple[Role, ...] = ("board", "number")
"""Columns that each row of a table fills, if the table has them."""


def completes(above: Draft, row: Row, columns: TableColumns) -> bool:
    """Whether the first row of a page has the title of the page before's last row, whose title cell was left empty.

    No other column but the comments' is then filled in both.
    """
    title = columns.index("title")
    if title is None or not row[title].text.strip() or above.rows[0][title].text.strip() or len(above.rows) > 1:
        return False
    others = [index for index in range(len(row)) if index != title and index not in columns.comments]
    return not any(row[index].text.strip() and above.rows[0][index].text.strip() for index in others)


def continues(stream: Stream, above: Draft, row: Row, columns: TableColumns, *, is_first: bool) -> bool:
    """A row without a title belongs to the one above, unless it has a light, a number or a board of its own.

    At the top of a page a row can go on in any cell, its title too. It then lacks the board, and a light that is drawn
    there is that of the row above, since a cell's fill is drawn on both pages.
    """
    title = columns.index("title")
    text = flat(row[title].text) if title is not None else ""
    continued = without_continued(text)
    if continued is not None and (not continued or flat(above.title).startswith(continued)):
        return True
    if _has_own_light(stream, above, row, columns, is_first=is_first):
        return False
    has_board = _has(row, columns, "board") and not (is_first and _ends_board(stream, above, row, columns))
    if not text:
        has_comment = any(not is_dash(row[index].text) for index in columns.comments)
        return not _has(row, columns, "number") and not (has_board and has_comment)
    if not is_first or has_board:
        board = columns.index("board")
        is_same = board is not None and text == flat(above.title) and row[board].text == above.rows[0][board].text
        return is_first and is_same
    shows_status = columns.status is not None or columns.marked is not None
    return text == flat(above.title) or (shows_status and (text[:1].islower() or _lacks_all(row, columns)))


def _ends_board(stream: Stream, above: Draft, row: Row, columns: TableColumns) -> bool:
    """Whether the board's cell has the rest of a name that the row above begins ("Gemensamma", "räddningsnämnden")."""
    index, boards = columns.index("board"), stream.vocabulary.boards
    if index is None or not row[index].text[:1].islower():
        return False
    begun = flat(above.rows[-1][index].text)
    return boards.resolve(begun) is None and boards.resolve(flat(f"{begun} {row[index].text}")) is not None


def _has(row: Row, columns: TableColumns, role: Role) -> bool:
    index = columns.index(role)
    return index is not None and bool(row[index].text.strip())


def _lacks_all(row: Row, columns: TableColumns) -> bool:
    """Whether a row has none of what all rows of the table have, of two columns at least."""
    usual = [index for role in _OWN if (index := columns.index(role)) is not None and _is_full(columns, index)]
    status = columns.status if columns.status is not None else columns.marked
    if status is not None and columns.profiles[status].lights >= 0.9 * columns.profiles[status].rows:
        usual.append(status)
    return len(usual) > 1 and not any(row[index].text.strip() or row[index].marks for index in usual)


def _is_full(columns: TableColumns, index: int) -> bool:
    profile = columns.profiles[index]
    return profile.rows > 1 and profile.written >= 0.9 * profile.rows


def _has_own_light(stream: Stream, above: Draft, row: Row, columns: TableColumns, *, is_first: bool) -> bool:
    """Whether a row shows a status that is not the one above drawn again at the top of a page."""
    column = columns.status if columns.status is not None else columns.marked
    if column is None:
        return False
    cell = row[column]
    if columns.status is None:
        return drawn_light(stream, cell.marks) is not None and not is_first
    before = above.rows[0][column] if above.frame.columns.width == len(row) else Cell("")
    colours, known = ({mark.colour for mark in each.marks} for each in (cell, before))
    is_again = is_first and (not cell.text or cell.text == before.text) and colours <= known
    return bool(cell.text.strip() or cell.marks) and not is_again
