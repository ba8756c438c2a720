"""Training the encoder, on a base model of two small layers: it learns, goes on where it broke off, and is exported."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from typer import Typer
from typer.testing import CliRunner

from ljuskoll.corpora.comments import Comment, load_comments
from ljuskoll.models import command
from ljuskoll.models.encoder import careful
from ljuskoll.models.encoder.careful import CHECKPOINT, Course, course_of
from ljuskoll.models.encoder.encoder import Encoder, load
from ljuskoll.models.encoder.examples import Options, batches_of
from ljuskoll.models.encoder.export import quantised, traced, write
from ljuskoll.models.encoder.inputs import Input, input_of, pools_of
from ljuskoll.models.encoder.learning import learn, scores_of
from ljuskoll.models.encoder.network import OUTCOMES, Network
from ljuskoll.models.encoder.objective import Gold, objective
from ljuskoll.models.encoder.pretrained import read_pretrained
from ljuskoll.models.material import Material, load_material
from ljuskoll.nlp.errors import UsageError

pytestmark = pytest.mark.training

OPTIONS = Options(epochs=3, budget=2400, rate=1e-3, head_rate=5e-3, frozen=1, longest=200)
WORDS = {"bro": 0.5, "klart": 0.4}


@cache
def some() -> Material:
    """A few short texts, since each letter is a piece of the small base model."""
    every = load_material()
    comments, development = (
        sorted(some, key=lambda one: len(one.comment))[:20] for some in (every.comments, every.development)
    )
    return Material(comments, every.pairs[:6], every.groups[:3], development[:9])


@pytest.fixture
def course(base_model: bytes) -> Course:
    return started(base_model)


def started(base_model: bytes, options: Options = OPTIONS) -> Course:
    return course_of(some(), read_pretrained(base_model), WORDS, options)


def weights(course: Course) -> dict[str, bytes]:
    return {name: one.numpy().tobytes() for name, one in course.learner.network.state_dict().items()}


def test_a_step_lowers_the_loss_of_what_it_was_taken_on(base_model: bytes) -> None:
    every = Options(epochs=6, budget=100_000, rate=1e-3, head_rate=1e-3, dropout=0.0, variants=9, frozen=1, longest=200)
    course = started(base_model, every)
    steps = list(learn(course.learner, course.examples))
    assert [step.number for step in steps] == [1, 2, 3, 4, 5, 6] and steps[0].total == 6
    losses = [step.loss for step in steps]
    assert losses == sorted(losses, reverse=True)
    assert len(set(losses)) == 6


def test_only_what_is_to_learn_does(course: Course) -> None:
    before = weights(course)
    list(learn(course.learner, course.examples))
    changed = {name for name, one in weights(course).items() if one != before[name]}
    still = ("body.pieces", "body.positions", "body.norm", "body.layers.0")
    assert changed == {name for name in before if not name.startswith(still)}


def test_a_run_that_was_broken_off_ends_as_one_that_was_not(base_model: bytes, tmp_path: Path) -> None:
    whole = started(base_model)
    steps = list(learn(whole.learner, whole.examples))
    assert sum(step.ends_epoch for step in steps) == 3 == whole.learner.epochs

    broken = started(base_model)
    for step in learn(broken.learner, broken.examples):
        if step.epoch == 2 and not step.ends_epoch:
            break
        if step.ends_epoch:
            broken.learner.save(tmp_path / CHECKPOINT)
            broken.figures()
    resumed = started(base_model)
    resumed.learner.resume(tmp_path / CHECKPOINT)
    rest = list(learn(resumed.learner, resumed.examples))
    assert rest == steps[-len(rest) :] and rest[0].epoch == 2
    assert weights(resumed) == weights(whole)


@pytest.mark.parametrize("changed", [{"seed": 2}, {"epochs": 4}])
def test_a_checkpoint_of_another_run_is_refused(base_model: bytes, tmp_path: Path, changed: dict[str, int]) -> None:
    started(base_model).learner.save(tmp_path / CHECKPOINT)
    with pytest.raises(UsageError, match="en annan träning"):
        started(base_model, replace(OPTIONS, **changed)).learner.resume(tmp_path / CHECKPOINT)


def test_batches_hold_all_that_is_drawn_and_no_more_than_fits(course: Course) -> None:
    batches = batches_of(course.examples, OPTIONS, 0)
    units = [unit for batch in batches for unit in batch]
    assert sorted(len(unit) for unit in units) == [1] * (20 + 3 * 2) + [2] * 6
    assert len({one.number for unit in units for one in unit}) == 20 + 12 + 6
    sizes = [sum(map(len, batch)) * max(len(one.read.ids) for unit in batch for one in unit) for batch in batches]
    assert max(sizes) <= OPTIONS.budget
    assert batches == batches_of(course.examples, OPTIONS, 0) != batches_of(course.examples, OPTIONS, 1)


@pytest.mark.parametrize(("right", "pairs"), [(8.0, [(0, 1)]), (-8.0, [(0, 1)]), (8.0, []), (-8.0, [])])
def test_the_loss_is_small_where_all_is_right(right: float, pairs: list[tuple[int, int]]) -> None:
    outcomes = torch.tensor([OUTCOMES.index("completed"), OUTCOMES.index("off_track")])
    scores = right * torch.nn.functional.one_hot(outcomes, len(OUTCOMES))
    gold = Gold(torch.tensor([0, 2]), outcomes, torch.tensor([1.0, 0.5]), torch.tensor(pairs, dtype=torch.int64))
    loss = float(objective(Options()).loss(scores.float(), gold))
    assert (loss < 0.5) == (right > 0)


def test_what_is_not_begun_is_yellow_in_spring_alone() -> None:
    lights = objective(Options()).lights[:, OUTCOMES.index("not_started")].argmax(-1).tolist()
    assert lights == [1, 2, 2]


def test_padding_changes_nothing(course: Course) -> None:
    inputs = [one.read for one in course.examples]
    network = course.learner.network.eval()
    together = scores_of(network, inputs)
    assert len({len(one.ids) for one in inputs}) > 3
    for row, one in zip(together, inputs, strict=True):
        ids, stage, pools = torch.tensor([one.ids]), torch.tensor([one.stage]), torch.ones(1, len(one.ids))
        assert row == pytest.approx(network(ids, stage, pools)[0].detach().numpy(), abs=1e-4)


def read(one: Comment, course: Course) -> Input:
    return input_of(one.comment, one.assignment, one.period, course.vocabulary, OPTIONS.longest)


def given(course: Course) -> Iterator[dict[str, np.ndarray]]:
    for one in course.development:
        ids, stage = read(one, course).ids, read(one, course).stage
        pools = pools_of(read(one, course), [(0, len(one.comment) // 2), (len(one.comment) // 2, len(one.comment))])
        yield {"ids": np.array([ids]), "stage": np.array([stage]), "pools": pools}


def test_the_exported_network_scores_as_torch_does(course: Course) -> None:
    list(learn(course.learner, course.examples))
    network: Network = course.learner.network.eval()
    floats = traced(network, OPTIONS.longest)
    exact = onnxruntime.InferenceSession(floats, providers=["CPUExecutionProvider"])
    small = onnxruntime.InferenceSession(quantised(floats, {"a": "b"}), providers=["CPUExecutionProvider"])
    for inputs in given(course):
        expected = network(*map(torch.from_numpy, inputs.values())).detach().numpy()
        assert np.abs(exact.run(None, inputs)[0] - expected).max() < 1e-4
        assert np.abs(small.run(None, inputs)[0] - expected).max() < 0.3
    assert small.get_modelmeta().custom_metadata_map == {"a": "b"}


def test_exporting_leaves_the_network_as_it_was(course: Course) -> None:
    before = weights(course)
    first, second = course.files(), course.files()
    assert weights(course) == before
    assert first == second


def test_a_written_encoder_scores_as_the_network_did(course: Course, tmp_path: Path) -> None:
    list(learn(course.learner, course.examples))
    write(course.files(), tmp_path)
    encoder: Encoder = load(tmp_path)
    assert encoder.outcomes == OUTCOMES and encoder.longest == OPTIONS.longest
    assert encoder.corpus == some().fingerprint
    inputs = [
        input_of(one.comment, one.assignment, one.period, course.vocabulary, OPTIONS.longest)
        for one in course.development
    ]
    for row, one in zip(scores_of(course.learner.network, inputs), course.development, strict=True):
        assert encoder.scores(one.comment, (), one.assignment, one.period)[0] == pytest.approx(row, abs=0.3)


@pytest.fixture
def small(base_model: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(careful, "load_pretrained", lambda: read_pretrained(base_model))
    monkeypatch.setattr(careful, "swedish_words", lambda: WORDS)
    monkeypatch.setattr(careful, "Options", lambda: OPTIONS)
    monkeypatch.setattr(command, "load_material", some)


def run(*arguments: str) -> tuple[int, str]:
    app = Typer()
    app.command()(command.train)
    result = CliRunner().invoke(app, ["--careful", *arguments])
    return result.exit_code, result.stdout + str(result.exception or "")


@pytest.mark.usefixtures("small")
def test_the_command_writes_an_encoder_and_a_checkpoint(tmp_path: Path) -> None:
    status, told = run("--out", str(tmp_path / "ny"))
    assert status == 0, told
    assert told.count("utvecklingsdelen: makro-F1") == 3
    assert sorted(one.name for one in (tmp_path / "ny").iterdir()) == [
        "careful.json",
        "characters.tsv",
        CHECKPOINT,
        "encoder.onnx",
        "pieces.model",
    ]
    first = (tmp_path / "ny" / "encoder.onnx").read_bytes()
    status, _ = run("--out", str(tmp_path / "ny"), "--resume")
    assert status == 0
    assert (tmp_path / "ny" / "encoder.onnx").read_bytes() == first


@pytest.mark.usefixtures("small")
def test_nothing_can_be_resumed_where_nothing_was_begun(tmp_path: Path) -> None:
    status, told = run("--out", str(tmp_path), "--resume")
    assert status != 0 and "Det finns ingen påbörjad träning" in told


def test_nothing_is_learnt_from_the_test_split(course: Course) -> None:
    learnt = {one.read.ids for one in course.examples}
    assert learnt.isdisjoint(read(one, course).ids for one in load_comments("test"))
