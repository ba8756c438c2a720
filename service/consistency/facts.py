"""What a comment tells outright by figures: a forecast that misses the target, a part of the year's part, a whole."""

from functools import cache

from ljuskoll.nlp.followup import Colour
from ljuskoll.nlp.language.figures import PERCENT, Figure, find_figures, same_unit
from ljuskoll.nlp.language.phrases import Lexicon, Tokens
from ljuskoll.nlp.language.title_targets import Target, read_title, single_words
from ljuskoll.nlp.language.word_files import word_file
from ljuskoll.service.consistency.grounds import figure_verdict, sentences_of, stands_still
from ljuskoll.service.record import Record

WORDS = "facts.toml"
NEAR = 2
"""A figure that differs from the bound by more times than this is rather of something else."""
_THIRD = 1 / 3
_NEARLY_ALL = 0.9
"""So large a share of the year's part is as good as all of it."""


def bound_of(record: Record) -> Target | None:
    """The title's only target, where that is a level to keep or reach and no number of things to make."""
    targets = read_title(record.assignment).targets
    return targets[0] if len(targets) == 1 and not targets[0].counts and not targets[0].change else None


def misses(bound: Target, figure: Figure) -> bool:
    """Whether a figure is of the bound's unit, near it, and on its wrong side."""
    near = bound.value / NEAR <= figure.value <= bound.value * NEAR
    return near and same_unit(bound.unit, figure.unit) and not bound.met_by(figure.value)


def may_be_met(bound: Target, record: Record) -> bool:
    """Whether a figure near the bound that names no unit would reach it: "i slutet av året var de 18"."""
    bare = [one for tokens in sentences_of(record.comment) for one in find_figures(tokens.words) if not one.unit]
    return any(bound.value / NEAR <= one.value <= bound.value * NEAR and bound.met_by(one.value) for one in bare)


def missed_forecast(record: Record) -> Tokens | None:
    """The sentence that expects the whole year to miss the bound, where all that is measured misses it too."""
    bound = bound_of(record)
    if bound is None or figure_verdict(record) != "missed":
        return None
    return next((tokens for tokens in sentences_of(record.comment) if _expects_to_miss(bound, tokens)), None)


def _expects_to_miss(bound: Target, tokens: Tokens) -> bool:
    tags = _lexicon().find(tokens)
    told = [tag.last for tag in tags if tag.kind == "forecast.any"]
    if not told or any(tag.kind == "apart.any" for tag in tags):
        return False
    after = [figure for figure in find_figures(tokens.words) if figure.first >= told[0]]
    of_unit = [figure for figure in after if same_unit(bound.unit, figure.unit)]
    return bool(of_unit) and all(misses(bound, figure) for figure in of_unit)


def left_of_the_year(record: Record) -> tuple[Colour, Tokens] | None:
    """The light and the sentence of the part that was done of what was the year's, where the work stands still."""
    sentences = list(sentences_of(record.comment))
    kinds = [_kinds(tokens) for tokens in sentences]
    halted = any("halted.any" in found or stands_still(one) for one, found in zip(sentences, kinds, strict=True))
    if not halted or any("resumed.any" in found for found in kinds):
        return None
    told = ((share, tokens) for tokens in sentences if (share := _share_of_the_year(tokens)) is not None)
    least = min(told, key=lambda pair: pair[0], default=None)
    if least is None or least[0] > _NEARLY_ALL or "rest.any" in _kinds(least[1]):
        return None
    return "red" if least[0] < _THIRD else "yellow", least[1]


def _share_of_the_year(tokens: Tokens) -> float | None:
    """The share, 0 to 1, in "140 av årets 400 meter" or "av årets 400 meter är 140 lagda"; None for neither."""
    words, figures = tokens.words, find_figures(tokens.words)
    for place, word in enumerate(words[:-1]):
        if word not in _of_the_year() or place == 0 or words[place - 1] not in single_words("of"):
            continue
        of = [one for one in figures if one.whole and one.last <= place]
        if of:
            return of[-1].value / (of[-1].whole or 1)
        whole = next((one for one in figures if one.first == place + 1), None)
        part = next((one for one in figures if whole and one.first >= whole.last), None)
        if whole and part and part.value < whole.value and part.unit != PERCENT:
            return part.value / whole.value
    return None


def misses_as_a_whole(record: Record, tokens: Tokens) -> bool:
    """Whether the sentence tells of all that the title speaks of, by one figure that misses the title's bound."""
    bound = bound_of(record)
    if bound is None or "whole.any" not in _kinds(tokens) or "apart.any" in _kinds(tokens):
        return False
    figures = [figure for figure in find_figures(tokens.words) if same_unit(bound.unit, figure.unit)]
    return len(figures) == 1 and misses(bound, figures[0])


def _kinds(tokens: Tokens) -> set[str]:
    return {tag.kind for tag in _lexicon().find(tokens)}


@cache
def _of_the_year() -> frozenset[str]:
    return frozenset(word_file(__package__, WORDS)["words"]["of_the_year"])


@cache
def _lexicon() -> Lexicon:
    return Lexicon.load(__package__, WORDS, "forecast", "apart", "halted", "rest", "resumed", "whole")
