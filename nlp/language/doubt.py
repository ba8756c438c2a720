"""Whether a word of doubt casts doubt on a result, or names a topic, a feeling, an ability or a doubt that is over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from ljuskoll.nlp.language.phrases import Tag, Tokens, is_word
from ljuskoll.nlp.language.word_files import word_file

_FILE = "doubt.toml"
_NEAR = 3
_REACH = 7
_RISKS = ("risk", "fara", "hot")


@dataclass(frozen=True, slots=True)
class _Words:
    words: dict[str, frozenset[str]]
    openings: dict[str, tuple[str, ...]]
    endings: dict[str, tuple[str, ...]]

    def any_of(self, name: str, words: Sequence[str]) -> bool:
        """Whether one of the words is in the list of this name."""
        return not self.words[name].isdisjoint(words)

    def opens(self, name: str, words: Sequence[str]) -> bool:
        """Whether one of the words begins like one in the list of this name."""
        openings = self.openings[name]
        return any(word.startswith(openings) for word in words)

    def has_people(self, words: Sequence[str]) -> bool:
        """Whether one of the words names people."""
        return self.any_of("people", words) or any(word.endswith(self.endings["people_compound"]) for word in words)


@cache
def _lists() -> _Words:
    data = word_file(__package__, _FILE)
    words = {name: frozenset(listed) for name, listed in data["words"].items()}
    endings = {name: tuple(listed) for name, listed in data["endings"].items()}
    words["moving"] = words["become"] | words["dragging"] | words["leading"]
    words["people"] = frozenset(stem + ending for stem in data["stems"]["people"] for ending in endings["people"])
    return _Words(words, {name: tuple(listed) for name, listed in data["openings"].items()}, endings)


def casts_doubt(tag: Tag, tokens: Tokens) -> bool:
    """Whether the phrase of a kind "uncertainty..." says that a result or forecast is not sure."""
    judge = _JUDGES.get(tag.kind)
    return judge is None or judge(tag, tokens.words)


def _clause(tag: Tag, words: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """The words before and after the phrase up to the nearest punctuation mark or "men"."""
    first, last = tag.first, tag.last
    while first > 0 and is_word(words[first - 1]) and words[first - 1] != "men":
        first -= 1
    while last < len(words) and is_word(words[last]) and words[last] != "men":
        last += 1
    return words[first : tag.first], words[tag.last : last]


def _is_denied(before: Sequence[str]) -> bool:
    lists = _lists()
    if lists.any_of("negator", before[-_NEAR:]):
        return True
    for word in reversed(before[-4:]):
        if word in lists.words["denial"]:
            return True
        if word not in lists.words["filler"]:
            return False
    return False


def _is_past(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether it is told as a doubt of an earlier time."""
    lists = _lists()
    return lists.any_of("background_adverb", (*before, *after[:2])) and lists.any_of("past", before)


def _matter(tag: Tag, words: Sequence[str]) -> bool:
    """Of a noun: whether there is such a thing in the work, neither treated as a topic nor done away with."""
    before, after = _clause(tag, words)
    lists = _lists()
    word = words[tag.first]
    if _is_denied(before) or _is_past(before, after) or lists.opens("resolved", after):
        return False
    near = before[-_NEAR:]
    if lists.has_people((*near, *after[:2])) and "att" not in words[tag.first : tag.last + 2]:
        return False
    if lists.opens("resolving", after) and "att" not in words[tag.first : tag.last + 2]:
        return False
    if lists.opens("managing", near) and not lists.any_of("strong", (*near, *after)):
        return False
    if before and before[-1] in lists.words["topical"] and not lists.any_of("carrying", before[-4:]):
        return (
            words[tag.first : tag.last] == ["risk", "för", "att"] and before[-1] == "med" and not lists.has_people(near)
        )
    if tag.last == tag.first + 1 and word in ("risker", "riskerna") and after[:1] != ["för"]:
        return lists.any_of("existing", before[-4:]) or lists.any_of("strong", after[:2])
    if after[:1] == ["och"] and tag.last == tag.first + 1 and word.startswith(_RISKS):
        return False
    perils = after[:2] if words[tag.last - 1] == "för" else after[1:3] if after[:1] == ["för"] else ()
    return not lists.opens("peril", perils)


def _is_attributive(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether "hotade" stands before a noun, as in "hotade arter"."""
    lists = _lists()
    if after and (after[0] in ("av", "att") or after[0].endswith(lists.endings["definite"])):
        return bool(before) and before[-1] in lists.words["article"]
    return True


def _verb(tag: Tag, words: Sequence[str]) -> bool:
    """Of "riskera", "hota": neither denied nor about people at risk."""
    before, after = _clause(tag, words)
    lists = _lists()
    if after[:1] in (["inte"], ["ej"], ["aldrig"]) or _is_denied(before) or _is_past(before, after):
        return False
    if before[-1:] == ["att"] and (before[-2:-1] == ["utan"] or words[tag.first].endswith("a")):
        return False
    if words[tag.first] == "hotade" and _is_attributive(before, after):
        return False
    if before and before[0] in lists.words["denial"]:
        return False
    target = after[1:3] if after[:1] == ["att"] else after[:2]
    if lists.has_people(before[-_NEAR:]) or ("som" in before[-6:] and lists.has_people(before[-8:])):
        return lists.opens("bad", after) and before[-1:] != ["som"]
    return not lists.opens("peril", target)


def _quality(tag: Tag, words: Sequence[str]) -> bool:
    """Of an adjective: said of a result; neither denied, nor before another noun, nor what people feel."""
    before, after = _clause(tag, words)
    lists = _lists()
    near = before[-_NEAR:]
    if _is_denied(near) or _is_past(before, after) or lists.any_of("feeling", near):
        return False
    if before[-1:] == ["är"] and before[-2:-1] == ["som"] and before[-3:-2] in (["den"], ["de"], ["dem"], ["alla"]):
        return False
    if lists.has_people(before[-5:]) and words[tag.first].endswith("a") and not lists.any_of("pronoun", before[-2:]):
        return False
    if tag.last > tag.first + 1 or not after or after[0] in lists.words["predicative"]:
        return True
    neuter = words[tag.first].endswith("t")
    if neuter and not (before and (before[-1] in lists.words["article"] or before[-1] in lists.words["preposition"])):
        return True
    return lists.opens("outcome", after[:2]) or any(after[0].endswith(one) for one in ("prognos", "läge"))


def _can(tag: Tag, words: Sequence[str]) -> bool:
    """Of "kan": whether something unwished or undecided may happen, no ability of people."""
    lists = _lists()
    before = words[max(0, tag.first - 4) : tag.first]
    ahead: list[str] = []
    for word in words[tag.last : tag.last + _REACH]:
        if not is_word(word) or word in lists.words["denial"]:
            break
        ahead.append(word)
    if "komma" in ahead[:-1] and ahead[ahead.index("komma") + 1] == "att":
        return True
    if lists.any_of("worse", ahead):
        return not ("att" in before[-3:] and before[-1:] != ["det"] and lists.has_people(before))
    able = lists.has_people((*before, *ahead[:1])) or lists.any_of("many", before[-1:]) or "så" in before
    for index, word in enumerate(ahead):
        if word in lists.words["drifting"]:
            return all(
                one in lists.words["predicative"] or one in lists.words["loose"] for one in ahead[index + 1 :][:1]
            )
        if word in lists.words["moving"]:
            return not able and _leads_to_worse(word, before, ahead[index + 1 :])
    return False


def _leads_to_worse(verb: str, before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether what may be, be led to or drag on is something unwished or undecided."""
    lists = _lists()
    near = after[:3]
    if verb in lists.words["become"]:
        worse = lists.any_of("becoming", near) or lists.opens("bad", near) or any(map(_is_comparative, near[:1]))
        return worse and not lists.any_of("better", near)
    if verb == "påverkas":
        return lists.opens("bad", before)
    if verb in lists.words["dragging"]:
        return lists.any_of("dragged", near) or lists.opens("bad", near)
    return lists.opens("bad", after) and not lists.opens("peril_result", after)


def _is_comparative(word: str) -> bool:
    return word.endswith("are")


def _possible(tag: Tag, words: Sequence[str]) -> bool:
    """Of "möjligt att": a clause with its subject follows, no infinitive."""
    lists = _lists()
    following = words[tag.last : tag.last + 1]
    if not following or "gjort" in words[: tag.first] or "gör" in words[: tag.first] or _is_denied(words[: tag.first]):
        return False
    return following[0] in lists.words["pronoun"] or following[0].endswith(lists.endings["definite"])


def _attributive(tag: Tag, words: Sequence[str]) -> bool:
    """Of "eventuellt", "preliminärt": an adverb, not before a noun."""
    lists = _lists()
    before, after = words[max(0, tag.first - 2) : tag.first], words[tag.last : tag.last + 1]
    if not after or not is_word(after[0]):
        return True
    if before[-1:] == ["det"] and before[0] != "det":
        return _is_finite(before[0])
    if before and (before[-1] in lists.words["article"] or before[-1] in lists.words["preposition"]):
        return False
    if before and is_word(before[-1]):
        return True
    known = lists.words["loose"] | lists.words["predicative"]
    return _is_finite(after[0]) or after[0] in known


def _is_finite(word: str) -> bool:
    lists = _lists()
    return word in lists.words["modal"] or word.endswith(lists.endings["finite"])


def _adverb(tag: Tag, words: Sequence[str]) -> bool:
    """Of "kanske": not before a superlative ("kanske viktigast")."""
    lists = _lists()
    following = words[tag.last : tag.last + 2]
    return not (
        lists.any_of("superlative", following) or any(w.endswith(lists.endings["superlative"]) for w in following)
    )


def _knowing(tag: Tag, words: Sequence[str]) -> bool:
    """Of "vet inte", "svårt att nå": the writer's, not that of people spoken of."""
    lists = _lists()
    before, after = _clause(tag, words)
    near = before[-4:]
    if "vi" in words[tag.first : tag.last] or before[-1:] == ["vi"]:
        return True
    if words[tag.first] == "hoppas" and lists.any_of("daring", before[-1:]):
        return False
    if words[tag.last - 1] in ("nå", "hitta") and lists.has_people(after[:3]):
        return False
    return not (lists.has_people(near) or lists.any_of("many", near) or _is_past(before, after))


def _purpose(tag: Tag, words: Sequence[str]) -> bool:
    """Of "skulle kunna": no aim, proposal or question of how."""
    lists = _lists()
    return not lists.any_of("purpose", words[max(0, tag.first - 6) : tag.first])


_JUDGES: dict[str, Callable[[Tag, Sequence[str]], bool]] = {
    "uncertainty.matter": _matter,
    "uncertainty.verb": _verb,
    "uncertainty.quality": _quality,
    "uncertainty.can": _can,
    "uncertainty.possible": _possible,
    "uncertainty.attributive": _attributive,
    "uncertainty.adverb": _adverb,
    "uncertainty.knowing": _knowing,
    "uncertainty.purpose": _purpose,
}
