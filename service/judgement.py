"""A record's comment judged: as a whole, and without its status sentence."""

from ljuskoll.models.assessment import Assessment
from ljuskoll.models.classifier import Classifier
from ljuskoll.nlp.followup import FollowUp

MIN_WORDS = 6
"""Fewer words beside a status sentence are no ground for a judgement of their own."""


def judge(followup: FollowUp, classifier: Classifier) -> tuple[Assessment, Assessment | None]:
    """The judgement of the comment, and that of what stands beside its status sentence; None where little does."""
    assessment = classifier.assess(followup.comment, followup.assignment, followup.period, followup.phrase)
    rest = _without_phrase(followup)
    if len(rest.split()) < MIN_WORDS:
        return assessment, None
    return assessment, classifier.assess(rest, followup.assignment, followup.period)


def _without_phrase(followup: FollowUp) -> str:
    """The comment with spaces for its status sentence, so that offsets hold; nothing where it has none."""
    phrase = followup.phrase
    if phrase is None or phrase.start is None or phrase.end is None:
        return ""
    return followup.comment[: phrase.start] + " " * (phrase.end - phrase.start) + followup.comment[phrase.end :]
