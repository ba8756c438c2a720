"""Titles whose status only a sentence tells: headings of one kind in a row, in a part about assignments or goals."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from ljuskoll.nlp.language.sentences import split_sentences
from ljuskoll.nlp.language.status import opens_outright
from ljuskoll.nlp.layouts.entries import ends_sentence
from ljuskoll.nlp.layouts.items import can_be_title
from ljuskoll.nlp.layouts.stream import UNMARKED, Stream
from ljuskoll.nlp.layouts.titles import looks_like_title, without_full_stop
from ljuskoll.nlp.vocabulary.columns import goal_status
from ljuskoll.nlp.vocabulary.labels import is_subheading

_NUMBER = re.compile(r"(\d{1,3})[.)]\s")
MAX_OPENING = 400
"""Characters of a paragraph in which its opening sentence is looked for."""
MIN_SENTENCES = 2
"""One heading with a status sentence below it can stand in any text; two in a row make a follow-up."""
MAX_PARAGRAPHS = 6
"""Paragraphs of a comment whose last sentence can be its status."""
MIN_UNSAID = 3
"""So many in a row, and no other heading among them, need no heading above that speaks of a follow-up."""


def spoken_titles(stream: Stream, free: frozenset[int]) -> list[int]:
    """The headings with an outright status sentence first below them that make a list of follow-ups."""
    chosen: list[int] = []
    for run in _runs(stream, free):
        spoken = [index for index in run if _is_spoken(stream, index)]
        least = MIN_SENTENCES if stream.says_followup(run[0]) else max(MIN_UNSAID, len(run))
        if len(spoken) >= least and len(spoken) * 2 >= len(run):
            chosen += [index for index in run if index in spoken or _is_told(stream, index)]
    return chosen


def _runs(stream: Stream, free: frozenset[int]) -> Iterator[list[int]]:
    """Headings of one level that follow each other below one heading, without those at the ends that say no status."""
    groups: dict[tuple[int, int], list[int]] = {}
    parents: list[int] = []
    part = 0
    for index in sorted(free):
        if not _is_heading(stream, index):
            continue
        level = stream.level(index)
        while parents and stream.level(parents[-1]) >= level:
            parents.pop()
        if _is_section(stream, index):
            part = index
        elif level == UNMARKED:
            groups.setdefault((part, level), []).append(index)
        else:
            groups.setdefault((parents[-1] if parents else part, level), []).append(index)
        parents.append(index)
    for siblings in groups.values():
        yield from _trimmed(stream, siblings)


def _is_heading(stream: Stream, index: int) -> bool:
    return stream.heading_text(index) is not None and not is_subheading(stream.text(index))


def _trimmed(stream: Stream, siblings: Sequence[int]) -> Iterator[list[int]]:
    """The runs of siblings that begin and end with a status sentence, cut where two in a row have none."""
    if numbered := _numbered(stream, siblings):
        yield numbered
        return
    run: list[int] = []
    for is_spoken, part in groupby(siblings, key=lambda index: _is_spoken(stream, index)):
        found = list(part)
        if is_spoken:
            run += found
        elif len(found) > 1 and run:
            yield run
            run = []
        elif run:
            run += found
    while run and not _is_spoken(stream, run[-1]):
        run.pop()
    if run:
        yield run


def _numbered(stream: Stream, siblings: Sequence[int]) -> list[int]:
    """The headings that are numbered from 1 on, where there are some: each is one of a list."""
    found: list[int] = []
    for index in siblings:
        match = _NUMBER.match(stream.entries[index].text)
        if match is not None and int(match[1]) == len(found) + 1:
            found.append(index)
    return found if len(found) >= MIN_SENTENCES else []


def _is_told(stream: Stream, index: int) -> bool:
    """Whether a title stands among the others with a text below it, though that does not begin with its status."""
    below = index + 1
    if below >= len(stream.entries) or stream.is_section(index) or stream.is_foreign(index):
        return False
    if stream.label(index) is not None or stream.entries[below].block is None or stream.is_heading(below):
        return False
    is_text = stream.has_headings or ends_sentence(stream.entries[below].text)
    return is_text and can_be_title(stream, without_full_stop(stream.entries[index].text))


def _is_spoken(stream: Stream, index: int) -> bool:
    """A title with an outright status sentence first in the text below it, or last where follow-ups are told of."""
    below = index + 1
    title = without_full_stop(stream.entries[index].text)
    if below >= len(stream.entries) or not looks_like_title(title) or stream.is_foreign(index):
        return False
    if _is_section(stream, index) or stream.label(index) is not None or stream.is_heading(below):
        return False
    if opens_outright(_opening(stream, below), stream.vocabulary.phrases):
        return True
    text = stream.entries[_last_below(stream, below)].text
    closing = split_sentences(text)[-1:] if stream.says_followup(index) else []
    return any(opens_outright(text[start:end], stream.vocabulary.phrases) for start, end in closing)


def _is_section(stream: Stream, index: int) -> bool:
    """Whether a heading is a part of the report rather than a title; a goal is a title where its status is told."""
    if not stream.is_section(index) or not stream.is_goal(index) or index + 1 >= stream.size:
        return stream.is_section(index)
    opening = _opening(stream, index + 1)
    return not (goal_status(opening) and opens_outright(opening, stream.vocabulary.phrases))


def _opening(stream: Stream, index: int) -> str:
    """The first sentence of a text."""
    text = stream.entries[index].text
    _, end = next(iter(split_sentences(text[:MAX_OPENING])), (0, 0))
    return text[:end]


def _last_below(stream: Stream, below: int) -> int:
    """The last paragraph of the text that begins at `below`, up to a heading, a table or a label."""
    last = below
    for index in range(below + 1, min(below + MAX_PARAGRAPHS, stream.size)):
        if stream.entries[index].block is None or stream.is_heading(index) or stream.label(index) is not None:
            break
        last = index
    return last
