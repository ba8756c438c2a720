"""Tables of web pages with their merged cells spread out."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml.html import HtmlElement

from ljuskoll.nlp.document import Cell, Mark, Place, Table
from ljuskoll.nlp.readers.clean import single_spaced
from ljuskoll.nlp.readers.html.marks import mark_of

_BREAKS = frozenset({"br", "p", "div", "li", "tr", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6"})
_BOLD = frozenset({"th", "b", "strong"})
_PLACE = Place(1)
MAX_BADGE = 60
"""Characters of a status beside its light, or of a column's heading."""


def is_data_table(element: HtmlElement, styles: Mapping[str, str]) -> bool:
    """Whether the element is a table of data: at least two columns and two rows, and no table inside it.

    A small table within a cell, drawn for the sake of a light or a frame, does not make a page's layout of it.
    """
    if element.get("role") == "presentation" or not _holds_badges(element, styles):
        return False
    rows = list(_own_rows(element))
    return len(rows) >= 2 and max(len(_cells(row)) for row in rows) >= 2


def _holds_badges(element: HtmlElement, styles: Mapping[str, str]) -> bool:
    """Whether all tables within a table are lights with a few words, or frames around a cell's text."""
    inner = element.findall(".//table")
    if not inner:
        return True
    if any(element.find(f".//h{level}") is not None for level in range(1, 7)):
        return False
    is_headed = _is_headed(element)
    is_told = is_headed or any(_is_drawn(table, styles) for table in inner)
    return is_told and all(_is_badge(table) or (is_headed and _is_frame(table)) for table in inner)


def _is_badge(table: HtmlElement) -> bool:
    """Whether a table is one row with no more words than a status has."""
    is_row = len(list(table.iter("tr"))) == 1 and table.find(".//table") is None
    return is_row and len(single_spaced(table.text_content())) <= MAX_BADGE


def _is_drawn(table: HtmlElement, styles: Mapping[str, str]) -> bool:
    """Whether something is drawn in a table that may be a light."""
    return any(mark_of(part, styles) is not None for part in table.iter("td", "th", "img", "span", "svg"))


def _is_frame(table: HtmlElement) -> bool:
    """Whether a table is one cell."""
    return table.find(".//table") is None and [len(_cells(row)) for row in table.iter("tr")] == [1]


def _is_headed(element: HtmlElement) -> bool:
    """Whether a table's first row is short texts in all its cells, as headings of columns are."""
    first = next(_own_rows(element), None)
    texts = [single_spaced(cell.text_content()) for cell in _cells(first)] if first is not None else []
    return len(texts) > 1 and all(0 < len(text) <= MAX_BADGE for text in texts)


def _own_rows(element: HtmlElement) -> Iterator[HtmlElement]:
    """The rows of a table but not of those within it."""
    return (row for row in element.iter("tr") if next(row.iterancestors("table"), None) is element)


def _cells(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if cell.tag in {"td", "th"}]


def read_table(element: HtmlElement, styles: Mapping[str, str]) -> Table:
    """The table; a cell over several rows is repeated in each, one over several columns stands in the first."""
    grid: list[list[Cell]] = []
    hanging: dict[int, tuple[int, Cell]] = {}
    header_rows = 0
    for row in _own_rows(element):
        cells = _cells(row)
        if not cells:
            continue
        if len(grid) == header_rows and (_in_head(row) or all(cell.tag == "th" for cell in cells)):
            header_rows += 1
        grid.append(_row(cells, hanging, styles))
    width = max(len(row) for row in grid)
    filled = [[*row, *(Cell("", _PLACE) for _ in range(width - len(row)))] for row in grid]
    rows = tuple(tuple(row) for row in _without_design(filled))
    return Table(rows, 1, header_rows if header_rows < len(rows) else 0)


def _without_design(rows: list[list[Cell]]) -> list[list[Cell]]:
    """The rows without the background that most cells of a row, or all written cells of a column, share."""
    fills = [[next((m.colour for m in cell.marks if m.source == "fill"), None) for cell in row] for row in rows]
    for number, row in enumerate(rows):
        colour, count = Counter(filter(None, fills[number])).most_common(1)[0] if any(fills[number]) else (None, 0)
        if count >= 2 and 2 * count > len(row):
            rows[number] = [_unfilled(cell) if fills[number][at] == colour else cell for at, cell in enumerate(row)]
    for column in range(len(rows[0])):
        if len(rows) >= 3 and len({fill[column] for fill in fills}) == 1 and all(row[column].text for row in rows):
            for row in rows:
                row[column] = _unfilled(row[column])
    return rows


def _unfilled(cell: Cell) -> Cell:
    return replace(cell, marks=tuple(mark for mark in cell.marks if mark.source != "fill"))


def _in_head(row: HtmlElement) -> bool:
    parent = row.getparent()
    return parent is not None and parent.tag == "thead"


def _row(cells: list[HtmlElement], hanging: dict[int, tuple[int, Cell]], styles: Mapping[str, str]) -> list[Cell]:
    """One row; `hanging` maps a column to the rows that a cell above still covers, and is kept up to date."""
    row: list[Cell] = []
    waiting = list(cells)
    while waiting or len(row) in hanging:
        column = len(row)
        if column in hanging:
            left, cell = hanging.pop(column)
            row.append(cell)
            if left > 1:
                hanging[column] = (left - 1, cell)
            continue
        element = waiting.pop(0)
        cell = _cell(element, styles)
        for offset in range(_span(element, "colspan")):
            part = cell if offset == 0 else Cell("")
            row.append(part)
            if _span(element, "rowspan") > 1:
                hanging[column + offset] = (_span(element, "rowspan") - 1, part)
    return row


def _span(element: HtmlElement, name: str) -> int:
    value = (element.get(name) or "1").strip()
    return max(1, min(int(value), 1000)) if value.isdecimal() else 1


def _cell(element: HtmlElement, styles: Mapping[str, str]) -> Cell:
    parts = [part for part in element.iter() if isinstance(part.tag, str)]
    marks = tuple(mark for part in parts if (mark := mark_of(part, styles)) is not None)
    paragraphs = [single_spaced(part) for part in "".join(_texts(element)).split("\x00")]
    return Cell("\n".join(part for part in paragraphs if part), _PLACE, _distinct(marks), _is_bold(element))


def _is_bold(element: HtmlElement) -> bool:
    """Whether all of a cell's text is set in bold, as a row's heading is."""
    plain = [part for part in element.iter() if isinstance(part.tag, str) and _has_own_text(part)]
    return bool(plain) and all(_BOLD & {above.tag for above in (part, *part.iterancestors())} for part in plain)


def _has_own_text(element: HtmlElement) -> bool:
    return any((text or "").strip() for text in (element.text, *(child.tail for child in element)))


def _distinct(marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    return tuple(dict.fromkeys(marks))


def _texts(element: HtmlElement) -> Iterator[str]:
    if element.tag in {"script", "style"}:
        return
    yield element.text or ""
    for child in element:
        is_break = child.tag in _BREAKS
        if is_break:
            yield "\x00"
        yield from _texts(child)
        if is_break:
            yield "\x00"
        yield child.tail or ""
