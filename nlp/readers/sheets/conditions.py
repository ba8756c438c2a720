"""Conditional formats worked out: what colour, icon or number format they give each cell."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from ljuskoll.nlp.document import MarkColour
from ljuskoll.nlp.readers.colours import colour_name
from ljuskoll.nlp.readers.office.palette import RGB, mixed
from ljuskoll.nlp.readers.sheets.formulas import Fault, Formula, Look, Unsupported, compare, compiled, truth
from ljuskoll.nlp.readers.sheets.refs import Area, Spot, column_letters
from ljuskoll.nlp.readers.sheets.rules import Limit, Rule
from ljuskoll.nlp.readers.sheets.styles import Overlay

_ARROWS: tuple[tuple[MarkColour, str], ...] = (
    ("red", "↓"), ("yellow", "↘"), ("yellow", "→"), ("yellow", "↗"), ("green", "↑"),
)  # fmt: skip
_LIGHTS: tuple[tuple[MarkColour, str], ...] = (("red", ""), ("yellow", ""), ("green", ""))
_ICONS: dict[str, Sequence[tuple[MarkColour | None, str]]] = {
    "3Arrows": [_ARROWS[0], _ARROWS[2], _ARROWS[4]],
    "4Arrows": [_ARROWS[0], _ARROWS[1], _ARROWS[3], _ARROWS[4]],
    "5Arrows": _ARROWS,
    "3ArrowsGray": [("grey", "↓"), ("grey", "→"), ("grey", "↑")],
    "4ArrowsGray": [("grey", "↓"), ("grey", "↘"), ("grey", "↗"), ("grey", "↑")],
    "5ArrowsGray": [("grey", sign) for _, sign in _ARROWS],
    "3Triangles": [("red", "▼"), ("yellow", "→"), ("green", "▲")],
    "3Flags": _LIGHTS, "3TrafficLights1": _LIGHTS, "3TrafficLights2": _LIGHTS, "3Signs": _LIGHTS,
    "3Symbols": _LIGHTS, "3Symbols2": _LIGHTS,
    "4TrafficLights": [("grey", ""), *_LIGHTS],
    "4RedToBlack": [(None, "●"), ("grey", ""), ("red", ""), ("red", "")],
}  # fmt: skip
"""The icons of each set from the lowest value: the colour, and the sign where the shape says more than that.
Sets without lights (stars, bars, quarters, boxes) are left out: they show degrees, the number says the same."""
_TEXT_TESTS: dict[str, Callable[[str, str], bool]] = {
    "containsText": lambda text, wanted: wanted in text,
    "notContainsText": lambda text, wanted: wanted not in text,
    "beginsWith": lambda text, wanted: text.startswith(wanted),
    "endsWith": lambda text, wanted: text.endswith(wanted),
}
_SIGNS = {
    "equal": "=", "notEqual": "<>", "lessThan": "<", "lessThanOrEqual": "<=", "greaterThan": ">",
    "greaterThanOrEqual": ">=",
}  # fmt: skip
_SCALES = ("colorScale", "iconSet")
MAX_TRIALS = 5_000_000
"""More cells times rules than this are not worked out."""

Test: TypeAlias = Callable[[Spot, Look], bool]


@dataclass(frozen=True, slots=True)
class Effect:
    """What the conditional formats of a cell give it."""

    fill: RGB | None = None
    ink: RGB | None = None
    code: str | None = None
    icon: tuple[MarkColour | None, str] | None = None
    hides_value: bool = False


NO_EFFECT = Effect()


@dataclass(frozen=True, slots=True)
class _Working:
    """A rule with its test (for changes of look) or its limits in numbers (for scales and icons)."""

    rule: Rule
    test: Test | None = None
    limits: tuple[float, ...] = ()


class Conditions:
    """The conditional formats of one sheet. `cells` are those that may be changed, `look` gives what they hold.

    `failed` are the rules that could not be worked out.
    """

    def __init__(self, rules: Sequence[Rule], cells: Iterable[Spot], look: Look) -> None:
        self._look = look
        self._columns: dict[int, list[int]] = {}
        for row, column in sorted(cells):
            self._columns.setdefault(row, []).append(column)
        self._rows = sorted(self._columns)
        self._working: dict[Spot, list[_Working]] = {}
        self.failed: list[Rule] = []
        tried = 0
        for rule in sorted(rules, key=lambda rule: rule.rank):
            spots = list(dict.fromkeys(self._within(rule.areas))) if _says_something(rule) else []
            tried += len(spots)
            if not spots:
                continue
            try:
                work = self._prepared(rule, spots)
            except Unsupported:
                self.failed.append(rule)
                continue
            if tried > MAX_TRIALS:
                self.failed.append(rule)
                break
            for spot in spots:
                self._working.setdefault(spot, []).append(work)

    def effects(self) -> Iterator[tuple[Spot, Effect]]:
        """The cells that some rule changes, and how; of two rules that paint a cell, the first wins."""
        for spot, rules in self._working.items():
            effect = self._effect(spot, rules)
            if effect is not None:
                yield spot, effect

    def _within(self, areas: Iterable[Area]) -> Iterator[Spot]:
        for area in areas:
            first, last = bisect_left(self._rows, area.top), bisect_right(self._rows, area.bottom)
            for row in self._rows[first:last]:
                columns = self._columns[row]
                left, right = bisect_left(columns, area.left), bisect_right(columns, area.right)
                yield from ((row, column) for column in columns[left:right])

    def _effect(self, spot: Spot, rules: Sequence[_Working]) -> Effect | None:
        fill = ink = code = icon = None
        hides = held = False
        for work in rules:
            if work.test is None:
                shade, symbol = self._scaled(work, spot)
                fill, icon = fill or shade, icon or symbol
                hides = hides or (not work.rule.shows_value and symbol is not None)
                held = held or shade is not None or symbol is not None
                continue
            if not _holds(work.test, spot, self._look):
                continue
            change: Overlay = work.rule.change
            fill, ink, code, held = fill or change.fill, ink or change.ink, code or change.code, True
            if work.rule.stops:
                break
        return Effect(fill, ink, code, icon, hides) if held else None

    def _prepared(self, rule: Rule, spots: Sequence[Spot]) -> _Working:
        """The rule with its test, or with its limits in numbers, from the values that it is about."""
        if rule.kind not in _SCALES:
            return _Working(rule, _test(rule))
        numbers = sorted(value for spot in spots if isinstance(value := self._look(spot), float))
        return _Working(rule, limits=tuple(_limit(limit, numbers) for limit in rule.limits))

    def _scaled(self, work: _Working, spot: Spot) -> tuple[RGB | None, tuple[MarkColour | None, str] | None]:
        value = self._look(spot)
        if isinstance(value, bool) or not isinstance(value, float):
            return None, None
        if work.rule.kind == "colorScale":
            return _shade(value, work.limits, work.rule.colours), None
        step = 0
        for number, (limit, at) in enumerate(zip(work.rule.limits, work.limits, strict=True)):
            if number and (value >= at if limit.includes else value > at):
                step = number
        if step >= len(work.rule.icons):
            return None, None
        name, index = work.rule.icons[step]
        icons = _ICONS.get(name, ())
        return None, icons[index] if 0 <= index < len(icons) else None


def where(rules: Iterable[Rule]) -> str:
    """The ranges of some rules, as people write them."""
    areas = dict.fromkeys(area for rule in rules for area in rule.areas)
    return ", ".join(
        f"{column_letters(area.left)}{area.top}:{column_letters(area.right)}{area.bottom}" for area in list(areas)[:5]
    )


def _says_something(rule: Rule) -> bool:
    """Whether the rule can change what is read: a colour, a number format, an icon or when others hold."""
    change = rule.change
    draws = change.fill is not None or change.ink is not None or change.code is not None
    if rule.kind == "colorScale":
        ends = {colour_name(colour) for colour in rule.colours} - {None, "grey"}
        return len(rule.limits) == len(rule.colours) >= 2 and len(ends) >= 2
    if rule.kind == "iconSet":
        return bool(rule.icons) and len(rule.limits) == len(rule.icons)
    return rule.kind != "dataBar" and (draws or rule.stops)


def _test(rule: Rule) -> Test:
    """Whether the rule holds for a cell. Raises Unsupported."""
    origin = rule.areas[0].top, rule.areas[0].left
    if rule.kind == "cellIs":
        return _comparison(rule.operator, [compiled(text, origin) for text in rule.formulas])
    if rule.kind in _TEXT_TESTS and rule.text:
        wanted, test = rule.text.casefold(), _TEXT_TESTS[rule.kind]
        return lambda spot, look: test(_words(look(spot)), wanted)
    if rule.kind == "containsBlanks":
        return lambda spot, look: not _words(look(spot)).strip()
    if rule.kind == "notContainsBlanks":
        return lambda spot, look: bool(_words(look(spot)).strip())
    if (rule.kind == "expression" or rule.kind in _TEXT_TESTS) and rule.formulas:
        formula = compiled(rule.formulas[0], origin)
        return lambda spot, look: truth(formula(spot, look))
    raise Unsupported(rule.kind)


def _comparison(operator: str, formulas: Sequence[Formula]) -> Test:
    if operator in _SIGNS and formulas:
        sign, wanted = _SIGNS[operator], formulas[0]
        return lambda spot, look: compare(look(spot), sign, wanted(spot, look))
    if operator in ("between", "notBetween") and len(formulas) == 2:
        low, high = formulas
        is_within = operator == "between"

        def test(spot: Spot, look: Look) -> bool:
            value = look(spot)
            inside = compare(value, ">=", low(spot, look)) and compare(value, "<=", high(spot, look))
            return inside == is_within

        return test
    raise Unsupported(operator)


def _holds(test: Test, spot: Spot, look: Look) -> bool:
    try:
        return test(spot, look)
    except Fault:
        return False


def _words(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).casefold()


def _limit(limit: Limit, numbers: Sequence[float]) -> float:
    low, high = (numbers[0], numbers[-1]) if numbers else (0.0, 0.0)
    if limit.kind in ("min", "autoMin"):
        return low
    if limit.kind in ("max", "autoMax"):
        return high
    try:
        value = float(limit.value)
    except ValueError as error:
        raise Unsupported(limit.value) from error
    if limit.kind == "percent":
        return low + (high - low) * value / 100
    if limit.kind == "percentile" and numbers:
        place = min(max(value, 0.0), 100.0) / 100 * (len(numbers) - 1)
        below = int(place)
        above = min(below + 1, len(numbers) - 1)
        return numbers[below] + (numbers[above] - numbers[below]) * (place - below)
    return value


def _shade(value: float, limits: Sequence[float], colours: Sequence[RGB | None]) -> RGB | None:
    """The colour of a value on a scale of two or three."""
    stops = [(at, colour) for at, colour in zip(limits, colours, strict=True) if colour is not None]
    if not stops or value <= stops[0][0]:
        return stops[0][1] if stops else None
    for (low, first), (high, second) in pairwise(stops):
        if value <= high:
            return mixed(first, second, (value - low) / (high - low)) if high > low else second
    return stops[-1][1]
