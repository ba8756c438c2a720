"""How well the checks find the contradictions planted in archives of our own, and how often they flag what is right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ljuskoll.corpora.contradictions import Archive, NearMiss, Planted, write_archive
from ljuskoll.service.one_file import Options
from ljuskoll.service.pipeline import run_import
from ljuskoll.service.record import Finding, Record, Result


@dataclass(frozen=True)
class Checked:
    """One archive with what an import made of it, and the ids of the records of each row (document and key)."""

    archive: Archive
    result: Result
    ids: dict[tuple[str, str], frozenset[str]]

    @classmethod
    def of(cls, archive: Archive, options: Options | None = None) -> "Checked":
        """The archive written to files, imported and checked."""
        with TemporaryDirectory() as folder:
            write_archive(archive, Path(folder) / "archive")
            result = run_import([Path(folder) / "archive"], Path(folder) / "out", options or Options()).result
        return cls(archive, result, _ids(archive, result.records))

    @property
    def unread(self) -> list[tuple[str, str]]:
        """The rows that became no record."""
        return [place for place, ids in self.ids.items() if not ids]

    def of_rows(self, rows: Iterable[tuple[str, str]]) -> frozenset[str]:
        """The ids of the records of these rows."""
        return frozenset(id for row in rows for id in self.ids[row])

    @property
    def planted_records(self) -> frozenset[str]:
        """The ids of all records that some contradiction is about."""
        return self.of_rows(row for planted in self.archive.planted for row in planted.rows)

    def is_about(self, finding: Finding, planted: Planted | NearMiss) -> bool:
        """Whether a finding, of whatever kind, is about what was planted."""
        if planted.rows:
            return bool(self.of_rows(planted.rows) & set(finding.records))
        if planted.sentence:
            return any(
                evidence.text in planted.sentence or planted.sentence in evidence.text for evidence in finding.evidence
            )
        if isinstance(planted, NearMiss):
            return False
        if planted.plan:
            return any(evidence.text == planted.plan for evidence in finding.evidence)
        return finding.checks == ("missing_report",) and _period_in(planted.period or "", finding.message)

    def explains(self, finding: Finding, planted: Planted) -> bool:
        """Whether a finding is about what was planted, under its kind or one that it also is."""
        return planted.kind in (finding.kind, *finding.also) and self.is_about(finding, planted)

    def found(self, planted: Planted) -> list[Finding]:
        """The findings that tell a planted contradiction, the surest first."""
        return [finding for finding in self.result.findings if self.explains(finding, planted)]

    def is_right(self, finding: Finding) -> bool:
        """Whether the finding tells something that was planted, under that kind or one that it also is."""
        kinds = {finding.kind, *finding.also}
        return any(
            kinds & {planted.kind, *planted.also} and self.is_about(finding, planted)
            for planted in self.archive.planted
        )

    def is_false_flag(self, finding: Finding) -> bool:
        """Whether nothing that the finding is about has anything planted in it."""
        return not any(self.is_about(finding, planted) for planted in self.archive.planted)


def _ids(archive: Archive, records: Sequence[Record]) -> dict[tuple[str, str], frozenset[str]]:
    """The records of each row; a title may have lost its code or brackets on the way."""
    by_path: dict[str, list[Record]] = {}
    for record in records:
        by_path.setdefault(record.document.path, []).append(record)
    found: dict[tuple[str, str], frozenset[str]] = {}
    for row in archive.rows:
        ids = {record.id for record in by_path.get(archive.path(row.doc), ()) if record.assignment in row.assignment}
        found[row.doc, row.key] = found.get((row.doc, row.key), frozenset()) | ids
    return found


def _period_in(period: str, message: str) -> bool:
    year, _, tertial = period.partition("-")
    return f"{tertial.upper()} {year}" in message
