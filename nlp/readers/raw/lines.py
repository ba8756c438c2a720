"""Words to lines, in the order in which a person reads them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple, TypeAlias

from ljuskoll.nlp.document import BBox, Mark, Table

SAME_LINE = 0.55
"""Share of the lower word's height that must overlap for two words to stand on one line; less for marks."""
SAME_LINE_MARK = 0.3
TOUCHING = 0.03
"""A gap narrower than this share of the font size is no space."""
WIDEST_SPACE = 0.6
NARROWEST_GUTTER = 5.5
MIN_COLUMN_LINES = 6
MIN_COLUMN_WIDTH = 80.0
FILLED_COLUMN = 0.6
"""Running text fills its column: half of the lines are at least this share of the widest."""
GUTTER = 9.0
LARGER = 1.1
"""Text this much larger than most of the page is a heading."""
LINES_BELOW = 4
"""So many lines below a heading at most come before one that shows whether the columns begin anew."""

Rule: TypeAlias = tuple[float, float, float]
"""The height of a line drawn across, and from where to where it reaches."""


class Word(NamedTuple):
    """A word, or a mark or a table that stands in the text (`text` is then empty).

    Words of a line that are set alike and stand no further apart than `widest_space` may be one, with spaces.
    """

    text: str
    bbox: BBox
    size: float = 0.0
    bold: bool = False
    coloured: bool = False
    mark: Mark | None = None
    table: Table | None = None


class Line:
    """Words on one line from left to right; never empty.

    `text` has the words with single spaces, line-end hyphens and soft hyphens still in place; `size` is the font size
    of most of the text (0 without text); `bold` says that all of the text is; `table` stands here instead of text.
    """

    __slots__ = ("bbox", "bold", "marks", "size", "table", "text", "words")

    def __init__(self, words: tuple[Word, ...]) -> None:
        first = words[0]
        self.words = words
        self.table = first.table
        if len(words) == 1:
            self.text, self.bbox, self.size = first.text, first.bbox, first.size
            self.bold = first.bold and bool(first.text)
            self.marks: tuple[Mark, ...] = (first.mark,) if first.mark else ()
            return
        self.text = " ".join([word.text for word in words if word.text])
        self.bbox = union([word.bbox for word in words])
        sizes = {word.size for word in words}
        self.size = sizes.pop() if len(sizes) == 1 else _usual_size(words)
        self.bold = bool(self.text) and all(word.bold for word in words if word.text)
        self.marks = tuple([word.mark for word in words if word.mark])

    def __repr__(self) -> str:
        return f"Line({self.words!r})"


def _usual_size(words: Iterable[Word]) -> float:
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[word.size] += len(word.text)
    return max(sizes, key=lambda size: (sizes[size], size))


def widest_space(size: float) -> float:
    """The widest gap in points that is a space between words whatever stands around it; wider ones may part columns."""
    return min(WIDEST_SPACE * size, NARROWEST_GUTTER)


def union(boxes: Iterable[BBox]) -> BBox:
    """The smallest box around all boxes."""
    x0s, tops, x1s, bottoms = zip(*boxes, strict=True)
    return min(x0s), min(tops), max(x1s), max(bottoms)


def make_lines(words: Iterable[Word]) -> list[Line]:
    """The words as lines from the top, side by side columns still on one line."""
    rows: list[list[Word]] = []
    tallest: Word | None = None
    for word in sorted(words, key=_position):
        if tallest is not None and _on_one_line(word, tallest):
            rows[-1].append(word)
            if (word.mark is None, _height(word)) > (tallest.mark is None, _height(tallest)):
                tallest = word
        else:
            rows.append([word])
            tallest = word
    return [Line(tuple(_glued(row))) for row in rows]


def _position(word: Word) -> tuple[float, float, str]:
    x0, top, _, bottom = word.bbox
    return (top if word.table else (top + bottom) / 2), x0, word.text


def _glued(row: list[Word]) -> list[Word]:
    """The words from left to right; those that touch, without room for a space, are one."""
    if len(row) == 1:
        return row
    row.sort(key=_left)
    glued = row[:1]
    for word in row[1:]:
        before = glued[-1]
        if abs(word.bbox[0] - before.bbox[2]) < TOUCHING * word.size and before.text and word.text:
            glued[-1] = before._replace(text=before.text + word.text, bbox=union((before.bbox, word.bbox)))
        else:
            glued.append(word)
    return glued


def _left(word: Word) -> float:
    return word.bbox[0]


def in_reading_order(lines: Sequence[Line], rules: Sequence[Rule] = ()) -> list[list[Line]]:
    """The lines as stretches of running text: columns side by side are parted, left before right.

    No columns stand on both sides of the gutter where one of the `rules` reaches over it.
    """
    cut = _best_cut(lines, rules)
    if cut is None:
        return [list(lines)] if lines else []
    start, end, gutter = cut
    band = lines[start:end]
    left = [Line(part) for line in band if (part := tuple(w for w in line.words if w.bbox[2] <= gutter))]
    right = [Line(part) for line in band if (part := tuple(w for w in line.words if w.bbox[2] > gutter))]
    parts = (lines[:start], left, right, lines[end:])
    return [stretch for part in parts for stretch in in_reading_order(part, rules)]


def split_at_gaps(line: Line, gap: float) -> list[Line]:
    """The line's parts between gaps wider than `gap` points."""
    words = line.words
    ends = [place for place, (left, right) in enumerate(pairwise(words), start=1) if right.bbox[0] - left.bbox[2] > gap]
    if not ends:
        return [line]
    return [Line(words[start:end]) for start, end in pairwise((0, *ends, len(words)))]


def _height(word: Word) -> float:
    return word.bbox[3] - word.bbox[1]


def _on_one_line(word: Word, other: Word) -> bool:
    if word.table or other.table:
        return False
    _, top, _, bottom = word.bbox
    _, other_top, _, other_bottom = other.bbox
    overlap = min(bottom, other_bottom) - max(top, other_top)
    share = SAME_LINE_MARK if word.mark or other.mark else SAME_LINE
    return overlap >= share * min(bottom - top, other_bottom - other_top)


def _best_cut(lines: Sequence[Line], rules: Sequence[Rule]) -> tuple[int, int, float] | None:
    """The longest band of lines (first, after last) with running text on both sides of a gutter."""
    best: tuple[int, int, int, float] | None = None
    for gutter in _gutters(lines):
        over = [y for y, x0, x1 in rules if x0 < gutter < x1]
        for start, end in _uncrossed(lines, gutter, over):
            count = _column_lines(lines[start:end], gutter)
            if count and (best is None or count > best[0]):
                best = (count, start, end, gutter)
    return best[1:] if best else None


def _gutters(lines: Sequence[Line]) -> list[float]:
    """Where columns may begin: just left of where many lines, or parts of lines after a gap, begin."""
    starts: Counter[int] = Counter()
    leftmost = min((line.bbox[0] for line in lines), default=0.0)
    for line in lines:
        for part in split_at_gaps(line, GUTTER):
            if part.bbox[0] > leftmost + MIN_COLUMN_WIDTH:
                starts[round(part.bbox[0])] += 1
    common = [start for start, count in starts.most_common(5) if count >= MIN_COLUMN_LINES - 2]
    return [start - GUTTER / 2 for start in sorted(common)]


def _uncrossed(lines: Sequence[Line], gutter: float, rules: Sequence[float]) -> list[tuple[int, int]]:
    """Stretches of lines (first, after last) with no word across the gutter and no heading of the whole page inside.

    Nor is there a rule across the gutter, at the heights `rules`.
    """
    bands: list[tuple[int, int]] = []
    large = LARGER * _usual_size(word for line in lines for word in line.words)
    start = 0
    for position, line in enumerate(lines):
        if any(word.bbox[0] < gutter + 1 and word.bbox[2] > gutter - 1 for word in line.words):
            bands.append((start, position))
            start = position + 1
        elif position > start and (
            any(lines[position - 1].bbox[1] < y < line.bbox[3] for y in rules)
            or (line.size >= large and _heads_both_columns(lines, position, gutter))
        ):
            bands.append((start, position))
            start = position
    bands.append((start, len(lines)))
    return [(first, last) for first, last in bands if last - first >= MIN_COLUMN_LINES]


def _heads_both_columns(lines: Sequence[Line], position: int, gutter: float) -> bool:
    """Whether a line to the left has white beside it, and what comes below it stands on both sides again."""
    line = lines[position]
    if not line.size or line.bbox[2] > gutter:
        return False
    _, top, _, bottom = line.bbox
    beside = (one.bbox for other in lines for one in other.words if one.bbox[2] > gutter)
    if any(one[1] < bottom + line.size / 2 and one[3] > top - line.size / 2 for one in beside):
        return False
    below = lines[position + 1 : position + 1 + LINES_BELOW]
    return any(one.bbox[2] > gutter for one in below)


def _column_lines(band: Sequence[Line], gutter: float) -> int:
    """How many lines the shorter of two columns has; 0 if these are not two columns of running text."""
    sides: tuple[list[float], list[float]] = ([], [])
    for line in band:
        for side, is_left in zip(sides, (True, False), strict=True):
            words = [word for word in line.words if (word.bbox[2] <= gutter) == is_left]
            if words:
                side.append(words[-1].bbox[2] - words[0].bbox[0])
    if min(map(len, sides)) < MIN_COLUMN_LINES:
        return 0
    widest = [max(side) for side in sides]
    filled = all(median(side) >= FILLED_COLUMN * width for side, width in zip(sides, widest, strict=True))
    return min(map(len, sides)) if filled and min(widest) >= MIN_COLUMN_WIDTH else 0
