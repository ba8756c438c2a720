"""Where a sheet's tables and lines of text stand: what blank rows and columns part, and what belongs together again."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from ljuskoll.nlp.readers.colours import colour_name
from ljuskoll.nlp.readers.sheets.looks import Looks
from ljuskoll.nlp.readers.sheets.refs import Area, Spot

DEEPEST = 30
"""How often a part is parted again."""
SAME_HEIGHT = 0.5
"""A column beyond a gap belongs to a table that is at most this much taller."""


class Region:
    """A part of a sheet: for each row its columns with content, in order; `columns` are those of all rows."""

    def __init__(self, rows: dict[int, list[int]]) -> None:
        self.rows = rows
        self.columns = sorted({column for columns in rows.values() for column in columns})
        self.area = Area(min(rows), self.columns[0], max(rows), self.columns[-1])

    def extend(self, other: "Region") -> None:
        """Adds the cells of a region that does not stand above."""
        is_beside = other.area.top <= self.area.bottom
        for row, columns in other.rows.items():
            self.rows[row] = sorted({*self.rows.get(row, ()), *columns})
        if is_beside:
            self.rows = dict(sorted(self.rows.items()))
        if not set(other.columns) <= set(self.columns):
            self.columns = sorted({*self.columns, *other.columns})
        one, two = self.area, other.area
        self.area = Area(one.top, min(one.left, two.left), max(one.bottom, two.bottom), max(one.right, two.right))

    def cells(self) -> Iterator[Spot]:
        """Its cells with content, row by row."""
        return ((row, column) for row, columns in self.rows.items() for column in columns)


def find_regions(looks: Looks, together: Sequence[Area]) -> list[Region]:
    """The regions from the top, those of one height from the left; `together` are ranges known to be one table."""
    rows: dict[int, list[int]] = {}
    for row, column in sorted(_solid(looks, together)):
        rows.setdefault(row, []).append(column)
    if not rows:
        return []
    parts = sorted(_parted(Region(rows), 0), key=lambda part: (part.area.top, part.area.left))
    return _joined(looks, parts)


def texts(looks: Looks, row: int, columns: Iterable[int]) -> list[int]:
    """The columns of a row whose cells hold text of their own."""
    return [column for column in columns if looks.at((row, column)).text]


def _solid(looks: Looks, together: Sequence[Area]) -> set[Spot]:
    """The cells with content: text, marks, what merged cells cover, and lights painted in rows with text."""
    solid = {spot for spot, seen in looks.cells.items() if seen.says}
    written: dict[int, int] = {}
    for row, _ in solid:
        written[row] = written.get(row, 0) + 1
    for spot, start in looks.covered.items():
        area = looks.merges[start]
        is_title = area.top == area.bottom and written.get(area.top, 0) <= 1
        if start in solid and not is_title:
            solid.add(spot)
    told = tuple(solid)
    for area in together:
        used = sorted({row for row, column in told if area.holds((row, column))})
        if used and area.right - area.left < 200:
            solid |= {(row, column) for row in used for column in range(area.left, area.right + 1)}
    lights = {spot for spot in looks.cells if spot not in solid and _is_light(looks, spot)}
    return solid | {spot for spot in lights if spot[0] in written or spot in looks.covered}


def _is_light(looks: Looks, spot: Spot) -> bool:
    """Whether a cell without text is painted as a light that its neighbours do not have."""
    row, column = spot
    paint = looks.at(spot).fill
    return colour_name(paint) in ("green", "yellow", "red", "blue") and all(
        looks.at((row, near)).fill != paint for near in (column - 1, column + 1)
    )


def _parted(region: Region, depth: int) -> Iterator[Region]:
    """Cut at blank rows, the parts at blank columns, and so on."""
    bands = [Region({row: region.rows[row] for row in band}) for band in _runs(sorted(region.rows))]
    for band in bands:
        groups = _runs(band.columns)
        if len(groups) == 1 or depth > DEEPEST:
            yield band
            continue
        for group in groups:
            first, last = group[0], group[-1]
            inside = {row: [c for c in columns if first <= c <= last] for row, columns in band.rows.items()}
            yield from _parted(Region({row: columns for row, columns in inside.items() if columns}), depth + 1)


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    """Sorted numbers as runs without a gap."""
    runs = [[numbers[0]]]
    for before, number in pairwise(numbers):
        if number - before > 1:
            runs.append([])
        runs[-1].append(number)
    return runs


def _joined(looks: Looks, parts: Sequence[Region]) -> list[Region]:
    """Parts on both sides of a blank column that are one table are one region again."""
    joined: list[Region] = []
    for part in parts:
        beside = joined[-1] if joined and _is_one_table(looks, joined[-1], part) else None
        if beside is None:
            joined.append(part)
            continue
        beside.extend(part)
    return joined


def _is_one_table(looks: Looks, left: Region, right: Region) -> bool:
    one, other = left.area, right.area
    if one.top != other.top or one.right >= other.left or other.left - one.right > 2:
        return False
    if min(len(left.rows), len(right.rows)) < 2 or len(left.columns) < 2:
        return False
    if _headings(looks, left) & _headings(looks, right):
        return False
    if len(right.columns) == 1:
        return len(right.rows) >= SAME_HEIGHT * len(left.rows) and len(right.rows) <= len(left.rows)
    return one.bottom == other.bottom


def _headings(looks: Looks, region: Region) -> set[str]:
    row = region.area.top
    return {looks.at((row, column)).text for column in region.rows[row]} - {""}
