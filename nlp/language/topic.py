"""What a statement of status is about: the assignment as a whole, or a part, stage or preparation of it."""

from collections.abc import Sequence
from functools import cache

from ljuskoll.nlp.language.phrases import Lexicon, Tag, Tokens

WHOLE, PART = "whole", "part"

_TOPIC_TABLES = ("none", "whole", "part")
_VERB_TABLES = ("status", "active", "mode", "other", "form")
_MAX_DETERMINERS = 3
_MAX_BETWEEN = 4
"""So many words may stand between a verb and the topic after it."""
_AUXILIARY_REACH = 5


def find_topic(tokens: Tokens) -> list[Tag]:
    """Tags of kind "whole" and "part" for the words that a statement of status is about, in order of place."""
    nouns = _longest(_lexicon(_TOPIC_TABLES).find(tokens))
    if not nouns:
        return []
    verbs = _longest(_lexicon(_VERB_TABLES).find(tokens))
    return _Sentence(tokens.words, nouns, verbs).topics() if verbs else []


@cache
def _lexicon(tables: tuple[str, ...]) -> Lexicon:
    return Lexicon.load(__package__, "topic.toml", *tables)


@cache
def _words() -> dict[str, frozenset[str]]:
    phrases = Lexicon.load(__package__, "topic.toml", "link").phrases
    return {kind.partition(".")[2]: frozenset(words) for kind, words in phrases.items()}


def _longest(tags: Sequence[Tag]) -> list[Tag]:
    """The longest tag at each place and none within another."""
    chosen: list[Tag] = []
    for tag in tags:
        if not chosen or tag.first >= chosen[-1].last:
            chosen.append(tag)
        elif tag.first == chosen[-1].first and tag.last > chosen[-1].last:
            chosen[-1] = tag
    return chosen


class _Sentence:
    """The nouns of one sentence that may be topics, and the verbs and predicates around them."""

    def __init__(self, words: Sequence[str], nouns: list[Tag], verbs: list[Tag]) -> None:
        nouns = [noun for noun in nouns if not any(verb.first < noun.first < verb.last for verb in verbs)]
        self.words, self.nouns = words, nouns
        covered = {place for noun in nouns for place in range(noun.first, noun.last)}
        self.link = _words()
        self.verbs = [verb for verb in verbs if verb.first not in covered and self._stands(verb)]

    def _stands(self, verb: Tag) -> bool:
        """Whether an unlisted participle has its auxiliary before it: "har ... utvärderats"."""
        group, _, name = verb.kind.partition(".")
        before = self.words[max(0, verb.first - _AUXILIARY_REACH) : verb.first]
        return group != "form" or not self.link[name].isdisjoint(before)

    def topics(self) -> list[Tag]:
        """The nouns that status is said of; one statement has one topic, or several joined by "och"."""
        found: list[Tag] = []
        claimed: dict[int, Tag] = {}
        for noun in self._joined():
            verb = None if noun.kind.startswith("none") or self._lacks(noun) else self._verb(noun)
            if verb is None and found and self._is_left_out(noun):
                found.append(Tag(noun.kind.partition(".")[0], noun.first, noun.last))
            if verb is None:
                continue
            other = claimed.get(verb.first)
            if other and other.last <= noun.first <= verb.first and not self._coordinated(other, noun):
                continue
            claimed[verb.first] = noun
            found.append(Tag(noun.kind.partition(".")[0], noun.first, noun.last))
        return found

    def _lacks(self, noun: Tag) -> bool:
        """Whether "den andra" is followed by a noun that is no topic, or follows no other part."""
        if noun.kind != "part.other":
            return False
        following = self.words[noun.last] if noun.last < len(self.words) else ""
        return following not in self.link["resumes"] and all(verb.first != noun.last for verb in self.verbs)

    def _joined(self) -> list[Tag]:
        """The nouns, with "arbetet med etapp 1" as one that is named by its last."""
        joined: list[Tag] = []
        for noun in self.nouns:
            begin = self._begin(noun)
            before = joined[-1] if joined else None
            if before and before.last == begin - 1 and self.words[begin - 1] in self.link["attaches"]:
                part = before.kind.startswith(PART) or not noun.kind.startswith(PART)
                joined[-1] = Tag(before.kind if part else noun.kind, before.first, noun.last)
            else:
                joined.append(noun)
        return joined

    def _begin(self, noun: Tag) -> int:
        """Where the noun's articles and genitives begin."""
        begin = noun.first
        while begin > 0 and noun.first - begin < _MAX_DETERMINERS and self._determines(self.words[begin - 1]):
            begin -= 1
        return begin

    def _determines(self, word: str) -> bool:
        return word in self.link["determiners"] or (word[-1] in self.link["genitive"] and len(word) > 1)

    def _verb(self, noun: Tag) -> Tag | None:
        """The verb or predicate that states this noun's status."""
        start = self._clause_start(noun.first)
        if start and self.words[start - 1] in self.link["unreal"]:
            return None
        before = [verb for verb in self.verbs if start < verb.last <= noun.first]
        if noun.kind.endswith(".bare") and not (noun.first == start or before):
            return None
        if before and not before[-1].kind.startswith("mode"):
            verb = before[-1]
            return verb if self._governs(verb, noun, before) else None
        begin = self._begin(noun)
        if begin > start and self._depends(begin):
            return None
        return self._predicate(noun)

    def _depends(self, begin: int) -> bool:
        """Whether a preposition stands before; "även om" and ", utan" are none."""
        pair = " ".join(self.words[max(0, begin - 2) : begin])
        return self.words[begin - 1] in self.link["prepositions"] and pair not in self.link["conjunctions"]

    def _clause_start(self, place: int) -> int:
        hard, soft = self.link["bounds"], self.link["softer"]
        while place > 0 and self.words[place - 1] not in hard and self.words[place - 1] not in soft:
            place -= 1
        return place

    def _governs(self, verb: Tag, noun: Tag, before: Sequence[Tag]) -> bool:
        """Whether the noun is the object of a verb before it, or the subject of one that stands first."""
        between = self.words[verb.last : self._begin(noun)]
        if len(between) > _MAX_BETWEEN or any(word in self.link["prepositions"] for word in between):
            return False
        if verb.kind == "active.infinitive":
            return any(other.kind.startswith("mode") for other in before) or self._promised(verb)
        if verb.first and self.words[verb.first - 1] in self.link["that"]:
            return self._promised(verb)
        return verb.kind == "active.finite" or (verb.kind.startswith("status") and self._says(verb, noun))

    def _promised(self, verb: Tag) -> bool:
        """Whether "kommer att" or the like stands right before an infinitive."""
        return any(other.kind.startswith("mode") and other.last == verb.first for other in self.verbs)

    def _predicate(self, noun: Tag) -> Tag | None:
        """What follows the noun, if it is status and not another verb."""
        place = self._after_aside(noun)
        skips = place == noun.last and self._relative(noun)
        for verb in self.verbs:
            if verb.first < place:
                continue
            if any(self._parts(spot, noun) for spot in range(place, verb.first)):
                return None
            place = verb.last
            if verb.kind.startswith("other"):
                if not (skips or self._resumes(verb)):
                    return None
                skips = False
            elif not verb.kind.startswith("mode"):
                return verb if self._says(verb, noun) else None
        return None

    def _after_aside(self, noun: Tag) -> int:
        """Where the clause goes on after ", som drivs av två nämnder," if that follows the noun."""
        if self.words[noun.last : noun.last + 1] != [","]:
            return noun.last
        for place in range(noun.last + 1, len(self.words) - 1):
            goes_on = self.words[place + 1] in self.link["resumes"] or any(tag.first == place + 1 for tag in self.verbs)
            if self.words[place] == "," and goes_on:
                return place + 1
        return noun.last

    def _relative(self, noun: Tag) -> bool:
        following = self.words[noun.last : noun.last + 2]
        return any(word in self.link["which"] for word in (following[1:] if following[:1] == [","] else following[:1]))

    def _is_left_out(self, noun: Tag) -> bool:
        """Whether the noun is all of a clause whose predicate is the last one's: "men inte etapp 2", "etapp 2 inte"."""
        begin = self._begin(noun)
        if len(self.words) == noun.last + 1 and self.words[noun.last] in self.link["negators"]:
            return True
        ends = noun.last == len(self.words) or not self.words[noun.last][0].isalnum()
        return ends and begin > 0 and self.words[begin - 1] in self.link["negators"]

    def _resumes(self, other: Tag) -> bool:
        """Whether "och är" or the like follows before the next verb, and so goes on about the same."""
        stop = next((verb.first for verb in self.verbs if verb.first >= other.last), 0)
        return any(
            self.words[place] in self.link["softer"] and self.words[place + 1] in self.link["resumes"]
            for place in range(other.last, stop - 1)
        )

    def _parts(self, place: int, noun: Tag) -> bool:
        """Whether another clause begins here; "uppdraget att ..." and "arbetet med att ..." go on."""
        word = self.words[place]
        if word in self.link["that"]:
            light = place == noun.last or self.words[place - 1] in self.link["attaches"]
            return not light and self.link["with_that"].isdisjoint(self.words[:place])
        return word in self.link["bounds"]

    def _says(self, verb: Tag, noun: Tag) -> bool:
        if verb.kind == "status.adopted":
            return noun.kind == "whole.product"
        return verb.kind != "active.infinitive" or self._promised(verb)

    def _coordinated(self, first: Tag, second: Tag) -> bool:
        between = self.words[first.last : self._begin(second)]
        return len(between) == 1 and between[0] in self.link["softer"]
