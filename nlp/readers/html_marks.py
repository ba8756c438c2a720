"""Lights drawn in a web page: images by their alt text, coloured backgrounds, classes that name a colour."""

import re

from lxml.html import HtmlElement

from ljuskoll.nlp.document import Mark, MarkColour, Place
from ljuskoll.nlp.readers.clean import single_spaced
from ljuskoll.nlp.readers.colours import named_colour, rgb_colour

_BACKGROUND = re.compile(
    r"(?:background(?:-color)?|border-left(?:-color)?)\s*:[^;]*?(#[0-9a-f]{3,6}\b|rgba?\([^)]*\)|[a-z]+)\s*(?:;|$)",
    re.I,
)
_RGB = re.compile(r"rgba?\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)")
_COLOUR_CLASS = re.compile(r"(?:^|[\s_-])(green|yellow|red|gron|grön|gul|rod|röd)(?:$|[\s_-])", re.IGNORECASE)
_PLACE = Place(1)


def mark_of(element: HtmlElement) -> Mark | None:
    """What an element draws or says instead of text, None where it is only text."""
    described = _description(element)
    if described:
        return Mark("text", None, described, _PLACE)
    colour = _drawn_colour(element)
    return None if colour is None else Mark("fill", colour, "", _PLACE)


def _description(element: HtmlElement) -> str:
    """The words that stand for a picture: alt, title or aria-label."""
    if element.tag == "img":
        return single_spaced(element.get("alt") or element.get("title") or "")
    if element.tag == "svg":
        return single_spaced(
            element.get("aria-label") or element.findtext("{*}title") or element.findtext("title") or ""
        )
    if len(element) == 0 and not (element.text or "").strip():
        return single_spaced(element.get("aria-label") or element.get("title") or "")
    return ""


def _drawn_colour(element: HtmlElement) -> MarkColour | None:
    """The colour of a cell or of an element that is nothing but a coloured shape."""
    is_cell = element.tag in {"td", "th"}
    is_shape = len(element) == 0 and not (element.text or "").strip()
    if not (is_cell or is_shape):
        return None
    styled = _css_colour(element.get("style") or "", element.get("bgcolor") or "")
    if styled is not None:
        return styled
    match = _COLOUR_CLASS.search(element.get("class") or "")
    return named_colour(match.group(1)) if match else None


def _css_colour(style: str, bgcolor: str) -> MarkColour | None:
    match = _BACKGROUND.search(style)
    value = (match.group(1) if match else bgcolor).strip().lower()
    if re.fullmatch("#[0-9a-f]{3}", value):
        value = "#" + "".join(digit * 2 for digit in value[1:])
    if re.fullmatch("#[0-9a-f]{6}", value):
        return rgb_colour(int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16))
    if rgb := _RGB.match(value):
        return rgb_colour(*(int(part) for part in rgb.groups()))
    return named_colour(value)
