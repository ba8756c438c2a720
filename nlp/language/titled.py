"""What a title names is the whole: "kartläggningen" under "Kartlägga bullret", "boken" under "Ge ut en bok"."""

from collections.abc import Sequence
from functools import lru_cache

from ljuskoll.nlp.language.clause_words import listed
from ljuskoll.nlp.language.phrases import Tag, Tokens, tokenise

_AFTER_HEAD, _JOINED = frozenset(listed("after_head")), frozenset(listed("joined"))
_ENDINGS = listed("noun_endings")
_KINDS = frozenset(("", "part.step", "ordinary.any", "subject.thing", "agent.any"))
_SHORTEST = 4
_INFLECTION = 3
"""So many letters at most are the ending of a title's word; more make another word of it."""
_REMEMBERED = 10_000


def with_titled(tags: Sequence[Tag], tokens: Tokens, title: str) -> Sequence[Tag]:
    """The tags, with the nouns that the title names as subjects."""
    heads = _heads(title)
    if not heads:
        return tags
    return [
        Tag("subject.named", tag.first, tag.last)
        if tag.kind in _KINDS
        and tag.last - tag.first == 1
        and _is_named(tokens.words[tag.first], heads, tag.kind != "agent.any")
        else tag
        for tag in tags
    ]


@lru_cache(maxsize=_REMEMBERED)
def _is_named(word: str, heads: tuple[str, ...], inflected: bool) -> bool:
    """Whether a noun is a title's; `inflected`: or its verb's."""
    if not word.endswith(_ENDINGS):
        return False
    for stem in (word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)):
        if len(stem) >= _SHORTEST and any(_is_of(head, stem, inflected) for head in heads):
            return True
    return False


def _is_of(head: str, stem: str, inflected: bool) -> bool:
    return head.endswith(stem) or (inflected and head.startswith(stem) and len(head) - len(stem) <= _INFLECTION)


@lru_cache(maxsize=_REMEMBERED)
def _heads(title: str) -> tuple[str, ...]:
    """The words of a title that say what is asked for; none where it asks for two things."""
    heads: list[str] = []
    for word in tokenise(title).words:
        if word in _JOINED:
            return ()
        if heads and word in _AFTER_HEAD:
            break
        if len(word) >= _SHORTEST:
            heads.append(word)
    return tuple(heads)
