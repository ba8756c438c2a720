"""Frames: the force that a clause such as "det är osäkert" gives to the clause that depends on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from ljuskoll.nlp.followup import Outcome
from ljuskoll.nlp.language.clauses import CORE, Clause, has_kind
from ljuskoll.nlp.language.phrases import Tag
from ljuskoll.nlp.language.verdict import Mode

_FORCE: dict[str, Mode] = {"assess": "assess", "forecast": "forecast", "hedge": "hedge"}


@dataclass(frozen=True, slots=True)
class Frame:
    """The force that a clause such as "det är osäkert" gives to the clause that depends on it."""

    mode: Mode = "fact"
    flips: bool = False
    untold: bool = False

    @property
    def tells(self) -> bool:
        """Whether what depends on it is meant as it stands."""
        return self.mode != "hedge" and not self.flips and not self.untold


def asks(clause: Clause) -> bool:
    """Whether "om" after this clause begins a question ("det är osäkert om ..."), no condition."""
    frame = frame_of(clause)
    return frame is not None and (frame.mode == "hedge" or frame.untold)


def _tells_of(clause: Clause) -> bool:
    """Whether an assignment or goal is what tells something: "målet innebär att", not "vad gäller målet kan sägas"."""
    tags = clause.tags
    return any(
        has_kind(tag, *CORE[:2]) and not (place and has_kind(tags[place - 1], "preposition"))
        for place, tag in enumerate(tags)
    )


def frame_of(clause: Clause) -> Frame | None:
    """The force that this clause gives to a clause with "att" or "om" after it."""
    if clause.joint == "dead" and clause.find("agent") and has_kind(clause.tags[-1], "frame.decision"):
        return Frame()  # "sedan nämnden beslutat att ..."
    if clause.joint in ("dead", "condition", "if") or clause.find("mode.duty"):
        return None
    negated = sum(has_kind(tag, "polarity.negator") for tag in clause.tags) % 2 == 1
    for tag in reversed(clause.tags):
        name = tag.kind.partition(".")[2]
        if has_kind(tag, "predicate.untold") or (tag.kind == "predicate.measured" and negated):
            return Frame(untold=True)
        if has_kind(tag, "predicate.threatened"):
            return Frame("hedge")
        if has_kind(tag, "frame.negative"):
            return Frame("assess", flips=not negated)
        if has_kind(tag, "finite.telling", "frame.decision") and (
            _tells_of(clause) or has_kind(clause.tags[0], CORE[2])
        ):
            return None
        if clause.joint == "relative" and tag.kind not in ("finite.telling", "frame.negative"):
            continue  # "de som anser att ...": not our judgement
        if has_kind(tag, "frame", "finite.telling", "mode.assess", "mode.forecast", "mode.hedge"):
            return Frame(_FORCE.get(name, "fact"), flips=negated)
    return None


def is_elsewhere(tags: Sequence[Tag]) -> bool:
    """Whether the sentence says itself that it is about another matter: "..., vilket inte påverkar uppdraget"."""
    for tag in tags:
        if has_kind(tag, *CORE[:2]):
            return False
        if has_kind(tag, "elsewhere"):
            return True
    return False


def fronted_question(clause: Clause) -> Outcome | None:
    """What "om målet nås går inte att säga" says."""
    if clause.joint not in ("if", "whether") or not clause.tags:
        return None
    if not has_kind(clause.tags[0], *CORE, "subject.named") and not (
        has_kind(clause.tags[0], "agent") and clause.find("active", "predicate.done") and clause.find(*CORE)
    ):
        return None
    frame = frame_of(Clause("", clause.first, clause.tags))
    if frame is None or not (frame.untold or frame.mode == "hedge"):
        return None
    return "unclear" if frame.untold else "partial"
