"""Comments as rows of numbers: what was seen in them by name, and their words with the parts of these."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Self

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from ljuskoll.models.features import Reading, names_of, words_of
from ljuskoll.nlp.language.stages import Stage, stage_of

STAGES = tuple(stage.value for stage in Stage)
_SHORTEST, _LONGEST = 3, 5
"""Letters of the parts of a word."""
_EDGE = "_"


def parts_of(word: str) -> tuple[str, ...]:
    """The word itself and every run of 3 to 5 letters in it, its edges marked."""
    edged = f"{_EDGE}{word}{_EDGE}"
    runs = (
        edged[start : start + size] for size in range(_SHORTEST, _LONGEST + 1) for start in range(len(edged) - size + 1)
    )
    return (word, *(run for run in dict.fromkeys(runs) if run != word))


class CommentVectoriser(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """From readings to a sparse matrix: a column a name, one a name and stage of the year, one a word or part of one.

    `text_weight` is the length of the text's part of a row (its words by inverse document frequency); a part of a word
    must stand in `fewest` comments.
    """

    def __init__(self, text_weight: float = 7.0, fewest: int = 3) -> None:
        self.text_weight = text_weight
        self.fewest = fewest

    def fit(self, X: Sequence[Reading], y: Any = None) -> Self:
        """Learns the columns; the same readings in any order give the same."""
        self.names_ = tuple(sorted({name for reading in X for name in names_of(reading)}))
        counts = Counter(
            part for reading in X for part in {part for word in words_of(reading) for part in parts_of(word)}
        )
        words = {word for reading in X for word in words_of(reading)}
        self.terms_ = tuple(sorted(part for part, count in counts.items() if count >= self.fewest or part in words))
        self.whole_ = np.array([term in words for term in self.terms_], dtype=bool)
        frequencies = np.array([counts[term] for term in self.terms_], dtype=float)
        self.idf_ = np.log((1 + len(X)) / (1 + frequencies)) + 1
        return self

    def transform(self, X: Sequence[Reading]) -> csr_matrix:
        """A row a reading: names, names by stage, stages, words and parts."""
        check_is_fitted(self)
        return csr_matrix(hstack([self._named(X), self._worded(X)]))

    def _named(self, readings: Sequence[Reading]) -> csr_matrix:
        column = {name: index for index, name in enumerate(self.names_)}
        width = len(self.names_)
        rows: list[dict[int, float]] = []
        for reading in readings:
            stage = STAGES.index(stage_of(reading.period).value)
            known = [column[name] for name in names_of(reading) if name in column]
            rows.append(dict.fromkeys([*known, *(width * (stage + 1) + index for index in known)], 1.0))
            rows[-1][width * (len(STAGES) + 1) + stage] = 1.0
        return _sparse(rows, width * (len(STAGES) + 1) + len(STAGES))

    def _worded(self, readings: Sequence[Reading]) -> csr_matrix:
        column = {term: index for index, term in enumerate(self.terms_)}
        rows = []
        for reading in readings:
            row: Counter[int] = Counter()
            for word in words_of(reading):
                row.update(column[part] for part in parts_of(word) if part in column)
            rows.append(self._weighed(row, reading, column))
        return _sparse(rows, len(self.terms_))

    def _weighed(self, counts: Counter[int], reading: Reading, column: dict[str, int]) -> dict[int, float]:
        """The row by inverse document frequency, divided by a length that is a sum over the words."""
        squares = sum(word_square(word, column, self.idf_) for word in words_of(reading))
        scale = self.text_weight / np.sqrt(squares) if squares else 0.0
        return {index: count * float(self.idf_[index]) * scale for index, count in counts.items()}


def word_square(word: str, column: dict[str, int], idf: Any) -> float:
    """What one word adds to the square of a text's length."""
    return float(sum(idf[column[part]] ** 2 for part in parts_of(word) if part in column))


def _sparse(rows: Iterable[dict[int, float]], width: int) -> csr_matrix:
    indices: list[int] = []
    values: list[float] = []
    ends = [0]
    for row in rows:
        for index in sorted(row):
            indices.append(index)
            values.append(row[index])
        ends.append(len(indices))
    return csr_matrix((values, indices, ends), shape=(len(ends) - 1, width))
