"""Finding the words and expressions that speak for how an assignment stands (their list: cues.toml)."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

_BRACES = re.compile(r"\{([^{}]*)\}")
_GAP = r"(?:\s+\w+){0,4}?\s+"
_NEGATION_REACH = 45
"""Characters between a negation and what it negates, within one sentence."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words of a kind at text[start:end]; `kind` is a name in cues.toml, with "not_" before it where negated."""

    kind: str
    start: int
    end: int


@cache
def cue_data() -> dict[str, Any]:
    """cues.toml as it stands."""
    data: dict[str, Any] = tomllib.loads((files(__package__) / "cues.toml").read_text(encoding="utf-8"))
    return data


@cache
def pattern(table: str, name: str) -> re.Pattern[str]:
    """One expression for all phrases of a list in cues.toml, the longest first."""
    return compile_phrases(cue_data()[table][name])


def compile_phrases(phrases: Iterable[str]) -> re.Pattern[str]:
    """One expression for phrases in the notation of cues.toml; it ignores case and the width of spaces."""
    expanded = sorted({text for phrase in phrases for text in _expand(phrase)}, key=lambda text: (-len(text), text))
    return re.compile(r"(?<!\w)(?:" + "|".join(_expression(text) for text in expanded) + r")(?!\w)", re.IGNORECASE)


def find_cues(text: str) -> tuple[Cue, ...]:
    """The cues of one sentence, by kind and place; the same words may be cues of several kinds."""
    harmless = [match.span() for match in pattern("cues", "pseudo").finditer(text)]
    found = [
        Cue(kind, match.start(), match.end())
        for kind in cue_data()["cues"]
        for match in pattern("cues", kind).finditer(text)
        if kind == "pseudo" or not any(start <= match.start() < end for start, end in harmless)
    ]
    negations = [cue for cue in found if cue.kind == "negation"]
    return tuple(_negated(cue, negations) for cue in found)


def _negated(cue: Cue, negations: Sequence[Cue]) -> Cue:
    reached = any(0 <= cue.start - negation.end <= _NEGATION_REACH for negation in negations)
    if cue.kind in cue_data()["negatable"]["kinds"] and reached:
        return Cue("not_" + cue.kind, cue.start, cue.end)
    return cue


def _expand(phrase: str) -> list[str]:
    parts = _BRACES.split(phrase)
    choices = [part.split(",") if index % 2 else [part] for index, part in enumerate(parts)]
    return ["".join(chosen) for chosen in product(*choices)]


def _expression(text: str) -> str:
    expression = gap = ""
    for word in text.split():
        if word == "_":
            gap = _GAP
        else:
            expression += gap + re.escape(word).replace(r"\*", r"\w*")
            gap = r"\s+"
    return expression
