"""One whole measurement of the judgement: components, classifier, margins over baselines, and speed."""

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
from ljuskoll.models.classifier import load_classifier


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything that `ljuskoll evaluate` shows; `corpus` is the fingerprint of all that was measured on."""

    corpus: str
    judgement: Judgement
    components: Mapping[str, ComponentFigures]
    margins: tuple[Margin, ...]
    speed: Speed | None

    @property
    def gated(self) -> dict[str, float]:
        """The figures that have floors."""
        return gated(self.judgement, self.components)


def measure_judgement(beside: bool = True) -> Measured:
    """Measures on the test split; `beside`: with the baselines, which take a minute or two to fit, and the speed."""
    classifier, test = load_classifier(), load_comments("test")
    pairs, groups, sentences = load_pairs("test"), load_groups("test"), load_sentences("test")
    judgement = measure(classifier, test, pairs, groups)
    return Measured(
        corpus=corpus_fingerprint(test, pairs, groups, sentences),
        judgement=judgement,
        components=measure_components(sentences),
        margins=_margins(judgement) if beside else (),
        speed=measure_speed(classifier, test) if beside else None,
    )


def _margins(judgement: Judgement) -> tuple[Margin, ...]:
    training = [(one, one.outcome) for one in load_comments("train")]
    sides = [(side, side.outcome) for pair in load_pairs("train") for side in (pair.a, pair.b)]
    cases = judgement.cases
    gold, ours = [case.gold for case in cases], [case.assessment.colour for case in cases]
    baselines = run_baselines([*training, *sides], load_comments("dev"), [case.comment for case in cases])
    return tuple(margin(baseline.name, gold, ours, baseline.lights) for baseline in baselines)
