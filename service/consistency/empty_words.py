"""Comments of words that would fit any assignment: nothing in them is of this one."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from ljuskoll.service.consistency import messages
from ljuskoll.service.consistency.finding import Case, CheckResult
from ljuskoll.service.consistency.grounds import sentences_of
from ljuskoll.service.consistency.material import Material
from ljuskoll.service.record import FindingEvidence, Record

MOST_WORDS = 45
"""A longer comment says something."""
LEAST_WORDS = 3
ENOUGH_WORDS = 12
"""A shorter comment with a status sentence has nothing to add."""
GENERAL_SHARE = 0.85
"""So much of a comment must be words that fit anything ..."""
WITHHELD_SHARE = 0.75
"""... or so much, where the comment gives no ground for a judgement either."""
SENTENCE_SHARE = 0.5
"""A sentence with fewer of them tells something, however empty the rest."""
_WORD = re.compile(r"[^\W\d_]+")
_CAPITAL = re.compile(r"(?<=[a-zåäö,;] )[A-ZÅÄÖ]")


def check(material: Material) -> CheckResult:
    """Every comment; what is long, holds a figure or a name or says a status is taken to say something."""
    records = [record for record in material.records if record.comment.strip()]
    return CheckResult.of((found for record in records for found in _judge(material, record)), len(records))


def _judge(material: Material, record: Record) -> Iterator[Case]:
    nothing_told = record.assessment.abstained and not _says_why(record.comment)
    least = WITHHELD_SHARE if nothing_told else GENERAL_SHARE
    if (
        not is_empty(record.comment, least)
        or _says_status(record)
        or material.title(record).is_named_in(" ".join(_naming_words(record.comment)))
    ):
        return
    comment = record.comment
    yield Case(
        kind="completeness",
        check="empty_words",
        severity="low",
        records=(record,),
        message=messages.empty_words(record),
        evidence=(FindingEvidence(record=record.id, text=comment, start=0, end=len(comment)),),
    )


def _says_why(comment: str) -> bool:
    """Whether the comment tells that there is nothing to tell yet or here, or where it stands."""
    return not set(_WORD.findall(comment.casefold())).isdisjoint(_data()["telling"])


def _says_status(record: Record) -> bool:
    """Whether a status sentence says more than that work is going on."""
    phrase = record.phrase
    if phrase is None:
        return False
    words = set(_WORD.findall(phrase.text.casefold()))
    keeps_to_plan = any(word.startswith(tuple(_data()["plan_stems"])) for word in words)
    has_more = bool(record.beside_phrase.strip()) and not keeps_to_plan
    is_long = len(_WORD.findall(record.comment)) >= ENOUGH_WORDS
    is_going_on = phrase.outcome == "on_track" and (is_long or has_more)
    return not is_going_on or any(word.startswith(_status_stems()) for word in words)


def is_empty(comment: str, least: float = GENERAL_SHARE) -> bool:
    """Whether a comment has no figure, no name and at `least` so large a share of words that fit anything."""
    words = _WORD.findall(comment.casefold())
    if not LEAST_WORDS <= len(words) <= MOST_WORDS or re.search(r"\d", comment) or _CAPITAL.search(comment):
        return False
    if any(_general(tokens.words) < SENTENCE_SHARE for tokens in sentences_of(comment)):
        return False
    return _general(words) >= least


def _general(words: Sequence[str]) -> float:
    """The share, 0 to 1, of words that fit anything; signs do not count."""
    told = [word for word in words if word[0].isalpha()]
    return sum(word in _words() or word.startswith(_stems()) for word in told) / max(1, len(told))


def _naming_words(comment: str) -> list[str]:
    """The words that may name what the title asks for: not those that say of any work how it is done."""
    return [word for word in _WORD.findall(comment) if word.casefold() not in _data()["unnaming"]]


@cache
def _words() -> frozenset[str]:
    return frozenset(_data()["words"])


@cache
def _stems() -> tuple[str, ...]:
    return tuple(_data()["stems"])


@cache
def _status_stems() -> tuple[str, ...]:
    return tuple(_data()["status_stems"])


@cache
def _data() -> dict[str, list[str]]:
    return tomllib.loads((files(__package__) / "empty_words.toml").read_text(encoding="utf-8"))
