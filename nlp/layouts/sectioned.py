"""Sections: a heading for each assignment, with labels ("Status: Gul") or a status sentence below it."""

from ljuskoll.nlp.language.reading import OUTRIGHT
from ljuskoll.nlp.language.status import find_status
from ljuskoll.nlp.layouts.items import Parsed, Start, label_of, make_followups
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.layouts.titles import Title, board_title, looks_like_title

NAME = "sectioned"
MAX_OPENING = 400
"""Characters of a paragraph in which its opening sentence is looked for."""
MIN_SENTENCES = 2
"""One heading with a status sentence below it can stand in any text; two make a follow-up."""


def parse(stream: Stream, free: frozenset[int]) -> Parsed:
    """The follow-ups of sections among the entries that no other layout has used."""
    labelled = [index for index in sorted(free) if _is_labelled(stream, index, free)]
    spoken = [index for index in sorted(free) if index not in labelled and _is_spoken(stream, index, free)]
    chosen = sorted([*labelled, *(spoken if len(spoken) >= MIN_SENTENCES else [])])
    if not chosen:
        return Parsed(NAME)
    return make_followups(stream, [_start(stream, index) for index in chosen], NAME)


def _start(stream: Stream, index: int) -> Start:
    entry = stream.entries[index]
    title = board_title(entry.text, stream.vocabulary.boards) or Title(entry.text, ())
    declared = stream.drawn(entry.block.marks) if entry.block is not None else None
    return Start(index, index + 1, title.text, title.boards, declared)


def _can_be_title(stream: Stream, index: int, free: frozenset[int]) -> bool:
    return index + 1 in free and looks_like_title(stream.entries[index].text) and label_of(stream, index) is None


def _is_labelled(stream: Stream, index: int, free: frozenset[int]) -> bool:
    """A title with a status label among the labels right below it."""
    if not _can_be_title(stream, index, free) or label_of(stream, index + 1) is None:
        return False
    below = index + 1
    while below in free and (label := label_of(stream, below)) is not None:
        if label[0] == "status":
            return True
        below += 1 if label[1] else 2
    return False


def _is_spoken(stream: Stream, index: int, free: frozenset[int]) -> bool:
    """A heading with an outright status sentence at the beginning of the paragraph below it."""
    if not _can_be_title(stream, index, free) or not stream.is_headline(index) or stream.is_headline(index + 1):
        return False
    spans = find_status(stream.entries[index + 1].text[:MAX_OPENING], stream.vocabulary.phrases)
    return bool(spans) and spans[0].start == 0 and spans[0].strength >= OUTRIGHT
