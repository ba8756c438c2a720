"""The first page: lights by board and period, how far the review has come, and what is being read."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, get_args

from fastapi import APIRouter, Depends, Request, Response

from ljuskoll.nlp.followup import Period
from ljuskoll.service.outputs.report_parts import municipality_label, plural, swedish
from ljuskoll.service.outputs.wording import WORDS, period_label
from ljuskoll.service.record import FindingKind
from ljuskoll.service.store.decisions import Verdict
from ljuskoll.service.store.findings import FindingFilter
from ljuskoll.service.store.jobs import Progress, progress
from ljuskoll.service.store.overview import LightCount, count_documents, kind_counts, light_counts
from ljuskoll.service.web.pages.desks import desk_of
from ljuskoll.service.web.pages.filtering import Choice, filter_query
from ljuskoll.service.web.pages.rendering import TEXT, render
from ljuskoll.service.web.security import Visitor, visiting

router = APIRouter()


@dataclass(frozen=True, slots=True)
class LightRow:
    """A row of lights: a board or a municipality, for each period the count of each light, None where there is none.

    `address` is where its findings are, or its boards.
    """

    label: str
    address: str
    cells: tuple[Counter[str | None] | None, ...]


@dataclass(frozen=True, slots=True)
class LightTable:
    """Lights by period; `most` is the largest cell's number of records."""

    label: str
    rows_are: str
    periods: tuple[str, ...]
    rows: tuple[LightRow, ...]
    most: int


@dataclass(frozen=True, slots=True)
class KindRow:
    """How many findings of a kind there are, open and with each of the visitor's verdicts."""

    kind: str
    label: str
    open: int
    verdicts: tuple[int, ...]
    all: int


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """What overview.html shows."""

    documents: int
    records: int
    open: int
    decided: int
    kinds: tuple[KindRow, ...]
    jobs: str
    municipalities: tuple[Choice, ...]
    years: tuple[Choice, ...]
    municipality: str | None
    year: int | None
    tables: tuple[LightTable, ...]


@router.get("/")
def overview(
    request: Request,
    visitor: Annotated[Visitor, Depends(visiting("read"))],
    municipality: str = "",
    year: str = "",
) -> Response:
    """The overview, of all or of one municipality or year."""
    with desk_of(request).database.reading() as session:
        lights = light_counts(session, visitor.user)
        documents = count_documents(session, visitor.user)
        counts = kind_counts(session, visitor.user, FindingFilter())
        queue = progress(session)
    kinds = kind_rows(counts)
    chosen = int(year) if year.isdecimal() else None
    page = OverviewPage(
        documents=documents,
        records=sum(one.records for one in lights),
        open=sum(kind.open for kind in kinds),
        decided=sum(count for (_, verdict), count in counts.items() if verdict not in (None, "skip")),
        kinds=kinds,
        jobs=jobs_told(queue),
        municipalities=_choices({one.municipality for one in lights if one.municipality}),
        years=tuple((one, str(one)) for one in sorted({one.year for one in lights if one.year}, reverse=True)),
        municipality=municipality or None,
        year=chosen,
        tables=_tables([one for one in lights if chosen in (None, one.year)], municipality or None),
    )
    return render(request, visitor, "overview.html", page)


def kind_rows(counts: Counter[tuple[str, str | None]]) -> tuple[KindRow, ...]:
    """A row a kind that there is, in the kinds' own order."""
    rows = []
    for kind in get_args(FindingKind):
        own = {verdict: count for (name, verdict), count in counts.items() if name == kind}
        if own:
            verdicts = tuple(own.get(verdict, 0) for verdict in get_args(Verdict))
            rows.append(KindRow(kind, WORDS["findings"][kind], own.get(None, 0), verdicts, sum(own.values())))
    return tuple(rows)


def jobs_told(queue: Progress) -> str:
    """What is being done now, in words; nothing where nothing is."""
    parts = [("reading", queue.working), ("waiting", queue.waiting)]
    told = [plural(TEXT["jobs"][name], count) for name, count in parts if count]
    return " ".join([*told, *([TEXT["jobs"]["checking"]] if queue.checking else [])])


def _tables(lights: Sequence[LightCount], chosen: str | None) -> tuple[LightTable, ...]:
    """The boards of the chosen or only municipality; else the municipalities."""
    names = {one.municipality for one in lights}
    if chosen is None and len(names) > 1:
        label = plural(["{count} kommun", "{count} kommuner"], len(names))
        return (_table(label, "municipality", lights, lambda one: one.municipality),)
    name = chosen or next(iter(names), None)
    own = [one for one in lights if one.municipality == name]
    label = municipality_label(name)
    return (_table(label, "board", own, lambda one: one.board, name),) if own else ()


def _table(
    label: str,
    rows_are: str,
    lights: Sequence[LightCount],
    key: Callable[[LightCount], str | None],
    municipality: str | None = None,
) -> LightTable:
    periods = sorted({_period(one) for one in lights})
    cells: dict[tuple[str | None, tuple[str, str]], Counter[str | None]] = {}
    for one in lights:
        cells.setdefault((key(one), _period(one)), Counter())[one.colour] += one.records
    rows = []
    for name in sorted({key(one) for one in lights}, key=lambda one: (not one, swedish(one or ""))):
        address, shown = _row_label(rows_are, name, municipality)
        rows.append(LightRow(shown, address, tuple(cells.get((name, period)) for period in periods)))
    most = max(cell.total() for cell in cells.values())
    return LightTable(label, TEXT["overview"][rows_are], tuple(label for _, label in periods), tuple(rows), most)


def _row_label(rows_are: str, name: str | None, municipality: str | None) -> tuple[str, str]:
    if rows_are == "municipality":
        return f"/{filter_query(FindingFilter(municipality=name))}" if name else "", municipality_label(name)
    asked = FindingFilter(municipality=municipality, board=name or None)
    return f"/granska{filter_query(asked)}" if name else "", name or str(WORDS["records"]["no_board"])


def _period(one: LightCount) -> tuple[str, str]:
    """What periods are sorted by, with their labels; those that are not known come last."""
    if one.as_of:
        return one.as_of, period_label(Period.of_date(date.fromisoformat(one.as_of)))
    return f"{one.year or 9999}-99", str(one.year) if one.year else period_label(None)


def _choices(names: Iterable[str]) -> tuple[Choice, ...]:
    return tuple((name, name) for name in sorted(names, key=swedish))
