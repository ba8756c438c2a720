"""Which light an outcome stands for: the contract's, unless a municipality's scale says otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from ljuskoll.models.lights import light_of
from ljuskoll.nlp.followup import Colour, Outcome, Period

Scales = Mapping[str, Mapping[str, str]]
"""For each municipality ("" for all others) its overrides: outcome to light; other keys are words of the scale."""


def light(outcome: Outcome, period: Period | None = None, overrides: Mapping[str, str] | None = None) -> Colour | None:
    """The light that an outcome stands for in a report of this period; None where it stands for no light."""
    own = (overrides or {}).get(outcome)
    if own is not None:
        return None if own == "none" else cast(Colour, own)
    return light_of(outcome, period)


@dataclass(frozen=True, slots=True)
class Lights:
    """The lights of all municipalities."""

    scales: Scales = field(default_factory=dict)

    def of(self, outcome: Outcome, period: Period | None, municipality: str | None) -> Colour | None:
        """The light of an outcome in this municipality's scale."""
        return light(outcome, period, self.scales.get(municipality or "", self.scales.get("")))
