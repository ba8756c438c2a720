"""Words that deny a statement, limit it to a part, make it depend on something or cast doubt on it."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from ljuskoll.nlp.language.doubt import casts_doubt
from ljuskoll.nlp.language.phrases import Lexicon, Tag, Tokens, is_word
from ljuskoll.nlp.language.shares import (
    describes,
    follows_reached,
    is_change,
    is_in_state,
    is_of_goal,
    is_of_life,
    is_of_place,
    is_percentage_of_done,
    never_done,
    part_of_number,
)

_FILE = "assertion.toml"
_KINDS = ("negation", "condition", "if", "uncertainty", "partial", "pseudo")
_SUBJECT_REACH = 4
_VERB_REACH = 9
_REMEMBERED = 100_000


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The phrases, and words and endings (by name) that are looked up singly."""

    lexicon: Lexicon
    words: dict[str, frozenset[str]]
    endings: dict[str, tuple[str, ...]]

    def fits(self, word: str, name: str) -> bool:
        """Whether the word is in the list of words or has one of the endings of this name."""
        return word in self.words.get(name, frozenset()) or word.endswith(self.endings.get(name, ()))


@cache
def _patterns() -> _Patterns:
    data = tomllib.loads((files(__package__) / _FILE).read_text(encoding="utf-8"))
    words = {name: frozenset(listed) for name, listed in data["words"].items()}
    endings = {name: tuple(listed) for name, listed in data["endings"].items()}
    return _Patterns(Lexicon.load(__package__, _FILE, *_KINDS), words, endings)


def find_assertion(tokens: Tokens) -> list[Tag]:
    """Tags of the kinds negation, partial, condition and uncertainty in one sentence, in order of place."""
    tags = _patterns().lexicon.find(tokens)
    found = [Tag("condition", 0, 1)] if _is_inverted(tokens) else []
    judged = [tag for one in tags if (tag := _judge(one, tokens))]
    if "av" in tokens.words:
        judged += _ratios(tokens)
    if judged:
        harmless = [one for tag in tags if tag.kind.startswith("pseudo.") and (one := _pseudo(tag, tokens))]
        found += [tag for tag in judged if not (harmless and _is_harmless(tag, harmless))]
    return _settle(found, tokens) if found else found


def _judge(tag: Tag, tokens: Tokens) -> Tag | None:
    """The tag by the name of its phenomenon, None where it carries none."""
    if tag.kind == "if":
        return Tag("condition", tag.first, tag.last) if _opens_condition(tag.first, tokens) else None
    if tag.kind.startswith("partial."):
        return _partial(tag, tokens)
    kind = tag.kind.partition(".")[0]
    if kind == "condition" and tokens.words[tag.last - 1] in _patterns().words["hanging"] and _ends_clause(tag, tokens):
        return None
    if kind == "uncertainty" and not casts_doubt(tag, tokens):
        return None
    return Tag(kind, tag.first, tag.last) if kind in ("negation", "condition", "uncertainty") else None


def _pseudo(tag: Tag, tokens: Tokens) -> Tag | None:
    """The tag of what only looks like a phenomenon, None where it does not even do so."""
    if tag.kind != "pseudo.cause":
        return tag
    return None if follows_reached(tag, tokens) else Tag("pseudo.partial", tag.first, tag.last)


def _partial(tag: Tag, tokens: Tokens) -> Tag | None:
    """The tag where the share is a part of what is done."""
    part = Tag("partial", tag.first, tag.last)
    if is_of_place(tag, tokens) and (not _tells_of_work(tokens) or is_in_state(tokens)):
        return None
    if tag.kind == "partial.sure":
        return part
    if tag.kind == "partial.degree":
        return None if describes(tag, tokens, works=_tells_of_work(tokens)) else part
    if tag.kind == "partial.extent":
        return part if is_of_goal(tokens) and not describes(tag, tokens, works=True) else None
    if tag.kind == "partial.percent":
        return part if is_percentage_of_done(tag, tokens) else None
    return _of_work(part, tokens)


def _ratios(tokens: Tokens) -> list[Tag]:
    """The ratios around each "av" ("nio av tolv") that tell of something done in part."""
    found = []
    for index, word in enumerate(tokens.words):
        part = part_of_number(index, tokens) if word == "av" else None
        if part and _of_work(part, tokens):
            found.append(part)
    return found


def _of_work(part: Tag, tokens: Tokens) -> Tag | None:
    """The share where it is of something done."""
    if is_change(part, tokens) or not _tells_of_work(tokens) or is_of_life(part, tokens):
        return None
    return part


def _ends_clause(tag: Tag, tokens: Tokens) -> bool:
    return tag.first > 0 and (tag.last == len(tokens) or not is_word(tokens.words[tag.last]))


def _is_harmless(tag: Tag, harmless: Sequence[Tag]) -> bool:
    """Whether a phrase that only looks like one of this kind stands there and is no shorter."""
    size = tag.last - tag.first
    return any(
        other.kind == "pseudo." + tag.kind and other.first < tag.last and tag.first < other.last
        for other in harmless
        if other.last - other.first >= size
    )


def _settle(found: list[Tag], tokens: Tokens) -> list[Tag]:
    """In order of place, without those inside another of the kind, negations that belong to a part or a condition,
    and words in quotation marks."""
    found.sort(key=lambda tag: (tag.first, -tag.last))
    ends: dict[str, int] = {}
    kept = []
    swallowing = [tag for tag in found if tag.kind in ("partial", "condition")]
    for tag in found:
        if tag.last <= ends.get(tag.kind, 0):
            continue
        if tag.kind == "negation" and any(one.first <= tag.first and tag.first < one.last for one in swallowing):
            continue
        ends[tag.kind] = tag.last
        kept.append(tag)
    marks = _patterns().words["quote"]
    if marks.isdisjoint(tokens.words):
        return kept
    quotes = [index for index, word in enumerate(tokens.words) if word in marks]
    if len(quotes) < 2:
        return kept
    return [tag for tag in kept if not sum(quote < tag.first for quote in quotes) % 2]


def _tells_of_work(tokens: Tokens) -> bool:
    """Whether the sentence tells of something done."""
    return any(map(_is_done, tokens.words))


@lru_cache(maxsize=_REMEMBERED)
def _is_done(word: str) -> bool:
    return _patterns().fits(word, "done") and not never_done(word)


def _opens_condition(position: int, tokens: Tokens) -> bool:
    """Whether the "om" at this place is a conjunction and asks no question."""
    words = tokens.words
    if position == 0:
        return True
    patterns = _patterns()
    before = words[position - 1]
    if before in patterns.words["governing"] or words[position + 1 : position + 2] == []:
        return False
    if words[position + 1] in patterns.words["question"]:
        return False
    if not _has_verb(words[:position]):
        return False
    if before.endswith(patterns.endings["governing"]) and not before.endswith(patterns.endings["definite_noun"]):
        return False
    for index in range(position - 1, -1, -1):
        if not is_word(words[index]) or words[index] in patterns.words["boundary"]:
            break
        if words[index] in patterns.words["asking"]:
            return False
    return _has_clause(words, position + 1)


def _has_verb(words: Sequence[str]) -> bool:
    """Whether a finite verb stands among the words that a sentence begins with, or it does without."""
    patterns = _patterns()
    if words[0] in patterns.words["verbless"]:
        return True
    for index, word in enumerate(words):
        if word in patterns.words["finite"] or word.endswith(patterns.endings["passive"]):
            return True
        if 0 < index < len(words) - 1 and word.endswith(patterns.endings["finite"]):
            return True
    return False


def _has_clause(words: Sequence[str], start: int) -> bool:
    """Whether a subject and a finite verb follow."""
    patterns = _patterns()
    known = adjacent = plural = False
    for index in range(start, min(len(words), start + _VERB_REACH)):
        word = words[index]
        if not is_word(word) or word in patterns.words["relative"]:
            return False
        if word in patterns.words["finite"] and index > start:
            return True
        if known and word.endswith(patterns.endings["passive"]):
            return True
        if known and word.endswith(patterns.endings["finite"]) and (adjacent or plural):
            return True
        plural = word.endswith(patterns.endings["plural"])
        subject = word in patterns.words["pronoun"] or word.endswith(patterns.endings["definite"])
        adjacent = subject or (adjacent and word in patterns.words["adverb"])
        known = known or ((subject or word in patterns.words["determiner"]) and index < start + _SUBJECT_REACH)
    return False


def _is_inverted(tokens: Tokens) -> bool:
    """Whether the sentence begins with a condition without conjunction: "Blir vintern hård, ..."."""
    words = tokens.words
    patterns = _patterns()
    if len(words) < 4 or "?" in words:
        return False
    if words[0] not in patterns.words["inverted"] and not (
        words[1] in patterns.words["person"]
        and words[0].endswith(patterns.endings["open"])
        and words[0] not in patterns.words["no_verb"]
    ):
        return False
    if words[0] in patterns.words["wished"]:
        return True
    second = words[1]
    begins = second in patterns.words["pronoun"] or second in patterns.words["determiner"]
    if not (begins or second.endswith(patterns.endings["definite"])):
        return False
    return any(
        word in patterns.words["then"] or word in patterns.words["finite"] or word.endswith(patterns.endings["passive"])
        for word in words[2:]
    )
