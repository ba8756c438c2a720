"""The words of a page from pdfium's text: parted at its spaces, and only their first and last letters measured."""

import ctypes
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise, repeat
from operator import sub
from typing import NamedTuple, TypeAlias

from ljuskoll.nlp.document import BBox
from ljuskoll.nlp.readers.clean import clean_text
from ljuskoll.nlp.readers.pdf import pdfium_calls as pdfium
from ljuskoll.nlp.readers.pdf.pdfium_calls import Handle
from ljuskoll.nlp.readers.pdf.pdfium_style import BROKEN, SOFT_HYPHEN, Style, Styles
from ljuskoll.nlp.readers.pdf.pdfium_view import View
from ljuskoll.nlp.readers.raw.lines import Word, union, widest_space
from ljuskoll.nlp.readers.raw.page import Sign
from ljuskoll.nlp.readers.symbols import UNREADABLE, is_sign

Span: TypeAlias = tuple[int, int]
"""The first and the last character of a word or a line on its page."""
Found: TypeAlias = tuple[Word, Span]

WORD_GAP = 0.15
"""A gap wider than this share of the font size parts words, where text objects meet without a space."""
ROUND_BULLET = "◦"
"""Word processors draw it as a lone "o" in Courier."""
_LINE = re.compile(rf"[^\s{BROKEN}](?:[^\r\n{BROKEN}]*[^\s{BROKEN}])?{BROKEN}?|{BROKEN}")
_WORD = re.compile(r"\S+")
_HYPHEN_CODE = "\x02"
_HALF = re.compile("[\ud800-\udfff]")
"""pdfium gives characters beyond 16 bits (most emoji) as two halves."""
LAST_OF_16_BITS = "\uffff"
_EDGES = 4
"""Numbers of a box."""


class _Letter(NamedTuple):
    text: str
    bbox: BBox
    style: Style
    place: int


class TextPage:
    """The text of one page, while the page is open."""

    def __init__(self, page: Handle, view: View) -> None:
        self._handle = pdfium.load_text(page)
        self._view = view
        self._styles = Styles(self._handle, view)
        self._found: list[Found] = []
        self.text = _text_of(self._handle)
        self._has_halves = _HALF.search(self.text) is not None
        self.signs: list[Sign] = []
        self.unreadable = 0

    def close(self) -> None:
        """Let go of the page's text."""
        pdfium.close_text(self._handle)
        self._handle = 0

    def words(self) -> list[Word]:
        """All words, those of a line that are set alike and stand close together as one with spaces."""
        self._found, self.signs, self.unreadable = [], [], 0
        lines = [(found.start(), found.end() - 1) for found in _LINE.finditer(self.text)]
        parts = [self._parts(line) for line in lines]
        starts, ends = self._reach(list(chain.from_iterable(parts)))
        at = 0
        for line, spans, first, last in zip(lines, parts, *self._owners(lines), strict=True):
            here = slice(at, at := at + len(spans))
            style = self._styles.of(first, line[0])
            if style.turned:
                self._found += self._looked_at(line)
            elif first == last and not self._is_odd(line, style):
                self._found += self._runs(spans, style, starts[here], ends[here])
            else:
                self._found += _joined(self._one_by_one(spans, starts[here], ends[here]))
        return [word for word, _ in self._found]

    def letters(self, word: Word) -> list[Word]:
        """The letters of one of the words that were read, spaces without width; any other word is itself."""
        span = next((span for one, span in self._found if one is word), None)
        if span is None:
            return [word]
        letters: list[Word] = []
        for letter in self._letters(span):
            bbox = letter.bbox
            if letters and letter.text.isspace():
                _, top, x1, bottom = letters[-1].bbox
                bbox = (x1, top, x1, bottom)
            letters.append(word._replace(text=letter.text, bbox=bbox))
        return letters

    def _parts(self, line: Span) -> list[Span]:
        return [(found.start(), found.end() - 1) for found in _WORD.finditer(self.text, line[0], line[1] + 1)]

    def _owners(self, spans: Sequence[Span]) -> tuple[list[Handle], list[Handle]]:
        """The text objects of the spans' first and last characters."""
        owners = list(map(pdfium.char_object, repeat(self._handle), chain.from_iterable(spans)))
        return owners[::2], owners[1::2]

    def _reach(self, spans: Sequence[Span]) -> tuple[list[float], list[float]]:
        """From where to where the spans reach, as left and right edges."""
        places = list(chain.from_iterable(spans))
        if self._view.is_turned:
            boxes = self._boxes(places)
            return [box[0] for box in boxes[::2]], [box[2] for box in boxes[1::2]]
        left, edges = self._view.left, self._edges(places)
        return [x - left for x in edges[:: 2 * _EDGES]], [x - left for x in edges[_EDGES + 2 :: 2 * _EDGES]]

    def _edges(self, places: Sequence[int]) -> list[float]:
        """Left, top, right and bottom of these characters' boxes, in pdfium's coordinates, one after the other."""
        edges = (ctypes.c_float * (_EDGES * len(places)))()
        start, step = ctypes.addressof(edges), _EDGES * ctypes.sizeof(ctypes.c_float)
        targets = range(start, start + step * len(places), step)
        for _ in map(pdfium.char_box, repeat(self._handle), places, targets):
            pass
        return edges[:]

    def _boxes(self, places: Sequence[int]) -> list[BBox]:
        edges = iter(self._edges(places))
        return [
            self._view.box(left, bottom, right, top)
            for left, top, right, bottom in zip(edges, edges, edges, edges, strict=True)
        ]

    def _is_odd(self, span: Span, style: Style) -> bool:
        """Whether the text has characters that need a closer look."""
        text, font = self.text[span[0] : span[1] + 1], style.font
        if not font.known.issuperset(text):
            self._styles.learn(font, text, self.text, span[0])
        if self._has_halves and _HALF.search(text):
            return True
        return bool(font.odd) and not font.odd.keys().isdisjoint(text)

    def _runs(
        self, spans: Sequence[Span], style: Style, starts: Sequence[float], ends: Sequence[float]
    ) -> Iterator[Found]:
        """The words of a line that is set in one go: as one or, where there are gaps, as several."""
        widest = widest_space(style.size)
        gaps = [place for place, gap in enumerate(map(sub, starts[1:], ends), start=1) if gap > widest]
        for first, end in pairwise((0, *gaps, len(spans))):
            yield self._plain((spans[first][0], spans[end - 1][1]), style, starts[first], ends[end - 1])

    def _plain(self, span: Span, style: Style, start: float, end: float) -> Found:
        text = self.text[span[0] : span[1] + 1]
        if text[-1] == BROKEN:
            text = text[:-1] + "-"
        bbox = (start, style.top, end, style.bottom)
        return Word(text, bbox, style.size, style.font.bold, style.coloured), span

    def _one_by_one(self, spans: Sequence[Span], starts: Sequence[float], ends: Sequence[float]) -> Iterator[Found]:
        """The words of a line that changes its type or has characters that need a closer look."""
        for span, start, end, first, last in zip(spans, starts, ends, *self._owners(spans), strict=True):
            style = self._styles.of(first, span[0])
            if first == last and not self._is_odd(span, style):
                yield self._plain(span, style, start, end)
            else:
                yield from self._looked_at(span)

    def _looked_at(self, span: Span) -> Iterator[Found]:
        """The words in a span of which each letter has to be looked at; a turned line is one word."""
        letters = _with_placed_spaces(self._letters(span))
        parts = [[letters[0]]]
        for before, letter in pairwise(letters):
            gap = letter.bbox[0] - before.bbox[2]
            if not letter.style.turned and gap > WORD_GAP * max(before.style.size, letter.style.size):
                parts.append([])
            parts[-1].append(letter)
        for part in parts:
            self.signs += [Sign(one.text, one.bbox, one.style.rgb) for one in part if is_sign(one.text)]
            self.unreadable += sum(one.text == UNREADABLE for one in part)
            if word := _word(part):
                yield (
                    word,
                    (part[0].place, part[-1].place + (len(part[-1].text) == 1 and part[-1].text > LAST_OF_16_BITS)),
                )

    def _letters(self, span: Span) -> list[_Letter]:
        """Every letter of the span with its own box and style."""
        places = range(span[0], span[1] + 1)
        owners = map(pdfium.char_object, repeat(self._handle), places)
        letters = []
        for place, owner, bbox in zip(places, owners, self._boxes(places), strict=True):
            style = self._styles.of(owner, place)
            character = self.text[place]
            if character not in style.font.known:
                self._styles.learn(style.font, character, self.text, place)
            if not style.turned:
                bbox = (bbox[0], style.top, bbox[2], style.bottom)
            text = "-" if character == BROKEN else style.font.odd.get(character, character)
            letters.append(_Letter(text, bbox, style, place))
        return _whole(letters)


def _with_placed_spaces(letters: list[_Letter]) -> list[_Letter]:
    """The letters of a turned line with its spaces where the letter before stands: pdfium's own stand nowhere."""
    if not letters[0].style.turned:
        return letters
    placed = [letters[0]]
    for letter in letters[1:]:
        is_space = letter.text.isspace()
        placed.append(letter._replace(bbox=placed[-1].bbox, style=placed[-1].style) if is_space else letter)
    return placed


def _whole(letters: list[_Letter]) -> list[_Letter]:
    """The letters with the halves of characters put together; a half without its other is unreadable."""
    if not any(_HALF.match(letter.text) for letter in letters):
        return letters
    whole: list[_Letter] = []
    for letter in letters:
        if whole and "\ud800" <= whole[-1].text <= "\udbff" and "\udc00" <= letter.text <= "\udfff":
            pair = (whole[-1].text + letter.text).encode("utf-16", "surrogatepass").decode("utf-16")
            whole[-1] = whole[-1]._replace(text=pair, bbox=union([whole[-1].bbox, letter.bbox]))
        else:
            whole.append(letter)
    return [letter._replace(text=UNREADABLE) if _HALF.match(letter.text) else letter for letter in whole]


def _joined(found: Iterable[Found]) -> list[Found]:
    """Words that follow each other, set alike and close together, as one with spaces."""
    joined: list[Found] = []
    for word, span in found:
        if joined:
            before, (start, _) = joined[-1]
            x0, top, x1, bottom = before.bbox
            gap = word.bbox[0] - x1
            is_close = -WORD_GAP * word.size <= gap <= widest_space(word.size) and abs(bottom - word.bbox[3]) < 1
            if is_close and before[2:] == word[2:]:
                whole = before._replace(text=f"{before.text} {word.text}", bbox=(x0, top, word.bbox[2], bottom))
                joined[-1] = whole, (start, span[1])
                continue
        joined.append((word, span))
    return joined


def _word(letters: Sequence[_Letter]) -> Word | None:
    text = " ".join(clean_word("".join(letter.text for letter in letters)).split())
    if not text:
        return None
    first = letters[0].style
    if text == "o" and first.font.draws_bullets:
        text = ROUND_BULLET
    sizes = Counter(letter.style.size for letter in letters)
    size = max(sizes, key=lambda size: (sizes[size], size))
    bold = 2 * sum(letter.style.font.bold for letter in letters) > len(letters)
    return Word(text, union([letter.bbox for letter in letters]), size, bold, first.coloured)


def clean_word(text: str) -> str:
    """`clean_text`, but a soft hyphen at the end stays: the next line continues the word."""
    return clean_text(text) + (SOFT_HYPHEN if text.endswith(SOFT_HYPHEN) else "")


def _text_of(page: Handle) -> str:
    """The page's text, one character for each of pdfium's."""
    count = max(0, pdfium.count_chars(page))
    buffer = (ctypes.c_uint16 * (2 * count + 2))()
    length = pdfium.page_text(page, 0, count, ctypes.addressof(buffer))
    text = bytes(buffer)[: 2 * max(0, length - 1)].decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    codes = map(pdfium.char_code, repeat(page), range(count))
    return "".join(map(chr, codes)).replace(_HYPHEN_CODE, BROKEN)
