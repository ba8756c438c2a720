"""What is drawn on one page, whoever read it (pdfium, pdfplumber, text recognition): all other PDF code starts here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from PIL.Image import Image

from ljuskoll.nlp.document import BBox
from ljuskoll.nlp.readers.colours import RGB
from ljuskoll.nlp.readers.raw.lines import Word

Point: TypeAlias = tuple[float, float]
Paint: TypeAlias = RGB | Literal["unknown"]
"""A colour, or "unknown" for patterns and gradients: whoever needs the colour looks at the painted page."""


class Shape(NamedTuple):
    """One painted path; a path of several separate parts is several shapes.

    `points` are its corners and the ends of its curves in drawing order; `fill` and `stroke` are None where the path
    is not filled or not stroked; `width` is the stroke's. `is_curved`: some side is no straight line.
    """

    bbox: BBox
    points: tuple[Point, ...]
    fill: Paint | None = None
    stroke: Paint | None = None
    width: float = 0.0
    is_curved: bool = False


class Sign(NamedTuple):
    """A drawn sign among the text (disc, square, arrow, check mark ...) in its colour."""

    text: str
    bbox: BBox
    rgb: RGB


def even_letters(word: Word) -> list[Word]:
    """The letters of a word, as wide as each other: for pages whose reader knows no better."""
    x0, top, x1, bottom = word.bbox
    step = (x1 - x0) / len(word.text)
    return [
        word._replace(text=letter, bbox=(x0 + step * place, top, x0 + step * (place + 1), bottom))
        for place, letter in enumerate(word.text)
    ]


def rule(x0: float, top: float, x1: float, bottom: float, rgb: RGB = (0, 0, 0)) -> Shape:
    """A ruling line between two points."""
    return Shape((x0, top, x1, bottom), ((x0, top), (x1, bottom)), stroke=rgb, width=1.0)


def box(bbox: BBox, fill: Paint | None, stroke: Paint | None = None) -> Shape:
    """A filled or framed rectangle."""
    x0, top, x1, bottom = bbox
    return Shape(bbox, ((x0, top), (x1, top), (x1, bottom), (x0, bottom)), fill, stroke)


def is_box(shape: Shape) -> bool:
    """Whether the shape is a rectangle with level and upright sides."""
    if shape.is_curved or not 4 <= len(shape.points) <= 5:
        return False
    x0, top, x1, bottom = shape.bbox
    return all(
        min(abs(x - x0), abs(x - x1)) < 0.5 and min(abs(y - top), abs(y - bottom)) < 0.5 for x, y in shape.points
    )


@dataclass(slots=True)
class RawPage:
    """One page as it was read; all boxes in points from the top left corner of what is shown.

    number: the page's number, from 1. width, height: in points.
    words: every word with its box, font size and weight, in any order, its text as `clean_text` leaves it; a line of
        turned text is one word. A word that reaches over the line between two cells is cut by `letters`.
    shapes: painted paths (rules, cell fills, discs ...), later ones on top; `rule` and `box` make the usual ones.
    pictures: the boxes of raster images. signs: coloured signs that are also in `words`.
    look: the painted page within a box, or None where it cannot be painted; by default nothing can be seen.
    letters: the letters of one of the words; by default all as wide.
    unreadable: how many characters the page's fonts give no meaning to.

    A page made by hand needs only `RawPage(number, width, height, words, shapes)`.
    """

    number: int
    width: float
    height: float
    words: Sequence[Word] = ()
    shapes: Sequence[Shape] = ()
    pictures: Sequence[BBox] = ()
    signs: Sequence[Sign] = ()
    look: Callable[[BBox], Image | None] = lambda box: None
    letters: Callable[[Word], Sequence[Word]] = field(default=even_letters)
    unreadable: int = 0
