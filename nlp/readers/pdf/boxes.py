"""Boxes on a page: what covers what, and what lies where."""

from ljuskoll.nlp.document import BBox


def covers(outer: BBox, inner: BBox) -> float:
    """The share of `inner` that `outer` covers, 0 to 1."""
    width = min(outer[2], inner[2]) - max(outer[0], inner[0])
    height = min(outer[3], inner[3]) - max(outer[1], inner[1])
    area = (inner[2] - inner[0]) * (inner[3] - inner[1])
    return width * height / area if width > 0 and height > 0 and area > 0 else 0.0


def is_inside(point: tuple[float, float], box: BBox) -> bool:
    """Whether the point lies in the box."""
    return box[0] <= point[0] < box[2] and box[1] <= point[1] < box[3]


def centre(box: BBox) -> tuple[float, float]:
    """The middle of the box."""
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
