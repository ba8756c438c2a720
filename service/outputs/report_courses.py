"""The ways of assignments through a year, counted: which light they had per each day of reports, and where from."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ljuskoll.nlp.followup import Period
from ljuskoll.service.outputs.report_material import Course, ReportMaterial
from ljuskoll.service.outputs.wording import date_label

STATES = ("green", "yellow", "red", "none", "absent")
"""The lights from best to worst, then no light, then not in the report."""
LEAST_SHARE = 0.4
"""A day whose reports hold a smaller share of the year's assignments is left out of the picture."""


@dataclass(frozen=True, slots=True)
class YearOfCourses:
    """A municipality's courses of one year: for each the state per each day, the days with labels in order."""

    municipality: str | None
    year: int
    labels: tuple[str, ...]
    states: tuple[tuple[str, ...], ...]
    boards_only: int
    continued: int

    @property
    def kept(self) -> int:
        """How many are in every report."""
        return sum("absent" not in states for states in self.states)

    @property
    def added(self) -> int:
        """How many came after the first report."""
        return sum(states[0] == "absent" for states in self.states)

    @property
    def vanished(self) -> int:
        """How many are not in the last report."""
        return sum(states[-1] == "absent" for states in self.states)

    def column(self, place: int) -> Counter[str]:
        """How many are in each state per one of the days."""
        return Counter(states[place] for states in self.states)

    def moves(self, place: int) -> Counter[tuple[str, str]]:
        """How many went from each state per one of the days to each state per the next."""
        return Counter((states[place], states[place + 1]) for states in self.states)


def years_of_courses(material: ReportMaterial) -> list[YearOfCourses]:
    """One for each year with courses of each municipality that is shown, in that order."""
    found: dict[tuple[str | None, int], list[Course]] = {}
    for course in material.courses:
        if course.municipality in material.shown_municipalities:
            found.setdefault((course.municipality, course.year), []).append(course)
    ordered = sorted(found, key=lambda key: (key[0] is None, key[0] or "", key[1]))
    return [_year(material, *key, found[key]) for key in ordered]


def _year(material: ReportMaterial, municipality: str | None, year: int, courses: Sequence[Course]) -> YearOfCourses:
    per_day = [{day(material, report): light(material, report) for report in course.reports} for course in courses]
    counts = Counter(one for days in per_day for one in days)
    days = sorted(one for one, count in counts.items() if count >= LEAST_SHARE * len(courses))
    states = [tuple(one.get(day, "absent") for day in days) for one in per_day]
    shown = sorted((one for one in states if set(one) != {"absent"}), key=lambda one: [*map(STATES.index, one)])
    return YearOfCourses(
        municipality=municipality,
        year=year,
        labels=tuple(day_label(one) for one in days),
        states=tuple(shown),
        boards_only=len(states) - len(shown),
        continued=sum(course.is_continued for course in courses),
    )


def day(material: ReportMaterial, report: Sequence[str]) -> date:
    """The day that a report is per."""
    found = material.by_id[report[0]].day
    assert found is not None
    return found


def day_label(one: date) -> str:
    """The day within its year: "T2", or "30 juni"."""
    return date_label(Period.of_date(one))


def light(material: ReportMaterial, report: Sequence[str]) -> str:
    """The light of an assignment per one day: the worst where several documents show one."""
    shown = {material.lights.get(id) or "none" for id in report}
    return next(state for state in ("red", "yellow", "green", "none") if state in shown)
