"""Which light an outcome stands for, by the contract; a municipality's own scale may say otherwise."""

from typing import Final

from ljuskoll.nlp.followup import Colour, Outcome, Period
from ljuskoll.nlp.language.stages import Stage, stage_of

COLOURS: Final[tuple[Colour, ...]] = ("green", "yellow", "red")

_LIGHTS: Final[dict[Outcome, Colour | None]] = {
    "completed": "green",
    "on_track": "green",
    "partial": "yellow",
    "off_track": "red",
    "not_started": "red",
    "cancelled": "red",
    "unclear": None,
}


def light_of(outcome: Outcome, period: Period | None) -> Colour | None:
    """The light of an outcome in a report of this period."""
    return light_at(outcome, stage_of(period))


def light_at(outcome: Outcome, stage: Stage) -> Colour | None:
    """The light of an outcome at this stage of the year: what is not begun is only yellow in spring."""
    if outcome == "not_started" and stage is Stage.EARLY:
        return "yellow"
    return _LIGHTS[outcome]
