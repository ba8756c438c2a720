"""Opening a PDF: bytes to the raw content of each page, and every fault of a damaged file to one of our errors."""

import logging
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from typing import Any, TypeAlias, TypeVar

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import dict_value, resolve1
from pdfminer.psparser import PSException
from pdfplumber.page import Page as PlumberPage
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from ljuskoll.nlp.document import BBox, MarkColour
from ljuskoll.nlp.errors import DamagedFileError, EncryptedFileError
from ljuskoll.nlp.readers.pdf_colours import picture_colour
from ljuskoll.nlp.readers.pdf_symbols import readable

logging.getLogger("pdfminer").addHandler(logging.NullHandler())

T = TypeVar("T")
Drawn: TypeAlias = dict[str, Any]
"""A character, path or image with pdfplumber's keys (x0, top, x1, bottom ...)."""

COMPONENT = "pdf"
LIBRARY_ERRORS: tuple[type[Exception], ...] = (PdfminerException, MalformedPDFException, PSException)
"""Roots of all that pdfplumber and pdfminer.six raise on their own account."""
DAMAGE_ERRORS: tuple[type[Exception], ...] = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, RuntimeError, StopIteration,
    TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip
"""What damaged bytes make these libraries (and pdfium) stumble over; caught around their code only."""

EMPTY = "Filen är tom (0 byte). Hämta den på nytt från källan."
NO_PDF = "Filen är ingen PDF, trots sitt namn. Kontrollera vad den är och ge den rätt filändelse."
DAMAGED = "PDF-filen är skadad eller avkortad. Hämta den på nytt från källan."
DAMAGED_PAGE = "Sidan är skadad och kunde inte läsas. Hämta filen på nytt från källan."
PAGES_MISSING = "Filen är skadad eller avkortad: bara {read} sidor kunde läsas. Hämta den på nytt från källan."
NEEDS_PASSWORD = "Filen är låst med lösenord. Ange lösenordet i en fil med --password-file."
UNKNOWN_LOCK = "Filen är låst på ett sätt som inte kan läsas. Spara om den utan lösenord."
_HEADER_WITHIN = 1024
_PICTURE_SCALE = 2.0


@dataclass(slots=True)
class RawPage:
    """What is drawn on one page; all coordinates in points from the top left corner of what is shown."""

    number: int
    width: float
    height: float
    chars: list[Drawn] = field(default_factory=list)
    rects: list[Drawn] = field(default_factory=list)
    curves: list[Drawn] = field(default_factory=list)
    lines: list[Drawn] = field(default_factory=list)
    images: list[Drawn] = field(default_factory=list)
    has_named_colours: bool = False
    look: Callable[[BBox], MarkColour | None] = lambda box: None


def open_pdf(data: bytes, passwords: Sequence[str]) -> PDF:
    """The opened file, with the first password that fits.

    Raises DamagedFileError and EncryptedFileError.
    """
    if not data:
        raise DamagedFileError(EMPTY, COMPONENT)
    if b"%PDF" not in data[:_HEADER_WITHIN]:
        raise DamagedFileError(NO_PDF, COMPONENT)
    for password in ("", *passwords):
        try:
            return pdfplumber.open(BytesIO(data), password=password, raise_unicode_errors=False)
        except (*LIBRARY_ERRORS, *DAMAGE_ERRORS) as error:
            cause = _cause(error)
            if isinstance(cause, PDFPasswordIncorrect):
                continue
            if isinstance(cause, PDFEncryptionError):
                raise EncryptedFileError(UNKNOWN_LOCK, COMPONENT) from error
            raise DamagedFileError(DAMAGED, COMPONENT) from error
    raise EncryptedFileError(NEEDS_PASSWORD, COMPONENT)


def read_pages(pdf: PDF) -> Iterator[RawPage | DamagedFileError]:
    """Each page, or the error that says which page could not be read; what a page held is let go of at once."""
    pages = PDFPage.create_pages(pdf.doc)
    number = 0
    while True:
        number += 1
        try:
            raw = _parsed(partial(next, pages, None), DAMAGED, None)
        except DamagedFileError as error:
            yield error
            return
        if raw is None:
            return
        try:
            page = _parsed(partial(PlumberPage, pdf, raw, number), DAMAGED_PAGE, number)
            yield _parsed(partial(_content, page), DAMAGED_PAGE, number)
            page.close()
        except DamagedFileError as error:
            yield error


def declared_pages(pdf: PDF) -> int | None:
    """How many pages the file says that it has; None where it does not say."""
    with suppress(*LIBRARY_ERRORS, *DAMAGE_ERRORS):
        count = resolve1(dict_value(pdf.doc.catalog["Pages"])["Count"])
        return count if isinstance(count, int) else None
    return None


def _cause(error: Exception) -> Exception:
    inner = error.args[0] if isinstance(error, PdfminerException) and error.args else error
    return inner if isinstance(inner, Exception) else error


def _parsed(action: Callable[[], T], message: str, page: int | None) -> T:
    try:
        return action()
    except (*LIBRARY_ERRORS, *DAMAGE_ERRORS) as error:
        raise DamagedFileError(message, COMPONENT, page) from error


def _content(page: PlumberPage) -> RawPage:
    shown = page.cropbox
    kinds = {kind: [_placed(item, shown) for item in items] for kind, items in page.objects.items()}
    return RawPage(
        number=page.page_number,
        width=float(shown[2] - shown[0]),
        height=float(shown[3] - shown[1]),
        chars=_printed_once([_readable(char) for char in kinds.get("char", [])]),
        rects=kinds.get("rect", []),
        curves=kinds.get("curve", []),
        lines=kinds.get("line", []),
        images=kinds.get("image", []),
        has_named_colours=bool(resolve1((page.page_obj.resources or {}).get("ColorSpace"))),
        look=_Eye(page).look,
    )


def _placed(item: Drawn, shown: BBox) -> Drawn:
    """The same object, measured from the corner of what is shown."""
    left, top = shown[0], shown[1]
    if not left and not top:
        return item
    moved = {**item, "x0": item["x0"] - left, "x1": item["x1"] - left}
    moved.update({key: item[key] - top for key in ("top", "bottom", "doctop")})
    if "pts" in item:
        moved["pts"] = [(x - left, y - top) for x, y in item["pts"]]
    return moved


def _readable(char: Drawn) -> Drawn:
    text = readable(char["text"], str(char.get("fontname", "")))
    return char if text == char["text"] else {**char, "text": text}


def _printed_once(chars: Sequence[Drawn]) -> list[Drawn]:
    """The characters without the doubles that some programs print to make text look bold."""
    printed: dict[tuple[str, int, int], list[Drawn]] = {}
    once = []
    for char in chars:
        x, y = int(char["x0"]), int(char["top"])
        near = [(char["text"], column, row) for column in (x - 1, x, x + 1) for row in (y - 1, y, y + 1)]
        reach = min(1.0, 0.3 * (char["x1"] - char["x0"]))
        if not any(_is_double(char, other, reach) for key in near for other in printed.get(key, ())):
            once.append(char)
            printed.setdefault((char["text"], x, y), []).append(char)
    return once


def _is_double(char: Drawn, other: Drawn, reach: float) -> bool:
    return bool(abs(char["x0"] - other["x0"]) < reach and abs(char["top"] - other["top"]) < reach)


class _Eye:
    """Looks at the painted page, for pictures and paints that only a renderer understands."""

    def __init__(self, page: PlumberPage) -> None:
        self._page = page
        self._picture: Any = None

    def look(self, box: BBox) -> MarkColour | None:
        """The dominant colour within the box; None where it is white or black or cannot be painted."""
        with suppress(*LIBRARY_ERRORS, *DAMAGE_ERRORS):
            if self._picture is None:
                self._picture = self._page.to_image(resolution=72 * _PICTURE_SCALE).original
            pixels = tuple(round(edge * _PICTURE_SCALE) for edge in box)
            if pixels[0] < pixels[2] and pixels[1] < pixels[3]:
                part = self._picture.crop(pixels)
                return picture_colour(part.getcolors(part.width * part.height) or [])
        return None
