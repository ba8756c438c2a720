"""The words and phrases that are kept as TOML files beside the code that looks them up."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def word_file(package: str, name: str) -> Mapping[str, Any]:
    """A TOML file of words and phrases as it stands, read once: many lexicons are parts of one. Not to be changed."""
    return tomllib.loads((files(package) / name).read_text(encoding="utf-8"))
