"""The entries of a document as layouts walk it: its items with running numbers, legends set apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from ljuskoll.nlp.document import Block, Item
from ljuskoll.nlp.layouts.prepare import Numbered, one_label_each
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary

MAX_TITLE = 320
MAX_HEADLINE = 110
MAX_HEADLINE_WORDS = 14


@dataclass(frozen=True, slots=True)
class Entry:
    """One item with its running number in the document."""

    index: int
    page: int
    item: Item

    @property
    def block(self) -> Block | None:
        """The item where it is a block."""
        return self.item if isinstance(self.item, Block) else None

    @property
    def text(self) -> str:
        """The block's text, empty for tables."""
        return self.item.text if isinstance(self.item, Block) else ""


def number_entries(
    items: Sequence[Numbered], legends: frozenset[int], vocabulary: Vocabulary
) -> tuple[tuple[Entry, ...], frozenset[int]]:
    """The entries of all items, and which of them are legends; these stay as they are."""
    entries: list[Entry] = []
    found: set[int] = set()
    for is_legend, run in groupby(enumerate(items), key=lambda pair: pair[0] in legends):
        part = [item for _, item in run]
        for page, item in part if is_legend else one_label_each(part, vocabulary):
            if is_legend:
                found.add(len(entries))
            entries.append(Entry(len(entries), page, item))
    return tuple(entries), frozenset(found)


def ends_sentence(text: str) -> bool:
    """Whether a text ends as sentences do, and titles and headlines do not."""
    return text.endswith((".", "!", "?", ";", ","))


def looks_like_headline(block: Block) -> bool:
    """Whether a block is short and begins and ends as headings do."""
    text = block.text.strip()
    return (
        0 < len(text) <= MAX_HEADLINE
        and len(text.split()) <= MAX_HEADLINE_WORDS
        and not ends_sentence(text)
        and block.kind != "item"
        and (text[0].isupper() or text[0].isdigit())
    )
