"""Status that is drawn instead of written: small shapes, pictures, fills, coloured bars and signs."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ljuskoll.nlp.document import BBox, Mark, MarkColour, MarkSource, Place
from ljuskoll.nlp.readers.colours import LIGHTS, RGB, SHARE_OF_FILL, SHARE_OF_PICTURE, colour_name, painted_colour
from ljuskoll.nlp.readers.icons import picture_mark
from ljuskoll.nlp.readers.pdf.boxes import covers
from ljuskoll.nlp.readers.pdf.icons import find_icons
from ljuskoll.nlp.readers.pdf.lamps import with_one_lamp
from ljuskoll.nlp.readers.pdf.progress import progress_bars
from ljuskoll.nlp.readers.raw.page import RawPage, Shape, is_box

Spot: TypeAlias = tuple[int, int]
"""Row and column of a cell."""
Grid: TypeAlias = Sequence[Sequence[BBox | None]]
"""The boxes of a table's cells by row and column; None where another cell reaches over."""

SMALLEST, LARGEST = 4.0, 30.0
"""Points; smaller is a dot or a rule, larger a picture, a box or a part of a diagram."""
SQUARENESS = 0.65
"""Least ratio of the shorter to the longer side."""
SLIDE, LARGEST_DISC = 900.0, 48.0
"""On a page so wide, a slide, a round shape may be larger than elsewhere."""
LARGEST_PICTURE = 36.0
LARGEST_PATTERN = 0.2
"""Share of the page above which a pattern is decoration."""
NO_SIGNS = ("", "●", "!")
"""Shapes that say nothing by themselves."""
WHITE = (255, 255, 255)
"""Also what pdfium says of some gradients."""
BAR_WIDTH, BAR_HEIGHT = (1.5, 8.0), 9.0
COVERS = 0.5
"""Share of a cell's area that a fill must cover to be the cell's background."""


@dataclass(frozen=True, slots=True)
class Fill:
    """A painted area; later fills of a page lie on top of earlier ones. `rgb` is None for spot colours and patterns."""

    bbox: BBox
    rgb: RGB | None
    colour: MarkColour | None

    @property
    def paint(self) -> tuple[RGB | None, MarkColour | None]:
        """What tells two fills apart."""
        return self.rgb, self.colour


@dataclass(frozen=True, slots=True)
class Drawings:
    """The drawn things of one page that may say something about status."""

    marks: tuple[Mark, ...]
    bars: tuple[Mark, ...]
    fills: tuple[Fill, ...]


def find_drawings(page: RawPage) -> Drawings:
    """All shapes, pictures, coloured signs, bars and fills of the page, in the order in which they were painted."""
    shapes, bars, fills = [], [], []
    progress, taken = progress_bars(page)
    for shape in page.shapes:
        if shape.bbox in taken:
            continue
        if shape.fill is None:
            bars += [_mark("fill", colour, box, page) for box, colour in _thick_line(shape)]
            continue
        fill = _fill(shape, page)
        if _is_small(fill.bbox, LARGEST_DISC if shape.is_curved and page.width > SLIDE else LARGEST):
            shapes.append(fill)
        elif _is_bar(fill.bbox) and fill.colour not in (None, "grey"):
            bars.append(_mark("fill", fill.colour, fill.bbox, page))
        if is_box(shape):
            fills.append(fill)
    icons = find_icons(page)
    marks = [_mark("fill", icon.colour, icon.bbox, page, icon.sign) for icon in icons]
    wide = [fill for fill in fills if not _is_small(fill.bbox, LARGEST)]
    for fill in _outermost(shapes):
        if not any(covers(icon.bbox, fill.bbox) > COVERS for icon in icons) and not _is_in_band(fill, wide):
            marks.append(_mark("fill", fill.colour, fill.bbox, page))
    marks += [*progress, *_pictures(page), *_signs(page)]
    marks = with_one_lamp(marks)
    return Drawings(tuple(marks), tuple(bars), tuple(fills))


def _is_in_band(fill: Fill, wide: Sequence[Fill]) -> bool:
    """Whether a fill goes on beside itself in a wide one of its paint, as the empty cell of a row of headings does."""
    x0, top, x1, bottom = fill.bbox
    return fill.colour not in LIGHTS and any(
        other.paint == fill.paint
        and max(abs(other.bbox[1] - top), abs(other.bbox[3] - bottom)) < 1
        and min(abs(other.bbox[0] - x1), abs(other.bbox[2] - x0)) < 1
        for other in wide
    )


def cell_fills(grid: Grid, written: Collection[Spot], fills: Sequence[Fill]) -> dict[Spot, MarkColour]:
    """The background colours that single cells out from their row and column; `written` are the cells with text."""
    large = [fill for fill in fills if fill.bbox[2] - fill.bbox[0] > BAR_WIDTH[1]]
    if not any(fill.colour for fill in large):
        return {}
    painted: dict[Spot, Fill] = {}
    for row, boxes in enumerate(grid):
        drawn = [box for box in boxes if box is not None]
        top, bottom = min((box[1] for box in drawn), default=0.0), max((box[3] for box in drawn), default=0.0)
        behind = [fill for fill in large if fill.bbox[1] < bottom and fill.bbox[3] > top]
        for column, box in enumerate(boxes):
            if behind and box is not None and (fill := _background(box, behind)) is not None:
                painted[row, column] = fill
    kept = {
        place: fill for place, fill in painted.items() if fill.colour and not _is_design(place, painted, grid, written)
    }
    lights = {column for (_, column), fill in kept.items() if fill.colour in LIGHTS}
    return {
        place: fill.colour
        for place, fill in kept.items()
        if fill.colour and (fill.colour != "grey" or place[1] in lights)
    }


def _mark(source: MarkSource, colour: MarkColour | None, box: BBox, page: RawPage, text: str = "") -> Mark:
    return Mark(source, colour, text, Place(page.number, box))


def _fill(shape: Shape, page: RawPage) -> Fill:
    """The fill with its colour; that of patterns, and of white that may be one, is looked up where it can matter."""
    box, paint = shape.bbox, shape.fill
    is_small = _is_small(box, LARGEST)
    if paint == "unknown" or (paint == WHITE and is_small):
        can_matter = is_small or _area(box) < LARGEST_PATTERN * page.width * page.height
        share = SHARE_OF_PICTURE if is_small and paint == "unknown" else SHARE_OF_FILL
        return Fill(box, None, painted_colour(page.look(box), share) if can_matter else None)
    return Fill(box, paint, colour_name(paint))


def _is_small(box: BBox, largest: float) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    short, long = min(width, height), max(width, height)
    return short >= SMALLEST and long <= largest and short >= SQUARENESS * long


def _is_bar(box: BBox) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    return BAR_WIDTH[0] <= width <= BAR_WIDTH[1] and height >= max(BAR_HEIGHT, 2 * width)


def _outermost(shapes: Iterable[Fill]) -> list[Fill]:
    """One shape a sign: of shapes within each other the coloured before the grey, the larger before the smaller."""
    kept: list[Fill] = []
    coloured = [shape for shape in shapes if shape.colour]
    for shape in sorted(coloured, key=lambda shape: (shape.colour == "grey", -_area(shape.bbox))):
        if not any(
            covers(other.bbox, shape.bbox) > COVERS or covers(shape.bbox, other.bbox) > COVERS for other in kept
        ):
            kept.append(shape)
    return sorted(kept, key=lambda shape: (shape.bbox[1], shape.bbox[0]))


def _area(box: BBox) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _thick_line(shape: Shape) -> Iterable[tuple[BBox, MarkColour]]:
    if len(shape.points) != 2 or shape.stroke is None or shape.stroke == "unknown":
        return
    x0, top, x1, bottom = shape.bbox
    box = (x0 - shape.width / 2, top, x1 + shape.width / 2, bottom)
    colour = colour_name(shape.stroke) if _is_bar(box) else None
    if colour not in (None, "grey"):
        yield box, colour


def _pictures(page: RawPage) -> Iterable[Mark]:
    for box in page.pictures:
        if _is_small(box, LARGEST_PICTURE) and (image := page.look(box)) is not None:
            colour, sign = picture_mark(image)
            if colour or sign not in NO_SIGNS:
                yield _mark("icon", colour, box, page, "" if sign in NO_SIGNS else sign)


def _signs(page: RawPage) -> Iterable[Mark]:
    for sign in page.signs:
        if (colour := colour_name(sign.rgb)) not in (None, "grey"):
            yield _mark("symbol", colour, sign.bbox, page, sign.text)


def _background(cell: BBox, fills: Sequence[Fill]) -> Fill | None:
    return next((fill for fill in reversed(fills) if covers(fill.bbox, cell) >= COVERS), None)


def _is_design(spot: Spot, painted: dict[Spot, Fill], grid: Grid, written: Collection[Spot]) -> bool:
    """Whether most of the row, or a whole column of texts from its heading on, has the same colour."""
    row, column = spot
    paint = painted[spot].paint
    paints = Counter(painted[row, other].paint for other in range(len(grid[row])) if (row, other) in painted)
    cells = sum(box is not None for box in grid[row])
    if paints[paint] >= 2 and 2 * paints[paint] > cells:
        return True
    in_column = [(other, column) for other, boxes in enumerate(grid) if boxes[column] is not None]
    return len(in_column) >= 3 and all(
        one in written and one in painted and painted[one].paint == paint for one in in_column
    )
