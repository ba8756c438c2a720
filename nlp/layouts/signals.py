"""Signs of a follow-up: what a document shows of lights, periods and boards though no layout made a record of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ljuskoll.nlp.document import Table
from ljuskoll.nlp.language.reading import OUTRIGHT
from ljuskoll.nlp.language.status import find_status
from ljuskoll.nlp.layouts.items import can_be_title
from ljuskoll.nlp.layouts.stream import Stream
from ljuskoll.nlp.layouts.table_columns import MAX_HEADER_ROWS
from ljuskoll.nlp.vocabulary.columns import kind_heading

MIN_DRAWN = 3
"""Fewer coloured shapes than this are decoration."""
MIN_SENTENCES = 2
MIN_COLOURS = 2
"""So many columns headed by a light make a table of lights."""
SAMPLE = 80


_BULLETS = re.compile(r"^[●■○▪•\s]+")


@dataclass(frozen=True, slots=True)
class Signal:
    """One sign, with its page and a sample of what stands there."""

    page: int
    sample: str
    what: str


def unexplained(stream: Stream, used: frozenset[int], *, has_records: bool) -> tuple[Signal, ...]:
    """The signs among unused entries. A document with records is only suspect for lights and tables left over."""
    signals = [*_lights(stream, used), *_tables(stream, used)]
    if not has_records:
        signals += [*_periods(stream), *_sentences(stream)]
    return tuple(signals)


def _lights(stream: Stream, used: frozenset[int]) -> Iterator[Signal]:
    drawn: list[Signal] = []
    colours: set[str] = set()
    for entry in stream.blocks():
        if entry.index in used or entry.block is None or stream.vocabulary.scale.is_legend(entry.text):
            continue
        if entry.text and stream.declared(entry.index) is not None:
            yield Signal(entry.page, entry.text[:SAMPLE], "statusord")
        elif entry.text and not can_be_title(stream, entry.text):
            continue
        elif (declared := stream.drawn(entry.block.marks)) is not None and declared.colour is not None:
            drawn.append(Signal(entry.page, entry.text[:SAMPLE] or declared.as_written, "ritad status"))
            colours.add(declared.colour)
    if len(drawn) >= MIN_DRAWN and len(colours) > 1:
        yield from drawn


def _tables(stream: Stream, used: frozenset[int]) -> Iterator[Signal]:
    for entry, table in stream.tables():
        if entry.index not in used and (_has_lights(stream, table) or _has_board_column(stream, table)):
            sample = " | ".join(cell.text for cell in table.rows[0] if cell.text)
            yield Signal(entry.page, sample[:SAMPLE], "tabell med status")


def _has_board_column(stream: Stream, table: Table) -> bool:
    """A header with titles and boards, or with titles and something that tells how they stand."""
    for row in table.rows[:MAX_HEADER_ROWS]:
        columns = [column for cell in row if (column := stream.vocabulary.columns.read(cell.text)) is not None]
        roles = {column.role for column in columns}
        if "title" in roles and roles & {"status", "comment"}:
            return True
        if "title" in roles and "board" in roles and _names_boards(stream, table):
            return True
        words = [_BULLETS.sub("", cell.text) for cell in row]
        if sum(stream.vocabulary.scale.colour_word(word) is not None for word in words if word) >= MIN_COLOURS:
            return True
    return False


def _names_boards(stream: Stream, table: Table) -> bool:
    return any(stream.vocabulary.boards.split(cell.text) for row in table.rows[1:] for cell in row)


def _has_lights(stream: Stream, table: Table) -> bool:
    """At least two cells that are nothing but a light, of a table that is no legend."""
    lights = 0
    for row in table.rows:
        text = " ".join(cell.text for cell in row)
        if stream.vocabulary.scale.is_legend(text):
            continue
        for cell in row:
            declared = stream.vocabulary.scale.colour_word(cell.text) if cell.text else stream.drawn(cell.marks)
            lights += declared is not None and declared.colour is not None
    return lights >= 2 and len(table.rows) > 4


def _periods(stream: Stream) -> Iterator[Signal]:
    """A heading that names both a period of the year and what is followed up."""
    for entry in stream.blocks():
        if not stream.is_headline(entry.index) or kind_heading(entry.text) is None:
            continue
        if any(mention.tertial is not None or mention.as_of is not None for mention in stream.mentions(entry.index)):
            yield Signal(entry.page, entry.text[:SAMPLE], "periodrubrik")


def _sentences(stream: Stream) -> Iterator[Signal]:
    found = []
    for entry in stream.blocks():
        if stream.vocabulary.scale.is_legend(entry.text):
            continue
        spans = find_status(entry.text, stream.vocabulary.phrases)
        if any(span.strength >= OUTRIGHT for span in spans):
            found.append(Signal(entry.page, entry.text[:SAMPLE], "statusmening"))
    if len(found) >= MIN_SENTENCES:
        yield from found
