"""Two judges weighed as one, with an encoder of random weights (scripts/tiny_encoder.py): only how, not how well."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ljuskoll.corpora.comments import load_comments
from ljuskoll.evaluation.judgement import measure
from ljuskoll.evaluation.judgement_run import Measured
from ljuskoll.evaluation.judgement_table import judgement_page, judgement_tables
from ljuskoll.evaluation.speed import measure_speed
from ljuskoll.models.artefact import load_artefact
from ljuskoll.models.careful import CARD, Card, Careful, Weighing, encoder_scores, load_careful
from ljuskoll.models.classifier import ARTEFACT, CAREFUL, Classifier, Question, load_classifier
from ljuskoll.models.encoder.encoder import NETWORK, Encoder, load
from ljuskoll.models.features import read
from ljuskoll.models.outcomes import softmax
from ljuskoll.models.weighing import NEVER, card_of, clear_from, write_card
from ljuskoll.nlp.followup import Period, Phrase
from ljuskoll.nlp.language.sentences import split_sentences
from ljuskoll.service.cli import main

FOLDER = Path(__file__).parent / "data" / "encoder"
SHIPPED = files("ljuskoll.models") / CAREFUL
WEIGHING = Weighing(weight=0.5, fast=1.0, encoder=0.5, temperature=1.0, clear=0.95)
AUTUMN = Period.of_tertial(2024, 2)
COMMENT = "Bron är byggd. Vägen dit är inte klar ännu. Det återstår att måla räcket."
CLEAR = "Uppdraget utgår."
COMMENTS = (
    COMMENT,
    CLEAR,
    "",
    "Se bilaga.",
    "Planeringen pågår, men upphandlingen är överklagad.",
    "Arbetet med bron fortgår. " * 60,
    "Målet nås delvis. Fler bad är öppna, men två är stängda hela sommaren.",
)


@cache
def encoder() -> Encoder:
    return load(FOLDER)


@cache
def fast() -> Classifier:
    return load_classifier(fast=True)


def careful(clear: float = NEVER, weighing: Weighing = WEIGHING) -> Classifier:
    return replace(fast(), careful=Careful(weighing.model_copy(update={"clear": clear}), encoder))


def missing() -> Encoder:
    raise AssertionError("no comment here needs the encoder")


def places(comment: str, after: int = 0) -> list[tuple[int, int]]:
    return [(after + start, after + end) for start, end in split_sentences(comment)]


def in_order(scores: np.ndarray) -> np.ndarray:
    return scores[:, [encoder().outcomes.index(one) for one in fast().judge.outcomes]]


def test_log_odds_are_weighed_each_at_its_temperature() -> None:
    weighing = Weighing(weight=0.25, fast=2.0, encoder=0.5, temperature=0.5, clear=NEVER)
    # (0.25 * 1 / 0.5 + 0.75 * 4 / 2) / 0.5 = 4, (0.25 * -1 / 0.5 + 0.75 * 0 / 2) / 0.5 = -1
    mixed = weighing.mixed(np.array([[4.0, 0.0]]), np.array([[1.0, -1.0]]))
    assert mixed.tolist() == [[4.0, -1.0]]


def test_a_comment_and_each_shortened_version_are_weighed() -> None:
    reading = read(COMMENT, "Bygg en bro", AUTUMN)
    rows = fast().judge.scores([reading, *reading.shortened()])
    found = Careful(WEIGHING, encoder).by_outcome(reading, rows, fast().judge.outcomes)
    scores = in_order(encoder().scores(COMMENT, places(COMMENT), "Bygg en bro", AUTUMN))
    assert found.shape == (4, 7)
    assert found == pytest.approx(softmax(0.5 * scores / 0.5 + 0.5 * rows, 1.0))


def test_the_light_and_the_evidence_are_those_of_both() -> None:
    alone = fast().assess(COMMENT, "Bygg en bro", AUTUMN)
    without = careful(weighing=WEIGHING.model_copy(update={"weight": 0.0, "fast": fast().temperature}))
    assert without.assess(COMMENT, "Bygg en bro", AUTUMN) == alone
    other = careful(weighing=WEIGHING.model_copy(update={"weight": 1.0})).assess(COMMENT, "Bygg en bro", AUTUMN)
    assert other.probabilities != alone.probabilities
    assert all(COMMENT[one.start : one.end] == one.text for one in (*other.evidence, *other.against))


@pytest.mark.parametrize("comment", [COMMENT, CLEAR, ""])
def test_a_phrase_that_stands_apart_is_read_as_the_first_sentence(comment: str) -> None:
    phrase = Phrase(text="Uppdraget utgår.", outcome="cancelled")
    found = encoder_scores(encoder(), read(comment, "bro", AUTUMN, phrase), fast().judge.outcomes)
    whole = f"Uppdraget utgår. {comment}"
    shorter = places(comment, len("Uppdraget utgår. ")) if comment == COMMENT else []
    assert (found == in_order(encoder().scores(whole, shorter, "bro", AUTUMN))).all()
    assert len(found) == (4 if comment == COMMENT else 1)


def test_a_long_text_has_evidence_from_its_end() -> None:
    comment = "Arbetet med bron fortgår. " * 60 + "Uppdraget är inte genomfört."
    assessment = careful(weighing=WEIGHING.model_copy(update={"weight": 0.1})).assess(comment, "Bygg en bro", AUTUMN)
    assert assessment.colour == "red"
    assert "Uppdraget är inte genomfört." in [one.text for one in assessment.evidence]
    assert all(comment[one.start : one.end] == one.text for one in assessment.evidence)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(COMMENTS), max_size=6), st.sampled_from([0.5, 0.8, NEVER]))
def test_no_batch_changes_a_verdict(comments: list[str], clear: float) -> None:
    classifier = careful(clear)
    together = classifier.assess_many([Question(one, "Bygg en bro", AUTUMN) for one in comments])
    assert together == tuple(classifier.assess(one, "Bygg en bro", AUTUMN) for one in comments)


def test_a_clear_case_needs_no_encoder() -> None:
    classifier = replace(fast(), careful=Careful(WEIGHING.model_copy(update={"clear": 0.9}), missing))
    assert classifier.assess(CLEAR, "", AUTUMN) == fast().assess(CLEAR, "", AUTUMN)
    with pytest.raises(AssertionError, match="needs the encoder"):
        classifier.assess(COMMENT, "", AUTUMN)


@pytest.mark.parametrize(
    ("changed", "bound"),
    [((), 0.8), ((0.79, 0.5), 0.8), ((0.8,), 0.85), ((0.5, 0.91), 0.95), ((0.96,), NEVER)],
)
def test_a_case_is_clear_where_the_encoder_changes_no_verdict(changed: tuple[float, ...], bound: float) -> None:
    assert clear_from(changed) == bound


@pytest.fixture(scope="module")
def card() -> Card:
    artefact = load_artefact((files("ljuskoll.models") / ARTEFACT).read_bytes())
    return card_of(artefact, encoder(), load_comments("dev")[::3])


def test_an_encoder_that_has_learnt_nothing_counts_little(card: Card) -> None:
    assert card.weighing.weight <= 0.2
    assert card.weighing.fast == fast().temperature
    assert (card.encoder, card.judge) == (encoder().fingerprint, fast().fingerprint)
    assert card.figures["cases"] == len(load_comments("dev")[::3])


@pytest.fixture
def folder(card: Card, tmp_path: Path) -> Path:
    target = shutil.copytree(FOLDER, tmp_path / "careful")
    write_card(card, target)
    return target


def test_what_was_written_is_loaded_when_it_is_needed(card: Card, folder: Path) -> None:
    found = load_careful(folder)
    assert found is not None and found.weighing == card.weighing
    assert found.fingerprint == sha256((folder / CARD).read_bytes()).hexdigest()
    assert found.encoder is found.encoder
    assert found.encoder.fingerprint == card.encoder


@pytest.mark.parametrize("name", [CARD, NETWORK])
def test_without_all_its_files_there_is_no_careful_judge(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert load_careful(folder) is None


def test_a_card_of_another_encoder_is_refused(card: Card, folder: Path) -> None:
    write_card(card.model_copy(update={"encoder": "another"}), folder)
    found = load_careful(folder)
    assert found is not None
    with pytest.raises(ValueError, match="another encoder"):
        _ = found.encoder


def test_both_judges_are_measured_side_by_side() -> None:
    comments = load_comments("dev")[:6]
    ours, more = (measure(one, comments, (), ()) for one in (fast(), careful()))
    speed = measure_speed(fast(), careful(), comments)
    assert speed.careful and speed.careful_of_fast and speed.careful_of_fast < 1
    assert measure_speed(fast(), None, comments).careful is None
    measured = Measured("", ours, more, {}, (), speed)
    titles = [str(table.title) for table in judgement_tables(measured)]
    assert sum("snabb bedömning" in title for title in titles) == sum("noggrann" in title for title in titles) == 4
    assert "noggrann bedömning" in judgement_page(measured)


def assessed(*arguments: str, capsys: pytest.CaptureFixture[str]) -> Any:
    with pytest.raises(SystemExit):
        main(["assess", *arguments])
    return json.loads(capsys.readouterr().out)


def test_the_option_leaves_the_careful_judge_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr("ljuskoll.models.classifier._careful", careful)
    (tmp_path / "a.txt").write_text(COMMENT, encoding="utf-8")
    both, alone = (assessed(str(tmp_path / "a.txt"), *more, capsys=capsys) for more in ((), ("--fast",)))
    assert alone == fast().assess(COMMENT).model_dump(mode="json")
    assert both == careful().assess(COMMENT).model_dump(mode="json") != alone


def test_import_and_check_use_the_same_judge(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("ljuskoll.models.classifier._careful", careful)
    source, out = tmp_path / "in", tmp_path / "ut"
    source.mkdir()
    (source / "a.txt").write_text(f"Uppföljning T2 2024\n\nBygg en bro (TN)\n\n{COMMENT}\n", encoding="utf-8")

    def record(*arguments: str) -> dict[str, Any]:
        with pytest.raises(SystemExit) as ended:
            main([str(one) for one in arguments])
        assert ended.value.code in (0, None)
        (line,) = (out / "records.jsonl").read_text(encoding="utf-8").splitlines()
        read_back: dict[str, Any] = json.loads(line)
        return read_back

    by_both = record("import", str(source), "--out", str(out))
    by_fast = record("import", str(source), "--out", str(out), "--fast")
    assert by_both["assessment"] != by_fast["assessment"]
    assert json.loads((out / "run.json").read_text(encoding="utf-8"))["options"]["judge"] == "fast"
    correction = {"who": "a", "when": "2024-01-01", "record": by_fast["id"], "field": "kind", "old": by_fast["kind"]}
    (out / "corrections.jsonl").write_text(json.dumps({**correction, "new": "indicator"}), encoding="utf-8")
    again = record("check", str(out))
    assert again["kind"] == "indicator" and again["assessment"] == by_fast["assessment"]
    assert record("import", str(source), "--out", str(out))["assessment"] == by_both["assessment"]
    assert record("check", str(out), "--fast")["assessment"] == by_fast["assessment"]


def test_the_runtime_is_loaded_with_the_first_comment_that_needs_it() -> None:
    code = (
        "import sys; from ljuskoll.service import cli; from ljuskoll.models.classifier import load_classifier;"
        " c = load_classifier();"
        f"print('onnxruntime' in sys.modules); c.assess({COMMENT!r}); print('onnxruntime' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", str(load_classifier().careful is not None)]


def test_the_shipped_judges_belong_together() -> None:
    if not (SHIPPED / NETWORK).is_file():
        pytest.skip(f"the encoder ({CAREFUL}/{NETWORK}) is not in this checkout")
    shipped = load_classifier()
    assert shipped.careful is not None
    card = Card.model_validate_json((SHIPPED / CARD).read_bytes())
    assert card.judge == fast().fingerprint, "the fast judge has changed: run `ljuskoll train`"
    assert card.encoder == shipped.careful.encoder.fingerprint
    assert shipped.fingerprint not in (fast().fingerprint, shipped.careful.fingerprint)
    assert load_classifier() is shipped is load_classifier(False)
    assert shipped.assess(COMMENT, "Bygg en bro", AUTUMN) != fast().assess(COMMENT, "Bygg en bro", AUTUMN)
