"""The grid of a Word table: which cell begins in which column, without the slivers that dragging borders leaves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from lxml import etree

from ljuskoll.nlp.readers.docx.parts import W, local_name, word_child
from ljuskoll.nlp.readers.docx.runs import shown_content
from ljuskoll.nlp.readers.office.parts import children, whole_number

SLIVER = 180
"""Twentieths of a point; a narrower column that no cell has for itself is no column."""
MAX_COLUMNS = 256
Properties: TypeAlias = Mapping[str, etree._Element]

_OFF = frozenset({"0", "false", "off"})


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell by its first column; `goes_on` says that it only continues one to the left or above.

    `properties` are its own by their names.
    """

    element: etree._Element
    properties: Properties
    column: int
    span: int
    goes_on: bool


@dataclass(slots=True)
class GridRow:
    """A row's cells; `is_header` where the file says that it is repeated on each page."""

    cells: list[GridCell] = field(default_factory=list)
    is_header: bool = False


def read_grid(table: etree._Element) -> list[GridRow]:
    """The rows of a `w:tbl`, deleted ones left out."""
    merged: set[int] = set()
    rows = [_row(element, merged) for element in _inside(table, "tr") if not _is_deleted(element)]
    kept = _kept_columns(rows, [whole_number(column.get(f"{W}w")) for column in children(word_child(table, "tblGrid"))])
    for row in rows:
        row.cells = [_moved(cell, kept) for cell in row.cells]
    return rows


def _row(element: etree._Element, merged: set[int]) -> GridRow:
    """One row; `merged` are the columns in which a cell goes on downwards, and is kept up to date."""
    properties = _properties(element, "trPr")
    header = properties.get("tblHeader")
    row = GridRow(is_header=header is not None and header.get(f"{W}val") not in _OFF)
    column = _count(properties, "gridBefore", 0)
    for cell in _inside(element, "tc"):
        own = _properties(cell, "tcPr")
        span = _count(own, "gridSpan", 1)
        downwards, sideways = own.get("vMerge"), own.get("hMerge")
        goes_on = downwards is not None and downwards.get(f"{W}val") != "restart" and column in merged
        if downwards is not None:
            merged.add(column)
        else:
            merged.difference_update(range(column, column + span))
        is_beside = sideways is not None and sideways.get(f"{W}val") != "restart" and bool(row.cells)
        if column < MAX_COLUMNS:
            row.cells.append(GridCell(cell, own, column, span, goes_on or is_beside))
        column += span
    return row


def _inside(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, those in content controls and tracked insertions too."""
    for inner in element:
        tag = local_name(inner)
        if tag == name:
            yield inner
        elif tag == "sdt":
            content = shown_content(inner)
            if content is not None:
                yield from _inside(content, name)
        elif tag in ("ins", "moveTo", "customXml", "smartTag"):
            yield from _inside(inner, name)


def _is_deleted(row: etree._Element) -> bool:
    return word_child(row, "trPr", "del") is not None


def _kept_columns(rows: Sequence[GridRow], widths: Sequence[int]) -> list[int]:
    """The columns in which some cell begins, but for slivers that no cell has for itself."""
    narrow = {column for column, width in enumerate(widths) if 0 < width < SLIVER and column}
    cells = [cell for row in rows for cell in row.cells]
    own = {cell.column for cell in cells if narrow.issuperset(range(cell.column, cell.column + cell.span))}
    return sorted({cell.column for cell in cells} - (narrow - own))


def _moved(cell: GridCell, kept: Sequence[int]) -> GridCell:
    """The cell with columns counted among those that are kept."""
    column = sum(1 for one in kept if one < cell.column)
    span = sum(1 for one in kept if cell.column <= one < cell.column + cell.span)
    if (column, max(1, span)) == (cell.column, cell.span):
        return cell
    return replace(cell, column=column, span=max(1, span))


def _properties(element: etree._Element, name: str) -> Properties:
    found = element.find(W + name)
    return {} if found is None else {local_name(inner): inner for inner in found}


def _count(properties: Properties, name: str, default: int) -> int:
    element = properties.get(name)
    value = default if element is None else whole_number(element.get(f"{W}val"), default)
    return min(MAX_COLUMNS, max(default, value))
