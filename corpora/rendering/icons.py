"""Small pictures as PNG: icons of a status, charts, and pictures for the covers of long reports."""

from functools import cache
from io import BytesIO
from itertools import pairwise

from PIL import Image, ImageDraw

_SCALE = 4
"""Pictures are drawn so many times larger and scaled down, for smooth edges."""

_BARS = ("#1F3C5A", "#5B8DB8", "#A9C5DD")


@cache
def icon(colour: str, size: int = 24) -> bytes:
    """A filled disc with a darker rim on a transparent ground."""
    image, draw = _canvas(size)
    edge = size * _SCALE - 2
    draw.ellipse((2, 2, edge, edge), fill=colour, outline="#55555580", width=_SCALE)
    return _png(image, size)


@cache
def sign(kind: str, size: int = 24) -> bytes:
    """A black check mark ("✓"), cross ("✗") or face ("🙂", "😐", "🙁")."""
    image, draw = _canvas(size)
    unit = size * _SCALE / 24
    if kind == "✓":
        _stroke(draw, unit, (4, 13), (10, 19), (20, 5))
    elif kind == "✗":
        _stroke(draw, unit, (5, 5), (19, 19))
        _stroke(draw, unit, (19, 5), (5, 19))
    else:
        _face(draw, unit, kind)
    return _png(image, size)


def chart(values: tuple[float, ...], width: int = 900, height: int = 360) -> bytes:
    """Bars in three blues over an axis; `values` are from 0 to 1."""
    image = Image.new("RGB", (width, height), "#FFFFFF")
    draw = ImageDraw.Draw(image)
    step = (width - 80) / len(values)
    for index, value in enumerate(values):
        left = 50 + index * step
        top = height - 40 - value * (height - 90)
        draw.rectangle((left, top, left + step * 0.7, height - 40), fill=_BARS[index % len(_BARS)])
    draw.line((40, height - 40, width - 20, height - 40), fill="#333333", width=3)
    return _png(image, None)


def landscape(seed: int, width: int = 480, height: int = 300) -> bytes:
    """Hills under a sky, for covers and chapters."""
    image = Image.new("RGB", (width, height), "#BFD9EA")
    draw = ImageDraw.Draw(image)
    for layer, colour in enumerate(("#8FB08C", "#5F8F63", "#3D6B45")):
        base = height * (0.45 + 0.17 * layer)
        points = [(x, base + ((x * (layer + 2) + seed * 37) % 97) / 97 * 30 - 15) for x in range(0, width + 60, 60)]
        draw.polygon([(0, height), *points, (width, height)], fill=colour)
    return _png(image, None)


def _canvas(size: int) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGBA", (size * _SCALE, size * _SCALE), (255, 255, 255, 0))
    return image, ImageDraw.Draw(image)


def _stroke(draw: ImageDraw.ImageDraw, unit: float, *points: tuple[float, float]) -> None:
    scaled = [(x * unit, y * unit) for x, y in points]
    for start, end in pairwise(scaled):
        draw.line((start, end), fill="#000000", width=round(3.2 * unit))


def _face(draw: ImageDraw.ImageDraw, unit: float, kind: str) -> None:
    width = round(1.8 * unit)
    draw.ellipse([edge * unit for edge in (2, 2, 22, 22)], outline="#000000", width=width)
    for x in (7, 14):
        draw.ellipse([edge * unit for edge in (x, 7, x + 3, 10)], fill="#000000")
    if kind == "🙂":
        draw.arc([edge * unit for edge in (7, 8, 17, 18)], 20, 160, fill="#000000", width=width)
    elif kind == "🙁":
        draw.arc([edge * unit for edge in (7, 14, 17, 24)], 200, 340, fill="#000000", width=width)
    else:
        draw.line([edge * unit for edge in (7, 16, 17, 16)], fill="#000000", width=width)


def _png(image: Image.Image, size: int | None) -> bytes:
    if size is not None:
        image = image.resize((size, size), Image.Resampling.LANCZOS)
    buffer = BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
