"""PDF to a document: pages in reading order with headings, paragraphs, tables and drawn status."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from ljuskoll.nlp.document import BBox, Block, Document, Item, Lead, Mark, Page, Place
from ljuskoll.nlp.errors import DamagedFileError
from ljuskoll.nlp.readers.hyphens import join_lines
from ljuskoll.nlp.readers.pdf.badges import take_badges
from ljuskoll.nlp.readers.pdf.bands import ruled_columns
from ljuskoll.nlp.readers.pdf.cards import card_columns, lit_cards, top_edges
from ljuskoll.nlp.readers.pdf.columns import Backdrop, Unruled, find_unruled
from ljuskoll.nlp.readers.pdf.file import COMPONENT, DAMAGED, PAGES_MISSING, PdfFile, open_pdf
from ljuskoll.nlp.readers.pdf.lamps import beside_text
from ljuskoll.nlp.readers.pdf.margins import PageLines, without_margins
from ljuskoll.nlp.readers.pdf.marks import find_drawings
from ljuskoll.nlp.readers.pdf.paragraphs import Paragraph, paragraphs
from ljuskoll.nlp.readers.pdf.progress import take_figures
from ljuskoll.nlp.readers.pdf.rules import drawn_edges
from ljuskoll.nlp.readers.pdf.scans import see
from ljuskoll.nlp.readers.pdf.spans import Span, set_apart
from ljuskoll.nlp.readers.pdf.tables import PageTables, find_tables
from ljuskoll.nlp.readers.pdf.text_columns import text_columns
from ljuskoll.nlp.readers.raw.lines import Line, Word, in_reading_order, make_lines
from ljuskoll.nlp.readers.raw.page import RawPage

NO_TEXT = "Filen innehåller ingen text."
MEDIA_TYPE = "application/pdf"

Warning: TypeAlias = tuple[int | None, str]
"""A page, or None for the whole file, and what is wrong with it."""

LARGER = 1.1
"""Text this much larger than the body is a heading."""
LONGEST_HEADING = 220
HEADING_LINES = 4
DEEPEST = 6
"""The lowest level of headings."""
BODY_LINE = 40
"""Characters; lines at least this long tell the size of the body."""
BAR_TO_TEXT = 20.0
"""Points from a coloured bar to the text that it marks at most."""
MANY_SIGNS_IN_A_ROW = 5
LINES_BELOW = 3
"""So few lines below a table at the foot of a page are the page's footer: the table may go on."""


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
    file = open_pdf(data, passwords)
    try:
        pages, warnings, is_ocr = _read(file)
    finally:
        file.close()
    if not pages:
        raise DamagedFileError(DAMAGED, COMPONENT)
    warnings = _file_warnings(pages, warnings, file.declared)
    bodies, margins = without_margins(pages)
    pages.clear()
    read = tuple(_without_bullets(_pages(bodies)))
    title = next(
        (block.text for page in read[:1] for block in page.items if isinstance(block, Block) and block.level), ""
    )
    return Document(hashlib.sha256(data).hexdigest(), MEDIA_TYPE, read, title, margins, is_ocr, tuple(warnings))


def _read(file: PdfFile) -> tuple[list[PageLines], list[Warning], bool]:
    pages: list[PageLines] = []
    warnings: list[Warning] = []
    is_ocr = False
    number = 0
    while True:
        number += 1
        try:
            page = file.page(number)
        except DamagedFileError as error:
            warnings.append((error.page, error.message))
            continue
        if page is None:
            return pages, warnings, is_ocr
        seen = see(page)
        is_ocr = is_ocr or seen.ocr
        if seen.problem:
            warnings.append((number, seen.problem))
        pages.append(page_lines(seen.raw, pages[-1].open_columns if pages else ()))
        page.close()


def _told_once(warnings: Sequence[Warning]) -> list[Warning]:
    """Each fault once, at the first page that has it, with how many more pages do."""
    pages: dict[str, list[int | None]] = {}
    for page, message in warnings:
        pages.setdefault(message, []).append(page)
    return [
        (first, f"{message} (Gäller {len(more)} sidor till.)" if more else message)
        for message, (first, *more) in pages.items()
    ]


def _file_warnings(pages: Sequence[PageLines], warnings: list[Warning], declared: int) -> list[Warning]:
    found = _told_once(warnings)
    unread = {page for page, _ in warnings if page is not None}
    if len(pages) + len(unread - {page.number for page in pages}) < declared:
        found.append((None, PAGES_MISSING.format(read=len(pages))))
    if not unread and not any(True for page in pages for _ in page.lines()):
        found.append((None, NO_TEXT))
    return found


def page_lines(page: RawPage, before: Sequence[Span] = ()) -> PageLines:
    """The page's lines in reading order, with its tables and marks standing among the words.

    `before` are the columns of a table without rules that ended the page before, if one did.
    """
    drawings = find_drawings(page)
    found = find_tables(page, drawings, lit_cards(page, drawings.marks))
    found.words, found.marks = take_figures(found.words, found.marks)
    found.words, badges = take_badges(found.words, page, found.marks)
    found.marks += [*badges, *top_edges(page)]
    lines = make_lines([*found.words, *_standing(found)])
    lines = [line for line in lines if not _is_ornament(line)]
    backdrop = Backdrop(tuple(found.rules), drawings)
    cards = card_columns([word for line in lines for word in line.words], page)
    if columns := cards or text_columns(lines, drawn_edges(page, drawings)[0]):
        return PageLines(page.number, page.height, list(_stretches(columns, page, backdrop)))
    unruled = find_unruled(lines, page.number, page.height, before, backdrop)
    stretches = in_reading_order(_with_tables(lines, unruled))
    return PageLines(page.number, page.height, stretches, _open_columns(lines, unruled))


def _open_columns(lines: Sequence[Line], unruled: Sequence[Unruled]) -> tuple[Span, ...]:
    """The columns of a table at the foot of the page: one without rules, or ruled headings that have no row yet."""
    below = len(lines) - LINES_BELOW
    if unruled and unruled[-1].end >= below:
        return tuple(set_apart(unruled[-1].columns))
    heads = [columns for line in lines[max(0, below - 1) :] if (columns := ruled_columns(line))]
    return tuple(set_apart(heads[-1])) if heads else ()


def _stretches(columns: Iterable[Sequence[Word]], page: RawPage, backdrop: Backdrop) -> Iterator[list[Line]]:
    """The stretches of columns of running text, each with the tables without rules that stand in it."""
    for words in columns:
        lines = make_lines(words)
        unruled = find_unruled(lines, page.number, page.height, (), backdrop)
        yield from in_reading_order(_with_tables(lines, unruled))


def _with_tables(lines: Sequence[Line], unruled: Sequence[Unruled]) -> list[Line]:
    """The lines with each table in place of the lines that make it."""
    found: list[Line] = []
    done = 0
    for one in unruled:
        found += [*lines[done : one.start], Line((Word("", one.bbox, table=one.table),))]
        done = one.end
    return [*found, *lines[done:]]


def _standing(found: PageTables) -> Iterable[Word]:
    """Tables and marks as words that stand in the text."""
    words = [word for word in found.words if word.text]
    for bbox, table in found.tables:
        yield Word("", bbox, table=table)
    for mark in found.marks:
        if mark.place and mark.place.bbox:
            yield Word("", beside_text(mark.place.bbox, words), mark=mark)
    for bar in found.bars:
        if bar.place and bar.place.bbox:
            yield Word("", _beside_first_line(bar.place.bbox, words), mark=bar)


def _beside_first_line(bar: BBox, words: Iterable[Word]) -> BBox:
    """Where a bar stands in the text: right before the first line that it marks; as drawn where it marks none."""
    _, top, right, bottom = bar
    boxes = (word.bbox for word in words)
    beside = [
        (box[1], box[0], box[3])
        for box in boxes
        if right <= box[0] <= right + BAR_TO_TEXT and top <= (box[1] + box[3]) / 2 <= bottom
    ]
    if not beside:
        return bar
    first_top, x0, first_bottom = min(beside)
    middle = (first_top + first_bottom) / 2
    return x0 - 1.0, middle - 1.0, x0 - 0.5, middle + 1.0


def _is_ornament(line: Line) -> bool:
    """Many shapes of one colour and no text: outlined letters or a pattern."""
    marks = line.marks
    return not line.text and len(marks) >= MANY_SIGNS_IN_A_ROW and len({mark.colour for mark in marks}) == 1


def _pages(bodies: Sequence[PageLines]) -> list[Page]:
    """The pages' items; headings are told from the type of the whole document. The lines are let go of on the way."""
    set_in = _type_of(bodies)
    pages = []
    for body in bodies:
        items: list[Item] = []
        for stretch in body.stretches:
            items = _gone_on(items, _items(stretch, set_in, body.number))
        body.stretches.clear()
        pages.append(Page(body.number, tuple(items)))
    return pages


def _gone_on(items: list[Item], more: list[Item]) -> list[Item]:
    """A page's items with those of its next column, a paragraph that goes on there as one."""
    last, first = items[-1] if items else None, more[0] if more else None
    if not isinstance(last, Block) or not isinstance(first, Block) or "heading" in (last.kind, first.kind):
        return items + more
    if not first.text[:1].islower() or not last.text or last.text[-1] in ".!?:;" or last.marks:
        return items + more
    text = join_lines([last.text, first.text])
    whole = replace(last, text=text, places=(*last.places, *first.places), marks=first.marks)
    return [*items[:-1], whole, *more[1:]]


def _items(stretch: Sequence[Line], set_in: _Type, page: int) -> list[Item]:
    set_in = _set_in(stretch, set_in)
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


def _set_in(stretch: Sequence[Line], whole: _Type) -> _Type:
    """How a stretch is set: all of its running text may be smaller than the document's, as on a card."""
    body = _usual_size(line for line in stretch if line.text and not line.bold)
    return replace(whole, body=body) if 0 < body < whole.body else whole


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
        level = _level(paragraph.size, paragraph.bold, set_in)
        return Block(paragraph.text, places, "heading", level, paragraph.marks)
    lead = Lead(paragraph.lead, _level(paragraph.size, True, set_in)) if paragraph.lead else None
    return Block(paragraph.text, places, "item" if paragraph.is_item else "paragraph", None, paragraph.marks, lead)


def _level(size: float, bold: bool, set_in: _Type) -> int:
    """The level of a heading that is set like this."""
    return min(DEEPEST, sum(style > (size, bold) for style in set_in.headings) + 1)


def _is_heading(paragraph: Paragraph, body: float) -> bool:
    if not any(character.isalpha() for character in paragraph.text):
        return False
    if not _stands_out(paragraph.size, paragraph.bold, body):
        return False
    if len(paragraph.text) > LONGEST_HEADING or paragraph.lines > HEADING_LINES:
        return False
    return paragraph.bold or not paragraph.text.endswith(".")


def _without_bullets(pages: Sequence[Page]) -> list[Page]:
    """The pages without the marks of signs and bars in the text that all look the same: bullets and ornaments."""
    blocks = [item for page in pages for item in page.items if isinstance(item, Block)]
    signs = [mark for block in blocks for mark in block.marks if _may_be_bullet(mark)]
    if len(signs) < 3 or len({mark.colour or mark.text for mark in signs}) > 1:
        return list(pages)
    return [Page(page.number, tuple(map(_bare, page.items))) for page in pages]


def _bare(item: Item) -> Item:
    if not isinstance(item, Block):
        return item
    return replace(item, marks=tuple(mark for mark in item.marks if not _may_be_bullet(mark)))


def _may_be_bullet(mark: Mark) -> bool:
    if mark.source == "symbol" or (mark.source == "fill" and mark.colour is None):
        return True
    box: BBox | None = mark.place.bbox if mark.place else None
    return box is not None and mark.source == "fill" and box[3] - box[1] >= 2 * (box[2] - box[0])
