"""Which rows of a table are its heading: a caption, group headings, headings, and what stands below them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ljuskoll.nlp.followup import Period
from ljuskoll.nlp.layouts.captions import lit_caption
from ljuskoll.nlp.layouts.cells import Row, filled, flat
from ljuskoll.nlp.layouts.column_roles import Headings, heading_roles, is_period, read_heading
from ljuskoll.nlp.layouts.earlier import with_earlier
from ljuskoll.nlp.layouts.legend import legend_rows
from ljuskoll.nlp.layouts.stream import Stream, ends_sentence
from ljuskoll.nlp.layouts.table_columns import TableColumns, columns_below
from ljuskoll.nlp.vocabulary.columns import is_sex

MAX_HEADER_ROWS = 5
MAX_CAPTION = 10
"""So many rows can stand above the heading."""
MAX_HEADING = 90
"""Characters of a column heading; longer texts stand in the rows below."""


@dataclass(frozen=True, slots=True)
class Header:
    """A table's columns, and how many of its rows are heading."""

    columns: TableColumns
    rows: int


def read_header(stream: Stream, rows: Sequence[Row], wanted: Period | None, marked_rows: int = 0) -> Header | None:
    """The heading of a table of follow-ups; None where it has none that we know.

    `wanted` is the period of the report, `marked_rows` how many rows the source marks as heading.
    """
    first = _first_heading(stream, rows)
    for last in range(first, min(first + MAX_HEADER_ROWS, len(rows))):
        if not _can_be_heading(stream, rows[last], is_marked=last < marked_rows):
            return None
        end = _end(stream, rows, _headings(rows[first : last + 1]), last + 1)
        headings = _headings(rows[first:end])
        columns = columns_below(stream, headings, heading_roles(stream, headings), rows[end:], wanted)
        if columns is not None:
            header = tuple(tuple(flat(cell.text) for cell in row) for row in rows[first:end])
            caption = tuple(flat(cell.text) for row in rows[:first] for cell in row if cell.text)
            return Header(with_earlier(replace(columns, header=header, caption=caption)), end)
        if not _is_group_row(stream, rows[last]):
            return None
    return None


def looks_like_heading(stream: Stream, row: Row) -> bool:
    """Whether a row in the middle of a table names columns: a title's and that of something about it."""
    texts = [flat(row[index].text) for index in filled(row)]
    if len(texts) < 2 or any(len(text) > MAX_HEADING for text in texts):
        return False
    roles = [column.role for text in texts if (column := stream.vocabulary.columns.read(text)) is not None]
    return "title" in roles and len(roles) * 2 > len(texts) and len(set(roles)) > 1


def _first_heading(stream: Stream, rows: Sequence[Row]) -> int:
    """The first row that is no caption across the table, and explains no scale."""
    above = rows[:MAX_CAPTION]
    legend = legend_rows(above, stream.vocabulary)
    names = (
        at
        for at, row in enumerate(above)
        if at not in legend and filled(row) not in ([], [0]) and lit_caption(stream, row) is None
    )
    return next(names, 0)


def _can_be_heading(stream: Stream, row: Row, *, is_marked: bool) -> bool:
    """Whether a row can name columns: short texts, no sentences, no lights but one and the same background."""
    texts = [flat(cell.text) for cell in row if cell.text.strip()]
    if any(stream.vocabulary.columns.read_own(text) for text in texts):
        return True
    if any(len(text) > MAX_HEADING or _is_statement(text) for text in texts):
        return False
    if is_marked:
        return True
    drawn = [declared.colour for cell in row if (declared := stream.drawn(cell.marks)) is not None]
    is_background = len(drawn) * 2 > len(row) and len(set(drawn)) == 1
    words = [text for text in texts if stream.vocabulary.scale.colour_word(text) is not None]
    return (not drawn or is_background) and not words


def _is_statement(text: str) -> bool:
    """Whether a text is a sentence; a question can head a column."""
    return ends_sentence(text) and not text.endswith("?") and len(text.split()) > 4


def _is_group_row(stream: Stream, row: Row) -> bool:
    """Whether more heading can follow a row: it leaves columns without words, or all that it says is known."""
    texts = [flat(cell.text) for cell in row if cell.text.strip()]
    if any(stream.vocabulary.scale.read(text) or stream.vocabulary.boards.split(text) for text in texts):
        return False
    known = [read_heading(stream, text) is not None or is_period(text) for text in texts]
    return all(known) or len(texts) * 2 <= len(row)


def _headings(rows: Sequence[Row]) -> Headings:
    width = len(rows[0])
    own: list[list[str]] = [[] for _ in range(width)]
    group: list[list[str]] = [[] for _ in range(width)]
    for number, row in enumerate(rows):
        above = ""
        for index, cell in enumerate(row):
            text = flat(cell.text)
            if text:
                above = text
                if text not in own[index]:
                    own[index].append(text)
            elif number + 1 < len(rows) and above and not own[index]:
                group[index].append(above)
    return Headings(tuple(map(tuple, own)), tuple(map(tuple, group)))


def _end(stream: Stream, rows: Sequence[Row], headings: Headings, end: int) -> int:
    """Where the heading ends: rows that only say more about columns that a row above has named belong to it."""
    while end < min(MAX_HEADER_ROWS, len(rows)) and _is_subheading(stream, rows[end], headings):
        end += 1
    return end


def _is_subheading(stream: Stream, row: Row, headings: Headings) -> bool:
    if filled(row) == [0]:
        return False
    new = [index for index in filled(row) if flat(row[index].text) not in headings.own[index]]
    texts = [flat(row[index].text) for index in new]
    if not new or any(not text or len(text) > MAX_HEADING for text in texts):
        return bool(filled(row)) and not new
    if 2 * len(new) <= len(filled(row)) and not any(cell.marks for cell in row):
        return True  # what it does not say again stands in columns that a row above only groups
    if _names_columns(stream, texts) and not all(headings.own):
        return True
    is_known = [read_heading(stream, text) is not None or is_sex(text) or is_period(text) for text in texts]
    titles = [i for i in new if (column := stream.vocabulary.columns.read(row[i].text)) and column.role == "title"]
    return all(is_known) and len(titles) <= 1 and not _names_titles(stream, headings, new)


def _names_columns(stream: Stream, texts: Sequence[str]) -> bool:
    """Whether most of some texts head columns, of more than one sort, and none of these is the titles'."""
    roles = [column.role for text in texts if (column := read_heading(stream, text)) is not None]
    return len(set(roles)) > 1 and len(roles) * 2 > len(texts) and "title" not in roles


def _names_titles(stream: Stream, headings: Headings, indices: Sequence[int]) -> bool:
    """Whether a row writes in the column whose titles a row above has named: it is a row of the table."""
    columns = heading_roles(stream, headings)
    return any(index in columns and columns[index].role == "title" for index in indices)
