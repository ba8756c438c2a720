"""Whether a share ("hälften av", "nio av tolv", "60 procent") is a part of what is done, or of anything else."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from ljuskoll.nlp.language.phrases import Tag, Tokens, is_word

_FILE = "shares.toml"
_REACH = 9
_HEAD_REACH = 4
_REMEMBERED = 100_000
_CENTURY = 1900


@dataclass(frozen=True, slots=True)
class _Words:
    words: dict[str, frozenset[str]]
    endings: dict[str, tuple[str, ...]]
    openings: dict[str, tuple[str, ...]]
    numbers: dict[str, int]


@cache
def _lists() -> _Words:
    data = tomllib.loads((files(__package__) / _FILE).read_text(encoding="utf-8"))
    words = {name: frozenset(listed) for name, listed in data["words"].items()}
    endings = {name: tuple(listed) for name, listed in data["endings"].items()}
    openings = {name: tuple(listed) for name, listed in data["openings"].items()}
    units, tens = data["numbers"]["units"], data["numbers"]["tens"]
    numbers = {word: value for value, word in enumerate(units)} | {"ett": 1, "hundra": 100}
    for index, ten in enumerate(tens):
        value = 10 * (index + 2)
        numbers |= {ten: value, ten + "ett": value + 1}
        numbers |= {ten + unit: value + extra for extra, unit in enumerate(units[1:10], 1)}
    return _Words(words, endings, openings, numbers)


@lru_cache(maxsize=_REMEMBERED)
def _value(word: str) -> float | None:
    """What a number in figures or letters is worth, None of other words and of years."""
    if word[0].isdigit():
        try:
            value = float(word.replace(",", "."))
        except ValueError:
            return None
        return None if "." not in word and _CENTURY < value < _CENTURY + 200 else value
    return _lists().numbers.get(word)


class _Number(NamedTuple):
    """A number at words[first:last], thousands written apart or not."""

    value: float
    first: int
    last: int


def _number_at(words: Sequence[str], index: int) -> _Number | None:
    """The number that begins with this word."""
    value = _value(words[index])
    if value is None:
        return None
    last = index + 1
    while words[index][0].isdigit() and last < len(words) and _is_group(words[last]):
        value = value * 1000 + float(words[last])
        last += 1
    return _Number(value, index, last)


def _number_ending(words: Sequence[str], index: int) -> _Number | None:
    """The number that ends with this word."""
    first = index
    while first > 0 and _is_group(words[first]) and words[first - 1].isdigit() and len(words[first - 1]) < len("1000"):
        first -= 1
    return _number_at(words, first)


def _is_group(word: str) -> bool:
    return len(word) == len("000") and word.isdigit()


def part_of_number(position: int, tokens: Tokens) -> Tag | None:
    """The ratio, if any, around the "av" at this place: "nio av tolv", "nio enheter av tolv", "av tolv har nio"."""
    words = tokens.words
    whole, part = _whole_after(words, position), _part_before(words, position)
    if part:
        return Tag("partial", part.first, whole.last) if whole and part.value < whole.value else None
    if position and is_word(words[position - 1]) and words[position - 1] not in _lists().words["joining"]:
        return None
    return _part_after(words, whole.last if whole else position + 1, position + _REACH, whole)


def _part_after(words: Sequence[str], start: int, stop: int, whole: _Number | None) -> Tag | None:
    """The number of those that are done, after "av de tolv"."""
    lists = _lists()
    for index in range(start, min(len(words), stop)):
        if not is_word(words[index]):
            return None
        part = _number_at(words, index)
        if (
            part is None
            or (words[index - 1] in lists.words["dating"] and not _is_managed(words, index - 1))
            or (whole is None and words[index] in ("en", "ett"))
        ):
            continue
        if words[index - 1] == "och" and _value(words[index - 2]) is not None:
            continue
        following = words[part.last : part.last + 5]
        if following and following[0] in ("procent", "%"):
            ready = any(
                word in lists.words["ready"] or word.endswith(lists.endings["participle"]) for word in following
            )
            return Tag("partial", index, part.last + 1) if ready and part.value < 100 else None
        if following and following[0] in lists.words["unit"]:
            return None
        return Tag("partial", index, part.last) if whole is None or part.value < whole.value else None
    return None


def _is_managed(words: Sequence[str], index: int) -> bool:
    """Whether "med" here belongs to a verb: "hann vi med elva"."""
    managing = _lists().words["managing"]
    return words[index] == "med" and not managing.isdisjoint(words[max(0, index - 3) : index])


def _whole_after(words: Sequence[str], position: int) -> _Number | None:
    """The number after an "av", with words such as "de planerade" between."""
    lists = _lists()
    for index in range(position + 1, min(len(words), position + 5)):
        word = words[index]
        number = _number_at(words, index)
        if number:
            following = words[number.last : number.last + 1]
            return None if following and following[0] in lists.words["unit"] else number
        if word not in lists.words["between"] and not word.endswith(lists.endings["definite_plan"]):
            return None
    return None


def _part_before(words: Sequence[str], position: int) -> _Number | None:
    """The number before an "av", up to two words between."""
    for index in range(position - 1, max(-1, position - 4), -1):
        if not is_word(words[index]) and words[index] != "(":
            return None
        number = _number_ending(words, index) if _value(words[index]) is not None else None
        if number:
            return None if words[index] in ("en", "ett") and index < position - 2 else number
    return None


def is_percentage_of_done(tag: Tag, tokens: Tokens) -> bool:
    """Of "60 procent": whether "är monterade" or the like follows."""
    words = tokens.words
    lists = _lists()
    value = _value(words[tag.first])
    if value is not None and value >= 100:
        return False
    before = tag.first - 1
    while before > 0 and words[before] in lists.words["about"]:
        before -= 1
    if value is not None and before >= 0 and words[before] in lists.words["leaving"]:
        verb = words[max(0, before - 1)]
        if words[before] != "till" or verb.startswith(lists.openings["change"] + lists.openings["making"]):
            return False
        return (
            _is_reached(verb) or verb.startswith(lists.openings["taken"]) or verb.endswith(lists.endings["participle"])
        )
    following = words[tag.last : tag.last + 3]
    if value is None and any(word in lists.words["gone"] for word in following[1:]):
        return following[0] in lists.words["be"]
    if not following or following[0] not in lists.words["be"]:
        return False
    return any(word in lists.words["ready"] or word.endswith(lists.endings["participle"]) for word in following[1:])


def is_of_life(tag: Tag, tokens: Tokens) -> bool:
    """Whether the sentence is about what people are, think or do, or where something comes from or goes to."""
    words = tokens.words
    lists = _lists()
    if not lists.words["living"].isdisjoint(words):
        return True
    heads = words[tag.last : tag.last + (2 if words[tag.last - 1] == "av" else 1)]
    if not lists.words["spread"].isdisjoint(heads):
        return True
    if not lists.words["place"].isdisjoint(heads) and not is_of_goal(tokens):
        return True
    if _is_of_others(tag, words) and not is_of_goal(tokens):
        return True
    for index in range(tag.last, len(words) - 1):
        if words[index] in lists.words["fromward"] and words[index + 1] in lists.words["source"]:
            return True
        if words[index] in lists.words["going"] and words[index + 1] == "till":
            return True
        if words[index] in lists.words["be"] and words[index + 1] in lists.words["age"]:
            return True
    return False


def _is_of_others(tag: Tag, words: Sequence[str]) -> bool:
    """Whether a share is of people or bodies that nothing is done for, or of the greatest of a kind."""
    lists = _lists()
    if _value(words[tag.last - 1]) is not None:
        return False
    few = words[tag.first] in lists.words["few"]
    for word in words[tag.last : tag.last + _HEAD_REACH]:
        if not is_word(word) or word in lists.words["be"]:
            return False
        if few and (word in lists.words["superlative"] or word.endswith(lists.endings["superlative"])):
            return True
        if word.endswith(lists.endings["stranger"]):
            if not lists.words["served"].isdisjoint(words):
                return False
            return few or not any(one.endswith(lists.endings["served"]) for one in words[tag.last :])
    return False


def is_of_place(tag: Tag, tokens: Tokens) -> bool:
    """Whether the share is of a place."""
    words = tokens.words
    start = tag.last
    if words[start - 1] != "av":
        start += 1
        if "av" not in words[tag.last : start]:
            return False
    places = _lists().endings["place"]
    return any(word.endswith(places) for word in words[start : start + _HEAD_REACH - 1])


def is_in_state(tokens: Tokens) -> bool:
    """Whether the sentence says of ground, roads or buildings that they happen to be in some state."""
    return not _lists().words["state"].isdisjoint(tokens.words)


def follows_reached(tag: Tag, tokens: Tokens) -> bool:
    """Whether a word of something reached, finished or introduced stands shortly before, in the same clause."""
    for index in range(tag.first - 1, max(-1, tag.first - 4), -1):
        if not is_word(tokens.words[index]):
            return False
        if _is_reached(tokens.words[index]):
            return True
    return False


def describes(tag: Tag, tokens: Tokens, *, works: bool) -> bool:
    """Whether a word of degree says how something lies or is made up, in a sentence that tells of work or not."""
    words, lists = tokens.words, _lists()
    if not works and (
        (not lists.words["background"].isdisjoint(_clause_of(tag, words)) and not _is_of_rules(words))
        or not lists.words["quantifier"].isdisjoint(words[tag.last : tag.last + 1])
    ):
        return True
    if "av" in words[tag.last : tag.last + 1]:
        tag = Tag(tag.kind, tag.first, tag.last + 1)
    if (words[tag.first] == "nästan" or words[tag.last - 1] == "av") and is_of_life(tag, tokens):
        return True
    if _follows_description(tag, words) or _is_size_of_change(tag, words):
        return True
    following = words[tag.last : tag.last + 1]
    if following and (
        following[0] in lists.words["share"]
        or following[0].startswith(lists.openings["change_whole"])
        or following[0] in lists.words["comparative"]
        or following[0].endswith(lists.endings["comparative"])
    ):
        return True
    if not lists.words["only"].isdisjoint(words[max(0, tag.first - _HEAD_REACH) : tag.first]):
        return False
    making = lists.openings["making"]
    return any(word.startswith(making) for word in words[max(0, tag.first - 3) : tag.first]) or any(
        word.startswith(making) for word in words[tag.last : tag.last + 2]
    )


def _clause_of(tag: Tag, words: Sequence[str]) -> Sequence[str]:
    """The words around the tag up to a mark or a conjunction that begins another clause."""
    border = _lists().words["border"]
    first, last = tag.first, tag.last
    while first > 0 and words[first - 1] not in border:
        first -= 1
    while last < len(words) and words[last] not in border:
        last += 1
    return words[first:last]


def _is_of_rules(words: Sequence[str]) -> bool:
    """Whether the sentence is about a way of working: that it is used in part is that it is in place in part."""
    rules = _lists().openings["rules"]
    return any(word.startswith(rules) for word in words)


def _follows_description(tag: Tag, words: Sequence[str]) -> bool:
    """Whether a verb in the present tense stands before that tells of no work: "täcker delvis kostnaden"."""
    lists = _lists()
    if not tag.first or _is_of_rules(words):
        return False
    before = tag.first - 1
    verb = words[before - 1] if before and words[before] in lists.words["to"] else words[before]
    if not verb.endswith(lists.endings["present"]) or verb in lists.words["auxiliary"]:
        return False
    if _is_reached(verb) or verb.startswith(lists.openings["working"]):
        return False
    following = words[tag.last : tag.last + 2]
    return bool(following) and not any(
        word in lists.words["ready"] or word.endswith(lists.endings["participle"]) for word in following
    )


def _is_size_of_change(tag: Tag, words: Sequence[str]) -> bool:
    """Whether it is what something fell or rose to: "föll till nästan hälften"."""
    return words[tag.first] == "till" and words[max(0, tag.first - 1)].startswith(_lists().openings["change"])


def is_of_goal(tokens: Tokens) -> bool:
    """Whether the sentence tells of something reached, finished or introduced."""
    return any(map(_is_reached, tokens.words))


@lru_cache(maxsize=_REMEMBERED)
def _is_reached(word: str) -> bool:
    return word.startswith(_lists().openings["reached"])


def never_done(word: str) -> bool:
    """Whether a word only ends like one of something done."""
    lists = _lists()
    return word in lists.words["not_done"] or word.endswith(lists.endings["not_done"])


def is_change(tag: Tag, tokens: Tokens) -> bool:
    """Whether the share is by how much something changed: "minskade med hälften"."""
    lists = _lists()
    before, share = tokens.words[max(0, tag.first - 3) : tag.first], tokens.words[tag.first : tag.last]
    if lists.words["change"].isdisjoint(before) or not any(
        w.startswith(lists.openings["change"]) for w in tokens.words
    ):
        return False
    return any(word in lists.words["fraction"] or word.endswith(lists.endings["fraction"]) for word in share)
