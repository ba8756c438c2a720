"""The queue of findings, the surest first: filters, progress, and decisions on many at once."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from pydantic import ValidationError
from sqlalchemy.orm import Session

from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.outputs.markup import Html
from ljuskoll.service.outputs.report_findings import about, finding_title
from ljuskoll.service.outputs.report_parts import declared, plural
from ljuskoll.service.outputs.wording import WORDS
from ljuskoll.service.record import Finding, Record
from ljuskoll.service.review.showing import shown
from ljuskoll.service.store.access import User
from ljuskoll.service.store.decisions import Decision, decide_on_all, standings
from ljuskoll.service.store.findings import FindingFilter, count_findings, find_finding, list_findings
from ljuskoll.service.store.overview import kind_counts
from ljuskoll.service.store.records import find_records
from ljuskoll.service.store.schema import StandingRow
from ljuskoll.service.web.pages.desks import desk_of
from ljuskoll.service.web.pages.filtering import Asked, Choices, choices, filter_query
from ljuskoll.service.web.pages.rendering import COUNT, DONE, TEXT, lead_to, render
from ljuskoll.service.web.security import Visitor, visiting

router = APIRouter()
AT_ONCE = 50
"""So many findings stand on a page."""


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One finding in the queue; `shown` is the light that its only record declares, where another is suggested."""

    finding: Finding
    title: str
    about: str
    kind: str
    shown: Html | None
    own: StandingRow | None
    others: str


@dataclass(frozen=True, slots=True)
class QueuePage:
    """What queue.html shows. Addresses end in the queries; `first` and `next` are those of other pages of the list."""

    items: tuple[QueueItem, ...]
    asked: FindingFilter
    choices: Choices
    all: int
    decided: int
    any: bool
    progress: str
    shown: str
    query: str
    decided_query: str
    export_query: str
    first: str
    next: str
    may_review: bool


@router.get("/granska")
def queue(
    request: Request, visitor: Annotated[Visitor, Depends(visiting("read"))], asked: Asked, mark: str | None = None
) -> Response:
    """A page of the queue."""
    return render(request, visitor, "queue.html", _page(request, visitor, asked, mark))


@router.post("/granska")
def decide_on_many(
    request: Request,
    visitor: Annotated[Visitor, Depends(visiting("review"))],
    asked: Asked,
    verdict: Annotated[str, Form()],
    findings: Annotated[list[str] | None, Form()] = None,
    note: Annotated[str, Form()] = "",
) -> Response:
    """One decision on all findings that were ticked."""
    decision = decision_of(verdict, note)
    if not findings:
        page = _page(request, visitor, asked, None)
        return render(request, visitor, "queue.html", page, TEXT["nothing_chosen"], 422)
    with desk_of(request).database.writing() as session:
        found = [one for id in findings[:500] if (one := find_finding(session, visitor.user, id)) is not None]
        decide_on_all(session, visitor.user, found, decision)
    return lead_to(f"/granska{filter_query(asked, **{COUNT: len(found), DONE: verdict})}")


def decision_of(choice: str, note: str, key: str = "") -> Decision:
    """The decision of a button ("agree", "disagree-red"). Raises UsageError for what is no button's."""
    verdict, _, light = choice.partition("-")
    try:
        return Decision.model_validate(
            {"verdict": verdict, "light": light or None, "note": note.strip(), "key": key or None}
        )
    except ValidationError as error:
        is_note = any(one["loc"] == ("note",) for one in error.errors())
        raise UsageError(TEXT["too_long" if is_note else "no_light"]) from error


def concerned(finding: Finding, records: dict[str, Record]) -> list[Record]:
    """The records that a finding is about and that are there, in its order."""
    return [records[id] for id in dict.fromkeys(finding.records) if id in records]


def _page(request: Request, visitor: Visitor, asked: FindingFilter, mark: str | None) -> QueuePage:
    user, whatever = visitor.user, asked.model_copy(update={"standing": None})
    with desk_of(request).database.reading() as session:
        listed = list_findings(session, user, asked, mark, AT_ONCE)
        items = _items(session, user, listed.items)
        counts = kind_counts(session, user, whatever)
        count = count_findings(session, user, asked)
        found = choices(session, user, asked)
    skipped = sum(count for (_, verdict), count in counts.items() if verdict == "skip")
    decided = sum(count for (_, verdict), count in counts.items() if verdict not in (None, "skip"))
    told = plural(TEXT["shown"], count)
    return QueuePage(
        items=items,
        asked=asked,
        choices=found,
        all=counts.total(),
        decided=decided,
        any=bool(found.municipalities or found.boards or counts),
        progress=TEXT["progress"].format(decided=decided, all=counts.total(), skipped=skipped),
        shown=f"{told}. {TEXT['shown_more'].format(count=len(items))}." if count > len(items) and not mark else told,
        query=filter_query(asked),
        decided_query=filter_query(whatever, standing="decided"),
        export_query=filter_query(whatever),
        first=f"/granska{filter_query(asked)}" if mark else "",
        next=f"/granska{filter_query(asked, mark=listed.next)}" if listed.next else "",
        may_review=user.may("review"),
    )


def _items(session: Session, user: User, findings: tuple[Finding, ...]) -> tuple[QueueItem, ...]:
    records = find_records(session, user, [id for finding in findings for id in finding.records])
    stands = standings(session, [finding.id for finding in findings])
    return tuple(_item(shown(one, False), records, user, stands.get(one.id, [])) for one in findings)


def _item(finding: Finding, records: dict[str, Record], user: User, stands: list[StandingRow]) -> QueueItem:
    own = [shown(record, False) for record in concerned(finding, records)]
    others = sum(one.who != user.name for one in stands)
    return QueueItem(
        finding=finding,
        title=finding_title(finding, own) if own else finding.message,
        about=about(own),
        kind=str(WORDS["findings"][finding.kind]),
        shown=declared(own[0]) if len(own) == 1 and finding.suggested else None,
        own=next((one for one in stands if one.who == user.name), None),
        others=plural(TEXT["others"], others) if others else "",
    )
