"""PDF to a document: pages in reading order with headings, paragraphs, tables and drawn status."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ljuskoll.nlp.document import BBox, Block, Document, Item, Mark, Page, Place
from ljuskoll.nlp.errors import DamagedFileError
from ljuskoll.nlp.readers.marks import find_drawings
from ljuskoll.nlp.readers.pdf_file import (
    COMPONENT,
    DAMAGED,
    PAGES_MISSING,
    RawPage,
    declared_pages,
    open_pdf,
    read_pages,
)
from ljuskoll.nlp.readers.pdf_lines import Line, Word, in_reading_order, make_lines, make_words
from ljuskoll.nlp.readers.pdf_margins import PageLines, without_margins
from ljuskoll.nlp.readers.pdf_paragraphs import Paragraph, paragraphs
from ljuskoll.nlp.readers.pdf_symbols import UNREADABLE
from ljuskoll.nlp.readers.pdf_tables import PageTables, find_tables

SCANNED_FILE = (
    "Filen är inskannad: sidorna är bilder utan text. Ingenting kunde läsas; kör den genom textigenkänning (OCR)."
)
SCANNED_PAGE = "Sidan är en bild utan text och kunde inte läsas; kör den genom textigenkänning (OCR)."
NO_TEXT = "Filen innehåller ingen text."
UNREADABLE_TEXT = "Sidans typsnitt säger inte vilka bokstäver det ritar; kör den genom textigenkänning (OCR)."
MEDIA_TYPE = "application/pdf"

LARGER = 1.1
"""Text this much larger than the body is a heading."""
LONGEST_HEADING = 220
HEADING_LINES = 4
BODY_LINE = 40
"""Characters; lines at least this long tell the size of the body."""
SCAN_SHARE = 0.4
"""Share of a page that a picture must cover to be a scan."""
UNREADABLE_SHARE = 0.2
MANY_SIGNS_IN_A_ROW = 5


@dataclass(frozen=True, slots=True)
class _Type:
    """How the document is set: size of the body, and the styles of headings from the largest."""

    body: float
    headings: tuple[tuple[float, bool], ...]


def read_pdf(data: bytes, passwords: Sequence[str] = ()) -> Document:
    """The document in a PDF file.

    Raises DamagedFileError where no page can be read and EncryptedFileError where no password fits. Single pages
    that cannot be read, and pages that are pictures, are told in `warnings`.
    """
    pages: list[PageLines] = []
    warnings: list[tuple[int | None, str]] = []
    pdf = open_pdf(data, passwords)
    for page in read_pages(pdf):
        if isinstance(page, DamagedFileError):
            warnings.append((page.page, page.message))
            continue
        warnings += [(page.number, message) for message in _page_warnings(page)]
        pages.append(_page_lines(page))
    if not pages:
        raise DamagedFileError(DAMAGED, COMPONENT)
    warnings = _file_warnings(pages, warnings, declared_pages(pdf))
    bodies, margins = without_margins(pages)
    read = tuple(_without_bullets(_pages(bodies)))
    title = next(
        (block.text for page in read[:1] for block in page.items if isinstance(block, Block) and block.level), ""
    )
    return Document(hashlib.sha256(data).hexdigest(), MEDIA_TYPE, read, title, margins, warnings=tuple(warnings))


def _page_warnings(page: RawPage) -> Iterable[str]:
    characters = sum(not char["text"].isspace() for char in page.chars)
    unreadable = sum(char["text"] == UNREADABLE for char in page.chars)
    if not characters and _is_picture(page):
        yield SCANNED_PAGE
    if unreadable > UNREADABLE_SHARE * characters:
        yield UNREADABLE_TEXT


def _is_picture(page: RawPage) -> bool:
    covered = sum((image["x1"] - image["x0"]) * (image["bottom"] - image["top"]) for image in page.images)
    return bool(covered >= SCAN_SHARE * page.width * page.height)


def _file_warnings(
    pages: Sequence[PageLines], warnings: list[tuple[int | None, str]], declared: int | None
) -> list[tuple[int | None, str]]:
    found = list(warnings)
    damaged = sum(page is not None for page, message in warnings if message != SCANNED_PAGE)
    if declared is not None and len(pages) + damaged < declared:
        found.append((None, PAGES_MISSING.format(read=len(pages))))
    if not any(True for page in pages for _ in page.lines()):
        is_scan = any(message == SCANNED_PAGE for _, message in warnings)
        found.append((None, SCANNED_FILE if is_scan else NO_TEXT))
    return found


def _page_lines(page: RawPage) -> PageLines:
    drawings = find_drawings(page)
    found = find_tables(page, drawings)
    lines = make_lines([*make_words(found.chars), *_standing(found)])
    stretches = in_reading_order([line for line in lines if not _is_ornament(line)])
    return PageLines(page.number, page.height, stretches)


def _standing(found: PageTables) -> Iterable[Word]:
    """Tables and marks as words that stand in the text."""
    for bbox, table in found.tables:
        yield Word("", bbox, table=table)
    for mark in (*found.marks, *found.bars):
        if mark.place and mark.place.bbox:
            yield Word("", mark.place.bbox, mark=mark)


def _is_ornament(line: Line) -> bool:
    """Many shapes of one colour and no text: outlined letters or a pattern."""
    marks = line.marks
    return not line.text and len(marks) >= MANY_SIGNS_IN_A_ROW and len({mark.colour for mark in marks}) == 1


def _pages(bodies: Sequence[PageLines]) -> list[Page]:
    """The pages' items; headings are told from the type of the whole document."""
    set_in = _type_of(bodies)
    pages = []
    for body in bodies:
        items: list[Item] = []
        for stretch in body.stretches:
            items += _items(stretch, set_in, body.number)
        pages.append(Page(body.number, tuple(items)))
    return pages


def _items(stretch: Sequence[Line], set_in: _Type, page: int) -> list[Item]:
    items: list[Item] = []
    text: list[Line] = []
    for line in [*stretch, None]:
        if line is not None and line.table is None:
            text.append(line)
            continue
        items += [_block(paragraph, set_in, page) for paragraph in paragraphs(text)]
        text = []
        if line is not None and line.table is not None:
            items.append(line.table)
    return items


def _type_of(bodies: Sequence[PageLines]) -> _Type:
    lines = [line for body in bodies for line in body.lines() if line.table is None and line.text]
    body = _usual_size([line for line in lines if len(line.text) >= BODY_LINE and not line.bold]) or _usual_size(lines)
    styles = {(line.size, line.bold) for line in lines if _stands_out(line.size, line.bold, body)}
    return _Type(body, tuple(sorted(styles, reverse=True)))


def _usual_size(lines: Iterable[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], -size), default=0.0)


def _stands_out(size: float, bold: bool, body: float) -> bool:
    return size >= LARGER * body or (bold and size >= body)


def _block(paragraph: Paragraph, set_in: _Type, page: int) -> Block:
    places = (Place(page, paragraph.bbox),)
    if _is_heading(paragraph, set_in.body):
        rank = sum(style > (paragraph.size, paragraph.bold) for style in set_in.headings)
        return Block(paragraph.text, places, "heading", min(6, rank + 1), paragraph.marks)
    return Block(paragraph.text, places, "item" if paragraph.is_item else "paragraph", None, paragraph.marks)


def _is_heading(paragraph: Paragraph, body: float) -> bool:
    if not any(character.isalpha() for character in paragraph.text):
        return False
    if not _stands_out(paragraph.size, paragraph.bold, body):
        return False
    if len(paragraph.text) > LONGEST_HEADING or paragraph.lines > HEADING_LINES:
        return False
    return paragraph.bold or not paragraph.text.endswith(".")


def _without_bullets(pages: Sequence[Page]) -> list[Page]:
    """The pages without the marks of signs and bars in the text that all have one colour: bullets and ornaments."""
    blocks = [item for page in pages for item in page.items if isinstance(item, Block)]
    signs = [mark for block in blocks for mark in block.marks if _may_be_bullet(mark)]
    if len(signs) < 3 or len({mark.colour for mark in signs}) > 1:
        return list(pages)
    return [Page(page.number, tuple(map(_bare, page.items))) for page in pages]


def _bare(item: Item) -> Item:
    if not isinstance(item, Block):
        return item
    return replace(item, marks=tuple(mark for mark in item.marks if not _may_be_bullet(mark)))


def _may_be_bullet(mark: Mark) -> bool:
    if mark.source == "symbol":
        return True
    box: BBox | None = mark.place.bbox if mark.place else None
    return box is not None and mark.source == "fill" and box[3] - box[1] >= 2 * (box[2] - box[0])
