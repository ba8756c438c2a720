"""From where to where columns reach, told by the white between the words."""

from collections.abc import Iterable, Sequence
from math import inf
from typing import TypeAlias

from ljuskoll.nlp.readers.raw.lines import Line, Word

Span: TypeAlias = tuple[float, float]
"""From where to where a column reaches, in points from the left."""

GUTTER = 7.0
"""Least white between two columns, in points."""
NARROW_GUTTER = 1.5
"""Least white before a word that begins right below a heading."""
SLACK = 3.0


def spans(words: Iterable[Word], heads: Sequence[float] = ()) -> list[Span]:
    """The stretches that these words cover, parted by gutters."""
    return merged([(word.bbox[0], word.bbox[2]) for word in words], heads)


def merged(stretches: Iterable[Span], heads: Sequence[float] = ()) -> list[Span]:
    """The stretches with those made one that no gutter parts; a narrow one does where a heading begins (`heads`)."""
    found: list[Span] = []
    for x0, x1 in sorted(stretches):
        white = x0 - found[-1][1] if found else GUTTER
        if white >= GUTTER or (white >= NARROW_GUTTER and any(abs(x0 - head) < NARROW_GUTTER for head in heads)):
            found.append((x0, x1))
        else:
            found[-1] = (found[-1][0], max(found[-1][1], x1))
    return found


def set_apart(columns: Sequence[Span]) -> list[Span]:
    """The columns with some white before each next one: the cells of ruled headings touch."""
    ends = [*(x0 - 2 * NARROW_GUTTER for x0, _ in columns[1:]), inf]
    return [(x0, min(x1, end)) for (x0, x1), end in zip(columns, ends, strict=True)]


def fits(line: Line, columns: Sequence[Span]) -> bool:
    """Whether the line's parts stand in at least two of the columns and reach over none."""
    spots = [spot(part, columns) for part in spans(line.words)]
    return len(set(spots)) >= 2 and None not in spots


def begin_alike(columns: Sequence[Span], others: Sequence[Span]) -> bool:
    """Whether these are as many columns as the others and begin at the same places."""
    return len(columns) == len(others) and all(
        abs(one[0] - other[0]) <= SLACK for one, other in zip(columns, others, strict=True)
    )


def spot(span: Span, columns: Sequence[Span]) -> int | None:
    """The number of the column that the stretch stands in; None where it stands in none."""
    return next(
        (place for place, (x0, x1) in enumerate(columns) if x0 - SLACK <= span[0] and span[1] <= x1 + 2 * SLACK), None
    )
