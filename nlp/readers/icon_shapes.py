"""What a silhouette shows: plates (disc, square, triangle), check marks, crosses, arrows, exclamation marks, faces.

All functions take boolean arrays (rows from the top, columns from the left) whose ink is at least some 40 pixels wide
or high; what they do not know they do not name.
"""

from collections.abc import Sequence
from math import cos, radians, sin
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

Mask: TypeAlias = NDArray[np.bool_]
Whole: TypeAlias = NDArray[np.intp]
Numbers: TypeAlias = NDArray[np.float64]
Plate: TypeAlias = Literal["round", "square", "up", "down"]

SAME_SHAPE = 0.9
"""Least share of the common area in the whole area for two silhouettes to be the same."""
SAME_TRIANGLE = 0.86
SAME_CROSS = 0.45
CROSS_ZONES = ((0.1, 0.35), (0.45, 0.55), (0.65, 0.9))
SPECK = 0.004
"""Parts smaller than this share of the picture are noise."""
STRAIGHT = 0.07
"""How far a stroke may stray from a straight line, as a share of its silhouette's size."""
FLATTEST_MOUTH = 0.4
SMILE, LEVEL = 0.04, 0.025
"""How much the ends of a smiling mouth lie above its middle at least, of a straight one at most; of its width."""

SLIMMEST_ARROW, LONGEST_ARROW = 0.6, 3.5
"""Length of an arrow in breadths of its head."""
STEPS = 32
"""Steps from tail to tip in which an arrow is measured."""
ASKEW, WIDEST_SHAFT, BLUNTEST_TIP, UNEVEN_HEAD = 0.035, 0.68, 0.45, 0.2
"""Shares of the head's breadth."""


def cut_out(mask: Mask) -> Mask:
    """The mask without empty rows and columns around the ink; empty where there is no ink."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return mask[:0, :0]
    return mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def parts(mask: Mask) -> list[Mask]:
    """The connected parts that are no specks, each as a mask of the same size, from the largest."""
    labels, count = ndimage.label(mask, structure=np.ones((3, 3), dtype=int))
    sizes = np.bincount(labels.ravel())[1:]
    order = sorted(range(count), key=lambda index: (-int(sizes[index]), index))
    return [labels == index + 1 for index in order if sizes[index] >= SPECK * mask.size]


def plate_of(mask: Mask) -> Plate | None:
    """The form of a filled silhouette that signs are put on."""
    ink = cut_out(mask)
    height, width = ink.shape
    if not ink.size or not 0.8 <= width / height <= 1.25:
        return None
    y, x = np.mgrid[0:height, 0:width]
    across, down = (x + 0.5) / width * 2 - 1, (y + 0.5) / height * 2 - 1
    forms: list[tuple[Plate, Mask, float]] = [
        ("round", across**2 + down**2 <= 1, SAME_SHAPE),
        ("square", np.ones_like(ink), SAME_SHAPE),
        ("square", np.abs(across) + np.abs(down) <= 1, SAME_SHAPE),
        ("up", np.abs(across) <= (down + 1) / 2, SAME_TRIANGLE),
        ("down", np.abs(across) <= (1 - down) / 2, SAME_TRIANGLE),
    ]
    likeness = [(_overlap(ink, form) - least, name) for name, form, least in forms]
    best, name = max(likeness, key=lambda one: one[0])
    return name if best >= 0 else None


def shape_sign(mask: Mask) -> str:
    """The sign that a silhouette without a plate shows: check mark, cross, arrow or exclamation mark; else ""."""
    pieces = parts(mask)
    if len(pieces) == 2 and _is_exclamation(pieces):
        return "!"
    if len(pieces) != 1:
        return ""
    ink = cut_out(pieces[0])
    if is_check(ink):
        return "✓"
    if is_cross(ink):
        return "✗"
    plate = plate_of(ndimage.binary_fill_holes(ink))
    return {"up": "↑", "down": "↓"}.get(plate or "", "") or arrow(ink)


def is_check(ink: Mask) -> bool:
    """A short arm down, a long arm up: every column has one run of ink, along two straight lines."""
    height, width = ink.shape
    if not 0.65 <= width / height <= 1.9 or ink.mean() > 0.55 or (_runs(ink) == 1).mean() < 0.9:
        return False
    heights = np.arange(height)[:, None]
    middles = (heights * ink).sum(axis=0) / np.maximum(1, ink.sum(axis=0)) / height
    turn = int(np.argmax(middles))
    if not 0.12 * width <= turn <= 0.55 * width:
        return False
    left, right = middles[: turn + 1], middles[turn:]
    edge = max(1, width // 20)
    begins, ends = float(left[:edge].mean()), float(right[-edge:].mean())
    if not 0.3 <= begins <= 0.85 or ends > 0.25 or middles[turn] < 0.7 or middles[turn] - begins < 0.1:
        return False
    return max(_stray(left), _stray(right)) <= STRAIGHT


def is_cross(ink: Mask) -> bool:
    """Two strokes from corner to corner that meet in the middle."""
    height, width = ink.shape
    if not 0.65 <= width / height <= 1.4 or not 0.12 <= ink.mean() <= 0.65:
        return False
    y, x = np.mgrid[0:height, 0:width]
    across, down = (x + 0.5) / width * 2 - 1, (y + 0.5) / height * 2 - 1
    off = np.minimum(np.abs(across - down), np.abs(across + down))
    reach = np.sort(off.ravel())[int(ink.sum()) - 1]
    return _overlap(ink, off <= reach) >= SAME_CROSS and all(map(_meets_midway, (ink, ink.T)))


def _meets_midway(ink: Mask) -> bool:
    """Whether the columns have two runs of ink at the sides and one in the middle."""
    runs = _runs(ink)
    left, middle, right = (runs[round(a * len(runs)) : round(b * len(runs)) + 1] for a, b in CROSS_ZONES)
    return bool(left.max() == right.max() == 2 and np.median(middle) == 1)


_DIRECTIONS: tuple[tuple[str, int], ...] = (
    ("→", 0), ("↑", -90), ("↓", 90), ("↗", -45), ("↘", 45), ("", 180), ("", -135), ("", 135),
)  # fmt: skip
"""Signs and where they point, in degrees clockwise from the right; those to the left are no trend."""


def arrow(ink: Mask) -> str:
    """The arrow's direction; "" for what is no arrow or points to the left."""
    rows, columns = np.nonzero(ndimage.binary_fill_holes(ink))
    fits = [(_arrow_fit(rows, columns, radians(angle)), sign) for sign, angle in _DIRECTIONS]
    fit, sign = max(fits, key=lambda one: one[0])
    return sign if fit > 0 else ""


def face(contents: Sequence[Mask], plate: Mask) -> str:
    """The face that these parts make on their plate: two eyes at one height and a mouth below; else ""."""
    if not 3 <= len(contents) <= 6:
        return ""
    top, left, height, width = _box(plate)
    boxes = [(y - top, x - left, h, w) for y, x, h, w in map(_box, contents)]
    eyes = [
        (one, other)
        for one in range(len(boxes))
        for other in range(len(boxes))
        if _are_eyes(boxes[one], boxes[other], height, width)
    ]
    for pair in eyes:
        lowest = max(boxes[eye][0] + boxes[eye][2] for eye in pair)
        for index, (y, x, h, w) in enumerate(boxes):
            is_centred = abs(x + w / 2 - width / 2) <= 0.1 * width and 0.25 * width <= w <= 0.8 * width
            if index not in pair and is_centred and y + h / 2 >= max(0.5 * height, lowest) and h <= 0.8 * w:
                return _mouth(cut_out(contents[index]))
    return ""


def _are_eyes(left: tuple[int, ...], right: tuple[int, ...], height: int, width: int) -> bool:
    centres = [(y + h / 2, x + w / 2) for y, x, h, w in (left, right)]
    small = all(h <= 0.4 * height and w <= 0.35 * width for _, _, h, w in (left, right))
    level = abs(centres[0][0] - centres[1][0]) <= 0.08 * height and max(c[0] for c in centres) <= 0.58 * height
    apart = centres[1][1] - centres[0][1] >= 0.15 * width
    centred = abs((centres[0][1] + centres[1][1]) / 2 - width / 2) <= 0.1 * width
    alike = max(left[2], right[2]) <= 1.7 * min(left[2], right[2])
    return small and level and apart and centred and alike


def _mouth(mouth: Mask) -> str:
    """Which way the mouth bends; an open one shows it by its lower or its upper lip."""
    height, width = mouth.shape
    upper = np.argmax(mouth, axis=0)
    lower = height - 1 - np.argmax(mouth[::-1], axis=0)
    bend = (_bend(upper) + _bend(lower)) / 2
    if abs(bend) > SMILE:
        return "🙂" if bend > 0 else "☹"
    return "😐" if abs(bend) < LEVEL and height <= FLATTEST_MOUTH * width else ""


def _bend(line: Whole) -> float:
    """How far the line's middle lies below its ends, as a share of its length."""
    sixth = max(1, len(line) // 6)
    ends = (np.mean(line[:sixth]) + np.mean(line[-sixth:])) / 2
    return float(np.mean(line[len(line) // 2 - sixth // 2 :][:sixth]) - ends) / len(line)


def _is_exclamation(pieces: Sequence[Mask]) -> bool:
    (top, left, height, width), (dot_top, dot_left, dot_height, dot_width) = map(_box, pieces)
    above = dot_top >= top + height and height >= 1.8 * dot_height and height >= 1.8 * width
    centred = abs(left + width / 2 - dot_left - dot_width / 2) <= 0.3 * max(width, dot_width)
    return above and centred and 0.5 <= dot_width / dot_height <= 2 and dot_width <= 1.6 * width


def _arrow_fit(rows: Whole, columns: Whole, angle: float) -> float:
    """How well these points are an arrow in this direction: a narrow shaft, then a head that tapers off; else 0."""
    along = columns * cos(angle) + rows * sin(angle)
    across = rows * cos(angle) - columns * sin(angle)
    length, breadth = np.ptp(along) + 1, np.ptp(across) + 1
    if not SLIMMEST_ARROW <= length / breadth <= LONGEST_ARROW:
        return 0.0
    steps = np.minimum(STEPS - 1, (along - along.min()) / length * STEPS).astype(int)
    low, high = np.full(STEPS, np.inf), np.full(STEPS, -np.inf)
    np.minimum.at(low, steps, across)
    np.maximum.at(high, steps, across)
    if not np.isfinite(low).all():
        return 0.0
    span, middle = (high - low + 1) / breadth, (low + high) / 2 - (across.min() + across.max()) / 2
    widest = np.flatnonzero(span >= 0.95 * span.max())
    head, wing = int(widest[0]), int(widest[-1])
    shaft, tip = span[1 : max(2, round(0.6 * head))], span[wing:]
    if not 0.35 * STEPS <= head <= wing <= 0.85 * STEPS or np.abs(middle).mean() > ASKEW * breadth:
        return 0.0
    narrow = float(np.median(shaft))
    taper = np.abs(tip - np.linspace(1.0, tip[-1], len(tip))).max()
    if narrow > WIDEST_SHAFT or np.ptp(shaft) > 0.2 or tip[-1] > BLUNTEST_TIP or taper > UNEVEN_HEAD:
        return 0.0
    return float(2.0 - narrow - taper)


def _runs(ink: Mask) -> Whole:
    """How many runs of ink each column has."""
    starts = np.diff(ink.astype(np.int8), axis=0, prepend=0) == 1
    return np.asarray(starts.sum(axis=0), dtype=np.intp)


def _stray(line: Numbers) -> float:
    """How far the values lie from a straight line, as a root mean square."""
    if len(line) < 3:
        return 0.0
    steps = np.arange(len(line))
    return float(np.sqrt(np.mean((line - np.polyval(np.polyfit(steps, line, 1), steps)) ** 2)))


def _overlap(one: Mask, other: Mask) -> float:
    return float((one & other).sum() / max(1, (one | other).sum()))


def _box(mask: Mask) -> tuple[int, int, int, int]:
    """Top, left, height and width of the ink."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return int(rows[0]), int(columns[0]), int(rows[-1] - rows[0] + 1), int(columns[-1] - columns[0] + 1)
