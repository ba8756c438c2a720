"""Decisions and corrections that the latest reading has nothing for; none of them is lost."""

import json
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy.orm import Session

from ljuskoll.service.corrections import Correction
from ljuskoll.service.masking import masked
from ljuskoll.service.review.showing import shown
from ljuskoll.service.shortening import shortened
from ljuskoll.service.store.corrections import unfit_corrections
from ljuskoll.service.store.decisions import unfit_decisions
from ljuskoll.service.store.records import find_records
from ljuskoll.service.store.schema import DecisionRow
from ljuskoll.service.web.pages.desks import desk_of
from ljuskoll.service.web.pages.rendering import TEXT, render
from ljuskoll.service.web.security import Visitor, visiting

router = APIRouter()
LONGEST = 200


@dataclass(frozen=True, slots=True)
class UnfitDecision:
    """A decision on a finding that is no longer made; `message` is what the finding said."""

    who: str
    at: str
    verdict: str
    light: str | None
    note: str
    message: str


@dataclass(frozen=True, slots=True)
class UnfitCorrection:
    """A correction that no longer fits; `is_there` tells whether its record is."""

    field: str
    old: str
    new: str
    who: str
    at: str
    record: str
    is_there: bool


@dataclass(frozen=True, slots=True)
class UnfitPage:
    """What unfit.html shows."""

    decisions: tuple[UnfitDecision, ...]
    corrections: tuple[UnfitCorrection, ...]


@router.get("/passar-inte")
def unfit(request: Request, visitor: Annotated[Visitor, Depends(visiting("read"))]) -> Response:
    """All that does not fit."""
    with desk_of(request).database.reading() as session:
        decisions = tuple(map(_decision, unfit_decisions(session, visitor.user)))
        page = UnfitPage(decisions, _corrections(session, visitor))
    return render(request, visitor, "unfit.html", page)


def _decision(row: DecisionRow) -> UnfitDecision:
    message = masked(json.loads(row.about).get("message", ""))
    return UnfitDecision(row.who, row.at, row.verdict, row.light, row.note, message)


def _corrections(session: Session, visitor: Visitor) -> tuple[UnfitCorrection, ...]:
    found = [shown(one, False) for one in unfit_corrections(session, visitor.user)]
    there = find_records(session, visitor.user, [one.record for one in found])
    return tuple(_correction(one, one.record in there) for one in found)


def _correction(one: Correction, is_there: bool) -> UnfitCorrection:
    field = TEXT["fields"].get(one.field, one.field)
    return UnfitCorrection(field, _value(one.old), _value(one.new), one.who, one.when, one.record, is_there)


def _value(value: Any) -> str:
    """A field's value in few words: a text as it is, a title for a whole row."""
    if isinstance(value, dict):
        value = value.get("assignment") or value.get("as_written") or value.get("as_of") or value.get("year")
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    return shortened(str(value), LONGEST) if value not in (None, "") else "–"
