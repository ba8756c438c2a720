"""Records as the checks see them, made in one line, and what the checks find in them."""

import hashlib
from collections.abc import Sequence
from typing import Any

from ljuskoll.models.assessment import Assessment, Evidence, Probabilities
from ljuskoll.nlp.followup import Claim, Colour, Declared, Outcome, Period, Phrase, Place
from ljuskoll.service.consistency.checks import run_checks
from ljuskoll.service.consistency.lights import light
from ljuskoll.service.record import DocumentRecord, Finding, PlanRecord, Record, Source

T1, T2, T3 = (Period.of_tertial(2023, tertial) for tertial in (1, 2, 3))
COMMENT = "Arbetet har mött hinder och förvaltningen återkommer med en ny tidplan till nämnden."
UNSURE = Assessment(
    colour=None, outcome="unclear", probabilities=Probabilities(green=0.4, yellow=0.3, red=0.3), abstained=True
)
OUTCOMES: dict[Colour, Outcome] = {"green": "completed", "yellow": "partial", "red": "off_track"}
WORDS: dict[Outcome, str] = {
    "completed": "Uppdraget är genomfört.",
    "on_track": "Uppdraget bedöms bli genomfört i år.",
    "partial": "Uppdraget är delvis genomfört.",
    "off_track": "Uppdraget har inte genomförts.",
    "not_started": "Arbetet är inte påbörjat.",
    "cancelled": "Uppdraget utgår efter beslut.",
    "unclear": "Uppdraget är svårbedömt.",
}


def assessed(
    colour: Colour, probability: float = 0.9, outcome: Outcome | None = None, cue: str = COMMENT[:7]
) -> Assessment:
    rest = round((1 - probability) / 2, 3)
    shares: dict[str, float] = {"green": rest, "yellow": rest, "red": rest, colour: probability}
    evidence = (Evidence(text=COMMENT[:22], start=0, end=22, cue=cue),)
    probabilities = Probabilities(**shares)
    outcome = outcome or OUTCOMES[colour]
    return Assessment(colour=colour, outcome=outcome, probabilities=probabilities, abstained=False, evidence=evidence)


def record(
    declared: Colour | None = None,
    outcome: Outcome | None = None,
    period: Period | None = T3,
    *,
    text: str | None = None,
    assessment: Assessment | None = None,
    comment: str | None = None,
    title: str = "Ta fram en vattenplan",
    document: str | None = None,
    **fields: Any,
) -> Record:
    document = document or (f"{period.as_of}" if period else "undated")
    told = light(outcome, period) if outcome else None
    assessment = assessment or (assessed(told, 0.9, outcome) if told else UNSURE)
    phrase = Phrase(text=text or WORDS[outcome], outcome=outcome, start=0, end=5) if outcome else None
    return Record(
        id=hashlib.sha256(f"{document}|{title}|{fields.get('kind')}".encode()).hexdigest(),
        document=Source(path=f"{document}.pdf", sha256=document),
        assessment=assessment,
        municipality="Ekby kommun",
        period=period,
        boards=("TN",),
        board_names=("Tekniska nämnden",),
        assignment=title,
        declared=Declared(
            colour=declared, as_written={"green": "Grön", "yellow": "Gul", "red": "Röd"}[declared], source="text"
        )
        if declared
        else None,
        phrase=phrase,
        comment=f"{COMMENT} Konsulten mäter brunnarna vid {document}." if comment is None else comment,
        places=(Place(page=3),),
        **fields,
    )


def findings(
    *records: Record, documents: Sequence[DocumentRecord] = (), scales: dict[str, Any] | None = None
) -> list[Finding]:
    return list(run_checks(records, documents, lights=scales)[0])


def kinds(*records: Record) -> list[str]:
    return [finding.kind for finding in findings(*records)]


def run_one(
    check: str, *records: Record, documents: Sequence[DocumentRecord] = (), plans: Sequence[PlanRecord] = ()
) -> list[Finding]:
    """The findings that one check, by its name, has a part in."""
    return [finding for finding in run_checks(records, documents, plans)[0] if check in finding.checks]


def claim(count: int, what: Outcome | Colour, population: int | None = None, **fields: Any) -> Claim:
    """A sentence that counts records by a colour or an outcome."""
    meaning: dict[str, Any] = {"colours": (what,)} if what in ("green", "yellow", "red") else {"outcomes": (what,)}
    return Claim(text=fields.pop("text", "Räknemening."), count=count, population=population, **meaning, **fields)


def report(
    lights: str, *claims: Claim, period: Period = T3, goals: str = "", **fields: Any
) -> tuple[list[Record], list[DocumentRecord]]:
    """A document with one record for each letter: g, y, r, or - for none."""
    colours: dict[str, Colour | None] = {"g": "green", "y": "yellow", "r": "red", "-": None}
    goal = dict(enumerate(goals))
    records = [
        record(colours[letter], period=period, title=f"Ärende {number}", document="report", goal=goal.get(number))
        for number, letter in enumerate(lights)
    ]
    fields = {"status": "ok", **fields}
    return records, [DocumentRecord(path="report.pdf", sha256="report", claims=claims, **fields)]
