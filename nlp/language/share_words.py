"""The words by which a part of what is done is told from a part of anything else, and what a single word tells."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ljuskoll.nlp.language.phrases import Tokens
from ljuskoll.nlp.language.word_files import word_file

_FILE = "shares.toml"
_REACH = 9
_REMEMBERED = 1 << 15
_CENTURY = 1900


@dataclass(frozen=True, slots=True)
class _Words:
    words: dict[str, frozenset[str]]
    endings: dict[str, tuple[str, ...]]
    openings: dict[str, tuple[str, ...]]
    numbers: dict[str, int]


@cache
def lists_of_words() -> _Words:
    """All of them."""
    data = word_file(__package__, _FILE)
    words = {name: frozenset(listed) for name, listed in data["words"].items()}
    words["clause_border"] = words["border"] | words["subordinator"]
    words["suspect"] = words["static"] | words["habitual"] | words["relative"]
    words["suspect"] |= words["since"] | words["them"] | words["decade"]
    endings = {name: tuple(listed) for name, listed in data["endings"].items()}
    openings = {name: tuple(listed) for name, listed in data["openings"].items()}
    units, tens = data["numbers"]["units"], data["numbers"]["tens"]
    numbers = {word: value for value, word in enumerate(units)} | data["numbers"]["others"]
    ones = {word: value for word, value in numbers.items() if 0 < value < 10}
    for value, ten in enumerate(tens, 2):
        numbers |= {ten: 10 * value} | {ten + word: 10 * value + extra for word, extra in ones.items()}
    return _Words(words, endings, openings, numbers)


@lru_cache(maxsize=_REMEMBERED)
def value_of(word: str) -> float | None:
    """What a number in figures or letters is worth, None of other words and of years."""
    if word[0].isdigit():
        try:
            value = float(word.replace(",", "."))
        except ValueError:
            return None
        return None if "." not in word and _CENTURY < value < _CENTURY + 200 else value
    return lists_of_words().numbers.get(word)


def end_of_insertion(words: Sequence[str], index: int) -> int | None:
    """The second comma or dash of two, where this is the first."""
    mark = words[index]
    if mark not in lists_of_words().words["inserting"]:
        return None
    mark = ")" if mark == "(" else mark
    for later in range(index + 1, min(len(words), index + _REACH + _REACH)):
        if words[later] == mark:
            return later
    return None


@lru_cache(maxsize=_REMEMBERED)
def is_made(word: str) -> bool:
    """Whether it is a participle or supine of something done, or says that it is ready."""
    lists = lists_of_words()
    if word in lists.words["static"] or never_done(word):
        return False
    return word in lists.words["finished"] or word.endswith(lists.endings["participle"] + lists.endings["strong"])


def is_of_rules(words: Sequence[str]) -> bool:
    """Whether the sentence is about a way of working: that it is used in part is that it is in place in part."""
    return any(map(_is_rule, words))


@lru_cache(maxsize=_REMEMBERED)
def _is_rule(word: str) -> bool:
    openings = lists_of_words().openings
    return word.startswith(openings["rules"]) and not word.startswith(openings["not_rules"])


def is_of_goal(tokens: Tokens) -> bool:
    """Whether the sentence tells of something reached, finished or introduced."""
    return any(map(is_reached, tokens.words))


@lru_cache(maxsize=_REMEMBERED)
def is_reached(word: str) -> bool:
    """Whether it tells of something reached, finished or introduced."""
    openings = lists_of_words().openings
    return word.startswith(openings["reached"]) and not word.startswith(openings["not_reached"])


def never_done(word: str) -> bool:
    """Whether a word only ends like one of something done."""
    lists = lists_of_words()
    return word in lists.words["not_done"] or word.endswith(lists.endings["not_done"])
