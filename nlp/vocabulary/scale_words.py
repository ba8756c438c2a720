"""The words, signs and expressions of `scales.toml` as tables and patterns; what they stand for is in scales.py."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from ljuskoll.nlp.followup import Trend
from ljuskoll.nlp.vocabulary.words import either, load, without_rings

INVISIBLE = re.compile("[\ufe0e\ufe0f\u200b\u200d\U0001f3fb-\U0001f3ff]")
MAX_CODE = 40
_SENTENCE_END = re.compile(r"(?<=\w)\.$")


def key(text: str) -> str:
    """A text as the tables hold it: lower case, single spaces, no invisible marks, no full stop after a word or two."""
    text = " ".join(INVISIBLE.sub("", text).casefold().split())
    return _SENTENCE_END.sub("", text) if text.count(" ") < 2 else text


def scale_data() -> dict[str, Any]:
    """The tables of the data file; callers must not change them."""
    return load("scales.toml")


def _expand(template: str) -> Iterator[str]:
    """All expressions that a template with "{done}" and the like stands for."""
    parts = re.split(r"\{(\w+)\}", template)
    choices = [scale_data()["forms"][part] if index % 2 else [part] for index, part in enumerate(parts)]
    for words in itertools.product(*choices):
        yield "".join(words)


@cache
def expressions() -> dict[str, str]:
    """Every expression with its outcome; what stands first in the file wins."""
    table: dict[str, str] = {}
    for outcome, templates in scale_data()["expressions"].items():
        for expression in itertools.chain.from_iterable(map(_expand, templates)):
            table.setdefault(expression, outcome)
    return table


@cache
def _by_letters() -> dict[str, str]:
    """Every expression, colour and trend by its letters without rings and dots."""
    words = [*trends(), *expressions(), *colour_names()]
    return {without_rings(word): word for word in words}


def of_code(text: str) -> str | None:
    """The expression that a system's code stands for ("EJ_PABORJAD": "ej påbörjad"); None for all other texts."""
    is_code = text.isascii() and text.isupper() and len(text) <= MAX_CODE
    return _by_letters().get(key(text.replace("_", " "))) if is_code else None


@cache
def trends() -> dict[str, Trend]:
    """The trend that each arrow and word says."""
    table = cast("dict[Trend, list[str]]", scale_data()["trends"])
    return {key(word): trend for trend, words in table.items() for word in words}


@cache
def colour_names() -> dict[str, str]:
    """The colour that each form, shape expression and coloured symbol says."""
    names: dict[str, str] = {}
    for colour, forms in scale_data()["colours"].items():
        for form, shape in itertools.product(forms, scale_data()["shapes"]["words"]):
            names |= {form: colour, f"{form} {shape}": colour, f"{form}{shape}": colour}
        names |= {
            symbol: colour
            for symbol in scale_data()["symbols"][colour]
            if symbol in scale_data()["coloured"]["symbols"]
        }
    return names


@dataclass(frozen=True, slots=True)
class Patterns:
    """The regular expressions that are made from the words of the data file."""

    status_label: re.Pattern[str]
    trend_label: re.Pattern[str]
    subject: re.Pattern[str]
    arrow: re.Pattern[str]
    symbol: re.Pattern[str]
    glued: re.Pattern[str]
    glued_after: re.Pattern[str]
    seam: re.Pattern[str]
    coloured: re.Pattern[str]
    leading: re.Pattern[str]
    told: re.Pattern[str]
    symbol_beside: re.Pattern[str]
    beside: re.Pattern[str]
    inline: re.Pattern[str]
    closing: re.Pattern[str]
    checked: re.Pattern[str]
    turn: re.Pattern[str]
    tail: re.Pattern[str]


@cache
def colour_bases() -> frozenset[str]:
    """The words for the three lights in the forms that describe one thing ("grön", "grönt")."""
    names = (scale_data()["colours"][name] for name in ("green", "yellow", "red"))
    return frozenset(form for forms in names for form in forms[:2])


@cache
def patterns() -> Patterns:
    """The patterns, made once."""
    data = scale_data()
    capitals = either([form.capitalize() for forms in data["colours"].values() for form in forms])
    uppers = either([form.upper() for forms in data["colours"].values() for form in forms])
    forms = either([form for forms in data["colours"].values() for form in forms])
    bases = either([form for forms in data["colours"].values() for form in (forms[0].capitalize(), forms[0].upper())])
    shapes = either(data["shapes"]["words"])
    symbols = either([symbol for symbols in data["symbols"].values() for symbol in symbols])
    arrows = either([word for words in data["trends"].values() for word in words if not word[0].isalpha()])
    coloured = either(data["coloured"]["symbols"])
    return Patterns(
        status_label=re.compile(rf"^(?:{either(data['labels']['status'])})(?:\s*:\s*|\s+)(?=\S)", re.IGNORECASE),
        trend_label=re.compile(rf"^(?:{either(data['labels']['trend'])})\s*:\s*(?=\S)", re.IGNORECASE),
        subject=re.compile(
            rf"(?:{either(data['subjects']['words'])})\s+(?P<rest>(?:(?:{either(data['subjects']['copula'])})\s+)?(?P<bare>.+))",
            re.IGNORECASE,
        ),
        arrow=re.compile(rf"(?:{arrows})"),
        symbol=re.compile(rf"\s*({symbols})\s*"),
        glued=re.compile(
            rf"(?P<twice>(?P<word>{capitals}|{uppers})(?P=word)(?![^\W\d_A-ZÅÄÖ]))"
            rf"|(?P<once>(?:{capitals})(?:\s(?:{shapes}))?)(?=[A-ZÅÄÖ](?:[a-zåäöé]|\S*\s))"
        ),
        glued_after=re.compile(rf"(?<=[a-zåäöé0-9.)!?])(?P<word>{capitals})(?:(?P=word))?$"),
        seam=re.compile(r"(?P<words>[A-ZÅÄÖ][a-zåäö]+(?: [a-zåäö]+){0,4})(?P=words)?(?P<rest>[A-ZÅÄÖ][a-zåäö]*[ ,].*)"),
        coloured=re.compile(rf"^(?P<before>{coloured})\s*(?=\S)|(?P<after>{coloured})$"),
        leading=re.compile(
            rf"(?P<word>(?i:{forms})(?:\s(?i:{shapes}))?|{symbols})\s*(?:[.:,;(–—]|-(?=\s))\s*(?P<rest>\S.*)"
        ),
        told=re.compile(r"(?P<word>[A-ZÅÄÖ][^\W\d]*(?: [^\W\d]+){0,4})(?:[.:]|\s[–—-])\s+(?P<rest>\S.*)", re.DOTALL),
        symbol_beside=re.compile(
            rf"(?P<first>{symbols})\ufe0f?\s*(?P<after>\S.*)"
            rf"|(?P<before>.*\S)\s+(?P<last>{symbols})\ufe0f?(?P<word>(?:\s\w+){{0,3}})"
        ),
        inline=re.compile(
            rf"(?P<title>(?:\d{{1,3}}[.)]\s+)?[A-ZÅÄÖ0-9][^.:]{{4,120}}?)(?:\s*:|\s+[–—-]|\.)\s+\(?(?P<word>{bases}|{coloured})\)?"
            rf"(?:\s*[.:,;–—]|\s+-)\s*(?P<rest>[A-ZÅÄÖ].*[.!?])"
        ),
        beside=re.compile(
            rf"(?P<first>{bases})(?:\s*[:|–—-])?\s+(?P<after>[A-ZÅÄÖ0-9].*)"
            rf"|(?P<before>\S.*?)(?:\s*[:|,–—-])?\s+\(?(?P<last>{bases})\)?"
        ),
        closing=re.compile(
            rf"(?P<rest>.*[.!?)])\s+(?:(?:{either(data['labels']['status'])})\s*:\s*)?"
            rf"\(?(?P<word>{capitals}|{uppers}|{coloured})\)?\.?",
            re.DOTALL,
        ),
        checked=re.compile(rf"(?P<box>[{data['boxes']['checked']}{data['boxes']['empty']}])\s*(?P<word>[^\W\d_]+)"),
        tail=re.compile(rf"\s+(?:{either(data['tails']['words'])})\.?$", re.IGNORECASE),
        turn=re.compile(rf"(?:{either(data['turns']['words'])})(?!\w)", re.IGNORECASE),
    )


@cache
def signs() -> frozenset[str]:
    """All symbols, smileys and arrows."""
    tables = [words for name in ("symbols", "smileys") for words in scale_data()[name].values()]
    arrows = [word for word in trends() if not word[0].isalpha()]
    return frozenset([*itertools.chain.from_iterable(tables), *arrows])


def is_check(text: str) -> bool:
    """Whether a text is a sign that ticks the column or box in which it stands ("✓", "●")."""
    return key(text) in scale_data()["ticks"]["checks"]


def is_cross(text: str) -> bool:
    """Whether a text is a cross, which ticks a column too, but beside check marks means the opposite."""
    return key(text) in scale_data()["ticks"]["crosses"]


def is_empty_box(text: str) -> bool:
    """Whether a text is a box that is not ticked."""
    return text in scale_data()["ticks"]["empty"]


def alike(word: str) -> list[str]:
    """The word itself, or the whole family of signs that it belongs to ("😐" and ":|")."""
    families: list[list[str]] = list(scale_data()["families"].values())
    return next((family for family in families if word in family), [word])
