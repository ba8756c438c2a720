"""What a single word tells about a name: the names and contexts of the TOML files beside this, looked up."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from ljuskoll.nlp.vocabulary.municipalities import municipality_names

Role = Literal["", "person", "likely", "thing", "office", "closing", "stop"]
"""What a word makes of the name after it; "closing" ends the name of a thing, "stop" is never part of a name."""

_FOREIGN = frozenset("čćžšđłńśźżąęğıışţțřňűőíóúñãõç'’")
_REMEMBERED = 200_000
_ROMAN = re.compile("[IVX]{2,}(?::s)?")
_SHORTEST_IN_CAPITALS = 4


class Word(NamedTuple):
    """A capitalised word: whether it can be a given name, a surname or an initial, and when it is one standing alone.

    `lone`: never without a title or label, where what follows tells it, inside a sentence, always.
    """

    role: Role = ""
    given: bool = False
    surname: bool = False
    initial: bool = False
    lone: Literal["never", "told", "inside", "always"] = "never"

    @property
    def known(self) -> bool:
        """Whether this is known as a part of a name, or has the shape of one."""
        return self.given or self.surname or self.initial


@lru_cache(maxsize=_REMEMBERED)
def word_of(written: str) -> Word:
    """What a capitalised word is, in the genitive too."""
    if written == "I":
        return Word("stop")
    is_double = len(written) == 3 and written[1] == "-" and written.isupper()
    if "." in written or len(written) == 1 or is_double or written in _words("surnames", "initials"):
        return Word(initial=True)
    if _ROMAN.fullmatch(written):
        return Word("thing")
    if any(character.isdigit() for character in written):
        return Word("stop")
    if written.isupper():
        return _in_capitals(written)
    found = _known(written) or (_known(written[:-1]) if written.endswith("s") else None)
    return found or _shaped(written) or Word()


@lru_cache(maxsize=_REMEMBERED)
def role_of(word: str) -> Role:
    """What a word, in lower case, makes of a name after it."""
    roles: tuple[Role, ...] = ("office", "thing", "person", "likely")
    return next((role for role in roles if _in_list(word, role)), "likely" if word in _words("person", "calls") else "")


def is_title(word: str) -> bool:
    """Whether the word, in lower case, is the title of one person: "enhetschef"."""
    return _in_list(word, "likely") and not word.endswith(("na", "er", "en"))


def is_shortened(word: str) -> bool:
    """Whether a point after the word, in lower case, shortens it: "fam. Berg"."""
    return word in _words("person", "shortened")


def is_place(word: str) -> bool:
    """Whether a word after a name in the genitive makes it a place: "skola", "torg"."""
    return word in _words("thing", "places")


def is_never_after_person(word: str) -> bool:
    """Whether a word after a name, in any form, says that it is none of a person: "Mina meddelanden"."""
    return word in _words("thing", "not_persons")


def is_about(word: str) -> bool:
    """Whether "för" or "om" and a name after this word, in lower case, names a thing: "detaljplanen"."""
    return word in _words("thing", "about")


def is_of_kin(word: str) -> bool:
    """Whether the word, in lower case, announces a person before a colon, whatever follows: "mormor"."""
    return word in _words("person", "kin")


def is_municipality(written: str) -> bool:
    """Whether this is the name of a municipality."""
    return written in _places()


def is_label(word: str) -> bool:
    """Whether the word, in lower case, announces a person before a colon: "ansvarig"."""
    return word in _words("person", "labels") or word.endswith(_endings("person", "labels"))


@cache
def contexts() -> dict[str, Any]:
    """The contexts as written in contexts.toml."""
    return _load("contexts")


def _in_capitals(written: str) -> Word:
    """A name in capitals counts beside another name or a role only: headings and abbreviations have capitals too."""
    named = "-".join(part.capitalize() for part in written.split("-"))
    found = (_known(named) or _shaped(named)) if len(written) >= _SHORTEST_IN_CAPITALS else None
    if found and found.known:
        return found._replace(lone="told" if found.lone == "always" else "never")
    return Word("closing" if written in _words("thing", "company") else "stop")


def _known(written: str) -> Word | None:
    """A word of the lists; double names by their parts."""
    first, *others = written.split("-")
    if others and not others[-1][:1].isupper():
        return Word("closing")
    if not others or not (_single(first) or _single(others[-1])):
        return _single(written)
    given, surname = ((_single(part) or _shaped(part) or Word()) for part in (first, others[-1]))
    is_sure = given.given or (given.surname and surname.surname)
    return Word(given=given.given, surname=surname.surname, lone="always" if is_sure else "never")


def _single(written: str) -> Word | None:
    given, surname = written in _given(), written in _surnames()
    if not given and not surname:
        return _other(written)
    if written in _places() or written in _words("given", "seldom"):
        return Word(given=given, surname=surname, lone="told")
    if written in _words("given", "common"):
        return Word(given=True, surname=surname, lone="inside")
    lone = given or written in _words("surnames", "sure")
    return Word(given=given, surname=surname, lone="always" if lone else "told")


def _other(written: str) -> Word | None:
    lower = written.lower()
    if role := role_of(lower):
        return Word(role)
    if written in _words("thing", "company") or is_place(lower):
        return Word("closing")
    if written in _words("openers", "words") or written in _places():
        return Word("stop")
    return Word("closing") if lower.endswith(tuple(_words("thing", "endings"))) else None


def _shaped(written: str) -> Word | None:
    """A word with a surname's ending, in the genitive too, or with letters that Swedish words lack."""
    lower = written.lower()
    if lower.removesuffix("s").endswith(_text("surnames")["son"]):
        return Word(surname=True, lone="always")
    stem = lower if lower.endswith(_shapes()) else lower.removesuffix("s")
    is_surname = (len(stem) > 5 and stem.endswith(_shapes())) or not _FOREIGN.isdisjoint(lower)
    is_plain = stem.endswith(tuple(_words("surnames", "telling")))
    return Word(surname=True, lone="inside" if is_plain else "never") if is_surname else None


def _in_list(word: str, role: str) -> bool:
    key = "likely" if role == "likely" else "words"
    section = "person" if role == "likely" else role
    endings = _endings(section, key)
    return word in _words(section, key) or (bool(endings) and word.endswith(endings))


@cache
def _given() -> frozenset[str]:
    return frozenset().union(*(_words("given", key) for key in _load("given")))


@cache
def _surnames() -> frozenset[str]:
    return _words("surnames", "sure") | _words("surnames", "common")


@cache
def _places() -> frozenset[str]:
    return frozenset(municipality_names())


@cache
def _shapes() -> tuple[str, ...]:
    return tuple(_words("surnames", "shapes"))


@cache
def _words(section: str, key: str) -> frozenset[str]:
    """The whole words of a list."""
    return frozenset(word for word in str(_text(section)[key]).split() if not word.startswith("*"))


@cache
def _endings(section: str, key: str) -> tuple[str, ...]:
    """The endings of compounds in a list."""
    return tuple(word[1:] for word in str(_text(section)[key]).split() if word.startswith("*"))


def _text(section: str) -> dict[str, Any]:
    found: dict[str, Any] = _load(section) if section in ("given", "surnames") else contexts()[section]
    return found


@cache
def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))
