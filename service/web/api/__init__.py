"""The API under /api/v1, as its OpenAPI description has it."""

from typing import Final

from fastapi import APIRouter

from ljuskoll.service.web.api import (
    corrections,
    decisions,
    documents,
    exports,
    findings,
    judging,
    operation,
    pages,
    people,
    records,
    status,
)
from ljuskoll.service.web.api.common import ERRORS

PREFIX: Final = "/api/v1"
DESCRIPTION: Final = (
    "Läser in, bedömer, kontrollerar och granskar kommuners uppföljningar. Texter är maskerade om inget annat begärs. "
    "Långa listor ges i delar: `next` ur ett svar är `mark` i nästa anrop. "
    "Ange en nyckel som `Authorization: Bearer NYCKEL`; en webbläsare som har loggat in skickar `X-CSRF-Token`."
)

PARTS = (status, operation, documents, pages, records, findings, decisions, corrections, judging, exports, people)
routers: tuple[APIRouter, ...] = tuple(part.router for part in PARTS)
router = APIRouter(prefix=PREFIX, responses=ERRORS)
for part in routers:
    router.include_router(part)
