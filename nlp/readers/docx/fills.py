"""Which shaded cells of a table may be a status, and which are the table's design."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import TypeAlias

from ljuskoll.nlp.document import MarkColour
from ljuskoll.nlp.readers.colours import LIGHTS, RGB, colour_name

Spot: TypeAlias = tuple[int, int]
"""Row and column of a cell."""

MIN_COLUMN = 3
"""So many cells of one colour from the heading on make a coloured column."""


def status_fills(
    rows: Sequence[Collection[int]], written: Collection[Spot], shades: Mapping[Spot, RGB], header_rows: int
) -> dict[Spot, MarkColour]:
    """The colours of cells that their shade singles out.

    `rows` holds the columns in which cells of each row begin, `written` the cells with text. Headings, banded rows
    and coloured columns are design; whole rows are not where rows of several texts have different lights.
    """
    named = {spot: name for spot, rgb in shades.items() if (name := colour_name(rgb)) is not None}
    striped = {row for row in range(header_rows, len(rows)) if _is_striped(row, rows[row], shades)}
    lights = {
        row: named.get((row, min(rows[row])))
        for row in striped
        if row > 0 and sum((row, column) in written for column in rows[row]) > 1
    }
    lit = {row for row, colour in lights.items() if colour in LIGHTS}
    told = striped - lit if len({lights[row] for row in lit}) > 1 else striped
    columns = _coloured_columns(rows, written, shades)
    kept = {
        (row, column): name
        for (row, column), name in named.items()
        if row >= header_rows and row not in told and column not in columns
    }
    lit_columns = {column for (_, column), name in kept.items() if name in LIGHTS}
    return {spot: name for spot, name in kept.items() if name != "grey" or spot[1] in lit_columns}


def _is_striped(row: int, columns: Collection[int], shades: Mapping[Spot, RGB]) -> bool:
    """Whether most of a row has the colour of its first cell. Lights side by side leave the title's cell out."""
    first = shades.get((row, min(columns, default=0)))
    paints = Counter(shades.get((row, column)) for column in columns)
    return first is not None and paints[first] >= 2 and 2 * paints[first] > len(columns)


def _coloured_columns(
    rows: Sequence[Collection[int]], written: Collection[Spot], shades: Mapping[Spot, RGB]
) -> frozenset[int]:
    """Columns of texts that have one colour from their heading on."""
    spots: dict[int, list[Spot]] = {}
    for row, columns in enumerate(rows):
        for column in columns:
            spots.setdefault(column, []).append((row, column))
    return frozenset(
        column
        for column, own in spots.items()
        if len(own) >= MIN_COLUMN
        and all(spot in written and spot in shades for spot in own)
        and len({shades[spot] for spot in own}) == 1
    )
