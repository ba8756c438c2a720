"""What is taken out of a review: records, findings with what reviewers say of them, corrections, decisions, faults."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from types import MappingProxyType
from typing import Any, BinaryIO, Final, Literal, TypeAlias, TypeVar

from pydantic import BaseModel
from sqlalchemy.orm import Session

from ljuskoll.nlp.followup import Model
from ljuskoll.service.outputs.csv_files import FINDING_COLUMNS, RECORD_COLUMNS, csv_lines, finding_row, found_in
from ljuskoll.service.outputs.files import FINDINGS, KEYS, RECORDS, json_lines
from ljuskoll.service.outputs.parquet import flat_row, parquet_bytes
from ljuskoll.service.outputs.wording import WORDS
from ljuskoll.service.outputs.workbook import workbook_bytes
from ljuskoll.service.record import Finding, Record, Result
from ljuskoll.service.review.desk import Desk
from ljuskoll.service.review.learning import decided, faults
from ljuskoll.service.review.showing import shown
from ljuskoll.service.store.access import User
from ljuskoll.service.store.archive import give_back
from ljuskoll.service.store.audit import log
from ljuskoll.service.store.corrections import all_corrections
from ljuskoll.service.store.decisions import with_standings
from ljuskoll.service.store.findings import FindingFilter, all_findings
from ljuskoll.service.store.records import RecordFilter, all_records
from ljuskoll.service.store.schema import StandingRow

ExportName: TypeAlias = Literal[
    "records.jsonl",
    "records.csv",
    "records.parquet",
    "findings.jsonl",
    "findings.csv",
    "ljuskoll.xlsx",
    "corrections.jsonl",
    "decisions.jsonl",
    "faults.jsonl",
]
MEDIA: Final[Mapping[str, str]] = MappingProxyType(
    {
        "jsonl": "application/x-ndjson",
        "csv": "text/csv; charset=utf-8",
        "parquet": "application/vnd.apache.parquet",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
)
"""By the end of the name."""
_SAID: Final = ("verdict", "light", "note", "who", "when")
AnyModel = TypeVar("AnyModel", bound=BaseModel)


class Said(Model):
    """How a reviewer stands on a finding."""

    verdict: str
    light: str | None
    note: str
    who: str
    when: str


class JudgedFinding(Finding):
    """A finding with how each reviewer stands on it."""

    standings: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Filters:
    """What to take out: everything that the user may see, where nothing is asked for."""

    records: RecordFilter = field(default_factory=RecordFilter)
    findings: FindingFilter = field(default_factory=FindingFilter)


@dataclass(frozen=True, slots=True)
class Export:
    """A file to hand out; whoever has read `content` closes it."""

    name: ExportName
    media_type: str
    content: BinaryIO


@dataclass(frozen=True, slots=True)
class _Asked:
    desk: Desk
    session: Session
    user: User
    filters: Filters
    unmasked: bool

    def shown(self, models: Iterable[AnyModel]) -> Iterator[AnyModel]:
        return (shown(model, self.unmasked) for model in models)

    @property
    def records(self) -> Iterator[Record]:
        return self.shown(all_records(self.session, self.user, self.filters.records))

    @property
    def findings(self) -> Iterator[JudgedFinding]:
        return self.shown(judged(finding, stands) for finding, stands in self.reviewed)

    @property
    def reviewed(self) -> Iterator[tuple[Finding, Sequence[StandingRow]]]:
        return with_standings(self.session, all_findings(self.session, self.user, self.filters.findings))


def export(desk: Desk, user: User, name: ExportName, unmasked: bool = False, filters: Filters = Filters()) -> Export:
    """One file with all corrections made, masked unless told otherwise; it is logged that it was taken out.

    Raises UsageError where there is more than a workbook holds.
    """
    with ExitStack() as unsent:
        content = unsent.enter_context(TemporaryFile())
        with desk.database.reading() as session:
            for chunk in _WRITERS[name](_Asked(desk, session, user, filters, unmasked)):
                content.write(chunk)
        with desk.database.writing() as session:
            log(session, user.name, "export", name)
        content.seek(0)
        unsent.pop_all()
    return Export(name, MEDIA[name.rpartition(".")[2]], content)


def judged(finding: Finding, stands: Iterable[StandingRow]) -> JudgedFinding:
    """The finding with how reviewers stand on it."""
    said = tuple(Said(**{key: getattr(one, key) for key in _SAID[:-1]}, when=one.at) for one in stands)
    return JudgedFinding(**dict(finding), standings=said)


def _lines(models: Iterable[BaseModel], first: Iterable[str] = ()) -> Iterator[bytes]:
    return (json_lines((model,), first) for model in models)


def _records_csv(asked: _Asked) -> Iterator[bytes]:
    return csv_lines(map(flat_row, asked.records), RECORD_COLUMNS)


def _findings_csv(asked: _Asked) -> Iterator[bytes]:
    """One row for each reviewer's word on a finding, or one alone where nobody has said anything."""
    found = {record.id: found_in(record) for record in asked.records}
    rows = (row for finding in asked.findings for row in _finding_rows(finding, found))
    return csv_lines(rows, (*FINDING_COLUMNS, *_SAID))


def _finding_rows(finding: JudgedFinding, found: Mapping[str, Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    row = finding_row(finding, found)
    yield from ({**row, **said.model_dump()} for said in finding.standings)
    if not finding.standings:
        yield row


def _workbook(asked: _Asked) -> Iterator[bytes]:
    verdicts = {finding.id: _verdict(stands) for finding, stands in asked.reviewed}
    yield workbook_bytes(_result(asked), verdicts)


def _verdict(standings: Sequence[StandingRow]) -> str:
    """What reviewers say of a finding, in the workbook's words; who said what where there are several."""
    words = WORDS["verdict"]
    given = [(one.who, words["given"][one.verdict], one.light) for one in standings if one.verdict in words["given"]]
    told = [
        (who, words["lit"].format(verdict=verdict, light=WORDS["colours"][light].lower()) if light else verdict)
        for who, verdict, light in given
    ]
    return told[0][1] if len(told) == 1 else "\n".join(words["said"].format(who=who, verdict=v) for who, v in told)


def _result(asked: _Asked) -> Result:
    """What the filters let through, in the order of an import's files."""
    whole = give_back(asked.session, asked.user, asked.desk.run)
    records = {record.id for record in all_records(asked.session, asked.user, asked.filters.records)}
    findings = {finding.id for finding in all_findings(asked.session, asked.user, asked.filters.findings)}
    part = whole.model_copy(
        update={
            "records": tuple(record for record in whole.records if record.id in records),
            "findings": tuple(finding for finding in whole.findings if finding.id in findings),
        }
    )
    return shown(part, asked.unmasked)


_WRITERS: Mapping[ExportName, Callable[[_Asked], Iterator[bytes]]] = MappingProxyType(
    {
        "records.jsonl": lambda asked: _lines(asked.records, KEYS[RECORDS]),
        "records.csv": _records_csv,
        "records.parquet": lambda asked: iter((parquet_bytes(asked.records),)),
        "findings.jsonl": lambda asked: _lines(asked.findings, KEYS[FINDINGS]),
        "findings.csv": _findings_csv,
        "ljuskoll.xlsx": _workbook,
        "corrections.jsonl": lambda asked: _lines(asked.shown(all_corrections(asked.session, user=asked.user))),
        "decisions.jsonl": lambda asked: _lines(
            asked.shown(decided(asked.session, asked.user, asked.filters.findings))
        ),
        "faults.jsonl": lambda asked: _lines(asked.shown(faults(asked.session, asked.user, asked.filters.findings))),
    }
)
