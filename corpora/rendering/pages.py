"""On which page of a rendered PDF each record starts: by pdfium's own text, independent of our readers."""

import unicodedata
from collections.abc import Sequence

import pypdfium2 as pdfium

_LEAST_BEGINNING = 12
"""Letters of a title that are enough to know it by."""


def find_pages(pdf: bytes, titles: Sequence[str]) -> tuple[int, ...]:
    """For each title, in the order of the document, the page from 1 on which it begins.

    A title that stands in a table of contents as well is found where it comes last; one that the list repeats right
    after itself stands there once. Raises ValueError for one that is not there.
    """
    text, pages = _letters(pdf)
    found: list[int] = []
    end = len(text)
    for following, title in zip(("", *reversed(titles)), reversed(titles), strict=False):
        if title == following:
            found.append(found[-1])
            continue
        at = _last(text, _normalised(title), end)
        if at < 0:
            raise ValueError(f"not in the PDF's text: {title}")
        found.append(pages[at])
        end = at
    return tuple(reversed(found))


def _last(text: str, wanted: str, end: int) -> int:
    """Where `wanted` stands last before `end`; or as much of its beginning, if it goes on over a page break."""
    least = min(len(wanted), _LEAST_BEGINNING)
    found = (text.rfind(wanted[:length], 0, end) for length in range(len(wanted), least - 1, -1))
    return next((at for at in found if at >= 0), -1)


def _letters(pdf: bytes) -> tuple[str, list[int]]:
    """All letters and digits of a PDF, with the page of each."""
    texts: list[str] = []
    pages: list[int] = []
    document = pdfium.PdfDocument(pdf)
    try:
        for index in range(len(document)):
            letters = _normalised(document[index].get_textpage().get_text_bounded())
            texts.append(letters)
            pages += [index + 1] * len(letters)
    finally:
        document.close()
    return "".join(texts), pages


def _normalised(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())
