"""One whole measurement of the judgement: components, both judges, margins over baselines, and speed."""

from collections.abc import Mapping
from dataclasses import dataclass

from ljuskoll.corpora.comments import corpus_fingerprint, load_comments
from ljuskoll.corpora.contrasts import load_groups, load_pairs
from ljuskoll.corpora.sentences import load_sentences
from ljuskoll.evaluation.baselines import run_baselines
from ljuskoll.evaluation.components import ComponentFigures, measure_components
from ljuskoll.evaluation.floors import gated
from ljuskoll.evaluation.judgement import Judgement, measure
from ljuskoll.evaluation.margins import Margin, margin
from ljuskoll.evaluation.speed import Speed, measure_speed
from ljuskoll.models.classifier import Classifier, load_classifier


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything that `ljuskoll evaluate` shows; `corpus` is the fingerprint of all that was measured on.

    `judgement` is the fast judge's; `careful` the careful judge's on the same texts, None where it is not installed.
    """

    corpus: str
    judgement: Judgement
    careful: Judgement | None
    components: Mapping[str, ComponentFigures]
    margins: tuple[Margin, ...]
    speed: Speed | None

    @property
    def gated(self) -> dict[str, float]:
        """The figures that have floors."""
        return gated(self.judgement, self.careful, self.components)


def measure_judgement(beside: bool = True) -> Measured:
    """Measures on the test split; `beside`: with the baselines, which take a minute or two to fit, and the speed."""
    fast, careful = load_classifier(fast=True), _careful()
    comments, sentences = load_comments("test"), load_sentences("test")
    pairs, groups = load_pairs("test"), load_groups("test")
    judgement = measure(fast, comments, pairs, groups)
    return Measured(
        corpus=corpus_fingerprint(comments, pairs, groups, sentences),
        judgement=judgement,
        careful=measure(careful, comments, pairs, groups) if careful else None,
        components=measure_components(sentences),
        margins=_margins(judgement) if beside else (),
        speed=measure_speed(fast, careful, comments) if beside else None,
    )


def _careful() -> Classifier | None:
    classifier = load_classifier()
    return classifier if classifier.careful else None


def _margins(judgement: Judgement) -> tuple[Margin, ...]:
    training = [(one, one.outcome) for one in load_comments("train")]
    sides = [(side, side.outcome) for pair in load_pairs("train") for side in (pair.a, pair.b)]
    cases = judgement.cases
    gold, ours = [case.gold for case in cases], [case.assessment.colour for case in cases]
    baselines = run_baselines([*training, *sides], load_comments("dev"), [case.comment for case in cases])
    return tuple(margin(baseline.name, gold, ours, baseline.lights) for baseline in baselines)
