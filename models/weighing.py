"""How both judges are weighed: weight, temperatures and bound, chosen on the development split, and the card of it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from ljuskoll.corpora.comments import Comment
from ljuskoll.models.artefact import Artefact
from ljuskoll.models.careful import CARD, Card, Careful, Weighing, encoder_scores
from ljuskoll.models.classifier import Classifier, Question
from ljuskoll.models.encoder.encoder import Encoder
from ljuskoll.models.features import read
from ljuskoll.models.judge import lights_of
from ljuskoll.models.likelihood import likeliest
from ljuskoll.models.measures import Case, figures
from ljuskoll.models.outcomes import softmax

_WEIGHTS = tuple(round(0.05 * step, 2) for step in range(21))
_BOUNDS = (0.8, 0.85, 0.9, 0.95)
NEVER = 1.0
"""The bound where none of these will do: only what is beyond doubt is clear."""
_DEFINITION = "on the development split of our own texts: authors not learnt from, by whom the weighing was chosen"


def card_of(artefact: Artefact, encoder: Encoder, comments: Sequence[Comment]) -> Card:
    """The likeliest weighing of both judges on comments of which neither has learnt, and how good it is on them.

    The bound is the lowest from which the encoder changes no verdict.
    """
    weighing = weigh(artefact, encoder, comments)
    classifier = Classifier(artefact.judge, artefact.temperature, artefact.threshold)
    careful = replace(classifier, careful=Careful(weighing, lambda: encoder))
    before, after = (_cases(one, comments) for one in (classifier, careful))
    changed = [one.assessment.colour != other.assessment.colour for one, other in zip(before, after, strict=True)]
    surest = _surest(artefact, comments)
    clear = clear_from([probability for probability, is_other in zip(surest, changed, strict=True) if is_other])
    weighing = weighing.model_copy(update={"clear": clear})
    measured = _cases(replace(careful, careful=Careful(weighing, lambda: encoder)), comments)
    skipped = round(sum(one >= clear for one in surest) / max(1, len(surest)), 3)
    return Card(
        encoder=encoder.fingerprint,
        judge=artefact.fingerprint,
        weighing=weighing,
        figures={"definition": _DEFINITION, **asdict(figures(measured)), "share_without_encoder": skipped},
    )


def weigh(artefact: Artefact, encoder: Encoder, comments: Sequence[Comment]) -> Weighing:
    """The likeliest weighing of both judges, by which no comment is clear without the encoder."""
    readings = [read(one.comment, one.assignment, one.period) for one in comments]
    outcomes = artefact.judge.outcomes
    fast = artefact.judge.scores(readings)
    other = np.stack([encoder_scores(encoder, reading, outcomes)[0] for reading in readings])
    base = Weighing(
        weight=0.0,
        fast=artefact.temperature,
        encoder=likeliest(other, outcomes, comments).temperature,
        temperature=1.0,
        clear=NEVER,
    )
    weighings = [base.model_copy(update={"weight": weight}) for weight in _WEIGHTS]
    found = [likeliest(one.mixed(fast, other), outcomes, comments) for one in weighings]
    best = min(range(len(found)), key=lambda index: found[index].loss)
    return weighings[best].model_copy(update={"temperature": found[best].temperature})


def clear_from(changed: Sequence[float]) -> float:
    """The lowest bound that no comment reaches whose verdict the encoder changes: `changed` are their probabilities."""
    return next((bound for bound in _BOUNDS if all(one < bound for one in changed)), NEVER)


def write_card(card: Card, folder: Path) -> None:
    """Writes the card where `load_careful` finds it."""
    text = json.dumps(card.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"
    (folder / CARD).write_text(text, encoding="utf-8", newline="\n")


def _surest(artefact: Artefact, comments: Sequence[Comment]) -> list[float]:
    """The fast judge's greatest probability of a light for each comment."""
    judge = artefact.judge
    scores = judge.scores([read(one.comment, one.assignment, one.period) for one in comments])
    by_outcome = softmax(scores, artefact.temperature)
    lights = (lights_of(row, judge.outcomes, one.period)[0] for row, one in zip(by_outcome, comments, strict=True))
    return [float(row.max()) for row in lights]


def _cases(classifier: Classifier, comments: Sequence[Comment]) -> list[Case]:
    questions = [Question(one.comment, one.assignment, one.period) for one in comments]
    return [Case(one, found) for one, found in zip(comments, classifier.assess_many(questions), strict=True)]
