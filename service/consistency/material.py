"""What the checks look at: records and documents with the links and lights that go with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ljuskoll.nlp.followup import Colour, Outcome
from ljuskoll.service.consistency.lights import Lights, Scales
from ljuskoll.service.consistency.linking import Link, Linking, find_links
from ljuskoll.service.record import DocumentRecord, Record

ENOUGH_LIGHTS = 8
"""So many lights without a yellow one, but with green and red ones, are a scale of two."""


@dataclass(frozen=True)
class Material:
    """All that a check may look at; records and documents in the order of their ids."""

    records: tuple[Record, ...]
    documents: tuple[DocumentRecord, ...]
    linking: Linking
    lights: Lights

    @classmethod
    def of(
        cls, records: Sequence[Record], documents: Sequence[DocumentRecord], scales: Scales | None = None
    ) -> "Material":
        """The material with its links found; the order of the input does not matter."""
        return cls(
            tuple(sorted(records, key=lambda record: record.id)),
            tuple(sorted(documents, key=lambda document: (document.sha256 or "", document.path, document.archive))),
            find_links(records, documents),
            Lights(scales or {}),
        )

    @cached_property
    def by_id(self) -> dict[str, Record]:
        """Every record under its id."""
        return {record.id: record for record in self.records}

    @cached_property
    def by_document(self) -> dict[str, list[Record]]:
        """The records of each document under its sha256."""
        found: dict[str, list[Record]] = {}
        for record in self.records:
            found.setdefault(record.document.sha256, []).append(record)
        return found

    @cached_property
    def links_of(self) -> dict[str, list[Link]]:
        """The links of each record under its id."""
        found: dict[str, list[Link]] = {}
        for link in self.linking.links:
            found.setdefault(link.earlier, []).append(link)
            found.setdefault(link.later, []).append(link)
        return found

    def light(self, record: Record, outcome: Outcome) -> Colour | None:
        """The light that an outcome stands for in this record's period and municipality."""
        return self.lights.of(outcome, record.period, record.municipality)

    def phrase_light(self, record: Record) -> Colour | None:
        """The light that the record's status sentence stands for; None without one, or where it is unclear."""
        return self.light(record, record.phrase.outcome) if record.phrase else None

    def has_two_lights(self, record: Record) -> bool:
        """Whether the scale that the record is judged by has no yellow, as far as the material shows."""
        return self._scale_of(record) in self._two_light_scales

    @cached_property
    def _two_light_scales(self) -> frozenset[str]:
        seen: dict[str, list[Colour]] = {}
        for record in self.records:
            colour = declared_colour(record)
            if colour is not None:
                seen.setdefault(self._scale_of(record), []).append(colour)
        return frozenset(
            scale
            for scale, colours in seen.items()
            if len(colours) >= ENOUGH_LIGHTS and set(colours) == {"green", "red"}
        )

    def _scale_of(self, record: Record) -> str:
        return record.municipality or record.document.sha256


def declared_colour(record: Record) -> Colour | None:
    """The light that the report shows; None where it shows none."""
    return record.declared.colour if record.declared else None


def is_before_year_end(record: Record) -> bool:
    """Whether the text is known to be a forecast: its report is per an earlier day than 31 December."""
    period = record.period
    return period is not None and period.as_of is not None and not period.is_year_end


def are_opposite(one: Colour, other: Colour) -> bool:
    """Whether one light is green and the other red."""
    return {one, other} == {"green", "red"}
