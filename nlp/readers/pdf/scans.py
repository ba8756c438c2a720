"""Pages that are pictures: their text by recognition, or from the invisible layer that a scanner put over them."""

from dataclasses import dataclass

from ljuskoll.nlp.readers.ocr.page import add_drawn, looks_written, read_scan
from ljuskoll.nlp.readers.ocr.sheet import PIXELS_A_POINT
from ljuskoll.nlp.readers.ocr.tesseract import OcrError, ocr_problem
from ljuskoll.nlp.readers.pdf.file import OpenPage
from ljuskoll.nlp.readers.raw.page import RawPage

SCANNED_PAGE = "Sidan är en bild utan text och kunde inte läsas. {problem}"
UNREADABLE_TEXT = "Sidans typsnitt säger inte vilka bokstäver det ritar. {problem}"
NOTHING_READ = "Sidan är en bild som ser ut att bära text, men ingen gick att läsa. Skanna den på nytt, tydligare."
SCAN_SHARE = 0.4
"""Share of a page that a picture must cover to be a scan."""
WHOLE_SHARE = 0.8
"""Share of a page that the picture covers below an invisible layer of text."""
UNREADABLE_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A page with what was read from its picture. `ocr`: its text was recognised; `problem`: why it was not."""

    raw: RawPage
    ocr: bool = False
    problem: str | None = None


def see(page: OpenPage) -> SeenPage:
    """The page as it is read, from its picture where it is one."""
    raw = page.read()
    characters = sum(len(word.text) for word in raw.words)
    share = picture_share(raw)
    if not characters:
        return _recognised(page, raw, SCANNED_PAGE) if share >= SCAN_SHARE else SeenPage(raw)
    if raw.unreadable > UNREADABLE_SHARE * characters:
        return _recognised(page, raw, UNREADABLE_TEXT)
    if share >= WHOLE_SHARE and page.has_invisible_text() and (picture := page.picture(PIXELS_A_POINT)):
        return SeenPage(add_drawn(raw, picture), ocr=True)
    return SeenPage(raw)


def _recognised(page: OpenPage, raw: RawPage, message: str) -> SeenPage:
    problem = ocr_problem()
    picture = None if problem else page.picture(PIXELS_A_POINT)
    if picture is None:
        return SeenPage(raw, problem=message.format(problem=problem or "").strip())
    try:
        seen = read_scan(picture, raw.number, raw.width)
    except OcrError as error:
        return SeenPage(raw, problem=error.message)
    is_lost = not seen.words and looks_written(picture, raw.width)
    return SeenPage(seen, ocr=True, problem=NOTHING_READ if is_lost else None)


def picture_share(raw: RawPage) -> float:
    """Share of the page that pictures cover; above 1 where they lie over each other."""
    covered = sum((x1 - x0) * (bottom - top) for x0, top, x1, bottom in raw.pictures)
    return covered / max(1.0, raw.width * raw.height)
