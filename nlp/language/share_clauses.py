"""What the clause around a share says: how something is or was meant, or what is done."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ljuskoll.nlp.language.phrases import Tag, Tokens, is_word
from ljuskoll.nlp.language.share_words import (
    end_of_insertion,
    is_made,
    is_of_goal,
    is_of_rules,
    is_reached,
    lists_of_words,
    value_of,
)

_REACH = 9
_HEAD_REACH = 4
_FRAGMENT = 3


class _Clause(NamedTuple):
    """The words of a clause, whether it says something of a noun before it, and where the share stands in it."""

    words: Sequence[str]
    relative: bool
    place: int


def _clause_around(tag: Tag, words: Sequence[str]) -> _Clause:
    """The clause of the share without what is inserted between commas and without a relative clause within it."""
    lists = lists_of_words()
    border, relative, joins = lists.words["clause_border"], lists.words["relative"], lists.words["and"]
    begun = False
    before: list[str] = []
    index = tag.first - 1
    while index >= 0:
        word = words[index]
        if word in relative and not _is_judging(words, index):
            begun = len(before) < _HEAD_REACH - 1
            del before[_HEAD_REACH - 3 if begun else _HEAD_REACH :]
            break
        if word in (",", ")"):
            opening = _start_of_insertion(words, index)
            if opening is None:
                break
            index = opening
        elif word in border or (word in joins and (_joins_clause(words, index) or _is_second(words, index, before))):
            break
        else:
            before.append(word)
        index -= 1
    after: list[str] = []
    index = tag.last
    while index < len(words):
        word = words[index]
        if word == "(" or (
            word == "," and words[index + 1 : index + 2] and words[index + 1] in lists.words["inserted"]
        ):
            end = end_of_insertion(words, index)
            if end is None:
                break
            index = end
        elif word in relative and not (_is_judging(words, index) or _is_cleft(before)):
            end = _end_of_relative(words, index)
            if end is None and lists.words["be"].isdisjoint([*before, *after]):
                break
            end = end or index + _HEAD_REACH - 1
            index = end - 1
        elif word in border or (word in joins and _joins_clause(words, index)):
            break
        else:
            after.append(word)
        index += 1
    return _Clause([*before[::-1], *words[tag.first : tag.last], *after], begun, len(before))


def _is_cleft(before: Sequence[str]) -> bool:
    """Whether "det är" alone stands before the share, so that a relative clause says what is meant."""
    lists = lists_of_words().words
    return 1 < len(before) < _HEAD_REACH and before[-1] in lists["it"] and before[-2] in lists["be"]


def words_around(tag: Tag, words: Sequence[str]) -> Sequence[str]:
    """The words of the clause of the share."""
    return _clause_around(tag, words).words


def _end_of_relative(words: Sequence[str], index: int) -> int | None:
    """Where the predicate stands that follows a relative clause, which has a verb of its own."""
    lists = lists_of_words().words
    if words[index - 1] == ",":
        return None
    for later in range(index + 3, len(words)):
        word = words[later]
        if word in lists["border"]:
            return None
        if word in lists["be"] or word in lists["getting"] or word in lists["static"]:
            return later
    return None


def _start_of_insertion(words: Sequence[str], index: int) -> int | None:
    """The first of two commas, where this is the second and an insertion stands between."""
    for earlier in range(index - 2, max(-1, index - _REACH - _REACH), -1):
        if words[index] == ")":
            if words[earlier] == "(":
                return earlier
        elif words[earlier] == ",":
            return earlier if earlier and words[earlier + 1] in lists_of_words().words["inserted"] else None
    return None


def _joins_clause(words: Sequence[str], index: int) -> bool:
    """Whether the "och" at this place joins another predicate."""
    lists = lists_of_words().words
    following = words[index + 1 : index + 3]
    if not following:
        return False
    if following[0] in lists["joined"] or following[0] in lists["static"]:
        return True
    return len(following) > 1 and _begins_clause(words, index)


def _begins_clause(words: Sequence[str], index: int) -> bool:
    """Whether a known subject and its verb follow an "och" that a verb stands before: "och lärarna talar"."""
    lists = lists_of_words()
    subject, verb = words[index + 1], words[index + 2]
    if not subject.endswith(lists.endings["known"]) or lists.words["be"].isdisjoint(
        words[max(0, index - _REACH) : index]
    ):
        return False
    return verb in lists.words["be"] or verb.endswith(lists.endings["present"])


def _is_second(words: Sequence[str], index: int, before: Sequence[str]) -> bool:
    """Whether the "och" at this place joins a clause that begins with the share to a whole clause."""
    lists = lists_of_words()
    if before:
        return False
    told = words[:index]
    return not lists.words["be"].isdisjoint(told) or any(w.endswith(lists.endings["passive_past"]) for w in told)


def _is_judging(words: Sequence[str], index: int) -> bool:
    """Whether a "som" at this place belongs to a verb of judging: "får bedömas som"."""
    judging = lists_of_words().openings["judging"]
    return any(word.startswith(judging) for word in words[max(0, index - 3) : index])


def is_short_of(tag: Tag, tokens: Tokens) -> bool:
    """Whether more than the share had been meant, by what stands before it: "alla skulle få plats, men hälften"."""
    words, lists = tokens.words[: tag.first], lists_of_words().words
    if lists["then"].isdisjoint(words):
        return False
    meant = lists["meant"].intersection(words)
    return bool(meant) and not (meant <= lists["everything"] and _is_all_done(words))


def _is_all_done(words: Sequence[str]) -> bool:
    """Whether everything is said to be done: "alla vagnar är utbytta"."""
    lists = lists_of_words().words
    start = next(index for index, word in enumerate(words) if word in lists["everything"])
    for index in range(start, min(len(words) - 1, start + _HEAD_REACH + 1)):
        if words[index] in lists["be"]:
            return is_made(words[index + 1])
    return False


def follows_whole(tag: Tag, tokens: Tokens) -> bool:
    """Whether a clause before says that everything is done: "alla vagnar är utbytta, och några av de gamla såldes"."""
    lists = lists_of_words().words
    if lists["everything"].isdisjoint(tokens.words):
        return False
    words = tokens.words[: tag.first]
    return not lists["everything"].isdisjoint(words) and lists["but"].isdisjoint(words) and _is_all_done(words)


def is_asked(tag: Tag, tokens: Tokens) -> bool:
    """Whether the share is what a rule, a goal or a demand asks for: "minst hälften ska vara"."""
    words, lists = tokens.words, lists_of_words()
    if not lists.words["least"].isdisjoint(words[max(0, tag.first - 2) : tag.first]) and not lists.words[
        "duty"
    ].isdisjoint(words):
        return True
    start = tag.first - 1
    while start > 0 and words[start] in lists.words["about"]:
        start -= 1
    if start > 0 and words[start] in lists.words["be"] and words[start - 1] in lists.words["aim"]:
        return True
    following = words[tag.last : tag.last + _HEAD_REACH]
    meant = not lists.words["meant_to"].isdisjoint(words[max(0, tag.first - 2) : tag.first])
    if meant and not lists.words["to_have"].isdisjoint(following):
        return True
    if words[max(0, tag.first - 1)] in lists.words["that"] and words[max(0, tag.first - 2)] in lists.words["demanding"]:
        return True
    duty = next((i for i in range(tag.last, min(len(words), tag.last + _REACH)) if words[i] in lists.words["duty"]), 0)
    if not duty:
        return False
    before = words[max(0, tag.first - 2) : tag.last]
    being = lists.words["being"]
    return not (lists.words["asked"].isdisjoint(before) and being.isdisjoint(words[duty + 1 : duty + 2]))


def is_static(tag: Tag, tokens: Tokens) -> bool:
    """Whether the clause with the share tells how something is, what it costs or what people do, not what is done."""
    lists = lists_of_words()
    if lists.words["suspect"].isdisjoint(tokens.words):
        return False
    clause = _clause_around(tag, tokens.words)
    if any(map(is_reached, clause.words)) or _is_introduced(clause.words):
        return False
    if not lists.words["them"].isdisjoint(tokens.words[tag.last : tag.last + 1]) and not any(
        map(is_made, clause.words)
    ):
        return True
    if (
        not lists.words["habitual"].isdisjoint(clause.words)
        or _is_old(clause.words)
        or _is_of_decade(tag, tokens.words)
    ):
        return True
    done = any(is_made(word) and not _is_attribute(clause.words, at) for at, word in enumerate(clause.words))
    if done:
        return False
    around = [*clause.words[: clause.place], *clause.words[clause.place + tag.last - tag.first :]]
    found = lists.words["static"].intersection(around)
    if found and is_of_rules(tokens.words):
        found -= lists.words["applied"]
    return clause.relative or bool(found)


def is_done_here(tag: Tag, tokens: Tokens, is_done: Callable[[str], bool]) -> bool:
    """Whether the clause with the share tells of something done to what it is a share of."""
    lists = lists_of_words().words
    words, _, place = _clause_around(tag, tokens.words)
    start = after = place + tag.last - tag.first
    if words[after : after + 1] and words[after] in lists["article"]:
        after += 2
    told = [*words[:start], *words[after:]]
    counted = value_of(tokens.words[tag.first]) is not None
    if (counted or tokens.words[tag.last - 1] in lists["most"]) and len(told) + tag.first - tag.last < _FRAGMENT:
        return is_of_work(tokens, is_done)
    if counted and not lists["having"].isdisjoint(told) and _is_of_body(tag, tokens.words):
        return True
    if (counted and not lists["at_present"].isdisjoint(told)) or _is_introduced(told):
        return True
    if not lists["now"].isdisjoint(told):
        return True
    amount = tag.kind == "partial.amount" and value_of(tokens.words[tag.last - 1]) is None
    active = () if not amount or not lists["be"].isdisjoint(told) else lists_of_words().endings["active"]
    able = () if lists["able"].isdisjoint(told) else lists_of_words().endings["passive_infinitive"]
    return any(
        is_reached(word)
        or (
            is_done(word)
            and word not in lists["no_deed"]
            and word not in lists["static"]
            and not _follows_preposition(told, at)
            and not (start <= at < len(told) - 1 and word.endswith(active))
            and not ((at != start or counted) and _describes_next(told, at, at == start))
        )
        or word.endswith(able)
        for at, word in enumerate(told)
    )


def _describes_next(words: Sequence[str], index: int, counted: bool) -> bool:
    """Whether a participle at this place stands before its noun: "fyra certifierade anbud", "all köpt energi"."""
    lists = lists_of_words()
    following = words[index + 1 : index + 2]
    if not following or following[0] in lists.words["be"] or not is_word(following[0]):
        return False
    if counted:
        return words[index].endswith(lists.endings["weak"]) and following[0].endswith(lists.endings["kind"])
    return index > 0 and is_made(words[index]) and words[index - 1] in lists.words["quantifier"]


def _is_of_body(tag: Tag, words: Sequence[str]) -> bool:
    """Whether it is a share of the parts of an organisation."""
    body = lists_of_words().endings["body"]
    return any(word.endswith(body) for word in words[tag.last : tag.last + 2])


def _is_introduced(words: Sequence[str]) -> bool:
    """Whether something new, or something now, is in use: "används den nya tavlan"."""
    lists = lists_of_words().words
    return not (lists["in_use"].isdisjoint(words) or lists["new"].isdisjoint(words))


def is_added(tag: Tag, tokens: Tokens, is_done: Callable[[str], bool]) -> bool:
    """Whether a few words without a verb add it to what is done, or it tells how far the work has come."""
    lists = lists_of_words()
    words = _clause_around(tag, tokens.words).words
    if tokens.words[tag.last - 1] in lists.words["whole"]:
        return True
    if tokens.words[tag.last - 1] in lists.words["progress"]:
        opposed = tokens.words[max(0, tag.first - 1)] in lists.words["but"]
        return opposed or not (lists.words["be"] | lists.words["getting"]).isdisjoint(words)
    if any(word.endswith(lists.endings["passive"]) and word not in lists.words["static"] for word in words):
        return True
    return len(words) + tag.first - tag.last < _FRAGMENT and (is_of_work(tokens, is_done) or is_of_goal(tokens))


def _follows_preposition(words: Sequence[str], index: int) -> bool:
    """Whether a participle at this place stands before a noun: "inom skyddat område"."""
    return (
        0 < index < len(words)
        and words[index - 1] in lists_of_words().words["before_noun"]
        and words[index - 2] not in lists_of_words().words["be"]
        and words[index].endswith(lists_of_words().endings["inflected"])
    )


def is_of_work(tokens: Tokens, is_done: Callable[[str], bool]) -> bool:
    """Whether the sentence tells of something done."""
    return any(map(is_done, tokens.words))


def _is_attribute(words: Sequence[str], index: int) -> bool:
    """Whether a participle at this place stands before its noun: "det bokförda värdet"."""
    lists = lists_of_words()
    return (
        words[index].endswith(lists.endings["weak"])
        and index > 0
        and words[index - 1] in lists.words["article"]
        and index + 1 < len(words)
        and words[index + 1].endswith(lists.endings["known"])
    )


def _is_old(words: Sequence[str]) -> bool:
    """Whether it has been so for long: "sedan många år"."""
    lists = lists_of_words().words
    after = next((place + 1 for place, word in enumerate(words) if word in lists["since"]), len(words))
    return after < len(words) and words[after] in lists["long"]


def _is_of_decade(tag: Tag, words: Sequence[str]) -> bool:
    """Whether it was so or happened in a decade: "byggdes på 1950-talet"."""
    lists = lists_of_words().words
    index = next((place for place in range(tag.last, len(words)) if words[place] in lists["decade"]), None)
    return index is not None and words[index - 3] in lists["dated"] and words[index - 1] == "-"


def is_one_clause(tag: Tag, tokens: Tokens) -> bool:
    """Whether no other clause begins between "alla" and "inte"."""
    lists = lists_of_words()
    words = tokens.words[tag.first + 1 : tag.last]
    before = tokens.words[max(0, tag.first - 1) : tag.first]
    if tokens.words[tag.first] in lists.words["whole_of"] and lists.words["that"].isdisjoint(before):
        return False
    if not lists.words["before_noun"].isdisjoint(before):
        return False
    return all(lists.words[name].isdisjoint(words) for name in ("that", "and", "relative", "border"))


def is_undone(tag: Tag, tokens: Tokens, is_done: Callable[[str], bool]) -> bool:
    """Whether "alla" and "inte" say in one clause that something is not done for all."""
    words = tokens.words[tag.first : tag.last + _HEAD_REACH]
    passive = lists_of_words().endings["deed"]
    if not lists_of_words().words["living"].isdisjoint(words):
        return False
    return is_one_clause(tag, tokens) and any(
        is_reached(word) or is_done(word) or word.endswith(passive) for word in words
    )


def is_understatement(tag: Tag, tokens: Tokens) -> bool:
    """Whether it weakens a judgement instead: "inte helt oväntat", "inte helt lätt"."""
    words, lists = tokens.words, lists_of_words()
    if words[tag.last - 1] not in lists.words["wholly"]:
        return False
    following = words[tag.last : tag.last + 1]
    return bool(following) and (
        following[0] in lists.words["judging"]
        or (
            following[0] in lists.words["clear"]
            and not lists.words["asking"].isdisjoint(words[tag.last + 1 : tag.last + 2])
        )
        or (following[0].startswith(lists.openings["un"]) and not following[0].startswith(lists.openings["not_un"]))
    )


def tells_of_nature(tag: Tag, tokens: Tokens) -> bool:
    """Whether an adjective follows that is said of what something is by nature: "delvis väglös"."""
    words, lists = tokens.words, lists_of_words()
    following = words[tag.last : tag.last + 2]
    endings = lists.endings
    if following and (_is_number(words[tag.first], following[0]) or _tells_where(tag, words)):
        return True
    if (
        len(following) > 1
        and following[1] in lists.words["be"]
        and words[tag.last - 1] not in lists.words["quantifier"]
        and following[0].endswith(endings["kind"])
        and not is_reached(following[0])
    ):
        return True
    if following[1:] and following[1] in lists.words["material"]:
        return True
    if any(len(word) == len("1950") and word.isdigit() for word in following):
        return True
    if following and (following[0] in lists.words["agreeing"] or following[0] in lists.words["state"]):
        return True
    if following and words[tag.last - 1].startswith(lists.openings["partially"]) and is_word(following[0]):
        return following[0] not in lists.words["be"] and not is_reached(following[0])
    if len(following) == 2 and following[0] in lists.words["of"] and not words[tag.last - 1].endswith(endings["part"]):
        return not following[1].endswith(endings["known"]) and following[1] not in lists.words["between"]
    before = tag.first - 1
    if before > 0 and words[before] in lists.words["to"]:
        before -= 1
    if not following:
        return False
    if before >= 0 and words[before] in lists.words["be"] and not is_made(following[0]):
        ends = len(following) == 1 and following[0].endswith(endings["kind"])
        if ends or following[0] in lists.words["origin"]:
            return True
    return following[0].endswith(endings["nature"]) and not following[0].endswith(endings["made"])


def _is_number(degree: str, following: str) -> bool:
    """Whether it is almost a number: "nästan nittio år"."""
    lists = lists_of_words()
    return degree in lists.words["nearly"] and (
        value_of(following) is not None or following.endswith(lists.endings["number"])
    )


def _tells_where(tag: Tag, words: Sequence[str]) -> bool:
    """Whether it is where something lies: "ligger delvis inom"."""
    lists = lists_of_words().words
    return (
        words[tag.last] in lists["along"]
        and not lists["lying"].isdisjoint(words[max(0, tag.first - 2) : tag.first])
        and lists["frame"].isdisjoint(words[tag.last + 1 : tag.last + 2])
    )
