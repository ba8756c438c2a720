"""One page as pdfium reads it."""

from PIL.Image import Image
from pypdfium2 import PdfDocument, PdfPage, raw

from ljuskoll.nlp.document import BBox
from ljuskoll.nlp.readers.icons import picture_mark
from ljuskoll.nlp.readers.pdf.pdfium_calls import address
from ljuskoll.nlp.readers.pdf.pdfium_shapes import Drawing, read_drawing
from ljuskoll.nlp.readers.pdf.pdfium_text import TextPage
from ljuskoll.nlp.readers.pdf.pdfium_view import page_view
from ljuskoll.nlp.readers.raw.lines import Word
from ljuskoll.nlp.readers.raw.page import RawPage
from ljuskoll.nlp.readers.symbols import emoji

PIXELS_A_POINT = 4.0
MOST_PIXELS = 400.0
"""Along one side of what is looked at."""
MOST_PIXELS_OF_PAGE = 5000.0
"""Along the longer side of a painted page."""
LETTER = (612, 792)
"""The size that pdfium gives a page whose own size it cannot read."""
FEWER = 0.5
"""Characters for each text object; with fewer, pdfium has left some out."""


class PdfiumPage:
    """An open page. What `read` gives can be looked at and taken to letters as long as the page is open."""

    def __init__(self, document: PdfDocument, number: int) -> None:
        self.number = number
        self._page: PdfPage = document.get_page(number - 1)
        handle = address(self._page.raw)
        self._view = page_view(handle)
        self._text = TextPage(handle, self._view)
        self._drawing: Drawing = read_drawing(address(document.raw), handle, self._view)

    def close(self) -> None:
        """Let go of the page."""
        self._text.close()
        self._page.close()

    @property
    def has_size(self) -> bool:
        """Whether the page says how large it is. An inherited size counts only if it is not pdfium's own guess."""
        if (round(self._view.width), round(self._view.height)) != LETTER:
            return True
        left, bottom, right, top = self._page.get_mediabox(fallback_ok=False) or (0, 0, 0, 0)
        return bool(left < right and bottom < top)

    @property
    def is_doubtful(self) -> bool:
        """Whether pdfium seems to have missed the page's size or much of its text."""
        return not self.has_size or len(self._text.text) < FEWER * self._drawing.texts

    def read(self) -> RawPage:
        """What is on the page."""
        emoji, others = self._emoji()
        return RawPage(
            number=self.number,
            width=self._view.width,
            height=self._view.height,
            words=[*self._text.words(), *emoji],
            shapes=self._drawing.shapes,
            pictures=[*self._drawing.pictures, *others],
            signs=self._text.signs,
            look=self.look,
            letters=self._text.letters,
            unreadable=self._text.unreadable,
        )

    def _emoji(self) -> tuple[list[Word], list[BBox]]:
        """The emoji that are drawn as pictures, and those of which one cannot see what they are."""
        words, others = [], []
        for box in self._drawing.emoji:
            image = self.look(box)
            text = emoji(*picture_mark(image)) if image is not None else ""
            if text:
                words.append(Word(text, box, round(2 * (box[3] - box[1])) / 2))
            else:
                others.append(box)
        return words, others

    def picture(self, scale: float) -> Image | None:
        """The whole page painted, `scale` pixels a point."""
        size = max(self._view.width, self._view.height)
        image: Image = self._page.render(scale=min(scale, MOST_PIXELS_OF_PAGE / size)).to_pil()
        return image

    def has_invisible_text(self) -> bool:
        """Whether the first of the page's text is set to be invisible."""
        first = next(iter(self._page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])), None)
        mode = raw.FPDFTextObj_GetTextRenderMode(first.raw) if first else None
        return bool(mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE)

    def look(self, box: BBox) -> Image | None:
        """The painted page within the box."""
        width, height = self._view.width, self._view.height
        x0, top, x1, bottom = max(0.0, box[0]), max(0.0, box[1]), min(width, box[2]), min(height, box[3])
        if x1 - x0 < 1 or bottom - top < 1:
            return None
        scale = min(PIXELS_A_POINT, MOST_PIXELS / max(x1 - x0, bottom - top))
        crop = (x0, height - bottom, width - x1, top)
        image: Image = self._page.render(scale=scale, crop=crop).to_pil()
        return image
