"""The working paper: a random sample of what no finding is about, with room for the auditor's own judgement."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from ljuskoll.service.outputs.markup import NOTHING, Html, joined, tag
from ljuskoll.service.outputs.report_findings import marked
from ljuskoll.service.outputs.report_head import provenance, scope
from ljuskoll.service.outputs.report_material import ReportMaterial
from ljuskoll.service.outputs.report_parts import TEXT, declared, facts, paragraph, plural, record_source, section
from ljuskoll.service.outputs.report_seen import seen
from ljuskoll.service.outputs.wording import boards_label, period_label
from ljuskoll.service.record import Record

_TEXT = TEXT["sample"]
RISK = 0.05
"""How often the bound on errors may be wrong: one less the confidence."""


@dataclass(frozen=True, slots=True)
class Sampling:
    """How many records to draw, and the seed that makes the draw repeatable."""

    size: int
    seed: int = 0


def draw(material: ReportMaterial, sampling: Sampling) -> list[Record]:
    """The sample in the order in which it was drawn; all unflagged records where they are fewer."""
    ids = unflagged(material)
    chosen = random.Random(sampling.seed).sample(ids, min(sampling.size, len(ids)))
    return [material.by_id[id] for id in chosen]


def unflagged(material: ReportMaterial) -> list[str]:
    """The ids, in order, of the records that no finding is about."""
    return sorted(id for id in material.by_id if id not in material.found)


def most_wrong(drawn: int) -> float:
    """The share that at most is wrong, with 95 % confidence, where none of so many drawn is."""
    return 1.0 - float(RISK ** (1 / drawn))


def sample_section(material: ReportMaterial, sampling: Sampling) -> Html:
    """The working paper: how it was drawn and what it means, a sheet a record, and who judged."""
    records = draw(material, sampling)
    if not records:
        return section("arbetspapper", _TEXT["heading"], paragraph(_TEXT["none"]))
    items = (tag("li", _sheet(material, record, number)) for number, record in enumerate(records, start=1))
    return section(
        "arbetspapper",
        _TEXT["heading"],
        paragraph(_TEXT["about"]),
        facts(_drawn(material, sampling, len(records))),
        paragraph(_meaning(material, len(records)), class_="meaning"),
        tag("ol", *items, class_="sheets"),
        _signature(),
    )


def _drawn(material: ReportMaterial, sampling: Sampling, drawn: int) -> Sequence[tuple[str, str | Html]]:
    names, population = _TEXT["facts"], len(unflagged(material))
    return [
        (names["scope"], scope(material)),
        (names["all"], str(len(material.by_id))),
        (names["flagged"], str(len(material.by_id) - population)),
        (names["population"], str(population)),
        (names["drawn"], str(drawn)),
        (names["seed"], str(sampling.seed)),
        (names["how"], _TEXT["how"].format(seed=sampling.seed, drawn=drawn)),
        *provenance(material),
    ]


def _meaning(material: ReportMaterial, drawn: int) -> str:
    population = len(unflagged(material))
    if drawn == population:
        return plural(_TEXT["whole"], drawn)
    bound = TEXT["decimal_per_cent"].format(value=f"{100 * most_wrong(drawn):.1f}".replace(".", ","))
    return plural(_TEXT["meaning"], drawn, bound=bound, population=population)


def _sheet(material: ReportMaterial, record: Record, number: int) -> Html:
    """One record with all that the tool saw, and boxes to tick."""
    names = [record.municipality, boards_label(record), period_label(record.period)]
    about = " · ".join(name for name in names if name)
    goal = paragraph(_TEXT["goal"].format(goal=record.goal), class_="muted") if record.goal else NOTHING
    evidence = [(part.start, part.end) for part in record.assessment.evidence]
    comment = tag("p", *marked(record.comment, evidence), class_="comment") if record.comment.strip() else None
    return tag(
        "article",
        tag("h3", tag("span", number, class_="number"), " ", record.assignment),
        paragraph(about, class_="about"),
        goal,
        tag("p", declared(record), " ", record_source(record), class_="where"),
        tag("blockquote", comment) if comment else paragraph(TEXT["findings"]["no_comment"], class_="muted"),
        seen(material, record, _TEXT["seen"].format(number=number)),
        _boxes(record, number),
        paragraph(joined([_TEXT["id"], " ", tag("code", record.id)]), class_="id"),
        class_="sheet",
        id=f"p-{record.id[:12]}",
    )


def _boxes(record: Record, number: int) -> Html:
    """The auditor's answer, to be filled in on the screen or on paper."""
    name = f"p-{record.id[:12]}"
    answers = [
        tag("label", tag("input", type="radio", name=name, autocomplete="off"), " ", answer)
        for answer in _TEXT["answers"]
    ]
    note = tag("label", tag("span", _TEXT["note"]), tag("textarea", rows=2, autocomplete="off"), class_="note")
    return tag("fieldset", tag("legend", _TEXT["judgement"].format(number=number)), *answers, note, class_="answer")


def _signature() -> Html:
    fields = (
        tag("label", tag("span", name), tag("input", type="text", autocomplete="off")) for name in _TEXT["signature"]
    )
    return tag("div", *fields, class_="signature")
