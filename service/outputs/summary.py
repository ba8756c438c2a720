"""An import in the figures and findings that its summary shows; few enough to be kept and shown again."""

import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import Annotated, Final

from pydantic import BeforeValidator

from ljuskoll.nlp.followup import Model
from ljuskoll.service.outputs.survey import Named, Names
from ljuskoll.service.outputs.tally import COLOURS, Lights, Standing, claims_standing, count_lights, standing
from ljuskoll.service.outputs.wording import boards_label, kind_label, printable
from ljuskoll.service.record import (
    AnyResult,
    CheckCount,
    DocumentRecord,
    DocumentStatus,
    Finding,
    FindingEvidence,
    Record,
)

MAX_FINDINGS: Final = 5
MAX_BOARDS: Final = 12
MAX_TROUBLE: Final = 5
MAX_QUOTES: Final = 8
MAX_QUOTE: Final = 160
"""Most findings, boards, documents in trouble and quotations of a finding, and most characters of a quotation."""

Shown = Annotated[str, BeforeValidator(printable)]
"""A text that a terminal can show."""


class Trouble(Model):
    """The first that went wrong in a document."""

    path: Shown
    message: Shown


class GroupLights(Model):
    """How many records of a group declare each light, in the order of `COLOURS`."""

    label: Shown = ""
    counts: tuple[int, ...]


class Quotes(Model):
    """What is quoted from one place, where that is known; nothing where only the place is told."""

    texts: tuple[Shown, ...] = ()
    path: Shown | None = None
    page: int | None = None


class FindingShown(Model):
    """A finding as it is told; `about` is what the message does not name, `more_quotes` are left out."""

    score: float
    kind: Shown
    about: Shown | None = None
    message: Shown
    quotes: tuple[Quotes, ...] = ()
    more_quotes: int = 0


class Summary(Model):
    """All that is told of an import. `others` are the boards that are not among `boards`, together."""

    documents: int
    statuses: dict[DocumentStatus, int]
    trouble: tuple[Trouble, ...]
    troubled: int
    records: int
    boards: tuple[GroupLights, ...]
    more_boards: int
    others: GroupLights
    total: GroupLights
    checks: dict[str, CheckCount]
    findings: int
    surest: tuple[FindingShown, ...]
    unmasked_texts: bool


def summarise(result: AnyResult) -> Summary:
    """Go through the result, without holding it, for what is told of it."""
    surest = tuple(islice(result.findings, MAX_FINDINGS))
    names, places = Names(surest), dict[str, Standing]()
    lights = count_lights(_met(result.records, surest, names, places), {}, boards_label)
    ordered = sorted(lights.items(), key=lambda group: (-group[1].records, group[0]))
    trouble, troubled, statuses = _documents(result.documents)
    claims = claims_standing(result.documents, {evidence.text for finding in surest for evidence in finding.evidence})

    def find(evidence: FindingEvidence) -> Standing | None:
        return places.get(evidence.record or "") or claims.get(evidence.text)

    return Summary(
        documents=len(result.documents),
        statuses=statuses,
        trouble=trouble,
        troubled=troubled,
        records=len(result.records),
        boards=tuple(GroupLights(label=label, counts=_sum([group])) for label, group in ordered[:MAX_BOARDS]),
        more_boards=len(ordered[MAX_BOARDS:]),
        others=GroupLights(counts=_sum(group for _, group in ordered[MAX_BOARDS:])),
        total=GroupLights(counts=_sum(lights.values())),
        checks={kind: _count(count) for kind, count in result.run.checks.items()},
        findings=len(result.findings),
        surest=tuple(_shown(finding, names.of(finding), find) for finding in surest),
        unmasked_texts=result.run.unmasked_texts,
    )


def _met(
    records: Iterable[Record], surest: Iterable[Finding], names: Names, places: dict[str, Standing]
) -> Iterator[Record]:
    """The records; on the way, what is told of those that the findings name or quote is kept."""
    quoted = {evidence.record for finding in surest for evidence in finding.evidence}
    for row, record in enumerate(records):
        names.meet(row, record)
        if record.id in quoted:
            places[record.id] = standing(record)
        yield record


def _documents(documents: Iterable[DocumentRecord]) -> tuple[tuple[Trouble, ...], int, dict[DocumentStatus, int]]:
    """The first documents in trouble, how many there are in all, and how many have each status."""
    first: list[Trouble] = []
    troubled, statuses = 0, Counter[DocumentStatus]()
    for document in documents:
        statuses[document.status] += 1
        troubled += bool(document.errors)
        if document.errors and len(first) < MAX_TROUBLE:
            first.append(Trouble(path=document.path, message=document.errors[0].message))
    return tuple(first), troubled, dict(statuses)


def _sum(groups: Iterable[Lights]) -> tuple[int, ...]:
    colours = sum((lights.colours for lights in groups), Counter[str | None]())
    return tuple(colours[colour] for colour in COLOURS)


def _count(count: CheckCount) -> CheckCount:
    return CheckCount(**count.model_dump(include=set(CheckCount.model_fields)))


def _shown(
    finding: Finding, concerned: Sequence[Named], find: Callable[[FindingEvidence], Standing | None]
) -> FindingShown:
    unsaid = [evidence for evidence in finding.evidence if not _is_said(evidence, finding)]
    quotes = [
        _quotes(place, [_shortened(one.text) for one in quoted])
        for place, quoted in groupby(unsaid[:MAX_QUOTES], key=find)
    ]
    if not finding.evidence and concerned:
        quotes = [_quotes(concerned[0].standing, [])]
    return FindingShown(
        score=finding.score,
        kind=kind_label(finding).replace("\n", " "),
        about=_about(finding, *concerned) if len(concerned) == 1 else None,
        message=finding.message,
        quotes=tuple(quotes),
        more_quotes=len(unsaid[MAX_QUOTES:]),
    )


def _about(finding: Finding, record: Named) -> str | None:
    if record.assignment in finding.message:
        return None
    return _shortened(f"{record.assignment} ({record.boards}, {record.period})")


def _quotes(place: Standing | None, texts: Sequence[str]) -> Quotes:
    path, page = place or (None, None)
    return Quotes(texts=tuple(texts), path=path, page=page)


def _is_said(evidence: FindingEvidence, finding: Finding) -> bool:
    """Whether the message tells it already: it quotes the text, or the evidence is a record's light."""
    return evidence.text in finding.message or (evidence.record is not None and evidence.start is None)


def _shortened(text: str) -> str:
    return textwrap.shorten(printable(text), MAX_QUOTE, placeholder=" …")
