"""The judgement of a comment: plain cases by the shipped model, and what any judge's scores are turned into."""

import hashlib
import json
from datetime import date
from decimal import Decimal
from importlib.resources import files

import numpy as np
import pytest
import skops.io
from hypothesis import given, settings
from hypothesis import strategies as st
from skops.io.exceptions import UntrustedTypesFoundException

from ljuskoll.models.artefact import load_artefact
from ljuskoll.models.assessment import Assessment
from ljuskoll.models.classifier import ARTEFACT, Classifier, Question, load_classifier
from ljuskoll.models.features import read
from ljuskoll.models.judge import Judge
from ljuskoll.models.lights import light_of
from ljuskoll.models.vectoriser import STAGES
from ljuskoll.nlp.document import Place
from ljuskoll.nlp.followup import Outcome, Period, Phrase

SPRING, AUTUMN, YEAR_END = (Period.of_tertial(2024, tertial) for tertial in (1, 2, 3))
LONG = (
    "Kommunen har fyra simhallar. Uppdraget är inte genomfört. Simskolan drivs av tre föreningar, och ytterligare en"
    " har visat intresse."
)

# (comment, period, light): plain cases that no retraining may lose.
PLAIN = [
    ("Uppdraget är genomfört.", YEAR_END, "green"),
    ("Uppdraget är genomfört. Kommunen har omkring 14 000 invånare och två gymnasieskolor.", YEAR_END, "green"),
    ("Uppdraget väntas bli slutfört i höst.", AUTUMN, "green"),
    ("Arbetet pågår och beräknas vara klart i november.", AUTUMN, "green"),
    ("Planen är antagen av fullmäktige.", YEAR_END, "green"),
    ("Klart.", None, "green"),
    ("Målet är delvis uppnått. Riktlinjerna finns på plats men utbildningen återstår.", YEAR_END, "yellow"),
    ("Uppdraget är delvis genomfört.", YEAR_END, "yellow"),
    ("Ej påbörjat.", SPRING, "yellow"),
    ("Ej påbörjat.", YEAR_END, "red"),
    ("Uppdraget är inte genomfört.", YEAR_END, "red"),
    ("Målet nås inte.", YEAR_END, "red"),
    ("Uppdraget utgår.", AUTUMN, "red"),
    ("Arbetet är försenat och beräknas bli klart först nästa år.", AUTUMN, "red"),
    (LONG, YEAR_END, "red"),
]

# Texts that give no ground for a light.
GROUNDLESS = [
    ("Se bilaga.", YEAR_END),
    ("Resultatet redovisas i en bilaga till årsredovisningen.", YEAR_END),
    ("Nyckeltalet har inte mätts under året.", YEAR_END),
]


@pytest.mark.parametrize(("comment", "period", "colour"), PLAIN)
def test_plain_comments_get_their_light(comment: str, period: Period | None, colour: str) -> None:
    assessment = load_classifier().assess(comment, period=period)
    assert assessment.colour == colour
    assert light_of(assessment.outcome, period) == colour
    assert assessment.evidence


@pytest.mark.parametrize(("comment", "period"), GROUNDLESS)
def test_comments_without_ground_get_no_light(comment: str, period: Period) -> None:
    assessment = load_classifier().assess(comment, period=period)
    assert (assessment.colour, assessment.outcome, assessment.abstained) == (None, "unclear", True)
    assert not assessment.evidence


@pytest.mark.parametrize("comment", ["", " \n\t "])
def test_an_empty_comment_is_unclear(comment: str) -> None:
    assessment = load_classifier().assess(comment, "Öppna ett nytt bibliotek", YEAR_END)
    assert (assessment.colour, assessment.outcome, assessment.abstained) == (None, "unclear", True)
    probabilities = assessment.probabilities
    assert max(probabilities.green, probabilities.yellow, probabilities.red) < 0.335
    assert not assessment.evidence


def test_the_evidence_is_the_sentence_that_decides() -> None:
    (evidence, *_) = load_classifier().assess(LONG, period=YEAR_END).evidence
    assert evidence.text == "Uppdraget är inte genomfört."
    assert LONG[evidence.start : evidence.end] == evidence.text
    assert evidence.cue in evidence.text


def test_a_phrase_that_stands_elsewhere_counts() -> None:
    comment = "Nämnden har fyra enheter med sammanlagt 120 anställda."
    phrase = Phrase(text="Uppdraget utgår.", outcome="cancelled")
    alone = load_classifier().assess(comment, period=AUTUMN)
    helped = load_classifier().assess(comment, period=AUTUMN, phrase=phrase)
    assert helped.probabilities.red > alone.probabilities.red + 0.3


def test_text_against_a_phrase_lowers_its_probability() -> None:
    phrase = "Uppdraget bedöms bli genomfört."
    stuck = phrase + " Upphandlingen är dock överklagad, projektledaren har slutat och medel saknas."
    classifier = load_classifier()
    before, after = (classifier.assess(text, period=AUTUMN).probabilities.green for text in (phrase, stuck))
    assert after < before - 0.1


def test_a_target_in_the_assignment_is_compared() -> None:
    comment = "Utfallet blev 78 procent."
    classifier = load_classifier()
    met, missed = (
        classifier.assess(comment, f"Andel nöjda brukare, minst {target} procent", YEAR_END).probabilities.green
        for target in (75, 90)
    )
    assert met > missed


def test_many_are_judged_as_one_by_one() -> None:
    questions = [Question(comment, "Öppna ett nytt bibliotek", period) for comment, period, _ in PLAIN]
    questions.append(Question("", "", None, None))
    classifier = load_classifier()
    expected = tuple(classifier.assess(one.comment, one.assignment, one.period, one.phrase) for one in questions)
    assert classifier.assess_many(questions) == expected
    assert classifier.assess_many(questions[::-1]) == expected[::-1]


OUTCOMES: tuple[Outcome, ...] = ("completed", "partial", "off_track", "unclear")


def _made(weights: dict[str, tuple[float, float, float, float]], threshold: float = 0.4) -> Classifier:
    """A classifier with these weights and no others; one weight an outcome, the same at every stage of the year."""
    table = np.array(list(weights.values()))
    judge = Judge(
        outcomes=OUTCOMES,
        names=tuple(weights),
        by_stage=np.stack([table] * len(STAGES)),
        bias=np.zeros((len(STAGES), len(OUTCOMES))),
        terms=(),
        whole=np.zeros(0, dtype=bool),
        idf=np.zeros(0),
        by_term=np.zeros((0, len(OUTCOMES))),
        text_weight=1.0,
    )
    return Classifier(judge, temperature=1.0, threshold=threshold)


TURN = "Scenen är invigd. Vädret var fint. Läktaren är bordlagd."


@pytest.mark.parametrize(
    ("done", "stuck", "colour", "leading", "against"),
    [
        (4, 2, "green", ["Scenen är invigd."], ["Läktaren är bordlagd."]),
        (2, 4, "red", ["Läktaren är bordlagd."], ["Scenen är invigd."]),
        (4, 0, "green", ["Scenen är invigd."], []),
        (0, 4, "red", ["Läktaren är bordlagd."], []),
    ],
)
def test_sentences_for_and_against_a_light(
    done: float, stuck: float, colour: str, leading: list[str], against: list[str]
) -> None:
    classifier = _made({"done": (done, 0, 0, 0), "stuck": (0, 0, stuck, 0)})
    assessment = classifier.assess_readings([read(TURN, period=YEAR_END)])[0]
    assert assessment.colour == colour
    assert [one.text for one in assessment.evidence] == leading
    assert [one.text for one in assessment.against] == against


def test_the_words_of_a_cue_are_named() -> None:
    classifier = _made({"done": (4, 0, 0, 0), "stuck": (0, 0, 2, 0)})
    assessment = classifier.assess_readings([read(TURN, period=YEAR_END)])[0]
    assert [one.cue for one in (*assessment.evidence, *assessment.against)] == ["invigd", "bordlagd"]


def test_two_sentences_may_carry_a_light_together() -> None:
    classifier = _made({"done": (2, 0, 0, 0), "approved": (2, 0, 0, 0)})
    assessment = classifier.assess_readings([read("Scenen är invigd. Vädret var fint. Nämnden biföll avtalet.")])[0]
    assert [one.text for one in assessment.evidence] == ["Scenen är invigd.", "Nämnden biföll avtalet."]


@pytest.mark.parametrize(
    ("weights", "threshold", "outcome", "colour"),
    [
        ((3, 0, 0, 0), 0.4, "completed", "green"),
        ((3, 0, 0, 0), 0.99, "completed", None),
        ((0, 0, 0, 3), 0.0, "unclear", None),
        ((2, 0, 0, 1), 0.4, "completed", "green"),
    ],
)
def test_a_light_is_withheld_below_the_threshold_and_without_ground(
    weights: tuple[float, float, float, float], threshold: float, outcome: str, colour: str | None
) -> None:
    assessment = _made({"done": weights}, threshold).assess_readings([read("Scenen är invigd.")])[0]
    assert (assessment.outcome, assessment.colour, assessment.abstained) == (outcome, colour, colour is None)
    assert bool(assessment.evidence) == (colour is not None)


VOCABULARY = (
    "uppdraget är inte genomfört delvis klart men dock försenat 78 procent av målet . ! i mars nästa år ej påbörjat %"
)
WORDS = st.sampled_from([*VOCABULARY.split(), "\n"])
COMMENTS = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=25).map(" ".join))
PERIODS = st.sampled_from([None, SPRING, AUTUMN, YEAR_END, Period(year=2023, as_of=date(2023, 6, 30))])


@settings(max_examples=60, deadline=None)
@given(comment=COMMENTS, period=PERIODS)
def test_every_assessment_is_sound(comment: str, period: Period | None) -> None:
    assessment = load_classifier().assess(comment, "Minst 80 procent nöjda", period)
    _check(assessment, comment, period)


def _check(assessment: Assessment, comment: str, period: Period | None) -> None:
    shares = assessment.probabilities.model_dump()
    assert sum(Decimal(str(share)) for share in shares.values()) == 1
    assert assessment.abstained == (assessment.colour is None)
    assert all(comment[one.start : one.end] == one.text and one.cue for one in assessment.evidence)
    if assessment.colour:
        assert shares[assessment.colour] == max(shares.values())
        assert light_of(assessment.outcome, period) == assessment.colour
        assert assessment.evidence


@pytest.mark.parametrize(
    ("outcome", "period", "light"),
    [
        ("completed", YEAR_END, "green"),
        ("on_track", None, "green"),
        ("partial", SPRING, "yellow"),
        ("off_track", SPRING, "red"),
        ("cancelled", SPRING, "red"),
        ("not_started", SPRING, "yellow"),
        ("not_started", AUTUMN, "red"),
        ("not_started", None, "red"),
        ("unclear", YEAR_END, None),
    ],
)
def test_lights_of_outcomes(outcome: Outcome, period: Period | None, light: str | None) -> None:
    assert light_of(outcome, period) == light


def test_the_fingerprint_is_that_of_the_shipped_file() -> None:
    package = files("ljuskoll.models")
    data = (package / ARTEFACT).read_bytes()
    card = json.loads((package / "artefacts/card.json").read_text(encoding="utf-8"))
    assert load_classifier(fast=True).fingerprint == hashlib.sha256(data).hexdigest() == card["artefact"]


def test_a_model_file_with_other_types_is_refused() -> None:
    with pytest.raises(UntrustedTypesFoundException):
        load_artefact(skops.io.dumps({"outcomes": Place(1)}))
