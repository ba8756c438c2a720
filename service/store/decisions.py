"""What reviewers decide about findings: a history that is only added to, and how each reviewer stands now."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from pydantic import Field
from sqlalchemy import Select, delete, exists, func, select
from sqlalchemy.orm import Session, aliased

from ljuskoll.nlp.errors import UsageError
from ljuskoll.nlp.followup import Colour, Model
from ljuskoll.service.record import Finding
from ljuskoll.service.store.access import SYSTEM, User, only_seen, seen_by
from ljuskoll.service.store.database import alone, now
from ljuskoll.service.store.findings import FindingFilter, asked_of
from ljuskoll.service.store.fronts import ADVANCE_EVERY, advance, retreat
from ljuskoll.service.store.paging import Page, page_of
from ljuskoll.service.store.records import NO_NUL, some_of
from ljuskoll.service.store.schema import DecisionRow, FindingRow, StandingRow

Verdict: TypeAlias = Literal["agree", "disagree", "fault", "skip"]
"""The flag is right; it is wrong (`light`: which light is right); what was read is wrong; left for later."""
UNDO = "undo"
FORGOTTEN = ""
"""The finding of a decision whose document has been forgotten."""
_TAKEN = "Märket (key) har redan använts för något annat. Skicka ett nytt."
OPINIONS = ("agree", "disagree", "fault")
"""The verdicts that two reviewers can agree on."""


class Decision(Model):
    """What a reviewer says of a finding; `key` marks it, so that the same one sent twice counts once."""

    verdict: Verdict
    light: Colour | None = None
    note: str = Field(default="", max_length=2000, pattern=NO_NUL)
    key: str | None = Field(default=None, min_length=1, max_length=100, pattern=NO_NUL)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two reviewers go together on the findings that both have an opinion on; `kappa` is Cohen's."""

    one: str
    other: str
    both: int
    same: int
    kappa: float | None


def decide_on_all(session: Session, user: User, findings: Iterable[Finding], decision: Decision) -> list[DecisionRow]:
    """The same decision on each of the findings, made at one moment: `undo_moment` takes all of them back."""
    moment = now()
    made = []
    for finding in findings:
        key = f"{decision.key}:{finding.id}" if decision.key else None
        made.append(decide(session, user, finding, decision.model_copy(update={"key": key}), moment))
    return made


def decide(
    session: Session, user: User, finding: Finding, decision: Decision, moment: str | None = None
) -> DecisionRow:
    """Add a decision to the history; it is how the reviewer stands from now on. Returns the earlier one of its key.

    Raises UsageError where the finding is gone, or the key marks something else.
    """
    alone(session, _history_of(user))
    if (same := _with_key(session, user, decision.key)) is not None:
        if same.verdict == UNDO or same.finding not in (finding.id, FORGOTTEN):
            raise UsageError(_TAKEN)
        return same
    held = select(FindingRow).where(FindingRow.id == finding.id).with_for_update(read=True, key_share=True)
    if (found := session.scalar(held)) is None:
        raise UsageError("Avvikelsen finns inte längre: dokumentet har glömts eller lästs om. Ladda om listan.")
    about = json.dumps(
        {"kind": finding.kind, "message": finding.message, "records": finding.records}, ensure_ascii=False
    )
    place = {"finding": finding.id, "municipality": found.municipality, "document": found.document}
    row = DecisionRow(who=user.name, at=moment or now(), about=about, **place, **decision.model_dump())
    session.add(row)
    session.flush()
    _stand(session, row)
    if row.id % ADVANCE_EVERY == 0:
        advance(session, user)
    return row


def undo(session: Session, user: User, key: str | None = None) -> DecisionRow | None:
    """Take back the user's latest decision that still stands; the one before it on that finding holds again.

    Returns the decision that was taken back; None where there is none. Raises UsageError where the key marks
    something else.
    """
    alone(session, _history_of(user))
    if (same := _with_key(session, user, key)) is not None:
        if same.verdict != UNDO:
            raise UsageError(_TAKEN)
        return session.get(DecisionRow, same.undoes)
    own = _not_undone(user)
    last = session.scalar(own.limit(1))
    if last is None:
        return None
    place = {"finding": last.finding, "municipality": last.municipality, "document": last.document}
    values = {"who": user.name, "at": now(), "about": last.about, "key": key}
    session.add(DecisionRow(**place, **values, verdict=UNDO, light=None, note="", undoes=last.id))
    session.execute(delete(StandingRow).where(StandingRow.finding == last.finding, StandingRow.who == user.name))
    before = session.scalar(own.where(DecisionRow.finding == last.finding, DecisionRow.id < last.id).limit(1))
    if before is not None:
        _stand(session, before)
    retreat(session, user)
    return last


def undo_moment(session: Session, user: User) -> tuple[DecisionRow, ...]:
    """Take back the user's latest decision with all made at the same moment; returns them, the latest first."""
    undone: list[DecisionRow] = []
    last = session.scalar(_not_undone(user).limit(1))
    while last is not None and (not undone or last.at == undone[0].at):
        undo(session, user)
        undone.append(last)
        last = session.scalar(_not_undone(user).limit(1))
    return tuple(undone)


def standings(session: Session, findings: Iterable[str]) -> dict[str, list[StandingRow]]:
    """How each reviewer stands on these findings, by finding, in the order of their names."""
    found: dict[str, list[StandingRow]] = {}
    query = select(StandingRow).where(StandingRow.finding.in_(list(findings)))
    for row in session.scalars(query.order_by(StandingRow.finding, StandingRow.who)):
        found.setdefault(row.finding, []).append(row)
    return found


def with_standings(session: Session, findings: Iterable[Finding]) -> Iterator[tuple[Finding, Sequence[StandingRow]]]:
    """Each finding with how reviewers stand on it, a thousand asked for at a time."""
    for some in some_of(list(findings)):
        stands = standings(session, [finding.id for finding in some])
        yield from ((finding, stands.get(finding.id, ())) for finding in some)


def history(
    session: Session, user: User, finding: str | None = None, mark: str | None = None, limit: int = 100
) -> Page[DecisionRow]:
    """The decisions in the order in which they were made, of one finding or of all that the user may see or made."""
    query = select(DecisionRow) if finding is None else select(DecisionRow).where(DecisionRow.finding == finding)
    return page_of(session, _seen_or_own(query, user), (DecisionRow.id,), mark, limit)


def unfit_decisions(session: Session, user: User) -> tuple[DecisionRow, ...]:
    """Decisions that stand, about findings that the latest check no longer makes: all that the user may see or made."""
    query = select(DecisionRow).join(StandingRow, StandingRow.decision == DecisionRow.id)
    query = query.where(~select(FindingRow.id).where(FindingRow.id == DecisionRow.finding).exists())
    return tuple(session.scalars(_seen_or_own(query, user).order_by(DecisionRow.id)))


def decided_counts(session: Session, user: User, asked: FindingFilter = FindingFilter()) -> Counter[str]:  # noqa: B008
    """How many of the findings that the filter lets through the user has given each verdict."""
    found = asked_of(user, asked).with_only_columns(FindingRow.id)
    query = select(StandingRow.verdict, func.count().label("count")).where(StandingRow.finding.in_(found))
    rows = session.execute(query.where(StandingRow.who == user.name).group_by(StandingRow.verdict))
    return Counter({row.verdict: row.count for row in rows})


def agreements(session: Session, user: User = SYSTEM) -> tuple[Agreement, ...]:
    """For each two reviewers who have an opinion on the same findings that the user may see, how far they agree."""
    query = select(StandingRow.finding, StandingRow.who, StandingRow.verdict)
    query = query.join(DecisionRow, DecisionRow.id == StandingRow.decision)
    query = only_seen(query, user, DecisionRow)
    by_finding: dict[str, list[tuple[str, str]]] = {}
    for finding, who, verdict in session.execute(query.where(StandingRow.verdict.in_(OPINIONS))):
        by_finding.setdefault(finding, []).append((who, verdict))
    pairs: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for given in by_finding.values():
        ordered = sorted(given)
        for place, (one, verdict) in enumerate(ordered):
            for other, others in ordered[place + 1 :]:
                pairs.setdefault((one, other), []).append((verdict, others))
    return tuple(_agreement(one, other, verdicts) for (one, other), verdicts in sorted(pairs.items()))


def _agreement(one: str, other: str, verdicts: list[tuple[str, str]]) -> Agreement:
    """Cohen's kappa (Cohen 1960): agreement beyond what the two reviewers' habits alone would give."""
    same = sum(mine == others for mine, others in verdicts)
    mine, others = Counter(mine for mine, _ in verdicts), Counter(others for _, others in verdicts)
    by_chance = sum(mine[verdict] * others[verdict] for verdict in OPINIONS) / len(verdicts) ** 2
    kappa = None if by_chance == 1 else round((same / len(verdicts) - by_chance) / (1 - by_chance), 3)
    return Agreement(one, other, len(verdicts), same, kappa)


def _history_of(user: User) -> str:
    return f"decisions of {user.name}"


def _seen_or_own(query: Select[DecisionRow], user: User) -> Select[DecisionRow]:
    seen = seen_by(user, DecisionRow)
    return query if seen is None else query.where(seen | (DecisionRow.who == user.name))


def _not_undone(user: User) -> Select[DecisionRow]:
    """The user's decisions that have not been taken back, the latest first."""
    later = aliased(DecisionRow)
    own = select(DecisionRow).where(DecisionRow.who == user.name, DecisionRow.verdict != UNDO)
    own = own.where(DecisionRow.finding != FORGOTTEN, ~exists().where(later.undoes == DecisionRow.id))
    return own.order_by(DecisionRow.id.desc())


def _with_key(session: Session, user: User, key: str | None) -> DecisionRow | None:
    if key is None:
        return None
    return session.scalar(select(DecisionRow).where(DecisionRow.who == user.name, DecisionRow.key == key))


def _stand(session: Session, row: DecisionRow) -> None:
    values = {"decision": row.id, "at": row.at, "verdict": row.verdict, "light": row.light, "note": row.note}
    session.merge(StandingRow(finding=row.finding, who=row.who, **values))
