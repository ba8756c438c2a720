"""What reviewers have decided: lights that can be trusted, one a comment, where they agree."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from pydantic import Field

from ljuskoll.nlp.followup import Colour, Declared, FollowUp

Fate: TypeAlias = Literal["used", "repeated", "contested", "no_light", "not_learnable"]
"""What became of a decision; `repeated`: its reviewer decided anew later, or another had said the same."""
Key: TypeAlias = tuple[str, str, str, str]


class Decision(FollowUp):
    """A follow-up, and the light that `who` says is right (None: no opinion); so many `others` say another."""

    verdict: Literal["agree", "disagree"]
    light: Colour | None
    who: str
    when: str
    others: int = Field(default=0, ge=0)

    @property
    def decided(self) -> FollowUp:
        """The follow-up with this light as its declared one."""
        fields = {name: getattr(self, name) for name in FollowUp.model_fields}
        return FollowUp(**{**fields, "declared": Declared(colour=self.light, as_written="", source="text")})


@dataclass(frozen=True, slots=True)
class Decided:
    """What reviewers say of each comment: the follow-up with their light, None where they differ; and each's fate."""

    by_comment: Mapping[Key, FollowUp | None]
    fates: Counter[Fate]

    @property
    def followups(self) -> tuple[FollowUp, ...]:
        """The follow-ups whose lights can be trusted."""
        return tuple(one for one in self.by_comment.values() if one)

    def covers(self, followup: FollowUp) -> bool:
        """Whether reviewers have judged this comment, so that its declared light no longer counts."""
        return key_of(followup) in self.by_comment


def key_of(followup: FollowUp) -> Key:
    """What tells one comment from another: municipality, period, assignment and text."""
    period = followup.period.model_dump_json() if followup.period else ""
    return (followup.municipality or "", period, followup.assignment, followup.comment)


def decide(decisions: Sequence[Decision]) -> Decided:
    """One light a comment. Of a reviewer's decisions on it the latest counts; where reviewers differ, none does."""
    latest = {(key_of(one), one.who): one for one in sorted(decisions, key=lambda one: one.when)}
    opinions: dict[Key, list[Decision]] = defaultdict(list)
    for (key, _), one in latest.items():
        opinions[key].append(one)
    fates: Counter[Fate] = Counter({"repeated": len(decisions) - len(latest)})
    by_comment: dict[Key, FollowUp | None] = {}
    for key, some in opinions.items():
        lit = [one for one in some if one.light]
        fates["no_light"] += len(some) - len(lit)
        if not lit:
            continue
        fate = _fate(lit)
        fates[fate] += 1
        fates["contested" if fate == "contested" else "repeated"] += len(lit) - 1
        by_comment[key] = lit[0].decided if fate == "used" else None
    return Decided(by_comment, fates)


def _fate(opinions: Sequence[Decision]) -> Fate:
    """The fate of these lights of one comment."""
    if len({one.light for one in opinions}) > 1 or any(one.others for one in opinions):
        return "contested"
    return "used" if opinions[0].period and opinions[0].comment.strip() else "not_learnable"
