"""How a status is drawn: as words, signs, shapes, fills, borders or pictures, and what is true of each."""

from dataclasses import dataclass
from typing import Any, TypeAlias

from ljuskoll.corpora.rendering.story import Line, Mark, Shape, Text
from ljuskoll.corpora.reports.description import Assignment, Light, load_words
from ljuskoll.corpora.reports.truth import Source, TrueLight
from ljuskoll.nlp.followup import Colour

_Palette: TypeAlias = dict[Light, str]

PALETTES: tuple[_Palette, ...] = (
    {"green": "#00A651", "yellow": "#FFC000", "red": "#E2001A", "unclear": "#A6A6A6"},
    {"green": "#92D050", "yellow": "#FFFF00", "red": "#FF0000", "unclear": "#BFBFBF"},
    {"green": "#2E8540", "yellow": "#F5B335", "red": "#B50E12", "unclear": "#8C8C8C"},
)
PASTEL: _Palette = {"green": "#C6EFCE", "yellow": "#FFEB9C", "red": "#FFC7CE", "unclear": "#D9D9D9"}
"""The fills that spreadsheets offer for good, neutral and bad."""

BLUE = "#0070C0"
"""The fourth colour of some scales: done."""

WORDED = ("word", "janej", "fulfilled", "degree", "percent", "progress")
SIGNED = ("emoji", "smiley", "check")
SHAPED = ("circle", "square", "gradient", "icon", "alt", "sign", "four")
_SHAPES: dict[str, Shape] = {
    "circle": "circle",
    "square": "square",
    "gradient": "gradient",
    "icon": "icon",
    "four": "circle",
}
DRAWINGS = (*WORDED, *SIGNED, *SHAPED, "dot", "fill", "pastel", "edge")
"""All ways of drawing a status."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A status as it stands in a document: words and marks, the fill of its cell, the border of its row."""

    line: Line
    truth: TrueLight
    fill: str | None = None
    edge: str | None = None


def draw(row: Assignment, drawing: str, palette: int) -> Drawn:
    """The status of an assignment, drawn in one of the `DRAWINGS`."""
    if drawing == "four" and row.outcome == "completed":
        return Drawn((Mark("circle", BLUE),), _truth("green", _words()["done"], "fill"))
    if drawing == "progress":
        return _written(_words()["progress"][row.outcome], row.light)
    return sample(row.light, drawing, palette)


def sample(light: Light, drawing: str, palette: int) -> Drawn:
    """A light, drawn in one of the `DRAWINGS`."""
    colours = PASTEL if drawing == "pastel" else PALETTES[palette % len(PALETTES)]
    name = _words()["word"][light]
    if drawing in WORDED or drawing in SIGNED:
        return _written(_words()[drawing][light], light)
    if drawing == "dot":
        return Drawn((Text("●", colour=colours[light]),), _truth(light, name, "symbol"))
    if drawing in ("fill", "pastel"):
        return Drawn((), _truth(light, name, "fill"), fill=colours[light])
    if drawing == "edge":
        return Drawn((), _truth(light, name, "fill"), edge=colours[light])
    return _marked(drawing, light, colours[light], name)


def _words() -> dict[str, Any]:
    scales: dict[str, Any] = load_words()["scales"]
    return scales


def _written(text: str, light: Light) -> Drawn:
    source: Source = "text" if any(char.isalnum() for char in text) else "symbol"
    return Drawn((Text(text),), _truth(light, text, source))


def _marked(drawing: str, light: Light, colour: str, name: str) -> Drawn:
    if drawing == "alt":
        return Drawn((Mark("icon", colour, alt=name),), _truth(light, name, "text", "icon"))
    if drawing == "sign":
        return _sign(light)
    shape = _SHAPES[drawing]
    return Drawn((Mark(shape, colour),), _truth(light, name, "icon" if shape == "icon" else "fill"))


def _sign(light: Light) -> Drawn:
    sign = _words()["sign"][light]
    if light == "unclear":
        return _written(sign, light)
    return Drawn((Mark("sign", "#000000", sign=sign),), _truth(light, sign, "icon"))


def _truth(light: Light, written: str, *sources: Source) -> TrueLight:
    colour: Colour | None = None if light == "unclear" else light
    return TrueLight(colour=colour, as_written=written, sources=sources)
