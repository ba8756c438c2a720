"""A scanned page as pixels: straightened, with white paper, light and dark areas told apart."""

from dataclasses import dataclass
from math import cos, radians, sin, tan
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from ljuskoll.nlp.document import BBox

Mask: TypeAlias = NDArray[np.bool_]
Bytes: TypeAlias = NDArray[np.uint8]
PixelBox: TypeAlias = tuple[int, int, int, int]
"""Left, top, right and bottom; the last two are just outside."""

DPI = 200
"""Dots an inch at which pages are judged: at 300 Tesseract takes half as long again and reads no better."""
PIXELS_A_POINT = DPI / 72
INK = 150
"""Darker (0-255, on white paper) is ink."""
STEEPEST = 5.0
"""Degrees that a page may lie askew."""
_LIGHT_REACH = 61
"""Pixels within which the paper shows somewhere: wider than any letter."""
_SMALLEST_TURN = 0.03


@dataclass(frozen=True, slots=True)
class Sheet:
    """A straightened page of `DPI` dots an inch.

    colour: red, green and blue as printed on white paper. grey: 0-255, shadows and pale grounds taken away, so that
    paper and cell fills are white. `angle` is by how many degrees clockwise the page lay askew.
    """

    colour: Bytes
    grey: Bytes
    angle: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        return self.grey.shape[1] / PIXELS_A_POINT, self.grey.shape[0] / PIXELS_A_POINT

    def look(self, box: BBox) -> Image.Image | None:
        """What is seen within a box in points."""
        left, top, right, bottom = pixels(box)
        part = self.colour[max(0, top) : bottom, max(0, left) : right]
        return Image.fromarray(part) if part.size else None

    def straightened(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the page as it lay (in points) is on the straightened sheet."""
        turn, (middle, half) = radians(self.angle), (edge / 2 for edge in self.size)
        x, y = x - middle, y - half
        return middle + x * cos(turn) + y * sin(turn), half - x * sin(turn) + y * cos(turn)


def make_sheet(picture: Image.Image, width: float) -> Sheet:
    """The sheet in a picture of a whole page that is `width` points wide."""
    size = round(width * PIXELS_A_POINT), round(width * PIXELS_A_POINT * picture.height / picture.width)
    drawn = picture.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    angle = _angle(np.asarray(drawn.convert("L")))
    if abs(angle) >= _SMALLEST_TURN:
        drawn = drawn.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=_paper(np.asarray(drawn)))
    colour = np.asarray(drawn)
    paper = np.maximum(np.array(_paper(colour), dtype=np.float32), 1)
    white = np.minimum(255, colour * (255 / paper)).astype(np.uint8)
    return Sheet(white, lit(np.asarray(drawn.convert("L"))), angle if abs(angle) >= _SMALLEST_TURN else 0.0)


def points(box: PixelBox) -> BBox:
    """A box of pixels in points."""
    left, top, right, bottom = box
    return left / PIXELS_A_POINT, top / PIXELS_A_POINT, right / PIXELS_A_POINT, bottom / PIXELS_A_POINT


def pixels(box: BBox) -> PixelBox:
    """A box of points in pixels."""
    x0, top, x1, bottom = (round(edge * PIXELS_A_POINT) for edge in box)
    return x0, top, x1, bottom


def lit(grey: Bytes) -> Bytes:
    """The picture as if evenly lit: what is bright among its neighbours becomes white."""
    half = grey[::2, ::2]
    reach = min(_LIGHT_REACH // 2, *half.shape)
    ground = ndimage.grey_closing(ndimage.uniform_filter(half, 3), size=(reach, reach))
    ground = np.repeat(np.repeat(ground, 2, axis=0), 2, axis=1)[: grey.shape[0], : grey.shape[1]]
    even: Bytes = np.minimum(255, grey.astype(np.float32) * 255 / np.maximum(ground, 60)).astype(np.uint8)
    return even


def _paper(colour: Bytes) -> tuple[int, int, int]:
    """The colour of the paper: the most common bright one."""
    small = colour[::4, ::4].reshape(-1, 3).astype(np.int32)
    bright = small[small.min(axis=1) >= 160]
    if len(bright) < len(small) // 10:
        return 255, 255, 255
    coarse = bright // 8
    keys = (coarse[:, 0] * 32 + coarse[:, 1]) * 32 + coarse[:, 2]
    values, counts = np.unique(keys, return_counts=True)
    red, green, blue = np.median(bright[keys == values[np.argmax(counts)]], axis=0)
    return int(red), int(green), int(blue)


def _angle(grey: Bytes) -> float:
    """By how many degrees clockwise lines and rules lean: then the ink is in the fewest rows."""
    rows, columns = np.nonzero(lit(grey)[::2, ::2] < INK)
    if len(rows) < 200:
        return 0.0
    best = 0.0
    for reach, step in ((STEEPEST, 0.5), (0.5, 0.1), (0.1, 0.02)):
        angles = [best + step * k for k in range(-round(reach / step), round(reach / step) + 1)]
        best = max(angles, key=lambda angle: (_sharpness(rows, columns, angle), -abs(angle)))
    return best


def _sharpness(rows: NDArray[np.intp], columns: NDArray[np.intp], angle: float) -> float:
    straight = np.rint(rows - columns * tan(radians(angle))).astype(np.int64)
    counts = np.bincount(straight - straight.min())
    return float(np.square(counts.astype(np.float64)).sum())
