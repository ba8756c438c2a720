"""What a comment tells outright, beside its judgement: figures against a target, another year, work as planned."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from ljuskoll.nlp.followup import Colour, Period
from ljuskoll.nlp.language.assertion import find_assertion
from ljuskoll.nlp.language.figures import PERCENT, find_figures, is_time
from ljuskoll.nlp.language.phrases import Lexicon, Tokens, tokenise
from ljuskoll.nlp.language.sentences import split_sentences
from ljuskoll.nlp.language.targets import find_targets
from ljuskoll.nlp.language.times import find_times
from ljuskoll.nlp.language.title_targets import Target, read_title
from ljuskoll.nlp.language.word_files import word_file
from ljuskoll.service.consistency.material import is_before_year_end
from ljuskoll.service.record import Record

Verdict = Literal["met", "missed"]
Stage = Literal["not_yet", "since"]
_LEAST_GREEN = 0.3
"""Less probably green than this, a text tells of more than its figures."""
_THIRD = 1 / 3
_NOUN = 4
"""What an amount is of has at least so many letters."""
_AGAINST = frozenset({"missed", "count_some", "count_few"})
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


def delivers_a_part(record: Record) -> bool:
    """Whether a third or more, but not all, of what a title for one year counts is told to be delivered.

    Counted are things, and lengths, areas and weights of a thing: "6 kilometer cykelväg".
    """
    targets = read_title(record.assignment).targets
    if is_for_several_years(record) or len(targets) != 1 or not _is_delivery(targets[0], record.assignment):
        return False
    best = max((value / targets[0].value for value in _told_of(targets[0], record)), default=0.0)
    return _THIRD <= best < 1


def _is_delivery(target: Target, assignment: str) -> bool:
    if target.counts:
        return True
    amount = target.unit in _sums() and not target.most and not target.change
    words = tokenise(assignment).words
    of = [words[one.last : one.last + 2] for one in find_figures(words) if one.value == target.value and amount]
    return any(len(after) > 1 and len(after[1]) >= _NOUN and after[1].isalpha() for after in of)


def _told_of(target: Target, record: Record) -> Iterator[float]:
    """What the comment tells against the target, as counts of things or as parts of the whole."""
    year = record.period.year if record.period else None
    for tokens in sentences_of(record.comment):
        against = {tag.first for tag in find_targets(tokens, record.assignment, year) if tag.kind in _AGAINST}
        for figure in find_figures(tokens.words):
            if figure.whole == target.value or (figure.whole is None and figure.first in against):
                yield figure.value


def already_meets(record: Record) -> bool:
    """Whether the figures so far reach the target of a title for one year, and are none that add up over a bound."""
    return figure_verdict(record) == "met" and not is_for_several_years(record) and not _may_grow(record)


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


def new_thing_is_used(assignment: str, text: str) -> list[Tokens]:
    """The sentences that say outright that a new thing is in use, where the title asks for that and no figure."""
    if "new.any" not in _left(tokenise(assignment)) or read_title(assignment).targets:
        return []
    return [one for one in sentences_of(text) if _left(one) >= {"new.any", "used.any"} and not find_assertion(one)]


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
    return names_several_years(record.assignment)


def names_several_years(assignment: str) -> bool:
    """The same of a title."""
    return _YEAR_SPAN.search(assignment) is not None


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
def _sums() -> frozenset[str]:
    return frozenset(word_file(__package__, "figures.toml")["words"]["sums"])


@cache
def _planned() -> Lexicon:
    return Lexicon.load(__package__, "planned_steps.toml")


@cache
def _open() -> Lexicon:
    return Lexicon.load(__package__, "left_open.toml")


@cache
def _stages() -> Lexicon:
    return Lexicon.load(__package__, "stages.toml")
