"""From our texts to a model file: the same everywhere, calibrated and measured on authors that it has not seen."""

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from typer import Typer
from typer.testing import CliRunner

from ljuskoll.corpora.comments import Comment, corpus_fingerprint, load_comments, parse_comments
from ljuskoll.corpora.contrasts import load_groups, load_pairs
from ljuskoll.models import command
from ljuskoll.models.artefact import dump_artefact, load_artefact
from ljuskoll.models.careful import CARD, Card
from ljuskoll.models.classifier import Classifier
from ljuskoll.models.judge import Judge
from ljuskoll.models.material import Material, load_material
from ljuskoll.models.training import (
    COST_OF_A_WRONG_LIGHT,
    COST_OF_NO_LIGHT,
    THRESHOLD,
    Trained,
    calibrate,
    examples_of,
    train,
)
from ljuskoll.models.vectoriser import STAGES
from ljuskoll.nlp.errors import UsageError

ENCODER = Path(__file__).parent / "data" / "encoder"
# Trains in another process, where every memory address and hash seed differs.
ELSEWHERE = """
import hashlib
from ljuskoll.models.material import Material, load_material
from ljuskoll.models.training import train
every = load_material()
material = Material(
    [one for one in every.comments if one.id in {comments}][::-1],
    [one for one in every.pairs if one.id in {pairs}][::-1],
    [one for one in every.groups if one.id in {groups}][::-1],
    [one for one in every.development if one.id in {development}][::-1],
)
print(hashlib.sha256(train(material).artefact).hexdigest())
"""


@cache
def some() -> Material:
    """Enough to train on quickly."""
    every = load_material()
    voices = sorted({comment.voice for comment in every.comments})[:2]
    comments = [comment for comment in every.comments if comment.voice in voices]
    return Material(comments[::3], every.pairs[::70], every.groups[::10], every.development[::5])


@pytest.fixture(scope="module")
def trained() -> Trained:
    return train(some())


def test_the_same_texts_in_any_order_give_the_same_bytes_anywhere(trained: Trained) -> None:
    material = some()
    script = ELSEWHERE.format(
        comments=[one.id for one in material.comments],
        pairs=[one.id for one in material.pairs],
        groups=[one.id for one in material.groups],
        development=[one.id for one in material.development],
    )
    environment = {**os.environ, "PYTHONHASHSEED": "1"}
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment)
    assert run.stdout.strip() == trained.card["artefact"]


@pytest.mark.parametrize("part", ["comments", "pairs", "groups"])
def test_other_texts_give_another_model(trained: Trained, part: str) -> None:
    assert train(replace(some(), **{part: getattr(some(), part)[1:]})).artefact != trained.artefact


def test_the_artefact_holds_no_time_of_day(trained: Trained) -> None:
    with zipfile.ZipFile(io.BytesIO(trained.artefact)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_model_file_gives_back_what_was_written(trained: Trained) -> None:
    artefact = load_artefact(trained.artefact)
    assert dump_artefact(artefact.judge, artefact.temperature, artefact.threshold) == trained.artefact
    assert artefact.threshold == trained.card["threshold"] == THRESHOLD
    assert artefact.temperature == trained.card["temperature"]


def test_a_model_that_was_written_judges_as_before(trained: Trained) -> None:
    artefact = load_artefact(trained.artefact)
    classifier = Classifier(artefact.judge, artefact.temperature, artefact.threshold)
    comments = some().comments
    right = sum(classifier.assess(one.comment, one.assignment, one.period).outcome == one.outcome for one in comments)
    assert right > 0.9 * len(comments), "on what it was trained on, a sound model is nearly always right"


def test_every_text_is_learnt_from_once() -> None:
    material = some()
    variants = sum(len(group.variants) for group in material.groups)
    examples = list(examples_of(material))
    assert len(examples) == len(material.comments) + 2 * len(material.pairs) + variants
    assert all(one.weight > 0 for one in examples)


def test_the_shipped_model_learns_from_no_author_that_it_is_measured_on() -> None:
    material = load_material()
    assert material.comments == load_comments("train")
    assert material.development == load_comments("dev")
    assert not {one.voice for one in material.comments} & {one.voice for one in material.development}
    assert not {one.municipality for one in material.comments} & {one.municipality for one in material.development}


def test_a_light_is_shown_where_that_costs_less_than_none() -> None:
    wrong = (1 - THRESHOLD) * COST_OF_A_WRONG_LIGHT
    assert wrong == pytest.approx(COST_OF_NO_LIGHT)


def _sure(margin: float) -> Judge:
    """A judge that holds every comment for finished, by so much."""
    return Judge(
        outcomes=("completed", "off_track"),
        names=(),
        by_stage=np.zeros((len(STAGES), 0, 2)),
        bias=np.array([[margin, 0.0]] * len(STAGES)),
        terms=(),
        whole=np.zeros(0, dtype=bool),
        idf=np.zeros(0),
        by_term=np.zeros((0, 2)),
        text_weight=1.0,
    )


def _reports(right: int, wrong: int) -> tuple[Comment, ...]:
    row = {"voice": "prov", "municipality": "Granköpa", "board": "KS", "kind": "goal", "assignment": "Fler besök"}
    row |= {"period": "T3", "comment": "En text."}
    outcomes = ["completed"] * right + ["off_track"] * wrong
    return parse_comments({**row, "id": f"prov-{n}", "hard": False, "outcome": one} for n, one in enumerate(outcomes))


@pytest.mark.parametrize("margin", [0.7, float(np.log(4)), 2.0])
def test_the_temperature_makes_a_judge_as_sure_as_it_is_right(margin: float) -> None:
    assert calibrate(_sure(margin), _reports(8, 2)) == pytest.approx(margin / np.log(4), abs=0.03)


def test_the_shipped_card_is_of_this_corpus() -> None:
    card = json.loads((files("ljuskoll.models") / "artefacts/card.json").read_text(encoding="utf-8"))
    fingerprint = corpus_fingerprint(load_comments(), load_pairs(), load_groups(), load_comments("dev"))
    assert card["corpus"] == fingerprint, "the corpus has changed: run `ljuskoll train`"
    assert card["comments"] == sum(card["outcomes"].values()) == len(load_comments())
    assert (card["pairs"], card["groups"]) == (len(load_pairs()), len(load_groups()))
    assert card["figures"]["cases"] == card["development"] == len(load_comments("dev"))
    assert card["figures"]["definition"].startswith("on the development split of our own texts")


def test_the_command_writes_model_and_cards(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, trained: Trained) -> None:
    monkeypatch.setattr(command, "load_material", some)
    shutil.copytree(ENCODER, tmp_path / "ny" / "careful")
    app = Typer()
    app.command()(command.train)
    result = CliRunner().invoke(app, ["--out", str(tmp_path / "ny")])
    assert result.exit_code == 0, result.exception
    assert "utvecklingsdelen" in result.stdout
    assert (tmp_path / "ny" / "comment.skops").read_bytes() == trained.artefact
    card = json.loads((tmp_path / "ny" / "card.json").read_text(encoding="utf-8"))
    assert card == trained.card
    careful = Card.model_validate_json((tmp_path / "ny" / "careful" / CARD).read_bytes())
    assert careful.judge == card["artefact"], "an encoder that lies there is weighed anew"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--careful"], r"torch.*Installera ljuskoll\[training\]"),
        (["--resume"], "skriv även --careful"),
    ],
)
def test_what_the_careful_judge_needs_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, options: list[str], told: str
) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    for name in [name for name in sys.modules if name.startswith("ljuskoll.models.encoder.")]:
        monkeypatch.delitem(sys.modules, name)
    app = Typer()
    app.command()(command.train)
    with pytest.raises(UsageError, match=told):
        CliRunner().invoke(app, [*options, "--out", str(tmp_path)], catch_exceptions=False)
    assert not list(tmp_path.iterdir())
