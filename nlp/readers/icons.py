"""Small pictures as a status: what colour the eye sees, and what sign the shape shows."""

import warnings
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from ljuskoll.nlp.document import MarkColour
from ljuskoll.nlp.readers.colours import GREY_VALUES, RGB, picture_colour, rgb_colour
from ljuskoll.nlp.readers.icon_shapes import Mask, Plate, face, parts, plate_of, shape_sign

Pixels: TypeAlias = NDArray[np.int16]
"""Rows, columns and colour channels (0-255)."""
Grey: TypeAlias = NDArray[np.int16]

SMALLEST, LARGEST = 7, 1024
"""Pixels; less cannot show a shape, more is no icon whatever it shows."""
LONGEST = 2.2
"""Highest ratio of the sides of what is drawn."""
SIDE, MARGIN = 72, 4
"""Pixels to which what is drawn is brought before its shape is judged."""
FAINT = 40
"""Least difference of a colour channel (0-255) between ink and ground."""
PALE = 215
"""The darkest ground of signs, in its brightest colour channel; below is a blurred edge, or ink."""
SHADED = 64
"""The same between a sign and its plate, which may be lit from one side."""
EVEN = 0.6
"""Least share of a sign's ink that is of one colour; the rest is its blurred edge."""
RIM = 0.12
"""How thick the edge of a plate may be, as a share of its width."""
LEAST_ON_PLATE = 0.02
"""Share of a plate that a sign on it covers at least."""
FACES = frozenset({"🙂", "☹", "😐"})


def picture_mark(image: Image.Image) -> tuple[MarkColour | None, str]:
    """The colour that the eye sees in a small picture (None where it is black and white) and its sign or ""."""
    picture = _drawn_part(image)
    if picture is None:
        return None, ""
    sign = _sign(picture)
    colours, counts = np.unique(picture.pixels.reshape(-1, 3), axis=0, return_counts=True)
    colour = picture_colour((int(count), _rgb(rgb)) for rgb, count in zip(colours, counts, strict=True))
    if colour == "grey" and _is_black(picture.pixels):
        return None, sign
    if sign in FACES and sign != "😐" and colour == "yellow":
        return None, sign
    return colour, sign


def _is_black(pixels: Pixels) -> bool:
    """Whether the grey is but the blurred edge of black ink."""
    value = pixels.max(axis=2) / 255
    return bool((value < GREY_VALUES[0]).sum() > ((value >= GREY_VALUES[0]) & (value <= GREY_VALUES[1])).sum())


def picture_sign(image: Image.Image) -> str:
    """What a small picture shows by its shape: ✓ ✗ 🙂 😐 ☹ ↑ → ↓ ↗ ↘ ! ●; "" for everything else."""
    picture = _drawn_part(image)
    return "" if picture is None else _sign(picture)


@dataclass(frozen=True, slots=True)
class _Picture:
    """What is drawn in a picture, cut out of its ground."""

    pixels: Pixels
    ground: RGB


def _drawn_part(image: Image.Image) -> _Picture | None:
    """The picture on white, cut to what differs from its ground; None where nothing or too little is drawn."""
    if not SMALLEST <= min(image.size) <= max(image.size) <= LARGEST:
        return None
    pixels = _on_white(image)
    ground = _ground(pixels)
    if rgb_colour(*ground) is not None or max(ground) < 128:
        return _Picture(pixels, (255, 255, 255))
    ink = _difference(pixels, ground) > FAINT
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if len(rows) < SMALLEST - 1 or len(columns) < 2:
        return None
    return _Picture(pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1], ground)


def _ground(pixels: Pixels) -> RGB:
    """The colour along the edges or, where these are half drawn on, in the corners."""
    edge = _rgb(np.median(np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]]), axis=0))
    if 128 <= max(edge) < PALE:
        return _rgb(np.median(pixels[[0, 0, -1, -1], [0, -1, 0, -1]], axis=0))
    return edge


def _on_white(image: Image.Image) -> Pixels:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        drawn = image.convert("RGBA")
    sheet = Image.new("RGBA", drawn.size, "white")
    return np.asarray(Image.alpha_composite(sheet, drawn).convert("RGB")).astype(np.int16)


def _sign(picture: _Picture) -> str:
    height, width = picture.pixels.shape[:2]
    if max(height, width) > LONGEST * min(height, width) and width > height / (2 * LONGEST):
        return ""
    pixels = _enlarged(picture)
    difference = _difference(pixels, picture.ground)
    strong = max(FAINT, int(np.percentile(difference, 99)) // 2)
    for threshold in dict.fromkeys((strong, FAINT)):
        if sign := _sign_of_ink(difference > threshold, pixels, picture.ground):
            return sign
    return ""


def _enlarged(picture: _Picture) -> Pixels:
    """The picture with a margin of its ground, its longer side of a fixed length."""
    height, width = picture.pixels.shape[:2]
    scale = SIDE / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    pad = max(2, -(-max(height, width) // 8))
    padded = np.empty((height + 2 * pad, width + 2 * pad, 3), dtype=np.uint8)
    padded[:] = picture.ground
    padded[pad:-pad, pad:-pad] = picture.pixels
    drawn = Image.fromarray(padded)
    edges = (pad - MARGIN / scale, pad - MARGIN / scale, pad + width + MARGIN / scale, pad + height + MARGIN / scale)
    inside = max(0.0, edges[0]), max(0.0, edges[1]), min(drawn.width, edges[2]), min(drawn.height, edges[3])
    whole = size[0] + 2 * MARGIN, size[1] + 2 * MARGIN
    return np.asarray(drawn.resize(whole, Image.Resampling.BICUBIC, box=inside)).astype(np.int16)


def _sign_of_ink(ink: Mask, pixels: Pixels, ground: RGB) -> str:
    pieces = parts(ink)
    if not pieces:
        return ""
    outline = ndimage.binary_fill_holes(np.logical_or.reduce(pieces))
    plate = plate_of(outline)
    if plate:
        return _on_plate(plate, outline, pixels, ground)
    return shape_sign(ink) if _is_even(pixels[ink]) else ""


def _is_even(colours: Pixels) -> bool:
    """Whether most of the ink is of nearly one colour, as in a sign and not in a photo."""
    return float((np.abs(colours - np.median(colours, axis=0)).max(axis=1) <= SHADED).mean()) >= EVEN


def _on_plate(plate: Plate, outline: Mask, pixels: Pixels, ground: RGB) -> str:
    """The sign on a plate, or the plate's own where it is empty."""
    inside = ndimage.binary_erosion(outline, iterations=round(RIM * SIDE))
    if not inside.any():
        return ""
    base = _usual(pixels[inside])
    difference = _difference(pixels, base)
    strong = int(np.percentile(difference[inside], 99)) // 2
    ink = outline & (difference > max(SHADED, strong))
    kept = []
    for piece in parts(ink):
        if not (piece & ~ndimage.binary_erosion(outline, iterations=3)).any():
            kept.append(piece)
        elif (piece & inside).sum() > 0.01 * inside.sum():
            return ""
    contents = np.logical_or.reduce([np.zeros_like(outline), *kept])
    if contents.sum() > LEAST_ON_PLATE * outline.sum():
        return face(kept, outline) or shape_sign(contents)
    if max(abs(one - other) for one, other in zip(base, ground, strict=True)) <= FAINT:
        return ""
    return {"round": "●", "square": "●", "down": "↓", "up": _upward(base)}[plate]


def _upward(base: RGB) -> str:
    """A triangle pointing up is a rise, but in the colours of a warning sign it may be a status."""
    return "" if rgb_colour(*base) in ("yellow", "red") else "↑"


def _usual(colours: Pixels) -> RGB:
    """The most common colour, near ones counted together."""
    coarse = colours // 24
    keys = (coarse[:, 0] * 16 + coarse[:, 1]).astype(np.int64) * 16 + coarse[:, 2]
    values, counts = np.unique(keys, return_counts=True)
    return _rgb(np.median(colours[keys == values[np.argmax(counts)]], axis=0))


def _difference(pixels: Pixels, colour: RGB) -> Grey:
    """The largest difference in any colour channel, a pixel."""
    away: Grey = np.abs(pixels - np.array(colour, dtype=np.int16)).max(axis=2)
    return away


def _rgb(values: NDArray[np.float64] | Pixels) -> RGB:
    red, green, blue = (int(value) for value in values)
    return red, green, blue
