"""What a record lacks that its neighbours have: a status, or a comment."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from ljuskoll.nlp.followup import Kind
from ljuskoll.service.consistency import messages
from ljuskoll.service.consistency.finding import Case, CheckResult
from ljuskoll.service.consistency.material import Material, declared_colour
from ljuskoll.service.record import DocumentRecord, Record

MOST_HAVE = 0.8
"""What so many of a document's records of a kind have, the others lack."""
MOST_LACK = 0.6
"""What so many of them lack, the document lacks; between the two it may stand where it is not looked for."""
ENOUGH = 4
"""Fewer records than these have no neighbours to be compared with."""

_HAS: Mapping[str, Callable[[Record], bool]] = MappingProxyType(
    {
        "status": lambda record: record.declared is not None or record.phrase is not None,
        "comment": lambda record: bool(record.comment.strip()),
    }
)


def check(material: Material) -> CheckResult:
    """Every record, for status and comment; where few of a document's records have one, the document is the case."""
    findings: list[Case] = []
    for document in material.originals:
        groups: defaultdict[Kind, list[Record]] = defaultdict(list)
        for record in material.by_document.get(document.sha256 or "", ()):
            groups[record.kind].append(record)
        for kind in sorted(groups):
            if len(groups[kind]) >= ENOUGH:
                for what in _HAS:
                    findings += _judge(document, groups[kind], what)
    return CheckResult.of(findings, max(len(material.records), len(findings)))


def _judge(document: DocumentRecord, records: Sequence[Record], what: str) -> Iterator[Case]:
    lacking = [record for record in records if not _HAS[what](record)]
    if len(records) - len(lacking) >= MOST_HAVE * len(records):
        for record in lacking:
            yield Case(
                kind="completeness",
                check=f"lacks_{what}",
                severity="medium" if what == "status" or declared_colour(record) in ("yellow", "red") else "low",
                records=(record,),
                message=messages.lacks(what, record),
            )
    elif len(lacking) >= MOST_LACK * len(records):
        yield Case(
            kind="completeness",
            check=f"document_lacks_{what}",
            severity="low",
            records=(),
            message=messages.document_lacks(what, document, len(lacking), records),
            identity=(document.sha256 or "", what, records[0].kind),
        )
