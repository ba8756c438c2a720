"""The archive of a fictional municipality with habits of its own: odd phrases, a stricter scale, some wrong lights."""

from functools import cache
from importlib.resources import files
from typing import get_args

from pydantic import Field

from ljuskoll.corpora.comments import rows_of, tertial_of
from ljuskoll.nlp.followup import Colour, Declared, FollowUp, Model, Outcome, Period, Tertial

MUNICIPALITY = "Tallviken"
_WRONG_EVERY = 12
"""One light in so many is wrong."""
_COLOURS: tuple[Colour, ...] = get_args(Colour)


class LocalComment(Model):
    """One comment of the archive; `outcome` is what a local reader knows it to mean, `phrases` the odd ones used."""

    id: str = Field(min_length=1)
    year: int
    tertial: Tertial = Field(alias="period")
    board: str
    assignment: str
    comment: str = Field(min_length=1)
    outcome: Outcome
    phrases: tuple[int, ...]

    @property
    def period(self) -> Period:
        """The report's period."""
        return Period.of_tertial(self.year, self.tertial)

    @property
    def right(self) -> Colour | None:
        """The light by the scale of the place: green is only what is done, and what is half done at year-end is red."""
        if self.outcome == "unclear":
            return None
        if self.outcome == "completed":
            return "green"
        is_yellow = self.outcome == "on_track" or (
            (self.outcome == "partial" and self.tertial < 3) or (self.outcome == "not_started" and self.tertial == 1)
        )
        return "yellow" if is_yellow else "red"

    @property
    def declared(self) -> Colour:
        """The light that was shown: the right one but for some, by number; any where there is no right one."""
        number = int(self.id.rpartition("-")[2])
        choices = [one for one in _COLOURS if one != self.right]
        return self.right if self.right and number % _WRONG_EVERY else choices[number // _WRONG_EVERY % len(choices)]

    @property
    def followup(self) -> FollowUp:
        """The comment as it was read from a report."""
        return FollowUp(
            municipality=MUNICIPALITY,
            period=self.period,
            boards=(self.board,),
            assignment=self.assignment,
            comment=self.comment,
            declared=Declared(colour=self.declared, as_written=self.declared, source="text"),
        )


@cache
def load_local_archive() -> tuple[LocalComment, ...]:
    """All comments of the archive, by id."""
    rows = rows_of(files(__package__) / "data" / "archive")
    found = (LocalComment.model_validate({**row, "period": tertial_of(row["period"])}) for row in rows)
    return tuple(sorted(found, key=lambda one: one.id))
