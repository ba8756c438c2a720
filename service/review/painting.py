"""One page of an original painted, in a process of its own: pdfium knows no threads, and files are not trusted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import ImageDraw
from PIL.Image import Image
from pypdfium2 import PdfDocument

from ljuskoll.nlp.document import BBox
from ljuskoll.nlp.errors import InputError
from ljuskoll.nlp.readers.pdf.file import DAMAGE_ERRORS, LIBRARY_ERRORS
from ljuskoll.nlp.readers.pdf.pdfium_page import PdfiumPage
from ljuskoll.nlp.readers.pdf.scans import SCAN_SHARE, UNREADABLE_SHARE, picture_share
from ljuskoll.nlp.readers.pictures import as_pdf
from ljuskoll.nlp.readers.raw.lines import Word
from ljuskoll.nlp.readers.raw.page import RawPage
from ljuskoll.service.masking import leaving
from ljuskoll.service.review.page_text import Letter, personal_boxes

DPI: Final = 110
WIDEST, HIGHEST = 1600, 5000
"""Pixels."""
SAME_LINE: Final = 0.5
"""Share of the lower word's height that words of one line have in common."""
WORD_GAP: Final = 0.15
"""A gap wider than this share of the letters' height is a space."""
WRITTEN: Final = 200
"""With fewer letters a page that is mostly picture is a scan with a stamp or a footer."""
ACCENTS: Final = 0.2
"""So much higher than its type a letter may reach: the ring of a capital Å."""
COVER: Final = (48, 48, 48)
MARGIN: Final = 1
"""Pixels by which a cover is larger than what it covers."""
_HEADER_WITHIN: Final = 1024
_UNREADABLE: tuple[type[Exception], ...] = (InputError, *LIBRARY_ERRORS, *DAMAGE_ERRORS)


@dataclass(frozen=True, slots=True)
class PageAsked:
    """Which page of which file is to be painted, from 1, whether persons' data may be seen, and whose name always."""

    path: Path
    page: int
    unmasked: bool
    officials: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Painted:
    """A page: its size in points, its letters line by line, and its picture as a PNG.

    Without a picture where persons' data are to be covered but the page does not tell where they are.
    """

    width: float
    height: float
    lines: tuple[tuple[Letter, ...], ...]
    png: bytes | None


def paint(asked: PageAsked) -> Painted | None:
    """The page painted; None where the file has no such page, or is of a kind that has no pages to paint."""
    try:
        with asked.path.open("rb") as file:
            is_pdf = b"%PDF-" in file.read(_HEADER_WITHIN)
        document = PdfDocument(asked.path if is_pdf else as_pdf(asked.path.read_bytes())[0])
        with leaving(asked.officials):
            return _painted(document, asked) if asked.page <= len(document) else None
    except _UNREADABLE:
        return None


def _painted(document: PdfDocument, asked: PageAsked) -> Painted:
    page = PdfiumPage(document, asked.page)
    raw = page.read()
    lines = tuple(tuple(line) for line in _lines(raw))
    is_known = not page.is_doubtful and _tells_its_text(raw)
    png = _png(_picture(document, raw, asked, lines)) if asked.unmasked or is_known else None
    return Painted(raw.width, raw.height, lines, png)


def _tells_its_text(raw: RawPage) -> bool:
    """Whether what is written on the page can be known from its letters: it is no scan, and its fonts have meaning."""
    letters = sum(len(word.text) for word in raw.words)
    least = WRITTEN if picture_share(raw) >= SCAN_SHARE else 1
    return letters >= least and raw.unreadable <= UNREADABLE_SHARE * letters


def _picture(document: PdfDocument, raw: RawPage, asked: PageAsked, lines: Sequence[Sequence[Letter]]) -> Image:
    """The page's picture; comments and filled-in fields are left out of a masked one, as their texts are not known."""
    scale = min(DPI / 72, WIDEST / raw.width, HIGHEST / raw.height)
    page = document.get_page(asked.page - 1)
    image: Image = page.render(scale=scale, may_draw_forms=asked.unmasked, draw_annots=asked.unmasked).to_pil()
    if asked.unmasked:
        return image
    draw = ImageDraw.Draw(image)
    for x0, top, x1, bottom in personal_boxes(lines):
        first, last = (x0 * scale - MARGIN, top * scale - MARGIN), (x1 * scale + MARGIN, bottom * scale + MARGIN)
        draw.rectangle((*first, *last), fill=COVER)
    return image


def _png(image: Image) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def _lines(raw: RawPage) -> Iterator[list[Letter]]:
    """The page's letters in the order in which they are written, spaces among them."""
    line: list[Letter] = []
    for word in raw.words:
        letters = [Letter(letter.text, _with_accents(letter.bbox)) for letter in raw.letters(word) if letter.text]
        if line and letters and not _goes_on(line[-1].bbox, word):
            yield line
            line = []
        if line and letters and word.bbox[0] - line[-1].bbox[2] > WORD_GAP * (word.bbox[3] - word.bbox[1]):
            _, top, x1, bottom = line[-1].bbox
            line.append(Letter(" ", (x1, top, x1, bottom)))
        line += letters
    if line:
        yield line


def _with_accents(bbox: BBox) -> BBox:
    x0, top, x1, bottom = bbox
    return x0, top - ACCENTS * (bottom - top), x1, bottom


def _goes_on(last: BBox, word: Word) -> bool:
    """Whether a word stands on the line of the letter before it, to the right."""
    x0, top, _, bottom = word.bbox
    common = min(bottom, last[3]) - max(top, last[1])
    return common >= SAME_LINE * min(bottom - top, last[3] - last[1]) and x0 >= last[0]
