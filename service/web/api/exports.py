"""What is taken out of the review, as files."""

from typing import Annotated, Any, TypeAlias, get_args

from fastapi import APIRouter, Depends, Path, Query
from fastapi.responses import StreamingResponse

from ljuskoll.nlp.followup import Colour, Kind
from ljuskoll.service.record import FindingKind, Severity
from ljuskoll.service.review.exports import MEDIA, ExportName, Filters, export
from ljuskoll.service.store.findings import FindingFilter, Standing
from ljuskoll.service.store.records import RecordFilter
from ljuskoll.service.web.api.common import At, Board, Document, Municipality, Year
from ljuskoll.service.web.api.documents import attachment
from ljuskoll.service.web.security import Reading, Unmasked

router = APIRouter(tags=["Uttag"])
_FILES: dict[int | str, dict[str, Any]] = {
    200: {"content": {media.partition(";")[0]: {} for media in MEDIA.values()}, "description": "Filen."}
}
AnyKind: TypeAlias = Annotated[Kind | FindingKind | None, Query(description="Slag av uppföljning eller slag av fynd.")]


def export_filters(
    municipality: Municipality = None,
    board: Board = None,
    year: Year = None,
    document: Document = None,
    kind: AnyKind = None,
    colour: Annotated[Colour | None, Query(description="Bara för uppföljningar.")] = None,
    severity: Annotated[Severity | None, Query(description="Bara för fynd.")] = None,
    standing: Annotated[Standing | None, Query(description="Bara för fynd.")] = None,
) -> Filters:
    """What is to be taken out; what asks of findings leaves records alone, and the other way round."""
    both = {"municipality": municipality, "board": board, "year": year, "document": document}
    of_record = kind if kind in get_args(Kind) else None
    of_finding = kind if kind in get_args(FindingKind) else None
    return Filters(
        RecordFilter.model_validate({**both, "kind": of_record, "colour": colour}),
        FindingFilter.model_validate({**both, "kind": of_finding, "severity": severity, "standing": standing}),
    )


@router.get("/exports/{name}", summary="Ett uttag som fil", response_class=StreamingResponse, responses=_FILES)
def take_out(
    desk: At,
    user: Reading,
    unmasked: Unmasked,
    name: Annotated[ExportName, Path()],
    filters: Annotated[Filters, Depends(export_filters)],
) -> StreamingResponse:
    """With corrections made, findings with what reviewers say of them; it is logged who has taken it."""
    made = export(desk, user, name, unmasked, filters)
    return attachment(made.name, made.media_type, made.content)
