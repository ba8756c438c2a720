"""The review of one finding: the page of the document beside what was read, and one button for each decision."""

from dataclasses import dataclass, replace
from secrets import token_hex
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy.orm import Session

from ljuskoll.service.outputs.report_findings import FEW, about, finding_title, told
from ljuskoll.service.outputs.report_parts import MAX_TITLE
from ljuskoll.service.outputs.wording import WORDS, period_label
from ljuskoll.service.record import Finding, Record
from ljuskoll.service.review.desk import Desk
from ljuskoll.service.review.showing import shown
from ljuskoll.service.shortening import shortened
from ljuskoll.service.store.access import User
from ljuskoll.service.store.decisions import history, standings
from ljuskoll.service.store.findings import FindingFilter, count_findings, find_finding
from ljuskoll.service.store.queue import finding_after, place_of
from ljuskoll.service.store.records import find_records, neighbours
from ljuskoll.service.store.schema import DecisionRow, StandingRow
from ljuskoll.service.web.errors import RefusedError
from ljuskoll.service.web.pages.desks import desk_of, unmasking
from ljuskoll.service.web.pages.evidence import Part, Side, comment_parts, is_light, quotes, side_names
from ljuskoll.service.web.pages.filtering import Asked, filter_query, in_queue
from ljuskoll.service.web.pages.picturing import Picture, chosen_leaf, leaves, picture
from ljuskoll.service.web.pages.queue import concerned
from ljuskoll.service.web.pages.record_form import RecordValues, values_of
from ljuskoll.service.web.pages.rendering import TEXT, render
from ljuskoll.service.web.security import Visitor, visiting

router = APIRouter()
MOST_RECORDS = 40
"""So many records of a finding are shown."""


@dataclass(frozen=True, slots=True)
class RecordSide:
    """One record of the finding: its comment in parts, and what is quoted from elsewhere.

    `light_side` is the side that its light is on, `values` what its correction begins with.
    """

    record: Record
    heading: str
    light_side: Side | None
    parts: tuple[Part, ...]
    quotes: tuple[Part, ...]
    values: RecordValues


@dataclass(frozen=True, slots=True)
class PictureLink:
    """The way to one of the pages that the finding touches."""

    number: int
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class FindingPage:
    """What finding.html shows. `query` is that of the filters, `key` marks the decision so that it counts once.

    `few` sides are open, `courses` are the other periods of each assignment, `loose` are quotations of no record,
    `correcting` is the record whose correction failed.
    """

    finding: Finding
    title: str
    about: str
    kind: str
    place: str
    message: str
    question: str | None
    loose: tuple[str, ...]
    side_names: tuple[str, str]
    sides: tuple[RecordSide, ...]
    few: int
    courses: tuple[tuple[Record, ...], ...]
    pictures: tuple[PictureLink, ...]
    picture: Picture | None
    following_picture: str
    next_picture: str
    own: StandingRow | None
    others: tuple[StandingRow, ...]
    history: tuple[DecisionRow, ...]
    note: str
    key: str
    query: str
    unmasked_query: str
    unmasked: bool
    next: str
    new_row: str
    correcting: str
    may_review: bool

    @property
    def has_marks(self) -> bool:
        """Whether words of a comment are marked."""
        return any(part.side for side in self.sides for part in (*side.parts, *side.quotes))

    def named(self, side: Side) -> str:
        """What a side is called."""
        return self.side_names[side == "other"]


@router.get("/granska/{id}")
def finding(
    request: Request,
    visitor: Annotated[Visitor, Depends(visiting("read"))],
    id: str,
    asked: Asked,
    bild: int | None = None,
) -> Response:
    """The review of one finding; the address always opens this one."""
    return finding_page(request, visitor, id, asked, bild)


def finding_page(
    request: Request,
    visitor: Visitor,
    id: str,
    asked: FindingFilter,
    bild: int | None = None,
    alert: str = "",
    correcting: tuple[str, RecordValues | None] = ("", None),
) -> Response:
    """The page, with what went wrong with the correction of a record, if it did. Raises 404 for an unknown finding."""
    desk, unmasked = desk_of(request), unmasking(request, visitor)
    wrong, sent = correcting
    with desk.database.reading() as session:
        found = find_finding(session, visitor.user, id)
        if found is None:
            raise RefusedError(404, TEXT["gone"])
        records = concerned(found, find_records(session, visitor.user, found.records[:MOST_RECORDS]))
        courses = _courses(session, visitor.user, records, unmasked)
        decided = _Decided.of(session, visitor, found)
        queued = _Queued.of(desk, session, visitor, found, asked)
    sides = tuple(_side(found, shown(record, unmasked)) for record in records)
    sides = tuple(replace(side, values=sent) if sent and side.record.id == wrong else side for side in sides)
    about_it = _About(found, asked, bild, unmasked, wrong, courses)
    page = _page(request, visitor, about_it, sides, decided, queued)
    return render(request, visitor, "finding.html", page, alert, 422 if alert else 200)


@dataclass(frozen=True, slots=True)
class _About:
    """What is asked for: a finding, found by filters, with one of its pictures (None: the first that there is)."""

    finding: Finding
    asked: FindingFilter
    picture: int | None
    unmasked: bool
    correcting: str
    courses: tuple[tuple[Record, ...], ...]

    def address(self, number: int) -> str:
        """The way to one of its pictures."""
        shown_ = {"unmasked": "true"} if self.unmasked else {}
        return f"/granska/{self.finding.id}{filter_query(self.asked, bild=number, **shown_)}"


@dataclass(frozen=True, slots=True)
class _Decided:
    """How the visitor and the others stand on a finding, and all that has been decided."""

    own: StandingRow | None
    others: tuple[StandingRow, ...]
    history: tuple[DecisionRow, ...]

    @classmethod
    def of(cls, session: Session, visitor: Visitor, finding: Finding) -> "_Decided":
        stands = standings(session, [finding.id]).get(finding.id, [])
        own = next((one for one in stands if one.who == visitor.user.name), None)
        others = tuple(one for one in stands if one.who != visitor.user.name)
        return cls(own, others, history(session, visitor.user, finding.id).items)


def _heading(record: Record) -> str:
    return f"{period_label(record.period)}: {shortened(record.assignment, MAX_TITLE)}"


@dataclass(frozen=True, slots=True)
class _Queued:
    """Where in the queue a finding stands, and the picture that the next one will need."""

    place: str
    next_picture: str

    @classmethod
    def of(cls, desk: Desk, session: Session, visitor: Visitor, finding: Finding, asked: FindingFilter) -> "_Queued":
        user, wanted = visitor.user, in_queue(asked)
        number, count = place_of(session, user, wanted, finding), count_findings(session, user, wanted)
        words = TEXT["place_open" if wanted.standing == "open" else "place"]
        place = words.format(number=number, all=count) if number else TEXT["outside"]
        following = finding_after(session, user, wanted, finding)
        records = concerned(following, find_records(session, user, following.records[:1])) if following else []
        pages = leaves(records)
        coming = picture(desk, pages[0], False, {}) if pages else None
        return cls(place, coming.image if coming and coming.state == "shown" else "")


def _page(
    request: Request,
    visitor: Visitor,
    about_it: _About,
    sides: tuple[RecordSide, ...],
    decided: _Decided,
    queued: _Queued,
) -> FindingPage:
    finding = shown(about_it.finding, about_it.unmasked)
    records = [side.record for side in sides]
    message, question = told(finding)
    pages = leaves(records)
    chosen = chosen_leaf(pages, about_it.picture)
    query = filter_query(about_it.asked)
    return FindingPage(
        finding=finding,
        title=finding_title(finding, records) if records else WORDS["findings"][finding.kind],
        about=about(records),
        kind=" + ".join(WORDS["findings"][kind] for kind in (finding.kind, *finding.also)),
        place=queued.place,
        message=message,
        question=question,
        loose=tuple(one.text for one in finding.evidence if one.record is None),
        side_names=side_names(finding),
        sides=sides,
        few=FEW,
        courses=about_it.courses,
        pictures=tuple(PictureLink(one.number, one.label, about_it.address(one.number)) for one in pages),
        picture=picture(desk_of(request), chosen, about_it.unmasked, {"finding": finding.id}) if chosen else None,
        following_picture=about_it.address((chosen.number + 1) % len(pages)) if chosen else "",
        next_picture=queued.next_picture,
        own=decided.own,
        others=decided.others,
        history=decided.history,
        note=decided.own.note if decided.own else "",
        key=token_hex(12),
        query=query,
        unmasked_query=filter_query(about_it.asked, bild=about_it.picture, unmasked="true"),
        unmasked=about_it.unmasked,
        next=f"/granska/nasta{filter_query(about_it.asked, efter=finding.id)}",
        new_row=f"/dokument/{records[0].document.sha256}#ny-rad" if records else "",
        correcting=about_it.correcting,
        may_review=visitor.user.may("review"),
    )


def _courses(session: Session, user: User, records: list[Record], unmasked: bool) -> tuple[tuple[Record, ...], ...]:
    """The reports of the assignments of the first records over time, each assignment once."""
    found = {one[0].id: one for record in records[:FEW] if len(one := neighbours(session, user, record.id)) > 1}
    return tuple(tuple(shown(record, unmasked) for record in course) for course in found.values())


def _side(finding: Finding, record: Record) -> RecordSide:
    has_light = any(one.record == record.id and is_light(one, record) for one in finding.evidence)
    return RecordSide(
        record=record,
        heading=TEXT["comment"] if len(finding.records) == 1 else _heading(record),
        light_side=("one" if record.id == finding.records[0] else "other") if has_light else None,
        parts=comment_parts(finding, record),
        quotes=quotes(finding, record),
        values=values_of(record),
    )
