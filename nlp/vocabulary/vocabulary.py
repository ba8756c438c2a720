"""The words of one municipality: built-in vocabulary with what its `ljuskoll.toml` adds or overrides."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from ljuskoll.nlp.followup import Period
from ljuskoll.nlp.vocabulary.boards import BoardTable
from ljuskoll.nlp.vocabulary.columns import Columns
from ljuskoll.nlp.vocabulary.municipalities import names_one
from ljuskoll.nlp.vocabulary.periods import find_periods
from ljuskoll.nlp.vocabulary.scales import Scale
from ljuskoll.nlp.vocabulary.words import load


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the layouts need to know of words; `municipality` and `period` are for documents that do not say."""

    boards: BoardTable = field(default_factory=BoardTable.default)
    scale: Scale = field(default_factory=Scale.default)
    columns: Columns = field(default_factory=Columns.default)
    phrases: Mapping[str, str] = field(default_factory=dict)
    municipality: str | None = None
    period: Period | None = None


MAX_CHROME = 150
"""Characters; longer texts are no lines around a page."""


@cache
def _chrome(lines: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{line})" for line in load("chrome.toml")[lines]), re.IGNORECASE)


def is_page_chrome(text: str) -> bool:
    """Whether a line belongs to the page around a text ("Sidan uppdaterad ...", "Skriv ut")."""
    if len(text) > MAX_CHROME:
        return False
    if _chrome("lines").fullmatch(text.strip()):
        return True
    return names_municipality(text) and not any(mention.as_of for mention in find_periods(text))


def opens_box(text: str) -> bool:
    """Whether a line is the title of a box beside a web page's text ("Relaterad information")."""
    return text.strip().casefold() in load("chrome.toml")["boxes"]


def names_municipality(text: str) -> bool:
    """Whether a line is the municipality's name, alone or with the report's ("Björnås kommun, delårsrapport 2024")."""
    is_line = len(text) <= MAX_CHROME and _chrome("municipality_lines").fullmatch(text.strip()) is not None
    return is_line and names_one(text)
