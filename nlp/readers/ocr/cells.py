"""Reading the text of a page whose rules and painted areas are known: ruled cells one by one, the rest as a page."""

from collections.abc import Iterable, Sequence

import numpy as np
from PIL import Image
from scipy import ndimage

from ljuskoll.nlp.readers.ocr.colours import Patch
from ljuskoll.nlp.readers.ocr.grounds import WHITE, is_bar
from ljuskoll.nlp.readers.ocr.rules import REACH, Rules
from ljuskoll.nlp.readers.ocr.sheet import INK, PIXELS_A_POINT, Bytes, PixelBox
from ljuskoll.nlp.readers.ocr.tesseract import SeenWord, recognise
from ljuskoll.nlp.readers.ocr.words import is_sure, sign_in

LARGEST_CELL = 0.45
"""Share of the page; a larger box is a frame around the page."""
SMALLEST_CELL = round(6 * PIXELS_A_POINT)
MARGIN = 9
"""Pixels around the ink of a cell: dots above letters may be too faint to count as ink."""
CELL_GAP = 24
"""White pixels between the cells that are read as one column."""
DOUBTFUL, FEW, ENLARGED = 70.0, 6, 1.5
"""Cells of so few words, one of them read with less confidence, are read again so much larger."""
SIGN = round(26 * PIXELS_A_POINT)
"""Cells with so little in them may hold a sign."""


def read_text(grey: Bytes, cells: Sequence[PixelBox], seconds: float) -> list[SeenWord]:
    """All words in a picture of nothing but text; no line goes over the edge of one of the cells."""
    rest = grey.copy()
    for left, top, right, bottom in cells:
        rest[top:bottom, left:right] = WHITE
    seen = recognise(Image.fromarray(rest), "page", seconds) if (rest < INK).any() else []
    lines = max((word.line for word in seen), default=0)
    written = [trimmed for cell in cells if (trimmed := _trimmed(cell, grey)) is not None]
    for cell, words in zip(written, _read_twice(written, grey, seconds), strict=True):
        found = _sign_or_text(cell, words, grey)
        numbers = {line: lines + place for place, line in enumerate(dict.fromkeys(word.line for word in found), 1)}
        lines += len(numbers)
        seen += [word._replace(line=numbers[word.line]) for word in found]
    return seen


def enclosed(rules: Rules, patches: Iterable[Patch], shape: tuple[int, ...]) -> list[PixelBox]:
    """The cells that rules and coloured bars enclose, from the top; a box around boxes is none."""
    walls = np.zeros(shape, dtype=bool)
    for left, top, right, bottom in rules.across:
        walls[top:bottom, max(0, left - REACH) : right + REACH] = True
    for left, top, right, bottom in (*rules.upright, *(patch.box for patch in patches if is_bar(patch))):
        walls[max(0, top - REACH) : bottom + REACH, left:right] = True
    labels, _ = ndimage.label(~walls[::2, ::2])
    cells = []
    for index, (rows, columns) in enumerate(ndimage.find_objects(labels), start=1):
        height, width = rows.stop - rows.start, columns.stop - columns.start
        is_large = height * width > LARGEST_CELL * labels.size
        if min(height, width) * 2 >= SMALLEST_CELL and not is_large and (labels[rows, columns] == index).mean() > 0.9:
            cells.append((columns.start * 2, rows.start * 2, columns.stop * 2, rows.stop * 2))
    return sorted(cells, key=lambda cell: (cell[1], cell[0]))


def _read_twice(cells: Sequence[PixelBox], grey: Bytes, seconds: float) -> list[list[SeenWord]]:
    """The words of each cell; where few are read with doubt, the cell is read again, enlarged."""
    words = _read_cells(cells, grey, seconds)
    again = [place for place, seen in enumerate(words) if len(seen) <= FEW and _confidence(seen) < DOUBTFUL]
    for place, seen in zip(again, _read_cells([cells[place] for place in again], grey, seconds, ENLARGED), strict=True):
        words[place] = max(words[place], seen, key=_confidence)
    return words


def _confidence(words: Sequence[SeenWord]) -> float:
    return min((word.confidence for word in words), default=0.0)


def _read_cells(cells: Sequence[PixelBox], grey: Bytes, seconds: float, scale: float = 1.0) -> list[list[SeenWord]]:
    """The words of each cell: all cells are read as one column, each below the one before."""
    if not cells:
        return []
    parts = [_enlarged(cell, grey, scale) for cell in cells]
    width = max(part.width for part in parts) + 2 * CELL_GAP
    column = Image.new("L", (width, sum(part.height + CELL_GAP for part in parts) + CELL_GAP), WHITE)
    tops, y = [], CELL_GAP
    for part in parts:
        column.paste(part, (CELL_GAP, y))
        tops.append(y)
        y += part.height + CELL_GAP
    found: list[list[SeenWord]] = [[] for _ in cells]
    for word in recognise(column, "block", seconds):
        index = max(0, int(np.searchsorted(tops, (word.top + word.bottom) // 2, side="right")) - 1)
        left, top = cells[index][:2]
        x0, x1 = (left + round((x - CELL_GAP) / scale) for x in (word.left, word.right))
        y0, y1 = (top + round((y - tops[index]) / scale) for y in (word.top, word.bottom))
        found[index].append(SeenWord(word.text, x0, y0, x1, y1, word.confidence, word.line))
    return found


def _enlarged(cell: PixelBox, grey: Bytes, scale: float) -> Image.Image:
    left, top, right, bottom = cell
    part = Image.fromarray(np.ascontiguousarray(grey[top:bottom, left:right]))
    size = round(part.width * scale), round(part.height * scale)
    return part if scale == 1 else part.resize(size, Image.Resampling.LANCZOS)


def _trimmed(cell: PixelBox, grey: Bytes) -> PixelBox | None:
    """The part of the cell that holds ink; None where it is empty."""
    left, top, right, bottom = cell
    dark = ndimage.binary_opening(grey[top:bottom, left:right] < INK, structure=np.ones((2, 1)))
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    if not len(rows):
        return None
    return (
        max(left, left + int(columns[0]) - MARGIN), max(top, top + int(rows[0]) - MARGIN),
        min(right, left + int(columns[-1]) + 1 + MARGIN), min(bottom, top + int(rows[-1]) + 1 + MARGIN),
    )  # fmt: skip


def _sign_or_text(cell: PixelBox, words: list[SeenWord], grey: Bytes) -> list[SeenWord]:
    """The words of a cell, or the sign in it that Tesseract took for letters or did not see."""
    left, top, right, bottom = cell
    is_small = max(right - left, bottom - top) <= SIGN + 2 * MARGIN
    if not is_small or any(is_sure(word) for word in words):
        return words
    if sign := sign_in(cell, grey):
        return [SeenWord(sign, left + MARGIN, top + MARGIN, right - MARGIN, bottom - MARGIN, 100.0, 0)]
    return words
