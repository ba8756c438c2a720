"""What lies on top of a sheet's cells: small pictures and shapes as marks of their cell, text boxes as text."""

import re
import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from lxml import etree
from PIL import Image

from ljuskoll.nlp.document import Mark, MarkColour, MarkSource, Place
from ljuskoll.nlp.readers.clean import single_spaced
from ljuskoll.nlp.readers.colours import colour_name
from ljuskoll.nlp.readers.icons import picture_mark
from ljuskoll.nlp.readers.office.palette import Palette
from ljuskoll.nlp.readers.office.parts import (
    PART_ERRORS,
    Package,
    attribute,
    child,
    children,
    descendants,
    is_on,
    local,
    whole_number,
)
from ljuskoll.nlp.readers.sheets.numbers import WORDS
from ljuskoll.nlp.readers.sheets.refs import Spot
from ljuskoll.nlp.readers.sheets.sheet import Sheet

POINT = 12_700
"""English metric units, in which drawings are measured, a point."""
CHARACTER = 5.4
"""Points that a character of a column's width takes."""
LARGEST = 48.0
"""Points; a larger drawing is a logotype, a diagram or a box of text."""
MAX_DRAWINGS = 20_000
PICTURE_ERRORS: tuple[type[Exception], ...] = (
    *PART_ERRORS, SyntaxError, TypeError, IndexError, ArithmeticError, struct.error, Image.DecompressionBombError,
)  # fmt: skip
"""What Pillow raises for bytes that are no picture that it knows."""
_FILE_NAME = re.compile(r"[/\\]|\.(?:png|jpe?g|gif|svg|emf|wmf|bmp)$", re.IGNORECASE)
_ARROWS = {
    "upArrow": "↑", "downArrow": "↓", "rightArrow": "→", "leftRightArrow": "→", "bentUpArrow": "↗",
    "smileyFace": "🙂",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawn:
    """A mark with the cell that it lies on, or the paragraphs of a text box."""

    spot: Spot
    source: MarkSource = "icon"
    colour: MarkColour | None = None
    text: str = ""
    paragraphs: tuple[str, ...] = ()

    def mark(self, place: Place) -> Mark:
        """The drawing as a mark."""
        return Mark(self.source, self.colour, self.text, place)


def read_drawings(package: Package, path: str, sheet: Sheet, palette: Palette) -> list[Drawn]:
    """The marks and text boxes of a drawing part, in the order in which they were drawn."""
    reader = _Reader(package, path, sheet, palette)
    found: list[Drawn] = []
    for anchor in children(package.xml(path), "twoCellAnchor", "oneCellAnchor")[:MAX_DRAWINGS]:
        found += reader.anchored(anchor)
    return found


class _Reader:
    def __init__(self, package: Package, path: str, sheet: Sheet, palette: Palette) -> None:
        self._package = package
        self._relations = package.relations(path)
        self._sheet = sheet
        self._palette = palette
        self._looks: dict[str, tuple[MarkColour | None, str]] = {}

    def anchored(self, anchor: etree._Element) -> Iterator[Drawn]:
        """What one anchor holds; of a group each part."""
        spot, is_small = self._extent(anchor)
        parts = [self._object(element, spot, is_small) for element in _objects(anchor)]
        found = [part for part in parts if part is not None]
        yield from sorted(found, key=lambda part: part.colour in (None, "grey"))

    def _object(self, element: etree._Element, spot: Spot, is_small: bool) -> Drawn | None:
        properties = next(iter(descendants(element, "cNvPr")), None)
        if is_on(attribute(properties, "hidden")):
            return None
        described = _description(attribute(properties, "descr") or attribute(properties, "title"))
        if local(element) == "pic":
            if not is_small:
                return None
            colour, sign = self._picture(attribute(child(element, "blipFill", "blip"), "embed"))
            text = described or sign.replace("●", "")
            return Drawn(spot, "icon", colour, text) if colour or text else None
        written = _written(element)
        if not is_small:
            return Drawn(spot, paragraphs=written) if written else None
        colour = self._shape_colour(element)
        form = attribute(child(element, "spPr", "prstGeom"), "prst")
        text = " ".join(written) or described or _ARROWS.get(form, "")
        if colour is None and written:
            return Drawn(spot, paragraphs=written)
        return Drawn(spot, "fill", colour, text) if colour or text else None

    def _shape_colour(self, element: etree._Element) -> MarkColour | None:
        look = child(element, "spPr")
        if child(look, "noFill") is not None:
            return None
        for holder in (child(look, "solidFill"), child(look, "gradFill", "gsLst", "gs")):
            if holder is not None:
                return colour_name(self._palette.drawn_colour(holder))
        return colour_name(self._palette.drawn_colour(child(element, "style", "fillRef")))

    def _picture(self, id: str) -> tuple[MarkColour | None, str]:
        if id not in self._looks:
            relation = self._relations.get(id)
            data = None if relation is None else self._package.read(relation.path)
            self._looks[id] = _look_at(data) if data else (None, "")
        return self._looks[id]

    def _extent(self, anchor: etree._Element) -> tuple[Spot, bool]:
        """The cell in which the middle of an anchor lies, and whether it is as small as a sign."""
        column, x = self._place(child(anchor, "from"), "col")
        row, y = self._place(child(anchor, "from"), "row")
        size = child(anchor, "ext")
        if size is not None:
            width, height = (whole_number(size.get(side)) / POINT for side in ("cx", "cy"))
        else:
            right, right_x = self._place(child(anchor, "to"), "col")
            bottom, bottom_y = self._place(child(anchor, "to"), "row")
            width = sum(self._width(number) for number in range(column, min(right, column + 60))) + right_x - x
            height = sum(self._height(number) for number in range(row, min(bottom, row + 60))) + bottom_y - y
        x, y = x + width / 2, y + height / 2
        while x >= self._width(column) and width <= LARGEST:
            x, column = x - self._width(column), column + 1
        while y >= self._height(row) and height <= LARGEST:
            y, row = y - self._height(row), row + 1
        return (row, column), max(width, height) <= LARGEST

    def _place(self, corner: etree._Element | None, axis: str) -> tuple[int, float]:
        """Row or column from 1, and the points from where it begins."""
        number, offset = child(corner, axis), child(corner, f"{axis}Off")
        return (
            max(0, whole_number(None if number is None else number.text)) + 1,
            whole_number(None if offset is None else offset.text) / POINT,
        )

    def _width(self, column: int) -> float:
        return max(1.0, self._sheet.widths.get(column, self._sheet.usual_width) * CHARACTER)

    def _height(self, row: int) -> float:
        return max(1.0, self._sheet.heights.get(row, self._sheet.usual_height))


def _objects(element: etree._Element) -> Iterator[etree._Element]:
    """The pictures and shapes below an anchor; of alternatives the first."""
    for part in children(element):
        name = local(part)
        if name in ("pic", "sp"):
            yield part
        elif name in ("grpSp", "Choice"):
            yield from _objects(part)
        elif name == "AlternateContent":
            first = next(iter(children(part)), None)
            if first is not None:
                yield from _objects(first)


def _written(shape: etree._Element) -> tuple[str, ...]:
    paragraphs = ("".join(text.text or "" for text in descendants(p, "t")) for p in descendants(shape, "p"))
    return tuple(text for paragraph in paragraphs if (text := single_spaced(paragraph)))


def _description(text: str) -> str:
    """The words that someone wrote about a picture, none where a program did."""
    words = single_spaced(text)
    is_made = any(made in words.casefold() for made in WORDS["made_descriptions"])
    return "" if is_made or _FILE_NAME.search(words) else words


def _look_at(data: bytes) -> tuple[MarkColour | None, str]:
    """The colour and sign of a picture's pixels; none where they cannot be read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(data)) as image:
                return picture_mark(image)
    except PICTURE_ERRORS:
        return None, ""
