"""Pages set in columns of running text, with a table in one of them that must not reach over the gutter."""

from collections.abc import Sequence
from itertools import pairwise

from ljuskoll.nlp.readers.pdf.headings import are_headings, heading_lines, is_known
from ljuskoll.nlp.readers.raw.lines import Line, Rule, Word, in_reading_order

LINES_BESIDE = 3
"""So many lines of running text at least stand in the other column above the table's headings."""


def text_columns(lines: Sequence[Line], rules: Sequence[Rule] = ()) -> list[list[Word]]:
    """The words of each stretch of a page of two columns, where headings of a table stand in one of them; else []."""
    stretches = in_reading_order(lines, rules)
    for left, right in pairwise(stretches):
        gutter = _gutter(left, right)
        if gutter is None or any(_heads_both_sides(line, gutter) for line in lines):
            continue
        if any(_heads_one_side(line, gutter, left, right) for line in lines):
            return [[word for line in stretch for word in line.words] for stretch in stretches]
    return []


def _gutter(left: Sequence[Line], right: Sequence[Line]) -> float | None:
    """The middle of the white between two stretches; None where they do not stand side by side."""
    x1, x0 = max(line.bbox[2] for line in left), min(line.bbox[0] for line in right)
    return (x0 + x1) / 2 if x1 < x0 and right[0].bbox[1] < left[-1].bbox[3] else None


def _sides(line: Line, gutter: float) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    left = tuple(word for word in line.words if word.bbox[2] <= gutter)
    return left, tuple(word for word in line.words if word.bbox[2] > gutter)


def _heads_both_sides(line: Line, gutter: float) -> bool:
    """Whether headings of one table stand on both sides: it reaches over the gutter.

    Two tables beside each other have the same headings; lights in words ("Uppfyllt", "Delvis uppfyllt") head nothing.
    """
    left, right = ([word.text for word in side if word.bold and is_known(word.text)] for side in _sides(line, gutter))
    return bool(left and right) and left != right and are_headings(left + right)


def _heads_one_side(line: Line, gutter: float, left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether bold headings of columns that we know stand on one side, beside running text on the other."""
    on_left, on_right = _sides(line, gutter)
    for heads, beside in ((on_left, right), (on_right, left)):
        above = sum(one.bbox[3] <= line.bbox[1] for one in beside)
        is_bold = all(word.bold for word in heads if word.text)
        if heads and is_bold and above >= LINES_BESIDE and heading_lines((Line(heads),), 0):
            return True
    return False
