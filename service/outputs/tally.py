"""Counts over a result that several outputs show."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from ljuskoll.service.record import DocumentRecord, Finding, Record

Key = TypeVar("Key")
Standing: TypeAlias = tuple[str, int | None]
"""The path of a document and a page in it, None where there is no page to name."""
COLOURS: tuple[str | None, ...] = ("green", "yellow", "red", None)
"""The lights in the order in which they are shown; None is a record without a light."""


@dataclass(slots=True)
class Lights:
    """How many records of a group declare each light, and how many findings point at them."""

    colours: Counter[str | None] = field(default_factory=Counter)
    findings: set[str] = field(default_factory=set)

    @property
    def records(self) -> int:
        """The number of records in the group."""
        return self.colours.total()


def declared_colour(record: Record) -> str | None:
    """The light that the report shows, None where it shows none."""
    return record.declared.colour if record.declared else None


def surest_first(findings: Iterable[Finding]) -> list[Finding]:
    """The findings by falling score; equals keep their order."""
    return sorted(findings, key=lambda finding: -finding.score)


def findings_by_record(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """For each record that a finding points at, its findings in the order given."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        for record in dict.fromkeys(finding.records):
            found.setdefault(record, []).append(finding)
    return found


def count_lights(
    records: Iterable[Record], found: Mapping[str, list[Finding]], key: Callable[[Record], Key]
) -> dict[Key, Lights]:
    """The declared lights of each group of records, the groups in the order in which they first come."""
    groups: dict[Key, Lights] = {}
    for record in records:
        group = groups.setdefault(key(record), Lights())
        group.colours[declared_colour(record)] += 1
        group.findings.update(finding.id for finding in found.get(record.id, ()))
    return groups


def standing(record: Record) -> Standing:
    """The document and page where the record stands first."""
    return record.document.path, record.places[0].page if record.places else None


def claims_standing(documents: Iterable[DocumentRecord], only: Container[str] | None = None) -> dict[str, Standing]:
    """Where each counting sentence, or `only` these, stands, by its text; those in several places are left out."""
    found: dict[str, set[Standing]] = {}
    for document in documents:
        for claim in document.claims:
            if only is None or claim.text in only:
                page = claim.places[0].page if claim.places else None
                found.setdefault(claim.text, set()).add((document.path, page))
    return {text: places.pop() for text, places in found.items() if len(places) == 1}
