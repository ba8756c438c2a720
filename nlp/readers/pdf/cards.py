"""Cards: framed boxes of one size side by side, each a text of its own ("målrutor", slides with two assignments)."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice, pairwise

from ljuskoll.nlp.document import BBox, Mark, Place
from ljuskoll.nlp.readers.colours import LIGHTS, colour_name
from ljuskoll.nlp.readers.pdf.boxes import centre, covers
from ljuskoll.nlp.readers.raw.lines import Line, Word, make_lines
from ljuskoll.nlp.readers.raw.page import RawPage

MIN_WIDTH, MAX_WIDTH = 0.2, 0.6
"""Shares of the page's width that a card takes."""
MIN_HEIGHT = 40.0
MIN_PLAIN = 80.0
"""Height of cards that need not have one light each: lower ones may be boxes with figures."""
MIN_LINES = 2
ALIKE = 3.0
"""Points by which edges and widths of cards in a row may differ."""
INSIDE = 0.9
"""Share of a light that lies in its card."""
EDGE = (2.0, 16.0)
"""Height of a coloured top edge, in points."""
LARGER = 1.1
"""A card's title is bold, or this much larger than the rest."""
_NUMBER = re.compile(r"(?:[^\W\d_]+ )?(?:nr\.? )?[A-ZÅÄÖ]?\d{1,3}(?:[.:]\d{1,3})*")


def card_columns(words: Sequence[Word], page: RawPage) -> list[list[Word]]:
    """The words above, in and below the cards of a page, a list for each; [] where it has none."""
    rows = _rows(page)
    cards = [card for row in rows for card in row]
    held = [[word for word in words if _is_in(word, card)] for card in cards]
    if not cards or any(word.table for some in held for word in some) or not all(map(_is_titled, held)):
        return []
    is_high = all(card[3] - card[1] >= MIN_PLAIN for card in cards)
    if not is_high and any(sum(word.mark is not None for word in some) != 1 for some in held):
        return []
    outside = [word for word in words if not any(_is_in(word, card) for card in cards)]
    if any(covers(card, word.bbox) > 0 for word in outside for card in cards):
        return []
    tops = [row[0][1] for row in rows]
    around: list[list[Word]] = [[] for _ in range(len(rows) + 1)]
    for word in outside:
        around[bisect_right(tops, centre(word.bbox)[1])].append(word)
    found, texts = [around[0]], iter(held)
    for row, below in zip(rows, around[1:], strict=True):
        found += [*islice(texts, len(row)), below]
    return [some for some in found if some]


def lit_cards(page: RawPage, marks: Sequence[Mark]) -> list[BBox]:
    """The cards of a page where each has a title and one light; then they are no columns of a table."""
    cards = [card for row in _rows(page) for card in row]
    boxes = [mark.place.bbox for mark in marks if mark.place and mark.place.bbox]
    is_lit = all(sum(covers(card, box) > INSIDE for box in boxes) == 1 for card in cards)
    is_titled = is_lit and all(_is_titled(word for word in page.words if _is_in(word, card)) for card in cards)
    return cards if is_titled else []


def top_edges(page: RawPage) -> list[Mark]:
    """The coloured top edges of a page's cards, where each of them has one in a light's colour."""
    cards = [card for row in _rows(page) for card in row]
    found = [edge for card in cards if (edge := _top_edge(card, page)) is not None]
    return found if len(found) == len(cards) else []


def _top_edge(card: BBox, page: RawPage) -> Mark | None:
    for shape in page.shapes:
        x0, top, x1, bottom = shape.bbox
        is_on_top = max(abs(x0 - card[0]), abs(x1 - card[2]), abs(top - card[1])) <= ALIKE
        if is_on_top and EDGE[0] <= bottom - top <= EDGE[1] and isinstance(shape.fill, tuple):
            colour = colour_name(shape.fill)
            if colour in LIGHTS:
                return Mark("fill", colour, "", Place(page.number, shape.bbox))
    return None


def _rows(page: RawPage) -> list[list[BBox]]:
    """The cards by the rows in which they stand, from left to right."""
    rows: defaultdict[int, list[BBox]] = defaultdict(list)
    for box in sorted({shape.bbox for shape in page.shapes}):
        is_wide = MIN_WIDTH * page.width <= box[2] - box[0] <= MAX_WIDTH * page.width
        if is_wide and box[3] - box[1] >= MIN_HEIGHT:
            rows[round(box[1] / ALIKE)].append(box)
    return [row for _, row in sorted(rows.items()) if _are_cards(row)]


def _are_cards(row: Sequence[BBox]) -> bool:
    widths = [box[2] - box[0] for box in row]
    is_apart = all(one[2] < other[0] for one, other in pairwise(row))
    return len(row) > 1 and is_apart and max(widths) - min(widths) <= ALIKE


def _is_titled(words: Iterable[Word]) -> bool:
    """Whether a text of several lines begins with one that stands out from the rest."""
    lines = [line for line in make_lines(words) if line.text]
    if len(lines) < MIN_LINES:
        return False
    if _is_number(lines[0]):
        lines = lines[1:]
    first, rest = lines[0], [line for line in lines if not _is_like(line, lines[0])]
    return bool(rest) and (first.bold or all(first.size >= LARGER * line.size for line in rest))


def _is_number(line: Line) -> bool:
    """Whether a line is a small number over the title ("Uppdrag 4")."""
    return _NUMBER.fullmatch(line.text) is not None


def _is_like(line: Line, other: Line) -> bool:
    return line.size == other.size and line.bold == other.bold


def _is_in(word: Word, card: BBox) -> bool:
    x0, top, x1, bottom = word.bbox
    return card[0] <= x0 and x1 <= card[2] and card[1] <= top and bottom <= card[3]
