"""What the checks look at: records and documents with the links and lights that go with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ljuskoll.models.assessment import Assessment
from ljuskoll.nlp.followup import Colour, Outcome
from ljuskoll.service.consistency.lights import Lights, Scales
from ljuskoll.service.consistency.linking import Linking, find_links
from ljuskoll.service.consistency.similarity import Rarity
from ljuskoll.service.consistency.threads import Thread, find_threads
from ljuskoll.service.consistency.titles import Title
from ljuskoll.service.record import DocumentRecord, PlanRecord, Record

FIGURE_CUES = ("target_", "part_", "count_")
"""How an assessment names figures that meet or miss their target, or are parts of a whole."""
ENOUGH_LIGHTS = 8
"""So many lights without a yellow one, but with green and red ones, are a scale of two."""


@dataclass(frozen=True)
class Material:
    """All that a check may look at; records and documents in the order of their ids."""

    records: tuple[Record, ...]
    documents: tuple[DocumentRecord, ...]
    plans: tuple[PlanRecord, ...]
    linking: Linking
    lights: Lights

    @classmethod
    def of(
        cls,
        records: Sequence[Record],
        documents: Sequence[DocumentRecord],
        plans: Sequence[PlanRecord] = (),
        scales: Scales | None = None,
    ) -> "Material":
        """The material with its links found; the order of the input does not matter."""
        return cls(
            tuple(sorted(records, key=lambda record: record.id)),
            tuple(sorted(documents, key=lambda document: (document.sha256 or "", document.path, document.archive))),
            tuple(sorted(plans, key=lambda plan: plan.id)),
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
    def by_municipality(self) -> dict[str, list[Record]]:
        """The records of each municipality."""
        found: dict[str, list[Record]] = {}
        for record in self.records:
            found.setdefault(record.municipality or "", []).append(record)
        return found

    @cached_property
    def originals(self) -> tuple[DocumentRecord, ...]:
        """The documents without second copies."""
        return tuple(document for document in self.documents if document.duplicate_of is None)

    @cached_property
    def own_reports(self) -> frozenset[str]:
        """The documents that are a board's own reports, by sha256."""
        return frozenset(document.sha256 or "" for document in self.originals if document.level == "board")

    @cached_property
    def threads(self) -> tuple[Thread, ...]:
        """The reports of each assignment, a thread a year."""
        return find_threads(self.records, self.linking)

    @cached_property
    def threads_of_several(self) -> tuple[Thread, ...]:
        """The threads with more than one report, counting the year before."""
        return tuple(thread for thread in self.threads if thread.steps)

    @cached_property
    def reworded(self) -> frozenset[str]:
        """The records in whose place a later one stands that asks for something else."""
        return frozenset(link.earlier for link in self.linking.changed)

    @cached_property
    def _similarities(self) -> dict[str, dict[str, float]]:
        found: dict[str, dict[str, float]] = {}
        for link in (*self.linking.links, *self.linking.twins, *self.linking.changed):
            found.setdefault(link.earlier, {})[link.later] = link.similarity
            found.setdefault(link.later, {})[link.earlier] = link.similarity
        return found

    def similarity(self, one: Record, other: Record) -> float:
        """How alike the two records are, by their link or by the weakest of their thread's links at either."""
        found = self._similarities
        direct = found.get(one.id, {}).get(other.id)
        if direct is not None:
            return direct
        return min((*found.get(one.id, {}).values(), *found.get(other.id, {}).values()), default=1.0)

    @cached_property
    def rarity(self) -> Rarity:
        """How much each word of all titles weighs."""
        return Rarity.among(self.title(record) for record in self.records)

    def title(self, record: Record) -> Title:
        """The record's title, ready for comparison."""
        return Title.read(record.assignment, record.municipality or "")

    def light(self, record: Record, outcome: Outcome) -> Colour | None:
        """The light that an outcome stands for in this record's period and municipality."""
        return self.lights.of(outcome, record.period, record.municipality)

    def phrase_light(self, record: Record) -> Colour | None:
        """The light that the record's status sentence stands for; None without one, or where it is unclear."""
        return self.light(record, record.phrase.outcome) if record.phrase else None

    def status_light(self, record: Record) -> Colour | None:
        """The light that the report shows, or that its status sentence stands for where it shows none."""
        return declared_colour(record) or self.phrase_light(record)

    def supported_light(self, record: Record, assessment: Assessment | None = None) -> Colour | None:
        """The light of this municipality's scale that an assessment, the record's own by default, supports."""
        assessment = assessment or record.assessment
        if assessment.abstained or assessment.colour is None:
            return None
        return self.lights.own(assessment.outcome, record.period, record.municipality) or assessment.colour

    def has_ground(self, record: Record, assessment: Assessment) -> bool:
        """Whether evidence rests on words or figures or speaks of the assignment; else background reads as done."""
        title = self.title(record)
        return any(
            one.cue.casefold() in one.text.casefold() or one.cue.startswith(FIGURE_CUES) or title.is_named_in(one.text)
            for one in assessment.evidence
        )

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
