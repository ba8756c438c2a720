"""Comments judged and follow-ups checked without being kept."""

from fastapi import APIRouter

from ljuskoll.models.assessment import Assessment
from ljuskoll.service.question import Question
from ljuskoll.service.review.asking import assess, check
from ljuskoll.service.review.showing import shown
from ljuskoll.service.web.api.common import At
from ljuskoll.service.web.schemas import CheckAnswer
from ljuskoll.service.web.security import Reading, Unmasked
from ljuskoll.service.web.sent import CheckSent, QuestionSent

router = APIRouter(tags=["Bedömning"])


@router.post("/assess", summary="Bedöm en kommentar")
def assess_one(desk: At, _user: Reading, unmasked: Unmasked, sent: QuestionSent) -> Assessment:
    """Nothing of it is kept."""
    return shown(assess(desk, Question(id=0, **dict(sent))), unmasked)


@router.post("/check", summary="Kontrollera uppföljningar mot varandra")
def check_all(desk: At, _user: Reading, unmasked: Unmasked, sent: CheckSent) -> CheckAnswer:
    """Nothing of it is kept."""
    followups = [(one.id, one.source, one) for one in sent.records]
    return shown(CheckAnswer(findings=check(desk, followups)), unmasked)
