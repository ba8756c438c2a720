"""The review service as one web application: what it offers, who is let in, and what it keeps out."""

import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.masking import leaving
from ljuskoll.service.review.desk import Desk
from ljuskoll.service.review.reading import Reader
from ljuskoll.service.web import api, pages
from ljuskoll.service.web.behind import Behind, Front
from ljuskoll.service.web.errors import answer_errors
from ljuskoll.service.web.guarding import Guard
from ljuskoll.service.web.limits import Bounds, Gate
from ljuskoll.service.web.metrics import Metrics
from ljuskoll.service.web.observing import Observer
from ljuskoll.service.web.security import SIGN_IN_PATH
from ljuskoll.service.web.state import Life

STATIC = Path(__file__).parent / "static"
_LOG = logging.getLogger(__name__)


def create_app(
    desk: Desk,
    reader: Reader,
    *,
    is_open: bool = False,
    bounds: Bounds = Bounds(),  # noqa: B008
    behind: Behind = Behind(),  # noqa: B008
) -> FastAPI:
    """The application for a desk. While it runs, `reader` reads what comes in; the desk is its owner's to close.

    `is_open`: while no token exists, everyone on this computer may do everything; only for a loopback address without
    a proxy. Raises UsageError where `behind` has a root that is one of the app's own paths.
    """
    state = Life()

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(_warm, desk)
        reader.start()
        state.is_warm = True
        _LOG.info("start", extra={"fields": {"version": version("ljuskoll")}})
        try:
            yield
        finally:
            state.is_ending = True
            await run_in_threadpool(reader.stop)
            _LOG.info("stop")

    app = FastAPI(
        title="ljuskoll",
        version=version("ljuskoll"),
        description=api.DESCRIPTION,
        openapi_url=f"{api.PREFIX}/openapi.json",
        servers=[{"url": behind.root}] if behind.root else None,
        docs_url=None,
        redoc_url=None,
        lifespan=life,
        redirect_slashes=False,
        separate_input_output_schemas=False,
    )
    metrics = Metrics(desk.database)
    app.state.desk, app.state.reader, app.state.bounds = desk, reader, bounds
    app.state.guard, app.state.life, app.state.metrics = Guard(desk.database, is_open, behind), state, metrics
    app.include_router(api.router)
    for router in pages.routers:
        app.include_router(router, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=STATIC, check_dir=False), name="static")
    answer_errors(app, pages.error_page, SIGN_IN_PATH)
    app.add_middleware(_Leaving, officials=desk.officials)
    app.add_middleware(Gate, bounds=bounds)
    app.add_middleware(Observer, metrics=metrics, templates=_templates(app, behind.root))
    app.add_middleware(Front, behind=behind)
    return app


def _templates(app: FastAPI, root: str) -> Mapping[object, str]:
    """The template of each path, by what answers there. Raises UsageError where one of them is within the root."""
    parts = [(api.PREFIX, router) for router in api.routers] + [("", router) for router in pages.routers]
    routes = [(prefix + one.path, one) for prefix, part in parts for one in part.routes if isinstance(one, Route)]
    mounted = [(one.path, one) for one in app.routes if isinstance(one, Route | Mount)]
    if root and any(f"{path}/".startswith(f"{root}/") for path, _ in [*routes, *mounted]):
        raise UsageError(f"--root-path {root} är en av granskningens egna sidor. Välj en annan, som /ljuskoll.")
    return {one.endpoint if isinstance(one, Route) else one.app: path for path, one in [*routes, *mounted]}


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
