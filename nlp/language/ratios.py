"""Numbers of numbers: "nio av tolv", "av tolv har nio", "tolv var planerade, det blev nio"."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ljuskoll.nlp.language.phrases import Tag, Tokens, is_word
from ljuskoll.nlp.language.share_words import end_of_insertion, is_made, is_reached, lists_of_words, value_of

_REACH = 9
_HEAD_REACH = 4
_MONTHS = 12


class _Number(NamedTuple):
    """A number at words[first:last], thousands written apart or not."""

    value: float
    first: int
    last: int


def _number_at(words: Sequence[str], index: int) -> _Number | None:
    """The number that begins with this word."""
    value = value_of(words[index])
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
    if part and part.first and words[part.first - 1] in lists_of_words().words["ranking"]:
        return None
    if part and part.value % 1 and not (whole and _is_length(words, whole)):
        return None
    if part and whole is None and part.last == position and _is_definite(words, part, position):
        return Tag("partial", part.first, position + 1)
    if part:
        if whole is None or part.value >= whole.value or _is_one_of_a_kind(words, part, whole):
            return None
        return Tag("partial", part.first, whole.last)
    if position and is_word(words[position - 1]) and words[position - 1] not in lists_of_words().words["joining"]:
        return None
    start = whole.last if whole else position + 1
    relative = not lists_of_words().words["relative"].isdisjoint(words[start : start + _HEAD_REACH])
    return _part_after(words, start, position + (_REACH + _REACH if relative or whole else _REACH), whole)


def fewer(tokens: Tokens) -> list[Tag]:
    """The lesser number beside the one that was meant: "fyra i stället för de tänkta sex", "fyra mot planerade sex"."""
    words, lists = tokens.words, lists_of_words().words
    for index in range(1, len(words) - 1):
        if words[index] not in lists["instead"]:
            continue
        meant = not lists["decided"].isdisjoint(words[index + 1 : index + _HEAD_REACH]) or (
            words[index + 1] in lists["for"] and any(is_made(word) or is_reached(word) for word in words[:index])
        )
        whole = _first(_number_at(words, place) for place in range(index + 1, min(len(words), index + 5)))
        part = _first(_part_at(words, place) for place in range(index - 1, max(-1, index - 5), -1))
        if part and whole and meant and part.value < whole.value:
            return [Tag("partial", part.first, whole.last)]
    return []


def short_of_aim(tokens: Tokens) -> Tag | None:
    """The number before the greater one that was the aim: "nio är klara, målet var femton"."""
    words, lists = tokens.words, lists_of_words().words
    for index in range(2, len(words) - 2):
        if words[index] not in lists["aim"] or words[index + 1] not in lists["be"]:
            continue
        whole = _number_at(words, index + 2)
        part = _first(_part_at(words, place) for place in range(index - 1, max(-1, index - _REACH), -1))
        if not part or not whole or part.value >= whole.value or not _counts_things(words, part, whole):
            return None
        return Tag("partial", part.first, part.last)
    return None


def _counts_things(words: Sequence[str], part: _Number, whole: _Number) -> bool:
    """Whether these are counts, of which more is better, no measures."""
    lists = lists_of_words()
    unit = lists.words["unit"]
    if any(word in lists.words["spread"] or word.startswith(lists.openings["faulty"]) for word in words[: whole.first]):
        return False
    return not (part.value % 1 or whole.value % 1 or not unit.isdisjoint(words[whole.last : whole.last + 1]))


def _first(numbers: Iterable[_Number | None]) -> _Number | None:
    return next(filter(None, numbers), None)


def _part_at(words: Sequence[str], index: int) -> _Number | None:
    """The number that ends with this word and counts things or lengths, no dates, kronor or years."""
    lists = lists_of_words().words
    number = _number_ending(words, index) if value_of(words[index]) is not None else None
    if number is None or words[index] in lists["one"]:
        return None
    before = number.first - 1
    if before >= 0 and words[before] in lists["dating"] and not _is_managed(words, before):
        return None
    return None if words[number.last] in lists["unit"] - lists["length"] else number


def _is_one_of_a_kind(words: Sequence[str], part: _Number, whole: _Number) -> bool:
    """Whether it only tells which of them is meant: "är ett av tre ledord", "etapp 2 av 4 upphandlas"."""
    lists = lists_of_words().words
    before = words[max(0, part.first - 1) : part.first]
    if lists["stage"].isdisjoint(before) and (part.value != 1 or lists["be"].isdisjoint(before)):
        return False
    return not any(is_made(word) or is_reached(word) for word in words[whole.last : whole.last + _HEAD_REACH])


def written_ratios(tokens: Tokens) -> list[Tag]:
    """Ratios written with a stroke that no date or school year is: "145/210 utförda"."""
    words, lists = tokens.words, lists_of_words()
    found = []
    for index in range(1, len(words) - 1):
        if words[index] not in lists.words["stroke"]:
            continue
        part, whole = _number_ending(words, index - 1), _number_at(words, index + 1)
        if part is None or whole is None or not part.value < whole.value:
            continue
        following = words[whole.last : whole.last + 2]
        dated = whole.value <= _MONTHS or whole.value == part.value + 1
        if following and not is_word(following[0]):
            continue
        if any(is_made(word) and (not dated or word.endswith(lists.endings["weak"])) for word in following):
            found.append(Tag("partial", part.first, whole.last))
    return found


def shortfall(tokens: Tokens) -> Tag | None:
    """The number that it came to where a greater one was meant: "tolv var planerade, det blev sju"."""
    words, lists = tokens.words, lists_of_words()
    if lists.words["meant"].isdisjoint(words):
        return None
    for index in range(2, len(words)):
        part = _number_at(words, index) if value_of(words[index]) is not None else None
        if (
            part is None
            or not _is_outcome(words, part)
            or not lists.words["of"].isdisjoint(words[part.last : part.last + 1])
        ):
            continue
        if words[part.last : part.last + 1] and words[part.last] in lists.words["unit"]:
            continue
        wanted = _number_before(words, index)
        if wanted and part.value < wanted.value:
            return Tag("partial", index, part.last)
    return None


def _is_outcome(words: Sequence[str], part: _Number) -> bool:
    """Whether this is what it came to: "det blev sju", "men sju är klara", "hittills har sju levererats"."""
    lists = lists_of_words().words
    before = words[max(0, part.first - 3) : part.first]
    following = words[part.last : part.last + _HEAD_REACH]
    if following and following[0] in lists["comparative"]:
        return False
    if not lists["coming"].isdisjoint(before) or not lists["came_to"].isdisjoint(following[:1]):
        return True
    if not lists["got"].isdisjoint(before) and not lists["but"].isdisjoint(words[max(0, part.first - 5) : part.first]):
        return True
    if words[part.first] in lists["one"]:
        return (
            not is_word(before[-1]) and len(following) > 1 and following[0] in lists["be"] and is_reached(following[1])
        )
    if following and following[0] in lists["so_far"]:
        return True
    if not any(map(is_made, following)) and lists["running"].isdisjoint(following):
        return False
    if before[-1] in lists["of_which"]:
        return True
    if before[-1] in lists["be"]:
        return not lists["then"].isdisjoint(before)
    return before[-1] in lists["then"] and not (lists["be"] | lists["getting"]).isdisjoint(following[:2])


def remaining(tokens: Tokens) -> Tag | None:
    """The number of things of which nothing but the rest is named: "två skolor återstår"."""
    words = tokens.words
    rest = lists_of_words().words["remaining"]
    if rest.isdisjoint(words):
        return None
    for index, word in enumerate(words):
        if word not in rest or (word in lists_of_words().words["over"] and not _ends_there(words, index)):
            continue
        for place in (index - 1, index - 2, index - 4):
            number = _number_ending(words, place) if place >= 0 and value_of(words[place]) is not None else None
            if number and all(map(is_word, words[place:index])):
                lists = lists_of_words().words
                of = number.first and words[number.first - 1] in lists["of"]
                if of or words[index - 1] in lists["relative"]:
                    return None
                return Tag("partial.rest", number.first, index + 1)
    return None


def _ends_there(words: Sequence[str], index: int) -> bool:
    """Whether no place follows where somebody is left: "tre bilagor kvar", "tre bilagor kvar att skriva"."""
    following = words[index + 1 : index + 2]
    return not following or not is_word(following[0]) or following[0] in lists_of_words().words["that"]


def _number_before(words: Sequence[str], stop: int) -> _Number | None:
    """The last number before this place that counts something."""
    lists = lists_of_words()
    for index in range(stop - 1, -1, -1):
        if words[index] in lists.words["one"]:
            continue
        if index and words[index - 1] in lists.words["dating"] and words[index - 2] not in lists.words["meant"]:
            continue
        number = _number_ending(words, index) if value_of(words[index]) is not None else None
        if number and words[index + 1] not in lists.words["unit"]:
            return number
    return None


def _is_length(words: Sequence[str], whole: _Number) -> bool:
    """Whether a length or the like is counted, of which there are decimals: "1,2 av 3,4 kilometer"."""
    return not lists_of_words().words["length"].isdisjoint(words[whole.last : whole.last + 1])


def _is_definite(words: Sequence[str], part: _Number, position: int) -> bool:
    """Whether things known follow this "av", of which something is done: "tre av skolorna är målade"."""
    lists = lists_of_words()
    following = words[position + 1 : position + _REACH]
    for index in range(1, len(following) - 1):
        if not is_word(following[index]) or (
            following[index] in lists.words["and"] and value_of(following[index + 1]) is not None
        ):
            following = following[:index]
            break
    plural = lists.endings["definite_plural"] if part.value == 1 else lists.endings["many"]
    if not following or not following[0].endswith(plural):
        return False
    before = words[max(0, part.first - 1) : part.first]
    if not lists.words["where"].isdisjoint(before) and _is_done_before(words, part.first - 1):
        return True
    if part.value == 1 and lists.words["just"].isdisjoint(before):
        return following[1:2] != [] and following[1] in lists.words["be"] and any(map(is_reached, following[2:4]))
    made = [word for word in following if is_made(word)]
    if not lists.words["left"].isdisjoint(following):
        return True
    active = lists.words["be"].isdisjoint(following) and lists.words["be"].isdisjoint(words[:position])
    return any(not (active and word.endswith(lists.endings["weak"])) for word in made)


def _is_done_before(words: Sequence[str], stop: int) -> bool:
    """Whether something is said to be done just before: "är klart på två av skolorna"."""
    lists = lists_of_words()
    told = words[max(0, stop - _HEAD_REACH) : stop]
    marks = [index for index, word in enumerate(told) if not is_word(word)]
    told = told[marks[-1] + 1 :] if marks else told
    return any(is_made(word) or is_reached(word) or word.endswith(lists.endings["passive_past"]) for word in told)


def _part_after(words: Sequence[str], start: int, stop: int, whole: _Number | None) -> Tag | None:
    """The number of those that are done, after "av de tolv"."""
    lists = lists_of_words()
    index, stop = start - 1, min(len(words), stop)
    while index + 1 < stop:
        index += 1
        if not is_word(words[index]):
            end = end_of_insertion(words, index)
            if whole is None or end is None:
                return None
            index, stop = end, min(len(words), end + _REACH)
            continue
        part = _number_at(words, index)
        if (
            part is None
            or (words[index - 1] in lists.words["dating"] and not _is_managed(words, index - 1))
            or (whole is None and words[index] in lists.words["one"])
        ):
            if whole is None and part and _is_sum(words, part):
                whole = part
            continue
        if words[index - 1] in lists.words["and"] and value_of(words[index - 2]) is not None:
            continue
        following = words[part.last : part.last + 5]
        if following and following[0] in lists.words["comparative"]:
            return None
        if following and following[0] in lists.words["percent"]:
            ready = any(
                word in lists.words["ready"] or word.endswith(lists.endings["participle"]) for word in following
            )
            return Tag("partial", index, part.last + 1) if ready and part.value < 100 else None
        if following and following[0] in lists.words["unit"]:
            if whole and words[index - 1] in lists.words["leaving"]:
                continue
            measured = following[0] in lists.words["length"] or (whole is not None and _is_sum(words, part))
            less = whole is None or part.value < whole.value
            return Tag("partial", index, part.last + 1) if measured and less and any(map(is_made, following)) else None
        return Tag("partial", index, part.last) if whole is None or part.value < whole.value else None
    return None


def _is_sum(words: Sequence[str], number: _Number) -> bool:
    """Whether it counts money."""
    return not lists_of_words().words["money"].isdisjoint(words[number.last : number.last + 1])


def _is_managed(words: Sequence[str], index: int) -> bool:
    """Whether "med" here belongs to a verb: "hann vi med elva"."""
    lists = lists_of_words().words
    return words[index] in lists["with"] and not lists["managing"].isdisjoint(words[max(0, index - 3) : index])


def _whole_after(words: Sequence[str], position: int) -> _Number | None:
    """The number after an "av", with words such as "de planerade" between."""
    lists = lists_of_words()
    for index in range(position + 1, min(len(words), position + 5)):
        word = words[index]
        number = _number_at(words, index)
        if number:
            following = words[number.last : number.last + 1]
            measure = following and following[0] in lists.words["unit"] and following[0] not in lists.words["length"]
            return None if measure else number
        if word not in lists.words["between"] and not word.endswith(lists.endings["definite_plan"]):
            return None
    return None


def _part_before(words: Sequence[str], position: int) -> _Number | None:
    """The number before an "av", up to two words between, or four before "av utlovade"."""
    reach = 6 if not lists_of_words().words["decided"].isdisjoint(words[position + 1 : position + 2]) else 4
    for index in range(position - 1, max(-1, position - reach), -1):
        if not is_word(words[index]) and words[index] != "(":
            return None
        number = _number_ending(words, index) if value_of(words[index]) is not None else None
        if number:
            return None if words[index] in lists_of_words().words["one"] and index < position - 2 else number
    return None
