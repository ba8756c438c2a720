"""How a workbook's cells look: fill, ink, font and number format, by the number of a cell's style."""

import colorsys
from dataclasses import dataclass, field, replace

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS

from ljuskoll.nlp.readers.office.palette import RGB, Palette
from ljuskoll.nlp.readers.office.parts import attribute, child, children, is_on, local, whole_number

GENERAL = "General"
USUAL_SIZE = 11.0
_HEAVY = ("medium", "thick", "double")


@dataclass(frozen=True, slots=True)
class Font:
    """A font; `ink` is None where the colour is automatic."""

    name: str = ""
    ink: RGB | None = None
    bold: bool = False
    size: float = USUAL_SIZE


@dataclass(frozen=True, slots=True)
class Style:
    """One look of cells; `fill` is None where nothing is painted, `edge` is the colour of a heavy left border."""

    font: Font = Font()
    fill: RGB | None = None
    edge: RGB | None = None
    code: str = GENERAL


@dataclass(frozen=True, slots=True)
class Overlay:
    """What a conditional format changes; None where it leaves the cell's own."""

    ink: RGB | None = None
    fill: RGB | None = None
    code: str | None = None


NO_CHANGE = Overlay()


@dataclass(frozen=True, slots=True)
class Styles:
    """All looks of a workbook."""

    palette: Palette
    cells: list[Style] = field(default_factory=list)
    overlays: list[Overlay] = field(default_factory=list)

    def style(self, number: int) -> Style:
        """The look of this number; the plain one where there is none."""
        return self.cells[number] if 0 <= number < len(self.cells) else _PLAIN

    def overlay(self, number: int) -> Overlay:
        """The change of this number; none where there is none."""
        return self.overlays[number] if 0 <= number < len(self.overlays) else NO_CHANGE


_PLAIN = Style()


def read_styles(root: etree._Element | None, palette: Palette) -> Styles:
    """The looks in the part with the styles; without it all cells are plain."""
    codes = BUILTIN_FORMATS | {
        whole_number(element.get("numFmtId")): element.get("formatCode", GENERAL)
        for element in children(child(root, "numFmts"), "numFmt")
    }
    fonts = [read_font(element, palette) for element in children(child(root, "fonts"), "font")]
    fills = [_fill(element, palette) for element in children(child(root, "fills"), "fill")]
    edges = [_edge(element, palette) for element in children(child(root, "borders"), "border")]
    cells = []
    for element in children(child(root, "cellXfs"), "xf"):
        font, fill, edge = (whole_number(element.get(name)) for name in ("fontId", "fillId", "borderId"))
        cells.append(
            Style(
                fonts[font] if 0 <= font < len(fonts) else Font(),
                fills[fill] if 0 <= fill < len(fills) else None,
                edges[edge] if 0 <= edge < len(edges) else None,
                codes.get(whole_number(element.get("numFmtId")), GENERAL),
            )
        )
    overlays = [read_overlay(element, palette) for element in children(child(root, "dxfs"), "dxf")]
    return Styles(palette, cells, overlays)


def read_font(element: etree._Element | None, palette: Palette, base: Font | None = None) -> Font:
    """A font as written in the styles or for a part of a text; `base` is what it changes."""
    font = base or Font()
    for part in children(element):
        value = attribute(part, "val")
        match local(part):
            case "name" | "rFont":
                font = replace(font, name=value)
            case "b":
                font = replace(font, bold=is_on(part.get("val"), default=True))
            case "sz":
                font = replace(font, size=float(whole_number(value, int(USUAL_SIZE))))
            case "color":
                font = replace(font, ink=palette.cell_colour(part))
    return font


def read_overlay(element: etree._Element | None, palette: Palette) -> Overlay:
    """What a conditional format (`dxf`) changes."""
    code = child(element, "numFmt")
    return Overlay(
        ink=palette.cell_colour(child(element, "font", "color")),
        fill=_fill(child(element, "fill"), palette, changes=True),
        code=None if code is None else code.get("formatCode"),
    )


def _edge(element: etree._Element, palette: Palette) -> RGB | None:
    left = next(iter(children(element, "left", "start")), None)
    is_heavy = left is not None and left.get("style") in _HEAVY
    return palette.cell_colour(child(left, "color")) if is_heavy else None


def _fill(element: etree._Element | None, palette: Palette, changes: bool = False) -> RGB | None:
    """The colour that the eye sees of a fill; `changes`: in conditional formats the background is the solid colour."""
    gradient = child(element, "gradientFill")
    if gradient is not None:
        stops = [palette.cell_colour(child(stop, "color")) for stop in children(gradient, "stop")]
        return max((stop for stop in stops if stop is not None), key=_vividness, default=None)
    pattern = child(element, "patternFill")
    if pattern is None:
        return None
    kind = pattern.get("patternType", "solid" if changes else "none")
    front, back = (palette.cell_colour(child(pattern, name)) for name in ("fgColor", "bgColor"))
    if kind == "none":
        return None
    if kind == "solid":
        return (back or front) if changes else front
    return max((paint for paint in (front, back) if paint is not None), key=_vividness, default=None)


def _vividness(rgb: RGB) -> float:
    _, saturation, value = colorsys.rgb_to_hsv(*(part / 255 for part in rgb))
    return saturation * value
