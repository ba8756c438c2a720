"""The lines of tables: as drawn, and those that a reader's eye adds where a table is only partly ruled."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from ljuskoll.nlp.document import BBox
from ljuskoll.nlp.readers.pdf.cells import Edge, merged
from ljuskoll.nlp.readers.pdf.marks import Drawings
from ljuskoll.nlp.readers.raw.lines import Word
from ljuskoll.nlp.readers.raw.page import RawPage, Shape, is_box

TOLERANCE = 3.0
"""Points within which lines are one line, meet, or go on."""
THIN = 3.0
SHORTEST_EDGE = 4.0
OPEN_COLUMNS = 3
"""Vertical rules that must end at the same height without a line across to be an open end of a table."""
ALIKE_RULES = 3
"""Horizontal rules of the same width that make a table without vertical rules."""
HIGHEST_ROW = 300.0
WHOLE_HEIGHT = 0.7
HEADING_ABOVE, HEADING_NEAR = 30.0, 10.0
"""How far above its first rule a table's headings may reach, and the last of them may end."""


def table_edges(page: RawPage, drawings: Drawings) -> tuple[list[Edge], list[Edge]]:
    """Horizontal and vertical edges of all tables of the page."""
    across, down = drawn_edges(page, drawings)
    across = [edge for edge in merged(across, TOLERANCE) if edge[2] - edge[1] >= SHORTEST_EDGE]
    down = [edge for edge in merged(down, TOLERANCE) if edge[2] - edge[1] >= SHORTEST_EDGE]
    across += _closing_edges(across, down)
    for group in list(_alike_rules(across)):
        headings, sides = _column_edges(group, down, page.words)
        across += headings
        down += sides
    return across, down


def drawn_edges(page: RawPage, drawings: Drawings) -> tuple[list[Edge], list[Edge]]:
    """The horizontal and the vertical edges of everything drawn that is no sign."""
    signs = {mark.place.bbox for mark in (*drawings.marks, *drawings.bars) if mark.place}
    across: list[Edge] = []
    down: list[Edge] = []
    for shape in page.shapes:
        if shape.bbox not in signs:
            for x0, top, x1, bottom in _sides(shape):
                width, height = x1 - x0, bottom - top
                if height <= THIN and width > height:
                    across.append(((top + bottom) / 2, x0, x1))
                elif width <= THIN and height > width:
                    down.append(((x0 + x1) / 2, top, bottom))
    return across, down


def _sides(shape: Shape) -> Iterator[BBox]:
    x0, top, x1, bottom = shape.bbox
    if len(shape.points) == 2 or x1 - x0 <= THIN or bottom - top <= THIN:
        yield shape.bbox
    elif is_box(shape):
        yield x0, top, x1, top
        yield x0, bottom, x1, bottom
        yield x0, top, x0, bottom
        yield x1, top, x1, bottom
    else:
        for (x0, y0), (x1, y1) in pairwise((*shape.points, shape.points[0])):
            yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _closing_edges(across: Sequence[Edge], down: Sequence[Edge]) -> list[Edge]:
    """Lines across the open ends of columns: a row that breaks over a page has no rule where it breaks."""
    ends: dict[int, list[tuple[float, float]]] = {}
    for x, top, bottom in down:
        for end in (top, bottom):
            ends.setdefault(round(end), []).append((x, end))
    groups = [group for group in ends.values() if len(group) >= OPEN_COLUMNS]
    return [
        (group[0][1], min(group)[0], max(group)[0])
        for group in groups
        if not all(any(_meets(rule, x, y) for rule in across) for x, y in group)
    ]


def _meets(rule: Edge, x: float, y: float) -> bool:
    return abs(rule[0] - y) <= TOLERANCE and rule[1] - TOLERANCE <= x <= rule[2] + TOLERANCE


def _alike_rules(across: Sequence[Edge]) -> Iterator[list[Edge]]:
    """Horizontal edges of the same place and width, from the top, that follow each other closely."""
    alike: dict[tuple[int, int], list[Edge]] = {}
    for edge in across:
        alike.setdefault((round(edge[1] / TOLERANCE), round(edge[2] / TOLERANCE)), []).append(edge)
    for rules in alike.values():
        group: list[Edge] = []
        for rule in sorted(rules):
            if group and rule[0] - group[-1][0] > HIGHEST_ROW:
                if len(group) >= ALIKE_RULES:
                    yield group
                group = []
            group.append(rule)
        if len(group) >= ALIKE_RULES:
            yield group


def _column_edges(rules: Sequence[Edge], down: Sequence[Edge], words: Sequence[Word]) -> tuple[list[Edge], list[Edge]]:
    """The outer sides of a table of horizontal rules and what parts its columns, where no side is drawn."""
    (top, x0, x1), bottom = rules[0], rules[-1][0]
    uprights = [edge[0] for edge in down if _is_column_rule(edge, (x0, top, x1, bottom))]
    if not uprights or any(abs(x - side) <= TOLERANCE for x in uprights for side in (x0, x1)):
        return [], []
    beside_headings = [edge[0] for edge in down if _is_column_rule(edge, (x0, top, x1, rules[1][0]))]
    rows = [
        (upper, lower, [word for word in words if _is_within(word.bbox, (x0, upper, x1, lower))])
        for (upper, *_), (lower, *_) in pairwise(rules)
    ]
    separators = sorted({x for x in (*uprights, *beside_headings) if _parts_columns(x, (x0, x1), rows)})
    if not separators:
        return [], []
    heading = _heading_top(rules[0], separators, words)
    if heading < top:
        rows.append((heading, top, []))
    inner = [(x, upper, lower) for upper, lower, inside in rows for x in separators if not _crosses(x, inside)]
    return [(heading, x0, x1)] if heading < top else [], [(x0, heading, bottom), *inner, (x1, heading, bottom)]


def _parts_columns(x: float, sides: tuple[float, float], rows: Iterable[tuple[float, float, Sequence[Word]]]) -> bool:
    """Whether no row has a word across this line; one that holds nothing else may stand across all columns."""
    is_inside = sides[0] + TOLERANCE < x < sides[1] - TOLERANCE
    return is_inside and not any(len(words) > 1 and _crosses(x, words) for _, _, words in rows)


def _is_column_rule(edge: Edge, box: BBox) -> bool:
    """Whether this is a vertical edge that goes through nearly all of the box."""
    if not box[0] - TOLERANCE <= edge[0] <= box[2] + TOLERANCE:
        return False
    reach = min(edge[2], box[3]) - max(edge[1], box[1])
    return reach >= WHOLE_HEIGHT * (box[3] - box[1])


def _crosses(x: float, words: Sequence[Word]) -> bool:
    return any(word.bbox[0] < x < word.bbox[2] for word in words)


def _is_within(inner: BBox, outer: BBox) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def _heading_top(first: Edge, separators: Sequence[float], words: Sequence[Word]) -> float:
    """The top of headings above the first rule that keep to the columns; the rule itself where there are none."""
    top, x0, x1 = first
    headings = [word for word in words if _is_within(word.bbox, (x0, top - HEADING_ABOVE, x1, top))]
    crossing = any(_crosses(x, headings) for x in separators)
    columns = {sum(x <= word.bbox[0] + TOLERANCE for x in separators) for word in headings}
    if crossing or len(columns) < 2 or max(word.bbox[3] for word in headings) < top - HEADING_NEAR:
        return top
    return min(word.bbox[1] for word in headings) - 1.0
