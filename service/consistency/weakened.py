"""Whether a title asks for less than the same assignment's did before: a smaller deed, no amount, a later year."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from ljuskoll.nlp.language.word_files import word_file
from ljuskoll.service.consistency.title_words import stem_of
from ljuskoll.service.consistency.titles import Title

LONGEST = 9
"""Letters by which words are compared: endings that the list of endings leaves stand after these."""
MIN_CONTENT = 2
"""Words of content of a title whose year is a date by which."""
_UMLAUTS = str.maketrans("åäö", "aao")
_YEAR = re.compile(r"(?:19|20)\d\d")


@cache
def _words(table: str, name: str) -> frozenset[str]:
    return frozenset(word_file(__package__, "weakened.toml")[table][name])


def asks_for_less(one: Title, other: Title, *, same_year: bool) -> bool:
    """Whether `other`, the later of two titles of one assignment, asks for less; `same_year`: both of one year.

    A year is only put off within a year: titles of what comes again each year have the year in them.
    """
    one, other = one.as_written or one, other.as_written or other
    return (
        _does_less(one, other)
        or _goes_less_far(one, other)
        or _concerns_some(one, other)
        or _leaves_out(one, other)
        or _counts_one(one, other)
        or (same_year and _is_put_off(one, other))
    )


def _new(one: Title, other: Title, table: str, name: str) -> bool:
    """Whether `other` has one of some words, and `one` has none."""
    words = _words(table, name)
    return not words.isdisjoint(other.words) and words.isdisjoint(one.words)


def _content(title: Title) -> set[str]:
    """The stems of what a title is about, whatever is to be done about how much of it."""
    return set(title.content) - title.amounts - _how_stems()


@cache
def _how_stems() -> frozenset[str]:
    named = {"deeds": ("less", "full", "closing"), "degrees": ("whole", "part"), "share": ("some", "may")}
    return frozenset(stem_of(word) for table, names in named.items() for name in names for word in _words(table, name))


def _is_same_thing(one: Title, other: Title) -> bool:
    """Whether the later title is about nothing that the earlier is not about, and about most of that."""
    was, now = _content(one), _content(other)
    return bool(now) and now <= was and 2 * len(now) >= len(was)


def _does_less(one: Title, other: Title) -> bool:
    """A step on the way instead of the deed: "Bygga en bro", then "Förbereda byggandet av en bro"."""
    is_full = not _words("deeds", "full").isdisjoint(one.words)
    return is_full and _new(one, other, "deeds", "less") and _is_same_thing(one, other)


def _goes_less_far(one: Title, other: Title) -> bool:
    """ "Halvera matsvinnet", then "Minska matsvinnet"."""
    is_whole = not _words("degrees", "whole").isdisjoint(one.words)
    is_left = not _words("degrees", "whole").isdisjoint(other.words)
    return is_whole and not is_left and _new(one, other, "degrees", "part") and _is_same_thing(one, other)


def _concerns_some(one: Title, other: Title) -> bool:
    """ "Alla förskolor", then "De flesta förskolor", "Två förskolor", or what all of them may have."""
    is_all = not _words("share", "all").isdisjoint(one.words)
    is_still = not _words("share", "all").isdisjoint(other.words)
    is_some = _new(one, other, "share", "some") or _new(one, other, "share", "may") or other.amounts - one.amounts
    return is_all and not is_still and bool(is_some) and _is_same_thing(one, other)


def _leaves_out(one: Title, other: Title) -> bool:
    """The same words but for an amount and what goes with it, or for a deed that closes ("och anta")."""
    gone, come = _changed(one, other)
    if come or not gone:
        return False
    amounts = gone & set(one.amounts)
    if amounts and not other.amounts:
        return gone - amounts <= _words("beside", "words")
    deeds = _words("deeds", "closing") | _words("deeds", "full")
    return "och" in gone and gone - {"och"} <= deeds and len(gone) > 1


def _counts_one(one: Title, other: Title) -> bool:
    """One thing instead of several, or several instead of one."""
    gone, come = _changed(one, other)
    articles = _words("beside", "one")
    return any(
        len(counted & title.amounts) == 1 and len(counted - title.amounts) == 0 and bool(single) and single <= articles
        for counted, single, title in ((gone, come, one), (come, gone, other))
    )


def _changed(one: Title, other: Title) -> tuple[set[str], set[str]]:
    """The words that the later title lacks and those that it has got, whatever their endings and order."""
    was, now = Counter(map(_root, one.words)), Counter(map(_root, other.words))
    return set(_of_roots(one, was - now)), set(_of_roots(other, now - was))


def _of_roots(title: Title, roots: Counter[str]) -> Iterator[str]:
    return (word for word in title.words if _root(word) in roots)


def _root(word: str) -> str:
    """A word's stem, the same for forms that change a vowel ("stad", "städer")."""
    return "ny" if word in _words("beside", "new") else stem_of(word).translate(_UMLAUTS)[:LONGEST]


def _is_put_off(one: Title, other: Title) -> bool:
    """A later year, all else the same, where that is more than one word ("Budget för 2023" is each year's own)."""
    if len([stem for stem in one.content if not _YEAR.fullmatch(stem)]) < MIN_CONTENT:
        return False
    gone, come = _changed(one, other)
    is_year = len(gone) == len(come) == 1 and all(_YEAR.fullmatch(word) for word in gone | come)
    return is_year and max(come) > max(gone)
