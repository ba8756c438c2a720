"""What the endpoints share: the desk, parts of lists, filters, and which errors they answer with."""

from typing import Annotated, Any, Final, TypeAlias, TypeVar

from fastapi import Depends, Path, Query

from ljuskoll.nlp.followup import Colour, Kind
from ljuskoll.service.record import FindingKind, Severity
from ljuskoll.service.review.desk import Desk
from ljuskoll.service.review.reading import Reader
from ljuskoll.service.store.findings import FindingFilter, Standing
from ljuskoll.service.store.paging import MOST, Page
from ljuskoll.service.store.records import NO_NUL, RecordFilter
from ljuskoll.service.web.errors import RefusedError, message_of
from ljuskoll.service.web.schemas import ErrorAnswer, Listed
from ljuskoll.service.web.sent import DIGEST
from ljuskoll.service.web.state import desk_of, reader_of

Found = TypeVar("Found")
Item = TypeVar("Item")
STATUSES: Final = (400, 401, 403, 404, 408, 413, 422, 429, 500)
ERRORS: Final[dict[int | str, dict[str, Any]]] = {
    status: {"model": ErrorAnswer, "description": message_of(status)} for status in STATUSES
}


At: TypeAlias = Annotated[Desk, Depends(desk_of)]
Readers: TypeAlias = Annotated[Reader, Depends(reader_of)]
Mark: TypeAlias = Annotated[
    str | None, Query(max_length=1000, description="`next` ur föregående svar; utelämnas för listans början.")
]
Limit: TypeAlias = Annotated[int, Query(ge=1, le=MOST, description="Så många åt gången.")]
Digest: TypeAlias = Annotated[str, Path(pattern=DIGEST, description="sha256 med små bokstäver.")]
PageNumber: TypeAlias = Annotated[int, Path(ge=1, le=100_000, description="Sida, från 1.")]
OptionalDigest: TypeAlias = Annotated[str | None, Query(pattern=DIGEST)]

Municipality: TypeAlias = Annotated[str | None, Query(max_length=200, pattern=NO_NUL)]
Board: TypeAlias = Annotated[str | None, Query(max_length=500, pattern=NO_NUL, description="Nämndens hela namn.")]
Year: TypeAlias = Annotated[int | None, Query(ge=1990, le=2100)]
Document: TypeAlias = Annotated[str | None, Query(pattern=DIGEST, description="Dokumentets sha256.")]
OfFinding: TypeAlias = Annotated[FindingKind | None, Query(alias="kind", description="Slag av fynd.")]
OfSeverity: TypeAlias = Annotated[Severity | None, Query(alias="severity")]
OwnStanding: TypeAlias = Annotated[
    Standing | None, Query(alias="standing", description="Hur du själv har gjort: inget, beslutat, hoppat över.")
]


def record_filter(
    municipality: Municipality = None,
    board: Board = None,
    year: Year = None,
    kind: Annotated[Kind | None, Query()] = None,
    colour: Annotated[Colour | None, Query(description="Ljuset som rapporten visar.")] = None,
    document: Document = None,
) -> RecordFilter:
    """Which records are asked for."""
    return RecordFilter(municipality=municipality, board=board, year=year, kind=kind, colour=colour, document=document)


def finding_filter(
    municipality: Municipality = None,
    board: Board = None,
    year: Year = None,
    kind: OfFinding = None,
    severity: OfSeverity = None,
    document: Document = None,
    standing: OwnStanding = None,
) -> FindingFilter:
    """Which findings are asked for."""
    return FindingFilter(
        municipality=municipality,
        board=board,
        year=year,
        kind=kind,
        severity=severity,
        document=document,
        standing=standing,
    )


OfRecords: TypeAlias = Annotated[RecordFilter, Depends(record_filter)]
OfFindings: TypeAlias = Annotated[FindingFilter, Depends(finding_filter)]


def found(one: Found | None) -> Found:
    """What was looked for. Raises 404 where it is not there for the user."""
    if one is None:
        raise RefusedError(404)
    return one


def listed(page: Page[Item]) -> Listed[Item]:
    """A part of a list as it is given."""
    return Listed(items=page.items, next=page.next)
