"""From our comments, minimal pairs and variants to a shipped model: fitting, calibration, and the card."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ljuskoll.corpora.comments import Comment
from ljuskoll.models.artefact import dump_artefact, load_artefact
from ljuskoll.models.classifier import Classifier
from ljuskoll.models.features import Reading, read
from ljuskoll.models.judge import Judge, fit_judge
from ljuskoll.models.likelihood import likeliest
from ljuskoll.models.material import Material
from ljuskoll.models.measures import Case, figures
from ljuskoll.nlp.followup import Outcome

COST_OF_A_WRONG_LIGHT = 1.0
COST_OF_NO_LIGHT = 0.65
"""A reviewer who is shown nothing must read the comment; one who is shown a wrong light reads it and is misled."""
THRESHOLD = round(1 - COST_OF_NO_LIGHT / COST_OF_A_WRONG_LIGHT, 2)
"""Below this probability a light costs more, in expectation, than none."""
_PAIR_WEIGHT = 1.5
"""A side of a minimal pair counts so much against a comment: it shows what a single word does."""
_VARIANT_WEIGHT = 0.5
"""A variant of an invariance group counts less: there are several of one comment."""
NAME = "comment.skops"
"""The model's file."""
DEFINITION = "on the development split of our own texts: authors not learnt from, by whom the temperature was chosen"


@dataclass(frozen=True, slots=True)
class Example:
    """A text as read, its outcome, and how much it counts."""

    reading: Reading
    outcome: Outcome
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Trained:
    """A model file's bytes and its card."""

    artefact: bytes
    card: dict[str, Any]


def examples_of(material: Material) -> Iterator[Example]:
    """Reads all comments, both sides of all pairs and all variants, in an order that files do not change."""
    for one in sorted(material.comments, key=lambda one: one.id):
        yield Example(read(one.comment, one.assignment, one.period), one.outcome)
    for pair in sorted(material.pairs, key=lambda pair: pair.id):
        for side in (pair.a, pair.b):
            yield Example(read(side.comment, side.assignment, side.period), side.outcome, _PAIR_WEIGHT)
    for group in sorted(material.groups, key=lambda group: group.id):
        for text in group.variants:
            yield Example(read(text.comment, text.assignment, text.period), group.outcome, _VARIANT_WEIGHT)


def train(material: Material) -> Trained:
    """Fits the judge, chooses the temperature, and measures on the development split."""
    examples = tuple(examples_of(material))
    judge = fit_judge(
        [one.reading for one in examples], [one.outcome for one in examples], [one.weight for one in examples]
    )
    temperature = calibrate(judge, material.development)
    artefact = dump_artefact(judge, temperature, THRESHOLD)
    return Trained(artefact, _card(material, artefact))


def write(trained: Trained, folder: Path) -> None:
    """Writes comment.skops and card.json."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / NAME).write_bytes(trained.artefact)
    text = json.dumps(trained.card, ensure_ascii=False, indent=2) + "\n"
    (folder / "card.json").write_text(text, encoding="utf-8", newline="\n")


def calibrate(judge: Judge, comments: Sequence[Comment]) -> float:
    """The temperature at which the right lights of comments that the judge has not seen are likeliest."""
    readings = [read(one.comment, one.assignment, one.period) for one in comments]
    return likeliest(judge.scores(readings), judge.outcomes, comments).temperature


def _card(material: Material, data: bytes) -> dict[str, Any]:
    artefact = load_artefact(data)
    classifier = Classifier(artefact.judge, artefact.temperature, artefact.threshold)
    development = material.development
    measured = [Case(one, classifier.assess(one.comment, one.assignment, one.period)) for one in development]
    return {
        "artefact": artefact.fingerprint,
        "corpus": material.fingerprint,
        "comments": len(material.comments),
        "pairs": len(material.pairs),
        "groups": len(material.groups),
        "development": len(development),
        "voices": len({one.voice for one in material.comments}),
        "outcomes": dict(sorted(Counter(one.outcome for one in material.comments).items())),
        "temperature": artefact.temperature,
        "threshold": artefact.threshold,
        "figures": {"definition": DEFINITION, **asdict(figures(measured))},
        "versions": {name: version(name) for name in ("numpy", "scikit-learn", "skops")},
    }
