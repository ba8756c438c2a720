"""Web pages: the main content to blocks and tables, alt texts and drawn lights kept, the site around it set aside."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from lxml import etree, html
from lxml.html import HtmlElement

from ljuskoll.nlp.document import Block, Document, Item, Lead, Mark, Page, Place
from ljuskoll.nlp.errors import DamagedFileError
from ljuskoll.nlp.readers.clean import clean_text, single_spaced
from ljuskoll.nlp.readers.html.marks import bar_of, class_styles, is_lone_sign, mark_of
from ljuskoll.nlp.readers.html.tables import is_data_table, read_table

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SKIPPED = frozenset({"script", "style", "noscript", "template", "head", "select", "option", "textarea", "object"})
_CHROME_TAGS = frozenset({"nav", "footer", "aside"})
_CHROME_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "complementary"})
_CHROME_NAMES = re.compile(
    r"\b(cookies?|breadcrumbs?|nav|navbar|navigation|menu|meny|sidfot|footer|skip-?links?|share|dela|sidebar|toolbar|search|sok)\b"
)
_BOLD = frozenset({"b", "strong"})
_BOLD_LINES = frozenset({"p", "div"})
"""A line of these that is set in bold whole is a heading below all marked ones."""
_LABELLED = re.compile(r":(?:\s|$)")
_LOWEST = 6
MAX_BOLD = 110
_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "button", "cite", "code", "data", "del", "dfn", "em", "font"}
    | {"i", "img", "input", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup"}
    | {"svg", "time", "tt", "u", "var", "wbr"}
)
_HEADING = re.compile(r"h([1-6])")
_PLACE = (Place(1),)
MAX_WIDGET = 300
"""A form with less text than this is a search box or a question to the reader, not a page wrapped in a form."""
MIN_MENU_LINKS = 3
"""A list of this many items that are links and nothing else is a menu."""


def read_html(text: str, data: bytes, warnings: tuple[tuple[int | None, str], ...] = ()) -> Document:
    """The document of a decoded page; `data` are its bytes. Raises DamagedFileError where there is no markup."""
    parser = html.HTMLParser(remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", clean_text(text)), parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise DamagedFileError(f"Webbsidan går inte att tolka ({error}). Spara den på nytt.", "html") from error
    title = single_spaced(root.findtext(".//title") or "")
    body = root.find("body")
    styles = class_styles(root)
    bars = {bar.colour for element in root.iter() if (bar := bar_of(element, styles)) is not None}
    walk = _Walk(styles, shows_bars=len(bars) > 1)
    walk.children(_main(root if body is None else body, walk))
    walk.end_block()
    page = Page(1, tuple(_with_dividing_captions(walk.items, walk.captions)))
    return Document(
        hashlib.sha256(data).hexdigest(), "text/html", (page,), title, tuple(walk.margins), warnings=warnings
    )


def _with_dividing_captions(items: Sequence[Item], captions: Sequence[int]) -> Iterator[Item]:
    """The items with the captions as headings, of tables of which several stand below one heading."""
    heads = list(accumulate(isinstance(item, Block) and item.kind == "heading" for item in items))
    sections = Counter(heads[at] for at in captions)
    for at, item in enumerate(items):
        divides = at in captions and sections[heads[at]] > 1
        if divides and isinstance(item, Block) and len(item.text) <= MAX_BOLD and not item.text.endswith((".", ":")):
            item = replace(item, kind="heading", level=_LOWEST)
        yield item


def _main(body: HtmlElement, walk: "_Walk") -> HtmlElement:
    """The one main element where the page has exactly one; all text outside it is margin."""
    mains = [*body.iter("main"), *(e for e in body.iter() if e.get("role") == "main" and e.tag != "main")]
    if len(mains) != 1:
        return body
    main = mains[0]
    for element in main.iterancestors():
        for sibling in element:
            if sibling is not main and main not in set(sibling.iterdescendants()):
                walk.margin(sibling)
        if element is body:
            break
    return main


def _is_chrome(element: HtmlElement) -> bool:
    if element.tag in _CHROME_TAGS or element.get("role") in _CHROME_ROLES:
        return True
    if element.tag == "header":
        return element.find(".//h1") is None
    if element.tag == "form" and len(element.text_content()) < MAX_WIDGET:
        return not _holds_content(element)
    names = f"{element.get('id', '')} {element.get('class', '')}".lower()
    return bool(_CHROME_NAMES.search(names)) and not _holds_content(element)


def _holds_content(element: HtmlElement) -> bool:
    """Some sites call the column that holds everything "navigation-content" or the like."""
    return element.find(".//h1") is not None or element.find(".//table") is not None


def _is_menu(element: HtmlElement) -> bool:
    items = [child for child in element if child.tag == "li"]
    return len(items) >= MIN_MENU_LINKS and all(_is_link_only(item) for item in items)


def _is_link_only(item: HtmlElement) -> bool:
    linked = "".join(link.text_content() for link in item.iter("a"))
    return single_spaced(item.text_content()) == single_spaced(linked) and item.find(".//img") is None


@dataclass(slots=True)
class _Walk:
    """Walks the page in reading order and gathers running text until a block ends."""

    styles: Mapping[str, str]
    shows_bars: bool = False
    """Whether boxes have thick borders in several lights' colours; those of one colour are ornaments."""
    items: list[Item] = field(default_factory=list)
    margins: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    captions: list[int] = field(default_factory=list)
    """Where the first block of each table's caption stands among the items."""
    bold: int = 0
    """How many elements in bold type are open."""
    is_plain: bool = False
    """Whether the running block has words in other type than bold."""
    lead: str = ""
    """The words in bold that the running block begins with."""

    def write(self, text: str | None) -> None:
        """Adds running text."""
        self.text.append(text or "")
        if self.bold and not self.is_plain:
            self.lead += text or ""
        self.is_plain = self.is_plain or bool(text and text.strip() and not self.bold)

    def end_block(self, kind: str = "p") -> None:
        """Ends the running block; `kind` is the tag that it belongs to."""
        text, marks = single_spaced("".join(self.text)), tuple(self.marks)
        is_bold, self.is_plain = bool(text) and not self.is_plain, False
        length, self.lead = len(single_spaced(self.lead)), ""
        self.text.clear()
        self.marks.clear()
        if not text and not marks:
            return
        heading = _HEADING.fullmatch(kind)
        if (
            not heading
            and kind in _BOLD_LINES
            and is_bold
            and not marks
            and len(text) <= MAX_BOLD
            and not _LABELLED.search(text)
        ):
            self.items.append(Block(text, _PLACE, "heading", _LOWEST))
            return
        if heading:
            self.items.append(Block(text, _PLACE, "heading", int(heading.group(1)), marks))
        else:
            lead = Lead(length, _LOWEST) if 0 < length < len(text) else None
            self.items.append(Block(text, _PLACE, "item" if kind == "li" else "paragraph", None, marks, lead))

    def margin(self, element: HtmlElement) -> None:
        """Keeps the text of site chrome apart."""
        if not isinstance(element.tag, str) or element.tag in _SKIPPED:
            return
        for line in _lines(element):
            if line not in self.margins:
                self.margins.append(line)

    def children(self, element: HtmlElement, kind: str = "p") -> str:
        """Walks what is inside an element; the tag that its last line belongs to: only the first of an item is one."""
        self.write(element.text)
        for child in element:
            self.element(child, kind)
            kind = "p" if child.tag == "br" and kind == "li" else kind
            self.write(child.tail)
        return kind

    def element(self, element: HtmlElement, kind: str) -> None:
        """Walks one element: site chrome, table, line break, running text or a block of its own."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _SKIPPED:
            return
        if _is_chrome(element) or (tag in {"ul", "ol"} and _is_menu(element)):
            self.end_block(kind)
            self.margin(element)
            return
        mark = mark_of(element, self.styles)
        if mark is not None:
            self.marks.append(mark)
        if tag == "table" and is_data_table(element, self.styles):
            self.end_block(kind)
            if (caption := element.find("caption")) is not None:
                self.captions.append(len(self.items))
                self.children(caption)
                self.end_block()
            self.items.append(read_table(element, self.styles))
        elif tag in {"br", "hr"}:
            self.end_block(kind)
        elif tag in _INLINE:
            if tag != "svg" and not (mark is not None and is_lone_sign(element)):
                self.bold += tag in _BOLD
                self.children(element, kind)
                self.bold -= tag in _BOLD
        else:
            self.end_block(kind)
            mark = mark or (bar_of(element, self.styles) if self.shows_bars else None)
            if mark is not None and not self.marks:
                self.marks.append(mark)
            own = _heading_of(element) if tag == "summary" else tag
            last = self.children(element, own)
            if tag == "dt" and "".join(self.text).strip() and not "".join(self.text).rstrip().endswith(":"):
                self.text.append(":")
            self.end_block(last)


def _heading_of(summary: HtmlElement) -> str:
    """The heading that a summary is: one level above the highest heading that it folds away."""
    around = summary.getparent()
    folded = [str(one.tag) for one in around.iter(*_HEADINGS)] if around is not None else []
    return f"h{max(2, int(min(folded)[1]) - 1)}" if folded else "h4"


def _lines(element: HtmlElement) -> Iterator[str]:
    for block in element.iter("li", "p", "h1", "h2", "h3", "div", "a", "span", "footer", "nav", "td"):
        if not any(child.tag not in _INLINE for child in block if isinstance(child.tag, str)):
            line = single_spaced(block.text_content())
            if line:
                yield line
