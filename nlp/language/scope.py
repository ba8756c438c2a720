"""Whether what a clause says is said of the assignment as a whole, or only of a part of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from ljuskoll.nlp.language.clause_words import listed
from ljuskoll.nlp.language.clauses import CORE, has_kind
from ljuskoll.nlp.language.phrases import Tag, Tokens, is_word

OF_DOCUMENTS = ("predicate.done.adopted", "predicate.done.valid")
"""What is said of documents only."""

_CLOSING = (
    "adverb",
    "turn",
    "time",
    "degree",
    "polarity",
    "opener.and",
    "opener.but",
    "opener.utan",
    "opener.dead",
    "predicate.going.planned",
)
_OUTRIGHT_WORDS, _STANDING, _PLURAL, _REAL = map(listed, ("outright", "standing", "weak", "real"))
_TEAM_READY, _THE_WORK, _WITH = map(listed, ("team_ready", "the_work", "with"))
_TOPICAL = (*_WITH, *listed("towards"))
_STEADY = ("predicate.going.planned", "predicate.late", "predicate.dropped", "predicate.unbegun")
"""What is said of "arbetet med ..." is said of the whole; "klart" or "pågår" may be of a part."""

_TEAM = (
    "predicate.late.missed",
    "predicate.done.nearly",
    "predicate.halfway",
    "predicate.going.planned",
    "predicate.going.begun",
    "predicate.late.delayed",
    "predicate.done.ready",
)
"""What may be said of those who do the work, and thereby of the work."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The tags of a sentence, by which it is told what its predicates are said of."""

    tags: Sequence[Tag]
    tokens: Tokens

    def is_of_whole(self, subject: Tag, modifiers: Sequence[Tag], predicate: Tag, region: Sequence[Tag]) -> bool:
        """Whether what is said of a thing, or of "arbetet med ...", is said of the assignment as a whole."""
        if has_kind(subject, "subject.noun") and not self._is_told_outright(predicate, region):
            return False
        several = predicate.last - predicate.first == 1 and self.tokens.words[predicate.first].endswith(_PLURAL)
        if has_kind(subject, "subject.noun") and (several or has_kind(predicate, *OF_DOCUMENTS)):
            return False  # several things, of which there may be more, or a thing that is no document
        if has_kind(subject, "subject.thing") and self.tokens.words[predicate.first].startswith(_STANDING):
            return False  # a machine that stands still
        if has_kind(predicate, *_STEADY) or self.tokens.words[predicate.last - 1] in _REAL:
            return True
        negated = any(tag.kind == "polarity.negator" for tag in region)
        if predicate.kind == "predicate.going.begun" and negated:
            return True
        if has_kind(subject, "subject.weak"):
            return self._is_finished_with(subject, modifiers, predicate)
        return negated and has_kind(predicate, "predicate.done") and self.closed_after(predicate, "tail")

    def is_whole(self, subject: Tag, predicate: Tag) -> bool:
        """Whether nothing narrows "arbetet" to a part: neither a place nor what the work is about."""
        if has_kind(subject, "agent"):
            if subject.kind == "agent.unit" and predicate.kind == "predicate.going.begun":
                return False
            said = has_kind(predicate, *_TEAM) or self.tokens.words[predicate.first] in _TEAM_READY
            return said and (self.closed_after(predicate, "tail") or self._is_with(predicate))
        if has_kind(subject, "subject.named", "subject.thing", "subject.noun"):
            return True
        if has_kind(predicate, "predicate.going.planned"):
            allowed: tuple[str, ...] = ("tail", "preposition")
        else:
            allowed = ("tail",) if has_kind(predicate, "predicate.going") else ("tail", "preposition", "place")
        return self.closed_after(max(subject, predicate, key=lambda tag: tag.first), *allowed)

    def is_bare_end(self, predicate: Tag) -> bool:
        """Whether a bare status stands at the end of what is said."""
        allowed = "preposition" if has_kind(predicate, "predicate.dropped") else "tail"
        return predicate.kind == "predicate.done.valid" or self.closed_after(predicate, "tail", allowed)

    def ends_whole(self, predicate: Tag) -> bool:
        """Whether a clause without a subject of its own says this of the whole."""
        if has_kind(predicate, *_STEADY):
            return True
        return not has_kind(predicate, "predicate.going.ongoing") and self.closed_after(predicate, "tail")

    def closed_after(self, tag: Tag, *kinds: str) -> bool:
        """Whether nothing after the tag narrows what is said: punctuation, a joint, a time, one of `kinds`."""
        rest = (other for other in self.tags if other.first >= tag.last)
        following = next(rest, None)
        if following and has_kind(following, "agent") and following.first == tag.last and has_kind(tag, "predicate"):
            following = next(rest, None)  # "ligger | vi | i fas"
        if following is None or not is_word(self.tokens.words[following.first]):
            return True
        return has_kind(following, *_CLOSING, *kinds)

    def _is_told_outright(self, predicate: Tag, region: Sequence[Tag]) -> bool:
        """Whether something unknown is said to be late, paused, scrapped or the like by a word for just that."""
        if self.tokens.words[predicate.last - 1] in _REAL:
            return True
        if not any(has_kind(tag, "finite.fact", "mode", "predicate.going") for tag in region):
            return False
        if has_kind(predicate, "predicate.late", "predicate.dropped"):
            return self.tokens.words[predicate.first].startswith(_OUTRIGHT_WORDS)
        return True

    def _is_finished_with(self, subject: Tag, modifiers: Sequence[Tag], predicate: Tag) -> bool:
        """Whether "arbetet med ..." is told as brought to its end: "arbetet med trafikplanen slutfördes i maj"."""
        words = self.tokens.words
        if words[subject.first] not in _THE_WORK or words[modifiers[0].first] not in _WITH:
            return False
        if not self.closed_after(predicate, "tail"):
            return False
        return has_kind(predicate, "predicate.done.past", "predicate.done.state")

    def _is_with(self, predicate: Tag) -> bool:
        """Whether "med" or "mot" and the assignment follow: "vi ligger i fas med översynen"."""
        rest = [tag for tag in self.tags if tag.first >= predicate.last][:4]
        if not rest or self.tokens.words[rest[0].first] not in _TOPICAL:
            return False
        noun = next((tag for tag in rest[1:] if tag.kind and not has_kind(tag, "determiner")), None)
        return noun is not None and has_kind(noun, *CORE, "subject.named")
