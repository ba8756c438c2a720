"""What comments count since the year began: "44 kontroller utförda sedan årsskiftet"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ljuskoll.nlp.language.figures import Figure, find_figures, is_compound, is_measure, is_year, same_unit
from ljuskoll.nlp.language.phrases import Lexicon, Tag, Tokens
from ljuskoll.nlp.language.title_targets import Target, read_title
from ljuskoll.nlp.language.word_files import word_file
from ljuskoll.service.consistency.grounds import names_several_years, sentences_of
from ljuskoll.service.consistency.titles import Title
from ljuskoll.service.record import Record

WORDS = "figures.toml"
_DONE = "done"
_LEAST = 4
"""Forms of verbs have at least so many letters."""
_ENDING = 2
"""A verb's own ending in a title has so many letters at most: "utbilda", "lagas"."""
_SHORT = 3
"""Words of so few letters say nothing of what is counted."""
_NAME = re.compile(r"(?<=[^.!?] )[A-ZÅÄÖ][^\W\d_]+")


@dataclass(frozen=True, slots=True)
class RunningCount:
    """So many of a thing were dealt with from the year's beginning to the end of a month; `told` says it.

    `deeds` is what was done with them, `besides` what else the sentence says of them. `asked`: it tells that what the
    title counts is done; `plain`: so it does without saying since when, which is as much of the year at most.
    """

    value: float
    noun: str
    deeds: frozenset[str]
    besides: frozenset[str]
    until: int
    told: str
    asked: bool = False
    plain: bool = False

    def is_undercut_by(self, later: "RunningCount") -> bool:
        """Whether a later count of the same things, or of more kinds of them, is lower."""
        if later.value >= self.value or later.until < self.until or later.plain:
            return False
        same = same_unit(self.noun, later.noun) and (self.noun == later.noun or not _is_narrower(later.noun, self.noun))
        one_deed = later.deeds <= self.deeds or (self.asked and later.asked)
        return same and one_deed and later.besides <= self.besides


@dataclass(frozen=True, slots=True)
class Asked:
    """What a title counts for one year, with the title's words."""

    target: Target
    words: tuple[str, ...]

    def is_counted_by(self, figure: Figure) -> bool:
        """Whether a figure is of these things, and of no more than are asked for."""
        fits = figure.value <= self.target.value and figure.whole in (None, self.target.value)
        return fits and same_unit(figure.unit, self.target.unit)

    def is_done(self, others: Sequence[str]) -> bool:
        """Whether the words around a figure say that what the title asks for is done, and of nothing else."""
        told = [word for word in others if _is_deed(word) or _is_finished(word)]
        return bool(told) and all(_is_finished(word) or self._is_own(word) for word in told)

    def _is_own(self, word: str) -> bool:
        """Whether the verb is the title's own: "utbildats" of "Utbilda"."""
        stem = _deed(word)
        return len(stem) >= _SHORT and any(
            own.startswith(stem) and len(own) <= len(stem) + _ENDING for own in self.words
        )


def running_counts(record: Record, title: Title, is_new: bool = True) -> list[RunningCount]:
    """The counts of a comment; none where it says that they were mended.

    Where the assignment is not new this year, a plain count may hold what was done before it.
    """
    if record.period is None or record.period.as_of is None or is_mended(record):
        return []
    year, month = record.period.year, record.period.as_of.month
    sentences = [tokens for tokens in sentences_of(record.comment) if _is_of(year, tokens)]
    target = _asked_for(record.assignment, year)
    found = [count for tokens in sentences for count in _counts(tokens, month, title, target)]
    return [count for count in found if not count.plain or is_new]


def is_mended(record: Record) -> bool:
    """Whether the comment says that a figure was mended, or is counted otherwise than before."""
    return any("mended.any" in _kinds(tokens) for tokens in sentences_of(record.comment))


@cache
def words_of(kind: str) -> frozenset[str]:
    """A list of words of the checks of figures."""
    return frozenset(word_file(__package__, WORDS)["words"][kind])


def _is_narrower(noun: str, other: str) -> bool:
    return len(noun) > len(other) and is_compound(noun, other)


def _is_of(year: int, tokens: Tokens) -> bool:
    kinds = _kinds(tokens)
    years = {word for word in tokens.words if is_year(word)}
    return ("start.any" in kinds or "whole.any" not in kinds) and "apart.any" not in kinds and years <= {str(year)}


def _asked_for(assignment: str, year: int) -> Asked | None:
    """The things that a title for this year alone counts; None where it counts none, or several."""
    read = read_title(assignment)
    years = {word for word in read.listed if is_year(word)}
    if (
        len(read.targets) != 1
        or not read.targets[0].counts
        or names_several_years(assignment)
        or not years <= {str(year)}
    ):
        return None
    return Asked(read.targets[0], tuple(read.listed))


def _counts(tokens: Tokens, month: int, title: Title, asked: Asked | None) -> Iterator[RunningCount]:
    starts = [tag for tag in _lexicon().find(tokens) if tag.kind == "start.any"]
    told = [figure for figure in find_figures(tokens.words) if _counts_things(tokens.words, figure, starts)]
    for figure in told:
        end = _end(tokens.words, figure)
        beside = [other for other in told if other.first < end]
        if (len(beside) > 1 and not title.is_named_in(figure.unit)) or (
            starts and not any(tag.last <= end for tag in starts)
        ):
            continue
        counted = asked if asked and asked.is_counted_by(figure) else None
        if found := _read(tokens, figure, end, starts, _until(tokens.words, starts, month), counted):
            yield found


def _counts_things(words: Sequence[str], figure: Figure, starts: Sequence[Tag]) -> bool:
    if any(tag.first <= figure.first < tag.last for tag in starts) or not figure.unit:
        return False
    if is_measure(figure.unit) and figure.unit not in words_of("sums"):
        return False
    return words_of("about").isdisjoint(words[max(0, figure.first - 1) : figure.first])


def _end(words: Sequence[str], figure: Figure) -> int:
    """The end of the stretch in which the figure is told."""
    ends = words_of("ends")
    return next((place for place in range(figure.last, len(words)) if words[place] in ends), len(words))


def _read(
    tokens: Tokens, figure: Figure, end: int, starts: Sequence[Tag], until: int, counted: Asked | None
) -> RunningCount | None:
    dated = {place for tag in starts for place in range(tag.first, tag.last)}
    others = [
        tokens.words[place] for place in range(end) if place not in dated and not figure.first <= place < figure.last
    ]
    others = [word for word in others if word[0].isalpha() and word != figure.unit and word not in words_of("months")]
    deeds = frozenset(_deed(word) for word in others if _is_deed(word))
    is_asked = counted is not None and counted.is_done(others)
    states = words_of("states") - (words_of("copulas") if is_asked else frozenset())
    tells = bool(deeds) and (states.isdisjoint(others) or _DONE in deeds)
    if not (tells if starts else is_asked and states.isdisjoint(others)):
        return None
    known = words_of("fillers")
    besides = {word for word in others if len(word) > _SHORT and word not in known and not _is_deed(word)}
    besides.update(_NAME.findall(tokens.quote))
    told = tokens.quote
    return RunningCount(figure.value, figure.unit, deeds, frozenset(besides), until, told, is_asked, not starts)


def _is_deed(word: str) -> bool:
    if len(word) < _LEAST or word in words_of("fillers"):
        return False
    return _is_done(word) or word.endswith(tuple(words_of("deeds")))


def _deed(word: str) -> str:
    """The verb without its ending, one for all that say that a thing was done."""
    endings = [ending for ending in words_of("deeds") if word.endswith(ending)]
    return _DONE if _is_done(word) else word.removesuffix(max(endings, key=len))


def _is_finished(word: str) -> bool:
    return word in words_of("in_place") or word.startswith(tuple(words_of("finished")))


def _is_done(word: str) -> bool:
    return word.startswith(tuple(words_of("done")))


def _until(words: Sequence[str], starts: Sequence[Tag], month: int) -> int:
    """The last month of the count: the one that is named, else the report's."""
    months = word_file(__package__, WORDS)["words"]["months"]
    before = words_of("until")
    named = [
        months.index(word) + 1
        for place, word in enumerate(words)
        if word in months and place and words[place - 1] in before
    ]
    named += [months.index(word.partition("-")[2]) + 1 for word in words if word.partition("-")[2] in months]
    span = [words[place] for tag in starts for place in range(tag.first, tag.last)]
    if not named and not words_of("first").isdisjoint(span):
        named = [int(figure.value) for figure in find_figures([*span, "månader"])]
    return max(named, default=month)


def _kinds(tokens: Tokens) -> set[str]:
    return {tag.kind for tag in _lexicon().find(tokens)}


@cache
def _lexicon() -> Lexicon:
    return Lexicon.load(__package__, WORDS, "start", "mended", "apart", "whole")
