"""What stands around the follow-up: title, introduction, legend, economy, staff, signatures."""

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from ljuskoll.corpora.rendering.setting import Setting
from ljuskoll.corpora.rendering.status import BLUE, PALETTES, SHAPED, SIGNED, WORDED, sample
from ljuskoll.corpora.rendering.story import (
    Cell,
    Contents,
    Element,
    Grid,
    Heading,
    Line,
    Mark,
    NewPage,
    Paragraph,
    Row,
    Story,
    Text,
    cell,
    plain,
    words,
)
from ljuskoll.corpora.reports.description import Light, load_prose, load_words
from ljuskoll.corpora.reports.truth import TrueRecord

_LIGHTS: tuple[Light, ...] = ("green", "yellow", "red", "unclear")
_HEAD_FILL = "#D9E2EC"
_PARTS = re.compile(r"\s+|(?<=[-–/])")
"""Where a line may be broken."""

_LETTER = 0.56
"""The width of a wide letter as a share of the text's size."""

_PADDING = 14.0
_KEPT = 0.65
"""The part of its width that a column keeps when others need more."""

_LONGEST_SHORT = 120
Widths: TypeAlias = tuple[float, ...]
PORTRAIT, LANDSCAPE = 478.0, 720.0
"""Points between the margins."""


def story(setting: Setting, followup: Sequence[Element], records: Sequence[TrueRecord], contents: int = 0) -> Story:
    """The whole report around its follow-up; `contents` is the depth of its table of contents, 0 for none."""
    described = setting.description
    elements: list[Element] = [Heading(words(described.title), 1)]
    if setting.matter:
        elements += _opening(setting, contents)
    if setting.drawing != "none":
        elements += legend(setting)
    elements.append(Heading(words(followup_heading(setting)), 2))
    elements += followup
    if setting.matter:
        elements += _closing(setting)
    return framed(setting, elements, records)


def framed(setting: Setting, elements: Sequence[Element], records: Sequence[TrueRecord]) -> Story:
    """Some elements with the running header and footer of the report."""
    described = setting.description
    return Story(
        title=described.title,
        municipality=described.municipality,
        period=setting.period,
        footer=described.title,
        page_number=load_words()["page"]["numbers"][setting.number % 4],
        elements=tuple(elements),
        records=tuple(records),
        landscape=is_landscape(setting),
    )


def is_landscape(setting: Setting) -> bool:
    """Whether the pages lie down: wide tables mostly do."""
    return setting.layout == "grouped" or (setting.number % 5 == 2 and setting.layout in ("ruled", "merged"))


def room(setting: Setting) -> float:
    """The width between the margins in points."""
    return LANDSCAPE if is_landscape(setting) else PORTRAIT


def followup_heading(setting: Setting) -> str:
    """The heading over the follow-up ("Uppföljning av uppdrag")."""
    return str(load_words()["page"]["followup"]).format(lower=setting.plural.lower())


def paragraphs(kind: str, start: int, count: int) -> list[Element]:
    """Some paragraphs of our prose of one kind, from the given one on."""
    texts = load_prose()[kind]
    return [Paragraph(words(texts[(start + step) % len(texts)])) for step in range(count)]


def legend(setting: Setting) -> Iterator[Element]:
    """The explanation of the lights: in a line, a list or a table, as the document's number says; every fourth none."""
    explained = load_words()["legends"]
    form = setting.number % 4
    if setting.drawing == "percent":
        form = max(form, 1)
    if setting.drawing == "four" or (form == 1 and setting.drawing in SHAPED):
        form = 2
    if form == 0 or setting.drawing == "progress":
        return
    meanings = {light: explained["meanings"][light][setting.variant] for light in _LIGHTS}
    if setting.drawing == "percent":
        meanings |= explained["percent"]
    title = explained["title"][setting.variant]
    if form == 1:
        yield Paragraph((Text(f"{title}: "), *_legend_line(setting, meanings)), look="small")
    elif form == 2:
        yield Paragraph(words(title, bold=True))
        if setting.drawing == "four":
            yield Paragraph((Mark("circle", BLUE), Text(f" = {explained['done'][setting.variant]}")), item=True)
        for light in _LIGHTS[:3]:
            yield Paragraph((*_sample(setting, light), Text(f" = {meanings[light]}")), item=True)
    else:
        yield Paragraph(words(title, bold=True))
        rows = tuple((_sample_cell(setting, light), cell(meanings[light].capitalize())) for light in _LIGHTS[:3])
        yield Grid((), rows, (0.15, 0.55), "full", 8.0)


def _legend_line(setting: Setting, meanings: dict[Light, str]) -> Iterator[Text | Mark]:
    for index, light in enumerate(_LIGHTS[:3]):
        yield Text(", " if index else "")
        yield from _sample(setting, light)
        yield Text(f" = {meanings[light]}")


def _sample(setting: Setting, light: Light) -> Line:
    """The light as the legend shows it: by the document's own sign, or by the colour's name."""
    scales = load_words()["scales"]
    if setting.drawing in SIGNED or (setting.drawing in WORDED and setting.drawing != "percent"):
        return (Text(scales[setting.drawing][light]),)
    if setting.drawing in ("edge", "fill", "pastel", "percent"):
        return (Text(scales["word"][light]),)
    return sample(light, setting.drawing, setting.number).line


def _sample_cell(setting: Setting, light: Light) -> Cell:
    if setting.drawing in ("fill", "edge"):
        return Cell(fill=PALETTES[setting.number % len(PALETTES)][light])
    return Cell((_sample(setting, light),))


def _opening(setting: Setting, contents: int) -> Iterator[Element]:
    page, number = load_words()["page"], setting.number
    yield Paragraph(words(setting.description.municipality), look="small")
    if contents:
        yield Contents(page["contents"], contents)
        yield NewPage()
    yield Heading(words(page["intro"]), 2)
    yield from paragraphs("intro", number, 2 + number % 2)
    yield Heading(words(page["summary"]), 2)
    yield from paragraphs("summary", number, 1 + number % 2)


def _closing(setting: Setting) -> Iterator[Element]:
    page, number = load_words()["page"], setting.number
    yield Heading(words(page["economy"]), 2)
    yield from paragraphs("economy", number, 2)
    if number % 2 == 0:
        yield money_grid(load_words()["annual"]["income"], number)
    yield Heading(words(page["staff"]), 2)
    yield from paragraphs("staff", number, 2)
    if number % 3 == 0:
        yield staff_grid(number)
    yield Heading(words(page["outlook"]), 2)
    yield from paragraphs("outlook", number, 1)
    for role in page["signature"]:
        yield Paragraph(words(role), look="small")


def fitted(widths: Sequence[float], header: Sequence[str], rows: Sequence[Row], size: float, room: float) -> Widths:
    """Shares of `room` points, such that no word of a short cell is broken: columns with room to spare give it.

    `header` are the headings of columns without spans, cells of more than one line are let be.
    """
    shares = list(widths)
    needs = [_need(header, rows, column, len(widths)) * size * _LETTER + _PADDING for column in range(len(widths))]
    for column, need in enumerate(needs):
        lacking = need / room - shares[column]
        spare = [shares[other] - max(needs[other] / room, _KEPT * widths[other]) for other in range(len(widths))]
        donor = max((other for other in range(len(widths)) if other != column), key=spare.__getitem__)
        if 0 < lacking <= spare[donor]:
            shares[donor] -= lacking
            shares[column] += lacking
    return tuple(shares)


def _need(header: Sequence[str], rows: Sequence[Row], column: int, columns: int) -> int:
    """Letters of the longest word in the short cells of a column."""
    texts = [header[column]] if column < len(header) else []
    texts += [_short(row[column]) for row in rows if len(row) == columns]
    return max((len(part) for text in texts for part in _PARTS.split(text)), default=0)


def _short(cell: Cell) -> str:
    text = " ".join(plain(line) for line in cell.lines)
    return text if len(text) < _LONGEST_SHORT else ""


def money_grid(names: Sequence[str], seed: int) -> Grid:
    """A financial table with invented amounts in millions."""
    head = load_words()["annual"]["money"]
    rows = []
    for index, name in enumerate(names):
        budget, actual, before = (amount(seed, index, column) for column in range(3))
        figures = (actual, budget, actual - budget, before)
        rows.append((cell(name), *(cell(_decimal(figure)) for figure in figures)))
    return Grid(head_rows(head), tuple(rows), (0.4, 0.15, 0.15, 0.15, 0.15), "half")


def staff_grid(seed: int) -> Grid:
    """Employees by group."""
    annual = load_words()["annual"]
    rows = []
    for index, group in enumerate(annual["groups"]):
        women, men = abs(int(amount(seed, index, 4))), abs(int(amount(seed, index, 5))) // 3
        absence = _decimal(abs(amount(seed, index, 6)) % 9 + 1)
        rows.append((cell(group), cell(str(women)), cell(str(men)), cell(str(women + men)), cell(f"{absence} %")))
    return Grid(head_rows(annual["staff"]), tuple(rows), (0.4, 0.15, 0.15, 0.15, 0.15), "zebra")


def head_rows(names: Sequence[str]) -> tuple[Row, ...]:
    """One header row of bold cells."""
    return (tuple(cell(name, bold=True, fill=_HEAD_FILL) for name in names),)


def amount(seed: int, row: int, column: int) -> float:
    """An invented amount between -400 and 400, the same every time."""
    mixed = (seed * 7919 + row * 613 + column * 3571 + 12345) ** 2
    return (mixed // 97 % 8009) / 10 - 400


def _decimal(value: float) -> str:
    return f"{value:.1f}".replace(".", ",").replace("-", "−")
