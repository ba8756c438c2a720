"""The estimator keeps scikit-learn's own rules; its temperature makes it bolder or meeker and changes no prediction."""

import warnings
from collections.abc import Iterator
from functools import cache, partial
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.sparse import csr_matrix
from sklearn.base import clone
from sklearn.utils.estimator_checks import estimator_checks_generator

from ljuskoll.models.outcomes import Floats, OutcomeClassifier, softmax

TEMPERATURES = (0.3, 0.7, 1.0, 2.5)


WARNED = "check_classifiers_one_label_sample_weights"
"""Here scikit-learn's own balanced weights divide by the weight of a class that has none, and warn of it."""


ELSEWHERE = "array_api"
"""These checks run arrays of other libraries (torch, cupy), none of which is installed or used here."""


def checks() -> Iterator[tuple[Any, partial[None]]]:
    """scikit-learn's checks of our estimator, by hand so that those of other array libraries are left out."""
    for estimator in (OutcomeClassifier(), OutcomeClassifier(temperature=0.5)):
        for instance, check in estimator_checks_generator(estimator):
            if ELSEWHERE not in check.func.__name__:
                yield instance, check


def test_there_are_checks() -> None:
    assert len(list(checks())) > 60


@pytest.mark.parametrize(("estimator", "check"), [pytest.param(*one, id=one[1].func.__name__) for one in checks()])
def test_scikit_learns_own_checks(estimator: OutcomeClassifier, check: partial[None]) -> None:
    with warnings.catch_warnings():
        if check.func.__name__ == WARNED:
            warnings.simplefilter("ignore")
        check(estimator)


@cache
def samples() -> tuple[Floats, tuple[str, ...]]:
    """Three classes that overlap, one of them rare."""
    source = np.random.default_rng(7)
    labels = ("green",) * 40 + ("yellow",) * 30 + ("red",) * 6
    centres = {"green": (0.0, 0.0, 1.0), "yellow": (1.0, 0.5, 0.0), "red": (0.0, 1.5, 0.5)}
    return np.array([centres[label] for label in labels]) + source.normal(0, 0.8, (len(labels), 3)), labels


def fitted(temperature: float = 1.0, C: float = 0.05) -> OutcomeClassifier:
    values, labels = samples()
    classifier = OutcomeClassifier(C=C, temperature=temperature)
    classifier.fit(values, np.array(labels))
    return classifier


@pytest.mark.parametrize("temperature", TEMPERATURES)
def test_the_temperature_changes_no_prediction(temperature: float) -> None:
    values, _ = samples()
    plain, warm = fitted(), fitted(temperature)
    assert len(set(plain.predict(values))) == 3
    assert_array_equal(warm.predict(values), plain.predict(values))
    assert_array_equal(warm.classes_[warm.predict_proba(values).argmax(axis=1)], plain.predict(values))


def test_a_lower_temperature_is_bolder() -> None:
    values, _ = samples()
    tops = [fitted(temperature).predict_proba(values).max(axis=1) for temperature in TEMPERATURES]
    for bolder, meeker in pairwise(tops):
        assert (bolder > meeker).all()


@pytest.mark.parametrize("temperature", TEMPERATURES)
def test_probabilities_are_the_softmax_of_the_scores(temperature: float) -> None:
    values, _ = samples()
    classifier = fitted(temperature)
    scaled = np.exp(classifier.decision_function(values) / temperature)
    assert_allclose(classifier.predict_proba(values), scaled / scaled.sum(axis=1, keepdims=True))
    assert_allclose(np.exp(classifier.predict_log_proba(values)), classifier.predict_proba(values))


def test_at_temperature_one_two_classes_get_the_usual_probabilities() -> None:
    values, labels = samples()
    two = OutcomeClassifier().fit(values, np.array(labels) == "green")
    assert_allclose(two.predict_proba(values)[:, 1], 1 / (1 + np.exp(-two.decision_function(values))))


def test_sparse_and_dense_matrices_are_one() -> None:
    values, labels = samples()
    sparse = OutcomeClassifier(C=0.05).fit(csr_matrix(values), np.array(labels))
    assert_allclose(sparse.predict_proba(csr_matrix(values)), fitted().predict_proba(values), atol=1e-3)


def test_a_rare_class_counts_as_much_as_a_common_one() -> None:
    values, labels = samples()
    found = fitted(C=1.0).predict(values)
    rare = [index for index, label in enumerate(labels) if label == "red"]
    assert (found[rare] == "red").mean() > 0.5


def test_the_settings_are_kept_by_a_copy() -> None:
    assert clone(OutcomeClassifier(C=0.2, temperature=0.6)).get_params() == {
        "C": 0.2,
        "temperature": 0.6,
        "max_iter": 3000,
    }


@pytest.mark.parametrize(
    ("scores", "temperature"), [((0, 0), 1.0), ((900, -900, 0), 0.3), ((-1e6, -1e6 - 1), 1.0), ((1, 2, 3), 50.0)]
)
def test_the_softmax_neither_overflows_nor_loses_its_sum(scores: tuple[float, ...], temperature: float) -> None:
    shares = softmax(np.array(scores, dtype=float), temperature)
    assert shares.sum() == pytest.approx(1)
    assert shares.argmax() == np.argmax(scores)
    assert (shares >= 0).all()
