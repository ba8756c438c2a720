"""The words and shares of archive.toml, and names in the letters of file names."""

import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load_archive_words() -> dict[str, Any]:
    """What archive.toml holds."""
    return tomllib.loads((files(__package__) / "archive.toml").read_text(encoding="utf-8"))


def slug(name: str) -> str:
    """A name in the letters that file names and addresses have: "miljo-och-byggnadsnamnden"."""
    letters = unicodedata.normalize("NFD", name.casefold()).encode("ascii", "ignore").decode()
    return "-".join("".join(char if char.isalnum() else " " for char in letters).split())
