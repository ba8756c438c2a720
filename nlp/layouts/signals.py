"""Signs of a follow-up: what a document shows of lights, periods and boards though no layout made a record of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from ljuskoll.nlp.document import Table
from ljuskoll.nlp.language.status import says_outright
from ljuskoll.nlp.layouts.announced import announcement
from ljuskoll.nlp.layouts.cells import SAMPLE, sample
from ljuskoll.nlp.layouts.counted import counted_rows
from ljuskoll.nlp.layouts.items import can_be_title
from ljuskoll.nlp.layouts.stated import stated_titles
from ljuskoll.nlp.layouts.stream import Entry, Stream
from ljuskoll.nlp.layouts.suspects import looks_like_followups, says_how_it_went
from ljuskoll.nlp.layouts.text_suggestion import looks_labelled
from ljuskoll.nlp.vocabulary.columns import kind_heading

MIN_DRAWN = 3
"""Fewer coloured shapes than this are decoration."""
MIN_SENTENCES = 2
MIN_ANNOUNCED = 4
"""Blocks; with fewer a title stands over nothing that could be assignments."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One sign, with its page and a sample of what stands there."""

    page: int
    sample: str
    what: str


def unexplained(stream: Stream, used: frozenset[int], *, has_records: bool) -> tuple[Signal, ...]:
    """The signs among unused entries. A document with records is only suspect for lights and tables left over."""
    signals = [*_stated(stream, used), *_lights(stream, used), *_tables(stream, used)]
    if has_records:
        signals += _described(stream, used)
    else:
        signals += [*_signs(stream), *_periods(stream), *_counts(stream), *_sentences(stream), *_labels(stream)]
        signals += [] if signals else _announced(stream)
        signals += [] if signals else _hidden_tables(stream)
    return tuple(signals)


def _lights(stream: Stream, used: frozenset[int]) -> Iterator[Signal]:
    drawn: list[Signal] = []
    colours: set[str] = set()
    for entry in stream.blocks():
        if entry.index in used or entry.block is None or not _reads(stream, entry.page):
            continue
        if stream.vocabulary.scale.is_legend(entry.text):
            continue
        if entry.text and stream.declared(entry.index) is not None:
            yield Signal(entry.page, entry.text[:SAMPLE], "statusord")
        elif not (can_be_title(stream, entry.text) if entry.text else _is_beside_title(stream, entry.index)):
            continue
        elif (declared := stream.drawn(entry.block.marks)) is not None and declared.colour is not None:
            drawn.append(Signal(entry.page, entry.text[:SAMPLE] or declared.as_written, "ritad status"))
            colours.add(declared.colour)
    if len(drawn) >= MIN_DRAWN and len(colours) > 1:
        yield from drawn


def _signs(stream: Stream) -> Iterator[Signal]:
    """Texts that begin with a sign for a status, of several colours."""
    splits = ((entry, stream.vocabulary.scale.split_symbol(entry.text)) for entry in stream.blocks())
    found = [(entry, split[0].colour) for entry, split in splits if split is not None and split[0].colour is not None]
    if len(found) >= MIN_DRAWN and len({colour for _, colour in found}) > 1:
        yield from (Signal(entry.page, entry.text[:SAMPLE], "tecken för status") for entry, _ in found)


def _hidden_tables(stream: Stream) -> Iterator[Signal]:
    """Tables with a status in chapters that are passed over (internal control), where a document holds nothing else."""
    for entry in stream.entries:
        if not isinstance(entry.item, Table) or not stream.is_hidden(entry.index):
            continue
        if says_how_it_went(stream, entry.index, entry.item):
            yield Signal(entry.page, sample(entry.item.rows[0]), "tabell i ett avsnitt om annat")


def _described(stream: Stream, used: frozenset[int]) -> Iterator[Signal]:
    """Titles left over with a picture whose words are no status that we know, where others like them became records."""
    read = [entry for entry in stream.blocks() if entry.index in used and _words(stream, entry)]
    kinds = {(one.block.kind, one.block.level) for one in read if one.block is not None}
    for entry in stream.blocks():
        is_like = entry.block is not None and (entry.block.kind, entry.block.level) in kinds
        is_left = is_like and entry.index not in used and _reads(stream, entry.page)
        if is_left and can_be_title(stream, entry.text) and (words := _words(stream, entry)):
            yield Signal(entry.page, f"{words}: {entry.text}"[:SAMPLE], "bild med okänd text")


def _words(stream: Stream, entry: Entry) -> str:
    """The words of a picture in a block, unless they tell a trend."""
    marks = entry.block.marks if entry.block is not None else ()
    words = (mark.text for mark in marks if any(map(str.isalpha, mark.text)))
    return next((text for text in words if stream.vocabulary.scale.trend(text) is None), "")


def _is_beside_title(stream: Stream, index: int) -> bool:
    """Whether a title can stand right above or below; charts have labels and figures around their marks."""
    beside = [stream.entries[at] for at in (index - 1, index + 1) if 0 <= at < len(stream.entries)]
    return any(entry.text and can_be_title(stream, entry.text) for entry in beside)


def _stated(stream: Stream, used: frozenset[int]) -> Iterator[Signal]:
    """Titles as the user's settings tell them that have neither status nor comment, or are sentences."""
    for index, title in stated_titles(stream).items():
        if index not in used:
            yield Signal(stream.entries[index].page, title[:SAMPLE], "titel enligt [layout]")


def _tables(stream: Stream, used: frozenset[int]) -> Iterator[Signal]:
    for entry, table in stream.tables():
        if entry.index in used or not _reads(stream, entry.page):
            continue
        is_told = says_how_it_went(stream, entry.index, table) and not stream.is_foreign(entry.index)
        if is_told or looks_like_followups(stream, table):
            yield Signal(entry.page, sample(table.rows[0]), "tabell med status")


def _reads(stream: Stream, page: int) -> bool:
    return stream.vocabulary.columns.reads_page(page)


def _periods(stream: Stream) -> Iterator[Signal]:
    """A heading that names both a period of the year and what is followed up."""
    for entry in stream.blocks():
        if not stream.is_headline(entry.index) or kind_heading(entry.text) is None:
            continue
        if any(mention.tertial is not None or mention.as_of is not None for mention in stream.mentions(entry.index)):
            yield Signal(entry.page, entry.text[:SAMPLE], "periodrubrik")


def _counts(stream: Stream) -> Iterator[Signal]:
    """Tables that count by status assignments that the document does not name."""
    for entry, table in stream.tables():
        if _reads(stream, entry.page) and counted_rows(stream, table):
            yield Signal(entry.page, sample(table.rows[0]), "tabell med antal")


def _announced(stream: Stream) -> Iterator[Signal]:
    """A title that says that assignments of some year are reported on, with texts below it."""
    entry = announcement(stream)
    if entry is not None and sum(1 for _ in stream.blocks()) >= MIN_ANNOUNCED:
        yield Signal(entry.page, entry.text[:SAMPLE], "rubrik om uppföljning")


def _labels(stream: Stream) -> Iterator[Signal]:
    """Labels that come again with boards or grades and long texts, whatever their words."""
    first = next((entry for entry in stream.blocks() if ":" in entry.text and _reads(stream, entry.page)), None)
    if first is not None and looks_labelled(stream):
        yield Signal(first.page, first.text[:SAMPLE], "återkommande ledtexter")


def _sentences(stream: Stream) -> Iterator[Signal]:
    found = []
    for entry in stream.blocks():
        if stream.vocabulary.scale.is_legend(entry.text):
            continue
        if says_outright(entry.text, stream.vocabulary.phrases):
            found.append(Signal(entry.page, entry.text[:SAMPLE], "statusmening"))
    if len(found) >= MIN_SENTENCES:
        yield from found


__all__ = ["SAMPLE", "Signal", "unexplained"]
