"""Links that leave only some of the findings on the page, without a program: a rule of style for each link's target."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from ljuskoll.service.outputs.markup import Html, joined, tag
from ljuskoll.service.outputs.report_material import ReportMaterial
from ljuskoll.service.outputs.report_parts import TEXT, details, link, severity, swedish
from ljuskoll.service.outputs.wording import WORDS, boards_label
from ljuskoll.service.record import Finding, FindingKind, Severity

_TEXT = TEXT["filters"]
MANY = 10
"""More links than these of one sort are shown on request."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One link: the id of its target and class of its findings, the sort it belongs to, its label and its count."""

    name: str
    sort: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Filters:
    """All links, and for each finding by its id the classes by which they find it."""

    filters: tuple[Filter, ...]
    by_finding: dict[str, tuple[str, ...]]
    levels: Counter[Severity]

    def classes(self, finding: Finding) -> tuple[str, ...]:
        """The classes of one finding."""
        return self.by_finding[finding.id]


def find_filters(material: ReportMaterial) -> Filters:
    """A link for each kind, board and municipality that findings have; those of one value alone are left out."""
    values: dict[str, dict[str, list[str]]] = {"kinds": {}, "boards": {}, "municipalities": {}}
    for finding in material.shown_findings:
        concerned = material.concerned(finding)
        values["kinds"].setdefault(finding.kind, []).append(finding.id)
        for board in sorted({boards_label(record) for record in concerned}) or [_TEXT["no_board"]]:
            values["boards"].setdefault(board, []).append(finding.id)
        for name in sorted({record.municipality for record in concerned if record.municipality}):
            values["municipalities"].setdefault(name, []).append(finding.id)
    filters: list[Filter] = []
    classes: dict[str, list[str]] = {finding.id: [] for finding in material.shown_findings}
    for sort, found in values.items():
        for number, value in enumerate(_ordered(sort, found), start=1):
            name = f"typ-{value}" if sort == "kinds" else f"{_TEXT['ids'][sort]}-{number}"
            label = WORDS["findings"][value] if sort == "kinds" else value
            if len(found) > 1:
                filters.append(Filter(name, sort, label, len(found[value])))
                for id in found[value]:
                    classes[id].append(name)
    levels = Counter(finding.severity for finding in material.shown_findings)
    return Filters(tuple(filters), {id: tuple(names) for id, names in classes.items()}, levels)


def _ordered(sort: str, found: Iterable[str]) -> list[str]:
    if sort == "kinds":
        return [kind for kind in get_args(FindingKind) if kind in set(found)]
    return sorted(found, key=lambda name: (name == _TEXT["no_board"], swedish(name)))


def filter_panel(filters: Filters) -> Html:
    """The links, a row for each sort."""
    levels = [
        tag("li", link(f"allvar-{level}", joined([severity(level), tag("span", count, class_="count")], " ")))
        for level in get_args(Severity)
        if (count := filters.levels[level])
    ]
    rows = [_row(_TEXT["severity"], levels)]
    for sort in ("kinds", "boards", "municipalities"):
        links = [
            tag("li", link(one.name, joined([one.label, tag("span", one.count, class_="count")], " ")))
            for one in filters.filters
            if one.sort == sort
        ]
        if links:
            rows.append(_row(_TEXT[sort], links))
    return tag("nav", *rows, class_="filters", aria_label=_TEXT["label"])


def _row(label: str, links: list[Html]) -> Html:
    chips = tag("ul", *links, class_="chips")
    if len(links) > MANY:
        return details(_TEXT["many"].format(label=label, count=len(links)), chips)
    return tag("div", tag("span", label, class_="label"), chips)


def filter_notes(filters: Filters) -> Html:
    """The targets of the links: each says what is shown, and how to see all again."""
    return joined(
        tag(
            "p",
            _TEXT["only"].format(label=one.label, count=one.count),
            " ",
            link("avvikelser", _TEXT["all"]),
            id=one.name,
            class_="only",
        )
        for one in filters.filters
    )


def filter_style(material: ReportMaterial) -> str:
    """The rules that hide what a link's target does not ask for; on paper as on the screen."""
    rules = (
        f"#{name}:target~.group:not(.{name}),#{name}:target~.group .finding:not(.{name}){{display:none}}"
        for name in (one.name for one in find_filters(material).filters)
    )
    return "\n".join(rules)
