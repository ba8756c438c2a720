"""Times of year with a scale of their own, and how settings name a word or outcome of one."""

from typing import Literal, TypeAlias, get_args

from ljuskoll.nlp.followup import Period
from ljuskoll.nlp.vocabulary.scale_words import key

Season: TypeAlias = Literal["forecast", "year_end"]
"""A time of year with meanings of its own: reports before year-end, and per 31 December."""
SEASONS: tuple[Season, ...] = get_args(Season)


def season_of(period: Period | None) -> Season | None:
    """The season in which a report of this period is made; None where only its year is known, or not even that."""
    if period is None or (period.tertial is None and period.as_of is None):
        return None
    return "year_end" if period.is_year_end else "forecast"


def in_season(word: str, season: Season | None) -> str:
    """A word or outcome of one season as flat settings and run.json name it ("year_end.partial")."""
    return f"{season}.{word}" if season else word


def split_season(name: str) -> tuple[Season | None, str]:
    """The season that a name is of, None for the scale of the whole year, and the word or outcome itself."""
    season = next((season for season in SEASONS if name.startswith(f"{season}.")), None)
    return season, name.removeprefix(in_season("", season))


def section_of(name: str) -> str:
    """The section of ljuskoll.toml in which a name of the scale stands."""
    season, _ = split_season(name)
    return f"[scale.{season}]" if season else "[scale]"


def setting_key(name: str) -> str:
    """A name as settings are compared: names with the same key are one word of one season."""
    season, word = split_season(name)
    return in_season(key(word), season)
