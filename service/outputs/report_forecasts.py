"""How often each board's green forecasts held: the year's last one beside the light at the year's end."""

from collections import Counter
from collections.abc import Iterator

from ljuskoll.service.outputs.markup import Html, joined, tag
from ljuskoll.service.outputs.report_courses import day, light
from ljuskoll.service.outputs.report_limits import municipalities_note
from ljuskoll.service.outputs.report_material import Course, ReportMaterial
from ljuskoll.service.outputs.report_parts import (
    TEXT,
    municipality_label,
    paragraph,
    section,
    share,
    swedish,
    table,
)
from ljuskoll.service.outputs.wording import boards_label

_TEXT = TEXT["forecasts"]
ENOUGH = 5
"""Fewer cases than these give no percentage."""
BAR = 60
_MEASURED = "indicator"
"""A key figure's earlier light tells its value so far, and is no forecast."""
_Key = tuple[str, str, int]


def forecasts_section(material: ReportMaterial) -> Html:
    """A table a municipality: a row a board and year, and all boards of each year together."""
    tables = [made for name in material.shown_municipalities if (made := _table(material, name))]
    content = joined(tables) if tables else paragraph(_TEXT["none"])
    about = paragraph(_TEXT["about"], class_="muted")
    return section("prognoser", _TEXT["heading"], about, municipalities_note(material), content)


def _table(material: ReportMaterial, name: str | None) -> Html:
    groups: dict[tuple[str, int], Counter[str]] = {}
    for board, year, outcome in _outcomes(material, name):
        groups.setdefault((board, year), Counter())[outcome] += 1
    if not groups:
        return Html()
    years = sorted({year for _, year in groups})
    keys = sorted(groups, key=lambda key: (swedish(key[0]), key[1]))
    rows = [_row(f"{board}, {year}", groups[board, year]) for board, year in keys]
    for year in years:
        total = sum((counts for (_, of), counts in groups.items() if of == year), Counter[str]())
        rows.append(_row(_TEXT["total"].format(year=year), total))
    return table(
        _TEXT["table"].format(municipality=municipality_label(name)),
        _TEXT["columns"],
        rows,
        class_="held",
        sums=len(years),
    )


def _outcomes(material: ReportMaterial, municipality: str | None) -> Iterator[tuple[str, int, str]]:
    """For each green forecast of a year that has a report at its end: the board, the year and the light then."""
    courses = [course for course in material.courses if course.municipality == municipality]
    ended = {course.year for course in courses if _is_ended(material, course)}
    for course in courses:
        forecasts = course.reports[:-1] if _is_ended(material, course) else course.reports
        first = material.by_id[course.reports[0][0]]
        if course.year not in ended or not forecasts or first.kind == _MEASURED:
            continue
        if light(material, forecasts[-1]) == "green":
            board = boards_label(material.by_id[forecasts[-1][0]])
            is_ended = _is_ended(material, course)
            yield board, course.year, light(material, course.reports[-1]) if is_ended else "absent"


def _is_ended(material: ReportMaterial, course: Course) -> bool:
    last = day(material, course.reports[-1])
    return (last.month, last.day) == (12, 31)


def _row(label: str, counts: Counter[str]) -> list[Html | str | int]:
    numbers = [counts[state] for state in ("green", "yellow", "red", "none", "absent")]
    return [label, counts.total(), *numbers, _held(counts)]


def _held(counts: Counter[str]) -> Html:
    """How many of those whose light is known held: in per cent and as a bar where they are enough."""
    known = counts["green"] + counts["yellow"] + counts["red"]
    words = _TEXT["of"].format(held=counts["green"], all=known)
    if not known:
        return tag("span", _TEXT["unknown"], class_="muted")
    if known < ENOUGH:
        return tag("span", words)
    width = BAR * counts["green"] / known
    drawn = tag(
        "svg",
        tag("rect", x=0, y=0, width=BAR, height=8, class_="rail"),
        tag("rect", x=0, y=0, width=width, height=8, class_="filled"),
        class_="share",
        width=BAR,
        height=8,
        aria_hidden="true",
    )
    return joined([drawn, tag("span", f"{share(counts['green'] / known)} ({words})")], " ")
