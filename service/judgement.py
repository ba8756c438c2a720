"""A record's comment judged: as a whole, and without its status sentence."""

from ljuskoll.models.assessment import Assessment
from ljuskoll.models.classifier import Classifier
from ljuskoll.nlp.followup import FollowUp

MIN_WORDS = 6
"""Fewer words beside a status sentence are no ground for a judgement of their own."""


def judge(followup: FollowUp, classifier: Classifier) -> tuple[Assessment, Assessment | None]:
    """The judgement of the comment, and that of what stands beside its status sentence; None where little does."""
    assessment = classifier.assess(followup.comment, followup.assignment, followup.period, followup.phrase)
    if len(followup.beside_phrase.split()) < MIN_WORDS:
        return assessment, None
    return assessment, classifier.assess(followup.beside_phrase, followup.assignment, followup.period)
