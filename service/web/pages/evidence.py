"""The two sides of a contradiction: which quoted words belong to which, and a comment cut up where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from ljuskoll.service.record import Finding, FindingEvidence, Record
from ljuskoll.service.web.pages.rendering import TEXT

Side: TypeAlias = Literal["one", "other"]
PHRASE: Final = "phrase_vs_comment"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text and the side that it speaks for, None where for neither."""

    text: str
    side: Side | None


def side_names(finding: Finding) -> tuple[str, str]:
    """What the two sides of a finding are called."""
    names = TEXT["sides"]
    if finding.kind == PHRASE:
        return tuple(names["phrase"])
    if finding.kind == "aggregate":
        return tuple(names["claim"])
    return tuple(names["records" if len(finding.records) > 1 else "light"])


def side_of(evidence: FindingEvidence, finding: Finding, record: Record) -> Side:
    """Which side quoted words of a record speak for."""
    if len(finding.records) > 1:
        return "one" if evidence.record == finding.records[0] else "other"
    if finding.kind != PHRASE:
        return "one" if is_light(evidence, record) else "other"
    phrase = record.phrase
    if phrase is None or phrase.start is None or evidence.start is None:
        return "one" if phrase and evidence.text == phrase.text else "other"
    return "one" if phrase.start <= evidence.start < (phrase.end or 0) else "other"


def is_light(evidence: FindingEvidence, record: Record) -> bool:
    """Whether what is quoted is the light itself, as the report writes it."""
    return evidence.start is None and record.declared is not None and evidence.text == record.declared.as_written


def comment_parts(finding: Finding, record: Record) -> tuple[Part, ...]:
    """The record's comment with the finding's evidence marked; nothing where it has no comment."""
    spans = [
        (max(0, one.start), min(len(record.comment), one.end), side_of(one, finding, record))
        for one in finding.evidence
        if one.record == record.id and one.start is not None and one.end is not None
    ]
    return _cut(record.comment, spans) if record.comment.strip() else ()


def quotes(finding: Finding, record: Record) -> tuple[Part, ...]:
    """What is quoted from the record but does not stand in its comment, or title, or as its light."""
    return tuple(
        Part(one.text, side_of(one, finding, record))
        for one in finding.evidence
        if one.record == record.id
        and one.start is None
        and not is_light(one, record)
        and one.text.strip() not in ("", record.assignment.strip())
    )


def _cut(text: str, spans: Sequence[tuple[int, int, Side]]) -> tuple[Part, ...]:
    """The text in parts; where spans overlap, the one that begins first has the words."""
    parts, done = [], 0
    for start, end, side in sorted(spans):
        start = max(start, done)
        if start < end:
            parts += [Part(text[done:start], None), Part(text[start:end], side)]
            done = end
    return tuple(part for part in (*parts, Part(text[done:], None)) if part.text)
