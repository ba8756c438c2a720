"""The findings: each with what is said, both sides as quoted, and where they stand; by severity, the surest first."""

import re
from collections.abc import Iterator, Mapping, Sequence

from ljuskoll.service.outputs.markup import NOTHING, Html, joined, tag
from ljuskoll.service.outputs.report_filters import Filters, filter_notes, filter_panel, find_filters
from ljuskoll.service.outputs.report_head import SEVERITIES
from ljuskoll.service.outputs.report_limits import findings_note
from ljuskoll.service.outputs.report_material import ReportMaterial
from ljuskoll.service.outputs.report_parts import (
    MAX_TITLE,
    TEXT,
    declared,
    details,
    light,
    link,
    paragraph,
    plural,
    record_source,
    section,
    severity,
    share,
)
from ljuskoll.service.outputs.tally import claims_standing
from ljuskoll.service.outputs.wording import WORDS, boards_label, distinct, period_label
from ljuskoll.service.record import Finding, FindingEvidence, Record
from ljuskoll.service.shortening import shortened

_TEXT = TEXT["findings"]
ID_LENGTH = 12
SHORT_COMMENT = 320
"""A comment up to this length is shown at once, in the place of the quotations from it."""
FEW = 2
"""So many records and boards of a finding are shown at once."""
_QUESTION = re.compile(r"(?s)^(.*[.»)]) ([A-ZÅÄÖ][^.?!]*\?)$")


def anchor(finding: Finding) -> str:
    """The finding's place in the page, the same in every report that has it."""
    return f"a-{finding.id[:ID_LENGTH]}"


def findings_section(material: ReportMaterial) -> Html:
    """All findings below links that leave only those of one kind, board or municipality."""
    ordered = material.shown_findings
    if not ordered:
        return section("avvikelser", _TEXT["heading"], paragraph(_TEXT["none"]))
    filters = find_filters(material)
    numbers = {finding.id: number for number, finding in enumerate(ordered, start=1)}
    claims = {text: _standing(*place) for text, place in claims_standing(material.result.documents).items()}
    groups = []
    for level in SEVERITIES:
        group = [finding for finding in ordered if finding.severity == level]
        if group:
            items = joined(_item(material, finding, numbers[finding.id], filters, claims) for finding in group)
            heading = tag("h3", severity(level), tag("span", plural(_TEXT["count"], len(group)), class_="count"))
            classes = sorted({name for finding in group for name in filters.classes(finding)})
            groups.append(
                tag(
                    "section",
                    heading,
                    paragraph(_TEXT["levels"][level], class_="muted"),
                    tag("ol", items, class_="findings"),
                    id=f"allvar-{level}",
                    class_=f"group {' '.join(classes)}",
                )
            )
    notes = joined(paragraph(note, class_="muted") for note in (_TEXT["score"], _TEXT["reading"]))
    left = findings_note(material)
    return section("avvikelser", _TEXT["heading"], notes, left, filter_panel(filters), filter_notes(filters), *groups)


def _standing(path: str, page: int | None) -> Html:
    return tag("span", path + (", " + TEXT["source"]["page"].format(page=page) if page else ""), class_="source")


def _item(
    material: ReportMaterial, finding: Finding, number: int, filters: Filters, claims: Mapping[str, Html]
) -> Html:
    concerned = material.concerned(finding)
    message, question = told(finding)
    article = tag(
        "article",
        _margin(finding, number),
        tag(
            "div",
            tag("h4", finding_title(finding, concerned)),
            paragraph(about(concerned), class_="about"),
            _lights(finding, concerned),
            paragraph(message, class_="message"),
            paragraph(question, class_="question"),
            class_="told",
        ),
        tag(
            "div",
            joined(_loose(evidence, claims) for evidence in finding.evidence if evidence.record is None),
            _sides(finding, concerned),
            class_="sides many" if len(concerned) > FEW else "sides",
        ),
        id=anchor(finding),
        class_=f"finding {' '.join(filters.classes(finding))}",
    )
    return tag("li", article)


def _margin(finding: Finding, number: int) -> Html:
    """What stands beside the finding: number, severity, kind and how sure it is."""
    kinds = [str(WORDS["findings"][kind]) for kind in (finding.kind, *finding.also)]
    return tag(
        "div",
        link(anchor(finding), f"{number}", class_="number", aria_label=_TEXT["number"].format(number=number)),
        severity(finding.severity),
        tag("span", share(finding.score), " ", tag("small", _TEXT["sure"]), class_="score"),
        tag("span", " + ".join(kinds), class_="type"),
        class_="margin",
    )


def told(finding: Finding) -> tuple[str, str | None]:
    """What the finding says, and the question that it ends in, if it does."""
    parts = _QUESTION.match(finding.message)
    return (parts[1], parts[2]) if parts else (finding.message, None)


def finding_title(finding: Finding, concerned: Sequence[Record]) -> str:
    """The titles of the records that it concerns, or how many they are."""
    titles = distinct([shortened(record.assignment, MAX_TITLE) for record in concerned])
    kind = str(WORDS["findings"][finding.kind])
    if len(concerned) > FEW:
        return str(_TEXT["many"].format(kind=kind, count=len(concerned)))
    return " → ".join(titles) or kind


def about(concerned: Sequence[Record]) -> str:
    """Whose it is and when: municipality, boards, periods."""
    names = distinct([record.municipality or "" for record in concerned])
    boards = distinct([boards_label(record) for record in concerned])
    periods = distinct([period_label(record.period) for record in concerned])
    whose = ", ".join(boards) if len(boards) <= FEW else plural(_TEXT["boards"], len(boards))
    return " · ".join(part for part in (", ".join(names), whose, " → ".join(periods)) if part)


def _lights(finding: Finding, concerned: Sequence[Record]) -> Html:
    """The declared light and the suggested one, where one record is concerned."""
    if len(concerned) != 1 or finding.suggested is None:
        return NOTHING
    shown = tag("span", tag("small", _TEXT["declared"]), declared(concerned[0]))
    told = tag("span", tag("small", _TEXT["suggested"]), light(finding.suggested))
    return tag("p", shown, tag("span", "→", class_="arrow", aria_hidden="true"), told, class_="lights")


def _sides(finding: Finding, concerned: Sequence[Record]) -> Html:
    """All records of a finding; where they are many, on request."""
    sides = [_side(finding, record) for record in concerned]
    return details(plural(_TEXT["records"], len(sides)), *sides) if len(sides) > FEW else joined(sides)


def _side(finding: Finding, record: Record) -> Html:
    """One record: its light and place, what is quoted from it, and its whole comment."""
    quoted = [evidence for evidence in finding.evidence if evidence.record == record.id]
    spans = sorted({(e.start, e.end) for e in quoted if e.start is not None and e.end is not None})
    others = [evidence.text for evidence in quoted if evidence.start is None and not _is_light(evidence, record)]
    several = len(finding.records) > 1
    line = joined(
        [declared(record) if several else None, _when(record) if several else None, record_source(record)], " "
    )
    return tag(
        "div",
        paragraph(shortened(record.assignment, MAX_TITLE), class_="title") if len(finding.records) > FEW else NOTHING,
        tag("p", line, class_="where"),
        joined(tag("blockquote", tag("p", text)) for text in others if text.strip() != record.assignment.strip()),
        _comment(record.comment, spans),
        class_="side",
    )


def _when(record: Record) -> Html:
    return tag("span", period_label(record.period), class_="when")


def _is_light(evidence: FindingEvidence, record: Record) -> bool:
    return record.declared is not None and evidence.text == record.declared.as_written


def _loose(evidence: FindingEvidence, claims: Mapping[str, Html]) -> Html:
    place = claims.get(evidence.text)
    return tag("blockquote", tag("p", evidence.text), tag("p", place, class_="where") if place else None)


def _comment(comment: str, spans: Sequence[tuple[int, int]]) -> Html:
    """The comment with the quoted words marked; a long one on request, below the quotations."""
    if not comment.strip():
        return paragraph(_TEXT["no_comment"], class_="muted")
    whole = tag("p", *marked(comment, spans), class_="comment")
    if len(comment) <= SHORT_COMMENT:
        return tag("blockquote", whole)
    quotations = joined(tag("blockquote", tag("p", comment[start:end])) for start, end in spans)
    return joined([quotations, details(_TEXT["comment"].format(words=len(comment.split())), whole)])


def marked(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Html | str]:
    """The text in parts, those within the spans marked; spans that overlap are one."""
    done = 0
    for start, end in _merged(spans, len(text)):
        yield text[done:start]
        yield tag("mark", text[start:end])
        done = end
    yield text[done:]


def _merged(spans: Sequence[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted((max(0, start), min(length, end)) for start, end in spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        elif start < end:
            merged.append((start, end))
    return merged


def finding_links(findings: Sequence[Finding], material: ReportMaterial) -> list[Html]:
    """A line a finding, each a link to it where it has a place in the page."""
    shown = {one.id for one in material.shown_findings}
    return [
        joined([link(anchor(one), one.message) if one.id in shown else one.message, f" ({share(one.score)})"])
        for one in findings
    ]
