"""Coloured things on a scanned page: filled cells, bars and small shapes, from the pixels."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from ljuskoll.nlp.readers.colours import PALE_SATURATION, PALE_VALUE, RGB
from ljuskoll.nlp.readers.ocr.sheet import PIXELS_A_POINT, Bytes, Mask, PixelBox, Sheet

HALF = 2
"""Colours are judged on pixels of this many by this many: noise and JPEG's coarse colours even out."""
_POINT = PIXELS_A_POINT / HALF
VIVID_SATURATION, VIVID_VALUE = 0.3, 0.35
DARK_VALUE = 0.45
GREY_VALUES = (0.45, 0.82)
"""Darker than the lightest grey of a drawn page: a scanner's shadows are lighter."""
HUES = (22.0, 68.0, 170.0, 260.0, 335.0, 360.0)
"""Where red, yellow, green, blue, other and red again end, in degrees."""
EDGE = 12.0 * _POINT
DARK, GREY = 6, 7
SMALL = 30.0 * _POINT
LEAST = 3.5 * _POINT
THINNEST = 1.3 * _POINT
SHORTEST_BAR = 8.5 * _POINT
WHOLE = 0.88
"""Share of its box that a rectangle fills, though its edges are worn."""
SOLID = 0.6
"""Share of its box that a disc, a square or a face fills, but hardly a letter."""
SQUARISH = 0.6
EVEN = 3
"""By how many pixels the sides of a worn rectangle wander."""
SAME_PAINT = 14
ONE_PAINT, MOST_PAINTS = 80, 4
"""How unlike the most of a painted area may be (in a colour channel) and still be the same paint, though lit or faded
from one side; and how many paints may lie side by side."""
CRACKED = 0.9
"""Share of a row of a rectangle that is painted, between noise and hair-thin rules."""
UNEVEN, NARROWEST_WORD = round(2.5 * _POINT), 2.0 * _POINT
BEHIND_WORDS, MUCH_GROUND = 40, 0.3
"""How like its paint a ground is between letters, and its least share there."""


@dataclass(frozen=True, slots=True)
class Patch:
    """An area of one colour, its box in the sheet's pixels. `is_small`: a sign rather than a ground.

    `is_solid`: most of its box is painted, as a disc's, not as a letter's or a check mark's.
    """

    box: PixelBox
    rgb: RGB
    is_small: bool
    is_solid: bool


def find_patches(sheet: Sheet) -> list[Patch]:
    """All coloured, grey and dark areas that are no text, from the top; those of nearly one colour get the same one."""
    pixels = _halved(sheet.colour)
    classes = _classes(pixels)
    found = [patch for number in range(1, GREY + 1) for patch in _patches(classes == number, number, pixels)]
    return _joined(_same_paints(sorted(found, key=lambda patch: (patch.box[1], patch.box[0]))), pixels)


def _halved(colour: Bytes) -> NDArray[np.float32]:
    height, width = (edge // HALF * HALF for edge in colour.shape[:2])
    parts = [colour[row:height:HALF, column:width:HALF] for row in range(HALF) for column in range(HALF)]
    summed: NDArray[np.uint16] = np.sum(parts, axis=0, dtype=np.uint16)
    return summed.astype(np.float32) / np.float32(HALF**2)


def _classes(pixels: NDArray[np.float32]) -> NDArray[np.int8]:
    """1-5 for red, yellow, green, blue and other colours, 6 dark, 7 grey, 0 paper, a pixel."""
    value, low = pixels.max(axis=2), pixels.min(axis=2)
    spread = np.maximum(value - low, 1e-3)
    saturation = (value - low) / np.maximum(value, 1)
    red, green, blue = (pixels[:, :, channel] for channel in range(3))
    from_green, from_blue = 2 + (blue - red) / spread, 4 + (red - green) / spread
    sector = np.where(value == red, (green - blue) / spread % 6, np.where(value == green, from_green, from_blue))
    hues = np.searchsorted(np.array(HUES), sector * 60, side="right") % 5 + 1
    vivid = (saturation >= VIVID_SATURATION) & (value >= VIVID_VALUE * 255)
    pale = (saturation >= PALE_SATURATION) & (value >= PALE_VALUE * 255)
    neutral = saturation < PALE_SATURATION
    grey = neutral & (value >= GREY_VALUES[0] * 255) & (value <= GREY_VALUES[1] * 255)
    classes = np.where(vivid | pale, hues, 0)
    classes[(classes == 0) & (value < DARK_VALUE * 255)] = DARK
    classes[(classes == 0) & grey] = GREY
    return classes.astype(np.int8)


def _patches(mask: Mask, number: int, pixels: NDArray[np.float32]) -> Iterator[Patch]:
    if not mask.any():
        return
    thick = 5 if number >= DARK else 2
    opened = ndimage.binary_opening(mask, structure=np.ones((thick, thick)))
    labels, _ = ndimage.label(opened, structure=np.ones((3, 3)))
    for index, place in enumerate(ndimage.find_objects(labels), start=1):
        rows, columns = place
        height, width = rows.stop - rows.start, columns.stop - columns.start
        if max(height, width) < LEAST or min(height, width) < THINNEST:
            continue
        box = columns.start, rows.start, columns.stop, rows.stop
        if number >= DARK and _is_at_edge(box, labels.shape):
            continue
        part = labels[place] == index
        rgb = _colour(pixels[place][part])
        if max(height, width) <= SMALL and min(height, width) >= max(LEAST, SQUARISH * max(height, width)):
            if number != DARK:
                yield Patch(_whole(box), rgb, True, bool(part.mean() >= SOLID))
        else:
            for paint in _paints(part, pixels[place]):
                for one in _rectangles(ndimage.binary_fill_holes(paint)):
                    moved = one[0] + box[0], one[1] + box[1], one[2] + box[0], one[3] + box[1]
                    yield Patch(_whole(moved), _colour(pixels[place][paint]), False, True)


def _paints(part: Mask, pixels: NDArray[np.float32]) -> Iterator[Mask]:
    """The parts of an area that are each of nearly one colour: dark and pale blue may lie side by side."""
    left = part
    for _ in range(MOST_PAINTS):
        if not left.any():
            return
        away = np.abs(pixels - np.median(pixels[left], axis=0)).max(axis=2)
        near = left & (away <= ONE_PAINT)
        far = ndimage.binary_opening(left & ~near, structure=np.ones((round(LEAST), round(LEAST))))
        if not near.any() or not far.any():
            yield left
            return
        yield near
        left = far


def _joined(patches: Sequence[Patch], pixels: NDArray[np.float32]) -> list[Patch]:
    """The patches with those made one between which text stands on the same paint, from the bottom edge to the top."""
    joined: list[Patch] = []
    for patch in sorted(patches, key=lambda patch: (patch.box[0], patch.box[1])):
        place = next((place for place, one in enumerate(joined) if _goes_on(one, patch, pixels)), None)
        if place is None:
            joined.append(patch)
        else:
            one = joined[place].box
            right = max(one[2], patch.box[2])
            joined[place] = replace(joined[place], box=(one[0], one[1], right, one[3]))
    return sorted(joined, key=lambda patch: (patch.box[1], patch.box[0]))


def _goes_on(one: Patch, other: Patch, pixels: NDArray[np.float32]) -> bool:
    """Whether the ground of one goes on to the other to the right of it, behind words."""
    if one.is_small or other.is_small or one.rgb != other.rgb:
        return False
    _, top, right, bottom = (edge // HALF for edge in one.box)
    left, other_top, _, other_bottom = (edge // HALF for edge in other.box)
    if abs(top - other_top) > UNEVEN or abs(bottom - other_bottom) > UNEVEN or not left - right >= NARROWEST_WORD:
        return False
    between = pixels[top:bottom, right:left]
    same = np.abs(between - np.array(one.rgb, dtype=np.float32)).max(axis=2) <= BEHIND_WORDS
    return bool(same.mean(axis=0).min() > 0 and same.mean() >= MUCH_GROUND)


def _is_at_edge(box: PixelBox, shape: tuple[int, ...]) -> bool:
    """Whether this lies where scanners leave shadows."""
    left, top, right, bottom = box
    return left <= EDGE or top <= EDGE or right >= shape[1] - EDGE or bottom >= shape[0] - EDGE


def _rectangles(part: Mask) -> Iterator[PixelBox]:
    """The upright rectangles that make up an area: large ones, and bars."""
    height, width = part.shape
    if part.mean() >= WHOLE:
        yield 0, 0, width, height
        return
    begun: dict[tuple[int, int], int] = {}
    for row in range(height + 1):
        runs = _runs(part[row]) if row < height else []
        going = {}
        for (left, right), top in begun.items():
            within = [run for run in runs if run[0] < right and run[1] > left]
            if _fill(within, left, right):
                runs = [run for run in runs if run not in within]
                going[left, right] = top
            elif row - top >= SHORTEST_BAR and right - left >= THINNEST:
                yield left, top, right, row
        begun = {**going, **dict.fromkeys(runs, row)}


def _fill(runs: Sequence[tuple[int, int]], left: int, right: int) -> bool:
    """Whether the runs go from one side to the other and not over them."""
    if not runs or abs(runs[0][0] - left) > EVEN or abs(runs[-1][1] - right) > EVEN:
        return False
    return sum(run[1] - run[0] for run in runs) >= CRACKED * (right - left)


def _runs(row: Mask) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(row.astype(np.int8), prepend=0, append=0))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _whole(box: PixelBox) -> PixelBox:
    left, top, right, bottom = (edge * HALF for edge in box)
    return left, top, right, bottom


def _colour(pixels: NDArray[np.float32]) -> RGB:
    red, green, blue = np.median(pixels, axis=0)
    return int(red), int(green), int(blue)


def _same_paints(patches: Sequence[Patch]) -> list[Patch]:
    paints: list[RGB] = []
    painted = []
    for patch in patches:
        rgb = next((paint for paint in paints if _distance(paint, patch.rgb) <= SAME_PAINT), patch.rgb)
        if rgb == patch.rgb:
            paints.append(rgb)
        painted.append(Patch(patch.box, rgb, patch.is_small, patch.is_solid))
    return painted


def _distance(one: RGB, other: RGB) -> int:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))
