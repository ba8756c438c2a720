"""Colours as the eye names them: of names, of paint and of pictures."""

import colorsys
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias

from PIL.Image import Image

from ljuskoll.nlp.document import MarkColour

RGB: TypeAlias = tuple[int, int, int]

LIGHTS: frozenset[MarkColour] = frozenset({"green", "yellow", "red"})
"""The colours that are lights everywhere; blue and grey are such in some scales."""

_NAMES: dict[str, MarkColour] = {
    "green": "green", "limegreen": "green", "lime": "green", "forestgreen": "green", "darkgreen": "green",
    "lightgreen": "green", "seagreen": "green", "mediumseagreen": "green", "gron": "green", "grön": "green",
    "yellow": "yellow", "gold": "yellow", "orange": "yellow", "darkorange": "yellow", "gul": "yellow",
    "red": "red", "crimson": "red", "firebrick": "red", "darkred": "red", "tomato": "red", "rod": "red", "röd": "red",
}  # fmt: skip

MIN_SATURATION = 0.35
MIN_VALUE = 0.35
"""Paler or darker than these is a background or a line, not a light."""
PALE_SATURATION, PALEST_SATURATION = 0.13, 0.075
"""Above the first a light tint still has a colour: spreadsheets' pale green for "good" has 0.17. Above the second tints
of green and red do: offices' lightest have 0.08, as yellow has in cream paper and blue in many headings."""
PALE_RED = 27
"""Degrees: offices' palettes have no red, and peach, their tint of orange, stands for it beside a tint of gold."""
PALE_VALUE = 0.8
GREY_VALUES = (0.4, 0.9)
"""Brightness of what counts as grey; darker is ink, lighter is paper."""
SHARE_OF_PICTURE = 0.08
"""A picture has a colour when at least this share of its pixels is saturated."""
SHARE_OF_FILL = 0.5


def named_colour(name: str) -> MarkColour | None:
    """The light that a CSS colour name (or a Swedish one in a class) stands for."""
    return _NAMES.get(name.strip().lower())


def rgb_colour(red: int, green: int, blue: int) -> MarkColour | None:
    """The light that a colour (0-255) is seen as; None for white, black, pale and grey ones."""
    hue, saturation, value = colorsys.rgb_to_hsv(red / 255, green / 255, blue / 255)
    if saturation < MIN_SATURATION or value < MIN_VALUE:
        return None
    degrees = hue * 360
    for limit, colour in _HUES:
        if degrees < limit:
            return colour
    return "red"


_HUES: tuple[tuple[float, MarkColour], ...] = (
    (22, "red"),
    (68, "yellow"),
    (170, "green"),
    (260, "blue"),
    (335, "other"),
)


def paint_rgb(paint: object) -> RGB | None:
    """0-255 RGB of grey, RGB or CMYK components (0-1); None for patterns and other paints."""
    parts = paint if isinstance(paint, tuple | list) else (paint,)
    numbers = [min(1.0, max(0.0, float(part))) for part in parts if isinstance(part, int | float)]
    if len(numbers) != len(parts):
        return None
    match numbers:
        case [grey]:
            return _bytes(grey, grey, grey)
        case [red, green, blue]:
            return _bytes(red, green, blue)
        case [cyan, magenta, yellow, black]:
            return _bytes(*((1 - ink) * (1 - black) for ink in (cyan, magenta, yellow)))
    return None


@lru_cache(maxsize=4096)
def colour_name(rgb: RGB | None) -> MarkColour | None:
    """The colour the eye sees, pale tints and grey included; None for white, black and unknown paint."""
    if rgb is None:
        return None
    vivid = rgb_colour(*rgb)
    if vivid is not None:
        return vivid
    hue, saturation, value = colorsys.rgb_to_hsv(*(part / 255 for part in rgb))
    if saturation >= PALEST_SATURATION and value >= PALE_VALUE:
        tint = "red" if hue * 360 < PALE_RED else rgb_colour(*_bytes(*colorsys.hsv_to_rgb(hue, 1.0, 1.0)))
        if saturation >= PALE_SATURATION or tint in ("green", "red"):
            return tint
    if saturation < PALE_SATURATION and GREY_VALUES[0] <= value <= GREY_VALUES[1]:
        return "grey"
    return None


def painted_colour(image: Image | None, share: float) -> MarkColour | None:
    """The colour that covers at least this share of a part of a painted page."""
    if image is None:
        return None
    colours = image.convert("RGB").getcolors(image.width * image.height) or []
    pixels = [(count, (rgb[0], rgb[1], rgb[2])) for count, rgb in colours if isinstance(rgb, tuple)]
    return picture_colour(pixels, share)


def picture_colour(pixels: Iterable[tuple[int, RGB]], share: float = SHARE_OF_PICTURE) -> MarkColour | None:
    """The dominant colour of a picture given as (count, colour) pairs; None where all is white or black.

    `share` is how much of the picture must have a colour.
    """
    counts: dict[MarkColour, int] = {}
    total = greys = 0
    for count, rgb in pixels:
        total += count
        vivid = rgb_colour(*rgb)
        if vivid is not None:
            counts[vivid] = counts.get(vivid, 0) + count
        elif colour_name(rgb) == "grey":
            greys += count
    if sum(counts.values()) >= share * total > 0:
        return max(counts, key=lambda name: (counts[name], name))
    return "grey" if greys >= share * total > 0 else None


def _bytes(red: float, green: float, blue: float) -> RGB:
    return round(red * 255), round(green * 255), round(blue * 255)
