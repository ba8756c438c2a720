"""Bands of lines that keep to the same columns, and where they end."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf

from ljuskoll.nlp.document import Table
from ljuskoll.nlp.readers.pdf.cells import Edge
from ljuskoll.nlp.readers.pdf.headings import are_headings, heading_lines, heading_parts
from ljuskoll.nlp.readers.pdf.rules import HIGHEST_ROW
from ljuskoll.nlp.readers.pdf.spans import GUTTER, NARROW_GUTTER, SLACK, Span, fits, merged, spans, spot
from ljuskoll.nlp.readers.pdf.unruled_rows import has_light
from ljuskoll.nlp.readers.raw.lines import Line, split_at_gaps

FAR = 3.0
"""White between two lines, in font sizes, that ends a table; before a row below ruled headings twice as much, at the
foot of the page less."""
FAR_AT_FOOT = 1.2
FOOT = 0.93
MIN_COLUMNS, MIN_ROWS = 3, 3
"""Of a table whose headings we do not know."""
LARGER = 1.2
"""A single line this much larger than the one above ends a table."""
PADDING = 10.0
"""How far from its cell's side text may begin."""
SHORT = 90
"""Characters of a line that can stand as a heading between rows."""


@dataclass(slots=True)
class Band:
    """Lines that keep to the same columns; `sections` are single lines across them, headings between rows.

    `heads` are where the headings begin: what begins there too is another column, however near. `heading_lines`: so
    many lines are headings that we know; or, in `headings`, a ruled
    row of headings is the first line, and its cells are the columns. `least_rows` with two filled cells make a table.
    """

    start: int
    end: int
    columns: list[Span]
    is_known: bool
    heads: tuple[float, ...] = ()
    heading_lines: int = 0
    headings: Table | None = None
    least_rows: int = MIN_ROWS
    sections: set[int] = field(default_factory=set)

    @property
    def least_lines(self) -> int:
        """So many lines make a table: below ruled headings, and where a table goes on, a row may be a single line."""
        goes_on = self.is_known and not self.heading_lines
        return 1 if self.headings or (goes_on and self.least_rows == 1) else 2

    def spans(self, line: Line) -> list[Span]:
        """The stretches of one line that stand in columns of their own."""
        return [(word.bbox[0], word.bbox[2]) for word in line.words] if self.headings else spans(line.words, self.heads)

    def fits(self, line: Line) -> bool:
        """Whether the line's parts stand in at least two of the columns and reach over none."""
        return _fills_columns((line,), self)

    def reach(self) -> list[Span]:
        """The columns; below known headings each may fill the room up to the next."""
        if not self.is_known or self.headings:
            return self.columns
        ends = [*(x0 - GUTTER for x0, _ in self.columns[1:]), inf]
        return [(x0, max(x1, end)) for (x0, x1), end in zip(self.columns, ends, strict=True)]


def find_band(
    lines: Sequence[Line],
    start: int,
    height: float,
    before: Sequence[Span],
    rules: Sequence[Edge],
    marked: Sequence[float],
) -> Band | None:
    """The lines from `start` on that keep to the same columns; `marked` is where columns begin in any case.

    `before` are the columns of a table at the end of the page before.
    """
    band = _opened(lines, start, before, marked)
    if band is None:
        return None
    for position in range(start + 1, len(lines)):
        line = lines[position]
        if line.table is not None or (not band.is_known and heading_lines(lines, position)):
            break
        if _heads_same_again(lines, position, band):
            break
        if not _is_in_ruled_row(lines, position, band, rules) and (
            _is_far(lines, position, height, band, rules) or _is_heading_below(lines, position, band)
        ):
            break
        if not _add(band, line, position) and not _is_wide_cell(line, band, rules):
            following = lines[position + 1] if position + 1 < len(lines) else None
            if following is None or not _is_section(line, following, band):
                break
            band.sections.add(position)
        band.end = position + 1
    return band


def _opened(lines: Sequence[Line], start: int, before: Sequence[Span], marked: Sequence[float]) -> Band | None:
    """The band that may begin with the line at `start`."""
    first = lines[start]
    if first.table is not None:
        ruled = ruled_columns(first)
        least = 1 if before else 2
        return Band(start, start + 1, ruled, True, headings=first.table, least_rows=least) if ruled else None
    headings = heading_lines(lines, start)
    parts = heading_parts(first) if headings else split_at_gaps(first, GUTTER)
    if len(parts) < 2:
        return None
    goes_on = fits(first, before)
    is_known = goes_on or headings > 0
    over = _heads_of_marks(lines[start : start + headings], lines)
    own = sorted({*marked, *over, *(part.bbox[0] for part in parts)}) if headings else marked
    columns = list(before) if goes_on else spans(first.words, own)
    heads = (*(x0 for x0, _ in columns), *over, *marked) if is_known else tuple(marked)
    is_enough = bool(before) if headings else goes_on and _is_whole_row(first, before)
    least = MIN_ROWS if not is_known else 1 if is_enough else 2
    return Band(start, start + 1, columns, is_known, heads, headings, least_rows=least)


def _is_whole_row(line: Line, columns: Sequence[Span]) -> bool:
    """Whether a line begins every column of a table and has a light: it is a row, even if no other follows."""
    filled = {spot(part, columns) for part in spans(line.words)}
    return len(columns) >= MIN_COLUMNS and filled == set(range(len(columns))) and has_light(line, columns)


def ruled_columns(line: Line) -> list[Span]:
    """The columns of a ruled row of headings that we know, which stands here without the rows below; else []."""
    if line.table is None or len(line.table.rows) > 1:
        return []
    cells = line.table.rows[0]
    boxes = [cell.place.bbox for cell in cells if cell.place and cell.place.bbox]
    if len(boxes) < len(cells) or not are_headings(cell.text for cell in cells):
        return []
    return [(box[0], box[2]) for box in boxes]


def _heads_of_marks(headings: Sequence[Line], lines: Sequence[Line]) -> list[float]:
    """Where words begin that stand over marks of their own, as the word before them does ("Trend Uppnått")."""
    marks = {word.bbox[0] for line in lines for word in line.words if word.mark is not None} if headings else set()
    heads: list[float] = []
    for line in headings:
        over = [any(word.bbox[0] <= start <= word.bbox[2] for start in marks) for word in line.words]
        heads += [word.bbox[0] for at, word in enumerate(line.words) if at and over[at - 1] and over[at]]
    return heads


def mark_heads(lines: Sequence[Line]) -> list[float]:
    """Where marks stand below each other, and where the words after them begin: a light has a column of its own."""
    starts: list[float] = []
    for line in lines:
        for number, word in enumerate(line.words):
            if word.mark is not None:
                starts += [one.bbox[0] for one in line.words[number : number + 2]]
    return [start for start in starts if sum(abs(start - other) < NARROW_GUTTER for other in starts) > 1]


def _add(band: Band, line: Line, position: int) -> bool:
    """Take the line into the band, unless it reaches over columns that other lines keep apart."""
    if band.headings:
        return all(spot(span, band.columns) is not None for span in band.spans(line))
    columns = merged([*band.columns, *spans(line.words, band.heads)], band.heads)
    joined = [sum(low <= x0 and x1 <= high for x0, x1 in band.columns) for low, high in columns]
    if any(count > 1 for count in joined) and (band.is_known or position > band.start + 1):
        return False
    if len(columns) < (2 if band.is_known else MIN_COLUMNS):
        return False
    band.columns = columns
    return True


def _is_far(lines: Sequence[Line], position: int, height: float, band: Band, rules: Sequence[Edge]) -> bool:
    above, line = lines[position - 1], lines[position]
    size = max(line.size, 6.0)
    space = line.bbox[1] - max(one.bbox[3] for one in lines[max(band.start, position - 3) : position])
    far = FAR * size * (2 if band.headings and band.fits(line) else 1)
    if space > far and not _is_ruled_off(above, line, band, rules):
        return True
    if 0 < LARGER * above.size < line.size and len(split_at_gaps(line, GUTTER)) == 1:
        return True
    is_at_foot = space > FAR_AT_FOOT * size and line.bbox[1] > FOOT * height
    return is_at_foot and len(split_at_gaps(line, GUTTER)) <= 2


def _is_ruled_off(above: Line, line: Line, band: Band, rules: Sequence[Edge]) -> bool:
    """Whether a rule as wide as the table stands between two lines, and the lower one is a row."""
    is_ruled = any(above.bbox[1] < y < line.bbox[3] for y in _wide_rules(band, rules))
    return is_ruled and len(band.spans(line)) > 1


def _wide_rules(band: Band, rules: Sequence[Edge]) -> list[float]:
    """The heights of the rules that are as wide as the table, from the top."""
    x0, x1 = band.columns[0][0], band.columns[-1][1]
    return sorted(y for y, left, right in rules if left <= x0 + SLACK and right >= x1 - SLACK)


def _is_in_ruled_row(lines: Sequence[Line], position: int, band: Band, rules: Sequence[Edge]) -> bool:
    """Whether a line stands in a row between two rules below known headings, however much white is around it.

    Spreadsheets are printed with rows that are far higher than their text. The row fills two columns, or the line is
    all there is between the rules and heads such a row.
    """
    if not band.is_known:
        return False
    heights = [y for y in _wide_rules(band, rules) if y > lines[band.start].bbox[1]]
    row = bisect_left(heights, _middle(lines[position]))
    if not 0 < row < len(heights):
        return False
    inside = _between(lines, heights, row)
    heads = inside[0].bbox[0] <= band.columns[0][0] + SLACK if len(inside) == 1 else False
    below = _between(lines, heights, row + 1) if heads and row + 1 < len(heights) else []
    return _fills_columns(inside, band) or _fills_columns(below, band)


def _is_wide_cell(line: Line, band: Band, rules: Sequence[Edge]) -> bool:
    """Whether a line below ruled headings begins where a column does and goes on over others, between two rules."""
    if not band.headings or len(band.spans(line)) != 1:
        return False
    heights = _wide_rules(band, rules)
    row = bisect_left(heights, _middle(line))
    begins = any(-SLACK <= line.bbox[0] - x0 <= PADDING for x0, _ in band.columns)
    return begins and 0 < row < len(heights) and heights[row] - heights[row - 1] <= HIGHEST_ROW


def _fills_columns(lines: Sequence[Line], band: Band) -> bool:
    """Whether lines stand together in at least two of the columns and reach over none."""
    spots = {spot(span, band.reach()) for line in lines for span in band.spans(line)}
    return len(spots) >= 2 and None not in spots


def _between(lines: Sequence[Line], heights: Sequence[float], row: int) -> list[Line]:
    """The lines between one of the rules and the one above it, where these are no further apart than a row is high."""
    upper, lower = heights[row - 1], heights[row]
    return [line for line in lines if upper < _middle(line) < lower] if lower - upper <= HIGHEST_ROW else []


def _middle(line: Line) -> float:
    return (line.bbox[1] + line.bbox[3]) / 2


def _is_heading_below(lines: Sequence[Line], position: int, band: Band) -> bool:
    """Whether a bold line in the first column alone ends the table: what comes after it is no row."""
    line, above = lines[position], lines[position - 1]
    if not line.bold or above.bold:
        return False
    spans = band.spans(line)
    if len(spans) != 1 or spot(spans[0], band.columns[:1]) is None:
        return False
    return position + 1 == len(lines) or not band.fits(lines[position + 1])


def _heads_same_again(lines: Sequence[Line], position: int, band: Band) -> bool:
    """Whether a line of its own stands over the band's headings once more: it heads another table."""
    if not band.heading_lines or position + 1 >= len(lines) or len(split_at_gaps(lines[position], GUTTER)) > 1:
        return False
    return lines[position].bold and lines[position + 1].text == lines[band.start].text


def _is_section(line: Line, following: Line, band: Band) -> bool:
    """One short line from the left edge across the columns, with a row right after it."""
    indent = line.bbox[0] - band.columns[0][0]
    if (
        len(spans(line.words)) != 1
        or len(line.text) > SHORT
        or not -SLACK <= indent <= (PADDING if band.headings else SLACK)
    ):
        return False
    return following.table is None and band.fits(following)
