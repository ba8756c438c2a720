"""A workbook's colours: direct, indexed, of the theme and tinted, as RGB."""

import colorsys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from lxml import etree
from openpyxl.styles.colors import COLOR_INDEX

from ljuskoll.nlp.readers.office.parts import Package, attribute, child, children, local, whole_number

RGB: TypeAlias = tuple[int, int, int]

_THEME_ORDER = (
    "lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink",
)  # fmt: skip
"""What the theme's numbers in cell styles stand for: Office swaps light and dark."""
_OFFICE_THEME = {
    "lt1": "FFFFFF", "dk1": "000000", "lt2": "E7E6E6", "dk2": "44546A", "accent1": "4472C4", "accent2": "ED7D31",
    "accent3": "A5A5A5", "accent4": "FFC000", "accent5": "5B9BD5", "accent6": "70AD47", "hlink": "0563C1",
    "folHlink": "954F72",
}  # fmt: skip
_ALIASES = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
_PRESETS = {
    "red": "FF0000", "green": "008000", "lime": "00FF00", "limegreen": "32CD32", "yellow": "FFFF00", "gold": "FFD700",
    "orange": "FFA500", "darkgreen": "006400", "darkred": "8B0000", "blue": "0000FF", "gray": "808080",
    "grey": "808080", "white": "FFFFFF", "black": "000000", "lightgreen": "90EE90", "forestgreen": "228B22",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Palette:
    """The theme's colours by name and the indexed ones by number."""

    theme: dict[str, RGB]
    indexed: Sequence[RGB]

    def cell_colour(self, element: etree._Element | None) -> RGB | None:
        """The RGB of a cell's colour element; None for automatic and unknown ones."""
        if element is None:
            return None
        tint = _number(element.get("tint"))
        if (rgb := element.get("rgb")) is not None:
            return _tinted(hex_colour(rgb), tint)
        if element.get("theme") is not None:
            number = whole_number(element.get("theme"), -1)
            name = _THEME_ORDER[number] if 0 <= number < len(_THEME_ORDER) else ""
            return _tinted(self.theme.get(name), tint)
        number = whole_number(element.get("indexed"), -1)
        return _tinted(self.indexed[number], tint) if 0 <= number < len(self.indexed) else None

    def drawn_colour(self, holder: etree._Element | None) -> RGB | None:
        """The RGB of a drawing's colour, given the element around it (`solidFill`, `fillRef`)."""
        for element in children(holder):
            kind, value = local(element), element.get("val", "")
            if kind == "schemeClr":
                rgb = self.theme.get(_ALIASES.get(value, value))
            elif kind == "prstClr":
                rgb = hex_colour(_PRESETS.get(value.lower(), ""))
            else:
                rgb = hex_colour(element.get("lastClr") or value)
            return None if rgb is None else _modified(rgb, element)
        return None


def read_palette(package: Package, theme: str | None, styles: etree._Element | None) -> Palette:
    """The palette of a workbook; Office's own where the theme is missing."""
    scheme = child(None if theme is None else package.xml(theme), "themeElements", "clrScheme")
    names = {name: rgb for name, value in _OFFICE_THEME.items() if (rgb := hex_colour(value)) is not None}
    for element in children(scheme):
        inner = next(iter(children(element)), None)
        rgb = hex_colour(attribute(inner, "lastClr") or attribute(inner, "val"))
        if rgb is not None:
            names[local(element)] = rgb
    own = [hex_colour(element.get("rgb", "")) for element in children(child(styles, "colors", "indexedColors"))]
    standard = [hex_colour(value) for value in COLOR_INDEX]
    indexed = [*own, *standard[len(own) :]]
    return Palette(names, [rgb or (0, 0, 0) for rgb in indexed])


def hex_colour(text: str) -> RGB | None:
    """ "FF00B050" or "00B050" as numbers; None for what is no colour."""
    digits = text[-6:]
    try:
        return (int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)) if len(digits) == 6 else None
    except ValueError:
        return None


def mixed(first: RGB, second: RGB, share: float) -> RGB:
    """The colour this share (0-1) of the way from the first to the second."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def _tinted(rgb: RGB | None, tint: float) -> RGB | None:
    """A tint below 0 darkens, one above 0 lightens, in lightness."""
    if rgb is None or not tint:
        return rgb
    hue, light, saturation = colorsys.rgb_to_hls(*(part / 255 for part in rgb))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return _bytes(colorsys.hls_to_rgb(hue, min(1.0, max(0.0, light)), saturation))


def _modified(rgb: RGB, element: etree._Element) -> RGB:
    """A drawing's colour with its changes of lightness, shade and tint."""
    for change in children(element):
        share = _number(change.get("val")) / 100_000
        hue, light, saturation = colorsys.rgb_to_hls(*(part / 255 for part in rgb))
        match local(change):
            case "lumMod":
                rgb = _bytes(colorsys.hls_to_rgb(hue, min(1.0, light * share), saturation))
            case "lumOff":
                rgb = _bytes(colorsys.hls_to_rgb(hue, max(0.0, min(1.0, light + share)), saturation))
            case "shade":
                rgb = mixed((0, 0, 0), rgb, min(1.0, max(0.0, share)))
            case "tint":
                rgb = mixed((255, 255, 255), rgb, min(1.0, max(0.0, share)))
    return rgb


def _bytes(parts: tuple[float, float, float]) -> RGB:
    red, green, blue = (round(part * 255) for part in parts)
    return red, green, blue


def _number(text: str | None) -> float:
    try:
        number = float(text or 0)
    except ValueError:
        return 0.0
    return number if abs(number) < 1e9 else 0.0
