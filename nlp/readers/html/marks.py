"""Lights drawn in a web page: images by their alt text or pixels, coloured backgrounds, classes of a colour."""

import base64
import re
from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import PurePosixPath

from lxml.html import HtmlElement
from PIL import Image

from ljuskoll.nlp.document import Mark, MarkColour, Place
from ljuskoll.nlp.readers.clean import single_spaced
from ljuskoll.nlp.readers.colours import LIGHTS, colour_name, named_colour
from ljuskoll.nlp.readers.icons import picture_mark

_BACKGROUND = re.compile(
    r"(?:background(?:-color)?|border-left(?:-color)?)\s*:[^;]*?(#[0-9a-f]{3,6}\b|rgba?\([^)]*\)|[a-z]+)\s*(?:;|$)",
    re.I,
)
_INK = re.compile(r"(?:^|;)\s*color\s*:\s*(#[0-9a-f]{3,6}\b|rgba?\([^)]*\)|[a-z]+)", re.I)
_RGB = re.compile(r"rgba?\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)")
_COLOUR_CLASS = re.compile(r"(?:^|[\s_-])(green|yellow|red|gron|grön|gul|rod|röd)(?:$|[\s_-])", re.IGNORECASE)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CLASS = re.compile(r"\.([\w-]+)\s*$")
_EMBEDDED = re.compile(r"data:image/[\w.+-]+;base64,", re.IGNORECASE)
_SHAPES = frozenset({"circle", "ellipse", "rect", "path", "polygon"})
_FILL = re.compile(r".*?\bfill\s*:\s*([^;]+).*", re.DOTALL)
_FILLED = frozenset("●■◆⬤◼◾▪•◉⚫⬛")
_PLACE = Place(1)
_BOXES = frozenset({"div", "section", "article", "li", "p", "h2", "h3", "h4", "h5", "h6", "blockquote", "details"})
_BORDER = re.compile(r"border-(?:left|top)\s*:\s*([^;]+)", re.IGNORECASE)
_WIDTH = re.compile(r"(?<![\w#.])(\d+(?:\.\d+)?)px")
_PAINT = re.compile(r"#[0-9a-f]{3,6}\b|rgba?\([^)]*\)|(?<![\w#-])[a-z]{3,}(?![\w-])", re.IGNORECASE)
MIN_BAR = 3.0
"""Pixels of a border that is a bar and no rule."""
_BADGES = frozenset({"span", "strong", "b", "em", "i", "small", "mark", "label"})
MAX_BADGE = 5
"""Words on a label that is drawn in a colour."""
MAX_SHAPES = 6
"""A drawing of more is a chart."""
MAX_ICON = 96
"""Pixels of the longer side of a picture that may be a light."""


def class_styles(root: HtmlElement) -> dict[str, str]:
    """The declarations of each class in the page's own style sheets."""
    styles: dict[str, str] = {}
    for sheet in root.iter("style"):
        for selectors, declarations in _RULE.findall((sheet.text or "").replace("<!--", "").replace("-->", "")):
            for selector in selectors.split(","):
                if name := _CLASS.search(selector.strip()):
                    styles[name.group(1)] = f"{styles.get(name.group(1), '')};{declarations}"
    return styles


def mark_of(element: HtmlElement, styles: Mapping[str, str]) -> Mark | None:
    """What an element draws or says instead of text, None where it is only text; `styles` are those of classes."""
    described = _description(element)
    embedded = _embedded(element)
    if embedded is not None:
        return Mark("icon", embedded.colour, described or embedded.text, _PLACE)
    if described:
        return Mark("text", None, described, _PLACE)
    named = _named_in_file(element)
    if named is not None:
        return Mark("icon", named, "", _PLACE)
    colour = _vector_colour(element) if element.tag == "svg" else _drawn_colour(element, styles)
    if colour is None and _may_be_badge(element):
        colour = _painted(element, styles, _BACKGROUND)
        return Mark("fill", colour, single_spaced(element.text or ""), _PLACE) if colour in LIGHTS else None
    return None if colour is None else Mark("fill", colour, "", _PLACE)


def bar_of(element: HtmlElement, styles: Mapping[str, str]) -> Mark | None:
    """A thick border in a light's colour at the left or top of a box with text in it."""
    if element.tag not in _BOXES:
        return None
    for border in _BORDER.findall(";".join((_class_style(element, styles), element.get("style", "")))):
        width = _WIDTH.search(border)
        colours = (_css_colour("", word) for word in _PAINT.findall(border))
        colour = next((colour for colour in colours if colour in LIGHTS), None)
        if colour is not None and width is not None and float(width[1]) >= MIN_BAR:
            return Mark("fill", colour, "", _PLACE)
    return None


def _embedded(element: HtmlElement) -> Mark | None:
    """A small picture that the page holds itself, by its pixels."""
    source = element.get("src") or ""
    start = _EMBEDDED.match(source) if element.tag == "img" else None
    if start is None:
        return None
    with suppress(ValueError, OSError, Image.DecompressionBombError):
        image = Image.open(BytesIO(base64.b64decode(source[start.end() :])))
        if max(image.size) <= MAX_ICON:
            colour, sign = picture_mark(image)
            return Mark("icon", colour, sign) if colour or sign else None
    return None


def _description(element: HtmlElement) -> str:
    """The words that stand for a picture: alt, title or aria-label."""
    if element.tag == "img":
        return single_spaced(element.get("alt") or element.get("title") or "")
    if element.tag == "svg":
        return single_spaced(
            element.get("aria-label") or element.findtext("{*}title") or element.findtext("title") or ""
        )
    if _is_shape(element) or is_lone_sign(element):
        return single_spaced(element.get("aria-label") or element.get("title") or "")
    return ""


def is_lone_sign(element: HtmlElement) -> bool:
    """Whether an element holds one filled shape ("●") and nothing else, so that its colour or words are its meaning."""
    return len(element) == 0 and (element.text or "").strip() in _FILLED


def _is_shape(element: HtmlElement) -> bool:
    return len(element) == 0 and not (element.text or "").strip()


def _named_in_file(element: HtmlElement) -> MarkColour | None:
    """The colour that the name of a picture's file says, where nothing else does ("status-green.png")."""
    source = element.get("src") or "" if element.tag == "img" else ""
    name = "" if source.startswith("data:") else PurePosixPath(re.sub(r"[?#].*", "", source)).stem
    match = _COLOUR_CLASS.search(name)
    return named_colour(match.group(1)) if match else None


def _vector_colour(element: HtmlElement) -> MarkColour | None:
    """The colour of a small drawing of few shapes: the first that is a light's."""
    shapes = [shape for shape in element.iter() if shape.tag in _SHAPES]
    sides = [float(side) for name in ("width", "height") if (side := element.get(name) or "").isdecimal()]
    if len(shapes) > MAX_SHAPES or max(sides, default=0) > MAX_ICON:
        return None
    paints = (shape.get("fill") or _FILL.sub(r"\1", shape.get("style") or "") for shape in shapes)
    colours = [colour for paint in paints if (colour := _css_colour("", paint)) is not None]
    return next((colour for colour in colours if colour in LIGHTS), None)


def _drawn_colour(element: HtmlElement, styles: Mapping[str, str]) -> MarkColour | None:
    """The colour of a cell, of an element that is nothing but a coloured shape, or of a sign that stands alone."""
    is_lone = is_lone_sign(element)
    if not (element.tag in {"td", "th"} or is_lone or _is_shape(element)):
        return None
    return _painted(element, styles, _INK if is_lone else _BACKGROUND)


def _may_be_badge(element: HtmlElement) -> bool:
    """Whether an element is a few words that something else in its line stands before or after, but not both."""
    words = (element.text or "").split()
    around = element.getparent()
    if element.tag not in _BADGES or len(element) or not 0 < len(words) <= MAX_BADGE or around is None:
        return False
    before = "".join(around.itertext()).partition(element.text or "")[0].strip() if len(around) else ""
    return not before or not (element.tail or "").strip()


def _painted(element: HtmlElement, styles: Mapping[str, str], pattern: re.Pattern[str]) -> MarkColour | None:
    """The colour that an element's own style, its classes' style or their names give it."""
    styled = _css_colour(element.get("style") or "", element.get("bgcolor") or "", pattern)
    if styled is not None:
        return styled
    styled = _css_colour(_class_style(element, styles), "", pattern)
    match = _COLOUR_CLASS.search(element.get("class") or "")
    return styled or (named_colour(match.group(1)) if match else None)


def _class_style(element: HtmlElement, styles: Mapping[str, str]) -> str:
    """The declarations that an element's classes give it."""
    return ";".join(styles.get(name, "") for name in element.get("class", "").split())


def _css_colour(style: str, bgcolor: str, pattern: re.Pattern[str] = _BACKGROUND) -> MarkColour | None:
    match = pattern.search(style)
    value = (match.group(1) if match else bgcolor).strip().lower()
    if re.fullmatch("#[0-9a-f]{3}", value):
        value = "#" + "".join(digit * 2 for digit in value[1:])
    if re.fullmatch("#[0-9a-f]{6}", value):
        return colour_name((int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)))
    if rgb := _RGB.match(value):
        red, green, blue = (int(part) for part in rgb.groups())
        return colour_name((red, green, blue))
    return named_colour(value)
