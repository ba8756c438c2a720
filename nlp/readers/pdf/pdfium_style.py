"""How text is set: size, weight, colour and direction of each text object, and what its font's characters mean."""

import ctypes
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from math import hypot
from typing import NamedTuple

from ljuskoll.nlp.readers.clean import clean_text
from ljuskoll.nlp.readers.colours import RGB, colour_name
from ljuskoll.nlp.readers.pdf import pdfium_calls as pdfium
from ljuskoll.nlp.readers.pdf.pdfium_calls import LONGEST_NAME, Handle
from ljuskoll.nlp.readers.pdf.pdfium_view import View
from ljuskoll.nlp.readers.symbols import UNREADABLE, is_sign, readable

BROKEN = "\ufffe"
"""pdfium's sign for a hyphen at a line's end, after which the next line follows at once."""
SOFT_HYPHEN = "\u00ad"
_BOLD = ("bold", "black", "heavy", "semibold", "demi")
DESCENTS = (0.1, 0.5)
"""What fonts may say of their descent; others have left it out."""
USUAL_DESCENT = 0.22
_BLACK: RGB = (0, 0, 0)


@dataclass(slots=True)
class Font:
    """A font on one page. `odd` are the characters that stand for something else or need a closer look."""

    name: str = ""
    bold: bool = False
    descent: float = 0.0
    known: set[str] = field(default_factory=lambda: {" ", BROKEN})
    odd: dict[str, str] = field(default_factory=dict)

    @property
    def draws_bullets(self) -> bool:
        """Word processors draw round bullets as a lone "o" in Courier."""
        return "courier" in self.name.lower()


class Style(NamedTuple):
    """How the text of one text object is set; `turned` is 1 for text that runs down, -1 for up, 0 for upright.

    `size` is the font size in half points, to compare by; `top` and `bottom` are those of upright text on the page.
    """

    size: float
    top: float
    bottom: float
    rgb: RGB
    coloured: bool
    turned: int
    font: Font


class Styles:
    """The styles of one page's text, each looked up once."""

    def __init__(self, text: Handle, view: View) -> None:
        self._text = text
        self._view = view
        self._by_object: dict[Handle, Style] = {0: Style(0.0, 0.0, 0.0, _BLACK, False, 0, Font())}
        self._fonts: dict[Handle, Font] = {}
        self._numbers = (ctypes.c_float * 6)()
        self._numbers_at = ctypes.addressof(self._numbers)
        self._colour = (ctypes.c_uint * 4)()
        self._colour_at = [ctypes.addressof(self._colour) + 4 * place for place in range(4)]
        self._name = ctypes.create_string_buffer(LONGEST_NAME)

    def of(self, owner: Handle, index: int) -> Style:
        """The style of a text object, which the character at `index` belongs to."""
        style = self._by_object.get(owner)
        if style is None:
            style = self._by_object[owner] = self._look_up(owner, index)
        return style

    def learn(self, font: Font, characters: Iterable[str], text: str, start: int) -> None:
        """Find out what characters of the font mean that occur in `text` from `start` on."""
        for character in set(characters) - font.known:
            font.known.add(character)
            has_meaning = not pdfium.has_no_meaning(self._text, text.index(character, start))
            meaning = _meaning(character, font.name, has_meaning)
            if meaning != character or _needs_a_look(character) or (character == "o" and font.draws_bullets):
                font.odd[character] = meaning

    def _look_up(self, owner: Handle, index: int) -> Style:
        numbers, to = self._numbers, self._numbers_at
        pdfium.text_size(owner, to)
        size = numbers[0]
        pdfium.char_matrix(self._text, index, to)
        a, b, c, d, x, y = numbers
        height = abs(size) * hypot(c, d)
        pdfium.fill_colour(owner, *self._colour_at)
        red, green, blue, _ = self._colour
        rgb = red, green, blue
        font = self._font(owner)
        across_x, down_x, across_y, down_y, _, down = self._view.matrix
        bottom = down_x * x + down_y * y + down + font.descent * height
        run, drop = across_x * a + across_y * b, down_x * a + down_y * b
        turned = 0 if abs(run) >= abs(drop) else 1 if drop > 0 else -1
        return Style(round(height * 2) / 2, bottom - height, bottom, rgb, colour_name(rgb) is not None, turned, font)

    def _font(self, owner: Handle) -> Font:
        handle = pdfium.text_font(owner)
        font = self._fonts.get(handle)
        if font is None:
            pdfium.font_name(handle, ctypes.addressof(self._name), LONGEST_NAME)
            name = self._name.value.decode("utf-8", "replace")
            font = self._fonts[handle] = Font(name, is_bold(name), self._descent(handle))
        return font

    def _descent(self, font: Handle) -> float:
        """How far the font reaches below its line, as a share of its size."""
        pdfium.font_descent(font, 1.0, self._numbers_at)
        descent = abs(self._numbers[0])
        return descent if DESCENTS[0] <= descent <= DESCENTS[1] else USUAL_DESCENT


@lru_cache(maxsize=256)
def is_bold(font: str) -> bool:
    """Whether the font's name says that it is bold."""
    return any(name in font.lower() for name in _BOLD)


@lru_cache(maxsize=4096)
def _meaning(character: str, font: str, has_meaning: bool) -> str:
    meaning = readable(character, font)
    return UNREADABLE if meaning == character and (character < " " or not has_meaning) else meaning


@lru_cache(maxsize=4096)
def _needs_a_look(character: str) -> bool:
    """Whether this is a sign, or a character that `clean_text` changes or joins to the one before."""
    if character < "\x7f" or character == "\u00a0":
        return character < " "
    return bool(is_sign(character) or unicodedata.combining(character) or clean_text(character) != character)
