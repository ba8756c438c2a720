"""What a follow-up says: the one model of an assignment's follow-up that files, service and docs share."""

import re
from datetime import date
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from ljuskoll.nlp.document import BBox
from ljuskoll.nlp.document import Place as DocumentPlace

Colour: TypeAlias = Literal["green", "yellow", "red"]
Kind: TypeAlias = Literal["assignment", "goal", "indicator", "activity"]
Outcome: TypeAlias = Literal["completed", "on_track", "partial", "off_track", "not_started", "cancelled", "unclear"]
Tertial: TypeAlias = Literal[1, 2, 3]
Trend: TypeAlias = Literal["up", "flat", "down"]
PlanSection: TypeAlias = Literal["assignment", "offer", "goal", "indicator", "competence"]

TERTIAL_ENDS: dict[int, tuple[int, int]] = {1: (4, 30), 2: (8, 31), 3: (12, 31)}
"""Month and day on which each tertial ends."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class Model(BaseModel):
    """Base of all models at the boundary: immutable, and a field that we do not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _written_day(value: object) -> object:
    """A day as ISO 8601 has it: numbers are none, though they could be taken for seconds since 1970."""
    if value is None or isinstance(value, date) or (isinstance(value, str) and _DAY.fullmatch(value)):
        return value
    raise ValueError("a day is written as 2021-08-31")


class Period(Model):
    """The report's period. `tertial` 3 is year-end; other dates than the tertials' ends have `as_of` alone."""

    year: int = Field(ge=1990, le=2100)
    tertial: Tertial | None = None
    as_of: Annotated[date | None, BeforeValidator(_written_day)] = None

    @classmethod
    def of_tertial(cls, year: int, tertial: Tertial) -> Self:
        """The period that ends with this tertial."""
        return cls(year=year, tertial=tertial, as_of=date(year, *TERTIAL_ENDS[tertial]))

    @classmethod
    def of_date(cls, as_of: date) -> Self:
        """The period up to this day, with its tertial where the day ends one."""
        tertials: dict[tuple[int, int], Tertial] = {(4, 30): 1, (8, 31): 2, (12, 31): 3}
        return cls(year=as_of.year, tertial=tertials.get((as_of.month, as_of.day)), as_of=as_of)

    @property
    def is_year_end(self) -> bool:
        """Whether the text tells an outcome rather than a forecast."""
        return self.tertial == 3


class Place(Model):
    """Where a record stands: page from 1, box in PDF points or None, cell as "Blad1!C14" or None."""

    page: int = Field(ge=1)
    bbox: BBox | None = None
    cell: str | None = None

    @classmethod
    def of(cls, place: DocumentPlace) -> Self:
        """The same place, as written to files (points rounded to one decimal)."""
        if place.bbox is None:
            return cls(page=place.page, cell=place.cell)
        x0, top, x1, bottom = (round(value, 1) for value in place.bbox)
        return cls(page=place.page, bbox=(x0, top, x1, bottom), cell=place.cell)


class Declared(Model):
    """The status as the report shows it; `colour` None: shown, but no light."""

    colour: Colour | None
    as_written: str
    source: Literal["text", "symbol", "icon", "fill"]
    trend: Trend | None = None


class Phrase(Model):
    """A status sentence in a comment; offsets are into the comment, None where it stands elsewhere."""

    text: str
    outcome: Outcome
    start: int | None = None
    end: int | None = None


class FollowUp(Model):
    """One row of a follow-up: an assignment, goal, indicator or activity with its status and comment."""

    kind: Kind = "assignment"
    municipality: str | None = None
    period: Period | None = None
    goal: str | None = None
    boards: tuple[str, ...] = ()
    board_names: tuple[str, ...] = ()
    assignment: str
    declared: Declared | None = None
    phrase: Phrase | None = None
    comment: str = ""
    places: tuple[Place, ...] = ()
    ocr: bool = False

    @property
    def beside_phrase(self) -> str:
        """The comment with spaces for its status sentence, so that offsets hold; nothing where it has none."""
        phrase = self.phrase
        if phrase is None or phrase.start is None or phrase.end is None:
            return ""
        return self.comment[: phrase.start] + " " * (phrase.end - phrase.start) + self.comment[phrase.end :]


class Claim(Model):
    """A sentence that counts assignments by status ("tre uppdrag blev inte genomförda").

    `scope` is the goal heading under which it stands, `board` the full name of the board that it names as theirs;
    `population` the total that it names itself. The count of a share ("hälften av uppdragen") is in per cent,
    and may be a rough one ("knappt 60 procent"). `is_kind_told`: words around a table say what its rows count.
    """

    text: str
    count: int = Field(ge=0)
    is_share: bool = False
    is_rough: bool = False
    population: int | None = None
    outcomes: tuple[Outcome, ...] = ()
    colours: tuple[Colour, ...] = ()
    kind: Kind = "assignment"
    is_kind_told: bool = False
    scope: str | None = None
    board: str | None = None
    period: Period | None = None
    places: tuple[Place, ...] = ()


class PlanItem(Model):
    """One line of a plan: a unit's assignment, offer, goal, indicator or competence need.

    `goal` is the number of the goal that an indicator belongs to; `note` says why a target could not be paired;
    `years` are those that the plan names as its own.
    """

    municipality: str | None = None
    unit: str
    section: PlanSection
    number: str | None = None
    goal: str | None = None
    text: str
    target: str | None = None
    note: str | None = None
    years: tuple[int, ...] = ()
    places: tuple[Place, ...] = ()


class Unmatched(Model):
    """A row that became no record, and why; `unexplained` where it looks as if it ought to have become one."""

    page: int | None
    text: str
    reason: str
    unexplained: bool = False


class TableAccount(Model):
    """The rows of one table and what became of them: each made one record or is unmatched.

    `earlier` is how many more `records` the rows made for earlier periods that stand beside the report's own.
    """

    page: int
    rows_seen: int
    records: int
    earlier: int = 0
    unmatched: tuple[Unmatched, ...] = ()
