"""Figures against what is asked for: a target in the title or in the sentence, counts, and parts of a whole."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from ljuskoll.nlp.language.figures import (
    FRACTION,
    Figure,
    converted,
    counted_noun,
    find_figures,
    find_ordinals,
    is_compound,
    is_measure,
    is_time,
    part_tag,
    same_unit,
    share,
)
from ljuskoll.nlp.language.foreign_figures import Surroundings
from ljuskoll.nlp.language.phrases import Tag, Tokens
from ljuskoll.nlp.language.title_targets import (
    RANK,
    SHARES,
    Target,
    Title,
    endings,
    is_lower,
    is_rank,
    kind_of,
    lessens,
    read_title,
    sense_of,
    single_words,
)

MET, MISSED = "met", "missed"

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
_CLAUSE_REACH = 9
"""Words between "målet" and the verb that says whether it is reached."""
_SIDES = frozenset({"near.above", "near.below"})
_PERCENT = "procent"
_HUNDRED = 100
_COMMON_WHOLES = (10, 100)
_SHADE = 1e-6
"""How much less than its figure "knappt 90" is."""


def find_targets(tokens: Tokens, assignment: str, year: int | None = None) -> list[Tag]:
    """Tags by place: "met" and "missed" for figures held against a target of the title or of the sentence itself.

    Besides "part_all", "part_some", "part_few" for parts of a whole, and "count_all", "count_some", "count_few" for
    what is counted against the count that the title asks for. `year` is the report's: the figures of other years, and
    of any named year where it is not given, are left out.
    """
    figures = find_figures(tokens.words)
    title = read_title(assignment)
    if ordinals := find_ordinals(tokens.words):
        figures += [one for one in ordinals if _is_last(one, title)]
    if not figures:
        return []
    found = [tag for tag in map(part_tag, figures) if tag]
    if any(target.unit == _PERCENT for target in title.targets):
        figures = [_of_itself(figure, tokens.words) for figure in _carried(figures, tokens.words)]
    found += _Sentence(tokens, figures, title, year).verdicts()
    return sorted(found, key=lambda tag: tag.first)


def _is_last(figure: Figure, title: Title) -> bool:
    """Whether this is the last of those asked for, or one more: "den tredje familjecentralen" of three."""
    return any(
        one.counts
        and (figure.value == one.value or figure.value > max(2, one.value))
        and same_unit(one.unit, figure.unit)
        for one in title.targets
    )


def _carried(figures: Sequence[Figure], words: Sequence[str]) -> list[Figure]:
    """The figures with percent said once for several: "93 procent av flickorna och 87 av pojkarna"."""
    found: list[Figure] = []
    for figure in figures:
        shares = bool(found) and found[-1].unit == _PERCENT and not is_measure(figure.unit) and figure.whole is None
        if shares and figure.value <= _HUNDRED and words[figure.last : figure.last + 1] == ["av"]:
            found.append(replace(figure, unit=_PERCENT))
        else:
            found.append(figure)
    return found


def _of_itself(figure: Figure, words: Sequence[str]) -> Figure:
    """ "Samtliga 46" as 46 of 46."""
    alone = figure.whole is None and not is_measure(figure.unit)
    every = alone and single_words("every").issuperset(words[figure.first - 1 : figure.first] or " ")
    return replace(figure, whole=figure.value) if every else figure


class _Sentence(Surroundings):
    """Holds the figures of one sentence against targets."""

    def verdicts(self) -> list[Tag]:
        """Tags for every figure that a target is compared with."""
        if not self.title.targets:
            text = " ".join(self.words)
            if not any(stem in text for stem in single_words("stems")):
                return []
        named = [figure for figure in self.figures if self._is_target(figure)]
        lower = self.title.lower or (not self.title.targets and is_lower(self.tags))
        outcomes = [figure for figure in self._candidates(named) if not self.is_foreign(figure)]
        if len(outcomes) > 1:
            outcomes = [figure for figure in outcomes if not self._is_granted(figure, outcomes)]
        own = [self._own_target(figure, lower, outcomes) for figure in named]
        if not own and not self.title.targets:
            return self._told(outcomes, lower)
        found: list[Tag] = []
        answers = [figure for figure in outcomes if own and self._comparable(figure, own[0])]
        if len(answers) == 1 and (said := self._says()) is not None:
            return [Tag(MET if said else MISSED, answers[0].first, answers[0].last)]
        for figure in outcomes:
            near = sorted(range(len(own)), key=lambda place: abs(named[place].first - figure.first))
            targets = (*(own[place] for place in near), *self.title.targets)
            target = self._nearest(figure, [one for one in targets if self._comparable(figure, one)])
            if target and not self._is_denied(figure, target) and not self._is_part(figure, target):
                found += self._compare(figure, target)
        return self._summed(found)

    def _is_granted(self, figure: Figure, outcomes: Sequence[Figure]) -> bool:
        """Whether it is told only beside another of the same unit: "87 procent, trots att skolan har 93"."""
        begin, end = self.segment(figure)
        if single_words("now").isdisjoint(self.words[begin:end]) and any(
            other.first >= end
            and (other.unit == figure.unit or "" in (other.unit, figure.unit))
            and not single_words("now").isdisjoint(self.words[slice(*self.segment(other))])
            for other in outcomes
        ):
            return True
        if single_words("beside_it").isdisjoint(self.words[begin : begin + 2]):
            return False
        return any(other.first < begin and other.unit == figure.unit for other in outcomes)

    def _summed(self, found: list[Tag]) -> list[Tag]:
        """Of several counts only the sum, if one is said to be that: "fyra i våras och en i höst, dvs. fem"."""
        if len(found) < 2 or single_words("total").isdisjoint(self.words):
            return found
        total = [tag for tag in found if not single_words("total").isdisjoint(self.words[tag.first - 1 : tag.last + 1])]
        return total or found

    def _nearest(self, figure: Figure, targets: Sequence[Target]) -> Target | None:
        """The first of these targets; of a title with several the one whose words stand beside the figure."""
        if len(targets) < 2 or not targets[0].about:
            return targets[0] if targets else None
        begin, end = self.segment(figure)
        stems = {word[:_STEM] for word in self.words[begin:end]}
        return max(targets, key=lambda target: len(target.about & stems))

    def _candidates(self, named: Sequence[Figure]) -> list[Figure]:
        """The figures that may answer a target; where the sentence names none, one of the title's."""
        if named or not self.title.targets:
            return [figure for figure in self.figures if figure not in named]
        return [figure for figure in self.figures if any(self._comparable(figure, one) for one in self.title.targets)]

    def _value(self, figure: Figure, target: Target) -> float:
        """The figure's value in the target's unit; "nio av tio" is 90 percent."""
        if target.unit == _PERCENT and figure.whole and figure.unit != _PERCENT:
            return _HUNDRED * figure.value / figure.whole
        value = converted(figure, target.unit)
        return figure.value if value is None else value

    def _compare(self, figure: Figure, target: Target) -> list[Tag]:
        value = self._value(figure, target)
        value += self._shade(figure) if value == target.value else 0
        wrong_way = bool(target.change) and self.change(figure) != target.change
        kinds = [MET if target.met_by(value) and not wrong_way else MISSED]
        if target.counts and target in self.title.targets:
            kinds.append(f"count_{share(figure.value, target.value)}")
        return [Tag(kind, figure.first, figure.last) for kind in kinds]

    def _shade(self, figure: Figure) -> float:
        """Less or more than 0 for "knappt 90" and "drygt 90"."""
        near = [tag.kind for tag in self.tags if tag.last == figure.first]
        return -_SHADE if "near.short" in near else _SHADE if "near.long" in near else 0.0

    def _told(self, outcomes: Sequence[Figure], lower: bool) -> list[Tag]:
        """Where no target is known, a single measured figure and what the sentence says of it ("över målet")."""
        kinds = {tag.kind for tag in self.tags}
        measured = [figure for figure in outcomes if is_measure(figure.unit) and not self.change(figure)]
        good = self._says()
        if good is None and kinds & _SIDES:
            good = ("near.above" in kinds) != (lower or lessens(measured[0].unit, self.tags) if measured else lower)
        if good is None or len(measured) != 1:
            return []
        return [Tag(MET if good else MISSED, measured[0].first, measured[0].last)]

    def _says(self) -> bool | None:
        """Whether the sentence says outright that its target is reached; None where it does not say."""
        goals = [tag for tag in self.tags if tag.kind == "near.target"]
        for goal in goals:
            begin, end = self._clause(goal.first)
            near = [tag for tag in self.tags if begin <= tag.first < end]
            said = [tag.kind for tag in near if abs(tag.first - goal.first) <= _CLAUSE_REACH]
            if "near.miss" in said or "near.reach" in said:
                return "near.miss" not in said and not any(tag.kind in ("near.denied", "near.wish") for tag in near)
        return None

    def _clause(self, place: int) -> tuple[int, int]:
        """The stretch between commas, "men" and the like around this place."""
        marks = [spot for spot, word in enumerate(self.words) if word in single_words("clause")]
        begin = max((spot + 1 for spot in marks if spot < place), default=0)
        return begin, min((spot for spot in marks if spot > place), default=len(self.words))

    def _own_target(self, figure: Figure, lower: bool, outcomes: Sequence[Figure]) -> Target:
        """The target that the sentence names; the title's sense holds for it where it has one."""
        if figure.whole in SHARES and figure.unit in ("", FRACTION):
            figure = replace(figure, value=_HUNDRED * figure.value / figure.whole, unit=_PERCENT)
        changes = [self.change(outcome) for outcome in outcomes if outcome.unit == figure.unit]
        if changes and all(changes):
            return Target(figure.value, figure.unit, change=changes[0])
        sense = sense_of(figure, [tag for tag in self.tags if not tag.kind.endswith("strict")], self.words)
        unit = RANK if is_rank(figure, self.tags) else figure.unit or self._unit_of(outcomes)
        if sense:
            return Target(figure.value, unit, sense.startswith("most"))
        titled = next((one for one in self.title.targets if one.unit == unit and not one.change), None)
        if titled:
            return Target(figure.value, unit, titled.most, titled.strict)
        less = (lower and not self._is_in_time(unit)) or lessens(unit, self.tags)
        return Target(figure.value, unit, unit == RANK or less)

    def _is_in_time(self, unit: str) -> bool:
        """Whether it is told in how many cases a time was kept: "inom tio dagar i 93 procent av ärendena"."""
        return unit == _PERCENT and any(tag.kind == "near.timely" for tag in self.tags)

    def _unit_of(self, outcomes: Sequence[Figure]) -> str:
        """The unit of a target that names none: that of the outcomes, if they have but one."""
        units = {outcome.unit for outcome in outcomes}
        units = {unit for unit in units if not is_time(unit)} or units
        return units.pop() if len(units) == 1 else ""

    def _is_target(self, figure: Figure) -> bool:
        """Whether "målet" or the like stands before the figure with little between, or "som är målet" after it."""
        if any(tag.first == figure.last + bool(figure.unit) for tag in self.of_kind("near.planned")):
            return True
        for tag in self.of_kind("near.target"):
            if self.words[tag.last - 1] in self.title.words:
                continue
            if self.words[tag.last - 1] in single_words("asked") and tag.last != figure.first:
                continue
            if tag.last <= figure.first <= tag.last + _TARGET_REACH:
                between = [
                    word
                    for place, word in enumerate(self.words[tag.last : figure.first], tag.last)
                    if self.words[place - 1] not in single_words("infinitive")
                ]
                if single_words("between").issuperset(between):
                    return True
            end = figure.last
            if figure.whole and not single_words("of").isdisjoint(self.words[end : end + 1]):
                end += 2  # "nio av tio var målet"
            if end <= tag.first <= end + 3:
                after = self.words[end : tag.first]
                while after and figure.unit and after[0] not in single_words("target_after"):
                    after = after[1:]
                if " ".join(after) in single_words("target_after") and not any(
                    other.first == tag.last for other in self.figures
                ):
                    return True
        return False

    def _is_part(self, figure: Figure, target: Target) -> bool:
        """Whether this is the figure of one place, for counts only where it is less than all."""
        if target.counts and figure.value >= target.value:
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
    def _is_on_topic(self) -> bool:
        """Whether the sentence speaks of what the title speaks of."""
        text = " ".join(("", *self.words))
        return self.title.is_met_by(self.words, text) or any(
            tag.kind == "near.target" or (tag.kind == "near.timely" and self.title.is_timed) for tag in self.tags
        )

    def _is_denied(self, figure: Figure, target: Target) -> bool:
        """Whether it is said of the target's own figure, or of things counted, that it is not so."""
        if not target.counts and figure.value != target.value:
            return False
        begin, end = self.segment(figure)
        return any(
            begin <= tag.first < end and single_words("more").isdisjoint(self.words[tag.last : tag.last + 1])
            for tag in self.of_kind("near.denied")
        )

    def _comparable(self, figure: Figure, target: Target) -> bool:
        change = self.change(figure)
        if bool(target.change) != bool(change):
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
        if (figure.unit or (figure.whole and target.unit == _PERCENT)) and self._is_alike(figure, target):
            return True
        if not target.unit and figure.unit and not is_measure(figure.unit):
            return any(is_compound(word, figure.unit) for word in self.title.words)
        return self._is_bare_outcome(figure, target, like)

    def _is_bare_outcome(self, figure: Figure, target: Target, like: bool) -> bool:
        """Whether a figure without a unit is told as the outcome."""
        if not figure.unit and self._is_beside(figure, target):
            return False
        if not figure.unit and self._is_result(figure) and any(same_unit(word, target.unit) for word in self.words):
            return True
        if target.counts:
            closing = figure.last == len(self.words) and like
            return not figure.unit and self._ends(figure) and (closing or self._is_result(figure))
        bare = not (is_measure(figure.unit) or (is_time(target.unit) and not like))
        return bare and self._ends(figure) and self._is_result(figure)

    def _is_of(self, target: Target) -> bool:
        """Whether the sentence that begins with "av" and a noun speaks of what the title counts."""
        nouns = [word for word in self.words[1:_TARGET_REACH] if word.endswith(endings("the"))]
        return not nouns or any(same_unit(noun, target.unit) for noun in nouns)

    def _is_beside(self, figure: Figure, target: Target) -> bool:
        """Whether a later figure is told in the target's unit: "av 212 slutade 31, dvs. 14,6 procent"."""
        return target.unit == _PERCENT and any(
            other.unit == _PERCENT and other.first > figure.first for other in self.figures
        )

    def _is_count(self, figure: Figure, target: Target) -> bool | None:
        """Whether the figure counts what the title asks for; None where that is not plain."""
        if figure.value > target.value * (_MANY if target in self.title.targets else _ALIKE):
            return False
        if figure.whole == target.value and not figure.unit:
            return True
        if figure.unit in single_words("times_done") and self._is_like(figure, target):
            return self._is_on_topic
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
        if figure.unit == target.unit and (figure.unit == _PERCENT or not (is_measure(figure.unit) and target.value)):
            return True
        if target.unit == _PERCENT and figure.whole:
            if figure.whole == figure.value:
                return True
            told = any(same_unit(figure.unit, word) for word in self.title.words)
            people = not figure.unit or any(stem in figure.unit for stem in single_words("people"))
            share_of = figure.whole in SHARES and people
            return told or share_of or figure.unit == FRACTION or figure.whole in _COMMON_WHOLES
        if not target.unit and figure.unit in single_words("scores"):
            return True
        value = converted(figure, target.unit)
        return value is not None and target.value / _ALIKE <= value <= target.value * _ALIKE

    def _is_bare_count(self, figure: Figure) -> bool:
        following = self.words[figure.last : figure.last + 1]
        if following and not figure.unit and figure.whole is None and following[0] in single_words("pieces"):
            return True
        if figure.unit or figure.whole is not None or not following:
            return figure.first == 0 and figure.whole is None and single_words("bare_after").issuperset(following)
        if figure.first and self.words[figure.first - 1] not in single_words("bare_before"):
            return False
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
