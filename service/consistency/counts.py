"""What comments count of a whole: "212 av 250 brukare", "38 återstår", "alla nittio", "de nio"."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ljuskoll.nlp.language.figures import Figure, find_figures
from ljuskoll.nlp.language.phrases import Tokens
from ljuskoll.nlp.language.title_targets import read_title
from ljuskoll.nlp.language.word_files import word_file
from ljuskoll.service.consistency.grounds import sentences_of
from ljuskoll.service.record import Record

OF = "av"
NEAR = 4
"""So many words after a count its whole begins."""
THE = "de"
"""Before a number: those that were told of before."""


class Counted(NamedTuple):
    """So many of a whole; `told` is the sentence that says so, `by_rest` that it says how many are left instead."""

    value: float
    whole: float
    told: str
    by_rest: bool = False


def counted_of(record: Record) -> dict[float, frozenset[float]]:
    """What the comment counts of each whole that its title names: {250: {212}} for "212 av 250 brukare"."""
    found = list(tellings(record))
    return {whole: frozenset(one.value for one in found if one.whole == whole) for whole in _wholes(record)}


def tellings(record: Record) -> Iterator[Counted]:
    """What the comment counts of the wholes that its title names, sentence by sentence.

    What is left of the only whole counts as the rest of it: 212 of 250 for "38 återstår", too.
    """
    wholes = _wholes(record)
    for tokens, figure in _figures(record.comment):
        whole = figure.whole or _whole_after(tokens, figure)
        if whole in wholes and whole is not None:
            yield Counted(figure.value, whole, tokens.quote)
        elif whole is None and len(wholes) == 1 and _is_left(tokens, figure):
            (only,) = wholes
            if figure.value <= only:
                yield Counted(only - figure.value, only, tokens.quote, by_rest=True)


def _whole_after(tokens: Tokens, figure: Figure) -> float | None:
    """The whole that stands a few words after what is counted of it: "33 hem genomgångna av 70"."""
    after = tokens.words[figure.last : figure.last + NEAR]
    place = next((at for at, word in enumerate(after) if word == OF), None)
    if place is None or not all(word.isalpha() for word in after[:place]):
        return None
    rest = tokens.words[figure.last + place + 1 :][:2]
    return next((one.value for one in find_figures(rest) if one.first <= 1 and not one.unit), None)


def counts_fewer(before: Record, after: Record) -> bool:
    """Whether a comment says all of a number, and a later one some of it: "740 av 740", "530 av 740"."""
    all_of = {figure.whole for _, figure in _figures(before.comment) if figure.whole == figure.value}
    later = {figure.whole for _, figure in _figures(after.comment) if figure.whole and figure.value < figure.whole}
    return bool(later & all_of)


def names_the_same(record: Record) -> bool:
    """Whether the comment tells of the very things that the title counts: "de nittio" under "Utbilda 90"."""
    wholes = _wholes(record)
    sentences = (tokens.words for tokens in sentences_of(record.comment))
    told = (words[at + 1 : at + 4] for words in sentences for at, word in enumerate(words) if word == THE)
    return any(one.first == 0 and one.value in wholes for words in told for one in find_figures(words))


def _wholes(record: Record) -> frozenset[float]:
    return frozenset(target.value for target in read_title(record.assignment).targets)


def _figures(text: str) -> Iterator[tuple[Tokens, Figure]]:
    return ((tokens, figure) for tokens in sentences_of(text) for figure in find_figures(tokens.words))


def _is_left(tokens: Tokens, figure: Figure) -> bool:
    around = tokens.words[max(0, figure.first - 1) : figure.last + 2]
    return not _remaining().isdisjoint(around)


@cache
def _remaining() -> frozenset[str]:
    return frozenset(word_file(__package__, "counts.toml")["remaining"])
