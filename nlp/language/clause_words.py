"""Words and endings by which clauses are read, from `clause_words.toml`; read once, when a module is imported."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_FILE = "clause_words.toml"


def listed(name: str) -> tuple[str, ...]:
    """The words or endings of a list, for `in`, `str.startswith` and `str.endswith`."""
    return tuple(_data()[name])


def told_by(name: str) -> dict[str, str]:
    """What each word of a table tells: a gender, a kind."""
    return dict(_data()[name])


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / _FILE).read_text(encoding="utf-8"))
