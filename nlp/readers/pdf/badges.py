"""Status as a badge: a word on a coloured label, or a coloured bar without text that stands by itself in a column."""

from collections import Counter
from collections.abc import Sequence, Set
from itertools import pairwise

from ljuskoll.nlp.document import BBox, Mark, Place
from ljuskoll.nlp.readers.colours import LIGHTS, colour_name
from ljuskoll.nlp.readers.pdf.boxes import centre, is_inside
from ljuskoll.nlp.readers.raw.lines import Word
from ljuskoll.nlp.readers.raw.page import RawPage, Shape

WIDTH, HEIGHT = (14.0, 170.0), (7.0, 26.0)
"""Points, from the smallest to the largest."""
LARGEST_EMPTY = 60.0
MOST_WORDS = 5
SLACK = 2.0


def take_badges(words: Sequence[Word], page: RawPage, known: Sequence[Mark]) -> tuple[list[Word], list[Mark]]:
    """The words that stand on no badge, and a mark for each badge with the words on it; `known` are marks already."""
    taken = {mark.place.bbox for mark in known if mark.place}
    cells = _stacked(page.shapes)
    fitting = [one for one in page.shapes if one.bbox not in taken and one.bbox not in cells and _has_size(one)]
    sizes = {_size(one) for one in fitting if _is_lit(one)}
    shapes = [one for one in fitting if _is_lit(one) or (one.fill is not None and _size(one) in sizes)]
    left = list(words)
    marks: list[Mark] = []
    empty: list[Shape] = []
    for shape in shapes:
        on_it = [word for word in left if word.text and is_inside(centre(word.bbox), shape.bbox)]
        if not on_it:
            empty.append(shape)
        elif len(on_it) <= MOST_WORDS and all(_is_label(word, shape) for word in on_it):
            left = [word for word in left if word not in on_it]
            marks.append(_mark(shape, " ".join(word.text for word in on_it), page))
    marks += [_mark(shape, "", page) for shape in _in_a_column(empty)]
    return left, marks


def _has_size(shape: Shape) -> bool:
    x0, top, x1, bottom = shape.bbox
    return WIDTH[0] <= x1 - x0 <= WIDTH[1] and HEIGHT[0] <= bottom - top <= HEIGHT[1] and x1 - x0 > bottom - top


def _is_lit(shape: Shape) -> bool:
    """Whether a shape has a light's colour; one of the same place and size as such a shape may have another."""
    return isinstance(shape.fill, tuple) and colour_name(shape.fill) in LIGHTS


def _stacked(shapes: Sequence[Shape]) -> Set[BBox]:
    """The boxes of fills of one width that touch each other above and below: cells of a table's column."""
    filled = [shape.bbox for shape in shapes if shape.fill is not None]
    tops = {(round(x0), round(x1), round(top)): (x0, top, x1, bottom) for x0, top, x1, bottom in filled}
    below = {box: tops.get((round(box[0]), round(box[2]), round(box[3]))) for box in filled}
    pairs = [(box, other) for box, other in below.items() if other is not None and other != box]
    return {box for pair in pairs for box in pair}


def _is_label(word: Word, shape: Shape) -> bool:
    """Whether the whole word stands on the shape and is no figure."""
    inner, outer = word.bbox, shape.bbox
    return (
        not any(character.isdigit() or character == "%" for character in word.text)
        and inner[0] >= outer[0] - SLACK
        and inner[1] >= outer[1] - SLACK
        and inner[2] <= outer[2] + SLACK
        and inner[3] <= outer[3] + SLACK
    )


def _in_a_column(shapes: Sequence[Shape]) -> list[Shape]:
    """Bars of one size below each other; bars of a chart differ in length or stand close together."""
    small = [shape for shape in shapes if shape.bbox[2] - shape.bbox[0] <= LARGEST_EMPTY]
    sizes = Counter(_size(shape) for shape in small)
    tops = sorted(shape.bbox[1] for shape in small)
    close = any(below - above < 1.5 * HEIGHT[1] for above, below in pairwise(tops))
    return small if len(sizes) == 1 and not close else []


def _size(shape: Shape) -> tuple[int, int, int]:
    x0, top, x1, bottom = shape.bbox
    return round(x0), round(x1 - x0), round(bottom - top)


def _mark(shape: Shape, text: str, page: RawPage) -> Mark:
    colour = colour_name(shape.fill) if isinstance(shape.fill, tuple) else None
    return Mark("fill", colour, text, Place(page.number, shape.bbox))
