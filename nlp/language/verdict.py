"""What a predicate with its mode, polarity, degree and time says of the status: features to outcome, no text."""

from dataclasses import dataclass
from typing import Literal

from ljuskoll.nlp.followup import Outcome

Mode = Literal["fact", "assess", "forecast", "possible", "hedge", "duty", "proposal"]
When = Literal["this", "next", "last"]


@dataclass(frozen=True, slots=True)
class Features:
    """One clause about the assignment; `predicate` is a kind of `status_phrases.toml` below "predicate" or "active"."""

    predicate: str
    mode: Mode = "fact"
    negated: bool = False
    until: bool = False
    partly: bool = False
    slightly: bool = False
    becoming: bool = False
    elliptical: bool = False
    contingent: bool = False
    when: When | None = None

    @property
    def ahead(self) -> bool:
        """Whether the clause speaks of what is to come."""
        if self.mode in ("forecast", "hedge"):
            return True
        if self.predicate == "done.present":
            return True
        infinitive = self.becoming or self.predicate in ("done.infinitive", "done.attained")
        if self.mode == "assess":
            return infinitive or self.when is not None
        if self.mode == "possible":
            return True
        return self.elliptical and self.when == "this"


def outcome_of(features: Features) -> Outcome | None:
    """The outcome, or None where the clause says nothing of how the assignment stands."""
    group = features.predicate.partition(".")[0]
    if features.contingent:
        return None
    if features.mode in ("duty", "proposal"):
        return None if features.negated else _wanted(group, features)
    if features.when == "last" and not features.negated:
        return None
    if group == "untold" or group == "measured":
        return "unclear" if group == "untold" or features.negated else None
    if group == "worked":
        return "off_track" if features.negated else None
    if group == "halfway":
        return "off_track" if features.negated else "partial"
    if group == "threatened":
        return None if features.negated else "partial"
    if group == "dropped":
        return _dropped(features)
    if group == "late":
        return _late(features)
    if features.mode == "hedge":
        return "partial"
    if group == "unbegun":
        return None if features.negated else "not_started"
    return _going(features) if group == "going" else _done(features)


def relative(year: int, report_year: int | None, features: Features) -> When | None:
    """A named year as seen from the report's; without one, a forecast's year is a later one."""
    if report_year is None:
        return "next" if features.ahead or features.predicate == "done.present" else None
    if year == report_year:
        return "this"
    return "next" if year > report_year else "last"


def is_vague(features: Features) -> bool:
    """Whether the clause says only that something has begun, goes on, or is closed one way or another."""
    return features.predicate in ("going.begun", "going.ongoing", "done.closed") and not features.negated


def _done(features: Features) -> Outcome | None:
    if features.partly:
        return "partial"
    if features.predicate == "done.valid":
        return None if features.negated else "completed"
    if features.negated:
        return "on_track" if features.until and features.when == "this" else "off_track"
    if features.when == "next":
        return "off_track"
    if features.predicate == "done.closed" and features.mode == "possible":
        return "completed"
    if features.predicate == "done.present" and features.mode == "fact" and features.when is None:
        return None  # who does it or how: "uppdraget genomförs i samverkan"
    return "on_track" if features.ahead or (features.predicate == "done.closed" and features.when) else "completed"


def _going(features: Features) -> Outcome | None:
    if features.predicate == "going.begun":
        if features.negated and features.when == "this":
            if features.until:
                return "on_track"
            return "off_track" if features.mode == "possible" else "not_started"
        if features.negated:
            return "not_started"
        if features.when == "next":
            return "not_started"
        return "partial" if features.partly else "on_track"
    if features.partly:
        return "partial"
    if features.negated:
        return "off_track"
    return "off_track" if features.when == "next" else "on_track"


def _late(features: Features) -> Outcome | None:
    if features.negated:
        return "on_track" if features.predicate in ("late.delayed", "late.missed") else None
    if features.mode == "hedge" or features.partly:
        return "partial"
    if features.predicate in ("late.delayed", "late.moved") and features.when == "this":
        return "on_track"
    return "partial" if features.predicate == "late.delayed" and features.slightly else "off_track"


def _dropped(features: Features) -> Outcome | None:
    if features.negated:
        return None
    if features.predicate == "dropped.undone" and features.when == "this":
        return "off_track"  # "blir inte av i år"
    if features.until:  # "blir inte av förrän nästa år"
        return None if features.when == "this" else "off_track"
    if features.predicate == "dropped.failed":
        return "off_track"  # "blev inte av", without a decision to drop it
    return "partial" if features.mode == "hedge" else "cancelled"


def _wanted(group: str, features: Features) -> Outcome | None:
    """What is to be or ought to be says nothing, but for a delay and an end ("uppdraget ska utgå", "bör utgå")."""
    if group == "dropped":
        return "cancelled" if features.mode == "duty" else "off_track"
    if group == "late":
        return "off_track"
    return "completed" if features.predicate == "done.closed" and features.mode == "proposal" else None
