"""Painted areas and rules of a scanned page together: what is a sign, where a row ends, what text stands on it all."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from ljuskoll.nlp.readers.ocr.colours import Patch
from ljuskoll.nlp.readers.ocr.rules import REACH, Rules
from ljuskoll.nlp.readers.ocr.sheet import PIXELS_A_POINT, Bytes, PixelBox

WHITE = 255
RING, RING_CONTRAST, RING_BROKEN = 6, 60, 0.25
"""How far around a sign (in pixels) there must be one colour, within what difference, but for what share."""
LEAST_GROUND = round(9 * PIXELS_A_POINT)
"""A painted area at least so wide and high can hold text."""
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
    """The patches without parts of letters and of larger pictures."""
    return [patch for patch in patches if not patch.is_small or _stands_alone(patch.box, colour)]


def split_bars(patches: Iterable[Patch], rules: Rules) -> Iterator[Patch]:
    """The patches with bars cut where the rules between rows end at them."""
    for patch in patches:
        left, top, right, bottom = patch.box
        ends = [top, *_ends(patch.box, rules), bottom] if is_bar(patch) else [top, bottom]
        for start, end in pairwise(ends):
            yield replace(patch, box=(left, start, right, end))


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
            text[top:bottom, left:right] = _on_white(light[top:bottom, left:right])
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


def _on_white(part: Bytes) -> Bytes:
    """Black on white, whatever the text and its painted ground were."""
    away = np.abs(part.astype(np.float32) - float(np.median(part)))
    strong = max(STRONG, float(np.percentile(away, 99)))
    text: Bytes = (WHITE - np.minimum(1.0, away / strong) * WHITE).astype(np.uint8)
    return text
