"""The period that a report is about: as its headings, title, margins, first and last lines say."""

from collections.abc import Sequence, Set
from datetime import date
from functools import cached_property

from ljuskoll.nlp.document import Document
from ljuskoll.nlp.followup import Period
from ljuskoll.nlp.layouts.entries import MAX_HEADLINE, Entry, ends_sentence
from ljuskoll.nlp.vocabulary.periods import PeriodMention, dates_in, find_periods, own_periods, resolve_period

FIRST_BLOCKS = 6
"""A document's first blocks can name its period without looking like headings."""
LAST_BLOCKS = 3
LAST_MONTH = 5
"""Up to this month what is written about the year before is its year-end's."""


class Dating:
    """What a document says of its period; `letterhead` are lines about all of it that are no entries."""

    def __init__(self, document: Document, letterhead: Sequence[str], entries: Sequence[Entry], *, is_long: bool):
        self.around = (document.title, *document.margins, *letterhead)
        self.entries, self.letterhead, self.is_long = entries, letterhead, is_long
        self._mentions: dict[int, tuple[PeriodMention, ...]] = {}

    def mentions(self, index: int) -> tuple[PeriodMention, ...]:
        """The periods that an entry names, as the report's own."""
        if index not in self._mentions:
            self._mentions[index] = own_periods(self.entries[index].text)
        return self._mentions[index]

    def period(self, heads: Sequence[int], goals: Set[int], extra: str) -> Period | None:
        """The period that some headings name, the nearest first, else what `extra` or the document says around them.

        The year of a heading of `goals` is that by which it is to be reached.
        """
        mentions = [one for head in heads for one in self.mentions(head) if one.as_of or head not in goals]
        title, *others = self.around
        mentions += [one for text in (title, extra, *others) for one in find_periods(text)]
        mentions = _without_later_years(mentions)
        found = resolve_period(mentions) or resolve_period([one for one in mentions if one.year]) or self._last_period
        found = found or self._of_letter(mentions)
        if found is not None and found.as_of is None and found.year in self._closed_years:
            return Period.of_tertial(found.year, 3)
        return found

    @cached_property
    def _last_period(self) -> Period | None:
        """The period of a short document's last lines, where a page's foot stands that came only once."""
        last = [] if self.is_long else [entry.text for entry in self.entries[-LAST_BLOCKS:]]
        return resolve_period([one for line in last if _is_line(line) for one in find_periods(line) if one.tertial])

    @cached_property
    def _written(self) -> tuple[date, ...]:
        """The dates in a letter's first lines."""
        lines = (*(entry.text for entry in self.entries[:FIRST_BLOCKS]), *self.letterhead)
        return tuple(day for line in lines if _is_line(line) for day in dates_in(line))

    @cached_property
    def _closed_years(self) -> frozenset[int]:
        """The years that were over a short while when the document was written."""
        return frozenset(day.year - 1 for day in self._written if day.month <= LAST_MONTH)

    def _of_letter(self, mentions: Sequence[PeriodMention]) -> Period | None:
        """The last day that is named without a year before the one on which a letter was written."""
        named = next((one.as_of for one in mentions if one.as_of), None)
        if named is None or len(self._written) != 1:
            return None
        (written,) = self._written
        year = written.year if named <= (written.month, written.day) else written.year - 1
        return resolve_period([PeriodMention(0, 0, year, None, named)])


def _is_line(text: str) -> bool:
    return len(text) <= MAX_HEADLINE and not ends_sentence(text)


def _without_later_years(mentions: Sequence[PeriodMention]) -> list[PeriodMention]:
    """The mentions without bare years after that of a whole period: by then something is to be reached."""
    years = [one.year for one in mentions if one.year and one.as_of]
    return [one for one in mentions if one.as_of or not years or (one.year or 0) <= max(years)]
