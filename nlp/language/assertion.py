"""Words that deny a statement, limit it to a part, make it depend on something or cast doubt on it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from ljuskoll.nlp.language.doubt import casts_doubt
from ljuskoll.nlp.language.phrases import Lexicon, Tag, Tokens, is_word
from ljuskoll.nlp.language.ratios import fewer, part_of_number, remaining, short_of_aim, shortfall, written_ratios
from ljuskoll.nlp.language.share_clauses import (
    follows_whole,
    is_added,
    is_asked,
    is_done_here,
    is_short_of,
    is_static,
    is_understatement,
    is_undone,
    tells_of_nature,
    words_around,
)
from ljuskoll.nlp.language.share_words import is_made, is_of_goal, is_of_rules, is_reached, never_done, value_of
from ljuskoll.nlp.language.shares import (
    accompanies,
    counts_units,
    describes,
    follows_reached,
    is_all_sorts,
    is_background,
    is_change,
    is_in_state,
    is_limit,
    is_of_life,
    is_of_place,
    is_of_what_was_meant,
    is_only,
    is_percentage_of_done,
    is_ratio,
    starts_with_unit,
)
from ljuskoll.nlp.language.word_files import word_file

_FILE = "assertion.toml"
_KINDS = ("negation", "condition", "if", "uncertainty", "partial", "pseudo")
_RESTING = ("partial.rest", "partial.elsewhere", "partial.all_but")
"""Tell of a part where nothing before them does."""
_NEITHER = "neither"
"""Words such as "inte alla" where they neither deny nor tell of a part of what is done."""
_SUBJECT_REACH = 4
_VERB_REACH = 9
_ALL = 100
_REMEMBERED = 1 << 15


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
    data = word_file(__package__, _FILE)
    words = {name: frozenset(listed) for name, listed in data["words"].items()}
    words["numeric"] = words["counting"] | words["aim"] | words["beside"]
    endings = {name: tuple(listed) for name, listed in data["endings"].items()}
    return _Patterns(Lexicon.load(__package__, _FILE, *_KINDS), words, endings)


def find_assertion(tokens: Tokens) -> list[Tag]:
    """Tags of the kinds negation, partial, condition and uncertainty in one sentence, in order of place."""
    patterns = _patterns()
    tags = patterns.lexicon.find(tokens)
    found = [Tag("condition", 0, 1)] if _is_inverted(tokens) else []
    judged = [tag for one in tags if not one.kind.startswith("pseudo.") and (tag := _judge(one, tokens))]
    if not patterns.words["of"].isdisjoint(tokens.words):
        judged += _ratios(tokens)
    if not patterns.words["numeric"].isdisjoint(tokens.words):
        judged += _counts(tokens)
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
    if is_of_place(tag, tokens) and (not _tells_of_work(tokens) or is_in_state(tokens)):
        return None
    if not _KINDS_OF_PART[tag.kind](tag, tokens):
        return Tag(_NEITHER, tag.first, tag.last) if tag.kind == "partial.sure" else None
    kind = "partial.rest" if tag.kind in _RESTING else "partial"
    return Tag(kind, tag.first, tag.last)


def _is_sure_part(tag: Tag, tokens: Tokens) -> bool:
    """Whether it is done in part, for phrases that nearly always say so."""
    words, following = _patterns().words, tokens.words[tag.last : tag.last + 1]
    if not words["as"].isdisjoint(following) and tokens.words[tag.last - 1] in words["all"]:
        return is_done_here(tag, tokens, _is_done)
    if not words["of"].isdisjoint(following):
        share = Tag("partial", tag.first, tag.last + 1)
        told = _tells_of_work(tokens) or is_of_goal(tokens) or is_of_rules(tokens.words)
        return told and not (is_of_life(share, tokens) or is_static(share, tokens))
    if is_understatement(tag, tokens):
        return False
    if tokens.words[tag.last - 1] in words["except"] and any(map(value_of, tokens.words[tag.last : tag.last + 1])):
        return not (is_of_life(tag, tokens) or is_static(tag, tokens))
    if tokens.words[tag.last - 1] in words["all"] and is_of_life(tag, tokens) and not is_short_of(tag, tokens):
        return False
    return (
        is_of_rules(tokens.words)
        or is_done_here(tag, tokens, _is_done)
        or _stands_alone(tag, tokens)
        or is_added(tag, tokens, _is_done)
        or is_short_of(tag, tokens)
    )


def _is_rest(tag: Tag, tokens: Tokens) -> bool:
    """Whether a part of what is to be done is left."""
    return not counts_units(tag, tokens) and (_tells_of_work(tokens) or is_of_goal(tokens))


def _is_degree_of_done(tag: Tag, tokens: Tokens) -> bool:
    """Whether "delvis" and the like say how much is done."""
    if tells_of_nature(tag, tokens):
        return False
    if is_only(tag, tokens):
        return not describes(tag, tokens, works=True)
    if is_static(tag, tokens):
        return False
    if not (is_of_rules(tokens.words) or is_done_here(tag, tokens, _is_done) or _stands_alone(tag, tokens)):
        return False
    return not describes(tag, tokens, works=_tells_of_work(tokens))


def _is_extent_of_goal(tag: Tag, tokens: Tokens) -> bool:
    """Whether "i stor utsträckning" and the like say how much of a goal is reached."""
    if accompanies(tag, tokens):
        return False
    return is_of_goal(tokens) and not describes(tag, tokens, works=True)


def _is_amount_done(tag: Tag, tokens: Tokens) -> bool:
    """Whether "hälften" and the like say of how much something is done."""
    words = tokens.words
    if any(word[0].isdigit() and (value_of(word) or 0) >= _ALL for word in words[tag.first : tag.last - 2]):
        return False
    if starts_with_unit(words[tag.last :]) or is_all_sorts(tag, tokens):
        return False
    toward = tag.first > 0 and words[tag.first - 1] in _patterns().words["toward"]
    if toward and describes(Tag(tag.kind, tag.first - 1, tag.last), tokens, works=True):
        return False
    return _of_work(tag, tokens)


def _is_not_all_done(tag: Tag, tokens: Tokens) -> bool:
    """Whether "alla" and "inte" say that something is not done for all."""
    return is_undone(tag, tokens, _is_done)


def _is_limited(tag: Tag, tokens: Tokens) -> bool:
    """Whether "bara" says where or to what the doing was limited."""
    return is_limit(tag, tokens) and not is_background(tag, tokens)


def _is_done_elsewhere(tag: Tag, tokens: Tokens) -> bool:
    """Whether something is said to be done just before: "är klart i norr men inte i söder", "är klart, dock inte i"."""
    words, lists = tokens.words, _patterns().words
    first = tag.first
    while first > 0 and (words[first - 1] in lists["opposing"] or not is_word(words[first - 1])):
        first -= 1
    if not lists["how"].isdisjoint(words[tag.last :][:1]):
        return False
    if first == tag.first:
        later = words[tag.last : tag.last + _VERB_REACH]
        there = any(one in lists["but"] and two == words[tag.last - 1] for one, two in pairwise(later))
        return there and any(map(is_reached, words[: tag.first]))
    before = words[max(0, first - _VERB_REACH) : first]
    if lists["opposing"].isdisjoint(words[first : tag.last]):
        told = any(map(is_reached, before)) or (words[tag.last - 1] not in lists["in"] and any(map(is_made, before)))
        return (
            told and words[tag.last - 1] in before and not describes(Tag("partial", first, first), tokens, works=True)
        )
    judged = _is_done if words[tag.last - 1] in before else is_made
    return any(judged(word) or word in lists["in_use"] for word in before)


def _is_all_but(tag: Tag, tokens: Tokens) -> bool:
    """Whether something is done, but not what is named last: "flytten är klar men inte arkivet"."""
    words, lists = tokens.words, _patterns().words
    if words[tag.last - 1] in lists["no_thing"] or (tag.last < len(words) and is_word(words[tag.last])):
        return False
    return any(map(is_made, words[max(0, tag.first - _VERB_REACH) : tag.first]))


_KINDS_OF_PART: dict[str, Callable[[Tag, Tokens], bool]] = {
    "partial.sure": _is_sure_part,
    "partial.rest": _is_rest,
    "partial.all_but": _is_all_but,
    "partial.elsewhere": _is_done_elsewhere,
    "partial.every": _is_not_all_done,
    "partial.only": _is_limited,
    "partial.degree": _is_degree_of_done,
    "partial.extent": _is_extent_of_goal,
    "partial.percent": is_percentage_of_done,
    "partial.amount": _is_amount_done,
}


def _stands_alone(tag: Tag, tokens: Tokens) -> bool:
    """Whether it is an answer of its own: "Delvis, ..."."""
    words = tokens.words
    return (not tag.first or not is_word(words[tag.first - 1])) and (
        tag.last == len(words) or not is_word(words[tag.last])
    )


def _counts(tokens: Tokens) -> list[Tag]:
    """What single numbers tell of something done in part."""
    found, words = [], _patterns().words
    if not words["counting"].isdisjoint(tokens.words):
        if short := shortfall(tokens):
            found.append(short)
        if (rest := remaining(tokens)) and not counts_units(rest, tokens):
            found.append(rest)
    if not words["aim"].isdisjoint(tokens.words) and (short := short_of_aim(tokens)):
        found.append(short)
    if not words["beside"].isdisjoint(tokens.words):
        found += [*fewer(tokens), *written_ratios(tokens)]
    return found


def _ratios(tokens: Tokens) -> list[Tag]:
    """The ratios around each "av" ("nio av tolv") that tell of something done in part."""
    found, of = [], _patterns().words["of"]
    for index in (index for index, word in enumerate(tokens.words) if word in of):
        part = part_of_number(index, tokens)
        if part and _of_work(part, tokens):
            found.append(part)
    return found


def _of_work(part: Tag, tokens: Tokens) -> bool:
    """Whether the share is of something done."""
    if not (
        is_ratio(part, tokens)
        or is_of_rules(words_around(part, tokens.words))
        or is_short_of(part, tokens)
        or is_of_what_was_meant(part, tokens)
        or is_done_here(part, tokens, _is_done)
    ):
        return False
    return not (
        is_background(part, tokens)
        or follows_whole(part, tokens)
        or is_change(part, tokens)
        or is_of_life(part, tokens)
        or is_asked(part, tokens)
        or is_static(part, tokens)
    )


def _ends_clause(tag: Tag, tokens: Tokens) -> bool:
    return tag.first > 0 and (tag.last == len(tokens) or not is_word(tokens.words[tag.last]))


def _is_harmless(tag: Tag, harmless: Sequence[Tag]) -> bool:
    """Whether a phrase that only looks like one of this kind stands there and is no shorter."""
    size = tag.last - tag.first
    return any(
        other.kind == "pseudo." + tag.kind.partition(".")[0] and other.first < tag.last and tag.first < other.last
        for other in harmless
        if other.last - other.first >= size
    )


def _settle(found: list[Tag], tokens: Tokens) -> list[Tag]:
    """In order of place, without those inside another of the kind, negations that belong to a part or a condition,
    and words in quotation marks."""
    found.sort(key=lambda tag: (tag.first, -tag.last))
    ends: dict[str, int] = {}
    kept: list[Tag] = []
    swallowing = [tag for tag in found if tag.kind in ("partial", "condition", _NEITHER)]
    for tag in found:
        if tag.kind == _NEITHER:
            continue
        if tag.kind == "partial.rest":
            if "partial" in ends:
                continue
            tag = Tag("partial", tag.first, tag.last)
        if tag.last <= ends.get(tag.kind, 0):
            continue
        if tag.kind == "partial" and tag.first < ends.get(tag.kind, 0):
            index = max(index for index, one in enumerate(kept) if one.kind == "partial")
            tag = Tag("partial", kept.pop(index).first, tag.last)
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
    return (_patterns().fits(word, "done") or is_made(word)) and not never_done(word)


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
    if len(words) < 4:
        return False
    if words[0] not in patterns.words["inverted"] and not (
        words[1] in patterns.words["person"]
        and words[0].endswith(patterns.endings["open"])
        and words[0] not in patterns.words["no_verb"]
    ):
        return False
    if "?" in words:
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
