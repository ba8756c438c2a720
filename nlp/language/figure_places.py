"""Which figures of a sentence are told of a place, a group or a part of what its assignment asks of."""

from functools import cached_property
from itertools import pairwise

from ljuskoll.nlp.language.counted_figures import Counted
from ljuskoll.nlp.language.figures import PERCENT, Figure, is_measure
from ljuskoll.nlp.language.phrases import Tag
from ljuskoll.nlp.language.title_targets import endings, single_words

_STEM = 5
"""Two words that begin with so many of the same letters are of one family."""
_GROUP = 4
"""The same of the noun after "bland" and the title's."""
_NOUN_PHRASE = 3
"""The words of "de tunga fordonen"."""
_ADVERBIALS = ("near.circumstance", "near.beside")
_GROUPS = ("near.group", "near.money", "near.alien")


class Places(Counted):
    """The figures of one sentence and the places and groups beside them."""

    def _is_circumstance(self, tag: Tag, figure: Figure) -> bool:
        """Whether a group is named only in saying how or why: "till följd av prisutvecklingen stannade andelen på"."""
        if tag.kind not in _GROUPS or self.words[tag.first] in single_words("counting_in"):
            return False
        return any(begin <= tag.first < end and not begin <= figure.first < end for begin, end in self._circumstances)

    @cached_property
    def _circumstances(self) -> list[tuple[int, int]]:
        """Where "till följd av" and the like reach: to the verb, the comma or the next clause."""
        bounds = {tag.first for tag in self.of_kind("near.bound")}
        spans: list[tuple[int, int]] = []
        for tag in self.tags:
            if tag.kind in _ADVERBIALS:
                spans.append((tag.first, self.until_verb(tag.last, bounds)))
        return spans

    @cached_property
    def _is_local(self) -> bool:
        """Whether the title asks of one part or place of the whole: "sjukfrånvaron i simhallarna"."""
        words = self.title.listed
        return any(
            before in single_words("proper_after") and noun.isalpha() and noun.endswith(endings("the"))
            for before, noun in pairwise(words)
            if self._is_one_place(noun)
        )

    @cached_property
    def _opening(self) -> int:
        """The end of words at the beginning that hold past a comma too: "I norra delen, som är liten, ..."."""
        if self.words[0] not in single_words("openers"):
            return 0
        end = min((tag.first for tag in self.of_kind("near.bound")), default=0)
        if any(figure.first < end for figure in self.figures) or self.until_verb(0, (end,)) < end:
            return 0
        return end

    def _opens_with_place(self) -> bool:
        """Whether the sentence begins with where it holds, as in "I flerfamiljshus är andelen ..."."""
        if len(self.words) < 2 or not self.words[1].isalpha() or any(figure.first == 1 for figure in self.figures):
            return False
        if self.words[0] in single_words("parts"):
            group = self.words[1 : self.until_verb(1, ())]
            return (
                self._is_of_kind(group)
                or self._is_sort(group[:1])
                or any(self._is_owner(word) for word in group)
                or self._is_restricted(group)
            )
        if self.words[1] in single_words("indefinite") and len(self.words) > _NOUN_PHRASE:
            return self.words[0] in single_words("places") and self._is_place(self.words[2])
        if self.words[1] in single_words("those"):
            some = self.words[2 : 2 + _NOUN_PHRASE]
            if any(word.startswith(endings("everywhere")) for word in some):
                return False  # "för de första åtta månaderna"
        which = not single_words("who").isdisjoint(self.words[2:4])
        if which and self.words[0] in single_words("this"):
            return self._is_one_place(self.words[1])
        if which and self.words[0] in single_words("those"):
            return self._is_place(self.words[1]) and not self.words[1].startswith(endings("everyone"))
        if self.words[0] not in single_words("places"):
            return False
        if which and self._is_one_place(self.words[1]):
            return True
        return self._is_place(self.words[1])

    def _is_restricted(self, group: list[str]) -> bool:
        """Whether these are some of the title's only: "av eleverna med särskilt stöd"."""
        if single_words("each").issuperset(group[:1] or " "):
            return False
        return any(
            before in single_words("restricting")
            and self._is_place(noun)
            and not noun.startswith((*endings("everyone"), *endings("came_in")))
            for before, noun in pairwise(group)
        )

    def _is_sort(self, nouns: list[str]) -> bool:
        """Whether these, if any, are some sort of what the title speaks of: "förvaltningscheferna" of "chefer"."""
        if not nouns or not nouns[0].endswith(endings("plural")) or not self._is_unknown(nouns[0]):
            return False
        return any(stem[:_GROUP] in nouns[0][_GROUP:] for stem in self.title.stems)

    def _is_of_kind(self, group: list[str]) -> bool:
        """Whether an adjective that is not the title's tells some from others: "av de tunga fordonen"."""
        if len(group) < _NOUN_PHRASE or group[0] not in single_words("those") or not group[2].endswith(endings("the")):
            return False
        adjective = group[1]
        if adjective in single_words("of_fillers") or adjective.endswith(endings("deeds")):
            return False
        return adjective[-1] == "a" and adjective.isalpha() and self._is_place(adjective)

    def _is_local_subject(self, figure: Figure) -> bool:
        """Whether a place follows what is told of: "andelen nöjda i centrumskolorna är"."""
        whole = self.words[0].endswith(endings("singular")) or self.words[0] in single_words("measuring")
        if self.words[1:2] and self.words[1] in single_words("portion") and self.words[0].endswith(endings("genitive")):
            return self._is_unknown(self.words[0])
        if figure.unit in single_words("additive"):
            return False
        if not whole and single_words("measuring").isdisjoint(self.words):
            return False
        for place in range(1, self.until_verb(0, (figure.first,)) - 1):
            before, noun = self.words[place], self.words[place + 1]
            if len(noun) <= _GROUP or not noun.isalpha():
                continue
            if self.words[place - 1] in single_words("measuring") and before in single_words("matter_of"):
                if self.title.targets and self._is_unknown(noun) and not noun.startswith(endings("everywhere")):
                    return True
            elif whole and before in single_words("inside") and self._is_place(noun):
                return True
        return False

    def _is_owner(self, word: str) -> bool:
        """Whether this is a genitive that names a part: "av yrkesprogrammens elever"."""
        if len(word) <= _STEM or not word.endswith(endings("genitive")) or not word.isalpha():
            return False
        return self._is_place(word) and word[:_STEM] not in self.title.text  # "poolens" of "bilpoolen"

    def _is_place(self, word: str) -> bool:
        """Whether this noun after a preposition may name a part or a place: no time, no survey, none of the title's."""
        return self._is_unknown(word) and self._is_one_place(word)

    def is_strange(self, noun: str) -> bool:
        """Whether this noun with its article is nothing that the title speaks of, nor any key figure's name."""
        return len(noun) > _STEM and noun.endswith(endings("the")) and not self.title.is_met_by([noun], f" {noun} ")

    def _is_unknown(self, word: str) -> bool:
        """Whether no word of the title begins as this one does."""
        known = (one[:_STEM] for one in self.title.words if len(one) >= _STEM and one.isalpha())
        return not word.startswith(tuple(known))

    def _is_one_place(self, word: str) -> bool:
        """The same, also where the title has the noun."""
        if word.startswith(endings("everywhere")):
            return False
        if word.endswith(endings("actions")) and not word.endswith(endings("bodies")):
            return False
        return not any(stem in word for stem in single_words("surveys"))

    def is_elsewhere(self, figure: Figure) -> bool:
        """Whether a place with a name stands beside a measured figure: "på Björkskolan"."""
        begin, end = self.segment(figure)
        for place in range(begin, end - 1):
            if self.words[place] in single_words("proper_after"):
                if any(
                    first <= place < last and not first <= figure.first < last for first, last in self._circumstances
                ):
                    continue
                initial = self.tokens.text[slice(*self.tokens.spans[place + 1])][:2]
                if initial[:1].isupper() and not initial[1:].isupper() and self._is_place(self.words[place + 1]):
                    return True
        return False

    def _is_asked_for(self, place: int) -> bool:
        """Whether one word of the title, and no more, follows the figure here: "varav 161 fossilfria"."""
        after = self.words[place + 1 : place + 3]
        alone = len(after) < 2 or not after[1][0].isalpha()
        return bool(after) and alone and len(after[0]) > _STEM and not self._is_unknown(after[0])

    def _is_news(self, tag: Tag) -> bool:
        """Whether the title does not speak of this group itself."""
        words = self.words[tag.first : tag.last]
        if self.words[tag.last : tag.last + 1] and self.words[tag.last] in single_words("last_years"):
            return not any(stem in self.title.text for stem in single_words("leavers"))
        if words[0].startswith(endings("answers")) and any(stem in self.title.text for stem in endings("answering")):
            return False
        if words[-1] in single_words("from") and words[-1] in self.title.words:
            return False
        after = self.words[tag.last : tag.last + 1]
        if words[-1] in single_words("proper_after") and after and not self._is_unknown(after[0]):
            return False  # "personalen i förskolan" where the title is about it
        if after and after[0] in single_words("of") and not self._is_unknown("".join(self.words[tag.last + 1 :][:1])):
            return False  # "beståndet av lägenheter"
        if words[-1] in single_words("among"):
            group = self.words[tag.last : self.until_verb(tag.last, ())]
            known = any(word[:_GROUP] in self.title.text for word in group if len(word) >= _GROUP)
            known |= any(stem in self.title.text for stem in single_words("young") if any(stem in one for one in group))
            if any(word in single_words("places") and self._is_place(noun) for word, noun in pairwise(group)):
                return True
            return not known and not any(word.startswith(endings("everyone")) for word in group)
        if words[0] in single_words("of_which") and self._is_asked_for(tag.last):
            return False
        if words[0] in single_words("counting_in") and words[0] not in self.title.words:
            return True
        stems = [word[:_STEM] for word in words if len(word) >= _STEM and word != PERCENT] or [max(words, key=len)]
        return not any(stem in self.title.text for stem in stems)

    def _is_of_one(self, figure: Figure) -> bool:
        """Whether a measure is told of a single person, case or place: "en person fick vänta i 214 dagar"."""
        if not is_measure(figure.unit) or not single_words("averages").isdisjoint(self.words):
            return False
        article = int(self.words[0] in single_words("openers"))
        one, noun = self.words[article : article + 1], "".join(self.words[article + 1 : article + 2])
        return single_words("indefinite").issuperset(one or " ") and noun in single_words("individuals")
