"""Painted areas and rules of a scanned page together: what is a sign, where a row ends, what text stands on it all."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from scipy import ndimage

from ljuskoll.nlp.readers.colours import RGB, rgb_colour
from ljuskoll.nlp.readers.ocr.colours import Patch
from ljuskoll.nlp.readers.ocr.rules import REACH, Rules
from ljuskoll.nlp.readers.ocr.sheet import PIXELS_A_POINT, Bytes, PixelBox

WHITE = 255
RING, RING_CONTRAST, RING_BROKEN = 6, 60, 0.25
"""How far around a sign (in pixels) there must be one colour, within what difference, but for what share."""
NEXT_LETTER, SAME_INK, LEAST_STROKE = 0.6, 48, 0.25
"""How far away (in heights) the next letter of a word or line may be, how like in colour (0-255), and how much of it
(in pixels a row) there must be at least."""
LEAST_GROUND = round(9 * PIXELS_A_POINT)
"""A painted area at least so wide and high can hold text."""
CORNER, PAPER = 3, 225
"""How many pixels of a painted area are its corner; lighter (0-255) is no blurred edge."""
STRONG = 60.0
"""Least difference of brightness between a ground and its text."""


def is_ground(patch: Patch) -> bool:
    """Whether text can stand on the patch."""
    left, top, right, bottom = patch.box
    return not patch.is_small and min(right - left, bottom - top) >= LEAST_GROUND


def is_bar(patch: Patch) -> bool:
    """Whether this is an upright bar."""
    left, top, right, bottom = patch.box
    return not patch.is_small and right - left < LEAST_GROUND and bottom - top > right - left


def whole(patches: Iterable[Patch], colour: Bytes) -> list[Patch]:
    """The patches without letters, parts of letters and parts of larger pictures."""
    return [
        patch
        for patch in patches
        if not patch.is_small or (_stands_alone(patch.box, colour) and not _is_letter(patch, colour))
    ]


def split_bars(patches: Iterable[Patch], rules: Rules) -> Iterator[Patch]:
    """The patches with bars cut where the rules between rows end at them."""
    for patch in patches:
        left, top, right, bottom = patch.box
        ends = [top, *_ends(patch.box, rules), bottom] if is_bar(patch) else [top, bottom]
        for start, end in pairwise(ends):
            yield replace(patch, box=(left, start, right, end))


def is_torn(patch: Patch, rules: Rules) -> bool:
    """Whether this is but a part of the grey ground of a ruled cell, whose words hide the rest."""
    if patch.is_small or rgb_colour(*patch.rgb) not in ("grey", None):
        return False
    left, top, right, bottom = patch.box
    above, below = (any(_spans(rule, left, right, edge) for rule in rules.across) for edge in (top, bottom))
    sides = [
        any(_spans((y0, x0, y1, x1), top, bottom, edge) for x0, y0, x1, y1 in rules.upright) for edge in (left, right)
    ]
    return (above or below) and not (above and below and all(sides))


def _spans(rule: PixelBox, start: int, end: int, height: int) -> bool:
    """Whether a level rule runs from start to end at about this height."""
    left, top, right, bottom = rule
    return left <= start + REACH and right >= end - REACH and top - REACH <= height <= bottom + REACH


def text_alone(grey: Bytes, light: Bytes, patches: Sequence[Patch], rules: Rules) -> Bytes:
    """The grey picture with text black on white wherever it stands; signs and rules are gone.

    grey: evenly lit, white paper. light: as it was seen.
    """
    text = grey.copy()
    for patch in patches:
        left, top, right, bottom = patch.box
        if patch.is_small and patch.is_solid:
            text[max(0, top - 2) : bottom + 2, max(0, left - 2) : right + 2] = WHITE
        elif is_ground(patch):
            text[top:bottom, left:right] = _without_corners(_on_white(light[top:bottom, left:right]))
    text[rules.pixels(text.shape)] = WHITE
    return text


def _ends(bar: PixelBox, rules: Rules) -> list[int]:
    """Where rules from either side end at the bar, well within its height."""
    left, top, right, bottom = bar
    inside: list[int] = []
    for x0, y0, x1, y1 in sorted(rules.across, key=lambda rule: rule[1]):
        touches = left - REACH <= x0 <= right + REACH or left - REACH <= x1 <= right + REACH
        height = (y0 + y1) // 2
        new = not inside or height - inside[-1] > 2 * REACH
        if touches and new and top + 2 * REACH < height < bottom - 2 * REACH:
            inside.append(height)
    return inside


def _stands_alone(box: PixelBox, colour: Bytes) -> bool:
    """Whether there is one colour all around."""
    left, top, right, bottom = (edge + away for edge, away in zip(box, (-RING, -RING, RING, RING), strict=True))
    part = colour[max(0, top) : bottom, max(0, left) : right].astype(np.int16)
    ring = np.concatenate([side.reshape(-1, 3) for side in (part[:2], part[-2:], part[:, :2], part[:, -2:])])
    away = np.abs(ring - np.median(ring, axis=0)).max(axis=1)
    return float((away > RING_CONTRAST).mean()) <= RING_BROKEN


def _is_letter(patch: Patch, colour: Bytes) -> bool:
    """Whether more of the same colour follows or goes before as near as letters stand."""
    left, top, right, bottom = patch.box
    reach = max(RING, round(NEXT_LETTER * (bottom - top)))
    before = colour[top:bottom, max(0, left - 1 - reach) : max(0, left - 1)]
    after = colour[top:bottom, right + 1 : right + 1 + reach]
    return any(_has(side, patch.rgb) for side in (before, after))


def _has(side: Bytes, rgb: RGB) -> bool:
    """Whether a stroke of a colour is in a part of the page."""
    same = np.abs(side.astype(np.int16) - np.array(rgb, dtype=np.int16)).max(axis=2, initial=0) <= SAME_INK
    return bool(same.sum() >= LEAST_STROKE * side.shape[0])


def _on_white(part: Bytes) -> Bytes:
    """Black on white, whatever the text and its painted ground were."""
    away = np.abs(part.astype(np.float32) - float(np.median(part)))
    strong = max(STRONG, float(np.percentile(away, 99)))
    text: Bytes = (WHITE - np.minimum(1.0, away / strong) * WHITE).astype(np.uint8)
    return text


def _without_corners(part: Bytes) -> Bytes:
    """The text on a ground without what lies outside its rounded corners."""
    labels, _ = ndimage.label(part < PAPER)
    ends = slice(CORNER), slice(-CORNER, None)
    outside = {int(number) for rows in ends for columns in ends for number in np.unique(labels[rows, columns])} - {0}
    bare: Bytes = np.where(np.isin(labels, sorted(outside)), WHITE, part).astype(np.uint8)
    return bare
