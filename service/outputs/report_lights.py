"""The declared lights of each board and period: a bar and its numbers in words for each."""

from collections import Counter
from collections.abc import Mapping

from ljuskoll.nlp.followup import Period
from ljuskoll.service.outputs.markup import Html, joined, tag
from ljuskoll.service.outputs.report_limits import municipalities_note
from ljuskoll.service.outputs.report_material import ReportMaterial
from ljuskoll.service.outputs.report_parts import (
    TEXT,
    municipality_label,
    paragraph,
    plural,
    section,
    stacked,
    swedish,
    symbol,
    table,
)
from ljuskoll.service.outputs.tally import COLOURS, Lights, count_lights
from ljuskoll.service.outputs.wording import boards_label, colour_label, period_label

_TEXT = TEXT["lights"]
BAR_WIDTH = 120
"""The length of the longest bar."""
_Key = tuple[str, tuple[str, str]]


def lights_section(material: ReportMaterial) -> Html:
    """A table a municipality: its boards by its periods."""
    tables = [_table(material, name) for name in material.shown_municipalities]
    about = paragraph(_TEXT["about"], class_="muted")
    return section("ljus", _TEXT["heading"], about, municipalities_note(material), legend(), *tables)


def legend() -> Html:
    """What each shape and colour stands for."""
    items = (tag("li", symbol(colour or "none"), colour_label(colour)) for colour in COLOURS)
    return tag("ul", *items, class_="legend", aria_label=TEXT["legend"])


def _table(material: ReportMaterial, name: str | None) -> Html:
    records = [record for record in material.result.records if record.municipality == name]
    groups = count_lights(records, material.found, lambda record: (boards_label(record), _period_key(record.period)))
    periods = sorted({period for _, period in groups})
    boards = sorted({board for board, _ in groups}, key=swedish)
    most = max(lights.records for lights in groups.values())
    rows = [[board, *_row(groups, board, periods, most)] for board in boards]
    columns = [_TEXT["board"], *(label for _, label in periods), _TEXT["findings"]]
    return table(_TEXT["table"].format(municipality=municipality_label(name)), columns, rows, class_="lights")


def _period_key(period: Period | None) -> tuple[str, str]:
    """What periods are sorted by, with their labels; those that are not known come last."""
    if period is None:
        return "9999", period_label(None)
    return period.as_of.isoformat() if period.as_of else f"{period.year}-99", period_label(period)


def _row(groups: Mapping[_Key, Lights], board: str, periods: list[tuple[str, str]], most: int) -> list[Html | int]:
    found = {id for (name, _), lights in groups.items() if name == board for id in lights.findings}
    return [*(_cell(groups.get((board, period)), most) for period in periods), len(found)]


def _cell(lights: Lights | None, most: int) -> Html:
    if lights is None:
        return tag("span", _TEXT["nothing"], class_="muted")
    return joined([bar(lights.colours, most), tag("span", words(lights.colours), class_="words")])


def bar(colours: Counter[str | None], most: int) -> Html:
    """A stacked bar as long as its group is large, beside the largest; the words say the same."""
    return stacked(((colour or "none", colours[colour]) for colour in COLOURS), BAR_WIDTH, most)


def words(colours: Counter[str | None]) -> str:
    """The counts in words: "3 gröna, 1 gul"."""
    return ", ".join(
        plural(_TEXT["counts"][colour or "none"], colours[colour]) for colour in COLOURS if colours[colour]
    )
