"""How fast the judgement of many comments is against scikit-learn's TF-IDF transform of them, by turns in one run."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import median
from time import perf_counter

from sklearn.feature_extraction.text import TfidfVectorizer

from ljuskoll.corpora.comments import Comment
from ljuskoll.models.classifier import Classifier, Question

_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Speed:
    """Comments a second, and that as a share of TF-IDF's over words and over parts of words (3 to 5 characters).

    `careful` are the comments a second of the careful judge, `careful_of_fast` that as a share; None without one.
    """

    comments_a_second: float
    of_word_tfidf: float
    of_character_tfidf: float
    careful: float | None = None
    careful_of_fast: float | None = None


def measure_speed(fast: Classifier, careful: Classifier | None, comments: Sequence[Comment]) -> Speed:
    """Medians of interleaved rounds; the words are known to every one of them from a first round."""
    texts = [one.comment for one in comments]
    words = TfidfVectorizer().fit(texts)
    characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5)).fit(texts)
    questions = [Question(one.comment, one.assignment, one.period) for one in comments]
    tasks: list[Callable[[], object]] = [
        lambda: fast.assess_many(questions),
        lambda: words.transform(texts),
        lambda: characters.transform(texts),
        *([lambda: careful.assess_many(questions)] if careful else []),
    ]
    rounds = [[_seconds(task) for task in tasks] for _ in range(_ROUNDS + 1)][1:]
    ours, by_words, by_characters, *more = (median(times) for times in zip(*rounds, strict=True))
    speed = Speed(round(len(texts) / ours), round(by_words / ours, 3), round(by_characters / ours, 3))
    return (
        replace(speed, careful=round(len(texts) / more[0]), careful_of_fast=round(ours / more[0], 3)) if more else speed
    )


def _seconds(task: Callable[[], object]) -> float:
    started = perf_counter()
    task()
    return perf_counter() - started
