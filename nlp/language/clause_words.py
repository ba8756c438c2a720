"""Words and endings by which clauses are read, from `clause_words.toml`; read once, when a module is imported."""

from collections.abc import Mapping
from typing import Any

from ljuskoll.nlp.language.word_files import word_file

_FILE = "clause_words.toml"


def listed(name: str) -> tuple[str, ...]:
    """The words or endings of a list, for `in`, `str.startswith` and `str.endswith`."""
    return tuple(_data()[name])


def told_by(name: str) -> dict[str, str]:
    """What each word of a table tells: a gender, a kind."""
    return dict(_data()[name])


def _data() -> Mapping[str, Any]:
    return word_file(__package__, _FILE)
