"""A document's items made ready for layouts: without page chrome and contents lists, with one label a block."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ljuskoll.nlp.document import Block, Document, Item
from ljuskoll.nlp.layouts.labels import LabelRole, fits, read_label, role_of, split_board, split_comment, split_labels
from ljuskoll.nlp.vocabulary.labels import is_contents
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary, is_page_chrome

Numbered = tuple[int, Item]
"""An item with the number of its page."""

_LEADERS = re.compile(r".*\S\s*(?:\.{3,}|…+|(?:\.\s){3,}|_{3,})\s*\d{1,4}")
_PAGE_AFTER = re.compile(r"(?P<text>\S.*?)[\s.…_]+(?P<page>\d{1,3})")
MIN_INLINE = 2
MAX_ALONE = 40
"""Characters of a label on a line of its own."""
MIN_CONTENTS = 3
"""Fewer lines below "Innehåll" make no table of contents."""


def read_items(document: Document) -> list[Numbered]:
    """The items in reading order without page chrome and tables of contents, each with its page."""
    return list(_without_contents([(page, item) for page, item in document.items() if not _is_chrome(item)]))


def one_label_each(items: Sequence[Numbered], vocabulary: Vocabulary) -> list[Numbered]:
    """The items with one label a block: several in one line are cut apart, one that stands alone gets its value."""
    items = _with_lights_apart(items, vocabulary)
    joined = _joined([piece for item in items for piece in _split(item, vocabulary)], vocabulary)
    return list(_with_comments(joined, vocabulary))


def _with_comments(items: Iterable[Numbered], vocabulary: Vocabulary) -> Iterable[Numbered]:
    """The items with a colon after a comment's label that follows another label ("Kommentar Anbuden har kommit.")."""
    is_labelled = False
    for page, item in items:
        if is_labelled and isinstance(item, Block) and (text := split_comment(item.text)):
            item = replace(item, text=text)
        yield page, item
        is_labelled = isinstance(item, Block) and read_label(item.text, vocabulary) is not None


def _with_lights_apart(items: Sequence[Numbered], vocabulary: Vocabulary) -> Sequence[Numbered]:
    """The items with title, light and comment apart where several hold all in one line ("Bro: Gul. Anbud ...")."""
    split = {
        at: parts
        for at, (_, item) in enumerate(items)
        if isinstance(item, Block) and (parts := _parts(item, vocabulary))
    }
    if len(split) < MIN_INLINE:
        return items
    return [(page, part) for at, (page, item) in enumerate(items) for part in split.get(at, (item,))]


def _parts(block: Block, vocabulary: Vocabulary) -> tuple[Block, ...]:
    parts = vocabulary.scale.split_inline(block.text) if block.text else None
    if parts is None or block.marks or role_of(parts[0], vocabulary) is not None:
        return ()
    return tuple(replace(block, text=text) for text in parts)


def _is_chrome(item: Item) -> bool:
    return isinstance(item, Block) and bool(item.text) and (is_page_chrome(item.text) or _is_led(item.text))


def _is_led(text: str) -> bool:
    """A line of a table of contents: dots or the like that lead to a page number."""
    return len(text) < 300 and _LEADERS.fullmatch(text) is not None


def _without_contents(items: Sequence[Numbered]) -> Iterable[Numbered]:
    """The items without the lines below "Innehåll" that end in page numbers, or are headings that come again."""
    texts: dict[str, int] = {}
    for _, item in items:
        if isinstance(item, Block):
            texts[item.text.casefold()] = texts.get(item.text.casefold(), 0) + 1
    at = 0
    while at < len(items):
        yield items[at]
        _, item = items[at]
        at += 1
        if isinstance(item, Block) and is_contents(item.text):
            lines = _contents_lines(items, at, texts)
            at += lines if lines >= MIN_CONTENTS else 0


def _contents_lines(items: Sequence[Numbered], start: int, texts: dict[str, int]) -> int:
    """How many items from `start` on are lines of a table of contents."""
    page, at = 0, start
    while at < len(items):
        item = items[at][1]
        if not isinstance(item, Block) or item.marks:
            break
        match = _PAGE_AFTER.fullmatch(item.text)
        is_numbered = match is not None and int(match["page"]) >= page
        if not is_numbered and texts[item.text.casefold()] < 2:
            break
        page = int(match["page"]) if match is not None and is_numbered else page
        at += 1
    return at - start


def _split(numbered: Numbered, vocabulary: Vocabulary) -> list[Numbered]:
    """A block with several labels as one block a label; what is drawn stays with the status, else with the first."""
    page, item = numbered
    if not isinstance(item, Block) or not item.text:
        return [numbered]
    pieces = split_labels(item.text, vocabulary, is_drawn=bool(item.marks))
    texts = [text for piece in pieces for text in split_board(piece, vocabulary) or (piece,)]
    if len(texts) == 1:
        return [(page, item if texts[0] == item.text else replace(item, text=texts[0]))]
    kind = item.kind if item.kind == "item" else "paragraph"
    blocks = [replace(item, text=text, marks=(), kind=kind, level=None) for text in texts]
    first = 0 if read_label(texts[0], vocabulary) else None
    if first is None:
        blocks[0] = replace(item, text=texts[0], marks=())
    labels = [read_label(text, vocabulary) for text in texts]
    drawn = next((i for i, label in enumerate(labels) if label and label.role == "status" and not label.value), 0)
    blocks[drawn] = replace(blocks[drawn], marks=item.marks)
    return [(page, block) for block in blocks]


def _joined(items: Sequence[Numbered], vocabulary: Vocabulary) -> Iterable[Numbered]:
    """The items with a label that stands alone joined to its value, where that is beyond doubt its value."""
    at = 0
    while at < len(items):
        page, item = items[at]
        value = _value_after(items, at, vocabulary)
        values = [value] if value is not None else _listed_boards(items, at, vocabulary)
        at += 1 + len(values)
        if not values or not isinstance(item, Block):
            yield page, item
            continue
        text = f"{item.text.rstrip(' :')}: {', '.join(one.text for one in values)}".strip()
        places = sum((one.places for one in values), item.places)
        marks = sum((one.marks for one in values), item.marks)
        block = replace(item, text=text, places=places, marks=marks, level=None)
        yield page, block if item.kind == "item" else replace(block, kind="paragraph")


def _listed_boards(items: Sequence[Numbered], at: int, vocabulary: Vocabulary) -> list[Block]:
    """The items of a list of boards right below a label of the board."""
    item = items[at][1]
    if (
        not isinstance(item, Block)
        or len(item.text) > MAX_ALONE
        or role_of(item.text.rstrip(" :"), vocabulary) != "board"
    ):
        return []
    boards: list[Block] = []
    for _, below in items[at + 1 :]:
        if not isinstance(below, Block) or below.kind != "item" or not fits("board", below.text, vocabulary):
            break
        boards.append(below)
    return boards


def _value_after(items: Sequence[Numbered], at: int, vocabulary: Vocabulary) -> Block | None:
    """The value that stands in the block after a label: one block of its kind, and no run of such."""
    item = items[at][1]
    if not isinstance(item, Block) or at + 1 >= len(items) or not item.text or len(item.text) > MAX_ALONE or item.marks:
        return None
    role = role_of(item.text.rstrip(" :"), vocabulary)
    following = items[at + 1][1]
    if role == "title" and isinstance(following, Block):
        if item.kind == "heading" or vocabulary.columns.label(item.text.rstrip(" :")) is None:
            return None
        return following if _is_titled(items, at, vocabulary) else None
    if role not in ("status", "board", "trend") or not isinstance(following, Block):
        return None
    if not _is_value(role, following, vocabulary):
        return None
    after = items[at + 2][1] if at + 2 < len(items) else None
    return None if isinstance(after, Block) and _is_value(role, after, vocabulary) else following


def _is_titled(items: Sequence[Numbered], at: int, vocabulary: Vocabulary) -> bool:
    """Whether a word for titles ("Uppdrag:") stands right before one, and that before its labels."""
    following = items[at + 1][1]
    after = items[at + 2][1] if at + 2 < len(items) else None
    if not isinstance(following, Block) or not following.text or read_label(following.text, vocabulary) is not None:
        return False
    is_labelled = isinstance(after, Block) and read_label(after.text, vocabulary) is not None
    item = items[at][1]
    return is_labelled or (isinstance(item, Block) and item.text.rstrip().endswith(":") and following.kind != "heading")


def _is_value(role: LabelRole, block: Block, vocabulary: Vocabulary) -> bool:
    if not block.text:
        return role == "status" and any(vocabulary.scale.mark_colour(mark) for mark in block.marks)
    return fits(role, block.text, vocabulary)
