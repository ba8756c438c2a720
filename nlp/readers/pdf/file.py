"""Opening a PDF: bytes to its pages, and every fault of a damaged file to one of our errors.

pdfium reads; pdfplumber reads what pdfium cannot.
"""

import re
import struct
import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from pdfminer.psparser import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException
from PIL.Image import Image
from pypdfium2 import PdfDocument, PdfiumError, raw

from ljuskoll.nlp.errors import DamagedFileError, EncryptedFileError
from ljuskoll.nlp.readers.pdf.fallback import PlumberFile
from ljuskoll.nlp.readers.pdf.pdfium_page import PdfiumPage
from ljuskoll.nlp.readers.raw.page import RawPage

COMPONENT = "pdf"
LIBRARY_ERRORS: tuple[type[Exception], ...] = (PdfminerException, MalformedPDFException, PSException, PdfiumError)
"""Roots of all that pdfium, pdfplumber and pdfminer.six raise on their own account."""
DAMAGE_ERRORS: tuple[type[Exception], ...] = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, RuntimeError, StopIteration,
    TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip
"""What damaged bytes make these libraries stumble over; caught around their code only."""

EMPTY = "Filen är tom (0 byte). Hämta den på nytt från källan."
NO_PDF = "Filen är ingen PDF, trots sitt namn. Kontrollera vad den är och ge den rätt filändelse."
DAMAGED = "PDF-filen är skadad eller avkortad. Hämta den på nytt från källan."
DAMAGED_PAGE = "Sidan är skadad och kunde inte läsas. Hämta filen på nytt från källan."
PAGES_MISSING = "Filen är skadad eller avkortad: bara {read} sidor kunde läsas. Hämta den på nytt från källan."
NEEDS_PASSWORD = "Filen är låst med lösenord. Ange lösenordet i en fil med --password-file."
UNKNOWN_LOCK = "Filen är låst på ett sätt som inte kan läsas. Spara om den utan lösenord."
PATIENCE = 20
"""So many pages in a row that cannot be read end the file."""
PAGES_AT_A_TIME = 100
"""After so many pages the file is opened anew, since pdfium keeps what it has read."""
_HEADER_WITHIN = 1024
_PAGE_OBJECT = re.compile(rb"/Type\s*/Page\b")


class OpenPage(Protocol):
    """A page of an open file. What `read` gives can be looked at until the page is closed."""

    def read(self) -> RawPage:
        """What is on the page."""

    def picture(self, scale: float) -> Image | None:
        """The whole page painted, `scale` pixels a point; None where it cannot be painted."""

    def has_invisible_text(self) -> bool:
        """Whether the page's text is not painted, as where a scanner's recognition put it."""

    def close(self) -> None:
        """Let go of the page."""


@dataclass(frozen=True, slots=True)
class _ReadPage:
    """A page that pdfplumber has read; pdfium's page, where there is one, only shows how it looks."""

    raw: RawPage
    painted: PdfiumPage | None

    def read(self) -> RawPage:
        return self.raw

    def picture(self, scale: float) -> Image | None:
        return self.painted.picture(scale) if self.painted else None

    def has_invisible_text(self) -> bool:
        return self.painted is not None and self.painted.has_invisible_text()

    def close(self) -> None:
        if self.painted:
            self.painted.close()


class PdfFile:
    """An open file; `declared` is how many pages it says that it has."""

    def __init__(self, data: bytes, password: str, document: PdfDocument | None) -> None:
        self._data = data
        self._password = password
        self._document = document
        self.declared = len(document) if document else 0
        self._last_seen = 0

    def close(self) -> None:
        """Let go of the file."""
        if self._document:
            self._document.close()

    def page(self, number: int) -> OpenPage | None:
        """The page with this number, from 1; None after the last. Raises DamagedFileError where it cannot be read."""
        page = self._by_pdfium(number)
        if page is not None:
            self._last_seen = number
            if not page.is_doubtful:
                return page
        if number > self.declared and not self._may_have_more:
            return None
        if self._other is None and number <= min(self.declared, self._last_seen + PATIENCE) and page is None:
            raise DamagedFileError(DAMAGED_PAGE, COMPONENT, number)
        if self._other is None or number > len(self._other):
            return page
        try:
            read = self._other.read(number)
        except (*LIBRARY_ERRORS, *DAMAGE_ERRORS) as error:
            if page is not None and page.has_size:
                return page
            if page is not None:
                page.close()
            raise DamagedFileError(DAMAGED_PAGE, COMPONENT, number) from error
        if page is not None:
            if page.has_size and _length(read) <= _length(page.read()):
                return page
            read.look = page.look
        return _ReadPage(read, page)

    def _by_pdfium(self, number: int) -> PdfiumPage | None:
        if self._document and number % PAGES_AT_A_TIME == 0:
            self._document.close()
            self._document = PdfDocument(self._data, password=self._password)
        if number <= self.declared:
            with suppress(*LIBRARY_ERRORS, *DAMAGE_ERRORS):
                return PdfiumPage(self._document, number)
        return None

    @cached_property
    def _may_have_more(self) -> bool:
        """Whether there are more pages in the file than it says."""
        return len(_PAGE_OBJECT.findall(self._data)) > self.declared

    @cached_property
    def _other(self) -> PlumberFile | None:
        """The file as pdfplumber opens it."""
        with suppress(*LIBRARY_ERRORS, *DAMAGE_ERRORS):
            other = PlumberFile(self._data, self._password)
            return other if len(other) else None
        return None


def _length(page: RawPage) -> int:
    return sum(len(word.text) for word in page.words)


def open_pdf(data: bytes, passwords: Sequence[str]) -> PdfFile:
    """The opened file, with the first password that fits.

    Raises DamagedFileError and EncryptedFileError.
    """
    if not data:
        raise DamagedFileError(EMPTY, COMPONENT)
    if b"%PDF" not in data[:_HEADER_WITHIN]:
        raise DamagedFileError(NO_PDF, COMPONENT)
    for password in ("", *passwords):
        try:
            return PdfFile(data, password, PdfDocument(data, password=password))
        except PdfiumError as error:
            if error.err_code == raw.FPDF_ERR_SECURITY:
                raise EncryptedFileError(UNKNOWN_LOCK, COMPONENT) from error
            if error.err_code != raw.FPDF_ERR_PASSWORD:
                return PdfFile(data, password, None)
    raise EncryptedFileError(NEEDS_PASSWORD, COMPONENT)
