"""Progress bars: a coloured bar on a track, as long as the work has come."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import groupby

from ljuskoll.nlp.document import BBox, Mark, Place
from ljuskoll.nlp.readers.colours import LIGHTS, colour_name
from ljuskoll.nlp.readers.pdf.boxes import centre, is_inside
from ljuskoll.nlp.readers.raw.lines import Word, make_lines
from ljuskoll.nlp.readers.raw.page import RawPage, Shape

MIN_TRACK = 30.0
HEIGHT = (4.0, 16.0)
"""Points."""
ABOVE, BESIDE = 24.0, 40.0
"""Points from a bar to its figure at most."""
_FIGURE = re.compile(r"\d{1,3}\s*%")
ALIKE = 1.0
"""Points by which a bar and its track may differ in place and height."""
MIN_COLOURS = 2
"""Bars of one colour show how far, not how well."""


def progress_bars(page: RawPage) -> tuple[list[Mark], Collection[BBox]]:
    """A mark for each bar of a page, as long as its track; and the boxes of bars and tracks."""
    low = [one for one in page.shapes if HEIGHT[0] <= one.bbox[3] - one.bbox[1] <= HEIGHT[1]]
    low.sort(key=_place)
    pairs = [pair for _, group in groupby(low, key=_place) if (pair := _pair(list(group))) is not None]
    marks = [Mark("fill", colour_name(bar.fill), "", Place(page.number, track.bbox)) for bar, track in pairs]
    if len({mark.colour for mark in marks}) < MIN_COLOURS:
        return [], ()
    return marks, {shape.bbox for pair in pairs for shape in pair}


def take_figures(words: Sequence[Word], marks: Sequence[Mark]) -> tuple[list[Word], list[Mark]]:
    """The words without the percentage that stands above, below or beside each progress bar, and the marks with it.

    A bar then stands where its figure does.
    """
    left, found = list(words), list(marks)
    for at, mark in enumerate(found):
        box = mark.place.bbox if mark.place else None
        if mark.text or box is None or not _is_track(box):
            continue
        near = (box[0] - BESIDE, box[1] - ABOVE, box[2] + BESIDE, box[3] + ABOVE)
        around = [word for word in left if word.text and is_inside(centre(word.bbox), near)]
        lines = [line for line in make_lines(around) if _FIGURE.fullmatch(line.text)]
        if len(lines) == 1:
            left = [word for word in left if word not in lines[0].words]
            place = replace(mark.place, bbox=lines[0].bbox) if mark.place else None
            found[at] = replace(mark, text=lines[0].text, place=place)
    return left, found


def _is_track(box: BBox) -> bool:
    return box[2] - box[0] >= MIN_TRACK and HEIGHT[0] <= box[3] - box[1] <= HEIGHT[1]


def _place(shape: Shape) -> tuple[int, int]:
    return round(shape.bbox[1] / ALIKE), round(shape.bbox[0] / ALIKE)


def _pair(shapes: list[Shape]) -> tuple[Shape, Shape] | None:
    """The bar and the track of shapes that begin at one place."""
    lit = [one for one in shapes if isinstance(one.fill, tuple) and colour_name(one.fill) in LIGHTS]
    others = [one for one in shapes if one not in lit and one.fill is not None]
    if len(lit) != 1 or not others:
        return None
    bar, track = lit[0], max(others, key=lambda one: one.bbox[2])
    is_level = abs(bar.bbox[3] - track.bbox[3]) <= ALIKE
    is_within = bar.bbox[2] <= track.bbox[2] + ALIKE
    return (bar, track) if is_level and is_within and track.bbox[2] - track.bbox[0] >= MIN_TRACK else None
