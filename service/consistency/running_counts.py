"""What comments count since the year began: "44 kontroller utförda sedan årsskiftet"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ljuskoll.nlp.language.figures import Figure, find_figures, is_compound, is_measure, is_year, same_unit
from ljuskoll.nlp.language.phrases import Lexicon, Tag, Tokens
from ljuskoll.nlp.language.word_files import word_file
from ljuskoll.service.consistency.grounds import sentences_of
from ljuskoll.service.consistency.titles import Title
from ljuskoll.service.record import Record

WORDS = "figures.toml"
_DONE = "done"
_LEAST = 4
"""Forms of verbs have at least so many letters."""
_SHORT = 3
"""Words of so few letters say nothing of what is counted."""
_NAME = re.compile(r"(?<=[^.!?] )[A-ZÅÄÖ][^\W\d_]+")


@dataclass(frozen=True, slots=True)
class RunningCount:
    """So many of a thing were dealt with from the year's beginning to the end of a month; `told` says it.

    `deeds` is what was done with them, `besides` what else the sentence says of them.
    """

    value: float
    noun: str
    deeds: frozenset[str]
    besides: frozenset[str]
    until: int
    told: str

    def is_undercut_by(self, later: "RunningCount") -> bool:
        """Whether a later count of the same things, or of more kinds of them, is lower."""
        if later.value >= self.value or later.until < self.until:
            return False
        same = same_unit(self.noun, later.noun) and (self.noun == later.noun or not _is_narrower(later.noun, self.noun))
        return same and later.deeds <= self.deeds and later.besides <= self.besides


def running_counts(record: Record, title: Title) -> list[RunningCount]:
    """The counts of a comment; none where it says that they were mended."""
    if record.period is None or record.period.as_of is None or is_mended(record):
        return []
    year, month = record.period.year, record.period.as_of.month
    sentences = [tokens for tokens in sentences_of(record.comment) if _is_of(year, tokens)]
    return [found for tokens in sentences for found in _counts(tokens, month, title)]


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
    return "start.any" in kinds and "apart.any" not in kinds and years <= {str(year)}


def _counts(tokens: Tokens, month: int, title: Title) -> Iterator[RunningCount]:
    starts = [tag for tag in _lexicon().find(tokens) if tag.kind == "start.any"]
    told = [figure for figure in find_figures(tokens.words) if _counts_things(tokens.words, figure, starts)]
    for figure in told:
        end = _end(tokens.words, figure)
        beside = [other for other in told if other.first < end]
        if (len(beside) > 1 and not title.is_named_in(figure.unit)) or not any(tag.last <= end for tag in starts):
            continue
        if found := _read(tokens, figure, end, starts, _until(tokens.words, starts, month)):
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


def _read(tokens: Tokens, figure: Figure, end: int, starts: Sequence[Tag], until: int) -> RunningCount | None:
    dated = {place for tag in starts for place in range(tag.first, tag.last)}
    others = [
        tokens.words[place] for place in range(end) if place not in dated and not figure.first <= place < figure.last
    ]
    others = [word for word in others if word[0].isalpha() and word != figure.unit and word not in words_of("months")]
    deeds = frozenset(_deed(word) for word in others if _is_deed(word))
    if not deeds or (not words_of("states").isdisjoint(others) and _DONE not in deeds):
        return None
    known = words_of("fillers")
    besides = {word for word in others if len(word) > _SHORT and word not in known and not _is_deed(word)}
    besides.update(_NAME.findall(tokens.quote))
    return RunningCount(figure.value, figure.unit, deeds, frozenset(besides), until, tokens.quote)


def _is_deed(word: str) -> bool:
    if len(word) < _LEAST or word in words_of("fillers"):
        return False
    return _is_done(word) or word.endswith(tuple(words_of("deeds")))


def _deed(word: str) -> str:
    """The verb without its ending, one for all that say that a thing was done."""
    endings = [ending for ending in words_of("deeds") if word.endswith(ending)]
    return _DONE if _is_done(word) else word.removesuffix(max(endings, key=len))


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
    return Lexicon.load(__package__, WORDS, "start", "mended", "apart")
