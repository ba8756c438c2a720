"""Whether the figures of a sentence count what its assignment asks for, or what is much the same."""

from ljuskoll.nlp.language.figure_stretches import Stretches, is_verb
from ljuskoll.nlp.language.figures import Figure, is_measure, same_head, same_unit
from ljuskoll.nlp.language.title_targets import Target, endings, kind_of, single_words

_STEM, _LONG, _VERB = 5, 6, 7
"""Two words that begin with so many of the same letters are of one family: any, long ones, a verb and its noun."""
_GROUP, _ENDING = 4, 3
_LONGER = 4
"""A noun with so many letters more is no form of the other."""
_LIKE = 3
"""Counts of nouns that may stand for one another differ by so many times at most."""
_NEAR = 2
"""The same of nouns that only stand in the same title."""
_FEW = 20
"""So small a part of what is asked for is no answer in another noun."""
_PERSONS = ("alike.persons", "alike.young")


def _gets() -> frozenset[str]:
    return single_words("gets")


def _are_persons(figure: Figure, target: Target) -> bool:
    """Whether both count persons, or persons and their jobs, and about as many."""
    if not figure.value / _LIKE <= target.value <= figure.value * _LIKE:
        return False
    if kind_of(target.unit) == "alike.jobs" and kind_of(figure.unit) in _PERSONS:
        return True
    return figure.unit.endswith(endings("person_nouns")) and target.unit.endswith(endings("person_nouns"))


class Counted(Stretches):
    """The figures of one sentence and what they count."""

    def is_same_noun(self, figure: Figure, target: Target) -> bool:
        """Whether they count the same, or what is much the same."""
        if not figure.unit or single_words("from").issuperset(self.words[figure.first - 1 : figure.first] or " "):
            return False
        group = kind_of(figure.unit)
        days = target.unit.endswith(endings("days")) and figure.unit in single_words("day_counts")
        if days or self.is_served(figure):  # "41 dygn" of "överskridandedygn"
            return True
        if self._is_within(figure, target):
            return False
        if _are_persons(figure, target) and not _gets().isdisjoint(self.words):
            return True
        if figure.unit in single_words("anyone") and target.unit[-1:] == "a" and not is_measure(target.unit):
            return True  # "döda", "skadade"
        if target.unit in single_words("anyone") and any(stem in figure.unit for stem in single_words("people")):
            return True
        few = figure.value * _FEW < target.value
        if same_unit(figure.unit, target.unit) or (not few and group != "" and group == kind_of(target.unit)):
            return True
        if not target.value and any(same_unit(figure.unit, word) for word in self.title.words):
            return True
        if not target.counts or not figure.value / _NEAR <= target.value <= figure.value * _NEAR:
            return False
        visits = kind_of(target.unit) == "alike.visits" and figure.unit.endswith(endings("person_nouns"))
        if visits or self._is_named_beside(figure, target):
            return True
        return same_head(figure.unit, target.unit) or any(same_unit(figure.unit, word) for word in self.title.words)

    def _is_within(self, figure: Figure, target: Target) -> bool:
        """Whether these are counted within one of what the title asks for: "gruppbostaden får sex lägenheter"."""
        if len(figure.unit) > len(target.unit) + _LONGER and figure.unit.startswith(target.unit):
            return len(target.unit) > _ENDING  # "företagsfrukostar" are no "företag"
        if not target.counts or same_unit(figure.unit, target.unit) or len(target.unit) <= _LONG:
            return False
        stem = target.unit[: max(_LONG, len(target.unit) - _GROUP)]
        return any(word.startswith(stem) and word.endswith(endings("singular")) for word in self.words[: figure.first])

    def _is_named_beside(self, figure: Figure, target: Target) -> bool:
        """Whether the first part of the title's noun stands apart: "tillsyn gjordes vid 13 bad" of "tillsynsbesök"."""
        low, high = target.value / _NEAR, target.value * _NEAR
        counted = [other for other in self.figures if not is_measure(other.unit) and low <= other.value <= high]
        verbs = [word for word in self.words if len(word) > _VERB + 1 and is_verb(word)]
        verbs += [word for word in self.words[:1] if word.endswith(endings("deed_nouns"))]
        stems = tuple(word[:_VERB] for word in self.title.words if len(word) > _VERB)
        if counted == [figure] and any(word.startswith(stems) for word in verbs):
            return True  # "22 beslut överklagades" of "överklaganden"
        return counted == [figure] and any(
            len(word) > _STEM and target.unit.startswith(word) and len(word) < len(target.unit) - _ENDING
            for word in self.words[: figure.first]
        )

    def is_served(self, figure: Figure) -> bool:
        """Whether so many persons got or took what the title counts: "31 unga fick feriejobb"."""
        holds = kind_of(figure.unit) in _PERSONS or figure.unit.startswith(endings("holders"))
        if not holds or _gets().isdisjoint(self.words):
            return False
        after = self.words[figure.last + 1 :]
        return any(target.counts and same_unit(word, target.unit) for target in self.title.targets for word in after)
