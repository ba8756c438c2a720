"""How the reviewers have decided, and how far two of them agree."""

from collections import Counter
from dataclasses import dataclass
from typing import Annotated, get_args

from fastapi import APIRouter, Depends, Request, Response

from ljuskoll.service.record import Finding
from ljuskoll.service.review.showing import shown
from ljuskoll.service.store.decisions import OPINIONS, Agreement, Verdict, agreements
from ljuskoll.service.store.findings import FindingFilter, all_findings
from ljuskoll.service.store.overview import standings_seen
from ljuskoll.service.store.schema import StandingRow
from ljuskoll.service.web.pages.desks import desk_of
from ljuskoll.service.web.pages.rendering import TEXT, render
from ljuskoll.service.web.security import Visitor, visiting

router = APIRouter()
MOST_DIFFERING = 100
BOUNDS = (0.0, 0.2, 0.4, 0.6, 0.8)
"""Where kappa is called better by one word (Landis and Koch 1977)."""


@dataclass(frozen=True, slots=True)
class Reviewer:
    """How often a reviewer has given each verdict on the findings of the latest check; `left` have none."""

    name: str
    counts: tuple[int, ...]
    left: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reviewers' agreement; `share` is from 0 to 1, `words` say what kappa means."""

    names: str
    both: int
    same: int
    share: float
    kappa: str
    words: str


@dataclass(frozen=True, slots=True)
class Differing:
    """A finding that reviewers have decided differently on."""

    finding: Finding
    standings: tuple[StandingRow, ...]


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """What agreement.html shows."""

    verdicts: tuple[str, ...]
    reviewers: tuple[Reviewer, ...]
    pairs: tuple[Pair, ...]
    differing: tuple[Differing, ...]


@router.get("/enighet")
def agreement(request: Request, visitor: Annotated[Visitor, Depends(visiting("read"))]) -> Response:
    """The reviewers, two and two, and what they differ on."""
    with desk_of(request).database.reading() as session:
        findings = {one.id: one for one in all_findings(session, visitor.user, FindingFilter())}
        stands = [one for one in standings_seen(session, visitor.user) if one.finding in findings]
        pairs = agreements(session, visitor.user)
    page = AgreementPage(
        verdicts=tuple(TEXT["verdicts"][verdict] for verdict in get_args(Verdict)),
        reviewers=_reviewers(stands, len(findings)),
        pairs=tuple(map(_pair, pairs)),
        differing=_differing(stands, findings),
    )
    return render(request, visitor, "agreement.html", page)


def _reviewers(stands: list[StandingRow], count: int) -> tuple[Reviewer, ...]:
    given = Counter((one.who, one.verdict) for one in stands)
    return tuple(
        Reviewer(
            name,
            tuple(given[name, verdict] for verdict in get_args(Verdict)),
            count - sum(one.who == name for one in stands),
        )
        for name in sorted({one.who for one in stands})
    )


def _pair(one: Agreement) -> Pair:
    level = "unknown" if one.kappa is None else str(sum(one.kappa >= bound for bound in BOUNDS))
    kappa = "–" if one.kappa is None else f"{one.kappa:.2f}".replace(".", ",").replace("-", "−")
    return Pair(f"{one.one} och {one.other}", one.both, one.same, one.same / one.both, kappa, TEXT["kappa"][level])


def _differing(stands: list[StandingRow], findings: dict[str, Finding]) -> tuple[Differing, ...]:
    """The surest first."""
    by_finding: dict[str, list[StandingRow]] = {}
    for one in stands:
        if one.verdict in OPINIONS:
            by_finding.setdefault(one.finding, []).append(one)
    differ = [id for id in findings if len({(one.verdict, one.light) for one in by_finding.get(id, ())}) > 1]
    return tuple(Differing(shown(findings[id], False), tuple(by_finding[id])) for id in differ[:MOST_DIFFERING])
