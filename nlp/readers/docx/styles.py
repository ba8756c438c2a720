"""How a Word file's text is set: styles with what they are based on, numbering, and colours of all kinds as RGB."""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from lxml import etree
from PIL import ImageColor

from ljuskoll.nlp.document import MarkColour
from ljuskoll.nlp.readers.colours import RGB, colour_name
from ljuskoll.nlp.readers.docx.parts import WORDS, Parts, W, local_name, word_child
from ljuskoll.nlp.readers.office.palette import Palette, hex_colour, mixed
from ljuskoll.nlp.readers.office.parts import child, children, whole_number

MAX_DEPTH = 20
"""Styles based on each other deeper than this go in a circle."""
BODY_TEXT = 9
"""The outline level that says: no heading."""
THICK = 12
"""Eighths of a point from which a coloured border is a bar and no rule."""
DEFAULT_SIZE = 10.0
"""Points, where a file says nothing."""

_OFF = frozenset({"0", "false", "off", "none"})
_THEME = {
    "background1": "lt1", "light1": "lt1", "text1": "dk1", "dark1": "dk1", "background2": "lt2", "light2": "lt2",
    "text2": "dk2", "dark2": "dk2", "hyperlink": "hlink", "followedHyperlink": "folHlink",
}  # fmt: skip
_HIGHLIGHTS = {"darkyellow": "#808000", "lightgray": "#C0C0C0", "darkgray": "#808080"}
_HEADING = re.compile(rf"(?:.*\b)?(?:{'|'.join(WORDS['headings'])})\s?(?:niv[åa]\s?)?([1-9])(?!\d).*")
_CONTENTS = re.compile(rf"(?:{'|'.join(WORDS['contents'])})\s?\d?")


@dataclass(frozen=True, slots=True)
class Look:
    """How characters are set; `size` in points, `shade` is the colour behind them."""

    bold: bool = False
    hidden: bool = False
    size: float = DEFAULT_SIZE
    rgb: RGB | None = None
    font: str = ""
    shade: RGB | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """How a paragraph is set: heading level (None: none), list, contents, colour behind and bar beside it.

    `joins_next` says that its end is deleted.
    """

    level: int | None = None
    is_contents: bool = False
    is_list: bool = False
    number: str = ""
    depth: int = 0
    breaks_page: bool = False
    shade: RGB | None = None
    bar: MarkColour | None = None
    joins_next: bool = False

    @property
    def is_item(self) -> bool:
        """Whether it has a bullet or a number that Word draws."""
        return self.number not in ("", "0") or (self.is_list and self.number != "0")


class Styles:
    """What each style of a file comes to, and what direct formatting adds."""

    def __init__(self, parts: Parts) -> None:
        self._palette: Palette = parts.palette
        root = parts.part("styles")
        self._styles = {style.get(f"{W}styleId", ""): style for style in children(root, "style")}
        default = (style for style in self._styles.values() if _is_default(style))
        self._default = next((style.get(f"{W}styleId", "") for style in default), "")
        self._base = self.look(Look(), child(root, "docDefaults", "rPrDefault", "rPr"))
        self._bullets = _bullets(parts.part("numbering"))
        self._looks: dict[tuple[str, str], Look] = {}
        self._formats: dict[str, Format] = {}

    def look_of(self, paragraph_style: str, character_style: str = "") -> Look:
        """How characters of these styles are set ("" for the default)."""
        key = (paragraph_style, character_style)
        if key not in self._looks:
            look = self._base
            for style in (*self._chain(paragraph_style or self._default), *self._chain(character_style)):
                look = self.look(look, child(style, "rPr"))
            self._looks[key] = look
        return self._looks[key]

    def look(self, look: Look, properties: etree._Element | None) -> Look:
        """A look with run properties on top; they name no character style."""
        changed: dict[str, Any] = {}
        for element in () if properties is None else properties:
            value = element.get(f"{W}val")
            match local_name(element):
                case "b":
                    changed["bold"] = value not in _OFF
                case "vanish":
                    changed["hidden"] = value not in _OFF
                case "sz":
                    changed["size"] = whole_number(value) / 2 or look.size
                case "color":
                    changed["rgb"] = self._colour(element, "val", "theme")
                case "rFonts":
                    changed["font"] = element.get(f"{W}ascii") or element.get(f"{W}hAnsi") or look.font
                case "shd":
                    changed.setdefault("shade", self.shade(element))
                case "highlight":
                    changed["shade"] = named_rgb(value or "")
        return replace(look, **changed) if changed else look

    def format_of(self, style: str) -> Format:
        """How paragraphs of a style ("" for the default) are set."""
        if style not in self._formats:
            chain = self._chain(style or self._default)
            found = Format() if chain else _named(Format(), style)
            for element in chain:
                found = self.format(_named(found, _name(element)), child(element, "pPr"))
            self._formats[style] = found
        return self._formats[style]

    def format(self, base: Format, properties: etree._Element | None) -> Format:
        """A format with paragraph properties on top."""
        changed: dict[str, Any] = {}
        for element in () if properties is None else properties:
            value = element.get(f"{W}val")
            match local_name(element):
                case "outlineLvl":
                    level = whole_number(value, BODY_TEXT)
                    changed["level"] = level + 1 if 0 <= level < BODY_TEXT else None
                case "numPr":
                    changed["number"] = _value(element, "numId") or base.number
                    changed["depth"] = whole_number(_value(element, "ilvl"), base.depth)
                case "pageBreakBefore":
                    changed["breaks_page"] = value not in _OFF
                case "shd":
                    changed["shade"] = self.shade(element)
                case "pBdr":
                    changed["bar"] = bar_colour(element)
                case "rPr" if word_child(element, "del") is not None:
                    changed["joins_next"] = True
        return replace(base, **changed) if changed else base

    def has_bullet(self, form: Format) -> bool:
        """Whether an item has a bullet rather than a number."""
        return self._bullets.get((form.number, form.depth), form.number == "")

    def marks_header(self, style: str) -> bool:
        """Whether a table style sets the first row apart from the others."""
        return any(
            part.get(f"{W}type") == "firstRow" and (_has(part, "rPr", "b") or _has(part, "tcPr", "shd"))
            for element in self._chain(style)
            for part in children(element, "tblStylePr")
        )

    def shade(self, element: etree._Element) -> RGB | None:
        """The RGB of a `w:shd`: its fill, its pattern's colour where that covers all, or a mixture."""
        pattern = element.get(f"{W}val", "clear")
        fill = self._colour(element, "fill", "themeFill")
        if pattern in ("clear", "nil", "auto"):
            return fill
        colour = self._colour(element, "color", "theme") or (0, 0, 0)
        share = 1.0 if pattern == "solid" else whole_number(pattern.removeprefix("pct")) / 100
        return mixed(fill or (255, 255, 255), colour, min(1.0, share))

    def _colour(self, element: etree._Element, name: str, theme: str) -> RGB | None:
        """A colour as written, else by its name in the theme (`themeColor` or `themeFill`) with tint and shade."""
        rgb = hex_colour(element.get(f"{W}{name}", ""))
        if rgb is not None:
            return rgb
        named = element.get(f"{W}{theme}" if theme == "themeFill" else f"{W}themeColor", "")
        rgb = self._palette.theme.get(_THEME.get(named, named))
        for change, towards in (("Tint", (255, 255, 255)), ("Shade", (0, 0, 0))):
            if rgb is not None and (value := element.get(f"{W}{theme}{change}")):
                rgb = mixed(towards, rgb, _hexadecimal(value) / 255)
        return rgb

    def _chain(self, style: str) -> list[etree._Element]:
        """A style and what it is based on, the base first."""
        found: list[etree._Element] = []
        while (element := self._styles.get(style)) is not None and len(found) < MAX_DEPTH:
            found.insert(0, element)
            style = _value(element, "basedOn")
        return found


def bar_colour(borders: etree._Element) -> MarkColour | None:
    """The colour of a thick left border that the other sides do not have."""
    colours: dict[str, MarkColour | None] = {}
    for side in borders:
        is_thick = whole_number(side.get(f"{W}sz")) >= THICK and side.get(f"{W}val") not in ("nil", "none")
        colours[local_name(side)] = colour_name(hex_colour(side.get(f"{W}color", ""))) if is_thick else None
    left = colours.get("left") or colours.get("start")
    others = [colours.get(side) for side in ("top", "bottom", "right", "end")]
    return left if left not in (None, "grey") and left not in others else None


@cache
def named_rgb(name: str) -> RGB | None:
    """The RGB of a colour's name or of "#C00000" as pens and older drawings write them; None for others."""
    word = name.split(" ", 1)[0].lower()
    try:
        rgb = ImageColor.getrgb(_HIGHLIGHTS.get(word, word))
    except ValueError:
        return None
    return rgb[0], rgb[1], rgb[2]


def _named(form: Format, name: str) -> Format:
    """A format with what a style's name says."""
    name = name.casefold()
    if _CONTENTS.fullmatch(name):
        return replace(form, is_contents=True, level=None)
    if heading := _HEADING.fullmatch(name):
        return replace(form, level=int(heading[1]))
    if name in WORDS["subtitles"]:
        return replace(form, level=2)
    if name in WORDS["titles"]:
        return replace(form, level=1)
    return replace(form, is_list=True) if name.rstrip(" 0123456789") in WORDS["lists"] else form


def _bullets(numbering: etree._Element | None) -> dict[tuple[str, int], bool]:
    """Whether a list's level has bullets, by the number of the list and the depth."""
    kinds: dict[str, dict[int, bool]] = {}
    for scheme in children(numbering, "abstractNum"):
        kinds[scheme.get(f"{W}abstractNumId", "")] = {
            whole_number(level.get(f"{W}ilvl")): _value(level, "numFmt") == "bullet"
            for level in children(scheme, "lvl")
        }
    return {
        (number.get(f"{W}numId", ""), depth): is_bullet
        for number in children(numbering, "num")
        for depth, is_bullet in kinds.get(_value(number, "abstractNumId"), {}).items()
    }


def _is_default(style: etree._Element) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on")


def _name(style: etree._Element) -> str:
    return _value(style, "name") or style.get(f"{W}styleId", "")


def _value(element: etree._Element, name: str) -> str:
    inner = element.find(f"{W}{name}")
    return "" if inner is None else inner.get(f"{W}val", "")


def _has(element: etree._Element, *path: str) -> bool:
    return child(element, *path) is not None


def _hexadecimal(text: str) -> int:
    try:
        return min(255, int(text, 16))
    except ValueError:
        return 255
