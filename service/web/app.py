"""The review service as one web application: what it offers, who is let in, and what it keeps out."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from ljuskoll.service.masking import leaving
from ljuskoll.service.review.desk import Desk
from ljuskoll.service.review.reading import Reader
from ljuskoll.service.web import api, pages
from ljuskoll.service.web.errors import answer_errors
from ljuskoll.service.web.limits import Bounds, Gate
from ljuskoll.service.web.security import SIGN_IN_PATH, Guard

STATIC = Path(__file__).parent / "static"


def create_app(desk: Desk, reader: Reader, *, is_open: bool = False, bounds: Bounds = Bounds()) -> FastAPI:  # noqa: B008
    """The application for a desk. While it runs, `reader` reads what comes in; the desk is its owner's to close.

    `is_open`: while no token exists, everyone on this computer may do everything; only for a loopback address.
    """

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(_warm, desk)
        reader.start()
        try:
            yield
        finally:
            await run_in_threadpool(reader.stop)

    app = FastAPI(
        title="ljuskoll",
        version=version("ljuskoll"),
        description=api.DESCRIPTION,
        openapi_url=f"{api.PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=life,
        redirect_slashes=False,
        separate_input_output_schemas=False,
    )
    app.state.desk, app.state.reader, app.state.bounds = desk, reader, bounds
    app.state.guard = Guard(desk.database, is_open)
    app.include_router(api.router)
    for router in pages.routers:
        app.include_router(router, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=STATIC, check_dir=False), name="static")
    answer_errors(app, pages.error_page, SIGN_IN_PATH)
    app.add_middleware(_Leaving, officials=desk.officials)
    app.add_middleware(Gate, bounds=bounds)
    return app


class _Leaving:
    """Leaves the names of the desk's officials readable in all that is answered."""

    def __init__(self, app: ASGIApp, officials: frozenset[str]) -> None:
        self._app, self._officials = app, officials

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with leaving(self._officials):
            await self._app(scope, receive, send)


def _warm(desk: Desk) -> None:
    """Load the judge before the first visitor has to wait for it."""
    desk.judging.classifier().assess("Arbetet pågår.")
