"""What a later comment quotes of an earlier measurement: "jämfört med 15,6 vid höstens mätning 2033"."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ljuskoll.nlp.language.figures import Figure, find_figures, is_time, is_year, same_unit
from ljuskoll.nlp.language.phrases import Lexicon, Tokens
from ljuskoll.nlp.language.title_targets import read_title
from ljuskoll.service.consistency.grounds import sentences_of
from ljuskoll.service.consistency.running_counts import WORDS, is_mended
from ljuskoll.service.record import Record

_REACH = 4
"""Words between a figure and the measurement that it is quoted from."""
_ALIKE = 2
"""Figures of one measurement differ by less than so many times."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure of a season's measurement."""

    figure: Figure
    season: str
    year: int
    told: str


def misquoted(before: Record, quotes: Sequence[Measured]) -> tuple[str, str] | None:
    """The sentences with a measurement and with another figure for it in a later comment; None where they agree."""
    if is_mended(before):
        return None
    for quoted in quotes:
        for measured in _results(before):
            same = (measured.season, measured.year) == (quoted.season, quoted.year)
            if (
                same
                and _is_one_thing(before, measured.figure, quoted.figure)
                and _differ(measured.figure, quoted.figure)
            ):
                return measured.told, quoted.told
    return None


def _is_one_thing(record: Record, one: Figure, other: Figure) -> bool:
    """Whether both are of one unit; a unit that only one of them has must be that of the title's target."""
    if one.unit and other.unit:
        return same_unit(one.unit, other.unit)
    told = one.unit or other.unit
    return not told or any(same_unit(target.unit, told) for target in read_title(record.assignment).targets)


def _differ(one: Figure, other: Figure) -> bool:
    """Whether the figures are alike but not the same, and neither is the other rounded."""
    low, high = sorted((one.value, other.value))
    return low != high and high < low * _ALIKE and high not in (round(low), round(low, 1)) and low != round(high)


def quoted_from_before(record: Record) -> list[Measured]:
    """The figures that are quoted beside the present ones, of a measurement that is named with its season.

    None where the comment says that a figure was mended.
    """
    found: list[Measured] = []
    if is_mended(record):
        return found
    for tokens in sentences_of(record.comment):
        tags = _lexicon().find(tokens)
        for compared in (tag for tag in tags if tag.kind == "quoted.compared"):
            figure = next((one for one in find_figures(tokens.words) if one.first == compared.last), None)
            named = [tag for tag in tags if figure and 0 <= tag.first - figure.last <= _REACH and _is_season(tag.kind)]
            year = _year(tokens, record)
            if figure and len(named) == 1 and year is not None:
                found.append(Measured(figure, named[0].kind, year, tokens.quote))
    return found


def _results(record: Record) -> list[Measured]:
    """The figure of a sentence that names a season's measurement and tells but one of them, as this year's."""
    found = []
    for tokens in sentences_of(record.comment):
        tags = _lexicon().find(tokens)
        seasons = {tag.kind for tag in tags if _is_season(tag.kind)}
        figures = [one for one in find_figures(tokens.words) if not is_time(one.unit)]
        year = _year(tokens, record)
        compares = any(tag.kind == "quoted.compared" for tag in tags)
        if len(seasons) == len(figures) == 1 and year is not None and not compares:
            found.append(Measured(figures[0], seasons.pop(), year, tokens.quote))
    return found


def _year(tokens: Tokens, record: Record) -> int | None:
    """The one year that the sentence names, else the report's."""
    years = {int(word) for word in tokens.words if is_year(word)}
    if years:
        return years.pop() if len(years) == 1 else None
    return record.period.year if record.period else None


def _is_season(kind: str) -> bool:
    return kind.startswith("measured.")


@cache
def _lexicon() -> Lexicon:
    return Lexicon.load(__package__, WORDS, "quoted", "measured")
