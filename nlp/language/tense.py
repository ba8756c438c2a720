"""Words by which a sentence tells what is expected to come (forecast) and what has happened (outcome)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ljuskoll.nlp.language.phrases import Lexicon, Tag, Tokens
from ljuskoll.nlp.language.word_files import word_file

_FILE = "tense.toml"
_SUPINE_REACH = 9
_PARTICIPLE_REACH = 6
_OPENER_REACH = 5
_PERFECT = ("outcome.have", "outcome.supine", "outcome.be", "outcome.sure")
_BARE_LENGTH = 12


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The phrases, and words and endings (by name) that are looked up singly."""

    lexicon: Lexicon
    times: Lexicon
    words: dict[str, frozenset[str]]
    endings: dict[str, tuple[str, ...]]


@cache
def _patterns() -> _Patterns:
    data = word_file(__package__, _FILE)
    words = {name: frozenset(listed) for name, listed in data["words"].items()}
    endings = {name: tuple(listed) for name, listed in data["endings"].items()}
    lexicon = Lexicon.load(__package__, _FILE, "forecast", "outcome", "pseudo")
    return _Patterns(lexicon, Lexicon.load(__package__, _FILE, "time"), words, endings)


def find_tense(tokens: Tokens) -> list[Tag]:
    """Tags of the kinds forecast and outcome in one sentence, in order of place."""
    groups: dict[str, list[Tag]] = {}
    for tag in _patterns().lexicon.find(tokens):
        groups.setdefault(tag.kind, []).append(tag)
    found = [*_forecasts(groups, tokens), *_outcomes(groups, tokens)] if groups else []
    if not found:
        bare = _bare_statement(tokens)
        return [bare] if bare else []
    return _settle(found)


def _forecasts(groups: dict[str, list[Tag]], tokens: Tokens) -> list[Tag]:
    sure = groups.get("forecast.sure", [])
    found = [Tag("forecast", tag.first, tag.last) for tag in sure]
    waiting = groups.get("forecast.timed", []) + groups.get("forecast.duty", [])
    times = _times(tokens) if waiting else []
    for tag in waiting if times else ():
        if not _is_infinitive(tag, tokens.words) and any(_same_clause(tag, time, tokens) for time in times):
            found.append(Tag("forecast", tag.first, tag.last))
    openers = groups.get("pseudo.opener", [])
    if openers:
        found = [tag for tag in found if not _awaited(tag, openers, tokens)]
    return _without(found, groups.get("pseudo.forecast", []))


def _times(tokens: Tokens) -> list[Tag]:
    """The times to come that the sentence names; none where it tells of a habit."""
    tags = _patterns().times.find(tokens)
    if any(tag.kind == "time.habit" for tag in tags):
        return []
    return _without(
        [tag for tag in tags if tag.kind == "time.future"], [tag for tag in tags if tag.kind == "time.past"]
    )


def _is_infinitive(tag: Tag, words: Sequence[str]) -> bool:
    """Whether a form in -as depends on an auxiliary: "kan öppnas"."""
    if not words[tag.last - 1].endswith("as"):
        return False
    return not _patterns().words["modal"].isdisjoint(words[max(0, tag.first - 4) : tag.first])


def _outcomes(groups: dict[str, list[Tag]], tokens: Tokens) -> list[Tag]:
    ahead = groups.get("forecast.sure", [])
    found = [Tag("outcome", tag.first, tag.last) for tag in _without(groups.get("outcome.sure", []), ahead)]
    for tag in groups.get("outcome.have", []):
        last = _supine_after(tag.last, tokens.words)
        if last:
            found.append(Tag("outcome", tag.first, last))
            found += _joined_supines(last, tokens.words)
    for tag in groups.get("outcome.since", []):
        last = _supine_after(tag.last, tokens.words)
        if last:
            found.append(Tag("outcome", last - 1, last))
    for tag in _without(groups.get("outcome.be", []), ahead):
        last = _participle_after(tag.last, tokens.words)
        if last:
            found.append(Tag("outcome", tag.first, last))
    if "outcome.supine" in groups and "outcome.modal" not in groups:
        told = [*groups.get("pseudo.supine", []), *found]
        passives = _without(groups["outcome.supine"], told)
        found += [Tag("outcome", tag.first, tag.last) for tag in passives]
    openers = groups.get("pseudo.opener", [])
    if openers:
        found = [tag for tag in found if not _awaited(tag, openers, tokens)]
    for tag in _without(groups.get("outcome.past", []), groups.get("pseudo.outcome", [])):
        if not _is_adjective(tag, tokens.words, any(one.first < tag.first for one in found)):
            found.append(Tag("outcome", tag.first, tag.last))
    return found


def _without(tags: Sequence[Tag], others: Sequence[Tag]) -> list[Tag]:
    """The tags that none of the others overlaps."""
    if not others:
        return list(tags)
    return [tag for tag in tags if not any(o.first < tag.last and tag.first < o.last for o in others)]


def _same_clause(tag: Tag, other: Tag, tokens: Tokens) -> bool:
    """Whether the second stands beside the first with no punctuation between."""
    if other.first < tag.last and tag.first < other.last:
        return False
    first, last = (tag.last, other.first) if tag.first < other.first else (other.last, tag.first)
    return _patterns().words["clause_end"].isdisjoint(tokens.words[first:last])


def _awaited(tag: Tag, openers: Sequence[Tag], tokens: Tokens) -> bool:
    """Whether the tag is in a clause on what is to come first: "när avtalet har tecknats"."""
    ends = _patterns().words["clause_end"]
    return any(
        opener.last <= tag.first <= opener.last + _OPENER_REACH
        and ends.isdisjoint(tokens.words[opener.last : tag.first])
        and _patterns().words["finite"].isdisjoint(tokens.words[opener.last : tag.first])
        for opener in openers
    )


def _supine_after(start: int, words: Sequence[str]) -> int:
    """Where the supine of a perfect ends, 0 where there is none."""
    patterns = _patterns()
    ends, breaks, nouns = (patterns.words[name] for name in ("clause_end", "break_perfect", "not_supine"))
    endings = patterns.endings["supine"]
    for index in range(start, min(len(words), start + _SUPINE_REACH)):
        word = words[index]
        if word in ends or word in breaks:
            return 0
        if word.endswith(endings) and word not in nouns:
            if not word.endswith("s") and not patterns.words["article"].isdisjoint(words[index - 2 : index]):
                continue
            return index + 1
    return 0


def _joined_supines(start: int, words: Sequence[str]) -> list[Tag]:
    """Further supines of the same auxiliary: "har köpt tomten och ritat huset"."""
    patterns = _patterns()
    joints, nouns = patterns.words["joined"], patterns.words["not_supine"]
    return [
        Tag("outcome", index, index + 1)
        for index in range(start + 1, len(words))
        if words[index - 1] in joints
        and words[index] not in nouns
        and words[index].endswith(patterns.endings["supine"])
    ]


def _participle_after(start: int, words: Sequence[str]) -> int:
    """Where a participle of something done ends after "är", 0 where there is none."""
    patterns = _patterns()
    for index in range(start, min(len(words), start + _PARTICIPLE_REACH)):
        word = words[index]
        if word in patterns.words["clause_end"] or word in patterns.words["stop"]:
            return 0
        if word.endswith(patterns.endings["done"]) and word not in patterns.words["not_done"]:
            if word.endswith(patterns.endings["not_done"]):
                return 0
            return 0 if words[index - 1] in patterns.words["article"] else index + 1
    return 0


def _is_adjective(tag: Tag, words: Sequence[str], follows: bool) -> bool:
    """Whether a form in -ade belongs to a noun or stands after "är" rather than being a past tense.

    `follows`: whether something else has been told before it, so that "och" may join verbs.
    """
    patterns = _patterns()
    if not words[tag.last - 1].endswith("ade") or tag.last - tag.first > 1:
        return False
    before = tag.first - 1
    while before > 0 and words[before] in patterns.words["joint"] and words[before - 1].endswith("ade"):
        before -= 2
    if before < 0:
        return True
    word = words[before]
    if word in patterns.words["demonstrative"]:
        return _noun_follows(tag, words)
    if word in patterns.words["joint"]:
        return not (follows and _object_follows(tag, words))
    if word in patterns.words["before_adjective"] or word.endswith(patterns.endings["adjective"]):
        return True
    if word.isdigit() and len(word) < 4:
        return True
    return not patterns.words["copula"].isdisjoint(words[max(0, tag.first - 5) : tag.first])


def _noun_follows(tag: Tag, words: Sequence[str]) -> bool:
    """Whether a noun in the definite form stands at most one word on: "de beslutade (nya) åtgärderna"."""
    patterns = _patterns()
    if words[tag.last : tag.last + 1] and words[tag.last] in patterns.words["after_verb"]:
        return False
    return any(word.endswith(patterns.endings["definite"]) for word in words[tag.last : tag.last + 2])


def _object_follows(tag: Tag, words: Sequence[str]) -> bool:
    """Whether what follows goes with a verb rather than with an adjective."""
    if tag.last == len(words):
        return True
    word, patterns = words[tag.last], _patterns()
    if words[tag.first] in patterns.words["verb"]:
        return True
    return not word[0].isalpha() or word in patterns.words["after_verb"] or word.endswith(patterns.endings["definite"])


def _bare_statement(tokens: Tokens) -> Tag | None:
    """A participle without a verb that the sentence begins with: "Slutfört i maj."."""
    patterns = _patterns()
    words = tokens.words
    index = 0
    while index < len(words) and words[index] in patterns.words["bare"]:
        index += 1
    if index >= len(words) or len(words) > _BARE_LENGTH:
        return None
    word = words[index]
    if not word.endswith(patterns.endings["bare"]) or word in patterns.words["not_done"]:
        return None
    following = words[index + 1] if index + 1 < len(words) else ","
    return Tag("outcome", 0, index + 1) if following in patterns.words["after_bare"] else None


def _settle(found: list[Tag]) -> list[Tag]:
    """In order of place, of those of a kind that overlap only the first."""
    found.sort(key=lambda tag: (tag.first, -tag.last))
    ends: dict[str, int] = {}
    kept = []
    for tag in found:
        if tag.first >= ends.get(tag.kind, 0):
            ends[tag.kind] = tag.last
            kept.append(tag)
    return kept
