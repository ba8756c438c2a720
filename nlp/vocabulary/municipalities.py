"""Which municipality a document is about: the 290 names, and the forms in which texts name one."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from ljuskoll.nlp.vocabulary.words import either, load, read_text

MIN_NAME = 3
"""Letters of a name that is not in the list."""
FIRST_TEXTS = 3
"""How many texts count as the first lines, where a document presents itself."""
MIN_MENTIONS = 3
DOMINANT_SHARE = 0.8
"""A municipality dominates a text that names several with this many mentions and this share of all."""

_ELEMENT_BREAK = re.compile(r"\s+[-–—|•·/]\s+|[|•·\n]|,\s+")


@cache
def municipality_names() -> tuple[str, ...]:
    """The names of Sweden's 290 municipalities, in Swedish alphabetical order."""
    return tuple(read_text("municipalities.txt").splitlines())


def _data() -> dict[str, Any]:
    return load("municipalities.toml")


@cache
def _by_key() -> dict[str, str]:
    return {_key(name): name for name in municipality_names()}


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _folded(name: str) -> str:
    """A name as domains write it: "Malung-Sälen" as "malungsalen"."""
    decomposed = unicodedata.normalize("NFD", name.casefold())
    return "".join(char for char in decomposed if char.isascii() and char.isalpha())


@cache
def _by_domain() -> dict[str, str]:
    """The names by their domains; what two municipalities would share ("habo") stands for neither."""
    counts = Counter(_folded(name) for name in municipality_names())
    endings = _data()["forms"]["domain_endings"]
    unique = [name for name in municipality_names() if counts[_folded(name)] == 1]
    return {_folded(name) + ending: name for name in unique for ending in endings}


@cache
def _named() -> re.Pattern[str]:
    """One to three words, the first capitalised, before "kommun" or "stad"."""
    word = r"[A-ZÅÄÖÉ][^\W\d_]*(?:-[A-ZÅÄÖÉ][^\W\d_]*)*"
    return re.compile(rf"(?<![\w-])((?:{word}\s+){{0,2}}{word})\s+({either(_kinds())})(?![\w-])")


def _kinds() -> list[str]:
    kinds: list[str] = _data()["forms"]["kinds"]
    return [form for kind in kinds for form in (kind, kind.capitalize(), kind.upper())]


@cache
def _alias() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{either(load('municipalities.toml')['aliases'])})(?![\w-])")


@cache
def _site() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])([a-zåäö-]+)\.{load('municipalities.toml')['forms']['domain']}(?![\w-])", re.IGNORECASE
    )


@cache
def _placed() -> re.Pattern[str]:
    prepositions = either(_data()["forms"]["prepositions"])
    return re.compile(rf"(?<!\w)(?:(?i:{prepositions}))\s+({either(municipality_names())})(?![\w-])")


@cache
def _context() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{either(load('municipalities.toml')['forms']['context'])})(?!\w)", re.IGNORECASE)


def _known(words: str) -> str | None:
    """The municipality that the words before "kommun" name, with or without the genitive."""
    key = _key(words)
    return _by_key().get(key) or (_by_key().get(key[:-1]) if key.endswith("s") else None)


def _stands_alone(match: re.Match[str]) -> bool:
    """Whether name and kind are all that stands there, but for an address ("Tallmo stad, Storgatan 1")."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    return not before.strip() and (not after.strip() or after.lstrip()[0] in ",|–-/·•")


def _plain(words: list[str], kind: str) -> tuple[list[str], str]:
    """Letters as in running text, where all are capitals ("SÄVHULTS KOMMUN")."""
    return ([word.capitalize() for word in words], kind.lower()) if kind.isupper() else (words, kind)


def _unknown(words: list[str], kind: str, alone: bool) -> str | None:
    """A name that the list does not hold, if its form is a name's: a genitive, or a vowel at its end."""
    rules = _data()["unknown"]
    name = words[-1]
    lower = name.casefold()
    if lower.endswith("s"):
        name = name if lower.endswith(tuple(rules["endings_with_s"])) else name[:-1]
    elif not lower.endswith((*rules["vowels"], *rules["places"])) or not (alone or kind.casefold() in rules["kinds"]):
        return None
    ordinary = {lower, name.casefold()} & set(rules["words"]) or lower.endswith(tuple(rules["not_endings"]))
    if ordinary or len(name) < MIN_NAME or name.isupper():
        return None
    head = words[-2] if len(words) > 1 else ""
    return f"{head} {name}" if head in rules["heads"] else name


def _mentions(text: str) -> Iterator[str]:
    """Every municipality that a text names beyond doubt, as often as it does."""
    for match in _named().finditer(text):
        words = match[1].split()
        names = (_known(" ".join(words[first:])) for first in range(len(words)))
        if name := next(filter(None, names), None) or _unknown(*_plain(words, match[2]), _stands_alone(match)):
            yield name
    for match in _alias().finditer(text):
        yield _data()["aliases"][" ".join(match[0].split())]
    for match in _site().finditer(text):
        if name := _by_domain().get(_folded(match[1])):
            yield name


def names_one(text: str) -> bool:
    """Whether a text names a municipality, and not only a quality of one ("En enkel kommun")."""
    return next(_mentions(text), None) is not None


def _placed_mentions(text: str) -> Iterator[str]:
    if _context().search(text):
        for match in _placed().finditer(text):
            yield " ".join(match[1].split())


def _elements(text: str) -> Iterator[str]:
    """The parts of a title or margin that are nothing but a name."""
    for element in _ELEMENT_BREAK.split(text):
        name = _by_key().get(_key(element))
        if name and name not in _data()["bare"]["words"]:
            yield name


def _dominant(counts: Counter[str]) -> str | None:
    """The only one, or the one that stands out from all others."""
    for name, count in counts.most_common(1):
        if len(counts) == 1 or (count >= MIN_MENTIONS and count >= DOMINANT_SHARE * counts.total()):
            return name
    return None


def _of_labels(labels: Iterable[str]) -> str | None:
    """The municipality of a title or of margins: named with its kind, else as a bare element, else "i Leksand"."""
    labels = list(labels)
    for find in (_mentions, _elements, _placed_mentions):
        counts = Counter(name for label in labels for name in find(label))
        if counts:
            return _dominant(counts)
    return None


def _of_texts(texts: Sequence[str]) -> str | None:
    fronts = {name for text in texts[:FIRST_TEXTS] if _named().fullmatch(text.strip()) for name in _mentions(text)}
    if len(fronts) == 1:
        return fronts.pop()
    for find in (_mentions, _placed_mentions):
        counts = Counter(name for text in texts for name in find(text))
        if not counts:
            continue
        if name := _dominant(counts):
            return name
        first = Counter(name for text in texts[:FIRST_TEXTS] for name in find(text))
        leader = max(counts.values())
        return next(iter(first)) if len(first) == 1 and counts[next(iter(first))] == leader else None
    return None


def find_municipality(title: str, texts: Sequence[str], margins: Sequence[str]) -> str | None:
    """The municipality that a document is about; None where it is not said or stays ambiguous.

    The title goes before the margins (page headers, site name, footer), and these before the texts.
    """
    return _of_labels([title]) or _of_labels(margins) or _of_texts(texts)
