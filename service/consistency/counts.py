"""What comments count of a whole: "212 av 250 brukare", "38 återstår", "alla nittio", "de nio"."""

from collections.abc import Iterator
from functools import cache

from ljuskoll.nlp.language.figures import Figure, find_figures
from ljuskoll.nlp.language.phrases import Tokens
from ljuskoll.nlp.language.title_targets import read_title
from ljuskoll.nlp.language.word_files import word_file
from ljuskoll.service.consistency.grounds import sentences_of
from ljuskoll.service.record import Record

THE = "de"
"""Before a number: those that were told of before."""


def counted_of(record: Record) -> dict[float, frozenset[float]]:
    """What the comment counts of each whole that its title names: {250: {212}} for "212 av 250 brukare".

    What is left of the only whole counts as the rest of it: {250: {212}} for "38 återstår", too.
    """
    wholes = _wholes(record)
    found = list(_figures(record.comment))
    counted = {whole: {figure.value for _, figure in found if figure.whole == whole} for whole in wholes}
    if len(wholes) == 1:
        (whole,) = wholes
        left = {figure.value for tokens, figure in found if figure.whole is None and _is_left(tokens, figure)}
        counted[whole] |= {whole - value for value in left if value <= whole}
    return {whole: frozenset(values) for whole, values in counted.items()}


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
