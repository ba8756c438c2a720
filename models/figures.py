"""Figures in a comment against what the assignment asks for: targets, counts and parts of a whole."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ljuskoll.models.cues import cue_data, pattern

_NUMBER = r"(?:\d{1,3}(?:[ \u00a0]\d{3})+|\d+)(?:,\d+)?"
_YEARLIKE = re.compile(r"(?:19|20)\d\d")
_LINK = r"\s+av\s+(?:(?:de|totalt|våra|kommunens|samtliga|planerade|beslutade)\s+){0,2}"
_PERCENT = {"%", "procent"}
_SENSE_REACH = 3
"""Words between "minst" or "högst" and its figure."""
_THIRD = 1 / 3


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with the word after it ("" where there is none)."""

    value: float
    unit: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Target:
    """What the assignment asks for: a figure to reach ("least"), to stay below ("most") or to carry out ("count")."""

    figure: Figure
    sense: Literal["least", "most", "count"]

    def met_by(self, value: float) -> bool:
        """Whether this outcome reaches the target."""
        return value <= self.figure.value if self.sense == "most" else value >= self.figure.value


@cache
def _parts() -> re.Pattern[str]:
    words = "|".join(sorted(cue_data()["number_words"], key=len, reverse=True))
    one = rf"({_NUMBER}|{words})"
    return re.compile(rf"(?<![\w,.–-]){one}(?:\s+\w+)?{_LINK}{one}(?!\w)", re.IGNORECASE)


def find_figures(text: str) -> Iterator[Figure]:
    """Numbers in digits or words with their units, in order; years are left out."""
    for match in _figure().finditer(text):
        if not _YEARLIKE.fullmatch(match[1]):
            yield Figure(_value(match[1]), (match[2] or "").lower(), match.start(), match.end())


@cache
def _figure() -> re.Pattern[str]:
    words = "|".join(sorted(set(cue_data()["number_words"]) - {"en", "ett"}, key=len, reverse=True))
    return re.compile(rf"(?<![\w,.–-])({_NUMBER}|{words})(?![\w–-])(?:\s*(%|[a-zåäö/²]+))?", re.IGNORECASE)


def find_targets(assignment: str) -> tuple[Target, ...]:
    """What the assignment asks for in figures: those with "minst", "högst" or the like, else the first one."""
    figures = tuple(find_figures(assignment))
    sensed = [Target(figure, sense) for figure in figures if (sense := _sense(assignment[: figure.start]))]
    if sensed or not figures:
        return tuple(sensed)
    return (Target(figures[0], "least" if figures[0].unit in _PERCENT else "count"),)


def _sense(before: str) -> Literal["least", "most"] | None:
    """What the last "minst" or "högst" says, if it stands near enough to the figure that follows `before`."""
    least, most = (
        max((match.end() for match in pattern("target", name).finditer(before)), default=-1)
        for name in ("at_least", "at_most")
    )
    last = max(least, most)
    if last < 0 or len(before[last:].split()) > _SENSE_REACH:
        return None
    return "most" if most > least else "least"


def compare(sentence: str, targets: Sequence[Target]) -> Iterator[str]:
    """Names of what the figures of a sentence say: "part_all", "part_some", "part_few", "target_met" ..."""
    for match in _parts().finditer(sentence):
        yield "part_" + _share(_value(match[1]), _value(match[2]))
    for figure in find_figures(sentence):
        target = next((target for target in reversed(targets) if _comparable(figure, target)), None)
        if target and target.sense == "count":
            yield "count_" + _share(figure.value, target.figure.value)
        elif target:
            yield "target_met" if target.met_by(figure.value) else "target_missed"


def _comparable(figure: Figure, target: Target) -> bool:
    if figure.unit == target.figure.unit or {figure.unit, target.figure.unit} <= _PERCENT:
        return True
    return target.sense == "count" and figure.start == 0 and figure.unit not in cue_data()["target"]["measures"]


def _share(part: float, whole: float) -> str:
    if whole <= 0 or part >= whole:
        return "all"
    return "few" if part / whole < _THIRD else "some"


def _value(text: str) -> float:
    words: dict[str, int] = cue_data()["number_words"]
    if text.lower() in words:
        return float(words[text.lower()])
    return float(re.sub(r"[ \u00a0]", "", text).replace(",", "."))


def is_figure_fact(name: str) -> bool:
    """Whether this is one of the names that `compare` gives."""
    return name.startswith(("part_", "count_", "target_"))
