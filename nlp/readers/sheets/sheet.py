"""One sheet's part as it is written: values, merged cells, conditional formats, what is hidden, where drawings are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from lxml import etree

from ljuskoll.nlp.errors import FileTooLargeError
from ljuskoll.nlp.readers.office.parts import (
    COMPONENT,
    Package,
    attribute,
    child,
    children,
    is_on,
    local,
    whole_number,
)
from ljuskoll.nlp.readers.sheets.refs import MAX_COLUMN, MAX_ROW, Area, Spot, area_of, areas_of, spot_of
from ljuskoll.nlp.readers.sheets.rules import Rule, read_rules
from ljuskoll.nlp.readers.sheets.styles import Styles
from ljuskoll.nlp.readers.sheets.text import Run, Text, read_text

MAX_CELLS = 400_000
"""More written cells than this are a database, not a report: 50,000 rows of eight columns."""
MAX_MERGES = 100_000
TOO_LARGE = "Arbetsboken har fler än {limit} ifyllda celler. Dela den och läs in delarna."
UNREADABLE: Text = (Run("\ufffd"),)
"""Stands for a text whose shared string is missing."""
BEYOND = 3
"""Painted cells without text count up to so many columns beyond the last text."""
BELOW = 60
"""And up to so many rows below the last text: a title merged downwards can cover them."""

Value: TypeAlias = Text | float | bool | None
_ELEMENTS = (
    "sheetFormatPr", "pane", "col", "row", "autoFilter", "mergeCell", "conditionalFormatting", "headerFooter",
    "drawing", "tablePart",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as stored; `value` is None for a cell that is only painted."""

    value: Value
    style: int
    is_error: bool = False


@dataclass(slots=True)
class Sheet:
    """All that one sheet's part says. `frozen` is the last row that stays in view, 0 for none."""

    cells: dict[Spot, RawCell] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[Area] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    usual_height: float = 15.0
    usual_width: float = 9.14
    frozen: int = 0
    filtered: Area | None = None
    margins: list[str] = field(default_factory=list)
    drawing: str = ""
    tables: list[str] = field(default_factory=list)
    uncached: int = 0
    errors: int = 0
    is_cut: bool = False


class SheetReader:
    """Reads the sheets of one workbook; counts their cells together, and the texts that are `missing`."""

    def __init__(self, package: Package, strings: Sequence[Text], styles: Styles) -> None:
        self._package = package
        self._strings = strings
        self._styles = styles
        self._painted = [style.fill is not None for style in styles.cells]
        self._columns: dict[str, int] = {}
        self._written = 0
        self.missing = 0

    def read(self, path: str) -> Sheet:
        """The sheet in this part. What a cut part still holds is read. Raises FileTooLargeError."""
        sheet = Sheet()
        rows = _Rows(sheet)
        try:
            for element in self._package.elements(path, *_ELEMENTS):
                if local(element) == "row":
                    self._row(element, rows)
                else:
                    self._other(element, sheet)
        except EOFError:
            sheet.is_cut = True
        return sheet

    def _row(self, element: etree._Element, rows: "_Rows") -> None:
        number = rows.begin(whole_number(element.get("r"), rows.number + 1))
        if is_on(element.get("hidden")):
            rows.sheet.hidden_rows.append(number)
        if element.get("ht"):
            rows.sheet.heights[number] = float(whole_number(element.get("ht"), int(rows.sheet.usual_height)))
        column = 0
        for cell in element:
            if not isinstance(cell.tag, str):
                continue
            column = self._column(cell.get("r"), column + 1)
            if column > MAX_COLUMN or number > MAX_ROW:
                continue
            style = whole_number(cell.get("s"))
            if len(cell) and (raw := self._cell(cell, style, rows.sheet)) is not None:
                self._count()
                rows.add(column, raw)
            elif style < len(self._painted) and self._painted[style]:
                rows.paint(column, style)

    def _count(self) -> None:
        self._written += 1
        if self._written > MAX_CELLS:
            raise FileTooLargeError(TOO_LARGE.format(limit=MAX_CELLS), COMPONENT)

    def _column(self, reference: str | None, default: int) -> int:
        letters = (reference or "").rstrip("0123456789")
        if letters not in self._columns:
            spot = spot_of(f"{letters}1")
            self._columns[letters] = 0 if spot is None else spot[1]
        return self._columns[letters] or default

    def _cell(self, cell: etree._Element, style: int, sheet: Sheet) -> RawCell | None:
        """The cell with its value; None where it holds none."""
        kind, written, has_formula = cell.get("t", "n"), None, False
        for part in cell:
            name = local(part)
            if name == "v":
                written = part.text
            elif name == "f":
                has_formula = True
            elif name == "is":
                text = read_text(part, self._styles.palette)
                return RawCell(text, style) if text else None
        if written is None or not written.strip():
            sheet.uncached += has_formula and kind != "str"
            return RawCell((Run(written),), style) if written and kind in ("s", "str") else None
        if kind == "e":
            sheet.errors += 1
        value = self._value(kind, written)
        return None if value == () else RawCell(value, style, kind == "e")

    def _value(self, kind: str, written: str) -> Value:
        if kind == "s":
            index = whole_number(written, -1)
            if 0 <= index < len(self._strings):
                return self._strings[index]
            self.missing += 1
            return UNREADABLE
        if kind == "b":
            return is_on(written.strip())
        if kind == "n":
            try:
                number = float(written)
            except ValueError:
                return (Run(written),)
            return number if abs(number) < float("inf") else (Run(written),)
        return (Run(written.removesuffix("T00:00:00") if kind == "d" else written),)

    def _other(self, element: etree._Element, sheet: Sheet) -> None:
        match local(element):
            case "sheetFormatPr":
                sheet.usual_height = float(whole_number(element.get("defaultRowHeight"), 15))
                sheet.usual_width = float(whole_number(element.get("defaultColWidth"), 9))
            case "pane" if element.get("state") in ("frozen", "frozenSplit") and not sheet.frozen:
                sheet.frozen = whole_number(element.get("ySplit"))
            case "col":
                _column_widths(element, sheet)
            case "autoFilter":
                sheet.filtered = sheet.filtered or area_of(element.get("ref", ""))
            case "mergeCell" if len(sheet.merges) < MAX_MERGES:
                if (area := area_of(element.get("ref", ""))) is not None:
                    sheet.merges.append(area)
            case "conditionalFormatting":
                areas = areas_of(element.get("sqref") or getattr(child(element, "sqref"), "text", "") or "")
                sheet.rules += read_rules(element, areas, self._styles)
            case "headerFooter":
                sheet.margins += [text for part in children(element) if (text := (part.text or "").strip())]
            case "drawing":
                sheet.drawing = sheet.drawing or attribute(element, "id")
            case "tablePart":
                sheet.tables.append(attribute(element, "id"))


@dataclass(slots=True)
class _Rows:
    """The row being read, and how far right and down the sheet's texts reach so far."""

    sheet: Sheet
    number: int = 0
    last_text_row: int = 0
    last_text_column: int = 0
    waiting: list[tuple[int, int]] = field(default_factory=list)

    def begin(self, number: int) -> int:
        """Begins the row of this number."""
        self.number = number
        self.waiting.clear()
        return number

    def add(self, column: int, cell: RawCell) -> None:
        """Takes up a cell with a value, and the painted ones before it."""
        self.last_text_row = self.number
        self.last_text_column = max(self.last_text_column, column)
        self.sheet.cells[self.number, column] = cell
        for painted, style in self.waiting:
            self.sheet.cells[self.number, painted] = RawCell(None, style)
        self.waiting.clear()

    def paint(self, column: int, style: int) -> None:
        """Takes up a painted cell that stands where it can belong to a text."""
        if column <= self.last_text_column + BEYOND and self.number <= self.last_text_row + BELOW:
            self.sheet.cells[self.number, column] = RawCell(None, style)
        elif len(self.waiting) < BELOW:
            self.waiting.append((column, style))


def _column_widths(element: etree._Element, sheet: Sheet) -> None:
    first, last = whole_number(element.get("min"), 1), whole_number(element.get("max"), 1)
    for column in range(max(1, first), min(last, first + 255) + 1):
        sheet.widths[column] = float(whole_number(element.get("width"), int(sheet.usual_width)))
    if is_on(element.get("hidden")) and 1 <= first <= last:
        sheet.hidden_columns.append(Area(1, first, MAX_ROW, min(last, MAX_COLUMN)))


def read_strings(package: Package, path: str | None, styles: Styles) -> Iterator[Text]:
    """The shared strings in order; a cut part gives those before the cut."""
    if path is None:
        return
    try:
        for element in package.elements(path, "si"):
            yield read_text(element, styles.palette)
    except EOFError:
        return
