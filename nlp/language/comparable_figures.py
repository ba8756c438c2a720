"""Which figures of a sentence may be held against a target: of the same unit or count, and told as outcomes."""

from dataclasses import replace
from functools import cached_property

from ljuskoll.nlp.language.figure_stretches import is_verb
from ljuskoll.nlp.language.figures import (
    FRACTION,
    PERCENT,
    Figure,
    converted,
    counted_noun,
    is_compound,
    is_measure,
    is_time,
    same_unit,
)
from ljuskoll.nlp.language.foreign_figures import Surroundings
from ljuskoll.nlp.language.title_targets import RANK, SHARES, Target, endings, is_rank, kind_of, single_words

_TARGET_REACH = 5
"""Words between "målet" and its figure."""
_RESULT_REACH = 4
"""Words between "utfallet" and a figure without a unit."""
_STEM = 5
"""Two words that begin with so many of the same letters are of one family."""
_ALIKE = 12
"""An outcome told in another unit is at most so many times the target, or that part of it."""
_MANY = 4
"""No more than so many times the count asked for is done."""
_LIKE = 3
"""The same of nouns that may stand for one another."""
_CLOSE = 4
"""An outcome that differs from the target by at most such a part of it is close to it."""
_HUNDRED = 100
_FEW = 3
"""Words after a figure that is all that a sentence tells."""
_COMMON_WHOLES = (10, 100)


def _is_form(word: str, noun: str) -> bool:
    """Whether this is the noun with an article: "besöken" of "besök"."""
    return len(noun) > _LIKE and word.startswith(noun) and len(word) - len(noun) <= _LIKE


class Comparable(Surroundings):
    """The figures of one sentence and the targets that they may answer."""

    def _value(self, figure: Figure, target: Target) -> float:
        """The figure's value in the target's unit; "nio av tio" is 90 percent."""
        if target.unit == PERCENT and figure.whole and figure.unit != PERCENT:
            return _HUNDRED * figure.value / figure.whole
        value = converted(figure, target.unit)
        return figure.value if value is None else value

    def _is_part(self, figure: Figure, target: Target) -> bool:
        """Whether this is the figure of one place, for counts only where it is less than all."""
        sums = target.counts or (not target.most and target.unit in single_words("summed"))
        if sums and figure.value >= target.value:
            return False
        if not (target.counts or self._is_on_topic or target.unit == RANK or self._is_near(figure, target)):
            return True
        return self.is_elsewhere(figure)

    def _is_near(self, figure: Figure, target: Target) -> bool:
        """Whether this is the only figure of its unit, and close to the target."""
        if abs(self._value(figure, target) - target.value) > target.value / _CLOSE:
            return False
        return sum(other.unit == figure.unit for other in self.figures) == 1

    @cached_property
    def _is_bare(self) -> bool:
        """Whether the sentence is little more than its figure: "88 procent", "14,2 i mätningen"."""
        first = self.figures[0]
        if first.first == 1 and self.words[0] in single_words("from"):
            return not any(is_verb(word) for word in self.words)
        if first.first or is_time(first.unit):
            return False
        after = self.words[first.last + bool(first.unit) :]
        return not after or (len(after) <= _FEW and after[0] in single_words("when_or_where"))

    @cached_property
    def _is_on_topic(self) -> bool:
        """Whether the sentence speaks of what the title speaks of."""
        text = " ".join(("", *self.words))
        if self._is_bare:
            return True
        return self.title.is_met_by(self.words, text) or any(
            tag.kind == "near.target" or (tag.kind == "near.timely" and self.title.is_timed) for tag in self.tags
        )

    def _comparable(self, figure: Figure, target: Target) -> bool:
        """Whether the figure may answer the target."""
        known = (figure.first, figure.unit, id(target))
        answer = self._compared.get(known)
        if answer is None:
            answer = self._compared[known] = self._is_comparable(figure, target)
        return answer

    def _is_comparable(self, figure: Figure, target: Target) -> bool:
        change = self.change(figure)
        if bool(target.change) != bool(change) and not self._is_added(figure, target):
            return False
        if target.unit != RANK and self._counts_another(figure, target):
            return False
        if target.unit == RANK:
            return not (is_measure(figure.unit) or figure.unit == FRACTION or self._is_crowd(figure)) and (
                is_rank(figure, self.tags) or self._is_result(figure)
            )
        if self.title.is_rate and not is_measure(target.unit) and not self._is_like(figure, target):
            return False
        if self.title.is_rate and not is_measure(figure.unit) and not single_words("rates").isdisjoint(self.words):
            return True
        if target.counts and (counted := self._is_count(figure, target)) is not None:
            return counted
        like = self._is_like(figure, target)
        if (
            target.most
            and (like or not target.value)
            and not is_measure(target.unit)
            and self.is_same_noun(figure, target)
        ):
            return True
        if (figure.unit or (figure.whole and target.unit == PERCENT)) and self._is_alike(figure, target):
            return True
        if not target.unit and figure.unit and figure.whole is None and not is_measure(figure.unit):
            group = kind_of(figure.unit)
            return any(
                is_compound(word, figure.unit)
                or _is_form(word, figure.unit)
                or (group != "" and group == kind_of(word))
                for word in self.title.words
            )
        return self._is_bare_outcome(figure, target, like)

    def _is_added(self, figure: Figure, target: Target) -> bool:
        """Whether what is told as built or added answers a growth asked for in things: "1,5 km blev det"."""
        if target.most and figure.unit in single_words("money_units"):  # "minus 240 tkr"
            return single_words("minus").issuperset(self.words[figure.first - 1 : figure.first] or " ")
        if target.counts and not single_words("new").isdisjoint(self.title.words):  # "växte med 72 lägenheter"
            return self.change(figure) == "up" and same_unit(figure.unit, target.unit)
        if target.change != "up" or target.unit in single_words("shares") or is_time(target.unit):
            return False
        return bool(figure.unit) and self._is_like(figure, target) and self.is_same_thing(figure, target)

    def is_same_thing(self, figure: Figure, target: Target) -> bool:
        """Whether they are of the same unit or noun."""
        return same_unit(figure.unit, target.unit) and target.unit not in single_words("money_units")

    def _is_bare_outcome(self, figure: Figure, target: Target, like: bool) -> bool:
        """Whether a figure without a unit is told as the outcome."""
        if not target.value and not figure.value and figure.last == len(self.words) == 1:
            return True
        if target.unit == PERCENT and (figure.value > _HUNDRED or self._are_pieces(figure)):
            return False
        if target.counts and figure.first > 1 and is_verb(self.words[1]) and self.is_strange(self.words[0]):
            return False
        if not figure.unit and (self._is_beside(figure, target) or self._is_listed_apart(figure, target)):
            return False
        if not figure.unit and self._is_result(figure) and any(same_unit(word, target.unit) for word in self.words):
            return True
        if target.counts:
            closing = figure.last == len(self.words) and like
            return not figure.unit and self._ends(figure) and (closing or self._is_result(figure))
        thing = target.unit != "" and not is_measure(target.unit) and target.value > 0
        bare = not (is_measure(figure.unit) or ((thing or is_time(target.unit)) and not like))
        return bare and self._ends(figure) and self._is_result(figure)

    def _is_listed_apart(self, figure: Figure, target: Target) -> bool:
        """Whether it stands with a name that is not the title's: "förelägganden: 11", "bygglov (79), tillsyn (66)"."""
        before = self.words[max(0, figure.first - 2) : figure.first]
        if target.counts and before[1:] == [":"]:
            if kind_of(before[0]) == kind_of(target.unit) != "":
                return False
            return not (before[0].endswith(endings("done")) or self.title.is_met_by(before[:1], f" {before[0]}"))
        several = before[-1:] == ["("] and len(self.title.targets) == 1 and self._bracketed > 1
        return several and single_words("each").isdisjoint(self.title.words)

    @cached_property
    def _bracketed(self) -> int:
        """How many figures stand alone in brackets."""
        return sum(
            self.words[figure.first - 1 : figure.first] == ["("] and self.words[figure.last : figure.last + 1] == [")"]
            for figure in self.figures
        )

    def _is_of(self, target: Target) -> bool:
        """Whether the sentence that begins with "av" and a noun speaks of what the title counts."""
        nouns = [word for word in self.words[1:_TARGET_REACH] if word.endswith(endings("the"))]
        return not nouns or any(same_unit(noun, target.unit) for noun in nouns)

    def _is_beside(self, figure: Figure, target: Target) -> bool:
        """Whether a later figure is told in the target's unit: "av 212 slutade 31, dvs. 14,6 procent"."""
        return target.unit == PERCENT and any(
            other.unit == PERCENT and other.first > figure.first for other in self.figures
        )

    def _is_count(self, figure: Figure, target: Target) -> bool | None:
        """Whether the figure counts what the title asks for; None where that is not plain."""
        if figure.value > target.value * (_MANY if target in self.title.targets else _ALIKE):
            return False
        if figure.whole == target.value:
            return True
        if figure.unit in single_words("times_done") and self._is_like(figure, target):
            return self._is_on_topic and not any(tag.kind == "near.lost" for tag in self.tags)
        every = figure.first > 0 and self.words[figure.first - 1] in single_words("every")
        if every and not figure.unit and figure.value == target.value:
            return True  # "alla fem är på plats"
        if not figure.unit and self.words[0] in single_words("of") and not self._is_of(target):
            return False
        same = self.is_same_noun(figure, target) or self._is_bare_count(figure) or self._is_named_by_deed(figure)
        return True if same else None

    def _is_like(self, figure: Figure, target: Target) -> bool:
        """Whether the figure is of like size."""
        return target.value / _LIKE <= figure.value <= target.value * _LIKE

    def _is_named_by_deed(self, figure: Figure) -> bool:
        """Whether what the title asks to be done stands for what is counted: "28 antagna" of pupils to be taken in."""
        if not figure.unit.endswith(endings("deeds")) or self._follows_noun(figure):
            return False
        return any(same_unit(figure.unit, word) for word in self.title.words)

    def _follows_noun(self, figure: Figure) -> bool:
        """Whether another word goes on after the figure's own."""
        following = self.words[figure.last + 1 : figure.last + 2]
        return bool(following) and following[0][0].isalpha() and following[0] not in single_words("verbs")

    def _counts_another(self, figure: Figure, target: Target) -> bool:
        """Whether "antalet portioner uppgick till" says that something else is counted than the title asks for."""
        if figure.unit or target not in self.title.targets:
            return False
        noun = counted_noun(self.words, figure.first)
        if not noun or is_measure(noun):
            return False
        if is_measure(target.unit):
            return True
        return not any(same_unit(noun, word) or kind_of(noun) == kind_of(word) != "" for word in self.title.words)

    def _is_crowd(self, figure: Figure) -> bool:
        """Whether it counts those who are ranked, and is no place among them."""
        counted = figure.unit and figure.whole is None and not figure.unit.startswith(endings("places_ranked"))
        return bool(counted) and self.words[figure.first - 1 : figure.first] not in [
            [word] for word in single_words("places_ranked")
        ]

    def _is_alike(self, figure: Figure, target: Target) -> bool:
        """Whether the figure is told in the target's unit, or in one that can be told in it."""
        if target.most and target.value and not is_measure(figure.unit) and not self._is_like(figure, target):
            return False
        if figure.unit == target.unit and (figure.unit == PERCENT or not (is_measure(figure.unit) and target.value)):
            return True
        if target.unit == PERCENT and figure.whole:
            told = self._is_told(figure) or (not figure.unit and target.value == _HUNDRED and self._is_on_topic)
            people = not figure.unit or any(stem in figure.unit for stem in single_words("people"))
            share_of = figure.whole in SHARES and people
            if figure.whole == figure.value:
                return told or people
            return told or share_of or figure.unit == FRACTION or figure.whole in _COMMON_WHOLES
        if not target.unit and figure.unit in single_words("scores"):
            return True
        value = converted(figure, target.unit)
        return value is not None and target.value / _ALIKE <= value <= target.value * _ALIKE

    def _is_told(self, figure: Figure) -> bool:
        """Whether the title speaks of what is counted, or of what is much the same."""
        group = kind_of(figure.unit)
        return any(same_unit(figure.unit, word) or kind_of(word) == group != "" for word in self.title.words)

    def _are_pieces(self, figure: Figure) -> bool:
        """Whether "stycken" follows."""
        return not single_words("pieces").isdisjoint(self.words[figure.last : figure.last + 1])

    def _is_bare_count(self, figure: Figure) -> bool:
        following = self.words[figure.last : figure.last + 1]
        if following and not figure.unit and figure.whole is None and following[0] in single_words("pieces"):
            return True
        if figure.unit or figure.whole is not None or not following:
            return figure.first == 0 and figure.whole is None and single_words("bare_after").issuperset(following)
        if figure.first and self.words[figure.first - 1] not in single_words("bare_before"):
            return following[0] in single_words("came_to") and self.words[figure.first - 1] == ","
        return following[0] in single_words("bare_after") or following[0].endswith(endings("bare_endings"))

    def _ends(self, figure: Figure) -> bool:
        """Whether no noun follows that the figure could count."""
        return figure.last == len(self.words) or not self.words[figure.last][0].isalpha() or not figure.unit

    def _is_followed(self, former: Figure, figure: Figure) -> bool:
        """Whether what is told of the former figure goes on with this one."""
        if is_time(former.unit) or (self.is_foreign(former) and not self.is_of_year(former)):
            return False
        same = replace(figure, unit=former.unit)
        targets = self.title.targets
        return (
            not former.unit
            or not targets
            or any(self._comparable(same, one) and not self._is_part(former, one) for one in targets)
        )

    def _is_result(self, figure: Figure) -> bool:
        if self.words[figure.first - 1 : figure.first] == [":"] and self._ends(figure):
            return True
        if figure.first and self.words[figure.first - 1] == "(" and self.words[figure.last : figure.last + 1] == [")"]:
            return True
        if figure.first == 0 and not figure.unit and self._is_bare:
            return True
        if figure.first in (1, 2) and not figure.unit and self.words[0][:_STEM] in self.title.stems:
            return True  # "anmälan 3,8"
        begin, end = self.segment(figure)
        joins = self.words[begin] in single_words("joined")
        if not figure.unit and self.is_verbless(begin, end):  # "tryggheten fick 8,1 men studieron 6,4"
            former = [other for other in self.figures if other.last <= begin]
            if former and self._is_followed(former[-1], figure):
                return True
        begin = begin if joins else 0
        return any(
            begin <= tag.first and tag.last <= figure.first <= tag.last + _RESULT_REACH
            for tag in self.of_kind("near.result")
        )
