"""Where the rows of a table without rules begin: below rules, after wider spaces, or at lights."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from ljuskoll.nlp.readers.pdf.cells import Edge
from ljuskoll.nlp.readers.pdf.spans import SLACK, Span
from ljuskoll.nlp.readers.raw.lines import Line, Word
from ljuskoll.nlp.vocabulary.scales import usual_scale

WIDE_RULE = 0.6
"""Share of the table's width that a rule between rows takes."""
ROW_GAP = 0.3
"""How much more than the smallest space between lines parts rows, as a share of the font size."""
REACH = 10.0
"""Points before the beginning of a column from where on a word that goes on over it stands in another one."""
BESIDE = 0.3
"""Share of the font size by which a line that stands beside the one above reaches up into it at least."""


def row_starts(
    lines: Sequence[Line], heading_lines: int, sections: set[int], columns: Sequence[Span], rules: Sequence[Edge]
) -> list[int]:
    """Where rows begin: below rules or after wider spaces, unless these leave two lights in one row; then at these."""
    around = sections | {section + 1 for section in sections if section + 1 < len(lines)}
    ruled = _ruled_starts(lines, columns, rules)
    heading_lines = min([heading_lines, *ruled])
    by_rule = sorted({0, *ruled, *around})
    if len(ruled) > 1 and len(by_rule) == len(lines):
        return by_rule
    lights = [number for number, line in enumerate(lines) if number >= heading_lines and has_light(line, columns)]
    if len(ruled) > 1 and not _is_crowded(by_rule, lights, len(lines)):
        return by_rule
    by_space = _starts_by_space(lines, sections)
    if not _is_crowded(by_space, lights, len(lines)) and (lights or len(by_space) > 2):
        return by_space
    opened = {
        number
        for number, line in enumerate(lines)
        if (number in lights and _opens(line, columns, 2)) or (not lights and _opens(line, columns, len(columns) - 1))
    }
    opened = {_top(number, lines) for number in opened}
    after_heading = {heading_lines} if heading_lines < len(lines) else set()
    return sorted({0} | opened | after_heading | around)


def _top(number: int, lines: Sequence[Line]) -> int:
    """The first line of a row: lines half a line apart are cells of one, each set in the middle of its height."""
    while number and lines[number].bbox[1] < lines[number - 1].bbox[3] - BESIDE * max(lines[number].size, 6.0):
        number -= 1
    return number


def _ruled_starts(lines: Sequence[Line], columns: Sequence[Span], rules: Sequence[Edge]) -> list[int]:
    """The lines that begin below a rule through most of the table."""
    x0, x1 = columns[0][0], columns[-1][1]
    heights = sorted(y for y, left, right in rules if min(right, x1) - max(left, x0) >= WIDE_RULE * (x1 - x0))
    middles = [(line.bbox[1] + line.bbox[3]) / 2 for line in lines]
    return [
        number
        for number, (above, middle) in enumerate(pairwise(middles), start=1)
        if any(above < y < middle for y in heights)
    ]


def _is_crowded(starts: Sequence[int], lights: Sequence[int], end: int) -> bool:
    """Whether some row has more than one line with a light."""
    return any(sum(first <= light < last for light in lights) > 1 for first, last in pairwise([*starts, end]))


def _starts_by_space(lines: Sequence[Line], sections: set[int]) -> list[int]:
    spaces: list[float] = []
    heights = [_height(line) for line in lines]
    bottom = heights[0][1]
    for top, end in heights[1:]:
        spaces.append(top - bottom)
        bottom = max(bottom, end)
    closest = min((max(space, 0.0) for space in spaces), default=0.0)
    starts = [0]
    for number, (space, (above, line)) in enumerate(zip(spaces, pairwise(lines), strict=True), start=1):
        is_heading_over = above.bold and not line.bold and starts == [0]
        around = number in sections or number - 1 in sections
        if around or is_heading_over or space > closest + ROW_GAP * max(line.size, 6.0):
            starts.append(number)
    return starts


def _height(line: Line) -> tuple[float, float]:
    """From where to where the line's words in its usual size reach: a larger sign makes no line higher."""
    boxes = [word.bbox for word in line.words if word.text and word.size == line.size] or [line.bbox]
    return min(box[1] for box in boxes), max(box[3] for box in boxes)


def parts_by_column(line: Line, columns: Sequence[Span]) -> list[list[Word]]:
    """The line's words by column; what reaches over several stands where it begins."""
    parts: list[list[Word]] = [[] for _ in columns]
    for word in line.words:
        begin, end = word.bbox[0], word.bbox[2]
        reaches_over = any(begin + REACH < x0 < end for x0, _ in columns)
        at = begin if reaches_over else (begin + end) / 2
        place = max((p for p, (x0, _) in enumerate(columns) if x0 - SLACK <= at), default=0)
        parts[place].append(word)
    return parts


def has_light(line: Line, columns: Sequence[Span]) -> bool:
    """Whether a line has a mark, or in one of the columns the word for a light."""
    for part in parts_by_column(line, columns):
        if any(word.mark is not None for word in part):
            return True
        text = " ".join(word.text for word in part if word.text)
        if text and not (text[0].islower() and text[-1] == ".") and _is_light(text):
            return True
    return False


@lru_cache(maxsize=4096)
def _is_light(text: str) -> bool:
    return usual_scale().read(text) is not None


def _opens(line: Line, columns: Sequence[Span], least: int) -> bool:
    """Whether at least so many columns have text here and all of it begins as cells do."""
    texts = [part[0].text for part in parts_by_column(line, columns) if part and part[0].text]
    marks = sum(word.mark is not None for word in line.words)
    return len(texts) + marks >= least and bool(texts) and not any(text[:1].islower() for text in texts)
