"""The spaCy components and their factories; spaCy finds this module by entry point, so it must be light to import.

Each component works alone, on any tokenizer, sentence by sentence as `split_sentences` has them; `process` only finds,
`__call__` writes. Where the tokenizer has glued words together a span of tokens is wider than what was found.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from functools import partial

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from ljuskoll.nlp.followup import Period
from ljuskoll.nlp.language.assertion import find_assertion
from ljuskoll.nlp.language.contrast import find_contrast
from ljuskoll.nlp.language.phrases import Tag, Tokens, tokenise
from ljuskoll.nlp.language.sentences import split_sentences
from ljuskoll.nlp.language.stages import UNKNOWN_YEAR
from ljuskoll.nlp.language.status import StatusSpan, find_status
from ljuskoll.nlp.language.targets import find_targets
from ljuskoll.nlp.language.tense import find_tense
from ljuskoll.nlp.language.times import find_times
from ljuskoll.nlp.language.topic import find_topic

NAME = "ljuskoll_status"

_SPANS = "doc.spans"


@Language.factory("ljuskoll_sentences", assigns=["token.is_sent_start"])
def make_sentences(nlp: Language, name: str) -> "SentencesComponent":
    """Sentences as `split_sentences` has them; must come before a parser."""
    return SentencesComponent()


@Language.factory(NAME, assigns=[_SPANS, "doc._.ljuskoll_status"], default_config={"extra": {}, "year": None})
def make_status(nlp: Language, name: str, extra: dict[str, str], year: int | None) -> "StatusComponent":
    """The status component; `extra` and `year` as in `find_status`."""
    return StatusComponent(extra, year)


@Language.factory("ljuskoll_assertion", assigns=[_SPANS])
def make_assertion(nlp: Language, name: str) -> "TagComponent":
    """Spans of `find_assertion`."""
    return TagComponent("ljuskoll_assertion", find_assertion)


@Language.factory("ljuskoll_tense", assigns=[_SPANS])
def make_tense(nlp: Language, name: str) -> "TagComponent":
    """Spans of `find_tense`."""
    return TagComponent("ljuskoll_tense", find_tense)


@Language.factory("ljuskoll_times", assigns=[_SPANS], default_config={"period": {"year": None, "tertial": None}})
def make_times(nlp: Language, name: str, period: dict[str, int | None]) -> "TagComponent":
    """Spans of `find_times`, seen from a report's `period`: {"year": 2024, "tertial": 2}, either None if not known.

    pydantic.ValidationError: a period that cannot be.
    """
    return TagComponent("ljuskoll_times", partial(find_times, period=_period(period)))


@Language.factory("ljuskoll_contrast", assigns=[_SPANS])
def make_contrast(nlp: Language, name: str) -> "TagComponent":
    """Spans of `find_contrast`."""
    return TagComponent("ljuskoll_contrast", find_contrast)


@Language.factory("ljuskoll_topic", assigns=[_SPANS])
def make_topic(nlp: Language, name: str) -> "TagComponent":
    """Spans of `find_topic`."""
    return TagComponent("ljuskoll_topic", find_topic)


@Language.factory("ljuskoll_targets", assigns=[_SPANS], default_config={"assignment": "", "year": None})
def make_targets(nlp: Language, name: str, assignment: str, year: int | None) -> "TagComponent":
    """Spans of `find_targets`; `assignment` (the title) and `year` as there."""
    return TagComponent("ljuskoll_targets", partial(find_targets, assignment=assignment, year=year))


class TagComponent:
    """Writes the tags of every sentence to `doc.spans[key]`, by place, with their kinds as labels."""

    def __init__(self, key: str, find: Callable[[Tokens], Sequence[Tag]]) -> None:
        self.key, self.find = key, find

    def __call__(self, doc: Doc) -> Doc:
        """The same doc with its spans."""
        doc.spans[self.key] = SpanGroup(doc, name=self.key, spans=list(self.process(doc)))
        return doc

    def process(self, doc: Doc) -> Iterator[Span]:
        """The spans found."""
        text = doc.text
        for start, end in split_sentences(text):
            tokens = tokenise(text, start, end)
            for tag in self.find(tokens):
                yield _span(doc, tokens.spans[tag.first][0], tokens.spans[tag.last - 1][1], tag.kind)


class StatusComponent:
    """Writes what `find_status` finds to `doc.spans["ljuskoll_status"]`, a span a sentence with its outcome as label.

    `doc._.ljuskoll_status` holds all that is known of them (the fields of `StatusSpan`) as plain data.
    """

    def __init__(self, extra: dict[str, str], year: int | None) -> None:
        self.extra, self.year = extra, year
        if not Doc.has_extension(NAME):
            Doc.set_extension(NAME, default=[])

    def __call__(self, doc: Doc) -> Doc:
        """The same doc with its status sentences."""
        found = self.process(doc)
        spans = [_span(doc, status.start, status.end, status.outcome) for status in found]
        doc.spans[NAME] = SpanGroup(doc, name=NAME, spans=spans)
        doc._.set(NAME, [asdict(status) for status in found])
        return doc

    def process(self, doc: Doc) -> tuple[StatusSpan, ...]:
        """The status sentences found."""
        return find_status(doc.text, self.extra, self.year)


class SentencesComponent:
    """Sets `token.is_sent_start`; a bullet or number begins the sentence after it, white space ends the one before.

    A token that holds the end of one sentence and the start of the next belongs to the first.
    """

    def __call__(self, doc: Doc) -> Doc:
        """The same doc with its sentences. ValueError: it has been parsed, and its trees could cross them."""
        if len(doc) and doc.has_annotation("DEP"):
            raise ValueError("ljuskoll_sentences must come before the parser")
        # All at once: spaCy looks through the whole doc for a parse each time that a single token is set.
        starts = np.where(self.process(doc), 1, -1).astype(np.uint64)
        return doc.from_array("SENT_START", starts)  # type: ignore[arg-type]  # takes any array of numpy

    def process(self, doc: Doc) -> list[bool]:
        """Whether a sentence begins there, for each token."""
        ends = [end for _, end in split_sentences(doc.text)][:-1]
        starts: list[bool] = []
        current = 0
        for token in doc:
            number = current if token.is_space else bisect_right(ends, token.idx)
            starts.append(not starts or number > current)
            current = number
        return starts


def _span(doc: Doc, start: int, end: int, label: str) -> Span:
    span = doc.char_span(start, end, label=label, alignment_mode="expand")
    assert span is not None, "there is a token at every word"
    return span


def _period(config: dict[str, int | None]) -> Period | None:
    known = {key: value for key, value in config.items() if value is not None}
    return Period.model_validate({"year": UNKNOWN_YEAR, **known}) if known else None
