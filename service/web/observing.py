"""Every request when it has been answered: a line in the log and a count among the metrics."""

import logging
from collections.abc import Mapping
from time import monotonic
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ljuskoll.service.web.metrics import Metrics

NOWHERE: Final = "-"
"""The route of what leads nowhere or is not let in, the role of those whom nobody knows."""
GONE: Final = 499
"""The status where whoever asked went away before there was an answer."""
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_LOG = logging.getLogger(__name__)


class Observer:
    """Watches requests go by. `templates` tells the route's template by what answers there."""

    def __init__(self, app: ASGIApp, metrics: Metrics, templates: Mapping[object, str]) -> None:
        self._app, self._metrics, self._templates = app, metrics, templates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or the beginning and end of the server's life."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status = monotonic(), GONE

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, sent)
        finally:
            self._tell(scope, status, monotonic() - begun)

    def _tell(self, scope: Scope, status: int, seconds: float) -> None:
        route = self._templates.get(scope.get("endpoint"), NOWHERE)
        method = scope["method"] if scope["method"] in METHODS else NOWHERE
        role = scope.get("state", {}).get("role") or NOWHERE
        self._metrics.count(route, method, status, seconds)
        fields = {"method": method, "route": route, "status": status, "ms": round(1000 * seconds, 1), "role": role}
        _LOG.info("request", extra={"fields": fields})
