"""Word files to a document: text in reading order with headings, lists, tables and drawn status.

Left out are what nobody sees (deletions, hidden text, comments, prompts), tables of contents, and foot- and endnotes:
a note below a page would end up in the comment of whatever stands last on it. Headers and footers are margins.
"""

import hashlib
from collections.abc import Iterator, Sequence

from lxml import etree

from ljuskoll.nlp.document import Block, Document, Item, Page
from ljuskoll.nlp.readers.clean import single_spaced
from ljuskoll.nlp.readers.docx.blocks import Draft, drafts, finished
from ljuskoll.nlp.readers.docx.drawings import understood
from ljuskoll.nlp.readers.docx.lines import Paragraph
from ljuskoll.nlp.readers.docx.parts import CUT, Parts, W, local_name
from ljuskoll.nlp.readers.docx.runs import Pages, Paragraphs, shown_content
from ljuskoll.nlp.readers.docx.styles import Styles
from ljuskoll.nlp.readers.docx.tables import Content, Tables
from ljuskoll.nlp.readers.docx.tabs import with_tab_tables
from ljuskoll.nlp.readers.office.parts import child, descendants

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NO_TEXT = "Filen innehåller ingen text."
ONLY_PICTURES = "Filen är bilder utan text. Ingenting kunde läsas; kör den genom textigenkänning (OCR)."
EMBEDDED = "Dokumentet visar ett inbäddat kalkylblad som inte läses. Klistra in det som en tabell i Word."
_TURNS_PAGE = frozenset({"nextPage", "oddPage", "evenPage"})
_DEEPEST = 40
"""Tables in tables, boxes in boxes: deeper ones are no document's."""


def read_docx(data: bytes, passwords: Sequence[str] = ()) -> Document:
    """The document in a Word file (DOCX, DOCM, DOTX); `passwords` are of no use, since locked files are refused.

    Pages are those that Word last saw or the author set; without any there is one. Raises DamagedFileError where the
    text cannot be read and FileTooLargeError where it would unpack to too much.
    """
    parts = Parts(data)
    styles = Styles(parts)
    walk = _Walk(parts, styles)
    items = finished(list(with_tab_tables(walk.contents(_body(parts.document)))))
    pages = _pages(items)
    aside = _Walk(parts, styles)
    margins = tuple(dict.fromkeys(text for root in parts.margins() for text in _texts(aside, root)))
    title = parts.title() or _first_heading(items)
    warnings = tuple((None, message) for message in _warnings(parts, items))
    return Document(hashlib.sha256(data).hexdigest(), MEDIA_TYPE, pages, title, margins, warnings=warnings)


class _Walk:
    """Walks paragraphs and tables in reading order."""

    def __init__(self, parts: Parts, styles: Styles) -> None:
        self.pages = Pages()
        self._styles = styles
        self._paragraphs = Paragraphs(parts, styles, self.pages)
        self._tables = Tables(styles, self.pages, self.contents)
        sections = parts.document.iter(f"{W}sectPr")
        self._sections = (child(section, "type") for section in sections if not _is_former(section))
        next(self._sections, None)
        self._depth = 0

    def contents(self, element: etree._Element) -> list[Content]:
        """The paragraphs and tables in an element: the body, a cell, a box."""
        if self._depth >= _DEEPEST:
            return []
        self._depth += 1
        found: list[Content] = []
        held: Paragraph | None = None
        for inner in _shown(element):
            if local_name(inner) == "tbl":
                found += self._tables.read(inner)
                continue
            paragraph = self._paragraphs.read(inner, held)
            held = paragraph if paragraph.form.joins_next else None
            if held is None:
                found += self._finished(paragraph)
            if child(inner, "pPr", "sectPr") is not None:
                self._end_section()
        if held is not None:
            found += self._finished(held)
        self._depth -= 1
        return found

    def _finished(self, paragraph: Paragraph) -> Iterator[Content]:
        if not paragraph.form.is_contents:
            yield from drafts(paragraph, paragraph.form.is_item and self._styles.has_bullet(paragraph.form))
        for box in paragraph.boxes:
            yield from self.contents(box)

    def _end_section(self) -> None:
        """The section that begins here says whether it begins on a new page."""
        kind = next(self._sections, None)
        if kind is None or kind.get(f"{W}val") in _TURNS_PAGE:
            self.pages.turn()


def _body(root: etree._Element) -> etree._Element:
    body = child(root, "body")
    return root if body is None else body


def _shown(element: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables right in an element, through what only wraps them."""
    for inner in element:
        name = local_name(inner)
        if name in ("p", "tbl"):
            yield inner
        elif name == "sdt":
            content = shown_content(inner)
            if content is not None:
                yield from _shown(content)
        elif name == "AlternateContent":
            yield from _shown(understood(inner))
        elif name not in ("del", "moveFrom", "sectPr", "tcPr"):
            yield from _shown(inner)


def _is_former(section: etree._Element) -> bool:
    parent = section.getparent()
    return parent is not None and local_name(parent) == "sectPrChange"


def _pages(items: Sequence[tuple[int, Item]]) -> tuple[Page, ...]:
    last = max((number for number, _ in items), default=1)
    own: dict[int, list[Item]] = {number: [] for number in range(1, last + 1)}
    for number, item in items:
        own[number].append(item)
    return tuple(Page(number, tuple(found)) for number, found in own.items())


def _first_heading(items: Sequence[tuple[int, Item]]) -> str:
    headings = (item.text for _, item in items if isinstance(item, Block) and item.level is not None)
    return next(headings, "")


def _texts(walk: _Walk, root: etree._Element) -> Iterator[str]:
    """The texts of a header or footer, tables' cells one by one."""
    for item in walk.contents(root):
        cells = [item.text] if isinstance(item, Draft) else [cell.text for row in item.rows for cell in row]
        yield from filter(None, map(single_spaced, cells))


def _warnings(parts: Parts, items: Sequence[tuple[int, Item]]) -> Iterator[str]:
    if parts.is_cut:
        yield CUT
    if any(True for _ in descendants(parts.document, "OLEObject", "altChunk")):
        yield EMBEDDED
    if not any(not isinstance(item, Block) or item.text for _, item in items):
        has_pictures = any(True for _ in descendants(parts.document, "blip", "imagedata"))
        yield ONLY_PICTURES if has_pictures else NO_TEXT
