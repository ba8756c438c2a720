"""Figures against what is asked for: a target in the title or in the sentence, counts, and parts of a whole."""

from collections.abc import Sequence
from functools import cached_property

from ljuskoll.nlp.language.figures import (
    FRACTION,
    Figure,
    converted,
    find_figures,
    is_measure,
    is_time,
    is_year,
    part_tag,
    same_unit,
    share,
)
from ljuskoll.nlp.language.phrases import Tag, Tokens
from ljuskoll.nlp.language.title_targets import (
    RANK,
    SHARES,
    Target,
    Title,
    change_of,
    is_lower,
    is_rank,
    kind_of,
    lessens,
    read_title,
    sense_of,
    single_words,
    target_lexicon,
)

MET, MISSED = "met", "missed"

_TARGET_REACH = 5
"""Words between "målet" and its figure."""
_RESULT_REACH = 4
"""Words between "utfallet" and a figure without a unit."""
_FROM_REACH, _BASE_REACH = 2, 3
"""Words between "från" and its figure, that one included; the same of "jämfört med" and its year."""
_ALIKE = 12
"""An outcome told in another unit is at most so many times the target, or that part of it."""
_LIKE = 3
"""The same of nouns that may stand for one another."""
_CLAUSE_REACH = 9
"""Words between "målet" and the verb that says whether it is reached."""
_SIDES = frozenset({"near.above", "near.below"})
_RANGE_REACH = 4
"""Words between "mellan" and the last figure of the range."""
_STEM = 5
"""Two words that begin with so many of the same letters are of one family."""
_COMPARISONS = ("near.target", "near.earlier", "near.group", "near.compared")
_PERCENT = "procent"
_COST = "kost"
_WHOLE_STEM = 9
_PERSONS = ("alike.persons", "alike.young")
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
    if not figures:
        return []
    found = [tag for tag in map(part_tag, figures) if tag]
    found += _Sentence(tokens, figures, read_title(assignment), year).verdicts()
    return sorted(found, key=lambda tag: tag.first)


class _Sentence:
    """Holds the figures of one sentence against targets."""

    def __init__(self, tokens: Tokens, figures: list[Figure], title: Title, year: int | None) -> None:
        self.tokens, self.words, self.figures, self.title, self.year = tokens, tokens.words, figures, title, str(year)

    @cached_property
    def tags(self) -> list[Tag]:
        """The words around the figures; those of the title say nothing new about the group."""
        return target_lexicon().find(self.tokens)

    def verdicts(self) -> list[Tag]:
        """Tags for every figure that a target is compared with."""
        text = " ".join(self.words)
        if not self.title.targets and not any(stem in text for stem in single_words("stems")):
            return []
        named = [figure for figure in self.figures if self._is_target(figure)]
        lower = self.title.lower or (not self.title.targets and is_lower(self.tags))
        outcomes = [figure for figure in self._candidates(named) if not self._is_other(figure)]
        own = [self._own_target(figure, lower, outcomes) for figure in named]
        if not own and not self.title.targets:
            return self._told(outcomes, lower)
        found: list[Tag] = []
        if own and len(outcomes) == 1 and self._comparable(outcomes[0], own[0]) and (said := self._says()) is not None:
            return [Tag(MET if said else MISSED, outcomes[0].first, outcomes[0].last)]
        for figure in outcomes:
            near = sorted(range(len(own)), key=lambda place: abs(named[place].first - figure.first))
            targets = (*(own[place] for place in near), *self.title.targets)
            target = next((one for one in targets if self._comparable(figure, one)), None)
            if target and not self._is_denied(figure, target) and not self._is_part(figure, target):
                found += self._compare(figure, target)
        return found

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
        wrong_way = bool(target.change) and change_of(figure, self.tags) != target.change
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
        measured = [figure for figure in outcomes if is_measure(figure.unit) and not change_of(figure, self.tags)]
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
        changes = [change_of(outcome, self.tags) for outcome in outcomes if outcome.unit == figure.unit]
        if changes and all(changes):
            return Target(figure.value, figure.unit, change=changes[0])
        sense = sense_of(figure, [tag for tag in self.tags if not tag.kind.endswith("strict")], self.words)
        unit = RANK if is_rank(figure, self.tags) else figure.unit or self._unit_of(outcomes)
        if sense:
            return Target(figure.value, unit, sense.startswith("most"))
        titled = next((one for one in self.title.targets if one.unit == unit and not one.change), None)
        if titled:
            return Target(figure.value, unit, titled.most, titled.strict)
        return Target(figure.value, unit, unit == RANK or lower or lessens(unit, self.tags))

    def _unit_of(self, outcomes: Sequence[Figure]) -> str:
        """The unit of a target that names none: that of the outcomes, if they have but one."""
        units = {outcome.unit for outcome in outcomes}
        return units.pop() if len(units) == 1 else ""

    def _is_target(self, figure: Figure) -> bool:
        """Whether "målet" or the like stands before the figure with little between, or "som är målet" after it."""
        for tag in self.tags:
            if tag.kind != "near.target":
                continue
            if tag.last <= figure.first <= tag.last + _TARGET_REACH:
                if single_words("between").issuperset(self.words[tag.last : figure.first]):
                    return True
            elif figure.last <= tag.first <= figure.last + 3:
                after = self.words[figure.last + bool(figure.unit) : tag.first]
                if " ".join(after) in single_words("target_after") and not any(
                    other.first == tag.last for other in self.figures
                ):
                    return True
        return False

    def _is_other(self, figure: Figure) -> bool:
        """Whether the figure is of another year or group, or only wished for."""
        begin, end = self._segment(figure)
        if (
            self._is_set_anew(figure)
            or self._is_start(figure, begin)
            or self._is_difference(figure)
            or self._is_whole(figure)
        ):
            return True
        if self.words[-1] in single_words("responds") or self._is_told_again(figure) or self._is_answer_share(begin):
            return True
        counted = figure.unit and not is_measure(figure.unit)
        if begin == 0 and not counted and self._opens_with_place():
            return True
        change = bool(change_of(figure, self.tags))
        for tag in self.tags:
            if not begin <= tag.first < end:
                continue
            if change and tag.first > figure.first and self._is_base(tag.first):
                continue
            if tag.kind == "near.compared" and not change and self._is_compared(tag, figure):
                return True
            if self._sets_apart(tag, figure):
                return True
        return any(
            is_year(self.words[place]) and self.words[place] != self.year and not (change and self._is_base(place))
            for place in (*range(begin, figure.first), *range(figure.last, end))
        )

    def _sets_apart(self, tag: Tag, figure: Figure) -> bool:
        """Whether these words beside the figure make it another year's or group's, or no outcome."""
        if tag.kind == "near.group":
            news = tag.first != figure.first and self._is_news(tag)
            return news and not self._is_counted_group(tag, figure)
        if tag.kind == "near.after":
            return self._is_past(tag.first)
        return tag.kind in ("near.earlier", "near.undone") or self._is_wish(tag, figure) or self._is_alien(tag)

    def _is_answer_share(self, begin: int) -> bool:
        """Whether "vilket är" takes up a group told of before: "412 svarade på enkäten, vilket är 61 procent"."""
        if self.words[begin] not in single_words("takes_up"):
            return False
        if not single_words("is_that").issuperset(self.words[begin + 1 : begin + 2]):
            return False
        return any(tag.kind == "near.group" and tag.first < begin and self._is_news(tag) for tag in self.tags)

    def _is_set_anew(self, figure: Figure) -> bool:
        """Whether it is what the target was raised or lowered to."""
        changed = [tag.last for tag in self.tags if tag.kind == "near.retarget" and tag.last <= figure.first]
        return bool(changed) and single_words("clause").isdisjoint(self.words[changed[-1] : figure.first])

    def _is_wish(self, tag: Tag, figure: Figure) -> bool:
        """Whether so much is only wished for or left; "ligger kvar på" says what is."""
        if tag.kind != "near.wish" or tag.first == figure.first:
            return False
        before, after = self.words[max(0, tag.first - 1) : tag.first], self.words[tag.last : tag.last + 1]
        stays = bool(before) and single_words("stays").issuperset(before)
        return not (stays and bool(after) and single_words("stays_at").issuperset(after))

    def _is_alien(self, tag: Tag) -> bool:
        """Whether it is said of a rate or a price of which the title does not speak."""
        if tag.kind == "near.alien":
            return self.words[tag.first][:_WHOLE_STEM] not in self.title.text
        return tag.kind == "near.costs" and _COST not in self.title.text

    def _is_told_again(self, figure: Figure) -> bool:
        """Whether "åtta av tio" is told as a percentage next."""
        after = range(figure.last, figure.last + _TARGET_REACH)
        return figure.whole is not None and any(
            other.unit == _PERCENT and other.first in after for other in self.figures if other is not figure
        )

    def _is_counted_group(self, tag: Tag, figure: Figure) -> bool:
        """Whether the group is what the title counts, or took part in it."""
        if tag.first != figure.last and self.words[tag.first] not in single_words("gets"):
            return False
        return self._is_served(figure) or any(
            one.counts and self._is_same_noun(figure, one) for one in self.title.targets
        )

    def _is_past(self, place: int) -> bool:
        """Whether the year after the one named before this place is not the report's."""
        years = [word for word in self.words[:place] if is_year(word)]
        return bool(years) and str(int(years[-1]) + 1) != self.year

    def _is_start(self, figure: Figure, begin: int) -> bool:
        """Whether this is what it was before: "från drygt 7"."""
        before = self.words[max(begin, figure.first - _FROM_REACH) : figure.first]
        if single_words("from").isdisjoint(before) or not single_words("himself").isdisjoint(before):
            return False
        counted = figure.unit and not is_measure(figure.unit)
        return not counted or any(tag.kind.startswith("direction.") and tag.first < figure.first for tag in self.tags)

    def _is_whole(self, figure: Figure) -> bool:
        """Whether this is what something is counted of, or how long it lasted, or one end of a range."""
        place = figure.first - 1
        if place >= 0 and is_time(figure.unit) and self.words[place] in single_words("lasting"):
            return True
        while place >= 0 and self.words[place] in single_words("of_fillers"):
            place -= 1
        if place < 0:
            return False
        if self.words[place] in single_words("of"):
            return place == 0 or self.words[place - 1] not in single_words("consists")
        return not single_words("range").isdisjoint(self.words[max(0, figure.first - _RANGE_REACH) : figure.first])

    def _is_difference(self, figure: Figure) -> bool:
        """Whether it only says by how much something is above or below something: "tre enheter över målet"."""
        end = figure.last + bool(figure.unit)
        if end >= len(self.words) or self._is_by(figure):
            return False
        if self.words[end] in single_words("apart_by"):
            return True
        if any(other.first == end + 1 for other in self.figures):
            return False
        return self.words[end] in single_words("apart_to") and any(
            tag.kind in _COMPARISONS and end < tag.first <= end + 2 for tag in self.tags
        )

    def _is_by(self, figure: Figure) -> bool:
        """Whether the title asks for such a change."""
        change = change_of(figure, self.tags)
        return bool(change) and any(target.change for target in self.title.targets)

    def _is_compared(self, tag: Tag, figure: Figure) -> bool:
        """Whether the figure is what the outcome is compared with."""
        between = self.words[tag.last : figure.first]
        return tag.last <= figure.first <= tag.last + _TARGET_REACH and single_words("verbs").isdisjoint(between)

    def _is_base(self, place: int) -> bool:
        """Whether this year is the one from which a change is counted."""
        if self.words[place + 1 : place + 2] == ["års"]:
            return True
        return not single_words("bases").isdisjoint(self.words[max(0, place - _BASE_REACH) : place])

    def _opens_with_place(self) -> bool:
        """Whether the sentence begins with where it holds, as in "I flerfamiljshus är andelen ..."."""
        if len(self.words) < 2 or self.words[0] not in single_words("places") or not self.words[1].isalpha():
            return False
        return self._is_place(self.words[1])

    def _is_place(self, word: str) -> bool:
        """Whether this noun after a preposition may name a part or a place: no time, no survey, none of the title's."""
        known = (one[:_STEM] for one in self.title.words if len(one) >= _STEM and one.isalpha())
        if word.startswith((*single_words("everywhere"), *known)):
            return False
        return not any(stem in word for stem in single_words("surveys"))

    def _is_part(self, figure: Figure, target: Target) -> bool:
        """Whether this is the figure of one place, for counts only where it is less than all."""
        if target.counts and figure.value >= target.value:
            return False
        if not (target.counts or self._is_on_topic or target.unit == RANK):
            return True
        return self._is_elsewhere(figure)

    @cached_property
    def _is_on_topic(self) -> bool:
        """Whether the sentence speaks of what the title speaks of."""
        text = " ".join(("", *self.words))
        return self.title.is_met_by(self.words, text) or any(tag.kind == "near.target" for tag in self.tags)

    def _is_elsewhere(self, figure: Figure) -> bool:
        """Whether a place with a name stands beside a measured figure: "på Björkskolan"."""
        begin, end = self._segment(figure)
        for place in range(begin, end - 1):
            if self.words[place] in single_words("proper_after"):
                initial = self.tokens.text[slice(*self.tokens.spans[place + 1])][:2]
                if initial[:1].isupper() and not initial[1:].isupper() and self._is_place(self.words[place + 1]):
                    return True
        return False

    def _is_denied(self, figure: Figure, target: Target) -> bool:
        """Whether it is said of the target's own figure, or of things counted, that it is not so."""
        if not target.counts and figure.value != target.value:
            return False
        begin, end = self._segment(figure)
        return any(tag.kind == "near.denied" and begin <= tag.first < end for tag in self.tags)

    def _is_news(self, tag: Tag) -> bool:
        """Whether the title does not speak of this group itself."""
        words = self.words[tag.first : tag.last]
        stems = [word[:_STEM] for word in words if len(word) >= _STEM] or words[-1:]
        return not any(stem in self.title.text for stem in stems)

    def _segment(self, figure: Figure) -> tuple[int, int]:
        """The stretch between commas, "och", "mot" and the like in which the figure stands."""
        begin, former, end = 0, 0, len(self.words)
        for tag in self.tags:
            if tag.kind != "near.bound":
                continue
            if tag.last <= figure.first:
                begin, former = tag.first, begin
            elif tag.first >= figure.last:
                end = min(end, tag.first)
        if begin + 1 == figure.first and self.words[begin] in single_words("aside"):
            begin = former
        return self._step(figure, begin), end

    def _step(self, figure: Figure, begin: int) -> int:
        """Where "till" begins the stretch of the second figure of "från 7 till 6"."""
        for place in range(figure.first - 1, max(begin, figure.first - _FROM_REACH) - 1, -1):
            if self.words[place] in single_words("to") and not single_words("from").isdisjoint(self.words[begin:place]):
                return place
        return begin

    def _comparable(self, figure: Figure, target: Target) -> bool:
        change = change_of(figure, self.tags)
        if bool(target.change) != bool(change):
            return False
        if target.unit == RANK:
            return not (is_measure(figure.unit) or self._is_crowd(figure)) and (
                is_rank(figure, self.tags) or self._is_result(figure)
            )
        if target.counts and (self._is_same_noun(figure, target) or self._is_bare_count(figure)):
            return True
        like = target.value / _LIKE <= figure.value <= target.value * _LIKE
        if target.most and like and not is_measure(target.unit) and self._is_same_noun(figure, target):
            return True
        if (figure.unit or (figure.whole and target.unit == _PERCENT)) and self._is_alike(figure, target):
            return True
        if not target.unit and figure.unit and not is_measure(figure.unit):
            return figure.unit in self.title.words
        if not figure.unit and self._is_result(figure) and any(same_unit(word, target.unit) for word in self.words):
            return True
        if target.counts:
            return not figure.unit and self._ends(figure) and self._is_result(figure)
        bare = not figure.unit or not is_measure(figure.unit)
        return bare and self._ends(figure) and self._is_result(figure)

    def _is_crowd(self, figure: Figure) -> bool:
        """Whether it counts those who are ranked, and is no place among them."""
        counted = (
            figure.unit and figure.whole is None and not figure.unit.startswith(tuple(single_words("places_ranked")))
        )
        return bool(counted) and self.words[figure.first - 1 : figure.first] not in [
            [word] for word in single_words("places_ranked")
        ]

    def _is_alike(self, figure: Figure, target: Target) -> bool:
        """Whether the figure is told in the target's unit, or in one that can be told in it."""
        if figure.unit == target.unit and (figure.unit == _PERCENT or not (is_measure(figure.unit) and target.value)):
            return True
        if target.unit == _PERCENT and figure.whole:
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
        return following[0] in single_words("bare_after") or following[0].endswith(tuple(single_words("bare_endings")))

    def _is_same_noun(self, figure: Figure, target: Target) -> bool:
        """Whether they count the same, or what is much the same."""
        if not figure.unit:
            return False
        group = kind_of(figure.unit)
        if self._is_served(figure):
            return True
        if target.unit in single_words("anyone") and any(stem in figure.unit for stem in single_words("people")):
            return True
        return same_unit(figure.unit, target.unit) or (group != "" and group == kind_of(target.unit))

    def _is_served(self, figure: Figure) -> bool:
        """Whether so many persons got or took what the title counts: "31 unga fick feriejobb"."""
        holds = kind_of(figure.unit) in _PERSONS or figure.unit.startswith(tuple(single_words("holders")))
        if not holds or single_words("gets").isdisjoint(self.words):
            return False
        after = self.words[figure.last + 1 :]
        return any(target.counts and same_unit(word, target.unit) for target in self.title.targets for word in after)

    def _ends(self, figure: Figure) -> bool:
        """Whether no noun follows that the figure could count."""
        return figure.last == len(self.words) or not self.words[figure.last][0].isalpha() or not figure.unit

    def _is_result(self, figure: Figure) -> bool:
        if self.words[figure.first - 1 : figure.first] == [":"] and self._ends(figure):
            return True
        if figure.first and self.words[figure.first - 1] == "(" and self.words[figure.last : figure.last + 1] == [")"]:
            return True
        begin, _ = self._segment(figure)
        begin = begin if self.words[begin] in single_words("joined") else 0
        return any(
            tag.kind == "near.result" and begin <= tag.first and tag.last <= figure.first <= tag.last + _RESULT_REACH
            for tag in self.tags
        )
