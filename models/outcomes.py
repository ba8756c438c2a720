"""The estimator: logistic regression over outcomes, with a temperature that makes its probabilities honest."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

Floats = NDArray[np.float64]


class OutcomeClassifier(LogisticRegression):  # type: ignore[misc]
    """Regularised multinomial regression with balanced classes on any matrix, dense or sparse.

    `C` is the inverse strength of the regularisation; log-odds are divided by `temperature` (Guo et al. 2017, "On
    Calibration of Modern Neural Networks"), which changes no prediction.
    """

    def __init__(self, C: float = 0.03, temperature: float = 1.0, max_iter: int = 3000) -> None:
        super().__init__(C=C, max_iter=max_iter, class_weight="balanced")
        self.temperature = temperature

    def predict_proba(self, X: Any) -> Floats:
        """A row a sample, a column a class in the order of `classes_`."""
        scores = self.decision_function(X)
        rows = np.column_stack([-scores / 2, scores / 2]) if scores.ndim == 1 else scores
        return softmax(rows, self.temperature)

    def predict_log_proba(self, X: Any) -> Floats:
        """Logarithms of `predict_proba`."""
        result: Floats = np.log(self.predict_proba(X))
        return result


def softmax(scores: Floats, temperature: float) -> Floats:
    """Probabilities from log-odds by row; a temperature under 1 makes them bolder."""
    scaled = (scores - scores.max(axis=-1, keepdims=True)) / temperature
    powers = np.exp(scaled)
    result: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return result
