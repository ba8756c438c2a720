"""A green light over facts that the comment tells outright: a figure that misses, or a year's part left undone."""

from collections.abc import Iterator

from ljuskoll.nlp.followup import Colour
from ljuskoll.nlp.language.phrases import Tokens
from ljuskoll.service.consistency import messages
from ljuskoll.service.consistency.facts import bound_of, left_of_the_year, may_be_met, missed_forecast
from ljuskoll.service.consistency.finding import Case, CheckResult, light_severity
from ljuskoll.service.consistency.grounds import light_of_figures
from ljuskoll.service.consistency.material import Material, declared_colour, is_before_year_end
from ljuskoll.service.consistency.said_reached import missing_figure
from ljuskoll.service.record import FindingEvidence, Record


def check(material: Material) -> CheckResult:
    """Every record with a green light and a comment."""
    records = [one for one in material.records if declared_colour(one) == "green" and one.comment.strip()]
    return CheckResult.of((case for record in records for case in _judge(material, record)), len(records))


def _judge(material: Material, record: Record) -> Iterator[Case]:
    found = _against(material, record)
    if found is None:
        return
    supported, told = found
    text = told.quote
    yield Case(
        kind="declared_vs_comment",
        check="light_vs_facts",
        severity=light_severity("green", supported),
        records=(record,),
        message=messages.light_vs_facts(record, supported, text),
        evidence=(FindingEvidence(record=record.id, text=text, start=told.start, end=told.start + len(text)),),
        suggested=supported,
    )


def _against(material: Material, record: Record) -> tuple[Colour, Tokens] | None:
    """The light that the facts give, and the sentence that tells them."""
    if is_before_year_end(record):
        forecast = missed_forecast(record)
        return None if forecast is None else ("red", forecast)
    if record.phrase is not None and record.phrase.outcome == "completed":
        return None
    bound = bound_of(record)
    if bound is not None and light_of_figures(record) == "red" and not may_be_met(bound, record):
        missing = missing_figure(material, record)
        return None if missing is None else ("red", missing)
    return left_of_the_year(record)
