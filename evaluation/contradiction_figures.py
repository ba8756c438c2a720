"""Figures of the checks on archives with planted contradictions: by kind, of false flags, and of the scores."""

from collections.abc import Callable, Iterable, Sequence
from typing import get_args

import numpy as np
from sklearn.metrics import average_precision_score, precision_recall_curve

from ljuskoll.corpora.contradictions import Planted
from ljuskoll.evaluation.contradictions import Checked
from ljuskoll.evaluation.linking import Links
from ljuskoll.evaluation.rival_checks import cleanlab_scores, keyword_scores
from ljuskoll.nlp.followup import Model
from ljuskoll.service.consistency.material import declared_colour
from ljuskoll.service.record import Finding, FindingKind, Record

COMMENT_KIND: FindingKind = "declared_vs_comment"
LIGHT_KINDS: frozenset[FindingKind] = frozenset({"declared_vs_phrase", COMMENT_KIND})
"""A light that both its sentence and its comment contradict is one finding, of the first kind."""
RECALL = 0.8
"""The recall at which the precision of the check of lights against comments is told."""
BINS = 10


class KindFigures(Model):
    """Of one kind: how many were planted and found, and how many findings are right of those made."""

    planted: int
    found: int
    findings: int
    right: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where nothing was planted and nothing flagged."""
        if not self.planted and not self.findings:
            return 1.0
        precision = self.right / self.findings if self.findings else 0.0
        recall = self.found / self.planted if self.planted else 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


class Ranking(Model):
    """How well scores put the contradicted lights first."""

    average_precision: float
    precision_at_recall: float
    highest_recall: float


class ContradictionFigures(Model):
    """All figures of one split."""

    archives: int
    rows: int
    unread: int
    planted: int
    found: int
    kinds: dict[str, KindFigures]
    rankings: dict[str, Ranking]
    consistent: int
    false_flags: int
    near_misses: int
    near_misses_flagged: int
    calibration_error: float
    brier: float
    links: Links
    title_links: Links

    @property
    def false_share(self) -> float:
        """False flags in 100 consistent records."""
        return 100 * self.false_flags / self.consistent if self.consistent else 0.0


def figures_of(checked: Sequence[Checked], links: Links, title_links: Links) -> ContradictionFigures:
    """The figures of some archives."""
    pairs = [(one, planted) for one in checked for planted in one.archive.planted]
    scored = [(finding.score, one.is_right(finding)) for one in checked for finding in _clear(one)]
    near = [(one, miss) for one in checked for miss in one.archive.near]
    return ContradictionFigures(
        archives=len(checked),
        rows=sum(len(one.archive.rows) for one in checked),
        unread=sum(len(one.unread) for one in checked),
        planted=len(pairs),
        found=sum(bool(one.found(planted)) for one, planted in pairs),
        kinds={kind: _kind(kind, checked) for kind in get_args(FindingKind)},
        rankings=_rankings(checked),
        consistent=sum(len(one.result.records) - len(one.planted_records) for one in checked),
        false_flags=sum(one.is_false_flag(finding) for one in checked for finding in one.result.findings),
        near_misses=len(near),
        near_misses_flagged=sum(
            any(
                miss.kind in (f.kind, *f.also) and one.is_false_flag(f) and one.is_about(f, miss)
                for f in one.result.findings
            )
            for one, miss in near
        ),
        calibration_error=_calibration_error(scored),
        brier=float(np.mean([(score - right) ** 2 for score, right in scored])) if scored else 0.0,
        links=links,
        title_links=title_links,
    )


def _clear(checked: Checked) -> Iterable[Finding]:
    """The findings that are right, or about nothing that was planted; others may be right for another reason."""
    return (f for f in checked.result.findings if checked.is_right(f) or checked.is_false_flag(f))


def _kind(kind: str, checked: Sequence[Checked]) -> KindFigures:
    planted = [
        (one, contradiction) for one in checked for contradiction in one.archive.planted if contradiction.kind == kind
    ]
    made = [(one, finding) for one in checked for finding in one.result.findings if finding.kind == kind]
    return KindFigures(
        planted=len(planted),
        found=sum(bool(one.found(contradiction)) for one, contradiction in planted),
        findings=len(made),
        right=sum(one.is_right(finding) for one, finding in made),
    )


def _rankings(checked: Sequence[Checked]) -> dict[str, Ranking]:
    """Ours and its rivals' on all records with a light and a comment, but those that are contradicted otherwise."""
    own: list[float] = []
    records: list[Record] = []
    right: list[bool] = []
    for one in checked:
        contradicted = _records_of(one, lambda planted: planted.kind in LIGHT_KINDS)
        otherwise = one.planted_records - contradicted
        scores = {
            id: finding.score
            for finding in one.result.findings
            if not {finding.kind, *finding.also}.isdisjoint(LIGHT_KINDS)
            for id in finding.records
        }
        for record in one.result.records:
            if declared_colour(record) and record.comment.strip() and record.id not in otherwise:
                own.append(scores.get(record.id, 0.0))
                records.append(record)
                right.append(record.id in contradicted)
    rivals = {"ljuskoll": own, "cleanlab": cleanlab_scores(records), "keywords": keyword_scores(records)}
    return {name: _ranking(right, scores) for name, scores in rivals.items() if scores is not None}


def _records_of(checked: Checked, chosen: Callable[[Planted], bool]) -> frozenset[str]:
    return checked.of_rows(row for planted in checked.archive.planted if chosen(planted) for row in planted.rows)


def _ranking(right: Sequence[bool], scores: Sequence[float]) -> Ranking:
    precision, recall, thresholds = precision_recall_curve(right, scores)
    flagged = [(p, r) for p, r, bound in zip(precision, recall, [*thresholds, 1.0], strict=True) if bound > 0]
    return Ranking(
        average_precision=float(average_precision_score(right, scores)),
        precision_at_recall=float(max((p for p, r in flagged if r >= RECALL), default=0.0)),
        highest_recall=float(max((r for _, r in flagged), default=0.0)),
    )


def _calibration_error(scored: Sequence[tuple[float, bool]]) -> float:
    """The mean distance of score and share of right ones in ten equal bins, weighed by their findings."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for score, right in scored:
        bins.setdefault(min(BINS - 1, int(score * BINS)), []).append((score, right))
    gaps = (abs(sum(s for s, _ in one) - sum(r for _, r in one)) for one in bins.values())
    return float(sum(gaps) / len(scored)) if scored else 0.0
