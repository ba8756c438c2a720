"""Learning a municipality's habits from its archive: what is gained, and that nothing gets worse in silence."""

import json
import random
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from ljuskoll.corpora.local_archive import MUNICIPALITY, LocalComment, load_local_archive
from ljuskoll.models.adaptation import FILE, Adaptation, load_adaptations
from ljuskoll.models.adapting import FEWEST, Labelled, fit, labelled, tried
from ljuskoll.models.archive import RECORDS, by_municipality
from ljuskoll.models.classifier import Classifier, load_classifier
from ljuskoll.models.confident import suspected
from ljuskoll.models.lights import COLOURS
from ljuskoll.models.lines import read_lines
from ljuskoll.models.measures import macro_f1_of
from ljuskoll.nlp.errors import UsageError
from ljuskoll.nlp.followup import Colour, FollowUp, Period
from ljuskoll.service.cli import main

LAST = 2024


@cache
def shipped() -> Classifier:
    return load_classifier(fast=True)


@cache
def records() -> tuple[Labelled, ...]:
    return tuple(labelled([one.followup for one in load_local_archive()], shipped()))


@cache
def learnt() -> Adaptation:
    return fit([one for one in records() if one.year < LAST], shipped()).adaptation


def shown(classifier: Classifier, comments: Iterable[LocalComment]) -> list[Colour | None]:
    return [classifier.assess(one.comment, one.assignment, one.period).colour for one in comments]


def write_archive(folder: Path, followups: Iterable[FollowUp]) -> Path:
    lines = [json.dumps({"id": "x", **one.model_dump(mode="json")}, ensure_ascii=False) for one in followups]
    (folder / RECORDS).write_text("\n".join(lines), encoding="utf-8")
    return folder


def run(*arguments: str | Path) -> int:
    with pytest.raises(SystemExit) as left:
        main([str(one) for one in arguments])
    return int(left.value.code or 0)


def test_the_archive_is_what_it_says() -> None:
    comments = load_local_archive()
    wrong = sum(one.right is not None and one.declared != one.right for one in comments)
    assert 0.06 <= wrong / len(comments) <= 0.1
    assert {number for one in comments for number in one.phrases} == set(range(1, 51))


def test_habits_raise_the_lights_of_a_year_that_was_held_out() -> None:
    trial = tried(records(), shipped())
    assert trial.year == LAST
    assert trial.after - trial.before >= 0.05
    last = [one for one in load_local_archive() if one.year == LAST]
    right = [one.right for one in last]
    before, after = (macro_f1_of(right, shown(one, last)) for one in (shipped(), shipped().adapted(learnt())))
    assert after - before >= 0.05


def test_any_order_of_the_records_gives_the_same() -> None:
    some = [one for one in records() if one.year < LAST]
    assert fit(random.Random(3).sample(some, len(some)), shipped()).adaptation == learnt()


def test_an_odd_phrase_is_evidence() -> None:
    comment = "Styrgruppen träffas varannan torsdag i biblioteket. Kärran har fastnat i diket."
    period = Period.of_tertial(2024, 2)
    found = shipped().adapted(learnt()).assess(comment, "Bygga om torget", period)
    assert found.colour == "red"
    assert [one.text for one in found.evidence] == ["Kärran har fastnat i diket."]
    assert abs(sum(found.probabilities.model_dump().values()) - 1) < 1e-9


def test_a_batch_changes_no_verdict() -> None:
    adapted = shipped().adapted(learnt())
    readings = [one.reading for one in records()[:40]]
    assert adapted.assess_readings(readings) == [adapted.assess_readings([one])[0] for one in readings]


@pytest.mark.parametrize("colours", [("green", "red"), ("yellow", "red")])
def test_a_scale_of_two_grades(colours: Sequence[Colour]) -> None:
    some = [one for one in records() if one.declared in colours]
    adapted = shipped().adapted(fit(some, shipped()).adaptation)
    assert {one.colour for one in adapted.assess_readings([one.reading for one in some])} <= {*colours, None}


def test_the_command_writes_what_import_and_assess_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = write_archive(tmp_path, [one.followup for one in load_local_archive()])
    assert run("train", "--archive", archive, "--fast") == 0
    assert MUNICIPALITY in capsys.readouterr().out
    assert load_adaptations(archive / FILE).only == MUNICIPALITY
    question = tmp_path / "fråga.txt"
    question.write_text("Taket lades i maj. Veden är sur.", encoding="utf-8")
    assert run("assess", "--fast", "--adaptation", archive / FILE, question) == 0
    assert json.loads(capsys.readouterr().out)["colour"] == "red"


def test_an_import_is_checked_again_with_its_adaptation(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = write_archive(tmp_path, [one.followup for one in load_local_archive()])
    assert run("train", "--archive", archive, "--fast") == 0
    source, out = tmp_path / "in", tmp_path / "ut"
    source.mkdir()
    heading = f"{MUNICIPALITY}s kommun\nUppföljning av uppdrag per 31 augusti 2024\n\n"
    text = f"{heading}Uppdrag: Bygga om torget\nStatus: Grön\nKommentar: Taket lades i maj. Veden är sur.\n"
    (source / "t2.txt").write_text(text, encoding="utf-8")
    assert run("import", source, "--out", out, "--fast", "--adaptation", archive / FILE) == 0
    (record,) = map(json.loads, (out / "records.jsonl").read_text(encoding="utf-8").splitlines())
    assert record["assessment"]["colour"] == "red"
    assert run("check", out) == 2
    assert "--adaptation" in capsys.readouterr().err
    assert run("check", out, "--adaptation", archive / FILE, "--fast") == 0


def test_what_does_not_help_is_not_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    comments = load_local_archive()
    turned: dict[Colour, Colour] = {"green": "red", "yellow": "green", "red": "yellow"}
    followups = [one.followup for one in comments]
    declared = [one.declared for one in followups if one.declared]
    wrong = [
        one.model_copy(update={"declared": light.model_copy(update={"colour": turned[light.colour]})})
        if light.colour and one.period and one.period.year < LAST
        else one
        for one, light in zip(followups, declared, strict=True)
    ]
    assert run("train", "--archive", write_archive(tmp_path, wrong), "--fast") == 2
    assert "Inget har skrivits" in capsys.readouterr().err
    assert not (tmp_path / FILE).exists()


def test_too_little_is_said_to_be_too_little(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    few = [one.followup for one in load_local_archive()][: FEWEST // 2]
    assert run("train", "--archive", write_archive(tmp_path, few), "--fast") == 2
    assert f"minst {FEWEST}" in capsys.readouterr().err


def test_municipalities_are_kept_apart() -> None:
    one, other = (followup.followup for followup in load_local_archive()[:2])
    nameless = other.model_copy(update={"municipality": None})
    assert by_municipality([one, nameless]) == {MUNICIPALITY: [one], "": [nameless]}


def test_a_comment_may_hold_any_line_end(tmp_path: Path) -> None:
    odd = load_local_archive()[0].followup.model_copy(update={"comment": "rad\u2028rad\x85rad"})
    (read,) = read_lines(write_archive(tmp_path, [odd]) / RECORDS, FollowUp, "")
    assert read == odd


@pytest.mark.parametrize("text", ["", "{}", '{"municipalities": {"X": {"judge": 1}}}'])
def test_another_file_is_no_adaptation(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=FILE):
        load_adaptations(tmp_path / FILE)


def test_an_adaptation_belongs_to_its_judge() -> None:
    with pytest.raises(UsageError, match="annan modell"):
        shipped().adapted(learnt().model_copy(update={"judge": "another"}))


def test_wrong_labels_are_suspected() -> None:
    draw = np.random.default_rng(5)
    right = draw.integers(0, len(COLOURS), 400)
    is_wrong = draw.random(400) < 0.08
    labels = np.where(is_wrong, (right + 1) % len(COLOURS), right)
    probabilities = np.full((400, len(COLOURS)), 0.04)
    probabilities[np.arange(400), right] = 0.92
    assert suspected(labels, probabilities).tolist() == is_wrong.tolist()
    assert not suspected(right, probabilities).any()
