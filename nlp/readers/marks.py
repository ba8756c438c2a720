"""Status that is drawn instead of written: small shapes, pictures, fills, coloured bars and signs."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ljuskoll.nlp.document import BBox, Mark, MarkColour, MarkSource, Place
from ljuskoll.nlp.readers.pdf_colours import RGB, colour_name, paint_rgb
from ljuskoll.nlp.readers.pdf_file import Drawn, RawPage
from ljuskoll.nlp.readers.pdf_lines import box_of
from ljuskoll.nlp.readers.pdf_symbols import is_sign

Spot: TypeAlias = tuple[int, int]
"""Row and column of a cell."""
Grid: TypeAlias = Sequence[Sequence[BBox | None]]
"""The boxes of a table's cells by row and column; None where another cell reaches over."""

SMALLEST, LARGEST = 4.0, 30.0
"""Points; smaller is a dot or a rule, larger a picture, a box or a part of a diagram."""
SQUARENESS = 0.65
"""Least ratio of the shorter to the longer side."""
LARGEST_PICTURE = 36.0
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
    for drawn in [*page.rects, *page.curves]:
        if not drawn["fill"] or drawn.get("non_stroking_color") is None:
            continue
        fill = _fill(drawn, page)
        if _is_small(fill.bbox, LARGEST):
            shapes.append(fill)
        elif _is_bar(fill.bbox) and fill.colour not in (None, "grey"):
            bars.append(_mark("fill", fill.colour, fill.bbox, page))
        if drawn["object_type"] == "rect" or _is_box(drawn):
            fills.append(fill)
    bars += [_mark("fill", colour, box, page) for box, colour in _thick_lines(page)]
    marks = [_mark("fill", shape.colour, shape.bbox, page) for shape in _outermost(shapes)]
    marks += [*_pictures(page), *_signs(page)]
    return Drawings(tuple(marks), tuple(bars), tuple(fills))


def cell_fills(grid: Grid, written: Collection[Spot], fills: Sequence[Fill]) -> dict[Spot, MarkColour]:
    """The background colours that single cells out from their row and column; `written` are the cells with text."""
    large = [fill for fill in fills if fill.bbox[2] - fill.bbox[0] > BAR_WIDTH[1]]
    painted = {
        (row, column): fill
        for row, boxes in enumerate(grid)
        for column, box in enumerate(boxes)
        if box is not None and (fill := _background(box, large)) is not None
    }
    kept = {
        place: fill for place, fill in painted.items() if fill.colour and not _is_design(place, painted, grid, written)
    }
    lights = {column for (_, column), fill in kept.items() if fill.colour in ("green", "yellow", "red")}
    return {
        place: fill.colour
        for place, fill in kept.items()
        if fill.colour and (fill.colour != "grey" or place[1] in lights)
    }


def covers(outer: BBox, inner: BBox) -> float:
    """The share of `inner` that `outer` covers, 0 to 1."""
    width = min(outer[2], inner[2]) - max(outer[0], inner[0])
    height = min(outer[3], inner[3]) - max(outer[1], inner[1])
    area = (inner[2] - inner[0]) * (inner[3] - inner[1])
    return width * height / area if width > 0 and height > 0 and area > 0 else 0.0


def is_inside(point: tuple[float, float], box: BBox) -> bool:
    """Whether the point lies in the box."""
    return box[0] <= point[0] < box[2] and box[1] <= point[1] < box[3]


def centre(box: BBox) -> tuple[float, float]:
    """The middle of the box."""
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _mark(source: MarkSource, colour: MarkColour | None, box: BBox, page: RawPage, text: str = "") -> Mark:
    return Mark(source, colour, text, Place(page.number, box))


def _fill(drawn: Drawn, page: RawPage) -> Fill:
    box = box_of(drawn)
    paint = drawn["non_stroking_color"]
    components = len(paint) if isinstance(paint, tuple | list) else 1
    rgb = None if page.has_named_colours and components == 1 else paint_rgb(paint)
    return Fill(box, rgb, page.look(box) if rgb is None else colour_name(rgb))


def _is_small(box: BBox, largest: float) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    short, long = min(width, height), max(width, height)
    return short >= SMALLEST and long <= largest and short >= SQUARENESS * long


def _is_bar(box: BBox) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    return BAR_WIDTH[0] <= width <= BAR_WIDTH[1] and height >= max(BAR_HEIGHT, 2 * width)


def _is_box(drawn: Drawn) -> bool:
    x0, top, x1, bottom = box_of(drawn)
    return len(drawn["pts"]) <= 5 and all(
        min(abs(x - x0), abs(x - x1)) < 0.5 and min(abs(y - top), abs(y - bottom)) < 0.5 for x, y in drawn["pts"]
    )


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


def _thick_lines(page: RawPage) -> Iterable[tuple[BBox, MarkColour]]:
    for line in page.lines:
        x0, top, x1, bottom = box_of(line)
        width = float(line.get("linewidth") or 0.0)
        box = (x0 - width / 2, top, x1 + width / 2, bottom)
        colour = colour_name(paint_rgb(line.get("stroking_color"))) if line.get("stroke") and _is_bar(box) else None
        if colour not in (None, "grey"):
            yield box, colour


def _pictures(page: RawPage) -> Iterable[Mark]:
    for image in page.images:
        box = box_of(image)
        if _is_small(box, LARGEST_PICTURE) and (colour := page.look(box)):
            yield _mark("icon", colour, box, page)


def _signs(page: RawPage) -> Iterable[Mark]:
    for char in page.chars:
        if is_sign(char["text"]) and (colour := colour_name(paint_rgb(char.get("non_stroking_color")))) not in (
            None,
            "grey",
        ):
            yield _mark("symbol", colour, box_of(char), page, char["text"])


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
