"""Splitting a tagged sentence into clauses, each with the word that joins it to what stands before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from ljuskoll.nlp.language.clause_words import listed
from ljuskoll.nlp.language.phrases import Tag, Tokens

SUBORDINATE = ("dead", "content", "condition", "if", "whether", "relative")
ELLIPSIS = ("and", "but", "utan", "comma", "resume")
"""Joints after which a clause may share the subject of the one before it."""

_PUNCTUATION = {
    ",": "comma",
    ";": "stop",
    ":": "colon",
    "(": "stop",
    ")": "comma",
    "–": "comma",
    "—": "comma",
    "-": "comma",
}
_STARTS_PREDICATE = ("finite", "mode", "predicate", "polarity", "degree", "nonfinite")
TENSED = (
    "finite",
    "mode",
    *(f"predicate.done.{form}" for form in ("attained", "present", "past", "closed")),
    *(f"predicate.going.{form}" for form in ("ongoing", "planned")),
    *(f"predicate.{group}" for group in ("late", "dropped", "unbegun", "untold")),
)
"""Kinds that a clause's finite verb has."""
CORE = ("subject.strong", "subject.bare", "subject.weak")
"""Kinds that name the assignment or goal by a word of its own."""

_VERBAL = listed("verbal")
_TOPICS = listed("topics")
_INFINITIVE = listed("infinitive")
_NOUNS = ("subject", "part", "ordinary")
_LIGHT = ("adverb", "turn", "polarity", "determiner", "time", "quantifier")


def has_kind(tag: Tag, *kinds: str) -> bool:
    """Whether the tag is of one of these kinds or of a kind below one."""
    return _is_any(tag.kind, kinds)


def is_tensed(tag: Tag) -> bool:
    """Whether the tag is a finite verb's."""
    return _is_tensed(tag.kind)


@cache
def _is_tensed(kind: str) -> bool:
    return _is_any(kind, TENSED)


@cache
def _is_any(kind: str, kinds: tuple[str, ...]) -> bool:
    return any(kind == other or kind.startswith(other + ".") for other in kinds)


@dataclass(slots=True)
class Clause:
    """Tags of one clause and its joint: "" (the first), "main", "resume", an opener's name or a punctuation's."""

    joint: str
    first: int
    tags: list[Tag] = field(default_factory=list)

    def find(self, *kinds: str) -> Tag | None:
        """The first tag of these kinds."""
        for tag in self.tags:
            if tag.kind and _is_any(tag.kind, kinds):
                return tag
        return None


def split_clauses(tags: Sequence[Tag], tokens: Tokens) -> list[Clause]:
    """The clauses in order; joints are part of no clause, `first` is the index into `tags` of its first tag."""
    clauses = [Clause("", 0)]
    pending, origin = False, ""
    for index, tag in enumerate(tags):
        current = clauses[-1]
        if _takes_over(tags, index, current, tokens, pending) or (
            current.joint == "and" and origin == "dead" and _goes_back(tags, index, current)
        ):
            clauses.append(Clause("resume" if pending else "main", index, [tag]))
            pending = False
            continue
        joint = _joint(tags, index, current, tokens)
        if joint:
            pending = _lacks_verb(current) or (pending and current.joint in (*SUBORDINATE, "that", "comma"))
            clauses.append(Clause(joint, index + 1))
            origin = origin if joint == "and" else joint
        elif tokens.words[tag.first][0].isalnum():
            current.tags.append(tag)
    return clauses


def _lacks_verb(clause: Clause) -> bool:
    return clause.find("subject") is not None and clause.find(*TENSED, "active", "frame") is None


def _takes_over(tags: Sequence[Tag], index: int, current: Clause, tokens: Tokens, pending: bool) -> bool:
    """Whether the main clause goes on here although no joint says so: "när X är klart | bedöms uppdraget ..."."""
    if not tags[index].kind:
        return False
    if not is_tensed(tags[index]):
        return current.joint == "dead" and bool(current.tags) and _opens_main(tags, index)
    asked = current.joint == "whether" or (current.joint == "if" and has_kind(tags[index], "predicate.untold"))
    if asked and current.tags and has_kind(current.tags[0], *CORE):
        return False  # "huruvida målet är nått | kan vi inte säga"
    if current.joint == "dead" and has_kind(tags[index], "predicate.untold") and current.find(*TENSED, "predicate"):
        return True  # "eftersom mätningen görs nästa år | saknas underlag"
    if pending and current.joint in (*SUBORDINATE, "that"):
        return _is_infinitival(current, tokens) or current.find(*TENSED) is not None
    return current.joint in SUBORDINATE and _subject_follows(tags, index, bool(current.tags))


def _goes_back(tags: Sequence[Tag], index: int, current: Clause) -> bool:
    """Whether a main clause begins after two subordinate ones: "eftersom X och ligger hos Y | skjuts projektet upp"."""
    if not is_tensed(tags[index]) or current.find(*TENSED) is None:
        return False
    return _subject_follows(tags, index, weak=True)


def _opens_main(tags: Sequence[Tag], index: int) -> bool:
    """Whether a main clause begins with this: "trots att X | når vi inte målet", "... | är prognosen att"."""
    if has_kind(tags[index], "active"):
        return index + 1 < len(tags) and has_kind(tags[index + 1], "agent")
    return has_kind(tags[index], "idiom", "predicate.untold", "frame.forecast", "frame.assess")


def _is_infinitival(clause: Clause, tokens: Tokens) -> bool:
    if clause.joint not in ("that", "content") or not clause.tags:
        return False
    first = clause.tags[0]
    return has_kind(first, "active", "nonfinite") or (
        first.kind == "" and tokens.words[first.first].endswith(_INFINITIVE)
    )


def _subject_follows(tags: Sequence[Tag], index: int, weak: bool) -> bool:
    following = next((tag for tag in tags[index + 1 :] if not has_kind(tag, *_LIGHT)), None)
    if following is None:
        return False
    return has_kind(following, "subject.strong", "subject.named", "agent", "idiom") or (
        weak and following.kind == "subject.weak"
    )


def _joint(tags: Sequence[Tag], index: int, current: Clause, tokens: Tokens) -> str:
    """What joins the clause that begins after this tag, or "" where none does."""
    tag = tags[index]
    if not tag.kind.startswith("opener"):
        if tokens.words[tag.first] == "-" and index + 1 < len(tags) and has_kind(tags[index + 1], "opener.and"):
            return ""  # "gång- och cykelvägen"
        if tokens.words[tag.first] == ":" and current.tags and has_kind(current.tags[-1], "ending"):
            return ""  # "ny sluttid: mars"
        return _PUNCTUATION.get(tokens.words[tag.first], "")
    name = tag.kind.partition(".")[2]
    if name in ("and", "utan"):
        lacks = current.find(*CORE) is not None and current.find(*TENSED, "active") is None
        return name if _joins_clause(tags, index) and not lacks else ""
    if name == "if" and current.tags and _is_preposition(current.tags[-1], tokens):
        return ""
    if name == "so":
        return name if tokens.words[tag.first - 1] == "," else "content"
    if (name == "that" and _is_inverted(current)) or (name == "relative" and _is_as(tags, index, tokens)):
        return ""
    return name


def _is_preposition(before: Tag, tokens: Tokens) -> bool:
    """Whether "om" after this is a preposition: "uppdraget om e-arkiv"."""
    if before.kind == "" or has_kind(before, *_NOUNS):
        return True
    return has_kind(before, "idiom") and tokens.words[before.last - 1].endswith(_TOPICS)


def _is_as(tags: Sequence[Tag], index: int, tokens: Tokens) -> bool:
    """Whether "som" only names what something is: "volontärer som stöd till anhöriga"."""
    if index + 2 >= len(tags) or tags[index + 1].kind or not has_kind(tags[index + 2], "preposition", "place"):
        return False
    return not tokens.words[tags[index + 1].first].endswith(_VERBAL)


def _joins_clause(tags: Sequence[Tag], index: int) -> bool:
    """Whether "och" or "utan" stands before a clause or predicate, rather than between nouns."""
    following: Iterator[Tag] = (tag for tag in tags[index + 1 :] if not has_kind(tag, "adverb", "turn", "determiner"))
    tag = next(following, None)
    if tag is not None and has_kind(tag, "agent"):
        return any(is_tensed(other) for other in tuple(following)[:1])
    return tag is not None and has_kind(tag, *_STARTS_PREDICATE, "opener", *CORE, "time", "ending")


def _is_inverted(clause: Clause) -> bool:
    """Whether verb and subject have come, in this order, no predicate: "har uppdraget | att ta fram X genomförts"."""
    kinds = [tag.kind.partition(".")[0] for tag in clause.tags]
    if "subject" not in kinds or clause.find("predicate") or not has_kind(clause.tags[-1], "subject"):
        return False
    return any(kind in ("finite", "mode") for kind in kinds[: kinds.index("subject")])


def takes_some(region: Sequence[Tag]) -> bool:
    """Whether the object is a part of what was asked for: "når tre av fyra mål"."""
    return any(has_kind(one, "quantifier.part") and has_kind(other, *CORE) for one, other in pairwise(region))


def labels(clause: Clause) -> bool:
    """Whether a status follows the colon after this clause: "Status vid årets slut: ..."."""
    if not clause.tags:
        return False
    if has_kind(clause.tags[-1], "label", *CORE):
        return True
    return has_kind(clause.tags[0], "label") and not clause.find("predicate", "active", "part", *TENSED)


def names_only(subject: Tag, modifiers: Sequence[Tag]) -> bool:
    """Whether what follows a work or a thing to be made only names it: "planen för ...", no part and no other verb."""
    if has_kind(subject, "subject.weak") and not (
        has_kind(modifiers[0], "preposition", "place") or not modifiers[0].kind
    ):
        return False
    if has_kind(subject, "subject.noun") and not has_kind(modifiers[0], "preposition", "place"):
        return False
    return has_kind(subject, "subject.named", "subject.thing", "subject.weak", "subject.noun") and not any(
        has_kind(tag, "part", "finite", "mode", *CORE) for tag in modifiers
    )


def is_main_again(clause: Clause, before: Clause) -> bool:
    """Whether what "och" adds to a subordinate clause is a main one: its verb stands before its negation."""
    if before.joint == "relative" and clause.tags and has_kind(clause.tags[0], *CORE):
        return True
    return len(clause.tags) > 1 and is_tensed(clause.tags[0]) and has_kind(clause.tags[1], "polarity.negator")
