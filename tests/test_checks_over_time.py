"""What changes between two reports without a word: lights, assignments, titles; and what does not change at all."""

from typing import Any

import pytest

from findings import T1, T2, T3, UNSURE, assessed, record, run_one
from ljuskoll.models.assessment import Assessment
from ljuskoll.nlp.followup import Colour, Outcome, Period
from ljuskoll.service.record import DocumentRecord, Record

NEXT_T1 = Period.of_tertial(2024, 1)
SHORT = "Se ovan, det gäller ännu."
DIFFUSE = Assessment(colour=None, outcome="unclear", probabilities=UNSURE.probabilities, abstained=True)
Ids = list[tuple[str, ...]]


def found(check: str, *records: Record, documents: tuple[DocumentRecord, ...] = ()) -> Ids:
    return [finding.records for finding in run_one(check, *records, documents=documents)]


# --- unexplained ----------------------------------------------------------------------------------------------------


def lit(
    colour: Colour | None, period: Period, comment: str = SHORT, outcome: Outcome | None = None, **fields: Any
) -> Record:
    return record(colour, outcome, period, comment=comment, **{"assessment": UNSURE, **fields})


def told(colour: Colour, period: Period, rest: Assessment | None) -> Record:
    """A later red light over a status sentence, with what the rest of the comment supports."""
    return lit(colour, period, "Uppdraget har inte genomförts.", "off_track", without_phrase=rest)


LONG = "Uppdraget har inte genomförts eftersom pumparna blev stående i tullen hela hösten."
UNEXPLAINED = [
    (lit("green", T1), lit("red", T2), "medium"),
    (lit("green", T1), lit("yellow", T2), "medium"),
    (lit("red", T2), lit("green", T3), "low"),
    (lit("yellow", T1), lit("red", T3), "medium"),
    (lit("green", T1), told("red", T2, None), "medium"),
    (lit("green", T1), told("red", T2, assessed("green")), "medium"),
    (lit("green", T1), told("red", T2, DIFFUSE), "medium"),
    (lit("green", T1), told("red", T2, assessed("red", cue="tense_past")), "medium"),
]


@pytest.mark.parametrize(("before", "after", "severity"), UNEXPLAINED)
def test_a_light_that_changes_without_a_reason(before: Record, after: Record, severity: str) -> None:
    (finding,) = run_one("unexplained", before, after)
    assert (finding.kind, finding.severity, finding.records) == ("over_time", severity, (before.id, after.id))
    assert "utan att kommentaren säger varför" in finding.message


EXPLAINED = [
    (lit("green", T1), lit("green", T2)),
    (lit("green", T1), lit("red", T2, "Pumpen gick sönder och bytet tar tid.", assessment=assessed("red", 0.9))),
    (lit("green", T1), told("red", T2, assessed("red"))),
    (lit("green", T1), lit("red", T2, "Uppdraget har inte genomförts, 4 kvar.", "off_track")),
    (lit("green", T1), lit("red", T2, LONG, "off_track", text=LONG)),
    (
        lit("red", T1),
        lit(
            "green",
            T2,
            " ".join(["Pumpen är lagad."] * 3),
            assessment=UNSURE.model_copy(update={"probabilities": assessed("green", 0.6).probabilities}),
        ),
    ),
    (lit("green", T1), lit("red", T2, "")),
    (lit(None, T1), lit("red", T2)),
    (lit("green", T1), lit(None, T2)),
    (lit("green", T3), lit("red", NEXT_T1)),
    (lit("green", T1, kind="indicator"), lit("red", T2, kind="indicator")),
    (lit("green", T1, title="Laga hamnkranen"), lit("red", T2)),
]


@pytest.mark.parametrize(("before", "after"), EXPLAINED)
def test_a_light_that_changes_with_a_reason_or_not_at_all(before: Record, after: Record) -> None:
    assert found("unexplained", before, after) == []


def test_two_documents_of_one_day_may_each_have_their_light() -> None:
    before, after = lit("green", T1), lit("red", T2)
    assert found("unexplained", before, after, lit("yellow", T2, document="draft")) == []
    assert found("unexplained", before, lit("yellow", T1, document="draft"), after) == []
    assert found("unexplained", before, lit(None, T1, document="draft"), after) == []


def test_two_documents_of_one_day_with_one_light_are_one_report() -> None:
    before, after, reason = lit("green", T1), lit("red", T2), "Pumpen gick sönder och bytet tar tid."
    told_why = lit("red", T2, reason, assessment=assessed("red", 0.9), document="draft")
    assert len(found("unexplained", before, lit("green", T1, document="draft"), after)) == 1
    assert len(found("unexplained", before, after, lit("red", T2, document="draft"))) == 1
    assert found("unexplained", before, after, told_why) == []


# --- vanished -------------------------------------------------------------------------------------------------------

TITLES = ["Dränera ishallen", "Måla färjeläget", "Byta hissarna", "Mäta bullret", "Gallra fotoarkivet"]
LAST = "Inventera fornlämningar"


def going_on(period: Period, *titles: str, document: str | None = None) -> list[Record]:
    return [record("yellow", "partial", period, title=title, document=document) for title in titles]


@pytest.mark.parametrize("colour", ["yellow", "red", "green", None])
def test_what_is_gone_without_a_word(colour: Colour | None) -> None:
    gone = record(colour, None, T1, title=LAST, assessment=UNSURE)
    (finding,) = run_one("vanished", *going_on(T1, *TITLES), gone, *going_on(T2, *TITLES))
    assert (finding.records, finding.severity) == ((gone.id,), "high" if colour == "red" else "medium")
    assert "finns inte med i T2 2023 (2023-08-31.pdf)" in finding.message


ENDED = {
    "done": record("green", "completed", T1, title=LAST),
    "done by its comment": record("green", None, T1, title=LAST, assessment=assessed("green")),
    "said done over red": record("red", "completed", T1, title=LAST),
    "dropped": record("red", "cancelled", T1, title=LAST),
    "said to leave": record(
        "yellow", None, T1, title=LAST, comment="Tio av tio. Slutredovisas härmed.", assessment=UNSURE
    ),
    "undated": record("red", "off_track", None, title=LAST),
    "of the year before": record("red", "off_track", Period.of_tertial(2022, 3), title=LAST),
}


@pytest.mark.parametrize("gone", ENDED.values(), ids=ENDED.keys())
def test_what_may_be_gone(gone: Record) -> None:
    assert found("vanished", *going_on(T1, *TITLES), gone, *going_on(T2, *TITLES)) == []


CULTURE = {"boards": ("KN",), "board_names": ("Kulturnämnden",)}
OTHER_REPORTS = {
    "still there": [*going_on(T2, *TITLES), record("red", "off_track", T2, title=LAST)],
    "renamed": [*going_on(T2, *TITLES), record("red", "off_track", T2, title="Fornlämningarna vid sjön")],
    "another board's": [
        *going_on(T2, *TITLES),
        record("red", "off_track", T2, title=f"{LAST} i skogen").model_copy(update=CULTURE),
    ],
    "too few go on": going_on(T2, *TITLES[:3], *("Ny gångbro", "Ny kaj", "Ny bänk")),
    "next year": going_on(NEXT_T1, *TITLES),
    "none later": [],
}


def test_another_board_s_new_assignment_is_not_the_one_that_is_gone() -> None:
    new = record("red", "off_track", T2, title="Bygga en ny kaj").model_copy(update=CULTURE)
    gone = record("red", "off_track", T1, title=LAST)
    assert found("vanished", *going_on(T1, *TITLES), gone, *going_on(T2, *TITLES), new) == [(gone.id,)]


@pytest.mark.parametrize("later", OTHER_REPORTS.values(), ids=OTHER_REPORTS.keys())
def test_a_report_that_does_not_leave_it_out(later: list[Record]) -> None:
    gone = record("red", "off_track", T1, title=LAST)
    assert found("vanished", *going_on(T1, *TITLES), gone, *later) == []


def test_a_board_s_own_report_does_not_go_on_in_the_municipality_s() -> None:
    records = [*going_on(T1, *TITLES, LAST, document="own"), *going_on(T2, *TITLES, document="all")]
    board, municipality = (
        DocumentRecord(path=f"{name}.pdf", sha256=name, status="ok", level=level)
        for name, level in (("own", "board"), ("all", "municipality"))
    )
    assert len(found("vanished", *records)) == 1
    assert found("vanished", *records, documents=(board, municipality)) == []


# --- copied ---------------------------------------------------------------------------------------------------------

SAME = "Rören vid torget grävs fram en gata i taget och entreprenören har bytt pump två gånger."


def written(comment: str, period: Period, outcome: Outcome = "partial", colour: Colour = "yellow") -> Record:
    return record(colour, None, period, comment=comment, assessment=assessed(colour, 0.9, outcome))


COPIED = [
    (written(SAME, T1), written(SAME, T2)),
    (written(SAME, T1), written(f"  {SAME.upper()} ", T3)),
    (written(SAME, T3), written(SAME, NEXT_T1)),
    (written(SAME.replace(".", "!"), T1), written(SAME, T2)),
]
NOT_COPIED = [
    (written(SAME, T1), written(SAME.replace("två", "tre"), T2)),
    (written("Rören vid torget grävs fram.", T1), written("Rören vid torget grävs fram.", T2)),
    (written(SAME, T1, "completed", "green"), written(SAME, T2, "completed", "green")),
    (written(SAME, T1, "cancelled", "red"), written(SAME, T2, "cancelled", "red")),
    (written("", T1), written(SAME, T2)),
    (written(f"{SAME} Värdet mäts en gång per år.", T2), written(f"{SAME} Värdet mäts en gång per år.", T3)),
    (written(SAME, T2), written(SAME, T2).model_copy(update={"id": "twin"})),
]


@pytest.mark.parametrize(("before", "after"), COPIED)
def test_a_comment_that_is_written_twice(before: Record, after: Record) -> None:
    (finding,) = run_one("copied", before, after)
    assert (finding.records, finding.severity) == ((before.id, after.id), "low")
    assert [(one.record, one.text) for one in finding.evidence] == [(after.id, after.comment)]


@pytest.mark.parametrize(("before", "after"), NOT_COPIED)
def test_a_comment_that_is_new_or_has_nothing_to_add(before: Record, after: Record) -> None:
    assert found("copied", before, after) == []


# --- reworded -------------------------------------------------------------------------------------------------------

TREES = ("Plantera 50 träd vid torget", "Plantera 20 träd vid torget")
BRIDGE = ("Bygga en cykelbro", "Utreda en cykelbro")
PARKS = ("Rusta upp lekparkerna i Norrby och Söderby", "Rusta upp lekparken i Norrby")


@pytest.mark.parametrize(("earlier", "later"), [TREES, BRIDGE, PARKS])
def test_a_title_that_asks_for_less(earlier: str, later: str) -> None:
    before, after = record("yellow", "partial", T1, title=earlier), record("yellow", "partial", T2, title=later)
    (finding,) = run_one("reworded", before, after)
    assert (finding.records, finding.severity) == ((before.id, after.id), "medium")
    assert [one.text for one in finding.evidence] == [earlier, later]


SAME_ORDER = [
    (T1, "Plantera 50 träd vid torget", T2, ["Plantering av 50 träd vid torget"]),
    (T1, "Utreda en cykelbro", T2, ["Bygga en cykelbro"]),
    (T1, "Rusta upp lekparken i Norrby", T2, ["Rusta upp lekparkerna i Norrby och Söderby"]),
    (T1, PARKS[0], T2, [PARKS[1], "Rusta upp lekparken i Söderby"]),
    (T1, "Rusta upp Kajen och Strandpromenaden", T2, ["Upprustning av Kajen och Strandpromenaden"]),
    (T1, "Rusta upp Kajen och Strandpromenaden", T2, ["Rusta upp Kajen", "Rusta upp Strandpromenaden"]),
    (T1, "Måltider för seniorer", T2, ["Måltider för äldre"]),
    (T3, TREES[0], NEXT_T1, [TREES[1]]),
    (T3, PARKS[0], NEXT_T1, [PARKS[1]]),
    (T3, BRIDGE[0], NEXT_T1, [BRIDGE[1]]),
]


@pytest.mark.parametrize(("day", "earlier", "next_day", "later"), SAME_ORDER)
def test_a_title_that_may_change(day: Period, earlier: str, next_day: Period, later: list[str]) -> None:
    after = [record("yellow", "partial", next_day, title=title) for title in later]
    assert found("reworded", record("yellow", "partial", day, title=earlier), *after) == []


def test_a_new_order_after_the_first_was_done_is_no_rewording() -> None:
    after = record("yellow", "partial", T2, title=TREES[1])
    assert found("reworded", record("green", "completed", T1, title=TREES[0]), after) == []
