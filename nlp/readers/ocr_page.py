"""A scanned page to what the PDF reader takes: words, rules, fills and small pictures, all from the pixels."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np
from PIL import Image
from scipy import ndimage

from ljuskoll.nlp.document import BBox
from ljuskoll.nlp.readers.icons import picture_sign
from ljuskoll.nlp.readers.ocr import SECONDS_A_PAGE, SeenWord, quarter_turns, recognise
from ljuskoll.nlp.readers.ocr_colours import Patch, find_patches
from ljuskoll.nlp.readers.ocr_rules import REACH, Rules, find_rules
from ljuskoll.nlp.readers.ocr_sheet import INK, PIXELS_A_POINT, Bytes, PixelBox, Sheet, make_sheet, pixels, points
from ljuskoll.nlp.readers.ocr_words import is_text, make_words
from ljuskoll.nlp.readers.pdf_lines import Word
from ljuskoll.nlp.readers.pdf_page import RawPage, Shape, box, rule

WHITE = 255
LARGEST_CELL = 0.45
"""Share of the page; a larger box is a frame around the page."""
SMALLEST_CELL = round(6 * PIXELS_A_POINT)
MARGIN = 9
"""Pixels around the ink of a cell: dots above letters may be too faint to count as ink."""
CELL_GAP = 24
"""White pixels between the cells that are read as one column."""
RING, RING_CONTRAST, RING_BROKEN = 6, 60, 0.25
"""How far around a sign (in pixels) there must be one colour, within what difference, but for what share."""
LEAST_GROUND = round(9 * PIXELS_A_POINT)
"""A painted area at least so wide and high can hold text."""
GARBAGE = 45.0
"""Mean confidence of a page whose text does not stand upright; a bad scan has 60 and more."""
WITHIN = 0.6
"""Share of a coloured shape that lies in a word that it is a part of."""


def read_scan(picture: Image.Image, number: int, width: float, seconds: float = SECONDS_A_PAGE) -> RawPage:
    """The page in a picture of all of it, `width` points wide; text that lies on its side is turned upright.

    Raises OcrError where the text cannot be recognised in `seconds`.
    """
    sheet = make_sheet(picture, width)
    drawn = _look_at(sheet)
    seen = _read(sheet, drawn, seconds)
    if _is_garbage(seen) and (turns := quarter_turns(Image.fromarray(sheet.grey), seconds)):
        upright = picture.rotate(-90 * turns, expand=True)
        sheet = make_sheet(upright, width * upright.width / picture.width)
        drawn = _look_at(sheet)
        seen = _read(sheet, drawn, seconds)
    return _raw_page(number, sheet, drawn, make_words(seen, drawn.grey), [word for word in seen if is_text(word)])


def add_drawn(page: RawPage, picture: Image.Image) -> RawPage:
    """A page whose words are known (a scan with an invisible text layer) with the rules and marks of its picture."""
    sheet = make_sheet(picture, page.width)
    words = [word._replace(bbox=_straight(word.bbox, sheet)) for word in page.words]
    written = [SeenWord(word.text, *pixels(word.bbox), 100.0, 0) for word in words]
    return _raw_page(page.number, sheet, _look_at(sheet), words, [word for word in written if is_text(word)])


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What is drawn on a sheet, and its text alone in grey: rules, grounds and signs are gone."""

    patches: Sequence[Patch]
    rules: Rules
    grey: Bytes


def _look_at(sheet: Sheet) -> _Drawn:
    patches = [patch for patch in find_patches(sheet) if not patch.is_small or _stands_alone(patch.box, sheet.colour)]
    light = np.asarray(Image.fromarray(sheet.colour).convert("L"))
    rules = find_rules(light)
    grey = sheet.grey.copy()
    for patch in patches:
        left, top, right, bottom = patch.box
        if patch.is_small and patch.is_solid:
            grey[max(0, top - 2) : bottom + 2, max(0, left - 2) : right + 2] = WHITE
        elif min(right - left, bottom - top) >= LEAST_GROUND:
            grey[top:bottom, left:right] = _text_on_ground(light[top:bottom, left:right])
    grey[rules.pixels(grey.shape)] = WHITE
    return _Drawn(patches, rules, grey)


def _stands_alone(box: PixelBox, colour: Bytes) -> bool:
    """Whether this is no part of a letter or a larger picture: one colour all around."""
    left, top, right, bottom = (edge + away for edge, away in zip(box, (-RING, -RING, RING, RING), strict=True))
    part = colour[max(0, top) : bottom, max(0, left) : right].astype(np.int16)
    sides = part[:2], part[-2:], part[:, :2], part[:, -2:]
    ring = np.concatenate([side.reshape(-1, 3) for side in sides])
    away = np.abs(ring - np.median(ring, axis=0)).max(axis=1)
    return float((away > RING_CONTRAST).mean()) <= RING_BROKEN


def _text_on_ground(part: Bytes) -> Bytes:
    """Black on white, whatever the text and its painted ground were."""
    away = np.abs(part.astype(np.float32) - float(np.median(part)))
    strong = max(60.0, float(np.percentile(away, 99)))
    text: Bytes = (WHITE - np.minimum(1.0, away / strong) * WHITE).astype(np.uint8)
    return text


def _read(sheet: Sheet, drawn: _Drawn, seconds: float) -> list[SeenWord]:
    """All words: those in ruled cells read as one column, cell by cell, the others as a page."""
    cells = _cells(drawn.rules, drawn.grey.shape)
    rest = drawn.grey.copy()
    for left, top, right, bottom in cells:
        rest[top:bottom, left:right] = WHITE
    seen = recognise(Image.fromarray(rest), "page", seconds) if (rest < INK).any() else []
    lines = max((word.line for word in seen), default=0)
    return [*seen, *_read_cells([_trimmed(cell, drawn.grey) for cell in cells], drawn.grey, lines + 1, seconds)]


def _read_cells(cells: Iterable[PixelBox | None], grey: Bytes, line: int, seconds: float) -> Iterator[SeenWord]:
    """The words in the cells; their lines are numbered from `line` on and never go over two cells."""
    written = [cell for cell in cells if cell is not None]
    if not written:
        return
    width = max(right - left for left, _, right, _ in written) + 2 * CELL_GAP
    height = sum(bottom - top + CELL_GAP for _, top, _, bottom in written) + CELL_GAP
    column = np.full((height, width), WHITE, dtype=np.uint8)
    tops, y = [], CELL_GAP
    for left, top, right, bottom in written:
        column[y : y + bottom - top, CELL_GAP : CELL_GAP + right - left] = grey[top:bottom, left:right]
        tops.append(y)
        y += bottom - top + CELL_GAP
    lines: dict[tuple[int, int], int] = {}
    for word in recognise(Image.fromarray(column), "block", seconds):
        index = int(np.searchsorted(tops, (word.top + word.bottom) // 2, side="right")) - 1
        if index >= 0:
            right, down = written[index][0] - CELL_GAP, written[index][1] - tops[index]
            number = lines.setdefault((index, word.line), line + len(lines))
            edges = word.left + right, word.top + down, word.right + right, word.bottom + down
            yield SeenWord(word.text, *edges, word.confidence, number)


def _cells(rules: Rules, shape: tuple[int, ...]) -> list[PixelBox]:
    """The boxes that rules enclose, from the top; a box around boxes is none."""
    walls = np.zeros(shape, dtype=bool)
    for left, top, right, bottom in rules.across:
        walls[top:bottom, max(0, left - REACH) : right + REACH] = True
    for left, top, right, bottom in rules.upright:
        walls[max(0, top - REACH) : bottom + REACH, left:right] = True
    labels, _ = ndimage.label(~walls[::2, ::2])
    cells = []
    for index, (rows, columns) in enumerate(ndimage.find_objects(labels), start=1):
        height, width = rows.stop - rows.start, columns.stop - columns.start
        is_large = height * width > LARGEST_CELL * labels.size
        if min(height, width) * 2 >= SMALLEST_CELL and not is_large and (labels[rows, columns] == index).mean() > 0.9:
            cells.append((columns.start * 2, rows.start * 2, columns.stop * 2, rows.stop * 2))
    return sorted(cells, key=lambda cell: (cell[1], cell[0]))


def _trimmed(cell: PixelBox, grey: Bytes) -> PixelBox | None:
    """The part of the cell that holds ink; None where it is empty."""
    left, top, right, bottom = cell
    dark = ndimage.binary_opening(grey[top:bottom, left:right] < INK, structure=np.ones((2, 1)))
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    if not len(rows):
        return None
    edge = MARGIN
    return (
        max(left, left + int(columns[0]) - edge), max(top, top + int(rows[0]) - edge),
        min(right, left + int(columns[-1]) + 1 + edge), min(bottom, top + int(rows[-1]) + 1 + edge),
    )  # fmt: skip


def _is_garbage(seen: Sequence[SeenWord]) -> bool:
    return not seen or fmean(word.confidence for word in seen) < GARBAGE


def _raw_page(number: int, sheet: Sheet, drawn: _Drawn, words: Sequence[Word], written: Sequence[SeenWord]) -> RawPage:
    width, height = sheet.size
    patches = [patch for patch in drawn.patches if not any(_share_within(patch.box, word) > WITHIN for word in written)]
    signs = [patch for patch in patches if patch.is_small]
    pictures = [patch for patch in signs if not _is_plain(patch, sheet)]
    shapes = [_painted(patch) for patch in patches if patch not in pictures]
    slim = [patch for patch in patches if min(_sides(patch.box)) < LEAST_GROUND]
    drawn_words = {word for word in words if any(_covered(word.bbox, points(patch.box)) > WITHIN for patch in slim)}
    return RawPage(
        number,
        width,
        height,
        words=[word for word in words if word not in drawn_words],
        shapes=[*shapes, *_drawn_rules(drawn.rules)],
        pictures=[points(patch.box) for patch in pictures],
        look=sheet.look,
    )


def _is_plain(patch: Patch, sheet: Sheet) -> bool:
    """Whether this is a disc or a square without anything on it."""
    edge = 4 / PIXELS_A_POINT
    x0, top, x1, bottom = points(patch.box)
    picture = sheet.look((x0 - edge, top - edge, x1 + edge, bottom + edge))
    return picture is not None and picture_sign(picture) == "●"


def _painted(patch: Patch) -> Shape:
    shape = box(points(patch.box), patch.rgb)
    return shape._replace(is_curved=True) if patch.is_small else shape


def _drawn_rules(rules: Rules) -> Iterator[Shape]:
    for x0, top, x1, bottom in map(points, rules.across):
        yield rule(x0, (top + bottom) / 2, x1, (top + bottom) / 2)
    for x0, top, x1, bottom in map(points, _even_ends(rules.upright)):
        yield rule((x0 + x1) / 2, top, (x0 + x1) / 2, bottom)


def _even_ends(uprights: Iterable[PixelBox]) -> Iterator[PixelBox]:
    """The rules with ends at nearly the same height brought to the same."""
    heights: list[int] = []
    for left, top, right, bottom in uprights:
        ends = []
        for end in (top, bottom):
            near = next((height for height in heights if abs(height - end) <= REACH), end)
            if near is end:
                heights.append(end)
            ends.append(near)
        yield left, ends[0], right, ends[1]


def _straight(bbox: BBox, sheet: Sheet) -> BBox:
    """The box moved to where it is on the straightened sheet, itself not turned."""
    x0, top, x1, bottom = bbox
    x, y = sheet.straightened((x0 + x1) / 2, (top + bottom) / 2)
    return x - (x1 - x0) / 2, y - (bottom - top) / 2, x + (x1 - x0) / 2, y + (bottom - top) / 2


def _sides(box: PixelBox) -> tuple[int, int]:
    left, top, right, bottom = box
    return right - left, bottom - top


def _share_within(patch: PixelBox, word: SeenWord) -> float:
    return _covered(tuple(map(float, patch)), (word.left, word.top, word.right, word.bottom))


def _covered(inner: tuple[float, ...], outer: tuple[float, ...]) -> float:
    width = min(inner[2], outer[2]) - max(inner[0], outer[0])
    height = min(inner[3], outer[3]) - max(inner[1], outer[1])
    area = (inner[2] - inner[0]) * (inner[3] - inner[1])
    return width * height / area if width > 0 and height > 0 and area > 0 else 0.0
