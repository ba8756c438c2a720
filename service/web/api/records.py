"""Records: listed, shown, with the reports of the same assignment over time; and how many show which light."""

from functools import partial
from typing import Any

from fastapi import APIRouter

from ljuskoll.service.record import Record
from ljuskoll.service.review.showing import shown
from ljuskoll.service.store.findings import find_finding, findings_about
from ljuskoll.service.store.overview import light_counts
from ljuskoll.service.store.records import find_record, list_records, neighbours
from ljuskoll.service.web.api.common import At, Digest, Limit, Mark, OfRecords, found, listed
from ljuskoll.service.web.schemas import Lights, Listed, Overview, RecordSeen
from ljuskoll.service.web.security import Reading, Unmasked

router = APIRouter(tags=["Uppföljningar"])


@router.get("/records", summary="Uppföljningarna, dokument för dokument")
def records(
    desk: At, user: Reading, unmasked: Unmasked, asked: OfRecords, mark: Mark = None, limit: Limit = 100
) -> Listed[Record]:
    """As in records.jsonl, with corrections made."""
    with desk.database.reading() as session:
        return listed(list_records(session, user, asked, mark, limit).shown(partial(shown, unmasked=unmasked)))


@router.get("/records/{identity}", summary="En uppföljning")
def record(desk: At, user: Reading, unmasked: Unmasked, identity: Digest) -> RecordSeen:
    """With the findings about it."""
    with desk.database.reading() as session:
        one = found(find_record(session, user, identity))
        about = tuple(name for name in findings_about(session, identity) if find_finding(session, user, name))
    return RecordSeen(**dict(shown(one, unmasked)), findings=about)


@router.get("/records/{identity}/neighbours", summary="Samma uppdrag över tid")
def neighbours_of(desk: At, user: Reading, unmasked: Unmasked, identity: Digest) -> Listed[Record]:
    """The reports of the same assignment, this one too, by the day that they are per."""
    with desk.database.reading() as session:
        found(find_record(session, user, identity))
        same = neighbours(session, user, identity)
    return Listed(items=tuple(shown(one, unmasked) for one in same), next=None)


@router.get("/overview", summary="Hur många ljus av varje färg")
def overview(desk: At, user: Reading, asked: OfRecords) -> Overview:
    """By municipality, day and board."""
    with desk.database.reading() as session:
        counts = light_counts(session, user, asked)
    rows: dict[tuple[str, str, str], dict[str, Any]] = {}
    for one in counts:
        place = {"municipality": one.municipality, "year": one.year, "as_of": one.as_of, "board": one.board}
        row = rows.setdefault((one.municipality or "", one.as_of or str(one.year or ""), one.board), place)
        row[one.colour or "none"] = one.records
    return Overview(rows=tuple(Lights(**rows[key]) for key in sorted(rows)))
