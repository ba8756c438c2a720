"""Months, weeks and years in a comment, seen from the end of the report's period."""

import re
from collections.abc import Iterator
from functools import cache

from ljuskoll.models.cues import cue_data, pattern
from ljuskoll.models.periods import end_month, known_year
from ljuskoll.nlp.followup import Period

NEXT_YEAR = "next_year"
"""A named year after the report's says the same as the cue of this name ("nästa år")."""

_YEAR = re.compile(r"(?<![\d–/-])(20\d\d)(?![\d–/-])")
_WEEKS_A_MONTH = 4.35


def find_dates(sentence: str, period: Period | None) -> Iterator[str]:
    """Names of what the dates of a sentence say: "date_past", "date_ahead" (within the year), "next_year" ...

    A month that the year has passed already means the next year's where the sentence has no past verb.
    """
    month = end_month(period)
    past = pattern("tense", "past").search(sentence) is not None
    present = pattern("tense", "present").search(sentence) is not None
    for named in _months(sentence):
        if month and named > month:
            yield "date_ahead"
        elif past:
            yield "date_past"
        else:
            yield "date_beyond" if present else "date_bare"
    year = known_year(period)
    if year is not None and any(int(match[1]) > year for match in _YEAR.finditer(sentence)):
        yield NEXT_YEAR


def _months(sentence: str) -> Iterator[int]:
    for match in _month_names().finditer(sentence):
        yield cue_data()["months"]["names"].index(match[1].lower()) + 1
    for match in _week().finditer(sentence):
        yield min(12, int(int(match[1]) / _WEEKS_A_MONTH) + 1)


@cache
def _month_names() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)({'|'.join(cue_data()['months']['names'])})s?(?!\w)", re.IGNORECASE)


@cache
def _week() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in cue_data()["months"]["weeks"])
    return re.compile(rf"(?<!\w)(?:{words})\s?(\d{{1,2}})(?!\d)", re.IGNORECASE)
