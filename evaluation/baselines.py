"""What the judgement must beat: keyword rules, TF-IDF with logistic regression, character n-grams with a linear SVM.

Each is tuned on the development split with the same care: every setting of its grid is fitted on the same comments and
pairs as our model, and the one with the best macro-F1 on the development split is measured.
"""

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from itertools import permutations
from typing import Any

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

from ljuskoll.corpora.comments import Comment
from ljuskoll.corpora.contrasts import Text
from ljuskoll.models.lights import COLOURS, light_of
from ljuskoll.models.measures import macro_f1_of
from ljuskoll.nlp.followup import Colour, Outcome
from ljuskoll.nlp.language.phrases import Lexicon, tokenise

Lights = list[Colour | None]
Judging = Callable[[Sequence[Comment]], Lights]
_STRENGTHS = (0.3, 1.0, 3.0, 10.0)


@dataclass(frozen=True, slots=True)
class Baseline:
    """A tuned baseline: the lights that it gives to the comments of the test split."""

    name: str
    lights: tuple[Colour | None, ...]


def run_baselines(
    training: Sequence[tuple[Text | Comment, Outcome]], development: Sequence[Comment], test: Sequence[Comment]
) -> tuple[Baseline, ...]:
    """Fits and tunes all three, and judges the test comments."""
    return tuple(
        Baseline(name, tuple(_best(candidates, development)(test)))
        for name, candidates in (
            ("keywords", _keyword_rules()),
            ("tfidf_logistic_regression", _models(training, _words, LogisticRegression, max_iter=2000)),
            ("character_svm", _models(training, _characters, LinearSVC)),
        )
    )


def _best(candidates: Iterator[Judging], development: Sequence[Comment]) -> Judging:
    gold = [light_of(one.outcome, one.period) for one in development]
    return max(candidates, key=lambda judge: macro_f1_of(gold, judge(development)))


def keyword_light(text: str) -> Colour | None:
    """The light of the keyword rules with red words before yellow and green ones."""
    return _first(("red", "yellow", "green"), _keywords(), text)


@cache
def _keywords() -> Lexicon:
    return Lexicon.of(tomllib.loads((files(__package__) / "keywords.toml").read_text(encoding="utf-8")))


def _keyword_rules() -> Iterator[Judging]:
    """One rule for each order in which the lights' words are looked for: the first with a word decides."""
    for order in permutations(COLOURS):
        yield partial(_by_keywords, _keywords(), order)


def _by_keywords(lexicon: Lexicon, order: Sequence[Colour], comments: Sequence[Comment]) -> Lights:
    return [_first(order, lexicon, one.comment) for one in comments]


def _first(order: Sequence[Colour], lexicon: Lexicon, text: str) -> Colour | None:
    kinds = {tag.kind for tag in lexicon.find(tokenise(text))}
    return next((colour for colour in order if colour in kinds), None)


def _models(
    training: Sequence[tuple[Text | Comment, Outcome]],
    vectorisers: Callable[[], Iterator[TfidfVectorizer]],
    estimator: type,
    **options: Any,
) -> Iterator[Judging]:
    texts = [_text(one) for one, _ in training]
    outcomes = [outcome for _, outcome in training]
    for vectoriser in vectorisers():
        for strength in _STRENGTHS:
            model = make_pipeline(vectoriser, estimator(C=strength, class_weight="balanced", **options))
            model.fit(texts, outcomes)
            yield partial(_by_model, model)


def _by_model(model: Any, comments: Sequence[Comment]) -> Lights:
    outcomes = model.predict([_text(one) for one in comments])
    return [light_of(outcome, one.period) for one, outcome in zip(comments, outcomes, strict=True)]


def _words() -> Iterator[TfidfVectorizer]:
    yield from (TfidfVectorizer(sublinear_tf=True, ngram_range=(1, longest)) for longest in (1, 2))


def _characters() -> Iterator[TfidfVectorizer]:
    yield TfidfVectorizer(sublinear_tf=True, analyzer="char_wb", ngram_range=(3, 5), min_df=2)


def _text(one: Text | Comment) -> str:
    """Period, title and comment: the baselines see what our model sees."""
    return f"T{one.tertial} {one.assignment}. {one.comment}"
