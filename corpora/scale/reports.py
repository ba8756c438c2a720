"""The reports of a municipality: which assignments stand in each, with which light and comment."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ljuskoll.corpora.rendering.setting import Setting
from ljuskoll.corpora.reports.description import Assignment, Description, Goal, load_words
from ljuskoll.corpora.scale.houses import House, followed
from ljuskoll.corpora.scale.looks import Look
from ljuskoll.corpora.scale.topics import Topic
from ljuskoll.corpora.scale.words import load_archive_words
from ljuskoll.nlp.followup import Outcome, Period, Tertial

_CONTRADICTED = 0.03
"""So many of the lights say something else than their comments."""
_ONLY_COMMON = 0.01
"""So many do so in the municipality's common report alone."""
_LEFT_OUT = 0.08
"""So many of a year's topics are missing from one of its reports."""
_SHARED = 0.06
"""So many are the municipal board's as well."""
_OF_EACH = 3
"""Topics of each board in the common report."""
_STEERING = "Kommunstyrelsen"

_WRONG: Mapping[Outcome, Outcome] = {
    "completed": "off_track",
    "on_track": "partial",
    "partial": "completed",
    "off_track": "on_track",
    "not_started": "on_track",
    "cancelled": "completed",
    "unclear": "on_track",
}


@dataclass(frozen=True, slots=True)
class ReportPlan:
    """One report: `board` is None in the municipality's common one, `year` is counted from 0."""

    house: House
    year: int
    tertial: Tertial
    board: str | None
    look: Look

    @property
    def period(self) -> Period:
        """What it reports on."""
        return Period.of_tertial(self.house.first_year + self.year, self.tertial)

    @property
    def title(self) -> str:
        """What stands above it."""
        titles = load_archive_words()["titles"]
        title = titles[f"t{self.tertial}"][self.house.wording].format(year=self.period.year)
        return titles["board"].format(title=title, board=self.board) if self.board else str(title)


def report_setting(plan: ReportPlan) -> Setting:
    """The report, ready to be laid out. It has no matter around its follow-up, which costs more than it tells."""
    house, look = plan.house, plan.look
    description = Description(
        key=f"{house.seed}-{house.number}",
        number=look.number,
        municipality=f"{house.name}s kommun",
        period=plan.period,
        kind=house.kind,
        title=plan.title,
        goals=tuple(_goals(plan)),
    )
    return Setting(description, look.layout, look.program, look.drawing, look.number, matter=False)


def _goals(plan: ReportPlan) -> Iterator[Goal]:
    """The rows under the goals that have any; a topic stays under one goal for as long as it is followed."""
    rows = list(_rows(plan))
    for place, name in enumerate(plan.house.goals):
        under = [row for row in rows if len(row.title) % len(plan.house.goals) == place]
        if under:
            yield Goal(name=name, rows=tuple(under))


def _rows(plan: ReportPlan) -> Iterator[Assignment]:
    boards: Sequence[str] = (plan.board,) if plan.board else plan.house.boards
    for board in boards:
        topics = followed(plan.house, plan.year, board)
        for topic in topics if plan.board else topics[:_OF_EACH]:
            row = _row(plan, board, topic)
            if row is not None:
                yield row


def _row(plan: ReportPlan, board: str, topic: Topic) -> Assignment | None:
    """One topic as the report has it: the same in a board's own report and in the common one, but for a few lights."""
    house, comment = plan.house, topic.at(plan.tertial)
    year, now = house.random(plan.year, topic.title), house.random(plan.year, plan.tertial, topic.title)
    if now.random() < _LEFT_OUT:
        return None
    is_wrong = now.random() < _CONTRADICTED or (plan.board is None and now.random() < _ONLY_COMMON)
    is_shared = board != _STEERING and year.random() < _SHARED
    return Assignment(
        title=topic.title,
        boards=(board, _STEERING) if is_shared else (board,),
        outcome=_WRONG[comment.outcome] if is_wrong else comment.outcome,
        comment=comment.comment,
        sentence=_sentence(plan, comment.outcome) if house.sentences else None,
    )


def _sentence(plan: ReportPlan, outcome: Outcome) -> str | None:
    """The status sentence of the comment's own outcome, as the municipality words it."""
    stage = "outcome" if plan.period.is_year_end else "forecast"
    choices: list[str] = load_words()["sentences"][stage].get(outcome, [])
    return choices[plan.house.wording % len(choices)] if choices else None
