import io
import json
import subprocess
import sys
import zipfile
from importlib.resources import files
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner

from ljuskoll.corpora.comments import Comment, corpus_fingerprint, load_comments
from ljuskoll.models import command
from ljuskoll.models.artefact import load_artefact
from ljuskoll.models.classifier import Classifier
from ljuskoll.models.training import Trained, examples_of, folds, train

# Trains in another process, where every memory address and hash seed differs.
ELSEWHERE = """
import hashlib
from ljuskoll.corpora.comments import load_comments
from ljuskoll.models.training import train
comments = [one for one in load_comments() if one.voice in {voices}]
print(hashlib.sha256(train(comments[::-1]).artefact).hexdigest())
"""


def _some() -> tuple[Comment, ...]:
    """Two authors' comments: enough to train on quickly."""
    voices = sorted({comment.voice for comment in load_comments()})[:2]
    return tuple(comment for comment in load_comments() if comment.voice in voices)


@pytest.fixture(scope="module")
def trained() -> Trained:
    return train(_some())


def test_the_same_comments_in_any_order_give_the_same_bytes_anywhere(trained: Trained) -> None:
    voices = sorted({comment.voice for comment in _some()})
    script = ELSEWHERE.format(voices=voices)
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == trained.card["artefact"]


def test_other_comments_give_another_model(trained: Trained) -> None:
    assert train(_some()[1:]).artefact != trained.artefact


def test_the_artefact_holds_no_time_of_day(trained: Trained) -> None:
    with zipfile.ZipFile(io.BytesIO(trained.artefact)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_no_fold_trains_on_the_author_or_the_municipalities_that_it_tests() -> None:
    examples = examples_of(load_comments())
    tested = []
    for training, test in folds(examples):
        assert not {one.comment.voice for one in training} & {one.comment.voice for one in test}
        assert not {one.comment.municipality for one in training} & {one.comment.municipality for one in test}
        assert len(training) > len(examples) / 2
        tested += [one.comment.id for one in test]
    assert sorted(tested) == [comment.id for comment in load_comments()]


def test_a_model_that_was_written_judges_as_before(trained: Trained) -> None:
    artefact = load_artefact(trained.artefact)
    classifier = Classifier(artefact.judge, artefact.temperature, artefact.threshold)
    right = sum(classifier.assess(one.comment, one.assignment, one.period).outcome == one.outcome for one in _some())
    assert right > 0.9 * len(_some()), "on what it was trained on, a sound model is nearly always right"


def test_the_shipped_card_is_of_this_corpus() -> None:
    card = json.loads((files("ljuskoll.models") / "artefacts/card.json").read_text(encoding="utf-8"))
    assert card["corpus"] == corpus_fingerprint(load_comments()), "the corpus has changed: run `ljuskoll train`"
    assert card["comments"] == sum(card["outcomes"].values()) == len(load_comments())
    assert card["figures"]["definition"].startswith("on our own texts, cross-validated by author")


def test_the_command_writes_model_and_card(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, trained: Trained) -> None:
    monkeypatch.setattr(command, "load_comments", _some)
    app = Typer()
    app.command()(command.train)
    result = CliRunner().invoke(app, ["--out", str(tmp_path / "ny")])
    assert result.exit_code == 0
    assert "korsvis per författare" in result.stdout
    assert (tmp_path / "ny" / "comment.skops").read_bytes() == trained.artefact
    card = json.loads((tmp_path / "ny" / "card.json").read_text(encoding="utf-8"))
    assert card == trained.card
