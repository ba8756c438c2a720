"""A status sentence that says done, over a figure that misses the title's bound or a named part that stands still."""

import re
from collections.abc import Iterator

from ljuskoll.nlp.followup import Colour
from ljuskoll.nlp.language.figures import find_figures, is_measure
from ljuskoll.nlp.language.phrases import Tokens
from ljuskoll.nlp.language.targets import find_targets
from ljuskoll.nlp.language.title_targets import read_title
from ljuskoll.service.consistency import messages
from ljuskoll.service.consistency.facts import NEAR, misses_as_a_whole
from ljuskoll.service.consistency.finding import Case, CheckResult, light_severity, phrase_evidence
from ljuskoll.service.consistency.grounds import (
    figure_verdict,
    light_of_figures,
    sentences_of,
    stands_still,
    tells_outcome,
)
from ljuskoll.service.consistency.material import Material, is_before_year_end
from ljuskoll.service.consistency.title_words import shares_part, stem_of
from ljuskoll.service.consistency.titles import Title
from ljuskoll.service.record import FindingEvidence, Record

LETTERS = 4
"""Stems of fewer letters say nothing of what a title is about."""
_NAMES = re.compile(r"(?<=[^\W\d_] )[A-ZÅÄÖ][^\W\d_]+(?:(?:, | och )[A-ZÅÄÖ][^\W\d_]+)+")
_NAME = re.compile(r"[A-ZÅÄÖ][^\W\d_]+")


def check(material: Material) -> CheckResult:
    """Every record whose status sentence says done and stands beside more."""
    records = [record for record in material.records if _says_done(material, record)]
    return CheckResult.of((case for record in records for case in _judge(material, record)), len(records))


def _says_done(material: Material, record: Record) -> bool:
    if record.phrase is None or record.without_phrase is None:
        return False
    return record.phrase.outcome == "completed" and material.phrase_light(record) == "green"


def _judge(material: Material, record: Record) -> Iterator[Case]:
    supported = _supported(material, record)
    if supported is None:
        return
    told = missing_figure(material, record) if supported == "red" else _still(record)
    if told is None:
        return
    text = told.quote
    yield Case(
        kind="phrase_vs_comment",
        check="said_reached",
        severity=light_severity("green", supported),
        records=(record,),
        message=messages.said_reached(record, supported, text),
        evidence=(
            *phrase_evidence(record),
            FindingEvidence(record=record.id, text=text, start=told.start, end=told.start + len(text)),
        ),
        suggested=supported,
    )


def _supported(material: Material, record: Record) -> Colour | None:
    """The light of the figures where they all miss what the title bounds, else yellow where the rest is not green."""
    bounds = read_title(record.assignment).targets
    if bounds and not any(target.counts for target in bounds) and light_of_figures(record) == "red":
        return "red"
    if not is_before_year_end(record) and any(_is_of_all(record, tokens) for tokens in _beside(record)):
        return "red"
    rest = record.without_phrase
    return "yellow" if rest and material.supported_light(record, rest) in ("yellow", "red") else None


def missing_figure(material: Material, record: Record) -> Tokens | None:
    """The first sentence beside the status sentence that tells the outcome by a figure that misses the target."""
    told = (tokens for tokens in _beside(record) if _misses(record, tokens) or _is_of_all(record, tokens))
    title = material.title(record)
    return next((tokens for tokens in told if tells_outcome(tokens) or _speaks_of(title, tokens)), None)


def _is_of_all(record: Record, tokens: Tokens) -> bool:
    return figure_verdict(record) is None and misses_as_a_whole(record, tokens)


def _speaks_of(title: Title, tokens: Tokens) -> bool:
    """Whether the sentence has a word of the title that is no unit."""
    own = {stem for stem in title.content if len(stem) >= LETTERS and stem.isalpha() and not is_measure(stem)}
    said = {stem_of(word) for word in tokens.words}
    return any(stem in said or any(shares_part(stem, other) for other in said) for stem in own)


def _misses(record: Record, tokens: Tokens) -> bool:
    year = record.period.year if record.period else None
    bounds = [target.value for target in read_title(record.assignment).targets]
    values = {figure.first: figure.value for figure in find_figures(tokens.words)}
    return any(
        tag.kind == "missed" and any(bound / NEAR <= values.get(tag.first, bound) <= bound * NEAR for bound in bounds)
        for tag in find_targets(tokens, record.assignment, year)
    )


def _still(record: Record) -> Tokens | None:
    """The sentence that says of some of the parts which the title names that they stand still, if none follows it."""
    parts = {name for names in _NAMES.findall(record.assignment) for name in _NAME.findall(names)}
    told = [(tokens, named) for tokens in _beside(record) if (named := parts.intersection(_NAME.findall(tokens.quote)))]
    for place, (tokens, named) in enumerate(told):
        later = any(named & others for _, others in told[place + 1 :])
        if len(named) < len(parts) and stands_still(tokens) and not later:
            return tokens
    return None


def _beside(record: Record) -> Iterator[Tokens]:
    phrase = record.phrase
    return (tokens for tokens in sentences_of(record.comment) if phrase is None or tokens.start != phrase.start)
