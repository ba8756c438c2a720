"""What Tesseract saw to words as the PDF reader has them: noise dropped, signs named, sizes and weights evened out."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from importlib.resources import files
from statistics import median

import numpy as np
from PIL import Image

from ljuskoll.nlp.readers.clean import clean_text
from ljuskoll.nlp.readers.icons import picture_sign
from ljuskoll.nlp.readers.ocr.sheet import INK, PIXELS_A_POINT, Bytes, PixelBox, points
from ljuskoll.nlp.readers.ocr.tesseract import SeenWord
from ljuskoll.nlp.readers.raw.lines import Word

NOISE, DOUBTFUL, SURE = 20.0, 55.0, 88.0
"""Confidence (0-100) below which a word is noise, below which one without letters or digits is, and above which a
single letter is no sign."""
BOLDER = 1.2
"""Strokes this much thicker, for their size, than those of most of the page are bold."""
SAME_SIZE = 0.13
"""Share by which the measured sizes of lines in one size differ."""
PAPER = 225
"""Lighter (0-255) is no part of a stroke's blurred edge."""
SMALLEST, LARGEST = 4.0, 60.0
_TALL, _LOW = 0.72, 0.53
"""Heights of ascenders and of small letters without them, in font sizes; descenders reach as far below."""
_BELOW = 0.21
_DESCENDS = re.compile(r"[gjpqyQ,;()\[\]/|@]")
_ASCENDS = re.compile(r"[A-ZÅÄÖÉÜbdfhiklt0-9åäöéü()\[\]/|!?%&§@'\"]")
_STROKES = re.compile(r"^[|¦_]+|[|¦_]+$")
_SIGNS = frozenset("✓✗🙂😐☹↑→↓↗↘")
_BULLET = "•"
_LETTERS = re.compile(r"[^\W_]")
_DATA = tomllib.loads((files(__package__) / "confusions.toml").read_text(encoding="utf-8"))
_CONFUSIONS = tuple((re.compile(pattern), printed) for pattern, printed in _DATA["typed"])


def make_words(seen: Iterable[SeenWord], grey: Bytes) -> list[Word]:
    """The words of a straightened page whose grey picture is given, with boxes in points and one size a line."""
    lines: dict[int, list[SeenWord]] = defaultdict(list)
    for word in seen:
        if (cleaned := _cleaned(word, grey)) is not None:
            lines[word.line].append(cleaned)
    kept = [line for line in lines.values() if line]
    sizes = _evened([_size(line) for line in kept])
    weights = [[_weight(word, grey) / size for word in line] for line, size in zip(kept, sizes, strict=True)]
    usual = _usual_weight(kept, weights)
    words = []
    for line, size, thick in zip(kept, sizes, weights, strict=True):
        bold = median(thick) >= BOLDER * usual
        base = median(_baseline(word, size) for word in line)
        for word in line:
            x0, _, x1, _ = points((word.left, word.top, word.right, word.bottom))
            words.append(Word(word.text, (x0, base - (1 - _BELOW) * size, x1, base + _BELOW * size), size, bold))
    return words


def is_text(word: SeenWord) -> bool:
    """Whether this is surely a written word and no drawing that looks like letters."""
    return word.confidence >= DOUBTFUL and len(_LETTERS.findall(word.text)) >= 2


def is_sure(word: SeenWord) -> bool:
    """Whether this is no doubt a letter, a figure or more."""
    return word.confidence >= (SURE if len(word.text) <= 2 else DOUBTFUL) and bool(_LETTERS.search(word.text))


def sign_in(box: PixelBox, grey: Bytes) -> str:
    """The sign or bullet in a part of the page; "" where there is none."""
    left, top, right, bottom = box
    sign = picture_sign(Image.fromarray(np.ascontiguousarray(grey[max(0, top) : bottom, max(0, left) : right])))
    if sign == "●":
        return _BULLET
    return sign if sign in _SIGNS else ""


def _cleaned(word: SeenWord, grey: Bytes) -> SeenWord | None:
    """The word as it was typed; None for noise and remains of rules."""
    text = _printed(_STROKES.sub("", clean_text(word.text)))
    if text and len(text) <= 2 and not is_sure(word) and word.text not in _SIGNS:
        around = word.left - 3, word.top - 3, word.right + 3, word.bottom + 3
        if sign := sign_in(around, grey):
            return word._replace(text=sign)
    if not text or word.confidence < NOISE or (word.confidence < DOUBTFUL and not _LETTERS.search(text)):
        return None
    return word._replace(text=text)


def _printed(text: str) -> str:
    for pattern, printed in _CONFUSIONS:
        text = pattern.sub(printed, text)
    return text


def _size(line: Sequence[SeenWord]) -> float:
    """The font size of a line in points, from the heights of its words."""
    sizes = []
    for word in line:
        height = (_TALL if _ASCENDS.search(word.text) else _LOW) + (_BELOW if _DESCENDS.search(word.text) else 0)
        sizes += [(word.bottom - word.top) / PIXELS_A_POINT / height] * len(word.text)
    return min(LARGEST, max(SMALLEST, median(sizes)))


def _evened(sizes: Sequence[float]) -> list[float]:
    """The sizes with those that are nearly the same made the same."""
    even: dict[float, float] = {}
    group: list[float] = []
    for size in [*sorted(sizes), None]:
        if group and (size is None or size > group[0] * (1 + 2 * SAME_SIZE) or size > median(group) * (1 + SAME_SIZE)):
            even.update(dict.fromkeys(group, round(median(group) * 2) / 2))
            group = []
        if size is not None:
            group.append(size)
    return [even[size] for size in sizes]


def _baseline(word: SeenWord, size: float) -> float:
    bottom = word.bottom / PIXELS_A_POINT
    return bottom - _BELOW * size if _DESCENDS.search(word.text) else bottom


def _weight(word: SeenWord, grey: Bytes) -> float:
    """The mean thickness of the word's upright strokes in points."""
    part = grey[word.top : word.bottom, word.left : word.right]
    dark = part < INK
    runs = int((np.diff(dark.astype(np.int8), axis=1, prepend=0) == 1).sum())
    black = max(1.0, 255 - float(np.percentile(part, 2)))
    ink = float((255 - part[part < PAPER].astype(np.float32)).sum()) / black
    return ink / max(1, runs) / PIXELS_A_POINT


def _usual_weight(lines: Sequence[Sequence[SeenWord]], weights: Sequence[Sequence[float]]) -> float:
    every = [
        weight
        for line, thick in zip(lines, weights, strict=True)
        for word, weight in zip(line, thick, strict=True)
        for _ in word.text
    ]
    return median(every) if every else 1.0
