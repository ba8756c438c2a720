"""What was checked and what was not: the checks with their counts, and all that they could not see."""

from collections.abc import Callable, Mapping, Sequence
from typing import get_args

from ljuskoll.service.outputs.markup import NOTHING, Html, joined, tag, text
from ljuskoll.service.outputs.report_findings import finding_links
from ljuskoll.service.outputs.report_material import ReportMaterial
from ljuskoll.service.outputs.report_parts import (
    MAX_TITLE,
    TEXT,
    bullets,
    details,
    paragraph,
    plural,
    record_source,
    section,
    table,
)
from ljuskoll.service.outputs.tally import surest_first
from ljuskoll.service.outputs.wording import WORDS, boards_label, on_page, period_label
from ljuskoll.service.record import DocumentRecord, FindingKind, KindCount, Record
from ljuskoll.service.shortening import shortened

_TEXT = TEXT["checked"]
MOST = 100
"""So many records or rows are named in a list; how many more there are is said."""
_LACKS: Mapping[str, Callable[[Record], bool]] = {
    "municipality": lambda record: record.municipality is None,
    "period": lambda record: record.period is None,
    "board": lambda record: not record.boards and not record.board_names,
    "light": lambda record: record.declared is None or record.declared.colour is None,
    "comment": lambda record: not record.comment.strip(),
    "judgement": lambda record: bool(record.comment.strip()) and record.assessment.colour is None,
}


def checked_section(material: ReportMaterial) -> Html:
    """The checks, then what they did not see: documents, records, links, reports."""
    return section(
        "kontroller",
        _TEXT["heading"],
        paragraph(_TEXT["about"], class_="muted"),
        _part("counts", _counts(material.result.run.checks)),
        _part("abilities", _abilities()),
        _part("documents", _documents(material)),
        _part("records", _records(material)),
        _part("links", _links(material)),
        _part("coverage", _coverage(material)),
    )


def _part(name: str, content: Html) -> Html:
    return joined([tag("h3", _TEXT["parts"][name]), content])


def _counts(checks: Mapping[str, KindCount]) -> Html:
    """A row a check below its kind; kinds that were not made are named, too."""
    rows: list[Sequence[str | int]] = []
    for kind in (*get_args(FindingKind), *sorted(set(checks) - set(get_args(FindingKind)))):
        label = str(WORDS["findings"].get(kind, kind))
        count = checks.get(kind)
        if count is None:
            rows.append([label, 0, 0, 0, 0, _TEXT["unchecked"]])
            continue
        single = len(count.checks) <= 1
        for name, own in count.checks.items() if not single else [(kind, count)]:
            shown = label if single else _TEXT["of_kind"].format(kind=label, check=check_label(name))
            numbers = [own.checked, own.abstained, own.unflagged, own.flagged]
            rows.append([shown, *numbers, "" if own.checked else _TEXT["empty"]])
    if any(row[-1] for row in rows):
        return table(_TEXT["table"], [*_TEXT["columns"], _TEXT["remark"]], rows, class_="narrow")
    return table(_TEXT["table"], _TEXT["columns"], [row[:-1] for row in rows], class_="narrow")


def check_label(name: str) -> str:
    """A check in words."""
    return str(_TEXT["checks"][name]["name"] if name in _TEXT["checks"] else WORDS["findings"].get(name, name))


def _abilities() -> Html:
    """For each check what it does, and what it cannot."""
    items = (
        tag(
            "div",
            tag("dt", check["name"]),
            tag("dd", check["does"]),
            tag("dd", tag("strong", _TEXT["cannot"]), " ", check["cannot"], class_="cannot"),
        )
        for check in _TEXT["checks"].values()
    )
    return joined([tag("dl", *items, class_="abilities"), paragraph(_TEXT["all"])])


def _documents(material: ReportMaterial) -> Html:
    """What was read whole in a sentence, and a row for each document that was not."""
    documents = material.result.documents
    troubled = [one for one in documents if one.status != "ok" or one.errors or _unexplained(one)]
    copies = [one for one in documents if one.duplicate_of is not None]
    good = len(documents) - len({id(one) for one in (*troubled, *copies)})
    words = [plural(_TEXT["read"], good, all=len(documents))]
    words += [plural(_TEXT["copies"], len(copies))] if copies else []
    if not troubled:
        return paragraph(" ".join(words))
    rows = [[one.path, WORDS["statuses"][one.status], one.records, _problems(one)] for one in troubled[:MOST]]
    more = _TEXT["more"].format(count=len(troubled) - MOST) if len(troubled) > MOST else ""
    shown = table(_TEXT["documents_table"], _TEXT["documents_columns"], rows, class_="texts")
    return joined([paragraph(" ".join(words)), shown, paragraph(more)])


def _unexplained(document: DocumentRecord) -> list[str]:
    return [row.text for table in document.tables for row in table.unmatched if row.unexplained]


def _problems(document: DocumentRecord) -> Html:
    told = [on_page(error.page, error.message) for error in document.errors]
    rows = _unexplained(document)
    if rows:
        told.append(plural(_TEXT["unexplained"], len(rows), sample=shortened(rows[0], MAX_TITLE)))
    if not told:
        return text(_TEXT["no_signs"])
    return tag("ul", *(tag("li", one) for one in dict.fromkeys(told)), class_="plain")


def _records(material: ReportMaterial) -> Html:
    """How many records lack what a check needs, and which."""
    shown = []
    for name, lacks in _LACKS.items():
        records = [record for record in material.result.records if lacks(record)]
        if records:
            summary = plural(_TEXT["lacking"][name], len(records), all=len(material.result.records))
            shown.append(details(summary, bullets([named(record) for record in records], MOST, _TEXT["more"])))
    return joined(shown) if shown else paragraph(_TEXT["nothing_lacks"])


def named(record: Record) -> Html:
    """A record's title, board and period, with where it stands."""
    about = f" ({boards_label(record)}, {period_label(record.period)}) "
    return joined([tag("span", shortened(record.assignment, MAX_TITLE), class_="title"), about, record_source(record)])


def _links(material: ReportMaterial) -> Html:
    """The records whose link is not clear, each with those it might belong to."""
    if not material.ambiguous:
        return paragraph(_TEXT["no_ambiguous"])
    items = []
    for id, rivals in material.ambiguous.items():
        record = material.by_id.get(id)
        others = [material.by_id[rival] for rival in rivals if rival in material.by_id]
        if record:
            candidates = tag("ul", *(tag("li", named(other)) for other in others)) if others else NOTHING
            items.append(joined([named(record), " ", _TEXT["may_be"], candidates]))
    shown = details(plural(_TEXT["ambiguous"], len(items)), bullets(items, MOST, _TEXT["more"]))
    return joined([paragraph(_TEXT["ambiguous_about"]), shown])


def _coverage(material: ReportMaterial) -> Html:
    """What the findings say of reports and goals that are not there."""
    found = [finding for finding in surest_first(material.result.findings) if finding.kind == "coverage"]
    links = finding_links(found, material)
    return bullets(links, MOST, _TEXT["more"]) if found else paragraph(_TEXT["no_coverage"])
