"""Two documents of one day, and what records, documents, archives and reports on a plan lack."""

from typing import Any

import pytest

from findings import T1, T2, T3, UNSURE, WORDS, assessed, findings, record, run_one
from ljuskoll.nlp.followup import Colour, Period, Phrase, PlanSection, Tertial
from ljuskoll.service.consistency.checks import run_checks
from ljuskoll.service.record import DocumentRecord, PlanRecord, Record, Source

TITLES = ["Dränera ishallen", "Måla färjeläget", "Byta hissarna", "Mäta bullret", "Gallra fotoarkivet"]

# --- across documents -----------------------------------------------------------------------------------------------


def twin(name: str, colour: Colour | None, **fields: Any) -> Record:
    return record(colour, **{"document": name, "assessment": UNSURE, **fields})


LIGHTS = [
    (twin("a", "green"), twin("b", "red"), "high"),
    (twin("a", "yellow"), twin("b", "red"), "low"),
    (twin("a", "green"), twin("b", "yellow"), "low"),
    (twin("a", "green"), twin("b", "red", title="Framtagande av vattenplan"), "high"),
    (twin("a", "green"), twin("b", None, outcome="off_track"), "high"),
    (twin("a", None, outcome="partial"), twin("b", None, outcome="completed"), "low"),
]


@pytest.mark.parametrize(("one", "other", "severity"), LIGHTS)
def test_two_documents_with_two_lights(one: Record, other: Record, severity: str) -> None:
    (finding,) = run_one("across_lights", one, other)
    assert (finding.kind, finding.severity) == ("across_documents", severity)
    assert set(finding.records) == {one.id, other.id}
    assert "a.pdf" in finding.message
    assert "b.pdf" in finding.message


DONE, GOING, STUCK = assessed("green"), assessed("green", 0.9, "on_track"), assessed("red")
COMMENTS = [
    (DONE, STUCK, None, "high"),
    (DONE, GOING, None, "low"),
    (assessed("green", 0.7), assessed("red", 0.7), None, "high"),
    (DONE, STUCK, "yellow", "high"),
]
ALIKE = [
    (DONE, DONE),
    (GOING, assessed("yellow")),
    (DONE, assessed("red", 0.65)),
    (assessed("green", 0.65), STUCK),
    (DONE, UNSURE),
    (STUCK, STUCK),
]


@pytest.mark.parametrize(("one", "other", "light", "severity"), COMMENTS)
def test_two_documents_with_two_stories(one: object, other: object, light: Colour | None, severity: str) -> None:
    (finding,) = run_one("across_comments", twin("a", light, assessment=one), twin("b", light, assessment=other))
    assert (finding.kind, finding.severity, len(finding.records)) == ("across_documents", severity, 2)


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_two_documents_that_may_stand_together(one: object, other: object) -> None:
    found = findings(twin("a", None, assessment=one), twin("b", None, assessment=other))
    assert [finding for finding in found if finding.kind == "across_documents"] == []


OPEN, SHUT = "Mötesplatsen har haft öppet sedan juni.", "Mötesplatsen har ännu inte öppnat."
YEARS = "Bygga en kaj 2022–2024"


def test_two_documents_of_which_one_says_not_yet() -> None:
    one, other = (twin(name, None, assessment=GOING, comment=text) for name, text in (("a", OPEN), ("b", SHUT)))
    assert len(run_one("across_comments", one, other)) == 1
    assert run_one("across_comments", one, other.model_copy(update={"comment": f"{OPEN} {SHUT}"})) == []
    assert run_one("across_comments", one, other.model_copy(update={"comment": "Mötesplatsen lever."})) == []


def test_two_documents_that_both_say_missed_tell_one_story() -> None:
    title = "Minst 70 procent av invånarna ska känna sig trygga"
    texts = (("a", DONE, "Andelen trygga steg till 68 procent."), ("b", STUCK, "68 procent känner sig trygga."))
    twins = [twin(name, "red", assessment=told, title=title, comment=comment) for name, told, comment in texts]
    assert [one for one in findings(*twins) if "across_comments" in one.checks] == []


LOCKS = "Montera 120 lås i hemtjänsten"


@pytest.mark.parametrize(
    ("text", "other", "found"),
    [
        ("96 av 120 lås är monterade.", "61 av 120 lås är uppsatta.", 1),
        ("96 av 120 lås är monterade.", "94 av 120 lås är monterade.", 0),
        ("96 av 120 lås är monterade.", "I södra distriktet är 11 av 30 lås monterade.", 0),
        ("96 av 120 lås är monterade.", "Låsen monteras efter hand.", 0),
    ],
)
def test_two_documents_that_count_otherwise(text: str, other: str, found: int) -> None:
    twins = [twin(n, "green", assessment=GOING, title=LOCKS, comment=c) for n, c in (("a", text), ("b", other))]
    assert sum("across_comments" in one.checks for one in findings(*twins)) == found


def test_what_is_done_of_work_for_several_years_may_be_this_year_s_part() -> None:
    assert (
        run_one(
            "across_comments",
            *(twin(n, None, assessment=a, title=YEARS) for n, a in zip("ab", (DONE, GOING), strict=True)),
        )
        == []
    )
    assert run_one(
        "across_comments", *(twin(n, None, assessment=a, title=YEARS) for n, a in zip("ab", (DONE, STUCK), strict=True))
    )


NO_TWINS = [
    (twin("a", "green"), twin("b", "green")),
    (twin("a", "green"), twin("b", None)),
    (twin("a", "green"), twin("b", "red", title="Laga hamnkranen")),
    (twin("a", "green", period=T1), twin("b", "red", period=T2)),
    (twin("a", "green"), twin("b", "red", kind="goal")),
    (twin("a", "green"), twin("b", "red").model_copy(update={"municipality": "Viby kommun"})),
]


@pytest.mark.parametrize(("one", "other"), NO_TWINS)
def test_documents_that_do_not_differ_or_belong_together(one: Record, other: Record) -> None:
    assert [finding for finding in findings(one, other) if finding.kind == "across_documents"] == []


# --- incomplete -----------------------------------------------------------------------------------------------------

REPORT = DocumentRecord(path="x.pdf", sha256="x", status="ok")


def rows(lights: str, bare: str = "") -> list[Record]:
    """A record for each letter: g, r, or - without status; those whose number stands in `bare` have no comment."""
    colours: dict[str, Colour | None] = {"g": "green", "r": "red", "-": None}
    numbered = enumerate(lights)
    return [
        twin("x", colours[light], title=TITLES[number], **({"comment": " "} if str(number) in bare else {}))
        for number, light in numbered
    ]


INCOMPLETE = [
    (rows("gggg-"), "lacks_status", "medium", 1),
    (rows("ggggr", bare="4"), "lacks_comment", "medium", 1),
    (rows("ggggg", bare="2"), "lacks_comment", "low", 1),
    (rows("gg---"), "document_lacks_status", "low", 0),
    (rows("-----"), "document_lacks_status", "low", 0),
    (rows("ggggg", bare="012"), "document_lacks_comment", "low", 0),
]


@pytest.mark.parametrize(("records", "check", "severity", "named"), INCOMPLETE)
def test_what_most_of_a_report_has_or_lacks(records: list[Record], check: str, severity: str, named: int) -> None:
    (finding,) = findings(*records, documents=[REPORT])
    assert (finding.checks, finding.severity, len(finding.records)) == ((check,), severity, named)
    assert "x.pdf" in finding.message


COMPLETE = [
    rows("ggggg"),
    rows("ggg--"),  # neither most nor few have one
    rows("ggggg", bare="01"),
    rows("gg-"),  # too few to be compared
    [*rows("ggg"), *(one.model_copy(update={"kind": "goal"}) for one in rows("---"))],
    [one.model_copy(update={"phrase": Phrase(text=WORDS["partial"], outcome="partial")}) for one in rows("gggg-")],
]


@pytest.mark.parametrize("records", COMPLETE)
def test_what_a_report_need_not_have(records: list[Record]) -> None:
    found = findings(*records, documents=[REPORT])
    assert [finding for finding in found if "lacks" in finding.checks[0]] == []


def test_a_copy_of_a_document_is_not_looked_at() -> None:
    copy = REPORT.model_copy(update={"duplicate_of": "y.pdf"})
    assert findings(*rows("gggg-"), documents=[copy]) == []


# --- empty words ----------------------------------------------------------------------------------------------------

NOTHING = "Arbetet pågår löpande tillsammans med berörda aktörer."
HARDLY = (
    "Personalen arbetar löpande med frågan i sin verksamhet och ser goda möjligheter framöver för våra elever och "
    "deras skolor."
)
SAID: list[tuple[Record, bool]] = [
    (record("green", comment=NOTHING, assessment=UNSURE), True),
    (record(None, comment=NOTHING, assessment=UNSURE), True),
    (record("green", comment=f"{NOTHING} Vattenplanen finns.", assessment=UNSURE), False),
    (record("green", comment=NOTHING, assessment=UNSURE, title="Öka antalet aktörer i centrum"), False),
    (record("green", "on_track", comment=NOTHING, assessment=UNSURE), False),
    (record("green", "partial", comment=NOTHING, assessment=UNSURE), False),
    (record("green", comment="", assessment=UNSURE), False),
    (record("green", comment="Kocken har slutat och köket är stängt.", assessment=UNSURE), False),
    (record("green", comment=HARDLY, assessment=UNSURE), True),
    (record("green", comment=HARDLY, assessment=assessed("green")), False),
    (record("green", comment=f"{HARDLY} Redovisas av fullmäktige.", assessment=UNSURE), False),
]


@pytest.mark.parametrize(("one", "flagged"), SAID)
def test_a_comment_of_empty_words(one: Record, flagged: bool) -> None:
    found = run_one("empty_words", one)
    assert [finding.records for finding in found] == ([(one.id,)] if flagged else [])
    assert all(finding.evidence[0].text == one.comment for finding in found)


# --- missing reports ------------------------------------------------------------------------------------------------


TERTIALS: tuple[Tertial, ...] = (1, 2, 3)


def reports(periods: str, **fields: Any) -> list[Record]:
    """A record for each report, as in "2022:123 2023:13"."""
    days: list[Period] = []
    for year, _, tertials in (one.partition(":") for one in periods.split()):
        days += [Period.of_tertial(int(year), one) for one in TERTIALS if str(one) in tertials]
    return [twin(f"{day.year}-{day.tertial}", "green", period=day, **fields) for day in days]


@pytest.mark.parametrize(
    ("periods", "missing"),
    [
        ("2022:123 2023:13", ["T2 2023"]),
        ("2022:23 2023:123 2024:3", ["T1 2022", "T1 2024", "T2 2024"]),
        ("2022:123 2023:12", []),  # the year is not over
        ("2022:13 2023:13", []),  # nobody reports at T2
        ("2023:13", []),
        ("2022:3 2023:3", []),
        ("", []),
    ],
)
def test_a_report_that_is_not_there(periods: str, missing: list[str]) -> None:
    found = run_one("missing_report", *reports(periods))
    assert sorted(finding.message.split("rapport per ")[1][:7] for finding in found) == sorted(missing)
    assert len({finding.id for finding in found}) == len(missing)
    assert {finding.records for finding in found} <= {()}


def test_a_board_s_own_reports_are_a_series_of_their_own() -> None:
    records = [*reports("2022:12 2023:12"), *reports("2022:3 2023:3", title="Laga hamnkranen")]
    own = [DocumentRecord(path="x", sha256=f"{year}-3", status="ok", level="board") for year in (2022, 2023)]
    assert run_one("missing_report", *records, documents=own) == []
    (finding,) = run_one("missing_report", *records[1:], documents=[])
    assert "T1 2022" in finding.message


# --- plans ----------------------------------------------------------------------------------------------------------


def planned(
    text: str, years: tuple[int, ...] = (2023,), section: PlanSection = "goal", municipality: str | None = "Ekby kommun"
) -> PlanRecord:
    source = Source(path="plan.txt", sha256="plan")
    unit = "Tekniska nämnden"
    return PlanRecord(
        id=text, document=source, unit=unit, section=section, text=text, years=years, municipality=municipality
    )


FOLLOWED = [planned("Ishallen är dränerad"), planned("Fotoarkivet gallras", section="indicator")]
DROPPED = "Fler ska cykla till arbetet"
PLANS: list[tuple[list[PlanRecord], list[str], int]] = [
    ([*FOLLOWED, planned(DROPPED)], [DROPPED], 0),
    ([planned(one.text, (2022, 2023)) for one in [*FOLLOWED, planned(DROPPED)]], [DROPPED], 0),
    (FOLLOWED, [], 0),
    ([*FOLLOWED, planned(DROPPED, section="assignment")], [], 0),
    ([FOLLOWED[0], planned(DROPPED), planned("Färre rökare")], [], 1),
    ([planned(one.text, (2025,)) for one in [*FOLLOWED, planned(DROPPED)]], [], 0),
    ([planned(one.text, ()) for one in [*FOLLOWED, planned(DROPPED)]], [], 0),
    ([planned(one.text, municipality="Viby kommun") for one in [*FOLLOWED, planned(DROPPED)]], [], 0),
]


@pytest.mark.parametrize(("plan", "left", "abstained"), PLANS)
def test_a_plan_s_goal_that_no_report_follows(plan: list[PlanRecord], left: list[str], abstained: int) -> None:
    records = [twin("x", "green", title=title, period=T3) for title in TITLES]
    found, counts = run_checks(records, (), plan)
    quoted = [one.text for finding in found if finding.kind == "coverage" for one in finding.evidence]
    assert quoted == left
    assert counts["coverage"].checks["unfollowed_plans"].abstained == abstained


def test_a_plan_s_goal_that_is_followed_in_other_words() -> None:
    titles = [*TITLES, "Minst 85 procent av hemtjänstbesöken ska göras på utlovad tid"]
    records = [twin("x", "green", title=title, period=T3) for title in titles]
    plan = [*FOLLOWED, planned("Andel hemtjänstbesök som görs på utlovad tid", section="indicator")]
    found, _ = run_checks(records, (), plan)
    assert [finding for finding in found if finding.kind == "coverage"] == []
