"""Pages as pdfplumber reads them, for the few that pdfium cannot read; ten times slower."""

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property
from io import BytesIO
from typing import Any, TypeAlias

import pdfplumber
from pdfminer.pdfpage import PDFPage
from pdfplumber.page import Page
from pdfplumber.utils.text import dedupe_chars, extract_words
from PIL.Image import Image

from ljuskoll.nlp.document import BBox
from ljuskoll.nlp.readers.colours import colour_name, paint_rgb
from ljuskoll.nlp.readers.pdf.pdfium_style import is_bold
from ljuskoll.nlp.readers.pdf.pdfium_text import WORD_GAP, clean_word
from ljuskoll.nlp.readers.raw.lines import Word
from ljuskoll.nlp.readers.raw.page import Paint, RawPage, Shape, Sign
from ljuskoll.nlp.readers.symbols import UNREADABLE, is_sign, readable

logging.getLogger("pdfminer").addHandler(logging.NullHandler())

Drawn: TypeAlias = dict[str, Any]
"""A character, path or image with pdfplumber's keys (x0, top, x1, bottom ...)."""


class PlumberFile:
    """A file opened by pdfplumber."""

    def __init__(self, data: bytes, password: str) -> None:
        self._pdf = pdfplumber.open(BytesIO(data), password=password, raise_unicode_errors=False)

    @cached_property
    def _pages(self) -> list[PDFPage]:
        return list(PDFPage.create_pages(self._pdf.doc))

    def __len__(self) -> int:
        return len(self._pages)

    def read(self, number: int, look: Callable[[BBox], Image | None] | None = None) -> RawPage:
        """The page with this number, from 1. Raises whatever damaged bytes make the library stumble over."""
        page = Page(self._pdf, self._pages[number - 1], number)
        left, top, right, bottom = (float(edge) for edge in page.cropbox)
        kinds = {kind: [_placed(item, left, top) for item in items] for kind, items in page.objects.items()}
        chars = [_readable(char) for char in dedupe_chars(kinds.get("char", []))]
        raw = RawPage(
            number=number,
            width=right - left,
            height=bottom - top,
            words=_words(chars),
            shapes=[_shape(item) for kind in ("rect", "curve", "line") for item in kinds.get(kind, [])],
            pictures=[_box(image) for image in kinds.get("image", [])],
            signs=[Sign(char["text"], _box(char), _rgb(char)) for char in chars if is_sign(char["text"])],
            unreadable=sum(char["text"] == UNREADABLE for char in chars),
        )
        if look is not None:
            raw.look = look
        page.close()
        return raw


def _box(item: Drawn) -> BBox:
    return float(item["x0"]), float(item["top"]), float(item["x1"]), float(item["bottom"])


def _placed(item: Drawn, left: float, top: float) -> Drawn:
    """The same object, measured from the corner of what is shown."""
    moved = {**item, "x0": item["x0"] - left, "x1": item["x1"] - left}
    moved.update({key: item[key] - top for key in ("top", "bottom", "doctop")})
    if "pts" in item:
        moved["pts"] = [(x - left, y - top) for x, y in item["pts"]]
    return moved


def _readable(char: Drawn) -> Drawn:
    return {**char, "text": readable(char["text"], str(char.get("fontname", "")))}


def _rgb(item: Drawn) -> tuple[int, int, int]:
    return paint_rgb(item.get("non_stroking_color")) or (0, 0, 0)


def _paint(item: Drawn, key: str) -> Paint:
    components = item.get(key)
    if components is None:
        return 0, 0, 0
    return paint_rgb(components) or "unknown"


def _shape(item: Drawn) -> Shape:
    return Shape(
        bbox=_box(item),
        points=tuple((float(x), float(y)) for x, y in item["pts"]),
        fill=_paint(item, "non_stroking_color") if item.get("fill") else None,
        stroke=_paint(item, "stroking_color") if item.get("stroke") else None,
        width=float(item.get("linewidth") or 0.0),
        is_curved=any(step[0] in "cvy" for step in item.get("path") or ()),
    )


def _words(chars: Sequence[Drawn]) -> list[Word]:
    """All words of these characters; a line of turned text is one word."""
    upright = [char for char in chars if char["upright"]]
    words = extract_words(upright, x_tolerance_ratio=WORD_GAP, expand_ligatures=False, return_chars=True)
    for turned, direction in ((False, "ttb"), (True, "btt")):
        group = [char for char in chars if not char["upright"] and (char["matrix"][1] > 0) == turned]
        words += extract_words(
            group, keep_blank_chars=True, char_dir_rotated=direction, line_dir_rotated="ltr", return_chars=True
        )
    return [_word(word) for word in words if word["text"].strip()]


def _word(word: Drawn) -> Word:
    chars: list[Drawn] = word["chars"]
    sizes = Counter(round(float(char["size"]) * 2) / 2 for char in chars)
    size = max(sizes, key=lambda size: (sizes[size], size))
    bold = 2 * sum(is_bold(str(char["fontname"])) for char in chars) > len(chars)
    text = " ".join(clean_word(word["text"]).split())
    return Word(text, _box(word), size, bold, colour_name(_rgb(chars[0])) is not None)
