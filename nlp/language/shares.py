"""Whether a share ("hälften av", "nio av tolv", "60 procent") is a part of what is done, or of anything else."""

from collections.abc import Sequence

from ljuskoll.nlp.language.phrases import Tag, Tokens, is_word
from ljuskoll.nlp.language.share_clauses import is_short_of, words_around
from ljuskoll.nlp.language.share_words import is_made, is_of_goal, is_of_rules, is_reached, lists_of_words, value_of

_HEAD_REACH = 4
_ONLY_REACH = 9
_SHORT = 4


def is_percentage_of_done(tag: Tag, tokens: Tokens) -> bool:
    """Of "60 procent": whether "är monterade" or the like follows."""
    words = tokens.words
    lists = lists_of_words()
    value = value_of(words[tag.first])
    if value is not None and value >= 100:
        return False
    before = tag.first - 1
    while before > 0 and words[before] in lists.words["about"]:
        before -= 1
    if _is_level(words, before):
        return False
    if _is_managed(words, before) or (value is not None and _is_rate(words, before)):
        return True
    if is_short_of(tag, tokens):
        following = words[tag.last : tag.last + 1]
        return (before >= 0 and words[before] in lists.words["reaching"]) or (
            bool(following) and following[0] in lists.words["getting"]
        )
    if value is not None and before >= 0 and words[before] in lists.words["leaving"]:
        return _is_extent_of_deed(words, before)
    return _is_share_done(tag, words, before)


def _is_share_done(tag: Tag, words: Sequence[str], before: int) -> bool:
    """Whether "är monterade" or the like stands around "60 procent", "varannan skola"."""
    lists, value = lists_of_words(), value_of(words[tag.first])
    strange = value is None and words[tag.last - 1].endswith(lists.endings["stranger"])
    following = words[tag.last : tag.last + 3]
    if strange and lists.words["served"].isdisjoint(words):
        return False
    if value is None and any(word in lists.words["gone"] for word in following[1:]):
        return following[0] in lists.words["be"]
    if not following:
        return False
    come = is_made(following[0]) or following[0] in lists.words["gone"]
    if value is None and before >= 0 and words[before] in lists.words["be"] and come:
        return True
    if words[before] in lists.words["be"] and before >= 0 and value is not None:
        return following[0] in lists.words["ready"] or is_made(following[0]) or is_reached(following[0])
    if following[0] not in lists.words["be"]:
        return False
    return any(word in lists.words["ready"] or is_made(word) for word in following[1:])


def _is_extent_of_deed(words: Sequence[str], before: int) -> bool:
    """Whether "till" at this place tells how far something is done: "är betad till", "har tagits hem till"."""
    lists = lists_of_words()
    verb = words[max(0, before - 1)]
    if verb in lists.words["particle"] and is_made(words[max(0, before - 2)]):
        return True
    if words[before] not in lists.words["toward"]:
        return False
    if verb.startswith(lists.openings["taken"]):
        return True
    if verb.startswith(lists.openings["change"] + lists.openings["making"]):
        return False
    return is_reached(verb) or verb.endswith(lists.endings["participle"])


def _is_rate(words: Sequence[str], before: int) -> bool:
    """Whether the share of what is to be done is named shortly before: "genomförandegraden är"."""
    rate = lists_of_words().openings["rate"]
    return any(word.startswith(rate) for word in words[max(0, before - _HEAD_REACH) : max(0, before)])


def _is_level(words: Sequence[str], before: int) -> bool:
    """Whether a figure is where some measure stands: "utfallet blev 48 procent", "från 37 till 62 procent"."""
    lists = lists_of_words()
    if before < 1:
        return False
    if words[before] in lists.words["toward"]:
        return not lists.words["from"].isdisjoint(words[max(0, before - 3) : before])
    return words[before] in lists.words["coming"] and words[before - 1].endswith(lists.endings["measured"])


def _is_managed(words: Sequence[str], index: int) -> bool:
    """Whether "med" at this place belongs to a verb: "vi hann med"."""
    lists = lists_of_words().words
    return (
        index > 0
        and words[index] in lists["with"]
        and not lists["managing"].isdisjoint(words[max(0, index - 3) : index])
    )


def is_of_life(tag: Tag, tokens: Tokens) -> bool:
    """Whether the sentence is about what people are, think or do, or where something comes from or goes to."""
    words = tokens.words
    lists = lists_of_words()
    living = lists.words["living"].intersection(words_around(tag, words))
    if living and (lists.words["office"].isdisjoint(words) or not living <= lists.words["men"]):
        return True
    heads = words[tag.last : tag.last + (2 if words[tag.last - 1] in lists.words["of"] else 1)]
    received = words[max(0, tag.first - 1)] in lists.words["toward"] and value_of(words[tag.last - 1]) is not None
    if not lists.words["spread"].isdisjoint(heads) and not received:
        return True
    if words[tag.last - 1] not in lists.words["of"] and not lists.words["wide"].isdisjoint(
        words[tag.last : tag.last + 2]
    ):
        return True
    if not lists.words["place"].isdisjoint(heads) and not is_of_goal(tokens):
        return True
    if _is_of_others(tag, words) and not is_of_goal(tokens):
        return True
    goes = not lists.words["going"].isdisjoint(words[max(0, tag.first - 1) : tag.first])
    if goes and not lists.words["toward"].isdisjoint(words[tag.last : tag.last + _HEAD_REACH]):
        return True
    for index in range(tag.last, len(words) - 1):
        if words[index] in lists.words["fromward"] and words[index + 1] in lists.words["source"]:
            return True
        if words[index] in lists.words["going"] and words[index + 1] in lists.words["toward"]:
            return True
        if words[index] in lists.words["be"] and words[index + 1] in lists.words["age"]:
            return True
    return False


def _is_of_others(tag: Tag, words: Sequence[str]) -> bool:
    """Whether a share is of people or bodies that nothing is done for, or of the greatest of a kind."""
    lists = lists_of_words()
    if value_of(words[tag.last - 1]) is not None:
        return False
    few = words[tag.first] in lists.words["few"]
    if words[max(0, tag.first - 1)] in lists.words["with"] and any(map(is_made, words[: tag.first])):
        return False
    for word in words[tag.last : tag.last + _HEAD_REACH]:
        if not is_word(word) or word in lists.words["be"]:
            return False
        if few and (
            word in lists.words["us"]
            or word in lists.words["superlative"]
            or word.endswith(lists.endings["superlative"])
        ):
            return True
        if word.endswith(lists.endings["stranger"]):
            if not lists.words["served"].isdisjoint(words):
                return False
            return few or not any(one.endswith(lists.endings["served"]) for one in _clause_of(tag, words))
    return False


def is_of_place(tag: Tag, tokens: Tokens) -> bool:
    """Whether the share is of a place."""
    words, lists = tokens.words, lists_of_words()
    start = tag.last
    if words[start - 1] not in lists.words["of"] and words[start - 1] not in lists.words["half"]:
        start += 1
        if lists.words["of"].isdisjoint(words[tag.last : start]):
            return False
    places = lists.endings["place"]
    return any(word.endswith(places) for word in words[start : start + _HEAD_REACH - 1])


def is_in_state(tokens: Tokens) -> bool:
    """Whether the sentence says of ground, roads or buildings that they happen to be in some state."""
    return not lists_of_words().words["state"].isdisjoint(tokens.words)


def follows_reached(tag: Tag, tokens: Tokens) -> bool:
    """Whether a word of something reached, finished or introduced stands shortly before, in the same clause."""
    for index in range(tag.first - 1, max(-1, tag.first - 4), -1):
        if not is_word(tokens.words[index]):
            return False
        if is_reached(tokens.words[index]):
            return True
    return False


def is_background(tag: Tag, tokens: Tokens) -> bool:
    """Whether a share tells why something is so, who did it, or what a whole is made up of."""
    words, lists = tokens.words, lists_of_words()
    before = tag.first - 1
    while before > 0 and words[before] in lists.words["about"]:
        before -= 1
    if before > 0 and words[before] in lists.words["then_as"] and words[before + 1] in lists.words["just"]:
        return True
    if before >= 0 and words[before] in lists.words["supplying"]:
        return True
    around = words[max(0, before - 2) : max(0, before)]
    if before > 0 and words[before] in lists.words["for"] and not lists.words["making_up"].isdisjoint(around):
        return True
    if before > 0 and words[before] in lists.words["before_noun"] and words[before - 1] in lists.words["than"]:
        return True
    if _is_loose(tag, words) or _is_in_cause(words, before):
        return True
    for index in range(tag.last, len(words) - 1):
        if not is_word(words[index]):
            break
        if words[index + 1] in lists.words["of"] and words[index].endswith(lists.endings["done_to"]):
            return True
    return _is_faulty(tag, words)


def _is_in_cause(words: Sequence[str], before: int) -> bool:
    """Whether a word before, in the same clause, opens a cause, a concession or what had gone before."""
    lists = lists_of_words().words
    for index in range(before, -1, -1):
        if words[index] in lists["border"]:
            return words[index] in lists["cause"]
        if words[index] in lists["past"] and words[index + 1] in lists["that"]:
            return True
        if words[index] in lists["even"] and words[index + 1] in lists["if"]:
            return True
    return False


def _is_loose(tag: Tag, words: Sequence[str]) -> bool:
    """Whether something is said of some of them without a verb: "elva träffar, flera av dem långa"."""
    lists = lists_of_words().words
    before = tag.first - 1
    if before > 0 and words[before] in lists["one"]:
        before -= 1
    if lists["them"].isdisjoint(words[tag.last : tag.last + 1]) or before < 0 or is_word(words[before]):
        return False
    return (lists["be"] | lists["getting"]).isdisjoint(_clause_of(tag, words))


def _is_faulty(tag: Tag, words: Sequence[str]) -> bool:
    """Whether the share is of what went wrong: "gick ut för sent", "hade brister"."""
    faulty, border = lists_of_words().openings["faulty"], lists_of_words().words["clause_border"]
    for word in reversed(words[max(0, tag.first - _HEAD_REACH) : tag.first]):
        if not is_word(word) or word in border:
            break
        if word.startswith(faulty):
            return True
    found = False
    for word in words[tag.last : tag.last + _ONLY_REACH]:
        if not is_word(word) or word in border or (found and is_reached(word) and is_made(word)):
            return found and (not is_word(word) or word in border)
        if word in lists_of_words().words["us"]:
            return True
        found = found or word.startswith(faulty)
    return found


def accompanies(tag: Tag, tokens: Tokens) -> bool:
    """Whether one thing goes with another, where no plan is followed: "priset följer i hög grad räntan"."""
    words = tokens.words
    verbs = lists_of_words().words["accompanying"]
    return not verbs.isdisjoint(words[max(0, tag.first - 2) : tag.first]) and not is_of_rules(words)


def is_all_sorts(tag: Tag, tokens: Tokens) -> bool:
    """Whether "det mesta" is what a verb is about that tells of nothing done: "förklarar det mesta"."""
    words, lists = tokens.words, lists_of_words()
    if words[tag.last - 1] not in lists.words["most"] or tag.first < 2:
        return False
    before, following = words[tag.first - 2], words[tag.last : tag.last + 1]
    if not is_word(before) or before in lists.words["clause_border"] or not lists.words["be"].isdisjoint(following):
        return False
    return not (before in lists.words["be"] or before in lists.words["doing"] or is_reached(before))


def is_ratio(tag: Tag, tokens: Tokens) -> bool:
    """Whether both numbers are in the share ("nio av tolv"), and no more is told of it than that it is or has it."""
    words, lists = tokens.words, lists_of_words()
    if (
        value_of(words[tag.last - 1]) is None
        or words[tag.last - 1] in lists.words["idiom"]
        or not lists.words["having"].isdisjoint(words[tag.last : tag.last + 1])
        or not lists.words["partner"].isdisjoint(words[max(0, tag.first - 1) : tag.first])
        or any(word.endswith(lists.endings["stranger"]) for word in words[tag.last : tag.last + 1])
        or lists.words["of"].isdisjoint(words[tag.first : tag.last - 1])
    ):
        return False
    clause = words_around(tag, words)
    if not all(lists.words[name].isdisjoint(clause) for name in ("happening", "state", "agreeing")):
        return False
    telling = lists.endings["deed"] + lists.endings["active"]
    return not any(len(word) > _SHORT and word.endswith(telling) for word in clause)


def is_limit(tag: Tag, tokens: Tokens) -> bool:
    """Whether "bara i", "endast för" tells where something was done that was to be done in more places."""
    words, lists = tokens.words, lists_of_words()
    if words[tag.last - 1] not in lists.words["to"]:
        return _is_only_done(tag, tokens)
    if tag.last == len(words) or words[tag.last] in lists.words["manner"]:
        return False
    if not tag.first:
        verb = next((i for i, word in enumerate(words[:_ONLY_REACH]) if word in lists.words["be"]), len(words))
        return any(is_reached(word) or word in lists.words["running"] for word in words[verb + 1 :])
    before = words[tag.first - 1]
    if before in lists.words["limiting"] and (is_of_goal(tokens) or not lists.words["running"].isdisjoint(words)):
        return True
    if before in lists.words["working"] or before in lists.words["so_far"]:
        return True
    if is_reached(before) and before.endswith(lists.endings["participle"] + lists.endings["deed"]):
        return True
    return before.endswith(lists.endings["participle"]) and not lists.words["expectation"].isdisjoint(words)


def is_only(tag: Tag, tokens: Tokens) -> bool:
    """Whether "bara" or the like stands directly before: more was to be done."""
    words, lists = tokens.words, lists_of_words().words
    before = tag.first - 1
    if before < 0 or words[before] in lists["just"]:
        return before >= 0
    return words[before] in lists["to"] and before > 0 and words[before - 1] in lists["just"] and is_of_goal(tokens)


def _is_only_done(tag: Tag, tokens: Tokens) -> bool:
    """Whether something known is the only thing done: "bara den norra har målats", "det blev bara den norra"."""
    words, lists = tokens.words, lists_of_words()
    if tag.first and words[tag.first - 1] in lists.words["coming"]:
        return is_short_of(tag, tokens)
    if tag.first and words[tag.first - 1] not in lists.words["then"]:
        return False
    for index in range(tag.last, min(len(words), tag.last + _ONLY_REACH)):
        if words[index] in lists.words["relative"] or words[index] in lists.words["recent"]:
            return False
        if words[index] in lists.words["be"]:
            return any(word in lists.words["able"] or is_made(word) for word in words[index + 1 : index + _HEAD_REACH])
        if words[index].endswith(lists.endings["passive_past"]):
            return True
    return False


def describes(tag: Tag, tokens: Tokens, *, works: bool) -> bool:
    """Whether a word of degree says how something lies or is made up, in a sentence that tells of work or not."""
    words, lists = tokens.words, lists_of_words()
    if not works and (
        (not lists.words["background"].isdisjoint(_clause_of(tag, words)) and not is_of_rules(words))
        or not lists.words["quantifier"].isdisjoint(words[tag.last - 1 : tag.last + 1])
    ):
        return True
    quantifier = lists.words["quantifier"]
    quantified = not quantifier.isdisjoint(words[tag.last : tag.last + 1])
    if quantified and is_of_life(Tag(tag.kind, tag.first, tag.last + 1), tokens):
        return True
    if not lists.words["of"].isdisjoint(words[tag.last : tag.last + 1]):
        tag = Tag(tag.kind, tag.first, tag.last + 1)
    if (words[tag.first] in lists.words["nearly"] or words[tag.last - 1] in lists.words["of"]) and is_of_life(
        tag, tokens
    ):
        return True
    if _follows_description(tag, words) or _is_size_of_change(tag, words):
        return True
    following = words[tag.last : tag.last + 2]
    if len(following) > 1 and following[0] in lists.words["been"] and not is_reached(following[1]):
        return True
    if following and (
        following[0] in lists.words["share"]
        or following[0].startswith(lists.openings["change_whole"])
        or following[0] in lists.words["comparative"]
        or (words[tag.last - 1] not in quantifier and following[0].endswith(lists.endings["comparative"]))
    ):
        return True
    if not lists.words["only"].isdisjoint(words[max(0, tag.first - _HEAD_REACH) : tag.first]):
        return False
    if following and is_reached(following[0]):
        return False
    making = lists.openings["making"]
    return any(word.startswith(making) for word in words[max(0, tag.first - 3) : tag.first]) or any(
        word.startswith(making) for word in words[tag.last : tag.last + 2]
    )


def _clause_of(tag: Tag, words: Sequence[str]) -> Sequence[str]:
    """The words around the tag up to a mark or a conjunction that begins another clause."""
    border = lists_of_words().words["border"]
    first, last = tag.first, tag.last
    while first > 0 and words[first - 1] not in border:
        first -= 1
    while last < len(words) and words[last] not in border:
        last += 1
    return words[first:last]


def counts_units(tag: Tag, tokens: Tokens) -> bool:
    """Whether what is left are months, kronor or the like, or not one."""
    lists = lists_of_words().words
    words = tokens.words[tag.first : tag.last + 1]
    if tag.first and tokens.words[tag.first - 1] in lists["not"]:
        return True
    return not lists["unit"].isdisjoint(words) or words[-1].startswith(lists_of_words().openings["span"])


def starts_with_unit(words: Sequence[str]) -> bool:
    """Whether the first word is one of months, kronor or the like."""
    return bool(words) and words[0] in lists_of_words().words["unit"]


def _follows_description(tag: Tag, words: Sequence[str]) -> bool:
    """Whether a verb in the present tense stands before that tells of no work: "täcker delvis kostnaden"."""
    lists = lists_of_words()
    if not tag.first or is_of_rules(words):
        return False
    before = tag.first - 1
    verb = words[before - 1] if before and words[before] in lists.words["to"] else words[before]
    if not verb.endswith(lists.endings["present"]) or verb in lists.words["auxiliary"]:
        return False
    if is_reached(verb) or verb.startswith(lists.openings["working"]):
        return False
    following = words[tag.last : tag.last + 2]
    return bool(following) and not any(
        word in lists.words["ready"] or word.endswith(lists.endings["participle"]) for word in following
    )


def _is_size_of_change(tag: Tag, words: Sequence[str]) -> bool:
    """Whether it is what something fell or rose to: "föll till nästan hälften"."""
    lists = lists_of_words()
    verb = words[max(0, tag.first - 1)]
    return (
        words[tag.first] in lists.words["toward"]
        and verb.startswith(lists.openings["change"])
        and not verb.startswith(lists.openings["taken"])
    )


def is_of_what_was_meant(tag: Tag, tokens: Tokens) -> bool:
    """Whether it is a share of what was decided or planned: "hälften av den beslutade nivån"."""
    lists = lists_of_words().words
    following = tokens.words[tag.last : tag.last + 2]
    return tokens.words[tag.last - 1] in lists["of"] and not lists["decided"].isdisjoint(following)


def is_change(tag: Tag, tokens: Tokens) -> bool:
    """Whether the share is by how much something changed: "minskade med hälften"."""
    lists = lists_of_words()
    before, share = tokens.words[max(0, tag.first - 3) : tag.first], tokens.words[tag.first : tag.last]
    if not any(word in lists.words["fraction"] or word.endswith(lists.endings["fraction"]) for word in share):
        return False
    following = [] if tokens.words[tag.last - 1] in lists.words["of"] else tokens.words[tag.last : tag.last + 1]
    if following and (
        following[0] in lists.words["comparative"] or following[0].endswith(lists.endings["comparative"])
    ):
        return True
    return not lists.words["change"].isdisjoint(before) and any(
        w.startswith(lists.openings["change"]) for w in tokens.words
    )
