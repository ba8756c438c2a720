"""A document as layouts walk it: items in reading order, with the headings that stand above each of them."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ljuskoll.nlp.document import Block, Document, Item, Mark, Table
from ljuskoll.nlp.followup import Declared, Kind, Period, Place
from ljuskoll.nlp.vocabulary.columns import goal_heading, kind_heading
from ljuskoll.nlp.vocabulary.periods import PeriodMention, find_periods, resolve_period
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary, is_page_chrome

MAX_HEADLINE = 110
MAX_HEADLINE_WORDS = 14
MAX_TITLE = 320
FIRST_BLOCKS = 6
"""A document's first blocks can name its period without looking like headings."""


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


class Stream:
    """A document's items without page chrome, and what can be known from the place of each."""

    def __init__(self, document: Document, vocabulary: Vocabulary) -> None:
        self.document = document
        self.vocabulary = vocabulary
        items = [(page, item) for page, item in document.items() if not _is_chrome(item)]
        self.entries = tuple(Entry(index, page, item) for index, (page, item) in enumerate(items))
        self._has_headings = sum(1 for _, item in items if isinstance(item, Block) and item.kind == "heading") >= 2
        self._mentions: dict[int, tuple[PeriodMention, ...]] = {}
        self._headlines = [entry.index for entry in self.entries if self.is_headline(entry.index)]

    def blocks(self) -> Iterator[Entry]:
        """The entries that are blocks."""
        return (entry for entry in self.entries if entry.block is not None)

    def tables(self) -> Iterator[tuple[Entry, Table]]:
        """The entries that are tables."""
        return ((entry, entry.item) for entry in self.entries if isinstance(entry.item, Table))

    def text(self, index: int) -> str:
        """A block's text without what ends a label or heading."""
        return self.entries[index].text.strip(" :.")

    def is_headline(self, index: int) -> bool:
        """Whether the block could be a heading, by its kind or by its looks."""
        entry = self.entries[index]
        block = entry.block
        return block is not None and (block.kind == "heading" or _looks_like_headline(block))

    def is_heading(self, index: int) -> bool:
        """Whether the block ends what stands above it: by its kind where the document marks headings, else by looks."""
        block = self.entries[index].block
        if block is None:
            return False
        return block.kind == "heading" if self._has_headings else _looks_like_headline(block)

    def is_section(self, index: int) -> bool:
        """Whether the block is a heading that says goal, kind, period or board: it ends a list of follow-ups."""
        if not self.is_headline(index):
            return False
        text = self.entries[index].text
        says_period = bool(self.mentions(index)) and len(text.split()) <= 8
        return goal_heading(text) or says_period or self.board_heading(index) is not None or _names_kind(text)

    def level(self, index: int) -> int:
        """The heading level, 7 for what is no marked heading."""
        block = self.entries[index].block
        return 7 if block is None or block.level is None else block.level

    def declared(self, index: int) -> Declared | None:
        """The light that a block is, where it is nothing but a light (a colour word, a symbol, a drawn mark)."""
        block = self.entries[index].block
        if block is None:
            return None
        if block.text:
            words = block.text.split()
            is_doubled = len(words) == 2 and words[0].casefold() == words[1].casefold()
            return self.vocabulary.scale.colour_word(words[0] if is_doubled else block.text)
        return self.drawn(block.marks)

    def drawn(self, marks: tuple[Mark, ...]) -> Declared | None:
        """The first of some marks that is a light."""
        for mark in marks:
            declared = self.vocabulary.scale.read(mark.text) if mark.text else self.vocabulary.scale.mark_colour(mark)
            if declared is not None:
                return declared
        return None

    def board_heading(self, index: int) -> str | None:
        """The board as written where a headline is nothing but a board."""
        text = self.text(index)
        return text if self.is_headline(index) and self.vocabulary.boards.resolve(text) else None

    def headings_above(self, index: int, titles: frozenset[int] = frozenset()) -> list[int]:
        """The headlines above `index`, the nearest first; `titles` of assignments are none."""
        above = self._headlines[: bisect_left(self._headlines, index)]
        return [headline for headline in reversed(above) if headline not in titles]

    def period(self, index: int, above: Sequence[int], extra: str = "") -> Period | None:
        """The period of what stands at `index`: from the headings above, title, `extra` (column headings), margins."""
        mentions: list[PeriodMention] = []
        first = [head for head in range(min(FIRST_BLOCKS, index) - 1, -1, -1) if head not in above]
        for head in (*above, *first):
            mentions += self.mentions(head)
        for text in (self.document.title, extra, *self.document.margins):
            mentions += find_periods(text)
        return resolve_period(mentions) or self.vocabulary.period

    def goal(self, above: Sequence[int]) -> str | None:
        """The nearest goal heading, as written."""
        return next((self.entries[head].text for head in above if goal_heading(self.entries[head].text)), None)

    def kind(self, above: Sequence[int]) -> Kind:
        """The kind that the nearest heading names; assignments where none does."""
        kinds = (kind_heading(self.entries[head].text) for head in above)
        return next((kind for kind in kinds if kind is not None), "assignment")

    def with_names(self, boards: tuple[str, ...], above: Sequence[int]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Some boards as written, else the one in whose section they stand, with their full names, each once."""
        if not boards and (section := self.section_board(above)) is not None:
            boards = (section,)
        names = (self.vocabulary.boards.resolve(board) for board in boards)
        return boards, tuple(dict.fromkeys(name for name in names if name is not None))

    def section_board(self, above: Sequence[int]) -> str | None:
        """The board in whose section something stands, as written in the nearest heading that is one."""
        for head in above:
            board = self.board_heading(head)
            if board is not None:
                return board
            if self._has_headings and self.level(head) <= 2:
                return None
        return None

    def places(self, indices: Sequence[int]) -> tuple[Place, ...]:
        """Where these entries stand, each place once."""
        found = [
            Place.of(place) for i in indices if (block := self.entries[i].block) is not None for place in block.places
        ]
        return tuple(dict.fromkeys(found))

    def mentions(self, index: int) -> tuple[PeriodMention, ...]:
        """The periods that a block mentions."""
        if index not in self._mentions:
            self._mentions[index] = find_periods(self.entries[index].text)
        return self._mentions[index]


def _is_chrome(item: Item) -> bool:
    return isinstance(item, Block) and bool(item.text) and is_page_chrome(item.text)


def ends_sentence(text: str) -> bool:
    """Whether a text ends as sentences do, and titles and headlines do not."""
    return text.endswith((".", "!", "?", ";", ","))


def _looks_like_headline(block: Block) -> bool:
    text = block.text.strip()
    return (
        0 < len(text) <= MAX_HEADLINE
        and len(text.split()) <= MAX_HEADLINE_WORDS
        and not ends_sentence(text)
        and block.kind != "item"
        and (text[0].isupper() or text[0].isdigit())
    )


def _names_kind(text: str) -> bool:
    return len(text.split()) <= 5 and kind_heading(text) is not None
