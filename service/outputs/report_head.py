"""The head of the report: what was read, what was found, and how the report came to be."""

from collections import Counter
from collections.abc import Sequence
from typing import get_args

from ljuskoll.service.masking.measured import shipped_figures
from ljuskoll.service.outputs.markup import NOTHING, Child, Html, joined, tag
from ljuskoll.service.outputs.report_material import ReportMaterial
from ljuskoll.service.outputs.report_parts import (
    TEXT,
    details,
    facts,
    listed,
    municipality_label,
    paragraph,
    plural,
    severity,
    table,
)
from ljuskoll.service.outputs.wording import WORDS
from ljuskoll.service.record import DocumentStatus, Severity

_TEXT = TEXT["head"]
MANY_ROWS = 12
"""A table of more rows is shown on request, so that the findings are not far away."""
SEVERITIES: tuple[Severity, ...] = get_args(Severity)


def scope(material: ReportMaterial) -> str:
    """The municipalities and years of the report: "Granlunda 2031–2032"."""
    names = [name for name in material.municipalities if name] or [TEXT["no_municipality"]]
    shown = listed(names) if len(names) <= int(_TEXT["most_names"]) else plural(_TEXT["municipalities"], len(names))
    return f"{shown} {years(material)}".strip()


def years(material: ReportMaterial) -> str:
    """The first and the last year."""
    found = material.years
    return "–".join(dict.fromkeys(str(year) for year in (*found[:1], *found[-1:])))


def head(material: ReportMaterial) -> Html:
    """The heading, the outcome in a sentence and in figures, and what to know before one shares the report."""
    return tag(
        "header",
        tag("p", _TEXT["kind"], class_="kind"),
        tag("h1", scope(material) or _TEXT["kind"]),
        paragraph(_lead(material), class_="lead"),
        _figures(material),
        paragraph(_notice(material), class_="notice"),
        paragraph(_TEXT["terms"], class_="muted"),
        _by_municipality(material),
        _made(material),
        class_="head",
    )


def _notice(material: ReportMaterial) -> str:
    """What is masked, and how surely."""
    if not material.is_masked:
        return str(_TEXT["unmasked"])
    return str(_TEXT["masked"].format(percent=shipped_figures().percent))


def _lead(material: ReportMaterial) -> str:
    result = material.result
    documents, records = (plural(_TEXT[name], len(getattr(result, name))) for name in ("documents", "records"))
    found = plural(_TEXT["found"], len(result.findings)) if result.findings else _TEXT["nothing"]
    return str(_TEXT["lead"].format(documents=documents, records=records, found=found))


def _figures(material: ReportMaterial) -> Html:
    """Three large figures with what they are made of."""
    result = material.result
    statuses = Counter(document.status for document in result.documents)
    read = [
        f"{WORDS['statuses'][status]} {statuses[status]}" for status in get_args(DocumentStatus) if statuses[status]
    ]
    kinds = Counter(record.kind for record in result.records)
    kind_words = [plural(_TEXT["kinds"][kind], kinds[kind]) for kind in _TEXT["kinds"] if kinds[kind]]
    levels = Counter(finding.severity for finding in result.findings)
    shown = joined((tag("span", severity(level), f" {levels[level]}") for level in SEVERITIES if levels[level]), " ")
    figures = (
        _figure(len(result.findings), _TEXT["figures"]["findings"], shown),
        _figure(len(result.records), _TEXT["figures"]["records"], ", ".join(kind_words)),
        _figure(len(result.documents), _TEXT["figures"]["documents"], ", ".join(read)),
    )
    return tag("ul", *figures, class_="figures")


def _figure(count: int, name: str, parts: str) -> Html:
    return tag("li", tag("strong", count), tag("span", name, class_="name"), tag("span", parts, class_="parts"))


def _by_municipality(material: ReportMaterial) -> Html:
    """A row a municipality and year, so that one sees where the findings are."""
    groups: dict[tuple[str | None, int | None], Counter[str]] = {}
    for name in material.municipalities:
        own = [record for record in material.result.records if record.municipality == name]
        for year in sorted({record.period.year if record.period else 0 for record in own}):
            records = [record for record in own if (record.period.year if record.period else 0) == year]
            found = {finding.id: finding for record in records for finding in material.found.get(record.id, ())}
            counts = Counter({"records": len(records), "documents": len({one.document.sha256 for one in records})})
            groups[name, year or None] = counts + Counter(finding.severity for finding in found.values())
    rows: list[list[Child]] = [
        [f"{municipality_label(name)} {year or TEXT['no_year']}", *_numbers(counts)]
        for (name, year), counts in groups.items()
    ]
    loose = Counter[str](one.severity for one in material.result.findings if not material.concerned(one))
    if loose:
        rows.append([_TEXT["loose"], *_numbers(loose)])
    if not rows:
        return NOTHING
    shown = table(_TEXT["table"], _TEXT["columns"], rows, class_="narrow")
    return shown if len(rows) <= MANY_ROWS else details(_TEXT["table"], shown)


def _numbers(counts: Counter[str]) -> list[int]:
    return [counts[key] for key in ("documents", "records", *SEVERITIES)]


def _made(material: ReportMaterial) -> Html:
    """What the report was made with, so that it can be made again."""
    return facts(provenance(material))


def _light(name: str) -> str:
    return str(WORDS["colours"].get(name, name)).casefold()


def provenance(material: ReportMaterial) -> Sequence[tuple[str, str | Html]]:
    """Version, model and options, by which the same report can be made again."""
    run, text = material.result.run, TEXT["provenance"]
    options = [f"{key}: {value}" for key, value in sorted(run.options.items()) if value is not None]
    scales = [
        f"{name or text['all_others']}: "
        + ", ".join(f"{word} = {_light(light)}" for word, light in sorted(scale.items()))
        for name, scale in sorted(run.scales.items())
    ]
    return [
        (text["version"], f"ljuskoll {run.version}"),
        (text["model"], tag("code", run.model)),
        (text["options"], "; ".join(options) or text["no_options"]),
        (text["scales"], "; ".join(scales) or text["no_scales"]),
    ]
