"""Contrast: words that turn the verdict of the sentence or of the one before it ("men", "dock", "trots det")."""

from collections.abc import Sequence
from functools import cache

from ljuskoll.nlp.language.phrases import Lexicon, Tag, Tokens

KIND = "contrast"

_TABLES = ("always", "pseudo", "depends")
_ASIDE = (",", ";", ":", "–", "-", "(", "—", "men", "och")
"""After these a word stands first in its clause."""
_SPEECH_REACH = 3
"""So many words before "även om" may a verb such as "beslutade" stand."""


def find_contrast(tokens: Tokens) -> list[Tag]:
    """Tags of kind "contrast", in order of place."""
    tags = _lexicon().find(tokens)
    if not tags:
        return []
    pseudo = [tag for tag in tags if tag.kind == "pseudo"]
    found: list[Tag] = []
    for tag in tags:
        if tag.kind == "pseudo" or (found and tag.first < found[-1].last):
            continue
        if any(tag.first < other.last and other.first < tag.last for other in pseudo):
            continue
        if tag.kind == "always" or _turns(tag, tokens):
            found.append(Tag(KIND, tag.first, tag.last))
    return found


@cache
def _lexicon() -> Lexicon:
    return Lexicon.load(__package__, "contrast.toml", *_TABLES)


@cache
def _context(table: str) -> Lexicon:
    return Lexicon.load(__package__, "contrast.toml", table)


def _turns(tag: Tag, tokens: Tokens) -> bool:
    """Whether a word that may also mean something else is one of contrast here."""
    words = tokens.words
    opens = tag.first == 0 or words[tag.first - 1] in _ASIDE
    word = tag.kind.partition(".")[2]
    if word == "meanwhile":
        return _is_meanwhile(tag, words, opens)
    if word == "whereas":
        return words[tag.first - 1] == "," if tag.first else False
    if word == "also_if":
        begin = max(0, tag.first - _SPEECH_REACH)
        return tag.last < len(words) and (opens or not _has("speech", words[begin : tag.first]))
    if tag.first and not opens and _has("fixed", words[tag.first - 1 : tag.first]):
        return False
    following = words[tag.last : tag.last + 1]
    return tag.last - tag.first > 1 or (bool(following) and _has("clause", following, "clause.openers"))


def _is_meanwhile(tag: Tag, words: Sequence[str], opens: bool) -> bool:
    if tag.last == len(words) or not words[tag.last][0].isalnum():
        return False
    after = _kinds("time", words[tag.last : tag.last + 1])
    before = _kinds("time", words[tag.first - 1 : tag.first]) if tag.first else set()
    return "time.after" not in after and "time.before" not in (after if opens else before)


def _has(table: str, words: Sequence[str], kind: str = "") -> bool:
    """Whether a phrase of the table stands among the words, and none but of this kind where one is named."""
    kinds = _kinds(table, words)
    return kinds == {kind} if kind else bool(kinds)


def _kinds(table: str, words: Sequence[str]) -> set[str]:
    return {tag.kind for tag in _context(table).find(Tokens("", 0, 0, list(words)))}
