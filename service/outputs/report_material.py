"""What the report is made from: a result whose texts may be masked, and what the checks know about its records."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import get_args

from ljuskoll.nlp.followup import Colour
from ljuskoll.service.outputs.tally import findings_by_record, surest_first
from ljuskoll.service.record import Finding, Record, Result, Severity

MOST_FINDINGS = 1_000
MOST_MUNICIPALITIES = 25
"""So many are shown: a browser opens such a page at once, whatever the archive's size."""


@dataclass(frozen=True, slots=True)
class Course:
    """One assignment through a year: the ids of the records of each day that reports it, the days in order.

    `is_continued` tells that a report of a year before has it, too.
    """

    municipality: str | None
    year: int
    reports: tuple[tuple[str, ...], ...]
    is_continued: bool = False


@dataclass(frozen=True)
class ReportMaterial:
    """All that the report shows. `lights` are those that records show, or that their status sentences stand for.

    `phrase_lights` are those of the sentences alone, `ambiguous` the candidates of records without a clear link.
    """

    result: Result
    courses: tuple[Course, ...]
    lights: Mapping[str, Colour | None]
    phrase_lights: Mapping[str, Colour | None]
    ambiguous: Mapping[str, tuple[str, ...]]
    is_masked: bool

    @cached_property
    def by_id(self) -> dict[str, Record]:
        """Every record under its id."""
        return {record.id: record for record in self.result.records}

    @cached_property
    def found(self) -> dict[str, list[Finding]]:
        """The findings about each record."""
        return findings_by_record(self.result.findings)

    @cached_property
    def course_of(self) -> dict[str, Course]:
        """The course that each record is part of; records without a day have none."""
        return {id: course for course in self.courses for report in course.reports for id in report}

    @cached_property
    def municipalities(self) -> tuple[str | None, ...]:
        """The municipalities of the records by name, last None where some have none."""
        names = {record.municipality for record in self.result.records}
        return (*sorted(name for name in names if name), *([None] if None in names else []))

    @cached_property
    def shown_findings(self) -> tuple[Finding, ...]:
        """Those that have a place in the page: the most serious, of these the surest."""
        levels = get_args(Severity)
        ordered = sorted(surest_first(self.result.findings), key=lambda finding: levels.index(finding.severity))
        return tuple(ordered[:MOST_FINDINGS])

    @cached_property
    def shown_municipalities(self) -> tuple[str | None, ...]:
        """Those whose lights have a place in the page: the ones with most findings, by name as all are."""
        counts = Counter(
            name for one in self.result.findings for name in {record.municipality for record in self.concerned(one)}
        )
        first = set(sorted(self.municipalities, key=lambda name: -counts[name])[:MOST_MUNICIPALITIES])
        return tuple(name for name in self.municipalities if name in first)

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years that records are about."""
        return tuple(sorted({record.period.year for record in self.result.records if record.period}))

    def concerned(self, finding: Finding) -> list[Record]:
        """The records that a finding is about."""
        return [self.by_id[id] for id in dict.fromkeys(finding.records) if id in self.by_id]
