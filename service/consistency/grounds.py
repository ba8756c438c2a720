"""What a comment tells outright, beside its judgement: figures against a target, another year, work as planned."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from ljuskoll.nlp.followup import Colour, Period
from ljuskoll.nlp.language.assertion import find_assertion
from ljuskoll.nlp.language.phrases import Lexicon, Tokens, tokenise
from ljuskoll.nlp.language.sentences import split_sentences
from ljuskoll.nlp.language.targets import find_targets
from ljuskoll.nlp.language.times import find_times
from ljuskoll.service.consistency.material import is_before_year_end
from ljuskoll.service.record import Record

Verdict = Literal["met", "missed"]
Stage = Literal["not_yet", "since"]
_YEAR_SPAN = re.compile(r"(?:19|20)\d\d\s*[-–]\s*(?:(?:19|20)?\d\d)")


def figure_verdict(record: Record) -> Verdict | None:
    """Whether all figures that are held against the title's target met it, or all missed it; None where they differ."""
    year = record.period.year if record.period else None
    found = {
        tag.kind
        for tokens in _sentences(record.comment)
        for tag in find_targets(tokens, record.assignment, year)
        if tag.kind in ("met", "missed")
    }
    if len(found) != 1:
        return None
    return "met" if "met" in found else "missed"


def light_of_figures(record: Record) -> Colour | None:
    """At the year's end, the light of figures that all meet or all miss the target of a title for one year."""
    if is_before_year_end(record) or is_for_several_years(record):
        return None
    verdict = figure_verdict(record)
    return None if verdict is None else "green" if verdict == "met" else "red"


def leaves_it_open(text: str) -> bool:
    """Whether the text says that the result depends on something or is uncertain."""
    return any(
        tag.kind in ("condition", "uncertainty") for tokens in _sentences(text) for tag in find_assertion(tokens)
    )


def says_next_year(text: str, period: Period | None) -> bool:
    """Whether the last time that the text names is after the period's year."""
    times = [tag.kind for tokens in _sentences(text) for tag in find_times(tokens, period)]
    return bool(times) and times[-1] == "next_year"


def names_a_time(text: str, period: Period | None) -> bool:
    """Whether the text says when."""
    return any(tag.kind for tokens in _sentences(text) for tag in find_times(tokens, period))


def is_for_several_years(record: Record) -> bool:
    """Whether the title names more years than one."""
    return _YEAR_SPAN.search(record.assignment) is not None


def goes_on_as_planned(text: str) -> bool:
    """Whether the text says that this year's part of longer work is done, or that the work keeps to its plan."""
    return any(tag.kind.startswith("planned") for tag in _planned().tag(tokenise(text, 0, len(text))))


def stage_of(text: str) -> Stage | None:
    """Whether the text says outright that the thing is not there yet, or that it is; None for neither or both."""
    told = _told(text)
    if told >= {"not_yet", "since"} or told <= {"leaving"}:
        return None
    return "not_yet" if "not_yet" in told else "since"


def leaves_the_reports(text: str) -> bool:
    """Whether the text says that this is the last that the reports tell of it."""
    return "leaving" in _told(text)


def _told(text: str) -> set[str]:
    tags = (tag for tokens in _sentences(text) for tag in _stages().tag(tokens))
    return {tag.kind.partition(".")[0] for tag in tags if tag.kind}


def _sentences(text: str) -> Iterator[Tokens]:
    return (tokenise(text, start, end) for start, end in split_sentences(text))


@cache
def _planned() -> Lexicon:
    return Lexicon.load(__package__, "planned_steps.toml")


@cache
def _stages() -> Lexicon:
    return Lexicon.load(__package__, "stages.toml")
