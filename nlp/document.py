"""The one document model that every reader makes and every layout reads; a leaf without logic of any format."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

BBox: TypeAlias = tuple[float, float, float, float]
"""(x0, top, x1, bottom) in PDF points from the top left corner of the page."""

MarkColour: TypeAlias = Literal["green", "yellow", "red", "blue", "grey", "other"]
MarkSource: TypeAlias = Literal["text", "symbol", "icon", "fill"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: `page` from 1, `bbox` where there is geometry, `cell` as "Blad1!C14"."""

    page: int
    bbox: BBox | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """Something drawn that may be a status: a filled shape, a cell's fill, an icon with its alt text.

    `colour` is what the eye sees (None where only `text`, such as an alt text, is known).
    """

    source: MarkSource
    colour: MarkColour | None
    text: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Lead:
    """The bold words that a paragraph of other type begins with: how many characters, and their level as a heading."""

    length: int
    level: int


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph or list item with its text (NFC, no soft hyphens, single spaces).

    `level` is 1-6 for headings. `marks` are drawn beside or in the block. `lead` is the bold beginning of a text that
    goes on in other type, where the format says.
    """

    text: str
    places: tuple[Place, ...] = ()
    kind: Literal["heading", "paragraph", "item"] = "paragraph"
    level: int | None = None
    marks: tuple[Mark, ...] = ()
    lead: Lead | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; `text` keeps line breaks between paragraphs only.

    The covered part of a merged cell has neither text nor place. `is_bold`: the text is set in bold, where the
    format says.
    """

    text: str
    place: Place | None = None
    marks: tuple[Mark, ...] = ()
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells as drawn, header rows included; all rows have equally many cells.

    `header_rows` is the number of leading rows that the source itself marks as headings (0 where it does not say).
    """

    rows: tuple[tuple[Cell, ...], ...]
    page: int
    header_rows: int = 0


Item: TypeAlias = Block | Table


@dataclass(frozen=True, slots=True)
class Page:
    """One page (the only one for formats without pages) with its items in reading order."""

    number: int
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader saw in one file; `sha256` of its bytes is its identity.

    `margins` holds repeated page headers, footers and site footers: no part of the text, but they may name
    the municipality and the period. `ocr` says that the text was recognised from pictures.
    """

    sha256: str
    media_type: str
    pages: tuple[Page, ...]
    title: str = ""
    margins: tuple[str, ...] = ()
    ocr: bool = False
    warnings: tuple[tuple[int | None, str], ...] = field(default=())

    def items(self) -> Iterator[tuple[int, Item]]:
        """All items in reading order, each with its page number."""
        for page in self.pages:
            for item in page.items:
                yield page.number, item

    def blocks(self) -> Iterator[tuple[int, Block]]:
        """The items that are blocks, each with its page number."""
        for number, item in self.items():
            if isinstance(item, Block):
                yield number, item

    def tables(self) -> Iterator[Table]:
        """The items that are tables."""
        for _, item in self.items():
            if isinstance(item, Table):
                yield item
