"""Labels before a value ("Ansvarig nämnd: Kommunstyrelsen"): what each of them says, whatever else is in its line."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

from ljuskoll.nlp.vocabulary.columns import Role
from ljuskoll.nlp.vocabulary.labels import (
    board_given_to,
    is_former,
    is_other_label,
    is_told_status,
    is_weak_status,
    label_rest,
    tells_how_it_stands,
)
from ljuskoll.nlp.vocabulary.periods import find_periods
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary
from ljuskoll.nlp.vocabulary.words import either, load

LabelRole: TypeAlias = Role | Literal["other"]

MAX_LINE = 160
"""A line no longer, and without a sentence in it, may be a title with its status in words that no scale has."""
_STOPS = (".", "!", "?")
_SENTENCE = re.compile(r"[.!?]\s")
MAX_BOARD_WORDS = 12
MAX_SHORT = 60
"""Characters of a value that is a name, a date or a number rather than text."""
_ANSWERED = re.compile(r"(?P<name>[^\W\d_][^?:.!\n]{4,60}\?)\s+(?P<value>\w[^?:]{1,30})")
_LABEL = re.compile(r"(?P<name>[^:]{2,60}?)\s*:(?:\s+|(?=\D)|$)(?P<value>.*)", re.DOTALL)
_TOLD_BOARD = re.compile(r"(?P<name>[A-ZÅÄÖ][^:.]{3,40}?) är (?P<value>[^:.]{3,80})\.?")
_BARE_NUMBER = re.compile(r"(?P<name>[^\W\d_]{2,20})\.?\s+(?P<value>[^\W\d_]{0,4}\s?\d[\d.:/-]{0,15})")
_EDGES = " ,;|·•/–—"
_NUMBER = re.compile(r"\s*\d+(?:\.\d+)*$")
_WORD = re.compile(r"(?<!\S)[a-zåäöéü-]+(?=[\s,.!?;:]|$)")
MIN_TOLD, MIN_TOLD_OPEN = 2, 3
"""Words in small letters of a sentence; more in one that neither begins with a capital letter nor ends in a stop."""
_CORE = ("board", "status", "comment", "trend")


@dataclass(frozen=True, slots=True)
class Label:
    """A label with its value, empty where that stands in the next block; `name` is as written."""

    name: str
    role: LabelRole
    value: str


def role_of(name: str, vocabulary: Vocabulary) -> LabelRole | None:
    """What a label says by its own words, a period in it set aside ("Status T2 2023")."""
    if not _may_be_label(name, vocabulary):
        return None
    if is_other_label(name):
        return "other"
    if is_told_status(name):
        return "status"
    plain = without_period(name)
    if plain and (is_other_label(plain) or is_former(plain)):
        return "other"
    if (plain := _NUMBER.sub("", plain)) == "":
        return "status" if find_periods(name) else None
    words = _without_owner(" ".join(plain.lower().split()))
    column = vocabulary.columns.label(words)
    if column is None:
        own = dict(vocabulary.columns.own)
        column = own.get(words) or vocabulary.columns.label(re.split(r"\s*[/(]\s*", words)[0])
    if column is None and label_rest(words):
        column = vocabulary.columns.read(words)
    if column is None:
        return None
    return "other" if column.role == "person" else column.role


def read_label(text: str, vocabulary: Vocabulary) -> Label | None:
    """The label that a block begins with; None where it has none that we know. A title's label is none."""
    match = _LABEL.fullmatch(text)
    if match is None and (answered := _answered(text, vocabulary)) is not None:
        return answered
    if match is None:
        return _told_board(text, vocabulary) or _bare_number(text, vocabulary)
    name, value = match["name"].strip(), match["value"].strip()
    role = role_of(name, vocabulary) or _by_value(name, value, vocabulary)
    if role == "value" and _is_light(value, vocabulary):
        role = "status"
    if role == "status" and not _is_status(name, value, vocabulary):
        role = "comment" if tells_how_it_stands(name) and value and is_told(value) else None
    return Label(name, role, value) if role is not None and role != "title" else None


def _answered(text: str, vocabulary: Vocabulary) -> Label | None:
    """A question whether something is done, with its answer ("Har uppdraget genomförts? Delvis")."""
    match = _ANSWERED.fullmatch(text)
    column = vocabulary.columns.read(match["name"]) if match is not None else None
    if match is None or column is None or column.role != "status" or not fits("status", match["value"], vocabulary):
        return None
    return Label(match["name"], "status", match["value"])


def _is_light(value: str, vocabulary: Vocabulary) -> bool:
    """Whether the value of a result is a word for how it stands and no figure ("Utfall: Uppnått")."""
    declared = vocabulary.scale.read(value.rstrip(".")) if not any(map(str.isdigit, value)) else None
    return declared is not None and declared.colour is not None


def _told_board(text: str, vocabulary: Vocabulary) -> Label | None:
    """A line that says no more than whose something is ("Ansvarig nämnd är tekniska nämnden."), or since when too."""
    given = board_given_to(text, vocabulary.boards) if len(text) <= MAX_LINE else None
    if given is not None:
        return Label(given[0], "board", given[1])
    match = _TOLD_BOARD.fullmatch(text)
    if match is None or role_of(match["name"], vocabulary) != "board":
        return None
    return Label(match["name"], "board", match["value"]) if vocabulary.boards.split(match["value"]) else None


def _bare_number(text: str, vocabulary: Vocabulary) -> Label | None:
    """A number with nothing but its label before it ("Nr 2022-04")."""
    match = _BARE_NUMBER.fullmatch(text)
    is_number = match is not None and role_of(match["name"], vocabulary) == "number"
    return Label(match["name"], "number", match["value"]) if match is not None and is_number else None


def without_period(text: str) -> str:
    """A label's words without the period that it names."""
    for mention in reversed(find_periods(text)):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    return text.strip(" ()-–,")


def fits(role: LabelRole, value: str, vocabulary: Vocabulary) -> bool:
    """Whether a value is beyond doubt one of the label's kind."""
    if role == "status":
        return vocabulary.scale.shown(value.rstrip(".;")) is not None
    if role == "board":
        return bool(vocabulary.boards.split(value))
    return role == "trend" and vocabulary.scale.trend(value) is not None


def is_told(value: str) -> bool:
    """Whether a label's value is a sentence rather than a name, a figure or a date."""
    words = len(_WORD.findall(value))
    return words >= MIN_TOLD if value.endswith((".", "!", "?")) else words >= MIN_TOLD_OPEN and value[0].islower()


def split_labels(text: str, vocabulary: Vocabulary, *, is_drawn: bool = False) -> list[str]:
    """A block with several labels in it, or with one after a title, as one text a label; other texts whole.

    `is_drawn`: something is drawn in the block, which may be the status after a label at its end.
    """
    if ":" in text:
        pieces = _pieces(text, _with_colon(vocabulary), vocabulary, is_drawn)
        if len(pieces) > 1:
            return pieces
    if len(text) > 600 or not text[:1].isupper():
        return [text]
    return _bare_pieces(text, vocabulary)


def split_comment(text: str) -> str | None:
    """A comment's label without a colon with one ("Kommentar Anbuden har kommit."); None for any other text."""
    match = _bare_pattern().match(text)
    is_comment = match is not None and match["name"].lower() in load("columns.toml")["roles"]["comment"]
    value = text[match.end() :] if match is not None and is_comment else ""
    return f"{match['name']}: {value}" if match is not None and value[:1].isupper() else None


def split_board(text: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """A board's label with its value, and the text that goes on in the same block; None where none does."""
    label = read_label(text, vocabulary)
    if label is None or label.role != "board" or fits("board", label.value, vocabulary):
        return None
    words = label.value.split()
    for count in range(min(MAX_BOARD_WORDS, len(words) - 1), 0, -1):
        value = " ".join(words[:count])
        if words[count][0].isupper() and len(words) - count > 1 and fits("board", value, vocabulary):
            return f"{label.name}: {value}", " ".join(words[count:])
    return None


def _is_status(name: str, value: str, vocabulary: Vocabulary) -> bool:
    """A weak word for the status ("Nuläge") means one only before a light; a period alone likewise."""
    if not value or not (is_weak_status(name) or not without_period(name)):
        return bool(without_period(name)) or bool(value)
    return fits("status", value, vocabulary)


def _by_value(name: str, value: str, vocabulary: Vocabulary) -> LabelRole | None:
    """The role of a label with more words than we know, where its value leaves no doubt."""
    column = vocabulary.columns.read(name)
    is_core = column is not None and column.role in ("board", "status")
    return column.role if column is not None and is_core and fits(column.role, value, vocabulary) else None


def _without_owner(words: str) -> str:
    """A label's words without whose it is ("nämndens svar")."""
    return words.partition(" ")[2] if words.startswith(_owners()) else words


@cache
def _owners() -> tuple[str, ...]:
    return tuple(f"{word} " for word in load("labels.toml")["labels"]["owners"])


@cache
def _label_words() -> tuple[str, ...]:
    roles = [word for words in load("columns.toml")["roles"].values() for word in words]
    kinds = [word for words in load("columns.toml")["kinds"].values() for word in words]
    return (*roles, *kinds, *load("labels.toml")["labels"]["other"], *load("labels.toml")["labels"]["status"])


@cache
def _first_words() -> frozenset[str]:
    return frozenset(word.split()[0] for word in (*_label_words(), *load("labels.toml")["labels"]["former"]))


def _may_be_label(name: str, vocabulary: Vocabulary) -> bool:
    """A cheap look at the first word, since most texts are no labels: a label's, or a period's."""
    first = re.split(r"[\s/(:]", _without_owner(name.strip().lower()), maxsplit=1)[0]
    if first in _first_words() or any(char.isdigit() for char in name):
        return True
    return any(heading.startswith(first) for heading, _ in vocabulary.columns.own)


@cache
def _colon_pattern(own: tuple[str, ...]) -> re.Pattern[str]:
    words = either([*_label_words(), *own])
    more = rf"\s+(?!(?i:{words})\s*:)\(?[\w.-]{{1,12}}\)?"
    return re.compile(
        rf"(?:(?<![\w-])|(?<=[a-zåäö.)])(?=[A-ZÅÄÖ]))(?P<name>(?i:{words})(?:{more}){{0,3}}?|T[1-3])"
        rf"\s*:(?=\s|$|[^\d\s/])"
    )


@cache
def _bare_pattern() -> re.Pattern[str]:
    roles = load("columns.toml")["roles"]
    words = either([word.capitalize() for role in ("board", "status", "comment") for word in roles[role]])
    return re.compile(rf"(?:(?<![\w-])|(?<=[a-zåäö.)]))(?P<name>{words})(?:\s+|(?=[A-ZÅÄÖ]))")


def _with_colon(vocabulary: Vocabulary) -> re.Pattern[str]:
    return _colon_pattern(tuple(heading for heading, _ in vocabulary.columns.own))


def _pieces(text: str, pattern: re.Pattern[str], vocabulary: Vocabulary, is_drawn: bool) -> list[str]:
    """The text cut before every label in it that says what it says without doubt."""
    found = [match for match in pattern.finditer(text) if _may_begin(text, match, vocabulary)]
    ends = [*(match.start() for match in found[1:]), len(text)][: len(found)]
    cuts = [0]
    is_prose = not found or found[0].start() > 0
    is_line = len(text) <= MAX_LINE and not text.endswith(_STOPS) and _SENTENCE.search(text) is None
    for match, end in zip(found, ends, strict=True):
        role, value = role_of(match["name"], vocabulary), text[match.end() : end].strip(_EDGES)
        is_shown = is_drawn and role == "status" and not value
        is_shown = is_shown or (is_line and role == "status" and _is_grade(match["name"], value))
        if role is None or not (is_shown or _is_cut(role, value, is_prose, len(cuts) > 1, vocabulary)):
            continue
        cuts.append(match.start())
        is_prose = role == "comment"
    stops = [*cuts[1:], len(text)]
    return [piece for start, stop in zip(cuts, stops, strict=True) if (piece := text[start:stop].strip(_EDGES))]


def _is_grade(name: str, value: str) -> bool:
    """Whether a few words after a status label can be a grade of a scale that we do not know."""
    return 0 < len(value) <= MAX_SHORT and not (is_told(value) or is_weak_status(name))


def _is_cut(role: LabelRole, value: str, is_prose: bool, is_labelled: bool, vocabulary: Vocabulary) -> bool:
    """Whether a label cuts the text: within prose only where its value leaves no doubt, or is short among labels."""
    if fits(role, value, vocabulary):
        return True
    is_short = len(value) <= MAX_SHORT
    if is_prose:
        return is_labelled and is_short and role in ("other", "date", "board", "number") and not is_told(value)
    return role in _CORE or is_short


def _may_begin(text: str, match: re.Match[str], vocabulary: Vocabulary) -> bool:
    """A label within a line begins with a capital letter, or stands after a comma or the like."""
    role = role_of(match["name"], vocabulary)
    before = text[: match.start()].rstrip()
    return role is not None and (match["name"][0].isupper() or not before or before[-1] in ",;|(")


def _bare_pieces(text: str, vocabulary: Vocabulary) -> list[str]:
    """The same for labels without a colon ("Status Gul Ansvarig nämnd Kommunstyrelsen"): all values must fit."""
    found = list(_bare_pattern().finditer(text))
    if not found:
        return [text]
    ends = [match.start() for match in found[1:]] + [len(text)]
    pieces: list[str] = []
    sure = 0
    for match, end in zip(found, ends, strict=True):
        role, value = role_of(match["name"], vocabulary), text[match.end() : end].strip(_EDGES)
        if role == "comment" and value[:1].isupper() and sure and end == len(text):
            pieces.append(f"{match['name']}: {value}")
        elif role is not None and role != "comment" and value and fits(role, value, vocabulary):
            pieces.append(f"{match['name']}: {value}")
            sure += 1
        else:
            return [text]
    lead = text[: found[0].start()].strip(_EDGES)
    if lead and sure < 2:
        return [text]
    return [lead, *pieces] if lead else pieces
