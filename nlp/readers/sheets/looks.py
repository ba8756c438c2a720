"""A sheet as a person sees it: each cell with its text as shown, its paint and what is drawn in it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeAlias

from ljuskoll.nlp.document import Mark, Place
from ljuskoll.nlp.readers.colours import colour_name
from ljuskoll.nlp.readers.office.palette import RGB
from ljuskoll.nlp.readers.sheets.conditions import NO_EFFECT, Conditions, Effect
from ljuskoll.nlp.readers.sheets.drawings import Drawn
from ljuskoll.nlp.readers.sheets.numbers import show_number, show_text, show_truth
from ljuskoll.nlp.readers.sheets.refs import Area, Spot, around, column_letters
from ljuskoll.nlp.readers.sheets.rules import Rule
from ljuskoll.nlp.readers.sheets.sheet import MAX_CELLS, RawCell, Sheet
from ljuskoll.nlp.readers.sheets.styles import Styles
from ljuskoll.nlp.readers.sheets.text import Run, coloured_signs, paragraphs, shown_runs

WHITE: RGB = (255, 255, 255)
MAX_BLANKS = 2_000_000
_Place: TypeAlias = Callable[[], Place]


@dataclass(frozen=True, slots=True)
class Seen:
    """One cell: its text, paint (None for white), heavy left edge, the drawn marks in it and how its text is set."""

    text: str = ""
    fill: RGB | None = None
    edge: RGB | None = None
    marks: tuple[Mark, ...] = ()
    is_bold: bool = False
    size: float = 0.0
    is_number: bool = False

    @property
    def says(self) -> bool:
        """Whether it holds more than paint."""
        return bool(self.text or self.marks)


NOTHING = Seen()


@dataclass(slots=True)
class Looks:
    """All cells of a sheet that hold or show anything.

    `name` is the sheet's, empty for files without sheets. `covered` maps the cells below a merged one to that one;
    `failed` are conditional formats not worked out.
    """

    name: str
    page: int
    cells: dict[Spot, Seen]
    covered: dict[Spot, Spot] = field(default_factory=dict)
    merges: dict[Spot, Area] = field(default_factory=dict)
    failed: list[Rule] = field(default_factory=list)

    def at(self, spot: Spot) -> Seen:
        """The cell; a covered one has the paint of what covers it."""
        own = self.cells.get(spot, NOTHING)
        if own.says or spot not in self.covered:
            return own
        return Seen(fill=self.cells.get(self.covered[spot], NOTHING).fill)

    def place(self, spot: Spot) -> Place:
        """Where the cell stands: for a covered one, where the cell stands that covers it."""
        row, column = spot if self.cells.get(spot, NOTHING).says else self.covered.get(spot, spot)
        cell = f"{column_letters(column)}{row}"
        return Place(self.page, cell=f"{self.name}!{cell}" if self.name else cell)


def see(sheet: Sheet, styles: Styles, name: str, page: int, drawn: Iterable[Drawn], from_1904: bool) -> Looks:
    """The sheet as seen, with the effects of its conditional formats and the drawings that lie on its cells."""
    looks = Looks(name, page, {})
    used = around(spot for spot, raw in sheet.cells.items() if raw.value is not None)
    if used is not None:
        looks.covered, looks.merges = _merged(sheet.merges, used)
    conditions = Conditions(sheet.rules, _with_blanks(sheet, used), lambda spot: _value(sheet.cells.get(spot)))
    effects = dict(conditions.effects())
    looks.failed = conditions.failed
    for spot in dict.fromkeys((*sheet.cells, *effects)):
        raw = sheet.cells.get(spot) or RawCell(None, 0)
        looks.cells[spot] = _seen(raw, styles, effects.get(spot) or NO_EFFECT, partial(looks.place, spot), from_1904)
    for drawing in drawn:
        if drawing.paragraphs:
            continue
        spot = looks.covered.get(drawing.spot, drawing.spot)
        below = looks.cells.get(spot, NOTHING)
        looks.cells[spot] = replace(below, marks=(*below.marks, drawing.mark(looks.place(spot))))
    return looks


def _seen(raw: RawCell, styles: Styles, effect: Effect, place: _Place, from_1904: bool) -> Seen:
    style = styles.style(raw.style)
    code, font = effect.code or style.code, style.font
    ink = effect.ink or font.ink
    marks: list[Mark] = []
    if effect.icon is not None and (effect.icon[0] or effect.icon[1]):
        marks.append(Mark("icon", *effect.icon, place()))
    value = raw.value
    if value is None or effect.hides_value:
        text = ""
    elif isinstance(value, bool):
        text = show_truth(value)
    elif isinstance(value, float):
        shown = show_number(value, code, from_1904)
        text = "".join(part for part, _ in shown_runs((Run(shown.text),), font))
        marks += _symbols(text, shown.ink or ink, place)
    else:
        parts = list(shown_runs(value, font))
        text = show_text(paragraphs("".join(part for part, _ in parts)), code).text
        if text:
            for part, look in parts:
                marks += _symbols(part, effect.ink or look.ink or ink, place)
    fill = effect.fill or style.fill
    is_bold = font.bold or (isinstance(value, tuple) and any(run.font and run.font.bold for run in value))
    paint = None if fill == WHITE else fill
    return Seen(text, paint, style.edge, tuple(marks), is_bold, font.size, isinstance(value, float))


def _symbols(text: str, ink: RGB | None, place: _Place) -> list[Mark]:
    named = [(sign, colour_name(rgb)) for sign, rgb in coloured_signs(text, ink)]
    return [Mark("symbol", colour, sign, place()) for sign, colour in named if colour not in (None, "grey")]


def _value(raw: RawCell | None) -> str | float | bool | None:
    """A cell's value as formulas see it."""
    value = None if raw is None else raw.value
    return "".join(run.text for run in value) if isinstance(value, tuple) else value


def _with_blanks(sheet: Sheet, used: Area | None) -> Sequence[Spot]:
    """The cells with values and, where the sheet is dense, the blanks between them: formats can paint these too."""
    if used is None or not sheet.rules:
        return ()
    filled = [spot for spot, raw in sheet.cells.items() if raw.value is not None]
    rows = sorted({row for row, _ in filled})
    if len(rows) * (used.right - used.left + 1) > MAX_BLANKS:
        return filled
    return [(row, column) for row in rows for column in range(used.left, used.right + 1)]


def _merged(merges: Sequence[Area], used: Area) -> tuple[dict[Spot, Spot], dict[Spot, Area]]:
    covered: dict[Spot, Spot] = {}
    kept: dict[Spot, Area] = {}
    for merge in merges:
        area = merge.within(used)
        if area is None or len(covered) > MAX_CELLS:
            continue
        start = merge.top, merge.left
        kept[start] = area
        for row in range(area.top, area.bottom + 1):
            if len(covered) > MAX_CELLS:
                break
            for column in range(area.left, area.right + 1):
                if (row, column) != start:
                    covered[row, column] = start
    return covered, kept
