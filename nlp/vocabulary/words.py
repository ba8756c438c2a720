"""The two things that every vocabulary does with its data file: load it, and match any of its words."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any


def read_text(name: str) -> str:
    """The text of a data file beside this module."""
    return resources.files("ljuskoll.nlp.vocabulary").joinpath(name).read_text(encoding="utf-8")


@cache
def load(name: str) -> dict[str, Any]:
    """The tables of a TOML file beside this module; callers must not change them."""
    return tomllib.loads(read_text(name))


def either(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first; a space stands for any white space."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


def without_rings(text: str) -> str:
    """A text as a system without å, ä and ö spells it."""
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
