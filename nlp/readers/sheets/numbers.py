"""Numbers as their formats show them: percentages, dates, signs drawn by a format. The decimal mark is a comma."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from importlib.resources import files

from openpyxl.styles.colors import COLOR_INDEX

from ljuskoll.nlp.readers.office.palette import RGB, hex_colour
from ljuskoll.nlp.readers.sheets.styles import GENERAL

WORDS = tomllib.loads((files(__package__) / "words.toml").read_text(encoding="utf-8"))
LONGEST_CODE = 1000
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_.(?P<gap>)|\*.|\[(?P<bracket>[^\]]*)\]|(?P<general>general)'
    r"|(?P<exponent>e[+-])|(?P<noon>am/pm|a/p)|(?P<date>y+|m+|d+|h+|s+)|(?P<digit>[0#?])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_INKS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF", "red": "FF0000",
    "white": "FFFFFF", "yellow": "FFFF00",
}  # fmt: skip
_NUMBERED_INK = re.compile(r"color\s*(\d{1,2})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a cell shows, and the colour that its format gives it."""

    text: str
    ink: RGB | None = None


@dataclass(frozen=True, slots=True)
class _Section:
    """One part of a format: its tokens as (kind, text), what it demands of a number, its colour."""

    tokens: tuple[tuple[str, str], ...]
    condition: tuple[str, Decimal] | None
    ink: RGB | None

    @property
    def dates(self) -> list[str]:
        """The tokens for parts of dates and times, in lower case."""
        return [text.lower() for kind, text in self.tokens if kind == "date"]

    def has(self, kind: str) -> bool:
        """Whether any token is of this kind."""
        return any(found == kind for found, _ in self.tokens)


def show_number(number: float, code: str, from_1904: bool = False) -> Shown:
    """A number as its format code shows it; from 1900 or 1904 where it is a date."""
    sections = _sections(code)
    value = Decimal(repr(number))
    section = _chosen(sections, value)
    if section is None:
        return Shown("")
    if section.dates:
        return Shown(_date(number, section, from_1904), section.ink)
    picked_by_sign = len(sections) > 1 and section is not sections[0]
    text = _number(abs(value) if value < 0 and picked_by_sign else value, section)
    return Shown(" ".join(text.split()), section.ink)


def show_text(text: str, code: str) -> Shown:
    """A text as its format code shows it: only a format of four parts (";;;") changes it."""
    sections = _sections(code)
    if len(sections) < 4:
        return Shown(text)
    section = sections[3]
    return Shown("".join(text if kind == "text" else part for kind, part in section.tokens), section.ink)


def show_truth(value: bool) -> str:
    """The word for a truth value."""
    word: str = WORDS["true" if value else "false"]
    return word


def general(value: Decimal) -> str:
    """A number without a format: at most ten digits after rounding, a comma for decimals."""
    if value == value.to_integral_value() and abs(value) < Decimal(10) ** 15:
        return str(int(value))
    return f"{float(value):.10g}".replace(".", ",")


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    found: list[list[tuple[str, str]]] = [[]]
    for match in _TOKEN.finditer(code if len(code) <= LONGEST_CODE else GENERAL):
        kind, text = match.lastgroup or "fill", match.group()
        if kind == "other" and text == ";":
            found.append([])
        elif kind == "bracket":
            found[-1].append(_bracket(match["bracket"]))
        elif kind in ("quoted", "escaped", "gap"):
            found[-1].append(("literal", " " if kind == "gap" else match[kind]))
        elif kind == "other":
            found[-1].append((_other(text), text))
        elif kind != "fill":
            found[-1].append((kind, text))
    return tuple(map(_section, found))


def _other(text: str) -> str:
    return {"@": "text", "%": "percent", ".": "point", ",": "comma", "/": "slash"}.get(text, "literal")


def _bracket(text: str) -> tuple[str, str]:
    if re.fullmatch(r"h+|m+|s+", text, re.IGNORECASE):
        return "date", f"[{text}]"
    if text.startswith("$"):
        return "literal", text[1:].rsplit("-", 1)[0] if "-" in text else text[1:]
    return "condition" if _CONDITION.fullmatch(text) else "ink", text


def _section(tokens: Sequence[tuple[str, str]]) -> _Section:
    condition = ink = None
    for kind, text in tokens:
        if kind == "condition" and (match := _CONDITION.fullmatch(text)):
            condition = (match[1], Decimal(match[2]))
        elif kind == "ink":
            ink = _ink(text)
    return _Section(tuple(token for token in tokens if token[0] not in ("condition", "ink")), condition, ink)


def _ink(text: str) -> RGB | None:
    if match := _NUMBERED_INK.fullmatch(text):
        number = int(match[1]) + 7
        return hex_colour(COLOR_INDEX[number]) if 8 <= number < len(COLOR_INDEX) else None
    return hex_colour(_INKS.get(text.lower(), ""))


def _chosen(sections: Sequence[_Section], value: Decimal) -> _Section | None:
    numeric = sections[:3]
    if any(section.condition for section in numeric):
        for section in numeric:
            if section.condition is None or _holds(value, section.condition):
                return section
        return None
    if value < 0 and len(numeric) > 1:
        return numeric[1]
    return numeric[2] if value == 0 and len(numeric) > 2 else numeric[0]


def _holds(value: Decimal, condition: tuple[str, Decimal]) -> bool:
    sign, limit = condition
    return {
        "<": value < limit,
        "<=": value <= limit,
        ">": value > limit,
        ">=": value >= limit,
        "=": value == limit,
        "<>": value != limit,
    }[sign]


def _number(value: Decimal, section: _Section) -> str:
    tokens = list(section.tokens)
    if not section.has("digit"):
        shown = general(value)
        parts = [shown if kind in ("general", "text") else text for kind, text in tokens]
        return "".join(parts)
    if section.has("exponent") or section.has("slash"):
        return general(value)
    places = [i for i, (kind, _) in enumerate(tokens) if kind == "digit"]
    first, last = places[0], places[-1]
    before = "".join(text for kind, text in tokens[:first] if kind == "literal")
    after = tokens[last + 1 :]
    scaled = value * 100 if section.has("percent") else value
    for kind, _ in after:
        if kind != "comma":
            break
        scaled /= 1000
    percent = " %" if section.has("percent") else ""
    rest = percent + "".join(text for kind, text in after if kind == "literal")
    sign = "-" if scaled < 0 else ""
    digits = _digits(abs(scaled), tokens[first : last + 1])
    return f"{sign if digits.strip('0, ') else ''}{before}{digits}{rest}"


def _digits(value: Decimal, tokens: Sequence[tuple[str, str]]) -> str:
    """The digits of a number in the places of a format: "#,##0.0" and the like."""
    point = next((i for i, (kind, _) in enumerate(tokens) if kind == "point"), len(tokens))
    whole, decimals = tokens[:point], [text for kind, text in tokens[point + 1 :] if kind == "digit"]
    with localcontext() as context:
        context.prec = 400
        rounded = value.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    left, _, right = f"{rounded:f}".partition(".")
    least = len("".join(decimals).rstrip("#?"))
    while len(right) > least and right.endswith("0"):
        right = right[:-1]
    shown = _placed("" if left == "0" else left, whole)
    return f"{shown},{right}" if right else shown


def _placed(digits: str, tokens: Sequence[tuple[str, str]]) -> str:
    """Whole digits from the right into their places, with the literals between them and gaps at thousands."""
    grouped = any(kind == "comma" for kind, _ in tokens)
    places = [text for kind, text in tokens if kind == "digit"]
    padded = digits.rjust(len(places), "\0")
    if not any(kind == "literal" for kind, _ in tokens):
        least = sum(text == "0" for text in places)
        plain = digits.rjust(least, "0")
        return f"{int(plain):,}".replace(",", " ") if grouped and plain else plain
    head, shown = padded[: len(padded) - len(places)], ""
    tail = iter(padded[len(head) :])
    for kind, text in tokens:
        if kind == "literal":
            shown += text
        elif kind == "digit":
            digit = next(tail)
            shown += ("0" if text == "0" else "") if digit == "\0" else digit
    return head + shown


def _date(number: float, section: _Section, from_1904: bool) -> str:
    """A date in ISO form; a month or year alone as words; hours and minutes alone as a time."""
    parts = section.dates
    if parts[0].startswith("["):
        return _elapsed(number)
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30) if number >= 61 else datetime(1899, 12, 31)
    try:
        moment = start + timedelta(seconds=round(number * 86_400))
    except (OverflowError, ValueError):
        return general(Decimal(repr(number)))
    has_time = any(part[0] in "hs" for part in parts)
    months = [part for i, part in enumerate(parts) if part[0] == "m" and not _is_minutes(parts, i)]
    year, day = any(part[0] == "y" for part in parts), any(part in ("d", "dd") for part in parts)
    texts = [text for text in (_day(moment, year, months, day), f"{moment:%H:%M}" if has_time else "") if text]
    return _with_literals(" ".join(texts), section)


def _is_minutes(parts: Sequence[str], index: int) -> bool:
    before, after = parts[index - 1] if index else "", parts[index + 1] if index + 1 < len(parts) else ""
    return before[:1] == "h" or after[:1] == "s"


def _day(moment: datetime, year: bool, months: Sequence[str], day: bool) -> str:
    if year and months and day:
        return f"{moment.year:04}-{moment.month:02}-{moment.day:02}"
    name = WORDS["months"][moment.month - 1] if months else ""
    if year and months and max(map(len, months)) < 3:
        return f"{moment.year:04}-{moment.month:02}"
    return " ".join(filter(None, (str(moment.day) if day else "", name, f"{moment.year:04}" if year else "")))


def _with_literals(text: str, section: _Section) -> str:
    """The words that a format writes before and after the date itself."""
    places = [i for i, (kind, _) in enumerate(section.tokens) if kind == "date"]
    before = "".join(part for kind, part in section.tokens[: places[0]] if kind == "literal")
    after = "".join(part for kind, part in section.tokens[places[-1] + 1 :] if kind == "literal")
    return f"{before}{text}{after}".strip()


def _elapsed(number: float) -> str:
    minutes = round(number * 1440)
    return f"{'-' if minutes < 0 else ''}{abs(minutes) // 60}:{abs(minutes) % 60:02}"
