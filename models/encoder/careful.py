"""From our texts to a shipped encoder: vocabulary, network, epochs with figures, checkpoints, and the files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from ljuskoll.corpora.comments import Comment
from ljuskoll.models.encoder.examples import Examples, Options, examples_of
from ljuskoll.models.encoder.export import export, write
from ljuskoll.models.encoder.inputs import input_of
from ljuskoll.models.encoder.learning import Learner, Step, learn, learner, scores_of
from ljuskoll.models.encoder.network import OUTCOMES, Network, fill
from ljuskoll.models.encoder.piece_model import kept, vocabulary_of
from ljuskoll.models.encoder.pieces import Vocabulary
from ljuskoll.models.encoder.pretrained import Pretrained, load_pretrained
from ljuskoll.models.encoder.vocabulary import kept_pieces, swedish_words, texts_of
from ljuskoll.models.judge import lights_of
from ljuskoll.models.lights import COLOURS, light_of
from ljuskoll.models.material import Material
from ljuskoll.models.measures import macro_f1_of
from ljuskoll.models.outcomes import softmax
from ljuskoll.nlp.errors import UsageError
from ljuskoll.nlp.followup import Colour

CHECKPOINT = "checkpoint.pt"


@dataclass(frozen=True, slots=True)
class DevelopmentFigures:
    """On the development split, the likeliest light or none shown, without calibration."""

    macro_f1: float
    outcome_accuracy: float


@dataclass(frozen=True, slots=True)
class Course:
    """A learner with what it learns from, the vocabulary that it reads with, and the texts that it is measured on."""

    learner: Learner
    vocabulary: Vocabulary
    examples: Examples
    development: Sequence[Comment]

    def figures(self) -> DevelopmentFigures:
        """How good the network is by now."""
        longest = self.learner.options.longest
        inputs = [
            input_of(one.comment, one.assignment, one.period, self.vocabulary, longest) for one in self.development
        ]
        by_outcome = softmax(scores_of(self.learner.network, inputs), 1.0)
        right = [OUTCOMES[row.argmax()] == one.outcome for row, one in zip(by_outcome, self.development, strict=True)]
        shown: list[Colour | None] = []
        for row, one in zip(by_outcome, self.development, strict=True):
            lights, none = lights_of(row, OUTCOMES, one.period)
            shown.append(COLOURS[lights.argmax()] if lights.max() >= none else None)
        gold = [light_of(one.outcome, one.period) for one in self.development]
        return DevelopmentFigures(macro_f1_of(gold, shown), float(np.mean(right)))

    def files(self) -> dict[str, bytes]:
        """The shipped encoder."""
        learner = self.learner
        return export(learner.network, self.vocabulary, learner.options.longest, learner.corpus)


def train_careful(
    material: Material, target: Path, work: Path, *, resume: bool = False, options: Options | None = None
) -> None:
    """Trains, writes a checkpoint in `work` after each epoch, and at the end the encoder in `target`.

    Raises UsageError where the base model is missing, or nothing can be resumed.
    """
    checkpoint = work / CHECKPOINT
    if resume and not checkpoint.is_file():
        raise UsageError(f"Det finns ingen påbörjad träning i {work}. Kör utan --resume.")
    console = Console()
    with console.status("Läser basmodellen och väljer ordbitar"):
        course = course_of(material, load_pretrained(), swedish_words(), options or Options())
    if resume:
        course.learner.resume(checkpoint)
    _run(course, checkpoint, console)
    with console.status("Skriver modellen"):
        write(course.files(), target)


def course_of(material: Material, pretrained: Pretrained, words: Mapping[str, float], options: Options) -> Course:
    """A course from its start; `words` says how often each Swedish word is used."""
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    whole = vocabulary_of(pretrained.pieces, pretrained.special, pretrained.normaliser)
    ids = kept_pieces(whole, texts_of(material), words)
    vocabulary = kept(whole, ids)
    network = fill(Network(pretrained.sizes.of(len(ids)), options.dropout), pretrained, ids)
    examples = examples_of(material, vocabulary, options)
    started = learner(network, options, material.fingerprint, vocabulary.fingerprint)
    return Course(started, vocabulary, examples, material.development)


def _run(course: Course, checkpoint: Path, console: Console) -> None:
    columns = (TextColumn("Epok {task.fields[epoch]}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, TextColumn("förlust {task.fields[loss]:.3f}"), console=console) as progress:
        task = progress.add_task("", total=None, epoch=course.learner.epochs + 1, loss=0.0)
        for step in learn(course.learner, course.examples):
            progress.update(task, completed=step.number, total=step.total, epoch=step.epoch, loss=step.loss)
            if step.ends_epoch:
                course.learner.save(checkpoint)
                console.print(_told(step, course.figures()))


def _told(step: Step, figures: DevelopmentFigures) -> str:
    return (
        f"Epok {step.epoch}, utvecklingsdelen: makro-F1 {figures.macro_f1:.3f}, "
        f"andel rätt utfall {figures.outcome_accuracy:.3f}"
    )
