"""What the checks flag, and beside it what they must leave alone."""

import hashlib
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from findings import COMMENT, T1, T2, T3, UNSURE, WORDS, assessed, claim, findings, kinds, record
from ljuskoll.models.assessment import Assessment, Evidence
from ljuskoll.nlp.followup import Period, Phrase
from ljuskoll.service.consistency.checks import run_checks
from ljuskoll.service.consistency.finding import finding_id
from ljuskoll.service.consistency.lights import light
from ljuskoll.service.record import DocumentRecord, Record

# --- lights ---------------------------------------------------------------------------------------------------------


def test_the_light_of_an_outcome() -> None:
    at_t1 = ["green", "green", "yellow", "red", "yellow", "red", None]
    later = ["green", "green", "yellow", "red", "red", "red", None]
    assert [light(outcome, T1) for outcome in WORDS] == at_t1
    assert [[light(outcome, period) for outcome in WORDS] for period in (T2, T3, None)] == [later] * 3


def test_a_municipality_maps_outcomes_otherwise() -> None:
    assert light("on_track", T2, {"on_track": "yellow"}) == "yellow"
    assert light("cancelled", T3, {"cancelled": "none"}) is None
    assert light("partial", T3, {"Klart": "green"}) == "yellow"


# --- the light against the status sentence --------------------------------------------------------------------------

FLAGGED_PHRASES = [
    (record("green", "off_track"), "high"),
    (record("green", "off_track", T2, text="Uppdraget bedöms inte bli genomfört."), "high"),
    (record("green", "cancelled"), "high"),
    (record("green", "not_started"), "high"),
    (record("green", "not_started", T2, assessment=assessed("red")), "high"),
    (record("green", "off_track", None), "high"),
    (record("red", "completed"), "medium"),
    (record("red", "on_track", T2), "medium"),
    (record("green", "partial"), "low"),
    (record("green", "partial", T2), "low"),
    (record("yellow", "completed"), "low"),
    (record("yellow", "off_track"), "low"),
    (record("red", "partial"), "low"),
    (record("green", "not_started", T1, assessment=assessed("yellow", 0.98, "not_started")), "low"),
]


@pytest.mark.parametrize(("one", "severity"), FLAGGED_PHRASES)
def test_a_light_against_its_sentence(one: Record, severity: str) -> None:
    (finding,) = findings(one)
    assert (finding.kind, finding.severity, finding.records) == ("declared_vs_phrase", severity, (one.id,))
    assert one.phrase is not None
    assert (finding.evidence[0].text, finding.evidence[0].start, finding.evidence[0].end) == (one.phrase.text, 0, 5)
    assert finding.id == finding_id("declared_vs_phrase", [one.id])


SILENT_PHRASES = [
    record("green", "completed"),
    record("green", "on_track", T2),
    record("green", "unclear"),
    record("red", "unclear"),
    record("green"),
    record(None, "off_track"),
    record("yellow", "partial"),
    record("red", "off_track"),
    record("red", "not_started", T1),
    record("yellow", "not_started", T1),
    record("green", "not_started", T1),
    record("green", "not_started", T2, text="Ännu inte påbörjat, startar i september.", assessment=UNSURE),
    record("yellow", "on_track", T1),
    record("yellow", "on_track", T2, text="Försenat men klart under året."),
    record("yellow", "off_track", T2, text="Arbetet är försenat.", assessment=UNSURE),
    record("yellow", "off_track", text="Arbetet är försenat.", assessment=UNSURE),
    record("green", "partial", T2, text="Det finns risk för försening.", assessment=UNSURE),
    record("green", "partial", assessment=assessed("green")),
    record("red", "on_track", text="Arbetet pågår.", assessment=UNSURE),
]


@pytest.mark.parametrize("one", SILENT_PHRASES)
def test_a_light_that_its_sentence_allows(one: Record) -> None:
    assert kinds(one) == []


def test_a_scale_of_two_lights_has_no_step_between() -> None:
    others = [record(light, title=f"Uppdrag om {light} {n}") for n in range(5) for light in ("green", "red")]
    partial = record("red", "partial")
    assert kinds(partial, *others) == []
    assert kinds(partial, *others, record("yellow", title="Ordna en mässa")) == ["declared_vs_phrase"]


def test_a_municipality_s_own_lights_are_followed() -> None:
    one = record("red", "partial")
    assert findings(one, scales={"Ekby kommun": {"partial": "red"}}) == []
    assert findings(one, scales={"": {"partial": "red"}}) == []
    assert len(findings(one, scales={"Viby kommun": {"partial": "red"}})) == 1


def test_the_comment_s_assessment_moves_the_score() -> None:
    scores = [
        findings(record("green", "off_track", assessment=assessed("red", probability)))[0].score
        for probability in (0.7, 0.9, 0.99)
    ]
    assert scores == sorted(scores)
    assert len(set(scores)) == 3


def test_a_sentence_that_its_own_comment_contradicts_is_no_ground() -> None:
    assert findings(record("green", "off_track", assessment=assessed("green"))) == []


# --- the light against the comment ----------------------------------------------------------------------------------

YEARS, NEXT = "Laga brunnar 2023–2025", "Nästa år lagas lika många."
WHETHER = "Huruvida bron hinns med under året vet ingen ännu."


def about(text: str) -> Assessment:
    """A red judgement whose evidence is this text."""
    return assessed("red").model_copy(update={"evidence": (Evidence(text=text, start=0, end=len(text), cue="time"),)})


FLAGGED_COMMENTS = [
    (record("green", assessment=about(COMMENT), title=YEARS), "high"),
    (record("yellow", period=T2, assessment=assessed("red", 0.98)), "low"),
    (record("green", assessment=assessed("red", 0.62)), "high"),
    (record("red", assessment=assessed("green", 0.7)), "medium"),
    (record("green", assessment=assessed("yellow", 0.98)), "low"),
    (record("yellow", assessment=assessed("red", 0.98)), "low"),
    (record("green", "completed", assessment=assessed("red", 0.85)), "high"),
    (record("green", "unclear", assessment=assessed("red", 0.7)), "high"),
    (record("yellow", period=T2, assessment=assessed("green", 0.95, "on_track")), "low"),
]


@pytest.mark.parametrize(("one", "severity"), FLAGGED_COMMENTS)
def test_a_light_against_its_comment(one: Record, severity: str) -> None:
    (finding,) = findings(one)
    expected = ("declared_vs_comment", severity, one.assessment.colour)
    assert (finding.kind, finding.severity, finding.suggested) == expected
    assert COMMENT[finding.evidence[0].start : finding.evidence[0].end] == finding.evidence[0].text


SILENT_COMMENTS = [
    record("green", assessment=assessed("green")),
    record("green", assessment=assessed("red", 0.45)),
    record("green", assessment=assessed("yellow", 0.75)),
    record("yellow", assessment=assessed("red", 0.75)),
    record("green", assessment=assessed("red", 0.4).model_copy(update={"abstained": True, "colour": None})),
    record("green", assessment=assessed("red"), comment="Ingen tid fanns."),
    record("red", assessment=assessed("green", cue="tense_past")),
    record(None, assessment=assessed("red")),
    record("green", "completed", assessment=assessed("red", 0.7)),
    record("green", "completed", assessment=assessed("yellow", 0.9)),
    record("yellow", period=T2, assessment=assessed("green", 0.8, "on_track")),
    record("yellow", "on_track", T2, assessment=assessed("green", 0.95, "on_track")),
    record("yellow", period=T2, assessment=assessed("green", 0.95, "on_track"), comment=WHETHER),
    record("green", period=T2, assessment=assessed("red", 0.9), comment="Det mesta talar för att bron blir klar då."),
    record("green", assessment=assessed("yellow", 0.98), title=YEARS, comment=f"Så som planen anger. {NEXT}"),
    record("yellow", period=T1, assessment=assessed("red", 0.95, "not_started")),
    record("yellow", period=T2, assessment=assessed("red", 0.98), comment="Det är osäkert om pumpen kommer i tid."),
    record("yellow", assessment=assessed("red", 0.98).model_copy(update={"abstained": True, "colour": None})),
    record("green", assessment=assessed("red"), comment="Årets etapp av kajen är gjord och nästa år byggs resten."),
    record("green", assessment=assessed("green"), title=f"{YEARS}, 600 brunnar", comment="204 brunnar är lagade."),
    record("green", assessment=about(NEXT), title=YEARS, comment=f"200 brunnar är lagade. {NEXT}"),
]


@pytest.mark.parametrize("one", SILENT_COMMENTS)
def test_a_light_that_its_comment_allows(one: Record) -> None:
    assert kinds(one) == []


def test_a_light_against_both_is_one_finding() -> None:
    (finding,) = findings(record("green", "off_track", assessment=assessed("red")))
    assert (finding.kind, finding.also) == ("declared_vs_phrase", ("declared_vs_comment",))
    assert len(finding.evidence) == 2


def test_recognised_text_is_less_sure() -> None:
    sharp, blurred = (findings(record("green", "off_track", ocr=ocr))[0].score for ocr in (False, True))
    assert blurred < sharp


# --- forecasts against outcomes -------------------------------------------------------------------------------------

MISSED = [
    (record("green", "on_track", T2), record("red", "off_track")),
    (record("green", period=T2), record("red")),
    (record(None, "on_track", T1), record("red", "off_track")),
    (record(None, "on_track", T2), record(None, "off_track")),
    (record("red", "off_track", T1), record("green", "on_track", T2), record("red", "off_track")),
    (record("green", "on_track", T1), record(None, None, T2), record("red", "off_track")),
]


@pytest.mark.parametrize("records", MISSED)
def test_a_missed_forecast(records: tuple[Record, ...]) -> None:
    (finding,) = findings(*records)
    assert (finding.kind, finding.severity, finding.suggested) == ("over_time", "high", None)
    forecast = next(one for one in reversed(records[:-1]) if one.declared or one.phrase)
    assert finding.records == (forecast.id, records[-1].id)
    assert "väntades" in finding.message


REOPENED = [
    (record("green", "completed", T2), record("red", "off_track")),
    (record(None, "completed", T1), record("red", "not_started")),
    (record("green", period=T2, assessment=assessed("green", 0.9, "completed")), record("red", "off_track")),
    (record("green", "completed", T1), record("red", "off_track", T2)),
    (record("green", "completed", T2), record("yellow", "off_track", text="Arbetet har inte avslutats.")),
    (record("green", "completed", T1), record("yellow", "partial", T2)),
    (
        record("green", period=T1, assessment=assessed("green", 0.75, "completed")),
        record("yellow", period=T2, assessment=assessed("red", 0.85, "not_started")),
    ),
    (record("green", "completed", T1), record("red", "off_track", T2), record("green", "completed")),
    (
        record("green", "completed", T2, title="Flytta arkivet", comment="Klart. 96 av 96 skåp är flyttade."),
        record("green", title="Flytta arkivet", comment="80 av 96 skåp är flyttade, resten tas i februari."),
    ),
    (
        record("green", "completed", title="Montera 120 lås", comment="Alla 120 lås är monterade."),
        record(
            "yellow",
            "partial",
            Period.of_tertial(2024, 1),
            title="Montera 120 lås",
            comment="Av de 120 låsen sitter 24 ännu inte.",
        ),
    ),
]


@pytest.mark.parametrize("records", REOPENED)
def test_done_and_opened_again(records: tuple[Record, ...]) -> None:
    found = [finding for finding in findings(*records) if finding.kind == "over_time"]
    assert [finding.records for finding in found] == [(records[0].id, records[1].id)]
    assert "redovisades som klart" in found[0].message


SILENT_YEARS = [
    (record("green", "on_track", T2), record("green", "completed")),
    (record("green", "on_track", T2), record("yellow", "partial")),
    (record("yellow", "partial", T2), record("red", "off_track")),
    (record("red", "off_track", T2), record("red", "off_track")),
    (record("green", "on_track", T1), record("red", "off_track", T2), record("red", "off_track")),
    (
        record("green", "on_track", T1),
        record("yellow", None, T2, assessment=assessed("yellow")),
        record("red", "off_track"),
    ),
    (record("green", "on_track", T1), record(None, None, T2, assessment=assessed("red")), record("red", "off_track")),
    (record("green", "on_track", T1), record("red", "off_track", T2)),
    (record("green", "on_track", T2), record("red", "cancelled")),
    (record(None, None, T2, assessment=assessed("green")), record("red", "off_track")),
    (record("green", "on_track", T2), record(None, None, T3, assessment=assessed("red"))),
    (record("green", "on_track", T1), record("yellow", "partial", T2)),
    (record("green", "completed", T1), record("green", "on_track", T2)),
    (record("green", "on_track", T2, title="Vattenplan"), record("red", "off_track", title="Trafikplan")),
    (record("green", "on_track", T2, kind="indicator"), record("red", "off_track", kind="indicator")),
    (record("green", "on_track", T2), record("red", "off_track"), record("green", "completed", document="board")),
    (
        record("green", period=T1, assessment=assessed("green", 0.75, "completed")),
        record("yellow", period=T2, assessment=assessed("red", 0.7, "off_track")),
    ),
]


@pytest.mark.parametrize("records", SILENT_YEARS)
def test_years_without_surprise(records: tuple[Record, ...]) -> None:
    assert "over_time" not in kinds(*records)


def test_what_comes_next_year_of_what_was_done_is_no_postponement() -> None:
    rest = "De första husen byggs nästa år."

    def planned(sentence: str) -> Record:
        told = record("green", "completed", text=sentence, comment=f"{sentence} {rest}", assessment=assessed("green"))
        return told.model_copy(
            update={
                "phrase": Phrase(text=sentence, outcome="completed", start=0, end=len(sentence)),
                "without_phrase": assessed("red", 0.95),
            }
        )

    assert kinds(planned("Planen är klar.")) == ["phrase_vs_comment"]
    assert kinds(planned("Planen antogs i november.")) == []


def test_a_copied_text_that_contradicts_its_light_is_one_finding() -> None:
    text = "Rören vid torget grävs fram i en gata i taget och pumpen byts av entreprenören i höst."
    before = record("green", period=T2, comment=text, assessment=assessed("green", 0.9, "on_track"))
    after = record("green", comment=text, assessment=assessed("red"))
    (finding,) = findings(before, after)
    assert (finding.kind, finding.also) == ("declared_vs_comment", ("over_time",))


def test_a_light_that_its_text_contradicts_explains_the_year() -> None:
    forecast, outcome = record("green", "on_track", T2), record("red", "completed", T3)
    assert [(one.kind, one.records) for one in findings(forecast, outcome)] == [("declared_vs_phrase", (outcome.id,))]
    finished = record("red", assessment=assessed("green"))
    (finding,) = findings(forecast, finished)
    assert (finding.kind, finding.also, finding.records) == ("declared_vs_comment", ("over_time",), (finished.id,))


def test_ambiguous_links_are_abstained_from() -> None:
    pairs = [
        record(light, period=period, title="Sänk sjukfrånvaron", document=name)  # type: ignore[arg-type]
        for light, period, name in (("green", T2, "a"), ("red", T3, "b"))
    ]
    twins = [one.model_copy(update={"id": one.id[::-1]}) for one in pairs]
    found, counts = run_checks([*pairs, *twins], ())
    assert found == ()
    assert (counts["over_time"].checked, counts["over_time"].abstained) == (0, 4)


# --- messages and all together --------------------------------------------------------------------------------------

MESSAGES = [
    [record("green", "off_track")],
    [record("green", assessment=assessed("red"))],
    [record("green", "on_track", T2), record("red", "off_track")],
]


@pytest.mark.parametrize("records", MESSAGES)
def test_a_message_names_what_the_reviewer_needs(records: list[Record]) -> None:
    (finding,) = findings(*records)
    message = finding.message
    for part in ("«Ta fram en vattenplan»", "Tekniska nämnden", "T3 2023", "grönt ljus", "2023-12-31.pdf, s. 3"):
        assert part in message
    assert finding.evidence[0].text in message
    assert message.endswith("?")
    assert "{" not in message


RECORDS = st.builds(
    record,
    st.sampled_from(["green", "yellow", "red", None]),
    st.sampled_from([*WORDS, None]),
    st.sampled_from([T1, T2, T3, None]),
    title=st.sampled_from(["Ta fram en vattenplan", "Vattenplan", "Ta fram en vägplan", "Utreda vägar"]),
    assessment=st.builds(assessed, st.sampled_from(["green", "yellow", "red"]), st.sampled_from([0.6, 0.8, 0.9])),
    document=st.sampled_from(["a", "b", "c"]),
)
CLAIMS = st.builds(
    claim, st.integers(0, 5), st.sampled_from(["green", "red", "completed", "off_track"]), st.none() | st.integers(0, 5)
)
DOCUMENTS = st.lists(
    st.builds(
        DocumentRecord,
        path=st.just("x.pdf"),
        sha256=st.sampled_from(["a", "b", "c"]),
        status=st.just("ok"),
        claims=st.lists(CLAIMS, max_size=3).map(tuple),
    ),
    max_size=3,
    unique_by=lambda document: document.sha256,
)


@given(st.lists(RECORDS, max_size=12, unique_by=lambda one: one.id), DOCUMENTS, st.randoms(use_true_random=False))
def test_findings_do_not_depend_on_order(
    records: list[Record], documents: list[DocumentRecord], random: Random
) -> None:
    found, counts = run_checks(records, documents)
    random.shuffle(records)
    random.shuffle(documents)
    assert run_checks(records, documents) == (found, counts)
    assert list(found) == sorted(found, key=lambda finding: (-finding.score, finding.id))
    assert len({finding.id for finding in found}) == len(found)
    ids = {one.id for one in records}
    for finding in found:
        assert 0 <= finding.score <= 1
        assert set(finding.records) <= ids
        assert finding.kind not in finding.also
    for count in counts.values():
        assert count.checked == count.flagged + count.unflagged
        assert min(count.flagged, count.unflagged, count.abstained) >= 0


def test_ids_are_stable() -> None:
    assert finding_id("over_time", ["b", "a"]) == finding_id("over_time", ["a", "b"])
    assert finding_id("over_time", ["a", "b"]) == hashlib.sha256(b"over_time\x1fa\x1fb").hexdigest()
    assert finding_id("over_time", ["a"]) != finding_id("aggregate", ["a"])
