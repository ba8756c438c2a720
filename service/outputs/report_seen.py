"""What each check had to go by for one record, and how that came out: a table of the working paper."""

from collections.abc import Callable, Sequence

from ljuskoll.models.assessment import Assessment, Evidence
from ljuskoll.service.outputs.markup import Child, Html, joined
from ljuskoll.service.outputs.report_courses import day, day_label
from ljuskoll.service.outputs.report_material import ReportMaterial
from ljuskoll.service.outputs.report_parts import TEXT, light, plural, share, table
from ljuskoll.service.outputs.tally import declared_colour
from ljuskoll.service.outputs.wording import WORDS
from ljuskoll.service.record import FindingKind, Record

_TEXT = TEXT["seen"]
_Told = tuple[Child, bool | None]
"""What a check had to go by; and whether it had enough: True no remark, None it abstained, False nothing to check."""


def seen(material: ReportMaterial, record: Record, caption: str) -> Html:
    """A row for each kind of check that looks at single records."""
    rows: list[Sequence[Child]] = []
    for kind, tell in _TELLERS.items():
        basis, enough = tell(material, record)
        outcome = _TEXT["outcomes"]["abstained" if enough is None else "nothing" if not enough else "no_remark"]
        rows.append([WORDS["findings"][kind], basis, outcome])
    return table(caption, _TEXT["columns"], rows, class_="texts seen")


def _phrase(material: ReportMaterial, record: Record) -> _Told:
    if record.phrase is None:
        return _TEXT["no_phrase"], False
    colour = material.phrase_lights.get(record.id)
    words = _TEXT["phrase"].format(text=record.phrase.text, outcome=WORDS["outcomes"][record.phrase.outcome].casefold())
    basis = joined([words, " ", light(colour)]) if colour else words
    return basis, False if declared_colour(record) is None else True if colour else None


def _comment(material: ReportMaterial, record: Record) -> _Told:
    if not record.comment.strip():
        return _TEXT["no_comment"], False
    judged = record.assessment.colour is not None
    return _assessment(record.assessment), False if declared_colour(record) is None else True if judged else None


def _rest(material: ReportMaterial, record: Record) -> _Told:
    if record.phrase is None or record.without_phrase is None:
        return _TEXT["no_rest"], False
    return _assessment(record.without_phrase), None if record.without_phrase.colour is None else True


def _assessment(assessment: Assessment) -> Html:
    """The light that a text supports with its probabilities, and what it was seen in."""
    outcome = WORDS["outcomes"][assessment.outcome].casefold()
    probabilities = ", ".join(
        f"{WORDS['colours'][colour].casefold()} {share(assessment.probability_of(colour))}"
        for colour in ("green", "yellow", "red")
    )
    shown: Child = light(assessment.colour) if assessment.colour else WORDS["records"]["withheld"]
    cues = [_TEXT[name].format(text=part.text) for name in ("for", "against") for part in _evidence(assessment, name)]
    return joined([shown, f" – {outcome} ({probabilities}). ", " ".join(cues)])


def _evidence(assessment: Assessment, name: str) -> Sequence[Evidence]:
    return assessment.evidence if name == "for" else assessment.against


def _over_time(material: ReportMaterial, record: Record) -> _Told:
    """The lights of the assignment's year, where more than one report has it."""
    if record.id in material.ambiguous:
        return plural(_TEXT["ambiguous"], len(material.ambiguous[record.id])), None
    course = material.course_of.get(record.id)
    if course is None or len(course.reports) < 2:
        return _TEXT["continued" if course and course.is_continued else "single"], bool(course and course.is_continued)
    steps = [
        joined([day_label(day(material, report)), " ", light(material.lights.get(report[0]))])
        for report in course.reports
    ]
    return joined(steps, " → "), True


def _across(material: ReportMaterial, record: Record) -> _Told:
    course = material.course_of.get(record.id)
    same = next((report for report in course.reports if record.id in report), ()) if course else ()
    paths = [material.by_id[id].document.path for id in same if id != record.id]
    return (_TEXT["also_in"].format(paths=", ".join(paths)), True) if paths else (_TEXT["one_document"], False)


def _counted(material: ReportMaterial, record: Record) -> _Told:
    claims = sum(
        len({claim.text for claim in document.claims})
        for document in material.result.documents
        if document.sha256 == record.document.sha256 and document.duplicate_of is None
    )
    return (plural(_TEXT["claims"], claims), True) if claims else (_TEXT["no_claims"], False)


def _complete(material: ReportMaterial, record: Record) -> _Told:
    has = [bool(record.declared or record.phrase), bool(record.comment.strip())]
    return _TEXT["complete"].format(*(_TEXT["yes"] if one else _TEXT["no"] for one in has)), True


_TELLERS: dict[FindingKind, Callable[[ReportMaterial, Record], _Told]] = {
    "declared_vs_phrase": _phrase,
    "declared_vs_comment": _comment,
    "phrase_vs_comment": _rest,
    "over_time": _over_time,
    "across_documents": _across,
    "aggregate": _counted,
    "completeness": _complete,
}
