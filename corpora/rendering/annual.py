"""A long annual report of which the follow-up is some eight pages and nothing else is one; a guide to the colours."""

from collections.abc import Iterator, Sequence

from ljuskoll.corpora.rendering.icons import chart, landscape
from ljuskoll.corpora.rendering.matter import amount, followup_heading, framed, head_rows, money_grid, staff_grid
from ljuskoll.corpora.rendering.setting import Setting
from ljuskoll.corpora.rendering.status import PALETTES, sample
from ljuskoll.corpora.rendering.story import (
    Cell,
    Contents,
    Element,
    Grid,
    Heading,
    NewPage,
    Paragraph,
    Picture,
    Row,
    Story,
    cell,
    words,
)
from ljuskoll.corpora.rendering.tables import ruled_elements
from ljuskoll.corpora.reports.description import Light, load_prose, load_words, texts

_LIGHTS: tuple[Light, ...] = ("green", "yellow", "red")
_EVENTS = 16
"""Paragraphs on the year's events in each board's chapter."""

_SIZE = 9.5
"""Points of the follow-up's text."""

_TERSE = frozenset({"storstaden"})
"""Authors whose comments are too clipped for running prose."""

_STATUS_STEMS = ("uppdrag", "målet", "genomför", "målvärde")
"""A comment with one of these speaks of its assignment and is no prose of its own."""


def annual(setting: Setting) -> Story:
    """An annual report of more than a hundred pages."""
    parts = load_words()["annual"]["parts"]
    chapters = load_prose()["chapters"]
    seed = setting.number
    elements: list[Element] = [
        Heading(words(setting.description.title), 1),
        Paragraph(words(setting.description.municipality)),
        Picture(landscape(seed), 440, 275),
        NewPage(),
        Contents(load_words()["page"]["contents"], 2),
        *_chapter(parts[0], chapters["foreword"]),
        *_chapter(parts[1], chapters["world"], _chart(seed, 1)),
        *_chapter(parts[2], chapters["population"], _ratios(seed), _chart(seed, 2)),
        *_chapter(parts[3], chapters["finance"], _money("income", seed), _chart(seed, 3), _chart(seed, 4)),
        NewPage(),
        Heading(words(followup_heading(setting)), 2),
        *ruled_elements(setting, _SIZE),
        *_chapter(parts[4], chapters["companies"], _money("income", seed + 1), _chart(seed, 5)),
        *_boards(setting, parts[5]),
        *_chapter(parts[6], chapters["sustainability"], _chart(seed, 6), _chart(seed, 7)),
        *_statements(seed, parts[7]),
        *_chapter(parts[8], chapters["principles"]),
        *_investments(seed, parts[9]),
        *_chapter(parts[10], load_prose()["control"], _risks(seed), _controls(seed)),
        *_chapter(parts[11], load_prose()["staff"], staff_grid(seed), _chart(seed, 8)),
        *_chapter(parts[12], chapters["auditors"]),
    ]
    return framed(setting, elements, [setting.record(row) for row in setting.description.rows])


def guide(setting: Setting) -> Story:
    """A page that explains the colours in a table and a list, and follows up nothing."""
    own, prose = load_words()["guide"], load_prose()["guide"]
    rows: list[Row] = []
    items: list[Element] = []
    for light in _LIGHTS:
        drawn = sample(light, setting.drawing, setting.number)
        meanings = own[light]
        rows.append((Cell((drawn.line,), fill=drawn.fill), *(cell(meaning) for meaning in meanings)))
        items.append(Paragraph((*drawn.line, *words(f" = {meanings[1]}")), item=True))
    elements: list[Element] = [
        Heading(words(own["title"]), 1),
        Heading(words(own["parts"][0]), 2),
        *(Paragraph(words(text)) for text in prose[:2]),
        Heading(words(own["parts"][1]), 2),
        Grid(head_rows(own["heads"]), tuple(rows), (0.2, 0.4, 0.4)),
        Heading(words(own["parts"][2]), 2),
        Paragraph(words(prose[2])),
        *items,
        *(Paragraph(words(text)) for text in prose[3:]),
    ]
    return framed(setting, elements, [])


def _chapter(title: str, prose: Sequence[str], *more: Element) -> Iterator[Element]:
    yield NewPage()
    yield Heading(words(title), 2)
    for index, text in enumerate(prose):
        yield Paragraph(words(text))
        if index % 3 == 2 and index // 3 < len(more):
            yield more[index // 3]
    yield from more[len(prose) // 3 :]


def _boards(setting: Setting, title: str) -> Iterator[Element]:
    """A chapter for each board of the follow-up: what it does, the year's events, its economy, the years to come."""
    yield NewPage()
    yield Heading(words(title), 2)
    yield Paragraph(words(load_prose()["chapters"]["boards"][0]))
    boards = list(dict.fromkeys(row.boards[0] for row in setting.description.rows))[:18]
    events = _event_texts(setting)
    about, outlook, economy = (load_prose()["chapters"]["boards"], load_prose()["outlook"], load_prose()["economy"])
    for index, board in enumerate(boards):
        names = load_words()["annual"]["board_parts"]
        yield from (NewPage(), Heading(words(board), 2), Picture(landscape(index + 7), 440, 180))
        yield from (Heading(words(names[0]), 3), Paragraph(words(about[index % len(about)])))
        yield Heading(words(names[1]), 3)
        start = index * _EVENTS
        yield from (Paragraph(words(text)) for text in events[start : start + _EVENTS])
        yield from (Heading(words(names[2]), 3), Paragraph(words(economy[index % len(economy)])))
        yield from (_money("notes", setting.number + index), _chart(setting.number + index, 9 + index))
        yield _chart(setting.number + index, 40 + index)
        yield from (Heading(words(names[3]), 3), Paragraph(words(outlook[index % len(outlook)])))
        yield from (_money("income", setting.number + 31 * index), staff_grid(setting.number + index))


def _event_texts(setting: Setting) -> list[str]:
    """Our own comments that are not in the report's follow-up, as prose of what happened."""
    used = {row.title for row in setting.description.rows}
    return [
        comment.comment.replace("\n", " ")
        for comment in texts().values()
        if comment.assignment not in used
        and comment.voice not in _TERSE
        and len(comment.comment) > 150
        and not any(stem in comment.comment.casefold() for stem in _STATUS_STEMS)
    ]


def _statements(seed: int, title: str) -> Iterator[Element]:
    yield from (NewPage(), Heading(words(title), 2))
    for index, name in enumerate(("income", "balance", "cash")):
        yield from (_money(name, seed + index), NewPage())
    note = load_words()["annual"]["note"]
    for index, name in enumerate(load_words()["annual"]["notes"]):
        yield Heading(words(note.format(number=index + 1, text=name)), 3)
        yield _money("notes", seed * 3 + index)
        yield from (_money("balance", seed * 5 + index), _chart(seed, 70 + index), NewPage())


def _investments(seed: int, title: str) -> Iterator[Element]:
    annual_words = load_words()["annual"]
    yield from (NewPage(), Heading(words(title), 2))
    for part in range(4):
        rows = []
        for index, name in enumerate(annual_words["projects"]):
            budget, spent = abs(amount(seed, index, part)), abs(amount(seed, index, part + 9))
            figures = (budget, spent, budget - spent)
            rows.append((cell(name), *(cell(f"{figure:.0f}") for figure in figures), cell(f"{2024 + index % 4}")))
        yield Grid(head_rows(annual_words["investments"]), tuple(rows), (0.44, 0.14, 0.14, 0.14, 0.14), "half")
        yield NewPage()


def _risks(seed: int) -> Grid:
    """Risks with their value as a coloured cell."""
    annual_words = load_words()["annual"]
    rows = []
    for index, name in enumerate(annual_words["risk_rows"]):
        likely, grave = (index * 7 + seed) % 3, (index // 2 + seed) % 3
        fill = PALETTES[0][_LIGHTS[(likely + grave) // 2]]
        levels = [cell(annual_words["levels"][level]) for level in (likely, grave)]
        value = cell(str((likely + 1) * (grave + 1)), fill=fill)
        rows.append((cell(name), *levels, value, cell(annual_words["handling"][index % 4])))
    return Grid(head_rows(annual_words["risks"]), tuple(rows), (0.4, 0.16, 0.16, 0.12, 0.16))


def _controls(seed: int) -> Grid:
    """What internal control looked at, with the outcome as a coloured cell."""
    annual_words = load_words()["annual"]
    rows = []
    for index, name in enumerate(annual_words["risk_rows"][:10]):
        result = (index + seed) % 4
        fill = PALETTES[1][_LIGHTS[(0, 1, 0, 2)[result]]]
        rows.append((cell(name), cell(str(index % 9 + 1)), cell(annual_words["control_results"][result], fill=fill)))
    return Grid(head_rows(annual_words["control"]), tuple(rows), (0.5, 0.2, 0.3))


def _ratios(seed: int) -> Grid:
    annual_words = load_words()["annual"]
    rows = [
        (cell(name), *(cell(f"{abs(amount(seed, index, year)):.0f}") for year in range(5)))
        for index, name in enumerate(annual_words["ratios"])
    ]
    return Grid(head_rows(annual_words["ten_years"]), tuple(rows), (0.4, *([0.12] * 5)), "zebra")


def _money(name: str, seed: int) -> Grid:
    return money_grid(load_words()["annual"][name], seed)


def _chart(seed: int, number: int) -> Picture:
    values = tuple(abs(amount(seed, number, quarter)) / 400 for quarter in range(12))
    return Picture(chart(values), 440, 176)
