"""What stands inside a clause without being its statement: insertions between commas, long attributes, pronouns.

Run before the clauses are split, so that "målet om X har, trots vidtagna åtgärder, ej uppnåtts" is read as one clause.
"""

from collections.abc import Sequence

from ljuskoll.nlp.language.clause_words import listed, told_by
from ljuskoll.nlp.language.clauses import TENSED, has_kind, is_tensed
from ljuskoll.nlp.language.phrases import Tag, Tokens

_LONGEST = 18
_ATTRIBUTE = 7
_APPOSITION = 3
_PAIR = 2
_TOPIC = 5
_CENTURY = "19"
_FIGURES = 4
_LIGHT = ("adverb", "turn", "polarity", "degree", "time", "nonfinite", "quantifier")
_AUXILIARY = ("finite.fact", "finite.managed", "mode", "nonfinite", "polarity", "adverb", "turn", "degree")
_OPEN = (*TENSED, "mode", "nonfinite", "opener.that")
_NAMING = ("opener.that", "opener.content", "opener.if", "preposition", "place", "tail")
_STRONG = ("subject.strong", "subject.bare")
_CONTINUES = ("predicate", "polarity", "degree", "adverb", "nonfinite", "turn", "active", "time", *TENSED)
_ADDS = ("preposition", "place", "tail", "means", "adverb")
_BREAKS = ("opener.but", "opener.dead", "opener.condition", "opener.so", "opener.utan")
_CLOSES = frozenset((";", ":", "(", ")", "–", "—"))
_PRONOUNS = told_by("pronouns")
_GENDERS = told_by("genders")
_ASKING = told_by("asking")
_ASKED = told_by("asked")
_PARTICIPLE = listed("participle")
_DEFINITE = listed("definite")
_PARTICIPLES = listed("participle_like_noun")
_PASSIVE = listed("passive_past")
_REGARD = listed("regard")
_SHORTEST = 5
_WEAK = listed("weak")
_COUNTING = listed("counting")
_PLURALS = listed("plural_nouns")
_INFINITIVE = listed("infinitive")
_GENITIVE = listed("genitive")
_ADVERB = listed("adverb")
_WORK = listed("work")
_WITH = listed("with")
_THEREFORE, _THEN = listed("therefore"), listed("then")
_TOPICAL = (*_WITH, *listed("towards"))
_OF_YEAR = listed("of_year")
_BEGINS = ("adverb", "turn", "time", "label", "polarity", "degree.slight", "opener.and", "opener.but")
_JUDGING = ("mode.assess", "frame", "finite.telling")
_STATES = ("predicate", "finite.fact", "mode")


def without_insertions(tags: Sequence[Tag], tokens: Tokens) -> list[Tag]:
    """The tags that carry the sentence's statements, in order."""
    words = tokens.words
    kept = _without_asides(list(tags), words) if words.count(",") > 1 or "–" in words or "(" in words else list(tags)
    for place, tag in enumerate(kept):
        if not tag.kind:
            continue
        if (tag.kind == "subject.bare" and _is_indefinite(kept, place, words)) or (
            tag.kind == "subject.weak" and words[tag.first] in _WORK and not _is_ours(kept, place, words)
        ):
            kept[place] = Tag("", *tag[1:])
        elif has_kind(tag, "predicate", "subject.strong", "frame.decision") and _is_attribute(kept, place, words):
            kept[place] = Tag("determiner.any", *tag[1:])
        elif tag.kind == "quantifier.all" and place and _stands_for_all(kept, place):
            kept[place] = Tag("subject.weak", *tag[1:])
        elif tag.kind == "agent.any" and place and has_kind(kept[place - 1], "former"):
            kept[place] = Tag("outsider.any", *tag[1:])
    _tell_nouns(kept, words)
    kept = _without_attributes(_therefore(_unconditioned(kept, words), words), words)
    kept = _with_objects_after(_without_names(_without_frames(kept), words), words)
    return _with_antecedents(_with_topics(_with_degree_within(kept), words), words)


def _is_attribute(tags: Sequence[Tag], place: int, words: Sequence[str]) -> bool:
    """Whether this only says which it is: "den försenade ombyggnaden"."""
    if not words[tags[place].last - 1].endswith(_WEAK) or place + 1 == len(tags):
        return False
    led = has_kind(tags[place - 1], "determiner") if place else tags[place].last - tags[place].first > 1
    return led and has_kind(tags[place + 1], "subject")


def _stands_for_all(tags: Sequence[Tag], place: int) -> bool:
    """Whether this is what is judged: "prognosen är att | samtliga hinns med"."""
    follows = place + 1 < len(tags) and is_tensed(tags[place + 1])
    return follows and has_kind(tags[place - 1], "opener.that")


def _tell_nouns(tags: list[Tag], words: Sequence[str]) -> None:
    """Tells what is unknown apart: a definite noun as subject, an adverb of degree before its predicate."""
    for place in range(len(tags) - 1, -1, -1):
        tag = tags[place]
        if tag.kind:
            continue
        word = words[tag.first]
        if len(word) == _FIGURES and word.startswith(_CENTURY) and word.isdigit():
            tags[place] = Tag("time.last", tag.first, tag.last)
        elif _is_degree(tags, place, word):
            tags[place] = Tag("adverb.any", tag.first, tag.last)
        elif word.endswith(_PASSIVE):
            tags[place] = Tag("finite.other", tag.first, tag.last)
        elif word in _REGARD and 0 < place < len(tags) - 1 and has_kind(tags[place + 1], "opener.relative"):
            if has_kind(tags[place - 1], "opener.that"):
                tags[place - 1 : place + 2] = [Tag("mode.assess", tags[place - 1].first, tags[place + 1].last)]
        elif word.endswith(_WEAK) and _is_epithet(tags, place, word):
            tags[place] = Tag("determiner.any", tag.first, tag.last)
        elif _is_definite(word) and _begins_clause(tags, place, words):
            tags[place] = Tag("subject.noun", tag.first, tag.last)


def _is_definite(word: str) -> bool:
    return len(word) >= _SHORTEST and word.endswith(_DEFINITE) and not word.endswith(_PARTICIPLES)


def _is_epithet(tags: Sequence[Tag], place: int, word: str) -> bool:
    """Whether this only says which thing it is: "nya simhallen", not "andra skolan"."""
    if place + 1 == len(tags) or word in _COUNTING:
        return False
    return has_kind(tags[place + 1], "subject.named", "subject.thing", "subject.noun") and _stands_first(tags, place)


def _is_degree(tags: Sequence[Tag], place: int, word: str) -> bool:
    """Whether this only says how much: "är rejält försenat"."""
    if not word.endswith(_ADVERB) or not 0 < place < len(tags) - 1:
        return False
    return has_kind(tags[place + 1], "predicate.late", "predicate.done.state") and has_kind(
        tags[place - 1], *_AUXILIARY
    )


def _begins_clause(tags: Sequence[Tag], place: int, words: Sequence[str]) -> bool:
    """Whether a subject may stand here: first in its clause, or behind the verb that follows a fronted phrase."""
    if place + 1 == len(tags) or not has_kind(tags[place + 1], *_STATES, "preposition", "place", *_LIGHT):
        return False
    if place and not tags[place - 1].kind:
        word = words[tags[place - 1].first]
        place -= word.endswith(_WEAK) and word not in _COUNTING  # "nya skolan"
    return _stands_first(tags, place)


def _stands_first(tags: Sequence[Tag], place: int) -> bool:
    for tag in reversed(tags[:place]):
        if has_kind(tag, "opener.and", "opener.but", "opener.that"):
            return True
        if not has_kind(tag, *_BEGINS, "determiner", *_STATES):
            return False
    return True


def _unconditioned(tags: list[Tag], words: Sequence[str]) -> list[Tag]:
    """With verb and subject told apart where they stand inside, where they begin no condition: "i maj | hade vi"."""
    for place in range(len(tags) - 1, 0, -1):
        tag = tags[place]
        if tag.kind == "supposing.any" and tag.last - tag.first == _PAIR:
            verb, subject = _ASKING.get(words[tag.first]), _ASKED.get(words[tag.first + 1])
            if verb and subject:
                parts = Tag(verb, tag.first, tag.first + 1), Tag(subject, tag.first + 1, tag.last)
                tags[place : place + 1] = parts
    return tags


def _therefore(tags: list[Tag], words: Sequence[str]) -> list[Tag]:
    """With adverb and joint told apart after one who judges: "vi anser därför | att", no cause."""
    for place in range(len(tags) - 1, 0, -1):
        tag = tags[place]
        if tag.kind != "opener.dead":
            continue
        if words[tag.first] in _THEN and has_kind(tags[place - 1], "mode", "finite.fact"):
            tags[place] = Tag("adverb.any", tag.first, tag.last)
        if words[tag.first] not in _THEREFORE:
            continue
        before = next((other for other in reversed(tags[:place]) if not has_kind(other, "agent", *_LIGHT)), tag)
        if has_kind(before, *_JUDGING):
            parts = Tag("adverb.any", tag.first, tag.first + 1), Tag("opener.that", tag.first + 1, tag.last)
            tags[place : place + 1] = parts
    return tags


def _is_ours(tags: Sequence[Tag], place: int, words: Sequence[str]) -> bool:
    """Whether "arbete" is a known one: "detta arbete", not "nämndens arbete"."""
    return (
        not place or has_kind(tags[place - 1], "determiner") or not words[tags[place - 1].last - 1].endswith(_GENITIVE)
    )


def _is_indefinite(tags: Sequence[Tag], index: int, words: Sequence[str]) -> bool:
    """Whether "mål" or "plan" here is none that is known: "en ny plan", not "nämndens nya plan"."""
    if not index:
        return False
    for tag in reversed(tags[max(0, index - 3) : index]):
        if has_kind(tag, "determiner", "quantifier") or words[tag.last - 1].endswith(_GENITIVE):
            return False
        if tag.kind and not has_kind(tag, "time"):
            return True
    return True


def _without_asides(tags: list[Tag], words: Sequence[str]) -> list[Tag]:
    place = 1
    while place < len(tags) - 2:
        end = _aside_end(tags, words, place) if words[tags[place].first] in (",", "–", "(") else None
        if end is not None:
            held = [tag for tag in tags[place + 1 : end] if has_kind(tag, *_LIGHT)]
            whole = len(held) == end - place - 1
            tags[place : end + 1] = held if whole else []
        place += 1
    return tags


def _aside_end(tags: Sequence[Tag], words: Sequence[str], begin: int) -> int | None:
    """Where the insertion that this comma opens ends; None where it opens none."""
    closing = {",": ",", "–": "–", "(": ")"}[words[tags[begin].first]]
    limit = min(len(tags) - 1, begin + _LONGEST)
    end = next((i for i in range(begin + 2, limit) if words[tags[i].first] == closing), None)
    if end is None:
        return None
    inner, after = tags[begin + 1 : end], tags[end + 1]
    if any(has_kind(tag, "opener.if", "opener.condition", "opener.but", *_STRONG) for tag in inner):
        return None
    before = tags[begin - 1]
    if closing == ")":
        return None if has_kind(inner[0], "predicate") else end
    if has_kind(before, "opener.that"):
        return end
    if has_kind(after, "opener.that") and has_kind(before, "mode.assess", "frame", "finite.telling", "agent"):
        return end
    if has_kind(after, "opener.that") and any(has_kind(tag, "frame") for tag in _clause_before(tags, begin, words)):
        return end  # "valde i maj, efter samråd, att ..."
    if _awaits(tags[:begin]) and has_kind(after, *_CONTINUES) and not has_kind(inner[0], "opener.and", "predicate"):
        return end
    if _has_verb(inner) or _has_verb(_clause_before(tags, begin, words)):
        return None
    if has_kind(inner[0], "opener.that") or (len(inner) <= _APPOSITION and has_kind(inner[0], "", "label")):
        return end if has_kind(after, *TENSED, "opener.that") else None
    return end if has_kind(inner[0], *_ADDS) and is_tensed(after) else None


def _awaits(tags: Sequence[Tag]) -> bool:
    """Whether these tags end in an auxiliary that has no main verb yet: "uppdraget har", "målet bedöms inte"."""
    for tag in reversed(tags):
        if has_kind(tag, "finite.fact", "finite.managed", "mode"):
            return True
        if not has_kind(tag, *_LIGHT):
            return has_kind(tag, "subject") and _inverted(tags)
    return False


def _inverted(tags: Sequence[Tag]) -> bool:
    return any(has_kind(tag, "finite.fact", "mode") for tag in tags[-4:])


def _has_verb(tags: Sequence[Tag]) -> bool:
    return any(has_kind(tag, *TENSED, "active") for tag in tags)


def _without_attributes(tags: list[Tag], words: Sequence[str]) -> list[Tag]:
    """Without what stands between article and noun: "det av fullmäktige lämnade uppdraget"."""
    place = 0
    while place < len(tags) - 3:
        if words[tags[place].first] in _PRONOUNS and has_kind(
            tags[place + 1], "preposition", "place", "tail", "time", "opener.dead", "adverb"
        ):
            end = next(
                (i for i in range(place + 2, min(len(tags), place + _ATTRIBUTE)) if has_kind(tags[i], "subject")), None
            )
            if end and words[tags[end].first - 1].endswith(_PARTICIPLE) and not _has_verb(tags[place:end]):
                del tags[place + 1 : end]
        place += 1
    return tags


def _without_names(tags: list[Tag], words: Sequence[str]) -> list[Tag]:
    """Without what only says which assignment or goal it is: "målet om att andelen skulle öka | har nåtts"."""
    for place in range(len(tags) - 2, -1, -1):
        if not tags[place].kind.startswith("subject"):
            continue
        named = has_kind(tags[place], *_STRONG) and has_kind(tags[place + 1], *_NAMING)
        if not named and not _is_defined(tags, place):
            continue
        if _has_verb(_clause_before(tags, place, words)):
            continue
        verb = _main_verb(tags, place + 1, words)
        if verb is None:
            continue
        begin = verb
        while begin > place + 1 and has_kind(tags[begin - 1], *_LIGHT):
            begin -= 1
        dropped = tags[place + 1 : begin]
        if any(has_kind(tag, "time.last", "time.year") and words[tag.first - 1] in _OF_YEAR for tag in dropped):
            continue
        tags[place + 1 : begin] = []
    return tags


def _without_frames(tags: list[Tag]) -> list[Tag]:
    """Without an opening that only refers to the assignment: "i enlighet med uppdraget har planen reviderats"."""
    if len(tags) > 2 and has_kind(tags[0], "tail") and has_kind(tags[1], *_STRONG) and is_tensed(tags[2]):
        return tags[2:]
    return tags


def _with_objects_after(tags: list[Tag], words: Sequence[str]) -> list[Tag]:
    """With an object that stands first behind its verb: "målet | har vi nått" as "har vi nått | målet"."""
    first = next((i for i, tag in enumerate(tags) if not has_kind(tag, *_LIGHT, "determiner")), len(tags))
    if first + 3 >= len(tags) or not has_kind(tags[first], "subject.strong", "subject.named"):
        return tags
    if not has_kind(tags[first + 1], "finite.fact", "mode") or not has_kind(tags[first + 2], "agent"):
        return tags
    verb = next((i for i in range(first + 3, len(tags)) if not has_kind(tags[i], *_LIGHT)), None)
    if verb is None or not has_kind(tags[verb], "active", "predicate.done.state", "predicate.going.begun"):
        return tags
    if has_kind(tags[verb], "predicate.going.begun") and _is_infinitive(tags, verb + 1, words):
        return tags  # "planen har vi börjat använda"
    return [*tags[:first], *tags[first + 1 : verb + 1], tags[first], *tags[verb + 1 :]]


def _with_topics(tags: list[Tag], words: Sequence[str]) -> list[Tag]:
    """With the assignment for those who do it: "med uppdraget | har vi inte börjat" as "har uppdraget inte börjat"."""
    if len(tags) < _TOPIC or words[tags[0].first] not in _TOPICAL:
        return tags
    if not has_kind(tags[1], *_STRONG, "subject.weak", "subject.named"):
        return tags
    verb = next((i for i in range(2, min(_ATTRIBUTE, len(tags))) if has_kind(tags[i], *TENSED, "opener")), 2)
    follows = verb + 1 < len(tags) and has_kind(tags[verb + 1], "agent", "ordinary", "subject.noun")
    if follows and has_kind(tags[verb], *TENSED, "predicate"):
        return [tags[verb], tags[1], *tags[verb + 2 :]]
    return tags


def _with_degree_within(tags: list[Tag]) -> list[Tag]:
    """With a degree that stands first behind the verb: "delvis uppfyllt är ..." as "uppfyllt är delvis ..."."""
    kinds = (("degree.part", "degree.full"), ("predicate",), ("finite.fact",))
    if len(tags) > len(kinds) and all(has_kind(tag, *some) for tag, some in zip(tags, kinds, strict=False)):
        return [tags[1], tags[2], tags[0], *tags[3:]]
    return tags


def _is_defined(tags: Sequence[Tag], place: int) -> bool:
    """Whether a relative clause of our own says which it is: "det arbete som nämnden ville se är utfört"."""
    if not place or place + 3 > len(tags) or not has_kind(tags[place - 1], "determiner"):
        return False
    if not has_kind(tags[place], "subject.bare", "subject.weak") or not has_kind(tags[place + 1], "opener.relative"):
        return False
    return has_kind(tags[place + 2], "agent", "finite", "predicate.going.begun")


def _clause_before(tags: Sequence[Tag], place: int, words: Sequence[str]) -> Sequence[Tag]:
    begin = place
    while begin > 0 and not has_kind(tags[begin - 1], "opener") and words[tags[begin - 1].first] not in (",", *_CLOSES):
        begin -= 1
    return tags[begin:place]


def _main_verb(tags: Sequence[Tag], begin: int, words: Sequence[str]) -> int | None:
    """Index of the finite verb after the attribute that begins here."""
    opens = has_kind(tags[begin], "opener.that", "opener.content")
    inner = opens and not _is_infinitive(tags, begin + 1, words)
    first: int | None = None
    for index in range(begin, len(tags)):
        tag = tags[index]
        word = words[tag.first]
        if word in _CLOSES or has_kind(tag, *_BREAKS):
            break
        if has_kind(tag, "frame"):
            return None
        if first is not None and (word == "," or has_kind(tag, "opener.and")):
            break
        if has_kind(tag, "opener.relative"):
            inner = True
        elif has_kind(tag, "agent", "subject") and index and words[tags[index - 1].first] == ",":
            break
        elif (is_tensed(tag) and not _is_noun_like(tags, index)) or _is_fronting(tags, index):
            if first is not None:
                return index
            first = index
            if not inner:
                return index
    return first


def _is_fronting(tags: Sequence[Tag], index: int) -> bool:
    """Whether the attribute of an object ends here: "målet om X | nådde vi"."""
    return has_kind(tags[index], "active") and index + 1 < len(tags) and has_kind(tags[index + 1], "agent")


def _is_noun_like(tags: Sequence[Tag], index: int) -> bool:
    return has_kind(tags[index], "mode") and index > 0 and has_kind(tags[index - 1], "article", "preposition")


def _is_infinitive(tags: Sequence[Tag], begin: int, words: Sequence[str]) -> bool:
    for tag in tags[begin : begin + 4]:
        if has_kind(tag, "nonfinite", "active"):
            return True
        if has_kind(tag, "mode.duty", "finite"):
            return False
        if not tag.kind and words[tag.first].endswith(_INFINITIVE):
            return True
    return False


def _with_antecedents(tags: list[Tag], words: Sequence[str]) -> list[Tag]:
    """With pronouns that take up the assignment or goal named before as such: "vad gäller målet ... att det nås"."""
    first = next((i for i, tag in enumerate(tags) if has_kind(tag, *_STRONG)), None)
    if first is None:
        return tags
    noun = words[tags[first].last - 1]
    gender = "neuter" if tags[first].kind == "subject.bare" else _GENDERS.get(noun[-1], "plural")
    if gender == "common" and noun in _PLURALS:
        gender = "plural"
    for index in range(first + 1, len(tags) - 1):
        tag = tags[index]
        if tag.kind == "article.any" or has_kind(tag, "part", "thing"):
            break
        if tag.last - tag.first == 1 and _PRONOUNS.get(words[tag.first]) == gender and _is_subject(tags, index):
            tags[index] = Tag("subject.strong", tag.first, tag.last)
    return tags


def _is_subject(tags: Sequence[Tag], index: int) -> bool:
    before, after = tags[index - 1], tags[index + 1]
    if has_kind(before, "preposition", "place", "tail"):
        return False
    follows = has_kind(after, *TENSED, *_LIGHT) and not has_kind(after, "frame")
    return follows and not any(has_kind(tag, *_STRONG, "opener.that", "frame") for tag in tags[index + 1 : index + 6])
