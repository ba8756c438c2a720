"""Finding what a clause is about: the assignment or goal as its subject, or as the object of "når" and the like."""

from collections.abc import Sequence
from dataclasses import dataclass

from ljuskoll.nlp.language.clauses import TENSED, has_kind
from ljuskoll.nlp.language.phrases import Tag, Tokens

LIGHT = (
    "adverb",
    "turn",
    "polarity",
    "mode",
    "degree",
    "time",
    "nonfinite",
    "finite.fact",
    "finite.managed",
    "quantifier",
)
"""Kinds that may stand between verb, subject and predicate without being a part of the sentence of their own."""

_FRONTED = ("adverb", "turn", "polarity", "time", "label", "degree.slight")
_GENITIVE = "s"
_MAX_DETERMINERS = 3


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject's phrase is clause tags[begin:end]; `verb` is its finite verb where that stands first (inverted)."""

    begin: int
    end: int
    strong: bool
    verb: int | None
    quantifier: str


def find_subject(tags: Sequence[Tag], tokens: Tokens) -> Subject | None:
    """The first assignment or goal that is the clause's subject, neither object nor part of a prepositional phrase."""
    for index, tag in enumerate(tags):
        begin = _phrase_start(tags, tokens, index)
        if begin is None:
            continue
        quantifier = next((t.kind.partition(".")[2] for t in tags[begin:index] if has_kind(t, "quantifier")), "")
        strong = not has_kind(tag, "subject.weak")
        before = [position for position in range(begin) if has_kind(tags[position], *TENSED)]
        if before:
            verb = before[-1]
            if all(has_kind(t, *LIGHT) for t in tags[verb + 1 : begin]) and (strong or _all(tags[:verb], _FRONTED)):
                return Subject(begin, index + 1, strong, verb, quantifier)
        elif _all(tags[:begin], _FRONTED):
            return Subject(begin, index + 1, strong, None, quantifier)
    return None


def find_object_verb(tags: Sequence[Tag], tokens: Tokens, decided: bool) -> int | None:
    """Index of the verb in "nämnden når inte målet"; an infinitive needs a mode, or a deciding clause before it."""
    for index in range(len(tags)):
        begin = _phrase_start(tags, tokens, index)
        if begin is None:
            continue
        verb = begin - 1
        while verb >= 0 and has_kind(tags[verb], *LIGHT, "agent") and not has_kind(tags[verb], "mode"):
            verb -= 1
        if verb >= 0 and _governs(tags, verb, decided):
            return verb
    return None


def _governs(tags: Sequence[Tag], verb: int, decided: bool) -> bool:
    kinds = [tag.kind for tag in tags]
    if has_kind(tags[verb], "active.dropped"):
        return True
    if has_kind(tags[verb], "predicate.dropped"):
        return "finite.fact" in kinds[:verb]
    agent = any(has_kind(tag, "agent", "mode.possible", "finite.managed") for tag in tags)
    agent = agent or any(has_kind(tag, "subject.strong") for tag in tags[:verb])
    if has_kind(tags[verb], "predicate.done.state", "active.done.state"):
        return agent and "finite.fact" in kinds[:verb]
    if has_kind(tags[verb], "active.done.infinitive"):
        return agent and (decided or any(kind.startswith("mode") or kind == "finite.managed" for kind in kinds[:verb]))
    return agent and has_kind(tags[verb], "active")


def _phrase_start(tags: Sequence[Tag], tokens: Tokens, index: int) -> int | None:
    """Where the phrase of the subject word at `index` begins; None where it is none or hangs on a preposition."""
    if not has_kind(tags[index], "subject"):
        return None
    begin = index
    while begin > 0 and index - begin < _MAX_DETERMINERS and _determines(tags[begin - 1], tokens):
        begin -= 1
    if begin == index and tags[index].kind == "subject.bare":
        return None
    if begin > 0 and has_kind(tags[begin - 1], "preposition", "tail", "opener.and", "article", "opener.if"):
        return None
    return begin


def _determines(tag: Tag, tokens: Tokens) -> bool:
    genitive = tag.kind == "" and tokens.words[tag.first].endswith(_GENITIVE)
    return genitive or has_kind(tag, "determiner", "quantifier")


def _all(tags: Sequence[Tag], kinds: Sequence[str]) -> bool:
    return all(has_kind(tag, *kinds) for tag in tags)
