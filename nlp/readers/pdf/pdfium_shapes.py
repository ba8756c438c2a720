"""What a page draws besides its text: painted paths and the places of pictures, those in nested forms included."""

import ctypes
from collections.abc import Callable, Iterable, Iterator
from functools import partial, reduce
from typing import NamedTuple, TypeAlias

from pypdfium2 import raw

from ljuskoll.nlp.document import BBox
from ljuskoll.nlp.readers.pdf import pdfium_calls as pdfium
from ljuskoll.nlp.readers.pdf.frames import common, frame_sides
from ljuskoll.nlp.readers.pdf.pdfium_calls import LONGEST_NAME, Handle
from ljuskoll.nlp.readers.pdf.pdfium_view import IDENTITY, Matrix, View, apply, around, chain
from ljuskoll.nlp.readers.raw.page import Paint, Point, Shape, is_box

DECIMALS = 3
"""pdfium reckons in single precision; more decimals would tell equal edges apart."""
DEEPEST_FORM = 12
PATTERN_GREY = (191, 191, 191)
"""What pdfium says is the colour of a pattern."""
_Segment: TypeAlias = tuple[int, float, float]
_Subpath: TypeAlias = tuple[list[Point], bool]


class Drawing(NamedTuple):
    """The painted paths, the boxes of the pictures, and how many text objects there are.

    `emoji` are the boxes of pictures that draw a character of a font of such.
    """

    shapes: list[Shape]
    pictures: list[BBox]
    emoji: list[BBox]
    texts: int


def read_drawing(document: Handle, page: Handle, view: View) -> Drawing:
    """Everything that is drawn on the page, in the order in which it is painted."""
    reader = _Reader(document, view)
    reader.read(page, pdfium.count_objects, pdfium.get_object, view.matrix, 0)
    return Drawing(reader.shapes, reader.pictures, reader.emoji, reader.texts)


class _Reader:
    def __init__(self, document: Handle, view: View) -> None:
        self.shapes: list[Shape] = []
        self.pictures: list[BBox] = []
        self.emoji: list[BBox] = []
        self.texts = 0
        self._name = ctypes.create_string_buffer(LONGEST_NAME)
        self._document = document
        self._numbers = (ctypes.c_float * 6)()
        self._integers = (ctypes.c_uint * 4)()
        self._n = [ctypes.addressof(self._numbers) + 4 * place for place in range(6)]
        self._i = [ctypes.addressof(self._integers) + 4 * place for place in range(4)]

    def read(
        self,
        container: Handle,
        count: Callable[[Handle], int],
        get: Callable[[Handle, int], Handle],
        matrix: Matrix,
        depth: int,
    ) -> None:
        """Take in all objects of a page or of a form; `matrix` takes their coordinates to the shown page's."""
        text = 0
        for place in range(count(container)):
            before, text = text, 0
            item = get(container, place)
            match pdfium.object_type(item):
                case raw.FPDF_PAGEOBJ_TEXT:
                    self.texts += 1
                    text = item
                case raw.FPDF_PAGEOBJ_PATH:
                    self._take_path(item, matrix)
                case raw.FPDF_PAGEOBJ_IMAGE:
                    is_emoji = before and self._is_of_emoji(before)
                    (self.emoji if is_emoji else self.pictures).append(self._bounds(item, matrix))
                case raw.FPDF_PAGEOBJ_SHADING:
                    bbox = self._bounds(item, matrix)
                    self.shapes.append(Shape(bbox, _corners(bbox), "unknown"))
                case raw.FPDF_PAGEOBJ_FORM if depth < DEEPEST_FORM:
                    inner = chain(self._matrix(item), matrix)
                    self.read(item, pdfium.count_in_form, pdfium.get_in_form, inner, depth + 1)

    def _is_of_emoji(self, text: Handle) -> bool:
        """Whether a text is set in a font of emoji; some programs paint a picture right after each of its letters."""
        pdfium.font_name(pdfium.text_font(text), ctypes.addressof(self._name), LONGEST_NAME)
        return b"emoji" in self._name.value.lower()

    def _matrix(self, item: Handle) -> Matrix:
        pdfium.object_matrix(item, self._n[0])
        a, b, c, d, e, f = self._numbers
        return a, b, c, d, e, f

    def _bounds(self, item: Handle, matrix: Matrix) -> BBox:
        pdfium.object_bounds(item, *self._n[:4])
        left, bottom, right, top, _, _ = self._numbers
        return around(apply(matrix, x, y) for x, y in ((left, bottom), (right, top), (left, top), (right, bottom)))

    def _take_path(self, item: Handle, matrix: Matrix) -> None:
        pdfium.draw_mode(item, self._i[0], self._i[1])
        is_filled, is_stroked, _, _ = self._integers
        if not is_filled and not is_stroked:
            return
        fill = self._paint(item, pdfium.fill_colour) if is_filled else None
        stroke = self._paint(item, pdfium.stroke_colour) if is_stroked else None
        width = 0.0
        if fill == PATTERN_GREY and self._is_pattern(item):
            fill = "unknown"
        own, around_it = self._matrix(item), matrix
        if is_stroked:
            pdfium.stroke_width(item, self._n[0])
            width = self._numbers[0] * abs(own[0] * own[3] - own[1] * own[2]) ** 0.5
        if own != IDENTITY:
            matrix = chain(own, matrix)
        segments = map(partial(pdfium.get_segment, item), range(pdfium.count_segments(item)))
        shapes = [
            Shape(around(points), tuple(points), fill, stroke, width, is_curved)
            for points, is_curved in self._subpaths(segments, matrix)
        ]
        if (
            is_filled == raw.FPDF_FILLMODE_ALTERNATE
            and stroke is None
            and len(shapes) == 2
            and all(map(is_box, shapes))
        ):
            sides = frame_sides([shape.bbox for shape in shapes], self._clip(item, around_it))
            shapes = [Shape(side, _corners(side), fill) for side in sides] or shapes
        self.shapes += shapes

    def _clip(self, item: Handle, matrix: Matrix) -> BBox | None:
        """The box outside of which nothing of the object shows, where one is set."""
        clip = pdfium.clip_of(item)
        boxes = [
            around(points)
            for path in range(pdfium.count_clips(clip) if clip else 0)
            for points, _ in self._subpaths(
                (pdfium.get_in_clip(clip, path, place) for place in range(pdfium.count_in_clip(clip, path))), matrix
            )
        ]
        return reduce(common, boxes) if boxes else None

    def _paint(self, item: Handle, colour: Callable[..., int]) -> Paint | None:
        """The colour as it looks on white paper; None where it is all transparent."""
        if not colour(item, *self._i):
            return "unknown"
        red, green, blue, alpha = self._integers
        if alpha == 255:
            return red, green, blue
        if not alpha:
            return None
        paper = 255 - alpha
        return round(red * alpha / 255 + paper), round(green * alpha / 255 + paper), round(blue * alpha / 255 + paper)

    def _is_pattern(self, item: Handle) -> bool:
        bitmap = pdfium.fill_pattern(self._document, item)
        if bitmap:
            pdfium.free_bitmap(bitmap)
        return bool(bitmap)

    def _subpaths(self, segments: Iterable[Handle], matrix: Matrix) -> Iterator[_Subpath]:
        """The parts of a path between moves, each with whether it has curves; single points are left out."""
        a, b, c, d, e, f = matrix
        points: list[Point] = []
        is_curved, controls = False, 0
        n, x_at, y_at = self._numbers, self._n[0], self._n[1]
        for segment in segments:
            kind = pdfium.segment_type(segment)
            if kind == raw.FPDF_SEGMENT_BEZIERTO:
                is_curved = True
                controls = (controls + 1) % 3
                if controls:
                    continue
            pdfium.segment_point(segment, x_at, y_at)
            x, y = n[0], n[1]
            if kind == raw.FPDF_SEGMENT_MOVETO:
                if len(points) > 1:
                    yield points, is_curved
                points, is_curved = [], False
            points.append((round(a * x + c * y + e, DECIMALS), round(b * x + d * y + f, DECIMALS)))
        if len(points) > 1:
            yield points, is_curved


def _corners(box: BBox) -> tuple[Point, ...]:
    x0, top, x1, bottom = box
    return (x0, top), (x1, top), (x1, bottom), (x0, bottom)
