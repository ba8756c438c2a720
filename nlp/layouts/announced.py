"""Titles with no status to see in a document that says of itself that it reports on them: numbered, or a board's."""

import re
from collections.abc import Iterator

from ljuskoll.nlp.layouts.bodies import Start
from ljuskoll.nlp.layouts.dating import FIRST_BLOCKS
from ljuskoll.nlp.layouts.entries import MAX_HEADLINE, Entry, ends_sentence
from ljuskoll.nlp.layouts.items import Parsed, can_be_title, make_followups
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.layouts.titles import promised_by, without_full_stop
from ljuskoll.nlp.vocabulary.labels import announces_followup, board_of_title

NAME = "announced"
MIN_TITLES = 3
"""Fewer numbered lines can stand in any text."""
_NUMBERED = re.compile(r"(?P<number>\d{1,3})[.)]\s+(?P<title>\D.*)")


def parse(stream: Stream, free: frozenset[int]) -> Parsed:
    """The follow-ups of such a document, where no other layout has found any."""
    if announcement(stream) is not None:
        for find in (_numbered, _promised):
            starts = [start for start in find(stream, free) if _is_told(stream, start, free)]
            if len(starts) >= MIN_TITLES:
                return make_followups(stream, starts, NAME)
    return Parsed(NAME)


def announcement(stream: Stream) -> Entry | None:
    """The line at a document's front that says that assignments of some year are reported on in it."""
    if stream.period(stream.size, []) is None:
        return None
    front = [entry for entry in list(stream.blocks())[:FIRST_BLOCKS] if len(entry.text) <= MAX_HEADLINE]
    return next((one for one in front if announces_followup(one.text) and not ends_sentence(one.text)), None)


def _numbered(stream: Stream, free: frozenset[int]) -> Iterator[Start]:
    """Titles with the numbers from 1 on before them; a number out of turn is one of a text."""
    expected = 1
    for entry in stream.blocks():
        match = _NUMBERED.fullmatch(entry.text) if entry.index in free else None
        if match is None or int(match["number"]) != expected:
            continue
        title = without_full_stop(match["title"])
        if can_be_title(stream, title):
            expected += 1
            yield Start(entry.index, entry.index + 1, title)


def _promised(stream: Stream, free: frozenset[int]) -> Iterator[Start]:
    """Titles that say which board is to do it ("Tekniska nämnden ska ...", "TN ska ...")."""
    boards = stream.vocabulary.boards
    for entry in stream.blocks():
        title = without_full_stop(entry.text)
        if entry.index not in free or not can_be_title(stream, title):
            continue
        named = promised_by(title, boards)
        if named or board_of_title(title, boards) is not None:
            yield Start(entry.index, entry.index + 1, title, named)


def _is_told(stream: Stream, start: Start, free: frozenset[int]) -> bool:
    """Whether a text stands right below a title."""
    below = start.body
    return below in free and ends_sentence(stream.entries[below].text) and not stream.is_legend(below)
