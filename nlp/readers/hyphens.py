"""Lines to running text: what a hyphen at a line's end means."""

import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files

_DATA = tomllib.loads((files(__package__) / "hyphens.toml").read_text(encoding="utf-8"))
_SUSPENDED_BEFORE = frozenset(_DATA["suspended_before"])
_HYPHENATED_FIRST = frozenset(_DATA["hyphenated_first"])
_SOFT_HYPHEN = "\u00ad"
_HYPHENS = r"\-\u2010\u2011"
_BEFORE_HYPHEN = re.compile(rf"([^\s{_HYPHENS}/]+)[{_HYPHENS}]$")
_FIRST_WORD = re.compile(r"[\w&.]+")
_SPACED_OUT = re.compile(r"(?<!\S)(?:[A-ZÅÄÖ] ){4,}[A-ZÅÄÖ](?!\S)(?: \d(?!\S))*")
"""Headings in tracked capitals, which a reader sees as words and a program as letters."""
_FIGURES = re.compile(r"\d+")
_YEARS = re.compile(r"\d[–-]$")


def join_lines(lines: Iterable[str]) -> str:
    """One paragraph of these lines: words broken at a line's end are whole again, real hyphens stay."""
    parts: list[str] = []
    last = ""
    for line in (line.strip() for line in lines):
        if line:
            parts.append(_joined(last, line).removesuffix(line))
            last = line
    return close_up("".join((*parts, last)))


def close_up(text: str) -> str:
    """The text with headings in tracked capitals as words ("U P P D R A G")."""
    return _SPACED_OUT.sub(_closed_up, text)


def _closed_up(match: re.Match[str]) -> str:
    """Letters with a space between them as a word; figures after them are another."""
    return _FIGURES.sub(r" \g<0>", match[0].replace(" ", "")).strip()


def ends_broken(line: str) -> bool:
    """Whether the line ends inside a word (or with a hyphen that belongs to one)."""
    return line.endswith(_SOFT_HYPHEN) or bool(_BEFORE_HYPHEN.search(line))


def _joined(text: str, line: str) -> str:
    if not text:
        return line
    if text.endswith(_SOFT_HYPHEN):
        return text[:-1] + line
    if _YEARS.search(text) and line[0].isdigit():
        return text + line
    broken = _BEFORE_HYPHEN.search(text)
    if broken is None:
        return f"{text} {line}"
    if _is_suspended(line):
        return f"{text} {line}"
    if _is_real_hyphen(broken.group(1), line):
        return text + line
    return text[:-1] + line


def _is_suspended(line: str) -> bool:
    word = _FIRST_WORD.match(line)
    return word is None or word.group().lower() in _SUSPENDED_BEFORE


def _is_real_hyphen(before: str, line: str) -> bool:
    """ "IT-avdelning", "e-tjänst", "12-åringar", "Nord-Sverige" keep their hyphen."""
    letters = before.lstrip("(\"'”’»[")
    if not letters[-1:].isalpha() or not line[0].islower():
        return True
    is_initialism = sum(letter.isupper() for letter in letters) > 1
    return len(letters) == 1 or is_initialism or letters.lower() in _HYPHENATED_FIRST
