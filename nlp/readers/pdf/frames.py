"""Frames: two boxes within each other of which only what lies between them is painted, as a border with sides."""

from collections.abc import Sequence

from ljuskoll.nlp.document import BBox

THINNEST = 0.1
"""Points; a thinner side is none."""


def frame_sides(boxes: Sequence[BBox], seen: BBox | None) -> list[BBox]:
    """What is painted between two boxes, one in the other: the left, right, upper and lower side, those that there are.

    `seen` is the box outside of which nothing shows, if there is one. Empty where the boxes make no frame.
    """
    if len(boxes) != 2:
        return []
    inner, outer = sorted(boxes, key=_area)
    if inner != common(inner, outer):
        return []
    x0, top, x1, bottom = outer
    sides = (
        (x0, top, inner[0], bottom),
        (inner[2], top, x1, bottom),
        (inner[0], top, inner[2], inner[1]),
        (inner[0], inner[3], inner[2], bottom),
    )
    shown = [side if seen is None else common(side, seen) for side in sides]
    return [side for side in shown if min(side[2] - side[0], side[3] - side[1]) >= THINNEST]


def _area(box: BBox) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def common(some: BBox, other: BBox) -> BBox:
    """What two boxes share; without width or height where they share nothing."""
    return max(some[0], other[0]), max(some[1], other[1]), min(some[2], other[2]), min(some[3], other[3])
