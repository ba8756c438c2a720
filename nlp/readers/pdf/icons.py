"""Small signs that are drawn with paths: rings and check marks in colour, and black ones of which the shape tells."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from PIL import Image, ImageDraw

from ljuskoll.nlp.document import BBox, MarkColour
from ljuskoll.nlp.readers.colours import LIGHTS, colour_name
from ljuskoll.nlp.readers.icons import FACES, picture_mark
from ljuskoll.nlp.readers.raw.lines import union
from ljuskoll.nlp.readers.raw.page import Paint, RawPage, Shape, is_box

SMALLEST, LARGEST = 4.0, 30.0
"""Points along a sign's sides."""
SLIDE, LARGEST_FACE = 700.0, 80.0
"""Pages so wide are slides, on which a face may be larger."""
LEAST_OF_FACE = 3
"""An outline, eyes and a mouth."""
LONGEST = 2.2
"""Highest ratio of a sign's sides."""
THINNEST = 1.0
LONGEST_STROKE = 15.0
SCALE = 6
"""Pixels a point, of lines that are drawn thicker."""
MOST = 300
"""With more small paths than this the page holds a map, or letters drawn as paths."""
SLACK = 1.0
"""Points between two paths of one sign."""
ALONE = 0.8
"""Width of the white beside a black sign, as a share of its height; letters stand closer."""
TELLING = FACES | {"✓", "✗", "↑", "→", "↓", "↗", "↘"}
WHITE = (255, 255, 255)


class Icon(NamedTuple):
    """A drawn sign: the colour that the eye sees, and the sign that its shape shows or ""."""

    bbox: BBox
    colour: MarkColour | None
    sign: str


def find_icons(page: RawPage) -> list[Icon]:
    """The signs of the page that are more than one filled shape in a colour of its own."""
    largest = LARGEST_FACE if page.width > SLIDE else LARGEST
    paths = [shape for shape in page.shapes if _may_be_part(shape, largest)]
    if len(paths) > MOST:
        return []
    groups = _together([*paths, *_level_strokes(page.shapes, paths)])
    boxes = [union([shape.bbox for shape in group]) for group in groups]
    black = [box for group, box in zip(groups, boxes, strict=True) if not _is_coloured(group)]
    found = []
    for group, bbox in zip(groups, boxes, strict=True):
        icon = _icon(group, bbox, black, page) if _has_size(bbox, largest) else None
        if icon is not None and (icon.sign in FACES or _has_size(bbox, LARGEST)):
            found.append(icon)
    return found


def _may_be_part(shape: Shape, largest: float) -> bool:
    x0, top, x1, bottom = shape.bbox
    if x1 - x0 > largest or bottom - top > largest or is_box(shape):
        return False
    if _is_level(shape):
        return False
    return any(paint not in (None, WHITE) for paint in (shape.fill, shape.stroke))


def _is_level(shape: Shape) -> bool:
    x0, top, x1, bottom = shape.bbox
    return len(shape.points) == 2 and min(x1 - x0, bottom - top) < THINNEST


def _level_strokes(shapes: Iterable[Shape], paths: Sequence[Shape]) -> Iterator[Shape]:
    """Short level or upright lines that touch another part of a sign, such as an arrow's shaft; others are rules."""
    for shape in shapes if paths else ():
        x0, top, x1, bottom = shape.bbox
        is_short = max(x1 - x0, bottom - top) <= LONGEST_STROKE
        if is_short and _is_level(shape) and any(_touch(shape.bbox, path.bbox, SLACK) for path in paths):
            yield shape


def _together(paths: Sequence[Shape]) -> list[list[Shape]]:
    """The paths in groups that touch."""
    groups: list[list[Shape]] = []
    for path in paths:
        joined, apart = [path], []
        for group in groups:
            if any(_touch(path.bbox, other.bbox, SLACK) for other in group):
                joined = group + joined
            else:
                apart.append(group)
        groups = [*apart, joined]
    return groups


def _touch(some: BBox, other: BBox, slack: float) -> bool:
    return (
        some[0] <= other[2] + slack
        and other[0] <= some[2] + slack
        and some[1] <= other[3] + slack
        and other[1] <= some[3] + slack
    )


def _has_size(bbox: BBox, largest: float) -> bool:
    short, long = sorted((bbox[2] - bbox[0], bbox[3] - bbox[1]))
    return short >= SMALLEST and long <= min(largest, LONGEST * short)


def _is_coloured(group: Sequence[Shape]) -> bool:
    return any(shape.fill == "unknown" for shape in group) or bool(_colours(shape.fill for shape in group))


def _icon(group: Sequence[Shape], bbox: BBox, black: Iterable[BBox], page: RawPage) -> Icon | None:
    fills = _colours(shape.fill for shape in group)
    may_be_face = (fills == {"yellow"} and len(group) > 1) or (len(group) >= LEAST_OF_FACE and not fills & LIGHTS)
    if fills and not may_be_face:
        return None
    strokes = _colours(shape.stroke for shape in group)
    if not fills and not strokes and not _is_alone(bbox, black, page):
        return None
    grown = bbox[0] - SLACK, bbox[1] - SLACK, bbox[2] + SLACK, bbox[3] + SLACK
    image = _drawn_thicker(group, grown) if all(map(_is_hairline, group)) else page.look(grown)
    if image is None:
        return None
    colour, sign = picture_mark(image)
    if sign in FACES and (fills or strokes) and colour not in LIGHTS:
        return Icon(bbox, None, sign)
    if fills:
        return Icon(bbox, colour, sign) if sign in FACES else None
    sign = sign if sign in TELLING else ""
    if strokes:
        return Icon(bbox, min(strokes), sign)
    return Icon(bbox, None, sign) if sign else None


def _is_hairline(shape: Shape) -> bool:
    return len(shape.points) == 2 and shape.width < THINNEST


def _drawn_thicker(lines: Sequence[Shape], box: BBox) -> Image.Image:
    """Lines too thin to be seen whole in the painted page."""
    size = round((box[2] - box[0]) * SCALE), round((box[3] - box[1]) * SCALE)
    image = Image.new("L", size, 255)
    for line in lines:
        ends = [((x - box[0]) * SCALE, (y - box[1]) * SCALE) for x, y in line.points]
        ImageDraw.Draw(image).line(ends, fill=0, width=round(THINNEST * SCALE))
    return image


def _colours(paints: Iterable[Paint | None]) -> set[MarkColour]:
    """The colours of these paints but grey."""
    names = {colour_name(paint) for paint in paints if paint is not None and paint != "unknown"}
    return {name for name in names if name is not None and name != "grey"}


def _is_alone(bbox: BBox, black: Iterable[BBox], page: RawPage) -> bool:
    """Whether no text stands in the box and no other black sign right beside it."""
    x0, top, x1, bottom = bbox
    beside = ALONE * (bottom - top)
    around = (x0 - beside, top, x1 + beside, bottom)
    if any(other != bbox and _touch(around, other, 0.0) for other in black):
        return False
    return not any(_touch(bbox, word.bbox, -SLACK) for word in page.words)
