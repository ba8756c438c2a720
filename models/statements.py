"""What a clause states of how things stand, from what was seen in it: one name a clause, by precedence."""

from typing import Final

from ljuskoll.models.clauses import BEYOND, Clause

_FIRST = ("safe", "no_ground", "kept", "threat", "cancelled")
_SETTLED = ("if_not", "if_open", "if_met")
_LIMITS = ("partial", "irreal")
_ASSERTED = (
    "sure",
    "condition",
    "miss",
    "appeal_refused",
    "refused",
    "unbooked",
    "overcome",
    "moved",
    "stuck",
    "appeal_granted",
    "appeal",
    "next_year",
    "reach",
    "right_way",
    "wrong_way",
    "likely",
    "forecast_this_year",
    "forecast",
    "plan",
    "shall",
    "approved",
    "lacking_all",
    "lacking",
)
_TOLD = ("now", "done", "still", "reference", "survey", "background")
"""Kinds that name a clause, those that count most first; `_NAMES` has those with another name."""

_NAMES = {"no_ground": "groundless", "partial": "part", "miss": "fails", "unbooked": "refused", "reach": "reaches"}
_NAMES |= {"appeal": "stuck", "appeal_granted": "approved", "done": "done_present"}
_COMBINED = (
    ("threat", {"cancelled", "would"}),
    ("appeal_refused", {"appeal", "refused"}),
    ("appeal_granted", {"appeal", "approved"}),
    ("forecast_this_year", {"forecast", "this_year"}),
    ("lacking_all", {"lacking", "complete"}),
    ("irreal", {"intended"}),
)
_SHARES = frozenset(("part_all", "part_some", "part_few", "count_all", "count_some", "count_few"))
_FACTS = ("part_all", "part_some", "part_few", "met", "missed", "count_all", "count_some", "count_few")
_GOOD_FACTS = frozenset(("met", "count_all", "part_all"))
_MISSING = frozenset(("lacking", "miss"))
_HARMS = frozenset(("stuck", "bad", "moved", "refused", "unbooked", "cancelled", "first_then"))
_STOPS = frozenset(("stuck", "moved", "refused", "appeal_refused", "overcome", "no_harm", "approved", "fails", "kept"))
"""What may befall a preparation and so the thing itself."""
_ACTIVE = frozenset(
    ("done", "done_all", "done_some", "told", "told_about", "told_some", "now", "present", "present_about")
)
"""What tells of means only, where the title asks for a result."""

_ASIDE = frozenset(("overcome", "told_about", "told_some", "present_about"))
"""What does not change what figures have told."""
_WELL = frozenset(("met", "cancelled", "parts_some", "done", "done_all", "missed"))
_PAST = frozenset(("done", "done_all", "done_some", "told_about", "told_some", "told", "now", "now_all", "now_some"))

DECIDING: Final = frozenset(
    name
    for names in (
        (
            *_FACTS,
            *("will_" + share for share in _SHARES),
            "unbegun",
            "doubt",
            "no_harm",
            "none_missing",
            "denied",
            "denied_forecast",
            "denied_outcome",
            "still",
            "parts_some",
            "if_met",
            "if_not",
            "if_open",
        ),
        (_NAMES.get(kind, kind) for kind in (*_FIRST, *_LIMITS, *_ASSERTED)),
        ("done", "done_all", "done_some", "told_about", "told_some", "now", "now_all", "now_some"),
        ("before_done", "before_lacking", "before_ahead"),
    )
    for name in names
)
"""Statements that tell something of the outcome; the others are background until the rest says more."""


def statement_of(clause: Clause) -> str:
    """The name of what the clause states; "told", "present" or "nothing" where it only tells of something."""
    if clause.why:
        return "why"
    if clause.granted:
        return "granted"
    kinds = {*clause.cues, *clause.seen, *_trend(clause)}
    kinds.update(name for name, parts in _COMBINED if parts <= kinds)
    name = _name(clause, kinds)
    if clause.aim == "beyond" or (clause.aim == "before" and name not in _STOPS and name != "cancelled"):
        return f"{clause.aim}_{_state(clause)}"
    if clause.follows_figures and name in _ASIDE:
        return "told"
    if "long_ago" in kinds and name in _PAST and not ({"now", "done"} <= kinds or "this_year" in kinds):
        return "long_ago"
    if "formerly" in kinds and name not in _WELL:
        return "formerly"
    return "activity" if clause.goal and name in _ACTIVE else name


def _state(clause: Clause) -> str:
    """How a step stands that is not what the title asks for."""
    seen = {kind.removeprefix(BEYOND) for kind in clause.seen}
    if clause.denied or "next_year" in seen:
        return "lacking"
    return "done" if "outcome" in seen else "ahead"


def _trend(clause: Clause) -> tuple[str, ...]:
    """Whether what the title wants to rise or fall does so."""
    rises, falls = "rise" in clause.cues, "fall" in clause.cues
    if not (clause.way and clause.about) or rises == falls:
        return ()
    return ("right_way",) if rises == (clause.way == "up") else ("wrong_way",)


def _name(clause: Clause, kinds: set[str]) -> str:
    if "parts_some" in kinds:
        return "parts_some"
    name = _named(kinds, _FIRST) or _named(kinds, _SETTLED)
    if name:
        return name
    denied_good = clause.denied and _GOOD_FACTS.issuperset(clause.facts)
    doubted = "uncertainty" in kinds and _GOOD_FACTS.issuperset(clause.facts)
    if clause.facts and not denied_good and not doubted and kinds.isdisjoint(("irreal", "next_year")):
        fact = next((fact for fact in _FACTS if fact in clause.facts), "figure")
        return "will_" + fact if fact in _SHARES and ("forecast" in kinds or "will" in kinds) else fact
    if "uncertainty" in kinds and not ("negation" in kinds and "likely" in kinds):
        return "no_harm" if clause.denied and "denies" in kinds else "doubt"
    name = _named(kinds, _LIMITS)
    if name:
        return name
    if "unbegun" in kinds and clause.seen.count("negation") <= 1:
        return "unbegun"
    return _denied(kinds) if clause.denied else _named(kinds, _ASSERTED) or _told(clause, kinds)


def _denied(kinds: set[str]) -> str:
    if "denies" in kinds and not kinds.isdisjoint(("reach", "done", "forecast")):
        return "denied_forecast"
    if not kinds.isdisjoint(_MISSING):
        return "none_missing"
    if not kinds.isdisjoint(_HARMS):
        return "no_harm"
    if not kinds.isdisjoint(("forecast", "next_year", "denies")):
        return "denied_forecast"
    return "denied_outcome" if "outcome" in kinds else "denied"


def _told(clause: Clause, kinds: set[str]) -> str:
    extent = "_all" if "complete" in kinds else "_some" if "some" in kinds else ""
    if "done" in kinds and ("outcome" in kinds or "tense.present" not in kinds):
        return "done" + extent
    if "outcome" in kinds:
        return "told_some" if extent == "_some" else "told_about" if clause.about else "told"
    name = _named(kinds, _TOLD)
    if name:
        return name + extent if name == "now" else name
    if "tense.present" not in kinds:
        return "nothing"
    return "present_about" if clause.about else "present"


def _named(kinds: set[str], order: tuple[str, ...]) -> str:
    """The name of the first kind in this order that is there, "" if none is."""
    for kind in order:
        if kind in kinds:
            return _NAMES.get(kind, kind)
    return ""
