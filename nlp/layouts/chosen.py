"""Of several columns with a status or a comment, those that are the report's own: by their periods, sexes and cells."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from ljuskoll.nlp.followup import Period
from ljuskoll.nlp.layouts.profiles import Profile
from ljuskoll.nlp.vocabulary.columns import is_both_sexes
from ljuskoll.nlp.vocabulary.periods import PeriodMention, find_periods, month_of

_Rank: TypeAlias = tuple[int, int, tuple[int, int, int]]


def choose_status(
    columns: Sequence[int], words: Mapping[int, str], profiles: Mapping[int, Profile], wanted: Period | None
) -> int | None:
    """The column of the report's own period, else of the latest that holds anything; among equals the first.

    A column for women and men together goes before one for either, colours before words for how far a thing has come,
    and these before its share.
    """

    def rank(index: int) -> tuple[_Rank, int, int, int, int]:
        holds = int(profiles[index].written + profiles[index].drawn > 0)
        both = int(any(is_both_sexes(word) for word in words[index].split()))
        shows = int(profiles[index].holds_colours), int(profiles[index].holds_lights)
        return _rank(words[index], wanted, holds), both, *shows, -index

    return max(columns, key=rank, default=None)


def choose_comments(
    columns: Sequence[int], words: Mapping[int, str], status: str | None, wanted: Period | None
) -> tuple[int, ...]:
    """The columns with comments of the same period as the status, or of none; without a status those of the best."""
    dated = {index: mention for index in columns if (mention := period_of(words[index])) is not None}
    own = period_of(status) if status is not None else None
    if own is None and dated:
        own = dated[max(dated, key=lambda index: (_rank(words[index], wanted, 1), -index))]
    return tuple(i for i in columns if i not in dated or own is None or _agree(dated[i], own.year, own.as_of))


def _rank(words: str, wanted: Period | None, holds: int) -> _Rank:
    """How near a heading is to the report's period: names it, names none, names another; then the latest goes first."""
    mention = period_of(words)
    if mention is None:
        return 1, holds, (0, 0, 0)
    day = (wanted.as_of.month, wanted.as_of.day) if wanted is not None and wanted.as_of else None
    near = 1 if wanted is None else 2 if _agree(mention, wanted.year, day) else 0
    return near, 1 if near == 2 and day else holds, (mention.year or 0, *(mention.as_of or (0, 0)))


def _agree(mention: PeriodMention, year: int | None, day: tuple[int, int] | None) -> bool:
    return (mention.year in (None, year) or year is None) and (mention.as_of in (None, day) or day is None)


def period_of(words: str) -> PeriodMention | None:
    """The period that a column's headings name."""
    return next(iter(find_periods(words)), None) or month_of(words)


def is_same_period(one: PeriodMention | None, other: PeriodMention | None) -> bool:
    """Whether two headings name the same year and day."""
    return one is not None and other is not None and (one.year, one.as_of) == (other.year, other.as_of)
