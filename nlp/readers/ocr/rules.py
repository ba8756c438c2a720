"""Ruling lines of a scanned page from its pixels."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from ljuskoll.nlp.readers.ocr.colours import Patch
from ljuskoll.nlp.readers.ocr.sheet import PIXELS_A_POINT, Bytes, Mask, PixelBox

CONTRAST = 14
"""How much darker (of 255) than what lies on both sides a rule is: tables are often ruled in light grey."""
SHORTEST = round(13 * PIXELS_A_POINT)
ALONE = round(150 * PIXELS_A_POINT)
"""A line that meets no other must be this long to be a rule."""
SMALLEST_TABLE = round(60 * PIXELS_A_POINT)
"""Rules that meet, but reach no further than this, are parts of letters."""
THICKEST = round(2.8 * PIXELS_A_POINT)
DENSE = 0.88
"""Least share of a rule that the scanner caught; rows of letters reach 0.7."""
EVEN, CLEAR = 0.7, 0.22
"""Least share of a rule's length that is as thick as most of it, highest share of ink right beside it."""
EDGE = round(5 * PIXELS_A_POINT)
"""Where pages end there are shadows."""
BESIDE = 4
"""Pixels around a painted ground where a rule may part it from the next."""
EVEN_GROUND = 200
"""How light (0-255) a painted ground is shown where lighter rules on it are looked for."""
REACH = round(2.5 * PIXELS_A_POINT)
"""How near two rules come where they meet."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The boxes of the horizontal and the vertical rules."""

    across: tuple[PixelBox, ...]
    upright: tuple[PixelBox, ...]

    def pixels(self, shape: tuple[int, ...]) -> Mask:
        """The pixels of all rules, with their blurred edges."""
        drawn = np.zeros(shape, dtype=bool)
        for left, top, right, bottom in (*self.across, *self.upright):
            drawn[max(0, top - 1) : bottom + 1, max(0, left - 1) : right + 1] = True
        return drawn


def find_rules(colour: Bytes, grey: Bytes, patches: Sequence[Patch], bars: Sequence[PixelBox] = ()) -> Rules:
    """All rules on a page: dark ones anywhere but in coloured bars, those of any other colour on painted grounds.

    grey: the page in grey. patches: the grounds.
    """
    light = _on_grounds(colour, patches)
    grounds = [patch.box for patch in patches]
    painted = np.zeros(grey.shape, dtype=bool)
    for left, top, right, bottom in bars:
        painted[top:bottom, left:right] = True
    across = [*_lines(grey, painted), *_lines(light, painted)]
    upright = [_turned(box) for box in (*_lines(grey.T, painted.T), *_lines(light.T, painted.T))]
    level = [*across, *(side for ground in grounds for side in _level_sides(ground))]
    steep = [*upright, *(_turned(side) for ground in grounds for side in _level_sides(_turned(ground)))]
    kept = _without_letters(_kept(across, steep), _kept(upright, level), grounds)
    return Rules(tuple(box for box in across if box in kept), tuple(box for box in upright if box in kept))


def _on_grounds(colour: Bytes, grounds: Sequence[Patch]) -> Bytes:
    """What has more of some colour than the ground it is on as dark; everything else as dark too."""
    shown = np.zeros(colour.shape[:2], dtype=np.uint8)
    for ground in grounds:
        left, top, right, bottom = ground.box
        place = slice(max(0, top - BESIDE), bottom + BESIDE), slice(max(0, left - BESIDE), right + BESIDE)
        more = (colour[place].astype(np.int16) - np.array(ground.rgb, dtype=np.int16)).max(axis=2)
        shown[place] = np.clip(EVEN_GROUND - more, 0, 255)
    return shown


def _level_sides(box: PixelBox) -> tuple[PixelBox, PixelBox]:
    left, top, right, bottom = box
    return (left, top, right, top), (left, bottom, right, bottom)


def _lines(grey: Bytes, painted: Mask) -> list[PixelBox]:
    """The boxes of long thin dark runs from left to right."""
    smooth = ndimage.uniform_filter1d(grey, 3, axis=1)
    around = 2 * THICKEST + 1
    ground = ndimage.minimum_filter1d(ndimage.maximum_filter1d(smooth, around, axis=0), around, axis=0)
    dark = (ground - smooth > CONTRAST) & ~painted
    dense = ndimage.uniform_filter1d(dark.astype(np.float32), SHORTEST, axis=1) >= DENSE
    runs = ndimage.maximum_filter1d(dense, SHORTEST, axis=1) & ndimage.maximum_filter1d(dark, 5, axis=1)
    labels, _ = ndimage.label(runs, structure=np.ones((3, 3)))
    boxes = []
    for index, (rows, columns) in enumerate(ndimage.find_objects(labels), start=1):
        box = columns.start, rows.start, columns.stop, rows.stop
        thick = (labels[rows, columns] == index).sum(axis=0)
        if columns.stop - columns.start >= SHORTEST and np.median(thick) <= THICKEST and _is_rule(box, dark):
            boxes.append(box)
    return boxes


def _is_rule(box: PixelBox, dark: Mask) -> bool:
    """Whether the ink is here, equally thick, and not right above or below: rows of letters have it on one side."""
    left, top, right, bottom = box
    if top < EDGE or bottom > dark.shape[0] - EDGE:
        return False
    thick = dark[top:bottom, left:right].sum(axis=0)
    even = np.abs(thick - np.median(thick)) <= 1
    sides = dark[top - 4 : top - 2, left:right], dark[bottom + 2 : bottom + 4, left:right]
    return bool(even.mean() >= EVEN) and all(float(side.mean()) < CLEAR for side in sides)


def _kept(lines: list[PixelBox], others: list[PixelBox]) -> list[PixelBox]:
    """The lines that are long or meet one of the others."""
    return [
        box
        for box in lines
        if max(box[2] - box[0], box[3] - box[1]) >= ALONE or any(_meet(box, other) for other in others)
    ]


def _without_letters(across: list[PixelBox], upright: list[PixelBox], grounds: Sequence[PixelBox]) -> set[PixelBox]:
    """The rules without those that, with all that they meet, are as small as letters: rows of serifs and stems."""
    kept: set[PixelBox] = set()
    left = [*across, *upright, *grounds]
    while left:
        group, left = [left[0]], left[1:]
        for one in group:
            group += [other for other in left if _meet(one, other)]
            left = [other for other in left if other not in group]
        width = max(box[2] for box in group) - min(box[0] for box in group)
        height = max(box[3] for box in group) - min(box[1] for box in group)
        if max(width, height) >= SMALLEST_TABLE:
            kept.update(group)
    return kept


def _meet(one: PixelBox, other: PixelBox) -> bool:
    return (
        one[0] <= other[2] + REACH
        and other[0] <= one[2] + REACH
        and one[1] <= other[3] + REACH
        and other[1] <= one[3] + REACH
    )


def _turned(box: PixelBox) -> PixelBox:
    left, top, right, bottom = box
    return top, left, bottom, right
