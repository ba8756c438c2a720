"""Where persons are named in a Swedish text: a best effort from lists of names and from what stands around them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ljuskoll.service.masking.surroundings import (
    SPACE,
    begins_sentence,
    does_as_persons,
    is_famous,
    is_in,
    is_official,
    is_thing,
    is_told_after,
    role_before,
)
from ljuskoll.service.masking.words import Role, Word, is_municipality, word_of

_LAST_LATIN = 0x2000
_UPPER = "[" + "".join(one for one in map(chr, range(_LAST_LATIN)) if one.isupper() and one.isalpha()) + "]"
_INITIALS = rf"{_UPPER}\.(?:{SPACE}?-?{_UPPER}\.)*(?!\w)"
_TOKEN = rf"(?:{_INITIALS}|{_UPPER}\w*+(?:[-\u2010\u2011'’]\w++)*+(?::[a-zåäö]+)?)"
_PARTICLES = "(?:af|von|van|der|de|della|la|di|da|dos|el|al|bin|ibn|zu)"
_RUN = re.compile(
    rf"(?<![\w@])(?<!\w-)((?:af|von|van|de{SPACE}la){SPACE})?"
    rf"{_TOKEN}(?:{SPACE}(?:{_PARTICLES}{SPACE}){{0,2}}{_TOKEN})*+"
)
_TOKENS = re.compile(_TOKEN)
_GIVEN_AFTER = re.compile(rf",{SPACE}({_TOKEN})(?!{SPACE}{_UPPER})")
_ADDRESS = re.compile(r"(?:[.:\\]|\w/)\S*/$")
_LONGEST_PATH = 200
_JOINERS = frozenset({", ", " och ", " samt ", " & ", ", och ", "/", " / ", " eller "})
_LONGEST = 4
"""No person has more capitalised words in the name."""


class Span(NamedTuple):
    """A name at text[start:end]."""

    start: int
    end: int


class _Block(NamedTuple):
    """Words in a row that may be a name, after a role; closed where a thing's last word follows."""

    first: int
    last: int
    role: Role
    is_closed: bool


class _Run(NamedTuple):
    """Capitalised words in a row."""

    text: str
    spans: list[tuple[int, int]]
    words: list[Word]


def find_names(text: str) -> Iterator[Span]:
    """Persons' names in order, but for those of officials who are named with their public office."""
    role_after: Role = ""
    end_before = 0
    for found in _RUN.finditer(text):
        start, end = found.span()
        if _is_in_address(text, start):
            continue
        spans = [token.span() for token in _TOKENS.finditer(text, start, end)]
        run = _Run(text, spans, [word_of(text[first:last]) for first, last in spans])
        carried: Role = role_after if text[end_before:start] in _JOINERS else ""
        is_person = found[1] or _is_before_given_name(run, end)
        role = "person" if is_person else role_before(text, start) or carried
        role_after, end_before = "", end
        for block in _blocks(run.words, role):
            role_after = "thing" if block.role == "thing" else ""
            for first, last in _names_in(run, block):
                role_after = "likely"
                yield Span(start if first == 0 else _with_particles(run, first), spans[last - 1][1])


def _with_particles(run: _Run, first: int) -> int:
    """Where the name begins that has this as its first capitalised word: "Herr von Essen"."""
    before = run.spans[first - 1][1]
    return before + 1 if run.text[before : run.spans[first][0]].strip() else run.spans[first][0]


def _is_in_address(text: str, start: int) -> bool:
    """Whether this is a part of a web address or a path; "/Anna Ek" after a text is a signature."""
    return text[start - 1 : start] == "/" and _ADDRESS.search(text, max(0, start - _LONGEST_PATH), start) is not None


def _is_before_given_name(run: _Run, end: int) -> bool:
    """Whether this is a surname before a comma and a given name alone: "LINDSKOG, Eva-Britt"."""
    *others, last = run.words
    following = _GIVEN_AFTER.match(run.text, end)
    if others or following is None or not last.surname or is_municipality(run.text[slice(*run.spans[-1])]):
        return False
    return word_of(following[1]).given


def _blocks(words: list[Word], role: Role) -> Iterator[_Block]:
    """The words between those that have a role of their own."""
    first = 0
    for index, word in enumerate(words):
        if word.role:
            if first < index:
                yield _Block(first, index, role, word.role in ("closing", "thing"))
            role, first = ("" if word.role in ("closing", "stop") else word.role), index + 1
    if first < len(words):
        yield _Block(first, len(words), role, False)


def _names_in(run: _Run, block: _Block) -> Iterator[tuple[int, int]]:
    """The first and, excluded, the last word of each person in a block: a flattened table names several in a row."""
    name = _name_in(run, block)
    while name:
        yield name
        block = block._replace(first=name[1], role="likely")
        name = _name_in(run, block) if block.first < block.last else None


def _name_in(run: _Run, block: _Block) -> tuple[int, int] | None:
    """The first person in a block; None where it names a thing, an official or nobody."""
    if block.is_closed or block.role in ("thing", "office"):
        return None
    name = _candidate(run, block)
    if name is None:
        return None
    start, end = run.spans[name[0]][0], run.spans[name[1] - 1][1]
    is_none = is_thing(run.text, end) or is_official(run.text, start, end) or is_famous(run.text, start)
    return None if is_none else name


def _candidate(run: _Run, block: _Block) -> tuple[int, int] | None:
    first, last, role, _ = block
    longest = min(last, first + _LONGEST)
    if role == "person":
        return first, longest
    known = next((index for index in range(first, last) if run.words[index].known), None)
    if known is None:
        is_told = is_told_after(run.text, run.spans[last - 1][1]) and (last - first > 1 or not _begins(run, first))
        return (first, longest) if is_told or _is_unknown_after_role(run, block) else None
    return _whole(run, known, block) or _lone(run, known, block)


def _is_unknown_after_role(run: _Run, block: _Block) -> bool:
    """Whether two or three words that are in no list stand straight after a title or a label: "rektor Quib Zarn"."""
    is_straight = block.first == 0 or run.words[block.first - 1].role == "likely"
    return block.role == "likely" and is_straight and 1 < block.last - block.first < _LONGEST


def _whole(run: _Run, known: int, block: _Block) -> tuple[int, int] | None:
    """A name of several words, from the first known one on, or from the unknown one before a surname."""
    word, longest = run.words[known], min(block.last, known + _LONGEST)
    following = run.words[known + 1] if known + 1 < block.last else None
    if following and word.given and (following.known or word.lone in ("inside", "always")):
        return known, longest
    if following and following.given and _is_surname_first(word, following):
        return known, known + 2
    if word.initial:
        return (known, longest) if _is_initial(run.text[slice(*run.spans[known])], following) else None
    if word.surname and known > block.first and (not _begins(run, known - 1) or word.lone == "always"):
        return known - 1, longest
    return None


def _is_surname_first(surname: Word, given: Word) -> bool:
    """Whether these are a surname and a given name as tables and registers have them: "Nilsson Marita"."""
    is_sure = surname.lone == "always" or given.lone in ("told", "always")
    return surname.surname and surname.lone != "never" and is_sure


def _is_initial(written: str, following: Word | None) -> bool:
    """Whether "A.", "A" or "A.S." is a person's: before a surname, with a point before any word, or two of them."""
    if following:
        return following.surname or "." in written
    return "." in written and sum(one.isupper() for one in written) > 1


def _lone(run: _Run, known: int, block: _Block) -> tuple[int, int] | None:
    """A given name or a surname alone, where its words or what stands around it says that it is a person."""
    word, end = run.words[known], run.spans[known][1]
    is_sure = word.lone == "always" or (word.lone == "inside" and not _begins(run, known))
    is_told = word.lone != "never" and does_as_persons(run.text, end)
    if is_in(run.text, *run.spans[known]) and word.given:
        return None
    if word.initial or not (is_sure or is_told or block.role == "likely" or is_told_after(run.text, end)):
        return None
    last = known + 1
    while last < block.last and run.words[last].known:
        last += 1
    return known, last


def _begins(run: _Run, index: int) -> bool:
    return index == 0 and begins_sentence(run.text, run.spans[0][0])
