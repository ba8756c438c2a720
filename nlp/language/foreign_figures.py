"""Which figures of a sentence are of another year, group, place or matter than its assignment asks of."""

from functools import cached_property

from ljuskoll.nlp.language.figure_stretches import is_verb
from ljuskoll.nlp.language.figure_times import Times
from ljuskoll.nlp.language.figures import FRACTION, PERCENT, Figure, is_measure, is_time, is_year, same_unit
from ljuskoll.nlp.language.phrases import Tag
from ljuskoll.nlp.language.title_targets import RANK, endings, matters_of, single_words

_TARGET_REACH = 5
"""Words between "målet" and its figure."""
_RANGE_REACH = 4
"""Words between "mellan" and the last figure of the range."""
_SUBJECT_REACH = 4
"""Words between the subject that opens a sentence and its figure, those included."""
_OF_THESE = 3
"""Words of "av fallen gällde"."""
_GROUP = 4
"""The same of the noun after "bland" and the title's."""
_STEM = 5
"""Two words that begin with so many of the same letters are of one family."""
_OTHERS = frozenset(
    {
        *("near.money", "near.group", "near.after", "near.spent", "near.lost", "near.earlier", "near.undone"),
        *("near.wish", "near.may", "near.makes", "near.stands", "near.alien", "near.costs", "near.compared"),
    }
)
"""Words that may set a figure apart."""
_COMPARISONS = ("near.target", "near.earlier", "near.group", "near.compared")
_COST = "kost"
_SHARING = ("near.stands", "near.makes")
_WHOLE_STEM = 9


class Surroundings(Times):
    """The figures of one sentence with the words around them, and what the title says."""

    def is_foreign(self, figure: Figure) -> bool:
        """Whether the figure is of another year or group, or only wished for."""
        begin, end = self.segment(figure)
        if (
            self._is_set_anew(figure)
            or self._is_start(figure, begin)
            or self._is_difference(figure)
            or self._is_whole(figure)
            or self._is_aside(figure)
            or self._is_repeated(figure)
            or self._is_elsewhere_opened()
            or self._is_of_another_measure(figure, begin)
            or self._is_awaited(figure, begin)
            or self._is_of_one_month(figure)
            or self._is_of_then(begin)
            or self._is_of_one(figure)
            or self._is_within_another_time(figure)
        ):
            return True
        if (
            (end == len(self.words) and self.words[-1] in single_words("responds"))
            or self._is_told_again(figure)
            or self._is_of_some(figure)
            or self._is_of_an_answer(figure)
            or self._is_answer_share(begin)
            or self._is_part_again(figure, begin, end)
        ):
            return True
        counted = figure.unit and not is_measure(figure.unit)
        opening, own = self._opening if begin else 0, begin
        if begin and (not single_words("where").isdisjoint(self.words[begin : begin + 2]) or self.goes_on(begin)):
            begin = self.former_begin(begin)
        if (begin == 0 or opening) and not counted and (self._opens_with_place() or self._is_local_subject(figure)):
            return True
        change = bool(self.change(figure))
        for tag in self._others:
            if tag.kind == "near.wish" and opening <= tag.first < own:
                continue
            if tag.kind == "near.lost" and tag.first < own and figure.first > own + 1:
                continue
            if not (begin <= tag.first < end or tag.first < opening) or self._is_circumstance(tag, figure):
                continue
            if change and tag.first > figure.first and self._is_base(tag.first):
                continue
            if tag.kind == "near.compared" and not change and self._is_compared(tag, figure):
                return True
            if self._sets_apart(tag, figure):
                return True
        return any(
            is_year(self.words[place]) and self.words[place] != self.year and not (change and self._is_base(place))
            for place in (*range(opening), *range(begin, figure.first), *range(figure.last, end))
        )

    def _is_of_another_measure(self, figure: Figure, begin: int) -> bool:
        """Whether the key figure before it is not the title's: "personalomsättningen är nästan noll"."""
        if not self.title.targets or figure.unit not in ("", PERCENT):
            return False
        if (
            1 < figure.first <= _SUBJECT_REACH
            and self.words[1] in single_words("amounts")
            and self.is_strange(self.words[0])
        ):
            return True
        if not self.of_kind("better.lower") or any(target.unit == RANK for target in self.title.targets):
            return False
        rises = not any(target.most or target.change for target in self.title.targets)
        names = [self.words[tag.first] for tag in self.of_kind("better.lower") if begin <= tag.first < figure.first]
        text = self.title.text
        if not names or any(name[:_GROUP] in text for name in names):
            return False
        return rises or not any(
            stem in f" {name} " for name in names for stem in (*matters_of(text), *self.title.stems)
        )

    def _is_of_an_answer(self, figure: Figure) -> bool:
        """Whether it tells what was answered, where the title asks how many answer: "93 procent uppger att"."""
        if not any(stem in self.title.text for stem in single_words("responses")):
            return False
        return not single_words("infinitive").isdisjoint(self.words[figure.last :])

    def _is_of_some(self, figure: Figure) -> bool:
        """Whether it tells only what some of the title's are like, or what one of several has: "linje 4 hade 69"."""
        if figure.unit == FRACTION and any(other.unit == PERCENT for other in self.figures):
            return True
        after = self.words[figure.last + bool(figure.unit and is_measure(figure.unit)) :][:_OF_THESE]
        if after and after[0] in single_words("of") and len(after) > 1:
            if after[1] in single_words("these"):
                return is_measure(figure.unit) and figure.unit != PERCENT
            return len(after) == _OF_THESE and after[2] in single_words("is_about") and self._is_unknown(after[2])
        counted = figure.unit and not is_measure(figure.unit) and not single_words("is_about").isdisjoint(after[1:2])
        if counted and any(one.most and same_unit(one.unit, figure.unit) for one in self.title.targets):
            return True  # "61 bilar går på biogas" of at most 180
        numbered = self.words[0] in single_words("numbered") and self.words[0] not in self.title.words
        return numbered and is_measure(figure.unit) and self.words[1][0].isdigit()

    def _is_awaited(self, figure: Figure, begin: int) -> bool:
        """Whether it is what something waits for: "jämförelsen görs när alla fyra är inne"."""
        if single_words("awaiting").isdisjoint(self.words):
            return False
        waits = [place for place in range(begin, figure.first) if self.words[place] in single_words("awaiting")]
        if not waits or self.until_verb(waits[-1], (figure.first,)) < figure.first:
            return False
        verb = next((word for word in self.words[figure.last :] if is_verb(word)), "")
        return verb in single_words("present")

    @cached_property
    def _others(self) -> list[Tag]:
        """The words that may set a figure apart."""
        return [tag for tag in self.tags if tag.kind in _OTHERS]

    def _sets_apart(self, tag: Tag, figure: Figure) -> bool:
        """Whether these words beside the figure make it another year's or group's, or no outcome."""
        if tag.kind == "near.money" and self.words[tag.first].endswith(endings("described")):
            return False
        if tag.kind == "near.money":
            return bool(self.title.targets) and tag.first < figure.first and not self._is_of_money(tag)
        if tag.kind == "near.group":
            return self._is_of_group(tag, figure)
        if tag.kind in _SHARING:
            return self._is_share_of_another(tag, figure)
        if tag.kind == "near.may":
            return tag.first < figure.first and not self._only_tells(tag)
        if tag.kind == "near.after":
            return self._is_past(tag.first)
        if tag.kind == "near.spent":
            return figure.unit in single_words("money_units") and self._is_unknown(self.words[tag.first])
        if tag.kind == "near.lost":
            return not is_measure(figure.unit) and self._is_news(tag)
        return tag.kind in ("near.earlier", "near.undone") or self._is_wish(tag, figure) or self._is_alien(tag)

    def _is_of_group(self, tag: Tag, figure: Figure) -> bool:
        """Whether the figure is told of this group, which the title does not speak of."""
        word = self.words[tag.first]
        if word.startswith(endings("answers")) and is_time(figure.unit):
            return False
        if word.startswith(endings("responses")) and not self.title.targets:
            return False
        if not self.title.targets and len(self.figures) == 2:
            return False  # the sentence names its own target for the group
        if self._is_best(tag, figure) or self._is_only_told(tag, figure):
            return False
        if self._is_recipient(tag, figure) or self._is_rater(tag, figure):
            return False
        counts = [one for one in self.title.targets if one.counts and same_unit(figure.unit, one.unit)]
        if any(one.met_by(figure.value) for one in counts):
            return False
        return tag.first != figure.first and self._is_news(tag) and not self._is_counted_group(tag, figure)

    def _is_only_told(self, tag: Tag, figure: Figure) -> bool:
        """Whether these words are in what is answered or measured, or "alla" stands before them."""
        if not single_words("infinitive").isdisjoint(self.words[figure.last : tag.first]):
            return True  # "91 procent att de är trygga på skolgården"
        between = self.words[figure.last : tag.first]
        if any(
            is_verb(word) and not single_words("who").isdisjoint(between[place:]) for place, word in enumerate(between)
        ):
            return True  # "352 har en plan som är yngre än sex månader"
        if any(other.unit == FRACTION and other.first == tag.first > figure.first for other in self.figures):
            return True
        if not single_words("subordinate").isdisjoint(between):
            return True
        return not single_words("each").isdisjoint(self.words[tag.first - 1 : tag.first])

    def _only_tells(self, tag: Tag) -> bool:
        """Whether "kan" leads on to a verb of telling: "kan för helåret fastställas till"."""
        if self.words[tag.last].endswith(endings("telling")):
            return True
        return not single_words("established").isdisjoint(self.words[tag.last : tag.last + _TARGET_REACH])

    def _is_share_of_another(self, tag: Tag, figure: Figure) -> bool:
        """Whether so much is said to be, or to come from, what the title does not speak of."""
        subject = [self._is_unknown(word) for word in self.words[: tag.first] if len(word) > _GROUP and word.isalpha()]
        if any(f"{PERCENT} av {word[:_GROUP]}" in self.title.text for word in self.words[figure.last :]):
            return False  # "stod för 19 procent av den arbetade tiden"
        if tag.kind == "near.stands":
            return figure.unit != PERCENT or not subject or any(subject)
        return bool(self.title.targets and subject) and figure.unit == PERCENT and all(subject)

    def _is_aside(self, figure: Figure) -> bool:
        """Whether it is counted beside the others: "utöver de fem som tillkommit", "trots två påminnelser"."""
        if (
            figure.first
            and self.words[figure.first - 1] in single_words("setting_apart")
            and self._is_set_apart(figure)
        ):
            return True
        if figure.last < len(self.words) and self.words[figure.last] in single_words("others"):
            return True
        if (
            (len(self.figures) > 1 and self._is_after_place(figure))
            or self._is_pace(figure)
            or self._is_of_these(figure)
        ):
            return True
        return any(
            tag.last <= figure.first < self.until_verb(tag.last, ())
            for tag in self.of_kind("near.beside")
            if single_words("to").isdisjoint(self.words[tag.first - 1 : tag.first] or " ")
            if single_words("clause").isdisjoint(self.words[tag.last : figure.first])
        )

    def _is_set_apart(self, figure: Figure) -> bool:
        """Whether the word right before it makes it a time, a bound or a former value: "i maj, då 86 procent"."""
        before, end = self.words[figure.first - 1], figure.last + bool(figure.unit)
        if before in single_words("then"):
            return end >= len(self.words) or not self.words[end][0].isalpha()
        if before in single_words("after"):
            return self._is_moment(figure)
        if before in single_words("against"):
            return not single_words("seasons").isdisjoint(self.words[end : end + 2])
        if before in single_words("to"):
            return figure.unit == FRACTION
        if before in single_words("within"):
            return is_time(figure.unit) and any(other.unit == PERCENT or other.whole for other in self.figures)
        return is_measure(figure.unit) and not self.change(figure) and self._is_border(figure.first - 1)

    def _is_after_place(self, figure: Figure) -> bool:
        """Whether some of many are named first: "i tre av grupperna är siffran elva"."""
        first = self.figures[0]
        if first is figure or first.first != 1 or self.words[0] not in single_words("opening_places"):
            return False
        of = not single_words("of").isdisjoint(self.words[first.last : first.last + 2])
        return of and first.unit != PERCENT and figure.unit != PERCENT

    def _is_of_these(self, figure: Figure) -> bool:
        """Whether a group told of before is divided: "av dem som slutade var 48 unga"."""
        if figure.unit == PERCENT or self.words[0] not in single_words("parts"):
            return False
        return not single_words("these").isdisjoint(self.words[1:2])

    def _is_border(self, place: int) -> bool:
        """Whether "med över" or "med mer än" ends here, as in "elever med över 30 procents frånvaro"."""
        if place < 1 or self.words[place] not in single_words("bordering"):
            return False
        return not single_words("with").isdisjoint(self.words[max(1, place - 2) : place])

    def _is_repeated(self, figure: Figure) -> bool:
        """Whether it stands alone in brackets after another figure: "77 (78)"."""
        end = figure.last + bool(figure.unit)
        if self.words[figure.first - 1 : figure.first] != ["("] or self.words[end : end + 1] != [")"]:
            return False
        return any(
            other.last + bool(other.unit) == figure.first - 1 and figure.unit in ("", other.unit)
            for other in self.figures
        )

    def _is_elsewhere_opened(self) -> bool:
        """Whether the sentence looks ahead, or tells of the whole where the title asks of a part."""
        if self.words[0] in single_words("then") and len(self.words) > 1:
            return self.words[1] in single_words("passed") or self.words[1].endswith(endings("past"))
        if self.words[0] in single_words("as_a") and not single_words("as_comparison").isdisjoint(self.words[1:2]):
            return True
        return self.words[0] in single_words("next") or (bool(self.of_kind("near.overall")) and self._is_local)

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
        if not single_words("exactly").isdisjoint(self.words[tag.last : tag.last + 1]):
            return False  # "det vill säga"
        if self.words[tag.first] in single_words("left") and self.words[tag.first] in self.title.words:
            return False
        if any(one.kind == "near.planned" and one.first <= tag.first < one.last for one in self.tags):
            return False
        if self.words[tag.first] in single_words("leaves") and any(one.most for one in self.title.targets):
            return False  # "131 hushåll kvar" where they are to become fewer
        begin, _ = self.segment(figure)
        if self.words[tag.first] in single_words("left") and not single_words("lives").isdisjoint(self.words[begin:]):
            return False
        before, after = self.words[max(0, tag.first - 1) : tag.first], self.words[tag.last : tag.last + 1]
        stays = bool(before) and single_words("stays").issuperset(before)
        return not (stays and bool(after) and single_words("stays_at").issuperset(after))

    def _is_rater(self, tag: Tag, figure: Figure) -> bool:
        """Whether these give a mark: "de nyanställda gav dagarna 4,6"."""
        if single_words("rates_it").isdisjoint(self.words[tag.last : figure.first]):
            return False
        return any(stem in self.words[tag.last - 1] for stem in single_words("people"))

    def _is_recipient(self, tag: Tag, figure: Figure) -> bool:
        """Whether this only says for whom the things counted are."""
        counted = figure.unit != "" and not is_measure(figure.unit) and figure.whole is None
        return counted and tag.first > figure.last and self.words[tag.first - 1] in single_words("given")

    def _is_of_money(self, tag: Tag) -> bool:
        """Whether the title speaks of the same costs or prices."""
        word = self.words[tag.first]
        if any(stem in word and stem in self.title.text for stem in single_words("moneys")):
            return True
        whole = any(stem in word for stem in single_words("all_money"))
        return whole and any(stem in self.title.text for stem in single_words("economy"))

    def _is_alien(self, tag: Tag) -> bool:
        """Whether it is said of a rate or a price of which the title does not speak."""
        if not self.title.targets:
            return False
        if tag.kind == "near.alien":
            return self.words[tag.first][:_WHOLE_STEM] not in self.title.text
        return tag.kind == "near.costs" and _COST not in self.title.text

    def _is_told_again(self, figure: Figure) -> bool:
        """Whether "åtta av tio" is told as a percentage next."""
        after = range(figure.last, figure.last + 2 * _TARGET_REACH)
        return figure.whole is not None and any(
            other.unit == PERCENT
            and (
                other.first in after
                or (other.first > figure.last and self.words[other.first - 1] in single_words("exactly"))
            )
            for other in self.figures
            if other is not figure
        )

    def _is_best(self, tag: Tag, figure: Figure) -> bool:
        """Whether these words only tell how good the figure is: "med 6,4 procent är vi näst lägst i länet"."""
        if tag.first < figure.last or single_words("wider").isdisjoint(self.words[tag.last - 1 : tag.last + 1]):
            return False
        return not single_words("superlatives").isdisjoint(self.words[figure.last : tag.first + 1])

    def _is_part_again(self, figure: Figure, begin: int, end: int) -> bool:
        """Whether it is told without a verb of its own after the figure of a part: "skolan har 93 och köket 84"."""
        if len(self.figures) < 2 or begin + 1 >= figure.first or not self.is_verbless(begin, end):
            return False
        former = [other for other in self.figures if other.last <= begin and other.unit == figure.unit]
        return bool(former) and self.is_foreign(former[-1]) and not self.is_of_year(former[-1])

    def is_former(self, figure: Figure) -> bool:
        """Whether it is told as what was before: "från 0,66", "året innan 49", "77 (78)"."""
        begin, _ = self.segment(figure)
        return self._is_start(figure, begin) or self._is_repeated(figure) or self.is_of_year(figure)

    def _is_counted_group(self, tag: Tag, figure: Figure) -> bool:
        """Whether the group is what the title counts, or took part in it."""
        if tag.first != figure.last and self.words[tag.first] not in single_words("gets"):
            return False
        return self.is_served(figure) or any(
            (one.counts or one.most) and self.is_same_noun(figure, one) for one in self.title.targets
        )

    def _is_whole(self, figure: Figure) -> bool:
        """Whether this is what something is counted of, or how long it lasted, or one end of a range."""
        place = figure.first - 1
        if place >= 0 and is_time(figure.unit) and self._is_lasting(place):
            return True
        while place >= 0 and self.words[place] in single_words("of_fillers"):
            place -= 1
        if place < 0 or (figure.unit == PERCENT and self.words[place] in single_words("of")):
            return False
        if self.words[place] in single_words("of"):
            return place == 0 or self.words[place - 1] not in single_words("consists")
        return not single_words("range").isdisjoint(self.words[max(0, figure.first - _RANGE_REACH) : figure.first])

    def _is_lasting(self, place: int) -> bool:
        """Whether the word here says how long something went on, and that is no waiting: "i 23 dagar"."""
        if self.words[place] in single_words("during"):
            return self.words[place - 1] not in single_words("verbs") and self.words[place - 1] not in single_words(
                "at"
            )
        if self.words[place] not in single_words("lasting"):
            return False
        return not any(word.startswith(endings("waits")) for word in self.words[:place])

    def _is_difference(self, figure: Figure) -> bool:
        """Whether it only says by how much something is above or below something: "tre enheter över målet"."""
        end = figure.last + bool(figure.unit)
        if self._is_by(figure):
            return False
        if self._is_shift(figure):
            return True
        if end >= len(self.words):
            return False
        if self.words[end] in single_words("apart_by"):
            return True
        if self.words[end] in single_words("sizes") and is_measure(figure.unit) and not is_time(figure.unit):
            return True
        if self.words[end] in single_words("given") and not single_words("apart_for").isdisjoint(
            self.words[end + 1 : end + 2]
        ):
            return True
        if any(other.first == end + 1 for other in self.figures):
            return False
        return self.words[end] in single_words("apart_to") and any(
            tag.kind in _COMPARISONS and end < tag.first <= end + 2 for tag in self.tags
        )

    def _is_shift(self, figure: Figure) -> bool:
        """Whether it is by how much something lasts longer, or goes past its limit: "försenas med tre månader"."""
        before = self.words[max(0, figure.first - 2) : figure.first]
        if not is_measure(figure.unit) or single_words("with").isdisjoint(before):
            return False
        begin, _ = self.segment(figure)
        return any(tag.kind == "near.shift" and begin <= tag.first < figure.first for tag in self.tags)

    def _is_by(self, figure: Figure) -> bool:
        """Whether the title asks for such a change."""
        change = self.change(figure)
        return bool(change) and any(target.change for target in self.title.targets)

    def _is_compared(self, tag: Tag, figure: Figure) -> bool:
        """Whether the figure is what the outcome is compared with."""
        between = self.words[tag.last : figure.first]
        if self._is_bound_of(tag, figure) or ":" in between:
            return False
        return tag.last <= figure.first <= tag.last + _TARGET_REACH and single_words("verbs").isdisjoint(between)

    def _is_bound_of(self, tag: Tag, figure: Figure) -> bool:
        """Whether the outcome itself is told so: "mer än 85 procent är nöjda"."""
        if tag.last != figure.first or single_words("more").isdisjoint(self.words[tag.first - 1 : tag.first] or " "):
            return False
        return not any(other.last < tag.first and other.unit == figure.unit for other in self.figures)
