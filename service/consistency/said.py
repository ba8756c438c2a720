"""What the reports of one day say of an assignment: foretold, done, not done, dropped."""

from ljuskoll.nlp.followup import Colour
from ljuskoll.service.consistency.material import Material, declared_colour
from ljuskoll.service.consistency.threads import Report
from ljuskoll.service.record import Record

MEASURED = "indicator"
"""A key figure's earlier light tells its value so far, and is no forecast."""
SURE = 0.85
LIKELY = 0.8
NOT_DONE = ("off_track", "not_started")


def forecast(material: Material, record: Record) -> Colour | None:
    """The light of a forecast: the shown one unless its own sentence warns, else the sentence's."""
    declared, phrase = declared_colour(record), material.phrase_light(record)
    if declared == "green" and phrase is not None:
        return phrase
    return declared or phrase


def warns(record: Record) -> bool:
    """Whether the comment as a whole speaks for yellow or red."""
    return not record.assessment.abstained and record.assessment.colour in ("yellow", "red")


def is_red(material: Material, record: Record) -> bool:
    """Whether the light, or the status sentence where there is none, is red and no sentence says green."""
    declared, phrase = declared_colour(record), material.phrase_light(record)
    return (declared or phrase) == "red" and phrase != "green"


def is_cancelled(record: Record) -> bool:
    """Whether the text says that the assignment was dropped."""
    outcome = record.phrase.outcome if record.phrase else record.assessment.outcome
    return outcome == "cancelled"


def is_done(material: Material, record: Record) -> bool:
    """Whether the report says done: in its sentence, or in its light together with its text."""
    declared = declared_colour(record)
    if record.phrase is not None and material.phrase_light(record) is not None:
        return says_done(material, record)
    assessment = record.assessment
    return declared == "green" and not assessment.abstained and assessment.outcome == "completed"


def says_done(material: Material, record: Record) -> bool:
    """Whether a status sentence says done and no light contradicts it."""
    says_so = record.phrase is not None and record.phrase.outcome == "completed"
    if not record.assessment.abstained and record.assessment.outcome != "completed":
        return False
    return says_so and material.phrase_light(record) is not None and declared_colour(record) in ("green", None)


def surely_done(record: Record) -> bool:
    """Whether the comment surely tells of finished work, without a sentence that says so."""
    assessment = record.assessment
    return not assessment.abstained and assessment.outcome == "completed" and assessment.probabilities.green >= SURE


def is_not_done(material: Material, record: Record, outright: bool) -> bool:
    """Whether the report says not done: a red light, or a sentence that says so under no green one.

    A yellow light is enough over a text that surely says so, or that supports it after a sentence that said done
    outright.
    """
    if is_cancelled(record):
        return False
    declared = declared_colour(record)
    if declared not in ("yellow", None):
        return is_red(material, record)
    if record.phrase is not None and record.phrase.outcome != "unclear":
        return record.phrase.outcome in NOT_DONE or (outright and record.phrase.outcome == "partial")
    return declared == "yellow" and ((outright and warns(record)) or _surely_not_done(record))


def _surely_not_done(record: Record) -> bool:
    assessment = record.assessment
    return not assessment.abstained and assessment.outcome in NOT_DONE and assessment.probabilities.red >= LIKELY


def is_year_end(report: Report) -> bool:
    """Whether the report tells the year's outcome."""
    return all(record.period is not None and record.period.is_year_end for record in report)
