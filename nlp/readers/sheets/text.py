"""The texts of a workbook: shared strings, parts of a text with fonts of their own, line breaks within a cell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from lxml import etree

from ljuskoll.nlp.readers.clean import clean_text, single_spaced
from ljuskoll.nlp.readers.hyphens import join_lines
from ljuskoll.nlp.readers.office.palette import RGB, Palette
from ljuskoll.nlp.readers.office.parts import child, children, local
from ljuskoll.nlp.readers.sheets.styles import Font, read_font
from ljuskoll.nlp.readers.symbols import is_sign, readable

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ITEM = re.compile(r"(?:[-–•*·●▪○■]|\d{1,2}[.)])\s+\S")
_SYMBOL_FONT = re.compile("webdings|wingdings|zapfdingbats|symbol", re.IGNORECASE)
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")
_MAYBE_SIGN = re.compile("[\u2190-\U0010ffff]")
_UNFINISHED = (",", "(", "/", "-", "–")


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a text; `font` is None where it is the cell's."""

    text: str
    font: Font | None = None


Text: TypeAlias = tuple[Run, ...]


def read_text(element: etree._Element, palette: Palette) -> Text:
    """The text of a shared or inline string, without the readings that East Asian texts carry."""
    runs: list[Run] = []
    for part in children(element, "t", "r"):
        if local(part) == "t":
            runs.append(Run(_unescaped(part.text)))
            continue
        look = child(part, "rPr")
        font = None if look is None else read_font(look, palette)
        runs.append(Run("".join(_unescaped(text.text) for text in children(part, "t")), font))
    return tuple(run for run in runs if run.text)


def shown_runs(text: Text, font: Font) -> Iterator[tuple[str, Font]]:
    """The parts of a text as drawn: the letters of symbol fonts are the signs that they draw."""
    for run in text:
        look = run.font or font
        name = look.name or font.name
        draws = _SYMBOL_FONT.match(name) or _PRIVATE_USE.search(run.text)
        yield "".join(readable(letter, name) for letter in run.text) if draws else run.text, look


def coloured_signs(text: str, ink: RGB | None) -> list[tuple[str, RGB]]:
    """The drawn signs of a text with their colour."""
    if ink is None or not _MAYBE_SIGN.search(text):
        return []
    return [(letter, ink) for letter in text if is_sign(letter)]


def paragraphs(text: str) -> str:
    """A cell's text as a person reads it: line breaks between paragraphs stay, those within a sentence go."""
    if "\n" not in text and "\r" not in text:
        return single_spaced(text)
    found: list[list[str]] = []
    is_new = True
    for line in (single_spaced(line) for line in clean_text(text).split("\n")):
        if not line:
            is_new = True
        elif is_new or _begins_paragraph(line, found[-1][-1]):
            found.append([line])
            is_new = False
        else:
            found[-1].append(line)
    return "\n".join(join_lines(lines) for lines in found)


def _begins_paragraph(line: str, before: str) -> bool:
    if _ITEM.match(line):
        return True
    first = line.lstrip("\"”'(")[:1]
    return not first.islower() and not before.endswith(_UNFINISHED)


def _unescaped(text: str | None) -> str:
    """XML cannot hold all characters; workbooks write them as "_x000D_"."""
    if not text or "_x" not in text:
        return text or ""
    return _ESCAPE.sub(lambda match: _character(int(match[1], 16)), text)


def _character(code: int) -> str:
    return "" if 0xD800 <= code <= 0xDFFF or (code < 32 and code not in (9, 10)) else chr(code)
