"""Ruling lines to the cells between them, as pdfplumber finds them, but in time in proportion to the cells.

An edge is (where, start, end): a horizontal one (y, x0, x1), a vertical one (x, top, bottom).
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from statistics import fmean
from typing import TypeAlias

from ljuskoll.nlp.document import BBox
from ljuskoll.nlp.readers.raw.page import Point

Edge: TypeAlias = tuple[float, float, float]
_Ids: TypeAlias = tuple[int, ...]
_Crossings: TypeAlias = dict[Point, tuple[_Ids, _Ids]]
"""Where edges cross: the numbers of the vertical and of the horizontal edges that do."""


def merged(edges: Iterable[Edge], tolerance: float) -> list[Edge]:
    """The edges with those that are nearly on one line brought onto it, and those that go on in each other made one."""
    joined: list[Edge] = []
    for edge in sorted(_snapped(sorted(edges), tolerance)):
        where, start, end = edge
        if joined and joined[-1][0] == where and start <= joined[-1][2] + tolerance:
            joined[-1] = (where, joined[-1][1], max(joined[-1][2], end))
        else:
            joined.append(edge)
    return joined


def _snapped(edges: Sequence[Edge], tolerance: float) -> Iterator[Edge]:
    group: list[Edge] = []
    for edge in edges:
        if group and edge[0] > group[-1][0] + tolerance:
            yield from _on_one_line(group)
            group = []
        group.append(edge)
    yield from _on_one_line(group)


def _on_one_line(group: Sequence[Edge]) -> Iterable[Edge]:
    if not group or group[0][0] == group[-1][0]:
        return group
    where = fmean(edge[0] for edge in group)
    return [(where, start, end) for _, start, end in group]


def cell_groups(across: Sequence[Edge], down: Sequence[Edge], tolerance: float) -> list[list[BBox]]:
    """The cells of every connected grid of at least two cells; `across` are the horizontal edges."""
    cells = list(_cells(_crossings(across, down, tolerance)))
    return [group for group in _connected(cells) if len(group) > 1]


def _crossings(across: Sequence[Edge], down: Sequence[Edge], tolerance: float) -> _Crossings:
    found: dict[Point, tuple[list[int], list[int]]] = {}
    ordered = sorted(range(len(across)), key=lambda number: across[number])
    heights = [across[number][0] for number in ordered]
    for upright, (x, top, bottom) in enumerate(down):
        first, end = bisect_left(heights, top - tolerance), bisect_right(heights, bottom + tolerance)
        for number in ordered[first:end]:
            y, x0, x1 = across[number]
            if x0 - tolerance <= x <= x1 + tolerance:
                uprights, levels = found.setdefault((x, y), ([], []))
                uprights.append(upright)
                levels.append(number)
    return {point: (tuple(uprights), tuple(levels)) for point, (uprights, levels) in found.items()}


def _cells(crossings: _Crossings) -> Iterator[BBox]:
    """The smallest cell that has its top left corner at each crossing, if there is one."""
    columns: defaultdict[float, list[float]] = defaultdict(list)
    rows: defaultdict[float, list[float]] = defaultdict(list)
    for x, y in sorted(crossings):
        columns[x].append(y)
        rows[y].append(x)
    for point in sorted(crossings):
        corner = _opposite_corner(point, crossings, columns[point[0]], rows[point[1]])
        if corner is not None:
            yield (*point, *corner)


def _opposite_corner(
    point: Point, crossings: _Crossings, column: Sequence[float], row: Sequence[float]
) -> Point | None:
    x, y = point
    uprights, levels = crossings[point]
    next_right = bisect_right(row, x)
    for below in column[bisect_right(column, y) :]:
        left_uprights, lower_levels = crossings[x, below]
        if not _meet(uprights, left_uprights):
            continue
        for right in row[next_right:]:
            corner = crossings.get((right, below))
            if corner is None or not _meet(lower_levels, corner[1]):
                continue
            right_uprights, upper_levels = crossings[right, y]
            if _meet(levels, upper_levels) and _meet(right_uprights, corner[0]):
                return right, below
    return None


def _meet(some: _Ids, others: _Ids) -> bool:
    return some == others or any(one in others for one in some)


def _connected(cells: Sequence[BBox]) -> Iterable[list[BBox]]:
    """The cells in groups that share corners."""
    group_of = list(range(len(cells)))
    first_at: dict[Point, int] = {}

    def root(number: int) -> int:
        while group_of[number] != number:
            number = group_of[number] = group_of[group_of[number]]
        return number

    for number, (x0, top, x1, bottom) in enumerate(cells):
        for corner in ((x0, top), (x1, top), (x0, bottom), (x1, bottom)):
            other = first_at.setdefault(corner, number)
            if other != number:
                group_of[root(number)] = root(other)
    groups: defaultdict[int, list[BBox]] = defaultdict(list)
    for number, cell in enumerate(cells):
        groups[root(number)].append(cell)
    return groups.values()
