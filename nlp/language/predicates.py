"""Finding the predicate of a clause: the word that says how its subject stands."""

from collections.abc import Sequence

from ljuskoll.nlp.language.clauses import TENSED, has_kind, is_tensed
from ljuskoll.nlp.language.phrases import Tag
from ljuskoll.nlp.language.subject import LIGHT

_PREPOSITIONS = ("preposition", "place", "means", "tail")
_ADJECTIVAL = ("predicate.done.state", "predicate.done.ready", "predicate.done.adopted", "predicate.going.begun")
_NOMINAL = ("", "part", "article", "quantifier", "agent", "determiner", "label")


def predicate_of(region: Sequence[Tag], loose: bool) -> Tag | None:
    """The predicate that hangs on the clause's verb, not on a noun; `loose`: a subject's modifiers may come before."""
    within_phrase = loose
    for index, tag in enumerate(region):
        if has_kind(tag, "predicate"):
            if not _is_attributive(region, index):
                return tag
            within_phrase = True
        elif has_kind(tag, *_PREPOSITIONS):
            within_phrase = True
        elif has_kind(tag, "finite.other", "finite.telling") or not (
            within_phrase or has_kind(tag, *LIGHT, "finite.stance")
        ):
            return None
    return None


def _is_attributive(region: Sequence[Tag], index: int) -> bool:
    """Whether the word belongs to a noun: "en genomförd utbildning", "målet är klart formulerat"."""
    if index and has_kind(region[index - 1], *_PREPOSITIONS, "article", "quantifier"):
        return True
    following = region[index + 1 : index + 2]
    if has_kind(region[index], "predicate.going.holding"):
        return any(not has_kind(tag, "time", "adverb", "turn", "polarity") for tag in following)
    return has_kind(region[index], *_ADJECTIVAL) and any(has_kind(tag, *_NOMINAL) for tag in following)


def is_bare(tags: Sequence[Tag], predicate: Tag, words: Sequence[str]) -> bool:
    """Whether nothing but the status stands here; none in "inställda på grund av halka | blev två vandringar"."""
    if predicate.last < len(words) and words[predicate.last] == ":":
        return False  # "återstår: ..."
    if any(tag.first > predicate.last and has_kind(tag, "finite.fact") for tag in tags):
        return False
    if has_kind(tags[0], "quantifier.part") and len(tags) > 1 and is_tensed(tags[1]):
        return tags[0].last - tags[0].first > 1  # "fyra har börjat", not "två av fem är klara"
    return all(has_kind(tag, *LIGHT, *TENSED) for tag in tags if tag.first < predicate.first)
