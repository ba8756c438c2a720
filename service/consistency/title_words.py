"""The words of titles: which of them order or name a kind of work, what they stem from, and the code before them."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

NAMED_LETTERS = 5
"""So many letters in common name the same thing."""


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "titles.toml").read_text(encoding="utf-8"))


@cache
def filler() -> frozenset[str]:
    """Words of ordering, and small words that stand around them."""
    return frozenset(_data()["filler"])


@cache
def kinds_of_work() -> dict[str, str]:
    """Words that say what kind of work is ordered, each with its kind."""
    return {word: kind for kind, words in _data()["work"].items() for word in words}


@cache
def _endings() -> tuple[tuple[str, int], ...]:
    """Every ending with the number of letters that it must leave, the longest first."""
    endings = [(ending, int(left)) for left, endings in _data()["endings"].items() for ending in endings]
    return tuple(sorted(endings, key=lambda ending: (-len(ending[0]), ending)))


@cache
def inflections() -> frozenset[str]:
    """All endings that a word may have."""
    return frozenset(ending for ending, _ in _endings())


@cache
def number_words() -> dict[str, str]:
    """Numbers as figures under their words."""
    return {word: number for number, word in _data()["numbers"].items()}


@cache
def target_words() -> frozenset[str]:
    """Words of titles that are to be met anew each year."""
    return frozenset(_data()["targets"]["words"])


@cache
def ordinals() -> frozenset[str]:
    """Words after which a figure tells which one of several is meant."""
    return frozenset(_data()["ordinals"]["words"])


@cache
def code_pattern() -> re.Pattern[str]:
    """The number or code before a title."""
    words = "|".join(map(re.escape, _data()["codes"]["words"]))
    number = r"[A-ZÅÄÖ]{0,3}[\s.-]?\d+(?:[.:-]\d+)*[a-z]?"
    return re.compile(rf"^\s*(?:(?:(?i:{words})\s+)?{number}\s*[.:)–-]\s*|{number}\s+(?=[A-ZÅÄÖ]))(?=\D)")


def orders(word: str) -> bool:
    """Whether the word is one of ordering or of a kind of work, which stands for itself."""
    return word in filler() or word in kinds_of_work()


def shares_part(one: str, other: str) -> bool:
    """Whether two stems begin alike, or the shorter is a part of the longer."""
    if min(len(one), len(other)) < NAMED_LETTERS:
        return False
    return one[:NAMED_LETTERS] == other[:NAMED_LETTERS] or one in other or other in one


@lru_cache(maxsize=1 << 16)
def stem_of(word: str) -> str:
    """The word without its ending, as far as a list of endings tells."""
    if word[0].isdigit():
        return word
    for ending, left in _endings():
        if word.endswith(ending) and len(word) - len(ending) >= left:
            return word[: -len(ending)]
    return word
