"""Traffic lights drawn as lamps of which one is lit: one status, not three."""

from collections.abc import Sequence
from dataclasses import replace

from ljuskoll.nlp.document import BBox, Mark, MarkColour
from ljuskoll.nlp.readers.raw.lines import Word, union

LAMPS = 3
ALIKE = 0.1
"""Share of a lamp's size by which the lamps of one traffic light may differ, and stand out of line."""
BETWEEN = 0.25
"""White between two lamps at most, as a share of their size."""
UPRIGHT = 2.5
"""Height of lamps below each other, as a multiple of their width."""
UNLIT = (None, "grey")
_PLACES: dict[MarkColour | None, tuple[int, ...]] = {"red": (0, 2), "yellow": (1,), "green": (0, 2)}
"""Where among three lamps each colour shines."""


def with_one_lamp(marks: Sequence[Mark]) -> list[Mark]:
    """The marks with each three lamps that stand together, one lit and two grey, as one mark that is the lit lamp.

    It reaches over all three, so that it stands beside the text that the traffic light stands beside.
    """
    drawn = [mark for mark in marks if mark.source == "fill" and not mark.text and mark.place and mark.place.bbox]
    taken: dict[int, Mark | None] = {}
    for group in _groups(drawn):
        lit = [mark for mark in group if mark.colour not in UNLIT]
        is_one = len(group) == LAMPS and len(lit) == 1 and group.index(lit[0]) in _PLACES.get(lit[0].colour, ())
        if is_one and lit[0].place is not None:
            taken |= {id(mark): None for mark in group}
            place = replace(lit[0].place, bbox=union(map(_box, group)))
            taken[id(lit[0])] = replace(lit[0], place=place)
    return [kept for mark in marks if (kept := taken.get(id(mark), mark)) is not None]


def beside_text(box: BBox, words: Sequence[Word]) -> BBox:
    """Where a mark stands in the text: as drawn, but upright lamps beside the first line of the text to their left.

    They belong to all of a text that they stand beside, however far down. A mark between two lines of a title stands
    beside the upper one.
    """
    if box[3] - box[1] < UPRIGHT * (box[2] - box[0]):
        return _beside_upper_line(box, words)
    left = sorted((word for word in words if word.bbox[2] <= box[0]), key=lambda word: -word.bbox[3])
    first = next((word for word in left if word.bbox[1] < box[3] and word.bbox[3] > box[1]), None)
    if first is None:
        return box
    for word in left:
        is_alike = abs(word.size - first.size) <= ALIKE * first.size
        if is_alike and word.bbox[1] < first.bbox[1] and first.bbox[1] - word.bbox[3] <= first.size:
            first = word
    return box[0], first.bbox[1], box[2], first.bbox[3]


def _beside_upper_line(box: BBox, words: Sequence[Word]) -> BBox:
    """A mark's place, moved up to the line of bold type above where it stands between that line and the next."""
    middle = (box[1] + box[3]) / 2
    near = [word for word in words if word.bold and word.bbox[1] < box[3] and word.bbox[3] > box[1]]
    above = [word for word in near if word.bbox[3] <= middle + ALIKE * word.size]
    below = [word for word in near if word.bbox[1] >= middle - ALIKE * word.size]
    if not above or not below or len(above) + len(below) < len(near):
        return box
    upper, lower = above[0], below[0]
    is_one_text = upper.size == lower.size and abs(above[0].bbox[0] - below[0].bbox[0]) <= upper.size
    return (box[0], upper.bbox[1], box[2], upper.bbox[3]) if is_one_text else box


def _groups(marks: Sequence[Mark]) -> list[list[Mark]]:
    """The marks of one size that follow each other closely, below or beside each other."""
    groups: list[list[Mark]] = []
    for axis in (1, 0):
        for mark in sorted(marks, key=lambda mark: (_box(mark)[axis], _box(mark)[1 - axis])):
            near = next((group for group in groups if _follows(_box(group[-1]), _box(mark), axis)), None)
            if near is None:
                groups.append([mark])
            else:
                near.append(mark)
    return groups


def _follows(lamp: BBox, following: BBox, axis: int) -> bool:
    """Whether a lamp of the same size comes right after another one along an axis: 0 beside it, 1 below it."""
    size = lamp[2] - lamp[0]
    slack = ALIKE * size
    is_alike = all(abs(following[at + 2] - following[at] - size) <= slack for at in (0, 1))
    is_in_line = abs(following[1 - axis] - lamp[1 - axis]) <= slack
    return is_alike and is_in_line and -slack <= following[axis] - lamp[axis + 2] <= BETWEEN * size


def _box(mark: Mark) -> BBox:
    assert mark.place is not None and mark.place.bbox is not None
    return mark.place.bbox
