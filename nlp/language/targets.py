"""Figures against what is asked for: a target in the title or in the sentence, counts, and parts of a whole."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from ljuskoll.nlp.language.comparable_figures import Comparable
from ljuskoll.nlp.language.figure_stretches import is_verb
from ljuskoll.nlp.language.figures import (
    FRACTION,
    PERCENT,
    Figure,
    find_figures,
    find_ordinals,
    is_measure,
    is_time,
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
    endings,
    in_numbers,
    is_lower,
    is_rank,
    lessens,
    read_title,
    sense_of,
    single_words,
)

MET, MISSED = "met", "missed"

_FROM_REACH = 4
"""Words between "från" and its figure, those included: "från förra årets 36"."""
_TARGET_REACH = 5
"""Words between "målet" and its figure."""
_STEM = 5
"""Two words that begin with so many of the same letters are of one family."""
_ALIKE = 3
"""The figure of an earlier year differs by so many times at most."""
_LIKE = 2
"""What answers a count in another noun differs by so many times at most."""
_CLAUSE_REACH = 9
"""Words between "målet" and the verb that says whether it is reached."""
_SIDES = frozenset({"near.above", "near.below"})
_HUNDRED = 100
_MILLION = 1_000_000
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
    if any(one.value >= _MILLION and not is_measure(one.unit) for one in title.targets):
        figures = in_numbers(figures)
    if ordinals := find_ordinals(tokens.words):
        figures += [one for one in ordinals if _is_last(one, title)]
    if not figures:
        return []
    found = [tag for tag in map(part_tag, figures) if tag]
    if len(figures) > 1 and not single_words("to").isdisjoint(tokens.words):
        figures = _risen(figures, tokens.words)
    if len(figures) > 1 and tokens.words[0] in single_words("parts") and any(one.counts for one in title.targets):
        figures = _part_of_count(figures, tokens.words)
    if any(target.unit == PERCENT for target in title.targets):
        if len(figures) > 1 and tokens.words[0] in single_words("parts"):
            figures = _part_of_first(figures, tokens.words, title.words)
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


def _part_of_first(figures: list[Figure], words: Sequence[str], named: Collection[str] = ()) -> list[Figure]:
    """ "Av 38 elever fick 29" as 29 of 38 elever."""
    whole, part = figures[:2]
    told = part.unit not in ("", *named) and not part.unit.endswith((*endings("object"), *endings("deeds")))
    if whole.first > 2 or told or part.whole or not whole.unit or is_measure(whole.unit):
        return figures
    if any(figure.unit == PERCENT for figure in figures) or part.value >= whole.value:
        return figures
    if not any(is_verb(word) for word in words[whole.last : part.first]):
        return figures
    return [whole, replace(part, unit=whole.unit, whole=whole.value), *figures[2:]]


def _part_of_count(figures: list[Figure], words: Sequence[str]) -> list[Figure]:
    """ "Av 260 sökande fick 215" as 215 sökande."""
    parted = _part_of_first(figures, words)
    return [parted[0], replace(parted[1], whole=figures[1].whole), *parted[2:]]


def _risen(figures: list[Figure], words: Sequence[str]) -> list[Figure]:
    """The figures with the unit told once: "från 36 dagar till 43"."""
    found = figures[:1]
    for figure in figures[1:]:
        former = found[-1]
        steps = words[figure.first - 1] in single_words("to") and is_measure(former.unit) and figure.whole is None
        opened = words[max(0, former.first - _FROM_REACH) : former.first]
        if steps and not is_measure(figure.unit) and not single_words("from").isdisjoint(opened):
            figure = replace(figure, unit=former.unit)
        found.append(figure)
    return found


def _carried(figures: Sequence[Figure], words: Sequence[str]) -> list[Figure]:
    """The figures with percent said once for several: "93 procent av flickorna och 87 av pojkarna"."""
    found: list[Figure] = []
    for figure in figures:
        shares = bool(found) and found[-1].unit == PERCENT and not is_measure(figure.unit) and figure.whole is None
        if shares and figure.value <= _HUNDRED and words[figure.last : figure.last + 1] == ["av"]:
            found.append(replace(figure, unit=PERCENT))
        else:
            found.append(figure)
    return found


def _of_itself(figure: Figure, words: Sequence[str]) -> Figure:
    """ "Samtliga 46" as 46 of 46."""
    alone = figure.whole is None and not is_measure(figure.unit)
    every = alone and single_words("every").issuperset(words[figure.first - 1 : figure.first] or " ")
    return replace(figure, whole=figure.value) if every else figure


class _Sentence(Comparable):
    """Holds the figures of one sentence against targets."""

    def verdicts(self) -> list[Tag]:
        """Tags for every figure that a target is compared with."""
        if not self.title.targets:
            if self.title.trend and len(self.figures) > 1 and (told := self._against_former()):
                return told
            text = " ".join(self.words)
            if not any(stem in text for stem in single_words("stems")):
                return []
        named = [figure for figure in self.figures if self._is_target(figure)]
        lower = self.title.lower or (not self.title.targets and is_lower(self.tags))
        outcomes = [figure for figure in self._candidates(named) if not self.is_foreign(figure)]
        if len(outcomes) > 1:
            outcomes = [figure for figure in outcomes if not self._is_granted(figure, outcomes)]
            outcomes = [figure for figure in outcomes if not self._is_so_far(figure, outcomes)]
        own = [self._own_target(figure, lower, outcomes) for figure in named]
        if not own and not self.title.targets:
            return self._told(outcomes, lower)
        if not own and (told := self._turned()):
            return told
        found: list[Tag] = []
        answers = [figure for figure in outcomes if own and self._comparable(figure, own[0])]
        if len(answers) == 1 and (said := self._says()) is not None:
            return [Tag(MET if said else MISSED, answers[0].first, answers[0].last)]
        for figure in outcomes:
            near = sorted(range(len(own)), key=lambda place: abs(named[place].first - figure.first))
            targets = (*(own[place] for place in near), *self.title.targets)
            target = self._nearest(figure, [one for one in targets if self._comparable(figure, one)])
            if target and not self._is_unsaid(figure, target):
                found += self._compare(figure, target)
        if not found and not own:
            return self._told_count()
        return self._summed(self._without_rest(found, outcomes))

    def _is_unsaid(self, figure: Figure, target: Target) -> bool:
        """Whether the figure tells nothing of the target: it is denied, a part's, or a mere bound."""
        return self._is_denied(figure, target) or self._is_part(figure, target) or self._is_left_open(figure, target)

    def _is_left_open(self, figure: Figure, target: Target) -> bool:
        """Whether "under 10" does not tell if it is under the 9 that are asked for."""
        before = single_words("open_below" if target.most else "open_above")
        if before.isdisjoint(self.words[figure.first - 1 : figure.first]):
            return False
        if figure.value == target.value:
            return is_time(target.unit) and any(other.whole or other.unit == PERCENT for other in self.figures)
        return not target.met_by(self._value(figure, target))

    def _without_rest(self, found: list[Tag], outcomes: Sequence[Figure]) -> list[Tag]:
        """Without those that lack: the three of "fyra är klara; tre väntar" where seven are asked for."""
        if len(found) < 2 or not self.title.targets or not self.title.targets[0].counts:
            return found
        values = {figure.first: figure.value for figure in outcomes}
        begun = values[found[0].first]
        rest = [tag for tag in found if begun + values[tag.first] == self.title.targets[0].value]
        return [tag for tag in found if tag.first == found[0].first or tag not in rest]

    def _turned(self) -> list[Tag]:
        """Where the title asks for a change in percent, what the figures make of it: "från 312 till 247"."""
        target = next((target for target in self.title.targets if target.change and target.unit == PERCENT), None)
        pair = self._former_and_now() if target and len(self.figures) > 1 else None
        if not target or not pair or not pair[0].value:
            return []
        if any(figure.unit == PERCENT and self.change(figure) for figure in self.figures):
            return []
        former, now = pair
        turn = _HUNDRED * (now.value / former.value - 1)
        met = target.met_by(-turn if target.change == "down" else turn)
        return [Tag(MET if met else MISSED, now.first, now.last)]

    def _former_and_now(self) -> tuple[Figure, Figure] | None:
        """The figure of an earlier time and the one that stands beside it, if there is one of each."""
        former = [figure for figure in self.figures if self.is_former(figure)]
        end = self.figures[-1].last
        if len(former) != 1 or any(tag.first < end and self._is_news(tag) for tag in self.of_kind("near.group")):
            return None
        now = [figure for figure in self.figures if figure is not former[0] and self._is_like_former(figure, former[0])]
        return (former[0], now[0]) if len(now) == 1 and self._is_on_topic and not self.is_foreign(now[0]) else None

    def _against_former(self) -> list[Tag]:
        """Where the title asks for more or less than before, the figure that stands beside that of an earlier year."""
        pair = self._former_and_now()
        if not pair:
            return []
        former, now = pair
        met = now.value < former.value if self.title.trend == "down" else now.value > former.value
        return [Tag(MET if met else MISSED, now.first, now.last)]

    def _is_like_former(self, figure: Figure, former: Figure) -> bool:
        """Whether this figure and the earlier one are of one unit, and neither is by how much something changed."""
        if self.change(figure):
            return False
        same = figure.unit == former.unit or not former.unit or not figure.unit or same_unit(figure.unit, former.unit)
        return same and former.value / _ALIKE <= figure.value <= former.value * _ALIKE

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
        if single_words("beside_it").isdisjoint(self.words[begin : begin + 2]) and not self._is_of_another_subject(
            begin
        ):
            return False
        return any(other.first < begin and other.unit == figure.unit for other in outcomes)

    def _is_so_far(self, figure: Figure, outcomes: Sequence[Figure]) -> bool:
        """Whether it is told beside what is awaited for the whole year: "hittills 96, prognosen är 165"."""
        return self._is_told_with("so_far", figure) and any(
            other.unit in (figure.unit, "") and self._is_told_with("year_end", other)
            for other in outcomes
            if other is not figure
        )

    def _is_told_with(self, kind: str, figure: Figure) -> bool:
        return not single_words(kind).isdisjoint(self.words[slice(*self.segment(figure))])

    def _is_of_another_subject(self, begin: int) -> bool:
        """Whether a clause begins here whose subject is not the title's: "men tillsynen fick 81"."""
        if self.words[begin] not in single_words("joined") or len(self.title.targets) != 1:
            return False
        return is_verb("".join(self.words[begin + 2 : begin + 3])) and self.is_strange(self.words[begin + 1])

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
        words = self.words[begin:end]
        stems = {word[:_STEM] for word in words}
        beside = [word[:_STEM] for word in words if len(word) > _STEM]

        def likeness(target: Target) -> tuple[int, int]:
            return len(target.about & stems), -len(target.about) * any(stem in target.about for stem in beside)

        return max(targets, key=likeness)

    def _candidates(self, named: Sequence[Figure]) -> list[Figure]:
        """The figures that may answer a target; where the sentence names none, one of the title's."""
        if named or not self.title.targets:
            return [figure for figure in self.figures if figure not in named]
        return [figure for figure in self.figures if any(self._comparable(figure, one) for one in self.title.targets)]

    def _compare(self, figure: Figure, target: Target) -> list[Tag]:
        value = self._value(figure, target)
        value += self._shade(figure) if value == target.value else 0
        wrong_way = bool(target.change) and self.change(figure) not in ("", target.change)
        kinds = [MET if target.met_by(value) and not wrong_way else MISSED]
        if target.counts and kinds == [MISSED] and self.of_kind("near.interim"):
            kinds = []
        if target.most and kinds == [MET] and self._is_of_some_months(figure):
            kinds = []
        if target.counts and target in self.title.targets:
            kinds.append(f"count_{share(figure.value, target.value)}")
        return [Tag(kind, figure.first, figure.last) for kind in kinds]

    def _is_of_some_months(self, figure: Figure) -> bool:
        """Whether a sum is told of a part of the year, which says nothing of a limit: "januari–april 3,9 mnkr"."""
        if figure.unit not in single_words("money_units"):
            return False
        begin, end = self.segment(figure)
        if not single_words("so_far").isdisjoint(self.words[begin:end]):
            return True
        opening = self.words[: figure.first]
        return any(word == "–" and after in single_words("months") for word, after in pairwise(opening))

    def _shade(self, figure: Figure) -> float:
        """Less or more than 0 for "knappt 90" and "drygt 90"."""
        near = [tag.kind for tag in self.tags if tag.last == figure.first]
        return -_SHADE if "near.short" in near else _SHADE if "near.long" in near else 0.0

    def _told(self, outcomes: Sequence[Figure], lower: bool) -> list[Tag]:
        """Where no target is known, a single measured figure and what the sentence says of it ("över målet")."""
        kinds = {tag.kind for tag in self.tags}
        bare = [figure for figure in outcomes if not figure.unit and figure.whole is None and self._is_result(figure)]
        measured = [figure for figure in outcomes if is_measure(figure.unit) and not self.change(figure)] or bare
        good = self._says()
        if good is None and kinds & _SIDES:
            good = ("near.above" in kinds) != (lower or lessens(measured[0].unit, self.tags) if measured else lower)
        if good is None or len(measured) != 1:
            return []
        return [Tag(MET if good else MISSED, measured[0].first, measured[0].last)]

    def _told_count(self) -> list[Tag]:
        """Where another noun is counted than the title's, and the sentence says that the target is reached."""
        counts = [target.value for target in self.title.targets if target.counts]
        counted = [figure for figure in self.figures if figure.unit and not is_measure(figure.unit)]
        good = self._verdict() if counts else None
        if good is None or len(counted) != 1 or self.is_foreign(counted[0]):
            return []
        value = counted[0].value
        if not any(one / _LIKE <= value <= one * _LIKE and (value >= one) == good for one in counts):
            return []
        return [Tag(MET if good else MISSED, counted[0].first, counted[0].last)]

    def _verdict(self) -> bool | None:
        """Whether the sentence says that its target is reached, or that something is above or below it."""
        said = self._says()
        kinds = {tag.kind for tag in self.tags if tag.kind in _SIDES}
        return said if said is not None or not kinds else "near.above" in kinds

    def _says(self) -> bool | None:
        """Whether the sentence says outright that its target is reached; None where it does not say."""
        goals = [tag for tag in self.tags if tag.kind == "near.target"]
        for goal in goals:
            begin, end = self._clause(goal.first)
            near = [tag for tag in self.tags if begin <= tag.first < end]
            said = [
                tag.kind
                for tag in near
                if not 0 <= tag.first - goal.first < goal.last - goal.first
                and abs(tag.first - goal.first) <= _CLAUSE_REACH
            ]
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
            figure = replace(figure, value=_HUNDRED * figure.value / figure.whole, unit=PERCENT)
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
        return unit == PERCENT and any(tag.kind == "near.timely" for tag in self.tags)

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
            if self.words[tag.last - 1] in self.title.words or self._is_arrival(tag):
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
                    self._is_right_after(tag, other) for other in self.figures
                ):
                    return True
        return False

    def _is_arrival(self, tag: Tag) -> bool:
        """Whether this is "i mål"."""
        inside = self.words[tag.first - 1 : tag.first]
        return self.words[tag.first] in single_words("goal") and single_words("inside").issuperset(inside or " ")

    def _is_right_after(self, tag: Tag, figure: Figure) -> bool:
        """Whether this figure is the target of which these words speak: "(mål max 2 %)"."""
        return tag.last <= figure.first and single_words("limits").issuperset(self.words[tag.last : figure.first])

    def _is_denied(self, figure: Figure, target: Target) -> bool:
        """Whether it is said of the target's own figure, or of things counted, that it is not so."""
        if not target.counts and figure.value != target.value:
            return False
        begin, end = self.segment(figure)
        return any(
            begin <= tag.first < end and single_words("no_denial").isdisjoint(self.words[tag.last : tag.last + 1])
            for tag in self.of_kind("near.denied")
        )
