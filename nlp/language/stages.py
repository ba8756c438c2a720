"""How far the year has gone at the end of a report's period."""

from enum import Enum

from ljuskoll.nlp.followup import TERTIAL_ENDS, Period

UNKNOWN_YEAR = 2100
"""The year of a period of which only the tertial is known; no year in a text is compared with it."""

_EARLY_UNTIL = TERTIAL_ENDS[1][0]
_YEAR_END = TERTIAL_ENDS[3][0]


class Stage(Enum):
    """Whether a text tells forecasts ("early", "mid") or outcomes ("end"); "any" where that is not known."""

    EARLY = "early"
    MID = "mid"
    END = "end"
    ANY = "any"


def end_month(period: Period | None) -> int | None:
    """The last month of the period, if it is known."""
    if period is None:
        return None
    if period.as_of:
        return period.as_of.month
    return TERTIAL_ENDS[period.tertial][0] if period.tertial else None


def known_year(period: Period | None) -> int | None:
    """The period's year, if it is known."""
    return None if period is None or period.year == UNKNOWN_YEAR else period.year


def stage_of(period: Period | None) -> Stage:
    """The stage of the year at which this period ends."""
    month = end_month(period)
    if month is None:
        return Stage.ANY
    if month >= _YEAR_END:
        return Stage.END
    return Stage.EARLY if month <= _EARLY_UNTIL else Stage.MID
