"""How assignments moved between lights from the year's first report to its last: picture, words and table."""

from ljuskoll.service.outputs.markup import Html, joined, tag
from ljuskoll.service.outputs.report_courses import STATES, YearOfCourses, years_of_courses
from ljuskoll.service.outputs.report_flow import flow_picture
from ljuskoll.service.outputs.report_limits import municipalities_note
from ljuskoll.service.outputs.report_material import ReportMaterial
from ljuskoll.service.outputs.report_parts import (
    TEXT,
    details,
    municipality_label,
    paragraph,
    plural,
    scrolling,
    section,
    table,
)

_TEXT = TEXT["movements"]


def movements_section(material: ReportMaterial) -> Html:
    """A picture for each municipality and year that has more than one report."""
    years = years_of_courses(material)
    content = joined(_year(year) for year in years) if years else paragraph(_TEXT["none"])
    about = paragraph(_TEXT["about"], class_="muted")
    return section("rorelser", _TEXT["heading"], about, municipalities_note(material), content)


def _year(year: YearOfCourses) -> Html:
    title = _TEXT["title"].format(municipality=municipality_label(year.municipality), year=year.year)
    if len(year.labels) < 2:
        labels = ", ".join(year.labels) or _TEXT["no_label"]
        return tag(
            "div", tag("h3", title), paragraph(_TEXT["single"].format(label=labels), class_="muted"), class_="year"
        )
    words = _words(year)
    tables = (_transitions(year, place, title) for place in range(len(year.labels) - 1))
    figure = tag("figure", scrolling(flow_picture(year, f"{title}. {words}"), title), tag("figcaption", words))
    return tag("div", tag("h3", title), figure, details(_TEXT["as_table"], *tables), class_="year")


def _words(year: YearOfCourses) -> str:
    """What is most worth knowing of the picture."""
    last = year.labels[-1]
    two = len(year.labels) == 2
    parts = [
        _TEXT["kept_in_two" if two else "kept"].format(count=year.kept, all=len(year.states), reports=len(year.labels))
    ]
    if year.added:
        parts.append(plural(_TEXT["added"], year.added, first=year.labels[0]))
    if year.vanished:
        parts.append(plural(_TEXT["vanished"], year.vanished, last=last))
    if year.continued:
        parts.append(plural(_TEXT["continued"], year.continued))
    if year.boards_only:
        parts.append(plural(_TEXT["other_days"], year.boards_only))
    return " ".join(parts)


def _transitions(year: YearOfCourses, place: int, title: str) -> Html:
    moves = year.moves(place)
    before = [state for state in STATES if any(moves[state, other] for other in STATES)]
    after = [state for state in STATES if any(moves[other, state] for other in STATES)]
    one, other = year.labels[place], year.labels[place + 1]
    rows = [[_TEXT["states"][state], *(moves[state, to] for to in after)] for state in before]
    columns = [
        _TEXT["from"].format(label=one),
        *(_TEXT["to"].format(label=other, state=_TEXT["states"][s]) for s in after),
    ]
    return table(_TEXT["table"].format(title=title, one=one, other=other), columns, rows, class_="narrow")
