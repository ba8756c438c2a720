"""Sentences that count assignments by status, against the lights of the records that they count."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ljuskoll.nlp.followup import Claim, Colour, Outcome
from ljuskoll.nlp.language.claims import names_what_it_counts
from ljuskoll.service.consistency import messages
from ljuskoll.service.consistency.finding import Case, CheckResult
from ljuskoll.service.consistency.material import Material, are_opposite, declared_colour, is_before_year_end
from ljuskoll.service.record import DocumentRecord, FindingEvidence, Record

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_ROUNDED = 1
"""A share may be rounded up or down to the next whole per cent."""
_ROUGHLY = 11
"""A share that is said to be "knappt" or "drygt" so much may be ten per cent units off."""


@dataclass(frozen=True, slots=True)
class _Count:
    """A claim and the numbers that the lights allow: the records that surely count, and all that may."""

    claim: Claim
    sure: tuple[Record, ...]
    possible: int
    population: int

    @property
    def fits(self) -> bool:
        """Whether the claim can be true."""
        numbers = range(len(self.sure), self.possible + 1)
        if not self.claim.is_share:
            return self.claim.count in numbers
        off = _ROUGHLY if self.claim.is_rough else _ROUNDED
        return any(abs(100 * number / self.population - self.claim.count) < off for number in numbers)


def check(material: Material) -> CheckResult:
    """Every claim; those whose population does not fit the document's records are abstained from.

    The count is of claims; the claims of one sentence, and sentences about the same records, are one finding.
    """
    cases: dict[tuple[str, ...], Case] = {}
    checked = abstained = 0
    for document in material.documents:
        for claims in _sentences(document):
            counts = _counts_of(material, document, claims)
            checked += len(counts)
            abstained += len(claims) - len(counts)
            for case in _judge(document, counts):
                cases.setdefault((case.kind, *sorted(record.id for record in case.records), *case.identity), case)
    return CheckResult.of(cases.values(), checked, abstained)


def _sentences(document: DocumentRecord) -> list[list[Claim]]:
    """The claims of each sentence."""
    found: dict[str, list[Claim]] = {}
    for claim in dict.fromkeys(document.claims):
        place = claim.places[0].model_dump_json() if claim.places else ""
        found.setdefault("\x1f".join((claim.text, claim.scope or "", claim.kind, place)), []).append(claim)
    return list(found.values())


def _counts_of(material: Material, document: DocumentRecord, claims: Sequence[Claim]) -> list[_Count]:
    """The counts of a sentence's claims; none where it is not clear what it counts.

    Those without a light are left out where only so the sentence counts all.
    """
    records = _population(material, document, claims)
    rated = [record for record in records if declared_colour(record)]
    if not rated:
        return []
    populations = (records, rated) if any(claim.colours for claim in claims) else (records,)
    found = [
        [_count(material, claim, counted) for claim in claims]
        for counted in populations
        if _is_complete(claims, len(counted))
    ]
    return next((counts for counts in found if all(count.fits for count in counts)), found[0] if found else [])


def _population(material: Material, document: DocumentRecord, claims: Sequence[Claim]) -> list[Record]:
    """The records that a sentence may count; none where it is not clear which they are."""
    claim = claims[0]
    if document.duplicate_of is not None or document.status != "ok" or document.sha256 is None:
        return []
    if any(row.unexplained for table in document.tables for row in table.unmatched):
        return []
    all_of_it = material.by_document.get(document.sha256, ())
    records = [record for record in all_of_it if record.kind == claim.kind]
    is_told = claim.is_kind_told or names_what_it_counts(claim.text)
    if not is_told and any(declared_colour(one) for one in all_of_it if one not in records):
        return []
    if claim.period is not None:
        records = [record for record in records if record.period in (claim.period, None)]
    records = _in_scope(records, claim.scope)
    if claim.board is not None:
        records = [record for record in records if claim.board in record.board_names]
    return [] if _is_of_another_year(claim) else records


def _is_of_another_year(claim: Claim) -> bool:
    years = {int(year) for year in _YEAR.findall(claim.text)}
    return claim.period is not None and bool(years - {claim.period.year})


def _in_scope(records: list[Record], scope: str | None) -> list[Record]:
    """The records under the claim's goal; all where no record has a goal, none where all have other goals."""
    if scope is None or not any(record.goal for record in records):
        return records
    return [record for record in records if record.goal and _plain(record.goal) == _plain(scope)]


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _is_complete(claims: Sequence[Claim], records: int) -> bool:
    """Whether so many records can be all that the sentence counts: by its own total, or by the sum of its counts.

    A sentence that divides what it counts among several lights counts all of it.
    """
    named = {claim.population for claim in claims if claim.population is not None}
    if named:
        return named == {records}
    if any(claim.is_share for claim in claims):
        return all(claim.is_share for claim in claims)
    total = sum(claim.count for claim in claims)
    return total <= records if len(claims) == 1 else total == records


def _count(material: Material, claim: Claim, records: Sequence[Record]) -> _Count:
    verdicts = [(record, _counts(material, claim, record)) for record in records]
    sure = tuple(record for record, verdict in verdicts if verdict is True)
    return _Count(claim, sure, sum(verdict is not False for _, verdict in verdicts), len(records))


def _counts(material: Material, claim: Claim, record: Record) -> bool | None:
    """Whether the record is one of those counted; None where the light alone does not tell."""
    declared = declared_colour(record)
    if declared is None:
        return None
    if claim.colours:
        return declared in claim.colours
    phrase = material.phrase_light(record)
    if phrase is not None and are_opposite(declared, phrase):
        return None
    verdicts = [_is(material, outcome, record, declared) for outcome in claim.outcomes]
    return True if True in verdicts else None if None in verdicts else False


def _is(material: Material, outcome: Outcome, record: Record, declared: Colour) -> bool | None:
    """Whether the record has this outcome, as far as its light and its status sentence tell."""
    told = record.phrase.outcome if record.phrase else "unclear"
    if outcome == told and declared == material.light(record, outcome):
        return True
    early = is_before_year_end(record)
    if declared == "yellow":
        return _is_yellow(material, outcome, record, early)
    if declared != material.light(record, outcome):
        return None if told == outcome else False
    if outcome in ("on_track", "not_started", "cancelled") or (
        outcome == "completed" and (early or told == "on_track")
    ):
        return None
    return True


def _is_yellow(material: Material, outcome: Outcome, record: Record, early: bool) -> bool | None:
    """Work that is partly done may be counted as not carried out; a yellow forecast may be anything but done."""
    if material.light(record, outcome) == "yellow":
        return None if early else True
    return None if outcome in ("off_track", "not_started") or early else False


def _judge(document: DocumentRecord, counts: Sequence[_Count]) -> Iterator[Case]:
    wrong = [count for count in counts if not count.fits]
    if not wrong:
        return
    claim = wrong[0].claim
    counted = {record.id: record for count in wrong for record in count.sure}
    exact = all(len(count.sure) == count.possible for count in wrong)
    yield Case(
        kind="aggregate",
        check="aggregate",
        severity="medium",
        records=[counted[id] for id in sorted(counted)],
        message=messages.aggregate(
            [(count.claim, len(count.sure), count.possible) for count in wrong], document.path, wrong[0].population
        ),
        evidence=(FindingEvidence(record=None, text=claim.text),),
        identity=(claim.text, document.sha256 or ""),
        features={"of_all": float(exact and (claim.population is not None or len(counts) > 1))},
    )
