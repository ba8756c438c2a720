"""Conditional formats as they are written, before any cell is looked at."""

from dataclasses import dataclass

from lxml import etree

from ljuskoll.nlp.readers.office.palette import RGB
from ljuskoll.nlp.readers.office.parts import attribute, child, children, descendants, is_on, local, whole_number
from ljuskoll.nlp.readers.sheets.refs import Area
from ljuskoll.nlp.readers.sheets.styles import NO_CHANGE, Overlay, Styles, read_overlay

MAX_RULES = 2000


@dataclass(frozen=True, slots=True)
class Limit:
    """Where a colour or an icon begins: "num", "percent", "percentile", "min", "max" or "formula" with a value."""

    kind: str
    value: str
    includes: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """One conditional format: where it holds, when, and what it changes; rules of lower `rank` come first."""

    areas: tuple[Area, ...]
    kind: str
    rank: int
    operator: str = ""
    formulas: tuple[str, ...] = ()
    text: str | None = None
    stops: bool = False
    change: Overlay = NO_CHANGE
    limits: tuple[Limit, ...] = ()
    colours: tuple[RGB | None, ...] = ()
    icons: tuple[tuple[str, int], ...] = ()
    shows_value: bool = True


def read_rules(element: etree._Element, areas: tuple[Area, ...], styles: Styles) -> list[Rule]:
    """The rules of a `conditionalFormatting`, of the first kind or of the extension."""
    if not areas:
        return []
    return [_rule(rule, areas, styles) for rule in children(element, "cfRule")[:MAX_RULES]]


def _rule(element: etree._Element, areas: tuple[Area, ...], styles: Styles) -> Rule:
    own = child(element, "dxf")
    number = element.get("dxfId")
    scale = next(iter(children(element, "colorScale", "iconSet")), None)
    return Rule(
        areas=areas,
        kind=element.get("type", ""),
        rank=whole_number(element.get("priority"), MAX_RULES),
        operator=element.get("operator", ""),
        formulas=tuple(part.text or "" for part in children(element, "formula", "f")),
        text=element.get("text"),
        stops=is_on(element.get("stopIfTrue")),
        change=read_overlay(own, styles.palette) if number is None else styles.overlay(whole_number(number, -1)),
        limits=tuple(map(_limit, children(scale, "cfvo"))),
        colours=tuple(styles.palette.cell_colour(part) for part in children(scale, "color")),
        icons=() if scale is None or local(scale) != "iconSet" else _icons(scale),
        shows_value=scale is None or is_on(scale.get("showValue"), default=True),
    )


def _limit(element: etree._Element) -> Limit:
    written = next((part.text or "" for part in descendants(element, "f")), attribute(element, "val"))
    return Limit(element.get("type", "num"), written, is_on(element.get("gte"), default=True))


def _icons(element: etree._Element) -> tuple[tuple[str, int], ...]:
    """The icons from the lowest value to the highest, as (set, number in the set)."""
    own = [(icon.get("iconSet", ""), whole_number(icon.get("iconId"))) for icon in children(element, "cfIcon")]
    if own:
        return tuple(own)
    name, count = element.get("iconSet", "3TrafficLights1"), len(children(element, "cfvo"))
    numbers = range(count)
    return tuple((name, n) for n in (reversed(numbers) if is_on(element.get("reverse")) else numbers))
