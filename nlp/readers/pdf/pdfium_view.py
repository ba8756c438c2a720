"""What is shown of a page and which side is up: from pdfium's coordinates to points from the top left corner."""

import ctypes
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from ljuskoll.nlp.document import BBox
from ljuskoll.nlp.readers.pdf import pdfium_calls as pdfium
from ljuskoll.nlp.readers.pdf.pdfium_calls import Handle

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
"""x' = a x + c y + e, y' = b x + d y + f."""
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class View:
    """The shown part of a page. `matrix` takes pdfium's coordinates (upwards, before turning) to ours."""

    width: float
    height: float
    matrix: Matrix

    @property
    def is_turned(self) -> bool:
        """Whether the page is shown turned by its /Rotate."""
        return self.matrix[0] != 1.0

    @property
    def left(self) -> float:
        """The left edge of what is shown of a page that is not turned, in pdfium's coordinates."""
        return -self.matrix[4]

    def box(self, left: float, bottom: float, right: float, top: float) -> BBox:
        """The box that a rectangle of pdfium's has on the shown page."""
        return around(apply(self.matrix, x, y) for x, y in ((left, bottom), (right, top)))


def page_view(page: Handle) -> View:
    """What is shown of the page."""
    edges = (ctypes.c_float * 4)()
    pdfium.page_box(page, ctypes.addressof(edges))
    left, top, right, bottom = edges
    width, height = right - left, top - bottom
    match pdfium.page_rotation(page):
        case 1:
            return View(height, width, (0.0, 1.0, 1.0, 0.0, -bottom, -left))
        case 2:
            return View(width, height, (-1.0, 0.0, 0.0, 1.0, right, -bottom))
        case 3:
            return View(height, width, (0.0, -1.0, -1.0, 0.0, top, right))
    return View(width, height, (1.0, 0.0, 0.0, -1.0, -left, top))


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where the matrix takes a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def chain(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that does what `first` does and then what `second` does."""
    a, b, c, d, _, _ = second
    return (
        a * first[0] + c * first[1],
        b * first[0] + d * first[1],
        a * first[2] + c * first[3],
        b * first[2] + d * first[3],
        *apply(second, first[4], first[5]),
    )


def around(points: Iterable[tuple[float, float]]) -> BBox:
    """The smallest box around all points."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)
