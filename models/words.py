"""The words of a text that may tell how things stand, alike however names and numbers are written."""

from functools import cache, lru_cache

from ljuskoll.models.cues import cue_data
from ljuskoll.nlp.language.phrases import is_word, words_in

NUMBER = "0"
_REMEMBERED = 100_000
_RECENT = 256
"""So many texts are remembered: a title is asked for with each of its comment's sentences left out in turn."""


@lru_cache(maxsize=_RECENT)
def telling_words(text: str) -> frozenset[str]:
    """The words of a sentence or title, numbers as "0"; without names (a capital inside it)."""
    first, *others = (text.lower() if text.isupper() else text).split() or [""]
    return frozenset().union(_of(first.lower()), *map(_of, others))


@lru_cache(maxsize=_REMEMBERED)
def _of(piece: str) -> tuple[str, ...]:
    """The telling words in a text without spaces, none if it begins with a capital."""
    if piece[:1].isupper():
        return ()
    words = (word for word in words_in(piece) if is_word(word))
    return tuple(NUMBER if word[0].isdigit() or word in _numerals() else word for word in words)


@cache
def _numerals() -> frozenset[str]:
    return frozenset(cue_data()["numerals"]["words"])
