"""The lines of tables: as drawn, and those that a reader's eye adds where a table is only partly ruled."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pdfplumber.table import merge_edges
from pdfplumber.utils.geometry import filter_edges

from ljuskoll.nlp.document import BBox
from ljuskoll.nlp.readers.marks import Drawings
from ljuskoll.nlp.readers.pdf_file import Drawn, RawPage
from ljuskoll.nlp.readers.pdf_lines import Word, box_of, make_words

TOLERANCE = 3.0
"""Points within which lines are one line, meet, or go on."""
THIN = 3.0
SHORTEST_EDGE = 4.0
OPEN_COLUMNS = 3
"""Vertical rules that must end at the same height without a line across to be an open end of a table."""
ALIKE_RULES = 3
"""Horizontal rules of the same width that make a table without vertical rules."""
HIGHEST_ROW = 300.0
COLUMN_GAP = 6.0
"""Least white between two columns in points, from the first rule to the last."""
WHOLE_HEIGHT = 0.7
HEADING_ABOVE = 30.0
"""How far above its first rule a table's headings may reach."""


def table_edges(page: RawPage, drawings: Drawings) -> list[Drawn]:
    """Horizontal and vertical edges of all tables of the page (pdfplumber's edges)."""
    edges = merge_edges(list(_drawn_edges(page, drawings)), TOLERANCE, TOLERANCE, TOLERANCE, TOLERANCE)
    edges = filter_edges(edges, min_length=SHORTEST_EDGE)
    edges += _closing_edges(edges)
    groups = list(_alike_rules(edges))
    words = make_words(page.chars) if groups else []
    for group in groups:
        edges += _column_edges(group, edges, words)
    return edges


def _drawn_edges(page: RawPage, drawings: Drawings) -> Iterator[Drawn]:
    signs = {mark.place.bbox for mark in (*drawings.marks, *drawings.bars) if mark.place}
    for drawn in [*page.lines, *page.rects]:
        box = box_of(drawn)
        if box not in signs:
            yield from _box_edges(box)
    for drawn in page.curves:
        if box_of(drawn) not in signs:
            points = drawn["pts"]
            for (x0, y0), (x1, y1) in pairwise([*points, points[0]]):
                yield from _straight((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))


def _box_edges(box: BBox) -> Iterator[Drawn]:
    x0, top, x1, bottom = box
    if x1 - x0 <= THIN or bottom - top <= THIN:
        yield from _straight(box)
        return
    for side in ((x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)):
        yield from _straight(side)


def _straight(box: BBox) -> Iterator[Drawn]:
    """The box as a horizontal or vertical edge through its middle; nothing where it is neither."""
    x0, top, x1, bottom = box
    width, height = x1 - x0, bottom - top
    if height <= THIN and width > height:
        yield _horizontal(x0, x1, (top + bottom) / 2)
    elif width <= THIN and height > width:
        yield _vertical((x0 + x1) / 2, top, bottom)


def _horizontal(x0: float, x1: float, y: float) -> Drawn:
    edge = {"orientation": "h", "x0": x0, "x1": x1, "top": y, "bottom": y, "width": x1 - x0, "height": 0.0}
    return {"object_type": "line_edge", **edge}


def _vertical(x: float, top: float, bottom: float) -> Drawn:
    edge = {"orientation": "v", "x0": x, "x1": x, "top": top, "bottom": bottom, "width": 0.0, "height": bottom - top}
    return {"object_type": "line_edge", **edge}


def _closing_edges(edges: Sequence[Drawn]) -> list[Drawn]:
    """Lines across the open ends of columns: a row that breaks over a page has no rule where it breaks."""
    ends: dict[int, list[tuple[float, float]]] = {}
    for edge in edges:
        if edge["orientation"] == "v":
            for side in ("top", "bottom"):
                ends.setdefault(round(edge[side]), []).append((edge["x0"], edge[side]))
    groups = [group for group in ends.values() if len(group) >= OPEN_COLUMNS]
    rules = [edge for edge in edges if edge["orientation"] == "h"]
    return [
        _horizontal(min(group)[0], max(group)[0], group[0][1])
        for group in groups
        if not any(_meets(rule, x, y) for rule in rules for x, y in group)
    ]


def _meets(rule: Drawn, x: float, y: float) -> bool:
    return bool(abs(rule["top"] - y) <= TOLERANCE and rule["x0"] - TOLERANCE <= x <= rule["x1"] + TOLERANCE)


def _alike_rules(edges: Sequence[Drawn]) -> Iterator[list[Drawn]]:
    """Horizontal edges of the same place and width, from the top, that follow each other closely."""
    alike: dict[tuple[int, int], list[Drawn]] = {}
    for edge in edges:
        if edge["orientation"] == "h":
            alike.setdefault((round(edge["x0"] / TOLERANCE), round(edge["x1"] / TOLERANCE)), []).append(edge)
    for rules in alike.values():
        group: list[Drawn] = []
        for rule in sorted(rules, key=lambda rule: float(rule["top"])):
            if group and rule["top"] - group[-1]["top"] > HIGHEST_ROW:
                if len(group) >= ALIKE_RULES:
                    yield group
                group = []
            group.append(rule)
        if len(group) >= ALIKE_RULES:
            yield group


def _column_edges(rules: Sequence[Drawn], edges: Sequence[Drawn], words: Sequence[Word]) -> list[Drawn]:
    """The outer sides of a table of horizontal rules and, where none is drawn, what parts its columns."""
    x0, x1, top, bottom = rules[0]["x0"], rules[0]["x1"], rules[0]["top"], rules[-1]["top"]
    uprights = [edge["x0"] for edge in edges if _is_column_rule(edge, (x0, top, x1, bottom))]
    if any(abs(x - side) <= TOLERANCE for x in uprights for side in (x0, x1)):
        return []
    inside = [word for word in words if _is_within(word.bbox, (x0, top, x1, bottom))]
    separators = sorted({x for x in uprights if not _crosses(x, inside)}) or _gaps(inside)
    if not separators:
        return []
    heading = _heading_top(rules[0], separators, words)
    added = [_horizontal(x0, x1, heading)] if heading < top else []
    return [*added, *(_vertical(x, heading, bottom) for x in (x0, *separators, x1))]


def _is_column_rule(edge: Drawn, box: BBox) -> bool:
    """Whether this is a vertical edge that goes through nearly all of the box."""
    if edge["orientation"] != "v" or not box[0] - TOLERANCE <= edge["x0"] <= box[2] + TOLERANCE:
        return False
    reach = min(edge["bottom"], box[3]) - max(edge["top"], box[1])
    return bool(reach >= WHOLE_HEIGHT * (box[3] - box[1]))


def _crosses(x: float, words: Sequence[Word]) -> bool:
    return any(word.bbox[0] < x < word.bbox[2] for word in words)


def _is_within(inner: BBox, outer: BBox) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def _gaps(words: Sequence[Word]) -> list[float]:
    """Where no word stands, from left to right: just left of what comes after."""
    gaps: list[float] = []
    reached: float | None = None
    for word in sorted(words, key=lambda word: word.bbox[0]):
        if reached is not None and word.bbox[0] - reached >= COLUMN_GAP:
            gaps.append(word.bbox[0] - 2.0)
        reached = max(word.bbox[2], reached or word.bbox[2])
    return gaps


def _heading_top(first: Drawn, separators: Sequence[float], words: Sequence[Word]) -> float:
    """The top of headings above the first rule that keep to the columns; the rule itself where there are none."""
    above = (first["x0"], first["top"] - HEADING_ABOVE, first["x1"], first["top"])
    headings = [word for word in words if _is_within(word.bbox, above)]
    crossing = any(_crosses(x, headings) for x in separators)
    columns = {sum(x <= word.bbox[0] + TOLERANCE for x in separators) for word in headings}
    if crossing or len(columns) < 2:
        return float(first["top"])
    return min(word.bbox[1] for word in headings) - 1.0
