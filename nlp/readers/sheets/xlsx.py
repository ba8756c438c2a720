"""Workbooks: each visible sheet a page, with its tables, the lines around them and status however it is drawn."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from ljuskoll.nlp.document import Block, Document, Item, Page, Place
from ljuskoll.nlp.errors import DamagedFileError, FileTooLargeError, UnsupportedTypeError
from ljuskoll.nlp.readers.clean import single_spaced
from ljuskoll.nlp.readers.office.packages import open_package
from ljuskoll.nlp.readers.office.palette import read_palette
from ljuskoll.nlp.readers.office.parts import COMPONENT, Package, attribute, child, children, descendants, is_on
from ljuskoll.nlp.readers.sheets.conditions import where
from ljuskoll.nlp.readers.sheets.drawings import Drawn, read_drawings
from ljuskoll.nlp.readers.sheets.headers import Hints
from ljuskoll.nlp.readers.sheets.looks import Looks, see
from ljuskoll.nlp.readers.sheets.refs import Area, Spot, area_of
from ljuskoll.nlp.readers.sheets.sheet import Sheet, SheetReader, read_strings
from ljuskoll.nlp.readers.sheets.styles import USUAL_SIZE, Styles, read_styles
from ljuskoll.nlp.readers.sheets.tables import read_items

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DAMAGED = "Arbetsboken är skadad eller avkortad. Hämta den på nytt från källan."
BINARY = "Arbetsboken är i Excels binära format (XLSB). Spara den som XLSX."
NO_CELLS = "Arbetsboken innehåller inga ifyllda celler."
HIDDEN_SHEETS = "Dolda blad är inte lästa: {names}. Visa dem i Excel om de hör till uppföljningen."
CUT_SHEET = "Bladet «{name}» är skadat: bara det som står före skadan är läst. Hämta filen på nytt från källan."
MISSING_SHEET = "Bladet «{name}» saknas i filen eller går inte att läsa. Hämta filen på nytt från källan."
HIDDEN_CELLS = "Bladet «{name}»: dolda celler är med i läsningen ({what}), till exempel sådana som ett filter döljer."
UNCACHED = (
    "Bladet «{name}»: formler utan uträknade värden lästes som tomma ({count} st). Öppna filen i Excel, spara den och "
    "läs in den på nytt."
)
ERRORS = "Bladet «{name}»: celler med felvärden, till exempel #REFERENS!, lästes som de står ({count} st)."
FAILED = "Bladet «{name}»: villkorsstyrd formatering som inte kunde räknas ut, i {where}. Färgerna där är inte lästa."
COMMENTS = "Bladet «{name}» har kommentarer fästa vid celler. De är inte lästa."
MISSING_TEXTS = "Texter i arbetsboken är skadade och visas som \ufffd. Hämta filen på nytt från källan."
MAX_CHOICE = 40
"""Characters of a choice that a hidden sheet lists."""
_CODES = re.compile(r'&(?:"[^"]*"|\d+|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|[A-Za-z])|&(&)')
_COMMENT_KINDS = ("comments", "threadedComment")
Warnings = list[tuple[int | None, str]]


@dataclass(frozen=True, slots=True)
class _Tab:
    """One sheet as the workbook lists it; `page` is None where it is hidden."""

    name: str
    path: str
    kind: str
    page: int | None


@dataclass(slots=True)
class _Book:
    """What all sheets share."""

    package: Package
    styles: Styles
    sheets: SheetReader
    from_1904: bool
    has_headings: bool
    margins: list[str] = field(default_factory=list)
    warnings: Warnings = field(default_factory=list)
    is_damaged: bool = False


def read_xlsx(data: bytes, passwords: Sequence[str] = ()) -> Document:
    """The document in a workbook (XLSX, XLSM, XLTX).

    Raises DamagedFileError, UnsupportedTypeError and FileTooLargeError (more than MAX_CELLS filled cells); what is
    hidden, damaged or not worked out is told in `warnings`.
    """
    with open_package(data) as archive:
        package = Package(archive)
        path = _workbook_path(package)
        root = package.xml(path)
        if root is None:
            raise DamagedFileError(DAMAGED, COMPONENT)
        tabs = list(_tabs(package, path, root))
        shown = [tab for tab in tabs if tab.page is not None]
        book = _book(package, path, root, len(shown) > 1)
        book.margins += [] if book.has_headings else [tab.name for tab in shown]
        pages = tuple(_page(book, tab) for tab in shown)
        if hidden := [tab.name for tab in tabs if tab.page is None and not _is_list(book, tab)]:
            book.warnings.append((None, HIDDEN_SHEETS.format(names=", ".join(hidden))))
        title = single_spaced(
            next((part.text or "" for part in descendants(package.xml("docProps/core.xml"), "title")), "")
        )
    _check(pages, book)
    return Document(
        hashlib.sha256(data).hexdigest(),
        MEDIA_TYPE,
        pages,
        title,
        tuple(dict.fromkeys(book.margins)),
        warnings=tuple(book.warnings),
    )


def _workbook_path(package: Package) -> str:
    """The part with the list of sheets. Raises UnsupportedTypeError for Excel's binary format."""
    found = [*package.related("", "officeDocument"), "xl/workbook.xml"]
    if any(path.endswith(".bin") for path in found) or package.has("xl/workbook.bin"):
        raise UnsupportedTypeError(BINARY, COMPONENT)
    return next((path for path in found if package.has(path)), found[-1])


def _tabs(package: Package, path: str, root: etree._Element) -> Iterator[_Tab]:
    relations = package.relations(path)
    page = 0
    for element in children(child(root, "sheets"), "sheet"):
        is_shown = element.get("state", "visible") not in ("hidden", "veryHidden")
        page += is_shown
        relation = relations.get(attribute(element, "id"))
        where_, kind = (relation.path, relation.kind) if relation else ("", "worksheet")
        yield _Tab(single_spaced(element.get("name", "")), where_, kind, page if is_shown else None)


def _book(package: Package, path: str, root: etree._Element, has_headings: bool) -> _Book:
    def part(kind: str) -> str | None:
        return next(iter(package.related(path, kind)), None)

    styles_path = part("styles") or "xl/styles.xml"
    look = package.xml(styles_path) if package.has(styles_path) else None
    styles = read_styles(look, read_palette(package, part("theme"), look))
    strings_path = part("sharedStrings") or "xl/sharedStrings.xml"
    strings = list(read_strings(package, strings_path if package.has(strings_path) else None, styles))
    from_1904 = is_on(attribute(child(root, "workbookPr"), "date1904"))
    return _Book(package, styles, SheetReader(package, strings, styles), from_1904, has_headings)


def _page(book: _Book, tab: _Tab) -> Page:
    """One visible sheet."""
    page = tab.page or 1
    items: list[Item] = []
    if book.has_headings:
        items.append(Block(tab.name, (Place(page),), "heading", 1))
    if tab.kind == "chartsheet":
        return Page(page, tuple(items))
    if not book.package.has(tab.path):
        book.is_damaged = True
        book.warnings.append((page, MISSING_SHEET.format(name=tab.name)))
        return Page(page, tuple(items))
    sheet = book.sheets.read(tab.path)
    book.is_damaged |= sheet.is_cut
    relations = book.package.relations(tab.path)
    drawing = relations.get(sheet.drawing)
    drawn = [] if drawing is None else read_drawings(book.package, drawing.path, sheet, book.styles.palette)
    looks = see(sheet, book.styles, tab.name, page, drawn, book.from_1904)
    hints = Hints(tuple(_table_areas(book.package, tab.path, sheet)), sheet.frozen)
    usual = book.styles.style(0).font.size if book.styles.cells else USUAL_SIZE
    found = [*read_items(looks, hints, usual), *_text_boxes(looks, drawn)]
    items += [item for _, item in sorted(found, key=lambda one: one[0])]
    book.margins += [text for part in sheet.margins for text in _margin_texts(part)]
    book.warnings += [(page, message) for message in _warnings(tab.name, sheet, looks)]
    if any(relation.kind in _COMMENT_KINDS for relation in relations.values()):
        book.warnings.append((page, COMMENTS.format(name=tab.name)))
    return Page(page, tuple(items))


def _is_list(book: _Book, tab: _Tab) -> bool:
    """Whether a hidden sheet holds nothing but short texts and figures: the choices of a cell, or a chart's data."""
    if tab.kind == "chartsheet" or not book.package.has(tab.path):
        return False
    try:
        values = [raw.value for raw in book.sheets.read(tab.path).cells.values()]
    except FileTooLargeError:
        return False
    texts = ["".join(run.text for run in value) for value in values if isinstance(value, tuple)]
    return all(len(text) <= MAX_CHOICE and not text.rstrip().endswith((".", "!")) for text in texts)


def _table_areas(package: Package, path: str, sheet: Sheet) -> Iterator[Area]:
    """The ranges that Excel itself calls tables, and the filtered range."""
    for table in package.related(path, "table"):
        root = package.xml(table)
        area = area_of(attribute(root, "ref"))
        if area is not None and attribute(root, "headerRowCount") != "0":
            yield area
    if sheet.filtered is not None:
        yield sheet.filtered


def _text_boxes(looks: Looks, drawn: Iterable[Drawn]) -> Iterator[tuple[Spot, Item]]:
    for drawing in drawn:
        for text in drawing.paragraphs:
            yield drawing.spot, Block(text, (looks.place(drawing.spot),))


def _margin_texts(written: str) -> list[str]:
    """A page header or footer without its codes ("&L&12Kommun&P"), one text a part."""
    parts = re.split(r"&[LCR]", written)
    cleaned = (single_spaced(_CODES.sub(lambda match: match[1] or " ", part)) for part in parts)
    return [text for text in cleaned if any(letter.isalnum() for letter in text)]


def _warnings(name: str, sheet: Sheet, looks: Looks) -> Iterator[str]:
    if sheet.is_cut:
        yield CUT_SHEET.format(name=name)
    rows = {row for row, _ in sheet.cells}
    hidden = sum(row in rows for row in sheet.hidden_rows)
    narrow = len(_telling_columns(sheet))
    what = [f"{unit}: {count}" for unit, count in (("rader", hidden), ("kolumner", narrow)) if count]
    if what:
        yield HIDDEN_CELLS.format(name=name, what=", ".join(what))
    if sheet.uncached:
        yield UNCACHED.format(name=name, count=sheet.uncached)
    if sheet.errors:
        yield ERRORS.format(name=name, count=sheet.errors)
    if looks.failed:
        yield FAILED.format(name=name, where=where(looks.failed))


def _telling_columns(sheet: Sheet) -> frozenset[int]:
    """The hidden columns with words that differ from row to row: those of figures, dates or one word tell nothing."""
    words: dict[int, list[str]] = {}
    for (_, column), raw in sorted(sheet.cells.items(), key=lambda cell: cell[0]):
        is_hidden = any(area.left <= column <= area.right for area in sheet.hidden_columns)
        text = "".join(run.text for run in raw.value) if is_hidden and isinstance(raw.value, tuple) else ""
        if any(map(str.isalpha, text)):
            words.setdefault(column, []).append(single_spaced(text))
    return frozenset(column for column, (_, *below) in words.items() if len(set(below)) > 1)


def _check(pages: Sequence[Page], book: _Book) -> None:
    """Raises DamagedFileError where nothing could be read; adds what has to be told of the whole file."""
    has_content = any(len(page.items) > book.has_headings for page in pages)
    if not has_content and (not pages or book.is_damaged):
        raise DamagedFileError(DAMAGED, COMPONENT)
    if not has_content:
        book.warnings.append((None, NO_CELLS))
    if book.sheets.missing:
        book.warnings.append((None, MISSING_TEXTS))
