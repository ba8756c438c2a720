"""The light against what the whole comment supports."""

from collections.abc import Iterator

from ljuskoll.models.lights import COLOURS
from ljuskoll.nlp.followup import Colour
from ljuskoll.nlp.language.figures import same_unit
from ljuskoll.nlp.language.phrases import tokenise
from ljuskoll.service.consistency import messages
from ljuskoll.service.consistency.finding import Case, CheckResult, comment_evidence, light_severity
from ljuskoll.service.consistency.grounds import (
    already_meets,
    delivers_a_part,
    expects_to_reach,
    figure_verdict,
    goes_on_as_planned,
    is_for_several_years,
    leaves_it_open,
    light_of_figures,
    new_thing_is_used,
    says_next_year,
)
from ljuskoll.service.consistency.material import Material, are_opposite, declared_colour, is_before_year_end
from ljuskoll.service.consistency.scoring import logit
from ljuskoll.service.consistency.titles import Title
from ljuskoll.service.record import Record

MIN_WORDS = 6
"""A shorter comment is no ground for a judgement of its own."""
AGAINST_PHRASE = 0.8
"""So probable the other light must be where the record's own status sentence agrees with the one shown."""
LEAST_WITHHELD = 0.8
"""The same for a comment whose judgement is withheld."""
SURE = 0.85
"""So probable green must be, over a text without a status sentence that leaves nothing open, before a yellow light on
work within the year is doubted."""
LEAST_AGAINST = 0.3
"""From this probability on that the comment supports another light than the one shown, the score is to decide."""


def check(material: Material) -> CheckResult:
    """Every record with a light and a comment; what is withheld and speaks for no other light is abstained from."""
    records = [
        record for record in material.records if declared_colour(record) and len(record.comment.split()) >= MIN_WORDS
    ]
    cases = {record.id: case for record in records for case in _judge(material, record)}
    withheld = sum(record.assessment.abstained and record.id not in cases for record in records)
    return CheckResult.of(cases.values(), len(records) - withheld, withheld)


def _judge(material: Material, record: Record) -> Iterator[Case]:
    declared, by_figures = declared_colour(record), light_of_figures(record)
    if declared is None or _is_settled(material, record):
        return
    supported = by_figures or material.supported_light(record) or _likeliest_but(declared, record)
    if (declared, supported) == ("yellow", "red") and _is_partly_delivered(record):
        return
    likely = record.assessment.probability_of(supported)
    if material.phrase_light(record) == declared and by_figures is None and likely < AGAINST_PHRASE:
        return
    if declared == supported or (by_figures is None and not _speaks_against(material, record, declared, supported)):
        return
    yield Case(
        kind="declared_vs_comment",
        check="declared_vs_comment",
        severity=light_severity(declared, supported),
        records=(record,),
        message=messages.declared_vs_comment(record, supported),
        evidence=comment_evidence(record),
        suggested=supported,
        features=_features(material, record, declared, supported, by_figures),
        doubtful=True,
    )


def _is_partly_delivered(record: Record) -> bool:
    """Whether counted deliveries make the light yellow: a third or more is there when the year ends."""
    return not is_before_year_end(record) and delivers_a_part(record)


def _speaks_against(material: Material, record: Record, declared: Colour, supported: Colour) -> bool:
    """Whether the comment is likely enough to support another light, and for green with words of its own."""
    least = LEAST_WITHHELD if record.assessment.abstained else LEAST_AGAINST
    if 1 - record.assessment.probability_of(declared) < least:
        return False
    if not are_opposite(declared, supported) and _is_nuance(material, record, declared):
        return False
    if declared == "green" and (_is_for_later(record) or _is_expected(record) or _is_in_use(material, record)):
        return False
    return supported != "green" or material.has_ground(record, record.assessment)


def _is_for_later(record: Record) -> bool:
    """Whether the work keeps to its plan, or what is held against it is left for a later year of the title's years."""
    evidence = record.assessment.evidence
    ahead = bool(evidence) and all(says_next_year(one.text, record.period) for one in evidence)
    return goes_on_as_planned(record.comment) or (ahead and is_for_several_years(record))


def _is_in_use(material: Material, record: Record) -> bool:
    """Whether the new thing that was asked for is in use, and what is held against it speaks of something else."""
    title = material.title(record)
    if any(_names(title, one.text) for one in record.assessment.evidence):
        return False
    return any(_names(title, tokens.quote) for tokens in new_thing_is_used(record.assignment, record.comment))


def _names(title: Title, text: str) -> bool:
    """Whether the text has a word of the title, a short one in any form of it too."""
    words = tokenise(text).words
    return title.is_named_in(text) or any(same_unit(own, word) for own in title.content for word in words)


def _is_expected(record: Record) -> bool:
    return is_before_year_end(record) and expects_to_reach(record.comment)


def _likeliest_but(declared: Colour, record: Record) -> Colour:
    others = [colour for colour in COLOURS if colour != declared]
    return max(others, key=record.assessment.probability_of)


def _is_settled(material: Material, record: Record) -> bool:
    """Whether light and sentence say done, and the comment only adds that the assignment is closed."""
    says_done = record.phrase is not None and record.phrase.outcome == "completed"
    agrees = material.phrase_light(record) == declared_colour(record)
    return says_done and agrees and record.assessment.outcome == "cancelled"


def _features(
    material: Material, record: Record, declared: Colour, supported: Colour, figures: Colour | None
) -> dict[str, float]:
    """What the probability that a reader agrees depends on; `figures` is the light of the record's figures."""
    phrase = material.phrase_light(record)
    opposite = are_opposite(declared, supported)
    later = says_next_year(record.comment, record.period) and not goes_on_as_planned(record.comment)
    return {
        "against": logit(1 - record.assessment.probability_of(declared)),
        "supported": logit(record.assessment.probability_of(supported)),
        "opposite": float(opposite),
        "phrase_agrees": float(phrase == declared),
        "phrase_against": float(phrase == supported),
        "figures": 0.0 if figures is None else 1.0 if figures == supported else -1.0,
        "next_year": float(supported != "green" and later and not is_for_several_years(record)),
        "behind": float(supported != "green" and figures is None and figure_verdict(record) == "missed"),
    }


def _is_nuance(material: Material, record: Record, declared: Colour) -> bool:
    """Whether a light one step away is a matter of taste: by the sentence or the time of year, where the text leaves
    the end open, on a scale of two, where the judgement is withheld.
    """
    if material.phrase_light(record) == declared or material.has_two_lights(record) or record.assessment.abstained:
        return True
    if not is_before_year_end(record):
        return False
    if declared == "green" and already_meets(record):
        return True
    if declared == "yellow" and leaves_it_open(record.comment):
        return True
    is_sure = declared == "yellow" and record.phrase is None and record.assessment.probability_of("green") >= SURE
    return record.assessment.outcome in ("on_track", "not_started") and not is_sure
