"""For whoever runs the service: whether it can be used now, and how it does in figures."""

import logging
from collections.abc import Callable, Mapping
from importlib.metadata import version
from tempfile import TemporaryFile
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from fastapi.responses import JSONResponse
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from ljuskoll.service.review.desk import Desk
from ljuskoll.service.web.api.common import At, Readers
from ljuskoll.service.web.errors import RefusedError, error_answer, part_message
from ljuskoll.service.web.metrics import MEDIA_TYPE, Metrics
from ljuskoll.service.web.schemas import ErrorAnswer, Ready
from ljuskoll.service.web.security import Reading
from ljuskoll.service.web.state import Life, life_of, metrics_of

router = APIRouter(tags=["Tjänsten"])
_NOT_READY: dict[int | str, dict[str, Any]] = {503: {"model": ErrorAnswer, "description": "Inte redo: vad som saknas."}}
_TEXT: dict[int | str, dict[str, Any]] = {200: {"content": {"text/plain": {}}, "description": "Mätvärdena."}}
_LOG = logging.getLogger(__name__)


@router.get("/ready", response_model=Ready, responses=_NOT_READY, summary="Går tjänsten att använda?")
def ready(desk: At, reader: Readers, life: Annotated[Life, Depends(life_of)]) -> Ready | JSONResponse:
    """For whoever sends visitors here; needs no token. Names the parts that do not work."""
    parts: Mapping[str, Callable[[], bool]] = {
        "serving": lambda: not life.is_ending,
        "judge": lambda: life.is_warm,
        "readers": lambda: reader.is_alive,
        "store": lambda: _answers(desk),
        "folder": lambda: _is_writable(desk),
    }
    wrong = [name for name, is_well in parts.items() if not is_well()]
    if wrong:
        return error_answer(503, details=[{"field": name, "message": part_message(name)} for name in wrong])
    return Ready(version=version("ljuskoll"), parts=tuple(parts))


@router.get("/metrics", response_class=Response, responses=_TEXT, summary="Tjänsten i siffror, för Prometheus")
def metrics(user: Reading, figures: Annotated[Metrics, Depends(metrics_of)]) -> Response:
    """Of all municipalities together: a token that is kept to some is refused."""
    if user.municipalities is not None:
        raise RefusedError(403, "Siffrorna gäller alla kommuner: nyckeln får inte vara begränsad till några.")
    return Response(figures.text(), media_type=MEDIA_TYPE)


def _answers(desk: Desk) -> bool:
    try:
        with desk.database.reading() as session:
            return session.scalar(select(1)) == 1
    except SQLAlchemyError as error:
        _LOG.error("store", exc_info=error)
        return False


def _is_writable(desk: Desk) -> bool:
    try:
        with TemporaryFile(dir=desk.folder) as file:
            file.write(b"0")
    except OSError as error:
        _LOG.error("folder", exc_info=error)
        return False
    return True
