"""What a column heading, a label or a section heading says about what stands in or below it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias, cast

from ljuskoll.nlp.errors import UsageError
from ljuskoll.nlp.followup import Kind
from ljuskoll.nlp.vocabulary.words import load

Role: TypeAlias = Literal["title", "board", "status", "comment", "trend", "target", "value", "number", "goal", "date"]
MAX_HEADING = 60
"""Longer texts are no column headings."""

MAX_WORDS_BEFORE = 3
"""A heading that ends with the kind of its titles has at most so many words before it."""

_WORDS = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Column:
    """What one column holds; `kind` is set for the column with the titles."""

    role: Role
    kind: Kind | None = None


def _data() -> dict[str, dict[str, list[str]]]:
    return load("columns.toml")


@cache
def _columns() -> dict[str, Column]:
    roles = {word: Column(cast(Role, role)) for role, words in _data()["roles"].items() for word in words}
    kinds = {word: Column("title", cast(Kind, kind)) for kind, words in _data()["kinds"].items() for word in words}
    return {**roles, **kinds}


@dataclass(frozen=True, slots=True)
class Columns:
    """The built-in headings and a user's own (lower case), which win."""

    own: tuple[tuple[str, Column], ...] = ()

    @classmethod
    def default(cls, own: Mapping[str, str] | None = None) -> "Columns":
        """`own` maps a heading to a role or a kind ("board", "assignment" ...), from `[layout]` in ljuskoll.toml.

        Raises UsageError for an unknown role.
        """
        known: dict[str, Column] = {role: Column(cast(Role, role)) for role in _data()["roles"]}
        known |= {kind: Column("title", cast(Kind, kind)) for kind in _data()["kinds"]}
        for heading, role in (own or {}).items():
            if role not in known:
                known_words = ", ".join(known)
                raise UsageError(f"ljuskoll.toml, [layout]: «{heading}» har okänd kolumntyp «{role}» ({known_words}).")
        return cls(tuple((heading.lower(), known[role]) for heading, role in (own or {}).items()))

    def read(self, text: str) -> Column | None:
        """What a column headed by `text` holds; None where the heading says nothing."""
        words = " ".join(text.lower().replace("\n", " ").split()).rstrip(":").strip()
        if not words or len(words) > MAX_HEADING:
            return None
        for heading, column in self.own:
            if words == heading:
                return column
        table = _columns()
        if words in table:
            return table[words]
        for part in re.split(r"\s*/\s*|\s+och\s+|\s*\(", words)[:1]:
            if part in table:
                return table[part]
        return self._beginning(words) or self._ending(words)

    def label(self, text: str) -> Column | None:
        """What a label before a colon says, by its exact words alone."""
        return _columns().get(" ".join(text.lower().split()))

    def _beginning(self, words: str) -> Column | None:
        """The longest known heading that `words` begins with, if what follows is a period or a few words."""
        table = _columns()
        parts = words.split()
        for length in range(min(4, len(parts)), 0, -1):
            beginning = " ".join(parts[:length])
            if beginning in table and len(parts) - length <= 4:
                return table[beginning]
        return None

    def _ending(self, words: str) -> Column | None:
        """The kind of title that a short heading ends with ("Fullmäktiges uppdrag")."""
        parts = words.split()
        column = _columns().get(parts[-1])
        return column if len(parts) <= MAX_WORDS_BEFORE + 1 and column is not None and column.role == "title" else None


def goal_heading(text: str) -> bool:
    """Whether a heading names a goal ("Mål 3 – Trygga barn"), not goals in general ("Mål och budget")."""
    words = text.lower().strip(" .:")
    data = _data()["goal_headings"]
    if any(words == no or words.startswith(f"{no} ") for no in data["not_goals"] if no != "mål") or words == "mål":
        return False
    return any(re.match(rf"{re.escape(word)}(?:\s+\d+|\s*[:–-]|\s+\S)", words) for word in data["words"])


def kind_heading(text: str) -> Kind | None:
    """The kind of what stands below a section heading ("Nyckeltal 2022": indicators), None where it does not say."""
    words = {word.lower() for word in _WORDS.findall(text)}
    for kind, names in _data()["kind_headings"].items():
        if words & set(names):
            return cast(Kind, kind)
    return None
