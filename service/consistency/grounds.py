"""What a comment tells outright, beside its judgement: figures against a target, another year, work as planned."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from ljuskoll.nlp.followup import Colour, Period
from ljuskoll.nlp.language.assertion import find_assertion
from ljuskoll.nlp.language.figures import PERCENT, is_time
from ljuskoll.nlp.language.phrases import Lexicon, Tokens, tokenise
from ljuskoll.nlp.language.sentences import split_sentences
from ljuskoll.nlp.language.targets import find_targets
from ljuskoll.nlp.language.times import find_times
from ljuskoll.nlp.language.title_targets import read_title
from ljuskoll.service.consistency.material import is_before_year_end
from ljuskoll.service.record import Record

Verdict = Literal["met", "missed"]
Stage = Literal["not_yet", "since"]
_LEAST_GREEN = 0.3
"""Less probably green than this, a text tells of more than its figures."""
_YEAR_SPAN = re.compile(r"(?:19|20)\d\d\s*[-–]\s*(?:(?:19|20)?\d\d)")


def figure_verdict(record: Record) -> Verdict | None:
    """Whether all figures that are held against the title's target met it, or all missed it; None where they differ.

    A figure of the whole year decides over those of its months.
    """
    year = record.period.year if record.period else None
    told = [
        (tokens, {tag.kind for tag in find_targets(tokens, record.assignment, year)} & {"met", "missed"})
        for tokens in sentences_of(record.comment)
    ]
    of_year = [kinds for tokens, kinds in told if kinds and "year" in _stages_in(tokens)]
    found = set().union(*(of_year or [kinds for _, kinds in told]))
    if len(found) != 1:
        return None
    return "met" if "met" in found else "missed"


def tells_outcome(tokens: Tokens) -> bool:
    """Whether a sentence begins with a figure, or with a word for what came out: "Utfallet blev"."""
    if tokens.words and tokens.words[0][0].isdigit():
        return True
    return any(tag.kind.startswith(("outcome", "year")) for tag in _stages().tag(tokens)[:1])


def light_of_figures(record: Record) -> Colour | None:
    """The light of figures that all meet or all miss the target of a title for one year.

    Before the year's end green alone, where the text leaves nothing open: what is not reached may be yet, and what
    must not grow over a bound has still time to.
    """
    is_early = is_before_year_end(record)
    if is_for_several_years(record) or (is_early and record.assessment.probability_of("green") < _LEAST_GREEN):
        return None
    verdict = figure_verdict(record)
    if verdict is None or (is_early and (verdict == "missed" or _may_grow(record) or leaves_it_open(record.comment))):
        return None
    return "green" if verdict == "met" else "red"


def _may_grow(record: Record) -> bool:
    """Whether the title sets a bound to what is added up over the year: a count or a cost, but no share or time."""
    targets = read_title(record.assignment).targets
    return any(one.most and one.unit != PERCENT and not is_time(one.unit) for one in targets)


def leaves_it_open(text: str) -> bool:
    """Whether the text says that the result depends on something, is uncertain or will be known later."""
    return any(
        "open.any" in _left(tokens) or any(tag.kind in ("condition", "uncertainty") for tag in find_assertion(tokens))
        for tokens in sentences_of(text)
    )


def expects_to_reach(text: str) -> bool:
    """Whether a sentence without a denial says that the result is expected to be reached."""
    return any(
        "expected.any" in _left(tokens) and all(tag.kind != "negation" for tag in find_assertion(tokens))
        for tokens in sentences_of(text)
    )


def _left(tokens: Tokens) -> set[str]:
    return {tag.kind for tag in _open().find(tokens)}


def says_next_year(text: str, period: Period | None) -> bool:
    """Whether the last time that the text names is after the period's year."""
    times = [tag.kind for tokens in sentences_of(text) for tag in find_times(tokens, period)]
    return bool(times) and times[-1] == "next_year"


def names_a_time(text: str, period: Period | None) -> bool:
    """Whether the text says when."""
    return any(tag.kind for tokens in sentences_of(text) for tag in find_times(tokens, period))


def is_for_several_years(record: Record) -> bool:
    """Whether the title names more years than one."""
    return _YEAR_SPAN.search(record.assignment) is not None


def goes_on_as_planned(text: str) -> bool:
    """Whether the text says that this year's part of longer work is done, or that the work keeps to its plan."""
    return any(tag.kind.startswith("planned") for tag in _planned().tag(tokenise(text, 0, len(text))))


def tells_what_comes_after(text: str, period: Period | None) -> bool:
    """Whether all that the text names of a later year follows what is done: a warranty inspection, an opening."""
    later = [one for one in sentences_of(text) if any(tag.kind == "next_year" for tag in find_times(one, period))]
    return bool(later) and all(any(tag.kind == "after.any" for tag in _planned().find(one)) for one in later)


def stage_of(text: str) -> Stage | None:
    """Whether the text says outright that the thing is not there yet, or that it is; None for neither or both."""
    told = _told(text) & {"not_yet", "since"}
    if len(told) != 1:
        return None
    return "not_yet" if "not_yet" in told else "since"


def leaves_the_reports(text: str) -> bool:
    """Whether the text says that this is the last that the reports tell of it."""
    return "leaving" in _told(text)


def is_measured_once(text: str) -> bool:
    """Whether the text says that there is no new result to wait for this year."""
    return "measured" in _told(text)


def stands_still(tokens: Tokens) -> bool:
    """Whether a sentence says, and does not deny, that something stands still."""
    return "still" in _stages_in(tokens) and all(tag.kind != "negation" for tag in find_assertion(tokens))


def _told(text: str) -> set[str]:
    return {kind for tokens in sentences_of(text) for kind in _stages_in(tokens)}


def _stages_in(tokens: Tokens) -> set[str]:
    return {tag.kind.partition(".")[0] for tag in _stages().tag(tokens) if tag.kind}


def sentences_of(text: str) -> Iterator[Tokens]:
    """The tokens of each sentence."""
    return (tokenise(text, start, end) for start, end in split_sentences(text))


@cache
def _planned() -> Lexicon:
    return Lexicon.load(__package__, "planned_steps.toml")


@cache
def _open() -> Lexicon:
    return Lexicon.load(__package__, "left_open.toml")


@cache
def _stages() -> Lexicon:
    return Lexicon.load(__package__, "stages.toml")
