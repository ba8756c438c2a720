"""Titles of assignments made ready for comparison, and in what two of them say different things."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from ljuskoll.service.consistency.synonyms import synonyms
from ljuskoll.service.consistency.title_words import (
    code_pattern,
    kinds_of_work,
    number_words,
    orders,
    ordinals,
    shares_part,
    stem_of,
    target_words,
)

LOOKING = frozenset({"investigate", "revise"})
"""Kinds of work that leave things as they are."""
KEPT_TITLES = 1 << 12
"""So many titles that have been read are kept, as links and checks read the same ones often."""

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[.:][^\W\d_]+)*")
_BRACKETS = re.compile(r"\([^()]{1,80}\)\s*$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NOT_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Title:
    """A title ready for comparison: its words as stems, what must not conflict, and the number or code before it.

    `content` holds the stems of words that are neither filler nor kinds of work, each once.
    """

    key: str
    words: tuple[str, ...]
    stems: tuple[str, ...]
    content: tuple[str, ...]
    capitals: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    work: frozenset[str]
    amounts: frozenset[str]
    code: str
    as_written: "Title | None" = None

    @staticmethod
    def read(text: str, municipality: str = "") -> "Title":
        """The title without its number or code and without brackets at its end; `amounts` say how much.

        The municipality's own name is no word of content in its own reports. Where words have synonyms the title is
        also kept as written.
        """
        return _read(text, municipality)

    def is_named_in(self, text: str) -> bool:
        """Whether a text has a word of the title's content, inflected or as a part of a compound."""
        stems = {stem_of(word.casefold()) for word in _WORD.findall(text)}
        return any(shares_part(own, stem) for own in self.content for stem in stems)

    @property
    def sets_target(self) -> bool:
        """Whether the title names a figure or share that is to be met anew each year."""
        words = self.as_written.words if self.as_written else self.words
        return not target_words().isdisjoint(words)


@lru_cache(maxsize=KEPT_TITLES)
def _read(text: str, municipality: str) -> Title:
    text = unicodedata.normalize("NFC", text).strip()
    text = _BRACKETS.sub("", text).strip() or text
    code = code_pattern().match(text)
    text = code_pattern().sub("", text) or text
    found = _WORD.findall(text)
    words = tuple(number_words().get(word.casefold(), word.casefold()) for word in found)
    names = [stem_of(word.casefold()) if word[0].isupper() and not word.isupper() else "" for word in found]
    name = municipality.casefold()
    own = (name, f"{name}s") if name else ()
    made = partial(_made, key=_plain(text), code=_plain(code.group() if code else ""), own=own)
    as_written = made(words, names)
    meant = list(synonyms(stem_of).meant(words, stem_of, orders))
    if tuple(word for _, word in meant) == words:
        return as_written
    return made(tuple(word for _, word in meant), [names[at] for at, _ in meant], as_written=as_written)


def _made(
    words: tuple[str, ...],
    names: Sequence[str],
    *,
    key: str,
    code: str,
    own: Sequence[str],
    as_written: Title | None = None,
) -> Title:
    """The title of these words; `names` holds for each its stem where it may be a name, else ""."""
    stems = tuple(map(stem_of, words))
    content = (stem for word, stem in zip(words, stems, strict=True) if not orders(word) and word not in own)
    return Title(
        key=key,
        words=words,
        stems=stems,
        content=tuple(dict.fromkeys(content)),
        capitals=frozenset(names) - {""},
        names=frozenset(names[1:]) - {""},
        numbers=frozenset(word for word in words if word[0].isdigit()),
        work=frozenset(kinds_of_work()[word] for word in words if word in kinds_of_work()),
        amounts=frozenset(_amounts(words)),
        code=code,
        as_written=as_written,
    )


def _plain(text: str) -> str:
    return _NOT_WORDS.sub(" ", text.casefold()).strip()


def conflicts(one: Title, other: Title) -> frozenset[str]:
    """In what two titles say different things: "numbers", "names", "work"."""
    found = {
        "numbers": one.numbers - other.numbers and other.numbers - one.numbers,
        "names": left_out(one, other) and left_out(other, one),
        "work": one.work and other.work and not one.work & other.work,
    }
    return frozenset(what for what, differs in found.items() if differs)


def left_out(one: Title, other: Title) -> frozenset[str]:
    """The names of `one` that the other title lacks."""
    return one.names - other.names - set(other.stems)


def differ_in_amounts(one: Title, other: Title) -> bool:
    """Whether two titles say the same but for how much."""
    contents = [set(title.content) - title.amounts for title in (one, other)]
    return contents[0] == contents[1] != set() and one.amounts != other.amounts


def asks_for_other(one: Title, other: Title) -> bool:
    """Whether two titles that are alike differ in an amount, or the later only looks into the matter."""
    differing = conflicts(one, other)
    if not differing and len(one.words) == len(other.words):
        changed = [pair for pair in zip(one.words, other.words, strict=True) if pair[0] != pair[1]]
        return bool(changed) and all(was in one.amounts and now in other.amounts for was, now in changed)
    if differing == {"numbers"}:
        return one.amounts != other.amounts and one.numbers - one.amounts == other.numbers - other.amounts
    return differing == {"work"} and bool(other.work & LOOKING) and not one.work & LOOKING


def shares_a_word(one: Title, other: Title) -> bool:
    """Whether two titles have a word of content or an amount in common, though it be little."""
    if not (one.amounts | set(one.content)).isdisjoint(other.amounts | set(other.content)):
        return True
    return any(shares_part(own, stem) for own in one.content for stem in other.content)


def widens(one: Title, other: Title) -> bool:
    """Whether either title names a place or a thing by name and the other names none."""
    return bool(one.names) is not bool(other.names)


def _amounts(words: Sequence[str]) -> Iterator[str]:
    """The figures of a title that are neither years nor tell which one of several is meant."""
    for before, word in zip(("", *words), words, strict=False):
        if word[0].isdigit() and not _YEAR.fullmatch(word) and before not in ordinals():
            yield word
