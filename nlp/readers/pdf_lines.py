"""Characters to words and lines, in the order in which a person reads them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from pdfplumber.utils.text import extract_words

from ljuskoll.nlp.document import BBox, Mark, Table
from ljuskoll.nlp.readers.clean import clean_text
from ljuskoll.nlp.readers.pdf_colours import colour_name, paint_rgb
from ljuskoll.nlp.readers.pdf_file import Drawn

WORD_GAP = 0.15
"""A gap wider than this share of the font size parts words; written spaces part them anyway."""
SAME_LINE = 0.55
"""Share of the lower word's height that must overlap for two words to stand on one line; less for marks."""
SAME_LINE_MARK = 0.3
_BOLD = ("bold", "black", "heavy", "semibold", "demi")
_ROUND_BULLET = "◦"
"""Word processors draw it as a lone "o" in Courier."""
MIN_COLUMN_LINES = 6
MIN_COLUMN_WIDTH = 80.0
FILLED_COLUMN = 0.6
"""Running text fills its column: half of the lines are at least this share of the widest."""
GUTTER = 9.0


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or a mark or a table that stands in the text (`text` is then empty)."""

    text: str
    bbox: BBox
    size: float = 0.0
    bold: bool = False
    coloured: bool = False
    mark: Mark | None = None
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one line from left to right; never empty."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words with single spaces, line-end hyphens and soft hyphens still in place."""
        return " ".join(word.text for word in self.words if word.text)

    @property
    def bbox(self) -> BBox:
        """The box around all words."""
        return union(word.bbox for word in self.words)

    @property
    def size(self) -> float:
        """The font size of most of the text; 0 without text."""
        sizes: Counter[float] = Counter()
        for word in self.words:
            sizes[word.size] += len(word.text)
        return max(sizes, key=lambda size: (sizes[size], size))

    @property
    def bold(self) -> bool:
        """Whether all of the text is bold."""
        return all(word.bold for word in self.words if word.text) and bool(self.text)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks on the line, from left to right."""
        return tuple(word.mark for word in self.words if word.mark is not None)

    @property
    def table(self) -> Table | None:
        """The table that stands here instead of text."""
        return self.words[0].table


def union(boxes: Iterable[BBox]) -> BBox:
    """The smallest box around all boxes."""
    x0s, tops, x1s, bottoms = zip(*boxes, strict=True)
    return min(x0s), min(tops), max(x1s), max(bottoms)


def box_of(drawn: Drawn) -> BBox:
    """The box of a drawn object."""
    return float(drawn["x0"]), float(drawn["top"]), float(drawn["x1"]), float(drawn["bottom"])


def make_words(chars: Sequence[Drawn]) -> list[Word]:
    """All words of these characters; a line of turned text is one word."""
    upright = [char for char in chars if char["upright"]]
    words = extract_words(upright, x_tolerance_ratio=WORD_GAP, expand_ligatures=False, return_chars=True)
    for turned, direction in ((False, "ttb"), (True, "btt")):
        group = [char for char in chars if not char["upright"] and (char["matrix"][1] > 0) == turned]
        words += extract_words(
            group, keep_blank_chars=True, char_dir_rotated=direction, line_dir_rotated="ltr", return_chars=True
        )
    return [_word(word) for word in words if word["text"].strip()]


def _word(word: Drawn) -> Word:
    chars: list[Drawn] = word["chars"]
    sizes = Counter(round(float(char["size"]) * 2) / 2 for char in chars)
    bold = sum(any(name in str(char["fontname"]).lower() for name in _BOLD) for char in chars)
    text = " ".join(_without_inner_soft_hyphens(word["text"]).split())
    size = max(sizes, key=lambda size: (sizes[size], size))
    if text == "o" and "courier" in str(chars[0]["fontname"]).lower():
        text = _ROUND_BULLET
    coloured = colour_name(paint_rgb(chars[0].get("non_stroking_color"))) is not None
    return Word(text, box_of(word), size, 2 * bold > len(chars), coloured)


def _without_inner_soft_hyphens(text: str) -> str:
    """`clean_text`, but a soft hyphen at the end stays: the next line continues the word."""
    return clean_text(text) + ("\u00ad" if text.endswith("\u00ad") else "")


def make_lines(words: Iterable[Word]) -> list[Line]:
    """The words as lines from the top, side by side columns still on one line."""
    rows: list[list[Word]] = []
    tallest: Word | None = None
    for word in sorted(words, key=lambda word: (_middle(word), word.bbox[0], word.text)):
        if tallest is not None and _on_one_line(word, tallest):
            rows[-1].append(word)
            tallest = max(tallest, word, key=lambda one: (one.mark is None, _height(one)))
        else:
            rows.append([word])
            tallest = word
    return [Line(tuple(sorted(row, key=lambda word: word.bbox[0]))) for row in rows]


def in_reading_order(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines as stretches of running text: columns side by side are parted, left before right."""
    cut = _best_cut(lines)
    if cut is None:
        return [list(lines)] if lines else []
    start, end, gutter = cut
    band = lines[start:end]
    left = [Line(part) for line in band if (part := tuple(w for w in line.words if w.bbox[2] <= gutter))]
    right = [Line(part) for line in band if (part := tuple(w for w in line.words if w.bbox[2] > gutter))]
    parts = (lines[:start], left, right, lines[end:])
    return [stretch for part in parts for stretch in in_reading_order(part)]


def split_at_gaps(line: Line, gap: float) -> list[Line]:
    """The line's parts between gaps wider than `gap` points."""
    parts = [[line.words[0]]]
    for before, word in zip(line.words, line.words[1:], strict=False):
        if word.bbox[0] - before.bbox[2] > gap:
            parts.append([])
        parts[-1].append(word)
    return [Line(tuple(part)) for part in parts]


def _height(word: Word) -> float:
    return word.bbox[3] - word.bbox[1]


def _middle(word: Word) -> float:
    return word.bbox[1] if word.table else (word.bbox[1] + word.bbox[3]) / 2


def _on_one_line(word: Word, other: Word) -> bool:
    if word.table or other.table:
        return False
    overlap = min(word.bbox[3], other.bbox[3]) - max(word.bbox[1], other.bbox[1])
    share = SAME_LINE_MARK if word.mark or other.mark else SAME_LINE
    return overlap >= share * min(_height(word), _height(other))


def _best_cut(lines: Sequence[Line]) -> tuple[int, int, float] | None:
    """The longest band of lines (first, after last) with running text on both sides of a gutter."""
    best: tuple[int, int, int, float] | None = None
    for gutter in _gutters(lines):
        for start, end in _uncrossed(lines, gutter):
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


def _uncrossed(lines: Sequence[Line], gutter: float) -> list[tuple[int, int]]:
    bands: list[tuple[int, int]] = []
    start = 0
    for position, line in enumerate(lines):
        if any(word.bbox[0] < gutter + 1 and word.bbox[2] > gutter - 1 for word in line.words):
            bands.append((start, position))
            start = position + 1
    bands.append((start, len(lines)))
    return [(first, last) for first, last in bands if last - first >= MIN_COLUMN_LINES]


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
