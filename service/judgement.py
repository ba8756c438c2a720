"""A follow-up judged: its comment as a whole, and without its status sentence; and its status sentence found anew."""

from ljuskoll.models.assessment import Assessment
from ljuskoll.models.classifier import Classifier
from ljuskoll.nlp.followup import FollowUp, Phrase
from ljuskoll.nlp.language.status import find_status, main_phrase
from ljuskoll.service.record import Record, Source

MIN_WORDS = 6
"""Fewer words beside a status sentence are no ground for a judgement of their own."""


def judge(followup: FollowUp, classifier: Classifier) -> tuple[Assessment, Assessment | None]:
    """The judgement of the comment, and that of what stands beside its status sentence; None where little does."""
    assessment = classifier.assess(followup.comment, followup.assignment, followup.period, followup.phrase)
    if len(followup.beside_phrase.split()) < MIN_WORDS:
        return assessment, None
    return assessment, classifier.assess(followup.beside_phrase, followup.assignment, followup.period)


def judged_record(followup: FollowUp, classifier: Classifier, identity: str, document: Source) -> Record:
    """The record of a follow-up, judged."""
    assessment, rest = judge(followup, classifier)
    values = {name: getattr(followup, name) for name in FollowUp.model_fields}
    return Record(**values, id=identity, document=document, assessment=assessment, without_phrase=rest)


def phrase_in(followup: FollowUp) -> Phrase | None:
    """The status sentence of the comment itself."""
    year = followup.period.year if followup.period else None
    return main_phrase(find_status(followup.comment, year=year))
