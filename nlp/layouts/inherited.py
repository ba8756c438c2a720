"""What a row of a table takes over from the rows above it: a merged title, goal or board."""

from ljuskoll.nlp.layouts.cells import Row, flat, is_merged
from ljuskoll.nlp.layouts.drafts import Draft
from ljuskoll.nlp.layouts.profiles import MOST
from ljuskoll.nlp.layouts.table_columns import TableColumns
from ljuskoll.nlp.vocabulary.columns import Role


def inherits_title(columns: TableColumns, row: Row) -> bool:
    """Whether the title above can be merged over a row: it has text, no number, and no title cell of its own."""
    title, number = columns.index("title"), columns.index("number")
    place = row[title].place if title is not None else None
    has_own = place is not None and place.bbox is not None
    has_number = number is not None and bool(row[number].text.strip())
    return not has_own and not has_number and any(cell.text.strip() for cell in row)


def inherited(columns: TableColumns, above: Draft | None, row: Row, role: Role) -> str | None:
    """The goal or board in the cell above where it is merged over this row, or stated once for several rows."""
    index = columns.index(role)
    if index is None or above is None or not columns.is_like(above.frame.columns) or row[index].text.strip():
        return None
    if not (role == "goal" or is_merged(row, index) or _is_stated_once(columns, index)):
        return None
    return flat(above.text(index)) or (above.board if role == "board" else above.goal)


def _is_stated_once(columns: TableColumns, index: int) -> bool:
    """Whether a column's texts stand once for several rows each: few of the cells are filled, all with others."""
    column = columns.profiles.get(index)
    return column is not None and 2 <= column.written <= MOST * column.rows and column.distinct == column.written
