"""The period of a report, as its headings and footers name it: tertials, dates, year-end words, years."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any

from ljuskoll.nlp.followup import TERTIAL_ENDS, Period, Tertial
from ljuskoll.nlp.vocabulary.period_tokens import (
    MAX_GAP,
    SENTENCE_BREAK,
    YEARS,
    Day,
    Sort,
    Token,
    find_tokens,
    line_at,
    month_end,
    months,
)
from ljuskoll.nlp.vocabulary.words import load

MAX_HEADING_WORDS = 16
"""A bare year counts in headings only; longer lines are running text."""

_TERTIALS: dict[Day, Tertial] = {TERTIAL_ENDS[tertial]: tertial for tertial in (1, 2, 3)}
_SENTENCE = re.compile(r"\.\s*$")
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_WRITTEN = re.compile(r"(?<!\d)(\d{1,2})\s+([^\W\d_]+)\s+((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A period named in a text; `as_of` is (month, day), with `tertial` where it ends one."""

    start: int
    end: int
    year: int | None
    tertial: Tertial | None
    as_of: Day | None


def _groups(text: str) -> Iterator[list[Token]]:
    """Tokens that name one period together: near, in one sentence, not contradicting each other."""
    group: list[Token] = []
    for token in find_tokens(text):
        if token.sort == "void":
            continue
        if group and not _joins(text[group[-1].end : token.start], group, token):
            yield group
            group = []
        group.append(token)
    if group:
        yield group


def _joins(gap: str, group: list[Token], token: Token) -> bool:
    if len(gap) > MAX_GAP or SENTENCE_BREAK.search(gap):
        return False
    years = {member.year for member in (*group, token) if member.year}
    days = {member.day for member in (*group, token) if member.sort == "day"}
    complete = any(member.sort == "day" for member in group) and any(member.year for member in group)
    return len(years) <= 1 and len(days) <= 1 and not (complete and token.sort == "day" and group[-1].sort == "year")


def _data() -> dict[str, Any]:
    return load("periods.toml")


def _mention(text: str, group: list[Token]) -> PeriodMention | None:
    year = next((token.year for token in group if token.year), None)
    ranks: tuple[Sort, ...] = ("day", "default", "default_with_year") if year else ("day", "default")
    days = [token.day for sort in ranks for token in group if token.sort == sort and token.day]
    if not days and (year is None or not _is_heading(line_at(text, group[0].start))):
        return None
    as_of = days[0] if days else None
    tertial = _TERTIALS.get(as_of) if as_of else None
    return PeriodMention(group[0].start, group[-1].end, year, tertial, as_of)


def _is_heading(line: str) -> bool:
    return len(line.split()) <= MAX_HEADING_WORDS and not _SENTENCE.search(line)


@lru_cache(maxsize=10_000)  # a document's title and margins are asked for once a follow-up
def find_periods(text: str) -> tuple[PeriodMention, ...]:
    """The periods that a text names, in order; bare years in headings only.

    Year spans, visions, dates of decisions and of publishing name none.
    """
    return tuple(mention for group in _groups(text) if (mention := _mention(text, group)))


def month_of(heading: str) -> PeriodMention | None:
    """The end of the one month that a column's heading names without its year ("okt", "Status oktober")."""
    *before, last = heading.split() or [""]
    month = months().get(last.casefold().removesuffix("."))
    if month is None or not all(word[0].isupper() for word in before):
        return None
    return PeriodMention(0, len(heading), None, None, month_end(month))


def own_periods(text: str) -> tuple[PeriodMention, ...]:
    """The periods that a text names, those with a year and a day first; of "30 april och 31 augusti" the last alone."""
    mentions = find_periods(text)
    pairs = pairwise(mentions)
    passed = {one for one, other in pairs if one.as_of and other.as_of and _is_list(text[one.end : other.start])}
    kept = [one for one in mentions if one not in passed]
    return tuple(sorted(kept, key=lambda one: not (one.year and one.as_of)))


def _is_list(between: str) -> bool:
    """Whether what stands between two periods makes them members of one list."""
    return between.strip(" ,/&").casefold() in _data()["joining"]["words"]


def dates_in(text: str) -> tuple[date, ...]:
    """The full dates that a text names, of whatever: "2022-01-27", "27 januari 2022"."""
    found = [(int(y), int(m), int(d)) for y, m, d in _ISO.findall(text)]
    found += [(int(y), months().get(m.casefold(), 0), int(d)) for d, m, y in _WRITTEN.findall(text)]
    return tuple(date(y, m, d) for y, m, d in found if 1 <= m <= 12 and 1 <= d <= monthrange(y, m)[1])


def resolve_period(mentions: Sequence[PeriodMention]) -> Period | None:
    """One period out of several mentions, the nearest and most specific first; None without any year.

    What the first leaves open is filled from later ones that do not contradict it.
    """
    year: int | None = None
    as_of: Day | None = None
    for mention in mentions:
        agrees = (year in (mention.year, None) or mention.year is None) and (
            as_of in (mention.as_of, None) or mention.as_of is None
        )
        if agrees:
            year, as_of = year or mention.year, as_of or mention.as_of
    if year is None:
        return None
    if as_of is None:
        return Period(year=year)
    month, day = as_of
    return Period.of_date(date(year, month, min(day, monthrange(year, month)[1])))


def read_period(text: str) -> Period | None:
    """The period that a whole short text is, as options give it ("T2 2021"); None if it says anything else."""
    text = text.strip()
    if date_only := re.fullmatch(r"((?:19|20)\d\d)-(\d\d)-(\d\d)", text):
        year, month, day = map(int, date_only.groups())
        valid = YEARS[0] <= year <= YEARS[1] and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
        return Period.of_date(date(year, month, day)) if valid else None
    mentions = find_periods(text)
    rest = text
    for mention in reversed(mentions):
        rest = rest[: mention.start] + " " + rest[mention.end :]
    words = [word for word in re.findall(r"\w+", rest) if word.casefold() not in _data()["options"]["filler"]]
    return None if words else resolve_period(mentions)
