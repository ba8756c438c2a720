"""Which light an outcome stands for: the contract's, unless a municipality's scale says otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from ljuskoll.models.lights import light_of
from ljuskoll.nlp.followup import Colour, Outcome, Period
from ljuskoll.nlp.vocabulary.seasons import in_season, season_of

Scales = Mapping[str, Mapping[str, str]]
"""For each municipality ("" for all others) its overrides: outcome to light; other keys are words of the scale.

A key such as "forecast.partial" or "year_end.Pågår" holds for that time of year only, and goes before the same
without it.
"""


def light(outcome: Outcome, period: Period | None = None, overrides: Mapping[str, str] | None = None) -> Colour | None:
    """The light that an outcome stands for in a report of this period; None where it stands for no light."""
    own = _override(outcome, period, overrides or {})
    if own is not None:
        return None if own == "none" else cast(Colour, own)
    return light_of(outcome, period)


def _override(outcome: Outcome, period: Period | None, overrides: Mapping[str, str]) -> str | None:
    """What the scale says of an outcome in this period's time of year, else in the whole year; None for nothing."""
    return overrides.get(in_season(outcome, season_of(period)), overrides.get(outcome))


@dataclass(frozen=True, slots=True)
class Lights:
    """The lights of all municipalities."""

    scales: Scales = field(default_factory=dict)

    def of(self, outcome: Outcome, period: Period | None, municipality: str | None) -> Colour | None:
        """The light of an outcome in this municipality's scale."""
        return light(outcome, period, self._overrides(municipality))

    def own(self, outcome: Outcome, period: Period | None, municipality: str | None) -> Colour | None:
        """The light that the municipality's own scale sets for an outcome in this period; None where it sets none."""
        own = _override(outcome, period, self._overrides(municipality))
        return None if own in (None, "none") else cast(Colour, own)

    def _overrides(self, municipality: str | None) -> Mapping[str, str]:
        return self.scales.get(municipality or "", self.scales.get("", {}))
