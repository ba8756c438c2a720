"""From our comments to a shipped model: folds by author, calibration, threshold, and the card."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from ljuskoll.corpora.comments import Comment, corpus_fingerprint
from ljuskoll.models.artefact import dump_artefact, load_artefact
from ljuskoll.models.classifier import Classifier
from ljuskoll.models.features import Reading, read
from ljuskoll.models.judge import Floats, Judge, fit_judge, lights_of, softmax
from ljuskoll.models.lights import COLOURS, light_of
from ljuskoll.models.measures import Case, Figures, figures
from ljuskoll.nlp.followup import Outcome

WANTED_PRECISION = 0.75
"""Share of the shown lights that shall be right, out of fold."""
_TEMPERATURES = tuple(round(0.3 + 0.025 * step, 3) for step in range(49))
_THRESHOLDS = tuple(round(0.34 + 0.01 * step, 2) for step in range(57))
DEFINITION = (
    "on our own texts, cross-validated by author: each author's comments are judged by a model that has seen neither"
    " that author nor that author's municipalities; temperature and threshold are chosen on the other authors"
)


@dataclass(frozen=True, slots=True)
class Example:
    """A comment as read."""

    comment: Comment
    reading: Reading


@dataclass(frozen=True, slots=True)
class Scored:
    """An example with its scores from a judge that has not seen it."""

    example: Example
    outcomes: tuple[Outcome, ...]
    scores: Floats


@dataclass(frozen=True, slots=True)
class Fold:
    """A judge and the examples of the one author that it has not seen."""

    judge: Judge
    test: tuple[Scored, ...]


@dataclass(frozen=True, slots=True)
class Trained:
    """A model file's bytes and its card."""

    artefact: bytes
    card: dict[str, Any]


def examples_of(comments: Sequence[Comment]) -> tuple[Example, ...]:
    """Reads all comments."""
    return tuple(Example(one, read(one.comment, one.assignment, one.period)) for one in comments)


def folds(examples: Sequence[Example]) -> Iterator[tuple[list[Example], list[Example]]]:
    """(training, test) for each author: training holds no comment of the author or of the author's municipalities."""
    for voice in sorted({example.comment.voice for example in examples}):
        test = [example for example in examples if example.comment.voice == voice]
        places = {example.comment.municipality for example in test}
        training = [
            example
            for example in examples
            if example.comment.voice != voice and example.comment.municipality not in places
        ]
        yield training, test


def fit_folds(examples: Sequence[Example]) -> tuple[Fold, ...]:
    """A judge for each author, fitted without that author."""
    return tuple(_fold(training, test) for training, test in folds(examples))


def cross_validate(fitted: Sequence[Fold]) -> tuple[Case, ...]:
    """A judgement of each comment by a model that has not seen its author, calibrated on the other authors."""
    cases: list[Case] = []
    for index, fold in enumerate(fitted):
        others = [one for other in (*fitted[:index], *fitted[index + 1 :]) for one in other.test]
        classifier = Classifier(fold.judge, *calibrate(others))
        cases += [Case(one.example.comment, classifier.assess_reading(one.example.reading)) for one in fold.test]
    return tuple(cases)


def train(comments: Sequence[Comment]) -> Trained:
    """Trains on all comments; calibration and the card's figures come from models that had not seen the author."""
    examples = examples_of(sorted(comments, key=lambda one: one.id))
    fitted = fit_folds(examples)
    temperature, threshold = calibrate([one for fold in fitted for one in fold.test])
    artefact = dump_artefact(_fit(examples), temperature, threshold)
    return Trained(artefact, _card(comments, figures(cross_validate(fitted)), artefact))


def write(trained: Trained, folder: Path) -> None:
    """Writes comment.skops and card.json."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "comment.skops").write_bytes(trained.artefact)
    text = json.dumps(trained.card, ensure_ascii=False, indent=2) + "\n"
    (folder / "card.json").write_text(text, encoding="utf-8", newline="\n")


def calibrate(scored: Sequence[Scored]) -> tuple[float, float]:
    """(temperature, threshold): the likeliest temperature, the lowest threshold that gives the wanted precision."""
    temperature = min(_TEMPERATURES, key=lambda value: _loss(scored, value))
    shown = [_shown(one, temperature) for one in scored]
    threshold = next((value for value in _THRESHOLDS if _precision(shown, value) >= WANTED_PRECISION), _THRESHOLDS[-1])
    return temperature, threshold


def _fit(examples: Sequence[Example]) -> Judge:
    return fit_judge([one.reading for one in examples], [one.comment.outcome for one in examples])


def _fold(training: Sequence[Example], test: Sequence[Example]) -> Fold:
    judge = _fit(training)
    rows = judge.scores([one.reading for one in test])
    return Fold(judge, tuple(Scored(one, judge.outcomes, row) for one, row in zip(test, rows, strict=True)))


def _loss(scored: Sequence[Scored], temperature: float) -> float:
    """Mean negative log-likelihood of the right light, over comments that have one."""
    losses = []
    for one in scored:
        gold = light_of(one.example.comment.outcome, one.example.comment.period)
        if gold:
            lights, _ = _lights(one, temperature)
            losses.append(-float(np.log(lights[COLOURS.index(gold)] / lights.sum())))
    return sum(losses) / len(losses)


def _shown(one: Scored, temperature: float) -> tuple[float, bool]:
    """How sure the likeliest light is (0 where "unclear" is likelier) and whether it is right."""
    lights, unclear = _lights(one, temperature)
    gold = light_of(one.example.comment.outcome, one.example.comment.period)
    top = float(lights.max())
    return (0.0 if unclear > top else top), COLOURS[int(lights.argmax())] == gold


def _precision(shown: Sequence[tuple[float, bool]], threshold: float) -> float:
    right = [is_right for sureness, is_right in shown if sureness >= threshold]
    return sum(right) / len(right) if right else 1.0


def _lights(one: Scored, temperature: float) -> tuple[Floats, float]:
    return lights_of(softmax(one.scores, temperature), one.outcomes, one.example.comment.period)


def _card(comments: Sequence[Comment], measured: Figures, data: bytes) -> dict[str, Any]:
    artefact = load_artefact(data)
    return {
        "artefact": artefact.fingerprint,
        "corpus": corpus_fingerprint(comments),
        "comments": len(comments),
        "voices": len({one.voice for one in comments}),
        "outcomes": dict(sorted(Counter(one.outcome for one in comments).items())),
        "temperature": artefact.temperature,
        "threshold": artefact.threshold,
        "wanted_precision": WANTED_PRECISION,
        "figures": {"definition": DEFINITION, **asdict(measured)},
        "versions": {name: version(name) for name in ("numpy", "scikit-learn", "skops")},
    }
