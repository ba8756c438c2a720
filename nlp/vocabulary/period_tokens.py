"""The words about time in a text: years, days of the year, and what only looks like them."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, TypeAlias

from ljuskoll.nlp.followup import TERTIAL_ENDS
from ljuskoll.nlp.vocabulary.words import either, load

Day: TypeAlias = tuple[int, int]
"""Month and day."""
Sort: TypeAlias = Literal["year", "day", "default", "default_with_year", "void"]

MAX_GAP = 40
"""Characters between two words that belong together."""
YEARS = (1990, 2100)
SENTENCE_BREAK = re.compile(r"[.!?;]\s|\n")

_OWNER = re.compile(r"\W+\w+ (?:kommun|stad)\W*")
LEAP_YEAR = 2024
_CENTURY = 2000
MAX_HEADED = 100
"""Characters of a line that can be a heading."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word or expression about time: a year, a day of the year, or a default for the day."""

    start: int
    end: int
    sort: Sort
    year: int | None = None
    day: Day | None = None


def _data() -> dict[str, Any]:
    return load("periods.toml")


def _numbered(table: dict[str, list[str]]) -> dict[str, int]:
    return {word: int(number) for number, words in table.items() for word in words}


@cache
def months() -> dict[str, int]:
    """The months' numbers by their names, short and long."""
    return _numbered(_data()["months"])


@cache
def _numbers() -> dict[str, int]:
    return _numbered(_data()["numbers"])


@cache
def _spans() -> dict[str, int]:
    return _numbered(_data()["spans"])


@cache
def _defaults() -> dict[str, tuple[Day, Sort]]:
    """Every word with a day of its own: the day, and how much the word insists on it."""
    table: dict[str, tuple[Day, Sort]] = dict.fromkeys(_data()["year_end"]["words"], ((12, 31), "day"))
    sorts: tuple[tuple[str, Sort], ...] = (("defaults", "default"), ("defaults_with_year", "default_with_year"))
    for name, sort in sorts:
        for day, words in _data()[name].items():
            month, number = map(int, day.split("-"))
            table |= dict.fromkeys(words, ((month, number), sort))
    return table


def month_end(month: int) -> Day:
    """The last day of a month, of a leap year."""
    return month, monthrange(LEAP_YEAR, month)[1]


def _void(match: re.Match[str]) -> Token:
    return Token(match.start(), match.end(), "void")


def _at(match: re.Match[str], day: Day | None, year: int | None = None) -> Token:
    """A token for a day of the year, or a void one for a day that does not exist."""
    valid = day is not None and 1 <= day[0] <= 12 and 1 <= day[1] <= monthrange(year or LEAP_YEAR, day[0])[1]
    return Token(match.start(), match.end(), "day", year, day) if valid else _void(match)


def _dated(match: re.Match[str], month: int, day: int, year: int | None) -> Token:
    """A full date: with a word before it that says so it counts, else if it ends a month and nothing speaks against."""
    if match["upto"] or match.groupdict().get("range"):
        return _at(match, (month, day), year)
    ends_month = 1 <= month <= 12 and year is not None and day == monthrange(year, month)[1]
    if not ends_month or _follows(match, "dates_after", MAX_GAP):
        return _void(match)
    return _at(match, (month, day), year)


@cache
def _before(words: str, reach: int) -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:{either(load('periods.toml')['no_period'][words])})(?!\w).{{0,{reach}}}$", re.IGNORECASE
    )


def _follows(match: re.Match[str], words: str, reach: int) -> bool:
    """Whether one of the words of `no_period` stands at most `reach` characters before, in the same sentence."""
    before = match.string[max(0, match.start() - 2 * MAX_GAP) : match.start()]
    return bool(_before(words, reach).search(SENTENCE_BREAK.split(before)[-1]))


def line_at(text: str, position: int) -> str:
    """The line of a text in which a position stands."""
    return text[:position].rpartition("\n")[2] + text[position:].partition("\n")[0]


def _iso(match: re.Match[str]) -> Token:
    return _dated(match, int(match["month"]), int(match["day"]), int(match["year"]))


def _iso_month(match: re.Match[str]) -> Token:
    """A month by number in a heading; in running text, or after such a word, it may as well be a running number."""
    year, month = int(match["year"]), int(match["month"])
    is_number = _follows(match, "numbers_after", 1) or len(line_at(match.string, match.start())) > MAX_HEADED
    return (
        _void(match)
        if is_number or month == (year + 1) % 100
        else _at(match, (month, monthrange(year, month)[1]), year)
    )


def _written(match: re.Match[str]) -> Token:
    year = int(match["year"]) if match["year"] else None
    return _dated(match, months()[match["month"].casefold()], int(match["day"]), year)


def _slashed(match: re.Match[str]) -> Token:
    year = _CENTURY + int(match["year"]) % 100 if match["year"] else None
    return _dated(match, int(match["month"]), int(match["day"]), year)


def _compact(match: re.Match[str]) -> Token:
    return _at(match, (int(match["month"]), int(match["day"])), _CENTURY + int(match["short"]))


def _month(match: re.Match[str]) -> Token:
    return _at(match, month_end(months()[match["month"].casefold()]))


def _month_of_year(match: re.Match[str]) -> Token:
    """The month up to which a heading's report counts, where it or the municipality after it ends the heading; else of
    whatever stands there.
    """
    line = line_at(match.string, match.start())
    before, _, after = line.partition(match[0])
    is_last = not re.search(r"\w", after) or _OWNER.fullmatch(after) is not None
    if len(line) > MAX_HEADED or not is_last or not _headed().search(before):
        return _void(match)
    return _at(match, month_end(months()[match["month"].casefold()]), int(match["year"]))


@cache
def _headed() -> re.Pattern[str]:
    intro = _data()["introducing"]
    words, others = either([*intro["headed"], *intro["reports"]]), either(intro["not_headed"])
    last = rf"(?<!\w)(?!(?:{others})\W*\Z)[^\W\d_]+"
    return re.compile(rf"(?<!\w)(?:{words})(?:(?!\w).*{last})?\W*\Z", re.IGNORECASE)


def _range(match: re.Match[str]) -> Token:
    month = months()[match["month"].casefold()]
    return _at(match, (month, int(match["day"])) if match["day"] else month_end(month))


def _turn(match: re.Match[str]) -> Token:
    """The end of the first of two years."""
    return _at(match, (12, 31), int(match["year"]))


def _tertial(match: re.Match[str]) -> Token:
    return _at(match, TERTIAL_ENDS.get(_numbers()[match["number"].casefold()]))


def _short_year(match: re.Match[str]) -> Token:
    """A tertial of a year that is written with two digits ("T1-24")."""
    return _at(match, TERTIAL_ENDS.get(int(match["number"])), _CENTURY + int(match["short"]))


def _span(match: re.Match[str]) -> Token:
    """So many months of the year that is named beside it ("efter åtta månader 2024")."""
    day = month_end(_spans()[match["span"].casefold()])
    return Token(match.start(), match.end(), "default_with_year", None, day)


def _quarter(match: re.Match[str]) -> Token:
    return _at(match, month_end(3 * _numbers()[match["number"].casefold()]))


def _word(match: re.Match[str]) -> Token:
    day, sort = _defaults()[" ".join(match[0].casefold().split())]
    return Token(match.start(), match.end(), sort, None, day)


def _year(match: re.Match[str]) -> Token:
    year = int(match["year"])
    spoiled = _follows(match, "years_after", 1) or _follows(match, "dates_after", MAX_GAP)
    spoiled = spoiled and not _part_of_year().search(match.string, max(0, match.start() - MAX_GAP), match.start())
    if spoiled or _plans().search(line_at(match.string, match.start())) or not YEARS[0] <= year <= YEARS[1]:
        return _void(match)
    return Token(match.start(), match.end(), "year", year)


@cache
def _part_of_year() -> re.Pattern[str]:
    """A tertial or the like right before a year, which then is the report's ("efter andra tertialet 2022")."""
    counted = _data()["counted"]
    stems = either([counted["tertial_stem"], counted["quarter_stem"]])
    words = either([*counted["tertial"], *counted["quarter"]])
    spans = either(counted["spans"])
    reports = either(_defaults())
    return re.compile(
        rf"(?:(?:{stems})\w*|(?:{words})\s*\d|T\s?[123]|(?<!\w)(?:{spans}|{reports}))[\s,]*\Z", re.IGNORECASE
    )


@cache
def _plans() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:{either(load('periods.toml')['no_period']['line_about_plans'])})(?!\w)", re.IGNORECASE
    )


@cache
def _rules() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Token]], ...]:
    """What can be a token and how it is read; what an earlier rule has taken is not for a later one."""
    data = _data()
    intro, counted = data["introducing"], data["counted"]
    upto = rf"(?:(?P<upto>(?<!\w)(?:{either([*intro['upto'], *intro['reports']])}))[\s:,–—-]+)?(?:den\s+)?"
    must = rf"(?P<upto>(?<!\w)(?:{either([*intro['upto'], *intro['reports']])}))[\s:,–—-]+(?:den\s+)?"
    year = r"(?<!\d)(?:19|20)\d\d"
    month = rf"(?:{either(months())})(?![^\W\d_])\.?"
    named = rf"(?P<month>{either(months())})(?![^\W\d_])\.?"
    to = rf"\s*(?:{either(intro['to'])})\s*"
    number = rf"(?P<number>{either(_numbers())})(?!\w)"
    nr = rf"\s*:?\s*(?:(?:{either(counted['numbered'])})\.?\s*)?"
    slashed = r"(?<![\w.,:/-])(?P<day>[0-3]?\d)/(?P<month>[01]?\d)"
    tertial, quarter = counted["tertial_letter"], counted["quarter_letter"]
    listed = rf"(?:[0-3]?\d\s+{month}\s+(?:{either(filter(None, data['joining']['words']))})\s+(?:den\s+)?)?"
    spans = (
        rf"(?<!\w)(?:{either(counted['spans_after'])})\s+(?P<span>{either(_spans())})\s+(?:{either(counted['spans'])})"
    )
    rows: tuple[tuple[str, Callable[[re.Match[str]], Token]], ...] = (
        (rf"{upto}(?P<range>{year}-01-01{to})?(?P<year>{year})-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?!\d)", _iso),
        (rf"(?:{year}-01{to})?(?P<year>{year})-(?P<month>0[1-9]|1[0-2])(?![\d-])", _iso_month),
        (rf"(?<!\w)(?:1\s+)?{month}{to}(?:(?P<day>[0-3]?\d)\s+)?{named}", _range),
        (rf"{upto}(?<![\w.,:/-]){listed}(?P<day>[0-3]?\d)\s+{named}(?:\s+(?P<year>{year})(?!\d))?", _written),
        (rf"{must}(?P<short>[12]\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)", _compact),
        (rf"{upto}{slashed}(?:[\s,–/-]\s?(?P<year>(?:20)?[12]\d)(?!\d))", _slashed),
        (rf"{must}{slashed}(?P<year>)(?!\d)", _slashed),
        (rf"{must}(?:(?:{either(intro['last_day'])})\s+)?{named}", _month),
        (rf"(?<!\w){named}\s+(?P<year>{year})(?!\d)", _month_of_year),
        (rf"(?<!\w)(?:{either(intro['turns'])})\s+(?P<year>{year})\s?[-–—/]\s?(?:{year}|\d\d)(?!\d)", _turn),
        (rf"{year}\s?[-–—/]\s?(?:{year}|\d\d)(?!\d)", _void),
        (rf"(?<![^\W\d_])(?-i:{tertial})\s?1\s?[-–—]\s?(?-i:{tertial})?\s?(?P<number>[23])(?!\d)", _tertial),
        (rf"(?<![^\W\d_])(?-i:{tertial})\s?(?P<number>[123])\s?[-–/'’]\s?(?P<short>[12]\d)(?![\d-])", _short_year),
        (rf"(?<![^\W\d_])(?:(?-i:{tertial})\s?|{tertial})(?P<number>[123])(?!\w)", _tertial),
        (rf"(?<![^\W\d_])(?-i:{quarter})\s?(?P<number>[1-4])(?!\w)", _quarter),
        (rf"(?<!\w)(?:{either(counted['tertial'])}){nr}{number}", _tertial),
        (rf"(?<!\w)(?:{either(counted['quarter'])}){nr}{number}", _quarter),
        (rf"(?<!\w){number}(?::\w+)?\s+{counted['tertial_stem']}\w*", _tertial),
        (rf"(?<!\w){number}(?::\w+)?\s+{counted['quarter_stem']}\w*", _quarter),
        (spans, _span),
        (rf"(?<!\w)(?:{either(data['no_period']['forecast'])})\s+(?:{either(_defaults())})(?!\w)", _void),
        (rf"(?<!\w)(?:{either(_defaults())})(?!\w)", _word),
        (
            rf"(?:(?<=[^\d][1-3][-/:])|(?<![\w.,/:§-]))(?P<year>{year})(?={tertial}[1-3]|\W|$)(?![.,:/-]\d|-[^\W\d]{{2}})"
            rf"(?!\s*(?:{either(data['no_period']['years_before'])})(?!\w))",
            _year,
        ),
    )
    return tuple((re.compile(pattern, re.IGNORECASE), read) for pattern, read in rows)


def find_tokens(text: str) -> list[Token]:
    """The tokens of a text in order; those that only explain away a date or year are void."""
    tokens: list[Token] = []
    for pattern, read in _rules():
        for match in pattern.finditer(text):
            if not any(token.start < match.end() and match.start() < token.end for token in tokens):
                tokens.append(read(match))
    return sorted(tokens, key=lambda token: token.start)
