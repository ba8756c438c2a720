"""Finding what a clause is about: the assignment or goal as its subject, or as the object of "når" and the like."""

from collections.abc import Sequence
from dataclasses import dataclass

from ljuskoll.nlp.language.clause_words import listed
from ljuskoll.nlp.language.clauses import TENSED, has_kind, is_tensed
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

READY = ("predicate.done.state", "predicate.done.ready", "predicate.late", "predicate.going.begun")
"""Kinds of predicates that may stand first: "klar är nu även planen"."""

_FRONTED = ("adverb", "turn", "polarity", "time", "label", "degree.slight")
_GENITIVE = "s"
_PRETERITE = "de"
_WEAK_ADJECTIVE = ("a", "e")
_MAX_DETERMINERS = 3
_AIMS = listed("aims")


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject's phrase is clause tags[begin:end]; `verb` is its finite verb where that stands first (inverted)."""

    begin: int
    end: int
    strong: bool
    verb: int | None
    quantifier: str
    kind: str = "strong"


IMPLIED = Subject(0, 0, True, None, "")
"""That of a clause which has none of its own and says how the assignment stands."""


def find_subject(tags: Sequence[Tag], tokens: Tokens) -> Subject | None:
    """The first assignment or goal that is the clause's subject, neither object nor part of a prepositional phrase."""
    for index, tag in enumerate(tags):
        begin = _phrase_start(tags, tokens, index)
        if begin is None:
            continue
        quantifier = next((t.kind.partition(".")[2] for t in tags[begin:index] if has_kind(t, "quantifier")), "")
        strong = has_kind(tag, "subject.strong", "subject.bare")
        kind = tag.kind.partition(".")[2]
        before = [position for position in range(begin) if is_tensed(tags[position])]
        if before:
            verb = before[-1]
            between = (*LIGHT, "agent") if tags[verb].kind == "mode.forecast" else LIGHT
            if _all(tags[verb + 1 : begin], between) and (
                strong or _all(tags[:verb], (*_FRONTED, *READY)) or _is_circumstance(tags[:verb])
            ):
                return Subject(begin, index + 1, strong, verb, quantifier, kind)
        elif _all(tags[:begin], _FRONTED):
            return Subject(begin, index + 1, strong, None, quantifier, kind)
    return None


def _is_circumstance(tags: Sequence[Tag]) -> bool:
    """Whether a phrase such as "av kostnadsskäl" opens the clause: no place, no subject, no verb."""
    opens = has_kind(tags[0], "tail", "means") or tags[0].kind == "preposition.any"
    return opens and not any(
        has_kind(tag, "agent", "subject", "predicate", *TENSED) and tag.kind != "subject.weak" for tag in tags
    )


def find_team(tags: Sequence[Tag]) -> Subject | None:
    """Those who do the work, as the subject of a clause: "vi är klara", "nu ligger förvaltningen efter"."""
    for index, tag in enumerate(tags):
        if has_kind(tag, "agent"):
            verb = index - 1 if index and is_tensed(tags[index - 1]) else None
            before = tags[: index if verb is None else verb]
            fronted = _all(before, _FRONTED) or (verb is not None and _is_circumstance(before))
            return Subject(index, index + 1, False, verb, "", "team") if fronted else None
    return None


def find_object_verb(tags: Sequence[Tag], tokens: Tokens, decided: bool, agent: bool = False) -> int | None:
    """Index of the verb in "nämnden når inte målet"; an infinitive needs a mode, or a deciding clause before it."""
    for index in range(len(tags)):
        begin = _phrase_start(tags, tokens, index)
        if begin is None:
            continue
        if begin == 0 and _is_fronted_object(tags, index + 1):
            return index + 1
        verb = begin - 1
        while verb >= 0 and has_kind(tags[verb], *LIGHT, "agent") and not has_kind(tags[verb], "mode"):
            verb -= 1
        if verb >= 0 and not _suits(tags, tokens, verb, index):
            continue
        if verb >= 0 and _governs(tags, verb, decided, tokens, agent):
            return verb
    return None


def _suits(tags: Sequence[Tag], tokens: Tokens, verb: int, index: int) -> bool:
    """Whether this verb may have this object: only plans are adopted; what others drop is not ours."""
    if has_kind(tags[verb], "active.going.ongoing") and tokens.words[tags[index].first].endswith(_AIMS):
        return False  # "vi arbetar med målet"
    if has_kind(tags[verb], "active.done.adopted", "predicate.done.adopted"):
        return has_kind(tags[index], "subject.named")
    return not any(has_kind(tag, "outsider") for tag in tags[:verb])


def _is_fronted_object(tags: Sequence[Tag], verb: int) -> bool:
    """Whether it goes on as in "målet | når vi inte"."""
    return (
        len(tags) > verb + 1
        and has_kind(tags[verb], "active", "predicate.going.begun")
        and has_kind(tags[verb + 1], "agent")
    )


def _governs(tags: Sequence[Tag], verb: int, decided: bool, tokens: Tokens, agent: bool) -> bool:
    kinds = [tag.kind for tag in tags]
    if has_kind(tags[verb], "active.dropped"):
        return True
    told = "finite.fact" in kinds[:verb] or tokens.words[tags[verb].first].endswith(_PRETERITE)
    if has_kind(tags[verb], "predicate.dropped"):
        return told
    agent = agent or any(has_kind(tag, "agent", "mode.possible", "finite.managed") for tag in tags[:verb])
    agent = agent or any(has_kind(tag, "agent") for tag in tags)
    agent = agent or any(has_kind(tag, "subject.strong") for tag in tags[:verb]) or kinds[0] == "mode.forecast"
    if has_kind(tags[verb], "predicate.done.state", "active.done.state"):
        return agent and (told or any(kind.startswith("mode") for kind in kinds[:verb]))
    if has_kind(
        tags[verb],
        "predicate.done.adopted",
        "predicate.going.begun",
        "predicate.late.delayed",
        "predicate.worked",
    ):
        return agent and told
    if has_kind(tags[verb], "predicate.late.stopped"):
        return told and (agent or any(has_kind(tag, "ordinary") for tag in tags[:verb]))
    if has_kind(tags[verb], "predicate.done.ready"):
        return agent and "finite.fact" not in kinds[:verb] and any(kind.startswith("mode") for kind in kinds[:verb])
    if has_kind(tags[verb], "active.done.infinitive", "active.going.start"):
        return agent and (
            decided
            or any(kind.startswith("mode") or kind in ("finite.managed", "nonfinite.managed") for kind in kinds[:verb])
        )
    return agent and has_kind(tags[verb], "active")


def _phrase_start(tags: Sequence[Tag], tokens: Tokens, index: int) -> int | None:
    """Where the phrase of the subject word at `index` begins; None where it is none or hangs on a preposition."""
    if not has_kind(tags[index], "subject"):
        return None
    begin = index
    while begin > 0 and index - begin < _MAX_DETERMINERS and _determines(tags, begin - 1, tokens):
        begin -= 1
    if begin == index and tags[index].kind == "subject.bare" and not _opens_verbless(tags, index):
        return None
    if begin > 0 and has_kind(
        tags[begin - 1], "preposition", "place", "tail", "opener.and", "article", "opener.if", "former"
    ):
        return None
    return begin


def _determines(tags: Sequence[Tag], place: int, tokens: Tokens) -> bool:
    tag = tags[place]
    if has_kind(tag, "determiner", "quantifier"):
        return True
    if tag.kind:
        return False
    word = tokens.words[tag.first]
    led = place > 0 and (has_kind(tags[place - 1], "determiner") or tokens.words[tag.first - 1].endswith(_GENITIVE))
    adjective = word.endswith(_WEAK_ADJECTIVE) and led
    return adjective or word.endswith(_GENITIVE)


def _opens_verbless(tags: Sequence[Tag], index: int) -> bool:
    """Whether this is a verbless status: "Uppdrag slutfört"."""
    return index == 0 and len(tags) > 1 and has_kind(tags[1], "predicate", "polarity", "degree")


def _all(tags: Sequence[Tag], kinds: Sequence[str]) -> bool:
    return all(has_kind(tag, *kinds) for tag in tags)
