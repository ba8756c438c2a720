"""How well follow-ups are read out of rendered documents: records found, and what is right in them."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, fields

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from ljuskoll.corpora.reports.truth import TrueDocument, TrueRecord
from ljuskoll.nlp.followup import FollowUp

SAME_TITLE = 92.0
"""How alike two titles must be (of 100) to be one record's."""

SAME_COMMENT = 0.97
"""How alike two comments must be (of 1) to count as right."""

FIELDS = ("declared", "boards", "period", "page", "phrase", "comment", "kind")
"""What is measured of each matched record."""


@dataclass(slots=True)
class Share:
    """So many right of so many."""

    right: int = 0
    of: int = 0

    def count(self, is_right: bool) -> None:
        """One more."""
        self.of += 1
        self.right += is_right

    @property
    def value(self) -> float:
        """The share; 1 of nothing."""
        return self.right / self.of if self.of else 1.0


@dataclass(slots=True)
class Figures:
    """Records in truth, found and matched, and the share of matched ones with each field right."""

    documents: int = 0
    true: int = 0
    found: int = 0
    matched: int = 0
    declared: Share = field(default_factory=Share)
    boards: Share = field(default_factory=Share)
    period: Share = field(default_factory=Share)
    page: Share = field(default_factory=Share)
    phrase: Share = field(default_factory=Share)
    comment: Share = field(default_factory=Share)
    kind: Share = field(default_factory=Share)

    @property
    def precision(self) -> float:
        """The share of what was found that is in the truth; 1 where nothing was found."""
        return self.matched / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of the truth that was found; 1 where there is none."""
        return self.matched / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where there is nothing to find and nothing was found."""
        total = self.true + self.found
        return 2 * self.matched / total if total else 1.0

    @property
    def false(self) -> int:
        """Records found that are in no truth."""
        return self.found - self.matched

    def add(self, other: "Figures") -> None:
        """Adds another document's or group's figures to these."""
        for one in fields(self):
            mine, theirs = getattr(self, one.name), getattr(other, one.name)
            if isinstance(mine, Share):
                mine.right += theirs.right
                mine.of += theirs.of
            else:
                setattr(self, one.name, mine + theirs)


@dataclass(frozen=True, slots=True)
class Compared:
    """One document's figures, with the titles that were missed, those that are false, and the fields that are wrong."""

    document: TrueDocument
    figures: Figures
    missed: tuple[str, ...] = ()
    false: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    error: str | None = None


def compare(document: TrueDocument, found: Sequence[FollowUp], error: str | None = None) -> Compared:
    """A document's truth against what was read; an `error` counts as a document in which nothing was found."""
    pairs = match(document.records, found)
    figures = Figures(1, len(document.records), len(found), len(pairs))
    wrong: list[str] = []
    for true_index, found_index in pairs:
        wrong += _judge(figures, document.records[true_index], found[found_index])
    seen_true, seen_found = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    missed = tuple(record.assignment for index, record in enumerate(document.records) if index not in seen_true)
    false = tuple(one.assignment for index, one in enumerate(found) if index not in seen_found)
    return Compared(document, figures, missed, false, tuple(wrong), error)


def match(truth: Sequence[TrueRecord], found: Sequence[FollowUp]) -> tuple[tuple[int, int], ...]:
    """Pairs of indices, one to one: the most alike titles first, those of one period and earlier ones among equals."""
    ours = [_normalised(one.assignment) for one in found]
    candidates = []
    for true_index, record in enumerate(truth):
        title = _normalised(record.assignment)
        for found_index, other in enumerate(ours):
            score = fuzz.ratio(title, other, score_cutoff=SAME_TITLE)
            if score:
                is_other = found[found_index].period != record.period
                candidates.append((-score, is_other, abs(true_index - found_index), true_index, found_index))
    pairs: dict[int, int] = {}
    for *_, true_index, found_index in sorted(candidates):
        if true_index not in pairs and found_index not in pairs.values():
            pairs[true_index] = found_index
    return tuple(sorted(pairs.items()))


def _judge(figures: Figures, truth: TrueRecord, found: FollowUp) -> list[str]:
    """Counts each field of one record, and says what is wrong."""
    judged = {
        "declared": _is_declared_right(truth, found),
        "boards": set(found.board_names) == set(truth.board_names),
        "period": found.period == truth.period,
        "page": None if truth.page is None else (found.places[0].page if found.places else 1) == truth.page,
        "phrase": None if truth.phrase is None else _is_phrase_right(truth, found),
        "comment": _similarity(truth.comment, found.comment) >= SAME_COMMENT,
        "kind": found.kind == truth.kind,
    }
    for name, is_right in judged.items():
        if is_right is not None:
            getattr(figures, name).count(is_right)
    return [f"{name}: {_shown(found, name)} ({truth.assignment})" for name in FIELDS if judged[name] is False]


def _is_declared_right(truth: TrueRecord, found: FollowUp) -> bool:
    """Colour and source; of a status that is no light only that no colour is given."""
    if truth.declared is None:
        return found.declared is None
    if truth.declared.colour is None:
        return found.declared is None or found.declared.colour is None
    declared = found.declared
    return (
        declared is not None and declared.colour == truth.declared.colour and declared.source in truth.declared.sources
    )


def _is_phrase_right(truth: TrueRecord, found: FollowUp) -> bool:
    if truth.phrase is None or found.phrase is None or found.phrase.outcome != truth.phrase.outcome:
        return False
    return _normalised(truth.phrase.text) in _normalised(found.phrase.text)


def _similarity(truth: str, found: str) -> float:
    return Levenshtein.normalized_similarity(" ".join(truth.split()), " ".join(found.split()))


def _shown(found: FollowUp, name: str) -> str:
    if name == "boards":
        return ", ".join(found.board_names) or f"{found.boards}"
    if name == "page":
        return f"{found.places[0].page if found.places else None}"
    if name == "declared":
        declared = found.declared
        return "None" if declared is None else f"{declared.colour} «{declared.as_written}» {declared.source}"
    text = str(getattr(found, name))
    return text if len(text) <= 60 else f"{text[:30]}…{text[-30:]}"


def _normalised(text: str) -> str:
    """Lower case, letters and digits alone with single spaces."""
    letters = (char if char.isalnum() else " " for char in unicodedata.normalize("NFKC", text).casefold())
    return " ".join("".join(letters).split())
