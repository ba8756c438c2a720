"""Tables of web pages with their merged cells spread out."""

from collections.abc import Iterator

from lxml.html import HtmlElement

from ljuskoll.nlp.document import Cell, Mark, Place, Table
from ljuskoll.nlp.readers.clean import single_spaced
from ljuskoll.nlp.readers.html_marks import mark_of

_BREAKS = frozenset({"br", "p", "div", "li", "tr", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6"})
_PLACE = Place(1)


def is_data_table(element: HtmlElement) -> bool:
    """Whether the element is a table of data: no table inside it, at least two columns and two rows."""
    if element.find(".//table") is not None or element.get("role") == "presentation":
        return False
    rows = list(element.iter("tr"))
    return len(rows) >= 2 and max(sum(1 for cell in row if cell.tag in {"td", "th"}) for row in rows) >= 2


def read_table(element: HtmlElement) -> Table:
    """The table; a cell over several rows is repeated in each, one over several columns stands in the first."""
    grid: list[list[Cell]] = []
    hanging: dict[int, tuple[int, Cell]] = {}
    header_rows = 0
    for row in element.iter("tr"):
        cells = [cell for cell in row if cell.tag in {"td", "th"}]
        if not cells:
            continue
        if len(grid) == header_rows and (_in_head(row) or all(cell.tag == "th" for cell in cells)):
            header_rows += 1
        grid.append(_row(cells, hanging))
    width = max(len(row) for row in grid)
    rows = tuple((*row, *(Cell("", _PLACE) for _ in range(width - len(row)))) for row in grid)
    return Table(rows, 1, header_rows if header_rows < len(rows) else 0)


def _in_head(row: HtmlElement) -> bool:
    parent = row.getparent()
    return parent is not None and parent.tag == "thead"


def _row(cells: list[HtmlElement], hanging: dict[int, tuple[int, Cell]]) -> list[Cell]:
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
        cell = _cell(element)
        for offset in range(_span(element, "colspan")):
            part = cell if offset == 0 else Cell("", _PLACE)
            row.append(part)
            if _span(element, "rowspan") > 1:
                hanging[column + offset] = (_span(element, "rowspan") - 1, part)
    return row


def _span(element: HtmlElement, name: str) -> int:
    value = (element.get(name) or "1").strip()
    return max(1, min(int(value), 1000)) if value.isdecimal() else 1


def _cell(element: HtmlElement) -> Cell:
    marks = tuple(mark for part in element.iter() if isinstance(part.tag, str) and (mark := mark_of(part)) is not None)
    paragraphs = [single_spaced(part) for part in "".join(_texts(element)).split("\x00")]
    return Cell("\n".join(part for part in paragraphs if part), _PLACE, _distinct(marks))


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
