"""Percentages as a status: which light each band of a municipality's own scale stands for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

_NUMBER = r"\d{1,3}(?:[.,]\d+)?"
_BAND = re.compile(rf"(?P<low>{_NUMBER})\s*%?(?:\s*[-–—]\s*(?P<high>{_NUMBER}))?\s*%?")
_OPEN = re.compile(rf"(?P<sign>[<>≤≥]=?)\s*(?P<limit>{_NUMBER})\s*%?")
_PERCENTAGE = re.compile(rf"(?P<value>{_NUMBER})\s*(?:%|procent)", re.IGNORECASE)

Light = TypeVar("Light")


@dataclass(frozen=True, slots=True)
class Band(Generic[Light]):
    """All values from `low` to `high`; an open end does not hold its limit itself."""

    low: float
    high: float
    light: Light
    holds_low: bool = True
    holds_high: bool = True

    def holds(self, value: float) -> bool:
        """Whether the value lies in the band."""
        above = value > self.low or (self.holds_low and value == self.low)
        return above and (value < self.high or (self.holds_high and value == self.high))


def read_bands(overrides: Mapping[str, Light]) -> tuple[Band[Light], ...]:
    """The bands among the keys of a scale ("100", "91-99", "<= 90"), in the order in which they are written."""
    return tuple(band for key, light in overrides.items() if (band := _band(key, light)) is not None)


def percentage(text: str) -> float | None:
    """The percentage that a whole text is ("95 %", "87,5 procent"), None for any other text."""
    match = _PERCENTAGE.fullmatch(text.strip())
    return _value(match["value"]) if match else None


def _band(key: str, light: Light) -> Band[Light] | None:
    if match := _BAND.fullmatch(key.strip()):
        low = _value(match["low"])
        return Band(low, _value(match["high"]) if match["high"] else low, light)
    if match := _OPEN.fullmatch(key.strip()):
        limit, holds = _value(match["limit"]), "=" in match["sign"] or match["sign"] in "≤≥"
        is_below = match["sign"][0] in "<≤"
        low, high = (float("-inf"), limit) if is_below else (limit, float("inf"))
        return Band(low, high, light, holds_low=holds, holds_high=holds)
    return None


def _value(text: str) -> float:
    return float(text.replace(",", "."))
