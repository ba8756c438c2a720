"""Headings of a plain text, told by the numbers of its chapters and their parts ("2 Uppdrag", "2.1 Miljö")."""

import re
from collections.abc import Sequence

_NUMBERED = re.compile(r"\s*(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?P<text>[A-ZÅÄÖ].*?)\s*")
_LINE_OF_CONTENTS = re.compile(r".*(?:\.{3}|…|_{3}|\t|\s{3}).*\d")
_STOPS = (".", ",", ";", ":", "!", "?")
MAX_HEADING = 110
MIN_PARTS = 2
"""So many numbers with a point in them ("2.1") are the parts of chapters."""


def numbered_headings(lines: Sequence[str]) -> dict[int, int]:
    """The lines that are headings, with their levels; none where the numbers are not those of chapters with parts.

    Where a number comes twice the first is a line of the table of contents.
    """
    found: dict[tuple[int, ...], int] = {}
    for at, line in enumerate(lines):
        number = _number(line)
        if number is not None and _begins(lines, at):
            found[number] = at
    parts = {number for number in found if len(number) > 1}
    chapters = {number for number in found if len(number) == 1 and number in {part[:1] for part in parts}}
    chain = sorted(parts | chapters, key=lambda number: found[number])
    if len(parts) < MIN_PARTS or not chapters or chain != sorted(chain):
        return {}
    return {found[number]: len(number) for number in (*chain, *_later_chapters(found, chain))}


def _number(line: str) -> tuple[int, ...] | None:
    """The number that a line begins with, where what follows looks like a heading."""
    match = _NUMBERED.fullmatch(line)
    if match is None or len(line.strip()) > MAX_HEADING or line.rstrip().endswith(_STOPS):
        return None
    if _LINE_OF_CONTENTS.fullmatch(line):
        return None
    return tuple(int(part) for part in match["number"].split("."))


def _begins(lines: Sequence[str], at: int) -> bool:
    """Whether a line stands below an empty one, or below another that can be a heading."""
    return at == 0 or not lines[at - 1].strip() or _number(lines[at - 1]) is not None


def _later_chapters(found: dict[tuple[int, ...], int], chain: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """The chapters without parts whose numbers stand where they should between the others."""
    alone: list[tuple[int, ...]] = [number for number in found if len(number) == 1 and number not in chain]
    whole = sorted((*chain, *alone), key=lambda number: found[number])
    return [*alone] if whole == sorted(whole) else []
