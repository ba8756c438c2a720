"""Paragraphs of a Word file: their characters as a person reads them, and what is drawn among these."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from ljuskoll.nlp.document import Place
from ljuskoll.nlp.readers.docx.drawings import Drawings, understood
from ljuskoll.nlp.readers.docx.lines import Paragraph, Piece, marked
from ljuskoll.nlp.readers.docx.parts import Parts, W, local_name
from ljuskoll.nlp.readers.docx.styles import Format, Look, Styles
from ljuskoll.nlp.readers.docx.symbols import coloured_signs, drawn_symbol, is_symbol_text
from ljuskoll.nlp.readers.office.parts import attribute, child, children, whole_number

_HIDDEN = frozenset({"del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "rt", "Fallback", "delText", "instrText"})
_IS_CONTENTS_LINE = re.compile(r"\bPAGEREF\s+_Toc", re.IGNORECASE)
_CHECKED, _UNCHECKED = "☒", "☐"


@dataclass(slots=True)
class Pages:
    """Counts pages; a break that Word notes as seen, right after one that the author set, is the same."""

    number: int = 1
    is_fresh: bool = True

    def turn(self) -> None:
        """A break that the author set."""
        self.number += 1
        self.is_fresh = True

    def seen(self) -> None:
        """A break as Word last saw it."""
        if not self.is_fresh:
            self.turn()


class Paragraphs:
    """Reads paragraphs one after the other."""

    def __init__(self, parts: Parts, styles: Styles, pages: Pages) -> None:
        self.pages = pages
        self._styles = styles
        self._inline = _Inline(styles, Drawings(parts), pages)

    def read(self, element: etree._Element, before: Paragraph | None = None) -> Paragraph:
        """The paragraph of a `w:p`; `before` is one whose end was deleted, so that it goes on in this one."""
        properties = element.find(f"{W}pPr")
        style = _style(properties, "pStyle")
        form = self._styles.format_of(style)
        if properties is not None:
            form = self._styles.format(form, properties)
        if form.breaks_page and not self.pages.is_fresh:
            self.pages.turn()
        paragraph = before or Paragraph(form, self.pages.number)
        paragraph.form = form
        self._inline.read_into(paragraph, element, style)
        return paragraph


class _Inline:
    """Walks what is inside paragraphs."""

    def __init__(self, styles: Styles, drawings: Drawings, pages: Pages) -> None:
        self._styles, self._drawings, self._pages = styles, drawings, pages
        self._paragraph = Paragraph(Format(), pages.number)
        self._style = ""
        self._look = Look()
        self._fields: list[bool] = []
        self._handlers: dict[str, Callable[[etree._Element], None]] = {
            "r": self._run, "t": self._text, "tab": self._tab, "ptab": self._tab, "br": self._break, "cr": self._break,
            "noBreakHyphen": self._hyphen, "sym": self._symbol, "fldChar": self._field, "sdt": self._control,
            "lastRenderedPageBreak": self._seen, "drawing": self._drawing, "pict": self._drawing,
            "object": self._drawing, "AlternateContent": self._variant, "hyperlink": self._link,
        }  # fmt: skip

    def read_into(self, paragraph: Paragraph, element: etree._Element, style: str) -> None:
        """Adds the contents of a `w:p` of this style to the paragraph."""
        self._paragraph, self._style = paragraph, style
        self._look = self._styles.look_of(style)
        self._fields.clear()
        self._read(element)

    def _read(self, element: etree._Element) -> None:
        for inner in element:
            name = local_name(inner)
            handler = self._handlers.get(name)
            if handler is not None:
                handler(inner)
            elif name == "instrText":
                self._instruction(inner)
            elif name not in _HIDDEN:
                self._read(inner)

    def _run(self, element: etree._Element) -> None:
        properties = element.find(f"{W}rPr")
        look = self._styles.look_of(self._style)
        if properties is not None:
            look = self._styles.look_of(self._style, _style(properties, "rStyle"))
            look = self._styles.look(look, properties)
        self._look = look
        if not look.hidden:
            self._read(element)

    def _add(self, text: str) -> None:
        if not text or False in self._fields:
            return
        page = self._pages.number
        if not text.isspace():
            self._pages.is_fresh = False
        text, marks = coloured_signs(text, self._look.rgb, page)
        self._paragraph.pieces += [marked(mark, page) for mark in marks]
        self._paragraph.pieces.append(Piece(text, self._look, page))

    def _text(self, element: etree._Element) -> None:
        text = (element.text or "").replace("\n", " ")
        if is_symbol_text(text, self._look.font):
            text = "".join(drawn_symbol(sign, self._look.font) for sign in text)
        self._add(text)

    def _symbol(self, element: etree._Element) -> None:
        code = whole_hexadecimal(element.get(f"{W}char", ""))
        self._add(drawn_symbol(chr(code), element.get(f"{W}font", "")) if code else "")

    def _tab(self, _: etree._Element) -> None:
        self._add("\t")

    def _hyphen(self, _: etree._Element) -> None:
        self._add("-")

    def _break(self, element: etree._Element) -> None:
        if element.get(f"{W}type") == "page":
            self._pages.turn()
        else:
            self._paragraph.pieces.append(Piece("\n", self._look, self._pages.number))

    def _seen(self, _: etree._Element) -> None:
        self._pages.seen()

    def _link(self, element: etree._Element) -> None:
        if element.get(f"{W}anchor", "").startswith("_Toc"):
            self._is_contents_line()
        self._read(element)

    def _instruction(self, element: etree._Element) -> None:
        if _IS_CONTENTS_LINE.search(element.text or ""):
            self._is_contents_line()

    def _is_contents_line(self) -> None:
        self._paragraph.form = Format(is_contents=True)

    def _field(self, element: etree._Element) -> None:
        """A field's code is hidden, its result shown; the stack holds whether the result has begun."""
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self._add(_form_field(child(element, "ffData")))
            self._fields.append(False)
        elif self._fields and kind == "separate":
            self._fields[-1] = True
        elif self._fields and kind == "end":
            self._fields.pop()

    def _control(self, element: etree._Element) -> None:
        content = shown_content(element)
        if content is not None:
            self._read(content)

    def _variant(self, element: etree._Element) -> None:
        self._read(understood(element))

    def _drawing(self, element: etree._Element) -> None:
        page = self._pages.number
        drawn = self._drawings.read(element, Place(page))
        self._paragraph.pieces += [marked(mark, page) for mark in drawn.marks]
        self._paragraph.boxes += drawn.boxes


def shown_content(control: etree._Element) -> etree._Element | None:
    """What a content control shows; None for a prompt that nobody has answered and for a table of contents."""
    properties = control.find(f"{W}sdtPr")
    if child(properties, "showingPlcHdr") is not None and attribute(child(properties, "showingPlcHdr"), "val") != "0":
        return None
    gallery = child(properties, "docPartObj", "docPartGallery")
    if attribute(gallery, "val").casefold() == "table of contents":
        return None
    return control.find(f"{W}sdtContent")


def whole_hexadecimal(text: str) -> int:
    """A number as Word writes characters' codes; 0 where it is none."""
    try:
        return int(text, 16) if len(text) <= 5 else 0
    except ValueError:
        return 0


def _form_field(data: etree._Element | None) -> str:
    """What an old form field shows by itself: a box with or without a cross, or the chosen word of a list."""
    box = child(data, "checkBox")
    if box is not None:
        state = child(box, "checked")
        state = child(box, "default") if state is None else state
        return _CHECKED if state is not None and state.get(f"{W}val") not in ("0", "false") else _UNCHECKED
    choices = [attribute(entry, "val") for entry in children(child(data, "ddList"), "listEntry")]
    chosen = whole_number(attribute(child(data, "ddList", "result"), "val"))
    return choices[chosen] if 0 <= chosen < len(choices) else ""


def _style(properties: etree._Element | None, name: str) -> str:
    element = None if properties is None else properties.find(f"{W}{name}")
    return "" if element is None else element.get(f"{W}val", "")
