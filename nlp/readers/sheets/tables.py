"""A sheet's regions to items: tables with their headings, the lines above and below them as blocks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from ljuskoll.nlp.document import Block, Cell, Item, Mark, Table
from ljuskoll.nlp.readers.sheets.fills import find_lights
from ljuskoll.nlp.readers.sheets.headers import (
    Header,
    Hints,
    begins_another,
    begins_known,
    find_header,
    is_wordy,
    setting,
)
from ljuskoll.nlp.readers.sheets.looks import NOTHING, Looks, Seen
from ljuskoll.nlp.readers.sheets.refs import Spot
from ljuskoll.nlp.readers.sheets.regions import Region, find_regions, texts

TITLE_LEVEL = 3
"""Lines that look like headings stand below the sheet's name, whatever they say."""
LONGEST_TITLE = 150
SHORT_VALUE = 4
"""A number or a value of so few characters makes one line with the label before it ("Tertial 2")."""
LONGEST_FORM = 6
MAX_OPEN = 20
"""So many tables back a row after a blank one can belong to."""
ENOUGH_ROWS = 200
LARGER = 1.15


@dataclass(slots=True)
class _Open:
    """A table that may go on below a blank row; `waiting` are lines that stand below it so far."""

    region: Region
    header: Header
    waiting: list[Region] = field(default_factory=list)


def read_items(looks: Looks, hints: Hints, usual_size: float) -> list[tuple[Spot, Item]]:
    """The sheet's items, each with its first cell, in no order."""
    maker = _Maker(looks, hints, usual_size)
    regions = find_regions(looks, hints.tables)
    widest = max((len(region.columns) for region in regions), default=0)
    for region in regions:
        maker.add(region, widest)
    return maker.finished()


class _Maker:
    def __init__(self, looks: Looks, hints: Hints, usual_size: float) -> None:
        self._looks, self._hints, self._usual_size = looks, hints, usual_size
        self._open: list[_Open] = []
        self._items: list[tuple[Spot, Item]] = []

    def add(self, region: Region, widest: int) -> None:
        """Takes up a region: lines, a table of its own, or rows of the table above."""
        header = find_header(self._looks, region, self._hints)
        if header is not None and _is_form(self._looks, region, header, is_first=not self._open and widest > 2):
            header = None
        above = next((one for one in reversed(self._open[-MAX_OPEN:]) if _is_in_columns(one.region, region)), None)
        if header is None:
            if above is None:
                self._lines(region)
            elif _is_within(above.region, region):
                above.region.extend(region)
            else:
                above.waiting.append(region)
            return
        if above is not None and (_is_within(above.region, region) or _goes_on(self._looks, above, region, header)):
            for part in (*above.waiting, region):
                above.region.extend(part)
            above.waiting.clear()
            return
        self._open.append(_Open(region, header))

    def finished(self) -> list[tuple[Spot, Item]]:
        """Everything that was taken up."""
        for one in self._open:
            self._table(one.region, one.header)
            for lines in one.waiting:
                self._lines(lines)
        return self._items

    def _lines(self, region: Region, rows: Iterable[int] | None = None) -> None:
        for row in region.rows if rows is None else rows:
            for block in _blocks(self._looks, row, region.rows[row], self._usual_size):
                self._items.append(((row, region.rows[row][0]), block))

    def _table(self, region: Region, header: Header) -> None:
        """The lines above the table, the table, the notes below it; another table below its headings on its own."""
        rows = list(region.rows)
        if len(rows) == 1:
            self._lines(region)
            return
        first = rows.index(header.first)
        self._lines(region, rows[:first])
        after = range(first + max(1, header.rows), len(rows))
        cut = next((at for at in after if self._begins_another(region, rows, at, header)), len(rows))
        end = cut
        while end > first + 1 and cut < len(rows) and len(texts(self._looks, rows[end - 1], region.columns)) == 1:
            end -= 1
        last = end
        while last > first + 1 and _is_note(self._looks, rows[last - 1], region.columns):
            last -= 1
        self._items.append(
            ((rows[first], region.columns[0]), _table(self._looks, region, rows[first:last], header.rows))
        )
        self._lines(region, rows[last:end])
        if end < len(rows):
            rest = Region({row: region.rows[row] for row in rows[end:]})
            again = find_header(self._looks, rest, self._hints)
            if again is None:
                self._lines(rest)
            else:
                self._table(rest, again)

    def _begins_another(self, region: Region, rows: Sequence[int], at: int, header: Header) -> bool:
        return begins_known(self._hints, rows[at], region.columns) or begins_another(
            self._looks, region, rows, at, header
        )


def _is_in_columns(above: Region, region: Region) -> bool:
    one, other = above.area, region.area
    return one.left <= other.left and other.right <= one.right


def _is_within(above: Region, region: Region) -> bool:
    """Whether a region begins among the rows of a table that a row after a blank one has joined before it."""
    return above.area.top < region.area.top <= above.area.bottom


def _is_form(looks: Looks, region: Region, header: Header, *, is_first: bool) -> bool:
    """Whether a region is labels with values ("Period: | T2 2023"): by their colons, or few lines above the tables."""
    if len(region.columns) != 2:
        return False
    labels = [looks.at((row, region.columns[0])).text for row in region.rows]
    is_plain = not header.rows and not any(looks.at(spot).marks or looks.at(spot).fill for spot in region.cells())
    return all(label.endswith(":") for label in labels) or (is_first and is_plain and len(labels) <= LONGEST_FORM)


def _goes_on(looks: Looks, above: _Open, region: Region, header: Header) -> bool:
    """Whether a region is the rows after a blank one of the table above, and no table with headings of its own."""
    columns = above.region.columns
    first = header.first
    if len(above.region.rows) == 1:
        return not header.rows and is_wordy(looks, above.header.first, columns) and len(region.columns) > 1
    if header.rows and (above.header.rows or is_wordy(looks, first, columns)):
        same = _words(looks, first, columns) == _words(looks, above.header.first, columns)
        if same or setting(looks, first, columns) == setting(looks, above.header.first, columns):
            return same
        if not above.header.rows:
            return False
    if 2 * max(len(texts(looks, row, columns)) for row in region.rows) < len(columns):
        return False
    if len(region.rows) == 1 or not is_wordy(looks, first, columns):
        return True
    body = list(islice(above.region.rows, 1, ENOUGH_ROWS))
    return any(
        looks.at((first, column)).text in {looks.at((row, column)).text for row in body}
        for column in texts(looks, first, columns)
    )


def _words(looks: Looks, row: int, columns: Sequence[int]) -> list[str]:
    return [looks.at((row, column)).text for column in columns]


def _is_note(looks: Looks, row: int, columns: Sequence[int]) -> bool:
    """A sentence alone in its row, from the first column on."""
    written = texts(looks, row, columns)
    if written != columns[:1] or any(looks.at((row, column)).marks for column in columns):
        return False
    text = looks.at((row, written[0])).text
    return text.startswith("*") or (text.endswith(".") and " " in text)


def _table(looks: Looks, region: Region, rows: Sequence[int], header_rows: int) -> Table:
    columns = region.columns
    lights = find_lights(looks, rows, columns, header_rows)
    kept = [row for row in rows if any(looks.at((row, c)).says or (row, c) in lights for c in columns)]
    cells = []
    for row in kept:
        line = []
        own = set(region.rows[row])
        for column in columns:
            spot = row, column
            seen, place = looks.at(spot) if column in own else NOTHING, looks.place(spot)
            paint = (Mark("fill", lights[spot], "", place),) if spot in lights else ()
            is_covered = spot in looks.covered and looks.covered[spot] != spot and not (seen.says or paint)
            line.append(Cell("") if is_covered else Cell(seen.text, place, (*seen.marks, *paint), seen.is_bold))
        cells.append(tuple(line))
    return Table(tuple(cells), looks.page, min(header_rows, len(cells)))


def _blocks(looks: Looks, row: int, columns: Sequence[int], usual_size: float) -> Iterator[Block]:
    """A row outside tables: a label and its short value as one line, else one block a cell and paragraph."""
    seen = [(looks.at((row, column)), looks.place((row, column))) for column in columns]
    seen = [(cell, place) for cell, place in seen if cell.says]
    if len(seen) > 1 and all(_is_short(cell) for cell, _ in seen[1:]):
        text = " ".join(cell.text.replace("\n", " ") for cell, _ in seen if cell.text)
        marks = tuple(mark for cell, _ in seen for mark in cell.marks)
        yield Block(text, tuple(place for _, place in seen), marks=marks)
        return
    for cell, place in seen:
        is_title = (cell.is_bold or cell.size > LARGER * usual_size) and len(cell.text) <= LONGEST_TITLE
        for number, text in enumerate(cell.text.split("\n")):
            marks = cell.marks if number == 0 else ()
            if is_title and not text.endswith(".") and any(letter.isalpha() for letter in text):
                yield Block(text, (place,), "heading", TITLE_LEVEL, marks)
            else:
                yield Block(text, (place,), marks=marks)


def _is_short(cell: Seen) -> bool:
    return cell.is_number or len(cell.text) <= SHORT_VALUE
