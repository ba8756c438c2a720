"""What is drawn in a Word file's text: small pictures and shapes as marks, text boxes as text to be read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ljuskoll.nlp.document import Mark, MarkColour, Place
from ljuskoll.nlp.readers.clean import single_spaced
from ljuskoll.nlp.readers.colours import RGB, colour_name
from ljuskoll.nlp.readers.docx.parts import Parts, local_name
from ljuskoll.nlp.readers.docx.styles import named_rgb
from ljuskoll.nlp.readers.icons import picture_mark
from ljuskoll.nlp.readers.office.parts import attribute, child, children, descendants, is_on, whole_number

POINT = 12_700
"""English metric units, in which drawings are measured, a point."""
LARGEST = 36.0
"""Points; a larger drawing is a logotype, a diagram or a box of text."""
SMALLEST = 3.0
_UNITS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, "": 0.75}
_LENGTH = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]+)\s*(pt|in|cm|mm|px)?", re.IGNORECASE)
_VML_SHAPES = frozenset({"shape", "oval", "rect", "roundrect", "polyline", "arc"})
_TURNED = ("→", "↘", "↓", "↙", "←", "↖", "↑", "↗")
"""Signs of arrows by eighths of a turn from pointing right."""
_ARROWS = {"rightArrow": 0, "downArrow": 2, "leftArrow": 4, "upArrow": 6, "bentUpArrow": 6}
_EIGHTH = 45 * 60_000
WHITE: RGB = (255, 255, 255)
_EMPTY: MarkColour = "grey"
"""A white disc says as a grey one that nothing is shown."""
_PLAIN = "●"
"""What a picture shows whose shape tells nothing."""

Size = tuple[float, float]


@dataclass(slots=True)
class Drawn:
    """The marks of one drawing, and the contents of the text boxes in it."""

    marks: list[Mark] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)


class Drawings:
    """Reads drawings; pictures that stand many times in a file are looked at once."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._looks: dict[str, tuple[MarkColour | None, str]] = {}

    def read(self, element: etree._Element, place: Place) -> Drawn:
        """What a `w:drawing`, `w:pict` or `w:object` shows."""
        drawn = Drawn()
        properties = next(iter(descendants(element, "docPr")), None)
        if is_on(attribute(properties, "hidden")):
            return drawn
        alt = single_spaced(attribute(properties, "descr") or attribute(properties, "title"))
        size = _emu_size(next(iter(descendants(element, "extent")), None))
        for part in _objects(element):
            if (box := next(iter(descendants(part, "txbxContent")), None)) is not None:
                drawn.boxes.append(box)
            mark = self._mark(part, size, alt, place)
            if mark is not None:
                drawn.marks.append(mark)
        drawn.boxes += self._diagrams(element)
        if not drawn.marks and alt and not drawn.boxes:
            drawn.marks.append(Mark("icon", None, alt, place))
        return drawn

    def _mark(self, part: etree._Element, size: Size | None, alt: str, place: Place) -> Mark | None:
        name = local_name(part)
        if name == "pic":
            path = self._picture(next(iter(descendants(part, "blip")), None), "embed")
            return self._icon(path, _own_size(part) or size, alt, place)
        if name == "wsp":
            fill = self._fill(part)
            colour = colour_name(fill) or (_EMPTY if fill == WHITE and _is_ring(part) else None)
            return _shape(part, colour, _own_size(part) or size, alt, place)
        alt = alt or single_spaced(part.get("alt") or part.get("title") or "")
        image = child(part, "imagedata")
        if image is not None:
            return self._icon(self._picture(image, "id"), _vml_size(part), alt, place)
        colour = None if part.get("filled") in ("f", "false") else colour_name(named_rgb(part.get("fillcolor", "")))
        return _shape(part, colour, _vml_size(part), alt, place)

    def _icon(self, path: str, size: Size | None, alt: str, place: Place) -> Mark | None:
        if size is None or max(size) > LARGEST:
            return Mark("icon", None, alt, place) if alt else None
        if path not in self._looks:
            image = self._parts.picture(path)
            colour, sign = (None, "") if image is None else picture_mark(image)
            self._looks[path] = colour, "" if sign == _PLAIN else sign
        colour, sign = self._looks[path]
        return Mark("icon", colour, alt or sign, place) if colour or alt or sign else None

    def _picture(self, element: etree._Element | None, name: str) -> str:
        relation = None if element is None else self._parts.related(element, name)
        return "" if relation is None else relation.path

    def _fill(self, shape: etree._Element) -> RGB | None:
        """A shape's own fill, else that of its style; the most vivid stop of a gradient."""
        for element in children(child(shape, "spPr")):
            match local_name(element):
                case "noFill" | "blipFill":
                    return None
                case "solidFill":
                    return self._parts.palette.drawn_colour(element)
                case "gradFill":
                    stops = [self._parts.palette.drawn_colour(stop) for stop in descendants(element, "gs")]
                    return max((rgb for rgb in stops if rgb), key=lambda rgb: max(rgb) - min(rgb), default=None)
                case "pattFill":
                    return self._parts.palette.drawn_colour(child(element, "fgClr"))
        reference = child(shape, "style", "fillRef")
        return self._parts.palette.drawn_colour(reference) if attribute(reference, "idx") not in ("", "0") else None

    def _diagrams(self, element: etree._Element) -> Iterator[etree._Element]:
        """The texts of SmartArt, which stand in a part of their own."""
        for reference in descendants(element, "relIds"):
            relation = self._parts.related(reference, "dm")
            root = None if relation is None else self._parts.root(relation.path)
            if root is not None:
                yield root


def _is_ring(shape: etree._Element) -> bool:
    """Whether a shape is a disc with an outline, which is seen though the disc is white."""
    is_round = any(attribute(form, "prst") == "ellipse" for form in descendants(shape, "prstGeom"))
    return is_round and child(shape, "spPr", "ln", "solidFill") is not None


def _objects(element: etree._Element) -> Iterator[etree._Element]:
    """Pictures and shapes in an element; not those in their text boxes, which are read as text."""
    for inner in element:
        name = local_name(inner)
        if name == "txbxContent":
            continue
        if name == "AlternateContent":
            yield from _objects(understood(inner))
        elif name in ("pic", "wsp") or (name in _VML_SHAPES and "vml" in str(inner.tag)):
            yield inner
        else:
            yield from _objects(inner)


def understood(element: etree._Element) -> etree._Element:
    """The one variant of `mc:AlternateContent` that is shown: the newer, unless it is empty."""
    variants = [*children(element, "Choice"), *children(element, "Fallback")]
    return next((variant for variant in variants if len(variant)), etree.Element("none"))


def _shape(part: etree._Element, colour: MarkColour | None, size: Size | None, alt: str, place: Place) -> Mark | None:
    """A small filled shape, or any that somebody has described, as a mark."""
    is_small = size is not None and min(size) >= SMALLEST and max(size) <= LARGEST
    text = alt or (_sign(part) if is_small else "")
    if is_small and colour is not None:
        return Mark("fill", colour, text, place)
    return Mark("fill", None, text, place) if text else None


def _sign(shape: etree._Element) -> str:
    """The sign that a ready-made form draws: an arrow as it is turned, a face by its mouth."""
    form = next(iter(descendants(shape, "prstGeom")), None)
    name = attribute(form, "prst")
    if name == "smileyFace":
        bend = next(iter(descendants(form, "gd")), None)
        return "☹" if "-" in attribute(bend, "fmla") else "🙂"
    if name not in _ARROWS:
        return ""
    turned = whole_number(attribute(child(shape, "spPr", "xfrm"), "rot"))
    return _TURNED[(_ARROWS[name] + round(turned / _EIGHTH)) % len(_TURNED)]


def _own_size(part: etree._Element) -> Size | None:
    return _emu_size(child(part, "spPr", "xfrm", "ext"))


def _emu_size(element: etree._Element | None) -> Size | None:
    if element is None:
        return None
    return whole_number(element.get("cx")) / POINT, whole_number(element.get("cy")) / POINT


def _vml_size(part: etree._Element) -> Size | None:
    found = {name.lower(): _points(number, unit) for name, number, unit in _LENGTH.findall(part.get("style", ""))}
    return (found["width"], found["height"]) if len(found) == 2 else None


def _points(number: str, unit: str) -> float:
    try:
        return float(number) * _UNITS[unit.lower()]
    except ValueError:
        return 0.0
