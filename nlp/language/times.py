"""When something happens: words that place it within the report's year, after it or before it."""

import re
from functools import cache, cached_property

from ljuskoll.nlp.followup import TERTIAL_ENDS, Period
from ljuskoll.nlp.language.phrases import Lexicon, Tag, Tokens
from ljuskoll.nlp.language.stages import end_month, known_year

THIS_YEAR, NEXT_YEAR, EARLIER_YEAR = "this_year", "next_year", "earlier_year"

_UNKNOWN_END = TERTIAL_ENDS[2][0]
"""A period of which nothing is known is read as one that ends here."""
_YEAR_END = TERTIAL_ENDS[3][0]
_EARLY_END = TERTIAL_ENDS[1][0]
_WEEKS_A_MONTH = 4.35
_WRITTEN_AFTER = 1
"""A report is written so many months after its period's end; what it tells of them has happened."""
_NEAR_END = 2
"""A forecast for the period's last months is about this year."""
_YEARS = re.compile(r"((?:19[5-9]|20[0-9])\d)(?:[–-](\d{2,4}))?")
_MONTHS = 12
_PRESENT_ENDINGS = ("er", "ar")
"""A word that opens a clause with one of these, and no other verb there, is a verb in the present tense."""
_TABLES = ("pseudo", "fixed", "month", "ahead_month", "past_month", "other")
_VERB_TABLES = ("tense", "bound")
_TENSES = ("late", "past", "ahead", "none")
"""By weight: of two readings of a word the later one holds. "late" ("först i mars") looks ahead where no verb tells."""
_WORD_JOINTS = ("/", "-", ":")


def find_times(tokens: Tokens, period: Period | None) -> list[Tag]:
    """Tags of kind "this_year", "next_year" and "earlier_year", seen from the end of the report's period.

    Without a period months are read as in the middle of the year, and years tell nothing.
    """
    tags = _lexicon().find(tokens)
    times = _longest(tags)
    if not times:
        return []
    reader = _Reader(tokens, tags, end_month(period) or _UNKNOWN_END, known_year(period))
    found = []
    for index, tag in enumerate(times):
        after = times[index + 1] if index + 1 < len(times) else None
        kind = reader.kind(tag, after)
        if kind:
            found.append(Tag(kind, tag.first, tag.last))
    return found


@cache
def _lexicon() -> Lexicon:
    return Lexicon.load(__package__, "times.toml", *_TABLES)


@cache
def _verb_lexicon() -> Lexicon:
    return Lexicon.load(__package__, "times.toml", *_VERB_TABLES)


def _longest(tags: list[Tag]) -> list[Tag]:
    """The expressions of time: the longest at each place, none within another or within a pseudo phrase."""
    chosen: list[Tag] = []
    for tag in tags:
        if chosen and tag.first < chosen[-1].last:
            if tag.first == chosen[-1].first and tag.last > chosen[-1].last:
                chosen[-1] = tag
            continue
        chosen.append(tag)
    return chosen


class _Reader:
    """Reads the expressions of time of one sentence."""

    def __init__(self, tokens: Tokens, tags: list[Tag], end: int, year: int | None) -> None:
        self.tokens, self.words, self.tags = tokens, tokens.words, tags
        self.end, self.year = end, year

    def kind(self, tag: Tag, after: Tag | None) -> str:
        """What the expression says, or "" where it says nothing."""
        group, _, name = tag.kind.partition(".")
        if group == "fixed":
            return "" if name == THIS_YEAR and after and after.first == tag.last and after.kind != tag.kind else name
        if group == "other":
            return self._other(name, tag)
        if self._is_left(tag):
            return ""
        if group == "pseudo" or (after and after.first <= tag.last + 1 and self._decides(after, tag)):
            return ""
        month = int(name)
        if group == "ahead_month":
            return NEXT_YEAR if month <= self.end else THIS_YEAR
        if group == "past_month":
            return self._month(month, "past")
        tense = self._tense(tag)
        if self.words[tag.last - 1].startswith("vint") and tense == "past":
            return THIS_YEAR
        return self._month(month, tense)

    def _is_left(self, tag: Tag) -> bool:
        """Whether this is the date that something is moved from: "från maj till oktober"."""
        begins = self.words[max(0, tag.first - 1) : tag.first + 1]
        return "från" in begins and self.words[tag.last : tag.last + 1] == ["till"]

    def _decides(self, after: Tag, tag: Tag) -> bool:
        """Whether a year that follows says which November is meant."""
        if after.first > tag.last and self.words[tag.last] not in ("i", "under", "av"):
            return False
        return after.kind == "other.year" or after.kind.startswith("fixed")

    def _month(self, month: int, tense: str) -> str:
        if tense == "past":
            return EARLIER_YEAR if month > self.end + _WRITTEN_AFTER else THIS_YEAR
        if tense == "ahead" and (self.end == _YEAR_END or month <= self.end - _NEAR_END):
            return NEXT_YEAR
        return THIS_YEAR

    def _other(self, name: str, tag: Tag) -> str:
        if name == "year" or (name == "date" and _YEARS.fullmatch(self.words[tag.first])):
            return self._years(Tag(tag.kind, tag.first, tag.first + 1))
        if name == "year_end":
            return EARLIER_YEAR if self.end <= _EARLY_END and self._tense(tag) == "past" else THIS_YEAR
        if name == "term":
            return self._side(2000 + int(digits[-2:])) if (digits := _digits(self.words[tag.first])) else ""
        if name == "soon":
            return NEXT_YEAR if self.end == _YEAR_END else THIS_YEAR
        if name == "new_year":
            past = self._tense(tag) == "past" and self.end < _YEAR_END
            return THIS_YEAR if past else NEXT_YEAR
        month = self._month_of(name, tag)
        return self._month(month, self._tense(tag)) if month else ""

    def _month_of(self, name: str, tag: Tag) -> int:
        """The month of a week, a date or "i vår" (in spring, unless it means "in our"); 0 where it is none."""
        if name == "spring":
            follows = tag.last == len(self.words) or not self.words[tag.last][0].isalpha()
            return 4 if follows or any(other.first == tag.last for other in _verb_lexicon().find(self.tokens)) else 0
        if name == "week":
            digits = _digits(self.words[tag.last - 1])[:2]
            return min(_MONTHS, int(int(digits) / _WEEKS_A_MONTH) + 1) if digits and 0 < int(digits) <= 53 else 0
        day, month = (_digits(self.words[place])[:2] for place in (tag.first, tag.last - 1))
        if not (day and month and 0 < int(month) <= _MONTHS and int(day) <= 31):
            return 0
        before = self.words[tag.first - 1] if tag.first else ""
        return int(month) if int(day) > _MONTHS or before in _date_openers() else 0

    def _years(self, tag: Tag) -> str:
        match = _YEARS.fullmatch(self.words[tag.first])
        if not match or self.year is None or self._is_number(tag):
            return ""
        first = int(match[1])
        last = self._range_end(first, match[2], tag)
        if last is None or last == first:
            return self._side(first)
        if first == self.year and self.words[tag.last : tag.last + 1] == ["/"]:
            return THIS_YEAR
        sides = self._side(first), self._side(last)
        return sides[0] if sides[0] == sides[1] else ""

    def _range_end(self, first: int, second: str | None, tag: Tag) -> int | None:
        """The last year of "2023–2025", "2023/24"; None where there is none, as in "2025-02-01"."""
        following = self.words[tag.last : tag.last + 2]
        if second is None and len(following) == 2 and following[0] == "/":
            second = following[1]
        if not second or not second.isdigit() or len(second) not in (2, 4):
            return None
        if len(second) == 2 and following[:1] != ["/"] and int(second) <= _MONTHS:
            return None
        return int(second) if len(second) == 4 else first - first % 100 + int(second)

    def _is_number(self, tag: Tag) -> bool:
        """Whether this is the number of a law or a case, or stands after a name ("Ekvik 2030")."""
        following = self.words[tag.last : tag.last + 2]
        if len(following) == 2 and following[0] in _WORD_JOINTS and following[1].isdigit():
            joint, number = following
            if joint == ":" or (joint == "/" and len(number) == 3) or len(number) > 4:
                return True
        if tag.first < 2 or not self.words[tag.first - 1][0].isalpha():
            return False
        start = self.tokens.spans[tag.first - 1][0]
        if not self.tokens.text[start].isupper():
            return False
        return all(other.last != tag.first or not other.kind.startswith(("month", "fixed")) for other in self.tags)

    def _side(self, year: int) -> str:
        if self.year is None:
            return ""
        return THIS_YEAR if year == self.year else NEXT_YEAR if year > self.year else EARLIER_YEAR

    def _tense(self, tag: Tag) -> str:
        """ "past", "ahead" or "": what the nearest verb of the clause says, else one before it, else one after it."""
        verbs, start, end = self._verbs
        begin = max((place for place in end if place <= tag.first), default=0)
        stop = min((place for place in start if place >= tag.last), default=len(self.words))
        here = [place for place in verbs if begin <= place < stop]
        if not here and begin and self.words[begin].endswith(_PRESENT_ENDINGS):
            return "ahead"
        if any(verbs[place] != "late" for place in here):
            verbs = {place: name for place, name in verbs.items() if name != "late"}
        before = [place for place in verbs if place < tag.first]
        after = [place for place in verbs if place >= tag.last]
        if before and (before[-1] >= begin or not (after and after[0] < stop)):
            nearest = before[-1]
        elif after:
            nearest = after[0]
        else:
            return ""
        return "ahead" if verbs[nearest] == "late" else verbs[nearest]

    @cached_property
    def _verbs(self) -> tuple[dict[int, str], list[int], list[int]]:
        """Verbs by place, and where the words begin and end that part clauses."""
        longest: dict[int, tuple[int, int, str]] = {}
        bounds = []
        for tag in _verb_lexicon().find(self.tokens):
            group, _, name = tag.kind.partition(".")
            if group == "bound":
                bounds.append(tag)
            elif group == "tense":
                rank = (tag.last, _TENSES.index(name), name)
                longest[tag.first] = max(longest.get(tag.first, rank), rank)
        verbs = {place: rank[2] for place, rank in sorted(longest.items()) if rank[2] != "none"}
        return verbs, [tag.first for tag in bounds], [tag.last for tag in bounds]


@cache
def _date_openers() -> frozenset[str]:
    return frozenset(Lexicon.load(__package__, "times.toml", "date_openers").phrases["date_openers"])


def _digits(word: str) -> str:
    """The first figures of a word: "40" of "v40" and of "40–42"."""
    match = re.search(r"\d+", word)
    return match[0] if match else ""
