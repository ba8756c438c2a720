"""Each file of an archive by its number: what it is, where it stands, and its bytes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, get_args

from ljuskoll.corpora.rendering.annual import guide
from ljuskoll.corpora.rendering.as_reportlab import reportlab_pdf
from ljuskoll.corpora.rendering.matter import framed, money_grid, paragraphs, staff_grid
from ljuskoll.corpora.rendering.setting import Setting
from ljuskoll.corpora.rendering.story import Element, Heading, Story, words
from ljuskoll.corpora.reports.description import load_words
from ljuskoll.corpora.scale.houses import YEARS, House, make_house
from ljuskoll.corpora.scale.looks import LAYOUTS, PROGRAMS
from ljuskoll.corpora.scale.reports import ReportPlan, report_setting
from ljuskoll.corpora.scale.words import load_archive_words, slug
from ljuskoll.nlp.followup import Model, Tertial

_TERTIALS: tuple[Tertial, ...] = get_args(Tertial)
_OWN = 2
"""Boards that report on their own each time; one more does so at year-end only."""
_A_YEAR = len(_TERTIALS) * (1 + _OWN) + 1
FILES_A_HOUSE = YEARS * _A_YEAR
"""Files of each municipality."""

What: TypeAlias = Literal["report", "copy", "damaged", "empty", "other"]
"""A follow-up, a second copy of one, one that is cut off, a file without bytes, a document that follows nothing up."""
_LASTS: Mapping[What, int] = {"report": 50, "copy": 20, "other": 14, "damaged": 10, "empty": 6}
"""What the last file of a year is, as shares of a hundred; all others are follow-ups."""
_KEPT = 3
"""A damaged file is the first of so many parts of a PDF."""

_OF_GUIDES = "circle"
"""How lights are drawn where they are only explained: the standard fonts of a PDF have no emoji."""


class TrueFile(Model):
    """What is true of one file: its path below the archive with "/", and how many records a reader must find in it."""

    path: str
    municipality: str
    what: What
    records: int


@dataclass(frozen=True, slots=True)
class Planned:
    """One file before it is made; `plan` is the report that it is, or that it copies or cuts off."""

    plan: ReportPlan
    what: What

    @property
    def path(self) -> str:
        """Its path below the archive's folder."""
        own, plan = load_archive_words()["files"], self.plan
        year = plan.period.year
        unit = slug(plan.board) if plan.board else own["municipality"]
        stem = own["report"].format(tertial=plan.tertial, year=year, unit=unit)
        if self.what == "copy":
            stem = own["copy"].format(stem=stem)
        elif self.what == "other":
            stem = own["other"].format(year=year)
        suffix = "pdf" if self.what in ("other", "damaged") else plan.look.suffix
        return f"{plan.house.name}/{year}/{stem}.{suffix}"


def plan_file(seed: int, number: int) -> Planned:
    """The file of an archive by its number from 0, whatever the archive's size."""
    house = make_house(seed, number // FILES_A_HOUSE)
    year, place = divmod(number % FILES_A_HOUSE, _A_YEAR)
    if place < _A_YEAR - 1:
        tertial, unit = divmod(place, 1 + _OWN)
        return Planned(_report(house, year, _TERTIALS[tertial], unit), "report")
    (what,) = house.random(year, "last").choices(list(_LASTS), list(_LASTS.values()))
    return Planned(_report(house, year, 3, _OWN if what == "copy" else _OWN + 1), what)


def _report(house: House, year: int, tertial: Tertial, unit: int) -> ReportPlan:
    """The report of a unit: 0 is the municipality, then its boards in order."""
    board = house.boards[unit - 1] if unit else None
    return ReportPlan(house, year, tertial, board, house.looks[unit])


def make_file(planned: Planned) -> tuple[bytes, TrueFile]:
    """The bytes of a file, the same every time, and what is true of it."""
    story = _story(planned)
    data = PROGRAMS[planned.plan.look.program][1](story) if planned.what in ("report", "copy") else _odd(planned, story)
    records = len(story.records) if planned.what == "report" else 0
    name = planned.plan.house.name
    return data, TrueFile(path=planned.path, municipality=name, what=planned.what, records=records)


def _odd(planned: Planned, story: Story) -> bytes:
    if planned.what == "empty":
        return b""
    pdf = reportlab_pdf(story)
    return pdf if planned.what == "other" else pdf[: len(pdf) // _KEPT]


def _story(planned: Planned) -> Story:
    setting = report_setting(planned.plan)
    if planned.what != "other":
        return LAYOUTS[planned.plan.look.layout](setting)
    others: tuple[Callable[[Setting], Story], ...] = (guide, _economy)
    return others[planned.plan.look.number % len(others)](replace(setting, drawing=_OF_GUIDES))


def _economy(setting: Setting) -> Story:
    """Money and staff of a year, and no follow-up."""
    year, number, page = setting.description.period.year, setting.number, load_words()["page"]
    title = load_archive_words()["titles"]["economy"].format(year=year)
    elements: list[Element] = [
        Heading(words(title), 1),
        Heading(words(page["economy"]), 2),
        *paragraphs("economy", number, 3),
        money_grid(load_words()["annual"]["income"], number),
        Heading(words(page["staff"]), 2),
        *paragraphs("staff", number, 3),
        staff_grid(number),
    ]
    return framed(setting, elements, ())
