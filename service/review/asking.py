"""Questions to the judge and the checks about texts that are not in the store."""

from collections.abc import Sequence

from ljuskoll.models.assessment import Assessment
from ljuskoll.nlp.errors import UsageError
from ljuskoll.nlp.followup import FollowUp, Phrase
from ljuskoll.service.consistency.checks import run_checks
from ljuskoll.service.judgement import judged_record, phrase_in
from ljuskoll.service.question import Question
from ljuskoll.service.record import Finding, Record, Source
from ljuskoll.service.review.desk import Desk


def assess(desk: Desk, question: Question) -> Assessment:
    """The light that a comment supports. Raises UsageError for a period that cannot be read."""
    if question.period is not None and question.known_period is None:
        raise UsageError(f"Perioden «{question.period}» kan inte tolkas. Skriv till exempel «T2» eller «T2 2021».")
    asked = question.asked
    return desk.judging.classifier(question.municipality).assess(asked.comment, asked.assignment, asked.period)


def check(desk: Desk, followups: Sequence[tuple[str, Source, FollowUp]]) -> tuple[Finding, ...]:
    """The findings about follow-ups, each with its id and its document. Raises UsageError for equal ids."""
    if len({identity for identity, _, _ in followups}) < len(followups):
        raise UsageError("Två uppföljningar har samma id.")
    records = [_record(desk, *one) for one in followups]
    findings, _ = run_checks(records, (), (), desk.run.scales)
    return findings


def _record(desk: Desk, identity: str, source: Source, followup: FollowUp) -> Record:
    whole = followup.model_copy(update={"phrase": _phrase(followup)})
    return judged_record(whole, desk.judging.classifier(followup.municipality), identity, source)


def _phrase(followup: FollowUp) -> Phrase | None:
    """The status sentence that stands beside the comment, as it is said to, or that of the comment itself."""
    if followup.phrase is not None and followup.phrase.start is None and followup.phrase.end is None:
        return followup.phrase
    return phrase_in(followup)
