"""Findings: listed with the surest first, shown with what they are about, and how far a reviewer has come."""

from collections.abc import Iterable

from fastapi import APIRouter
from sqlalchemy.orm import Session

from ljuskoll.service.record import Finding
from ljuskoll.service.review.exports import JudgedFinding, judged
from ljuskoll.service.review.showing import shown
from ljuskoll.service.store.decisions import decided_counts, with_standings
from ljuskoll.service.store.findings import count_findings, find_finding, list_findings
from ljuskoll.service.store.records import find_record
from ljuskoll.service.web.api.common import At, Digest, Limit, Mark, OfFindings, found
from ljuskoll.service.web.schemas import FindingSeen, Listed, ReviewProgress
from ljuskoll.service.web.security import Reading, Unmasked

router = APIRouter(tags=["Fynd"])


@router.get("/findings", summary="Fynden, de säkraste först")
def findings(
    desk: At, user: Reading, unmasked: Unmasked, asked: OfFindings, mark: Mark = None, limit: Limit = 100
) -> Listed[JudgedFinding]:
    """As in findings.jsonl, with how reviewers stand on them."""
    with desk.database.reading() as session:
        page = list_findings(session, user, asked, mark, limit)
        items = _judged(session, page.items)
    return Listed(items=tuple(shown(one, unmasked) for one in items), next=page.next)


@router.get("/findings/{identity}", summary="Ett fynd och vad det gäller")
def finding(desk: At, user: Reading, unmasked: Unmasked, identity: Digest) -> FindingSeen:
    """With its records, as far as the user may see them."""
    with desk.database.reading() as session:
        one = found(find_finding(session, user, identity))
        (with_standings,) = _judged(session, [one])
        about = [record for name in one.records if (record := find_record(session, user, name))]
    return shown(FindingSeen(**dict(with_standings), about=tuple(about)), unmasked)


@router.get("/progress", summary="Hur långt har jag kommit?")
def progress(desk: At, user: Reading, asked: OfFindings) -> ReviewProgress:
    """Of the findings that the filter lets through; with several reviewers each has their own."""
    with desk.database.reading() as session:
        counts = decided_counts(session, user, asked)
        total = count_findings(session, user, asked)
    by_verdict = {name: counts[name] for name in ("agree", "disagree", "fault")}
    return ReviewProgress(total=total, open=total - counts.total(), skipped=counts["skip"], **by_verdict)


def _judged(session: Session, found_ones: Iterable[Finding]) -> list[JudgedFinding]:
    return [judged(one, stands) for one, stands in with_standings(session, found_ones)]
