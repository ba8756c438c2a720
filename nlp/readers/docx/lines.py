"""Paragraphs of a Word file as lines of text with what is drawn and shaded in them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, takewhile

from lxml import etree

from ljuskoll.nlp.document import Mark, Place
from ljuskoll.nlp.readers.colours import colour_name
from ljuskoll.nlp.readers.docx.styles import Format, Look

_PARTING = re.compile(r"[\t\n:|(–-]\s*$")
"""What sets a shaded word at the end of a paragraph apart from the text before it."""


@dataclass(frozen=True, slots=True)
class Part:
    """What stands between two tabs."""

    text: str
    marks: tuple[Mark, ...]


@dataclass(slots=True)
class Line:
    """The text up to a line break that the author set; `parts` are those between tabs that are not empty."""

    text: str
    marks: tuple[Mark, ...]
    pages: tuple[int, ...]
    bold: bool
    size: float
    parts: tuple[Part, ...] = ()
    lead: str = ""
    """The words in bold that the text begins with, where it goes on in other type."""


@dataclass(slots=True)
class Piece:
    """Characters that are set alike, or a mark."""

    text: str
    look: Look
    page: int
    mark: Mark | None = None


@dataclass(slots=True)
class Paragraph:
    """One paragraph: how it is set, its pieces of text and marks, and its text boxes."""

    form: Format
    start: int
    pieces: list[Piece] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)

    @property
    def page(self) -> int:
        """The page on which the text begins."""
        return next((piece.page for piece in self.pieces if piece.text.strip()), self.start)

    def lines(self) -> list[Line]:
        """The paragraph's lines; one without text is there for its marks alone."""
        found: list[list[Piece]] = [[]]
        is_shaded = self.form.shade is not None or any(piece.look.shade is not None for piece in self.pieces)
        for piece in (*(self._shades() if is_shaded else ()), *self.pieces):
            if piece.text == "\n":
                found.append([])
            else:
                found[-1].append(piece)
        return [_line(pieces, self.page) for pieces in found]

    def _shades(self) -> Iterator[Piece]:
        """Marks for shaded white space, shaded signs and shaded single words that are set apart."""
        whole = "".join(piece.text for piece in self.pieces)
        before = ""
        for shade, run in groupby(self.pieces, key=lambda piece: piece.look.shade):
            pieces = list(run)
            text = "".join(piece.text for piece in pieces)
            colour = colour_name(shade) if shade is not None else None
            if colour not in (None, "grey") and text and _is_apart(before, text, whole):
                yield marked(Mark("fill", colour, "", Place(pieces[0].page)), pieces[0].page)
            before += text
        colour = colour_name(self.form.shade) if self.form.shade is not None else None
        if colour not in (None, "grey") and len(whole.split()) == 1:
            yield marked(Mark("fill", colour, "", Place(self.page)), self.page)


def marked(mark: Mark, page: int) -> Piece:
    """A mark among the pieces of a paragraph."""
    return Piece("", Look(), page, mark)


def _is_apart(before: str, text: str, whole: str) -> bool:
    """Whether a shaded stretch is empty, nothing but signs, or one word that is set apart from the rest."""
    words = text.split()
    if not any(character.isalnum() for character in text):
        return len(words) <= 1
    if len(words) > 1:
        return False
    after = whole[len(before) + len(text) :]
    if before.strip():
        return not after.strip() and bool(_PARTING.search(before))
    return not after.strip() or after[:1].isspace() or text[-1:].isspace()


def lit_first(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Some marks, each once, unlit lamps (grey ones) last."""
    return tuple(sorted(dict.fromkeys(marks), key=lambda mark: mark.colour == "grey"))


def _line(pieces: list[Piece], page: int) -> Line:
    texts = [piece for piece in pieces if piece.text.strip()]
    pages = tuple(dict.fromkeys(piece.page for piece in texts or pieces)) or (page,)
    return Line(
        text="".join(piece.text for piece in pieces),
        marks=lit_first(piece.mark for piece in pieces if piece.mark is not None),
        pages=pages,
        bold=bool(texts) and all(piece.look.bold for piece in texts),
        size=texts[0].look.size if texts else 0.0,
        parts=_parts(pieces),
        lead=_lead(pieces),
    )


def _lead(pieces: Sequence[Piece]) -> str:
    bold = list(takewhile(lambda piece: piece.look.bold or not piece.text.strip(), pieces))
    is_all = not any(piece.text.strip() for piece in pieces[len(bold) :])
    return "" if is_all else "".join(piece.text for piece in bold)


def _parts(pieces: Sequence[Piece]) -> tuple[Part, ...]:
    if not any(piece.text == "\t" for piece in pieces):
        return ()
    found: list[Part] = []
    for is_tab, run in groupby(pieces, key=lambda piece: piece.text == "\t"):
        between = list(run)
        part = Part("".join(piece.text for piece in between), lit_first(one.mark for one in between if one.mark))
        if not is_tab and (part.text.strip() or part.marks):
            found.append(part)
    return tuple(found)
