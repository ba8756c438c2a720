"""The signs of small pictures, drawn with Pillow in many sizes, inks and styles, with pictures that are none."""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from math import cos, radians, sin
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ljuskoll.nlp.readers.icons import picture_mark, picture_sign

BLACK, WHITE, GREY = (0, 0, 0, 255), (255, 255, 255, 255), (110, 110, 110, 255)
GREEN, YELLOW, RED, BLUE = (0, 150, 60, 255), (250, 200, 0, 255), (220, 20, 30, 255), (30, 90, 190, 255)
SIDE = 400
"""Pictures are drawn this large and then made small, as those who make icons do."""
EMOJI = Path("/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf")
LETTERS = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf")

Colour = tuple[int, int, int, int]
Draw = Callable[[ImageDraw.ImageDraw], None]


def line(draw: ImageDraw.ImageDraw, points: list[tuple[float, float]], width: float, ink: Colour) -> None:
    """A line with round ends; points and width in hundredths of the side."""
    draw.line([(x * 4, y * 4) for x, y in points], fill=ink, width=int(width * 4), joint="curve")
    for x, y in (points[0], points[-1]):
        reach = width * 2
        draw.ellipse([x * 4 - reach, y * 4 - reach, x * 4 + reach, y * 4 + reach], fill=ink)


def shrunk(points: list[tuple[float, float]], scale: float) -> list[tuple[float, float]]:
    return [(50 + (x - 50) * scale, 50 + (y - 50) * scale) for x, y in points]


def check(ink: Colour, width: float, scale: float = 1.0) -> Draw:
    return lambda draw: line(draw, shrunk([(12, 55), (38, 82), (88, 20)], scale), width * scale, ink)


def cross(ink: Colour, width: float, scale: float = 1.0) -> Draw:
    def paint(draw: ImageDraw.ImageDraw) -> None:
        line(draw, shrunk([(15, 15), (85, 85)], scale), width * scale, ink)
        line(draw, shrunk([(85, 15), (15, 85)], scale), width * scale, ink)

    return paint


def turned(points: list[tuple[float, float]], angle: float, scale: float) -> list[tuple[float, float]]:
    turn = radians(angle)
    around = [((x - 50) * scale, (y - 50) * scale) for x, y in points]
    return [(50 + x * cos(turn) - y * sin(turn), 50 + x * sin(turn) + y * cos(turn)) for x, y in around]


def thin_arrow(angle: float, ink: Colour, width: float = 12, scale: float = 1.0) -> Draw:
    def paint(draw: ImageDraw.ImageDraw) -> None:
        line(draw, turned([(10, 50), (88, 50)], angle, scale), width * scale, ink)
        line(draw, turned([(58, 20), (90, 50), (58, 80)], angle, scale), width * scale, ink)

    return paint


def block_arrow(angle: float, ink: Colour, scale: float = 1.0) -> Draw:
    corners = [(10, 37), (50, 37), (50, 15), (92, 50), (50, 85), (50, 63), (10, 63)]
    return lambda draw: draw.polygon([(x * 4, y * 4) for x, y in turned(corners, angle, scale)], fill=ink)


def disc(fill: Colour | None, outline: Colour | None = None) -> Draw:
    return lambda draw: draw.ellipse([12, 12, 388, 388], fill=fill, outline=outline, width=24)


def square(fill: Colour) -> Draw:
    return lambda draw: draw.rounded_rectangle([12, 12, 388, 388], radius=60, fill=fill)


def triangle(corners: list[tuple[float, float]], fill: Colour) -> Draw:
    return lambda draw: draw.polygon([(x * 4, y * 4) for x, y in corners], fill=fill)


UP, DOWN = [(50.0, 5.0), (97.0, 92.0), (3.0, 92.0)], [(50.0, 95.0), (97.0, 8.0), (3.0, 8.0)]


def exclamation(ink: Colour, top: float = 20) -> Draw:
    def paint(draw: ImageDraw.ImageDraw) -> None:
        draw.rectangle([176, top * 4, 224, 260], fill=ink)
        draw.ellipse([172, 284, 228, 340], fill=ink)

    return paint


def face(mouth: str, ink: Colour) -> Draw:
    def paint(draw: ImageDraw.ImageDraw) -> None:
        for x in (136, 264):
            draw.ellipse([x - 24, 120, x + 24, 180], fill=ink)
        if mouth == "🙂":
            draw.arc([104, 144, 296, 312], 20, 160, fill=ink, width=28)
        elif mouth == "☹":
            draw.arc([112, 240, 288, 392], 205, 335, fill=ink, width=28)
        else:
            draw.line([120, 272, 280, 272], fill=ink, width=28)

    return paint


def picture(*layers: Draw) -> Image.Image:
    image = Image.new("RGBA", (SIDE, SIDE), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    for layer in layers:
        layer(draw)
    return image


def small(image: Image.Image, size: int) -> Image.Image:
    scale = size / max(image.size)
    sides = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return image.resize(sides, Image.Resampling.LANCZOS)


def transparent(image: Image.Image) -> Image.Image:
    return image


def on_white(image: Image.Image, margin: int = 3) -> Image.Image:
    sheet = Image.new("RGBA", (image.width + 2 * margin, image.height + 2 * margin), WHITE)
    sheet.alpha_composite(image, (margin, margin))
    return sheet.convert("RGB")


def as_jpeg(image: Image.Image) -> Image.Image:
    buffer = BytesIO()
    on_white(image, 2).save(buffer, "JPEG", quality=75)
    return Image.open(buffer)


def noisy(image: Image.Image) -> Image.Image:
    pixels = np.asarray(on_white(image), dtype=np.float64)
    noise = np.random.default_rng(image.width).normal(0, 8, pixels.shape)
    return Image.fromarray(np.clip(pixels + noise, 0, 255).astype(np.uint8))


def with_palette(image: Image.Image) -> Image.Image:
    return on_white(image).quantize(32)


STYLES = (transparent, on_white, as_jpeg, noisy, with_palette)
CLEAN = (transparent, on_white)

SIGNS: dict[str, tuple[str, Image.Image]] = {
    "thin check mark": ("✓", picture(check(BLACK, 9))),
    "thick green check mark": ("✓", picture(check(GREEN, 20))),
    "white check mark on a green disc": ("✓", picture(disc(GREEN), check(WHITE, 14, 0.6))),
    "white check mark on a green square": ("✓", picture(square(GREEN), check(WHITE, 14, 0.6))),
    "check mark in a ring": ("✓", picture(disc(None, BLACK), check(BLACK, 14, 0.55))),
    "thin cross": ("✗", picture(cross(BLACK, 9))),
    "thick red cross": ("✗", picture(cross(RED, 22))),
    "white cross on a red disc": ("✗", picture(disc(RED), cross(WHITE, 14, 0.6))),
    "thin arrow to the right": ("→", picture(thin_arrow(0, BLACK))),
    "thin arrow up": ("↑", picture(thin_arrow(-90, BLACK))),
    "thick arrow down": ("↓", picture(thin_arrow(90, RED, 16))),
    "thin arrow rising": ("↗", picture(thin_arrow(-45, GREY))),
    "thin arrow falling": ("↘", picture(thin_arrow(45, BLUE))),
    "block arrow to the right": ("→", picture(block_arrow(0, YELLOW))),
    "block arrow up": ("↑", picture(block_arrow(-90, GREEN))),
    "block arrow down": ("↓", picture(block_arrow(90, RED))),
    "block arrow rising": ("↗", picture(block_arrow(-45, GREEN))),
    "block arrow falling": ("↘", picture(block_arrow(45, RED))),
    "white arrow on a green disc": ("↑", picture(disc(GREEN), thin_arrow(-90, WHITE, 14, 0.62))),
    "white arrow on a red square": ("↘", picture(square(RED), block_arrow(45, WHITE, 0.62))),
    "triangle up": ("↑", picture(triangle(UP, GREEN))),
    "triangle down": ("↓", picture(triangle(DOWN, RED))),
    "disc": ("●", picture(disc(YELLOW))),
    "square": ("●", picture(square(GREY))),
    "disc with a rim": ("●", picture(disc(GREEN, BLACK))),
    "warning sign": ("!", picture(triangle(UP, YELLOW), exclamation(BLACK, 32))),
    "exclamation mark on a disc": ("!", picture(disc(RED), exclamation(WHITE))),
    "smile in a ring": ("🙂", picture(disc(None, BLACK), face("🙂", BLACK))),
    "smile on green": ("🙂", picture(disc(GREEN), face("🙂", BLACK))),
    "straight mouth in a ring": ("😐", picture(disc(None, GREY), face("😐", GREY))),
    "straight mouth, white on yellow": ("😐", picture(disc(YELLOW), face("😐", WHITE))),
    "sad in a ring": ("☹", picture(disc(None, BLACK), face("☹", BLACK))),
    "sad on red with a black rim": ("☹", picture(disc(RED, BLACK), face("☹", WHITE))),
}


@pytest.mark.parametrize("name", SIGNS)
def test_sign_is_told_by_its_shape(name: str) -> None:
    sign, image = SIGNS[name]
    shown = [(16, style) for style in CLEAN] + [(size, style) for size in (24, 64) for style in STYLES]
    seen = {f"{size} {style.__name__}": picture_sign(style(small(image, size))) for size, style in shown}
    assert seen == dict.fromkeys(seen, sign)


@pytest.mark.parametrize("name", SIGNS)
def test_blur_tells_no_other_sign(name: str) -> None:
    sign, image = SIGNS[name]
    seen = {picture_sign(style(small(image, size))) for size in (8, 12) for style in (on_white, as_jpeg, noisy)}
    assert seen <= {sign, "", "●"}


def glyph(font: Path, character: str, size: int = 109) -> Image.Image:
    if not font.is_file():
        pytest.skip(f"the font {font.name} is not installed")
    image = Image.new("RGBA", (2 * size, 2 * size), (0, 0, 0, 0))
    type_ = ImageFont.truetype(str(font), size)
    ImageDraw.Draw(image).text((20, 20), character, font=type_, fill=BLACK, embedded_color=True)
    return image.crop(image.getbbox())


@pytest.mark.parametrize(
    ("character", "sign"),
    [
        ("✅", "✓"), ("✔", "✓"), ("❌", "✗"), ("🙂", "🙂"), ("😀", "🙂"), ("😊", "🙂"), ("😐", "😐"), ("☹", "☹"),
        ("🙁", "☹"), ("⬆", "↑"), ("➡", "→"), ("⬇", "↓"), ("↗", "↗"), ("↘", "↘"), ("🟢", "●"), ("🟥", "●"),
        ("⚠", "!"), ("❗", "!"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("size", [20, 48])
def test_emoji_as_pictures(character: str, sign: str, size: int) -> None:
    assert picture_sign(on_white(small(glyph(EMOJI, character), size))) == sign


@pytest.mark.parametrize("character", "🏠🚗🚌🌲🐟👥📈📊📅💡🌍🎓🏆📧❓➕🎯🔄♿⬅🏗🌊")
def test_pictograms_are_no_signs(character: str) -> None:
    assert picture_sign(on_white(small(glyph(EMOJI, character), 32))) == ""


def test_letters_are_no_signs() -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWYZÅÄÖabcdefghijklmnopqrstuvwyzåäö0123456789?&%#+=§½"
    seen = {letter: picture_sign(on_white(small(glyph(LETTERS, letter, 200), 32))) for letter in letters}
    assert seen == dict.fromkeys(letters, "")


@cache
def nothing() -> dict[str, Image.Image]:
    random = np.random.default_rng(3)
    code = Image.fromarray(((random.random((21, 21)) > 0.5) * 255).astype(np.uint8))
    photo = Image.fromarray((random.random((6, 6, 3)) * 255).astype(np.uint8))

    def bars(draw: ImageDraw.ImageDraw) -> None:
        for place, height in enumerate((120, 300, 220, 350)):
            draw.rectangle([20 + place * 95, 400 - height, 90 + place * 95, 400], fill=(BLUE, GREEN)[place % 2])

    def pie(draw: ImageDraw.ImageDraw) -> None:
        for place, ink in enumerate((GREEN, YELLOW, RED)):
            draw.pieslice([12, 12, 388, 388], place * 120, place * 120 + 120, fill=ink)

    def curve(draw: ImageDraw.ImageDraw) -> None:
        line(draw, [(5, 80), (25, 30), (45, 60), (65, 20), (95, 70)], 3, BLUE)

    def signature(draw: ImageDraw.ImageDraw) -> None:
        line(draw, [(4, 60), (14, 20), (20, 70), (30, 35), (36, 66), (50, 40), (60, 62), (70, 50), (97, 56)], 2, BLUE)

    return {
        "nothing at all": Image.new("RGB", (20, 20), "white"),
        "grey ground": Image.new("RGB", (20, 20), (235, 235, 240)),
        "code of squares": code.resize((210, 210), Image.Resampling.NEAREST),
        "photo": photo.resize((200, 200), Image.Resampling.BICUBIC),
        "bars of a diagram": picture(bars),
        "pie of a diagram": picture(pie),
        "curve of a diagram": picture(curve),
        "signature": picture(signature),
        "empty ring": picture(disc(None, BLACK)),
        "arrow to the left": picture(thin_arrow(180, BLACK)),
        "minus": picture(lambda draw: draw.rectangle([20, 180, 380, 220], fill=BLACK)),
        "plus": picture(
            lambda draw: [draw.rectangle(box, fill=RED) for box in ([170, 20, 230, 380], [20, 170, 380, 230])]
        ),
        "wide banner": Image.new("RGB", (200, 30), (0, 90, 60)),
        "yellow triangle": picture(triangle(UP, YELLOW)),
    }  # fmt: skip


@pytest.mark.parametrize("size", [16, 32, 128])
@pytest.mark.parametrize("name", nothing())
def test_other_pictures_are_no_signs(name: str, size: int) -> None:
    image = nothing()[name]
    assert picture_sign(small(image.convert("RGBA"), size)) == ""


@pytest.mark.parametrize("size", [(1, 1), (3, 40), (2000, 20), (1500, 1500)])
def test_pictures_that_are_no_icons_are_left_alone(size: tuple[int, int]) -> None:
    assert picture_mark(Image.new("RGB", size, "green")) == (None, "")


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        (picture(disc(GREEN)), ("green", "●")),
        (picture(disc(GREEN), face("🙂", BLACK)), ("green", "🙂")),
        (picture(disc(RED), face("☹", WHITE)), ("red", "☹")),
        (picture(disc(YELLOW), face("😐", BLACK)), ("yellow", "😐")),
        (picture(check(BLACK, 14)), (None, "✓")),
        (picture(check(GREEN, 8)), ("green", "✓")),
        (picture(thin_arrow(-90, GREEN)), ("green", "↑")),
        (picture(triangle(UP, YELLOW)), ("yellow", "")),
    ],
)
def test_colour_and_sign(image: Image.Image, expected: tuple[str | None, str]) -> None:
    assert picture_mark(on_white(small(image, 24))) == expected


def test_yellow_of_a_laughing_face_is_no_status() -> None:
    assert picture_mark(on_white(small(glyph(EMOJI, "🙂"), 24))) == (None, "🙂")
    assert picture_mark(on_white(small(glyph(EMOJI, "🙁"), 24))) == (None, "☹")
