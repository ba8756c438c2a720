"""What a rendered report consists of, whatever program makes the file: headings, paragraphs, tables, pictures."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from ljuskoll.corpora.reports.truth import TrueRecord

Shape: TypeAlias = Literal["circle", "square", "gradient", "icon", "sign"]
Rules: TypeAlias = Literal["full", "none", "zebra", "half"]
Look: TypeAlias = Literal["body", "small", "label", "light"]
"""How a paragraph looks; a label stands close to what follows, and a light on the same page as its title."""


@dataclass(frozen=True, slots=True)
class Text:
    """Some words; `colour` as "#rrggbb"."""

    text: str
    bold: bool = False
    colour: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """Something drawn in a line: a shape in a colour, a raster icon in a colour, or a black icon of a `sign`."""

    shape: Shape
    colour: str
    sign: str = ""
    alt: str = ""


Line: TypeAlias = tuple[Text | Mark, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4; `line` can hold a mark."""

    line: Line
    level: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `edge` is the colour of a bar along its left side."""

    line: Line
    look: Look = "body"
    edge: str | None = None
    item: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of paragraphs that can span columns and rows; `edge` is the colour of its left border."""

    lines: tuple[Line, ...] = ()
    fill: str | None = None
    edge: str | None = None
    columns: int = 1
    rows: int = 1


Row: TypeAlias = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; `header` rows are repeated on each page, a cell that another spans is left out, `widths` are shares."""

    header: tuple[Row, ...]
    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    rules: Rules = "full"
    size: float = 8.5
    """Points of its text."""


@dataclass(frozen=True, slots=True)
class Columned:
    """Paragraphs and headings set in two columns."""

    elements: "tuple[Heading | Paragraph, ...]"


@dataclass(frozen=True, slots=True)
class Contents:
    """A table of contents of the headings from level 2 down to level `depth`."""

    title: str
    depth: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as PNG, `width` and `height` in points."""

    data: bytes
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a new page (for spreadsheets: on a new sheet)."""


Element: TypeAlias = Heading | Paragraph | Grid | Columned | Contents | Picture | NewPage


@dataclass(frozen=True, slots=True)
class Story:
    """A report on its way to a file, with the records that a reader must find in it."""

    title: str
    municipality: str
    period: str
    footer: str
    page_number: str
    elements: tuple[Element, ...]
    records: tuple[TrueRecord, ...]
    landscape: bool = field(default=False)


def words(text: str, *, bold: bool = False) -> Line:
    """A line of one text."""
    return (Text(text, bold),)


def plain(line: Line) -> str:
    """The words of a line."""
    return "".join(part.text for part in line if isinstance(part, Text))


def cell(text: str, *, bold: bool = False, fill: str | None = None, columns: int = 1, rows: int = 1) -> Cell:
    """A cell of one paragraph, or an empty one."""
    return Cell((words(text, bold=bold),) if text else (), fill=fill, columns=columns, rows=rows)
