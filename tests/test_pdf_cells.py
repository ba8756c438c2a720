"""Ruling lines become the cells that pdfplumber, the oracle, finds between them."""

from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from ljuskoll.nlp.document import BBox
from ljuskoll.nlp.readers.pdf.cells import Edge, cell_groups, merged

TOLERANCE = 3.0

lines = st.sampled_from([0.0, 40.0, 80.0, 120.0, 160.0])
ends = st.sampled_from([0.0, 2.0, 40.0, 42.0, 44.0, 80.0, 120.0, 121.5, 160.0])
edges = st.lists(
    st.tuples(lines, ends, ends)
    .map(lambda edge: (edge[0], min(edge[1:]), max(edge[1:])))
    .filter(lambda edge: edge[1] < edge[2]),
    max_size=14,
)


def as_plumber(across: list[Edge], down: list[Edge]) -> list[dict[str, object]]:
    level = [
        {"orientation": "h", "x0": x0, "x1": x1, "top": y, "bottom": y, "width": x1 - x0, "height": 0.0}
        for y, x0, x1 in across
    ]
    upright = [
        {"orientation": "v", "x0": x, "x1": x, "top": top, "bottom": bottom, "width": 0.0, "height": bottom - top}
        for x, top, bottom in down
    ]
    return [{"object_type": "line_edge", **edge} for edge in (*level, *upright)]


def as_set(groups: list[list[BBox]]) -> set[frozenset[BBox]]:
    return {frozenset(group) for group in groups if len(group) > 1}


@settings(max_examples=200, deadline=None)
@given(edges, edges)
def test_cells_are_pdfplumbers(across: list[Edge], down: list[Edge]) -> None:
    mine = cell_groups(merged(across, TOLERANCE), merged(down, TOLERANCE), TOLERANCE)
    joined = merge_edges(as_plumber(across, down), TOLERANCE, TOLERANCE, TOLERANCE, TOLERANCE)
    theirs = intersections_to_cells(edges_to_intersections(joined, TOLERANCE, TOLERANCE))
    assert as_set(mine) == as_set(cells_to_tables(theirs) if theirs else [])


def test_edges_that_are_nearly_on_one_line_and_meet_are_one() -> None:
    assert merged([(10.0, 0.0, 20.0), (12.0, 22.0, 40.0), (10.0, 45.0, 50.0)], TOLERANCE) == [
        (pytest.approx(32 / 3), 0.0, 40.0),
        (pytest.approx(32 / 3), 45.0, 50.0),
    ]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 6), min_size=2, max_size=6), st.lists(st.integers(1, 6), min_size=2, max_size=6))
def test_every_cell_of_a_whole_grid_is_found(widths: list[int], heights: list[int]) -> None:
    xs = [0.0] + [20.0 * sum(widths[: number + 1]) for number in range(len(widths))]
    ys = [0.0] + [20.0 * sum(heights[: number + 1]) for number in range(len(heights))]
    (group,) = cell_groups([(y, 0.0, xs[-1]) for y in ys], [(x, 0.0, ys[-1]) for x in xs], TOLERANCE)
    assert set(group) == {(x0, top, x1, bottom) for (x0, x1), (top, bottom) in product(pairwise(xs), pairwise(ys))}
