"""Learning a municipality's habits from its own archive: declared lights are the labels, noisy as they are."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, StratifiedKFold, cross_val_predict

from ljuskoll.models.adaptation import STAGES, WORD_WEIGHT, Adaptation, logarithms, terms_of
from ljuskoll.models.classifier import Classifier, Question
from ljuskoll.models.confident import suspected
from ljuskoll.models.features import Reading, read
from ljuskoll.models.judge import Floats
from ljuskoll.models.lights import COLOURS
from ljuskoll.models.measures import macro_f1_of
from ljuskoll.nlp.errors import UsageError
from ljuskoll.nlp.followup import Colour, FollowUp
from ljuskoll.nlp.language.stages import stage_of

FEWEST = 60
"""From fewer records no habit can be told from chance."""
_FEWEST_WITH_TERM = 2
_STRENGTH = 1.0
"""The inverse of how much weights are drawn towards zero."""
_PARTS = 5
"""Parts of the records, each judged by what the others teach."""
_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Labelled:
    """A comment as read, the shipped judge's probabilities of its outcomes (outcome,), and the light it was given.

    A `trusted` light is a reviewer's: never left out as likely wrong.
    """

    followup: FollowUp
    reading: Reading
    by_outcome: Floats
    declared: Colour
    trusted: bool = False

    @property
    def year(self) -> int:
        """The year of the report."""
        return self.followup.period.year if self.followup.period else 0


@dataclass(frozen=True, slots=True)
class Trial:
    """What adapting to the years before `year` does to the lights of that year: macro-F1 against the declared ones.

    Where `year` is None, each part of the comments was judged by what the other parts teach.
    """

    year: int | None
    learnt_from: int
    held_out: int
    doubtful: int
    before: float
    after: float

    @property
    def helps(self) -> bool:
        """Whether the lights of what was held out come nearer to the declared ones."""
        return self.after > self.before


@dataclass(frozen=True, slots=True)
class Fitted:
    """An adaptation, and how many labels were left out as likely wrong."""

    adaptation: Adaptation
    doubtful: int


def labelled(followups: Sequence[FollowUp], classifier: Classifier, *, trusted: bool = False) -> list[Labelled]:
    """The follow-ups with a light, a comment and a year."""
    lit = [
        (one, one.declared.colour)
        for one in followups
        if one.declared and one.declared.colour and one.period and one.comment.strip()
    ]
    readings = [read(one.comment, one.assignment, one.period, one.phrase) for one, _ in lit]
    judged = zip(lit, readings, classifier.by_outcome(readings), strict=True)
    return [Labelled(one, reading, by_outcome, colour, trusted) for (one, colour), reading, by_outcome in judged]


def tried(records: Sequence[Labelled], classifier: Classifier) -> Trial:
    """Adapts to all years but the last one and measures on that. Raises UsageError where there is too little to.

    Where all lights are reviewers', of whatever years they chose, each part is held out in turn.
    """
    if records and all(one.trusted for one in records):
        return _tried_in_parts(records, classifier)
    return _tried_on_last_year(records, classifier)


def _tried_in_parts(records: Sequence[Labelled], classifier: Classifier) -> Trial:
    """Holds out each part of the assignments in turn: no assignment is judged by what was learnt from itself."""
    records = _ordered(records)
    titles = [one.followup.assignment for one in records]
    if len(records) < FEWEST or len(set(titles)) < _PARTS:
        raise UsageError(
            f"För lite att lära av: {len(records)} granskade kommentarer till {len(set(titles))} uppdrag, "
            f"minst {FEWEST} till {_PARTS} behövs."
        )
    lights: dict[int, Colour | None] = {}
    for learnt, held_out in GroupKFold(_PARTS).split(titles, groups=titles):
        fitted = fit([records[one] for one in learnt], classifier)
        found = _lights(classifier.adapted(fitted.adaptation), [records[one] for one in held_out])
        lights |= zip(held_out.tolist(), found, strict=True)
    before = _agreement(records, _lights(classifier, records))
    after = _agreement(records, [lights[one] for one in range(len(records))])
    return Trial(None, len(records), len(records), 0, round(before, 3), round(after, 3))


def _tried_on_last_year(records: Sequence[Labelled], classifier: Classifier) -> Trial:
    year = max((one.year for one in records), default=0)
    earlier, last = [one for one in records if one.year < year], [one for one in records if one.year == year]
    if len(earlier) < FEWEST:
        raise UsageError(
            f"För lite att lära av: {len(earlier)} kommentarer med ljus före det sista året, minst {FEWEST} behövs. "
            "Importera fler års uppföljningar till mappen."
        )
    fitted = fit(earlier, classifier)
    before, after = (
        _agreement(last, _lights(one, last)) for one in (classifier, classifier.adapted(fitted.adaptation))
    )
    return Trial(year, len(earlier), len(last), fitted.doubtful, round(before, 3), round(after, 3))


def _lights(classifier: Classifier, records: Sequence[Labelled]) -> list[Colour | None]:
    """The lights that are shown."""
    followups = [one.followup for one in records]
    questions = (Question(one.comment, one.assignment, one.period, one.phrase) for one in followups)
    return [one.colour for one in classifier.assess_many(questions)]


def _agreement(records: Sequence[Labelled], lights: Sequence[Colour | None]) -> float:
    """Macro-F1 of these lights against the declared ones."""
    return macro_f1_of([one.declared for one in records], lights)


def _ordered(records: Sequence[Labelled]) -> list[Labelled]:
    return sorted(records, key=lambda one: one.followup.model_dump_json())


def fit(records: Sequence[Labelled], classifier: Classifier) -> Fitted:
    """Learns from these records but those whose light is likely wrong; in any order they give the same."""
    records = _ordered(records)
    labels = np.array([COLOURS.index(one.declared) for one in records])
    vectoriser = TfidfVectorizer(analyzer=lambda one: sorted(terms_of(one.reading.parts)), min_df=_FEWEST_WITH_TERM)
    worded = vectoriser.fit_transform(records).toarray() * WORD_WEIGHT
    rows = np.hstack([_known(records), worded])
    is_doubtful = _doubtful(rows, labels) & ~np.array([one.trusted for one in records])
    weights = _weights(rows[~is_doubtful], labels[~is_doubtful])
    return Fitted(_adaptation(weights, vectoriser, classifier), int(is_doubtful.sum()))


def _known(records: Sequence[Labelled]) -> Floats:
    """What the shipped judge says (record, columns): logarithms, then at each stage the probabilities and a one."""
    by_outcome = np.stack([one.by_outcome for one in records])
    stages = np.eye(len(STAGES))[[STAGES.index(stage_of(one.followup.period)) for one in records]]
    at_stage = (stages[:, :, None] * by_outcome[:, None, :]).reshape(len(records), -1)
    return np.hstack([logarithms(by_outcome), at_stage, stages])


def _doubtful(rows: Floats, labels: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which labels are likely wrong, each judged by a model that has not seen it."""
    present, codes = np.unique(labels, return_inverse=True)
    fewest = int(np.bincount(codes).min())
    if len(present) < 2 or fewest < _PARTS:
        return np.zeros(len(labels), dtype=bool)
    folds = StratifiedKFold(_PARTS)
    return suspected(codes, cross_val_predict(_model(), rows, codes, cv=folds, method="predict_proba"))


def _weights(rows: Floats, labels: NDArray[np.int64]) -> Floats:
    """Weights (column, colour), the last row what counts for every record; a colour never used weighs as the least."""
    present = sorted(set(labels.tolist()))
    if len(present) < 2:
        raise UsageError("Alla kommentarer har samma ljus: av dem går inget att lära.")
    model = _model().fit(rows, labels)
    found = np.column_stack([model.coef_, model.intercept_]).T
    if len(present) == 2:
        found = np.hstack([-found / 2, found / 2])
    weights = np.repeat(found.min(axis=1, keepdims=True), len(COLOURS), axis=1)
    weights[:, present] = found
    return weights


def _model() -> LogisticRegression:
    return LogisticRegression(C=_STRENGTH, max_iter=5000)


def _adaptation(weights: Floats, vectoriser: TfidfVectorizer, classifier: Classifier) -> Adaptation:
    """The weights in the tables of an adaptation."""
    outcomes = classifier.judge.outcomes
    count, stages = len(outcomes), len(STAGES)
    end = count * (stages + 1)
    terms = vectoriser.get_feature_names_out().tolist()
    return Adaptation(
        judge=classifier.fingerprint,
        outcomes=outcomes,
        by_outcome=_table(weights[:count]),
        by_stage=tuple(_table(weights[count * stage : count * (stage + 1)]) for stage in range(1, stages + 1)),
        bias=_table(weights[end : end + stages] + weights[-1]),
        terms=tuple(terms),
        idf=tuple(round(float(one), _DECIMALS) for one in vectoriser.idf_),
        by_term=_table(weights[end + stages : -1]),
    )


def _table(values: Floats) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(round(float(one), _DECIMALS) for one in row) for row in values)
