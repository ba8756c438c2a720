"""Which figures of a sentence are told of another time than its assignment asks of."""

from ljuskoll.nlp.language.figure_places import Places
from ljuskoll.nlp.language.figure_stretches import FROM_REACH, is_verb
from ljuskoll.nlp.language.figures import PERCENT, Figure, converted, is_measure, is_time, is_year
from ljuskoll.nlp.language.title_targets import single_words

_BASE_REACH = 3
"""Words between "jämfört med" and its year."""
_PACE = 2
"""Words of "om året"."""


class Times(Places):
    """The figures of one sentence and the times beside them."""

    def _is_of_one_month(self, figure: Figure) -> bool:
        """Whether a time that is asked for is told of one month: "i juli låg snittet på 4 dagar"."""
        if self.words[0] in single_words("months") and is_verb("".join(self.words[1:2])):
            return True  # "Februari var dyster, nästan tolv procent"
        if not is_time(figure.unit) or self.words[0] not in single_words("month_openers"):
            return False
        return self.words[1] in single_words("months") and any(is_time(one.unit) for one in self.title.targets)

    def _is_within_another_time(self, figure: Figure) -> bool:
        """Whether a share is told of another time than the title's: "inom fyra år" where it says three."""
        if figure.unit != PERCENT or not self.title.times or len(self.figures) < 2:
            return False
        limits = [one for one in self.figures if self.words[one.first - 1] in single_words("within")]
        told = [converted(one, time.unit) for one in limits for time in self.title.times]
        return bool(told) and None not in told and not any(time.value in told for time in self.title.times)

    def _is_of_then(self, begin: int) -> bool:
        """Whether "då" takes up an earlier time named right before it: "i fjol, då vi låg på 5,9"."""
        if not begin or self.words[begin] not in single_words("then"):
            return False
        before = begin - (self.words[begin - 1] == ",")
        year = self.words[before - 1]
        if is_year(year) and year != self.year:
            return True
        return any(tag.last == before for tag in self.of_kind("near.earlier"))

    def _is_pace(self, figure: Figure) -> bool:
        """Whether so many come each year, where the title does not ask for that: "sex förskolor om året"."""
        if not figure.unit or is_measure(figure.unit):
            return False
        after = self.words[figure.last + 1 : figure.last + _PACE + 1]
        if len(after) < _PACE or after[0] not in single_words("pace") or after[1] not in single_words("spans"):
            return False
        return single_words("spans").isdisjoint(self.title.words)

    def _is_moment(self, figure: Figure) -> bool:
        """Whether it only says when after "efter": "efter 10 procents frånvaro", "94 dagar efter åtta månader"."""
        if figure.unit == PERCENT:
            return True
        return is_time(figure.unit) and any(other.first < figure.first and other.unit for other in self.figures)

    def _is_past(self, place: int) -> bool:
        """Whether the year after the one named before this place is not the report's."""
        years = [word for word in self.words[:place] if is_year(word)]
        return bool(years) and str(int(years[-1]) + 1) != self.year

    def _is_start(self, figure: Figure, begin: int) -> bool:
        """Whether this is what it was before: "från drygt 7"."""
        before = self.words[max(begin, figure.first - FROM_REACH) : figure.first]
        if single_words("from").isdisjoint(before) or not single_words("himself").isdisjoint(before):
            return False
        counted = figure.unit and not is_measure(figure.unit)
        return not counted or any(tag.kind.startswith("direction.") and tag.first < figure.first for tag in self.tags)

    def is_of_year(self, figure: Figure) -> bool:
        """Whether another time is told with the figure."""
        begin, end = self.segment(figure)
        return any(begin <= tag.first < end for tag in self.of_kind("near.earlier")) or any(
            is_year(word) for word in self.words[begin:end]
        )

    def _is_base(self, place: int) -> bool:
        """Whether this year is the one from which a change is counted."""
        if not single_words("of_year").isdisjoint(self.words[place + 1 : place + 2]):
            return True
        return not single_words("bases").isdisjoint(self.words[max(0, place - _BASE_REACH) : place])
