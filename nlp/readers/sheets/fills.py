"""Which painted cells and heavy borders of a table are lights: those that stand out from their row and column."""

from collections import Counter
from collections.abc import Sequence

from ljuskoll.nlp.document import MarkColour
from ljuskoll.nlp.readers.colours import LIGHTS, colour_name
from ljuskoll.nlp.readers.office.palette import RGB
from ljuskoll.nlp.readers.sheets.looks import Looks
from ljuskoll.nlp.readers.sheets.refs import Spot


def find_lights(looks: Looks, rows: Sequence[int], columns: Sequence[int], header_rows: int) -> dict[Spot, MarkColour]:
    """The colours of the cells whose paint says something. Headings, stripes and painted columns say nothing.

    The colour of a whole row is that of its first cell and of its empty ones: it is nothing that the texts say.
    """
    body = rows[max(1, header_rows) :] if len(columns) > 2 or header_rows else rows
    painted = {(row, c): paint for row in rows for c in columns if (paint := looks.at((row, c)).fill) is not None}
    design = {column for column in columns if _is_painted_column(looks, painted, rows, column)}
    whole = {row: paint for row in body if (paint := _paint_of_row(painted, row, columns)) is not None}
    tells = _rows_tell(whole, body)
    found: dict[Spot, MarkColour] = {}
    for row in body:
        for column in columns:
            spot = row, column
            paint = painted.get(spot)
            if paint is None or column in design:
                continue
            if whole.get(row) == paint and not (tells and (column == columns[0] or not looks.at(spot).text)):
                continue
            if spot not in looks.covered and (name := colour_name(paint)) is not None:
                found[spot] = name
    found = _edges(looks, rows, body, columns) | found
    lit = {column for (_, column), name in found.items() if name in LIGHTS}
    return {spot: name for spot, name in found.items() if name != "grey" or spot[1] in lit}


def _edges(looks: Looks, rows: Sequence[int], body: Sequence[int], columns: Sequence[int]) -> dict[Spot, MarkColour]:
    """Lights drawn as a heavy left border; one that the first row has too is the table's frame."""
    found: dict[Spot, MarkColour] = {}
    for column in columns:
        frame = looks.at((rows[0], column)).edge
        for row in body:
            edge = looks.at((row, column)).edge
            if edge is not None and edge != frame and (name := colour_name(edge)) is not None:
                found[row, column] = name
    lit = {column for (_, column), name in found.items() if name in LIGHTS}
    return {spot: name for spot, name in found.items() if spot[1] in lit}


def _is_painted_column(looks: Looks, painted: dict[Spot, RGB], rows: Sequence[int], column: int) -> bool:
    """Texts on one paint from the heading to the end."""
    paints = {painted.get((row, column)) for row in rows}
    return len(rows) >= 3 and len(paints) == 1 and None not in paints and all(looks.at((r, column)).text for r in rows)


def _paint_of_row(painted: dict[Spot, RGB], row: int, columns: Sequence[int]) -> RGB | None:
    """The paint of more than half of a row, if any."""
    counts = Counter(painted[row, column] for column in columns if (row, column) in painted)
    paint, count = counts.most_common(1)[0] if counts else (None, 0)
    return paint if count >= 2 and 2 * count > len(columns) else None


def _rows_tell(whole: dict[int, RGB], body: Sequence[int]) -> bool:
    """Whether whole rows are painted as lights: in two or three of their colours, no others, and not in turns."""
    names = [colour_name(whole[row]) if row in whole else None for row in body]
    kinds = set(names) - {None}
    if not kinds <= LIGHTS or len(kinds) < 2:
        return False
    return len(body) < 4 or any(names[i] != names[i + 2] for i in range(len(names) - 2))
