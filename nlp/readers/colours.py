"""Colours as the eye names them."""

import colorsys

from ljuskoll.nlp.document import MarkColour

_NAMES: dict[str, MarkColour] = {
    "green": "green", "limegreen": "green", "lime": "green", "forestgreen": "green", "darkgreen": "green",
    "lightgreen": "green", "seagreen": "green", "mediumseagreen": "green", "gron": "green", "grön": "green",
    "yellow": "yellow", "gold": "yellow", "orange": "yellow", "darkorange": "yellow", "gul": "yellow",
    "red": "red", "crimson": "red", "firebrick": "red", "darkred": "red", "tomato": "red", "rod": "red", "röd": "red",
}  # fmt: skip

MIN_SATURATION = 0.35
MIN_VALUE = 0.35
"""Paler or darker than these is a background or a line, not a light."""


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
