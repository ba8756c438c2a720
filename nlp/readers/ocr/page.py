"""A scanned page to what the PDF reader takes: words, rules, fills and small pictures, all from the pixels."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image
from scipy import ndimage

from ljuskoll.nlp.document import BBox
from ljuskoll.nlp.readers.icons import picture_sign
from ljuskoll.nlp.readers.ocr.cells import enclosed, read_text
from ljuskoll.nlp.readers.ocr.colours import Patch, find_patches
from ljuskoll.nlp.readers.ocr.grounds import is_bar, is_ground, is_torn, split_bars, text_alone, whole
from ljuskoll.nlp.readers.ocr.rules import REACH, Rules, find_rules
from ljuskoll.nlp.readers.ocr.sheet import INK, PIXELS_A_POINT, Bytes, PixelBox, Sheet, make_sheet, pixels, points
from ljuskoll.nlp.readers.ocr.tesseract import SECONDS_A_PAGE, SeenWord, quarter_turns
from ljuskoll.nlp.readers.ocr.words import is_text, make_words
from ljuskoll.nlp.readers.raw.lines import Word
from ljuskoll.nlp.readers.raw.page import RawPage, Shape, box, rule

MUCH_INK = 0.003
"""Share of a page that is ink where there is some line of text."""
MOST_INK = 0.3
"""Share of a page that is ink at most, where it is no photograph."""
LETTER_HEIGHTS, SOME_LETTERS = (3.5 * PIXELS_A_POINT, 20 * PIXELS_A_POINT), 60
WITHIN = 0.6
"""Share of a coloured shape that lies in a word that it is a part of."""


def read_scan(picture: Image.Image, number: int, width: float, seconds: float = SECONDS_A_PAGE) -> RawPage:
    """The page in a picture of all of it, `width` points wide; text that lies on its side is turned upright.

    Raises OcrError where the text cannot be recognised in `seconds`.
    """
    sheet = make_sheet(picture, width)
    drawn = _look_at(sheet)
    seen = _read(drawn, seconds)
    if _is_garbage(seen, drawn.grey) and (turns := quarter_turns(Image.fromarray(sheet.grey), seconds)):
        upright = picture.rotate(-90 * turns, expand=True)
        sheet = make_sheet(upright, width * upright.width / picture.width)
        drawn = _look_at(sheet)
        seen = _read(drawn, seconds)
    return _raw_page(number, sheet, drawn, make_words(seen, drawn.grey), [word for word in seen if is_text(word)])


def looks_written(picture: Image.Image, width: float) -> bool:
    """Whether the page in a picture is paper with as many small black things on it as some lines of text."""
    ink = make_sheet(picture, width).grey < INK
    if ink.mean() > MOST_INK:
        return False
    labels, _ = ndimage.label(ink)
    heights = (rows.stop - rows.start for rows, _ in ndimage.find_objects(labels))
    return bool(sum(LETTER_HEIGHTS[0] <= height <= LETTER_HEIGHTS[1] for height in heights) >= SOME_LETTERS)


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
    patches = whole(find_patches(sheet), sheet.colour)
    light = np.asarray(Image.fromarray(sheet.colour).convert("L"))
    grounds = [patch for patch in patches if is_ground(patch)]
    rules = find_rules(sheet.colour, light, grounds, [patch.box for patch in patches if is_bar(patch)])
    grey = text_alone(sheet.grey, light, patches, rules)
    return _Drawn(list(split_bars(patches, rules)), rules, grey)


def _read(drawn: _Drawn, seconds: float) -> list[SeenWord]:
    return read_text(drawn.grey, enclosed(drawn.rules, drawn.patches, drawn.grey.shape), seconds)


def _is_garbage(seen: Sequence[SeenWord], grey: Bytes) -> bool:
    """Whether less than half of what was seen is surely text that stands upright, or none of much ink was seen."""
    if not seen:
        return float((grey < INK).mean()) > MUCH_INK
    upright = [word for word in seen if is_text(word) and word.right - word.left > word.bottom - word.top]
    return 2 * len(upright) <= len(seen)


def _raw_page(number: int, sheet: Sheet, drawn: _Drawn, words: Sequence[Word], written: Sequence[SeenWord]) -> RawPage:
    width, height = sheet.size
    patches = [patch for patch in drawn.patches if not any(_share_within(patch.box, word) > WITHIN for word in written)]
    signs = [patch for patch in patches if patch.is_small]
    pictures = [patch for patch in signs if not _is_plain(patch, sheet)]
    shapes = [_painted(patch) for patch in patches if patch not in pictures and not is_torn(patch, drawn.rules)]
    slim = [patch for patch in patches if not is_ground(patch)]
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
    x0, top, x1, bottom = points(patch.box)
    if is_bar(patch):
        middle = (x0 + x1) / 2
        return rule(middle, top, middle, bottom, patch.rgb)._replace(width=x1 - x0)
    return box((x0, top, x1, bottom), patch.rgb)._replace(is_curved=patch.is_small)


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


def _share_within(patch: PixelBox, word: SeenWord) -> float:
    return _covered(tuple(map(float, patch)), (word.left, word.top, word.right, word.bottom))


def _covered(inner: tuple[float, ...], outer: tuple[float, ...]) -> float:
    width = min(inner[2], outer[2]) - max(inner[0], outer[0])
    height = min(inner[3], outer[3]) - max(inner[1], outer[1])
    area = (inner[2] - inner[0]) * (inner[3] - inner[1])
    return width * height / area if width > 0 and height > 0 and area > 0 else 0.0
