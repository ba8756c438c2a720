"""Lists whose items hold title, status and comment in one paragraph ("Bygg en bro. Uppdraget är klart.")."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from ljuskoll.nlp.followup import Declared, FollowUp
from ljuskoll.nlp.language.reading import OUTRIGHT
from ljuskoll.nlp.language.sentences import split_sentences
from ljuskoll.nlp.language.status import find_status
from ljuskoll.nlp.layouts.bodies import Body, Start
from ljuskoll.nlp.layouts.entries import Entry
from ljuskoll.nlp.layouts.items import Parsed, build_followup, can_be_title
from ljuskoll.nlp.layouts.stream import UNMARKED, Stream
from ljuskoll.nlp.layouts.titles import Title, board_title, promised_by, without_number

NAME = "run_in"
MIN_SAID = 2
"""So many of a list's items say their status outright, and more than do not."""
MIN_UNSAID = 3
"""The same where nothing above says that assignments are followed up."""
MAX_CUTS = 3
"""So many places are tried as a title's end."""
MAX_TITLE = 200
"""Characters in which a title ends."""
_CLOSING = re.compile(r"(?P<comment>.*[.!?])\s+(?P<status>[^.!?]{2,40})\.?", re.DOTALL)
_STOP_BEFORE_BOARD = re.compile(r"\.\s+(?=\([^()]{1,60}\)$)")
_TITLE_END = re.compile(r"(?<=[\w)])(?:[.:]\s+|\s[–—-]\s+)")


@dataclass(frozen=True, slots=True)
class _Item:
    """A paragraph cut where its title ends; `is_outright`: a status stands first after it, or alone at the very end."""

    index: int
    title: str
    comment: str
    is_outright: bool
    declared: Declared | None = None


def parse(stream: Stream, free: frozenset[int]) -> Parsed:
    """The follow-ups of such lists among the entries that no other layout has used."""
    chosen = [item for run in _runs(stream, free) if _is_list(stream, run) for item in _with_told(stream, run)]
    followups = [(item.index, found) for item in chosen if (found := _followup(stream, item)) is not None]
    return Parsed(NAME, tuple(found for _, found in followups), frozenset(index for index, _ in followups))


def _runs(stream: Stream, free: frozenset[int]) -> Iterator[list[_Item]]:
    """Items that follow each other with nothing between."""
    run: list[_Item] = []
    for entry in stream.blocks():
        item = _item(stream, entry) if entry.index in free else None
        if item is not None and (not run or run[-1].index + 1 == item.index):
            run.append(item)
            continue
        yield run
        run = [item] if item is not None else []
    yield run


def _with_told(stream: Stream, run: Sequence[_Item]) -> list[_Item]:
    """The items of a list, with the status that stands as a sentence of its own before the comment of each."""
    split = stream.vocabulary.scale.split_told
    told = [split(item.comment) if item.declared is None else None for item in run]
    pairs = list(zip(run, told, strict=True))
    if None in told:
        return list(run)
    return [replace(item, declared=found[0], comment=found[1]) for item, found in pairs if found is not None]


def _is_list(stream: Stream, run: Sequence[_Item]) -> bool:
    said = sum(item.is_outright for item in run)
    least = MIN_SAID if run and stream.says_followup(run[0].index) else MIN_UNSAID
    return said >= least and 2 * said > len(run)


def _item(stream: Stream, entry: Entry) -> _Item | None:
    """A paragraph whose first words can be a title, with a status right after them or at its end."""
    text = without_number(entry.text)
    if entry.block is None or entry.block.kind == "heading" or stream.is_legend(entry.index):
        return None
    for match in islice(_TITLE_END.finditer(text[:MAX_TITLE]), MAX_CUTS):
        title, comment = text[: match.start()], text[match.end() :]
        if " " not in title or not can_be_title(stream, title):
            continue
        closing = _CLOSING.fullmatch(comment)
        declared = stream.vocabulary.scale.read(closing["status"]) if closing is not None else None
        if closing is not None and declared is not None and declared.colour is not None:
            return _Item(entry.index, title, closing["comment"], True, declared)
        _, end = next(iter(split_sentences(comment[:MAX_TITLE])), (0, 0))
        spans = find_status(comment[:end], stream.vocabulary.phrases)
        if spans and spans[0].start == 0:
            return _Item(entry.index, title, comment, spans[0].strength >= OUTRIGHT)
    return None


def _followup(stream: Stream, item: _Item) -> FollowUp | None:
    table = stream.vocabulary.boards
    text = _STOP_BEFORE_BOARD.sub(" ", item.title)
    title = board_title(text, table) or Title(item.title, promised_by(item.title, table))
    start = Start(item.index, item.index + 1, title.text, title.boards, item.declared)
    body = Body((item.comment,), item.index + 1)
    return build_followup(stream, start, body, stream.open_above(item.index, UNMARKED))
