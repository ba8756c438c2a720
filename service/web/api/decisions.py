"""Decisions: made, taken back, listed; how far reviewers agree."""

import json
from dataclasses import asdict
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query

from ljuskoll.service.review.showing import shown
from ljuskoll.service.store.decisions import Decision, agreements, decide, decide_on_all, history, undo, unfit_decisions
from ljuskoll.service.store.findings import find_finding
from ljuskoll.service.store.schema import DecisionRow
from ljuskoll.service.web.api.common import At, Digest, Limit, Mark, found, listed
from ljuskoll.service.web.errors import RefusedError
from ljuskoll.service.web.schemas import AgreementSeen, DecisionSeen, Listed
from ljuskoll.service.web.security import Reading, Reviewing, Unmasked
from ljuskoll.service.web.sent import BulkSent, DecisionSent, UndoSent

router = APIRouter(tags=["Beslut"])


@router.get("/findings/{identity}/decisions", summary="Vad som har beslutats om ett fynd")
def decisions_of(
    desk: At, user: Reading, unmasked: Unmasked, identity: Digest, mark: Mark = None, limit: Limit = 100
) -> Listed[DecisionSeen]:
    """All reviewers' decisions in the order in which they were made; none is ever changed."""
    with desk.database.reading() as session:
        found(find_finding(session, user, identity))
        return listed(history(session, user, identity, mark, limit).shown(partial(_seen, unmasked=unmasked)))


@router.post("/findings/{identity}/decisions", status_code=201, summary="Besluta om ett fynd")
def make(desk: At, user: Reviewing, identity: Digest, sent: DecisionSent) -> DecisionSeen:
    """It is how the reviewer stands from now on. What is sent twice with the same key counts once."""
    with desk.database.writing() as session:
        row = decide(session, user, found(find_finding(session, user, identity)), sent)
    return _seen(row)


@router.post("/decisions", status_code=201, summary="Samma beslut om flera fynd")
def make_many(desk: At, user: Reviewing, sent: BulkSent) -> Listed[DecisionSeen]:
    """All of them or none."""
    with desk.database.writing() as session:
        asked = [found(find_finding(session, user, identity)) for identity in dict.fromkeys(sent.findings)]
        decision = Decision(**sent.model_dump(include=set(Decision.model_fields)))
        made = decide_on_all(session, user, asked, decision)
    return Listed(items=tuple(map(_seen, made)), next=None)


@router.post("/decisions/undo", summary="Ta tillbaka mitt senaste beslut")
def take_back(desk: At, user: Reviewing, sent: UndoSent) -> DecisionSeen:
    """The decision before it on the same finding holds again. Tells which decision was taken back."""
    with desk.database.writing() as session:
        row = undo(session, user, sent.key)
    if row is None:
        raise RefusedError(404, "Du har inget beslut att ta tillbaka.")
    return _seen(row)


@router.get("/decisions", summary="Alla beslut")
def decisions(
    desk: At,
    user: Reading,
    unmasked: Unmasked,
    unfit: Annotated[bool, Query(description="Bara de vars fynd inte längre görs.")] = False,
    mark: Mark = None,
    limit: Limit = 100,
) -> Listed[DecisionSeen]:
    """In the order in which they were made; those that no longer fit are given in one part."""
    show = partial(_seen, unmasked=unmasked)
    with desk.database.reading() as session:
        if unfit:
            return Listed(items=tuple(map(show, unfit_decisions(session, user))), next=None)
        return listed(history(session, user, None, mark, limit).shown(show))


@router.get("/agreement", summary="Hur eniga är granskarna?")
def agreement(desk: At, user: Reading) -> Listed[AgreementSeen]:
    """For each two reviewers of the same findings."""
    with desk.database.reading() as session:
        pairs = agreements(session, user)
    return Listed(items=tuple(AgreementSeen(**asdict(pair)) for pair in pairs), next=None)


def _seen(row: DecisionRow, unmasked: bool = False) -> DecisionSeen:
    values = {name: getattr(row, name) for name in ("id", "finding", "who", "verdict", "light", "note", "undoes")}
    return shown(DecisionSeen(**values, when=row.at, about=json.loads(row.about)), unmasked)
