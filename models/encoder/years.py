"""Years of a text as they would stand in a report of the year that the encoder's texts were written for."""

import re
from collections.abc import Callable
from typing import Final

from ljuskoll.nlp.followup import Period
from ljuskoll.nlp.language.stages import known_year

LEARNT_YEAR: Final = 2024
"""The year of every report that the encoder has learnt from: to it 2025 is the next year, whatever the report's."""
_REACH = 10
"""Years further from the report's are names ("Vision 2040") or history, and stay as they are."""
_CENTURY = 100
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_OF_YEAR = re.compile(r"((?<!\d)20\d\d[/–-])(\d\d)(?!\d)")
_TERM = re.compile(r"((?<!\w)[vh]t[ -]?)(\d\d)(?!\d)", re.IGNORECASE)
_SCHOOL_YEAR = re.compile(r"(?<![\d/])(\d\d)/(\d\d)(?![\d/])")


def as_learnt(text: str, period: Period | None) -> str:
    """The text with its years moved as the report's year is to `LEARNT_YEAR`; as long, so that offsets hold.

    "till mars 2022" in a report of 2021 becomes "till mars 2025". Without a known year the text stays as it is.
    """
    year = known_year(period)
    if year is None or year == LEARNT_YEAR:
        return text
    moved = _mover(year)
    text = _SCHOOL_YEAR.sub(lambda found: _school_year(found, moved), text)
    text = _TERM.sub(lambda found: found[1] + moved(found[2]), text)
    text = _OF_YEAR.sub(lambda found: found[1] + (moved(found[2]) if _follows(found[1], found[2]) else found[2]), text)
    return _YEAR.sub(lambda found: moved(found[0]), text)


def _mover(year: int) -> Callable[[str], str]:
    """Moves a year of four digits or two."""

    def moved(digits: str) -> str:
        short = len(digits) == 2
        named = year // _CENTURY * _CENTURY + int(digits) if short else int(digits)
        if abs(named - year) > _REACH:
            return digits
        named += LEARNT_YEAR - year
        return f"{named % _CENTURY:02}" if short else str(named)

    return moved


def _school_year(found: re.Match[str], moved: Callable[[str], str]) -> str:
    return f"{moved(found[1])}/{moved(found[2])}" if int(found[2]) == int(found[1]) + 1 else found[0]


def _follows(first: str, second: str) -> bool:
    """Whether "2021–" goes on with a year of two digits, "23", and not with a month."""
    return int(second) > int(first[2:4])
